"""How kernels are compiled: once per computer, cached on disk, announced the first time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numba
from numba.core import event


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function on first use, without the interpreter's lock, and keep it on disk.

    No ``parallel`` (its sums change with the number of threads), no ``fastmath`` (its sums change
    with the processor). numba keeps the cache beside the package, or in the user's own cache
    folder where the package cannot be written.
    """
    return numba.njit(cache=True, nogil=True, error_model="numpy")(function)


class _Announcer(event.Listener):
    """Says once, on stderr, why the first run takes longer."""

    def __init__(self) -> None:
        self.said = False

    def on_start(self, event: Any) -> None:
        name = getattr(event.data.get("dispatcher"), "__module__", "") or ""
        if not self.said and name.startswith("partnet."):
            self.said = True
            print("partnet: compiling its measures, once on this computer …", file=sys.stderr)

    def on_end(self, event: Any) -> None:
        """Nothing to say."""


event.register("numba:compile", _Announcer())
