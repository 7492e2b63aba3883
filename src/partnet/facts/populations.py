"""Populations: who lives in a county, who speaks for them, and who serves them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..core.memory import fact
from ..core.network import Network
from ..core.rows.spelling import fold_label
from .geography.locations import counties_covered, counties_of_each
from .geography.need import read_population

RESIDENTS = "residents"  # everybody who lives in a county
EVERYBODY = frozenset(
    {RESIDENTS, "all residents", "everybody", "everyone", "community", "the community"}
    | {"community members", "general population", "all", "public", "general public"}
)
VOICES = ["row", "organization", "key", "county", "through", "seats", "since"]
TOLD = ["organization", "population", "county_fips", "through", "advisory_seats", "since", "until"]
Group = tuple[str, str]  # a county ("" where it is not known) and the key of a population


class Size(NamedTuple):
    """How many people of a county a population has; NaN and "" where it is not on file."""

    type: str = ""
    people: float = float("nan")
    share: float = float("nan")  # of all residents, 0 to 1
    year: float = float("nan")


def key_of(population: str) -> str:
    """Give what tells a population from others: case does not, nor which word for everybody.

    Examples
    --------
    >>> key_of("Older  Adults"), key_of("The community")
    ('older adults', 'residents')
    """
    folded = fold_label(population)
    return RESIDENTS if folded in EVERYBODY else folded


@fact
def name_populations(here: Network) -> Mapping[str, str]:
    """Give how each population is spelled, by key: as in residents, voices, else services."""
    spelled = {RESIDENTS: RESIDENTS}
    for table in ("residents", "voices", "disparities", "services"):
        for text in here.rows(table)["population"].unique():
            spelled.setdefault(key_of(str(text)), str(text))
    return MappingProxyType(spelled)


@fact
def list_voices_on_file(here: Network) -> pd.DataFrame:
    """Give who speaks for which population, one row a county; a blank county: all it serves.

    Returns
    -------
    DataFrame
        Columns :data:`VOICES`; ``row`` tells which rows of the file are one, and ``county`` is ""
        where no county that it serves is known.
    """
    rows = here.rows("voices")
    rows = rows[here.positions(rows["organization"]) >= 0].drop_duplicates(TOLD)
    served = counties_of_each(here)
    found = []
    for row in rows.itertuples():
        own = [row.county_fips] if row.county_fips else sorted(served.get(row.organization, ()))
        for county in own or [""]:
            found.append(
                (row.Index, row.organization, key_of(row.population), county, row.through,
                 row.advisory_seats, row.since)
            )  # fmt: skip
    table = pd.DataFrame(found, columns=VOICES)
    return table.astype({"seats": "float64", "since": "datetime64[s]"})


@fact
def find_speakers(here: Network) -> Mapping[Group, tuple[str, ...]]:
    """Give the ids of those who speak for a population, by county and key, in their order."""
    voices = list_voices_on_file(here)
    return _collect(here, zip(voices["county"], voices["key"], voices["organization"], strict=True))


@fact
def find_servers(here: Network) -> Mapping[Group, tuple[str, ...]]:
    """Give the ids of those who serve a population, by county and key.

    A service without a county is offered wherever its organization serves. Residents are served by
    whoever serves the county.
    """
    covered = counties_covered(here)
    by_id = {id_: [*rows] for id_, rows in covered.groupby("organization")["county"]}
    services = here.rows("services")
    services = services[services["population"] != ""]
    told = [
        (county, key_of(row.population), row.organization)
        for row in services.itertuples()
        for county in ([row.county_fips] if row.county_fips else by_id.get(row.organization, [""]))
    ]
    told += [
        (county, RESIDENTS, id_)
        for id_, county in zip(covered["organization"], covered["county"], strict=True)
    ]
    return _collect(here, told)


def _collect(here: Network, told: Iterable[Sequence[Any]]) -> Mapping[Group, tuple[str, ...]]:
    """Organizations by county and population: no neighbors, in the order of the network."""
    found: dict[Group, set[int]] = {}
    counted = ~here.is_context.to_numpy()
    triples = [*told]
    places = here.positions([id_ for *_, id_ in triples])
    for (county, key, _), at in zip(triples, places, strict=True):
        if at >= 0 and counted[at]:
            found.setdefault((str(county), str(key)), set()).add(int(at))
    return MappingProxyType(
        {group: tuple(str(here.ids[k]) for k in sorted(at)) for group, at in found.items()}
    )


@fact
def read_residents(here: Network) -> Mapping[Group, Size]:
    """Give the size of each population on file, by county and key: the newest row counts.

    The share is as told, else people by the residents of the county (needs table, else Census).
    """
    rows = here.rows("residents").sort_values("year", kind="stable", na_position="first")
    everybody = read_population(here, tuple(sorted(set(rows["county_fips"]) - {""})))
    found: dict[Group, Size] = {}
    for row in rows.itertuples():
        share = row.share / 100
        if share != share and row.county_fips in everybody.index:
            share = row.people / everybody[row.county_fips]
        share = share if 0 <= share <= 1 else np.nan  # more people than live there: not known
        key = (row.county_fips, key_of(row.population))
        found[key] = Size(row.type, float(row.people), float(share), float(row.year))
    return MappingProxyType(found)
