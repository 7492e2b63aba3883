"""What two outputs show together gives no small count away: a solver tries on each pair."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

import partnet as pn
from partnet.core.audience.small_counts import suppress_small_counts
from partnet.core.network import Network

from ..builders import make_network

WHOLE, MEN, WOMEN = NAMES = ("deaths", "deaths, men", "deaths, women")
Cell = tuple[str, int]
Values = dict[str, list[int]]
Wave = tuple[Sequence[int], Sequence[str]]  # counties and indicators of a file
DAY = "2026-06-30"


def show(values: Values, wave: Wave) -> set[Cell]:
    """The cells of a file that the public sees."""
    counties, names = wave
    rows = [
        {"county_fips": f"310{k:02d}", "indicator": name, "value": 1.0 * values[name][k],
         "year": 2024.0}
        for name in names
        for k in counties
    ]  # fmt: skip
    shown = suppress_small_counts(pd.DataFrame(rows))
    return {(row.indicator, int(row.county_fips[3:])) for row in shown.itertuples()}


def find_told(values: Values, shown: set[Cell]) -> list[Cell]:
    """Small counts that are not shown and that what is shown leaves no choice for."""
    told = []
    for name, county in [(name, k) for name in NAMES for k in range(len(values[WHOLE]))]:
        if (name, county) in shown or not 0 < values[name][county] < 5:
            continue
        known = [values[one][county] if (one, county) in shown else None for one in NAMES]
        bounds = [(0, None) if value is None else (value, value) for value in known]
        goal = np.array([1.0 * (one == name) for one in NAMES])
        ends = [
            linprog(sign * goal, A_eq=[[1, -1, -1]], b_eq=[0], bounds=bounds) for sign in (1, -1)
        ]
        low, high = ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf
        if high - low < 1:
            told.append((name, county))
    return told


def make_values(men: Sequence[int], women: Sequence[int]) -> Values:
    both = [m + w for m, w in zip(men, women, strict=True)]
    return {WHOLE: both, MEN: list(men), WOMEN: list(women)}


def draw_pairs(count: int) -> Iterator[tuple[Values, list[Wave]]]:
    """Draw figures, and two files with some of the counties and indicators each."""
    chance = random.Random(11)
    for _ in range(count):
        n = chance.randint(2, 4)
        values = make_values(*([chance.randint(0, 11) for _ in range(n)] for _ in "mw"))
        waves: list[Wave] = []
        for _ in range(2):
            counties = sorted(chance.sample(range(n), chance.randint(1, n)))
            parts = [name for name in (MEN, WOMEN) if chance.random() < 0.7]
            waves.append((counties, NAMES[1:] if chance.random() < 0.2 else [WHOLE, *parts]))
        yield values, waves


def test_the_solver_finds_what_is_told() -> None:
    """Else the tests below could not fail."""
    values = make_values([11, 10], [2, 5])
    assert find_told(values, {(WHOLE, 0), (MEN, 0)}) == [(WOMEN, 0)]
    assert find_told(values, {(WHOLE, 0)}) == []


@pytest.mark.parametrize(
    ("men", "women", "waves"),
    [
        ([11, 10], [2, 5], [([0, 1], NAMES[1:]), ([0, 1], [WHOLE, WOMEN])]),
        ([5, 6, 11, 6], [2, 3, 11, 0], [([0, 1, 2, 3], NAMES[1:]), ([0, 1, 3], [WHOLE])]),
        ([0, 10, 1, 4], [3, 10, 8, 2], [([0, 2, 3], [WHOLE, MEN]), ([2], NAMES[1:])]),
        ([2, 0, 5, 4], [0, 6, 1, 11], [([0, 1, 2, 3], NAMES), ([1, 2], NAMES[1:])]),
    ],
)
def test_two_waves_with_other_parts_and_counties(
    men: list[int], women: list[int], waves: list[Wave]
) -> None:
    values = make_values(men, women)
    first, second = (show(values, wave) for wave in waves)
    assert find_told(values, first | second) == []


def test_a_county_more_does_not_show_what_was_left_out_beside_a_small_count() -> None:
    """The whole goes along with another county's: the part that went with it stays out."""
    values = make_values([18, 9, 1], [2, 9, 2])
    waves = [([0, 1], NAMES), ([0, 1, 2], NAMES)]
    assert [(MEN, 0) in show(values, wave) for wave in waves] == [False, False]
    assert find_told(values, show(values, waves[0]) | show(values, waves[1])) == []


@pytest.mark.parametrize("count", [8, pytest.param(300, marks=pytest.mark.slow)])
def test_no_pair_of_waves_tells_a_small_count(count: int) -> None:
    hidden = 0
    for values, waves in draw_pairs(count):
        shown = [show(values, wave) for wave in waves]
        assert find_told(values, shown[0] | shown[1]) == [], (values, waves)
        hidden += sum(len(c) * len(n) - len(s) for (c, n), s in zip(waves, shown, strict=True))
    assert hidden > count // 2


def make_net(men: int, women: int, beds: int) -> Network:
    """A network whose first county has few dead women, and an organization with few places."""
    counties = ("31027", "31107", "31119")
    figures = make_values([men, 30, 40], [women, 20, 30])
    needs = [
        {"county_fips": county, "indicator": name, "value": value, "year": 2024}
        for name, column in figures.items()
        for county, value in zip(counties, column, strict=True)
    ]
    needs += [
        {"county_fips": county, "indicator": "population", "value": 9000, "year": 2024}
        for county in counties
    ]
    organizations = [
        {"id": id_, "name": id_.title(), "kind": kind, "county_fips": county}
        for id_, kind, county in zip(
            ("alma", "bow", "cedar"), ("hospital", "food", "housing"), counties, strict=True
        )
    ]
    services = [
        {"organization": "alma", "service": "primary care", "county_fips": counties[0]},
        {"organization": "bow", "service": "meals", "county_fips": counties[1], "capacity": beds},
    ]
    ties = [("alma", "bow", "referral"), ("bow", "cedar", "planning")]
    return make_network(organizations, ties, needs=needs, services=services)


def write_all(net: Network, folder: Path) -> dict[str, bytes]:
    """What the public is given: tables, data of the report, the same for another program."""
    folder.mkdir()
    seen = net.for_audience("public")
    pn.write_network(seen, folder / "tables")
    pn.export_network(seen, folder / "map.graphml")
    pn.write_report(net, folder / "report.json", as_of=DAY, audience="public")
    pn.write_report(net, folder / "report.html", as_of=DAY, audience="public")
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_tables_do_not_depend_on_what_is_left_out() -> None:
    """Whatever small number it is: no sum, rate or sentence made of these tables can hold it."""
    one, other = (make_net(*cells).for_audience("public") for cells in ((18, 2, 3), (17, 3, 4)))
    assert one == other and len(one.table("needs")) == 8


@pytest.mark.parametrize("span", ["deaths, 2023-2024", "deaths (two-year total)"])
def test_two_years_and_their_total_do_not_depend_on_what_is_left_out(span: str) -> None:
    """Public tables are the same for 3 and 20 as for 2 and 21, whose total is the same."""
    seen = []
    for few, many in ((3, 20), (2, 21)):
        counties = {"31027": (few, many, 23), "31107": (40, 50, 90), "31119": (60, 70, 130)}
        needs = [
            {"county_fips": county, "indicator": name, "value": value, "year": year}
            for county, values in counties.items()
            for (name, year), value in zip(
                (("deaths", 2023), ("deaths", 2024), (span, 2024)), values, strict=True
            )
        ]
        net = make_network([{"id": "a", "name": "A", "kind": "hospital"}], needs=needs)
        seen.append(net.for_audience("public"))
    assert seen[0] == seen[1] and 23.0 in seen[0].table("needs")["value"].tolist()


@pytest.mark.slow
def test_no_output_depends_on_what_is_left_out(tmp_path: Path) -> None:
    one, other = (
        write_all(make_net(*cells), tmp_path / str(k))
        for k, cells in enumerate(((18, 2, 3), (17, 3, 4)))
    )
    assert len(one) >= 5 and one == other
