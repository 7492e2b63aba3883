"""partnet and its peers side by side, in one run: seconds, memory, agreement of values.

    python3 tasks.py bench --quick                     the state network, about two minutes
    python3 tasks.py bench                             state and region
    python3 tasks.py bench --scale state --scale region --scale nation    the whole page
    python3 tasks.py bench --operation betweenness --library igraph

Every library runs in a process of its own, on a graph that is already built, each operation after
a warm-up on a small one: the median of five repetitions, of more where they take microseconds, and
of fewer once four seconds have been spent. Libraries that are not installed are skipped, and the
table says so. The table goes to docs/performance.md, or to where --output says.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
import threading
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # tasks.py starts this file by its path

from benchmarks import two_mode  # noqa: E402
from benchmarks.libraries import BUILDERS, OPERATIONS  # noqa: E402
from benchmarks.nation import MOST_MIB, Step, measure_nation, write_nation  # noqa: E402
from benchmarks.networks import SEED, SIZES, Size, make_layer  # noqa: E402
from benchmarks.whole import measure_whole  # noqa: E402

OWN = "partnet"
PEERS = tuple(name for name in BUILDERS if name != OWN)
LARGE = (  # what is measured at the size of a nation, by libraries that can hold it
    "PageRank",
    "eigenvector",
    "coreness",
    "articulation points",
    "bridges",
    "constraint",
    "constraint and effective size",
    "Gould-Fernandez roles",
    "shared neighbors, top 10",
    "betweenness, sampled",
)
TOO_LARGE = ("shared neighbors, top 10",)  # a peer would hold n x n numbers
OWN_ONLY = ("betweenness, sampled",)  # measured at the size of a nation only
SMALL = ("bootstrap",)  # measured on the state network only
MIDDLE = (two_mode.OPERATION,)  # on a region only; of a nation, partnet's alone, with the limits
GOALS = Path(__file__).parent / "goals.toml"


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out for one library: seconds (median; of all processors together), MiB, difference
    from partnet; or why not.

    The difference is the largest one between values divided by their largest value, so that
    libraries with another normalization compare.
    """

    seconds: float = math.nan
    processor: float = math.nan
    peak: float = math.nan
    difference: float = math.nan
    failed: str = ""
    sampled: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """How the page was made."""

    command: str
    libraries: Sequence[str]
    missing: Sequence[str]
    timeout: float
    clock: str = "wall"


CLOCKS = {
    "wall": "Seconds",
    "processor": "Seconds of all processors together, because the machine had other work (where "
    "partnet runs threads they count one after the other: free cores make it that much faster)",
}


def main(words: Sequence[str] | None = None) -> int:
    """Measure and write the table."""
    options = read_options(words)
    libraries = [OWN, *(name for name in PEERS if name in options.library and is_there(name))]
    missing = [name for name in options.library if name != OWN and not is_there(name)]
    facts = Facts(name_command(words), libraries, missing, options.timeout, options.clock)
    found: dict[str, dict[str, dict[str, Measured]]] = {}
    for scale in options.scale:
        operations = choose_operations(scale, options.operation)
        found[scale] = measure_scale(scale, operations, libraries, options.timeout)
        if options.clock == "processor":
            found[scale] = {name: use_processor(row) for name, row in found[scale].items()}
        write_file(options.output, write_page(facts, found))  # the next scale may take long
    whole = measure_whole(nation="nation" in options.scale)
    steps = measure_steps() if "nation" in options.scale and not options.operation else []
    if steps:
        most = max(step.peak for step in steps)
        whole = [*whole, ("nation through the public functions", "MiB", most, MOST_MIB)]
    write_file(options.output, write_page(facts, found, whole, steps))
    print(f"Written: {options.output}")
    return 0


def measure_steps() -> list[Step]:
    """Measure a nation through the public functions; it takes minutes."""
    print("nation, through the public functions …", flush=True)
    return measure_nation()


def write_file(path: Path, text: str) -> None:
    """Write the page where it is to lie."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def read_options(words: Sequence[str] | None) -> argparse.Namespace:
    """Read the options; --quick is the state network."""
    parser = argparse.ArgumentParser(
        prog="tasks.py bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--scale", action="append", choices=[*SIZES], help="size of the network")
    parser.add_argument("--operation", action="append", help="only this one; may be repeated")
    parser.add_argument("--library", action="append", choices=[*PEERS], help="only this peer")
    parser.add_argument("--timeout", type=float, default=300.0, help="seconds for one operation")
    parser.add_argument(
        "--clock",
        choices=["wall", "processor"],
        default="wall",
        help="processor: where the machine has other work; threads then count one after the other",
    )
    parser.add_argument("--quick", action="store_true", help="the state network only")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "performance.md")
    options = parser.parse_args(words)
    options.scale = ["state"] if options.quick else options.scale or ["state", "region"]
    options.library = options.library or [*PEERS]
    return options


def name_command(words: Sequence[str] | None) -> str:
    """Give the command that makes the page; where it was written to does not matter."""
    given = [*(sys.argv[1:] if words is None else words)]
    if "--output" in given:
        place = given.index("--output")
        del given[place : place + 2]
    return f"python3 tasks.py bench {shlex.join(given)}".strip()


def is_there(library: str) -> bool:
    """Say whether a library is installed."""
    return bool(find_version(library))


def find_version(library: str) -> str:
    """Give the version of a library; blank where it is not installed."""
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def choose_operations(scale: str, wanted: Sequence[str] | None) -> list[str]:
    """Give the operations measured at a scale."""
    named = [*OPERATIONS[OWN](make_layer(Size(20, 30, 10)))]
    at_scale = [
        name
        for name in named
        if (name in LARGE or scale != "nation")
        and (name not in SMALL or scale == "state")
        and (name not in MIDDLE or scale == "region")
        and (name not in OWN_ONLY or scale == "nation")
    ]
    return [name for name in at_scale if not wanted or name in wanted]


def measure_scale(
    scale: str, operations: Sequence[str], libraries: Sequence[str], timeout: float
) -> dict[str, dict[str, Measured]]:
    """Measure operations in every library that has them, library after library."""
    rows: dict[str, dict[str, Measured]] = {operation: {} for operation in operations}
    small = make_layer(Size(20, 30, 10))
    with tempfile.TemporaryDirectory() as folder:
        for library in libraries:
            able = [
                operation
                for operation in operations
                if operation in OPERATIONS[library](small) and can_hold(scale, library, operation)
            ]
            for operation, measured in measure_library(scale, library, able, folder, timeout):
                rows[operation][library] = measured
                print(f"{scale}, {operation}: {library} {say_seconds(measured)}", flush=True)
    return rows


def can_hold(scale: str, library: str, operation: str) -> bool:
    """Say whether a library can bear an operation at a scale."""
    if scale != "nation" or library == OWN:
        return True
    return library not in ("networkx", "rustworkx") and operation not in TOO_LARGE


def measure_library(
    scale: str, library: str, operations: Sequence[str], folder: str, timeout: float
) -> Iterator[tuple[str, Measured]]:
    """Have a worker measure operations; one that takes too long is stopped, the rest goes on."""
    left = list(operations)
    while left:
        command = [sys.executable, "-m", "benchmarks.worker", scale, library, folder, *left]
        worker = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert worker.stdout is not None
        while left:
            late = threading.Timer(timeout, worker.kill)
            late.start()
            line = worker.stdout.readline()
            stopped = not late.is_alive()
            late.cancel()
            operation = left.pop(0)
            if not line:  # it was stopped, or failed: its message stands above
                yield operation, Measured(failed=f"> {timeout:.0f} s" if stopped else "failed")
                break
            yield operation, read_measured(json.loads(line), library, Path(folder))
        worker.wait()


def read_measured(found: dict[str, Any], library: str, folder: Path) -> Measured:
    """Read what a worker printed, and compare its values with those of partnet."""
    paths = (folder / f"{name}-{found['operation']}.npy" for name in (library, OWN))
    values, own = (np.load(path) if path.exists() else np.zeros(0) for path in paths)
    some = found["sampled"]
    difference = compare(values, own if some is None or not own.size else own[some])
    seconds, processor = (statistics.median(found[name]) for name in ("seconds", "processor"))
    return Measured(seconds, processor, found["peak"], difference, "", some is not None)


def use_processor(row: dict[str, Measured]) -> dict[str, Measured]:
    """Take the seconds of all processors together for the seconds that passed."""
    return {library: replace(found, seconds=found.processor) for library, found in row.items()}


def compare(values: np.ndarray, own: np.ndarray) -> float:
    """Largest difference once both are divided by their largest value."""
    if values.shape != own.shape or not own.size:
        return math.nan
    scaled = [v / v.max() if v.size and v.max() > 0 else v for v in (values, own)]
    return float(np.abs(scaled[0] - scaled[1]).max(initial=0.0))


def say_seconds(measured: Measured | None) -> str:
    """Say a time in three digits; a dash where the library does not have the operation."""
    if measured is None:
        return "–"
    seconds = measured.seconds
    if measured.failed:
        return measured.failed
    about = "≈ " if measured.sampled else ""
    return about + (f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.4g} s")


def say_ratio(peer: Measured | None, own: Measured, timeout: float) -> str:
    """How many times as long the peer takes; a lower bound where it was stopped."""
    if peer is None or peer.failed == "failed" or own.failed:
        return ""
    if peer.failed:
        return f"> {say_number(timeout / own.seconds)}x"
    return f"{say_number(peer.seconds / own.seconds)}x"


def say_number(value: float) -> str:
    """Say a number in three digits, thousands apart."""
    return f"{float(f'{value:.3g}'):,.10g}"


def write_page(
    facts: Facts,
    found: dict[str, dict[str, dict[str, Measured]]],
    whole: Sequence[tuple[str, str, float, float]] = (),
    steps: Sequence[Step] = (),
) -> str:
    """Write the page: how it was made, a table for every scale, the nation's steps, goals."""
    libraries, missing, timeout = facts.libraries, facts.missing, facts.timeout
    versions = ", ".join(f"{name} {find_version(name) or 'source'}" for name in libraries)
    lines = [
        "# Performance",
        "",
        f"Made by `{facts.command}`, seed {SEED}. Python {platform.python_version()} on "
        f"{platform.system()}, {len(os.sched_getaffinity(0))} cores. {versions}.",
        "",
        f"{CLOCKS[facts.clock]}: the median on a graph that is already built, each library in a "
        f"process of its own, after a warm-up; stopped after {timeout:.0f} s. In brackets: how "
        "many times as long as partnet. ≈: networkx from 20 sources, times n / 20. Bootstrap: 100 "
        "samples, a tenth of the usual number, drawn by partnet for all. Common features: the "
        "cosine, of 5,000 organizations with ten of 600 features each. Memory: peak above the "
        "built graph, partnet. "
        "Difference: the largest one of a peer from partnet, both divided by their largest value; "
        "not 0 where a peer defines the measure otherwise (measures.md says where).",
    ]
    if missing:
        lines += ["", f"Not installed, so not measured: {', '.join(missing)}."]
    for scale, rows in found.items():
        lines += ["", *write_table(scale, rows, libraries, timeout)]
    if steps:
        lines += ["", *write_nation(steps)]
    return "\n".join([*lines, "", *write_goals(found, timeout, whole), ""])


def write_table(
    scale: str, rows: dict[str, dict[str, Measured]], libraries: Sequence[str], timeout: float
) -> list[str]:
    """Write the table of one scale."""
    size = SIZES[scale]
    peers = [name for name in libraries if name != OWN]
    lines = [
        f"## {scale.title()}: {size.organizations:,} organizations, {size.ties:,} ties",
        "",
        f"| operation | partnet | MiB | {' | '.join(peers)} | difference |",
        "|" + "---|" * (len(peers) + 4),
    ]
    for operation, row in rows.items():
        own = row[OWN]
        cells = [
            f"{say_seconds(row.get(peer))} {bracket(say_ratio(row.get(peer), own, timeout))}"
            for peer in peers
        ]
        lines.append(
            f"| {operation} | {say_seconds(own)} | {own.peak:.0f} | "
            f"{' | '.join(cell.strip() for cell in cells)} | {say_difference(row)} |"
        )
    return lines


def bracket(text: str) -> str:
    """Put a text in brackets; nothing stays nothing."""
    return f"({text})" if text else ""


def say_difference(row: dict[str, Measured]) -> str:
    """Name the peers that differ from partnet by more than 1e-6, or say that all agree."""
    peers = {
        name: m.difference
        for name, m in row.items()
        if name != OWN and not m.failed and not (m.sampled and math.isnan(m.difference))
    }
    far = [f"{name} {value:.1g}" for name, value in peers.items() if not value <= 1e-6]
    return ", ".join(far) if far else ("none" if peers else "–")


def write_goals(
    found: dict[str, dict[str, dict[str, Measured]]],
    timeout: float,
    whole: Sequence[tuple[str, str, float, float]] = (),
) -> list[str]:
    """Write the goals that were measured: goal, reached, ratio of the two, and what bounds it."""
    lines = ["## Goals", "", "| operation | over | goal | reached | reached / goal |"]
    lines += ["|---|---|---|---|---|"]
    bounds = []
    for goal in tomllib.loads(GOALS.read_text("utf-8"))["goal"]:
        row = found.get(goal["scale"], {}).get(goal["operation"], {})
        own, peer = row.get(OWN), row.get(goal["over"])
        if own is None or peer is None or own.failed or peer.failed == "failed":
            continue
        reached = (timeout if peer.failed else peer.seconds) / own.seconds
        more = "> " if peer.failed else ""
        lines.append(
            f"| {goal['operation']}, {goal['scale']} | {goal['over']} | {goal['times']:,g}x | "
            f"{more}{say_number(reached)}x | {more}{reached / goal['times']:.2g} |"
        )
        if reached < goal["times"]:
            known = "only a lower bound, because the peer was stopped" if peer.failed else ""
            bounds.append(
                f"* {goal['operation']}, {goal['scale']}, over {goal['over']}: "
                f"{known or goal['bound']}."
            )
    lines += write_limits(found)
    lines += [
        f"| {what} | – | at most {most:,g} {unit} | {say_number(reached)} {unit} | "
        f"{reached / most:.2g} |"
        for what, unit, reached, most in whole
    ]
    if bounds:
        lines += ["", "What bounds those below their goal:", "", *bounds]
    return lines


def write_limits(found: dict[str, dict[str, dict[str, Measured]]]) -> list[str]:
    """Write the limits of processor seconds and of memory that were measured."""
    lines = []
    for limit in tomllib.loads(GOALS.read_text("utf-8"))["limit"]:
        own = found.get(limit["scale"], {}).get(limit["operation"], {}).get(OWN)
        if own is None or own.failed:
            continue
        for unit, reached in (("processor s", own.processor), ("MiB", own.peak)):
            if (most := limit.get(unit)) is not None:
                lines.append(
                    f"| {limit['operation']}, {limit['scale']} | – | at most {most:g} {unit} | "
                    f"{reached:.3g} {unit} | {reached / most:.2g} |"
                )
    return lines


if __name__ == "__main__":
    sys.exit(main())
