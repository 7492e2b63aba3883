"""UCINET's new single file, .uci: JSON with relations and attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ....core.arrays import FloatArray
from ....core.errors import InputError
from ..containers.matrices import (
    Matrix,
    add_one_mode,
    add_two_mode,
    check_size,
    label_nodes,
    list_arcs,
    order_columns,
    separate_labels,
)
from ..containers.values import list_objects, number_or_text, text_of_json, write_json
from ..model import Files, Foreign, Outgoing
from ..source import Source


def sniff(source: Source) -> bool:
    """Tell whether a file is JSON that begins as .uci does."""
    if not source.is_json or '"uci"' not in source.start:
        return False
    return isinstance(source.data, Mapping) and "uci" in source.data


def read(source: Source) -> Foreign:
    """Read matrices or lists of edges, and attributes of the rows.

    Raises
    ------
    InputError
        It is not valid JSON, of a later version, or has other numbers than it promises.
    """
    data = source.parse_json()
    if not text_of_json(data["uci"]).startswith("1"):
        raise InputError(
            f"{source.name}: found version {text_of_json(data['uci'])} of .uci. Version 1 is read. "
            "Save it as DL or ##h in UCINET."
        )
    rows, columns = (_count(source.name, data, key) for key in ("nrows", "ncols"))
    relations = list_objects(data.get("relations"))
    check_size(source.name, rows, columns, len(relations))
    down = _read_labels(source.name, data, "rowlabels", rows)
    across = _read_labels(source.name, data, "collabels", columns)
    foreign = Foreign(source.name, "UCINET (.uci)")
    matrices = [_read_relation(source.name, one, rows, columns) for one in relations]
    ordered = order_columns(down, across, matrices)
    if rows == columns and (ordered is not None or data.get("mode") == "1-mode"):
        matrices = matrices if ordered is None else ordered
        if len(matrices) == 1 and matrices[0].name == text_of_json(data.get("title")):
            matrices = [Matrix("", matrices[0].values)]  # named after the file, not a relation
        add_one_mode(foreign, down, matrices)
    else:
        add_two_mode(foreign, down, across, matrices)
    _add_attributes(foreign, down, data.get("attributes"))
    return foreign


def _count(name: str, data: Mapping[str, Any], key: str) -> int:
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InputError(
            f"{name}: found {key} = {text_of_json(value) or 'nothing'}. It is the number of rows "
            "or columns. Save the file anew in UCINET."
        )
    return value


def _read_labels(name: str, data: Mapping[str, Any], key: str, count: int) -> list[str]:
    labels = data.get(key)
    if labels is None:
        return [str(k) for k in range(1, count + 1)]
    if not isinstance(labels, list) or len(labels) != count:
        found = len(labels) if isinstance(labels, list) else "no list of"
        raise InputError(
            f"{name}: found {found} {key}, where {count} are promised. Save it anew in UCINET."
        )
    return [text_of_json(label) for label in labels]


def _read_relation(name: str, one: Mapping[str, Any], rows: int, columns: int) -> Matrix:
    label = text_of_json(one.get("name"))
    try:
        if one.get("layout") == "edgelist":
            values = _fill_edges(one, rows, columns)
        else:
            values = np.array(one.get("values"), dtype=np.float64).reshape(rows, columns)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise InputError(
            f'{name}: found in the relation "{label}" other values than {rows} x {columns} '
            f"numbers ({error}). Save it anew in UCINET."
        ) from error
    values[~np.isfinite(values)] = np.nan
    return Matrix(label, values)


def _fill_edges(one: Mapping[str, Any], rows: int, columns: int) -> FloatArray:
    values = np.zeros((rows, columns))
    i, j = (np.array(one.get(key, []), dtype=np.int64).reshape(-1) - 1 for key in ("i", "j"))
    weights = np.array(one.get("values") or np.ones(len(i)), dtype=np.float64)
    if not len(i) == len(j) == len(weights) or (len(i) and min(i.min(), j.min()) < 0):
        raise ValueError("i, j and values do not fit together")
    values[i, j] = weights
    return values


def _add_attributes(foreign: Foreign, labels: list[str], block: Any) -> None:
    if not isinstance(block, Mapping):
        return
    rows = [text_of_json(row) for row in block.get("rows") or labels]
    by_label = dict(zip(labels, foreign.organizations.rows, strict=True))
    if len(by_label) < len(labels):
        return  # repeated labels cannot say whose attributes these are
    for variable in list_objects(block.get("variables")):
        values = variable.get("values")
        for row, value in zip(rows, values if isinstance(values, list) else [], strict=False):
            if row in by_label and value is not None:
                by_label[row][text_of_json(variable.get("name"))] = text_of_json(value)
    _follow_ids(foreign, dict(zip(separate_labels(labels), by_label.values(), strict=False)))


def _follow_ids(foreign: Foreign, rows: Mapping[str, Mapping[str, str]]) -> None:
    """Ties name organizations by label; where an attribute gives ids, by these."""
    ids = {label: row["id"] for label, row in rows.items() if row.get("id")}
    for tie in foreign.ties.rows:
        for end in ("source", "target"):
            tie[end] = ids.get(tie[end], tie[end])


def write(out: Outgoing) -> Files:
    """Write version 1.0: relations as lists of edges, every column as an attribute of the rows."""
    labels = label_nodes(out, lambda text: bool(text.strip()))
    relations = []
    for name, arcs in list_arcs(out).items():
        ends = sorted(arcs)
        relations.append(
            {
                "name": name,
                "layout": "edgelist",
                "i": [i + 1 for i, _ in ends],
                "j": [j + 1 for _, j in ends],
                "values": [arcs[pair] for pair in ends],
            }
        )
    variables = [
        {"name": column, "values": [_value(node, column, out) for node in out.nodes]}
        for column in out.node_columns
    ]
    data = {
        "uci": "1.0",
        "title": out.title,
        "mode": "1-mode",
        "directed": any(out.directed),
        "nrows": len(labels),
        "ncols": len(labels),
        "rowlabels": labels,
        "collabels": labels,
        "datatype": "double",
        "relations": relations,
        "attributes": {"rows": labels, "variables": variables},
    }
    return {"": write_json(data)}


def _value(node: Mapping[str, str], column: str, out: Outgoing) -> Any:
    return number_or_text(column, node[column], out.node_numbers) if column in node else None
