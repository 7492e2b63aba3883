"""What if: a hospital closes, a grant ends, an introduction succeeds; worked out by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings

from partnet import UsageError, map_cliffs, simulate
from partnet.core.network import Network
from partnet.questions.whatif.change import read_change

from ...builders import make_network, networks

CEDAR, KNOX, DIXON = "31027", "31107", "31051"
ORGANIZATIONS = [
    {"id": "elm", "name": "Elm Hospital", "kind": "critical_access_hospital", "county_fips": KNOX},
    {"id": "ems", "name": "Elm Rescue", "kind": "ems_agency", "county_fips": KNOX},
    {"id": "clinic", "name": "Elm Clinic", "kind": "rural_health_clinic", "county_fips": KNOX},
    {"id": "oak", "name": "Oak Hospital", "kind": "critical_access_hospital", "county_fips": CEDAR},
    {"id": "meals", "name": "Plains Meals", "kind": "social_services", "county_fips": CEDAR},
    {"id": "ash", "name": "Ash Pantry", "kind": "food", "county_fips": DIXON},
    {"id": "soup", "name": "Soup Kitchen", "kind": "food", "county_fips": CEDAR},
]
#   clinic - oak - elm - ems      meals - oak, meals - ash
TIES = [("elm", "ems"), ("elm", "oak"), ("oak", "clinic"), ("meals", "oak"), ("meals", "ash")]
SERVICES = [
    {"organization": "elm", "service": "emergency care", "county_fips": KNOX},
    {"organization": "oak", "service": "emergency care", "county_fips": CEDAR},
    {"organization": "ems", "service": "ambulance", "county_fips": KNOX},
    {"organization": "meals", "service": "meals", "county_fips": CEDAR},
    {"organization": "meals", "service": "meals", "county_fips": DIXON},
    {"organization": "soup", "service": "meals", "county_fips": CEDAR},
    {"organization": "clinic", "service": "primary care", "county_fips": KNOX},
]
FUNDING = [
    {"funder": "Aging Fund", "recipient": "meals", "program": "Meals", "award": "M1",
     "amount": 200_000, "period_start": "2026-01-01", "period_end": "2026-12-31"},
    {"funder": "Aging Fund", "recipient": "oak", "program": "Meals", "award": "M2",
     "amount": 300_000, "period_start": "2026-01-01", "period_end": "2028-12-31"},
]  # fmt: skip
DAY = "2026-06-01"


@pytest.fixture(scope="module")
def net() -> Network:
    return make_network(ORGANIZATIONS, TIES, services=SERVICES, funding=FUNDING)


def test_where_no_tie_is_on_file_the_only_provider_counts_and_nobody_is_said_to_be_safe() -> None:
    """Knox loses its emergency care with Elm; meals in Cedar stay, as the kitchen offers them."""
    names = make_network(ORGANIZATIONS, services=SERVICES)
    found = simulate(names, remove="elm")
    assert found.tables["cliffs"][["county_fips", "service"]].to_numpy().tolist() == [
        [KNOX, "emergency care"]
    ]
    assert "1 service would lose the only provider on file" in found.text
    assert "Who would be cut off cannot be told" in found.text
    assert _counts(found)["counties x services with a connected provider"] == (0, 0)
    kept = simulate(names, remove="soup")
    assert "No county would lose its only provider on file of a service." in kept.text
    assert "without its only provider on file" in map_cliffs(names).text


def _counts(found: Any) -> dict[str, tuple[int, int]]:
    rows = found.table.itertuples()
    return {row.measure: (row.before, row.after) for row in rows}


def test_a_hospital_that_closes_takes_its_services_and_the_tie_of_the_ambulance(
    net: Network,
) -> None:
    """Elm offers emergency care itself, but with no tie within Knox other than to the ambulance.

    Connected before: elm (works with ems, in Knox), ems (with elm). Without Elm nobody offers
    emergency care in Knox; the ambulance is left, without a tie there. The clinic was never
    connected within Knox, so primary care is no cliff.
    """
    found = simulate(net, remove="Elm Hospital", as_of=DAY)
    cliffs = found.tables["cliffs"].set_index("service")
    assert sorted(cliffs.index) == ["ambulance", "emergency care"]
    assert cliffs.loc["emergency care", "status"] == "no provider left"
    assert cliffs.loc["ambulance", "status"] == "provider left, without a tie there"
    assert cliffs.loc["ambulance", "left"] == "Elm Rescue"
    # The clinic speaks for Knox now: to Oak, with which it works already, and to the ambulance.
    assert cliffs.loc["emergency care", ["organization", "partner"]].tolist() == ["clinic", "oak"]
    assert cliffs.loc["emergency care", "sentence"].startswith(
        "For emergency care in Knox County: ask"
    )
    assert cliffs.loc["ambulance", ["organization", "partner"]].tolist() == ["clinic", "ems"]
    assert found.claims["cliffs"] == {"cells": 2, "counties": 1, "nobody_left": 1,
                                      "first": "ambulance"}  # fmt: skip


def test_counts_before_and_after_agree_with_paper(net: Network) -> None:
    counts = _counts(simulate(net, remove="elm", as_of=DAY))
    assert counts["organizations"] == (7, 6)
    assert counts["pairs with a working tie"] == (5, 3)
    assert counts["organizations without a working tie"] == (1, 2)  # soup; then ems too
    assert counts["organizations in the main component"] == (6, 4)
    # elm holds ems, oak holds clinic and both sides, meals holds ash; then oak and meals.
    assert counts["bridges: organizations that alone hold others to the rest"] == (3, 2)
    assert counts["ties that alone join two sides"] == (5, 3)
    assert counts["counties x services with a provider"] == (6, 5)
    # Before: elm, ems, meals in Cedar (with oak) and in Dixon (with ash), oak (with meals).
    assert counts["counties x services with a connected provider"] == (5, 3)
    assert counts["dollars of running awards, each once"] == (500_000, 500_000)


def test_who_is_cut_off_is_named(net: Network) -> None:
    found = simulate(net, remove="elm", as_of=DAY)
    assert found.tables["cut_off"]["organization"].tolist() == ["ems"]
    assert found.claims["cut_off"]["cut_off"] == 1


def test_a_grant_that_ends_takes_the_services_of_who_has_no_other(net: Network) -> None:
    """Meals lives on M1: Dixon loses all; in Cedar the soup kitchen is left, without a tie."""
    found = simulate(net, end="m1", as_of=DAY)
    assert found.claims["money"] == {"awards": 1, "dollars": 200_000.0, "dependent": ["meals"]}
    cliffs = found.tables["cliffs"].set_index("county_fips")
    assert sorted(cliffs.index) == [CEDAR, DIXON]
    assert cliffs.loc[CEDAR, ["organization", "partner"]].tolist() == ["oak", "soup"]
    assert cliffs.loc[DIXON, "status"] == "no provider left"
    assert _counts(found)["dollars of running awards, each once"] == (500_000, 300_000)


def test_a_hospital_and_a_small_grant_do_not_hang_on_the_award(net: Network) -> None:
    assert simulate(net, end="M2", as_of=DAY).tables["cliffs"].empty
    small = [{**FUNDING[0], "amount": 20_000}]
    few = make_network(ORGANIZATIONS, TIES, services=SERVICES, funding=small)
    assert simulate(few, end="M1", as_of=DAY).tables["cliffs"].empty


def test_money_passed_on_ends_with_the_award_it_comes_from() -> None:
    under = {**FUNDING[0], "recipient": "ash", "award": "M1-a", "parent_award": "M1",
             "amount": 120_000}  # fmt: skip
    more = make_network(ORGANIZATIONS, TIES, services=SERVICES, funding=[*FUNDING, under])
    found = simulate(more, end="M1", as_of=DAY)
    assert sorted(found.tables["money"]["award"]) == ["M1", "M1-a"]
    assert found.claims["money"]["dependent"] == ["ash", "meals"]


def test_an_introduction_bridges_the_cliff(net: Network) -> None:
    """With ems and clinic introduced, closing Elm takes emergency care only."""
    found = simulate(net, remove="elm", add="Elm Rescue = Elm Clinic", as_of=DAY)
    assert _counts(found)["organizations in the main component"] == (6, 5)
    assert _counts(found)["counties x services with a connected provider"] == (5, 4 + 1)
    alone = simulate(net, add=[("ems", "clinic")], as_of=DAY)
    assert _counts(alone)["pairs with a working tie"] == (5, 6)
    assert alone.tables["cliffs"].empty


def test_what_an_introduction_moves_is_said_where_no_gap_and_no_bridge_moves() -> None:
    """Soup has no tie, and joins: one more in the main component, one fewer without a tie."""
    loop = [*TIES, ("elm", "meals"), ("ems", "oak"), ("clinic", "elm"), ("ash", "oak")]
    net = make_network(ORGANIZATIONS, loop)
    said = next(
        one
        for one in simulate(net, add=[("ems", "ash")], as_of=DAY).sentences
        if one.name == "counts"
    )
    assert said.endswith(
        "would stay as they are; before and after: pairs with a working tie, 9 to 10."
    )
    same = simulate(net, add=[("elm", "oak")], as_of=DAY)
    said = next(one for one in same.sentences if one.name == "counts")
    assert said.endswith("of open gaps would stay as they are.")


def test_an_introduction_may_bring_a_relation_that_is_not_on_file_yet(net: Network) -> None:
    assert "planning" not in set(net.ties["relation"])
    found = simulate(net, add=[("ems", "clinic")], relation="planning", as_of=DAY)
    assert _counts(found)["pairs with a working tie"] == (5, 6)


def test_the_map_tries_every_hospital_and_award_alone(net: Network) -> None:
    """Elm: 2 services. M1 on December 31: 2. Oak: Cedar's emergency care and its meals."""
    found = map_cliffs(net, as_of=DAY)
    table = found.table.set_index("subject")
    assert table["cells"].to_dict() == {"elm": 2, "M1": 2, "oak": 2}
    assert table.loc["M1", "day"] == pd.Timestamp("2026-12-31")
    assert found.claims["cliff_map"]["hospitals"] == 2
    assert found.claims["cliff_map"]["awards"] == 1
    assert len(found.tables["cliffs"]) == 6
    assert map_cliffs(net, months=1, as_of=DAY).claims["cliff_map"]["awards"] == 0


def test_what_breaks_is_not_for_the_public(net: Network) -> None:
    shown = net.for_audience("public")
    found = simulate(shown, remove="elm", as_of=DAY)
    assert found.tables["cliffs"].empty
    assert found.tables["cut_off"].empty
    assert map_cliffs(shown, as_of=DAY).table.empty


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "remove: found nothing"),
        ({"remove": "nobody"}, "remove: found 'nobody'"),
        ({"end": "X9"}, "end: found 'X9'"),
        ({"add": "elm"}, "add: found 'elm'"),
        ({"add": "elm = elm"}, "add: found 'elm = elm'"),
        ({"add": "elm = oak", "remove": "oak"}, "add: found"),
    ],
)
def test_what_is_unknown_is_said(net: Network, options: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        simulate(net, **options)


@pytest.mark.slow
@settings(deadline=None, derandomize=True, max_examples=6)
@given(networks())
def test_taking_away_adds_no_provider_and_no_tie(net: Network) -> None:
    if net.n < 2:
        return
    counts = _counts(simulate(net, remove=net.ids[0]))
    for measure in ("organizations", "pairs with a working tie",
                    "counties x services with a connected provider"):  # fmt: skip
        assert counts[measure][1] <= counts[measure][0]


# -- a hospital converts ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def beds() -> Network:
    """The same, and Elm offers inpatient care, swing beds and imaging in Knox; Oak has beds too."""
    offers = [("elm", "Inpatient care", KNOX), ("elm", "Swing-bed care", KNOX),
              ("elm", "imaging", KNOX), ("oak", "inpatient care", CEDAR)]  # fmt: skip
    more = [{"organization": o, "service": s, "county_fips": county} for o, s, county in offers]
    return make_network(ORGANIZATIONS, TIES, services=[*SERVICES, *more], funding=FUNDING)


def test_a_rural_emergency_hospital_keeps_its_emergency_room_and_gives_up_its_beds(
    beds: Network,
) -> None:
    """Elm stays with its ties: of four services two leave, and nobody is cut off."""
    found = simulate(beds, convert="Elm Hospital = Rural Emergency Hospital", as_of=DAY)
    leaving = found.tables["leaving"]
    assert leaving["service"].tolist() == ["Inpatient care", "Swing-bed care"]
    assert leaving["citation"].str.contains("485.500").all()
    cliffs = found.tables["cliffs"].set_index("service")
    assert sorted(cliffs.index) == ["Inpatient care", "Swing-bed care"]
    # Elm still speaks for Knox, and Oak, with which it works, is the nearest with beds.
    assert cliffs.loc["Inpatient care", ["organization", "partner"]].tolist() == ["elm", "oak"]
    assert cliffs.loc["Swing-bed care", "partner"] == ""
    assert _counts(found)["organizations"] == (7, 7)
    assert found.claims["conversion"] == {
        "organization": "elm", "kind": "rural_emergency_hospital",
        "leaving": ["Inpatient care", "Swing-bed care"],
    }  # fmt: skip
    assert "became a Rural Emergency Hospital" in found.title


def test_it_is_of_the_new_kind_and_keeps_its_ties(beds: Network) -> None:
    here = beds.at(DAY)
    for kind in ("rural_emergency_hospital", "rural_health_clinic"):
        change = read_change(here, None, None, None, [("elm", kind)])
        after = change.apply(here, "collaboration")
        own = after.organizations.loc["elm"]
        assert (own["kind"], own["sector"]) == (kind, here.vocabulary.kinds[kind].sector)
        assert after.tied_pairs == here.tied_pairs and after.n == here.n


def test_a_clinic_gives_up_the_emergency_room_too(beds: Network) -> None:
    leaving = simulate(beds, convert=[("elm", "rural_health_clinic")], as_of=DAY).tables["leaving"]
    assert set(leaving["service"]) == {"Inpatient care", "Swing-bed care", "emergency care"}


def test_what_has_no_services_on_file_loses_none(net: Network) -> None:
    bare = make_network(ORGANIZATIONS, TIES)
    found = simulate(bare, convert="Elm Hospital = REH", as_of=DAY)
    assert "has no services on file to lose" in found.text and found.tables["leaving"].empty
    kept = simulate(net, convert="Elm Hospital = REH", as_of=DAY)  # emergency care only
    assert "would keep every service on file" in kept.text and kept.claims["cliffs"]["cells"] == 0


@pytest.mark.parametrize(
    ("convert", "message"),
    [
        ("Elm Hospital", "convert: found 'Elm Hospital'. A hospital becomes another kind"),
        ("Elm Hospital = bakery", "convert: found 'bakery'"),
        ("Elm Hospital = food", "convert: found 'food'"),
        ("Elm Clinic = REH", "convert: found Elm Clinic, of the kind Rural Health Clinic"),
        ("Nobody = REH", "convert: found 'Nobody'"),
    ],
)
def test_what_cannot_become_that_is_said(net: Network, convert: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        simulate(net, convert=convert, as_of=DAY)


def test_who_leaves_does_not_convert(net: Network) -> None:
    with pytest.raises(UsageError, match="which is to leave as well"):
        simulate(net, remove="elm", convert="elm = REH", as_of=DAY)


def test_a_county_that_loses_its_only_provider_is_named_though_nobody_was_tied_to_it() -> None:
    """Its one tie is with a hospital elsewhere: no connected provider is lost, and the only one."""
    people = [
        {"id": id_, "name": id_.title(), "kind": "hospital", "state": "NE", "county_fips": county}
        for id_, county in (("elm", "31027"), ("oak", "31107"), ("fir", "31107"))
    ]
    offers = [{"organization": id_, "service": "Emergency care"} for id_ in ("elm", "oak")]
    net = make_network(people, [("elm", "oak"), ("oak", "fir")], services=offers)
    said = simulate(net, remove="elm")
    assert said.claims["deserted"] == {"cells": 1}
    assert "Nobody on file would be left for emergency care in Cedar County" in said.text
    assert "deserted" not in simulate(net, remove="oak").claims


def test_the_map_names_an_only_provider_that_has_no_tie_in_the_county() -> None:
    people = [
        {"id": id_, "name": id_.title(), "kind": "hospital", "state": "NE", "county_fips": county}
        for id_, county in (("elm", "31027"), ("oak", "31107"), ("fir", "31107"))
    ]
    offers = [{"organization": id_, "service": "Emergency care"} for id_ in ("elm", "oak")]
    net = make_network(people, [("elm", "oak"), ("oak", "fir")], services=offers)
    found = map_cliffs(net)
    assert set(found.table["what"]) == {"Fir closes", "Oak closes"}  # oak is connected by fir
    assert found.tables["deserted"][["what", "county", "lost"]].to_numpy().tolist() == [
        ["Elm closes", "Cedar County", "Elm"]
    ]
    assert found.claims["deserted"] == {"cells": 1, "counties": 1, "first": "Elm closes"}
    assert "emergency care in Cedar County, if Elm closes" in found.text
