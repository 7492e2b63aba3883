"""What the recognizers share: a table turned into entries that know their row in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ...core.errors import InputProblem, Where
from ...core.wording.text import count_noun
from ..cells import RawTable
from ..values.numbers import read_number, read_percent
from ..values.words import is_nothing


@dataclass
class Entries:
    """Rows on their way into a table of one entry a row."""

    raw: RawTable
    header: Sequence[str]
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)

    def add(self, position: int, cells: list[str]) -> None:
        """Add an entry of the row at a position."""
        self.rows.append(cells)
        self.numbers.append(self.raw.row_numbers[position])
        self.origins.append(self.raw.origins[position] if self.raw.origins else position)
        if self.raw.places:
            self.places.append(self.raw.places[position])

    def make(self, note: InputProblem | None = None) -> RawTable:
        """Give the table; rows of the file without an entry are counted as spent."""
        before = set(self.raw.origins) if self.raw.origins else set(range(len(self.raw.rows)))
        return replace(
            self.raw,
            header=tuple(self.header),
            rows=self.rows,
            row_numbers=self.numbers,
            origins=self.origins,
            places=self.places,
            spent=self.raw.spent + len(before - set(self.origins)),
            notes=(*self.raw.notes, *([note] if note is not None else [])),
        )


def note_shape(raw: RawTable, found: str, fix: str, *, allowed: str = "") -> InputProblem:
    """Say in what shape a table was found, and how it is read."""
    place = Where(raw.file, raw.sheet, raw.header_row or None)
    return InputProblem(place, found, allowed or "A table has one entry a row.", fix, level="note")


def tell_shape(raw: RawTable, found: str, fix: str, *, allowed: str) -> RawTable:
    """Say what was found in a table that stays as it is."""
    return replace(raw, notes=(*raw.notes, note_shape(raw, found, fix, allowed=allowed)))


def say_people(people: Entries) -> str:
    """Say how many persons stand in the table people now."""
    return f"{count_noun(len(people.rows), 'person stands', 'persons stand')} in the table people"


def name_headers(raw: RawTable, positions: Iterable[int]) -> str:
    """Name some columns by their headers: the first three, and how many more."""
    named = [f'"{raw.header[k]}"' for k in positions]
    more = [count_noun(len(named) - 3, "more column")] if len(named) > 3 else []
    return " and ".join([*named[:3], *more])


FIGURE = re.compile(
    r"[<>≤≥~≈]?=?\s*\$?\s?\d[\d.,]*\s*(%|k|m|mm|million|thousand)?(\s*[(\[][^()\[\]]*\d[^()\[\]]*[)\]])?",
    re.IGNORECASE,
)
LEAST_PLAIN = 0.5  # of the figures of a column that can be read


def holds_figures(raw: RawTable, position: int) -> bool:
    """Whether a column has figures in it, and nothing else that says something.

    Some may be figures that cannot be read (<5, $1.2M, 12.3 (10.1-14.5)): each says so then.
    """
    cells = [row[position] for row in raw.rows if not is_nothing(row[position], "value")]
    if not cells or (read_number(cells[0]) is None and not FIGURE.fullmatch(cells[0])):
        return False
    odd = [text for text in cells if read_number(text) is None and read_percent(text) is None]
    return len(odd) <= LEAST_PLAIN * len(cells) and all(map(FIGURE.fullmatch, odd))
