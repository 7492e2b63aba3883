"""Codes in public files: CCN, ZIP, State and county, as people and Excel leave them."""

from __future__ import annotations

import re

from ..parse import STATE_BY_NAME
from ..places import county_name, find_county, guess_county
from .family import Journal

LOST_ZERO = "Excel drops leading zeros."
ZERO_STATES = frozenset({"CT", "MA", "ME", "NH", "NJ", "PR", "RI", "VI", "VT"})  # ZIP starts with 0


def read_ccn(text: str, row: int, journal: Journal) -> str:
    """Give a CMS certification number of 6 characters, with its leading zero; "" if it is none."""
    code = text.upper()
    if re.fullmatch(r"[0-9A-Z]{6}", code):
        return code
    if re.fullmatch(r"\d{5}|\d{4}[A-Z]", code):
        journal.assume(row, "CCN", text, f"A CCN has 6 places. {LOST_ZERO}", f"Read as 0{code}.")
        return f"0{code}"
    return ""


def read_zip(text: str, state: str, row: int, journal: Journal) -> str:
    """Give a ZIP code of 5 digits, with its leading zeros; "" if it is none.

    Zeros are restored only in the States whose ZIP codes start with 0.
    """
    match = re.fullmatch(r"(\d{5})(?:-?\d{4})?", text)
    if match or not text:
        return match[1] if match else ""
    short = re.fullmatch(r"(\d{3,4})(?:-\d{4}|-?)|(\d{3,4})\d{4}", text)
    allowed = "A ZIP has 5 digits."
    if short is None or state not in ZERO_STATES:
        journal.assume(row, "ZIP", text, allowed, "It counts as blank.")
        return ""
    code = (short[1] or short[2]).zfill(5)
    journal.assume(row, "ZIP", text, f"{allowed} {LOST_ZERO}", f"Read as {code}.")
    return code


def read_state(text: str) -> str:
    """Give the 2-letter code of a State named by code or name; "" if it is none."""
    return STATE_BY_NAME.get(text.casefold(), "")


def read_county(text: str, state: str, row: int, journal: Journal) -> str:
    """Give the code of a county; slips of one or two letters are read as the one near name."""
    code = find_county(text, state) if text else ""
    if code or not text:
        return code
    code = guess_county(text, state)
    allowed = "The Census knows no county of the State by this name."
    meaning = f"Read as {county_name(code)}." if code else "The county counts as not known."
    journal.assume(row, "county", f"{text}, {state}", allowed, meaning)
    return code
