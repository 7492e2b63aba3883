"""Do ties cross the borders of groups: the E-I index of each group and organization."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ...core.arrays import FloatArray, Int32Array
from ...facts.graph.layers import Layer


def measure_e_i(layer: Layer, groups: Int32Array) -> pd.DataFrame:
    """Say of each organization whether its partners are of its own group or of others.

    ``(partners of other groups - partners of its own) / all``, among partners of known group:
    -1 all within, 1 all outside. Direction is ignored.

    Parameters
    ----------
    layer : Layer
        The graph.
    groups : int32 array
        Group by position; -1 where it is not known.

    Returns
    -------
    DataFrame
        Indexed by organization id: ``inside``, ``outside`` (partners), ``e_i``; NaN where the own
        group is not known, or without a partner of known group.

    References
    ----------
    Krackhardt & Stern (1988), doi:10.2307/2786835.
    """
    row, column = layer.symmetric.tocoo().coords
    told = (groups[row] >= 0) & (groups[column] >= 0)
    row, same = row[told], groups[row[told]] == groups[column[told]]
    inside = np.bincount(row[same], minlength=layer.n)
    outside = np.bincount(row[~same], minlength=layer.n)
    columns = {"inside": inside, "outside": outside, "e_i": _compare(inside, outside)}
    return pd.DataFrame(columns, index=layer.ids)


def list_group_e_i(layer: Layer, groups: Int32Array, labels: list[str]) -> pd.DataFrame:
    """Say of each group whether the partners of its members are members.

    The counts of :func:`measure_e_i` summed over the members, as UCINET does: a tie between two
    members counts for both.

    Returns
    -------
    DataFrame
        Indexed by ``group``: ``organizations``, ``inside``, ``outside``, ``e_i`` (NaN without a
        partner).

    References
    ----------
    Krackhardt & Stern (1988), doi:10.2307/2786835.
    """
    own = measure_e_i(layer, groups)
    known, k = groups >= 0, len(labels)
    columns = {"organizations": np.bincount(groups[known], minlength=k)}
    for name in ("inside", "outside"):
        counts = own[name].to_numpy(dtype=float)[known]
        columns[name] = np.bincount(groups[known], weights=counts, minlength=k).astype(np.int64)
    table = pd.DataFrame(columns, index=pd.Index(labels, name="group"))
    return table.assign(e_i=_compare(columns["inside"], columns["outside"]))


def _compare(inside: npt.NDArray, outside: npt.NDArray) -> FloatArray:
    total = (inside + outside).astype(float)
    crossing = (outside - inside).astype(float)
    return np.divide(crossing, total, out=np.full(len(total), np.nan), where=total > 0)
