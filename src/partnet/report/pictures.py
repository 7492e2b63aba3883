"""Pictures of a report: drawn of the whole network, with a text for who cannot see them."""

from __future__ import annotations

from ..views.caption import describe_picture
from ..views.draw import render_network
from .answers import Answers
from .model import FigureBlock

NETWORK = "The network in one picture; the caption says what is drawn."


def draw_whole(answers: Answers) -> tuple[FigureBlock, ...]:
    """The network in one picture; nothing where nobody is in it."""
    here, layer = answers.here, answers.layer
    if not here.n:
        return ()
    alt = describe_picture(here, layer)
    return (FigureBlock(NETWORK, alt, render_network(here, layer=layer)),)
