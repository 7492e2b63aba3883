"""What became of every tie that was asked about: confirmed, one-sided, disputed, not renewed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from ..core.network import Network
from ..core.results.shown import Column, Shown
from .answers import Claim
from .form import NO_, YES_

CONFIRMED, ONE_SIDED, DISPUTED, NOT_RENEWED = "confirmed", "one-sided", "disputed", "not renewed"

CLAIMS = Shown(
    "claims",
    "Ties that were asked about, and who says what",
    (
        Column("organization", meaning="Id of the first of the two."),
        Column("other", meaning="Id of the second."),
        Column("name", "Organization"),
        Column("other_name", "Other organization"),
        Column("relation", "Relation"),
        Column(
            "status",
            "Status",
            meaning="Confirmed: both say yes. One-sided: one says yes, the other did not say. "
            "Disputed: one says no of what the other says or the file holds. Not renewed: on file "
            "before, and nobody said yes or no this time.",
        ),
        Column("says", "The first says", meaning="Blank: no answer."),
        Column("other_says", "The second says", meaning="Blank: no answer."),
        Column("filed", "On file before", meaning="Whether a tie was on file before."),
    ),
    sheet="Claims",
)

Key = tuple[str, str, str]


def list_claims(net: Network, claims: Iterable[Claim], relations: Iterable[str]) -> pd.DataFrame:
    """Give every tie that is claimed or was on file among the relations asked about.

    Returns
    -------
    DataFrame
        One row a pair and relation, in the order of the network; pairs of which all said is "no",
        and that were never on file, are left out.
    """
    said: dict[Key, dict[str, str]] = {}
    for claim in claims:
        key = _key(net, claim.respondent, claim.partner, claim.relation)
        said.setdefault(key, {})[claim.respondent] = claim.said
    filed = _list_filed(net, {*relations} | {key[2] for key in said})
    rows = []
    for key in {**said, **dict.fromkeys(filed)}:
        words = said.get(key, {})
        if YES_ in words.values() or key in filed:
            rows.append(_make_row(net, key, words, key in filed))
    order = {id_: k for k, id_ in enumerate(net.ids)}
    rows.sort(key=lambda row: (order[row["organization"]], order[row["other"]], row["relation"]))
    return pd.DataFrame(rows, columns=CLAIMS.names)


def _key(net: Network, one: str, other: str, relation: str) -> Key:
    first, second = net.positions([one, other])
    return (one, other, relation) if first < second else (other, one, relation)


def _list_filed(net: Network, relations: set[str]) -> set[Key]:
    ties = net.ties
    asked = ties[ties["relation"].isin(relations) & (ties["table"] == "ties")]
    ends = zip(asked["source"], asked["target"], asked["relation"], strict=True)
    return {_key(net, *row) for row in ends}


def _make_row(net: Network, key: Key, words: Mapping[str, str], filed: bool) -> dict[str, str]:
    one, other, relation = key
    return {
        "organization": one,
        "other": other,
        "name": net.name(one),
        "other_name": net.name(other),
        "relation": net.vocabulary.relations[relation].label,
        "status": judge(words.values(), filed),
        "says": words.get(one, ""),
        "other_says": words.get(other, ""),
        "filed": "yes" if filed else "no",
    }


def judge(words: Iterable[str], filed: bool) -> str:
    """Say what a tie is by what its two ends say, and whether it was on file.

    Examples
    --------
    >>> judge(["yes", "yes"], False), judge(["yes"], True), judge(["yes", "no"], False)
    ('confirmed', 'one-sided', 'disputed')
    >>> judge(["no"], True), judge(["don't know"], True)
    ('disputed', 'not renewed')
    """
    said = list(words)
    if said.count(YES_) == 2:
        return CONFIRMED
    if NO_ in said and (YES_ in said or filed):
        return DISPUTED
    return ONE_SIDED if YES_ in said else NOT_RENEWED
