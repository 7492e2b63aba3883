"""Codes as people and Excel leave them: county, ZIP, CMS, tax and provider numbers.

One parser serves users' tables, graphs and public files. Each function gives the code, and what
had to be assumed; a code of "" is none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...places.gazetteer import STATES, counties_of, county_name
from ...places.history import RENAMED

ZERO_STATES = frozenset({"CT", "MA", "ME", "NH", "NJ", "PR", "RI", "VI", "VT"})  # ZIP starts with 0
LOST = "a leading zero was lost"
_GEOID = re.compile(r"(?:0500000US|05000US|US)?(\d{2})[- ]?(\d{3})", re.IGNORECASE)


class Code(NamedTuple):
    """A code, and what was assumed to read it."""

    value: str
    note: str = ""


NONE = Code("")


def drop_decimals(text: str) -> str:
    """Take away the ".0" that a spreadsheet or pandas adds to a code, and marks around it.

    Examples
    --------
    >>> drop_decimals("31027.0"), drop_decimals("'06059"), drop_decimals("28-1301")
    ('31027', '06059', '28-1301')
    """
    bare = text.strip().strip("'\"`").strip()
    match = re.fullmatch(r"(\d+)\.0*", bare)
    return match[1] if match else bare


def _drop_commas(text: str) -> str:
    """A code that a spreadsheet shows as an amount, 31,027, without its comma."""
    return text.replace(",", "") if re.fullmatch(r"\d{1,2},\d{3}", text) else text


def read_fips(text: str, state: str = "") -> Code:
    """Read the code of a county; zeros that were lost come back, three digits take their State's.

    Examples
    --------
    >>> read_fips("1001.0"), read_fips("27", "NE").value, read_fips("99999").value
    (Code(value='01001', note='read as 01001: a leading zero was lost'), '31027', '')
    >>> read_fips("31,027").value
    '31027'
    """
    bare = _drop_commas(drop_decimals(text))
    match = _GEOID.fullmatch(bare)
    if match:
        code = match[1] + match[2]
        return Code(code) if county_name(code) or code in RENAMED else NONE
    if re.fullmatch(r"\d{4}", bare) and county_name("0" + bare):
        return Code("0" + bare, f"read as 0{bare}: {LOST}")
    if re.fullmatch(r"\d{1,3}", bare) and state in STATES:
        code = next(iter(counties_of(state)), "")[:2] + bare.zfill(3)
        if county_name(code):
            return Code(code, f"read as {code}: the county's number within {state}")
    return NONE


def read_zip(text: str, state: str = "") -> Code:
    """Read a ZIP code; lost zeros come back where the State's ZIP codes begin with them.

    Examples
    --------
    >>> read_zip("4101.0", "ME").value, read_zip("680", "PR").value, read_zip("7501", "TX").value
    ('04101', '00680', '')
    """
    bare = _drop_commas(drop_decimals(text))
    match = re.fullmatch(r"(?:([A-Za-z]{2}) )?(\d{5})(?:[- ]?(?:\d{4})?)?", bare)
    if match and (match[1] is None or match[1].upper() in STATES):
        return Code(match[2])
    short = re.fullmatch(r"(\d{3,4})(?:-\d{4}|-?)|(\d{3,4})\d{4}", bare)
    if short is None or state not in ZERO_STATES:
        return NONE
    digits = short[1] or short[2]
    if len(digits) == 3 and state not in ("PR", "VI"):
        return NONE
    code = digits.zfill(5)
    return Code(code, f"read as {code}: {LOST}")


def read_ccn(text: str) -> Code:
    """Read a CMS certification number of 6 characters.

    Examples
    --------
    >>> read_ccn("10005.0").value, read_ccn("28-1301").value, read_ccn("281").value
    ('010005', '281301', '')
    """
    bare = re.sub(r"[- ]", "", drop_decimals(text)).upper()
    if re.fullmatch(r"\d{5}|\d{4}[A-Z]", bare):
        return Code("0" + bare, f"read as 0{bare}: {LOST}")
    return Code(bare) if re.fullmatch(r"[0-9A-Z]{6}", bare) and re.search(r"\d", bare) else NONE


def read_digits(text: str, length: int, lost: int = 0) -> Code:
    """Read an identifier of digits; up to `lost` leading zeros come back.

    Examples
    --------
    >>> read_digits("6-1234567.0", 9, 2).value, read_digits("06-1234567", 9).value
    ('', '061234567')
    >>> read_digits("61234567", 9, 2).value, read_digits("1234567893.0", 10).value
    ('061234567', '1234567893')
    """
    digits = re.sub(r"[- ]", "", drop_decimals(text))
    if re.fullmatch(rf"\d{{{length}}}", digits):
        return Code(digits)
    if lost and re.fullmatch(rf"\d{{{length - lost},{length - 1}}}", digits):
        code = digits.zfill(length)
        zeros = LOST if length - len(digits) == 1 else "leading zeros were lost"
        return Code(code, f"read as {code}: {zeros}")
    return NONE


def read_ein(text: str) -> Code:
    """Read an Employer Identification Number of 9 digits; two lost zeros come back."""
    code = read_digits(text, 9, 2)
    return code if code.value.strip("0") else NONE


def read_npi(text: str) -> Code:
    """Read a National Provider Identifier of 10 digits."""
    return read_digits(text, 10)
