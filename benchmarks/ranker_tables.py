"""From left-out scores to the tables of docs/recommender.md: means, intervals, release gates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from ranker_baselines import SINGLE

from partnet.questions.recommendation.evaluation.metrics import (
    find_hits,
    measure_auc,
    measure_precision,
)

METHODS = ("chance", *SINGLE, "own_forest", "readable", "best")
MEASURES = ("auc", "auc_by_degree", "precision", "hit_1", "hit_5", "reciprocal_rank")
SIZES = ((0, 20), (20, 40), (40, 80), (80, 10**9))
DRAWS = 1000


@dataclass(frozen=True)
class Scored:
    """Pairs of one network, ties hidden with one seed, scored by rankers that never saw it."""

    network: str
    family: str
    domain: str
    n: int
    attributes: bool
    seed: int
    i: np.ndarray
    j: np.ndarray
    truth: np.ndarray
    degree: np.ndarray
    expected: float
    scores: dict[str, np.ndarray]

    @property
    def usable(self) -> bool:
        """Whether there is anything to find, and anything to mistake it for."""
        return bool(self.truth.any() and not self.truth.all())


def measure_all(scored: Sequence[Scored]) -> pd.DataFrame:
    """One row a network and method: every measure, mean over seeds."""
    rows = []
    for one in scored:
        if one.usable:
            about = (one.network, one.family, one.domain, one.n, one.attributes)
            rows += [(*about, name, *measures) for name, measures in _measure(one)]
    columns = ["network", "family", "domain", "n", "attributes", "method", *MEASURES]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.groupby(columns[:6], sort=False, as_index=False)[list(MEASURES)].mean()


def _measure(one: Scored) -> list[tuple[str, tuple[float, ...]]]:
    by_degree = (one.degree[one.i] + 1) * (one.degree[one.j] + 1)
    found = []
    for name, score in one.scores.items():
        rounded = np.round(score, 9)
        hits = find_hits(rounded, one.truth, one.i, one.j)
        measures = (
            measure_auc(rounded, one.truth), measure_auc(rounded, one.truth, by_degree),
            measure_precision(rounded, one.truth), hits.hit(1).mean(), hits.hit(5).mean(),
            hits.reciprocal_rank.mean(),
        )  # fmt: skip
        found.append((name, tuple(float(value) for value in measures)))
    hits = find_hits(one.i * 0.0, one.truth, one.i, one.j)
    blind = ((hits.hidden + 1) / (hits.candidates + 1)).mean()
    chance = (0.5, 0.5, one.truth.mean(), hits.chance(1).mean(), hits.chance(5).mean(), blind)
    return [("chance", tuple(float(value) for value in chance)), *found]


def average(frame: pd.DataFrame) -> pd.DataFrame:
    """Mean over networks, one row a method."""
    means = frame.groupby("method", sort=False)[list(MEASURES)].mean()
    return means.reindex([name for name in METHODS if name in means.index])


def compare(frame: pd.DataFrame, one: str, other: str, measure: str) -> tuple[float, float, float]:
    """Mean difference over networks, and its 95% interval by drawing families."""
    wide = frame.pivot_table(index=["family", "network"], columns="method", values=measure)
    off = (wide[one] - wide[other]).dropna()
    if off.empty:
        return (float("nan"),) * 3
    grouped = off.groupby(level="family").agg(["sum", "count"])
    random = np.random.default_rng(0)
    drawn = random.integers(0, len(grouped), size=(DRAWS, len(grouped)))
    total, count = (grouped[c].to_numpy(dtype=float)[drawn].sum(axis=1) for c in ("sum", "count"))
    low, high = np.percentile(total / count, [2.5, 97.5])
    return float(off.mean()), float(low), float(high)


def group_networks(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """All networks, by size, by domain, and those with attributes."""
    found = {"all": frame}
    for low, high in SIZES:
        label = f"{low + 1} to {high} organizations" if high < 10**9 else f"more than {low}"
        found[label] = frame[(frame["n"] > low) & (frame["n"] <= high)]
    for domain in sorted(frame["domain"].unique()):
        found[f"domain: {domain}"] = frame[frame["domain"] == domain]
    found["with attributes"] = frame[frame["attributes"]]
    chosen = frame["attributes"] & (frame["domain"] == "org")
    found["organizations with attributes"] = frame[chosen]
    return found


@dataclass(frozen=True)
class Gate:
    """One line that must be reached before weights are shipped."""

    text: str
    found: str
    reached: bool


def check_difference(
    frame: pd.DataFrame, text: str, one: str, other: str, measure: str, least: float,
    *, clear: bool = False,
) -> Gate:  # fmt: skip
    """Hold a difference against the least that is asked, and where asked its interval against 0."""
    mean, low, high = compare(frame, one, other, measure)
    reached = mean >= least and (low > 0 or not clear)
    return Gate(text, f"{mean:+.4f} ({low:+.4f} to {high:+.4f})", reached)


def check_sizes(frame: pd.DataFrame, ranker: str) -> Gate:
    """No size band and no domain may fall below the best single score by more than .005 AUC."""
    worst = []
    for label, part in group_networks(frame).items():
        banded = label.endswith(" organizations") or label.startswith(("more", "domain"))
        if banded and len(part):
            means = average(part)["auc"]
            worst.append((means[ranker] - max(means[name] for name in SINGLE), label))
    least, label = min(worst)
    text = f"{ranker}: no size band or domain below the best single score by more than .005 AUC"
    return Gate(text, f"worst {least:+.4f} ({label})", least >= -0.005)


def write_markdown(frame: pd.DataFrame, *, digits: int = 3) -> str:
    """Write a table of numbers as Markdown."""
    head = ["", *map(str, frame.columns)]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    write: Callable[[object], str] = lambda v: f"{v:.{digits}f}" if isinstance(v, float) else str(v)  # noqa: E731
    for label, row in frame.iterrows():
        lines.append("| " + " | ".join([str(label), *(write(v) for v in row)]) + " |")
    return "\n".join(lines)
