"""The same input gives the same bytes, whatever the machine has of cores, settings and places.

Each run differs from the one before in every circumstance at once: threads, the instructions that
dense algebra uses, locale, seed of hashes, time zone, order of files, and whether kernels are
compiled or loaded. Where their reports differ, trying the circumstances one by one says which.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import partnet as pn

from ..builders import make_network
from ..truth.coalition import DAY, write_coalition

FORMATS = ("html", "xlsx", "docx", "json")
SCRIPT = """\
import hashlib, sys, warnings
from concurrent.futures import ThreadPoolExecutor
import partnet as pn

warnings.simplefilter("ignore")
place, day, together = sys.argv[1], sys.argv[2], int(sys.argv[3])

def write(number):
    for name in ("coalition", "quarters"):
        net = pn.read_network(f"{place}/{name}")
        for end in sys.argv[4:]:
            pn.write_report(net, f"{place}/{name}{number}.{end}", as_of=day)

with ThreadPoolExecutor(together) as threads:
    list(threads.map(write, range(together)))
for number in range(together):
    for name in ("coalition", "quarters"):
        for end in sys.argv[4:]:
            content = open(f"{place}/{name}{number}.{end}", "rb").read()
            print(name, end, len(content), hashlib.sha256(content).hexdigest())
"""


@dataclass(frozen=True)
class Circumstances:
    """What a report must not depend on."""

    threads: str
    processor: str
    locale: str
    seed: str
    zone: str
    cold: bool = False  # kernels are compiled anew
    together: int = 1  # reports made by as many threads at once


RUNS = (
    Circumstances("1", "Nehalem", "C", "0", "UTC"),
    Circumstances("2", "Sandybridge", "tr_TR.UTF-8", "1", "Pacific/Auckland", together=3),
    Circumstances("6", "Haswell", "C.UTF-8", "0", "America/Chicago", cold=True),
    Circumstances("2", "Prescott", "C", "1", "Asia/Kathmandu"),
)


def write_quarters(folder: Path) -> Path:
    """Write forty organizations in four groups, few of whom know somebody of another group."""
    chance = random.Random(7)
    kinds = ("hospital", "rural health clinic", "food", "housing", "EMS agency")
    counties = ("31027", "31107", "31119", "31179")
    organizations = [
        {"id": f"o{k:02d}", "name": f"Center {k:02d}", "kind": chance.choice(kinds),
         "county_fips": counties[k % 4]}
        for k in range(40)
    ]  # fmt: skip
    ties = [
        {"source": f"o{a:02d}", "target": f"o{b:02d}",
         "relation": chance.choice(("referral", "planning", "data sharing")),
         "strength": chance.choice((0.25, 0.5, 1.0)), "last_contact": "2026-03-01"}
        for a in range(40)
        for b in range(a + 1, 40)
        if chance.random() < (0.5 if a % 4 == b % 4 else 0.02)
    ]  # fmt: skip
    services = [
        {"organization": f"o{k:02d}", "service": chance.choice(("meals", "primary care", "rides"))}
        for k in range(40)
    ]
    net = make_network(organizations, ties, services=services)
    return pn.write_network(net, folder)


def report(place: Path, now: Circumstances) -> list[str]:
    """Write the reports in a process of its own; their lengths and digests, line by line."""
    place.mkdir()
    (place / "coalition").mkdir()
    write_coalition(place / "coalition")
    write_quarters(place / "quarters")
    settings = {
        **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), now.threads),
        "NUMBA_NUM_THREADS": now.threads,
        "OPENBLAS_CORETYPE": now.processor,
        "LC_ALL": now.locale,
        "PYTHONHASHSEED": now.seed,
        "PYTHONUTF8": "1",
        "TZ": now.zone,
        **({"NUMBA_CACHE_DIR": str(place / "kernels")} if now.cold else {}),
    }
    words = [str(place), DAY.isoformat(), str(now.together), *FORMATS]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *words], env={**os.environ, **settings},
        capture_output=True, text=True, encoding="utf-8", timeout=3000, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.slow
def test_a_report_is_the_same_under_all_circumstances(tmp_path: Path) -> None:
    first, *others = (sorted(set(report(tmp_path / str(k), now))) for k, now in enumerate(RUNS))
    assert len(first) == 2 * len(FORMATS)
    for now, found in zip(RUNS[1:], others, strict=True):
        assert found == first, now


def test_the_runs_differ_in_all_that_is_promised() -> None:
    assert {now.threads for now in RUNS} == {"1", "2", "6"}
    assert len({now.processor for now in RUNS}) == 4 and len({now.locale for now in RUNS}) == 3
    assert len({now.seed for now in RUNS}) == 2 and len({now.zone for now in RUNS}) > 1
    assert {now.cold for now in RUNS} == {True, False}
