"""What a user waits for: importing, a whole report, and everybody's nearest others in a nation.

Each in processes of their own; `measure_whole` gives the rows of the table.

    python -m benchmarks.whole report      # only the report of 20,000 organizations
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from .networks import SEED, SIZES, TWO_MODE, Size, make_layer, make_two_mode

LARGE = Size(20_000, 190_000, 300)  # of a report
ROOT = Path(__file__).resolve().parents[1]
KINDS = ("critical_access_hospital", "hospital", "health_center", "housing", "food", "ems_agency")
IMPORTING = """
import json, time
start = time.perf_counter()
import {0}
seconds = time.perf_counter() - start
status = open("/proc/self/status", encoding="utf-8").read().splitlines()
held = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
print(json.dumps([seconds, held / 1024]))
"""


TIMING = """
import json, resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def measure_import(package: str, repeats: int = 9) -> tuple[float, float]:
    """Give the median seconds of an import in a fresh Python, and the MiB it then holds."""
    command = [sys.executable, "-c", IMPORTING.format(package)]
    found = [
        json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for _ in range(repeats)
    ]
    return statistics.median(f[0] for f in found), statistics.median(f[1] for f in found)


def write_state(folder: Path, size: Size = SIZES["state"]) -> Path:
    """Write a network as a folder of tables, with services, as a user would have it."""
    layer = make_layer(size)
    random = np.random.default_rng(SEED)
    rows = [f"{id_},Organization {id_},{KINDS[k % len(KINDS)]}" for k, id_ in enumerate(layer.ids)]
    upper = layer.matrix.tocoo()
    ties = [
        f"{layer.ids[a]},{layer.ids[b]},referral,{s}"
        for a, b, s in zip(*upper.coords, upper.data, strict=True)
        if a < b
    ]
    services = {(id_, int(s)) for id_ in layer.ids for s in random.integers(0, 40, 4)}
    offered = [f"{id_},service {s}" for id_, s in sorted(services)]
    tables = {
        "organizations": ["id,name,kind", *rows],
        "ties": ["source,target,relation,strength", *ties],
        "services": ["organization,service", *offered],
    }
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def measure_report() -> tuple[float, float]:
    """Give seconds and processor seconds of a whole `partnet report`, kernels compiled before."""
    with tempfile.TemporaryDirectory() as folder:
        tables = write_state(Path(folder))
        command = [sys.executable, "-m", "partnet.cli", "report", str(tables)]
        command += ["-o", str(tables / "report.html"), "--as-of", "2026-06-30"]
        seconds, processor = [], []
        for _ in range(3):  # the first one may compile
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env={**os.environ})
            seconds.append(time.perf_counter() - start)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = (after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime)
            processor.append(sum(used))
        return min(seconds[1:]), min(processor[1:])


def measure_large_report() -> tuple[float, float]:
    """Give processor seconds and peak MiB of a whole `partnet report` of 20,000 organizations."""
    with tempfile.TemporaryDirectory() as folder:
        tables = write_state(Path(folder), LARGE)
        command = [sys.executable, "-m", "partnet.cli", "report", str(tables)]
        command += ["-o", str(tables / "report.html"), "--as-of", "2026-06-30"]
        timed = [sys.executable, "-c", TIMING, *command]
        done = subprocess.run(timed, check=True, capture_output=True, text=True)
        processor, peak = json.loads(done.stdout.splitlines()[-1])
        return processor, peak


def measure_two_mode() -> tuple[float, float]:
    """Give processor seconds and peak MiB above the table of the two-mode nation."""
    command = [sys.executable, "-m", "benchmarks.whole"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    processor, peak = json.loads(done.stdout.splitlines()[-1])
    return processor, peak


def find_common() -> tuple[float, float]:
    """Find everybody's ten nearest in the two-mode nation: processor seconds, MiB."""
    from partnet.measures.groups.neighbors import find_common_features

    from .worker import free_memory, read_memory, reset_peak

    small, place = make_two_mode(2_000, 600, 8_000)
    find_common_features(small, order=place)  # compiles
    matrix, place = make_two_mode(*TWO_MODE["nation"])
    free_memory()
    reset_peak()
    before, start = read_memory("VmRSS"), time.process_time()
    find_common_features(matrix, order=place)
    return time.process_time() - start, read_memory("VmHWM") - before


def measure_whole(*, nation: bool) -> list[tuple[str, str, float, float]]:
    """Give rows: what, unit, reached, at most."""
    own, peer = measure_import("partnet"), measure_import("networkx")
    seconds, processor = measure_report()
    rows = [
        ("import partnet", "x of import networkx", own[0] / peer[0], 0.8),
        ("import partnet, whole process", "MiB", own[1], 30),
        ("report of 300 organizations, whole process", "s", seconds, 8),
        ("report of 300 organizations, whole process", "processor s", processor, 8),
    ]
    if nation:
        used, peak = measure_two_mode()
        spent, most = measure_large_report()
        rows += [
            ("report of 20,000 organizations, 190,000 ties", "processor s", spent, 150),
            ("report of 20,000 organizations, 190,000 ties", "MiB", most, 2_048),
            ("common features, top 10, two-mode nation", "processor s", used, 20),
            ("common features, top 10, two-mode nation", "MiB above the table", peak, 450),
        ]
    return rows


if __name__ == "__main__":
    print(json.dumps(measure_large_report() if "report" in sys.argv[1:] else find_common()))
