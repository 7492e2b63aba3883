"""Time the recommendations on made-up networks, and write the table of docs/recommender.md.

    python benchmarks/recommendations.py [--write] [CASE ORGANIZATIONS TIES] …

``all``: five suggestions with reasons for every organization, and a back-test of five splits;
``one``: five suggestions for one organization, first and then again, when what is read off the
network is at hand; ``lists``: what changes where only lists of candidates are scored instead of
all pairs. Without words: 60 and 5,000 organizations for all, 200,000 for one, 1,500 for lists.
Every case runs in a process of its own, after a warm-up.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
from networks import SEED, Size, make_layer

import partnet as pn
from partnet.questions.recommendation.features import graph

KINDS = ("critical_access_hospital", "rural_health_clinic", "ems_agency", "food", "school")
WRITE, ALONE = "--write", "--alone"
DOCUMENT = Path(__file__).parents[1] / "docs" / "recommender.md"
START, END = "<!-- speed: written by benchmarks/recommendations.py -->", "<!-- end of speed -->"
HEAD = """| what | organizations | ties | seconds | processor seconds | peak memory |
|---|---|---|---|---|---|"""
DEFAULT = ("all", "60", "240", "all", "5000", "60000", "one", "200000", "3000000",
           "lists", "1500", "12000")  # fmt: skip


def main(words: list[str]) -> None:
    """Time every case asked for, each in a process of its own, and print or write the table."""
    cases = [word for word in words if word != WRITE] or list(DEFAULT)
    rows = []
    for start in range(0, len(cases), 3):
        command = [sys.executable, __file__, ALONE, *cases[start : start + 3]]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        rows += done.stdout.splitlines()
    said = [row for row in rows if not row.startswith("|")]
    table = "\n".join([HEAD, *(row for row in rows if row not in said), "", *said])
    print(table)
    if WRITE in words:
        document = DOCUMENT.read_text(encoding="utf-8")
        before, rest = document.split(START)
        after = rest.split(END)[1]
        DOCUMENT.write_text(f"{before}{START}\n\n{table}\n\n{END}{after}", encoding="utf-8")


def time_case(case: str, organizations: int, ties: int) -> None:
    """Warm up, then time one case and print its rows."""
    warm_up = make_network(60, 240)  # whatever is compiled or loaded once
    pn.recommend_partners(warm_up, n=1)
    pn.backtest_recommendations(warm_up, splits=2)
    net = make_network(organizations, ties)
    {"all": time_all, "one": time_one, "lists": compare_lists}[case](net)


def make_network(organizations: int, ties: int) -> pn.Network:
    """Make a network with kinds, counties and two services each, on the ties of the benchmarks."""
    csr = make_layer(Size(organizations, ties, min(250, organizations))).matrix.tocoo()
    lower = csr.row < csr.col
    random = np.random.default_rng(SEED)
    ids = np.array([f"o{k:06d}" for k in range(organizations)])
    counties = [f"31{2 * k + 1:03d}" for k in range(93)]
    tables = {
        "organizations": pd.DataFrame(
            {
                "id": ids,
                "name": ids,
                "kind": random.choice(KINDS, organizations),
                "county_fips": random.choice(counties, organizations),
            }
        ),
        "ties": pd.DataFrame(
            {
                "source": ids[csr.row[lower]],
                "target": ids[csr.col[lower]],
                "relation": "collaboration",
            }
        ),
        "services": pd.DataFrame(
            {
                "organization": np.tile(ids, 2),
                "service": [f"service {k}" for k in random.integers(30, size=2 * organizations)],
            }
        ),
    }
    return pn.read_network(tables)


def time_all(net: pn.Network) -> None:
    """Suggestions with reasons for everybody, then a back-test."""
    with stopwatch("five suggestions with reasons for everybody", net):
        pn.recommend_partners(net, n=5)
    with stopwatch("a back-test of five splits", net):
        pn.backtest_recommendations(net, splits=5)


def time_one(net: pn.Network) -> None:
    """Suggestions for one organization, the first time and when the network has been read."""
    for k, what in ((3, "one organization, and all that is read off the network"), (7, "another")):
        with stopwatch(f"five suggestions with reasons for {what}", net):
            pn.recommend_partners(net, str(net.ids[k]), n=5)


def compare_lists(net: pn.Network) -> None:
    """Say how many suggestions stay, and what becomes of a back-test, with lists of candidates."""
    found = []
    for most_pairs in (graph.MOST_PAIRS, 0):
        graph.MOST_PAIRS = most_pairs
        net.memory.clear()
        table = pn.recommend_partners(net, n=5).table
        judged = pn.backtest_recommendations(net, splits=3).table.loc["ranker"]
        found.append((table.groupby("organization")["partner"].agg(list), judged))
    (exact, before), (listed, after) = found
    both = [(exact[k], listed[k]) for k in exact.index.intersection(listed.index)]
    same = np.mean([len({*one} & {*other}) / len(one) for one, other in both])
    first = np.mean([one[0] == other[0] for one, other in both])
    figures = (f"{m} {before[m]:.3f} and {after[m]:.3f}" for m in ("auc", "hit_1", "hit_5"))
    print(
        f"With all pairs and with lists of candidates, on {net.n:,} organizations and "
        f"{len(net.ties):,} ties: {same:.0%} of the five suggestions are the same, the first one "
        f"for {first:.0%}; in a back-test {', '.join(figures)}."
    )


@contextmanager
def stopwatch(what: str, net: pn.Network) -> Iterator[None]:
    """Print a row: seconds by the clock and of the processors, and the peak memory so far."""
    start, clock = time.process_time(), time.perf_counter()
    yield
    used = time.perf_counter() - clock, time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = f"{net.n:,} | {len(net.ties):,}"
    seconds = " | ".join(f"{value:.2f}" if value < 1 else f"{value:.0f}" for value in used)
    print(f"| {what} | {size} | {seconds} | {peak:,.0f} MiB |", flush=True)


if __name__ == "__main__":
    if ALONE in sys.argv:
        time_case(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main(sys.argv[1:])
