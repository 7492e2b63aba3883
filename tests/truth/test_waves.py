"""What is said of services and needs from wave to wave, counted again in the raw files."""

from __future__ import annotations

from datetime import date

import pytest

import partnet as pn
from partnet.io.samples import sample_path

from .raw import Raw

pytestmark = pytest.mark.slow  # reads both samples, and compares them
WAVES = (("prairie_2024", date(2024, 6, 30)), ("prairie", date(2026, 6, 30)))
WORSE_HIGH, WORSE_LOW = "higher is worse", "lower is worse"


@pytest.fixture(scope="module")
def said() -> pn.Result:
    return pn.compare_networks(*(pn.load_sample(name) for name, _ in WAVES), draws=2)


@pytest.fixture(scope="module")
def raw() -> list[Raw]:
    return [Raw(sample_path(name), day) for name, day in WAVES]


def read_services(raw: Raw) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in raw.rows("services"):
        found.setdefault(row["organization"], set()).add(row["service"].casefold())
    return found


def read_needs(raw: Raw) -> dict[tuple[str, str], tuple[float, str]]:
    """The newest value of every indicator of a county, and which way is worse."""
    newest: dict[tuple[str, str], tuple[str, float, str]] = {}
    for row in raw.rows("needs"):
        key = (row["county_fips"], row["indicator"].casefold())
        value = (row["year"], float(row["value"]), row["direction"])
        if key not in newest or value[0] >= newest[key][0]:
            newest[key] = value
    return {key: (value, direction) for key, (_, value, direction) in newest.items()}


def test_services_are_counted_again(said: pn.Result, raw: list[Raw]) -> None:
    before, after = map(read_services, raw)
    both = before.keys() & after.keys()
    assert said.claims["services"] == {
        "organizations": len(both),
        "new": sum(len(after[o] - before[o]) for o in both),
        "gone": sum(len(before[o] - after[o]) for o in both),
    }
    assert len(both) > 100


def test_needs_are_counted_again(said: pn.Result, raw: list[Raw]) -> None:
    before, after = map(read_needs, raw)
    counts = {"values": 0, "better": 0, "worse": 0, "same": 0, "changed": 0}
    for key in before.keys() & after.keys():
        (was, _), (now, direction) = before[key], after[key]
        up = now > was
        moved = "same" if now == was else "changed"
        if moved == "changed" and direction == WORSE_HIGH:
            moved = "worse" if up else "better"
        elif moved == "changed" and direction == WORSE_LOW:
            moved = "better" if up else "worse"
        counts[moved] += 1
        counts["values"] += 1
    assert said.claims["needs"] == {key: number for key, number in counts.items() if number}
    assert counts["better"] and counts["worse"]
