"""From raw cells to the typed columns of one table, with every problem collected."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.arrays import PositionArray
from ...core.errors import SetAside
from ...core.schema import PROVENANCE, TABLES, TYPES, Column, Table, dtype_of
from ...core.vocabulary import Vocabulary, fold_word
from ...core.wording.names import fold_name
from ...places.gazetteer import split_state, state_code, state_of, state_of_digits
from ..cells import RawTable
from ..headers.columns import Headers, match_headers
from ..values.codes import drop_decimals, read_fips
from ..values.habits import Manners, judge_columns, judge_source
from ..values.parse import (
    AMERICAN,
    WITNESSED,
    Cell,
    Habit,
    Parser,
    allowed_in,
    is_blank,
    is_failed,
    parse_direction,
    parser_of,
)
from ..values.words import UNSAVED
from .draft import Draft
from .missing import loses_row, set_incomplete_aside


def type_table(
    raw: RawTable, table: Table, vocabulary: Vocabulary, manners: Manners | None = None
) -> Draft:
    """Type every column of a raw table; rows that lack a required cell are set aside.

    The frame of the draft is indexed by row position, so that later checks can still say where.
    """
    draft = Draft(table, raw, problems=list(raw.notes))
    found = match_headers(raw, table)
    headers = found.columns | _name_extras(draft, found)
    habits, said = judge_columns(raw, table, found, manners or judge_source({table.name: raw}))
    draft.problems.extend(said)
    draft.headers, draft.manners, draft.habits = found, manners or Manners(), habits
    index = pd.RangeIndex(len(raw.rows))
    columns: dict[str, pd.Series] = {}
    for column in table.columns:
        at = found.columns.get(column.name)
        texts = None if at is None else _texts(raw, at)
        typist = _Typist(draft, column, vocabulary, habits.get(column.name, AMERICAN))
        columns[column.name] = typist.type(texts, index)
    columns |= {
        name: pd.Series(_read_own(draft, name, _texts(raw, position)), index=index, dtype="str")
        for name, position in headers.items()
        if name not in columns
    }
    places = pd.Series(draft.list_places(), index=index, dtype="str")
    draft.frame = pd.DataFrame({**columns, PROVENANCE: places}, index=index)
    set_incomplete_aside(draft, headers)
    return draft


MOST_SHOWN = 100  # characters of a cell in a message


def _read_own(draft: Draft, name: str, texts: list[str]) -> list[str]:
    """Keep the cells of a column that partnet does not know; failed formulas count as blank."""
    failed = {text for text in dict.fromkeys(texts) if is_failed(text)}
    for row, text in enumerate(texts):
        if text in failed:
            fix = f"{_explain_failed(text)} {_CONSEQUENCES['cell']}"
            draft.report(row, name, _quote(text), TYPES["text"], fix, set_aside="cell")
    return ["" if text in failed else text for text in texts]


def _quote(text: str) -> str:
    """Say what stands in a cell."""
    shown = text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}..."
    return "a formula" if text == UNSAVED else f'"{shown}"'


def _texts(raw: RawTable, position: int) -> list[str]:
    return [row[position] for row in raw.rows]


def _name_extras(draft: Draft, headers: Headers) -> dict[str, int]:
    """Keep unknown columns as text under their own headers; say if one has none or repeats one."""
    found: dict[str, int] = {}
    used = {draft.raw.header[k] for k in headers.columns.values()}
    for position, text in headers.extras.items():
        name = text or f"column {position + 1}"
        if fold_word(text) == PROVENANCE or position == headers.person:
            continue
        if not text:
            if not any(row[position].strip() for row in draft.raw.rows):
                continue
            found_text = f"no header over column {position + 1}"
            draft.report(
                None, "", found_text, "Every column has a header.", "Give it one.", level="note"
            )
        if name in found or name in draft.table.names or text in used:
            if name not in found and name not in headers.columns and text not in used:
                name = f"{name} ({position + 1})"  # the header means another column here
            else:
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
    return found


@dataclass(frozen=True)
class _Typist:
    """Types one column by its different cells; blank where a cell cannot be used."""

    draft: Draft
    column: Column
    vocabulary: Vocabulary
    habit: Habit

    def type(self, texts: list[str] | None, index: pd.RangeIndex) -> pd.Series:
        column, dtype = self.column, dtype_of(self.column)
        blank = "" if dtype == "str" else None
        if texts is None or column.type == "strength":  # strengths need their ladder: typed later
            dtype = "str" if texts is not None else dtype
            values = texts if texts is not None else [blank] * len(index)
            return pd.Series(values, index=index, dtype=dtype)
        codes, keys = self._number_cells(texts)
        cells = [self._read(key) for key in keys]
        if column.unread and any(text.strip() for text, _ in keys):
            cells = [_count_as(cell, column.unread) for cell in cells]
        _report_cells(self.draft, column, codes, keys, cells)
        values = [blank if cell.value is None else cell.value for cell in cells]
        if dtype.startswith("datetime"):
            read = pd.Series(pd.to_datetime(pd.Series(values)), dtype=dtype)
        else:
            read = pd.Series(values, dtype=dtype)
        return pd.Series(read.array.take(codes), index=index, dtype=dtype)

    def _number_cells(self, texts: list[str]) -> tuple[PositionArray, list[tuple[str, str]]]:
        """List the different cells, and give the number of its cell for every row.

        Codes stand with their State, which tells what a lost zero or a bare name was.
        """
        codes, words = pd.factorize(np.array(texts, dtype=object))
        if self.column.type not in WITNESSED:
            return codes, [(word, "") for word in words]
        within, states = pd.factorize(np.array(list_states(self.draft), dtype=object))
        codes, pairs = pd.factorize(codes * max(len(states), 1) + within)
        return codes, [(words[k // len(states)], states[k % len(states)]) for k in pairs.tolist()]

    def _read(self, key: tuple[str, str]) -> Cell:
        text, state = key
        column = self.column
        if is_failed(text):
            return Cell(None, wrong=_explain_failed(text))
        if is_blank(text, column) and not self._is_known(text):
            said = text.strip()
            quiet = not said or (column.required and not column.default)  # the row says so
            return Cell(None, note="" if quiet else f"{said} counts as blank")
        if column.type in WITNESSED:
            return WITNESSED[column.type](text, state)
        if column.name == "directed" and self.draft.headers.turned:
            return _turn(parse_direction(text))
        cell: Cell = self._parse(text)
        return cell

    def _is_known(self, text: str) -> bool:
        """Whether an organization goes by a word that elsewhere says nothing."""
        names = self.column.type == "organization" or self.column.name == "group"
        return names and fold_name(text) in self.draft.manners.known

    @cached_property
    def _parse(self) -> Parser:
        return parser_of(self.column, self.vocabulary, self.habit)


def list_states(draft: Draft) -> list[str]:
    """The State of each row: by its own column or county code; else that of the whole file."""
    raw, words = draft.raw, [fold_word(text) for text in draft.raw.header]
    whole = draft.manners.state
    found = [whole] * len(raw.rows)
    for headers, read in (
        (NAME_HEADERS, _state_beside),
        (COUNTY_HEADERS, _state_of_code),
        (STATE_HEADERS, _find_state),
    ):
        at = next((k for k, word in enumerate(words) if word in headers), -1)
        if at >= 0:
            codes = {text: read(text) for text in {row[at] for row in raw.rows}}
            said = (codes[row[at]] for row in raw.rows)
            found = [code or before for code, before in zip(said, found, strict=True)]
    return found


def _find_state(text: str) -> str:
    """A State by name, by letters, or by the two digits of the Census."""
    return state_code(text) or state_of_digits(drop_decimals(text))


def _state_beside(text: str) -> str:
    """The State that stands beside the name of a county: Hampden County, MA."""
    return split_state(text)[1]


def _state_of_code(text: str) -> str:
    return state_of(read_fips(text).value)


_ORGANIZATIONS = TABLES["organizations"]
DIGITS_OF_STATE = ("state fips", "state fips code", "statefp", "fips state code", "fips state")
STATE_HEADERS = frozenset(
    map(fold_word, ("state", *_ORGANIZATIONS.column("state").aliases, *DIGITS_OF_STATE))
)
NAME_HEADERS = frozenset(
    map(fold_word, ("county", *_ORGANIZATIONS.column("county").aliases))
)  # fmt: skip
COUNTY_HEADERS = frozenset(
    map(fold_word, ("county_fips", *_ORGANIZATIONS.column("county_fips").aliases))
)


def _turn(cell: Cell) -> Cell:
    """Yes, it goes both ways: it has no direction."""
    turned = {"yes": "no", "no": "yes"}
    return Cell(turned.get(cell.value, cell.value), cell.note, cell.wrong)


def _count_as(cell: Cell, unread: str) -> Cell:
    """Count a cell that is blank or not understood as what its column says for that."""
    return Cell(unread, cell.note, cell.wrong) if cell.value is None else cell


def _explain_failed(text: str) -> str:
    if text == UNSAVED:
        return (
            "It is a formula whose result is not stored: open the file in Excel and save it once."
        )
    return "The formula in this cell failed: mend it or type the value."


def _report_cells(
    draft: Draft,
    column: Column,
    codes: PositionArray,
    keys: list[tuple[str, str]],
    cells: list[Cell],
) -> None:
    """Report every cell that is wrong or was read with an assumption."""
    spoken = np.array([bool(cell.wrong or cell.note) for cell in cells], dtype=bool)
    if not spoken.any():
        return
    allowed = allowed_in(column)
    aside: SetAside = "row" if loses_row(column) else "cell"
    consequence = _CONSEQUENCES.get(column.name, _CONSEQUENCES[aside])
    rows = np.flatnonzero(spoken[codes])
    for row, code in zip(rows.tolist(), codes[rows].tolist(), strict=True):
        cell, text = cells[code], _quote(keys[code][0])
        if cell.wrong:
            fix = f"{cell.wrong} {consequence}"
            draft.report(row, column.name, text, allowed, fix, set_aside=aside)
        else:
            found = f"{text}, {cell.note}"
            draft.report(row, column.name, found, allowed, "Check that it is right.", level="note")


_CONSEQUENCES = {
    "answered": "It counts as not answered.",
    "row": "The row is set aside.",
    "cell": "The cell counts as blank.",
    "kind": "Until then it counts as other organization.",
}
