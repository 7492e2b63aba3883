"""The picture of all waves: drawn from any course, the same bytes every time."""

from __future__ import annotations

import pandas as pd
import pytest

from partnet.views.course import render_course

DAYS = pd.to_datetime(["2022-06-30", "2024-06-30", "2026-06-30"])


def make_course(days: bool, programs: int) -> pd.DataFrame:
    rows = pd.DataFrame(
        {"what": "statistic", "label": "density", "at": DAYS if days else [1.0, 2.0, 3.0],
         "until": pd.NaT, "value": [0.1, float("nan"), 0.3], "low": [0.0, float("nan"), 0.1],
         "high": [0.2, float("nan"), 0.9]}
    )  # fmt: skip
    ends = [("2020-01-01", "2023-01-01"), ("2025-01-01", None), (None, "2024-01-01")]
    bars = pd.DataFrame(
        {"what": "program", "label": [f"P{k}$x^2$ & <b>" for k in range(programs)],
         "at": pd.to_datetime([a for a, _ in ends[:programs]]),
         "until": pd.to_datetime([b for _, b in ends[:programs]])}
    )  # fmt: skip
    return pd.concat([rows, bars]) if programs else rows


@pytest.mark.parametrize(("days", "programs"), [(True, 3), (True, 0), (False, 0)])
def test_any_course_is_drawn(days: bool, programs: int) -> None:
    course = make_course(days, programs)
    first = render_course(course, "All waves")
    assert first == render_course(course, "All waves") and first.startswith(b"<?xml")
    assert (b"2022-06" in first) == days or b"wave 1" in first


def test_one_wave_without_a_value_is_drawn() -> None:
    course = make_course(True, 0).head(1).assign(value=float("nan"), low=float("nan"))
    assert render_course(course, "One", format="png").startswith(b"\x89PNG")
