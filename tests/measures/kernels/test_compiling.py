"""Kernels are compiled once on a computer: the second report loads them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from partnet.io.samples import sample_path


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
