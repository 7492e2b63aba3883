from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from partnet.measures.centrality.paths import measure_betweenness, measure_weighted_paths
from partnet.measures.centrality.sampling import FEWEST, draw_sources, find_betweenness
from partnet.questions.centrality.question import measure_centrality
from partnet.questions.centrality.text import note_sampling

from ...builders import bridge_of_two_cliques
from ..graphs import layer_of

LARGE = layer_of(nx.barabasi_albert_graph(600, 3, seed=2))


def test_small_networks_are_exact_and_nothing_is_said() -> None:
    layer = layer_of(nx.karate_club_graph(), weight=None)
    found = find_betweenness(layer)
    assert found.error is None and found.sources is None and note_sampling(found) == ()
    assert list(found.columns()) == ["betweenness"]
    np.testing.assert_array_equal(found.values, measure_betweenness(layer))


def test_the_estimate_has_no_bias_and_an_honest_error_bar() -> None:
    exact = measure_betweenness(LARGE)
    drawn = [find_betweenness(LARGE, most_steps=1e6, seed=seed) for seed in range(30)]
    assert {len(set(found.sources.tolist())) for found in drawn} == {FEWEST}
    top = np.argsort(-exact)[:20]
    values = np.array([found.values for found in drawn])[:, top]
    error = values.std(axis=0, ddof=1) / np.sqrt(30)
    assert (np.abs(values.mean(axis=0) - exact[top]) < 4 * error).all()
    off = np.abs(values - exact[top]) / np.array([found.error[top] for found in drawn])
    assert 0.55 < (off < 1).mean() < 0.8  # 68 % of errors are within one standard error
    assert (off < 3).mean() > 0.95


def test_sampling_every_source_is_exact() -> None:
    sources = np.arange(LARGE.n, dtype=np.int32)
    np.testing.assert_allclose(
        measure_weighted_paths(LARGE, sources=sources)[0], measure_weighted_paths(LARGE)[0]
    )


def test_an_estimate_says_that_it_is_one() -> None:
    found = find_betweenness(LARGE, most_steps=1e6)
    assert "betweenness_error" in found.columns()
    (note,) = note_sampling(found)
    assert note.startswith("Betweenness was counted from 200 organizations of 600")
    assert "standard error of 0.0" in note


def test_centrality_passes_the_note_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnet.measures.centrality.sampling.FEWEST", 5)
    default = find_betweenness.__kwdefaults__
    monkeypatch.setitem(default, "most_steps", 1.0)
    found = measure_centrality(bridge_of_two_cliques())
    assert "drawn at random" in found.text
    assert any("drawn at random" in note for note in found.method.notes)
    assert (found.table["betweenness_error"] >= 0).all()


def test_paths_along_lengths_are_sampled_first(monkeypatch: pytest.MonkeyPatch) -> None:
    net = bridge_of_two_cliques()
    exact = measure_centrality(net)
    monkeypatch.setattr("partnet.questions.centrality.question.MOST_WEIGHTED", 1.0)
    monkeypatch.setattr("partnet.measures.centrality.sampling.FEWEST", 5)
    found = measure_centrality(bridge_of_two_cliques())
    assert found.claims["sampling_weighted"] == {"sources": 5}
    assert "Weighted betweenness and closeness were counted from 5 organizations of" in found.text
    assert any("without strengths are exact" in note for note in found.method.notes)
    weighted = [name for name in exact.table if name.endswith("_weighted")]
    assert not exact.table[weighted].equals(found.table[weighted])
    rest = [name for name in exact.table if name not in weighted]
    assert exact.table[rest].equals(found.table[rest])
    assert "sampling_weighted" not in measure_centrality(net, weighted=False).claims


def test_any_number_of_workers_gives_the_same_bits() -> None:
    drawn = [find_betweenness(LARGE, most_steps=1e6, workers=w) for w in (1, 2, 4)]
    assert len({found.values.tobytes() for found in drawn}) == 1
    assert draw_sources(LARGE, most_steps=1e12) is None
