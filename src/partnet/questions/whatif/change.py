"""What is supposed to change: who leaves, which awards end, who is introduced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ...core.errors import UsageError
from ...core.network import Network
from ...core.text import join_words

SIGN = "="  # between two names: "Cedar County Hospital = Quiet Meadow"
Pairs = Sequence[tuple[str, str] | str] | str
MOST_OFFERED = 6
LEAST_DOLLARS = 100_000.0  # about one position with what belongs to it
OWN_INCOME = (
    "hospital_care",
    "public_health",
    "government",
    "education",
    "business",
    "payer",
    "pharmacy_and_oral_health",
    "funder",
    "",
)


@dataclass(frozen=True)
class Change:
    """What is supposed to change.

    Attributes
    ----------
    removed : tuple of str
        Ids of those who leave or close.
    ended : DataFrame
        Rows of the funding table that end, with what was passed on under them.
    dependent : tuple of str
        Ids of recipients that would hardly go on without what ends.
    added : tuple of pairs of str
        Ids of those who are introduced.
    """

    removed: tuple[str, ...]
    ended: pd.DataFrame
    dependent: tuple[str, ...]
    added: tuple[tuple[str, str], ...]

    def apply(self, here: Network, relation: str) -> Network:
        """Give the network as it would be."""
        kept = here.subnetwork([id_ for id_ in here.ids if id_ not in self.removed])
        whole, day = kept.whole, here.day
        funding = whole.rows("funding")
        ended = self.ended["provenance"]
        services = whole.rows("services")
        changed = {
            "funding": funding[~funding["provenance"].isin(ended)].reset_index(drop=True),
            "services": services[~services["organization"].isin(self.dependent)].reset_index(
                drop=True
            ),
        }
        if self.added:
            changed["ties"] = _add_ties(whole.rows("ties"), self.added, relation)
        return whole.with_tables(changed).at(day)


def read_change(
    here: Network,
    remove: str | Sequence[str] | None,
    end: str | Sequence[str] | None,
    add: Pairs | None,
) -> Change:
    """Check what is supposed to change.

    Raises
    ------
    UsageError
        Nothing is named, or somebody, an award or a pair is unknown.
    """
    removed = tuple(dict.fromkeys(here.find(one, argument="remove") for one in _list(remove)))
    ended = find_awards(here, _list(end))
    added = tuple(_read_pair(here, pair, removed) for pair in _list(add))
    if not removed and ended.empty and not added:
        raise UsageError(
            "remove: found nothing, and neither end nor add. Name who leaves, which award or "
            "program ends, or which two are introduced."
        )
    return Change(removed, ended, list_dependent(here, ended), added)


def _list(values: str | Sequence[Any] | None) -> list[Any]:
    if values is None:
        return []
    return [values] if isinstance(values, str) else list(values)


def _read_pair(
    here: Network, pair: tuple[str, str] | str, removed: tuple[str, ...]
) -> tuple[str, str]:
    parts = [part.strip() for part in pair.split(SIGN)] if isinstance(pair, str) else list(pair)
    if len(parts) != 2:
        raise UsageError(
            f"add: found {pair!r}. Two organizations are introduced. Write both, for example "
            '"Cedar County Hospital = Quiet Meadow".'
        )
    one, other = (here.find(part, argument="add") for part in parts)
    if one == other or {one, other} & set(removed):
        raise UsageError(
            f"add: found {pair!r}, of which one is the other, or leaves. Name two that stay."
        )
    return one, other


def find_awards(here: Network, named: Sequence[str]) -> pd.DataFrame:
    """Give the awards of the day that carry a number or belong to a program, and what they fund.

    Raises
    ------
    UsageError
        No award that runs on the day has that number or program.
    """
    funding = here.rows("funding")
    awards, programs, parents = (
        funding[column].tolist() for column in ("award", "program", "parent_award")
    )
    keys = [{one.casefold(), other.casefold()} for one, other in zip(awards, programs, strict=True)]
    chosen: set[int] = set()
    for text in named:
        own = [k for k, names in enumerate(keys) if text.strip().casefold() in names]
        if not own:
            known = sorted(set(programs) - {""})
            raise UsageError(
                f"end: found {text!r}. Allowed are the number of an award or a program that runs "
                f"on the day, for example {join_words(known, most=MOST_OFFERED)}. Correct it."
            )
        chosen.update(own)
    found = 0
    while len(chosen) > found:  # money passed on ends with the award it comes from
        found = len(chosen)
        under = {awards[k] for k in chosen} - {""}
        chosen |= {k for k, parent in enumerate(parents) if parent in under}
    return funding.iloc[sorted(chosen)]


def list_dependent(here: Network, ended: pd.DataFrame) -> tuple[str, ...]:
    """Name the recipients that would hardly go on: no other award on the day, and much lost.

    Hospitals live on their patients, public bodies on taxes: a grant that ends takes no service of
    theirs from a county, nor does a small grant that of anybody.
    """
    funding = here.rows("funding")
    left = funding.loc[~funding.index.isin(ended.index) & (funding["amount"] > 0), "recipient"]
    lost: dict[str, float] = {}
    for recipient, amount in zip(ended["recipient"], ended["amount"].fillna(0.0), strict=True):
        lost[recipient] = lost.get(recipient, 0.0) + amount
    alone = {id_ for id_, dollars in lost.items() if dollars >= LEAST_DOLLARS} - set(left)
    if not alone:
        return ()
    sectors = here.organizations["sector"]
    return tuple(id_ for id_ in here.ids if id_ in alone and sectors[id_] not in OWN_INCOME)


def _add_ties(ties: pd.DataFrame, added: Iterable[tuple[str, str]], relation: str) -> pd.DataFrame:
    """Add one row a pair that is introduced."""
    rows = pd.DataFrame(
        [(a, b, relation) for a, b in added], columns=["source", "target", "relation"]
    )
    rows = rows.reindex(columns=ties.columns)
    for column in ties.columns:
        kind = ties[column].dtype
        texts = rows[column].astype(object)
        filled = texts if kind.kind in "Mf" else texts.where(texts.notna(), "")
        rows[column] = filled.astype(kind)
    rows["directed"] = "no"
    return pd.concat([ties, rows], ignore_index=True)
