"""Ties to strength to distance, and shared services and funding to affinity."""

from .affinity import Affinity, build_affinity
from .layers import Layer, build_layer, choose_layer

__all__ = ["Affinity", "Layer", "build_affinity", "build_layer", "choose_layer"]
