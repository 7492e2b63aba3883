"""A city that a rural network knows through its hospital only is no desert."""

from __future__ import annotations

from typing import Any

import partnet as pn
from tests.builders import make_network

CEDAR, KNOX, DOUGLAS = "31027", "31107", "31055"
CAH = "critical_access_hospital"
ORGANIZATIONS = [
    {"id": id_, "name": name, "kind": kind, "county_fips": county}
    for id_, name, kind, county in (
        ("cedar", "Cedar Hospital", CAH, CEDAR),
        ("knox", "Knox Hospital", CAH, KNOX),
        ("clinic", "Knox Clinic", "rural_health_clinic", KNOX),
        ("city", "City Medical Center", "hospital", DOUGLAS),
        ("state", "Hospital Association", "hospital_association", DOUGLAS),
    )
]
SERVICES = [
    ("cedar", "home health"), ("knox", "home health"), ("clinic", "primary care"),
    ("cedar", "primary care"), ("city", "trauma care"),
]  # fmt: skip


def judge(organizations: list[dict[str, Any]], **tables: Any) -> Any:
    services = [{"organization": who, "service": what} for who, what in SERVICES]
    net = make_network(organizations, [("cedar", "city")], services=services, **tables)
    return pn.find_gaps(net, "coverage")


def test_what_the_city_has_besides_is_not_known() -> None:
    found = judge(ORGANIZATIONS)
    assert found.table.empty
    said = found.claims["coverage"]
    assert said == {"not_known": 1, "silent": [], "cities": ["Douglas County"]}
    text = next(str(s) for s in found.sentences if s.name == "coverage")
    assert "City Medical Center is all that is on file of Douglas County" in text
    rows = found.tables["access"]
    rows = rows[(rows["county_fips"] == DOUGLAS) & (rows["providers"] == 0)]
    assert set(rows["service"]) == {"home health", "primary care"} and set(rows["ask"]) == {"city"}


def test_a_county_that_the_network_serves_is_judged() -> None:
    area = [{"organization": "knox", "place_kind": "county", "place": DOUGLAS}]
    placed = [{"id": "food", "name": "Pantry", "kind": "food", "county_fips": DOUGLAS}]
    for found in (judge(ORGANIZATIONS, service_areas=area), judge([*ORGANIZATIONS, *placed])):
        lacking = found.table[found.table["status"] == "no provider on file"]
        assert "Douglas County" in set(lacking["place_name"])


def test_a_small_county_with_one_hospital_is_judged() -> None:
    moved = [
        {**row, "county_fips": "31003"} if row["id"] == "city" else row for row in ORGANIZATIONS
    ]
    assert set(judge(moved).table["place"]) == {"31003"}  # Antelope County, 6,300 people
