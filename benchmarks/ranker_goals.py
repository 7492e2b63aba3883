"""The goals of the design beside what was found: aims, where the release gates are duties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from ranker_baselines import BOTH_WALKS, SINGLE
from ranker_tables import average, write_markdown

if TYPE_CHECKING:
    from evaluate_ranker import Evaluation

# Networks, measure, and how far `best` should stand above the best single score.
GAINS = (
    ("all", "auc", 0.020),
    ("all", "hit_1", 0.050),
    ("all", "hit_5", 0.025),
    ("organizations", "auc", 0.025),
    ("organizations", "hit_1", 0.050),
    ("organizations", "hit_5", 0.035),
    ("with attributes", "auc", 0.035),
    ("with attributes", "hit_5", 0.045),
    ("later ties", "auc", 0.015),
)
NEWCOMERS, ERROR, APART = 0.78, 0.022, 0.004
DESIGNED = [name for name in SINGLE if name != BOTH_WALKS]


def write_goals(
    found: Evaluation, warm: pd.DataFrame, new: pd.DataFrame, later: pd.DataFrame
) -> str:
    """Write the table of goals: gains over the best single score, without and with both walks."""
    means = {
        "all": average(warm),
        "organizations": average(warm[warm["domain"] == "org"]),
        "with attributes": average(warm[warm["attributes"]]),
        "later ties": average(later),
    }
    rows = {}
    for label, measure, goal in GAINS:
        values = means[label][measure]
        gains = [values["best"] - max(values[singles]) for singles in (DESIGNED, list(SINGLE))]
        text = f"{label}: best over the best single score, {measure} at least {goal:+.3f}"
        rows[text] = _row(*gains, goal)
    auc = float(average(new).loc["readable", "auc"])
    rows[f"newcomers: AUC at least {NEWCOMERS}"] = _plain(auc, auc >= NEWCOMERS)
    for name in ("readable", "best"):
        error = found.calibration[name].error
        rows[f"calibration error of {name} at most {ERROR}"] = _plain(error, error <= ERROR)
    apart = float(means["all"].loc["best", "auc"] - means["all"].loc["readable", "auc"])
    rows[f"readable within {APART} AUC of best"] = _plain(apart, apart <= APART)
    return write_markdown(pd.DataFrame.from_dict(rows, orient="index"))


def _row(designed: float, harder: float, goal: float) -> dict[str, str]:
    return {
        "found": f"{designed:+.4f}",
        "goal": _say(designed >= goal),
        f"with {BOTH_WALKS}": f"{harder:+.4f}",
        "the same goal": _say(harder >= goal),
    }


def _plain(value: float, reached: bool) -> dict[str, str]:
    rest = {f"with {BOTH_WALKS}": "", "the same goal": ""}
    return {"found": f"{value:.4f}", "goal": _say(reached), **rest}


def _say(reached: bool) -> str:
    return "reached" if reached else "**missed**"
