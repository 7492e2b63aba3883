"""Adjacency matrices in CSV or Excel: the same names across and down; read only."""

from __future__ import annotations

import numpy as np

from ....core.errors import InputError
from ....core.vocabulary import fold_word
from ...shapes.ties.matrix import SUMS
from ...values.scales import list_points
from ..containers.matrices import Matrix, add_one_mode, check_size
from ..containers.tables import SUFFIXES, first_rows, read_table
from ..model import Foreign
from ..source import Row, Source

MISSING = frozenset({"", "na", "n/a", ".", "-", "?"})
FEWEST = 2  # organizations of a matrix


def sniff(source: Source) -> bool:
    """Tell whether the names in the first row are those in the first column, in order.

    Cells in words (X, weekly) are read by the parsers of tables instead, and numbers that the
    corner explains (1 = close, 3 = distant).
    """
    if source.is_zip and source.suffix in (".xlsx", ".xlsm"):
        return any(_is_matrix([row for _, row in rows]) for _, rows in source.sheets[:1])
    if source.suffix not in SUFFIXES or not source.is_text:
        return False
    return _is_matrix(first_rows(source, 50), sample=True)


def _is_matrix(rows: list[list[str]], *, sample: bool = False) -> bool:
    if len(rows) < FEWEST + 1 or list_points(rows[0][0]):
        return False
    across = _strip_end(rows[0][1:])
    down = [row[0] for row in rows[1:]]
    if sample and len(across) > len(down):
        across = across[: len(down)]
    same = [a.casefold() for a in across] == [d.casefold() for d in down]
    if not same or not all(across) or all(map(_is_value, across)):
        return False
    if fold_word(down[-1]) in SUMS:  # the parsers of tables leave sums out
        return False
    return all(_is_value(text) for row in rows[1:] for text in row[1 : len(across) + 1])


def _strip_end(row: list[str]) -> list[str]:
    end = max((k + 1 for k, text in enumerate(row) if text), default=0)
    return row[:end]


def _is_value(text: str) -> bool:
    if text.casefold() in MISSING:
        return True
    try:
        float(text)
    except ValueError:
        return False
    return True


def read(source: Source) -> Foreign:
    """Read one matrix, or of a workbook every sheet that is one: each is a relation.

    Raises
    ------
    InputError
        A cell is no number, or the names across and down differ.
    """
    foreign = Foreign(source.name, "a matrix")
    if not source.is_zip:
        rows = read_table(source)
        add_one_mode(foreign, _names(rows), [_read_matrix(source.name, "", rows)])
        return foreign
    found = [(name, rows) for name, rows in source.sheets if _is_matrix([r for _, r in rows])]
    labels = _names(found[0][1])
    fitting = [(name, rows) for name, rows in found if _names(rows) == labels]
    many = len(fitting) > 1
    matrices = [_read_matrix(source.name, name if many else "", rows) for name, rows in fitting]
    add_one_mode(foreign, labels, matrices)
    return foreign


def _names(rows: list[Row]) -> list[str]:
    return [row[0] for _, row in rows[1:]]


def _read_matrix(file: str, name: str, rows: list[Row]) -> Matrix:
    labels = _names(rows)
    n = len(labels)
    check_size(file, n, n)
    if [text.casefold() for text in rows[0][1][1 : n + 1]] != [t.casefold() for t in labels]:
        raise InputError(
            f"{file}: found other names across than down. A matrix has the same organizations in "
            "its first row and its first column, in the same order. Correct one of them."
        )
    values = np.full((n, n), np.nan)
    for i, (number, row) in enumerate(rows[1:]):
        for j, text in enumerate(row[1 : n + 1]):
            if not _is_value(text):
                raise InputError(
                    f'{file}, row {number}, column "{labels[j]}": found "{text}". A cell of a '
                    "matrix is a number, or blank where it is not known. Correct it."
                )
            if text.casefold() not in MISSING:
                values[i, j] = float(text)
            elif i == j:
                values[i, j] = 0.0
    values[np.isinf(values)] = np.nan
    return Matrix(name, values, rows[0][0])
