"""The state of one goal, from its target and what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ...core.wording.text import say_date, say_number

OFF, NO_DATA, ON, REACHED = "off track", "no data", "on track", "reached"
STATES = (OFF, NO_DATA, ON, REACHED)
LEAST = 3  # days measured from which a line is drawn on
PERCENT_UNITS = ("%", "percent", "pct", "in %", "in percent")
DOLLAR_UNITS = ("$", "usd", "us$", "dollars")
WITHIN = 0.975  # two-sided 95 %
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached: direction, baseline on a day, target due on a day."""

    direction: str
    baseline: float
    baseline_on: Any
    target: float
    due: Any
    unit: str = ""

    def say(self, number: float) -> str:
        """Say a number of this goal in its unit.

        Examples
        --------
        >>> goal = Goal("down", 12.0, None, 10.0, None, "%")
        >>> goal.say(10.5), Goal("", 0, None, 2e6, None, "$").say(1100000)
        ('10.5%', '$1,100,000')
        """
        unit, said = self.unit.strip(), say_number(number)
        if unit.casefold() in PERCENT_UNITS:
            return f"{said}%"
        if unit.casefold() in DOLLAR_UNITS:
            return f"${said}"
        return f"{said} {unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Judged:
    """The state of a goal, why, and what was expected or may come."""

    state: str
    evidence: str
    expected: float = NAN
    projected: float = NAN
    low: float = NAN
    high: float = NAN


def judge_goal(goal: Goal, values: pd.Series, day: Any) -> Judged:
    """Judge one goal by its measurements, sorted by day."""
    if pd.isna(goal.target):
        return Judged(NO_DATA, "no target is set")
    late = not pd.isna(goal.due) and day is not None and goal.due < day
    if not len(values):
        passed = f"; it was due on {say_date(goal.due)}" if late else ""
        return Judged(NO_DATA, f"nothing was measured{passed}")
    value, on = float(values.iloc[-1]), values.index[-1]
    baseline, start = _find_start(goal, values)
    up = goal.direction == "up" or (goal.direction == "" and not goal.target < baseline)
    ahead = draw_on(values, goal.due)
    told = f"{goal.say(value)} on {say_date(on)}, target {goal.say(goal.target)}"
    if _is_beyond(value, goal.target, up):
        return Judged(REACHED, told, NAN, *ahead)
    if late:
        return Judged(OFF, f"{told}; it was due on {say_date(goal.due)}", NAN, *ahead)
    if pd.isna(goal.due):
        return Judged(NO_DATA, f"{told}; no day is set by when", NAN, *ahead)
    if pd.isna(baseline) or pd.isna(start) or not start < on:
        return Judged(NO_DATA, f"{told}; no baseline before it", NAN, *ahead)
    share = min((on - start) / (goal.due - start), 1.0)
    expected = baseline + (goal.target - baseline) * share
    state = ON if _is_beyond(value, expected, up) else OFF
    evidence = f"{told}; {goal.say(round(expected, 9))} would be on the way"
    return Judged(state, evidence, expected, *ahead)


def _find_start(goal: Goal, values: pd.Series) -> tuple[float, Any]:
    """The baseline and its day; the first measurement where none is on file."""
    if not pd.isna(goal.baseline) and not pd.isna(goal.baseline_on):
        return float(goal.baseline), goal.baseline_on
    return float(values.iloc[0]), values.index[0]


def _is_beyond(value: float, mark: float, up: bool) -> bool:
    slack = 1e-9 * max(abs(value), abs(mark), 1.0)
    return value >= mark - slack if up else value <= mark + slack


def draw_on(values: pd.Series, due: Any) -> tuple[float, float, float]:
    """Draw the least-squares line on to a day: value there, and its 95 % prediction interval.

    y0 +- t(n - 2) s sqrt(1 + 1/n + (x0 - mean x)^2 / sum (x - mean x)^2); NaN with fewer than three
    days, or where the day is not after the newest.
    """
    if len(values) < LEAST or pd.isna(due) or not values.index[-1] < due:
        return NAN, NAN, NAN
    from scipy.stats import t as student

    days = (values.index - values.index[0]).days.to_numpy(dtype="float64")
    ahead = float((due - values.index[0]).days)
    y, n = values.to_numpy(dtype="float64"), len(values)
    spread = float(((days - days.mean()) ** 2).sum())
    slope = float(((days - days.mean()) * y).sum() / spread)
    projected = float(y.mean() + slope * (ahead - days.mean()))
    rest = y - y.mean() - slope * (days - days.mean())
    error = np.sqrt((rest**2).sum() / (n - 2))
    width = student.ppf(WITHIN, n - 2) * error
    width *= np.sqrt(1 + 1 / n + (ahead - days.mean()) ** 2 / spread)
    return projected, projected - float(width), projected + float(width)
