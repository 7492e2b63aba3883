"""Who could convene: z reaches three teams evenly, p pays, s offers what its partners offer."""

from __future__ import annotations

import numpy as np
import pytest

from partnet.facts.graph.collaboration import build_layer
from partnet.measures.positions.brokerage import code_groups
from partnet.questions.bridges.conveners import _Stakes, propose_conveners, say_conveners

from ...builders import make_network

TEAMS = {**dict.fromkeys("abc", "x"), **dict.fromkeys("def", "y"), **dict.fromkeys("ghi", "w")}


def propose(ties: list[str], **tables: list[dict[str, object]]) -> object:
    organizations = [
        {"id": id_, "name": id_.upper(), "kind": "hospital", "team": TEAMS.get(id_, "")}
        for id_ in "abcdefghijz"
    ]
    net = make_network(organizations, [(t[0], t[1]) for t in ties], **tables)
    groups, _ = code_groups(net.organizations["team"])
    return propose_conveners(net, build_layer(net), groups)


def test_score_is_reach_times_evenness() -> None:
    found = propose(["za", "zd", "zg", "ja", "jb", "jd", "jg"])
    assert found["organization"].tolist() == ["z", "j"]
    # z: all three teams, one third each; j: all three, half of its partners in one
    assert found["score"].tolist() == pytest.approx([1 * (1 - 1 / 3), 1 * (1 - 1 / 2)])
    assert found["groups"].tolist() == [3, 3]
    assert found["stakes"].tolist() == ["", ""]


def test_fewer_than_three_groups_are_no_reach() -> None:
    assert len(propose(["za", "zd", "zb"])) == 0


def test_money_and_common_services_speak_against_it() -> None:
    ties = ["za", "zd", "zg", "ja", "jd", "jg"]
    funding = [{"funder": "z", "recipient": "a", "program": "P", "amount": 1e5}]
    paid = propose(ties, funding=funding)
    assert paid["organization"].tolist() == ["j", "z"]  # stakes come last, whatever the score
    assert paid["stakes"].iloc[1] == "pays 1 organization of the network"
    services = [{"organization": o, "service": "dental"} for o in "jad"]
    rival = propose(ties, services=services).set_index("organization")
    assert rival.loc["j", "stakes"] == "offers the same services as 2 of its 3 partners"
    assert rival.loc["z", "stakes"] == ""
    received = propose(ties, funding=[{**funding[0], "funder": "a", "recipient": "z"}])
    assert "is paid by 1 organization" in received.set_index("organization").loc["z", "stakes"]


def test_only_those_without_a_stake_are_named_and_as_a_question() -> None:
    funding = [{"funder": "z", "recipient": "a", "program": "P", "amount": 1e5}]
    (said,) = say_conveners(propose(["za", "zd", "zg", "ja", "jd", "jg"], funding=funding))
    assert said.startswith("J reaches many groups") and "Z" not in said
    assert "ask the partners" in said
    assert list(say_conveners(propose(["za", "zd", "zg"], funding=funding))) == []


def test_without_ties_or_groups_nobody_is_proposed() -> None:
    assert len(propose([])) == 0
    net = make_network("abc", [("a", "b")])
    nobody = np.full(3, -1, dtype=np.int32)
    assert len(propose_conveners(net, build_layer(net), nobody)) == 0


def test_only_as_many_are_looked_at_as_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirteen reach all teams, the later ones more evenly; the first in rank is paid."""
    teams = {f"{team}{k}": team for team in "xyw" for k in range(13)}
    hubs = [f"h{k:02d}" for k in range(13)]
    organizations = [
        {"id": id_, "name": id_.upper(), "kind": "hospital", "team": teams.get(id_, "")}
        for id_ in [*hubs, *teams]
    ]
    ties = [
        (hub, f"{team}{j}")
        for k, hub in enumerate(hubs)
        for team in "xyw"
        for j in range(13 - k if team == "x" else 1)
    ]
    funding = [{"funder": "x0", "recipient": "h12", "program": "P", "amount": 1e5}]
    net = make_network(organizations, ties, funding=funding)
    groups, _ = code_groups(net.organizations["team"])
    asked = []
    has_any = _Stakes.has_any
    monkeypatch.setattr(_Stakes, "has_any", lambda self, k: asked.append(k) or has_any(self, k))
    found = propose_conveners(net, build_layer(net), groups)
    assert found["organization"].tolist() == [f"h{k:02d}" for k in range(11, 1, -1)]
    assert len(asked) == 11 and not any(found["stakes"])
    rest = [{"funder": "x0", "recipient": h, "program": "P", "amount": 1e5} for h in hubs[3:]]
    few = make_network(organizations, ties, funding=rest)
    found = propose_conveners(few, build_layer(few), groups)
    assert found["organization"].tolist() == [
        *("h02", "h01", "h00"),
        *(f"h{k:02d}" for k in range(12, 5, -1)),
    ]
