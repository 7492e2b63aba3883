"""Closeness of a layer, found once for all questions that ask for it."""

from __future__ import annotations

from ..core.memory import fact
from ..core.network import Network
from ..facts.graph.layers import Layer
from ..measures.centrality.paths import Closeness
from ..measures.centrality.sampling import find_closeness


@fact
def ask_closeness(_: Network, layer: Layer) -> Closeness:
    """Give that of those who are present, as :func:`find_closeness` does."""
    return find_closeness(layer.present())
