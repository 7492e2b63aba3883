"""Partnership categories and themes, as a brief and as a section."""

from __future__ import annotations

from dataclasses import replace

from ..core.results import Result
from ..core.shown import Column
from ..core.text import join_words
from ..views.crosstab import render_counts
from .brief_session import fill
from .model import Block, FactsBlock, FigureBlock, ListBlock, Section, TableBlock

THEMES = ("strategic prioritization", "benefits", "contract acquisition", "challenges")
ASKED = 6  # unclassified organizations named as questions


def write_partnerships(result: Result) -> tuple[Section, ...]:
    """One page first; then themes, and every organization."""
    page = replace(write_partnerships_section(result, id="summary"), title="On one page")
    return page, _write_themes(result), _write_all(result)


def write_partnerships_section(result: Result, *, id: str = "partnerships") -> Section:
    """Categories, the chart of themes, and whom to ask."""
    categories = (
        Column("category", "Category"),
        Column("organizations", "Organizations", "count"),
        Column("who", "Who"),
    )
    table = result.tables["categories"]
    counts = tuple((row.category, f"{row.organizations:,}") for row in table.itertuples())
    unread = result.table[result.table["category"] == "unclassified"]["name"].tolist()[:ASKED]
    asks = tuple(
        f"{name}: with which health-care organizations do you work, and how?" for name in unread
    )
    blocks: tuple[Block, ...] = ()
    if len(result.table):
        blocks = fill(
            FactsBlock(counts),
            *_draw_themes(result),
            TableBlock("Organizations by category", table, categories, "Categories"),
            ListBlock("Ask first", asks),
        )
    return Section(id, result.title, result.sentences, blocks)


def _draw_themes(result: Result) -> tuple[FigureBlock, ...]:
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


def _write_themes(result: Result) -> Section:
    columns = (
        Column("theme", "Theme"),
        Column("category", "Category"),
        Column("about", "About"),
        Column("answer", "Answer"),
        Column("organizations", "Organizations", "count"),
        Column("share", "Of those who answered", "share"),
        Column("who", "Who"),
    )
    counts = (
        Column("category", "Category"),
        Column("organizations", "Organizations", "count"),
        *(Column(theme, theme.capitalize(), "count") for theme in THEMES),
        Column("savings", "Savings a year", "dollars"),
    )
    themes = result.tables["themes"]
    blocks = fill(
        TableBlock("Answers to each theme, counted by category", result.tables["theme_counts"],
                   counts, "Category x theme"),
        TableBlock("What they answered", themes, columns, "Themes", rows=60),
    )  # fmt: skip
    lead = ("What organizations say of their partnerships, by category.",)
    if themes.empty:
        lead = ("No answers are on file (table profiles).",)
    return Section("themes", "Four themes", lead, blocks if len(themes) else ())


def _write_all(result: Result) -> Section:
    columns = (
        Column("name", "Organization"),
        Column("category", "Category"),
        Column("basis", "Known from"),
        Column("also", "Also"),
        Column("evidence", "What is on file"),
        Column("own_answer", "Own answer"),
        Column("open", "What is not known"),
        Column("kind", "Kind", seen="annex"),
        Column("agrees", "Answer and file agree", seen="annex"),
    )
    differ = (Column("name", "Organization"), Column("own_answer", "Own answer"),
              Column("evidence", "What is on file"))  # fmt: skip
    known = result.table.assign(last=result.table["category"] == "unclassified")
    ordered = known.sort_values("last", kind="stable").reset_index()
    blocks = fill(
        TableBlock("Answer and file disagree; the answer counts", result.tables["disagreements"],
                   differ, "Disagreements"),
        TableBlock("Every organization profiled", ordered, columns, "Partnerships", rows=40),
    )  # fmt: skip
    lead = ("Where several categories hold, the deepest is the main one; an own answer wins.",)
    return Section("organizations", "Every organization", lead, blocks)
