"""Codes in public files: CCN, ZIP, State and county, as people and Excel leave them."""

from __future__ import annotations

import re

from ...core.wording.text import keep_answers
from ...io.typed.identity import make_slug
from ...io.values import codes
from ...io.values.degrees import are_swapped, read_degrees
from ...io.values.parse import parse_county, parse_date, parse_fips, parse_number
from ...places.gazetteer import county_name, county_of_zip, state_code
from ...places.location import weigh_county
from .family import Journal

LOST_ZERO = "Excel drops leading zeros."
_UEI = re.compile("[0-9A-Z]{12}")
_find_state, _find_slug = keep_answers(state_code), keep_answers(make_slug)
_ZIP = re.compile("[0-9]{5}")


def read_ccn(text: str, row: int, journal: Journal) -> str:
    """Give a CMS certification number of 6 characters, with its leading zero; "" if it is none."""
    code = codes.read_ccn(text)
    if code.note:
        allowed = f"A CCN has 6 places. {LOST_ZERO}"
        journal.assume(row, "CCN", text, allowed, f"Read as {code.value}.")
    return code.value


def read_zip(text: str, state: str, row: int, journal: Journal) -> str:
    """Give a ZIP code of 5 digits, with its leading zeros; "" if it is none.

    Zeros are restored only in the States whose ZIP codes start with 0.
    """
    if not text or _ZIP.fullmatch(text):
        return text
    code = codes.read_zip(text, state)
    allowed = "A ZIP has 5 digits."
    if not code.value:
        journal.assume(row, "ZIP", text, allowed, "It counts as blank.")
    elif code.note:
        journal.assume(row, "ZIP", text, f"{allowed} {LOST_ZERO}", f"Read as {code.value}.")
    return code.value


def read_state(text: str) -> str:
    """Give the 2-letter code of a State named by code or name; "" if it is none."""
    return _find_state(text)


def read_county(text: str, state: str, row: int, journal: Journal) -> str:
    """Give the code of a county; slips of one or two letters are read as the one near name."""
    if not text:
        return ""
    cell = parse_county(text, state)
    if cell.note or cell.wrong:
        allowed = "The Census knows no county of the State by this name."
        meaning = f"Read as {county_name(cell.value)}." if cell.value else ""
        known = meaning or "The county counts as not known."
        journal.assume(row, "county", f"{text}, {state}", allowed, known)
    return cell.value or ""


def weigh_place(site: dict[str, str], row: int, journal: Journal) -> dict[str, str]:
    """Give a site with the county that counts, and say where county and ZIP code differ."""
    stated = site["county_fips"]
    county, differs = weigh_county(stated, site["zip"], site["name"])
    if differs:
        known, other = county_name(stated), county_name(county_of_zip(site["zip"]))
        allowed = f"ZIP code {site['zip']} lies in {other}."
        meaning = f"Read as {other}." if county != stated else f"{known} counts; please check."
        journal.assume(row, "county", f"{known}, {site['state']}", allowed, meaning)
    return {**site, "county_fips": county}


def read_digits(
    text: str, length: int, name: str, row: int, journal: Journal, *, lost: int = 2
) -> str:
    """Give an identifier of `length` digits; up to `lost` leading zeros are restored, and said.

    A decimal tail that a spreadsheet added (".0") is dropped; what is no such number counts as
    blank, and is said.
    """
    if not text:
        return ""
    code = codes.read_digits(text, length, lost)
    allowed = f"An {name} has {length} digits."
    if not code.value:
        journal.assume(row, name, text, allowed, "It counts as blank.")
    elif code.note:
        journal.assume(row, name, text, f"{allowed} {LOST_ZERO}", f"Read as {code.value}.")
    return code.value


def read_ein(text: str, row: int, journal: Journal) -> str:
    """Give an Employer Identification Number of 9 digits; "" if it is none."""
    code = read_digits(text, 9, "EIN", row, journal)
    return "" if code.strip("0") == "" else code


def read_npi(text: str, row: int, journal: Journal) -> str:
    """Give a National Provider Identifier of 10 digits; "" if it is none."""
    return read_digits(text, 10, "NPI", row, journal, lost=0)


def read_uei(text: str) -> str:
    """Give a Unique Entity Identifier of 12 letters and digits; "" if it is none."""
    code = text.upper()
    return code if _UEI.fullmatch(code) else ""


def read_fips(text: str, row: int, journal: Journal) -> str:
    """Give a county code of 5 digits that the Census knows; "" if it is none."""
    cell = parse_fips(text) if re.match(r"\d", text) else None
    if cell is None or not cell.value:
        return ""
    if cell.note:
        allowed = f"A county code of today has 5 digits. {LOST_ZERO}"
        journal.assume(row, "FIPS", text, allowed, f"Read as {cell.value}.")
    return str(cell.value)


@keep_answers
def read_day(text: str) -> str:
    """Give a day as YYYY-MM-DD; "" where the text is no day.

    Examples
    --------
    >>> read_day("07/14/2014"), read_day("2021-03-01 00:00:00"), read_day("soon")
    ('2014-07-14', '2021-03-01', '')
    """
    cell = parse_date(text) if text else None
    return "" if cell is None or cell.wrong else f"{cell.value:%Y-%m-%d}"


def read_amount(text: str) -> str:
    """Give an amount of dollars as plain digits; "" where the text is no number.

    Examples
    --------
    >>> read_amount("$1,250.00"), read_amount("(300)"), read_amount("about 5")
    ('1250', '-300', '')
    """
    cell = parse_number(text) if text else None
    return "" if cell is None or cell.wrong else f"{cell.value:.2f}".removesuffix(".00")


def read_point(latitude: str, longitude: str) -> tuple[str, str]:
    """Latitude and longitude to about 10 meters; blank unless both are numbers on the globe.

    Examples
    --------
    >>> read_point("42.62", "-97.26"), read_point("-97.26", "42.62"), read_point("42.62N", "97.26W")
    (('42.6200', '-97.2600'), ('42.6200', '-97.2600'), ('42.6200', '-97.2600'))
    """
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        read = read_degrees(latitude, latitude=True), read_degrees(longitude, latitude=False)
        if read[0] is None or read[1] is None:
            return "", ""
        north, east = read[0], read[1]
    if are_swapped(north, east):
        north, east = east, north
    on_globe = abs(north) <= 90 and abs(east) <= 180 and (north, east) != (0, 0)
    return (f"{north:.4f}", f"{east:.4f}") if on_globe else ("", "")


def fiscal_year_of(day: str) -> str:
    """The federal fiscal year that a day lies in: it begins in October of the year before.

    Examples
    --------
    >>> fiscal_year_of("2025-10-01"), fiscal_year_of("2025-09-30"), fiscal_year_of("")
    ('2026', '2025', '')
    """
    return str(int(day[:4]) + (day[5:7] >= "10")) if day else ""


def make_id(*parts: str) -> str:
    """Make an id of a prefix and what follows: lower case, words joined by hyphens.

    Examples
    --------
    >>> make_id("uei", "JK3MT5TV5SS1"), make_id("site", "CAPWN Health Center", "Gering", "NE")
    ('uei-jk3mt5tv5ss1', 'site-capwn-health-center-gering-ne')
    """
    return "-".join([_find_slug(part) for part in parts if part])


_CCN_KINDS = (  # last four places of a CCN, from and to (CMS State Operations Manual, 2779A)
    (1, 879, "hospital"),
    (1300, 1399, "critical_access_hospital"),
    (1500, 1799, "hospice"),
    (1000, 1199, "health_center"),
    (1800, 1989, "health_center"),
    (2000, 2299, "hospital"),
    (3025, 3099, "hospital"),
    (3300, 3399, "hospital"),
    (3400, 3499, "rural_health_clinic"),
    (3800, 3999, "rural_health_clinic"),
    (4000, 4499, "behavioral_health"),
    (5000, 6499, "nursing_facility"),
    (7000, 8499, "home_health"),
    (8500, 8999, "rural_health_clinic"),
    (9000, 9799, "home_health"),
)


def kind_of_ccn(ccn: str) -> str:
    """Give the kind of provider that a CMS certification number is reserved for.

    Examples
    --------
    >>> kind_of_ccn("281301"), kind_of_ccn("283401"), kind_of_ccn("01014F")
    ('critical_access_hospital', 'rural_health_clinic', 'hospital')
    """
    number = int(ccn[2:]) if ccn[2:].isdigit() else -1
    found = (kind for low, high, kind in _CCN_KINDS if low <= number <= high)
    return next(found, "hospital" if number < 0 else "other")
