"""Unknown is not absent: who covers which county, and whose services are not on file."""

from __future__ import annotations

from typing import Any

import pytest

from partnet import find_gaps
from partnet.core.network import Network
from partnet.facts.geography.access import measure_access
from partnet.facts.geography.locations import counties_covered, counties_served

from ...builders import make_network

CEDAR, KNOX, MADISON, PIERCE = "31027", "31107", "31119", "31139"


def serve(areas: list[tuple[str, str]], more: list[dict[str, Any]] | None = None) -> Network:
    """Meals in three of four counties; what happens in Cedar depends on who serves it."""
    organizations: list[dict[str, Any]] = [
        {"id": "k", "name": "K", "kind": "food", "state": "NE", "county_fips": KNOX},
        {"id": "m", "name": "M", "kind": "food", "state": "NE", "county_fips": MADISON},
        {"id": "p", "name": "P", "kind": "civic", "state": "NE", "county_fips": PIERCE},
        {"id": "c", "name": "C", "kind": "civic", "state": "NE", "county_fips": CEDAR},
        *(more or []),
    ]
    services = [
        {"organization": "k", "service": "meals", "county_fips": KNOX},
        {"organization": "m", "service": "Meals", "county_fips": MADISON},
        {"organization": "p", "service": "meals"},
        {"organization": "c", "service": "advice"},
    ]
    tables: dict[str, Any] = {"services": services}
    if areas:
        tables["service_areas"] = [
            {"organization": "p", "place_kind": kind, "place": place} for kind, place in areas
        ]
    return make_network(organizations, **tables)


@pytest.mark.parametrize(
    ("areas", "providers", "asked"),
    [
        ([], 0, ""),
        ([("county", CEDAR), ("county", PIERCE)], 1, ""),
        ([("ZIP", "68739"), ("county", PIERCE)], 1, ""),  # a ZIP code of Cedar County
        ([("State", "NE")], 1, ""),
        ([("State", "Nebraska")], 1, ""),
        ([("health district", "Northeast"), ("county", PIERCE)], 0, ""),
        ([("health district", "Northeast")], 0, "p"),  # its counties are not on file
    ],
)
def test_who_covers_cedar_county(areas: list[tuple[str, str]], providers: int, asked: str) -> None:
    access = measure_access(serve(areas)).set_index(["county_fips", "service"])
    row = access.loc[(CEDAR, "meals")]
    assert (row["providers"], row["ask"]) == (providers, asked)


def test_counties_served_are_areas_else_of_services_else_the_own() -> None:
    net = serve([("county", CEDAR)])
    served = counties_served(net).groupby("organization")["county"].agg(sorted).to_dict()
    assert served == {"k": [KNOX], "m": [MADISON], "p": [CEDAR], "c": [CEDAR]}
    rides = [{"organization": "c", "service": "rides", "county_fips": KNOX}]
    of_services = make_network(
        [{"id": "c", "name": "C", "kind": "civic", "county_fips": CEDAR}], services=rides
    )
    assert counties_served(of_services)["county"].tolist() == [KNOX]


def test_a_whole_state_is_covered_and_not_served() -> None:
    net = serve([("State", "NE")])
    assert len(counties_covered(net).query("organization == 'p'")) == 93
    assert counties_served(net).query("organization == 'p'")["county"].tolist() == [PIERCE]


def test_who_usually_offers_it_is_asked() -> None:
    own = {"name": "S", "kind": "food", "state": "NE", "county_fips": CEDAR}
    desert = find_gaps(serve([]), "coverage")
    assert desert.table[["place", "status"]].values.tolist() == [[CEDAR, "no provider on file"]]
    asked = find_gaps(serve([], [{"id": "s", **own}]), "coverage")  # k and m are food, with meals
    assert asked.table.empty
    claims = asked.claims["coverage"]
    assert (claims["not_known"], claims["silent"]) == (1, ["S"])
    assert "Ask S whether it offers meals in Cedar County" in asked.text
    other = find_gaps(serve([], [{"id": "s", **own, "kind": "bank"}]), "coverage")
    assert other.table["status"].tolist() == ["no provider on file"]
    far = find_gaps(serve([], [{"id": "s", **own, "county_fips": KNOX}]), "coverage")
    assert far.table["status"].tolist() == ["no provider on file"]


def test_a_clinic_without_services_on_file_is_no_county_without_primary_care() -> None:
    organizations = [
        {"id": "x", "name": "X", "kind": "civic", "county_fips": KNOX},
        {"id": "y", "name": "Y", "kind": "civic", "county_fips": CEDAR},
        {"id": "z", "name": "Z", "kind": "rural_health_clinic", "county_fips": CEDAR},
    ]
    services = [
        {"organization": "x", "service": "Primary care"},
        {"organization": "y", "service": "advice"},
    ]
    net = make_network(organizations, services=services)
    access = measure_access(net).set_index(["county_fips", "service"])
    assert access.loc[(CEDAR, "Primary care"), "ask"] == "z"


def test_voices_are_not_judged_for_a_place() -> None:
    found = find_gaps(serve([]), ["voice"], where=CEDAR)
    assert "No voice is missing" not in found.text
    assert found.claims["voice"] == {"judged": False}


def test_a_service_of_which_public_files_tell_in_part_is_missing_at_no_hospital_of_theirs() -> None:
    """Medicare names the birthing-friendly: of other hospitals it is not known who delivers."""
    rows = [
        {
            "id": f"h{k}", "name": f"{county} Hospital", "kind": "critical_access_hospital",
            "state": "NE", "county_fips": fips, "source_ids": f"ccn-{k}",
        }
        for k, (county, fips) in enumerate(
            [("Cedar", "31027"), ("Knox", "31107"), ("Holt", "31089")]
        )
    ]  # fmt: skip
    births = [{"organization": f"h{k}", "service": "labor and delivery"} for k in (0, 1)]
    care = [{"organization": f"h{k}", "service": "emergency care"} for k in range(3)]
    net = make_network(rows, services=[*births, *care])
    assert find_gaps(net, kinds="coverage").table.empty
    assert "Ask Holt Hospital whether it offers labor and delivery" in find_gaps(net).text
    access = measure_access(net).set_index(["county_fips", "service"])
    assert access.loc[("31089", "labor and delivery"), "ask"] == "h2"
    typed = make_network([{**row, "source_ids": ""} for row in rows], services=[*births, *care])
    assert find_gaps(typed, kinds="coverage").table["rule"].tolist() == ["labor and delivery"]


def test_who_offers_a_service_to_one_population_is_asked_after_those_who_offer_it_to_all() -> None:
    """Cedar has no counseling; nearest is a clinic for Tribal members, Madison's is for all."""
    places = {"tribe": KNOX, "all": MADISON, "own": CEDAR, "more": PIERCE}
    people = [
        {"id": k, "name": k.title(), "kind": "tribal", "state": "NE", "county_fips": v}
        for k, v in places.items()
    ]
    rows = [
        {
            "organization": k,
            "service": "counseling",
            "population": "Tribal members" * (k == "tribe"),
        }
        for k in ("tribe", "all", "more")
    ]
    access = measure_access(
        make_network(people, services=[*rows, {"organization": "own", "service": "x-ray"}])
    )
    cedar = access.set_index(["county_fips", "service", "population"]).loc[CEDAR, "counseling", ""]
    assert {cedar["nearest"], cedar["second"]} == {"all", "more"}
