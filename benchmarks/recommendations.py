"""Time the recommendations on made-up networks: seconds of processor time, and peak memory.

    python benchmarks/recommendations.py [all ORGANIZATIONS TIES] [one ORGANIZATIONS TIES]

``all``: five suggestions with reasons for every organization, and a back-test of five splits;
``one``: five suggestions for one organization, first and then again, when what
is read off the network is at hand. Without words: 60 and 5,000 organizations for all, 200,000 for
one.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pandas as pd
from networks import SEED, Size, make_layer

import partnet as pn

KINDS = ("critical_access_hospital", "rural_health_clinic", "ems_agency", "food", "school")
DEFAULT = ("all", "60", "240", "all", "5000", "60000", "one", "200000", "3000000")


def main(words: list[str]) -> None:
    """Time every case asked for."""
    words = words or list(DEFAULT)
    warm_up = make_network(60, 240)  # whatever is compiled or loaded once
    pn.recommend_partners(warm_up, n=1)
    pn.backtest_recommendations(warm_up, splits=2)
    cases: dict[str, Callable[[pn.Network], None]] = {"all": time_all, "one": time_one}
    for start in range(0, len(words), 3):
        case, organizations, ties = words[start : start + 3]
        net = make_network(int(organizations), int(ties))
        print(f"{net.n:,} organizations, {len(net.ties):,} ties")
        cases[case](net)


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
    with stopwatch("five suggestions with reasons for everybody"):
        pn.recommend_partners(net, n=5)
    if net.n <= 1000:
        with stopwatch("back-test of five splits"):
            pn.backtest_recommendations(net, splits=5)


def time_one(net: pn.Network) -> None:
    """Suggestions for one organization, the first time and when the network has been read."""
    for what in ("the first organization, features built", "a second one"):
        with stopwatch(f"five suggestions for {what}"):
            pn.recommend_partners(net, str(net.ids[7 if "second" in what else 3]), n=5)


@contextmanager
def stopwatch(what: str) -> Iterator[None]:
    """Print the seconds of processor time and of the clock, and the peak memory so far."""
    start, clock = time.process_time(), time.perf_counter()
    yield
    seconds, passed = time.process_time() - start, time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {what}: {seconds:.2f} s ({passed:.1f} s by the clock), peak {peak:,.0f} MiB")


if __name__ == "__main__":
    main(sys.argv[1:])
