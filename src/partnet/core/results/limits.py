"""Limits of a repeated run: which numbers can be watched, checked before anything is worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ..errors import UsageError
from ..storage.shapes import MOST_SHOWN, NUMBER, refuse, show
from ..wording.safety import strip_controls

WATCHED = {  # numbers that have a name of their own, beside the kinds of gaps
    "new_gaps": "gaps that were not open at the run before; needs `history`",
    "overdue_outcomes": "outcomes of sessions that are past their day and not done",
    "open_outcomes": "outcomes of sessions that are not done and not overdue",
    "agreements_ending": "agreements that end within half a year",
    "agreements_lapsed": "agreements that ended and were not renewed",
    "awards_ending": "awards that end within a year",
    "response_rate": "share of those asked who answered the survey, from 0 to 1",
}
NEEDS_HISTORY = "new_gaps"
DEPTH = 2  # tables within a table: verb, sentence; then numbers
EXAMPLE = "find_bridges.bridge_ties.ties"


@cache
def list_claims() -> frozenset[str]:
    """Name the numbers of sentences: verb, sentence and number, joined by dots."""
    text = files("partnet.data").joinpath("claims.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def read_limits(
    place: str, table: Mapping[str, Any], gaps: Collection[str], *, history: bool
) -> dict[str, float]:
    """Check a table of limits; a name with dots may stand in tables within tables, as TOML has it.

    Parameters
    ----------
    place : str
        Where the table stands, for messages.
    table : mapping
        Limits by the name of what is watched.
    gaps : collection of str
        The names that count open gaps.
    history : bool
        Whether the run keeps its history: what is new cannot be told without.

    Raises
    ------
    UsageError
        A name is none that can be watched, a limit is no number, or a history is needed.

    Examples
    --------
    >>> table = {"gaps": 9, "find_bridges": {"bridge_ties": {"ties": 3}}}
    >>> read_limits("monthly.toml, thresholds", table, ["gaps"], history=False)
    {'gaps': 9.0, 'find_bridges.bridge_ties.ties': 3.0}
    """
    limits = {}
    for name, value in _flatten(table):
        if name not in {*gaps, *WATCHED} and name not in list_claims():
            known = ", ".join((*gaps, *WATCHED))
            raise UsageError(
                f"{place}: found {_show_name(name)} = {show(value)}. Allowed are {known} – and "
                f"numbers of sentences, {_name_alike(name)}. Correct it."
            )
        if not NUMBER.fits(value):
            refuse(f"{place}, {name}", value, NUMBER.words)
        if name == NEEDS_HISTORY and not history:
            raise UsageError(
                f"{place}: found {name} without the key history. What is new is told by the run "
                'before. Add history = "history", or leave it out.'
            )
        limits[name] = float(value)
    return limits


def _show_name(name: str) -> str:
    """A name as it can be shown, cut where it is long."""
    return strip_controls(name)[:MOST_SHOWN]


def _flatten(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping) and before.count(".") < DEPTH:
            yield from _flatten(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _name_alike(name: str) -> str:
    """Name the claims of the same verb, or say what a claim looks like."""
    verb = name.partition(".")[0]
    alike = sorted(claim for claim in list_claims() if claim.startswith(f"{verb}."))
    return f"here {', '.join(alike)}" if alike else f"such as {EXAMPLE}"
