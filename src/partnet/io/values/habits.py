"""One convention a column: which of day and month comes first, which mark stands before decimals.

Judged from all cells of the column, then from its table and its file; what was judged is said once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...core.errors import InputProblem, Level, Where
from ...core.schema import NUMERIC_TYPES, TABLES, Column, Table
from ...core.vocabulary import fold_word
from ...places.gazetteer import state_code
from ..cells import RawTable
from ..headers.columns import Headers, list_known, match_headers
from .dates import Order, find_turned, is_doubtful, prove_order
from .numbers import Mark, prove_mark, read_number, strip_number
from .parse import Habit
from .words import fold_cell

NUMBERS = NUMERIC_TYPES - {"year"} | {"strength"}
ORDERS: Mapping[str, Order] = {"day first": "day first", "month first": "month first"}
MARKS: Mapping[str, Mark] = {"comma": "comma", "point": "point"}


@dataclass(frozen=True)
class Manners:
    """What the whole source proves or declares about how it writes days and numbers."""

    order: Order | None = None
    order_cell: str = ""
    mark: Mark | None = None
    mark_cell: str = ""
    declared: Mapping[str, str] = field(default_factory=dict)
    state: str = ""
    known: frozenset[str] = frozenset()  # ids and names of the organizations, folded

    @property
    def scale(self) -> float | None:
        """The largest strength that the file declares for numbers, if it does."""
        number = read_number(self.declared.get("scale", ""))
        return number if number is not None and number > 0 else None


def judge_source(tables: Mapping[str, RawTable]) -> Manners:
    """Look at every column of days and numbers of a source."""
    orders: dict[Order, str] = {}
    marks: dict[Mark, str] = {}
    semicolons = comma = False
    for name, raw in tables.items():
        headers = match_headers(raw, TABLES[name])
        for column, texts in _list_columns(raw, TABLES[name], headers):
            if column.type == "date":
                for proven, cell in prove_order(texts).items():
                    orders.setdefault(proven, cell)
                continue
            marked, cell = prove_mark(texts)
            if marked is not None:
                marks.setdefault(marked, cell)
            semicolons |= raw.semicolons
            comma |= any("," in text for text in texts)
    if semicolons and comma and not marks:
        marks["comma"] = "semicolons between the columns"
    order: Order | None = next(iter(orders)) if len(orders) == 1 else None
    mark: Mark | None = next(iter(marks)) if len(marks) == 1 else None
    if order is None and mark == "comma" and not orders:
        order, orders = "day first", {"day first": marks["comma"]}
    about = _read_about(tables.get("about"))
    return Manners(
        order, orders.get(order, "") if order else "", mark, marks.get(mark, "") if mark else "",
        about, state_code(about.get("state", "")) or _find_only_state(tables.get("organizations")),
        frozenset(list_known(tables.get("organizations"))),
    )  # fmt: skip


def _find_only_state(raw: RawTable | None) -> str:
    """The State of all organizations, where they name only one; "" else."""
    at = match_headers(raw, TABLES["organizations"]).columns.get("state") if raw else None
    if raw is None or at is None:
        return ""
    codes = {state_code(text) for text in {row[at] for row in raw.rows} if text}
    return codes.pop() if len(codes) == 1 else ""


def _list_columns(
    raw: RawTable, table: Table, headers: Headers
) -> Iterable[tuple[Column, list[str]]]:
    """Columns of days and numbers with their different cells."""
    for column in table.columns:
        if column.name in headers.columns and column.type in NUMBERS | {"date"}:
            at = headers.columns[column.name]
            yield column, [text for text in dict.fromkeys(row[at] for row in raw.rows) if text]


def _read_about(raw: RawTable | None) -> dict[str, str]:
    """What the file declares of itself: dates = day first, decimals = comma."""
    if raw is None or len(raw.header) < 2:
        return {}
    return {fold_word(row[0]): fold_cell(row[1]) for row in raw.rows}


def judge_columns(
    raw: RawTable, table: Table, headers: Headers, manners: Manners
) -> tuple[dict[str, Habit], list[InputProblem]]:
    """Give the habit of every column of days and numbers, and say what had to be judged."""
    habits: dict[str, Habit] = {}
    problems: list[InputProblem] = []
    for column, texts in _list_columns(raw, table, headers):
        judge = _judge_days if column.type == "date" else _judge_numbers
        habit, said = judge(column, texts, manners)
        habits[column.name] = habit
        if said is not None:
            level, found, allowed, fix = said
            place = Where(raw.file, raw.sheet, None, column.name)
            problems.append(InputProblem(place, found, allowed, fix, level, table.name))
    return habits, problems


Said = tuple[Level, str, str, str] | None


def _judge_days(column: Column, texts: list[str], manners: Manners) -> tuple[Habit, Said]:
    allowed = "A column has one order of day and month."
    settle = 'A line "dates" with "day first" or "month first" in the table about settles it.'
    declared = ORDERS.get(manners.declared.get("date", ""))
    if declared is not None:
        return Habit(order=declared), None
    proven = prove_order(texts)
    if len(proven) == 2:
        cells = " and ".join(f'"{cell}" ({order})' for order, cell in proven.items())
        fix = f"Days that could be read both ways are not read. {settle}"
        return Habit(torn=True), ("note", cells, allowed, fix)
    if proven:
        order, cell = next(iter(proven.items()))
        if order == "month first":
            return Habit(), None
        fix = "All days of the column are read so."
        if turned := find_turned(texts):
            fix += (
                f" Compare {', '.join(turned[:3])} with what was written: the spreadsheet keeps "
                "days of its own, none after the 12th, and may have taken days for months."
            )
        return Habit(order=order), ("note", f'"{cell}", which has the day first', allowed, fix)
    doubtful = next(filter(is_doubtful, texts), None)
    order = manners.order or "month first"
    if doubtful is None:
        return Habit(order=order), None
    why = (
        f'as "{manners.order_cell}" elsewhere in the file'
        if manners.order
        else "as Americans write"
    )
    return Habit(order=order), ("note", f'"{doubtful}", which could be read two ways', allowed,
                                f"It is read {order}, {why}. {settle}")  # fmt: skip


def _find_grouped(texts: list[str]) -> str:
    """The first amount with a comma, where each has three digits behind it and none has a point."""
    bare = [(text, strip_number(text)[0]) for text in texts]
    marked = [(text, digits) for text, digits in bare if "," in digits or "." in digits]
    grouped = all(re.fullmatch(r"\d{1,3}(,\d{3})+", digits) for _, digits in marked)
    return marked[0][0] if marked and grouped else ""


def _judge_numbers(column: Column, texts: list[str], manners: Manners) -> tuple[Habit, Said]:
    allowed = "A column has one mark for decimals."
    declared = MARKS.get(manners.declared.get("decimal", ""))
    if declared is not None:
        return Habit(mark=declared), None
    mark, cell = prove_mark(texts)
    if mark is None and cell:
        return Habit(torn=True), ("note", f'"{cell}" beside another way to write decimals', allowed,
                                  "Numbers that could be either are not read. A line "
                                  '"decimals" with comma or point in about tells.')  # fmt: skip
    if mark is None and column.type in ("latitude", "longitude"):
        cell = next((t for t in texts if "," in t and strip_number(t)[0].count(",") == 1), "")
        mark = "comma" if cell else None
    if column.type == "money" and mark is None and (grouped := _find_grouped(texts)):
        found = f'"{grouped}", a comma before three digits'
        if manners.mark != "comma":
            return Habit(), None
        return Habit(), ("note", found, allowed, "No dollars have three decimals: it is read as a "
                                                 "mark of thousands.")  # fmt: skip
    if mark is None and manners.mark == "comma" and any("," in t or "." in t for t in texts):
        mark, cell = "comma", manners.mark_cell
    if mark != "comma":
        return Habit(), None
    found = f'"{cell}", a comma before decimals' if "column" not in cell else f"{cell}, and commas"
    return Habit(mark="comma"), ("note", found, allowed,
                                 "All numbers of the column are read so.")  # fmt: skip
