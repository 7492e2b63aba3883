"""How people see who has not answered."""

from __future__ import annotations

from ...core.results.shown import MAIN, Column, Shown
from ..columns import ID, KIND, NAME

SILENT = Shown(
    MAIN,
    "Who has not answered, whom to ask first on top",
    (
        Column("order", "Ask as", "count", meaning="1 first; blank: beyond those to ask first."),
        NAME,
        KIND,
        Column("county", "County", meaning="Blank where it is not on file."),
        Column("named_by", "Named by", "count", meaning="How many who answered name it."),
        Column(
            "open_pairs",
            "Open pairs",
            "count",
            meaning="Pairs with it of which nobody who could tell has answered.",
        ),
        Column(
            "width",
            "Places then",
            "score",
            meaning="Places that a range of ranks is expected to span, on average, once it and "
            "those above it have answered.",
        ),
        ID,
    ),
    "Not answered",
    rows=20,
)
RATES = (
    Column("group", "Group", meaning="Which."),
    Column("asked", "Asked", "count", meaning="How many of it were asked."),
    Column("answered", "Answered", "count", meaning="Of these, how many answered."),
    Column("rate", "Response rate", "share", meaning="Answered of those asked."),
)
SHOWN = (
    SILENT,
    Shown("kinds", "Response rate by kind", RATES, "By kind", rows=20),
    Shown("counties", "Response rate by county", RATES, "By county", rows=20),
)
