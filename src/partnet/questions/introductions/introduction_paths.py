"""Through whom two organizations could meet: one that works with both, or several in a row."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy import sparse

from ...core.arrays import Rows, get_rows, symmetrize
from ...core.network import Network
from ...core.wording.text import join_words
from ...facts.graph.collaboration import choose_layer
from ...facts.graph.layers import Layer
from ...measures.kernels.shortest_path import find_shortest_path
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
        stops = find_shortest_path(*self._lengths, np.array([a, b]))
        if not len(stops):
            return Path(NONE)
        strengths = [self._strength_of(*ends) for ends in pairwise(stops.tolist())]
        strength = math.prod(strengths) / 2.0 ** (len(stops) - 3)  # the first costs nothing
        names = [self._names[stop] for stop in stops]
        return Path(SEVERAL, tuple(stops[1:-1].tolist()), strength, " – ".join(names))

    def _strength_of(self, a: int, b: int) -> float:
        link = self.links.between(a, b)
        return max(link.strength * link.recency, LEAST_STRENGTH) if link else LEAST_STRENGTH

    @cached_property
    def _lengths(self) -> Rows:
        """Rows of -log(strength / 2) of every link: the least sum is the strongest path."""
        links, shape = self.links.tabulate(), (self.here.n, self.here.n)
        strength = np.maximum(links["strength"] * links["recency"], LEAST_STRENGTH)
        cells = A_HANDSHAKE - np.log(strength.to_numpy()), (links["a"], links["b"])
        return get_rows(symmetrize(sparse.csr_array(cells, shape=shape)))

    def say_through(self, path: Path) -> str:
        """Name who introduces, in order; "" if nobody does."""
        return join_words([self._names[at] for at in path.through], final="and then")

    @cached_property
    def _names(self) -> list[str]:
        return self.here.names.tolist()
