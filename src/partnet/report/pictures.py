"""Pictures of a report: drawn from what was answered, with a text for who cannot see them."""

from __future__ import annotations

from ..core.results import Result
from ..core.text import join_words
from ..views.caption import describe_picture
from ..views.crosstab import render_counts
from ..views.draw import render_network
from .answers import Answers
from .model import FigureBlock

NETWORK = "The network in one picture; the caption says what is drawn."
THEMES = ("strategic prioritization", "benefits", "contract acquisition", "challenges")


def draw_whole(answers: Answers) -> tuple[FigureBlock, ...]:
    """The network in one picture; nothing where nobody is in it."""
    here, layer = answers.here, answers.layer
    if not here.n:
        return ()
    alt = describe_picture(here, layer)
    return (FigureBlock(NETWORK, alt, render_network(here, layer=layer)),)


def draw_result(result: Result) -> tuple[FigureBlock, ...]:
    """The pictures that belong to one result, in a report and in its brief."""
    return draw_themes(result) if result.verb == "profile_partnerships" else ()


def draw_themes(result: Result) -> tuple[FigureBlock, ...]:
    """The chart category x theme; nothing where nobody answered."""
    counts = result.tables["theme_counts"]
    if counts.empty or not counts[list(THEMES)].to_numpy().any():
        return ()
    table = counts.set_index("category")[list(THEMES)]
    said = [
        f"{category}: {join_words([f'{row[theme]} on {theme}' for theme in THEMES])}"
        for category, row in table.iterrows()
    ]
    alt = f"Organizations that answered each theme. {'; '.join(said)}."
    wrapped = table.rename(columns=lambda theme: theme.replace(" ", "\n"))
    caption = "How many organizations of each category answered each theme of the survey."
    return (FigureBlock(caption, alt, render_counts(wrapped, alt)),)
