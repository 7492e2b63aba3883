"""What the user asks of partners: kinds, counties, distance, no competitors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ....core.arrays import BoolArray, IntArray
from ....core.checks import list_texts
from ....core.errors import UsageError
from ....core.network import Network
from ....core.wording.units import say_distance
from ....facts.geography.locations import ROAD_FACTOR, resolve_places
from ....places.gazetteer import county_name
from ..reasons.evidence import Evidence

MOST_NAMED = 6  # more counties are counted
# Roads are longer than the straight line (Boscoe, Henry & Zdeb 2012,
# doi:10.1080/00330124.2011.583586); 80 km/h is a rural two-lane road.
MINUTES_PER_KM = ROAD_FACTOR / 80.0 * 60.0


@dataclass(frozen=True)
class Filters:
    """What the user asks of partners; every filter narrows the list and changes no score.

    Attributes
    ----------
    kinds, counties : tuple of str
        Only partners of these kinds, in these counties (FIPS codes); empty: all.
    within_km : float or None
        Only partners within this distance as the crow flies; an unknown distance does not pass.
    within_minutes : float or None
        The same by driving time, estimated as 1.05 minutes a kilometer of straight line.
    competitors : bool
        Whether partners of the same kind in the same county may be named.
    """

    kinds: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    within_km: float | None = None
    within_minutes: float | None = None
    competitors: bool = False

    def describe(self) -> str:
        """Say the filters, for a method box."""
        parts = [
            f"kinds: {', '.join(self.kinds)}" if self.kinds else "",
            self._describe_counties(),
            self._describe_distance(),
            self._describe_minutes(),
            "competitors too" if self.competitors else "",
        ]
        return "; ".join(part for part in parts if part) or "none"

    def _describe_distance(self) -> str:
        if self.within_km is None:
            return ""
        return f"within {self.within_km:g} km ({say_distance(self.within_km)})"

    def _describe_counties(self) -> str:
        if not self.counties:
            return ""
        if len(self.counties) > MOST_NAMED:
            return f"{len(self.counties):,} counties"
        return f"counties: {', '.join(county_name(fips) or fips for fips in self.counties)}"

    def _describe_minutes(self) -> str:
        if self.within_minutes is None:
            return ""
        return f"within about {self.within_minutes:g} minutes by car ({MINUTES_PER_KM:.2f} a km)"

    @property
    def most_km(self) -> float:
        """The farthest that a partner may be, in kilometers as the crow flies."""
        by_car = np.inf if self.within_minutes is None else self.within_minutes / MINUTES_PER_KM
        return float(min(by_car, np.inf if self.within_km is None else self.within_km))


def read_filters(
    net: Network,
    *,
    kinds: str | Sequence[str] | None = None,
    where: str | Sequence[str] | None = None,
    within_km: float | None = None,
    within_minutes: float | None = None,
    competitors: bool = False,
) -> Filters:
    """Check the filters of a user.

    Raises
    ------
    UsageError
        A kind or a county is unknown, or a distance is not positive.
    """
    for name, limit in (("within_km", within_km), ("within_minutes", within_minutes)):
        if limit is not None and not limit > 0:
            raise UsageError(f"{name}: found {limit!r}. A distance is above 0. Give a number.")
    asked = as_list("where", where)
    places = [code for place in asked for code in sorted(resolve_places(net, place))]
    named = tuple(dict.fromkeys(places))
    return Filters(read_kinds(net, kinds), named, within_km, within_minutes, competitors)


def read_kinds(
    net: Network, kinds: str | Sequence[str] | None, *, argument: str = "kinds"
) -> tuple[str, ...]:
    """Give the ids of kinds named by id, label or alias; `argument` is what the caller wrote.

    Raises
    ------
    UsageError
        The vocabulary has no such kind.
    """
    found = [(text, net.vocabulary.find_kind(text)) for text in as_list(argument, kinds)]
    unknown = [text for text, kind in found if kind is None]
    if unknown:
        raise UsageError(
            f"{argument}: found {unknown[0]!r}. Allowed are kinds of the vocabulary, for example "
            "behavioral_health. See partnet.default_vocabulary().kinds."
        )
    return tuple(kind for _, kind in found if kind is not None)


def as_list(argument: str, values: str | Sequence[str] | None) -> list[str]:
    """Give one text or several as a list; `argument` is what the caller wrote them as."""
    return [] if values is None else list(list_texts(argument, values))


def pass_filters(evidence: Evidence, filters: Filters, a: int, others: IntArray) -> BoolArray:
    """Tell which of the others are partners that the filters for a allow."""
    fine = np.ones(len(others), dtype=bool)
    if filters.kinds:
        fine &= np.isin(evidence.kind_ids[others], filters.kinds)
    if filters.counties:
        fine &= np.isin(evidence.counties[others], filters.counties)
    if not filters.competitors:
        fine &= ~evidence.competitors(a, others)
    if np.isfinite(filters.most_km):
        with np.errstate(invalid="ignore"):  # where a place is not known
            fine &= evidence.distances_km(a, others) <= filters.most_km
    return fine
