"""Whatever writes may be killed at any moment: nothing is lost, and the next run recovers."""

from __future__ import annotations

import os

import pytest

if not hasattr(os, "fork"):
    pytest.skip("processes are forked to be killed", allow_module_level=True)

from .kills import WORKS, kill_each

QUICK = ("new folder", "sample", "example")
WHOLE = ("folder", "ucinet")


@pytest.mark.parametrize(
    "name", [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in WHOLE)]
)
def test_killed_before_any_step(name: str) -> None:
    assert kill_each(name) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in WORKS if name not in (*QUICK, *WHOLE)])
def test_killed_before_some_steps(name: str) -> None:
    assert kill_each(name, every=4) == []
