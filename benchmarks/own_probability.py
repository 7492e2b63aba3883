"""How true the sentence on probability is: ties of real networks are hidden once more.

    python benchmarks/own_probability.py FOLDER [FOLDER ...]

Each folder holds networks.csv, ties.csv and, where ties come from meetings, their two-mode twins.
Judged are ten networks of the first folder, the first of every eleventh family, and all networks
of meetings; no family of theirs has a part in the weights, which are fitted anew on the others.

*Hidden once more.* partnet tries itself out on a network as for any user, one tie in five (one
meeting in five) hidden, and with that says of any score what share of pairs scored alike were
held-out ties. Then ties are hidden ten times more, in other draws but the same share, and what is
left is scored as for a user. Held against each other, by band of what is said: the share said of
the pairs, and the share of them that were ties hidden this time. That is what the sentence claims.

*Missing from the file.* One tie in five is taken away before partnet sees the network. Its own test
takes these for pairs without a tie, so it must promise less than is found.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from evaluate_ranker import DOCUMENT, fill_in
from ranker_corpus import Example, read_corpus
from ranker_fit import RIDGE, balance, stack
from ranker_samples import hide, pairs_of
from ranker_tables import write_markdown

from partnet import read_network
from partnet.core.network import Network
from partnet.facts.graph.collaboration import choose_layer
from partnet.facts.graph.layers import Layer
from partnet.questions.recommendation.evaluation.holdout_runs import run_holdouts, split_together
from partnet.questions.recommendation.evaluation.own_network import (
    FEWEST_JUDGED,
    MOST,
    SPLITS,
    OwnTest,
    try_network,
)
from partnet.questions.recommendation.features.features import TOPOLOGY
from partnet.questions.recommendation.features.graph import list_ends
from partnet.questions.recommendation.ranking.ranker import Ranker, load_ranker
from partnet.questions.recommendation.ranking.scores import build_features, score_pairs_of
from partnet.questions.recommendation.ranking.shrinkage import fit_weights

LEAST = 30  # organizations of a network of the ten
STEP, START = 11, 4  # every eleventh family, beginning with the fifth
SEEDS = (101, 202)  # of hiding once more: each hides every tie once, in five parts
EDGES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5)
ENOUGH = 200  # pairs of a band that is judged
MISSING = 0.2  # share of ties, or of meetings, that are taken away before
AGAIN, BEFORE = "hidden once more", "missing from the file"


@dataclass(frozen=True)
class Judged:
    """Pairs of one network: what is said, what the ranker alone would say, and the truth.

    `again` and `before` are tables with a row a pair; empty where nothing is said.
    """

    name: str
    judged: int
    again: pd.DataFrame
    before: pd.DataFrame


def choose(corpus: Sequence[Example]) -> list[Example]:
    """Give ten networks whose ties come from no meetings on file, of ten families."""
    first: dict[str, Example] = {}
    for one in sorted(corpus, key=lambda one: (one.family, one.name)):
        if LEAST <= one.n <= MOST:
            first.setdefault(one.family, one)
    chosen = list(first.values())[START::STEP][:10]
    return [replace(one, events=None) for one in chosen]


def fit_without(corpus: Sequence[Example], families: set[str]) -> Ranker:
    """Fit the weights of ties on all networks but those of some families."""
    others = [one for one in corpus if one.family not in families]
    pairs = []
    for number, one in enumerate(others):
        hidden = hide(one, np.random.default_rng([0, number]))
        pairs.append(pairs_of((), one.strength, hidden, TOPOLOGY, warm=True))
    columns = range(len(TOPOLOGY))
    rows = stack(pairs, balance(others), columns)
    weights = fit_weights(*rows, ridge=RIDGE, start=np.zeros(len(columns)))
    shipped = load_ranker()
    own = dict(zip(TOPOLOGY, weights.tolist(), strict=True))
    return replace(shipped, weights={**shipped.weights, "ties": own})


# -- networks as a user files them -----------------------------------------------------------------

Tie = tuple[str, str, str]  # both ends, and the meeting at which they met, or ""


def list_rows(one: Example) -> list[Tie]:
    """List ties as they would be typed: one row a tie, or one a pair that was at a meeting."""
    if one.events is None:
        ends = list_ends(one.adjacency)
        return [(f"o{a:03}", f"o{b:03}", "") for a, b in zip(*ends, strict=True)]
    rows = []
    for number, column in enumerate(one.events.T.tocsr()):
        there = np.unique(column.indices)
        met = [(a, b) for k, a in enumerate(there) for b in there[k + 1 :]]
        rows += [(f"o{a:03}", f"o{b:03}", f"Meeting {number}") for a, b in met]
    return rows


def file_network(rows: Sequence[Tie], ids: Sequence[str]) -> tuple[Network, Layer]:
    """Read the tables, as from a file of theirs."""
    ties = pd.DataFrame(rows, columns=["source", "target", "evidence"])
    tables = {
        "organizations": pd.DataFrame({"id": ids, "name": ids, "kind": "other"}),
        "ties": ties.assign(relation="collaboration"),
    }
    here = read_network(tables).at()
    return here, choose_layer(here)


# -- what is said, and what is found ---------------------------------------------------------------


def judge(one: Example, ranker: Ranker, number: int) -> Judged:
    """Hide ties of one network once more, and take some away before."""
    rows = list_rows(one)
    ids = sorted({end for row in rows for end in row[:2]})
    here, layer = file_network(rows, ids)
    test = try_network(here, layer, ranker)
    again = [
        compare(test, run.probability, run.truth)
        for seed in SEEDS
        for run in run_holdouts(
            here, layer, ranker, split_together(here, layer, SPLITS, seed=seed), newcomers=False
        )
        if run.usable
    ]
    before = _take_away(rows, ids, ranker, np.random.default_rng([1, number]))
    return Judged(one.name, test.judged, pd.concat(again), before)


def _take_away(
    rows: Sequence[Tie], ids: Sequence[str], ranker: Ranker, random: np.random.Generator
) -> pd.DataFrame:
    """Take ties or meetings away, let partnet try itself out on the rest, and look them up."""
    whole = sorted({row[2] or row[:2] for row in rows}, key=str)
    gone = {whole[k] for k in random.permutation(len(whole))[: round(MISSING * len(whole))]}
    left = [row for row in rows if (row[2] or row[:2]) not in gone]
    here, layer = file_network(left, ids)
    scoring = score_pairs_of(here, layer, ranker, build_features(here, layer))
    pairs, names = scoring.sets[0], here.ids.to_numpy()
    missing = {row[:2] for row in rows} - {row[:2] for row in left}
    ends = zip(names[pairs.i], names[pairs.j], strict=True)
    found = np.array([tuple(sorted(pair)) in missing for pair in ends], dtype=bool)
    return compare(try_network(here, layer, ranker), pairs.probability, found)


def compare(test: OwnTest, probability: np.ndarray, found: np.ndarray) -> pd.DataFrame:
    """Set what is said of pairs beside the truth; nothing where nothing is said."""
    values, at = np.unique(probability, return_inverse=True)
    said = [test.find(float(value)) for value in values]
    shares = np.array([np.nan if one is None else one.share for one in said])
    topmost = np.array([one is not None and one.topmost for one in said])
    table = {
        "said": shares[at], "ranker": probability, "found": found, "topmost": topmost[at],
    }  # fmt: skip
    return pd.DataFrame(table).dropna()


# -- tables ----------------------------------------------------------------------------------------


def tabulate(pairs: pd.DataFrame, by: str = "said") -> pd.DataFrame:
    """One row a band of what is said: pairs, said, found, their difference."""
    band = np.searchsorted(EDGES, pairs[by], side="right")
    bands = pairs.groupby(band).agg(pairs=(by, "size"), said=(by, "mean"), found=("found", "mean"))
    edges = (0.0, *EDGES, 1.0)
    bands.index = pd.Index([f"{edges[k]:.0%} to {edges[k + 1]:.0%}" for k in bands.index])
    return bands.assign(difference=bands["said"] - bands["found"])


def say_error(bands: pd.DataFrame) -> str:
    """Mean difference of all pairs, and the largest of a band with enough of them."""
    off = bands["difference"].abs()
    mean = float((off * bands["pairs"]).sum() / bands["pairs"].sum())
    return f"mean difference {mean:.4f}, largest {off[bands['pairs'] >= ENOUGH].max():.3f}"


def write_group(title: str, judged: Sequence[Judged]) -> Iterator[str]:
    """Write the tables of some networks."""
    told = [one for one in judged if len(one.again)]
    silent = [one.name for one in judged if not len(one.again)]
    yield f"### {title}: {len(told)} networks"
    if silent:
        yield f"Fewer than {FEWEST_JUDGED} judged, so nothing is said: {', '.join(silent)}."
    for name in (AGAIN, BEFORE):
        tables = [one.again if name == AGAIN else one.before for one in told]
        tables = [table for table in tables if len(table)]
        if not tables:
            continue
        pairs = pd.concat(tables)
        bands, alone = tabulate(pairs), tabulate(pairs, "ranker")
        yield f"**{name.capitalize()}**: {say_error(bands)} (the ranker alone: {say_error(alone)})"
        yield write_markdown(bands.assign(pairs=bands["pairs"].map("{:,}".format)))


def judge_all(examples: Iterable[Example], ranker: Ranker) -> list[Judged]:
    """Judge networks, one after the other."""
    found = []
    for number, one in enumerate(examples):
        found.append(judge(one, ranker, number))
        print(f"{one.name}: {found[-1].judged} judged, {len(found[-1].again):,} pairs", flush=True)
    return found


def main() -> None:
    """Judge, and write the part of the document on what is said."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    folders = parser.parse_args().folders
    corpora = [read_corpus(folder) for folder in folders]
    ten = choose(corpora[0])
    meetings = {
        folder.name: [one for one in corpus if one.events is not None and one.n <= MOST]
        for folder, corpus in zip(folders, corpora, strict=True)
    }
    judged = [*ten, *(one for some in meetings.values() for one in some)]
    ranker = fit_without(corpora[0], {one.family for one in judged})
    parts = [*write_group("Ties", judge_all(ten, ranker))]
    for name, some in meetings.items():
        parts += write_group(f"Meetings of *{name}*", judge_all(some, ranker))
    text = "\n\n".join(parts)
    document = DOCUMENT.read_text(encoding="utf-8")
    document = fill_in(document, "own test", text, "own_probability")
    DOCUMENT.write_text(document, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
