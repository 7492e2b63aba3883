"""How people see how sure the numbers are."""

from __future__ import annotations

import pandas as pd

from ...core.results.shown import MAIN, Column, Shown
from ..columns import ID, KIND, NAME
from .text import SAID

ENDINGS = {
    "_low": ("low", "nine in ten networks are between low and high"),
    "_high": ("high", "nine in ten networks are between low and high"),
    "_rank_low": ("best rank", "best rank of nine in ten networks"),
    "_rank_high": ("worst rank", "worst rank of nine in ten networks"),
    "_rank": ("rank on file", "rank among all but the convener, 1 the highest"),
    "_first": ("rank 1 in", "share of networks in which it is rank 1"),
}
ANSWERED = Column(
    "answered",
    "Answered",
    meaning='"yes", "no", "not asked"; blank without a table of responses.',
)
MODELS = {
    "imputations": "the imputations",
    "half_rate": "unknown ties half as frequent",
    "tie_error": "ties that may be wrong",
}
VALUE = Column("value", "Value", "score", meaning="As on file; blank where it is not defined.")


def show_uncertainty(table: pd.DataFrame, network: pd.DataFrame) -> tuple[Shown, ...]:
    """Declare the tables of one answer: a set of columns for every measure asked for."""
    ranges = tuple(_show_range(str(name)) for name in table if name not in _FIRST)
    columns = (NAME, ANSWERED, *ranges, ID, KIND)
    title = "How far ranks vary over imputations of what nobody answered"
    return (
        Shown(MAIN, title, columns, "Ranks"),
        Shown("half_rate", "The same with unknown ties half as frequent", columns, people=False),
        Shown("tie_error", "The same with ties that may be wrong", columns, people=False),
        Shown("network", "The network as a whole", _show_network(network), "Network"),
        SHOWN_CELLS,
    )


_FIRST = ("name", "kind", "answered")


def _show_range(name: str) -> Column:
    for ending, (label, meaning) in ENDINGS.items():
        measure = name.removesuffix(ending)
        if measure != name and measure in SAID:
            share = ending == "_first"
            said = f"{SAID[measure].removeprefix('by ')}: {label}"
            form = "share" if share else "count" if "rank" in ending else "score"
            seen = "page" if share else "annex"
            return Column(name, said[:1].upper() + said[1:], form, seen, meaning)  # type: ignore[arg-type]
    said = SAID[name].removeprefix("by ")
    return Column(name, said[:1].upper() + said[1:], "score", meaning="Value on file.")


def _show_network(network: pd.DataFrame) -> tuple[Column, ...]:
    known = {
        "value": VALUE,
        "standard_error": Column(
            "standard_error", "Standard error", "score", meaning="Vertex bootstrap."
        ),
        "low": Column("low", "Low", "score", meaning="Value - 1.96 standard errors."),
        "high": Column("high", "High", "score", meaning="Value + 1.96 standard errors."),
    }
    columns = [Column("statistic", "Statistic", meaning="Which statistic of the whole.")]
    for name in map(str, network):
        model = next((words for key, words in MODELS.items() if name.startswith(key)), "")
        columns.append(known.get(name, Column(name, meaning=f"Nine in ten draws under {model}.")))
    return tuple(columns)


SHOWN_CELLS = Shown(
    "cells",
    "What is known and what is not",
    (
        Column("count", "What", meaning="What is counted."),
        VALUE,
        Column("meaning", "Meaning", meaning="What it says."),
    ),
    "Cells",
)
