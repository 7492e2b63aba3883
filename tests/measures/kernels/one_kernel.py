"""Compiles one small kernel, and says whether it had to: run by test_cache.py."""

from __future__ import annotations

import numpy as np
from numba.core import event

from partnet.measures.kernels.reduction import _scramble


class Listener(event.Listener):
    """Says that something is compiled."""

    def on_start(self, event: object) -> None:
        print("compiled")

    def on_end(self, event: object) -> None:
        """Nothing to say."""


if __name__ == "__main__":
    event.register("numba:compile", Listener())
    _scramble(3, np.uint64(3))
