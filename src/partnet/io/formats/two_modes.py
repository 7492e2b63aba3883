"""Graphs whose nodes say of which of two modes they are, as igraph and networkx mark them."""

from __future__ import annotations

from collections.abc import Mapping

from .containers.matrices import add_membership, note_two_modes
from .model import Foreign, Records

# What marks the first mode (organizations) and the second (groups), by column.
MARKS: Mapping[str, Mapping[str, bool]] = {
    "bipartite": {"0": False, "1": True},
    "type": {"false": False, "true": True},
}


def split_modes(foreign: Foreign) -> None:
    """Read nodes of the second mode as groups, and the ties to them as memberships.

    So it is only where every node is marked and every tie leads from one mode to the other.
    """
    rows = foreign.organizations.rows
    marked = {name: _list_marks(rows, name) for name in MARKS}
    column, marks = next(((n, found) for n, found in marked.items() if found), ("", []))
    if not marks or any(mark and "kind" in row for mark, row in zip(marks, rows, strict=True)):
        return  # a group has no kind of organization
    by_id = {row.get("id", ""): k for k, row in enumerate(rows)}
    by_name = {_name_of(row): k for k, row in enumerate(rows)}
    ends = [
        [by_id.get(text, by_name.get(text, -1)) for text in (tie["source"], tie["target"])]
        for tie in foreign.ties.rows
        if "source" in tie and "target" in tie
    ]
    across = [-1 not in pair and marks[pair[0]] != marks[pair[1]] for pair in ends]
    if across and all(across) and len(ends) == len(foreign.ties):
        _split(foreign, column, marks, ends)


def _list_marks(rows: list[dict[str, str]], column: str) -> list[bool]:
    """The mark of each node; none where a node has no mark, or all have the same."""
    words = [_cell(row, column).strip().casefold() for row in rows]
    if len(set(words)) != len(set(MARKS[column].values())) or not set(words) <= set(MARKS[column]):
        return []
    return [MARKS[column][word] for word in words]


def _cell(row: Mapping[str, str], column: str) -> str:
    return next((text for name, text in row.items() if name.strip().casefold() == column), "")


def _name_of(row: Mapping[str, str]) -> str:
    return _cell(row, "name") or _cell(row, "label") or row.get("id", "")


def _split(foreign: Foreign, column: str, marks: list[bool], ends: list[list[int]]) -> None:
    nodes, ties = foreign.organizations, foreign.ties
    kept = Records(sheet=nodes.sheet)
    for row, line, key, second in zip(nodes.rows, nodes.lines, nodes.keys, marks, strict=True):
        cells = {name: text for name, text in row.items() if name.strip().casefold() != column}
        if not second:
            kept.add(line, cells, key)
    for pair, tie, line in zip(ends, ties.rows, ties.lines, strict=True):
        first, group = sorted(pair, key=lambda k: marks[k])
        id_ = nodes.rows[first].get("id") or _name_of(nodes.rows[first])
        weight = _cell(tie, "weight")
        add_membership(foreign, id_, _name_of(nodes.rows[group]), weight=weight, line=line)
    foreign.organizations, foreign.ties = kept, Records(sheet=ties.sheet)
    note_two_modes(foreign, len(kept), sum(marks))
