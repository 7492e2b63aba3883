"""Betweenness of a layer, found once for all questions that ask for it."""

from __future__ import annotations

from ..core.memory import fact
from ..core.network import Network
from ..facts.graph.layers import Layer
from ..measures.centrality.sampling import Betweenness, find_betweenness


@fact
def ask_betweenness(_: Network, layer: Layer) -> Betweenness:
    """Give it as :func:`find_betweenness` does."""
    return find_betweenness(layer)
