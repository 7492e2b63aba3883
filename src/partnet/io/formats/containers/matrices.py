"""Ties as matrices and back, for formats that keep one matrix a relation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ....core.arrays import FloatArray
from ....core.errors import InputError
from ....core.wording.text import count_noun
from ...cells import clean_cell
from ...shapes.ties.related import DEFAULT_RELATION
from ..model import Foreign, Outgoing, Records
from ..settle import KEPT_WEIGHT, shorten_number

ATTRIBUTES = (
    "If the columns are attributes (type, size), they are no groups: give them as columns of the "
    "organizations."
)
FEWEST_HALVED = 3  # organizations of a matrix below which one half is no sign
MOST_CELLS = 100_000_000  # of all matrices of a file: 800 MB


@dataclass(frozen=True)
class Matrix:
    """One relation: rows to columns, NaN where a value is missing; where it stands in the file."""

    name: str
    values: FloatArray
    line: int = 1


def check_size(name: str, rows: int, columns: int, matrices: int = 1) -> None:
    """Refuse matrices that would not fit into memory, before they are made.

    Raises
    ------
    InputError
        They are too large, or a count is below zero.
    """
    cells = rows * columns * matrices
    if min(rows, columns, matrices) < 0 or cells > MOST_CELLS:
        raise InputError(
            f"{name}: found {matrices:,} matrices of {rows:,} x {columns:,}. At most "
            f"{MOST_CELLS:,} cells are read. Export the ties as a list instead."
        )


def add_one_mode(foreign: Foreign, labels: Sequence[str], matrices: Sequence[Matrix]) -> None:
    """Add organizations and the ties of their matrices; a symmetric one has no directions."""
    names = separate_labels(labels)
    for label, id_ in zip(labels, names, strict=True):
        cells = {"name": label} if label == id_ else {"id": id_, "name": label}
        foreign.organizations.add(1, cells)
    named = len(matrices) > 1 or any(m.name for m in matrices)
    foreign.apart |= named
    missing = loops = 0
    for given in matrices:
        matrix = replace(given, values=fill_half(given.values))
        values = matrix.values
        unknown = int(np.isnan(values[~np.eye(len(values), dtype=bool)]).sum())
        missing += unknown if values is given.values else unknown // 2  # of one half
        loops += int(np.count_nonzero(np.nan_to_num(np.diagonal(values))))
        _add_ties(foreign, names, matrix, matrix.name if named else "")
    _note_missing(foreign, missing)
    if loops:
        foreign.note(
            f"{count_noun(loops, 'value')} on the diagonal, from an organization to itself",
            "A tie links two different organizations.",
            "They are not read.",
        )


def order_columns(
    rows: Sequence[str], columns: Sequence[str], matrices: Sequence[Matrix]
) -> list[Matrix] | None:
    """Put columns into the order of the rows; ``None`` where they do not name the same.

    Examples
    --------
    >>> found = order_columns(["a", "b"], ["B", "A"], [Matrix("", np.array([[1.0, 0], [0, 2]]))])
    >>> found[0].values.tolist(), order_columns(["a", "b"], ["a", "c"], [])
    ([[0.0, 1.0], [2.0, 0.0]], None)
    """
    place = {label.casefold(): k for k, label in enumerate(columns)}
    folded = [label.casefold() for label in rows]
    if folded == [label.casefold() for label in columns]:
        return list(matrices)
    if len(place) < len(columns) or len(folded) != len(place) or set(folded) != set(place):
        return None
    order = [place[label] for label in folded]
    return [replace(matrix, values=matrix.values[:, order]) for matrix in matrices]


def fill_half(values: FloatArray) -> FloatArray:
    """Mirror a matrix of which only the half above or below the diagonal is filled.

    Examples
    --------
    >>> nan = np.nan
    >>> fill_half(np.array([[0, 1, 0], [nan, 0, 2], [nan, nan, 0]])).tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 2.0], [0.0, 2.0, 0.0]]
    """
    n = len(values)
    known = ~np.isnan(values) & ~np.eye(n, dtype=bool)
    sides = np.triu(known, 1).any(), np.tril(known, -1).any()
    if n < FEWEST_HALVED or all(sides) or not any(sides):
        return values
    return np.where(np.isnan(values), values.T, values)


def _note_missing(foreign: Foreign, missing: int) -> None:
    if missing:
        foreign.note(
            count_noun(missing, "missing value"),
            "A missing value is not known: neither a tie nor none.",
            "They make no tie. Say in the table responses who was not asked or did not answer.",
        )


def _add_ties(foreign: Foreign, names: Sequence[str], matrix: Matrix, relation: str) -> None:
    values = np.nan_to_num(matrix.values)
    symmetric = np.array_equal(values, values.T)
    filled = np.triu(values, 1) if symmetric else values * ~np.eye(len(values), dtype=bool)
    plain = is_binary(filled)
    for i, j in zip(*np.nonzero(filled), strict=True):
        cells = {
            "source": names[i],
            "target": names[j],
            "directed": "no" if symmetric else "yes",
        }
        if relation:
            cells["relation"] = relation
        if not plain:
            cells["weight"] = shorten_number(float(values[i, j]))
        foreign.ties.add(matrix.line, cells)


def is_binary(values: FloatArray) -> bool:
    """Whether a matrix only says that there are ties, not how strong."""
    return bool(np.isin(values, (0.0, 1.0)).all())


def add_two_mode(
    foreign: Foreign, rows: Sequence[str], columns: Sequence[str], matrices: Sequence[Matrix]
) -> None:
    """Add organizations (rows) and the groups that they are members of (columns)."""
    names = separate_labels(rows)
    for label, id_ in zip(rows, names, strict=True):
        cells = {"name": label} if label == id_ else {"id": id_, "name": label}
        foreign.organizations.add(1, cells)
    for matrix in matrices:
        values = np.nan_to_num(matrix.values)
        plain = is_binary(values)
        for i, j in zip(*np.nonzero(values), strict=True):
            weight = "" if plain else shorten_number(float(values[i, j]))
            add_membership(foreign, names[i], columns[j], weight=weight, line=matrix.line)
        _note_missing(foreign, int(np.isnan(matrix.values).sum()))
    valued = not all(is_binary(np.nan_to_num(matrix.values)) for matrix in matrices)
    note_two_modes(foreign, len(rows), len(columns), valued=valued)


def add_membership(
    foreign: Foreign, organization: str, group: str, *, weight: str = "", line: int = 1
) -> None:
    """Add a row to the memberships of a file of two modes."""
    records = foreign.others.setdefault("memberships", Records())
    cells = {"organization": organization, "group": group}
    records.add(line, cells | ({KEPT_WEIGHT: weight} if weight else {}))


def note_two_modes(foreign: Foreign, rows: int, columns: int, *, valued: bool = False) -> None:
    """Say how a file of two modes is understood; valued if its cells are not all 0 and 1."""
    ties = len(foreign.others.get("memberships", ()))
    also = f" {ATTRIBUTES}" if valued else ""
    foreign.note(
        f"two modes: {rows} by {columns}, with {count_noun(ties, 'tie')} between them",
        "In a file of two modes organizations stand in the rows, and in the columns what they "
        "take part in.",
        f"The rows are {count_noun(rows, 'organization')}, the columns "
        f"{count_noun(columns, 'group')}, the ties {count_noun(ties, 'membership')}.{also}",
    )


def separate_labels(labels: Sequence[str]) -> list[str]:
    """Tell repeated labels apart, by their number."""
    counts = Counter(labels)
    return [
        label if counts[label] == 1 and label else f"{label or 'organization'} ({k})"
        for k, label in enumerate(labels, start=1)
    ]


# -- on the way out ------------------------------------------------------------------------------


def label_nodes(out: Outgoing, fits: Callable[[str], bool]) -> list[str]:
    """Give every organization one label that differs from all others: its name, else its id."""
    numbered = [f"organization {k}" for k in range(1, len(out.nodes) + 1)]
    texts = [(node["name"], node["id"], number) for node, number in _zip(out.nodes, numbered)]
    labels = [next(t for t in three if _is_label(t, fits)) for three in texts]
    if not _list_doubles(labels):
        return labels
    ids = [next(t for t in three[1:] if _is_label(t, fits)) for three in texts]
    if _list_doubles(ids):
        return numbered
    apart = _list_doubles([*labels, *(i for i, label in _zip(ids, labels) if i != label)])
    return [id_ if _fold(label) in apart else label for label, id_ in _zip(labels, ids)]


def _zip(one: Sequence[Any], other: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    return zip(one, other, strict=True)


def _is_label(text: str, fits: Callable[[str], bool]) -> bool:
    """Whether a text is left when it is cleaned as files of strangers are, and fits the format."""
    return bool(clean_cell(text)) and fits(text)


def _fold(text: str) -> str:
    """What is left of a label when it is read: blanks, case and invisible marks do not count."""
    return " ".join(clean_cell(text).split()).casefold()


def _list_doubles(labels: Sequence[str]) -> set[str]:
    counts = Counter(map(_fold, labels))
    return {label for label, count in counts.items() if count > 1}


def list_relations(out: Outgoing) -> list[str]:
    """The relations of a network in order of appearance; at least one."""
    return list(dict.fromkeys(edge["relation"] for edge in out.edges)) or [DEFAULT_RELATION]


def list_arcs(out: Outgoing) -> dict[str, dict[tuple[int, int], float]]:
    """The strongest tie of each relation from one organization to another.

    A tie without a direction counts both ways; several of one relation become one.
    """
    position = out.position_of()
    arcs: dict[str, dict[tuple[int, int], float]] = {name: {} for name in list_relations(out)}
    for edge, directed, weight in zip(out.edges, out.directed, out.weights, strict=True):
        i, j = position[edge["source"]], position[edge["target"]]
        found = arcs[edge["relation"]]
        for pair in ((i, j),) if directed else ((i, j), (j, i)):
            found[pair] = max(weight, found.get(pair, 0.0))
    return arcs


def fill_matrix(arcs: dict[tuple[int, int], float], n: int) -> FloatArray:
    """Arcs as a matrix with zeros where there is none."""
    values = np.zeros((n, n))
    for (i, j), weight in arcs.items():
        values[i, j] = weight
    return values
