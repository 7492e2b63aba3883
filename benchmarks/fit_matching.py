"""Fit the weights with which evidence tells that two rows are one organization.

    python benchmarks/fit_matching.py FOLDER

FOLDER holds public/ and names/. Hospitals of CMS in 2018 and today teach with their CCN, exempt
organizations that changed their name with their EIN; both are hidden from the evidence. Hospitals
of every other State, and every other exempt organization, are kept back for the figures
(``evaluate_matching.py``). Writes src/partnet/data/matching.json.
"""

from __future__ import annotations

import argparse
import json
from itertools import accumulate
from pathlib import Path

import numpy as np
import pandas as pd
from matching_files import Task, is_for_fitting, read_hospitals, read_renamed_charities
from scipy import optimize, special

from partnet.linkage.comparison import LEVELS, describe_agreement

OUTPUT = Path(__file__).parents[1] / "src" / "partnet" / "data" / "matching.json"
RIDGE = 1e-5  # keeps weights finite where one level never errs
UNKNOWN = "not known"
SHARE, THINNED = 0.5, 3  # files that list half of the hospitals each, so many times
# What other files do not tell: the same pairs teach again with these not known.
HIDDEN = ((), ("street",), ("street", "town"), ("street", "zip"), ("street", "county", "kind"))


def main() -> None:
    """Read the folder, fit, and write data/matching.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    hospitals = read_hospitals(folder)
    thinned = [hospitals.thin(SHARE, seed) for seed in range(THINNED)]
    tasks = [hospitals, *thinned, read_renamed_charities(folder)]
    parts = [learn_from(task) for task in tasks]
    patterns = pd.concat([part[0] for part in parts], ignore_index=True)
    same = np.concatenate([part[1] for part in parts])
    intercept, weights = fit_weights(patterns, same)
    model = {
        "fitted_on": "public files of hospitals (CCN) and exempt organizations (EIN)",
        "pairs": len(same),
        "intercept": round(intercept, 3),
        "weights": weights,
    }
    OUTPUT.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(model, indent=1))


def learn_from(task: Task) -> tuple[pd.DataFrame, np.ndarray]:
    """Patterns of a task's pairs for fitting, and whether each pair is one."""
    records = task.records()
    pairs = task.pairs_of_places(records)
    pairs = pairs.keep(is_for_fitting(task, records, pairs))
    patterns, same = describe_agreement(records, pairs), task.is_same(pairs)
    copies = [hide(patterns, names) for names in HIDDEN]
    return pd.concat(copies, ignore_index=True), np.tile(same, len(copies))


def hide(patterns: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """Write "not known" for some kinds of evidence."""
    return patterns.assign(**{name: LEVELS[name].index(UNKNOWN) for name in names})


def fit_weights(
    patterns: pd.DataFrame, same: np.ndarray
) -> tuple[float, dict[str, dict[str, float]]]:
    """Fit a logistic model in which a better level never weighs less than a worse one.

    The last level of each kind of evidence weighs nothing, every level before it a step more that
    is not negative; then all are moved so that "not known" weighs nothing.
    """
    steps = [(name, k) for name, levels in LEVELS.items() for k in range(len(levels) - 1)]
    x = np.column_stack([patterns[name].to_numpy() <= k for name, k in steps]).astype(float)
    sign = np.where(same, 1.0, -1.0)

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (beta[0] + x @ beta[1:])
        value = np.logaddexp(0.0, -margin).mean() + RIDGE * (beta[1:] ** 2).sum()
        pull = -sign * special.expit(-margin) / len(sign)
        slope = np.concatenate([[pull.sum()], x.T @ pull + 2 * RIDGE * beta[1:]])
        return float(value), slope

    bounds = [(None, None)] + [(0.0, None)] * len(steps)
    found = optimize.minimize(loss, np.zeros(len(steps) + 1), jac=True, bounds=bounds).x
    return name_weights(found[0], dict(zip(steps, found[1:], strict=True)))


def name_weights(
    intercept: float, steps: dict[tuple[str, int], float]
) -> tuple[float, dict[str, dict[str, float]]]:
    """Turn steps between levels into weights of levels, "not known" (or else the last) at 0."""
    weights = {}
    for name, levels in LEVELS.items():
        down = [steps[name, k] for k in range(len(levels) - 1)]
        values = [*list(accumulate(reversed(down)))[::-1], 0.0]
        zero = values[levels.index(UNKNOWN)] if UNKNOWN in levels else 0.0
        intercept += zero
        weights[name] = {
            level: round(value - zero, 3) for level, value in zip(levels, values, strict=True)
        }
    return float(intercept), weights


if __name__ == "__main__":
    main()
