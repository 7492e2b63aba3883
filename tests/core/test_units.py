"""Distances: kilometers in tables, miles before people's eyes unless a file asks otherwise."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.core.results.shown import Column, Shown, in_units
from partnet.core.wording.formats import write_value
from partnet.core.wording.units import MILE, say_distance
from partnet.report.declared import list_blocks
from partnet.report.excel.workbook import render_excel
from tests.builders import make_network

KM = re.compile(r"\d km\b|[Kk]ilometers")
MILES = re.compile(r"\d miles?\b|\b[Mm]iles\b")


def _make(**about: str) -> Network:
    """A hospital in Knox County, a clinic in Cedar County, and what Knox lacks."""
    people: list[dict[str, Any]] = [
        {"id": "knox", "name": "Knox Hospital", "kind": "critical_access_hospital",
         "state": "NE", "county_fips": "31107"},
        {"id": "cedar", "name": "Cedar Clinic", "kind": "rural_health_clinic",
         "state": "NE", "county_fips": "31027"},
    ]  # fmt: skip
    return make_network(
        people,
        services=[{"organization": "cedar", "service": "dental care", "county_fips": "31027"}],
        contacts=[{"organization": "cedar", "date": "2020-01-01", "mode": "visit"}],
        about=[{"setting": key, "value": value} for key, value in about.items()],
    )


@pytest.mark.parametrize(
    ("km", "units", "said"),
    [
        (160.9344, "miles", "100 miles"),
        (1.0, "miles", "1 mile"),
        (0.0, "miles", "0 miles"),
        (0.3, "miles", "less than 1 mile"),
        (0.3, "km", "less than 1 km"),
        (1609.4, "km", "1,609 km"),
        (float("nan"), "miles", ""),
        (float("inf"), "km", ""),
    ],
)
def test_a_distance_in_words(km: float, units: Any, said: str) -> None:
    assert say_distance(km, units) == said


def test_a_file_asks_for_kilometers_and_a_caller_overrules_it() -> None:
    assert _make().units == "miles"
    net = _make(Units="Kilometers")
    assert net.units == "km"
    assert net.in_units("miles").units == "miles"
    assert net.in_units("miles").in_units("km") == net.in_units("km")
    assert net.at("2026-01-01").in_units("miles").day == net.at("2026-01-01").day
    assert net.for_audience("public").units == "km"


def test_wrong_units_are_explained() -> None:
    with pytest.raises(pn.UsageError, match="found 'leagues'"):
        _make().in_units("leagues")  # type: ignore[arg-type]


def _say(net: Network) -> list[str]:
    """All that people read of the verbs that speak of distances."""
    found = [
        pn.plan_visits(net, start="cedar", days=1, as_of="2026-01-01"),
        pn.find_gaps(net, "coverage"),
        pn.recommend_partners(net, "knox"),
    ]
    labels = [c.label for one in found for shown in one.shown for c in shown.columns]
    cells = [text for one in found for text in one.table.select_dtypes("str").stack()]
    return [*(said for one in found for said in one.sentences), *labels, *cells]


def test_people_read_one_unit_and_never_the_other() -> None:
    in_miles, in_km = _say(_make()), _say(_make(units="km"))
    assert any(map(MILES.search, in_miles)) and not any(map(KM.search, in_miles))
    assert any(map(KM.search, in_km)) and not any(map(MILES.search, in_km))


def test_tables_hold_kilometers_whatever_is_shown() -> None:
    found = [pn.plan_visits(_make(units=units), start="cedar", days=2) for units in ("miles", "km")]
    one, other = (each.tables["tours"] for each in found)
    pd.testing.assert_series_equal(one["km"], other["km"])
    day, same = one["by_day"].iloc[0], other["by_day"].iloc[0]
    assert float(day) == pytest.approx(float(same) / MILE, abs=1)


DECLARED = Shown("table", "Stops", (Column("km", "Miles there", "miles"),))


def test_a_column_of_miles_is_shown_in_either() -> None:
    assert write_value(100.0, "miles") == "62"
    kilometers = in_units((DECLARED,), "km")[0].columns[0]
    assert (kilometers.label, write_value(100.0, kilometers.format)) == ("Kilometers there", "100")


def test_a_workbook_holds_the_number_that_its_header_names() -> None:
    method = pn.Method("None")
    frame = pd.DataFrame({"km": [160.9344]})
    result = pn.Result("plan_visits", "Stops", frame, (), method, shown=(DECLARED,))
    assert list_blocks(result)
    with zipfile.ZipFile(io.BytesIO(render_excel(pn.build_brief(result)))) as book:
        cells = [book.read(name).decode() for name in book.namelist() if "worksheets/s" in name]
    assert any("<v>100</v>" in sheet for sheet in cells)
