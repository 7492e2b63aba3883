"""What two rows agree on, and how likely it is that they are one organization.

The evidence on a pair is a small pattern: how alike the names are, whether ZIP code, town, county,
street and kind agree, differ or are not known. Each level of each kind of evidence has a weight,
and the probability that the pair is one organization is

    p = 1 / (1 + exp(-(intercept + sum of the weights)))

a logistic model on agreement patterns, the discriminative form of Fellegi & Sunter (1969),
doi:10.1080/01621459.1969.10501049. The weights ship as ``data/matching.json``; they were fitted on
public files whose identifiers tell the truth (``benchmarks/fit_matching.py``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from ..core.arrays import BoolArray, FloatArray, IntArray
from .blocking import HOSPITALS, Pairs, Records

NEARLY, ALIKE, CLOSE = 0.95, 0.90, 0.85
CLINICS = frozenset(
    {"rural_health_clinic", "health_center", "health_center_look_alike", "free_clinic"}
)
TOGETHER = (HOSPITALS, CLINICS)  # kinds that two files may give to one place
MAYBE_TOGETHER = (*TOGETHER, HOSPITALS | {"behavioral_health"})

# The levels of every kind of evidence; the first one that holds counts.
LEVELS: Mapping[str, tuple[str, ...]] = {
    "name": ("same", "nearly the same", "alike", "close", "different"),
    "core": ("same", "one within the other", "none", "different"),
    "zip": ("same", "not known", "different"),
    "town": ("same", "not known", "different"),
    "county": ("same", "not known", "different"),
    "street": ("same", "same number", "not known", "different"),
    "kind": ("same", "go together", "not known", "different"),
    "alone": ("both", "no"),
}


def describe_agreement(records: Records, pairs: Pairs) -> pd.DataFrame:
    """Give the level of every kind of evidence for every pair, as positions in ``LEVELS``."""
    i, j = pairs.i, pairs.j
    found = {
        "name": _first(
            records.agree("names", i, j),
            *(pairs.likeness >= least for least in (NEARLY, ALIKE, CLOSE)),
        ),
        "core": _compare_cores(records, i, j),
        **{
            name: _first(records.agree(column, i, j), ~records.differ(column, i, j))
            for name, column in (("zip", "zip"), ("town", "town"), ("county", "county_fips"))
        },
        "street": _first(
            records.agree("street", i, j),
            _same_number(records, i, j),
            ~records.differ("street", i, j),
        ),
        "kind": _compare_kinds(records, i, j),
        "alone": _first(records.agree("alone", i, j)),
    }
    return pd.DataFrame({name: found[name] for name in LEVELS})


def _first(*conditions: BoolArray) -> IntArray:
    """Position of the first condition that holds; their number where none does."""
    level = np.full(len(conditions[0]), len(conditions), dtype=np.int64)
    for k, condition in reversed(list(enumerate(conditions))):
        level[condition] = k
    return level


def _compare_cores(records: Records, i: IntArray, j: IntArray) -> IntArray:
    words = np.array([frozenset(core.split()) for core in records.texts("cores")], dtype=object)
    a, b = words[i], words[j]
    within = [bool(x and y and (x <= y or y <= x)) for x, y in zip(a, b, strict=True)]
    neither = [not x and not y for x, y in zip(a, b, strict=True)]
    return _first(
        records.agree("cores", i, j), np.array(within, dtype=bool), np.array(neither, dtype=bool)
    )


def _same_number(records: Records, i: IntArray, j: IntArray) -> BoolArray:
    """The streets are written differently, but the house numbers agree."""
    first = [street.partition(" ")[0] for street in records.texts("street")]
    numbers = np.array([word if word.isdigit() else "" for word in first], dtype=object)
    return np.asarray((numbers[i] == numbers[j]) & (numbers[i] != ""), dtype=bool)


def _compare_kinds(records: Records, i: IntArray, j: IntArray) -> IntArray:
    kinds = records.texts("kind")
    unknown = np.isin(kinds, ["", "other"])
    together = go_together(records, i, j, TOGETHER)
    return _first((kinds[i] == kinds[j]) & ~unknown[i], together & ~unknown[i] & ~unknown[j],
                  unknown[i] | unknown[j])  # fmt: skip


def go_together(
    records: Records, i: IntArray, j: IntArray, together: tuple[frozenset[str], ...]
) -> BoolArray:
    """Whether two files may give these kinds to one place; "other" goes with everything."""
    kinds = records.texts("kind")
    unknown = np.isin(kinds, ["", "other"])
    found = (kinds[i] == kinds[j]) | unknown[i] | unknown[j]
    for group in together:
        inside = np.isin(kinds, sorted(group))
        found |= inside[i] & inside[j]
    return np.asarray(found, dtype=bool)


def estimate_probability(patterns: pd.DataFrame) -> FloatArray:
    """Give the probability that each pair is one organization, by its pattern of agreement."""
    model = load_model()
    score = np.full(len(patterns), float(model["intercept"]))
    for name, levels in LEVELS.items():
        weights = np.array([model["weights"][name][level] for level in levels])
        score += weights[patterns[name].to_numpy()]
    return np.asarray(0.5 * (1.0 + np.tanh(score / 2.0)))


@cache
def load_model() -> Mapping[str, Any]:
    """Load the weights that ship with partnet."""
    text = files("partnet").joinpath("data/matching.json").read_text(encoding="utf-8")
    return dict(json.loads(text))
