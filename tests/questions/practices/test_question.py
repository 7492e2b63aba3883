"""Who could learn which practice from whom, on five hospitals that can be counted on paper."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import partnet as pn
from partnet.core.errors import UsageError
from partnet.core.network import Network

from ...builders import make_network

DAY = "2026-06-30"
KNOX, CEDAR, HOLT = "31107", "31027", "31089"
VIDEO = {"practice": "Video counseling", "organization": "cedar", "service": "behavioral health"}
PROVEN = {**VIDEO, "evidence": "measured", "result": "half as many transfers", "source": "s. 3"}


def make(practices: Any, ties: Any = (), **tables: Any) -> Network:
    """Two hospitals of Cedar, one of Knox, where nobody counsels, one of Holt, and a counselor."""
    organizations = [
        ("cedar", "critical_access_hospital", CEDAR),
        ("creek", "critical_access_hospital", CEDAR),
        ("knox", "critical_access_hospital", KNOX),
        ("holt", "critical_access_hospital", HOLT),
        ("mind", "behavioral_health", CEDAR),
        ("away", "behavioral_health", HOLT),
    ]
    return make_network(
        [{"id": i, "name": i.title(), "kind": k, "county_fips": c, "state": "NE"}
         for i, k, c in organizations],
        ties,
        services=[
            *({"organization": o, "service": "emergency care"} for o in ("cedar", "knox", "holt")),
            *({"organization": o, "service": "behavioral health"} for o in ("mind", "away")),
        ],
        promising_practices=practices,
        **tables,
    )  # fmt: skip


def learn(net: Network, **options: Any) -> list[tuple[str, str]]:
    rows = pn.list_practices(net, as_of=DAY, **options).tables["learners"]
    return list(zip(rows["organization"], rows["ask"], strict=True))


def test_its_own_kind_could_learn_the_county_in_need_first() -> None:
    found = pn.list_practices(make([PROVEN]), as_of=DAY)
    assert found.tables["learners"]["organization"].tolist() == ["knox", "creek", "holt"]
    needs = found.tables["learners"]["need"].tolist()
    assert needs == ["Knox County has no provider of behavioral health on file", "", ""]
    assert found.claims["learn"] == {
        "organization": "Knox", "practice": "Video counseling", "ask": "Cedar", "need": needs[0],
        "tie": "no tie on file",
    }  # fmt: skip
    row = found.table.iloc[0]
    assert (row["could_learn"], row["in_need"], row["where"]) == (3, 1, "Cedar County")
    assert row["result"] == "half as many transfers"


def test_one_asks_a_partner_who_does_it_before_the_nearest() -> None:
    rows = [PROVEN, {**VIDEO, "organization": "holt"}]
    assert dict(learn(make(rows)))["knox"] == "cedar"  # 51 km to Cedar, 62 km to Holt
    tied = make(rows, [("knox", "holt", "referral")])
    assert dict(learn(tied))["knox"] == "holt"


def test_whom_it_is_for_and_who_does_it_already() -> None:
    rows = [{**VIDEO, "kind": "behavioral health"}]
    assert {o for o, _ in learn(make(rows))} == {"mind", "away"}
    assert {o for o, _ in learn(make([{**VIDEO, "kind": "any"}]))} == {
        "creek", "knox", "holt", "mind", "away",
    }  # fmt: skip
    both = [VIDEO, {**VIDEO, "practice": "VIDEO  counseling", "organization": "knox"}]
    assert {o for o, _ in learn(make(both))} == {"creek", "holt"}


def test_what_ended_and_what_begins_later_does_not_count() -> None:
    ended, later = {**VIDEO, "until": "2026-06-29"}, {**VIDEO, "since": "2026-07-01"}
    for row in (ended, later):
        found = pn.list_practices(make([row]), as_of=DAY)
        assert found.table.empty and found.claims["practices"] == {"practices": 0}


def test_the_best_proven_is_told_and_counted() -> None:
    rows = [{**VIDEO, "organization": "holt", "result": "told"}, PROVEN,
            {"practice": "Nurse line", "organization": "mind"}]  # fmt: skip
    found = pn.list_practices(make(rows), as_of=DAY)
    assert found.claims["practices"] == {
        "practices": 2, "proven": 1, "first": ["Video counseling", "Nurse line"],
    }  # fmt: skip
    assert found.table.iloc[0]["who"] == "Cedar and Holt"


def test_for_one_organization_only_what_it_could_learn() -> None:
    rows = [PROVEN, {"practice": "Nurse line", "organization": "mind"}]
    assert pn.list_practices(make(rows), "knox", as_of=DAY).table["practice"].tolist() == [
        "Video counseling"
    ]
    assert learn(make(rows), organization="cedar") == []
    with pytest.raises(UsageError, match="organization: found 'nobody'"):
        pn.list_practices(make(rows), "nobody")


def test_neighbors_and_the_convener_are_not_taught() -> None:
    about = [{"setting": "convener", "value": "creek"}]
    assert {o for o, _ in learn(make([PROVEN], about=about))} == {"knox", "holt"}


def test_a_partner_is_told_of_itself_and_the_public_of_nobody() -> None:
    net = make([PROVEN])
    own = pn.list_practices(net.for_audience("partner", "holt"), as_of=DAY)
    assert own.tables["learners"]["organization"].tolist() == ["holt"]
    public = pn.list_practices(net.for_audience("public"), as_of=DAY)
    assert public.tables["learners"].empty
    assert public.table["practice"].tolist() == ["Video counseling"]
    assert public.table[["result", "source"]].to_numpy().tolist() == [["", ""]]


def test_other_rooms_tell_of_it() -> None:
    from partnet.questions.visits.topics import list_topics

    people = [{"organization": "cedar", "person": "C. Chief", "role": "CEO"}]
    net = make([PROVEN], people=people)
    brief = pn.describe_organization(net, "knox", as_of=DAY)
    assert "C. Chief (CEO) of Cedar" in brief.say("learn")[0]
    peers = pn.find_peer_states(make([]), [net], as_of=DAY).tables["practices"]
    first = peers.iloc[0]
    assert (first["practice"], first["what"]) == ("promising practice", "Video counseling")
    assert "promising practice" not in set(
        pn.find_peer_states(net, [net], as_of=DAY).tables["practices"]["practice"]
    )
    none = pd.DataFrame(columns=["organization", "status", "other", "kind", "place"])
    topics = list_topics(net.at(DAY), ["knox"], none, none).set_index("topic")
    assert topics.loc["practice", "text"].startswith("Tell of “Video counseling” at Cedar")


def test_a_register_of_nobody_known_is_a_problem_and_not_a_practice() -> None:
    net = make([{**VIDEO, "organization": "Atlantis Clinic"}])
    assert net.problems and pn.list_practices(net, as_of=DAY).table.empty


def test_every_table_is_declared_with_all_its_columns() -> None:
    for net in (make([PROVEN]), make_network("ab")):
        found = pn.list_practices(net, as_of=DAY)
        for shown in found.shown:
            assert shown.names == list(found.frame(shown.table).columns)
            assert all(column.meaning for column in shown.columns)
