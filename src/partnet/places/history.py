"""Counties have a history: codes that were retired, and what they are called today.

Facts of the US Census (substantial changes to counties and county equivalents, 1970 to 2022).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

# code that was retired: code of the county that it is, or lies in, today; and what happened
RENAMED: Mapping[str, tuple[str, str]] = {
    "46113": ("46102", "Shannon County was renamed Oglala Lakota County in 2015"),
    "02270": ("02158", "Wade Hampton Census Area was renamed Kusilvak Census Area in 2015"),
    "51515": ("51019", "Bedford city became part of Bedford County in 2013"),
    "51560": ("51005", "Clifton Forge city became part of Alleghany County in 2001"),
    "51780": ("51083", "South Boston city became part of Halifax County in 1995"),
    "12025": ("12086", "Dade County was renamed Miami-Dade County in 1997"),
    "30113": ("30031", "Yellowstone National Park became part of Gallatin County in 1997"),
    "29193": ("29186", "the code of Ste. Genevieve County was changed in 1979"),
}

FORMER_CODES: Mapping[str, tuple[str, ...]] = {
    today: tuple(old for old, (new, _) in RENAMED.items() if new == today)
    for today, _ in RENAMED.values()
}

# names of retired counties that the gazetteer does not hold, by State
FORMER_NAMES: Mapping[tuple[str, str], str] = {
    ("FL", "dade"): "12025",
    ("VA", "clifton forge"): "51560",
    ("VA", "clifton forge city"): "51560",
    ("VA", "south boston"): "51780",
    ("VA", "south boston city"): "51780",
}

# code that was retired: the counties into which it was split
SPLIT: Mapping[str, tuple[str, ...]] = {"02261": ("02063", "02066")}

# codes of areas that are no more, and of which no part is called as the whole was
DISSOLVED: Mapping[str, tuple[str, ...]] = {
    "02201": ("02198", "02130"),  # Prince of Wales-Outer Ketchikan, 2008
    "02231": ("02282", "02105", "02230"),  # Skagway-Yakutat-Angoon, 1992
    "02232": ("02105", "02230"),  # Skagway-Hoonah-Angoon, 2007
    "02280": ("02195", "02275"),  # Wrangell-Petersburg, 2008
}

CONNECTICUT_COUNTIES = frozenset(f"09{k:03d}" for k in range(1, 16, 2))
CONNECTICUT_REGIONS = frozenset(f"09{k}" for k in range(110, 191, 10))


def current_county(fips: str) -> tuple[str, str]:
    """Give the code that a county has today, and what happened to the old one; "" if nothing.

    Examples
    --------
    >>> current_county("46113")
    ('46102', 'Shannon County was renamed Oglala Lakota County in 2015')
    >>> current_county("31027")
    ('31027', '')
    """
    return RENAMED.get(fips, (fips, ""))


def settle_neighbors(beside: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """Give for every code the counties of today that lie next to it, mutually.

    Examples
    --------
    >>> settle_neighbors({"31031": ["46113"], "46102": ["31031"], "46113": ["31031"]})
    {'31031': {'46102'}, '46102': {'31031'}, '46113': {'31031'}}
    """
    whole = {part: code for code, parts in SPLIT.items() for part in parts}
    found: dict[str, set[str]] = {}
    for code in beside:
        today = current_county(code)[0]
        near = {*beside.get(today, ()), *beside.get(whole.get(today, ""), ())}
        near |= {part for other in near for part in SPLIT.get(other, ())}
        near |= {other for other in SPLIT.get(whole.get(today, ""), ())}
        found[code] = {current_county(other)[0] for other in near} - {today}
    return found


def list_eras(codes: Collection[str]) -> dict[str, set[str]]:
    """Tell apart codes of one area from before and after a change of its borders.

    Examples
    --------
    >>> list_eras(["09001", "09110", "31027"]) == {
    ...     "counties of Connecticut": {"09001"}, "planning regions of Connecticut": {"09110"}}
    True
    """
    given = set(codes)
    new = {part for parts in SPLIT.values() for part in parts}
    eras = {
        "counties of Connecticut": given & CONNECTICUT_COUNTIES,
        "planning regions of Connecticut": given & CONNECTICUT_REGIONS,
        "Valdez-Cordova": given & set(SPLIT),
        "Chugach and Copper River": given & new,
    }
    return {name: found for name, found in eras.items() if found}


ERAS = (
    ("counties of Connecticut", "planning regions of Connecticut"),
    ("Valdez-Cordova", "Chugach and Copper River"),
)
