"""Disparities: what is measured of a population beside everybody in the same county."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ...core.memory import fact
from ...core.network import Network
from ...core.rows.spelling import fold_label
from ...facts.populations import key_of

BEYOND, NO_INTERVAL, CHANCE, NOT_WORSE, NOT_KNOWN = (
    "worse beyond chance",
    "worse, no interval on file",
    "worse, but within chance",
    "not worse",
    "not known",
)
FINDINGS = (BEYOND, NO_INTERVAL, CHANCE, NOT_WORSE, NOT_KNOWN)
WORSE = (BEYOND, NO_INTERVAL)
SIGNS = {"higher is worse": 1.0, "lower is worse": -1.0}
NAN = float("nan")


class Disparity(NamedTuple):
    """One indicator of a population in a county, held against everybody there.

    ``gap`` is sign (value - everybody) / \\|everybody\\|, the sign such that worse is above 0.
    """

    county: str
    key: str
    indicator: str
    value: float
    low: float
    high: float
    everybody: float
    ratio: float
    finding: str
    gap: float
    year: float
    everybody_year: float


class Everybody(NamedTuple):
    """What the needs table says of everybody: the value, its year and its direction."""

    value: float = NAN
    year: float = NAN
    direction: str = ""


@fact
def judge_disparities(here: Network) -> tuple[Disparity, ...]:
    """Give the newest row of each county, population and indicator, the largest gap first."""
    rows = here.rows("disparities").sort_values("year", kind="stable", na_position="first")
    newest: dict[tuple[str, str, str], Any] = {}
    for row in rows.itertuples():
        newest[row.county_fips, key_of(row.population), fold_label(row.indicator)] = row
    needs = _read_everybody(here)
    found = [
        _judge(row, key, _find_everybody(row, needs.get((county, indicator), ())))
        for (county, key, indicator), row in newest.items()
    ]
    rank = {finding: k for k, finding in enumerate(FINDINGS)}
    found.sort(key=lambda one: (rank[one.finding], -_finite(one.gap), *one[:3]))
    return tuple(found)


def _finite(gap: float) -> float:
    return round(gap, 9) if gap == gap else -1.0


def _read_everybody(here: Network) -> dict[tuple[str, str], tuple[Everybody, ...]]:
    """Values of everybody by county and indicator, the oldest first."""
    needs = here.rows("needs").sort_values("year", kind="stable", na_position="first")
    found: dict[tuple[str, str], tuple[Everybody, ...]] = {}
    for row in needs.itertuples():
        key = (row.county_fips, fold_label(row.indicator))
        one = Everybody(float(row.value), float(row.year), row.direction)
        found[key] = (*found.get(key, ()), one)
    return found


def _find_everybody(row: Any, known: tuple[Everybody, ...]) -> Everybody:
    """Give what the row says of everybody, else the needs table: of its year, else the newest."""
    direction = row.direction or next((one.direction for one in known[::-1] if one.direction), "")
    if row.everybody == row.everybody:
        return Everybody(float(row.everybody), float(row.year), direction)
    same = [one for one in known if one.year == row.year]
    chosen = (same or list(known) or [Everybody()])[-1]
    return chosen._replace(direction=direction)


def _judge(row: Any, key: str, everybody: Everybody) -> Disparity:
    value, base = float(row.value), everybody.value
    sign = SIGNS.get(everybody.direction, NAN)
    ratio = value / base if base > 0 else NAN
    gap = sign * (value - base) / abs(base) if base else NAN
    return Disparity(
        row.county_fips, key, row.indicator, value, row.low, row.high, base, ratio,
        _find(sign * (value - base), sign, row, base), gap, row.year, everybody.year,
    )  # fmt: skip


def _find(worse: float, sign: float, row: Any, base: float) -> str:
    """Say whether a value is worse; beyond chance where everybody lies outside its interval."""
    if worse != worse:
        return NOT_KNOWN
    if round(worse, 9) <= 0:
        return NOT_WORSE
    near = row.low if sign > 0 else row.high  # the end towards everybody
    if near != near:
        return NO_INTERVAL
    return BEYOND if np.sign(near - base) == sign else CHANCE
