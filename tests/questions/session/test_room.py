"""Who comes to a session, who sat with whom before, and who could lead it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

import partnet as pn
from partnet.core.errors import UsageError
from partnet.core.network import Network
from partnet.core.results.result import Result

from ...builders import make_network

DAY, SESSION = "2026-06-30", "2026-09-15"
KNOX, CEDAR = "31107", "31027"


def make_room(
    attendance: Sequence[Mapping[str, Any]] = (), **tables: Sequence[Mapping[str, Any]]
) -> Network:
    """Six of Knox County, an area agency of the next one, a network, and the office that convenes.

    The hospital and the counselor have agreed to meet, and have not.
    """
    organizations = [
        {"id": "cah", "name": "Hospital", "kind": "critical_access_hospital"},
        {"id": "food", "name": "Pantry", "kind": "food"},
        {"id": "home", "name": "Housing", "kind": "housing"},
        {"id": "mind", "name": "Counselor", "kind": "behavioral_health"},
        {"id": "ride", "name": "Transit", "kind": "transport"},
        {"id": "town", "name": "Town", "kind": "local_government"},
        {"id": "web", "name": "Network", "kind": "rural_health_network"},
        {"id": "aaa", "name": "Agency", "kind": "area_agency_on_aging", "county_fips": CEDAR},
        {"id": "sorh", "name": "Office", "kind": "state_office_of_rural_health", "county_fips": ""},
    ]
    day = {"session": "Knox session", "held_on": SESSION, "place": KNOX}
    registers: dict[str, Any] = {
        "outcomes": [
            {"outcome": "They meet", "type": "new relationship", "organization": "cah",
             "other": "mind", "place": KNOX, "due": "2026-03-31", "status": "open"}
        ],
        "about": [{"setting": "convener", "value": "sorh"}],
        "attendance": [{**day, **row} for row in attendance],
    }  # fmt: skip
    return make_network(
        [{"state": "NE", "county_fips": KNOX, **row} for row in organizations],
        [("cah", "food", "referral"), ("web", "home", "collaboration")],
        **{name: rows for name, rows in (registers | tables).items() if rows},
    )


def answer(organization: str, answer: str = "", **more: Any) -> dict[str, Any]:
    return {"organization": organization, "answer": answer, **more}


def prepare(net: Network, where: str = "Knox", **options: Any) -> Result:
    return pn.prepare_session(net, where, **{"held_on": SESSION, "as_of": DAY, **options})


def test_without_answers_everybody_asked_is_seated() -> None:
    session = prepare(make_room())
    assert set(session.table["organization"]) >= {"cah", "food", "home", "mind", "ride", "town"}
    assert session.tables["answers"].empty and "answers" not in session.claims


def test_who_declined_has_no_seat() -> None:
    session = prepare(make_room([answer("town", "no")]))
    seated = set(session.table["organization"])
    assert "town" not in seated and {"cah", "food", "home", "mind", "ride"} <= seated
    assert session.claims["answers"]["declined"] == 1


def test_with_the_first_yes_those_are_seated_who_come() -> None:
    asked = [answer("cah", "yes"), answer("food", "maybe"), answer("home", "yes"),
             answer("aaa", "yes"), answer("mind", "no")]  # fmt: skip
    session = prepare(make_room(asked))
    roles = session.table.set_index("organization")["role"].to_dict()
    assert roles == {"cah": "partner", "food": "partner", "home": "partner", "aaa": "guest"}
    said = session.claims["answers"]
    assert (said["comes"], said["may_come"], said["declined"]) == (3, 1, 1)
    assert session.claims["missed"]["missed"] == ["Counselor"]
    answers = session.tables["answers"].set_index("organization")
    assert answers.loc["mind", "missed"] == "does what was agreed: “They meet”"
    assert (
        answers.loc["ride", "answer"] == "no answer on file" and answers.loc["cah", "missed"] == ""
    )
    assert not {"mind", "ride", "town"} & set(session.tables["guests"]["organization"])


def test_who_is_needed_is_called_first() -> None:
    session = prepare(make_room([answer("cah", "yes"), answer("food", "yes")]))
    assert session.claims["answers"]["waiting"] == 4 + len({"web"})
    assert "call first Counselor" in session.text
    agenda = session.tables["agenda"].set_index("item")["with_what"]
    assert agenda["Call those who have not answered"].startswith("Counselor")


def test_answers_of_another_day_or_county_do_not_count() -> None:
    other = [answer("cah", "yes", held_on="2026-09-16"), answer("food", "yes", place=CEDAR)]
    assert prepare(make_room(other)).tables["answers"].empty
    everywhere = [answer("cah", "yes", place=""), answer("food", "yes", place="Knox County")]
    assert set(prepare(make_room(everywhere)).table["organization"]) == {"cah", "food"}


def test_who_came_says_more_than_what_was_answered() -> None:
    asked = [answer("cah", "yes", came="no"), answer("food", "no", came="yes")]
    assert set(prepare(make_room(asked)).table["organization"]) == {"food"}


def seat(table: int, *ids: str, **more: Any) -> list[dict[str, Any]]:
    row = {"held_on": "2025-09-16", "table_number": table, "came": "yes", **more}
    return [answer(id_, "yes", **row) for id_ in ids]


def share(session: Result, a: str, b: str) -> bool:
    table = session.table.set_index("organization")["table_number"]
    return bool(table[a] == table[b])


def test_who_sat_together_sits_with_others_now() -> None:
    """Four at two tables, nothing in common: the pairs of last time are split."""
    four = ("food", "home", "ride", "town")
    now = [answer(o, "yes") for o in four]
    for together, apart in (
        (("food", "home"), ("ride", "town")),
        (("food", "ride"), ("home", "town")),
    ):
        before = [*seat(1, *together), *seat(2, *apart)]
        session = prepare(make_room([*now, *before]), seats=2)
        assert not share(session, *together) and not share(session, *apart)
        assert session.claims["history"] == {"pairs": 2, "again": 0}


def test_an_open_outcome_brings_two_together_again() -> None:
    now = [answer(o, "yes") for o in ("cah", "mind", "home", "ride")]
    session = prepare(make_room([*now, *seat(1, "cah", "mind")]), seats=2)
    assert share(session, "cah", "mind")
    row = session.tables["together"].iloc[0]
    assert row["sat_together"] == "September 16, 2025"


def test_who_stayed_away_sat_with_nobody() -> None:
    before = [
        *seat(1, "food"),
        *seat(1, "home", came="no"),
        answer("town", "no", held_on="2025-09-16"),
    ]
    session = prepare(make_room([*before, answer("food", "yes"), answer("home", "yes")]))
    assert "history" not in session.claims
    assert session.claims["stayed_away"]["first"] == ["Town"]  # the other one comes this time


def test_a_session_is_not_before_the_day_of_its_tables() -> None:
    with pytest.raises(UsageError, match="held_on: found 2026-06-29"):
        prepare(make_room(), held_on="2026-06-29")
    with pytest.raises(UsageError, match="held_on: found 'soon'"):
        prepare(make_room(), held_on="soon")


def test_drafts_are_due_three_months_after_the_session() -> None:
    due = prepare(make_room()).tables["proposed"]["due"]
    assert len(due) and (due == pd.Timestamp(SESSION) + pd.Timedelta(days=90)).all()


# -- who could lead it -----------------------------------------------------------------------------


def test_stakes_decide_who_facilitates() -> None:
    found = prepare(make_room()).tables["facilitators"]
    assert found["organization"].tolist() == ["web", "sorh"] and found["stakes_in"].eq(0).all()
    paid = {"recipient": "cah", "program": "Flex", "amount": 5_000, "funder": "web",
            "period_start": "2026-01-01", "period_end": "2026-12-31"}  # fmt: skip
    session = prepare(make_room(funding=[paid]))
    found = session.tables["facilitators"].set_index("organization")
    assert found.index.tolist() == ["sorh", "web"]
    assert found.loc["web", "stakes"] == "money flows between it and Hospital"
    assert session.claims["facilitators"]["free"] == ["Office"]


OFFICES = {
    "web": {"kind": "rural_health_network", "county_fips": "31109"},
    "hub": {"kind": "ahec", "county_fips": CEDAR},
    "beds": {"kind": "hospital_association", "county_fips": "31109"},
}


def lead(*ids: str, where: str = "Knox", **changes: Any) -> Result:
    """Four of Knox County, and offices: a network and an association in Lincoln, a center next."""
    people = [{"id": f"p{k}", "name": f"P{k}", "kind": "housing"} for k in range(4)]
    rows = [{"county_fips": KNOX, **row} for row in people]
    rows += [{"id": id_, "name": id_.title(), **OFFICES[id_], **changes} for id_ in ids]
    return pn.prepare_session(make_network([{"state": "NE", **row} for row in rows]), where)


def test_of_those_without_a_stake_the_nearest_leads_and_for_a_state_its_association() -> None:
    near = lead("web", "hub", "beds")
    assert near.tables["facilitators"]["organization"].tolist() == ["hub", "web", "beds"]
    assert "Could facilitate: Hub (about 32 miles from those of the place), else Web" in near.text
    state = lead("web", "hub", "beds", where="NE")
    assert state.tables["facilitators"]["organization"].iloc[0] == "beds"
    assert state.tables["facilitators"]["km"].isna().all()
    assert "Could facilitate: Beds, else Web or Hub;" in state.text


def test_whom_nothing_tells_apart_are_named_together() -> None:
    same = {"kind": "ahec", "county_fips": CEDAR}
    session = lead("web", "hub", **same)
    assert session.claims["facilitators"]["equal"] == ["Web"]
    assert "Could facilitate: Hub or Web (about 32 miles from those of the place; nothing on" in (
        session.text
    )


def test_a_table_without_a_tie_is_said_only_where_ties_are_on_file() -> None:
    assert "; no tie among them is on file." in lead("hub").text
    tied = prepare(make_room(), seats=3)
    assert "no tie among them is on file" not in tied.text
    numbers = tied.claims["seating"]["no_tie"]
    assert ("nobody has a tie on file with another there" in tied.text) == bool(numbers)


def test_nobody_leads_two() -> None:
    session = prepare(make_room([answer("cah", "yes"), answer("food", "yes")]))
    assert session.tables["facilitators"].empty and "facilitators" not in session.claims


# -- what was agreed elsewhere ---------------------------------------------------------------------


def test_what_was_agreed_for_another_county_is_no_matter_here() -> None:
    outcome = {"outcome": "Wheels", "type": "action step", "organization": "aaa", "other": "ride",
               "place": KNOX, "status": "open"}  # fmt: skip
    net = make_room(outcomes=[outcome])
    assert "Wheels" in set(prepare(net).tables["outcomes"]["outcome"])
    cedar = prepare(net, "Cedar")
    assert cedar.tables["outcomes"].empty
    assert not cedar.tables["guests"]["reasons"].str.contains("Wheels").any()
    named = make_room(outcomes=[outcome | {"place": "Knox County", "other": ""}])
    assert "Wheels" in set(prepare(named).tables["outcomes"]["outcome"])


def test_the_agenda_has_no_empty_item() -> None:
    agenda = prepare(make_room()).tables["agenda"]
    assert (agenda["with_what"] != "").all() and (agenda["minutes"] > 0).all()
    items = " ".join(agenda["item"])
    for absent in ("indicators", "grantees", "Second round", "Requirements", "money"):
        assert absent not in items
    assert "What became of what was agreed last time" in items


def test_partners_see_no_answer_but_their_own() -> None:
    net = make_room([answer("cah", "yes"), answer("food", "no")]).for_audience("partner", "cah")
    assert net.table("attendance")["organization"].tolist() == ["cah"]
    assert make_room([answer("cah", "yes")]).for_audience("public").table("attendance").empty
