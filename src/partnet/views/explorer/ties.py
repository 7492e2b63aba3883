"""The ties that the explorer holds: one row a pair and relation, with strength, date and waves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ...core.arrays import IntArray
from ...core.network import Network
from ...facts.graph.layers import Layer
from ..picture import thin_layer, upper_half

SHARED = "in_common"  # the relation of pairs that share most, where no tie is on file
BOTH, FORTH, BACK = 0, 1, 2


def list_ties(waves: Mapping[str, Network], newest: Network, layer: Layer) -> pd.DataFrame:
    """List the ties of all waves among the organizations of the newest.

    Parameters
    ----------
    waves : mapping of str to Network
        Each wave as it stood on its day, the newest last.
    newest : Network
        The network whose organizations are shown.
    layer : Layer
        Affinity, where no tie is on file: then its strongest pairs stand for ties.

    Returns
    -------
    DataFrame
        ``a``, ``b`` (positions, a < b), ``relation``, ``strength`` (percent, -1 where none is
        given), ``date`` (year and month as 202606 of the last contact, else of the start; 0 where
        not known), ``way`` (0 both, 1 from a to b, 2 from b to a), ``waves`` (a bit for each).
    """
    if layer.kind == "affinity":
        return _list_shared(layer, len(waves))
    frames = [
        _list_wave(net, newest).assign(waves=1 << number)
        for number, net in enumerate(waves.values())
    ]
    rows = pd.concat(frames, ignore_index=True)
    keys = ["a", "b", "relation"]
    grouped = rows.groupby(keys, sort=True)
    joined = grouped.agg(
        strength=("strength", "last"),
        date=("date", "max"),
        waves=("waves", "sum"),  # each wave holds a pair and relation once: the bits differ
    ).reset_index()
    joined["way"] = _join_ways(grouped["way"])
    return joined


def _list_wave(net: Network, newest: Network) -> pd.DataFrame:
    """The ties of one wave, each relation of a pair once."""
    ties = net.ties
    source, target = (newest.positions(ties[side]) for side in ("source", "target"))
    kept = (source >= 0) & (target >= 0) & (source != target)
    ties, source, target = ties[kept], source[kept], target[kept]
    day = ties["last_contact"].fillna(ties["since"])
    way = np.where(ties["directed"] != "yes", BOTH, np.where(source < target, FORTH, BACK))
    rows = pd.DataFrame(
        {
            "a": np.minimum(source, target),
            "b": np.maximum(source, target),
            "relation": ties["relation"].to_numpy(),
            "strength": (ties["strength"] * 100).round().fillna(-1).astype(int).to_numpy(),
            "date": (day.dt.year * 100 + day.dt.month).fillna(0).astype(int).to_numpy(),
            "way": way,
        }
    )
    grouped = rows.groupby(["a", "b", "relation"], sort=True)
    joined = grouped.agg(strength=("strength", "max"), date=("date", "max")).reset_index()
    joined["way"] = _join_ways(grouped["way"])
    return joined


def _join_ways(ways: Any) -> IntArray:
    """Both ways, if any row of a pair says so or its rows go either way."""
    low, high = ways.min().to_numpy(), ways.max().to_numpy()
    return np.where(low == high, low, BOTH)


def _list_shared(layer: Layer, waves: int) -> pd.DataFrame:
    pairs = upper_half(thin_layer(layer).matrix)
    a, b = pairs.coords
    table = pd.DataFrame({"a": a, "b": b, "relation": SHARED})
    table["strength"] = np.round(pairs.data * 100).astype(int)
    table[["date", "way"]] = 0
    table["waves"] = (1 << waves) - 1
    return table.sort_values(["a", "b"], kind="stable").reset_index(drop=True)


def pack_ties(ties: pd.DataFrame, n: int, relations: list[str]) -> dict[str, Any]:
    """Pack ties column by column: short numbers, and one number where a column has only one."""
    step = ties["b"].to_numpy(dtype=np.int64)
    first = ties["a"].to_numpy(dtype=np.int64)
    same = np.zeros(len(ties), dtype=bool)
    same[1:] = first[1:] == first[:-1]
    before = np.where(same, np.concatenate([[0], step[:-1]])[: len(ties)], first)
    packed: dict[str, Any] = {
        "count": np.bincount(first, minlength=n).tolist(),
        "step": (step - before).tolist(),
    }
    position = {relation: k for k, relation in enumerate(relations)}
    packed["relation"] = _pack(ties["relation"].map(position))
    packed |= {name: _pack(ties[name]) for name in ("strength", "date", "way", "waves")}
    return packed


def _pack(column: pd.Series) -> Any:
    values = [int(value) for value in column]
    return values[0] if values and len(set(values)) == 1 else values
