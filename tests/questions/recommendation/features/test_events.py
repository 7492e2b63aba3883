"""Networks of meetings: who was there, what a tie made there says, and what hiding one leaves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import linalg, sparse

from partnet import explain_pair, recommend_partners
from partnet.core.network import Network
from partnet.facts.graph.collaboration import choose_layer
from partnet.questions.recommendation.evaluation.holdout_runs import (
    split_by_document,
    split_together,
)
from partnet.questions.recommendation.evaluation.own_network import try_network
from partnet.questions.recommendation.features import graph as graph_module
from partnet.questions.recommendation.features.events import (
    is_of_meetings,
    keep_documents,
    list_events,
    weigh_events,
)
from partnet.questions.recommendation.features.features import TOPOLOGY, PairFeatures
from partnet.questions.recommendation.features.graph import (
    VisibleGraph,
    find_spectrum,
    list_ends,
    list_warm,
)
from partnet.questions.recommendation.ranking.documents import link_documents, list_ties
from partnet.questions.recommendation.ranking.holdout import (
    hide_documents,
    link_events,
    project_events,
)
from partnet.questions.recommendation.ranking.ranker import load_ranker
from partnet.questions.recommendation.ranking.reference_pairs import LEAST, expect_hidden
from partnet.questions.recommendation.ranking.scores import (
    build_features,
    look_at_ties,
    score_pairs_of,
    symmetric_graph,
)

from ....builders import make_network

RING = [[2 * k, 2 * k + 1, (2 * k + 2) % 12] for k in range(6)]  # each shares one with the next


def make_incidence(meetings: list[list[int]], n: int) -> sparse.csr_array:
    """Organizations x meetings."""
    cells = [(who, k) for k, members in enumerate(meetings) for who in members]
    row, column = zip(*cells, strict=True)
    return sparse.csr_array((np.ones(len(row)), (row, column)), shape=(n, len(meetings)))


def make_graph(meetings: list[list[int]], n: int) -> VisibleGraph:
    """The graph of meetings, which knows them."""
    incidence = make_incidence(meetings, n)
    adjacency = project_events(incidence)
    return VisibleGraph(adjacency, None, link_events(adjacency, incidence))


def make_meetings(meetings: list[str], more: list[dict[str, str]] | None = None) -> Network:
    """A network of meetings, each a word whose letters were there."""
    rows: list[Any] = [
        {"source": a, "target": b, "relation": "collaboration", "evidence": f"M{k}"}
        for k, word in enumerate(meetings)
        for a in word
        for b in word
        if a < b
    ]
    rows += more or []
    return make_network(sorted({row[end] for row in rows for end in ("source", "target")}), rows)


def test_a_document_that_ties_all_in_it_is_a_meeting_and_another_tie_one_of_two() -> None:
    i, j = np.array([0, 0, 1, 2, 3]), np.array([1, 2, 2, 3, 4])
    documents = sparse.csr_array(
        np.array([[1, 0], [1, 0], [1, 0], [0, 1], [0, 1]], dtype=float)
    )  # the first is a triangle; the second names three of whom two did not meet
    events = list_events(5, i, j, documents).toarray()
    assert events.T.tolist() == [[1, 1, 1, 0, 0], [0, 0, 1, 1, 0], [0, 0, 0, 1, 1]]
    assert is_of_meetings(5, i, j, documents)
    assert not is_of_meetings(5, i, j, sparse.csr_array(np.eye(5)))


def test_a_tie_weighs_the_less_the_more_were_there() -> None:
    weight = weigh_events(make_incidence([[0, 1, 2], [0, 1]], 3)).toarray()
    assert weight.tolist() == [[0.0, 1.5, 0.5], [1.5, 0.0, 0.5], [0.5, 0.5, 0.0]]


def test_a_large_meeting_makes_nobody_more_sought_after_than_a_small_one() -> None:
    attended = make_graph([[0, 1, 2, 3, 4, 5], [6, 7], [6, 8]], 9).attended
    assert np.exp(attended).round(9).tolist() == [2.0] * 6 + [3.0, 2.0, 2.0]


def test_without_meetings_nothing_changes() -> None:
    plain = VisibleGraph(make_graph(RING, 12).adjacency)
    alone = plain.show(plain.adjacency, sparse.csr_array(np.eye(18)))
    i, j = list_warm(plain)
    one, two = (PairFeatures(each, ()).measure(TOPOLOGY, i, j) for each in (plain, alone))
    assert np.abs(one - two).max() < 1e-8


def test_of_a_hidden_document_nothing_is_left() -> None:
    documents = sparse.csr_array(np.array([[1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], float))
    kept = keep_documents(documents, np.array([True, False, True, True]))
    assert kept.toarray().tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 1]]
    left = np.array([True, False, True])
    kept = keep_documents(documents, np.array([True, True, False, True]), left)
    assert kept.toarray().tolist() == [[1, 0], [1, 0], [0, 1]]
    kept = keep_documents(documents, np.array([True, False, True, False]), left)
    assert kept.toarray().tolist() == [[1, 0], [0, 1]]  # the second tie has one of its own


@pytest.mark.parametrize("column", ["popularity", "strong_partners", "pagerank"])
@pytest.mark.parametrize("seed", range(4))
def test_columns_of_meetings_never_look_at_a_hidden_meeting(column: str, seed: int) -> None:
    meetings = [*RING, [0, 4, 8], [1, 5, 9], [0, 1, 2, 3], [2, 6, 10], [0, 1]]
    graph = make_graph(meetings, 12)
    assert graph.documents is not None
    hidden = hide_documents(graph.adjacency, graph.documents, np.random.default_rng(seed))
    gone = np.random.default_rng(seed).permutation(len(meetings))[: round(0.2 * len(meetings))]
    left = make_graph([each for k, each in enumerate(meetings) if k not in gone], 12)
    i, j = list_warm(left)
    one, two = (PairFeatures(each, ()).measure([column], i, j) for each in (hidden.graph, left))
    assert (one == two).all() and np.ptp(one) > 0


def test_what_is_left_to_find_is_counted_by_hiding_meetings() -> None:
    """Of a ring of six, each hidden one leaves one tie to find among 40 pairs; today are 48."""
    graph = make_graph(RING, 12)
    assert expect_hidden(graph) == pytest.approx(48 / 40)
    assert expect_hidden(VisibleGraph(graph.adjacency)) > 3
    apart = make_graph([[4 * k + m for m in range(4)] for k in range(6)], 24)
    assert expect_hidden(apart) == LEAST  # who loses a meeting loses all ties


def test_probabilities_of_a_network_of_meetings_add_up_to_what_is_expected() -> None:
    net = make_meetings(["abc", "cde", "efg", "ghi", "ija", "beh", "dgj", "aei"]).at()
    layer = choose_layer(net)
    features = build_features(net, layer)
    assert features.graph.documents is not None
    warm = score_pairs_of(net, layer, load_ranker(), features).warm
    assert warm.probability.sum() == pytest.approx(expect_hidden(features.graph), abs=1e-6)
    parts = np.array([warm.contributions(row).sum() for row in range(len(warm.i))])
    assert parts == pytest.approx(warm.score, abs=1e-8)


def test_meetings_that_share_ties_are_hidden_apart_and_each_once() -> None:
    graph = make_graph([*RING, [0, 1, 6], [6, 7, 2]], 12)
    assert graph.documents is not None
    parts = split_by_document(graph, graph.documents, 4)
    for part in parts:
        assert part.graph.events is not None
        assert 0 < part.ties.nnz < graph.adjacency.nnz / 2
        assert (part.ties + part.graph.adjacency != graph.adjacency).nnz == 0
    net = make_meetings(["abc", "cde", "efg", "ghi", "ija", "beh", "dgj", "aei"]).at()
    assert all(part.ties.nnz < 30 for part in split_together(net, choose_layer(net), 5))


def test_a_network_of_few_meetings_is_read_as_before() -> None:
    others = [
        {"source": f"{k}1", "target": f"{k}2", "relation": "collaboration", "evidence": ""}
        for k in "abcdefghijklmnop"
    ]
    net = make_meetings(["xyz"], others).at()
    layer = choose_layer(net)
    assert link_documents(net, layer, list_ties(symmetric_graph(layer))).shape == (19, 17)
    assert look_at_ties(net, layer).documents is None


@pytest.mark.parametrize(("guests", "known"), [("abcdefg", True), ("abcdefghi", False)])
def test_a_large_meeting_counts_as_one_up_to_half_of_all(guests: str, known: bool) -> None:
    net = make_meetings([guests, "klm", "mno", "opq", "ak"][: 5 if known else 1]).at()
    layer = choose_layer(net)
    documents = link_documents(net, layer, list_ties(symmetric_graph(layer)))
    assert bool(documents.sum(axis=0).max() == 21) == known
    assert (look_at_ties(net, layer).documents is not None) == known


def test_a_reason_counts_meetings_where_ties_come_from_such() -> None:
    net = make_meetings(["abc", "cde", "cfg", "chi", "ija", "bej", "dgj", "aei", "cj"])
    table = explain_pair(net, "b", "g").table.set_index("reason")
    assert table["evidence"]["hub"] == "G took part in 2 meetings or agreements on file"


@pytest.mark.parametrize(
    ("meetings", "ties", "counted"),
    [(["abc", "cde", "cfg"], [], 500), ([], ["ab", "bc", "ca"], 60)],
)
def test_where_ties_come_from_meetings_the_own_test_counts_more_pairs(
    meetings: list[str], ties: list[str], counted: int
) -> None:
    rows = [{"source": a, "target": b, "relation": "collaboration"} for a, b in ties]
    here = make_meetings(meetings, rows).at()
    assert try_network(here, choose_layer(here), load_ranker()).nearest == counted


def test_ranks_are_tried_again_with_meetings_hidden_whole() -> None:
    net = make_meetings(["abc", "cde", "cfg", "chi", "ija", "bej", "dgj", "aei", "cj"])
    table = recommend_partners(net, "b", 3).table
    assert len(table) == 3 and table["rank_low"].le(table["rank_high"]).all()


def test_a_meeting_with_a_hidden_tie_is_none_and_without_a_guest_is_one_of_the_others() -> None:
    graph = make_graph([[0, 1, 2, 3], [4, 5, 6]], 7)
    without = graph.adjacency.tolil()
    without[0, 1] = without[1, 0] = 0
    left = graph.show(sparse.csr_array(without)).events
    assert left is not None and left.shape == (7, 6)  # five ties of two, and one meeting whole
    without[0, :] = without[:, 0] = 0
    left = graph.show(sparse.csr_array(without)).events
    assert left is not None and sorted(left.sum(axis=0)) == [3.0, 3.0]


def test_a_graph_on_which_the_fast_way_gives_up_is_solved_by_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    adjacency = make_graph(RING, 12).adjacency
    wanted = find_spectrum(adjacency)[0]
    whole = linalg.eigh

    def give_up(matrix: Any, driver: str | None = None) -> Any:
        if driver is None:
            raise linalg.LinAlgError("Internal Error.")
        return whole(matrix, driver=driver)

    monkeypatch.setattr(graph_module.linalg, "eigh", give_up)
    assert find_spectrum(adjacency)[0] == pytest.approx(wanted, abs=1e-8)


def test_ends_stand_in_order() -> None:
    i, j = list_ends(make_graph([[3, 1], [2, 0], [0, 1]], 4).adjacency)
    assert list(zip(i.tolist(), j.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 3)]
