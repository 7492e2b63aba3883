"""Train the ranker on a folder of networks and write its weights.

    python benchmarks/train_ranker.py FOLDER

The folder holds networks.csv, ties.csv and attributes.csv. One tie in five is hidden (whole events
where ties come from events); columns are measured on what is left. Families of networks stay
in one fold; the same seeds give the same weights.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import gettempdir

import numpy as np
from ranker_corpus import Example, read_corpus, split_families
from ranker_fit import fit_slope
from ranker_readable import Readable, fit_readable, situation_of
from ranker_samples import Sample, make_samples

from partnet.recommend.judging import find_hits, measure_auc

SEEDS = (0, 1, 2)
FOLDS = 5
DATA = Path(__file__).parents[1] / "src" / "partnet" / "data"


def main() -> None:
    """Read the folder, fit, and write data/ranker.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(gettempdir()) / "partnet-ranker")
    arguments = parser.parse_args()
    corpus = read_corpus(arguments.folder)
    seeds = [make_samples(corpus, seed, arguments.cache) for seed in SEEDS]
    path = DATA / "ranker.json"
    shipped = train(corpus, seeds)
    path.write_text(json.dumps(shipped, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(shipped, indent=1))


def train(corpus: Sequence[Example], seeds: Sequence[Sequence[Sample]]) -> dict[str, object]:
    """Fit on every network; calibrate and measure on networks left out."""
    outside = [score_left_out(corpus, samples, seed) for seed, samples in enumerate(seeds)]
    slopes = {
        kind: fit_slope(*_gather([pairs for found in outside for pairs in found[kind]]))
        for kind in ("warm", "newcomer")
    }
    readable = fit_readable(corpus, seeds, np.arange(len(corpus)))
    readable.weights["newcomer"][:] *= slopes["newcomer"] / slopes["warm"]
    return {
        "version": "1",
        "rankers": {
            "readable": {"slope": round(slopes["warm"], 4), "weights": readable.name_weights()}
        },
        "card": write_card(corpus, outside),
    }


def score_left_out(
    corpus: Sequence[Example], samples: Sequence[Sample], seed: int
) -> dict[str, list[tuple[int, np.ndarray]]]:
    """Score every network by weights that no network of its family helped to fit."""
    fold = split_families(list(corpus), FOLDS, seed)
    warm, newcomer = [], []
    for left_out in range(FOLDS):
        readable = fit_readable(corpus, [samples], np.flatnonzero(fold != left_out))
        for k in np.flatnonzero(fold == left_out):
            warm.append(_judge(readable, situation_of(corpus[k]), samples[k].warm, k))
            if corpus[k].fields:
                newcomer.append(_judge(readable, "newcomer", samples[k].newcomer, k))
    return {"warm": warm, "newcomer": newcomer}


def _judge(readable: Readable, situation: str, pairs, k: int):  # type: ignore[no-untyped-def]
    return k, readable.score(situation, pairs), pairs


def _gather(found):  # type: ignore[no-untyped-def]
    return [score for _, score, _ in found], [pairs.truth for _, _, pairs in found]


def write_card(corpus: Sequence[Example], outside) -> dict[str, object]:  # type: ignore[no-untyped-def]
    """Say what the weights were trained on, how they were tested, and what came out."""
    domains = [e.domain for e in corpus]
    return {
        "trained_on": (
            f"{len(corpus)} real networks in {len({e.family for e in corpus})} families, "
            f"{domains.count('org')} of them networks of organizations (agencies, nonprofits, "
            "water policy, boards, relief operations), none of them a health coalition; "
            f"{sum(1 for e in corpus if e.fields)} came with attributes of their members"
        ),
        "protocol": (
            "one tie in five hidden (whole events where ties come from events); everything "
            "measured on what is left; families of networks kept apart; only pairs of which both "
            f"ends keep a tie; mean over networks and {len(outside)} seeds"
        ),
        "left_out": {
            "all": measure_means(outside, range(len(corpus))),
            "organizations": measure_means(
                outside, [k for k, e in enumerate(corpus) if e.domain == "org"]
            ),
            "with_attributes": measure_means(
                outside, [k for k, e in enumerate(corpus) if e.fields]
            ),
        },
        "known_failures": (
            "Hidden ties are easier to find than future ties; no network of the corpus is a health "
            "coalition."
        ),
    }


def measure_means(outside, chosen) -> dict[str, float]:  # type: ignore[no-untyped-def]
    """AUC, hit@1 and hit@5 of the ranker, of resource allocation and of PageRank."""
    wanted = set(chosen)
    rows = []
    for found in outside:
        for k, score, pairs in found["warm"]:
            if k in wanted and pairs.truth.any() and not pairs.truth.all():
                singles = [score, pairs.raw[:, 0], pairs.raw[:, 1]]
                rows.append([value for s in singles for value in _measure(s, pairs)])
    names = ("readable", "resource_allocation", "pagerank")
    keys = [f"{name}_{what}" for name in names for what in ("auc", "hit1", "hit5")]
    return dict(zip(keys, np.round(np.mean(rows, axis=0), 4).tolist(), strict=True))


def _measure(score: np.ndarray, pairs) -> tuple[float, float, float]:  # type: ignore[no-untyped-def]
    hits = find_hits(score, pairs.truth, pairs.i, pairs.j)
    auc = measure_auc(score, pairs.truth)
    return auc, float(hits.hit(1).mean()), float(hits.hit(5).mean())


if __name__ == "__main__":
    main()
