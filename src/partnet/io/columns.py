"""From raw cells to the typed columns of one table, with every problem collected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from ..core.errors import InputProblem, Level, SetAside, Where
from ..core.schema import PROVENANCE, TYPES, Column, Table, dtype_of
from ..core.vocabulary import Vocabulary, fold_word
from .cells import RawTable
from .parse import Cell, allowed_in, is_blank, parser_of, quote_cell, tell_failed_formula


@dataclass
class Draft:
    """One table on its way in: typed columns, the rows still in use, and the problems so far."""

    table: Table
    raw: RawTable
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    problems: list[InputProblem] = field(default_factory=list)

    def where(self, row: int | None, column: str = "") -> Where:
        """Give the place of the k-th row as a person finds it."""
        number = None if row is None else self.raw.row_numbers[row]
        return Where(self.raw.file, self.raw.sheet, number, column)

    def list_places(self) -> list[str]:
        """Give the places of all rows in words; the same as `where` says, of millions at once."""
        table = str(Where(self.raw.file, self.raw.sheet))
        before = f"{table}, " if table else ""
        return [f"{before}row {number}" for number in self.raw.row_numbers]

    def report(
        self,
        row: int | None,
        column: str,
        found: str,
        allowed: str,
        fix: str,
        *,
        level: Level = "error",
        set_aside: SetAside = "",
    ) -> None:
        """Add a problem."""
        place = self.where(row, column)
        self.problems.append(
            InputProblem(place, found, allowed, fix, level, self.table.name, set_aside)
        )

    def set_rows_aside(self, rows: Iterable[int]) -> None:
        """Take rows out of use; the problems that explain it have been reported."""
        self.frame = self.frame.drop(index=list(rows), errors="ignore")


def type_table(raw: RawTable, table: Table, vocabulary: Vocabulary) -> Draft:
    """Type every column of a raw table; rows that lack a required cell are set aside.

    The frame of the draft is indexed by row position, so that later checks can still say where.
    """
    draft = Draft(table, raw, problems=list(raw.notes))
    headers = _match_headers(draft)
    index = pd.RangeIndex(len(raw.rows))
    columns: dict[str, pd.Series] = {}
    for column in table.columns:
        texts = _texts(raw, headers[column.name]) if column.name in headers else None
        columns[column.name] = _type_column(draft, column, texts, index, vocabulary)
    columns |= {
        name: pd.Series(_read_own(draft, name, _texts(raw, position)), index=index, dtype="str")
        for name, position in headers.items()
        if name not in columns
    }
    places = pd.Series(draft.list_places(), index=index, dtype="str")
    draft.frame = pd.DataFrame({**columns, PROVENANCE: places}, index=index)
    _set_incomplete_aside(draft, headers)
    return draft


def _texts(raw: RawTable, position: int) -> list[str]:
    return [row[position] for row in raw.rows]


def _read_own(draft: Draft, name: str, texts: list[str]) -> list[str]:
    """Keep the cells of a column that partnet does not know; failed formulas count as blank."""
    failed = {text: tell_failed_formula(text) for text in dict.fromkeys(texts)}
    for row, text in enumerate(texts):
        if failed[text]:
            fix = f"{failed[text]} The cell counts as blank."
            draft.report(row, name, quote_cell(text), TYPES["text"], fix, set_aside="cell")
    return ["" if failed[text] else text for text in texts]


def _match_headers(draft: Draft) -> dict[str, int]:
    """Map column names to positions; exact names win over aliases, unknown headers keep theirs."""
    header, table = draft.raw.header, draft.table
    words = [fold_word(text) for text in header]
    found: dict[str, int] = {}
    for names in ([(c.name,) for c in table.columns], [c.aliases for c in table.columns]):
        for column, own in zip(table.columns, names, strict=True):
            spelled = [fold_word(name) for name in own]
            hits = [k for k, w in enumerate(words) if w in spelled and k not in found.values()]
            if hits and column.name not in found:
                found[column.name] = hits[0]
    for position, text in enumerate(header):
        if position not in found.values():
            _keep_extra(draft, found, position, text)
    return found


def _keep_extra(draft: Draft, found: dict[str, int], position: int, text: str) -> None:
    """Keep an unknown column as text under its own header; say if it has none or repeats one."""
    name = text or f"column {position + 1}"
    if fold_word(text) == PROVENANCE:
        return
    if not text:
        blank = not any(row[position].strip() for row in draft.raw.rows)
        if blank:
            return
        found_text = f"no header over column {position + 1}"
        draft.report(
            None, "", found_text, "Every column has a header.", "Give it one.", level="note"
        )
    if name in found or name in draft.table.names:
        draft.report(
            None,
            name,
            "the header twice",
            "Every header stands once.",
            "Only the first one is used; rename or remove the other.",
            level="note",
        )
        name = f"{name} ({position + 1})"
    found[name] = position


def _type_column(
    draft: Draft,
    column: Column,
    texts: list[str] | None,
    index: pd.RangeIndex,
    vocabulary: Vocabulary,
) -> pd.Series:
    """Type one column by its distinct cells; blank where a cell cannot be used."""
    dtype = dtype_of(column)
    blank = "" if dtype == "str" else None
    if texts is None or column.type == "strength":  # strengths need their ladder: typed later
        dtype = "str" if texts is not None else dtype
        values = texts if texts is not None else [blank] * len(index)
        return pd.Series(values, index=index, dtype=dtype)
    parse = parser_of(column, vocabulary)
    cells = {text: _read_cell(text, column, parse) for text in dict.fromkeys(texts)}
    _report_cells(draft, column, texts, cells)
    read = {text: blank if cell.value is None else cell.value for text, cell in cells.items()}
    values = [read[text] for text in texts]
    if dtype.startswith("datetime"):
        return pd.Series(pd.to_datetime(pd.Series(values, index=index)), dtype=dtype)
    return pd.Series(values, index=index, dtype=dtype)


def _read_cell(text: str, column: Column, parse: object) -> Cell:
    if failed := tell_failed_formula(text):
        return Cell(None, wrong=failed)
    if is_blank(text, column):
        said = text.strip()
        return Cell(None, note=f"{said} counts as blank" if said else "")
    assert callable(parse)
    cell: Cell = parse(text)
    return cell


def _report_cells(draft: Draft, column: Column, texts: list[str], cells: dict[str, Cell]) -> None:
    """Report every cell that is wrong or was read with an assumption."""
    spoken = {text: cell for text, cell in cells.items() if cell.wrong or cell.note}
    if not spoken:
        return
    for row, text in enumerate(texts):
        cell = spoken.get(text)
        if cell is None:
            continue
        if cell.wrong:
            aside: SetAside = "row" if _loses_row(column) else "cell"
            fix = f"{cell.wrong} {_CONSEQUENCES.get(column.name, _CONSEQUENCES[aside])}"
            draft.report(
                row, column.name, quote_cell(text), allowed_in(column), fix, set_aside=aside
            )
        else:
            found = f'"{text}", {cell.note}'
            draft.report(
                row, column.name, found, allowed_in(column), "Check that it is right.", level="note"
            )


def _loses_row(column: Column) -> bool:
    """Whether a wrong cell costs the row: required ones do, but an unknown kind counts as other."""
    return column.required and column.name != "kind"


_CONSEQUENCES = {
    "row": "The row is set aside.",
    "cell": "The cell counts as blank.",
    "kind": "Until then it counts as other organization.",
}


def _set_incomplete_aside(draft: Draft, headers: dict[str, int]) -> None:
    """Set rows aside that lack a required cell, and say so where nothing was said yet."""
    frame = draft.frame
    blamed = {(p.where.row, p.where.column) for p in draft.problems if p.set_aside}
    aside: set[int] = set()
    for name in draft.table.required:
        if name not in headers:
            if len(frame):
                _report_missing_column(draft, name)
            aside.update(frame.index)
            continue
        values = frame[name]
        blank = frame.index[values.isna() | (values == "")]
        for row in blank:
            if (draft.raw.row_numbers[row], name) in blamed:
                if _loses_row(draft.table.column(name)):
                    aside.add(row)
                continue
            aside.add(row)
            draft.report(
                row,
                name,
                "an empty cell",
                f"Every row of {draft.table.label} needs it. {draft.table.column(name).allowed}",
                "Fill it in, or delete the row. The row is set aside.",
                set_aside="row",
            )
    draft.set_rows_aside(aside)


def _report_missing_column(draft: Draft, name: str) -> None:
    column = draft.table.column(name)
    also = f" (or {', '.join(column.aliases)})" if column.aliases else ""
    header = ", ".join(filter(None, draft.raw.header)) or "nothing"
    draft.problems.append(
        InputProblem(
            Where(draft.raw.file, draft.raw.sheet, draft.raw.header_row, name),
            f"the headers {header}",
            f"The table {draft.table.label} needs a column {name}{also}.",
            f"Add or rename it. All {len(draft.raw.rows)} rows of the table are set aside.",
            "error",
            draft.table.name,
            "row",
        )
    )
