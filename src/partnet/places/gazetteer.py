"""Counties: codes, names, centers, neighbors and distances, without any network access.

The gazetteers `data/counties.csv` and `data/zip_counties.csv` hold facts from the US Census (county
adjacency 2010, boundaries 2019, population 2020, ZIP code tabulation areas) and USDA (names and
rural-urban codes of 2023); see ``scripts/make_counties.py``. Connecticut stands in it twice: with
its former counties, and with the planning regions that replaced them in 2022 (no centers).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from ..core.arrays import FloatArray
from ..core.wording.county_names import name_county
from ..core.wording.names import undo_mojibake
from .history import FORMER_NAMES, RENAMED, current_county, settle_neighbors

EARTH_RADIUS_KM = 6371.0088  # mean radius (IUGG)
LEAST_LETTERS, LONG_NAME = 5, 8  # shorter names than these resemble too many others

STATES: Mapping[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
    "VI": "US Virgin Islands",
}  # fmt: skip

_TYPES = re.compile(
    r" (county|co|cnty|cty|parish|borough|census area|municipality|municipio|planning region|"
    r"city and borough|city|island|district)$"
)
_TURNED = re.compile(r"(city|county|parish|borough|municipio|municipality) (?:of|de) (.+)")
_CAPITAL = frozenset({"washington", "washington dc", "washington d c", "dc", "d c", "columbia"})


@dataclass(frozen=True, slots=True)
class County:
    """One county or county equivalent."""

    fips: str
    name: str
    state: str
    center: tuple[float, float] | None
    rural_urban_code: int | None
    population: int | None
    neighbors: tuple[str, ...]


@cache
def _counties() -> Mapping[str, County]:
    text = files("partnet").joinpath("data/counties.csv").read_text(encoding="utf-8")
    rows = [*csv.DictReader(text.splitlines())]
    beside = settle_neighbors({row["fips"]: set(row["neighbors"].split()) for row in rows})
    return {row["fips"]: _make_county(row, beside[row["fips"]]) for row in rows}


def _make_county(row: Mapping[str, str], beside: Collection[str]) -> County:
    known = row["latitude"] != ""
    center = (float(row["latitude"]), float(row["longitude"])) if known else None
    code, people = (int(row[name]) if row[name] else None for name in ("rucc", "population"))
    neighbors = tuple(sorted(beside))
    return County(row["fips"], row["name"], row["state"], center, code, people, neighbors)


@cache
def _counties_by_zip() -> Mapping[str, str]:
    text = files("partnet").joinpath("data/zip_counties.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    today = ((current_county(row["fips"])[0], row["zips"]) for row in rows)
    return {code: fips for fips, codes in today for code in codes.split()}


@cache
def _codes_by_name() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Codes by State and folded name; a name without its type can mean a county and a city."""
    found: dict[tuple[str, str], list[str]] = {}
    for county in _counties().values():
        for name in {_fold(county.name), _TYPES.sub("", _fold(county.name))}:
            for key in {name, name.replace(" ", "")}:
                found.setdefault((county.state, key), []).append(county.fips)
                found.setdefault(("", key), []).append(county.fips)
    return {key: tuple(codes) for key, codes in found.items()}


_SAME_WORDS = {
    "saint": "st",
    "sainte": "ste",
    "the": "",
    **{"e": "east", "n": "north", "s": "south", "w": "west"},
}


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    apart = plain.lower().replace("-", " ").replace("&", " and ").replace("/", " ")
    words = re.sub(r"[^a-z0-9 ]", "", apart).split()
    folded = " ".join(filter(None, (_SAME_WORDS.get(word, word) for word in words)))
    turned = _TURNED.fullmatch(folded)  # City of St. Louis
    return f"{turned[2]} {turned[1]}" if turned else folded


def split_state(county: str, state: str = "") -> tuple[str, str]:
    """Part a county from the State beside it; a State that contradicts gives no State.

    Examples
    --------
    >>> split_state("Cedar County, Nebraska"), split_state("X, SD", "NE")
    (('Cedar County', 'NE'), ('X, SD', 'NE'))
    >>> split_state("Cedar (NE)"), split_state("NE - Cedar"), split_state("Cedar, NE, USA")
    (('Cedar', 'NE'), ('Cedar', 'NE'), ('Cedar', 'NE'))
    >>> split_state("Cedar County Nebraska"), split_state("Nebraska: Knox"), split_state("La Salle")
    (('Cedar County', 'NE'), ('Knox', 'NE'), ('La Salle', ''))
    """
    whole = _NATION.sub("", county)
    if match := _BRACKETED.fullmatch(whole):
        whole = f"{match[1]}, {match[2]}"
    elif match := _LED.fullmatch(whole):
        whole = f"{match[2]}, {match[1]}"
    name, comma, tail = whole.rpartition(",")
    code = state_code(tail) if comma else ""
    if not code:
        name, code = _part_words(whole)
    if code and (not state or state.upper() == code):
        return name.strip(), code
    return county, state


def _part_words(whole: str) -> tuple[str, str]:
    """A county with its State behind or before it and no comma, where there is such a county."""
    words = whole.split()
    if not 1 < len(words) <= MOST_WORDS:
        return whole, ""
    parts = [(words[:-k], words[-k:]) for k in (1, 2) if k < len(words)]
    parts += [(words[k:], words[:k]) for k in (1, 2) if k < len(words)]
    for rest, said in parts:
        text = " ".join(said).strip(":-\u2013")
        name, code = " ".join(rest).strip(":-\u2013 "), state_code(text)
        if code and (len(text) > 2 or text.isupper()) and _find_named(_fold(name), code):
            return name, code
    return whole, ""


MOST_WORDS = 8  # of a county and its State


_NATION = re.compile(r",\s*(usa|us|u\.s\.a?\.?|united states)\s*$", re.IGNORECASE)
_BRACKETED = re.compile(r"(.+?)\s*\(([A-Za-z]{2})\)")
_LED = re.compile(r"([A-Z]{2})\s*[-\u2013:]\s*(.+)")


# Names of States as newspapers and the Government shorten them, without full stops.
_SHORTENED = {
    "AL": "ala", "AZ": "ariz", "AR": "ark", "CA": "calif|cal", "CO": "colo", "CT": "conn",
    "DE": "del", "FL": "fla", "IL": "ill", "IN": "ind", "KS": "kans|kan", 
    "MA": "mass", "MI": "mich", "MN": "minn", "MS": "miss", "MT": "mont", "NE": "nebr|neb",
    "NV": "nev", "NM": "n mex", "ND": "n dak|no dak|n dakota", "NC": "n car|n carolina",
    "OK": "okla", "OR": "oreg|ore", "PA": "penn|penna", "SC": "s car|s carolina",
    "SD": "s dak|so dak|s dakota", "TN": "tenn", "TX": "tex", "WA": "wash", "WV": "w va|w virginia",
    "WI": "wis|wisc", "WY": "wyo",
}  # fmt: skip


@cache
def _state_by_word() -> Mapping[str, str]:
    pairs = [(word, code) for code, name in STATES.items() for word in (code, name)]
    also = {"washington dc": "DC", "d c": "DC", "virgin islands": "VI", "usvi": "VI", "cnmi": "MP"}
    shortened = {short: code for code, words in _SHORTENED.items() for short in words.split("|")}
    return shortened | also | {word.casefold(): code for word, code in pairs}


def state_code(text: str) -> str:
    """Give the 2-letter code of a State named by code or name; "" if it is none.

    Examples
    --------
    >>> state_code("nebraska"), state_code("N.M."), state_code("Ontario")
    ('NE', 'NM', '')
    """
    bare = " ".join(text.split()).casefold()
    dotless = bare.replace(".", "")
    known = _state_by_word()
    return known.get(bare, "") or known.get(dotless, "") or known.get(dotless.replace(" ", ""), "")


def state_of_digits(text: str) -> str:
    """Give the State that the Census numbers so; "" if none is.

    Examples
    --------
    >>> state_of_digits("31"), state_of_digits("6"), state_of_digits("99")
    ('NE', 'CA', '')
    """
    return _state_by_digits().get(text.zfill(2), "") if text.isdigit() else ""


@cache
def _state_by_digits() -> Mapping[str, str]:
    return {code[:2]: county.state for code, county in _counties().items()}


def find_county(county: str, state: str = "") -> str:
    """Give the 5-digit code of a county named by code or name; "" if it is not known for sure.

    Case, "County" or "Parish", "Saint" or "St.", and spaces (De Kalb, DeKalb) do not matter. Where
    a county and an independent city share a name (Richmond, VA), the county is meant. A county that
    was renamed is found under both names; "Cedar, NE" says its State itself.

    Examples
    --------
    >>> find_county("cedar county", "NE"), find_county("St Louis", "MO"), find_county("Cedar")
    ('31027', '29189', '')
    """
    if county in _counties():
        return current_county(county)[0]
    county, state = split_state(undo_mojibake(county), state)
    folded = _fold(county)
    if state.upper() == "DC" and folded in _CAPITAL:
        return counties_of("DC")[0]
    former = FORMER_NAMES.get((state.upper(), _TYPES.sub("", folded)), "")
    return current_county(former or _find_named(folded, state.upper()))[0]


def _find_named(folded: str, state: str) -> str:
    """The one county of a folded name."""
    for key in (folded, _TYPES.sub("", folded), _TYPES.sub("", folded).replace(" ", "")):
        codes = _codes_by_name().get((state, key), ())
        counties = [code for code in codes if not _fold(_counties()[code].name).endswith(" city")]
        if len(counties or codes) == 1:
            return (counties or codes)[0]
    return ""


def is_former_name(text: str, state: str, old: str) -> bool:
    """Tell whether a text names a county by the name that it had under a retired code.

    Examples
    --------
    >>> is_former_name("Shannon", "SD", "46113"), is_former_name("Oglala Lakota", "SD", "46113")
    (True, False)
    """
    folded = _TYPES.sub("", _fold(text))
    named = _TYPES.sub("", _fold(county_name(old)))
    return folded == named if named else FORMER_NAMES.get((state.upper(), folded)) == old


def guess_county(county: str, state: str) -> str:
    """Give the code of the one county of a State whose name is spelled nearly so; else "".

    One letter may be wrong, missing, added or swapped with its neighbor; two in names of eight
    letters or more. The District of Columbia and Guam have one county only. Say so where a guess is
    used.

    Examples
    --------
    >>> guess_county("Scott Bluff", "NE"), guess_county("Vermillion", "IL"), guess_county("X", "NE")
    ('31157', '17183', '')
    """
    if len(counties_of(state)) == 1:
        return counties_of(state)[0]
    folded = _fold(undo_mojibake(county))
    near: set[str] = set()
    if len(folded) >= LEAST_LETTERS:
        slips = 1 if len(folded) < LONG_NAME else 2
        for (of_state, name), codes in _codes_by_name().items():
            if (
                of_state == state.upper()
                and OSA.distance(folded, name, score_cutoff=slips) <= slips
            ):
                near.update(codes)
    return current_county(near.pop())[0] if len(near) == 1 else ""


def county_name(fips: str) -> str:
    """Give the name of a county, "" if the code is not known.

    Examples
    --------
    >>> county_name("31027")
    'Cedar County'
    """
    return name_county(fips)


def county_neighbors(fips: str) -> tuple[str, ...]:
    """Give the codes of today's counties next to a county.

    The two areas into which Valdez-Cordova was split are next to each other and to all that were
    next to it. What lies beside Connecticut's planning regions is not known.

    Examples
    --------
    >>> "46102" in county_neighbors("31031"), county_neighbors("46113") == county_neighbors("46102")
    (True, True)
    """
    county = _counties().get(fips)
    return county.neighbors if county else ()


def county_center(fips: str) -> tuple[float, float] | None:
    """Give latitude and longitude of the middle of a county, ``None`` if not known."""
    county = _counties().get(fips)
    return county.center if county else None


def county_of_zip(zip_code: str) -> str:
    """Give the code of the county that holds the largest share of a ZIP code; "" if not known.

    ZIP codes of post office boxes and single buildings have no area and are not known. One ZIP
    code in four reaches into a second county: an address tells more.

    Examples
    --------
    >>> county_of_zip("68739"), county_of_zip("00000")
    ('31027', '')
    """
    return _counties_by_zip().get(zip_code[:5], "")


def choose_namesake(text: str, fips: str, zip_code: str) -> str:
    """Of a county and a city that share the name in a text, give the one of the ZIP code.

    Examples
    --------
    >>> choose_namesake("Richmond", "51159", "23220"), choose_namesake("Cedar", "31027", "23220")
    ('51760', '31027')
    >>> choose_namesake("Richmond County", "51159", "23220")
    '51159'
    """
    near = county_of_zip(zip_code)
    if near == fips or not near or fips not in _counties():
        return fips
    names = [_TYPES.sub("", _fold(county_name(code))) for code in (fips, near)]
    bare = _fold(split_state(undo_mojibake(text), state_of(fips))[0]) == names[0] == names[1]
    return near if bare and state_of(near) == state_of(fips) else fips


def is_city_of(city: str, county: str) -> bool:
    """Tell whether one code is a city of its own that has the name of a county, as St. Louis.

    Examples
    --------
    >>> is_city_of("29510", "29189"), is_city_of("29189", "29510")
    (True, False)
    """
    whole, other = _fold(county_name(city)), _fold(county_name(county))
    same = state_of(city) == state_of(county) and _TYPES.sub("", whole) == _TYPES.sub("", other)
    return city != county and same and whole.endswith(" city")


def zips_of(counties: Collection[str]) -> list[str]:
    """Give the ZIP codes of which one of some counties holds the largest share.

    Examples
    --------
    >>> "68739" in zips_of(["31027"])
    True
    """
    return sorted(code for code, fips in _counties_by_zip().items() if fips in counties)


def rural_urban_code(fips: str) -> int | None:
    """Give the USDA rural-urban continuum code of 2023, 1 (most urban) to 9; ``None`` if unknown.

    1 to 3 are metropolitan counties, 4 to 9 are not; 9 has no town of 5,000 and no metropolitan
    neighbor.

    Examples
    --------
    >>> rural_urban_code("31027"), rural_urban_code("31055")
    (9, 2)
    """
    county = _counties().get(fips)
    return county.rural_urban_code if county else None


def county_population(fips: str) -> int | None:
    """Give the population of a county in the Census of 2020, ``None`` if not known."""
    county = _counties().get(fips)
    return county.population if county else None


def counties_of(state: str) -> tuple[str, ...]:
    """Give the codes of the counties of a State, in order; those that were renamed count once."""
    wanted = state.upper()
    return tuple(
        fips
        for fips, county in _counties().items()
        if county.state == wanted and fips not in RENAMED
    )


def state_of(fips: str) -> str:
    """Give the State of a county code, "" if not known."""
    county = _counties().get(fips)
    return county.state if county else ""


def distance_km(
    latitude: npt.ArrayLike, longitude: npt.ArrayLike, to_latitude: npt.ArrayLike, to_longitude: Any
) -> FloatArray:
    """Give great-circle distances in kilometers (haversine; within 0.6 % of the ellipsoid).

    Parameters
    ----------
    latitude, longitude, to_latitude, to_longitude : array_like
        Degrees; they broadcast against each other. NaN gives NaN.
    """
    phi, lam, to_phi, to_lam = (
        np.radians(np.asarray(x, dtype=float))
        for x in (latitude, longitude, to_latitude, to_longitude)
    )
    chord = (
        np.sin((to_phi - phi) / 2) ** 2
        + np.cos(phi) * np.cos(to_phi) * np.sin((to_lam - lam) / 2) ** 2
    )
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0))))
