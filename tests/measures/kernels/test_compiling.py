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
    settings = {"NUMBA_CACHE_DIR": str(tmp_path / "cache"), "NUMBA_DEBUG_CACHE": "1"}
    runs = [
        subprocess.run(
            command, env={**os.environ, **settings}, capture_output=True, text=True, check=True
        )
        for _ in range(2)
    ]
    saved = [run.stdout.count("[cache] data saved") for run in runs]
    announced = ["compiling its measures" in run.stderr for run in runs]
    assert saved[0] > 0 and saved[1] == 0
    assert announced == [True, False]
