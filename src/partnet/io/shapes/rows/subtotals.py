"""Rows that only sum up others, as Excel's Subtotal writes them, and formulas copied too far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter, methodcaller

from ....core.schema import TABLES
from ....core.wording.text import count_noun
from ....places.gazetteer import state_of_digits
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.codes import drop_decimals
from ..entries import Entries, note_shape

SUMMED = re.compile(
    r"(.+?)(?<![ :-])[ :-]++(total|subtotal|count|sum|average|max|min)", re.IGNORECASE
)
LEADING = re.compile(r"(sub ?-?total|total for|sum of|sum for)s?\b.*", re.IGNORECASE)
GRAND = re.compile(r"(grand )?(total|subtotal|count|sum|average)s?:?", re.IGNORECASE)
FIGURES = re.compile(r"[-$\d.,% ()]+")
ZEROS = frozenset({"0", "0.0", "#N/A", "#REF!", "FALSE"})
OF_COUNTIES = ("needs", "residents", "disparities")
FEWEST_ZEROS = 2  # rows of nothing but zeros: one could be an organization that is called 0


def drop_subtotals(raw: RawTable) -> RawTable:
    """Leave out rows that sum up the rows above them, and rows of nothing but zeros.

    "HRSA Total" sums up where HRSA stands above it in the same column; what else stands in its row
    are figures. Rows of zeros are formulas that were copied below the last row.
    """
    sums, zeros = _find_sums(raw), _find_zeros(raw)
    if not sums and not zeros:
        return raw
    kept = Entries(raw, raw.header)
    for k, row in enumerate(raw.rows):
        if k not in sums and k not in zeros:
            kept.add(k, list(row))
    said = [f'"{text}"' for text in list(sums.values())[:3]]
    said += [f"{len(zeros):,} rows of nothing but zeros"] if zeros else []
    note = note_shape(
        raw,
        ", ".join(said) + (f" and {len(sums) - 3:,} more sums" if len(sums) > 3 else ""),
        "They are no rows of the table: sums of the rows above, or formulas copied too far.",
    )
    return kept.make(note)


def drop_states(raw: RawTable, name: str) -> RawTable:
    """Leave out rows of a whole State or of the country, as county files have them: 31000."""
    at = (
        match_headers(raw, TABLES[name]).columns.get("county_fips", -1)
        if name in OF_COUNTIES
        else -1
    )
    if at < 0:
        return raw
    whole = {text for text in {row[at] for row in raw.rows} if _is_whole(text)}
    if not whole:
        return raw
    kept = Entries(raw, raw.header)
    for k, row in enumerate(raw.rows):
        if row[at] not in whole:
            kept.add(k, list(row))
    note = note_shape(
        raw,
        f"{count_noun(len(raw.rows) - len(kept.rows), 'row')} of a whole State or the country "
        f'("{min(whole)}")',
        "They are left out.",
        allowed=f"A row of {TABLES[name].label} is about a county.",
    )
    return kept.make(note)


def _is_whole(text: str) -> bool:
    """Whether the code of a county stands for all of its State, or for the country."""
    code = drop_decimals(text)
    if not code.endswith("000"):
        return code == "0"
    return code == "00000" or bool(len(code) in (4, 5) and state_of_digits(code[:-3].zfill(2)))


def _find_sums(raw: RawTable) -> dict[int, str]:
    """Rows that sum up others, with the cell that says so."""
    found: dict[int, str] = {}
    if not _may_sum(raw):
        return found
    above: Sequence[str] = ()
    for k, row in enumerate(raw.rows):
        at = next((i for i, text in enumerate(row) if text and SUMMED.fullmatch(text)), -1)
        grand = next((i for i, text in enumerate(row) if text), -1)
        if at >= 0 and above and _sums_up(row, at, above):
            found[k] = row[at]
        elif (grand >= 0 and LEADING.fullmatch(row[grand]) and _is_figures(row, grand)) or (
            found and grand >= 0 and GRAND.fullmatch(row[grand]) and _is_figures(row, grand)
        ):
            found[k] = row[grand]
        else:
            above = row
    return found


def _may_sum(raw: RawTable) -> bool:
    """Whether any cell ends as the name of a sum does: quick, as most tables have none."""
    if any(map(_ENDS, chain.from_iterable(raw.rows))):
        return True
    if any(map(_BEGINS, map(_FIRST_CELL, raw.rows))):
        return True
    return any(any(map(_BEGINS, row)) for row in raw.rows if not row[0])


_FIRST = ("Subtotal", "Sub-total", "Sub total", "Total for", "Sum of", "Sum for")
_BEGINS = methodcaller(
    "startswith", tuple(f(w) for w in _FIRST for f in (str, str.title, str.upper))
)
_FIRST_CELL = itemgetter(0)
_WORDS = ("total", "count", "sum", "average", "max", "min")
_ENDS = methodcaller("endswith", tuple(f(w) for w in _WORDS for f in (str, str.title, str.upper)))


def _sums_up(row: Sequence[str], at: int, above: Sequence[str]) -> bool:
    match = SUMMED.fullmatch(row[at])
    same = match is not None and match[1].casefold() == above[at].casefold()
    return same and _is_figures(row, at)


def _is_figures(row: Sequence[str], at: int) -> bool:
    """Whether a row holds nothing but figures beside one cell."""
    return all(FIGURES.fullmatch(text) for k, text in enumerate(row) if text and k != at)


def _find_zeros(raw: RawTable) -> set[int]:
    if len(raw.header) < 2:
        return set()
    found = {
        k for k, row in enumerate(raw.rows)
        if (not row[0] or row[0] in ZEROS) and sum(map(bool, row)) > 1
        and all(text in ZEROS for text in row if text)
    }  # fmt: skip
    return found if FEWEST_ZEROS <= len(found) < len(raw.rows) else set()
