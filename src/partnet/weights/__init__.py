"""Ties to strength to distance, and shared services and funding to affinity."""

from .affinity import Affinity, build_affinity
from .building import build_layer, choose_layer
from .layers import Layer

__all__ = ["Affinity", "Layer", "build_affinity", "build_layer", "choose_layer"]
