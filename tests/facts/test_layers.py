"""Layers: strengths, symmetrization, surveys and observed cells."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given

from partnet import UsageError
from partnet.core.network import Network
from partnet.facts.graph.collaboration import build_layer, choose_layer

from ..builders import FEW, bridge_of_two_cliques, make_network, networks


def strength(net: Network, a: str, b: str, **settings: object) -> float:
    layer = build_layer(net, **settings)  # type: ignore[arg-type]
    i, j = net.positions([a, b])
    return float(layer.matrix[i, j])


def test_relations_combine_over_those_asked() -> None:
    net = make_network("abc", [("a", "b", "contract", 0.5), ("a", "c", "data_sharing", 1.0)])
    assert strength(net, "a", "b") == pytest.approx(0.25)  # (0.5 + 0) / 2
    assert strength(net, "a", "b", relations=["contract"]) == 0.5
    weights = {"contract": 3.0, "data_sharing": 1.0}
    assert strength(net, "a", "b", relation_weights=weights) == pytest.approx(1.5 / 4)


def test_ladder_answers_take_the_maximum_of_their_rows() -> None:
    rows = [("a", "b", "contract", "yearly"), ("a", "b", "contract", "monthly")]
    assert strength(make_network("ab", rows), "a", "b") == pytest.approx(3 / 5)


def test_money_is_summed_and_annualized() -> None:
    award = {"funder": "a", "recipient": "b", "program": "P", "amount": 150_000}
    periods = [("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31")]
    rows = [{**award, "period_start": s, "period_end": e, "award": s} for s, e in periods]
    net = make_network("ab", funding=rows)
    days = 731  # both years
    expected = math.log1p(300_000 / (days / 365.25)) / math.log1p(1e6)
    found = strength(net, "a", "b", relations=["funding"], as_of="2025-03-01")
    whole = math.log1p(150_000) / math.log1p(1e6)
    assert found == pytest.approx(whole, rel=1e-3) and expected == pytest.approx(whole, rel=1e-3)


@pytest.mark.parametrize(("rule", "value"), [("maximum", 1.0), ("mean", 0.75), ("confirmed", 0.5)])
def test_symmetrization_joins_two_reports(rule: str, value: float) -> None:
    rows = [
        {"source": "a", "target": "b", "relation": "contract", "strength": 1, "reported_by": "a"},
        {"source": "a", "target": "b", "relation": "contract", "strength": 0.5, "reported_by": "b"},
    ]
    assert strength(make_network("ab", rows), "a", "b", symmetrization=rule) == value


def test_an_unattributed_tie_counts_for_both_sides() -> None:
    net = make_network("ab", [("a", "b", "contract", 0.5)])
    assert strength(net, "a", "b", symmetrization="confirmed") == 0.5
    with pytest.raises(UsageError, match="Allowed are maximum"):
        build_layer(net, symmetrization="sum")  # type: ignore[arg-type]


def test_directed_ties_keep_their_direction() -> None:
    net = make_network("ab", [("a", "b", "referral", 1.0)])
    assert strength(net, "a", "b", directed=True) == 1.0
    assert strength(net, "b", "a", directed=True) == 0.0
    assert strength(net, "b", "a") == 1.0


def test_ended_ties_and_answers_of_none_are_no_ties() -> None:
    rows = [
        {"source": "a", "target": "b", "relation": "contract", "until": "2020-01-01"},
        {"source": "a", "target": "c", "relation": "contract", "since": "2024-01-01"},
        {"source": "b", "target": "c", "relation": "contract", "strength": "none"},
    ]
    layer = build_layer(make_network("abc", rows))
    assert layer.n_ties == 1 and str(layer.as_of.date()) == "2024-01-01"


def survey(answers: dict[str, str], design: str = "roster") -> list[dict[str, str]]:
    return [{"respondent": o, "answered": a, "design": design} for o, a in answers.items()]


def test_observed_cells_follow_who_answered() -> None:
    answers = {"a": "yes", "b": "yes", "c": "no", "d": "no"}
    tie = {"source": "c", "target": "d", "relation": "contract", "reported_by": "c"}
    net = make_network("abcd", ties=[("a", "b", "contract")], responses=survey(answers))
    layer = build_layer(net)
    assert layer.observed_cells == 5  # all pairs but c-d
    assert layer.response_rate == 0.5
    assert build_layer(net, symmetrization="confirmed").observed_cells == 1  # a-b only
    assert build_layer(net, directed=True).observed_cells == 2 * 3
    free = make_network("abcd", [("a", "b", "contract")], responses=survey(answers, "free recall"))
    assert build_layer(free).observed_cells == 1  # the tie itself; unnamed partners are unknown
    known = make_network("abcd", [tie], responses=survey(answers))
    assert build_layer(known).observed_cells == 6


def test_everything_is_observed_without_a_survey() -> None:
    layer = build_layer(bridge_of_two_cliques())
    assert layer.observed_cells == 21 and math.isnan(layer.response_rate)


def test_one_sided_share_counts_pairs_that_one_side_names() -> None:
    report = {"relation": "contract"}
    rows = [
        {**report, "source": "a", "target": "b", "reported_by": "a"},
        {**report, "source": "a", "target": "b", "reported_by": "b"},
        {**report, "source": "a", "target": "c", "reported_by": "a"},
        {**report, "source": "a", "target": "d", "reported_by": "a"},
    ]
    answers = {"a": "yes", "b": "yes", "c": "yes", "d": "no"}
    net = make_network("abcd", rows, responses=survey(answers))
    assert build_layer(net).one_sided == 0.5  # a-c of a-b, a-c; d did not answer


def report(source: str, target: str, by: str = "", relation: str = "referral") -> dict[str, str]:
    return {"source": source, "target": target, "relation": relation, "reported_by": by}


CONFIRMED = {
    "both ends report one arrow": ([report("a", "b", "a"), report("a", "b", "b")], 1.0),
    "both ends report arrows that meet": ([report("a", "b", "a"), report("b", "a", "b")], 1.0),
    "both ends report one pair": ([report("a", "b", "a", "x"), report("a", "b", "b", "x")], 1.0),
    "one end reports both arrows": ([report("a", "b", "a"), report("b", "a", "a")], 0.0),
    "the source of an arrow reports": ([report("a", "b")], 0.0),
    "the target of an arrow reports": ([report("a", "b", "b")], 0.0),
    "each is the source of an arrow": ([report("a", "b"), report("b", "a")], 1.0),
    "a third one reports": ([report("a", "b", "c")], 0.0),
    "a third one and one end report": ([report("a", "b", "c"), report("a", "b", "a")], 0.0),
}


@pytest.mark.parametrize("case", CONFIRMED)
def test_a_pair_is_confirmed_where_both_ends_report_it(case: str) -> None:
    rows, confirmed = CONFIRMED[case]
    rows = [row | {"relation": "joint_program"} if row["relation"] == "x" else row for row in rows]
    net = make_network("abc", rows)
    assert strength(net, "a", "b", symmetrization="confirmed") == confirmed
    assert strength(net, "a", "b") == strength(net, "b", "a") == 1.0
    answers = survey(dict.fromkeys("abc", "yes"))
    asked = make_network("abc", rows, responses=answers)
    assert strength(asked, "a", "b", symmetrization="confirmed") == confirmed
    own = [row for row in rows if row["reported_by"] != "c"]
    if own:  # the word of a third one is neither side's
        expected = 1.0 - confirmed
        assert build_layer(make_network("abc", own, responses=answers)).one_sided == expected


def test_an_agreement_is_confirmed_by_its_signatures() -> None:
    rows = [
        {"agreement": "M", "organization": o, "type": "transfer", "status": status}
        for o, status in (("a", "executed"), ("b", "executed"), ("c", "draft"))
    ]
    net = make_network("abc", agreements=rows, responses=survey(dict.fromkeys("abc", "yes")))
    layer = build_layer(net, symmetrization="confirmed")
    assert layer.n_ties == 1 and layer.one_sided == 0.0
    assert strength(net, "a", "b", symmetrization="mean") == 1.0


def test_leaving_out_keeps_an_isolate() -> None:
    layer = choose_layer(bridge_of_two_cliques(), without=["D"])
    assert layer.n == 7 and layer.n_ties == 6 and "D left out" in layer.describe()


def test_distance_is_one_over_strength() -> None:
    layer = build_layer(make_network("ab", [("a", "b", "contract", 0.25)]))
    assert layer.distance[0, 1] == 4.0 and layer.binary[0, 1] == 1.0


def test_without_ties_the_layer_is_affinity_and_says_so() -> None:
    services = [{"organization": o, "service": s} for o, s in ("ax", "bx", "by", "cy")]
    layer = choose_layer(make_network("abc", services=services))
    assert layer.kind == "affinity" and "not ties that anybody reported" in layer.describe()
    empty = choose_layer(make_network("abc"))
    assert empty.n_ties == 0 and "Nothing is on file" in empty.describe()


@given(networks())
def test_layers_are_clean(net: Network) -> None:
    for settings in ({}, {"directed": True}, {"symmetrization": "mean"}):
        layer = build_layer(net, **settings)
        data = layer.matrix.data
        assert ((data > 0) & (data <= 1)).all()
        assert not layer.matrix.diagonal().any()
        if not layer.directed:
            assert abs(layer.matrix - layer.matrix.T).sum() == 0
        assert layer.n_ties <= layer.observed_cells


@pytest.mark.slow
@FEW
@given(networks())
def test_the_order_of_the_file_changes_no_layer(net: Network) -> None:
    order = np.arange(net.n)[::-1]
    tables = dict(net.tables)
    if "organizations" in tables:
        tables["organizations"] = tables["organizations"].iloc[order].reset_index(drop=True)
    turned = Network(tables)
    before = build_layer(net).matrix.toarray()
    after = build_layer(turned).matrix.toarray()
    np.testing.assert_allclose(after, before, rtol=1e-12)
