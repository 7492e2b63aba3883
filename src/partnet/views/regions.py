"""A large network as regions: each community a disc of marks, tied communities side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from ..core.arrays import FloatArray, PositionArray
from ..facts.graph.layers import Layer
from ..measures.groups.communities import find_communities
from .layout import layout_network

MANY = 1000  # above this many organizations single lines are a cloud
MOST_REGIONS = 30
LEAST_MEMBERS = 5  # smaller communities stand together
GOLDEN = np.pi * (3 - np.sqrt(5))
RIM = 1.25  # room of a disc over that of its marks
ROOM = 0.35  # free room between two discs, in mark widths, and a share of their size
ROUNDS = 400
SMALL, ALONE = "Small groups", "No line to anybody"


@dataclass(frozen=True)
class Regions:
    """Communities packed on a page.

    Attributes
    ----------
    points : array, shape (n, 2)
        Place of each organization; 1 is the room of one mark.
    label : int array, shape (n,)
        Region of each organization.
    centers, radii : array
        Place and size of each region.
    names : tuple of str
        Of what a region holds where it is no community: small groups, no line to anybody; else "".
    lines : csr_array, shape (regions, regions)
        How many ties lie between two regions.
    """

    points: FloatArray
    label: PositionArray
    centers: FloatArray
    radii: FloatArray
    names: tuple[str, ...]
    lines: sparse.csr_array

    @property
    def corners(self) -> FloatArray:
        """Points around all discs."""
        reach = self.radii[:, None]
        return np.vstack([self.centers - reach, self.centers + reach])


def pack_regions(layer: Layer) -> Regions:
    """Place a large network: organizations of one community in a disc, best connected inside.

    Communities are Louvain's (the 30 largest); smaller ones stand together, and so do those
    without a line to anybody. Discs that have ties lie near each other, and none cover each other.
    Nothing is random.

    Parameters
    ----------
    layer : Layer
        The graph; direction does not matter.
    """
    degree = np.asarray(layer.binary.sum(axis=1)).ravel()
    label, names = _name_regions(layer, degree)
    members = np.bincount(label, minlength=len(names))
    radii = RIM * np.sqrt(np.maximum(members, 1) / np.pi) + 0.8
    lines = _count_lines(layer, label, len(names))
    centers = _place_discs(lines, radii)
    points = np.empty((layer.n, 2))
    ids = layer.ids.to_numpy(dtype=object)
    for region in range(len(names)):
        own = np.flatnonzero(label == region)
        own = own[np.lexsort((ids[own], -degree[own]))]
        step = np.arange(len(own)) + 0.5
        away = RIM * np.sqrt(step / np.pi)
        turn = step * GOLDEN
        points[own] = centers[region] + np.column_stack([away * np.cos(turn), away * np.sin(turn)])
    return Regions(np.round(points, 6) + 0.0, label, centers, radii, names, lines)


def _name_regions(layer: Layer, degree: FloatArray) -> tuple[PositionArray, tuple[str, ...]]:
    """Region of each organization, the communities first and the largest of them first."""
    found = find_communities(layer).labels
    size = np.bincount(found, minlength=1)
    large = (size >= LEAST_MEMBERS) & (np.arange(len(size)) < MOST_REGIONS)
    label = found.astype(np.intp)
    names = [""] * int(large.sum())
    for name, own in (
        (SMALL, (degree > 0) & ~large[found]),
        (ALONE, degree == 0),
    ):
        if own.any():
            label[own] = len(names)
            names.append(name)
    return label, tuple(names)


def _count_lines(layer: Layer, label: PositionArray, regions: int) -> sparse.csr_array:
    """Count the ties between regions, each once."""
    upper = sparse.triu(layer.symmetric, 1).tocoo()
    a, b = (label[end] for end in upper.coords)
    apart = a != b
    counted = sparse.coo_array(
        (np.ones(int(apart.sum())), (a[apart], b[apart])), shape=(regions, regions)
    ).tocsr()
    return sparse.csr_array(counted + counted.T)


def _place_discs(lines: sparse.csr_array, radii: FloatArray) -> FloatArray:
    """Place discs: tied ones near, none over another, the largest in the middle."""
    n = len(radii)
    if n < 2:
        return np.zeros((n, 2))
    ids = pd.Index([f"{k:06d}" for k in range(n)])
    share = sparse.csr_array(lines / max(float(lines.max()), 1.0)) if lines.nnz else lines
    graph = Layer(ids, pd.Series("", index=ids), share)
    start = layout_network(graph).to_numpy()
    place = (start - start.mean(axis=0)) * 2.2 * float(np.median(radii))
    pull = np.asarray(lines.todense()) / np.maximum(lines.sum(axis=1), 1.0).reshape(-1, 1)
    for _ in range(ROUNDS):
        drawn = pull @ place - pull.sum(axis=1, keepdims=True) * place
        place = place * 0.985 + 0.04 * drawn
        for _ in range(4):
            place = _part_discs(place, radii)
    for _ in range(ROUNDS):
        place = _part_discs(place, radii)
    return np.asarray(place)


def _part_discs(place: FloatArray, radii: FloatArray) -> FloatArray:
    """Push discs that cover each other apart; the smaller one moves more."""
    between = place[None, :, :] - place[:, None, :]
    length = np.sqrt((between**2).sum(axis=2))
    wanted = (radii[:, None] + radii[None, :]) * 1.02 + ROOM
    lack = np.where(np.eye(len(radii), dtype=bool), 0.0, np.maximum(wanted - length, 0.0))
    angle = np.arange(len(radii)) * GOLDEN  # those on one spot part each in its own direction
    away = np.where(
        length[..., None] > 1e-9,
        between / np.maximum(length, 1e-9)[..., None],
        np.stack([np.cos(angle), np.sin(angle)], axis=1)[None, :, :],
    )
    weight = radii[None, :] ** 2 / (radii[:, None] ** 2 + radii[None, :] ** 2)
    return np.asarray(place - (away * (lack * weight)[..., None]).sum(axis=1) * 0.6)
