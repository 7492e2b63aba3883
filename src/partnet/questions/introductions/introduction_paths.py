"""Through whom two organizations could meet: one that works with both, or several in a row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from ...core.arrays import FloatArray, Int32Array
from ...core.network import Network
from ...core.text import join_words
from ...facts.collaboration import choose_layer
from ...facts.layers import Layer
from ..recommendation.introducers.introducers import find_introducers, say_chain
from ..recommendation.introducers.working_ties import Links

LEAST_STRENGTH = 1e-6
A_HANDSHAKE = float(np.log(2))  # everybody more who must be asked halves the strength
TOGETHER, ONE, SEVERAL, NONE, UNKNOWN = (
    "they work together",
    "through one",
    "through several",
    "no path on file",
    "no working tie on file",
)


@dataclass(frozen=True, slots=True)
class Path:
    """The strongest path from one organization to another.

    Attributes
    ----------
    status : str
        They work together; through one; through several; no path on file; no working tie on file
        (in the whole network, so that nobody can introduce anybody).
    through : tuple of int
        Positions of who introduces, in order.
    strength : float
        Through one: min(s(i, z), s(z, j)) x recency, as for introducers everywhere; through
        several: the product of s x recency over the links, halved for everybody who must be asked
        after the first. A heuristic. NaN where there is no path.
    chain : str
        The path in words, with strength and age of its links.
    against : str
        What speaks against asking the introducer.
    """

    status: str
    through: tuple[int, ...] = ()
    strength: float = float("nan")
    chain: str = ""
    against: str = ""


@dataclass(frozen=True)
class IntroductionPaths:
    """Finds the strongest path between any two organizations of a network.

    Attributes
    ----------
    here : Network
        The network on the day.
    layer : Layer
        Its working ties, with everybody in them.
    """

    here: Network
    layer: Layer

    @classmethod
    def of(cls, here: Network) -> IntroductionPaths:
        """Take the working ties of the day."""
        return cls(here, choose_layer(here))

    @cached_property
    def links(self) -> Links:
        """Working ties as a person would weigh them."""
        return Links(self.here, self.layer)

    @property
    def known(self) -> bool:
        """Whether any working tie is on file."""
        return self.layer.kind == "collaboration" and bool(self.layer.matrix.nnz)

    def find(self, a: int, b: int) -> Path:
        """Find the strongest path from a to b."""
        if not self.known:
            return Path(UNKNOWN)
        link = self.links.between(a, b)
        if link is not None:
            return Path(TOGETHER, (), link.strength * link.recency)
        introducers = find_introducers(self.links, a, b, 1)
        if introducers:
            best = introducers[0]
            chain = say_chain(lambda k: self._names[k], a, b, best)
            return Path(ONE, (best.organization,), best.strength, chain, best.against)
        return self._find_long(a, b)

    def _find_long(self, a: int, b: int) -> Path:
        """The path whose product of strengths is largest."""
        length, before = self._paths_from(a)
        if not np.isfinite(length[b]):
            return Path(NONE)
        stops = [b]
        while stops[-1] != a:
            stops.append(int(before[stops[-1]]))
        stops.reverse()
        strength = np.exp(2 * A_HANDSHAKE - length[b])  # the first to be asked costs nothing
        names = [self._names[stop] for stop in stops]
        return Path(SEVERAL, tuple(stops[1:-1]), float(strength), " – ".join(names))

    def _strength_of(self, a: int, b: int) -> float:
        link = self.links.between(a, b)
        return max(link.strength * link.recency, LEAST_STRENGTH) if link else LEAST_STRENGTH

    @cached_property
    def _lengths(self) -> sparse.csr_array:
        """-log(strength / 2) of every link, so that the least sum is the strongest path."""
        found = [(a, b, self._strength_of(a, b)) for a, b, _ in self.links.each()]
        pairs = np.array([pair for *pair, _ in found], dtype=np.int64).reshape(-1, 2)
        strengths = np.array([strength for *_, strength in found])
        length = A_HANDSHAKE - np.log(strengths)
        shape = (self.here.n, self.here.n)
        return sparse.csr_array((length, (pairs[:, 0], pairs[:, 1])), shape=shape)

    @cached_property
    def _cache(self) -> dict[int, tuple[FloatArray, Int32Array]]:
        return {}

    def _paths_from(self, a: int) -> tuple[FloatArray, Int32Array]:
        if a not in self._cache:
            self._cache[a] = dijkstra(
                self._lengths, directed=False, indices=a, return_predecessors=True
            )
        return self._cache[a]

    def say_through(self, path: Path) -> str:
        """Name who introduces, in order; "" if nobody does."""
        return join_words([self._names[at] for at in path.through], final="and then")

    @cached_property
    def _names(self) -> list[str]:
        return self.here.names.tolist()
