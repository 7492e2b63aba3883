"""Kernels run as they stand or compiled, by the size of their arrays alone, with the same bits."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import partnet
from partnet.io.samples import sample_path
from partnet.measures import parallel
from partnet.measures.kernels import cohesion
from partnet.measures.kernels.compiling import Kernel, kernel
from partnet.questions.session.seating import plan_seating

from ...builders import load_anew


def add_up(numbers: Any) -> float:
    """Add up numbers in their order."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def is_compiled(it: Kernel) -> bool:
    return "compiled" in vars(it)


def test_large_arrays_are_compiled_at_once() -> None:
    it = kernel(small=4, calls=10)(add_up)
    assert it(np.ones(4)) == 4.0 and not is_compiled(it)
    assert it(np.ones(5)) == 5.0 and is_compiled(it)
    assert it(np.ones(4)) == 4.0 and it.left == 0  # and from then on


def test_many_small_ones_are_compiled_after_all() -> None:
    it = kernel(small=4, calls=3)(add_up)
    for _ in range(5):
        it(np.ones(2))
    assert not is_compiled(it)
    it(np.ones(2))
    assert is_compiled(it)


def test_without_a_size_it_is_compiled_on_its_first_call() -> None:
    it = kernel(add_up)
    it(np.ones(1))
    assert is_compiled(it)


def test_a_kernel_keeps_its_name_and_can_be_sent_to_another_process() -> None:
    assert cohesion.label_parts.__name__ == "label_parts"
    assert pickle.loads(pickle.dumps(cohesion.label_parts)) is cohesion.label_parts


class Twice:
    """Calls kernels both ways, and counts where they differ."""

    def __init__(self) -> None:
        self.tried: Counter[str] = Counter()
        self.differing: set[str] = set()

    def call(self, it: Kernel, *arguments: Any) -> Any:
        if not it.small or self.tried[it.__name__] >= 6:
            return it.compiled(*arguments)
        self.tried[it.__name__] += 1
        others = copy.deepcopy(arguments)
        with np.errstate(all="ignore"):
            found = it.interpreted(*others)
        expected = it.compiled(*arguments)
        if found is NotImplemented:
            return expected
        if not same_bits((expected, arguments), (found, others)):
            self.differing.add(it.__name__)
        return expected


def same_bits(one: Any, other: Any) -> bool:
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same_bits, one, other))
    one, other = np.asarray(one), np.asarray(other)
    return one.shape == other.shape and one.tobytes() == other.astype(one.dtype).tobytes()


@pytest.mark.slow
def test_both_ways_give_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = Twice()
    monkeypatch.setattr(Kernel, "__call__", lambda it, *arguments: twice.call(it, *arguments))
    monkeypatch.setattr(parallel, "STEPS_WORTH_THREADS", np.inf)  # others write to the same array
    net = load_anew("prairie").at("2026-06-30")
    partnet.measure_centrality(net)
    partnet.find_bridges(net)
    partnet.measure_structure(net)
    partnet.recommend_partners(net)
    random = np.random.default_rng(1)
    value = random.random((12, 12))
    plan_seating(value + value.T, random.random((12, 12)) < 0.3, ["health"] * 12, rounds=3)
    assert not twice.differing and len(twice.tried) >= 20


@pytest.mark.slow
def test_the_second_report_compiles_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "partnet.cli", "report", str(sample_path("prairie"))]
    command += ["--as-of", "2026-06-30", "-o", str(tmp_path / "report.html")]
    kept, announced = [], []
    for _ in range(2):
        environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        announced.append("compiling its measures" in done.stderr)
        kept.append({path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.nbc")})
    assert kept[0] and kept[0] == kept[1]
    assert announced == [True, False]
