"""Hospitals that begin with the same words: they may belong to one system, which is a question."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ..core.vocabulary import HOSPITALS
from ..places.gazetteer import STATES, counties_of, county_name
from .similarity import is_general, normalize_name

LEAST_COUNTIES = 2  # in which a brand has hospitals
LEAST_OF_A_PLACE = 3  # the same where its word is a place, too: "Marshfield", and not "Kearney"
NO_TAIL = ("st", "mt", "medical")  # what follows them tells more
NO_BRANDS = ("st", "ste", "mt", "ft", "childrens", "veterans", "va", "holy", "our", "good")


def find_brands(table: pd.DataFrame) -> Mapping[str, tuple[str, ...]]:
    """Give the brands of hospitals, with the ids of those that go by each.

    A brand is what the names of two or more hospitals begin with, in two counties or more, where
    the first word is not general, no saint and no State. Of a word that is the name of a county or
    town as well, three counties are asked for. Two of one county share a brand where their names
    begin with two words of which the second is "Health", and have a name of their own behind it.

    Parameters
    ----------
    table : DataFrame
        ``id``, ``name``, ``kind``, ``state``, ``county_fips``, and ``city`` if there is one.

    Returns
    -------
    mapping of str to tuple of str
        By what their names have in common at their beginning, as the first writes it.
    """
    hospitals = table[table["kind"].isin(HOSPITALS)]
    words = hospitals["name"].map(lambda name: normalize_name(name).split()[:1]).str.join("")
    general = {word for word in words.unique() if is_general(word)}
    able = ~words.isin({"", *general, *NO_BRANDS, *_list_states()})
    places = _list_places(table)
    found = {}
    for word, rows in hospitals[able].groupby(words[able], sort=True):
        homes = set(rows["county_fips"]) - {""}
        if len(homes) >= (LEAST_OF_A_PLACE if word in places else LEAST_COUNTIES):
            found[_say_brand(rows["name"].tolist())] = tuple(sorted(rows["id"]))
    known = {id_ for ids in found.values() for id_ in ids}
    rest = hospitals[able & ~hospitals["id"].isin(known)]
    for _, rows in rest.groupby(rest["name"].map(_name_system), sort=True):
        if len(rows) > 1 and _name_system(rows["name"].iloc[0]):
            found[_say_brand(rows["name"].tolist())] = tuple(sorted(rows["id"]))
    return found


def _name_system(name: str) -> str:
    """The first two words of a name that begins as that of a system ("Bozeman Health"); else ""."""
    words = normalize_name(name).split()
    is_system = len(words) > 2 and words[1] == "health" and not is_general(words[2])
    return " ".join(words[:2]) if is_system else ""


def _list_states() -> set[str]:
    return {normalize_name(name).split()[0] for name in STATES.values()}


def _list_places(table: pd.DataFrame) -> set[str]:
    """First words of the counties of the States on file, and of the towns."""
    states = set(table["state"]) - {""}
    names = [county_name(fips) for state in sorted(states) for fips in counties_of(state)]
    towns = table["city"].astype(str).unique().tolist() if "city" in table else []
    words = (normalize_name(name).split()[:1] for name in [*names, *towns])
    return {word for first in words for word in first}


def _say_brand(names: list[str]) -> str:
    """What all names begin with, word by word."""
    parts = [name.split() for name in names]
    shared = parts[0][:1]
    for k in range(1, min(map(len, parts)) - 1):
        if len({part[k].casefold() for part in parts}) > 1:
            break
        shared.append(parts[0][k])
    while len(shared) > 1 and normalize_name(shared[-1]) in NO_TAIL:
        shared.pop()
    return " ".join(shared).strip(" ,-/")
