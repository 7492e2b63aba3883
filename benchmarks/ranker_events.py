"""Judge the shipped ranker where ties come from meetings, whole meetings hidden.

    python benchmarks/ranker_events.py FOLDER [FOLDER ...] [--seeds 3]

Each folder holds networks.csv, ties.csv and their two-mode twins; networks without a twin are left
out. One meeting in five is hidden. The ranker scores what is left twice: with nothing but ties, and
with the meetings behind them. Written into docs/recommender.md: means over families, intervals
drawn over families, and what is said against what is found.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from evaluate_ranker import DOCUMENT, fill_in
from ranker_calibration import compare_said
from ranker_corpus import Example, read_corpus
from ranker_tables import Scored, measure_all, write_markdown
from scipy import sparse

from partnet.questions.recommendation.features.events import is_of_meetings
from partnet.questions.recommendation.features.features import PairFeatures
from partnet.questions.recommendation.features.graph import VisibleGraph, list_ends, list_warm
from partnet.questions.recommendation.ranking.holdout import hide_events, link_events
from partnet.questions.recommendation.ranking.ranker import load_ranker
from partnet.questions.recommendation.ranking.reference_pairs import list_situations

TIES, MEETINGS = "readable, ties alone", "readable, meetings"
ATTENDED, WALKS = "meetings attended", "pagerank_both_walks"
SHOWN = ("auc", "hit_1", "hit_5")
HEALTH = "ct_"  # families of clinical trials, none of which had a part in the weights
DRAWS = 4000


@dataclass(frozen=True)
class Judged:
    """One network with meetings hidden: scores, and what either ranker says."""

    scored: Scored
    said: dict[str, np.ndarray]


def judge(example: Example, seed: int, number: int) -> Judged | None:
    """Hide one meeting in five and score the pairs of which both ends keep a tie."""
    assert example.events is not None
    hidden = hide_events(example.events, np.random.default_rng([seed, number]))
    left, adjacency = hidden.events, hidden.graph.adjacency
    assert left is not None
    plain = VisibleGraph(adjacency)
    links = link_events(adjacency, left)
    links = sparse.csr_array(links[:, np.flatnonzero(links.sum(axis=0))])
    known = plain
    if is_of_meetings(plain.n, *list_ends(adjacency), links):
        known = VisibleGraph(adjacency, None, links)
    i, j = list_warm(plain)
    truth = hidden.is_hidden(i, j)
    if not truth.any() or truth.all():
        return None
    hubs, attended = (np.log(np.diff(m.indptr) + 1.0) for m in (adjacency, left))
    scores = {
        "popularity": hubs[i] + hubs[j],
        ATTENDED: attended[i] + attended[j],
        "resource_allocation": plain.allocate(i, j),
        WALKS: plain.walk_between(i, j),
    }
    said = {}
    for name, graph in ((TIES, plain), (MEETINGS, known)):
        features = PairFeatures(graph, example.fields)
        warm = list_situations(features, load_ranker(), links)[0].score_all(i, j)
        scores[name], said[name] = warm.score, warm.probability
    about = (example.name, example.family, example.domain, example.n, bool(example.fields), seed)
    return Judged(Scored(*about, i, j, truth, plain.degree, 0.0, scores), said)


def read_meetings(folders: Sequence[Path]) -> Iterator[Example]:
    """Read the networks whose ties are the projection of meetings, the smallest first."""
    found = [one for folder in folders for one in read_corpus(folder) if one.events is not None]
    for one in sorted(found, key=lambda one: (one.n, one.name)):
        yield replace(one, events=sparse.csr_array(one.events))


def average_families(frame: pd.DataFrame) -> pd.DataFrame:
    """Mean over families of the mean over their networks, one row a method."""
    families = frame.groupby(["method", "family"], sort=False)[list(SHOWN)].mean()
    return families.groupby(level="method", sort=False).mean()


def compare_families(frame: pd.DataFrame, one: str, other: str, measure: str) -> str:
    """Difference of two methods with its interval over families."""
    wide = frame.groupby(["family", "method"])[measure].mean().unstack()
    off = (wide[one] - wide[other]).to_numpy()
    return say_interval(off)


def say_interval(off: np.ndarray) -> str:
    """Mean of the differences of families, and its interval when families are drawn again."""
    drawn = np.random.default_rng(0).integers(0, len(off), size=(DRAWS, len(off)))
    low, high = np.percentile(off[drawn].mean(axis=1), [2.5, 97.5])
    return f"{off.mean():+.3f} ({low:+.3f} to {high:+.3f})"


def write_report(judged: Sequence[Judged], seeds: int) -> str:
    """Write all tables."""
    frame = measure_all([one.scored for one in judged])
    health = frame[frame["family"].str.startswith(HEALTH)]
    others = frame[~frame["family"].str.startswith(HEALTH)]
    parts = []
    for title, part in (("Families of meetings", others), ("Clinical trials", health)):
        counts = f"{part['network'].nunique()} networks, {part['family'].nunique()} families"
        parts += [f"**{title}** ({counts}, {seeds} seeds)", write_markdown(average_families(part))]
    gains = {
        f"{title}: {measure}": {
            f"over {other}": compare_families(part, MEETINGS, other, measure)
            for other in (WALKS, ATTENDED, TIES)
        }
        for title, part in (("all families", frame), ("clinical trials", health))
        for measure in SHOWN
    }
    parts += [f"**Gains of *{MEETINGS}***", write_markdown(pd.DataFrame(gains).T)]
    for name in (TIES, MEETINGS):
        parts += _write_calibration(judged, name)
    return "\n\n".join(parts)


def _write_calibration(judged: Sequence[Judged], name: str) -> list[str]:
    size = Counter(one.scored.family for one in judged)
    shares = [1.0 / len(one.scored.i) / size[one.scored.family] for one in judged]
    weight = [np.full(len(o.scored.i), share) for o, share in zip(judged, shares, strict=True)]
    truth = np.concatenate([one.scored.truth for one in judged])
    said = np.concatenate([one.said[name] for one in judged])
    found = compare_said(load_ranker().slope, said, truth, np.concatenate(weight))
    title = f"**Said and found, {name}**: error {found.error:.4f}"
    return [title, write_markdown(found.curve, digits=4)]


def main() -> None:
    """Judge, and write the part of the document on meetings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    judged = []
    for number, example in enumerate(read_meetings(arguments.folders)):
        found = [judge(example, seed, number) for seed in range(arguments.seeds)]
        judged += [one for one in found if one is not None]
        print(example.name, flush=True)
    text = write_report(judged, arguments.seeds)
    document = DOCUMENT.read_text(encoding="utf-8")
    document = fill_in(document, "meetings", text, "ranker_events")
    DOCUMENT.write_text(document, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
