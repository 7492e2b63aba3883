"""How often the ranges over imputations hold the truth: real surveys with 30% of answers hidden.

    python -m benchmarks.imputation_coverage FOLDER [--hidings 200] [--draws 200] [--fitted]

FOLDER holds ``networks.csv`` and ``ties.csv`` of directed surveys. Of each survey 30% of the
organizations are silenced by chance, again and again; ranges over imputations of what is left are
held against the figures of the whole. ``--fitted`` takes the surveys by which ranges were widened
(``ranges.WIDENED``), else five that were kept aside. The figures of the many small networks come
from the plain loops below, which are held against partnet's own first.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pandas as pd
from scipy import sparse

from partnet.core.arrays import symmetrize
from partnet.facts.graph.layers import Layer
from partnet.facts.graph.survey import Survey
from partnet.measures.chance.bootstrap import measure_statistics
from partnet.measures.chance.ranges import SCORES, WIDENED, find_ends, widen
from partnet.measures.missing.nonresponse import draw_answers

HIDDEN, SEED = 0.3, 20261124
KEPT = ("esf/networks", "estuary/07_1999", "estuary/03_2001", "estuary/07_2001")
KEPT = (*KEPT, "ohio_organizing/2016")
FITTED = ("estuary/01_1999", "estuary/09_2001", "estuary/05_1999", "estuary/02_1999")
FITTED = (*FITTED, "estuary/10_1999", "estuary/08_2001", "ohio_organizing/2013")
DIRECTED = ("density", "reciprocity", "betweenness_centralization")
UNDIRECTED = ("density", "transitivity", "degree_centralization", "betweenness_centralization")
UNDIRECTED = (*UNDIRECTED, "mean_constraint")
FIGURES = [f"{name} (arrows)" for name in DIRECTED] + list(UNDIRECTED)
MEASURES = ("degree", "betweenness", "harmonic")


def read_survey(folder: Path, name: str) -> np.ndarray:
    """Read the matrix of who names whom."""
    with (folder / "networks.csv").open(encoding="utf-8") as file:
        (size,) = [int(r["nodes"]) for r in csv.DictReader(file) if r["network"].endswith(name)]
    named = np.zeros((size, size))
    with (folder / "ties.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["network"].endswith(name):
                named[int(row["source"]), int(row["target"])] = 1.0
    np.fill_diagonal(named, 0.0)
    return named


def make_layer(named: np.ndarray, told: np.ndarray | None = None, *, directed: bool) -> Layer:
    """Give the layer of a matrix, and of those who answered."""
    ids = pd.RangeIndex(len(named)).astype("str")
    survey = None if told is None else Survey(np.ones_like(told), told, told)
    matrix = sparse.csr_array(named)
    matrix = matrix if directed else symmetrize(matrix)
    return Layer(ids, pd.Series(ids, index=ids), matrix, directed=directed, survey=survey)


@numba.njit(cache=True)
def follow_paths(tie: Any) -> Any:
    """Betweenness and harmonic closeness (of ways from each) by plain searches."""
    n = len(tie)
    between, near = np.zeros(n), np.zeros(n)
    for source in range(n):
        steps, paths, passed = np.full(n, -1), np.zeros(n), np.zeros(n)
        queue = np.zeros(n, np.int64)
        steps[source], paths[source], queue[0] = 0, 1.0, source
        head, tail = 0, 1
        while head < tail:
            u = queue[head]
            head += 1
            for v in range(n):
                if tie[u, v] > 0 and steps[v] < 0:
                    steps[v] = steps[u] + 1
                    near[source] += 1.0 / steps[v] / (n - 1)
                    queue[tail] = v
                    tail += 1
                if tie[u, v] > 0 and steps[v] == steps[u] + 1:
                    paths[v] += paths[u]
        for k in range(tail - 1, 0, -1):
            u = queue[k]
            for v in range(n):
                if tie[u, v] > 0 and steps[v] == steps[u] + 1:
                    passed[u] += paths[u] / paths[v] * (1.0 + passed[v])
            between[u] += passed[u] / ((n - 1) * (n - 2))
    return between, near


@numba.njit(cache=True)
def measure_constraint(tie: Any, degree: Any) -> Any:
    """Mean constraint of those with a tie."""
    n, total, tied = len(tie), 0.0, 0
    for i in range(n):
        tied += degree[i] > 0
        for j in range(n):
            if tie[i, j] > 0:
                share = 1.0 / degree[i]
                for q in range(n):
                    if tie[i, q] > 0 and tie[q, j] > 0:
                        share += 1.0 / degree[i] / degree[q]
                total += share * share
    return total / tied if tied else np.nan


def measure_all(named: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The figures of the network in the order of FIGURES, and a row of scores a measure."""
    n, flat = len(named), np.maximum(named, named.T)
    degree = flat.sum(axis=1)
    arrows, between, near = follow_paths(named)[0], *follow_paths(flat)
    triples = (degree * (degree - 1)).sum()
    spread = [(s.max() * n - s.sum()) / (n - 1) for s in (arrows, between)]
    figures = [
        named.mean() * n / (n - 1),
        (named * named.T).sum() / max(named.sum(), 1),
        spread[0],
        flat.mean() * n / (n - 1),
        np.einsum("ij,jk,ik->", flat, flat, flat) / triples if triples else 0.0,
        (degree.max() * n - degree.sum()) / ((n - 1) * (n - 2)),
        spread[1],
        measure_constraint(flat, degree),
    ]
    return np.array(figures), np.stack([degree, between, near])


def check_figures(named: np.ndarray) -> None:
    """Hold the plain loops against partnet's own figures."""
    figures, scores = measure_all(named)
    arrows = measure_statistics(make_layer(named, directed=True))
    flat = make_layer(named, directed=False)
    whole = measure_statistics(flat)
    expected = [*(arrows[name] for name in DIRECTED), *(whole[name] for name in UNDIRECTED)]
    np.testing.assert_allclose(figures, expected, rtol=1e-9)
    np.testing.assert_allclose(scores, [SCORES[name](flat) for name in MEASURES], rtol=1e-9)


def hold_ranges(named: np.ndarray, hidings: int, draws: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ranges of every hiding beside the truth: of the network, and of its organizations."""
    truth, own = measure_all(named)
    random = np.random.default_rng(SEED)
    rows, scores = [], []
    for hiding in range(hidings):
        told = np.ones(len(named), dtype=bool)
        told[random.choice(len(named), round(HIDDEN * len(named)), replace=False)] = False
        layer = make_layer(named * told[:, None], told, directed=True)
        drawn = [
            measure_all((net.matrix.toarray() > 0).astype(float))
            for net in draw_answers(layer, draws=draws, seed=hiding)
        ]
        low, middle, high = np.quantile([f for f, _ in drawn], [0.05, 0.5, 0.95], axis=0)
        rows += [*zip(FIGURES, truth, low, middle, high, strict=True)]
        values = np.array([s for _, s in drawn])
        ends = [find_ends(values[:, k]) for k in range(len(MEASURES))]
        bottom, top = (np.stack(side) for side in zip(*ends, strict=True))
        for k, name in enumerate(MEASURES):
            wide = top[k] > bottom[k] + 1e-12
            held = (bottom[k] - 1e-12 <= own[k]) & (own[k] <= top[k] + 1e-12)
            scores.append((name, int(wide.sum()), int((held & wide).sum())))
    columns = ["figure", "truth", "low", "middle", "high"]
    return pd.DataFrame(rows, columns=columns), pd.DataFrame(scores, columns=["m", "wide", "held"])


def share_held(found: pd.DataFrame, *, widened: bool) -> pd.Series:
    """Share of the hidings in which the range holds the truth, by figure."""
    low, high = found["low"].to_numpy(), found["high"].to_numpy()
    if widened:
        factor = found["figure"].map(WIDENED).fillna(1.0).to_numpy(dtype=float)
        low, high = widen(low, found["middle"].to_numpy(), high, factor)
    held = (low - 1e-12 <= found["truth"]) & (found["truth"] <= high + 1e-12)
    return held.groupby(found["figure"], sort=False).mean()


def find_factor(found: pd.DataFrame) -> pd.Series:
    """By how much ranges must be widened to hold nine in ten, by figure."""
    away = found["truth"] - found["middle"]
    half = np.where(away > 0, found["high"] - found["middle"], found["middle"] - found["low"])
    needed = np.where(away.abs() < 1e-12, 0.0, away.abs() / np.maximum(half, 1e-12))
    return pd.Series(needed).groupby(found["figure"], sort=False).quantile(0.9)


def main() -> None:
    """Print the table of the study."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hidings", type=int, default=200)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--fitted", action="store_true")
    chosen = parser.parse_args()
    ranges, scores = {}, {}
    for name in FITTED if chosen.fitted else KEPT:
        named = read_survey(chosen.folder, name)
        check_figures(named)
        ranges[name], scores[name] = hold_ranges(named, chosen.hidings, chosen.draws)
    every = pd.concat(ranges.values())
    for widened in (False, True):
        table = pd.DataFrame({n: share_held(f, widened=widened) for n, f in ranges.items()})
        table["all"] = share_held(every, widened=widened)
        print("widened" if widened else "as drawn", table.round(2).to_string(), sep="\n")
    print(find_factor(every.reset_index(drop=True)).round(2).to_string())
    sums = {n: f.groupby("m", sort=False)[["held", "wide"]].sum() for n, f in scores.items()}
    table = pd.DataFrame({n: f["held"] / f["wide"] for n, f in sums.items()})
    print("organizations whose range is no point", table.round(2).to_string(), sep="\n")


if __name__ == "__main__":
    main()
