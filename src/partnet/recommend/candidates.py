"""Who may be recommended to whom: never a partner on file, nobody who was declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..errors import UsageError
from ..network import Network
from .evidence import Evidence

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Wishes:
    """What the user asks of partners; every wish narrows the list and changes no score.

    Attributes
    ----------
    kinds, counties : tuple of str
        Only partners of these kinds, in these counties (FIPS codes); empty: all.
    within_km : float or None
        Only partners within this distance as the crow flies; an unknown distance does not pass.
    competitors : bool
        Whether partners of the same kind in the same county may be named.
    """

    kinds: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    within_km: float | None = None
    competitors: bool = True

    def describe(self) -> str:
        """Say the wishes, for a method box."""
        parts = [
            f"kinds: {', '.join(self.kinds)}" if self.kinds else "",
            f"counties: {', '.join(self.counties)}" if self.counties else "",
            f"within {self.within_km:g} km" if self.within_km is not None else "",
            "" if self.competitors else "no competitors",
        ]
        return "; ".join(part for part in parts if part) or "none"


def read_wishes(
    net: Network,
    kinds: str | Sequence[str] | None,
    counties: str | Sequence[str] | None,
    within_km: float | None,
    competitors: bool,
) -> Wishes:
    """Check the wishes of a user.

    Raises
    ------
    UsageError
        A kind is unknown, or the distance is not positive.
    """
    found = [(text, net.vocabulary.find_kind(text)) for text in _as_list(kinds)]
    unknown = [text for text, kind in found if kind is None]
    if unknown:
        raise UsageError(
            f"kinds: found {unknown[0]!r}. Allowed are kinds of the vocabulary, for example "
            "behavioral_health. See partnet.default_vocabulary().kinds."
        )
    if within_km is not None and not within_km > 0:
        raise UsageError(f"within_km: found {within_km!r}. A distance is above 0, in kilometres.")
    named = tuple(kind for _, kind in found if kind is not None)
    return Wishes(named, tuple(_as_list(counties)), within_km, competitors)


def _as_list(values: str | Sequence[str] | None) -> list[str]:
    if values is None:
        return []
    return [values] if isinstance(values, str) else list(values)


def partners_on_file(net: Network, day: pd.Timestamp | None) -> frozenset[tuple[int, int]]:
    """Pairs of positions with any tie on file that began by the day, whatever its relation."""
    ties = net.ties
    rows = ties[ties["strength"] != 0]
    if day is not None:
        rows = rows[~(rows["since"] > day)]
    return _pairs(net, rows["source"], rows["target"])


def answered_before(net: Network, day: pd.Timestamp | None) -> frozenset[tuple[int, int]]:
    """Pairs that somebody answered to already: accepted, declined, or not now (until a day)."""
    rows = net.table("feedback")
    if day is not None:
        over = (rows["answer"] == "not now") & (rows["until"] <= day)
        later = rows["given_on"] > day
        rows = rows[~over & ~later]
    return _pairs(net, rows["organization"], rows["partner"])


def _pairs(net: Network, first: pd.Series, second: pd.Series) -> frozenset[tuple[int, int]]:
    ends = np.column_stack([net.positions(first), net.positions(second)]).reshape(-1, 2)
    ends = np.sort(ends[(ends >= 0).all(axis=1)], axis=1)
    return frozenset(map(tuple, ends.tolist()))


def allow_pairs(
    i: IntArray, j: IntArray, n: int, forbidden: frozenset[tuple[int, int]]
) -> BoolArray:
    """Tell which pairs may be recommended at all."""
    banned = np.array([a * n + b for a, b in sorted(forbidden)], dtype=np.int64)
    return ~np.isin(i * n + j, banned)


def meets_wishes(evidence: Evidence, wishes: Wishes, a: int, b: int) -> bool:
    """Whether b is a partner that the wishes for a allow."""
    if wishes.kinds and evidence.kind_id(b) not in wishes.kinds:
        return False
    if wishes.counties and evidence.counties[b] not in wishes.counties:
        return False
    if not wishes.competitors and evidence.compete(a, b):
        return False
    return wishes.within_km is None or evidence.distance_km(a, b) <= wishes.within_km
