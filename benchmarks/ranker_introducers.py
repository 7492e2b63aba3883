"""Judge introducers: whether the one named is at the hidden meeting of the two, more than others.

    python benchmarks/ranker_introducers.py FOLDER [FOLDER ...] [--seeds 3]

One meeting in five is hidden. Of every pair that meets in a hidden one for the first time, and
knows two or more in common, partnet names an introducer: knowing the meetings that are left, and
knowing ties alone. Found is the share of them who are at a hidden meeting with both, held against
the mean of all who know both. Written into docs/recommender.md: means over families with intervals.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
from evaluate_ranker import DOCUMENT, fill_in
from ranker_corpus import Example
from ranker_events import read_meetings, say_interval
from ranker_tables import write_markdown
from scipy import sparse

from partnet import read_network
from partnet.core.network import Network
from partnet.facts.graph.collaboration import choose_layer
from partnet.questions.recommendation.introducers.introducers import find_introducers
from partnet.questions.recommendation.introducers.working_ties import Links
from partnet.questions.recommendation.ranking.holdout import hide_events

MEETINGS, TIES, LOWEST = "meetings known", "ties alone", "the lowest id"
ANYBODY = "anybody who knows both"
FEWEST = 5  # pairs of a network; fewer say nothing


def make_network(events: sparse.csr_array, *, meetings: bool) -> Network:
    """The network of some meetings, which the tables name or do not."""
    rows = []
    for number, column in enumerate(events.T.tocsr().toarray()):
        who = np.flatnonzero(column)
        name = f"meeting {number}" if meetings else ""
        rows += [(a, b, "collaboration", name) for k, a in enumerate(who) for b in who[k + 1 :]]
    ties = pd.DataFrame(rows, columns=["source", "target", "relation", "evidence"])
    if not meetings:
        ties = ties.drop_duplicates(["source", "target"])
    ids = [f"{k:04d}" for k in range(events.shape[0])]
    ties[["source", "target"]] = ties[["source", "target"]].map(ids.__getitem__)
    organizations = pd.DataFrame({"id": ids, "name": ids, "kind": "other"})
    return read_network({"organizations": organizations, "ties": ties}).at()


def judge(example: Example, seed: int, number: int) -> dict[str, float]:
    """Share of introducers at a hidden meeting of both, by what is known."""
    assert example.events is not None
    hidden = hide_events(example.events, np.random.default_rng([seed, number]))
    whole, left = example.events, hidden.events
    assert left is not None
    gone = sparse.csr_array(whole @ whole.T - left @ left.T)  # hidden meetings of every pair
    nets = {name: make_network(left, meetings=name == MEETINGS) for name in (MEETINGS, TIES)}
    links = {name: Links(net, choose_layer(net)) for name, net in nets.items()}
    kept = {tuple(column) for column in left.T.toarray().astype(bool).tolist()}
    columns = whole.T.toarray().astype(bool)
    lost = np.array([column for column in columns if tuple(column.tolist()) not in kept])
    found: dict[str, list[float]] = defaultdict(list)
    for a, b in zip(*sparse.triu(hidden.ties, k=1).nonzero(), strict=True):
        shared = links[TIES].join(int(a), int(b))[0]
        if len(shared) < 2 or gone[[a], [b]][0] == 0:
            continue
        joint = lost[lost[:, a] & lost[:, b]].any(axis=0)
        found[ANYBODY].append(float(joint[shared].mean()))
        found[LOWEST].append(float(joint[shared[0]]))
        for name in (MEETINGS, TIES):
            first = find_introducers(links[name], int(a), int(b), 1)[0]
            found[name].append(float(joint[first.organization]))
    return {name: float(np.mean(values)) for name, values in found.items() if len(values) >= FEWEST}


def write_report(frame: pd.DataFrame, seeds: int) -> str:
    """Means over families, and differences from anybody who knows both."""
    families = frame.groupby(["family", "network"]).mean().groupby(level="family").mean()
    rows = {
        name: {
            "at the hidden meeting": f"{families[name].mean():.3f}",
            f"less {ANYBODY}": ""
            if name == ANYBODY
            else say_interval((families[name] - families[ANYBODY]).to_numpy()),
        }
        for name in (ANYBODY, LOWEST, TIES, MEETINGS)
    }
    counts = f"{frame.index.nunique()} networks, {len(families)} families, {seeds} seeds"
    return f"{counts}.\n\n{write_markdown(pd.DataFrame(rows).T)}"


def main() -> None:
    """Judge, and write the part of the document on introducers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    rows = []
    for number, example in enumerate(read_meetings(arguments.folders)):
        for seed in range(arguments.seeds):
            found = judge(example, seed, number)
            if found:
                rows.append({"family": example.family, "network": example.name, **found})
        print(example.name, flush=True)
    text = write_report(pd.DataFrame(rows).set_index(["family", "network"]), arguments.seeds)
    document = DOCUMENT.read_text(encoding="utf-8")
    document = fill_in(document, "introducers", text, "ranker_introducers")
    DOCUMENT.write_text(document, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
