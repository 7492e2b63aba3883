"""Sentences that were not true of a border coalition, of Tribes, mothers and a hospital system."""

from __future__ import annotations

from typing import Any

import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.questions.gaps.rule import _say_rest as say_rest

from ..builders import make_network
from .test_said import DAY, OFFICE, Row, pay, place, read, sit


def find_all(net: Network, verb: str, **options: Any) -> str:
    return str(getattr(pn, verb)(net, as_of=DAY, **options).text)


# -- who is meant ----------------------------------------------------------------------------------


def call(id_: str, name: str, county: str, kind: str = "hospital") -> Row:
    return {"id": id_, "name": name, "kind": kind, "county_fips": county}


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ([call("b", "MERCY Hospital", "31107")], "Mercy Hospital (Cedar County)"),
        ([call("b", "Mercy Hospital", "19031")], "Mercy Hospital (Cedar County, NE)"),
        (
            [call("b", "Mercy Hospital", "31027", "food"), call("c", "Mercy Hospital", "31107")],
            "Mercy Hospital (hospital, Cedar County)",
        ),
        ([call("b", "Mercy Hospital", "31027")], "Mercy Hospital (Cedar County, a)"),
        ([call("b", "Mercy Hospital", "")], "Mercy Hospital (Cedar County)"),
        ([call("b", "Mercy Clinic", "31107")], "Mercy Hospital"),
    ],
)
def test_who_shares_a_name_is_told_apart(others: list[Row], told: str) -> None:
    net = make_network([call("a", "Mercy Hospital", "31027"), *others])
    assert net.name("a") == net.names["a"] == told
    assert net.names.is_unique and net.find(told) == "a"
    assert net.index.find_loosely(told.replace(" (", " - ").replace(")", "")) == "a"
    assert net.organizations.at["a", "name"] == "Mercy Hospital"  # as the file has it


def test_of_two_of_one_name_every_verb_says_which() -> None:
    """Mercy in Cedar holds three, Mercy in Knox one; both have an award, a visit and a meeting."""
    rows = [call("a", "Mercy", "31027"), call("b", "Mercy", "31107")]
    rows += [place(id_, "food") for id_ in "cdef"]
    funding = [pay(one, "HRSA", 100, award=one, period_end="2026-12-31") for one in "ab"]
    contacts = [sit(one, date="2024-01-01") for one in "ab"]
    net = make_network(
        rows, [("a", "c"), ("a", "d"), ("a", "e"), ("b", "f")], funding=funding, contacts=contacts
    )
    verbs = ("measure_centrality", "find_bridges", "find_gaps", "trace_money", "prepare_session",
             "describe_convenings", "plan_introductions", "map_cliffs", "list_leaders")  # fmt: skip
    said = [find_all(net, verb) for verb in verbs]
    text = " ".join(said) + find_all(net, "simulate", remove="a")
    text = text.replace("both are called Mercy:", "")
    assert "Mercy (Cedar County)" in text and "Mercy (Knox County)" in text
    assert text.count("Mercy") == text.count("Mercy (Cedar C") + text.count("Mercy (Knox C")
    for verb in verbs:
        found = getattr(pn, verb)(net, as_of=DAY)
        for table in (found.table, *found.tables.values()):
            for column in table.columns.intersection(["name", "organization_name"]):
                assert "Mercy" not in set(table[column]), (verb, column)


# -- money -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "runs"), [(2024, False), (2025, True), (2026, True), (2027, False), ("", True)]
)
def test_an_award_without_dates_runs_about_its_fiscal_year(year: Any, runs: bool) -> None:
    """June 30, 2026 lies in fiscal year 2026; what was awarded late in 2025 may run until then."""
    rows = [pay("a", "HRSA", 7, fiscal_year=year), pay("z", "USDA", 5, period_end="2026-12-31")]
    net = make_network(OFFICE, funding=rows)
    assert pn.trace_money(net, as_of=DAY).claims["funders"]["dollars"] == (12 if runs else 5)
    assert ("$7 of its own" in find_all(net, "describe_organization", organization="a")) is runs


def test_money_taken_back_of_an_award_that_is_not_on_file_is_said_to_be_left_out() -> None:
    rows = [pay("z", "HRSA", 100, award="H1", fiscal_year=2026),
            pay("z", "HRSA", -30, award="H1", fiscal_year=2026),
            pay("a", "USDA", -20, award="U1", fiscal_year=2026)]  # fmt: skip
    said = read(make_network(OFFICE, funding=rows), "describe_network", "money")
    assert "is $70 from 1 program to 1 organization" in said
    assert said.endswith(
        "; $20 taken back is left out, for the award it was taken from is not on file."
    )
    assert "taken back" not in read(make_network(OFFICE, funding=rows[:2]), "describe_network",
                                    "money")  # fmt: skip


def test_what_is_passed_on_is_as_public_as_what_it_comes_from() -> None:
    """Of 100 of HRSA a network passes on 40, of 60 of a trust 10."""
    kinds = {"n": "rural health network", "b": "food", "c": "food"}
    run = {"period_end": "2026-12-31"}
    rows = [
        pay("n", "HRSA", 100, award="H1", **run),
        pay("b", "n", 40, award="S1", parent_award="H1", **run),
        pay("n", "Elm Trust", 60, award="T1", **run),
        pay("c", "n", 10, award="S2", parent_award="T1", **run),
    ]
    found = pn.trace_money(
        make_network([place(id_, kind) for id_, kind in kinds.items()], funding=rows), as_of=DAY
    )
    assert found.claims["funders"] == {
        **{"dollars": 160.0, "funders": 3, "first": "HRSA"},
        **{"public": 100 / 160, "private": 60 / 160},
    }
    assert "from 3 funders, most from HRSA (38%); 62% is public and 38% is private." in found.text


def test_federal_agencies_are_public_and_namesakes_keep_their_kind() -> None:
    rows = [call("a", "Elm", "31027", "local health department"), call("b", "Elm", "31107", "bank")]
    run = {"period_end": "2026-12-31"}
    funding = [pay("b", "IHS", 60, award="1", **run), pay("b", "a", 40, award="2", **run)]
    found = pn.trace_money(make_network(rows, funding=funding), as_of=DAY)
    assert found.claims["funders"]["public"] == 1.0


# -- what is not known -----------------------------------------------------------------------------


def test_organizations_of_no_kind_have_that_in_common_with_nobody() -> None:
    """a and b are of kinds that no list has: their tie is within no sector, and across none."""
    rows = [place("a", "moon base"), place("b", "time machine"), place("c", "food"),
            place("d", "bank"), place("e", "food")]  # fmt: skip
    net = make_network(rows, [("a", "b"), ("c", "d"), ("c", "e")])
    found = pn.measure_structure(net, as_of=DAY, permutations=99)
    assert found.table.at["e_i_index", "value"] == 0  # c-d is across, c-e within
    assert found.claims["left_out"] == {"left_out": 1, "ties": 3}
    who = read(net, "describe_network", "who")
    assert who.endswith("2 food organizations, 1 bank and 2 whose kind is not told apart here.")
    assert "of 2 kinds" in who and "other organizations" not in who
    only = read(make_network(rows[:2]), "describe_network", "who")
    assert only == "The network has 2 organizations whose kind is not told apart here in 1 county."


def test_nobody_is_the_first_partner_in_no_sector() -> None:
    rows = [place("a", "hospital"), place("b", "food"), place("x", "moon base")]
    net = make_network(rows, [("a", "b"), ("b", "x")])
    text = find_all(net, "plan_introductions")
    assert "Introduce A and X first" in text and "in other" not in text
    assert "first partner of X in hospital care" in text


def test_the_nearest_of_those_who_may_offer_a_service_is_asked() -> None:
    """Boyd has nobody for emergencies: the district of y, next to it, is asked, not that of b."""
    rows = [place("h", "hospital", "31107"), place("k", "hospital", "31089"),
            place("b", "hospital", "31055"), place("y", "hospital", "31103"),
            place("f", "food", "31015")]  # fmt: skip
    services = [{"organization": o, "service": "emergency care"} for o in "hk"]
    services += [{"organization": "f", "service": "meals"}]
    areas = [{"organization": o, "place_kind": "EMS district", "place": f"{o} district"}
             for o in "by"]  # fmt: skip
    net = make_network(rows, services=services, service_areas=areas)
    said = read(net, "find_gaps", "coverage")
    assert "Ask Y whether it offers emergency care in Boyd County" in said


# -- one and several -------------------------------------------------------------------------------


def test_one_is_said_as_one() -> None:
    net = make_network([place("a", "food"), place("b", "hospital")])
    text = find_all(net, "profile_partnerships")
    assert "how 1 community-based organization partners with health care" in text
    assert "Ask A how it works with health care" in text
    group = [{"organization": "a", "group": "Table"}]
    said = read(make_network("ab", memberships=group), "measure_affiliation", "most")
    assert said == "1 organization and 1 group are on file; A is a member of 1 group."


def test_one_other_judgment_is_said_as_one() -> None:
    net = make_network("ab", ["ab"])
    for count, some, words in (
        ({"met": 1}, True, " The other judgment is met."),
        ({"does not apply": 1}, False, " The one judgment does not apply."),
        ({"met": 2}, True, " Of the other 2 judgments, 2 are met."),
    ):
        assert say_rest(net, sum(count.values()), count, some) == words


def test_sets_of_key_players_that_do_as_much_are_said_to_be_equal() -> None:
    """Two stars of three: whoever leaves a center apart; of a path of five one only is best."""
    twins = make_network("abcdefgh", [("a", x) for x in "bcd"] + [("e", x) for x in "fgh"])
    said = find_all(twins, "find_bridges", permutations=9)
    players = pn.find_bridges(twins, as_of=DAY, permutations=9).tables["key_players"]
    assert set(players["equal"]) <= {"", "yes"} and "yes" in set(players["equal"])
    assert "another in the place of one of them would do as much" in said
    whole = make_network("abcdefg", [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f"),
                                     ("f", "g")])  # fmt: skip
    best = pn.find_bridges(whole, as_of=DAY, permutations=9).tables["key_players"]
    three = best[best["measure"] == "fragmentation"]
    assert three["organization"].tolist()[0] == "d" and set(three["equal"]) == {""}  # b, d, f


# -- where, and with whom --------------------------------------------------------------------------


def test_two_states_are_not_called_the_state() -> None:
    rows = [place("a", "hospital", "31107"), place("b", "hospital", "46009"),
            place("c", "hospital", "31027")]  # fmt: skip
    for row, state in zip(rows, ("NE", "SD", "NE"), strict=True):
        row["state"] = state
    needs = [{"county_fips": county, "indicator": "falls", "value": value, "year": 2025,
              "direction": "higher is worse"}
             for county, value in (("31107", 1), ("46009", 9), ("31027", 2))]  # fmt: skip
    text = find_all(make_network(rows, needs=needs), "prepare_session")
    assert "Where it is worst in NE and SD: falls in Bon Homme County" in text
    assert "who works across NE and SD speaks for" in text and "the State" not in text


def test_referrals_one_way_are_not_said_to_go_both_ways() -> None:
    rows = [place("a", "rural health clinic"), place("b", "hospital")]
    signed = [{"agreement": "X", "organization": o, "type": "patient transfer",
               "status": "executed", "effective": "2025-01-01", "expires": "2026-07-10"}
              for o in "ab"]  # fmt: skip
    net = make_network(rows, [("a", "b", "referral", 1.0)], agreements=signed)
    gaps = pn.find_gaps(net, "agreement", as_of=DAY)
    told = " ".join([gaps.text, *gaps.table["evidence"]])
    assert "referrals between them are close" in told and "each other" not in told
    report = " ".join(map(str, pn.build_report(net, as_of=DAY).sections))
    assert "which ends soon" in report and "is ends soon" not in report


def test_a_meeting_on_ems_is_a_meeting_on_ems() -> None:
    net = make_network(
        [place(id_, "critical access hospital") for id_ in "abc"], contacts=[sit("a"), sit("b")]
    )
    said = read(net, "describe_convenings", "areas")
    assert said == (
        "No meeting is on file on quality, finance and operations or population health, of the "
        "Flex program areas."
    )


def test_a_session_that_was_held_is_a_meeting() -> None:
    """a and b came, c did not; of the session to come nobody has."""
    rows = [
        {"session": session, "organization": who, "held_on": day, "answer": "yes", "came": came}
        for session, day, who, came in (
            ("Spring", "2026-03-01", "a", "yes"), ("Spring", "2026-03-01", "b", "yes"),
            ("Spring", "2026-03-01", "c", "no"), ("Fall", "2026-09-15", "c", ""),
        )
    ]  # fmt: skip
    net = make_network([place(id_, "critical access hospital") for id_ in "abc"], attendance=rows)
    found = pn.describe_convenings(net, as_of=DAY)
    assert found.table["meeting"].tolist() == ["Spring, March 1, 2026"]
    assert "1 meeting is on file (0 standing), with 2 of 3 organizations" in found.text
    assert "1 of 3 Critical Access Hospitals has met none of its peers" in found.text
    assert "1 organization is on file at no meeting" in found.text
    assert pn.describe_convenings(net, as_of="2026-02-01").table.empty
    public = pn.describe_convenings(net.for_audience("public"), as_of=DAY)
    assert public.table.empty and "not shown to this reader" in public.text


def test_pairs_are_listed_where_pairs_are_counted() -> None:
    rows = [place("a", "food"), place("b", "bank"), place("c", "school")]
    paid = [pay(one, "HRSA", 5, fiscal_year=2026, award=one) for one in "abc"]
    net = make_network(rows, [("a", "b")], funding=paid)
    assert read(net, "prepare_session", "untied_pairs") == (
        "2 of 3 pairs of grantees have no tie on file: A and C; B and C; C has one with none of "
        "the others."
    )


def test_of_two_offices_one_is_judged_and_the_other_named() -> None:
    rows = [
        {"id": "ne", "name": "NE Office", "kind": "state office of rural health", "state": "NE"},
        {"id": "sd", "name": "SD Office", "kind": "state office of rural health", "state": "SD"},
        {"id": "h", "name": "SD Health", "kind": "state health agency", "state": "SD"},
        {"id": "q", "name": "SD Quality", "kind": "QIO", "state": "SD"},
    ]
    found = pn.list_expected_partners(make_network(rows), as_of=DAY)
    assert "Only its partners are judged here; SD Office is on file as well" in found.text
    assert "q" in set(found.table["organization"])  # of several States
    assert "h" not in set(found.table["organization"])  # of another State than the office
    alone = pn.list_expected_partners(make_network(rows[1:]), as_of=DAY)
    assert "are judged here" not in alone.text and "h" in set(alone.table["organization"])


def test_who_works_with_both_from_afar_is_not_said_to_be_nobody() -> None:
    rows = [place("a", "hospital", "31015"), place("b", "hospital", "31089"),
            place("far", "hospital", "31055")]  # fmt: skip
    for ties, words in (
        ([("a", "far"), ("b", "far")], "nobody within reach works with both"),
        ([("a", "far")], "nobody on file works with both"),
    ):
        found = pn.align_organizations(make_network(rows, ties), "a", "b", as_of=DAY)
        assert f"(one of the two: {words})" in found.text


def test_a_tie_that_begins_soon_is_said_to_be_on_file() -> None:
    rows = [place("a", "hospital"), place("b", "food"), place("c", "housing")]
    ties = [{"source": s, "target": t, "relation": "collaboration", "since": since}
            for s, t, since in (("a", "c", ""), ("b", "c", ""), ("b", "a", "2026-07-15"),
                                ("a", "b", "2026-08-01"))]  # fmt: skip
    net = make_network(rows, ties)
    for verb in ("recommend_partners", "plan_introductions"):
        said = read(net, verb, "suggestion")
        assert "Bear in mind: a tie of the two is on file that begins on July 15, 2026." in said
    assert "begins on" not in find_all(make_network(rows, ties[:2]), "recommend_partners")


# -- what would change -----------------------------------------------------------------------------


def test_gaps_that_go_with_whoever_leaves_are_not_said_to_be_closed() -> None:
    rows = [place("a", "critical access hospital"), place("b", "hospital", "31107"),
            place("o", "state office of rural health", "")]  # fmt: skip
    contacts = [sit("a", by="o", date="2023-01-01"), sit("b", by="o", date="2026-06-01")]
    net = make_network(rows, [("a", "b"), ("b", "o")], contacts=contacts)
    said = pn.simulate(net, remove="a", as_of=DAY)
    counts = next(str(one) for one in said.sentences if one.name == "counts")
    assert said.claims["counts"]["open gaps: contacts"] < 0
    assert "contacts), " not in counts
    assert counts.endswith("Fewer gaps of contacts would be counted; none is closed.")


def test_where_no_provider_is_left_is_said_of_one_as_of_one() -> None:
    rows = [place("a", "hospital"), place("b", "food"), place("c", "hospital", "31107")]
    services = [{"organization": "a", "service": "emergency care"}]
    net = make_network(rows, [("a", "b"), ("b", "c")], services=services)
    said = find_all(net, "simulate", remove="a")
    assert "No provider of it is left there." in said and "For 1 of them" not in said


# -- for whom --------------------------------------------------------------------------------------


def test_a_report_of_what_was_made_for_a_partner_knows_for_whom() -> None:
    rows = [place("a", "critical access hospital"), place("b", "hospital")]
    net = make_network(rows, [("a", "b")], contacts=[sit("a"), sit("b")])
    shown = net.for_audience("partner", "a")
    for made in (pn.build_report(shown, as_of=DAY), pn.build_report(shown.at(DAY))):
        assert made.note.startswith("Made for a partner (A):")
    again = shown.for_audience("internal")
    assert again.reader == "a" and len(again.rows("contacts")) == 1
    assert shown.for_audience("partner").reader == ""  # for any partner: nobody's own rows
    assert shown.for_audience("partner").rows("contacts").empty
    assert shown.for_audience("public").rows("contacts").empty


def test_one_office_is_said_as_one() -> None:
    rows = [place("o", "state office of rural health", ""), place("h", "hospital association")]
    report = pn.build_report(make_network(rows, [("o", "h")]), as_of=DAY)
    text = " ".join(map(str, report.sections))
    assert "Office of Rural Healths" not in text
