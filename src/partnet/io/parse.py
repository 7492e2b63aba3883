"""From the text of a cell to a typed value, or to a sentence that says what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..core.schema import TYPES, Column
from ..core.vocabulary import Vocabulary, fold_word
from ..places.gazetteer import STATES, county_name
from .guard_parts import NO_RESULT

BLANKS = frozenset({"", "n/a", "not available", "null", "nan", "none given"})
NUMBER_BLANKS = BLANKS | {"na", "-", "-999", "-9999", "."}
EXCEL_ERRORS = re.compile(
    r"#(REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!"
    r"|BUSY!|EXTERNAL!|PYTHON!|GETTING_DATA)|Err:\d{3}",
    re.IGNORECASE,
)
YES = frozenset({"yes", "y", "true", "t", "1", "x"})
NO = frozenset({"no", "n", "false", "f", "0"})
EXCEL_DAY_ZERO = pd.Timestamp("1899-12-30")


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of a cell: its value, and what has to be said about it.

    `note` says what was assumed; `wrong` says what to do, and then `value` counts as blank.
    """

    value: Any
    note: str = ""
    wrong: str = ""


Parser = Callable[[str], Cell]


def parser_of(column: Column, vocabulary: Vocabulary) -> Parser:
    """Give the function that reads a cell of this column; it takes text that is not blank."""
    if column.choices:
        return _choice_parser(column.choices)
    if column.type in _VOCABULARY_PARSERS:
        return _VOCABULARY_PARSERS[column.type](vocabulary)
    return _PARSERS.get(column.type, Cell)


def is_blank(text: str, column: Column) -> bool:
    """Tell whether a cell says nothing: empty, N/A, -999 in a column of numbers."""
    blanks = BLANKS if column.type in ("text", "new_id", "organization") else NUMBER_BLANKS
    return text.strip().casefold() in blanks


def tell_failed_formula(text: str) -> str:
    """Say what to do about a cell whose formula failed or has no result; "" of any other."""
    if text.strip() == NO_RESULT:
        return "Open the file in Excel, let it calculate (F9) and save it, or type the value."
    if EXCEL_ERRORS.fullmatch(text.strip()):
        return "The formula in this cell failed: mend it or type the value."
    return ""


def quote_cell(text: str) -> str:
    """Say what stands in a cell."""
    return "a formula without a result" if text.strip() == NO_RESULT else f'"{text}"'


def allowed_in(column: Column) -> str:
    """Say what a cell of this column may hold."""
    return column.allowed or TYPES[column.type]


def parse_number(text: str) -> Cell:
    """Read a number: dollar signs, thousands commas and accounting parentheses do not matter."""
    bare = text.replace(",", "").replace("$", "").replace(" ", "")
    if re.fullmatch(r"\(\d+(\.\d+)?\)", bare):
        bare = "-" + bare[1:-1]
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,2})?", bare):
        return Cell(None, wrong="Write digits only, with a point for decimals.")
    return Cell(float(bare))


def _bounded_parser(low: float, high: float, advice: str, *, whole: bool = False) -> Parser:
    def parse(text: str) -> Cell:
        cell = parse_number(text)
        if cell.wrong:
            return cell
        fits = low <= cell.value <= high and (not whole or cell.value == int(cell.value))
        return cell if fits else Cell(None, wrong=advice)

    return parse


def _digits_parser(length: int, advice: str, *, restore_zero: bool = False) -> Parser:
    def parse(text: str) -> Cell:
        digits = text.replace("-", "").replace(" ", "")
        if restore_zero and re.fullmatch(rf"\d{{{length - 1}}}", digits):
            return Cell("0" + digits, note=f"read as 0{digits}: a leading zero was lost")
        return (
            Cell(digits) if re.fullmatch(rf"\d{{{length}}}", digits) else Cell(None, wrong=advice)
        )

    return parse


def _parse_fips(text: str) -> Cell:
    digits = text.zfill(5) if re.fullmatch(r"\d{4,5}", text) else ""
    if not digits or not county_name(digits):
        return Cell(None, wrong="Look up the county's code, or give the county's name instead.")
    lost = len(text) == 4
    return Cell(digits, note=f"read as {digits}: a leading zero was lost" if lost else "")


def _parse_zip(text: str) -> Cell:
    if re.fullmatch(r"\d{5}(-?\d{4})?", text):
        return Cell(text[:5])
    return Cell(
        None,
        wrong="Excel may have dropped a leading zero: format the column as Text and re-enter it.",
    )


def _parse_ccn(text: str) -> Cell:
    if re.fullmatch(r"\d{5}", text):
        return Cell("0" + text, note=f"read as 0{text}: a leading zero was lost")
    if re.fullmatch(r"[0-9A-Za-z]{6}", text):
        return Cell(text.upper())
    return Cell(None, wrong="Look it up in the CMS hospital file and format the column as Text.")


def _parse_state(text: str) -> Cell:
    code = STATE_BY_NAME.get(text.strip().casefold())
    return Cell(code) if code else Cell(None, wrong="Write for example NE.")


STATE_BY_NAME: Mapping[str, str] = {
    word.casefold(): code for code, name in STATES.items() for word in (code, name)
}


def _parse_boolean(text: str) -> Cell:
    word = text.strip().casefold()
    if word in YES:
        return Cell("yes")
    return Cell("no") if word in NO else Cell(None, wrong="Write yes or no.")


def parse_date(text: str) -> Cell:
    """Read a day: ISO, American, or the number that Excel keeps for it."""
    text = text.strip()
    if re.fullmatch(r"[2-7]\d{4}", text):
        date = EXCEL_DAY_ZERO + pd.Timedelta(days=int(text))
        return Cell(date, note=f"read as {date.date()}: a date that Excel shows as a number")
    for pattern, layout in _DATE_LAYOUTS:
        if re.fullmatch(pattern, text):
            return _date_of(text[:10] if layout == "%Y-%m-%d" else text, layout)
    return Cell(None, wrong="Write it as YYYY-MM-DD.")


_DATE_LAYOUTS = (
    (r"\d{4}-\d{2}-\d{2}([T ][\d:.]+)?", "%Y-%m-%d"),
    (r"\d{4}-\d{2}", "%Y-%m"),
    (r"\d{4}", "%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%m/%d/%Y"),
)


def _date_of(text: str, layout: str) -> Cell:
    date = pd.to_datetime(text, format=layout, errors="coerce")
    if pd.isna(date) or not 1900 <= date.year <= 2100:
        return Cell(None, wrong="There is no such day: check month and day.")
    return Cell(date)


def _choice_parser(choices: tuple[str, ...]) -> Parser:
    by_word = {fold_word(choice): choice for choice in choices}

    def parse(text: str) -> Cell:
        found = by_word.get(fold_word(text))
        return Cell(found) if found else Cell(None, wrong="Choose one of them.")

    return parse


def _word_parser(find: Callable[[str], str | None], words: list[str]) -> Parser:
    def parse(text: str) -> Cell:
        found = find(text)
        if found:
            return Cell(found)
        return Cell(None, wrong=f"{suggest_word(text, words)}Or declare it.")

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
    "number": parse_number,
    "money": parse_number,
    "count": _bounded_parser(0, 1e12, "Write a whole number.", whole=True),
    "year": _bounded_parser(1900, 2100, "Write the year with four digits.", whole=True),
    "latitude": _bounded_parser(-90, 90, "Check whether latitude and longitude are swapped."),
    "longitude": _bounded_parser(-180, 180, "Check whether latitude and longitude are swapped."),
    "fips": _parse_fips,
    "zip": _parse_zip,
    "state": _parse_state,
    "boolean": _parse_boolean,
    "date": parse_date,
    "ccn": _parse_ccn,
    "npi": _digits_parser(10, "Look it up in the NPI registry."),
    "ein": _digits_parser(9, "Look it up on the organization's tax form.", restore_zero=True),
}
