"""Rows that reach an organization in a roundabout way: by name, by county, or as a counterpart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from ..linkage.similarity import core_of, normalize_name
from .reading.family import PublicFile

# The columns that name a counterpart: an id of the file, or a text.
COUNTERPARTS = {"funding": "funder", "memberships": "group", "affiliations": "parent"}
ALSO_NAMED = ("name", "legal_name")


def attach_unplaced(
    files: Sequence[PublicFile], parts: Sequence[pd.DataFrame], kept: Mapping[str, str]
) -> pd.DataFrame:
    """Find out which organization of the network each organization without a place is.

    The enrollment id decides; else the name, where one organization only has it in the States
    named, the name tells it from others ("Memorial Hospital" does not), and the file has it once.

    Returns
    -------
    DataFrame
        ``unplaced`` (id in its file), ``organization``, ``by`` (enrollment id, name), ``file``;
        those that are nobody's are left out.
    """
    enrolled, named = _index_organizations(parts, kept)
    rows = []
    for file in files:
        for row in file.tables.get("unplaced", pd.DataFrame()).to_dict("records"):
            found = enrolled.get(row["enrollment"], "") if row["enrollment"] else ""
            by = "enrollment id" if found else "name"
            found = found or _find_by_name(row, named)
            if found:
                rows.append((row["id"], found, by, file.file))
    return pd.DataFrame(rows, columns=["unplaced", "organization", "by", "file"], dtype="str")


def _index_organizations(
    parts: Sequence[pd.DataFrame], kept: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Organizations by enrollment id; and by normalized name, with the State of each."""
    enrolled: dict[str, str] = {}
    named: dict[str, dict[str, str]] = defaultdict(dict)
    for part in parts:
        for row in part.to_dict("records"):
            id_ = kept[row["id"]]
            if row.get("enrollment"):
                enrolled[row["enrollment"]] = id_
            for column in ALSO_NAMED:
                if row.get(column):
                    named[normalize_name(row[column])][id_] = row["state"]
    return enrolled, named


def _find_by_name(row: Mapping[str, str], named: Mapping[str, Mapping[str, str]]) -> str:
    name = normalize_name(row["name"])
    states = row["states"].split()
    holders = [id_ for id_, state in named.get(name, {}).items() if not states or state in states]
    clear = core_of(name) and not row["shared_name"] and len(holders) == 1
    return holders[0] if clear else ""


def name_counterparts(
    tables: Mapping[str, pd.DataFrame],
    organizations: pd.DataFrame,
    kept: Mapping[str, str],
    names: Mapping[str, str],
) -> dict[str, pd.DataFrame]:
    """Write funders, groups and parents as people read them.

    An organization of the network by its name, or its id where several have the name; another one
    by the name that a file gives it; else by its number.
    """
    own = dict(zip(organizations["id"], organizations["name"], strict=True))
    counts = Counter(name.casefold() for name in own.values())

    def say(text: str) -> str:
        id_ = kept.get(text, text)
        if id_ in own:
            return own[id_] if counts[own[id_].casefold()] == 1 else id_
        return names.get(text) or _say_number(text)

    named = dict(tables)
    for table, column in COUNTERPARTS.items():
        if table in named:
            texts = named[table][column]
            said = {text: say(text) for text in pd.unique(texts)}
            named[table] = named[table].assign(**{column: texts.map(said).astype("str")})
    return named


def _say_number(text: str) -> str:
    if text.startswith("ein-") and text[4:].isdigit():
        return f"organization with EIN {text[4:6]}-{text[6:]}"
    return text


def add_county_attributes(organizations: pd.DataFrame, files: Iterable[PublicFile]) -> pd.DataFrame:
    """Give every organization the attributes of its county; the first file that has one wins."""
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for file in files:
        for row in file.tables.get("counties", pd.DataFrame()).to_dict("records"):
            values[row["column"]].setdefault(row["county_fips"], row["value"])
    added = {
        column: organizations["county_fips"].map(by_county).fillna("").astype("str")
        for column, by_county in values.items()
    }
    return organizations.assign(**added)
