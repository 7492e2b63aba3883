"""How long a store takes, and how much memory, on nations of several sizes.

    python -m benchmarks.store --sizes 100000 1000000 --folder output/nation [--spark]

Each step runs in a process of its own, so that its peak of memory is its own; results are one JSON
line a step, and ``docs/scale.md`` tells what they mean.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STEPS = ("fill", "prepare", "affinity_memory", "affinity_engine", "affinity_bounded",
         "investment", "coverage", "pagerank", "link")  # fmt: skip


def run_step(step: str, place: Path, size: int, memory: str) -> dict[str, Any]:
    """Do one step; give seconds, peak of memory and a hash of the rows."""
    from partnet.store.affinity import rank_in_memory, rank_on_engine, weigh_features
    from partnet.store.store import open_store

    from .store_nation import fill_nation

    started = time.perf_counter()
    with open_store(place, memory_limit=memory) as store:
        opened = time.perf_counter()
        nation = store._nation

        def rank(how: Callable[..., Any]) -> Any:
            return how(nation, weigh_features(nation), 10)

        work: dict[str, Callable[[], Any]] = {
            "fill": lambda: fill_nation(store, size),
            "prepare": nation.prepare,
            "affinity_memory": lambda: rank(rank_in_memory),
            "affinity_engine": lambda: rank(rank_on_engine),
            "affinity_bounded": lambda: rank(rank_on_engine),
            "investment": lambda: store.investment(["state", "program", "fiscal_year"]).table,
            "coverage": lambda: store.coverage().table,
            "pagerank": lambda: store.pagerank().table,
            "link": lambda: store.link().table,
        }
        made = work[step]()
        ended = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "step": step, "organizations": size, "seconds": round(ended - opened, 2),
        "opening": round(opened - started, 2), "cpu": round(time.process_time(), 2),
        "peak_mib": round(peak), "rows": getattr(made, "num_rows", None) or _count(made),
        "hash": _hash(made),
    }  # fmt: skip


def _count(made: Any) -> int | None:
    return made if isinstance(made, int) else len(made) if hasattr(made, "__len__") else None


def _hash(made: Any) -> str:
    """A hash of the rows, the same for the same rows of every engine."""
    if not hasattr(made, "num_rows"):
        return ""
    digest = hashlib.sha256()
    for column in made.column_names:
        digest.update(made[column].to_numpy().astype("int64").tobytes())
    return digest.hexdigest()[:16]


def main() -> None:
    """Run all steps, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000])
    parser.add_argument("--folder", type=Path, default=Path("output"))
    parser.add_argument("--steps", nargs="+", default=list(STEPS))
    parser.add_argument("--one", nargs=2, metavar=("STEP", "SIZE"))
    told = parser.parse_args()
    told.folder.mkdir(parents=True, exist_ok=True)
    if told.one:
        step, size = told.one[0], int(told.one[1])
        memory = "300MB" if step == "affinity_bounded" else "4GB"
        print(json.dumps(run_step(step, told.folder / f"{size}.duckdb", size, memory)))
        return
    for size in told.sizes:
        (told.folder / f"{size}.duckdb").unlink(missing_ok=True)
        for step in told.steps:
            command = [sys.executable, "-m", "benchmarks.store", "--folder", str(told.folder)]
            subprocess.run([*command, "--one", step, str(size)], check=False)


if __name__ == "__main__":
    main()
