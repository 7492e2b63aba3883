"""Working ties as a person would weigh them: how strong, how recent, at what level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..network import Network
from ..weights import Layer

IntArray = npt.NDArray[np.int64]

HALF_LIFE_MONTHS = 24.0  # a contact two years old counts half
DAYS_A_MONTH = 30.4375
LEVELS = ("staff", "manager", "executive")


@dataclass(frozen=True, slots=True)
class Link:
    """One pair that works together.

    Attributes
    ----------
    strength : float
        Strength of the strongest relation; 1 where none was given.
    combined : float
        Combined strength over all relations asked, as in the layer.
    last_contact : Timestamp or None
        The newest contact on file.
    recency : float
        2^(-age / 24 months); one half where no date is on file.
    level : str
        The highest level at which the two meet: executive, manager, staff, or "".
    relations : tuple of str
    """

    strength: float
    combined: float
    last_contact: pd.Timestamp | None
    recency: float
    level: str
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Links:
    """All working ties of a layer, by pair of positions."""

    net: Network
    layer: Layer

    def between(self, a: int, b: int) -> Link | None:
        """Give the link of two positions, or ``None``."""
        return self.all.get((min(a, b), max(a, b)))

    def partners(self, a: int) -> IntArray:
        """Positions that work with a."""
        csr = self._symmetric
        return csr.indices[csr.indptr[a] : csr.indptr[a + 1]]

    def strength(self, a: int, b: int) -> float:
        """Strength of the tie of a and b, 0 if there is none."""
        start, stop = self._symmetric.indptr[a], self._symmetric.indptr[a + 1]
        at = start + np.searchsorted(self._symmetric.indices[start:stop], b)
        found = at < stop and self._symmetric.indices[at] == b
        return float(self._symmetric.data[at]) if found else 0.0

    @cached_property
    def _symmetric(self):  # type: ignore[no-untyped-def]
        matrix = self.layer.matrix
        return matrix.maximum(matrix.T).tocsr() if self.layer.directed else matrix

    @cached_property
    def all(self) -> Mapping[tuple[int, int], Link]:
        """Every link, keyed by the lower and the higher position."""
        rows = self._rows
        if rows.empty:
            return {}
        grouped = rows.groupby(["low", "high"], sort=True)
        newest = self._newest_contact.reindex(grouped.size().index)
        level = grouped["rank"].max()
        strongest = grouped["strength"].max()
        relations = grouped["relation"].agg(lambda r: tuple(sorted(set(r))))
        columns = zip(newest.index, strongest, newest, level, relations, strict=True)
        return {
            pair: self._make(pair, strength, date, rank, named)
            for pair, strength, date, rank, named in columns
            if self.strength(*pair) > 0
        }

    def _make(
        self,
        pair: tuple[int, int],
        strength: float,
        date: pd.Timestamp,
        rank: int,
        relations: tuple[str, ...],
    ) -> Link:
        known = None if pd.isna(date) else date
        level = LEVELS[rank] if rank >= 0 else ""
        combined = self.strength(*pair)
        return Link(strength, combined, known, self._recency(known), level, relations)

    def _recency(self, date: pd.Timestamp | None) -> float:
        if date is None or self.layer.as_of is None:
            return 0.5
        months = max((self.layer.as_of - date).days, 0) / DAYS_A_MONTH
        return float(2.0 ** (-months / HALF_LIFE_MONTHS))

    @cached_property
    def _newest_contact(self) -> pd.Series:
        """Newest contact by pair, up to the day, whatever relation it is noted with."""
        ties, day = self.net.ties, self.layer.as_of
        rows = ties[ties["last_contact"].notna() & (ties["strength"] != 0)]
        if day is not None:
            rows = rows[rows["last_contact"] <= day]
        ends = self._list_ends(rows)
        pairs = pd.MultiIndex.from_arrays([ends[:, 0], ends[:, 1]], names=["low", "high"])
        return rows["last_contact"].set_axis(pairs).groupby(level=["low", "high"]).max()

    def _list_ends(self, rows: pd.DataFrame) -> IntArray:
        ends = [self.net.positions(rows[side]) for side in ("source", "target")]
        return np.sort(np.column_stack(ends)).astype(np.int64)

    @cached_property
    def _rows(self) -> pd.DataFrame:
        """Rows of the relations of the layer that hold on its day, by pair."""
        ties = self.net.ties
        chosen = ties["relation"].isin(self.layer.relations) & (ties["strength"] != 0)
        day = self.layer.as_of
        if day is not None:
            chosen &= ~(ties["since"] > day) & ~(ties["until"] < day)
        rows = ties[chosen]
        ends = self._list_ends(rows)
        ranks = rows["level"].map({level: k for k, level in enumerate(LEVELS)}).fillna(-1)
        return pd.DataFrame(
            {
                "low": ends[:, 0],
                "high": ends[:, 1],
                "strength": rows["strength"].fillna(1.0).to_numpy(),
                "rank": ranks.astype(int).to_numpy(),
                "relation": rows["relation"].to_numpy(),
            }
        )
