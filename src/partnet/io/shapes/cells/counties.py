"""Several counties in one cell: the areas that an organization serves, and no home county."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ....core.schema import TABLES
from ....core.wording.text import count_noun
from ....places.gazetteer import find_county, state_code
from ...cells import RawTable
from ...headers.columns import match_headers
from ...tables.joining import join_tables
from ...values.words import fold_cell, is_nothing
from ..entries import Entries, note_shape

MARKS = re.compile(r"[;|\n,/+&\u2022]")
ZIPS = re.compile(r"\d{5}(?:[;|\n,/ ]+\d{5})*")
LINES = re.compile(r"[;|\n]")
AND = re.compile(r"\band\b", re.IGNORECASE)
WHOLE_STATE = re.compile(r"state ?-?wide|(the )?(entire|whole) state|all( \w+)? counties")
PLURAL = re.compile(r"\s+(counties|cos)\.?$", re.IGNORECASE)  # Cedar, Knox and Dixon Counties
ONLY = re.compile(r"\s+only$", re.IGNORECASE)
MOST_CELL = 5_000  # characters of a cell that lists counties


def list_places(text: str, state: str) -> list[tuple[str, str]]:
    """Counties of a cell by code, or its State; what is no county stands as it is written.

    Examples
    --------
    >>> list_places("Cedar, Knox and Dixon Counties", "NE")
    [('county', '31027'), ('county', '31107'), ('county', '31051')]
    >>> list_places("Lewis and Clark / Cascade", "MT"), list_places("Statewide", "NE")
    ([('county', '30049'), ('county', '30013')], [('State', 'NE')])
    >>> list_places("Cedar and surrounding counties", "NE"), list_places("here and there", "NE")
    ([('county', '31027'), ('county', 'surrounding counties')], [('county', 'here and there')])
    """
    code = state_code(state)
    if code and (WHOLE_STATE.fullmatch(fold_cell(text)) or state_code(text) == code):
        return [("State", code)]
    if len(text) > MOST_CELL:
        return [("county", text)]
    if ZIPS.fullmatch(text):
        return [("ZIP", digits) for digits in re.findall(r"\d{5}", text)]
    if not code:  # Cedar, NE; Knox, NE
        codes = [find_county(part.strip(), "") for part in LINES.split(text) if part.strip()]
        return [("county", c) for c in codes] if codes and all(codes) else [("county", text)]
    found = [pair for part in MARKS.split(text) for pair in _find_counties(part, code)]
    known = any(county for county, _ in found)
    return [("county", county or part) for county, part in found] if known else [("county", text)]


def _find_counties(part: str, code: str) -> list[tuple[str, str]]:
    """The counties of a part, each with its text: "" for what is none, nothing for a State."""
    bare = ONLY.sub("", part.strip())
    whole = find_county(PLURAL.sub("", bare), code)  # Lewis and Clark County
    if whole or not bare or state_code(bare) == code:
        return [(whole, bare)] if whole else []
    names = [text.strip() for text in AND.split(bare) if text.strip()]
    return [(find_county(PLURAL.sub("", name), code), name) for name in names]


def take_counties(tables: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """Read several counties in the county of an organization as the areas that it serves.

    The first one is not its home by standing first: the home county is not known then.
    """
    raw, turned = tables["organizations"], dict(tables)
    at = match_headers(raw, TABLES["organizations"]).columns
    county = at.get("county", at.get("county_fips", -1))
    if county < 0 or "name" not in at:
        return turned
    areas = Entries(raw, ("organization", "place", "place_kind"))
    rows, several = [], []
    for position, row in enumerate(raw.rows):
        places = _list_several(row[county], row[at["state"]] if "state" in at else "")
        rows.append([("" if places and k == county else text) for k, text in enumerate(row)])
        several += [row[county]] if places else []
        for kind, place in places:
            if not is_nothing(row[at["name"]], "label"):
                areas.add(position, [row[at["name"]], place, kind])
    if not several:
        return turned
    note = note_shape(
        raw,
        f'several counties, or all, under "{raw.header[county]}" in '
        f'{count_noun(len(several), "row")} ("{several[0][:60]}")',
        "They are read as the areas that these organizations serve (table service_areas). Which "
        "county is their home is not known from it: write that one alone.",
        allowed="The county of an organization is the one in which it stands.",
    )
    turned["organizations"] = replace(raw, rows=rows, notes=(*raw.notes, note))
    made = replace(areas.make(), table="service_areas", notes=(), spent=0)
    before = tables.get("service_areas")
    turned["service_areas"] = made if before is None else join_tables(before, made, "service_areas")
    return turned


def _list_several(text: str, state: str) -> list[tuple[str, str]]:
    """The places of a cell that names more than one county, or a State; none of any other."""
    if is_nothing(text, "value") or find_county(text, state):
        return []
    places = list_places(text, state)
    whole = places[0][0] == "State" and state_code(text) != state_code(state)
    known = [place for _, place in places if place.isdigit()]
    return places if whole or len(known) > 1 else []
