"""What is supposed to change: who leaves or converts, which awards end, who is introduced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from ...core.errors import UsageError
from ...core.memory import fact
from ...core.network import Network
from ...core.rows.awards import DATES
from ...core.schema import PROVENANCE
from ...core.wording.text import join_words
from ...facts.money.awards import list_whole_awards, read_award_rows
from .conversions import SIGN, Conversion, Pairs, list_leaving, read_conversion

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
        Rows of the funding table named to end, with what was passed on under them.
    lost : DataFrame
        These and the awards of those who leave, with what was passed on under them.
    dependent : tuple of str
        Ids of recipients that would hardly go on without what ends.
    added : tuple of pairs of str
        Ids of those who are introduced.
    converted : mapping of str to Conversion
        What each hospital becomes, by id.
    leaving : DataFrame
        Rows of the services table that leave with it.
    """

    removed: tuple[str, ...]
    ended: pd.DataFrame
    lost: pd.DataFrame
    dependent: tuple[str, ...]
    added: tuple[tuple[str, str], ...]
    converted: Mapping[str, Conversion]
    leaving: pd.DataFrame

    @cached_property
    def closed(self) -> frozenset[tuple[str, str]]:
        """Organizations and services, folded, that stop though the organization stays."""
        pairs = zip(self.leaving["organization"], self.leaving["service"], strict=True)
        return frozenset((organization, service.casefold()) for organization, service in pairs)

    def apply(self, here: Network, relation: str) -> Network:
        """Give the network as it would be."""
        kept = here.subnetwork([id_ for id_ in here.ids if id_ not in self.removed])
        whole, day = kept.whole, here.day
        funding = whole.rows("funding")
        ended = {*_read_rows(self.lost)}
        goes_on = np.array([row not in ended for row in _read_rows(funding)], dtype=bool)
        services = whole.rows("services")
        changed = {
            "funding": funding[goes_on].reset_index(drop=True),
            "services": services[~self._stops(services)].reset_index(drop=True),
        }
        if self.converted:
            changed["organizations"] = self._convert(whole)
        if self.added:
            changed["ties"] = _add_ties(whole.rows("ties"), self.added, relation)
        return whole.with_tables(changed).at(day)

    def _stops(self, services: pd.DataFrame) -> pd.Series:
        """Which rows of services stop: all of some, some of those who convert."""
        pairs = zip(services["organization"], services["service"], strict=True)
        stops = [
            one in self.dependent or (one, service.casefold()) in self.closed
            for one, service in pairs
        ]
        return pd.Series(stops, index=services.index, dtype=bool)

    def _convert(self, whole: Network) -> pd.DataFrame:
        """Give the organizations with new kinds; a sector that follows the kind goes with it."""
        table, kinds = whole.table("organizations"), whole.vocabulary.kinds
        new = {id_: conversion.kind for id_, conversion in self.converted.items()}
        rows = [
            (new.get(id_, kind), sector)
            if id_ not in new or sector != kinds[kind].sector
            else (new[id_], kinds[new[id_]].sector)
            for id_, kind, sector in table[["id", "kind", "sector"]].itertuples(index=False)
        ]
        frame = pd.DataFrame(rows, columns=["kind", "sector"], index=table.index, dtype="str")
        return table.assign(kind=frame["kind"], sector=frame["sector"])


def read_change(
    here: Network,
    remove: str | Sequence[str] | None,
    end: str | Sequence[str] | None,
    add: Pairs | None,
    convert: Pairs | None = None,
) -> Change:
    """Check what is supposed to change.

    Raises
    ------
    UsageError
        Nothing is named, or somebody, an award or a pair is unknown.
    """
    removed = tuple(dict.fromkeys(here.find(one, argument="remove") for one in _list(remove)))
    ended = find_awards(here, _list(end))
    lost = find_awards(here, _list(end), removed)
    added = tuple(_read_pair(here, pair, removed) for pair in _list(add))
    converted = dict(read_conversion(here, pair) for pair in _list(convert))
    if both := sorted({*converted} & {*removed}):
        raise UsageError(
            f"convert: found {here.name(both[0])}, which is to leave as well. Name it once."
        )
    if not removed and ended.empty and not added and not converted:
        raise UsageError(
            "remove: found nothing, and neither convert, end nor add. Name who leaves, which "
            "hospital becomes what, which award or program ends, or which two are introduced."
        )
    leaving = list_leaving(here, converted)
    dependent = tuple(id_ for id_ in list_dependent(here, lost) if id_ not in removed)
    return Change(removed, ended, lost, dependent, added, converted, leaving)


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


def find_awards(here: Network, named: Sequence[str], removed: Sequence[str] = ()) -> pd.DataFrame:
    """Give the awards of the day that carry a number or belong to a program, and what they fund.

    With those of `removed`: they leave, and what was passed on under their awards ends.

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
    chosen: set[int] = {k for k, one in enumerate(funding["recipient"]) if one in removed}
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


def find_keys(here: Network, rows: pd.DataFrame) -> set[int]:
    """Give the numbers of the awards to which rows of the funding table belong."""
    if rows.empty:
        return set()
    named = here.resolve(rows["funder"])
    ended = {*_identify(rows.assign(funder=rows["funder"].where(named == "", named)))}
    known = _number_awards(here.whole)
    return {number for award in ended for number in known.get(award, ())}


@fact
def _number_awards(whole: Network) -> Mapping[tuple[str, ...], tuple[int, ...]]:
    """The numbers of awards by what makes rows one."""
    rows = read_award_rows(whole)
    found: dict[tuple[str, ...], tuple[int, ...]] = {}
    for award, number in zip(_identify(rows), rows["award_key"].tolist(), strict=True):
        found[award] = (*found.get(award, ()), number)
    return MappingProxyType(found)


def _read_rows(funding: pd.DataFrame) -> list[tuple[str, ...]]:
    """What rows of the funding table say."""
    told = funding.drop(columns=PROVENANCE).astype("str")
    return [*told.itertuples(index=False, name=None)]


def _identify(rows: pd.DataFrame) -> list[tuple[str, ...]]:
    """What makes rows one award (:func:`partnet.core.rows.awards.number_awards`), row by row.

    Where a row came from does not tell: readers outside do not see it.
    """
    told = rows[["recipient", "award", "funder", "program", "fiscal_year", *DATES]].astype("str")
    return [row[:2] if row[1] else row for row in told.itertuples(index=False, name=None)]


def list_dependent(here: Network, ended: pd.DataFrame) -> tuple[str, ...]:
    """Name the recipients that would hardly go on: no other award on the day, and much lost.

    Hospitals live on their patients, public bodies on taxes: a grant that ends takes no service of
    theirs from a county, nor does a small grant that of anybody.
    """
    keys = find_keys(here, ended)
    if not keys:
        return ()
    awards = list_whole_awards(here)
    ends = awards["award_key"].isin(keys)
    lost = awards[ends].groupby("recipient")["amount"].sum()
    alone = {*lost.index[lost >= LEAST_DOLLARS]} - {*awards.loc[~ends, "recipient"]}
    if not alone:
        return ()
    sectors = here.organizations["sector"]
    known = here.ids.tolist()
    return tuple(id_ for id_ in known if id_ in alone and sectors[id_] not in OWN_INCOME)


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
