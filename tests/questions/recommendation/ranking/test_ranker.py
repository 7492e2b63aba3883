"""The ranker: no hidden tie shows in any column, trees mean what was fitted, sums are exact."""

from __future__ import annotations

import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from partnet import Network, load_sample, score_pairs
from partnet.facts.graph.collaboration import build_layer
from partnet.measures.kernels.communities import cut_by_louvain
from partnet.questions.recommendation.features.blocks import BlockRates, cut_communities
from partnet.questions.recommendation.features.features import (
    CLIP_IN_TRAINING,
    NEWCOMER,
    TOPOLOGY,
    WARM,
    PairFeatures,
    normal_quantiles,
    shrink_rates,
)
from partnet.questions.recommendation.features.fields import build_fields, make_fields
from partnet.questions.recommendation.features.graph import (
    SEED,
    VisibleGraph,
    list_pairs,
    list_warm,
)
from partnet.questions.recommendation.features.latent_space import fit_positions
from partnet.questions.recommendation.features.pairwise import as_rows
from partnet.questions.recommendation.ranking.holdout import (
    hide_documents,
    hide_events,
    hide_organizations,
    hide_ties,
    link_events,
    project_events,
)
from partnet.questions.recommendation.ranking.ranker import PATTERN, load_ranker
from partnet.questions.recommendation.ranking.scores import (
    build_features,
    score_pairs_of,
    symmetric_graph,
)
from partnet.questions.recommendation.ranking.shrinkage import (
    FEWEST_HIDDEN,
    fit_own,
    fit_own_weights,
    hide_again,
)
from partnet.questions.recommendation.ranking.trees import Trees, load_trees, measure_columns


@pytest.fixture(scope="module")
def prairie() -> Network:
    return load_sample("prairie")


@pytest.fixture(scope="module")
def features(prairie: Network) -> PairFeatures:
    layer = build_layer(prairie)
    return PairFeatures(symmetric_graph(layer), build_fields(prairie, layer.relations))


def make_graph(graph: nx.Graph) -> VisibleGraph:
    return VisibleGraph(sparse.csr_array(nx.to_scipy_sparse_array(graph, dtype=float)))


@pytest.mark.parametrize("columns", [WARM, NEWCOMER])
def test_no_column_looks_at_hidden_ties(features: PairFeatures, columns: tuple[str, ...]) -> None:
    random = np.random.default_rng(1)
    hide = hide_ties if columns == WARM else hide_organizations
    hidden = hide(features.graph.adjacency, random)
    noise = sparse.csr_array(hidden.ties * 9.0) + features.graph.strength  # hidden ties, stronger
    i, j = list_pairs(hidden.graph)
    truth = hidden.is_hidden(i, j)
    assert truth.any()
    found = [
        PairFeatures(VisibleGraph(hidden.graph.adjacency, strength), features.fields)
        for strength in (features.graph.strength, noise)
    ]
    one, two = (each.measure(columns, i, j) for each in found)
    assert (one == two).all()
    scaled = normal_quantiles(one)
    trees = [measure_columns(each, scaled[:, :0], i, j) for each in found]
    assert (trees[0] == trees[1]).all()


def test_own_weights_are_fitted_on_a_graph_reduced_once_more(features: PairFeatures) -> None:
    trials = hide_again(features, TOPOLOGY)
    hidden = hide_ties(features.graph.adjacency, np.random.default_rng(SEED))
    assert hidden.graph.adjacency.nnz < features.graph.adjacency.nnz
    assert hidden.graph.adjacency.multiply(hidden.ties).nnz == 0
    twice = PairFeatures(features.graph.show(hidden.graph.adjacency), features.fields)
    i, j = list_warm(twice.graph)
    wanted = normal_quantiles(twice.measure(TOPOLOGY, i, j), CLIP_IN_TRAINING)
    assert (trials[0][0] == wanted).all()
    assert (trials[0][1] == hidden.is_hidden(i, j)).all() and trials[0][1].any()


def test_ties_of_one_event_are_hidden_together() -> None:
    incidence = make_events()
    events = [np.flatnonzero(column).tolist() for column in incidence.toarray().T]
    hidden = hide_events(incidence, np.random.default_rng(0))
    assert hidden.events is not None and hidden.events.shape[1] == 4
    visible = hidden.graph.adjacency.toarray() > 0
    for members in events:
        pairs = [(a, b) for a in members for b in members if a < b]
        seen = [visible[pair] for pair in pairs]
        elsewhere = [any(a in e and b in e for e in events if e is not members) for a, b in pairs]
        assert all(seen) or not any(s and not o for s, o in zip(seen, elsewhere, strict=True))


def make_events() -> sparse.csr_array:
    """Thirteen organizations in five events that overlap."""
    events = [range(0, 4), range(3, 7), range(6, 10), range(9, 13), range(0, 13, 4)]
    cells = [(member, k) for k, members in enumerate(events) for member in members]
    rows, columns = zip(*cells, strict=True)
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(13, 5))


def test_a_tie_is_hidden_with_the_last_of_its_documents() -> None:
    incidence = make_events()
    adjacency = project_events(incidence)
    by_event = hide_events(incidence, np.random.default_rng(4))
    documents = link_events(adjacency, incidence)
    hidden = hide_documents(adjacency, documents, np.random.default_rng(4))
    assert (hidden.ties != by_event.ties).nnz == 0 and hidden.ties.nnz > 0
    each = sparse.csr_array(sparse.eye_array(adjacency.nnz // 2))
    alone = hide_documents(adjacency, each, np.random.default_rng(4))
    assert (alone.ties != hide_ties(adjacency, np.random.default_rng(4)).ties).nnz == 0


def test_own_weights_never_learn_from_half_a_meeting() -> None:
    meetings = sparse.csr_array(np.kron(np.eye(8), np.ones((4, 1))))  # eight, of four each
    visible = PairFeatures(VisibleGraph(project_events(meetings)), ())
    documents = link_events(visible.graph.adjacency, meetings)
    assert any(truth.any() for _, truth in hide_again(visible, TOPOLOGY))
    assert not any(truth.any() for _, truth in hide_again(visible, TOPOLOGY, documents))


def test_few_ties_leave_the_shipped_weights_alone() -> None:
    shipped = np.linspace(0.1, 0.7, len(TOPOLOGY))
    path = PairFeatures(make_graph(nx.path_graph(5)), ())
    assert (fit_own_weights(path, TOPOLOGY, shipped) == shipped).all()
    x, truth = np.zeros((40, 2)), np.arange(40) < FEWEST_HIDDEN - 1
    assert (fit_own([(x, truth)], np.array([0.5, 0.5])) == 0.5).all()


def test_own_weights_move_towards_what_helps_here() -> None:
    random = np.random.default_rng(0)
    truth = np.arange(600) < 60
    x = random.standard_normal((600, 2))
    x[:, 0] += 2.0 * truth
    moved = fit_own([(x, truth)] * 3, np.array([0.5, 0.5]))
    assert moved[0] > 0.8 and 0.0 <= moved[1] < 0.5


@pytest.mark.slow
def test_trees_mean_what_was_fitted() -> None:
    ensemble = pytest.importorskip("sklearn.ensemble")
    sys.path.insert(0, "benchmarks")
    from ranker_trees import flatten_trees

    random = np.random.default_rng(0)
    x = random.standard_normal((2000, 6)).astype(np.float32)
    y = (x[:, 0] * x[:, 1] + x[:, 2] > 0.3).astype(int)
    model = ensemble.HistGradientBoostingClassifier(max_iter=20, random_state=0).fit(x, y)
    trees = flatten_trees(model)
    expected = model.decision_function(x)
    found = trees.predict(x)
    assert np.ptp(found - expected) < 1e-5  # equal but for the constant


def test_shipped_trees_are_small_and_sound() -> None:
    trees = load_trees()
    assert isinstance(trees, Trees)
    assert (np.diff(trees.roots) > 0).all() and (trees.feature >= -1).all()
    inner = trees.feature >= 0
    assert (trees.left[inner] > 0).all() and (trees.right[inner] > 0).all()
    assert np.isfinite(trees.value).all() and np.isfinite(trees.threshold).all()


@pytest.mark.slow
def test_best_adds_up_and_needs_no_training_library(prairie: Network) -> None:
    layer = build_layer(prairie)
    scoring = score_pairs_of(prairie, layer, load_ranker("best"), build_features(prairie, layer))
    pairs = scoring.warm
    assert pairs.columns[-1] == PATTERN
    for row in range(0, len(pairs.i), 997):
        assert pairs.contributions(row).sum() == pytest.approx(pairs.score[row], abs=1e-9)
    code = (
        "import sys, partnet; n = partnet.load_sample('prairie');"
        "t = partnet.score_pairs(n, ranker='best'); assert len(t) > 100;"
        "assert not [m for m in sys.modules if m.split('.')[0] == 'sklearn']"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_both_rankers_give_the_same_pairs_in_a_fixed_order(prairie: Network) -> None:
    tables = [score_pairs(prairie, ranker=name) for name in ("readable", "best", "best")]
    assert tables[1].equals(tables[2])
    keys = [set(zip(t["a"], t["b"], strict=True)) for t in tables[:2]]
    assert keys[0] == keys[1]
    together = tables[0].merge(tables[1], on=["a", "b"])
    assert together["score_x"].corr(together["score_y"], method="spearman") > 0.7


def test_profile_columns_of_a_networkx_graph_become_fields() -> None:
    graph = nx.karate_club_graph()
    for v, data in graph.nodes(data=True):
        data.clear()
        data.update(circle=str(v % 2), size=float(v * v), code=str(v % 11), nothing="x")
    for *_, data in graph.edges(data=True):
        data.clear()
    net = Network.from_networkx(graph)
    names = [(field.name, field.kind) for field in build_fields(net)]
    assert names == [
        ("circle", "category"), ("size", "number"), ("code", "number"), ("code", "category"),
    ]  # fmt: skip
    assert set(score_pairs(net)["situation"]) == {"ties_and_attributes"}


def test_codes_are_read_as_numbers_and_as_categories() -> None:
    import pandas as pd

    codes = pd.Series([str(k % 12) for k in range(60)])
    assert [field.kind for field in make_fields("code", codes)] == ["number", "category"]
    shares = pd.Series([str(k / 7) for k in range(60)])
    assert [field.kind for field in make_fields("share", shares)] == ["number"]
    assert make_fields("note", pd.Series([f"text {k}" for k in range(60)])) == []


def test_rates_of_a_field_without_meaning_are_near_zero() -> None:
    random = np.random.default_rng(0)
    expected = np.full((6, 6), 12.0)
    noise = random.poisson(expected).astype(float)
    assert np.abs(shrink_rates(noise, expected, 1.0)).max() < 0.15
    strong = np.where(np.eye(6) > 0, 60.0, 3.0)
    rates = shrink_rates(strong, expected, 1.0)
    assert rates[0, 0] > 1.2 and rates[0, 1] < -0.8


def test_communities_of_cliques_are_the_cliques() -> None:
    graph = nx.disjoint_union_all([nx.complete_graph(5)] * 3)
    graph.add_edges_from([(0, 5), (5, 10)])
    adjacency = sparse.csr_array(nx.to_scipy_sparse_array(graph, dtype=float))
    found = cut_by_louvain(*as_rows(adjacency), np.arange(15), 1.0)
    assert [set(found[k : k + 5].tolist()) for k in (0, 5, 10)] == [
        {found[0]}, {found[5]}, {found[10]},
    ]  # fmt: skip
    assert len(set(found.tolist())) == 3
    rates = BlockRates(adjacency, list(cut_communities(adjacency, 0)))
    i, j = np.array([1, 1]), np.array([2, 7])
    assert rates(i, j)[0] > 0 > rates(i, j)[1]
    assert (rates(i, j) == rates(j, i)).all()


def test_louvain_is_as_good_as_that_of_networkx() -> None:
    graph = nx.karate_club_graph()
    adjacency = sparse.csr_array(nx.to_scipy_sparse_array(graph, weight=None, dtype=float))

    def modularity(cut: np.ndarray) -> float:
        parts = [set(np.flatnonzero(cut == c).tolist()) for c in np.unique(cut)]
        return float(nx.community.modularity(graph, parts, weight=None))

    best = max(modularity(cut) for cut in cut_communities(adjacency, 0))
    theirs = nx.community.louvain_communities(graph, weight=None, seed=0)
    assert best >= nx.community.modularity(graph, theirs, weight=None) - 0.005


def test_positions_explain_the_ties_better_than_activity_alone() -> None:
    graph = make_graph(nx.karate_club_graph())
    position, activity, sign = graph.positions
    i, j = np.triu_indices(graph.n, k=1)
    tied = graph.adjacency.toarray()[i, j]

    def likelihood(level: np.ndarray) -> float:
        return float((tied * level - np.logaddexp(0, level)).sum())

    full = graph.latent_score(i, j)
    assert likelihood(full) > likelihood(activity[i] + activity[j]) + 10
    again = fit_positions(graph.adjacency, *graph._spectrum, SEED)
    assert (again[0] == position).all() and (again[2] == sign).all()
