"""Meetings: two modes, levels, program areas, and who would add most."""

from __future__ import annotations

import pytest

from partnet.core.errors import UsageError
from partnet.questions.meetings.question import describe_convenings, list_seats

from ...builders import make_network


def sit(
    id_: str, level: str, topic: str = "quality day", date: str = "2026-03-01"
) -> dict[str, str]:
    return {"organization": id_, "date": date, "mode": "meeting", "level": level, "topic": topic,
            "program_area": "quality"}  # fmt: skip


MEMBERS = [
    {"organization": o, "group": "Wellness Table", "group_kind": "meeting", "program_area": "EMS"}
    for o in "ab"
]
KINDS = {"a": "hospital", "b": "hospital", "c": "food", "d": "housing"}
PEOPLE = [{"id": i, "name": i.upper(), "kind": KINDS.get(i, "school")} for i in "abcdefgh"]


def test_rows_of_one_day_and_topic_are_one_meeting() -> None:
    contacts = [sit("a", "staff"), sit("b", "manager"), sit("c", "staff", topic="alone")]
    net = make_network(PEOPLE, contacts=contacts, memberships=MEMBERS)
    table = describe_convenings(net).table
    assert table["meeting"].tolist() == ["Wellness Table", "quality day, March 1, 2026"]
    assert table["organizations"].tolist() == [2, 2]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (("staff", "manager"), "decision level missing"),
        (("staff", "executive"), "decision level present"),
        (("executive", ""), "decision level present"),
        (("staff", ""), "level not known"),
    ],
)
def test_the_level_of_a_meeting(levels: tuple[str, str], expected: str) -> None:
    net = make_network(PEOPLE, contacts=[sit("a", levels[0]), sit("b", levels[1])])
    found = describe_convenings(net)
    assert found.table["level"].tolist() == [expected]
    assert ("Nobody who could decide" in found.text) == (expected == "decision level missing")


def test_the_highest_level_of_an_organization_counts_once() -> None:
    contacts = [sit("a", "staff"), sit("a", "executive"), sit("b", "staff")]
    seats = list_seats(make_network(PEOPLE, contacts=contacts))
    assert sorted(zip(seats["organization"], seats["level"], strict=True)) == [
        ("a", "executive"),
        ("b", "staff"),
    ]


def test_attendance_counts_meetings_and_peers() -> None:
    contacts = [sit("a", "staff"), sit("b", "staff"), sit("c", "executive")]
    net = make_network(PEOPLE, contacts=contacts, memberships=MEMBERS)
    table = describe_convenings(net).tables["attendance"]
    assert table["meetings"].to_dict() == {"a": 2, "b": 2, "c": 1, **dict.fromkeys("defgh", 0)}
    assert table.at["a", "peers_met"] == 1 and table.at["c", "peers_met"] == 0
    assert table.at["c", "highest_level"] == "executive"


def test_who_would_add_most_is_who_brings_in_most_strangers() -> None:
    # a and b sit at the table; a works with c. d works with e, f and g; h with c alone.
    ties = [("a", "c"), ("d", "e"), ("d", "f"), ("d", "g"), ("h", "c")]
    net = make_network(PEOPLE, ties, memberships=MEMBERS)
    found = describe_convenings(net, 3).tables["candidates"]
    assert found["organization"].tolist() == ["d", "c"]
    # After d only h is left: c and h both bring it in, and c would be the first of its sector.
    assert found["brings"].tolist() == [4, 1]
    assert found["new_sector"].tolist()[0]


def test_program_areas_without_a_meeting_are_named() -> None:
    net = make_network(PEOPLE, memberships=MEMBERS)
    found = describe_convenings(net)
    areas = found.tables["areas"].set_index("area")["meetings"]
    assert areas.to_dict() == {
        "quality": 0, "finance and operations": 0, "population health": 0, "EMS": 1,
    }  # fmt: skip
    assert "quality, finance and operations or population health" in found.text


def test_sectors_of_which_nobody_comes() -> None:
    found = describe_convenings(make_network(PEOPLE, memberships=MEMBERS)).tables["absent"]
    assert set(found["sector"]) == {"food", "housing", "education"}


def test_the_convener_is_not_counted() -> None:
    about = [{"setting": "convener", "value": "h"}]
    net = make_network(PEOPLE, memberships=MEMBERS, about=about)
    assert "h" not in describe_convenings(net).tables["attendance"].index


def test_without_meetings_the_table_to_fill_is_named() -> None:
    found = describe_convenings(make_network(PEOPLE))
    assert found.table.empty and "contacts table (mode: meeting)" in found.text


def test_a_member_who_left_does_not_sit_there() -> None:
    left = [{**MEMBERS[0], "until": "2020-01-01"}, MEMBERS[1]]
    net = make_network(PEOPLE, memberships=left)
    found = describe_convenings(net, as_of="2026-01-01")
    assert found.table["organizations"].tolist() == [1]


def test_wrong_use_is_refused() -> None:
    with pytest.raises(UsageError, match="n: found 0"):
        describe_convenings(make_network(PEOPLE), 0)
