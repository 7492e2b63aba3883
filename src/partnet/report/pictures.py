"""Pictures of a report: drawn of the whole network, with a text for who cannot see them."""

from __future__ import annotations

from collections.abc import Sequence

from ..places.outlines import county_shape
from ..views.caption import describe_picture
from ..views.draw import render_network
from ..views.maps.draw import render_first_map
from .answers import Answers
from .model import FigureBlock

NETWORK = "The network in one picture; what marks and lines show stands in it."
MAP = "Where services are missing, and which hospitals are where"


def draw_whole(answers: Answers) -> tuple[FigureBlock, ...]:
    """The network in one picture; nothing where nobody is in it, or no line would be drawn."""
    here, layer = answers.here, answers.layer
    if not here.n or not layer.n_ties:
        return ()
    alt = describe_picture(here, layer)
    svg = render_network(here, layer=layer)
    return (
        FigureBlock(NETWORK, alt, svg, lambda: render_network(here, layer=layer, format="png")),
    )


def draw_first(answers: Answers, places: Sequence[str]) -> tuple[FigureBlock, ...]:
    """The map of the first screen with the numbers of the cards; nothing without a place."""
    here = answers.here
    if not any(county_shape(fips) for fips in set(here.organizations["county_fips"]) if fips):
        return ()
    svg, table = render_first_map(here, places)
    caption = f"{MAP}; numbers are those of the cards." if len(table.tables["numbers"]) else MAP
    return (
        FigureBlock(
            caption, table.text, svg, lambda: render_first_map(here, places, format="png")[0]
        ),
    )
