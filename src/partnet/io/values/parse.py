"""From the text of a cell to a typed value, or to a sentence that says what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from ...core.schema import TYPES, Column
from ...core.vocabulary import Vocabulary, fold_word
from ...core.wording.names import undo_mojibake
from ...places.gazetteer import (
    STATES,
    county_name,
    find_county,
    guess_county,
    is_former_name,
    split_state,
    state_code,
)
from ...places.history import DISSOLVED, FORMER_CODES, RENAMED, SPLIT
from .codes import Code, drop_decimals, read_ccn, read_ein, read_fips, read_npi, read_zip
from .dates import FIRST_YEAR, LAST_YEAR, Order, is_doubtful, prove_order, read_day
from .degrees import read_degrees
from .numbers import Mark, prove_mark, read_number, read_percent
from .words import UNSAVED, find_direction, fold_cell, is_nothing, kind_of, list_words

NUMBER_CODES = frozenset({-999.0, -9999.0, -99999.0})  # by which files say that a number is missing
EXCEL_ERRORS = re.compile(
    r"#(ref!|div/0!|value!|name\?|num!|null!|spill!|calc!|field!|getting_data|blocked!|unknown!|connect!"
    r"|busy!|external!|python!|n/a)"
    r"|err:\d{3}|#{3,}",
    re.IGNORECASE,
)
YES = frozenset({
    "yes", "y", "true", "t", "1", "x", "✓", "✔", "☑", "☒", "checked", "selected", "sí", "si", "ja",
    "wahr", "on", "yep", "yeah", "●", "■", "✅", "oui",
})  # fmt: skip
NO = frozenset({
    "no", "n", "false", "f", "0", "☐", "unchecked", "not selected", "none", "off", "nope", "✗", "✘",
    "○", "□", "❌", "non", "nein",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of a cell: its value, and what has to be said about it.

    `note` says what was assumed; `wrong` says what to do, and then `value` counts as blank.
    """

    value: Any
    note: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Habit:
    """How one column writes days and numbers, judged from all its cells.

    `torn` columns prove two orders or marks: cells that could be read both ways are not read.
    """

    order: Order = "month first"
    mark: Mark = "point"
    torn: bool = False


AMERICAN = Habit()
Parser = Callable[[str], Cell]


def parser_of(column: Column, vocabulary: Vocabulary, habit: Habit = AMERICAN) -> Parser:
    """Give the function that reads a cell of this column; it takes text that is not blank."""
    if column.choices:
        return _choice_parser(column)
    if column.type in _VOCABULARY_PARSERS:
        return _VOCABULARY_PARSERS[column.type](vocabulary)
    if column.type in _BOUNDS:
        return partial(_parse_bounded, bounds=_BOUNDS[column.type], habit=habit)
    if column.type == "date":
        ends, last = column.name in ENDS, column.name in LASTING
        return partial(parse_date, habit=habit, ends=ends, last=last)
    return _PARSERS.get(column.type, Cell)


ENDS = frozenset({"until", "period_end", "expires"})  # columns where something may not have ended

# Columns where a month or a year is meant to its end: until 2026 is not until January.
LASTING = frozenset({"due", "expires", "period_end", "until"})


def is_blank(text: str, column: Column) -> bool:
    """Tell whether a cell says nothing: empty, N/A, TBD, none in a column of names."""
    if column.choices and fold_word(text) in spell_choices(column):
        return False
    return is_nothing(text, kind_of(column)) and not (
        column.type in ("boolean", "direction", "strength") and fold_cell(text) in YES | NO
    )


def spell_choices(column: Column) -> frozenset[str]:
    """Every word by which one of the choices of a column is known, folded."""
    words = (word for choice, also in column.words.items() for word in (choice, *also))
    return frozenset(map(fold_word, (*column.choices, *words)))


def is_failed(text: str) -> bool:
    """Tell whether a cell holds the error of a formula, or a formula without its result."""
    return text[:1] in "#=eE" and (text == UNSAVED or bool(EXCEL_ERRORS.fullmatch(text.strip())))


def allowed_in(column: Column) -> str:
    """Say what a cell of this column may hold."""
    return column.allowed or TYPES[column.type]


# -- numbers -------------------------------------------------------------------------------------


DIGITS = "Write digits only, with a point for decimals."
LONGEST_NUMBER = 300  # characters; beyond this it is said to be endless, not misspelt


def parse_number(text: str, habit: Habit = AMERICAN) -> Cell:
    """Read a number: dollar signs, thousands commas and accounting parentheses do not matter."""
    mark = mark_of(text, habit)
    if habit.torn and re.fullmatch(r"\D*\d{1,3}[.,]\d{3}\D*", text):
        return Cell(
            None, wrong="The column writes decimals in two ways, and this could be either: mend it."
        )
    number = read_number(text, mark)
    if number is None:
        percent = read_percent(text, mark)
        if percent is None:
            endless = len(text) > LONGEST_NUMBER and not re.search(r"[^\d\s$,.()'-]", text)
            advice = "Check it: no amount has so many digits." if endless else DIGITS
            return Cell(None, wrong=advice)
        return Cell(percent, note=f"read as {percent:g} percent")
    if number in NUMBER_CODES:
        return Cell(None, note=f"{text.strip()} counts as blank")
    return Cell(number)


def mark_of(text: str, habit: Habit) -> Mark:
    """The mark before decimals: that of the column; of a torn one, what the cell itself proves."""
    return (prove_mark([text])[0] if habit.torn else None) or habit.mark


@dataclass(frozen=True, slots=True)
class _Bounds:
    low: float
    high: float
    advice: str
    whole: bool = False
    percent: bool = False
    dollars: bool = False
    degrees: bool = False


MOST_NORTH = 90
SWAPPED = "Check whether latitude and longitude are swapped."
_BOUNDS: Mapping[str, _Bounds] = {
    "number": _Bounds(-1e300, 1e300, ""),
    "money": _Bounds(-1e300, 1e300, "", dollars=True),
    "percentage": _Bounds(0, 100, "Write it in percent of all who live there.", percent=True),
    "count": _Bounds(0, 1e12, "Write a whole number.", whole=True),
    "latitude": _Bounds(-MOST_NORTH, MOST_NORTH, SWAPPED, degrees=True),
    "longitude": _Bounds(-180, 180, SWAPPED, degrees=True),
}


def _parse_bounded(text: str, bounds: _Bounds, habit: Habit) -> Cell:
    cell = parse_number(text, habit)
    if cell.wrong and bounds.degrees:
        degrees = read_degrees(text, latitude=bounds.high == MOST_NORTH)
        cell = cell if degrees is None else Cell(degrees)
    if cell.value is None:
        return cell
    if cell.note and bounds.dollars:
        return Cell(None, wrong="A share is no amount: write the dollars.")
    if bounds.percent:
        cell = Cell(cell.value)  # a percent sign is expected here, and no news
    fits = bounds.low <= cell.value <= bounds.high
    whole = not bounds.whole or cell.value == int(cell.value)
    return cell if fits and whole else Cell(None, wrong=bounds.advice)


def parse_year(text: str) -> Cell:
    """Read a year; of a fiscal year that spans two, the one in which it ends.

    Examples
    --------
    >>> parse_year("FY26").value, parse_year("2025-26").value, parse_year("2026.0").value
    (2026.0, 2026.0, 2026.0)
    """
    bare = re.sub(r"^(s|f)?fy\s*'?|^fiscal year\s*|^'", "", drop_decimals(fold_cell(text)))
    bare = bare.replace(",", "") if re.fullmatch(r"\d,\d{3}", bare) else bare
    match = re.fullmatch(r"(?:(\d{4}|\d{2})\s*[-/–]\s*)?'?(\d{4}|\d{2})", bare)
    if match is None:
        return Cell(None, wrong="Write the year with four digits.")
    year, first = _full_year(match[2]), match[1]
    if not FIRST_YEAR <= year <= LAST_YEAR or (first and _full_year(first) != year - 1):
        return Cell(None, wrong="Write the year with four digits.")
    said = "" if bare == text.strip() and len(match[2]) == 4 else f"read as {year}"
    return Cell(float(year), note=said if first or len(match[2]) == 2 else "")


def _full_year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


# -- days ----------------------------------------------------------------------------------------


def parse_date(
    text: str, habit: Habit = AMERICAN, *, ends: bool = False, last: bool = False
) -> Cell:
    """Read a day in any usual spelling, or the number that Excel keeps for it.

    Parameters
    ----------
    text : str
        The cell.
    habit : Habit
        Which of day and month comes first in its column.
    ends : bool, default False
        Whether the column says when something ends: then "ongoing" is no end.
    last : bool, default False
        Whether a month or a year stands for its last day, as it does where something ends.

    Examples
    --------
    >>> parse_date("March 14, 2026").value, parse_date("soon").wrong
    (Timestamp('2026-03-14 00:00:00'), 'Write it as YYYY-MM-DD.')
    """
    if ends and fold_cell(text) in list_words("open_end"):
        return Cell(None, note="it has not ended: blank")
    if habit.torn and is_doubtful(text):
        return Cell(
            None, wrong="The column has days first and months first: write it as YYYY-MM-DD."
        )
    own = next(iter(prove_order([text])), habit.order) if habit.torn else habit.order
    found = read_day(text, own, last=last)
    if found.value is not None:
        return Cell(pd.Timestamp(found.value).as_unit("s"), note=found.note)
    if re.fullmatch(r"[-\d/. T:]+", text.strip()) and len(re.findall(r"\d+", text)) >= 3:
        return Cell(None, wrong="There is no such day: check month and day.")
    return Cell(None, wrong="Write it as YYYY-MM-DD.")


# -- codes and words -----------------------------------------------------------------------------


def _code_parser(read: Callable[[str], Code], advice: str) -> Parser:
    def parse(text: str) -> Cell:
        code = read(text)
        return Cell(code.value, note=code.note) if code.value else Cell(None, wrong=advice)

    return parse


def parse_fips(text: str, state: str = "") -> Cell:
    """Read the code of a county; retired ones become those of today, and that is said."""
    code = read_fips(text, state)
    if not code.value and re.search(r"[^\W\d_]{3}", text) and not text[:2].isdigit():
        return parse_county(text, state)
    if not code.value:
        today = DISSOLVED.get(drop_decimals(text).zfill(5), ())
        parts = " or ".join(f"{part} ({county_name(part)})" for part in today)
        if parts:
            return Cell(None, wrong=f"This area is no more. Write what it is today: {parts}.")
        return Cell(None, wrong="Look up the county's code, or give the county's name instead.")
    return settle_county(code.value, code.note)


def parse_county(text: str, state: str = "") -> Cell:
    """Read a county by name; slips of one or two letters are read as the one near name."""
    name, home = split_state(undo_mojibake(text), state)
    code = find_county(text, state)
    if code:
        old = FORMER_CODES.get(code, ()) if county_name(code) else ()
        was = next((RENAMED[o][1] for o in old if is_former_name(text, home, o)), "")
        if was:
            return Cell(code, note=f"read as {code}: {was}")
        return settle_county(code)
    near = guess_county(name, home) if home else ""
    if near:
        return Cell(near, note=f"read as {county_name(near)}")
    return Cell(
        None,
        wrong="Correct it, or give its code in the column county_fips. The county is not known.",
    )


def settle_county(code: str, note: str = "") -> Cell:
    """Give the code that a county has today, and say what became of the old one."""
    if code in RENAMED:
        today, what = RENAMED[code]
        return Cell(today, note=f"read as {today}: {what}")
    if code in SPLIT:
        parts = " and ".join(SPLIT[code])
        return Cell(code, note=f"kept: the county was split into {parts}; say which one it is")
    return Cell(code, note=note)


def parse_zip(text: str, state: str = "") -> Cell:
    """Read a ZIP code; its State tells whether a zero was lost."""
    code = read_zip(text, state)
    if code.value:
        return Cell(code.value, note=code.note)
    return Cell(
        None,
        wrong="Excel may have dropped a leading zero: format the column as Text and re-enter it.",
    )


WITNESSED: Mapping[str, Callable[[str, str], Cell]] = {"zip": parse_zip, "fips": parse_fips}


def parse_state(text: str) -> Cell:
    """Read a State named by code or name."""
    code = state_code(text)
    return Cell(code) if code else Cell(None, wrong="Write for example NE.")


STATE_BY_NAME: Mapping[str, str] = {
    word.casefold(): code for code, name in STATES.items() for word in (code, name)
}


def parse_boolean(text: str) -> Cell:
    """Read yes or no; an arrow that goes both ways is no direction."""
    word = fold_cell(drop_decimals(text))
    if word in YES:
        return Cell("yes")
    return Cell("no") if word in NO else Cell(None, wrong="Write yes or no.")


def parse_direction(text: str) -> Cell:
    """Read whether a tie has a direction: yes, no, directed, mutual, both ways."""
    cell = parse_boolean(text)
    word = find_direction(text) if cell.wrong else ""
    return Cell(word) if word else cell


def is_direction(text: str) -> bool:
    """Tell whether a word says a direction, and nothing else: directed, mutual."""
    return bool(text.strip()) and text.strip().isalpha() and find_direction(text) != ""


def _choice_parser(column: Column) -> Parser:
    by_word = {fold_word(choice): choice for choice in column.choices}
    also = {fold_word(word): c for c, words in column.words.items() for word in words}

    def parse(text: str) -> Cell:
        word = fold_word(drop_decimals(text))
        if word in by_word:
            return Cell(by_word[word])
        found = also.get(word)
        if found:
            return Cell(found, note=f"read as {found}")
        return Cell(None, wrong="Choose one of them.")

    return parse


MOST_SUGGESTED = 1_000  # words that are not known and compared with all that are: each takes time


def _word_parser(find: Callable[[str], str | None], words: list[str]) -> Parser:
    unknown = 0

    def parse(text: str) -> Cell:
        nonlocal unknown
        found = find(text)
        if found:
            return Cell(found)
        unknown += 1
        hint = suggest_word(text, words) if unknown <= MOST_SUGGESTED else ""
        return Cell(None, wrong=f"{hint}Correct it, or declare it.")

    return parse


def _or_any(parse: Parser) -> Parser:
    """Also take the word any, as rules do."""
    return lambda text: Cell("any") if fold_word(text) == "any" else parse(text)


def suggest_word(text: str, words: list[str]) -> str:
    """Suggest the nearest known word, as a sentence with a space after it, or ""."""
    from rapidfuzz import process, utils

    hit = process.extractOne(text, words, processor=utils.default_process, score_cutoff=60)
    return f"Did you mean {hit[0]}? " if hit else ""


_VOCABULARY_PARSERS: Mapping[str, Callable[[Vocabulary], Parser]] = {
    "kind": lambda v: _word_parser(v.find_kind, [kind.label for kind in v.kinds.values()]),
    "sector": lambda v: _word_parser(v.find_sector, list(v.sectors.values())),
    "relation": lambda v: _word_parser(
        v.find_relation, [relation.label for relation in v.relations.values()]
    ),
    "kind or any": lambda v: _or_any(_VOCABULARY_PARSERS["kind"](v)),
    "relation or any": lambda v: _or_any(_VOCABULARY_PARSERS["relation"](v)),
    "ladder": lambda v: _word_parser(
        v.find_ladder, [ladder.label for ladder in v.ladders.values()]
    ),
}

_PARSERS: Mapping[str, Parser] = {
    "year": parse_year,
    "fips": parse_fips,
    "zip": parse_zip,
    "state": parse_state,
    "boolean": parse_boolean,
    "direction": parse_direction,
    "ccn": _code_parser(
        read_ccn, "Look it up in the CMS hospital file and format the column as Text."
    ),
    "npi": _code_parser(read_npi, "Look it up in the NPI registry."),
    "ein": _code_parser(read_ein, "Look it up on the organization's tax form."),
}
