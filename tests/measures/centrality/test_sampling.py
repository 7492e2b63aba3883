from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from partnet.measures.centrality.paths import (
    measure_betweenness,
    measure_closeness,
    measure_weighted_paths,
)
from partnet.measures.centrality.sampling import (
    FEWEST,
    draw_sources,
    find_betweenness,
    find_closeness,
    find_weighted_paths,
)
from partnet.questions.centrality.question import measure_centrality
from partnet.questions.centrality.text import note_near, note_sampling
from partnet.questions.structure.question import measure_structure

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


def test_sampling_every_source_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnet.measures.centrality.sampling.FEWEST", LARGE.n)
    passing, near = find_weighted_paths(LARGE, most_steps=1.0)
    exact, exactly = measure_weighted_paths(LARGE)
    np.testing.assert_allclose(passing.values, exact)
    np.testing.assert_allclose(near.closeness, exactly.closeness)
    assert len(passing.sources) == LARGE.n and not passing.error.any()
    near, exactly = find_closeness(LARGE, most_steps=1.0), measure_closeness(LARGE)
    for name in ("reached", "farness", "harmonic", "closeness"):
        np.testing.assert_allclose(getattr(near, name), getattr(exactly, name))
    assert near.longest == exactly.longest and not near.error.any()


def test_sampled_closeness_has_no_bias_and_an_honest_error_bar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    layer = layer_of(nx.barabasi_albert_graph(3_000, 2, seed=3))
    exact = measure_closeness(layer).harmonic
    monkeypatch.setattr("partnet.measures.centrality.sampling.CLOSE", 2_048)  # batches of 512
    drawn = [find_closeness(layer, most_steps=1.0, seed=seed) for seed in range(40)]
    values = np.array([near.harmonic for near in drawn])
    error = np.array([near.error for near in drawn])
    off = values.mean(axis=0) - exact
    assert np.abs(off.mean()) < 4 * values.mean(axis=1).std(ddof=1) / np.sqrt(40)
    assert 0.75 < np.sqrt((error**2).mean()) / np.sqrt(((values - exact) ** 2).mean()) < 1.33


def test_weighted_paths_are_drawn_on_their_own_budget() -> None:
    """A step along lengths takes longer, so that there are fewer sources than without."""
    passing, near = find_weighted_paths(LARGE, most_steps=1e6)
    assert len(passing.sources) == len(near.sources) == FEWEST
    exact, _ = measure_weighted_paths(LARGE)
    top = np.argsort(-exact)[:20]
    assert (np.abs(passing.values - exact)[top] < 4 * passing.error[top]).all()


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
    monkeypatch.setitem(find_weighted_paths.__kwdefaults__, "most_steps", 1.0)
    monkeypatch.setattr("partnet.measures.centrality.sampling.FEWEST", 5)
    found = measure_centrality(bridge_of_two_cliques())
    assert found.claims["sampling_weighted"] == {"sources": 5}
    assert "Weighted betweenness and closeness were counted from 5 organizations of" in found.text
    assert any("without strengths are exact" in note for note in found.method.notes)
    assert "the highest weighted betweenness, 0." in found.text
    assert (found.table["betweenness_weighted_error"] >= 0).all()
    weighted = [name for name in exact.table if name.endswith("_weighted")]
    assert not exact.table[weighted].equals(found.table[weighted])
    rest = [name for name in exact.table if name not in weighted]
    assert exact.table[rest].equals(found.table[rest])
    assert "sampling_weighted" not in measure_centrality(net, weighted=False).claims


def test_any_number_of_workers_gives_the_same_bits() -> None:
    drawn = [find_betweenness(LARGE, most_steps=1e6, workers=w) for w in (1, 2, 4)]
    assert len({found.values.tobytes() for found in drawn}) == 1
    assert draw_sources(LARGE, most_steps=1e12) is None


def test_sampled_closeness_is_said_in_both_verbs(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = measure_structure(bridge_of_two_cliques())
    monkeypatch.setitem(find_closeness.__kwdefaults__, "most_steps", 1.0)
    monkeypatch.setattr("partnet.measures.centrality.sampling.CLOSE", 5)
    net = bridge_of_two_cliques()
    found = measure_centrality(net)
    assert found.claims["sampling_closeness"] == {"sources": 5}
    assert "distances were counted from 5 organizations of" in found.text
    assert "measures without strengths are exact" not in found.text
    shape = measure_structure(net)
    assert "at most among those counted, from 5 organizations drawn at random" in shape.text
    assert any("the longest path may be longer" in note for note in shape.method.notes)
    assert shape.table.loc["diameter", "meaning"].endswith("of those counted")
    assert shape.table.loc["diameter", "value"] <= exact.table.loc["diameter", "value"]
    assert note_near(measure_closeness(LARGE)) == ()
