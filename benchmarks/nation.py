"""A nation through the public functions: from tables to answers, seconds and memory of each.

    python -m benchmarks.nation [ORGANIZATIONS TIES]

Prints one line of JSON a step: what was done, seconds, processor seconds, and the largest memory
of the whole process during the step in MiB. `measure_nation` starts it in a process of its own and
gives the rows.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

import partnet as pn
from partnet.core.arrays import get_rows
from partnet.facts.graph.features import build_incidence
from partnet.measures.groups.neighbors import find_common_features, find_shared_neighbors
from partnet.measures.kernels.communities import cut_by_louvain

from .networks import SEED, SIZES, Size, make_layer, make_two_mode
from .worker import free_memory, read_memory, reset_peak

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[1]
MOST_MIB = 6_144  # the memory of a modest laptop, less what other programs need
KINDS = ("critical_access_hospital", "rural_health_clinic", "ems_agency", "food", "school")
SERVICES = 5  # a organization, on average, of one service for 25 organizations
WARM = Size(300, 2_000, 60)


@dataclass(frozen=True, slots=True)
class Step:
    """What was asked of partnet, and what it took."""

    what: str
    seconds: float
    processor: float
    peak: float


def make_tables(size: Size) -> dict[str, pd.DataFrame]:
    """Make organizations, ties and services as an analyst would bring them."""
    layer = make_layer(size)
    n, random = layer.n, np.random.default_rng(SEED)
    ids = np.array([f"o{k:06d}" for k in range(n)])
    coo = layer.matrix.tocoo()
    lower = coo.row < coo.col
    offers, place = make_two_mode(n, max(n // 25, 120), SERVICES * n)
    offered = offers.tocoo()
    counties = np.array([f"31{2 * k + 1:03d}" for k in range(93)])
    return {
        "organizations": pd.DataFrame(
            {
                "id": ids,
                "name": ids,
                "kind": random.choice(KINDS, n),
                "county_fips": counties[place % 93],
            }
        ),
        "ties": pd.DataFrame(
            {
                "source": ids[coo.row[lower]],
                "target": ids[coo.col[lower]],
                "relation": "collaboration",
                "strength": coo.data[lower],
            }
        ),
        "services": pd.DataFrame(
            {
                "organization": ids[offered.row],
                "service": np.array([f"service {k}" for k in range(offers.shape[1])])[offered.col],
            }
        ),
    }


def measure_steps(tables: dict[str, pd.DataFrame], say: Callable[[Step], None]) -> None:
    """Go from tables to every answer, one step after the other; the tables are let go of."""

    def take(what: str, do: Callable[[], T]) -> T:
        free_memory()
        reset_peak()
        start, used = time.perf_counter(), time.process_time()
        found = do()
        seconds, processor = time.perf_counter() - start, time.process_time() - used
        say(Step(what, seconds, processor, read_memory("VmHWM")))
        return found

    net = take("`read_network`: build", lambda: pn.read_network(tables))
    tables.clear()
    layer = take("`build_layer`", lambda: pn.build_layer(net))
    take(
        "`measure_centrality`: betweenness sampled, coreness, all others",
        lambda: pn.measure_centrality(net),
    )
    take(
        "`find_bridges`: articulation points, Burt's measures, Gould-Fernandez, key players",
        lambda: pn.find_bridges(net),
    )
    take("`measure_structure`: distances, communities, mixing", lambda: pn.measure_structure(net))
    take("`find_shared_neighbors`: top 10", lambda: find_shared_neighbors(layer))
    place = net.organizations["county_fips"].to_numpy(dtype=str)
    take(
        "`find_common_features`: affinity by services, top 10",
        lambda: find_common_features(build_incidence(net, "services").plain, order=place),
    )


def measure_nation(size: Size = SIZES["nation"]) -> list[Step]:
    """Measure every step in a process of its own."""
    words = [str(size.organizations), str(size.ties)]
    command = [sys.executable, "-m", "benchmarks.nation", *words]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return [Step(**json.loads(line)) for line in done.stdout.splitlines()]


def write_nation(steps: list[Step], size: Size = SIZES["nation"]) -> list[str]:
    """Write the table of the steps, in Markdown."""
    lines = [
        "## Nation through the public functions",
        "",
        f"{size.organizations:,} organizations, {size.ties:,} ties and {SERVICES} services each, "
        "from tables to answers in one process after the kernels were compiled; seconds by the "
        "clock and of all processors together. Memory: the largest of the whole process during "
        f"the step, with tables, network and what was read off it before; at most {MOST_MIB:,} "
        "MiB is the goal. What is sampled or left out at this size stands in the text or the "
        "method of each result: ways are counted from some organizations, no random networks are "
        "drawn, group labels are not permuted, key players are searched greedily among the best "
        "tied.",
        "",
        "| step | s | processor s | MiB |",
        "|---|---|---|---|",
    ]
    return lines + [
        f"| {step.what} | {step.seconds:.3g} | {step.processor:.3g} | {step.peak:,.0f} |"
        for step in steps
    ]


def main(words: list[str]) -> None:
    """Warm up on a small network, then print a line of JSON for every step."""
    size = Size(int(words[0]), int(words[1]), 400) if words else SIZES["nation"]
    measure_steps(make_tables(WARM), lambda step: None)
    cut_by_louvain(*get_rows(make_layer(WARM).matrix), np.arange(WARM.organizations), 1.0)
    measure_steps(
        make_tables(size),
        lambda step: print(
            json.dumps({name: getattr(step, name) for name in Step.__slots__}), flush=True
        ),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
