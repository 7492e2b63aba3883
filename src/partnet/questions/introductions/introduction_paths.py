"""Who can open the door between two organizations: through one that works with both, or several."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from ...core.arrays import FloatArray, Int32Array
from ...core.network import Network
from ...core.text import join_words
from ...facts.collaboration import choose_layer
from ...facts.layers import Layer
from ..recommendation.introducers.introducers import find_introducers, say_chain
from ..recommendation.introducers.working_ties import Links

LEAST_WARMTH = 1e-6
A_HANDSHAKE = float(np.log(2))  # everybody more who must be asked halves the warmth
TOGETHER, ONE, SEVERAL, NONE, UNKNOWN = (
    "they work together",
    "through one",
    "through several",
    "no way on file",
    "no working tie on file",
)


@dataclass(frozen=True, slots=True)
class Door:
    """The warmest way from one organization to another.

    Attributes
    ----------
    status : str
        They work together; through one; through several; no way on file; no working tie on file
        (in the whole network, so that nobody can introduce anybody).
    through : tuple of int
        Positions of who introduces, in order.
    warmth : float
        Through one: min(s(i, z), s(z, j)) x recency, as for introducers everywhere; through
        several: the product of s x recency over the links, halved for everybody who must be asked
        after the first. A heuristic. NaN where there is no way.
    chain : str
        The way in words, with strength and age of its links.
    against : str
        What speaks against asking the introducer.
    """

    status: str
    through: tuple[int, ...] = ()
    warmth: float = float("nan")
    chain: str = ""
    against: str = ""


@dataclass(frozen=True)
class Doors:
    """Finds the warmest way between any two organizations of a network."""

    net: Network
    layer: Layer

    @classmethod
    def of(cls, net: Network, day: pd.Timestamp | None) -> Doors:
        """Take the working ties of a day, with everybody in them."""
        return cls(net, choose_layer(net, as_of=day))

    @cached_property
    def links(self) -> Links:
        """Working ties as a person would weigh them."""
        return Links(self.net, self.layer)

    @property
    def known(self) -> bool:
        """Whether any working tie is on file."""
        return self.layer.kind == "collaboration" and bool(self.layer.matrix.nnz)

    def find(self, a: int, b: int) -> Door:
        """Find the warmest way from a to b."""
        if not self.known:
            return Door(UNKNOWN)
        link = self.links.between(a, b)
        if link is not None:
            return Door(TOGETHER, (), link.strength * link.recency)
        introducers = find_introducers(self.links, a, b, 1)
        if introducers:
            best = introducers[0]
            chain = say_chain(lambda k: str(self.net.names.iloc[k]), a, b, best)
            return Door(ONE, (best.organization,), best.strength, chain, best.against)
        return self._find_long(a, b)

    def _find_long(self, a: int, b: int) -> Door:
        """The way whose product of warmth is largest."""
        length, before = self._ways_from(a)
        if not np.isfinite(length[b]):
            return Door(NONE)
        path = [b]
        while path[-1] != a:
            path.append(int(before[path[-1]]))
        path.reverse()
        warmth = np.exp(2 * A_HANDSHAKE - length[b])  # the first to be asked costs nothing
        names = self.net.names.iloc[path].tolist()
        return Door(SEVERAL, tuple(path[1:-1]), float(warmth), " – ".join(names))

    def _warmth(self, a: int, b: int) -> float:
        link = self.links.between(a, b)
        return max(link.strength * link.recency, LEAST_WARMTH) if link else LEAST_WARMTH

    @cached_property
    def _lengths(self) -> sparse.csr_array:
        """-log(warmth / 2) of every link, so that the least sum is the warmest way."""
        found = [(a, b, self._warmth(a, b)) for a, b, _ in self.links.each()]
        pairs = np.array([pair for *pair, _ in found], dtype=np.int64).reshape(-1, 2)
        warm = np.array([warmth for *_, warmth in found])
        length = A_HANDSHAKE - np.log(warm)
        shape = (self.net.n, self.net.n)
        return sparse.csr_array((length, (pairs[:, 0], pairs[:, 1])), shape=shape)

    @cached_property
    def _cache(self) -> dict[int, tuple[FloatArray, Int32Array]]:
        return {}

    def _ways_from(self, a: int) -> tuple[FloatArray, Int32Array]:
        if a not in self._cache:
            self._cache[a] = dijkstra(
                self._lengths, directed=False, indices=a, return_predecessors=True
            )
        return self._cache[a]

    def say_through(self, door: Door) -> str:
        """Name who introduces, in order; "" if nobody does."""
        names = self.net.names.iloc[list(door.through)].tolist()
        return join_words(names, final="and then")
