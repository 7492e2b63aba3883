"""At which level each one is needed at a session, on a room made by hand."""

from __future__ import annotations

from typing import Any

from partnet.core.results.result import Result

from .test_room import make_room, prepare

CHIEF = {"organization": "cah", "person": "C. Chief", "role": "CEO"}


def levels(session: Result) -> dict[str, tuple[str, str]]:
    table = session.tables["levels"]
    return dict(
        zip(table["organization"], zip(table["level"], table["ask"], strict=True), strict=True)
    )


def test_what_is_overdue_needs_who_can_decide() -> None:
    """The hospital and the counselor agreed to meet by March, and have not."""
    session = prepare(make_room(people=[CHIEF]))
    found = levels(session)
    assert found["cah"] == ("executive", "")
    assert found["mind"] == ("executive", "Ask who can decide, and invite them.")
    assert found["food"] == ("whoever knows the work", "") and "sorh" not in found
    assert session.claims["levels"] == {"executive": ["Hospital", "Counselor"],
                                        "unknown": ["Counselor"]}  # fmt: skip
    items = session.tables["agenda"].set_index("item")["with_what"]
    assert items["Ask who can decide for them, and invite them"] == "Counselor"
    row = session.tables["levels"].set_index("organization").loc["cah"]
    assert row["person"] == "C. Chief (CEO)" and row["why"].endswith(", with Counselor")


def test_what_is_not_due_is_for_managers() -> None:
    later: list[dict[str, Any]] = [
        {"outcome": "They meet", "type": "new relationship", "organization": "cah",
         "other": "mind", "place": "31107", "due": "2027-03-31", "status": "open"}
    ]  # fmt: skip
    session = prepare(make_room(outcomes=later))
    assert levels(session)["cah"] == ("manager", "") and not session.say("levels")


def test_others_are_not_told_who_has_to_decide() -> None:
    net = make_room(people=[CHIEF])
    public = prepare(net.for_audience("public"))
    assert public.tables["levels"].empty and not public.say("levels")
    own = prepare(net.for_audience("partner", "food"))
    assert set(own.tables["levels"]["organization"]) <= {"food"}
