"""How true the sentence on probability is: ties of real networks hidden once more.

    python -m benchmarks.own_probability FOLDER [--networks 10] [--least 30] [--most 300]

FOLDER holds ``networks.csv`` and ``ties.csv``. Of each network one tie in six is hidden. What is
left is all that partnet sees: it tries itself out on that, as for any user, and says of every pair
what share of pairs scored alike were hidden ties. Printed by band of what is said: pairs, share
said, share found, and their difference; networks of which nothing is said are named.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from partnet import read_network
from partnet.facts.collaboration import choose_layer
from partnet.questions.recommendation.evaluation.own_network import try_network
from partnet.questions.recommendation.ranking.ranker import load_ranker
from partnet.questions.recommendation.ranking.scores import build_features, score_pairs_of

HIDDEN, SEED = 1 / 6, 20261129  # one in six of all is one in five of what is left
EDGES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5)


def read_ties(folder: Path, least: int, most: int) -> dict[str, list[tuple[str, str]]]:
    """Read the undirected pairs of every network of a size."""
    with (folder / "networks.csv").open(encoding="utf-8") as file:
        sizes = {row["network"]: int(row["nodes"]) for row in csv.DictReader(file)}
    pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
    with (folder / "ties.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            ends = sorted((row["source"], row["target"]))
            if least <= sizes[row["network"]] <= most and ends[0] != ends[1]:
                pairs[row["network"]].add((ends[0], ends[1]))
    return {name: sorted(found) for name, found in sorted(pairs.items())}


def judge(ties: list[tuple[str, str]], random: np.random.Generator) -> pd.DataFrame | None:
    """Hide one tie in six, and give for every pair what is said and whether it was hidden."""
    order = random.permutation(len(ties))
    gone = {ties[k] for k in order[: int(HIDDEN * len(ties))]}
    ids = sorted({end for pair in ties for end in pair})
    rows = [(a, b, "collaboration") for a, b in ties if (a, b) not in gone]
    tables = {
        "organizations": pd.DataFrame({"id": ids, "name": ids, "kind": "other"}),
        "ties": pd.DataFrame(rows, columns=["source", "target", "relation"]),
    }
    here = read_network(tables).at()
    layer = choose_layer(here)
    test = try_network(here, layer, "readable")
    features = build_features(here, layer)
    pairs = score_pairs_of(here, layer, load_ranker("readable"), features).sets[0]
    said = [test.find(float(value)) for value in pairs.probability]
    if not said or said[0] is None:
        return None
    names = here.ids.to_numpy()
    ends = zip(names[pairs.i], names[pairs.j], strict=True)
    found = [tuple(sorted(pair)) in gone for pair in ends]
    shares = [one.share for one in said if one is not None]
    return pd.DataFrame({"said": shares, "found": found})


def choose(names: list[str], number: int) -> Iterator[str]:
    """Every so-manieth network, so that all sources have their part."""
    yield from names[:: max(len(names) // number, 1)][:number]


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--networks", type=int, default=10)
    parser.add_argument("--least", type=int, default=30)
    parser.add_argument("--most", type=int, default=300)
    asked = parser.parse_args()
    networks = read_ties(asked.folder, asked.least, asked.most)
    random, tables = np.random.default_rng(SEED), []
    for name in choose(list(networks), asked.networks):
        table = judge(networks[name], random)
        state = "nothing is said" if table is None else f"{len(table):,} pairs"
        print(f"{name}: {len(networks[name]):,} ties, {state}", flush=True)
        tables += [] if table is None else [table]
    pooled = pd.concat(tables)
    pooled["band"] = np.searchsorted(EDGES, pooled["said"], side="right")
    bands = pooled.groupby("band").agg(
        pairs=("said", "size"), said=("said", "mean"), found=("found", "mean")
    )
    print(bands.assign(difference=bands["said"] - bands["found"]).round(3).to_string())


if __name__ == "__main__":
    main()
