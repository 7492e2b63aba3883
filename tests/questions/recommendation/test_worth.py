"""A list holds whom a fact on file speaks for, nobody under two names, and says why it is short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partnet import recommend_partners
from partnet.core.network import Network

from ...builders import make_network

CEDAR, KNOX, DAWES = "31027", "31107", "31045"


def _of(id_: str, kind: str, county: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "name": id_.title(),
        "kind": kind,
        "state": "NE",
        "county_fips": county,
    } | more


def _make(*more: Mapping[str, Any], ties: Sequence[tuple[str, str]] = ()) -> Network:
    """A legal aid and a hospital of Cedar County; and a hub of Dawes that has nothing with them."""
    people = [
        _of("aid", "legal_aid", CEDAR),
        _of("hub", "hospital", CEDAR),
        _of("far hub", "hie", DAWES),
        *(_of(f"pantry {k}", "food", DAWES) for k in range(3)),
        *more,
    ]
    known = [("far hub", f"pantry {k}") for k in range(3)]
    return make_network(people, [*known, *ties])


def test_nobody_is_named_for_whom_no_fact_speaks_and_it_is_said() -> None:
    net = _make(_of("home", "housing", CEDAR))
    found = recommend_partners(net, "aid", 4, runs=0)
    assert found.table["partner"].tolist() == ["home", "hub"]  # of the same county
    said = next(one for one in found.sentences if one.name == "no_more_facts")
    assert said.claims == {"organization": "Aid", "named": 2, "asked": 4}
    assert "Only 2 of the 4 asked for are named, as nothing on file speaks for others." in said
    assert "no_more_facts" not in {
        one.name for one in recommend_partners(net, "aid", 2, runs=0).sentences
    }


def test_who_asks_for_a_kind_or_for_the_likeliest_is_told_all() -> None:
    net = _make(_of("home", "housing", CEDAR))
    assert "far hub" in set(recommend_partners(net, "aid", 9, kinds="hie", runs=0).table["partner"])
    everybody = recommend_partners(net, "aid", 9, by="likelihood", runs=0).table["partner"]
    assert {"far hub", "hub", "home"} <= set(everybody)


def test_where_it_is_not_on_file_where_they_are_no_fact_can_be_asked_for() -> None:
    net = make_network("abcdef", [("a", "b"), ("c", "d"), ("c", "e"), ("c", "f")])
    assert len(recommend_partners(net, "a", 3, runs=0).table) == 3


def test_of_two_who_may_be_one_the_first_is_named() -> None:
    twins = [
        _of(f"shelf {k}", "food", CEDAR, name=f"Wagon Trail{s} Food Pantry")
        for k, s in enumerate(["", "s"])
    ]
    net = _make(*twins, ties=[("hub", "shelf 0"), ("hub", "shelf 1")])
    named = set(recommend_partners(net, "aid", 9, runs=0).table["partner"])
    assert len(named & {"shelf 0", "shelf 1"}) == 1


def test_two_whose_kind_is_not_known_have_no_kind_in_common() -> None:
    others = [_of(f"thing {k}", "other", CEDAR) for k in range(6)]
    net = make_network(
        [*others, _of("hub", "hospital", CEDAR)],
        [("thing 0", "thing 1"), ("thing 1", "hub"), ("thing 2", "hub")],
    )
    table = recommend_partners(net, "thing 0", 9, runs=0).table
    assert len(table) and not table["sentence"].str.contains("other organization").any()


def test_of_public_files_two_of_one_sector_are_no_partners_by_a_county_in_common() -> None:
    """No tie is on file: the hospital of the county could be one, a second counselor is a rival."""
    listed = {"source_ids": "site-1"}
    people = [
        _of("counsel", "behavioral_health", CEDAR, name="Elm Counseling", **listed),
        _of("rival", "behavioral_health", CEDAR, name="Oak Recovery", **listed),
        _of("veterans", "hospital", CEDAR, name="Cedar VA Medical Center", source_ids="ccn-2"),
        _of("own", "hospital", CEDAR, name="Cedar Hospital", source_ids="ccn-1"),
    ]
    named = recommend_partners(make_network(people), "counsel", 9).table["partner"]
    assert named.tolist() == ["own"]


def test_who_works_with_a_center_is_not_sent_to_its_sites() -> None:
    people = [
        _of("center", "health_center", CEDAR, name="Elm Care"),
        _of("site 1", "health_center", CEDAR, name="Oak Clinic"),
        _of("site 2", "health_center", CEDAR, name="Fir Clinic"),
    ]
    sites = [{"organization": f"site {k}", "parent": "center", "type": "site of"} for k in (1, 2)]
    people += [_of("aid", "legal_aid", CEDAR), _of("hub", "hospital", CEDAR)]
    ties = [("hub", "aid"), ("hub", "site 1"), ("hub", "site 2")]

    def name(*more: tuple[str, str], **tables: Any) -> set[str]:
        found = recommend_partners(make_network(people, [*ties, *more], **tables), "aid", 9, runs=0)
        return set(found.table["partner"]) & {"site 1", "site 2"}

    assert name() == {"site 1", "site 2"}  # nothing tells that they are sites
    assert len(name(affiliations=sites)) == 1
    assert name(("aid", "center"), affiliations=sites) == set()
