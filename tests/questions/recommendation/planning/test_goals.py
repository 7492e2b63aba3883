"""Goals beside the likelihood: gaps, parts, sectors, constraint, programs."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet import plan_introductions, recommend_partners
from partnet.core.network import Network
from partnet.facts.graph.collaboration import build_layer
from partnet.questions.recommendation.eligibility import load_programs
from partnet.questions.recommendation.planning.goals import Goals, list_goals, measure_constraint
from partnet.questions.recommendation.ranking.scores import symmetric_graph

from ....builders import make_network, networks


def _list(net: Network) -> Goals:
    return list_goals(net.at(), symmetric_graph(build_layer(net)))


def _texts(net: Network, a: str, b: str) -> str:
    i, j = net.positions([a, b])
    return "; ".join(goal.text for goal in _list(net).of(int(i), int(j)))


@pytest.mark.slow
@given(networks(), st.data())
def test_change_in_constraint_agrees_with_networkx(net: Network, data: st.DataObject) -> None:
    graph = symmetric_graph(build_layer(net))
    free = [(a, b) for a in range(net.n) for b in range(net.n) if a != b]
    if not free:
        return
    a, b = data.draw(st.sampled_from(free))
    plain = nx.from_scipy_sparse_array(graph.adjacency)
    assert measure_constraint(graph, a) == pytest.approx(nx.constraint(plain)[a], nan_ok=True)
    plain.add_edge(a, b, weight=1.0)
    assert measure_constraint(graph, a, b) == pytest.approx(nx.constraint(plain)[a])


def test_a_tie_between_two_parts_joins_them() -> None:
    net = make_network("abcdef", [("a", "b"), ("b", "c"), ("d", "e")])
    assert "joins D and 1 organization tied to it with the rest" in _texts(net, "a", "d")
    assert "first working tie of F" in _texts(net, "a", "f")
    goals = _list(net)
    assert goals.join_parts(0, 3)
    assert not goals.join_parts(0, 2)


def test_one_who_is_alone_joins_nobody_with_the_rest() -> None:
    """The smaller part is joined: to the largest, or to those around the other."""
    net = make_network("abcdefgh", [("a", "b"), ("b", "c"), ("d", "e"), ("f", "g")])
    assert _texts(net, "d", "h").count("first working tie of H") == 1
    assert "joins D" not in _texts(net, "d", "h")
    assert "joins D and 1 organization tied to it with those around F" in _texts(net, "d", "f")


def test_each_part_is_joined_once() -> None:
    net = make_network("abcdef", [("a", "b"), ("b", "c"), ("d", "e")])
    goals = _list(net)
    first, second = goals.of(0, 3), goals.of(1, 4)
    assert {g.key for g in first} & {g.key for g in second} == {("part", int(goals.parts[3]))}
    assert [g.worth for g in first if g.key[0] == "part"] == [2.0]


def test_the_first_partner_of_another_sector_counts_on_both_sides() -> None:
    kinds = {"a": "hospital", "b": "hospital", "c": "food", "d": "food"}
    rows = [{"id": k, "name": k.upper(), "kind": kind} for k, kind in kinds.items()]
    net = make_network(rows, [("a", "b"), ("c", "d")])
    texts = _texts(net, "a", "c")
    assert "first partner of A in food" in texts
    assert "first partner of C in hospital care" in texts
    assert "sector" not in _texts(make_network("abc", [("a", "b")]), "a", "c")


PROVIDERS = [
    {"id": "cah", "name": "Elm Hospital", "kind": "critical_access_hospital"},
    {"id": "clinic", "name": "Elm Clinic", "kind": "rural_health_clinic"},
    {"id": "lhd", "name": "Elm Health", "kind": "local_health_department"},
    {"id": "food", "name": "Elm Pantry", "kind": "food"},
]
SIGNED = [
    {"agreement": "A1", "organization": o, "status": "executed", "signed": "2026-01-01"}
    for o in ("cah", "clinic")
]


def test_one_signature_more_makes_three_separately_owned_providers() -> None:
    net = make_network(PROVIDERS, agreements=SIGNED)
    text = "if signed, Elm Hospital has the 3 separately owned providers"
    assert text in _texts(net, "cah", "lhd")
    assert "Rural Health Network Development" in _texts(net, "cah", "lhd")
    assert "if signed" not in _texts(net, "cah", "food")


def test_providers_of_one_owner_count_once() -> None:
    owned = [{"organization": "clinic", "parent": "Elm Hospital", "type": "owned"}]
    net = make_network(PROVIDERS, agreements=SIGNED, affiliations=owned)
    assert "if signed" not in _texts(net, "cah", "lhd")


def test_whoever_stands_in_a_complete_circle_needs_no_other() -> None:
    more = [{"id": "ems", "name": "Elm Ambulance", "kind": "ems_agency"}]
    signed = [
        *SIGNED,
        *({"agreement": "A2", "organization": o, "status": "executed"} for o in ("cah", "lhd")),
    ]
    net = make_network([*PROVIDERS, *more], agreements=signed)
    assert "if signed" not in _texts(net, "cah", "ems")
    assert "if signed" not in _texts(net, "lhd", "ems")


def test_a_draft_signs_nothing() -> None:
    drafts = [{**row, "status": "draft"} for row in SIGNED]
    net = make_network(PROVIDERS, [("cah", "food")], agreements=drafts)
    assert "if signed" not in _texts(net, "cah", "lhd")


def test_every_program_says_where_it_is_written() -> None:
    programs = load_programs()
    assert len(programs) >= 2
    vocabulary = make_network([]).vocabulary
    for program in programs:
        assert "U.S.C." in program.citation
        assert program.checked_on >= "2026-01-01"
        assert program.kinds <= set(vocabulary.kinds)


def test_goals_stand_beside_the_likelihood_and_change_no_order() -> None:
    kinds = {"a": "hospital", "b": "hospital", "c": "food", "d": "food", "e": "housing"}
    rows = [{"id": k, "name": k.upper(), "kind": kind} for k, kind in kinds.items()]
    net = make_network(rows, [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")])
    table = recommend_partners(net, "a", 9).table
    assert table["probability"].is_monotonic_decreasing
    assert table["goals"].str.contains("first partner of A in food").any()
    assert np.isfinite(table["constraint_change"]).all()


def test_a_pair_that_closes_a_gap_is_a_candidate_however_unlikely() -> None:
    rows = [
        {"id": f"o{k:02}", "name": f"O{k:02}", "kind": "hospital", "county_fips": "31027"}
        for k in range(16)
    ]
    ties = [(f"o{a:02}", f"o{b:02}") for a in range(8) for b in range(a)]
    ties += [(f"o{a:02}", f"o{b:02}") for a in range(8, 16) for b in range(8, a)]
    ties += [("o07", "o08")]
    funding = [
        {"recipient": o, "program": "Opioid Response", "amount": 1000} for o in ("o00", "o15")
    ]
    net = make_network(rows, ties, funding=funding)
    table = plan_introductions(net, 1, competitors=True).table
    assert set(table.loc[0, ["organization", "partner"]]) == {"o00", "o15"}
    assert "closes the gap" in table.loc[0, "goals"]
