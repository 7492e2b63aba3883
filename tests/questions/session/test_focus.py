"""Whom the topic of a session concerns: who offers it, who may, who is needed whatever it is."""

from __future__ import annotations

import partnet as pn
from partnet.core.network import Network
from partnet.questions.session.focus import read_focus

from ...builders import make_network

CIBOLA, MCKINLEY = "35006", "35031"
PEOPLE = [
    {"id": "cah", "kind": "critical_access_hospital", "county_fips": CIBOLA},
    {"id": "chc", "kind": "health_center", "county_fips": CIBOLA},
    {"id": "tribe", "kind": "tribal", "county_fips": CIBOLA},
    {"id": "rides", "kind": "transport", "county_fips": CIBOLA},
    {"id": "aging", "kind": "area_agency_on_aging", "county_fips": CIBOLA},
    {"id": "meals", "kind": "area_agency_on_aging", "county_fips": MCKINLEY},
    {"id": "mind", "kind": "behavioral_health", "county_fips": MCKINLEY},
]
SERVICES = [
    {"organization": "chc", "service": "primary care"},
    {"organization": "meals", "service": "Home-delivered meals"},
    {"organization": "mind", "service": "behavioral health"},
    {"organization": "rides", "service": "rides"},
]


def make_county(*services: dict[str, str]) -> Network:
    rows = [{"state": "NM", "name": str(row["id"]).title(), **row} for row in PEOPLE]
    return make_network(rows, services=[*SERVICES, *services])


def test_the_health_center_and_the_tribe_of_a_county_come_whatever_the_topic() -> None:
    session = pn.prepare_session(make_county(), "35006", focus="behavioral health")
    table = session.table
    assert set(table.loc[table["role"] == "partner", "organization"]) == {"cah", "chc", "tribe"}


def test_a_topic_concerns_who_may_offer_it_until_its_services_are_on_file() -> None:
    """Of the agency on aging of Cibola no services are on file: it may bring meals."""
    assert read_focus(make_county(), "meals").organizations == {"meals", "aging"}
    known = make_county({"organization": "aging", "service": "caregiver support"})
    assert read_focus(known, "meals").organizations == {"meals"}
