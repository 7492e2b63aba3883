"""Operations of one library, measured in a process of its own (started by run.py).

    python -m benchmarks.worker region igraph FOLDER betweenness closeness

Prints one line of JSON for every operation: its name, seconds of every repetition, the same of all
processors together, and the peak of memory above the built graph in MiB. Values go to
FOLDER/igraph-betweenness.npy and so on.
"""

from __future__ import annotations

import ctypes
import gc
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from partnet.facts.graph.layers import Layer

from . import two_mode
from .libraries import BUILDERS, OPERATIONS, Operation, networkx_sampled
from .networks import SEED, SIZES, Size, make_layer

Found = dict[str, object]

REPEATS, MOST_REPEATS = 5, 2_000
LEAST_SECONDS = 0.5  # so long an operation of microseconds is repeated: caches and kernels settle
ENOUGH_SECONDS = 4.0  # an operation that has taken so long is not repeated
MOST_SOURCES, SAMPLE = 1_000, 20  # of networkx: beyond so many organizations, from so many sources
WARM = Size(60, 150, 20)  # compiles kernels and loads libraries before the clock starts
MIB = 1024.0  # kB of /proc to MiB


def read_memory(field: str) -> float:
    """Read a field of /proc/self/status in MiB; NaN where there is none."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    lines = status.read_text("utf-8").splitlines()
    return next(float(line.split()[1]) / MIB for line in lines if line.startswith(field + ":"))


def reset_peak() -> None:
    """Have Linux count the peak of memory anew."""
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5", "utf-8")


def free_memory() -> None:
    """Give memory that is not used any more back to the system, where C's library can."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it
        if trim is not None:
            trim(0)


def make_graph(library: str, operation: str, scale: str | None) -> tuple[Layer, Any]:
    """Make the network of an operation, a small one without a scale, and a library's graph of it.

    In a two-mode network the organizations come first.
    """
    if operation != two_mode.OPERATION:
        layer = make_layer(WARM if scale is None else SIZES[scale])
        return layer, BUILDERS[library](layer)
    layer = two_mode.make_two_mode_layer(scale)
    own = library == "partnet"
    return layer, two_mode.take_incidence(layer) if own else BUILDERS[library](layer)


def choose_run(
    library: str, operation: str, layer: Layer
) -> tuple[Operation, float, list[int] | None]:
    """Give what is run, how many times as long it would take in full, and from which sources.

    Some operations of networkx take many minutes on a region: they run from SAMPLE sources.
    """
    sampled = networkx_sampled() if library == "networkx" and layer.n > MOST_SOURCES else {}
    if operation not in sampled:
        return OPERATIONS[library](layer)[operation], 1.0, None
    n = two_mode.count_organizations(layer)
    some = np.random.default_rng(SEED).choice(n, SAMPLE, replace=False).tolist()
    return lambda graph: sampled[operation](graph, some), n / SAMPLE, some


def is_to_be_repeated(repeats: int, seconds: float) -> bool:
    """Whether so many repetitions in so many seconds are not enough to go by their median."""
    if seconds >= ENOUGH_SECONDS or repeats >= MOST_REPEATS:
        return False
    return repeats < REPEATS or seconds < LEAST_SECONDS


def measure(library: str, operation: str, layer: Layer, graph: Any, values: Path) -> Found:
    """Run an operation until it has been repeated enough, and keep its values."""
    small, small_graph = make_graph(library, operation, None)
    OPERATIONS[library](small)[operation](small_graph)
    run, times, some = choose_run(library, operation, layer)
    free_memory()
    reset_peak()
    before = read_memory("VmRSS")
    seconds: list[float] = []
    processor: list[float] = []
    while is_to_be_repeated(len(seconds), sum(seconds) / times):
        start, used = time.perf_counter(), time.process_time()
        found = run(graph)
        seconds.append((time.perf_counter() - start) * times)
        processor.append((time.process_time() - used) * times)
    peak = read_memory("VmHWM") - before
    np.save(values, np.nan_to_num(np.asarray(found, dtype=float)))
    return {
        "operation": operation,
        "seconds": seconds,
        "processor": processor,
        "peak": peak,
        "sampled": some,
    }


def main(scale: str, library: str, folder: Path, operations: Sequence[str]) -> None:
    """Build the graph and measure one operation after the other."""
    made: dict[bool, tuple[Layer, Any]] = {}
    for operation in operations:
        two = operation == two_mode.OPERATION
        if two not in made:
            made = {two: make_graph(library, operation, scale)}  # the other one is let go
        layer, graph = made[two]
        values = folder / f"{library}-{operation}.npy"
        print(json.dumps(measure(library, operation, layer, graph, values)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3], Path(sys.argv[3]), sys.argv[4:])
