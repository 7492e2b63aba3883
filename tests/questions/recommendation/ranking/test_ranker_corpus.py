"""What is evaluated is what is shipped: the benchmark and the library measure the same columns."""

from __future__ import annotations

import sys
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from partnet import Network, score_pairs
from partnet.questions.recommendation.evaluation.metrics import measure_auc
from partnet.questions.recommendation.features.features import CLIP_IN_TRAINING, WARM
from partnet.questions.recommendation.ranking.ranker import load_ranker
from partnet.questions.recommendation.ranking.shrinkage import fit_own

from ....shared_data import FOLDER

sys.path.insert(0, str(Path(__file__).parents[4] / "benchmarks"))
NETWORKS = FOLDER / "networks"
CHOSEN = ("orgs2:ohio_organizing/2013", "networkdata:law_advice", "UserNetR:DHHS")

pytestmark = pytest.mark.skipif(
    not NETWORKS.is_dir(), reason="the training networks are not beside the project"
)


@pytest.fixture(scope="module")
def material():  # type: ignore[no-untyped-def]
    pytest.importorskip("sklearn")
    from ranker_corpus import read_corpus

    return {example.name: example for example in read_corpus(NETWORKS, CHOSEN)}


def build_network(example, hidden) -> Network:  # type: ignore[no-untyped-def]
    """The visible network as a user would hand it over: ties, strengths and text columns."""
    graph = nx.Graph()
    ids = [f"{k:04d}" for k in range(example.n)]
    for k, id_ in enumerate(ids):
        columns = {f"own {name}": str(value) for name, value in example.columns.iloc[k].items()}
        graph.add_node(id_, **columns)
    i, j = np.nonzero(np.triu(hidden.graph.adjacency.toarray()))
    strength = example.strength.toarray()
    graph.add_edges_from(
        (ids[a], ids[b], {"strength": strength[a, b]}) for a, b in zip(i, j, strict=True)
    )
    return Network.from_networkx(graph)


@pytest.mark.parametrize("name", CHOSEN)
@pytest.mark.parametrize("ranker", ["readable", "best"])
def test_the_library_scores_as_the_evaluation_does(material, name: str, ranker: str) -> None:  # type: ignore[no-untyped-def]
    from ranker_samples import hide, make_sample

    example = material[name]
    sample = make_sample(0, example, 0)
    hidden = hide(example, np.random.default_rng([0, 0]))
    table = score_pairs(build_network(example, hidden), ranker=ranker)
    warm = table[table["situation"] != "newcomer"]
    at = warm["a"].astype(int).to_numpy(), warm["b"].astype(int).to_numpy()
    place = {(a, b): k for k, (a, b) in enumerate(zip(*at, strict=True))}
    pairs = sample.warm
    rows = [place[a, b] for a, b in zip(pairs.i, pairs.j, strict=True)]
    assert len(rows) == len(warm)
    columns = warm[[f"x_{c}" for c in WARM]].to_numpy()[rows]
    assert np.clip(columns, -CLIP_IN_TRAINING, CLIP_IN_TRAINING) == pytest.approx(pairs.scaled)
    loaded = load_ranker(ranker)
    weights = loaded.weights_for("ties_and_attributes", WARM)
    score = pairs.scaled @ fit_own(sample.inner, weights)
    if ranker == "best":
        score = score + loaded.weights["ties_and_attributes"]["pattern"] * _order(pairs)
    found = measure_auc(warm["score"].to_numpy()[rows], pairs.truth)
    assert found == pytest.approx(measure_auc(score, pairs.truth), abs=2e-3)  # clipped at 4, at 6


def _order(pairs) -> np.ndarray:  # type: ignore[no-untyped-def]
    from partnet.questions.recommendation.features.features import normal_quantiles
    from partnet.questions.recommendation.ranking.trees import load_trees

    return normal_quantiles(load_trees().predict(pairs.columns)[:, None])[:, 0]
