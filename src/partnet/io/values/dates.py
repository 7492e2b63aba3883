"""Days as people write them; a column has one order of day and month."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Order = Literal["month first", "day first"]

FIRST_YEAR, LAST_YEAR = 1900, 2100
PIVOT = 50  # two digits up to this are of this century
DAY_ZERO = date(1899, 12, 30)  # of Excel's numbers for days
MONTHS = {
    name: k
    for k, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
} | {
    name: k
    for names in (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    )
    for k, name in enumerate(names.split(), start=1)
}  # fmt: skip

HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
ACCENTS = str.maketrans("\u00e9\u00e8\u00fb\u00c9\u00db", "eeuEU")  # of French months
_CLOCK = re.compile(
    r"[T ,]+(at )?\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)? ?([ap]\.?m\.?)?( ?(z|utc|gmt|[ecmp][sd]?t))?"
    r"( ?[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"^(mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(day|nesday|rsday|sday|urday)?\.?,? ",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"([2-7]\d{4})(\.\d+)?")
_COMPACT = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})(?:t\d{4,6}z?)?")
_ESTIMATED = re.compile(r" ?\((est|estimated|approx|approximate|approximately|tentative)\.?\)$")
_ISO = re.compile(r"(\d{4})([-/. ])(\d{1,2})(?:\2(\d{1,2}))?")
_THREE = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|'?\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_DAY_NAME = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?: of| de)?[- /.]*([a-z]{3,10})\.?,?(?: de )?[- /.]*(\d{4}|'?\d{2})"
)
_NAME_DAY = re.compile(
    r"([a-z]{3,9})\.?[- /.]*(\d{1,2})(?:st|nd|rd|th)?(?:,[- ]*|[- /.]+)(\d{4}|'?\d{2})"
)
_NAME_YEAR = re.compile(r"([a-z]{3,9})\.?(?:,?[- /.]*|[- ])(\d{4}|'\d{2}|(?<=-)\d{2})")
_ABOUT = re.compile(
    r"^(since|from|in|about|approx\.?|circa|ca\.?|c\.|est\.?|~|early|mid|late|as of|around|by|"
    r"[fsc]?fy|cy|year|begin(?:ning)?|end of|start of)[ -]*(?=\d|[a-z]{3}|q[1-4])|\?$"
)
_QUARTER = re.compile(r"q([1-4])[- /,']*(\d{4}|\d{2})|(\d{4})[- /]*q([1-4])")
_SEASONS = {"winter": 1, "spring": 3, "summer": 6, "fall": 9, "autumn": 9}
_SEASON = re.compile(r"(winter|spring|summer|fall|autumn)(?: of)?,? (\d{4})")
_FISCAL = re.compile(r"(?:in |by |end of )?([sf]?)fy")
_FISCAL_ENDS = {"": 9, "f": 9, "s": 6}  # the month in which a fiscal year ends: federal, States'
_YEAR_NAME = re.compile(r"(\d{4})[- /.]*([a-z]{3,9})\.?(?:[- /.]+(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was read, and what had to be assumed."""

    value: date | None
    note: str = ""
    doubtful: bool = False  # whether day and month could be swapped


def read_day(text: str, order: Order = "month first", *, last: bool = False) -> Day:
    """Read a day; its value is ``None`` where the text is no day between 1900 and 2100.

    Of a month, a quarter or a year it is the first day, or with `last` the last one: what is due in
    2026 is not late in January. A fiscal year is the federal one, from October to September.

    Examples
    --------
    >>> read_day("3/14/26").value, read_day("14-Mar-26").value, read_day("March 14, 2026").value
    (datetime.date(2026, 3, 14), datetime.date(2026, 3, 14), datetime.date(2026, 3, 14))
    >>> read_day("03/04/2024", "day first").value, read_day("soon").value
    (datetime.date(2024, 4, 3), None)
    >>> read_day("Q3 2026", last=True).value, read_day("2027", last=True).value
    (datetime.date(2026, 9, 30), datetime.date(2027, 12, 31))
    >>> read_day("FY26").value, read_day("FY26", last=True).value
    (datetime.date(2025, 10, 1), datetime.date(2026, 9, 30))
    """
    bare = fold_day(text)
    if _ESTIMATED.search(bare):
        meant = read_day(_ESTIMATED.sub("", bare), order, last=last)
        return Day(meant.value, meant.note or f"read as {meant.value}", meant.doubtful)
    match = _SERIAL.fullmatch(bare)
    if match:
        day = DAY_ZERO + timedelta(days=int(match[1]))
        if day.year > LAST_YEAR:
            return Day(None)
        return Day(day, f"read as {day}: a date that Excel shows as a number")
    match = _THREE.fullmatch(bare)
    if match:
        return _read_three(match, order)
    parts = _find_parts(bare)
    if parts is None:
        return _read_vague(bare, last)
    year, month, number, short = parts
    found = _make_day(year, month, number, last=last)
    return Day(found, _say_short(year) if short else "")


def _read_vague(bare: str, last: bool) -> Day:
    """A quarter, a season, or a year with a word before it: its first day, and that is said."""
    rest = _ABOUT.sub("", _ABOUT.sub("", bare)).strip(" '")
    if match := _QUARTER.fullmatch(rest):
        year, quarter = (match[2], match[1]) if match[1] else (match[3], match[4])
        day = _make_day(_full_year(year), 3 * int(quarter) - 2, None, last=last, months=3)
    elif match := _SEASON.fullmatch(rest):
        day = _make_day(int(match[2]), _SEASONS[match[1]], None, last=last, months=3)
    else:
        parts = _find_parts(rest) if rest != bare else None
        short = re.match(r"[fsc]?fy|cy", bare) and re.fullmatch(r"\d{2}", rest)
        parts = (_full_year(rest), None, None, True) if short else parts
        fiscal = _FISCAL.match(bare) if parts and parts[1] is None else None
        if parts and fiscal:
            ends = _FISCAL_ENDS[fiscal[1]]
            parts = (parts[0], ends, None, True) if last else (parts[0] - 1, ends + 1, None, True)
        day = _make_day(*parts[:3], last=last) if parts else None
    return Day(day, f"read as {day}" if day else "")


def fold_day(text: str) -> str:
    """Take away weekday and time of day; small letters, blanks of one kind."""
    bare = unicodedata.normalize("NFKC", text).translate(HYPHENS).translate(ACCENTS)
    bare = " ".join(bare.split()).casefold()
    bare = _WEEKDAY.sub("", bare)
    return _CLOCK.sub("", bare).strip(" ,")


def _read_three(match: re.Match[str], order: Order) -> Day:
    """A day as three numbers, of which the year is the last."""
    first, second, written = int(match[1]), int(match[3]), match[4].strip("'")
    year, note = _full_year(written), _say_short(_full_year(written)) if len(written) == 2 else ""
    doubtful = first <= 12 and second <= 12 and first != second
    day_first = order == "day first" or (match[2] == "." and not first <= 12 < second)
    day, month = (first, second) if day_first else (second, first)
    return Day(_make_day(year, month, day), note, doubtful and match[2] != ".")


Parts = tuple[int, int | None, int | None, bool]


def _find_parts(bare: str) -> Parts | None:
    """Year, month and day where their order cannot be doubted, and whether the year is short.

    Month and day are ``None`` where they are not written.
    """
    if match := _COMPACT.fullmatch(bare):
        return int(match[1] + match[2]), int(match[3]), int(match[4]), False
    if match := _ISO.fullmatch(bare):
        return int(match[1]), int(match[3]), int(match[4]) if match[4] else None, False
    if re.fullmatch(r"\d{4}", bare):
        return int(bare), None, None, False
    if re.fullmatch(r"['\u2019]\d{2}", bare):  # '22
        return _full_year(bare[1:]), None, None, True
    if match := _MONTH_YEAR.fullmatch(bare):
        return int(match[2]), int(match[1]), None, False
    return _find_named(bare)


def _find_named(bare: str) -> Parts | None:
    """Year, month and day where the month has a name."""
    day: str | None
    if match := _DAY_NAME.fullmatch(bare):
        month, day, year = match[2], match[1], match[3]
    elif match := _NAME_DAY.fullmatch(bare):
        month, day, year = match[1], match[2], match[3]
    elif match := _NAME_YEAR.fullmatch(bare):
        month, day, year = match[1], None, match[2]
    elif match := _YEAR_NAME.fullmatch(bare):
        month, day, year = match[2], match[3], match[1]
    else:
        return None
    year = year.strip("'")
    if month not in MONTHS:
        return None
    return _full_year(year), MONTHS[month], int(day) if day else None, len(year) == 2


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year <= PIVOT else 1900)


def _say_short(year: int) -> str:
    return f"with a year of two digits, read as {year}"


def _make_day(
    year: int, month: int | None, day: int | None, *, last: bool = False, months: int = 1
) -> date | None:
    """A day; of a month, of several or of a year the first or the last one."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        if day is not None or not last:
            return date(year, 1 if month is None else month, 1 if day is None else day)
        month = 12 if month is None else month + months - 1
        return date(year, month, calendar.monthrange(year, month)[1])
    except ValueError:
        return None


def prove_order(texts: Iterable[str]) -> dict[Order, str]:
    """Which orders of day and month the cells of a column prove, each with the cell that does.

    A first number above 12 is a day, a second one too.

    Examples
    --------
    >>> prove_order(["03/05/2024", "20/10/2024"]), prove_order(["3/14/26"]), prove_order(["1/2/26"])
    ({'day first': '20/10/2024'}, {'month first': '3/14/26'}, {})
    """
    found: dict[Order, str] = {}
    for text in texts:
        match = _THREE.fullmatch(fold_day(text))
        if match is None or match[2] == ".":
            continue
        first, second = int(match[1]), int(match[3])
        if 12 < first <= 31 and 1 <= second <= 12:
            found.setdefault("day first", text)
        elif 12 < second <= 31 and 1 <= first <= 12:
            found.setdefault("month first", text)
    return found


def find_turned(texts: Iterable[str]) -> list[str]:
    """Days of a spreadsheet beside text with the day first, that it may have taken for months.

    An American Excel reads 03/04/2024 as March 4, and leaves 25/03/2024 as text: then no day of its
    own lies after the 12th, and all that stay text do.

    Examples
    --------
    >>> find_turned(["25/03/2024", "17/11/2024", "2024-04-03"])
    ['2024-04-03']
    """
    folded = [(text, fold_day(text)) for text in texts]
    written = [match for _, bare in folded if (match := _THREE.fullmatch(bare))]
    own = [(t, m) for t, bare in folded if (m := _ISO.fullmatch(bare)) and m[4] and m[2] == "-"]
    if not written or any(int(match[1]) <= 12 for match in written):
        return []
    turned = [text for text, match in own if int(match[4]) <= 12 and match[3] != match[4]]
    return turned if len(turned) == len(own) else []


def is_doubtful(text: str) -> bool:
    """Tell whether day and month of a cell could be swapped."""
    match = _THREE.fullmatch(fold_day(text))
    if match is None or match[2] == ".":
        return False
    first, second = int(match[1]), int(match[3])
    return first <= 12 and second <= 12 and first != second
