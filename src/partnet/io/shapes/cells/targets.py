"""Targets and measurements of goals as people write them: <10%, reduce by 5, 2 of 3, 0.105."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import median

from ....core.errors import InputProblem, Where
from ....core.schema import TABLES
from ....core.wording.names import fold_name
from ....core.wording.text import say_number
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.aims import Aim, read_aim
from ...values.numbers import read_number
from ...values.words import fold_cell, is_nothing

PERCENT = frozenset({"%", "percent", "pct", "percentage", "share", "in %", "in percent"})
FAR = 20.0  # times below the others of its goal: 0.105 among 12 % is 10.5 %, as Excel keeps it
BETTER = {"up": ", higher is better", "down": ", lower is better", "": ""}
ALLOWED = "A number is written with digits, for example 12.5."
CHECK = "Check that it is right."


@dataclass
class Figure:
    """A cell with a number, on its way to plain digits."""

    raw: RawTable
    row: int
    column: str
    position: int
    aim: Aim | None

    @property
    def text(self) -> str:
        """The cell as it is written."""
        return self.raw.rows[self.row][self.position]

    @property
    def place(self) -> Where:
        """Where the cell stands."""
        file, sheet = self.raw.places[self.row] if self.raw.places else ("", "")
        number = self.raw.row_numbers[self.row]
        return Where(file or self.raw.file, sheet or self.raw.sheet, number, self.column)


def read_targets(tables: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """Write what words say of targets, baselines and measured values in digits, and say so."""
    found = dict(tables)
    if "goals" not in found:
        return found
    goals, measured = found["goals"], found.get("measurements")
    numbers = _find_figures(goals, ("baseline", "target"))
    values = _find_figures(measured, ("value",)) if measured is not None else {}
    changes: dict[str, dict[tuple[int, int], str]] = {"goals": {}, "measurements": {}}
    notes: dict[str, list[InputProblem]] = {"goals": [], "measurements": []}
    ways: dict[int, str] = {}
    for key, own in numbers.items():
        counted = values.get(key, [])
        in_percent = _is_percent(goals, own, counted)
        read = {id(figure): _settle(figure, in_percent) for figure in (*own, *counted)}
        if in_percent:
            _raise_shares([*own, *counted], read)
        for name, figures in (("goals", own), ("measurements", counted)):
            for figure in figures:
                text, said = _write(figure, read, own, in_percent)
                if text is None:
                    continue
                changes[name][figure.row, figure.position] = text
                notes[name].append(_say(figure, said, wrong=not text))
                if figure.column == "target" and text and figure.aim is not None:
                    ways[figure.row] = figure.aim.direction
    found["goals"] = _direct(_change(goals, changes["goals"], notes["goals"]), ways)
    if measured is not None:
        found["measurements"] = _change(measured, changes["measurements"], notes["measurements"])
    return found


def _find_figures(raw: RawTable, columns: Iterable[str]) -> dict[str, list[Figure]]:
    """The cells that hold numbers, by goal."""
    name = "goals" if "target" in columns else "measurements"
    at = match_headers(raw, TABLES[name]).columns
    found: dict[str, list[Figure]] = {}
    if "goal" not in at:
        return found
    for k, row in enumerate(raw.rows):
        own = found.setdefault(fold_name(row[at["goal"]]), [])
        own += [
            Figure(raw, k, column, at[column], _read(row[at[column]]))
            for column in columns
            if column in at and not is_nothing(row[at[column]], "value")
        ]
    return found


def _read(text: str) -> Aim | None:
    """A plain number as it stands; else what its words say."""
    number = None if "+" in text else read_number(text)
    return read_aim(text) if number is None else Aim(number)


def _is_percent(goals: RawTable, own: list[Figure], counted: list[Figure]) -> bool:
    """Whether a goal is counted in percent: its unit says so, or a percent sign does."""
    at = match_headers(goals, TABLES["goals"]).columns
    if "unit" in at and any(
        fold_cell(goals.rows[figure.row][at["unit"]]) in PERCENT for figure in own
    ):
        return True
    aims = [figure.aim for figure in (*own, *counted) if figure.aim is not None]
    return any(aim.percent and not aim.change for aim in aims)


def _settle(figure: Figure, in_percent: bool) -> float | None:
    """The number that a cell says by itself; ``None`` for a change, or where it says none."""
    aim = figure.aim
    if aim is None or aim.change:
        return None
    return 100 * aim.number / aim.whole if aim.whole and in_percent else aim.number


def _raise_shares(figures: list[Figure], read: dict[int, float | None]) -> None:
    """Take 0.105 for 10.5 where the others of the goal are percent: so Excel keeps them."""
    known = {id(f): read[id(f)] for f in figures if read[id(f)] is not None}
    large = [value for value in known.values() if value is not None and value > 1]
    if not large:
        return
    middle = median(large)
    for figure in figures:
        value = known.get(id(figure))
        plain = figure.aim is not None and not figure.aim.percent
        if value and plain and 0 < value < 1 and value * FAR < middle < 100 * value * FAR:
            read[id(figure)] = round(100 * value, 9)


def _write(
    figure: Figure, read: dict[int, float | None], own: list[Figure], in_percent: bool
) -> tuple[str | None, str]:
    """The digits in place of a cell, and what is said of it; ``None`` where it stays as it is."""
    aim, value = figure.aim, read[id(figure)]
    if aim is None:
        return None, ""
    if aim.change:
        if figure.column != "target":
            return None, ""
        start = next(
            (read[id(f)] for f in own if f.column == "baseline" and f.row == figure.row), None
        )
        value, wrong = _change_baseline(aim, start, in_percent)
        if value is None:
            return "", wrong
    if value is None or (_is_plain(figure.text) and value == aim.number):
        return None, ""
    return f"{value!r}", f"read as {say_number(value)}{BETTER[aim.direction]}"


def _is_plain(text: str) -> bool:
    """Whether the column's own reader takes the cell, with or without a percent sign."""
    bare = text.strip().removesuffix("%").strip()
    return "+" not in bare and read_number(bare) is not None


def _change_baseline(aim: Aim, start: float | None, in_percent: bool) -> tuple[float | None, str]:
    """The target that a change of the baseline comes to, or why there is none."""
    if start is None:
        return None, "The baseline that it changes is not on file: write the number to be reached."
    sign = -1.0 if aim.direction == "down" else 1.0
    if aim.change == "times":
        return round(start * aim.number, 9), ""
    if aim.change == "by":
        return round(start + sign * aim.number, 9), ""
    if in_percent:
        return None, "Percent of the baseline, or points? Write the number to be reached."
    return round(start * (1 + sign * aim.number / 100), 9), ""


def _say(figure: Figure, said: str, *, wrong: bool) -> InputProblem:
    table = "goals" if figure.column != "value" else "measurements"
    found = f'"{figure.text}"'
    if wrong:
        return InputProblem(
            figure.place, found, ALLOWED, f"{said} The cell counts as blank.",
            table=table, set_aside="cell",
        )  # fmt: skip
    return InputProblem(figure.place, f"{found}, {said}", ALLOWED, CHECK, "note", table)


def _change(
    raw: RawTable, changes: Mapping[tuple[int, int], str], notes: Iterable[InputProblem]
) -> RawTable:
    """Put texts into the cells of a table."""
    rows = [
        [changes.get((k, position), text) for position, text in enumerate(row)]
        for k, row in enumerate(raw.rows)
    ]
    return replace(raw, rows=rows, notes=(*raw.notes, *notes)) if changes else raw


def _direct(raw: RawTable, ways: Mapping[int, str]) -> RawTable:
    """Keep which way is better, where a target says it and no cell does."""
    at = match_headers(raw, TABLES["goals"]).columns.get("direction")
    if not any(ways.values()):
        return raw
    rows = [list(row) for row in raw.rows]
    header = raw.header
    if at is None:
        at, header = len(header), (*header, "direction")
        rows = [[*row, ""] for row in rows]
    for k, way in ways.items():
        rows[k][at] = rows[k][at] or way
    return replace(raw, header=header, rows=rows)
