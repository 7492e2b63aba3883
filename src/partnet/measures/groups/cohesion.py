"""What holds the network together: cores, and what falls apart if one organization leaves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...core.arrays import Int32Array, IntArray, as_unsigned, get_rows
from ...facts.graph.layers import Layer
from ..kernels.cohesion import find_coreness, label_blocks, walk_depth_first, weigh_cuts


def measure_coreness(layer: Layer) -> Int32Array:
    """Say how deep in the dense part of the network each organization sits.

    The largest k such that the organization belongs to a group in which everybody has k ties
    within the group. Direction is ignored.

    References
    ----------
    Seidman (1983), doi:10.1016/0378-8733(83)90028-X.
    Batagelj & Zaveršnik (2011), doi:10.1007/s11634-010-0079-y.
    """
    indptr, indices, _ = get_rows(layer.symmetric)
    return find_coreness(indptr, indices)


@dataclass(frozen=True)
class Cuts:
    """What falls apart if one organization, or one tie, is taken away.

    Made by :func:`find_cuts` from one depth-first walk: the vertices of a subtree follow each
    other in the order of entry, so that everything cut off is a few slices of that order.

    Attributes
    ----------
    order, entry, low, parent, size : int arrays
        Vertices in the order of entry; by vertex, its number in that order, the lowest number its
        subtree has a tie to, its parent (-1 for a root), the size of its subtree.
    """

    order: Int32Array
    entry: Int32Array
    low: Int32Array
    parent: Int32Array
    size: Int32Array

    @property
    def n(self) -> int:
        """Number of organizations."""
        return len(self.order)

    @cached_property
    def _left(self) -> IntArray:
        return weigh_cuts(self.order, self.entry, self.low, self.parent, self.size)

    @property
    def start(self) -> IntArray:
        """By vertex, where its component starts in the order of entry."""
        return self._left[0]

    @property
    def component_size(self) -> IntArray:
        """By vertex, the number of organizations in its component."""
        return self._left[1]

    @property
    def rest(self) -> IntArray:
        """By vertex, the size of what remains above it once it is gone."""
        return self._left[2]

    @property
    def n_cut_off(self) -> IntArray:
        """By vertex, how many others of its component have no path to the largest part of it."""
        return self.component_size - 1 - self._left[3]

    @cached_property
    def separated(self) -> Int32Array:
        """Vertices whose subtree is one part of its own once their parent is gone."""
        child = self.order[self.parent[self.order] >= 0]
        return child[self.low[child] >= self.entry[self.parent[child]]]

    @cached_property
    def connected_after(self) -> IntArray:
        """By vertex, ordered pairs in its component still connected once it is gone."""
        part = self.size[self.separated].astype(np.int64)
        pairs = self.rest * (self.rest - 1)
        np.add.at(pairs, self.parent[self.separated], part * (part - 1))
        return pairs

    @cached_property
    def blocks(self) -> Int32Array:
        """By vertex, the biconnected component of the tie to its parent; -1 for roots."""
        return label_blocks(self.order, self.entry, self.low, self.parent)

    def split_without(self, vertex: int) -> list[Int32Array]:
        """Give the parts into which the component of a vertex falls once it is gone."""
        children = self.separated[self.parent[self.separated] == vertex]
        parts = [self.subtree(child) for child in children]
        first = self.start[vertex]
        whole = self.order[first : first + self.component_size[vertex]]
        rest = np.setdiff1d(whole, np.concatenate([[vertex], *parts]))
        return [part for part in [rest.astype(np.int32), *parts] if len(part)]

    def subtree(self, vertex: int) -> Int32Array:
        """Give the vertices of a subtree."""
        return self.order[self.entry[vertex] : self.entry[vertex] + self.size[vertex]]

    def bridges(self) -> tuple[Int32Array, IntArray]:
        """Give the lower ends of bridge ties (the upper is the parent) and their smaller sides."""
        child = self.order[self.parent[self.order] >= 0]
        child = child[self.low[child] > self.entry[self.parent[child]]]
        side = self.size[child].astype(np.int64)
        return child, np.minimum(side, self.component_size[child] - side)


def find_cuts(layer: Layer) -> Cuts:
    """Find what each organization, and each tie, alone holds together. Direction is ignored.

    References
    ----------
    Hopcroft & Tarjan (1973), doi:10.1145/362248.362272.
    """
    indptr, indices, _ = get_rows(layer.symmetric)
    return Cuts(*walk_depth_first(indptr, *as_unsigned(indices)))
