"""Small counts are left out of public tables, and with them what would give them away."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.core.audience.small_counts import suppress_small_counts
from partnet.core.audience.small_years import name_thing

from ..builders import FEW


def suppress(values: dict[str, list[float]]) -> pd.DataFrame:
    """Indicators, each with a value a county, as the public sees them."""
    rows = [
        {"county_fips": f"310{k:02d}", "indicator": name, "value": value, "year": 2024.0}
        for name, column in values.items()
        for k, value in enumerate(column)
    ]
    return suppress_small_counts(pd.DataFrame(rows))


def left(values: list[float], indicator: str = "suicides") -> list[float]:
    return suppress({indicator: values})["value"].tolist()


def test_small_counts_go_and_cannot_be_worked_out() -> None:
    assert left([3, 8, 20, 0]) == [20, 0]  # 3 is small; 8 goes too, else the total gives 3 away
    assert left([2, 4, 20]) == [20]  # two are gone, and together they may be anything up to 8
    assert left([1, 2, 9, 20]) == [20]  # 1 + 2 is below five: one more goes
    assert left([7, 8]) == [7, 8]
    assert left([4.0]) == []


@pytest.mark.parametrize(
    "name", ["incarcerated mothers", "naloxone administrations", "children under 5 years poisoned"]
)
def test_a_word_that_holds_rate_or_years_is_no_rate(name: str) -> None:
    assert left([1, 2, 30], name) == [30] or left([1, 2, 30], name) == []


def test_what_says_that_it_is_a_rate_stays() -> None:
    assert left([3, 8, 20], "uninsured, percent") == [3, 8, 20]
    assert left([30, 80, 200], "suicides per 100,000") == [30, 80, 200]
    assert left([3.5, 8.2], "uninsured") == [3.5, 8.2]  # nothing is whole: no counts
    assert left([2, 3.5, 11, 30], "overdose deaths") == [11, 30]


def test_a_total_and_its_parts_give_nothing_away() -> None:
    both = {"deaths, men": [18, 27, 36], "deaths, women": [2, 3, 4]}
    shown = suppress({"deaths": [20, 30, 40], **both})
    assert set(shown["indicator"]) == {"deaths"}
    assert suppress({"deaths": [20, 30, 40], "deaths, men": [18, 27, 36]})["value"].sum() == 90


def test_a_total_and_many_parts_give_nothing_away() -> None:
    ages = {
        "deaths, 0-17": [2, 9, 8],
        "deaths, 18-64": [10, 12, 9],
        "deaths, 65 and over": [50, 40, 9],
    }
    whole = [float(sum(column)) for column in zip(*ages.values(), strict=True)]
    shown = suppress({"deaths": whole, **{k: list(map(float, v)) for k, v in ages.items()}})
    first = shown[shown["county_fips"] == "31000"]
    assert len(first) == 2  # of four, one is small, and one more has to go


def test_a_rate_tells_no_count_that_is_left_out() -> None:
    counts = {"overdose deaths": [3.0, 8.0, 20.0], "population": [8000.0, 9000.0, 9900.0]}
    rates = {
        "overdose deaths per 100,000 residents": [37.5, 88.9, 202.0],
        "smokers, percent": [20.5, 21, 19],
    }
    shown = suppress({**counts, **rates})
    told = shown[shown["indicator"].str.startswith("overdose deaths per")]
    assert told["value"].tolist() == [202.0]
    assert len(shown[shown["indicator"] == "smokers, percent"]) == 3


def test_a_rate_of_a_few_persons_is_left_out_without_the_count() -> None:
    shown = suppress({"suicides per 100,000": [37.5, 60.0], "population": [8000.0, 90_000.0]})
    assert shown.loc[shown["indicator"] != "population", "value"].tolist() == [60.0]
    shown = suppress({"homeless, percent": [1.0, 1.0], "Population": [310.0, 4000.0]})
    assert len(shown) == 3


@pytest.mark.parametrize("on_file", [[], [("population", 0.0)], [("population", float("nan"))]])
@pytest.mark.parametrize(
    ("name", "value", "stays"),
    [
        ("suicides per 100,000", 35.8, False),  # 3 of the 8,380 of the Census
        ("suicide rate per 10,000", 3.58, False),
        ("homeless, percent", 0.04, False),
        ("suicides per 100,000", 71.6, True),  # 6
        ("suicides per 100,000", 0.0, True),
        ("uninsured, percent", 11.0, True),
        ("need index", 3.0, True),  # of nobody
    ],
)
def test_a_rate_times_the_census_gives_no_small_count(
    on_file: list[tuple[str, float]], name: str, value: float, stays: bool
) -> None:
    """How many live in Cedar County, NE, stands elsewhere for everybody."""
    needs = pd.DataFrame(
        [
            {"county_fips": "31027", "indicator": n, "value": v, "year": 2024.0}
            for n, v in [*on_file, (name, value)]
        ]
    )
    assert (name in suppress_small_counts(needs)["indicator"].tolist()) == stays


def test_the_population_on_file_comes_before_that_of_the_census() -> None:
    rows = [("population", 90_000.0), ("suicides per 100,000", 35.8)]
    needs = pd.DataFrame(
        [{"county_fips": "31027", "indicator": n, "value": v, "year": 2024.0} for n, v in rows]
    )
    assert len(suppress_small_counts(needs)) == 2


@FEW
@given(
    st.lists(st.tuples(*[st.integers(0, 12)] * 4), min_size=2, max_size=5),
)
def test_no_small_count_is_fixed_by_a_total_of_four(cells: list[tuple[int, ...]]) -> None:
    """Whatever is added and taken away, of what is left out no small count is told."""
    names = ["deaths a", "deaths b", "deaths c", "deaths d"]
    values = {name: [float(c[k]) for c in cells] for k, name in enumerate(names)}
    values["deaths"] = [float(sum(c)) for c in cells]
    shown = suppress(values)
    seen = {(row.indicator, int(row.county_fips[3:])) for row in shown.itertuples()}
    hidden = [(name, k) for name in values for k in range(len(cells)) if (name, k) not in seen]
    assert all(not 0 < values[name][k] < 5 for name, k in seen)
    equations = [[1.0 * (cell[0] == name) for cell in hidden] for name in values]
    for k in range(len(cells)):
        equations.append([(1.0 if name == "deaths" else -1.0) * (row == k) for name, row in hidden])
    fixed = find_fixed(np.array(equations), hidden)
    assert [cell for cell in fixed if 0 < values[cell[0]][cell[1]] < 5] == []


def find_fixed(matrix: np.ndarray, cells: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Cells whose value the equations tell."""
    if not cells:
        return []
    rank, units = np.linalg.matrix_rank(matrix), np.eye(len(cells))
    return [
        cell
        for cell, unit in zip(cells, units, strict=True)
        if np.linalg.matrix_rank(np.vstack([matrix, unit])) == rank
    ]


def recover(shown: pd.DataFrame, hidden: dict[tuple[str, int], float]) -> list[float]:
    """Small counts that sums of counties and of indicators fix, by linear algebra."""
    at = {cell: k for k, cell in enumerate(hidden)}
    equations = []
    names = sorted({name for name, _ in hidden})
    for name in names:  # the total of all counties is known
        equations.append([1.0 * (cell[0] == name) for cell in at])
    for county in sorted({county for _, county in hidden}):  # men and women are all
        signs = {"all": 1.0, "men": -1.0, "women": -1.0}
        equations.append([signs[cell[0]] * (cell[1] == county) for cell in at])
    matrix = np.array(equations)
    rank = np.linalg.matrix_rank(matrix)
    fixed = []
    for cell, k in at.items():
        unit = np.zeros(len(at))
        unit[k] = 1.0
        if np.linalg.matrix_rank(np.vstack([matrix, unit])) == rank:
            fixed.append(hidden[cell])
    return fixed


@FEW
@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=5),
)
def test_no_small_count_is_fixed_by_totals(cells: list[tuple[int, int]]) -> None:
    """Totals over counties and over men and women are known: what is left out stays open."""
    values = {
        "men": [float(m) for m, _ in cells],
        "women": [float(w) for _, w in cells],
        "all": [float(m + w) for m, w in cells],
    }
    shown = suppress(values)
    seen = {(row.indicator, int(row.county_fips[3:])) for row in shown.itertuples()}
    hidden = {
        (name, k): value
        for name, column in values.items()
        for k, value in enumerate(column)
        if (name, k) not in seen
    }
    small = {cell for cell, value in hidden.items() if 0 < value < 5}
    missed = {
        (name, k) for name, column in values.items() for k, v in enumerate(column) if 0 < v < 5
    } - small
    assert not missed
    if hidden:
        assert [value for value in recover(shown, hidden) if 0 < value < 5] == []


def test_indicators_of_other_years_are_not_mixed() -> None:
    assert len(list(combinations(suppress({"a": [6, 7], "b": [8, 9]})["value"], 2))) == 6


@pytest.mark.parametrize(
    ("name", "value", "stays"),
    [
        ("percent of births to teens", 5.0, False),  # 3 of 60
        ("percent of all births to teens", 5.0, False),
        ("teen births, % of births", 5.0, False),
        ("share of births to teens", 0.05, False),
        ("proportion of the births to teens", 0.05, False),
        ("percent of births to teens", 25.0, True),  # 15 of 60
        ("percent of birthdays at home", 5.0, True),  # of something else
        ("births per 1,000 women", 5.0, True),
        ("percent of births at home or in hospital", 95.0, False),  # the rest: 3 of 60
        ("percent of births in hospital", 100.0, True),
    ],
)
def test_a_share_of_a_count_that_is_shown_gives_no_small_count(
    name: str, value: float, stays: bool
) -> None:
    rows = [("population", 800_000.0), ("births", 60.0), (name, value)]
    needs = pd.DataFrame(
        [{"county_fips": "31027", "indicator": n, "value": v, "year": 2024.0} for n, v in rows]
    )
    shown = suppress_small_counts(needs)["indicator"].tolist()
    assert shown == ["population", "births", *([name] if stays else [])]


def test_a_rate_says_of_a_count_whatever_its_number_in_grammar() -> None:
    """Without a population on file it would tell 3: how many live there stands elsewhere."""
    counts = {"overdose deaths": [3.0, 8.0, 20.0]}
    shown = suppress({**counts, "overdose death rate per 100,000": [37.5, 88.9, 202.0]})
    told = shown[shown["indicator"].str.contains("rate")]
    assert told["value"].tolist() == [202.0]


def test_some_parts_of_a_whole_leave_no_small_rest() -> None:
    """The last age group stands nowhere: 43 less 20 and 20 are 3."""
    ages = {"deaths, 0-17": [20.0, 30.0], "deaths, 18-64": [20.0, 30.0]}
    shown = suppress({"deaths": [43.0, 80.0], **ages})
    assert len(shown[shown["county_fips"] == "31000"]) < 3
    assert len(suppress({"deaths": [46.0, 80.0], **ages})) == 6  # 6 are left: no small count


SPANS = ("deaths, 2023-2024", "Deaths 2023\u201324", "two-year total of deaths",
         "deaths (both years)", "death count, 2023 to 2024", "deaths, pooled")  # fmt: skip


def years_of(rows: list[tuple[str, float, list[float]]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"county_fips": f"310{k:02d}", "indicator": name, "value": value, "year": year}
            for name, year, values in rows
            for k, value in enumerate(values)
        ]
    )


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("year", [2024.0, float("nan")])
def test_a_total_of_two_years_gives_no_small_year_away(span: str, year: float) -> None:
    single = [("deaths", 2023.0, [3.0, 8.0, 9.0]), ("deaths", 2024.0, [20.0, 30.0, 40.0])]
    needs = years_of([*single, (span, year, [23.0, 38.0, 49.0])])
    shown = suppress_small_counts(needs)
    first = shown[shown["county_fips"] == "31000"]
    assert first["value"].tolist() == [23.0]
    alone = suppress_small_counts(years_of(single))
    assert 20.0 in alone["value"].tolist()  # where nothing says what both come to
    rest = suppress_small_counts(years_of([single[1], (span, year, [23.0, 38.0, 49.0])]))
    assert rest.loc[rest["county_fips"] == "31000", "value"].tolist() == [23.0]
    assert rest.loc[rest["county_fips"] == "31002", "value"].tolist() == [40.0, 49.0]


def test_ages_are_no_years() -> None:
    needs = years_of(
        [("deaths", 2024.0, [23.0, 60.0]), ("deaths under 20 years", 2024.0, [20.0, 30.0])]
    )
    assert name_thing("deaths under 20 years") != name_thing("deaths")
    assert name_thing("deaths, 18 to 64 years") != name_thing("deaths, 2023")
    assert suppress_small_counts(needs)["value"].tolist() == [23.0, 60.0]  # a rest of 3


@FEW
@given(st.lists(st.tuples(*[st.integers(0, 12)] * 3), min_size=2, max_size=4))
def test_no_small_year_is_fixed_by_rolling_totals(cells: list[tuple[int, ...]]) -> None:
    """Two of three years each, as tables of rare causes give them."""
    years = {f"{2022 + k}": [float(cell[k]) for cell in cells] for k in range(3)}
    rows = [("deaths", float(year), values) for year, values in years.items()]
    for k in (0, 1):
        both = [float(cell[k] + cell[k + 1]) for cell in cells]
        rows.append((f"deaths, {2022 + k}-{2023 + k}", 2023.0 + k, both))
    values = {f"{name} {year}": column for name, year, column in rows}
    names = list(values)
    shown = suppress_small_counts(years_of(rows))
    seen = {(f"{r.indicator} {r.year}", int(r.county_fips[3:])) for r in shown.itertuples()}
    hidden = [(name, k) for name in names for k in range(len(cells)) if (name, k) not in seen]
    assert all(not 0 < values[name][k] < 5 for name, k in seen)
    signs = [{names[3]: -1.0, names[0]: 1.0, names[1]: 1.0}]
    signs.append({names[4]: -1.0, names[1]: 1.0, names[2]: 1.0})
    equations = [[1.0 * (cell[0] == name) for cell in hidden] for name in names]
    for k in range(len(cells)):
        for signed in signs:
            equations.append([signed.get(name, 0.0) * (row == k) for name, row in hidden])
    fixed = find_fixed(np.array(equations), hidden) if hidden else []
    assert [cell for cell in fixed if 0 < values[cell[0]][cell[1]] < 5] == []
