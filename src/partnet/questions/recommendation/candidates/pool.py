"""Candidates from outside the network: a public directory, the members of a local chapter."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ....core.errors import UsageError
from ....core.network import Network
from ....core.results.result import Sentence
from ....core.wording.text import count_noun
from ....io.read import read_network
from ....linkage.match import match_organizations
from ..shown import CANDIDATES
from .filters import Filters

MOST = 3000  # every one of them is compared with every organization of the network
PROFILE = {  # tables that say what an organization is like, and the column that names it
    "services": "organization",
    "funding": "recipient",
    "memberships": "organization",
    "service_areas": "organization",
}


@dataclass(frozen=True)
class CandidatePool:
    """A network with candidates from a list added, none of them with a tie.

    Attributes
    ----------
    net : Network
        The network and the new candidates, kept as context: nothing is asked of them.
    named : frozenset of str
        Ids of all candidates, new ones and those already on file.
    new : frozenset of str
        Ids of the new ones.
    table : DataFrame
        One row a candidate: ``id``, ``name``, ``kind``, ``county_fips``, ``on_file`` (id of the
        organization of the network that it is, or "") and ``may_be`` (id of one it looks like).
    """

    net: Network
    named: frozenset[str]
    new: frozenset[str]
    table: pd.DataFrame

    def describe(self) -> Sentence:
        """Say who was found on the list."""
        known = int((self.table["on_file"] != "").sum())
        unclear = int((self.table["may_be"] != "").sum())
        listed = count_noun(len(self.table), "candidate comes", "candidates come")
        text = f"{listed} from the list given; {known:,} of them on file already"
        if unclear:
            look = "looks" if unclear == 1 else "look"
            text += f", and {unclear} that {look} like one on file should be checked"
        claims = {"candidates": len(self.table), "on_file": known, "to_check": unclear}
        return Sentence("pool", f"{text}.", claims)


def add_candidates(
    here: Network, candidates: Network | pd.DataFrame, filters: Filters
) -> CandidatePool:
    """Add the candidates of a list to a network, each organization once.

    Ties of the list are left out: in this network a candidate has none. Candidates that are
    on file already (by CMS or NPI number, or by name at one ZIP code) stay what they are there.

    Raises
    ------
    UsageError
        More candidates are left than can be compared; the message says how to narrow them.
    """
    net, listed = here.whole, _read_candidates(candidates)
    chosen = _narrow(listed, filters)
    if len(chosen) > MOST:
        raise UsageError(
            f"candidates: found {len(chosen):,}. Allowed are {MOST:,}. Narrow them by kinds or "
            "counties, or give fewer rows."
        )
    own = chosen.assign(id=_free_ids(net, chosen["id"]))
    table = _tabulate(own, match_organizations(net, own).table, net)
    new = own[(table["on_file"] == "").to_numpy()]
    ids = dict(zip(chosen["id"], own["id"], strict=True))
    tables = {**net.tables, "organizations": _append(net, "organizations", new)}
    for name, column in PROFILE.items():
        rows = listed.table(name)
        rows = rows[rows[column].isin(chosen["id"])]
        rows = rows.assign(**{column: rows[column].map(ids).astype("str")})
        tables[name] = _append(net, name, rows[rows[column].isin(new["id"])])
    added = frozenset(new["id"])
    joined = Network(tables, net.vocabulary, net.problems, net.scale)
    return CandidatePool(joined, added | (frozenset(table["on_file"]) - {""}), added, table)


def _read_candidates(candidates: Network | pd.DataFrame) -> Network:
    if isinstance(candidates, Network):
        return candidates
    return read_network({"organizations": candidates})


def _narrow(listed: Network, filters: Filters) -> pd.DataFrame:
    """Leave out at once who would pass no filter."""
    rows = listed.table("organizations")
    if filters.kinds:
        rows = rows[rows["kind"].isin(filters.kinds)]
    if filters.counties:
        rows = rows[rows["county_fips"].isin(filters.counties)]
    return rows.assign(context="yes").reset_index(drop=True)


def _free_ids(net: Network, ids: pd.Series) -> pd.Series:
    """Ids that mean nobody in the network yet."""
    taken = ids.isin(net.ids)
    return ids.where(~taken, ids + "-candidate").astype("str")


def _tabulate(rows: pd.DataFrame, pairs: pd.DataFrame, net: Network) -> pd.DataFrame:
    """Who of the candidates is on file already, or looks like somebody on file."""
    found: dict[str, dict[str, str]] = {"same": {}, "review": {}}
    listed = set(rows["id"])
    for pair in pairs.itertuples():
        for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
            if one in listed and other not in listed:
                found[pair.decision].setdefault(one, other)
    same = [found["same"].get(id_, "") for id_ in rows["id"]]
    alike = [found["review"].get(id_, "") for id_ in rows["id"]]
    unclear = ["" if one else other for one, other in zip(same, alike, strict=True)]
    return rows.assign(on_file=same, may_be=unclear)[CANDIDATES.names].reset_index(drop=True)


def _append(net: Network, name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """A table of the network with rows added, in its own columns; what they lack is blank."""
    table = net.rows(name)
    if rows.empty:
        return table
    columns = {name: rows[name] if name in rows else _blank(table[name], rows) for name in table}
    added = pd.DataFrame(columns, index=rows.index)
    return pd.concat([table, added], ignore_index=True) if len(table) else added


def _blank(like: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """A blank column of the same type."""
    if like.dtype == "str":
        return pd.Series("", index=rows.index, dtype="str")
    return pd.Series(index=rows.index, dtype=like.dtype)
