"""Sentences that were not true of other files: each small file here can be read in a minute."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.measures.groups.core_periphery import is_only_core, split_core
from partnet.questions.comparison.since import tell_since

from ..builders import make_network

DAY = "2026-06-30"
Row = dict[str, Any]


def place(id_: str, kind: str, county: str = "31027", **more: str) -> Row:
    return {"id": id_, "name": id_.upper(), "kind": kind, "county_fips": county, **more}


def read(net: Network, verb: str, name: str, **options: Any) -> str:
    """One sentence of a verb on the day; of several of that name the first."""
    found = getattr(pn, verb)(net, as_of=DAY, **options)
    return str(next(said for said in found.sentences if said.name == name))


# -- equals ----------------------------------------------------------------------------------------

HOSPITALS = [
    *(place("a", "hospital", "31027"), place("b", "hospital", "31107")),
    *(place("c", "EMS agency", "31027"), place("d", "EMS agency", "31107")),
]
EMERGENCY = [
    {"organization": "a", "service": "emergency care", "county_fips": "31027"},
    {"organization": "b", "service": "emergency care", "county_fips": "31107"},
]


def test_hospitals_on_which_as_much_depends_are_named_together() -> None:
    net = make_network(HOSPITALS, [("a", "c"), ("b", "d")], services=EMERGENCY)
    found = pn.map_cliffs(net, as_of=DAY)
    assert "if A closes or B closes: 1 service, counted county by county, each time" in found.text
    assert found.claims["cliff_map"]["equal"] == ["B closes"]


def test_one_service_in_two_counties_is_counted_county_by_county() -> None:
    both = [*EMERGENCY, {**EMERGENCY[0], "county_fips": "31107"}]
    net = make_network(HOSPITALS, [("a", "c"), ("a", "d")], services=both[::2])
    assert "2 services, counted county by county, in 2 counties" in pn.map_cliffs(net).text
    assert "2 services, counted county by county, would" in pn.simulate(net, remove="a").text


def test_without_services_on_file_nothing_is_said_of_what_depends_on_whom() -> None:
    text = pn.map_cliffs(make_network(HOSPITALS, [("a", "c")])).text
    assert "is not known" in text and "No county depends" not in text


def test_a_core_beside_which_others_fit_as_well_is_said_to_be_one_of_them() -> None:
    star = make_network("abcdefgh", [("a", "b"), ("a", "c"), ("a", "d"), ("e", "f")])
    assert "other choices fit as well" in read(star, "measure_structure", "core", permutations=9)
    clique = [(x, y) for x in "abcd" for y in "abcd" if x < y]
    layer = pn.build_layer(make_network("abcdefgh", clique[1:]))
    core = split_core(layer, ideal="core tied to core").core
    assert not is_only_core(layer, core, ideal="core tied to core")
    whole = pn.build_layer(make_network("abcdefgh", [*clique, ("a", "e"), ("b", "f")]))
    tied = split_core(whole).core
    assert is_only_core(whole, tied)


def test_groups_of_which_all_have_as_many_are_said_so() -> None:
    rows = [{"organization": o, "group": "x"} for o in "abc"]
    said = read(make_network("abcd", memberships=rows), "measure_affiliation", "most")
    assert said == "3 organizations and 1 group are on file; each of them is a member of 1 group."


def test_the_lowest_response_is_said_among_kinds_with_enough_asked() -> None:
    kinds = {"a": "food", "b": "food", "c": "food", "d": "housing", "e": "bank", "f": "bank"}
    rows = [place(id_, kind) for id_, kind in kinds.items()]
    rows += [place("g", "bank")]
    answers = dict(zip("abcdefg", ("yes", "no", "no", "no", "yes", "yes", "no"), strict=True))
    responses = [
        {"respondent": id_, "design": "roster", "answered": said} for id_, said in answers.items()
    ]
    net = make_network(rows, [("a", "b"), ("e", "f")], responses=responses)
    said = read(net, "find_nonrespondents", "least", imputations=5)
    assert said == (
        "The lowest response by kind with 3 or more asked: food organization, 1 of 3 answered."
    )


# -- meetings --------------------------------------------------------------------------------------

PEOPLE = [place(id_, "critical access hospital") for id_ in "abc"]
PEOPLE += [place("h", "rural health network"), place("z", "state office of rural health")]


def sit(organization: str, *, by: str = "", level: str = "staff", date: str = "2026-05-01") -> Row:
    return {
        **{"organization": organization, "date": date, "by": by, "mode": "meeting"},
        **{"level": level, "topic": "EMS"},
    }


def test_who_holds_a_meeting_was_there() -> None:
    net = make_network(PEOPLE, contacts=[sit("a", by="h"), sit("b", by="H")])
    found = pn.describe_convenings(net, as_of=DAY)
    assert found.table["organizations"].tolist() == [3]
    assert found.tables["attendance"].at["h", "meetings"] == 1
    assert found.table["level"].tolist() == ["decision level missing"]  # by those who came to it
    assert "2 organizations sent managers or staff" in found.text
    assert "with 3 of 5 organizations; each of them comes to one" in found.text


def test_who_holds_it_and_came_counts_once_and_the_convener_not_at_all() -> None:
    rows = [sit("a", by="a", level="executive"), sit("b", by="a"), sit("c", by="z")]
    about = [{"setting": "convener", "value": "z"}]
    found = pn.describe_convenings(make_network(PEOPLE, contacts=rows, about=about), as_of=DAY)
    assert found.table["who"].tolist() == ["A, B and C"]
    assert found.table["level"].tolist() == ["decision level present"]


def test_two_who_talk_are_no_meeting() -> None:
    net = make_network(PEOPLE, contacts=[sit("a", by="h")])
    assert pn.describe_convenings(net, as_of=DAY).table.empty


def test_who_left_a_standing_meeting_has_met_its_peers() -> None:
    table = {"group": "CFO Table", "group_kind": "meeting"}
    rows = [{"organization": "a", **table}, {"organization": "b", **table, "until": "2026-06-29"}]
    net = make_network(PEOPLE, memberships=rows)
    found = pn.describe_convenings(net, as_of=DAY)
    assert found.claims["peers"]["alone"] == ["C"]
    assert "1 of 3 Critical Access Hospitals has met none of its peers" in found.text


# -- who says it, and what is not known ------------------------------------------------------------


def test_who_does_not_know_has_not_answered_about_a_tie() -> None:
    rows = [
        ("a", "b", "monthly", "a"),
        ("b", "a", "monthly", "b"),
        ("a", "c", "monthly", "a"),
        ("c", "a", "don't know", "c"),
    ]
    ties = [
        {"source": s, "target": t, "relation": "collaboration", "strength": x, "reported_by": by}
        for s, t, x, by in rows
    ]
    responses = [{"respondent": id_, "design": "roster", "answered": "yes"} for id_ in "abc"]
    net = make_network("abc", ties, responses=responses)
    assert pn.build_layer(net).one_sided == 0.0


def test_where_nothing_is_unknown_nothing_is_filled_in() -> None:
    net = make_network("abcd", [("a", "b"), ("c", "d"), ("b", "c")])
    text = pn.measure_uncertainty(net, imputations=5, bootstrap=5).text
    assert "fill in" not in text and "did not answer say" not in text
    assert "B is first, or as high as the first," in text


def test_density_is_of_known_answers_only_where_some_are_known() -> None:
    said = read(make_network("abc", [("a", "b")]), "measure_structure", "density", permutations=9)
    assert said.startswith("Of every 100 pairs of organizations, 33.3 have a tie on file")


# -- money -----------------------------------------------------------------------------------------

OFFICE = [place("z", "state office of rural health", ""), place("a", "hospital")]


def pay(recipient: str, funder: str, amount: float, **more: Any) -> Row:
    return {"funder": funder, "recipient": recipient, "program": "Flex", "amount": amount, **more}


def test_awards_without_dollars_are_not_said_to_be_missing() -> None:
    """As those of the pilot of 2012, of which public files know who and not how much."""
    rows = [{"recipient": "a", "program": "Pilot", "fiscal_year": "2012"},
            {"recipient": "z", "program": "Pilot", "fiscal_year": "2012"}]  # fmt: skip
    found = pn.describe_network(make_network(OFFICE, funding=rows), as_of=DAY)
    assert found.claims["money"] == {"dollars": 0.0, "awards": 2}
    assert "2 awards are on file, with no dollars that could be counted" in found.text
    none = pn.describe_network(make_network(OFFICE), as_of=DAY)
    assert "No awards are on file" in none.text and none.claims["money"] == {"dollars": 0.0}


def test_dollars_that_may_count_twice_are_said() -> None:
    rows = [pay("z", "HRSA", 100, fiscal_year="2026"), pay("a", "z", 40, fiscal_year="2026")]
    unsure = "as far as parent awards tell ($40 may be in it twice"
    net = make_network(OFFICE, funding=rows)
    for verb, name in (("describe_network", "money"), ("prepare_session", "money")):
        assert unsure in read(net, verb, name)
    assert unsure in read(net, "trace_money", "funders")
    rows = [{**rows[0], "award": "H1"}, {**rows[1], "award": "S1", "parent_award": "H1"}]
    said = read(make_network(OFFICE, funding=rows), "describe_network", "money")
    assert said.endswith("each dollar counted once.") and "$100 " in said


def test_dollars_without_a_year_are_not_dropped_in_silence() -> None:
    rows = [pay("z", "HRSA", 100, fiscal_year="2026"), pay("a", "USDA", 7, award="U1")]
    said = read(make_network(OFFICE, funding=rows), "describe_network", "money")
    assert "$100 from 1 program to 1 organization" in said
    assert said.endswith("; of $7 more no year is on file.")


def test_awards_without_an_end_on_file_are_not_said_to_last() -> None:
    rows = [pay("z", "HRSA", 100, award="H1"), pay("a", "USDA", 7, award="U1")]
    net = make_network(OFFICE, funding=rows)
    assert read(net, "trace_money", "ending") == "When the 2 running awards end is not on file."
    dated = [{**rows[0], "period_end": "2027-12-31"}, rows[1]]
    assert read(make_network(OFFICE, funding=dated), "trace_money", "ending") == (
        "No award on file ends within 12 months; of 1 running award no end is on file."
    )


def test_the_convener_with_an_award_is_one_more_grantee() -> None:
    rows = [pay("z", "HRSA", 100, award="H1"), pay("a", "USDA", 7, award="U1")]
    about = [{"setting": "convener", "value": "z"}]
    said = read(make_network(OFFICE, funding=rows, about=about), "prepare_session", "money")
    assert said.startswith("1 grantee with running awards reaches")
    assert "the convener, Z, is one more and not counted" in said


# -- one rule for one thing ------------------------------------------------------------------------


def test_the_last_contact_is_the_last_of_any_kind() -> None:
    ties = [
        {"source": "a", "target": t, "relation": "referral", "last_contact": "2026-01-01"}
        for t in "bcdh"
    ]
    contacts = [{"organization": "a", "by": "h", "date": "2026-06-01", "mode": "visit"}]
    said = read(make_network([*PEOPLE[:4], place("d", "food")], ties, contacts=contacts),
                "describe_organization", "partners", organization="a")  # fmt: skip
    assert "among the closest B, C and D" in said  # H is as close
    assert said.endswith("; the last contact on file with any of them was June 1, 2026.")


def test_who_serves_a_county_by_its_area_offers_its_services_there() -> None:
    rows = [place("a", "food"), place("b", "hospital"), place("c", "area agency on aging", "31119")]
    services = [
        {"organization": "a", "service": "meals", "county_fips": "31027"},
        {"organization": "b", "service": "emergency care", "county_fips": "31027"},
        {"organization": "c", "service": "Meals"},
    ]
    areas = [{"organization": "c", "place_kind": "county", "place": "31027"}]
    alone = pn.align_organizations(make_network(rows, services=services), "a", "b", as_of=DAY)
    assert "nobody else on file offers meals in Cedar County" in alone.text
    net = make_network(rows, services=services, service_areas=areas)
    found = pn.align_organizations(net, "a", "b", as_of=DAY)
    assert "nobody else on file offers meals" not in found.text
    assert "nobody else on file offers emergency care in Cedar County" in found.text


def test_partners_across_the_line_are_expected_only_without_any_here() -> None:
    rows = [
        place("z", "state office of rural health", "", state="NE"),
        place("n", "local health department", "31027", state="NE"),
        place("s", "local health department", "46027", state="SD"),
        place("q", "QIO", "", state="SD"),
    ]
    table = pn.list_expected_partners(make_network(rows), as_of=DAY).table
    assert {"n", "q"} <= {*table["organization"]} and "s" not in {*table["organization"]}


def test_an_agreement_beside_another_of_the_same_two_came_into_force() -> None:
    def sign(agreement: str, effective: str) -> list[Row]:
        rest = {"type": "patient transfer", "status": "executed", "effective": effective}
        return [{"agreement": agreement, "organization": o, **rest} for o in "ab"]

    first, second = sign("T-1", "2020-01-01"), sign("T-2", "2025-01-01")
    before = make_network("ab", agreements=first).at("2024-06-30")
    found = tell_since(before, make_network("ab", agreements=first + second).at(DAY))
    assert found.claims["since"]["agreement, in force"] == 1
    renewed = [{**row, "expires": "2024-12-31"} for row in first] + second
    found = tell_since(before, make_network("ab", agreements=renewed).at(DAY))
    assert "agreement, in force" not in found.claims["since"]  # one followed upon another
    assert "agreement, ended" not in found.claims["since"]


# -- readers outside -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept() -> Network:
    """A file with a row in everything that readers outside do not see."""
    rows = [place("a", "critical access hospital"), place("b", "hospital"), place("c", "food")]
    services = [{"organization": o, "service": "meals", "county_fips": "31027"} for o in ("a", "c")]
    return make_network(
        [*rows, place("d", "housing")],
        [("a", "b"), ("c", "d")],
        services=services,
        funding=[
            {"funder": "USDA", "recipient": o, "program": p, "award": w, "amount": 90_000,
             "period_start": "2026-01-01", "period_end": "2026-12-31"}
            for o, p, w in (("c", "Meals", "M1"), ("b", "Beds", "B1"), ("d", "Homes", "D1"))
        ],
        contacts=[sit("a"), sit("b"), {**sit("c"), "mode": "visit"}],
        outcomes=[{"outcome": "Meet", "organization": "a", "due": "2026-01-01"}],
        goals=[{"goal": "More", "organization": "a", "target": 3}],
        profiles=[{"organization": "c", "mission": "Food", "strategic_priority": "high"}],
        feedback=[{"organization": "a", "partner": "c", "answer": "met"}],
        responses=[{"respondent": "a", "design": "roster", "answered": "yes"}],
    )  # fmt: skip


HIDDEN = {
    "check_outcomes": "No outcomes",
    "describe_convenings": "No meetings are on file",
    "find_nonrespondents": "No survey answers",
    "measure_structure": "No survey answers",
    "measure_centrality": "No survey answers",
    "find_bridges": "No survey answers",
    "measure_uncertainty": "No survey answers",
    "profile_partnerships": "Nobody's answers",
    "track_suggestions": "No suggestion was approached",
    "track_goals": "No goals",
    "prepare_session": "No outcomes",
}


@pytest.mark.parametrize("verb", HIDDEN)
def test_what_is_not_shown_is_not_said_to_be_missing(verb: str, kept: Network) -> None:
    said = getattr(pn, verb)(kept.for_audience("public"), as_of=DAY).text
    assert HIDDEN[verb] not in said and "not shown to this reader" in said
    without = make_network("ab", [("a", "b")])
    if verb != "prepare_session":  # where nothing is hidden, nothing is said to be
        assert "not shown" not in getattr(pn, verb)(without, as_of=DAY).text


def test_a_section_about_what_is_not_shown_asks_for_no_table(kept: Network) -> None:
    report = pn.build_report(kept, audience="public", as_of=DAY)
    lead = next(section.lead for section in report.sections if section.id == "visits")
    assert lead == ("Whom to visit next: not shown to this reader.",)


def test_what_an_award_carries_is_the_same_for_a_partner(kept: Network) -> None:
    shown = kept.for_audience("partner", "a")
    tables = [pn.map_cliffs(net, as_of=DAY).table for net in (kept, shown)]
    pd.testing.assert_frame_equal(*tables)
    assert {*tables[0]["subject"]} & {"M1", "B1", "D1"} <= {"M1"}
    texts = [pn.simulate(net, end="B1", as_of=DAY).text for net in (kept, shown)]
    assert texts[0] == texts[1]
    assert "1 award with $90,000" in texts[1]
