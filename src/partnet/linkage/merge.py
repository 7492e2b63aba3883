"""One network from several tables of organizations: duplicates become one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

# The columns of each table that name an organization.
REFERENCES = {
    "services": "organization",
    "memberships": "organization",
    "funding": "recipient",
    "affiliations": "organization",
    "service_areas": "organization",
}


def merge_organizations(
    parts: Sequence[pd.DataFrame], same: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Make one row of every organization, and tell which id went into which.

    The first row of an organization, in the order of `parts`, gives its id and wins; the others
    fill what it leaves blank. Every row keeps its origins.

    Parameters
    ----------
    parts : sequence of DataFrame
        Tables of organizations with ``id``, all cells text.
    same : DataFrame
        Pairs of ids ``a`` and ``b`` that are one organization.

    Returns
    -------
    organizations : DataFrame
        Ordered by ``context`` and id.
    kept : dict of str to str
        The id kept for every id.
    """
    rows = pd.concat(list(parts), ignore_index=True).fillna("")
    kept = _join_ids(rows["id"].tolist(), same)
    owner = rows["id"].map(kept)
    origins = rows.groupby(owner)["origin"].agg("; ".join)
    kinds = rows["kind"].where(rows["kind"] != "other")  # a kind that says something wins
    filled = rows.assign(kind=kinds).mask(rows == "").groupby(owner, sort=True).first()
    merged = filled.fillna({"kind": "other"}).fillna("").astype("str")
    merged["id"], merged["origin"] = merged.index, origins
    merged = merged[_order_columns(rows)].reset_index(drop=True)
    return merged.sort_values(["context", "id"], ignore_index=True), kept


def _join_ids(ids: list[str], same: pd.DataFrame) -> dict[str, str]:
    """The first id of everything that is linked to an id by pairs."""
    position: dict[str, int] = {}
    for k, id_ in enumerate(ids):
        position.setdefault(id_, k)
    parent = {id_: id_ for id_ in position}

    def root(id_: str) -> str:
        while parent[id_] != id_:
            id_ = parent[id_]
        return id_

    for a, b in zip(same["a"], same["b"], strict=True):
        first, second = sorted((root(a), root(b)), key=position.__getitem__)
        parent[second] = first
    return {id_: root(id_) for id_ in position}


def _order_columns(rows: pd.DataFrame) -> list[str]:
    last = ["context", "origin"]
    return [*(column for column in rows if column not in last), *last]


def merge_tables(
    parts: Sequence[Mapping[str, pd.DataFrame]], kept: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """Put the other tables together; rows of organizations that were not kept are left out.

    Rows that say the same of one organization (a service that two files tell of) become one; the
    first one's origin stays.
    """
    merged = {}
    for name, column in REFERENCES.items():
        frames = [part[name] for part in parts if name in part and len(part[name])]
        if not frames:
            continue
        table = pd.concat(frames, ignore_index=True).fillna("").astype("str")
        table = table[table[column].isin(kept)]
        table = table.assign(**{column: table[column].map(kept).astype("str")})
        if name != "funding":  # two awards may agree in all that is told of them
            table = table.drop_duplicates([c for c in table if c != "origin"])
        if len(table):
            table = table[[*(c for c in table if c != "origin"), "origin"]]
            merged[name] = table.sort_values(column, kind="stable", ignore_index=True)
    return merged


def tell_namesakes_apart(organizations: pd.DataFrame) -> pd.DataFrame:
    """Put the city behind a name that several organizations have, so that readers can tell."""
    shared = organizations["name"].str.casefold().duplicated(keep=False)
    shared &= organizations["city"] != ""
    named = organizations["name"] + " (" + organizations["city"] + ")"
    return organizations.assign(name=organizations["name"].mask(shared, named))
