"""What most of a kind do and one does not, on a network that can be counted on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given

import partnet as pn
from partnet.core.network import Network
from partnet.questions.organization.peers import list_peer_practices

from ...builders import FEW, make_network, networks

KNOX, CEDAR, HOLT = "31107", "31027", "31089"
HOSPITALS = ("own", "one", "two", "three", "four")
SERVICES = [("own", "Lab"), ("one", "swing beds"), ("two", "Swing beds"), ("three", "lab"),
            ("four", "lab")]  # fmt: skip


def make_five(
    ties: Sequence[tuple[str, ...]], services: Sequence[tuple[str, str]] = SERVICES
) -> Network:
    """Five Critical Access Hospitals, a pantry, a counselor and the office that convenes."""
    counties = dict(zip(HOSPITALS, (KNOX, HOLT, CEDAR, CEDAR, CEDAR), strict=True))
    organizations: list[Mapping[str, Any]] = [
        {"id": id_, "name": f"{id_.title()} Hospital", "kind": "critical_access_hospital",
         "county_fips": county}
        for id_, county in counties.items()
    ]  # fmt: skip
    organizations += [
        {"id": "food", "name": "Pantry", "kind": "food", "county_fips": KNOX},
        {"id": "mind", "name": "Counselor", "kind": "behavioral_health", "county_fips": CEDAR},
        {"id": "sorh", "name": "Office", "kind": "state_office_of_rural_health"},
    ]
    return make_network(
        [{"state": "NE", **row} for row in organizations],
        ties,
        services=[{"organization": o, "service": s} for o, s in services],
        about=[{"setting": "convener", "value": "sorh"}],
    )


TIES = [("own", "food"), ("one", "mind"), ("two", "mind"), ("three", "food"), ("four", "food"),
        *((id_, "sorh") for id_ in HOSPITALS)]  # fmt: skip


def test_half_of_the_others_and_the_nearest_to_ask() -> None:
    """Two of four others work with the counselor, two offer swing beds; own does neither.

    Holt County (one) is farther from Knox than Cedar County (two). The tie with the convener is
    nobody's practice.
    """
    found = list_peer_practices(make_five(TIES).at(), "own")
    assert found[["practice", "what", "do_it", "known", "nearest"]].to_numpy().tolist() == [
        ["works with", "behavioral health provider", 2, 4, "two"],
        ["offers", "swing beds", 2, 4, "two"],
    ]
    assert found["km"].between(20, 90).all()


def test_what_it_does_itself_is_not_said() -> None:
    found = list_peer_practices(make_five([*TIES, ("own", "mind")]).at(), "own")
    assert found["practice"].tolist() == ["offers"]


@pytest.mark.parametrize("nothing", ["own", "one"])
def test_unknown_is_not_absent(nothing: str) -> None:
    """Without a tie of its own, or with three others known only, nothing is said of partners."""
    ties = [tie for tie in TIES if nothing not in tie]
    found = list_peer_practices(make_five(ties).at(), "own")
    assert found["practice"].tolist() == ["offers"]


def test_the_brief_says_it() -> None:
    brief = pn.describe_organization(make_five(TIES), "own")
    assert brief.claims["peers"] == {
        "organization": "Own Hospital", "practice": "works with", "what": "behavioral_health",
        "do_it": 2, "known": 4,
    }  # fmt: skip
    assert "Ask Two Hospital" in brief.text
    assert "peers" not in pn.describe_organization(make_five(TIES), "food").claims


@FEW
@given(networks())
def test_shares_are_of_others_that_are_known(net: Network) -> None:
    here = net.at()
    for id_ in here.ids:
        found = list_peer_practices(here, id_)
        same = int((here.organizations["kind"] == here.organizations.at[id_, "kind"]).sum()) - 1
        assert found["known"].between(4, max(same, 4)).all()
        assert (found["do_it"] * 2 >= found["known"]).all() and id_ not in set(found["nearest"])
