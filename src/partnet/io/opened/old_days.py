"""Days that a workbook counts from 1904, as older Macs do, where they show as numbers."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from ...core.errors import InputProblem, Where
from ...core.schema import TABLES
from ...core.vocabulary import fold_word
from ...core.wording.text import count_noun
from ..cells import RawTable
from ..headers.words import spellings

START = date(1904, 1, 1)
MOST = 1_000_000  # bytes of the part that says how a workbook counts
SERIAL = re.compile(r"([3-6]\d{4})(\.\d+)?")  # 1986 to 2095
SAYS = re.compile(rb"""date1904\s*=\s*["'](1|true)["']""", re.IGNORECASE)


def counts_from_1904(path: Path) -> bool:
    """Tell whether a workbook counts its days from 1904; it was measured before."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as part:
            return SAYS.search(part.read(MOST)) is not None
    except (KeyError, OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False


@cache
def _list_headers() -> frozenset[str]:
    """Headers of days in any table."""
    columns = (column for table in TABLES.values() for column in table.columns)
    return frozenset(word for c in columns if c.type == "date" for word in spellings(c))


def read_old_days(raw: RawTable) -> RawTable:
    """Read numbers under the headers of days as what they mean in a workbook that counts from 1904.

    Examples
    --------
    >>> read_old_days(RawTable("x.xlsx", "", ("From", "Since"), 1, [["A", "44634"]], [2])).rows
    [['A', '2026-03-15']]
    """
    at = [k for k, text in enumerate(raw.header) if fold_word(text) in _list_headers()]
    rows = [list(row) for row in raw.rows]
    numbers = [(row, k) for row in rows for k in at if SERIAL.fullmatch(row[k])]
    if not numbers:
        return raw
    first = numbers[0][0][numbers[0][1]]
    for row, k in numbers:
        row[k] = str(START + timedelta(days=int(row[k].partition(".")[0])))
    note = InputProblem(
        Where(raw.file, raw.sheet),
        f"{count_noun(len(numbers), 'day')} as numbers ({first}) in a workbook that counts from "
        "1904",
        "A date is written YYYY-MM-DD, YYYY-MM, YYYY or MM/DD/YYYY, between 1900 and 2100.",
        f"They are read so: {first} is {numbers[0][0][numbers[0][1]]}.",
        level="note",
    )
    return replace(raw, rows=rows, notes=(*raw.notes, note))
