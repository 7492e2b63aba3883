"""How kernels are compiled: once per computer, kept on disk, announced the first time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from ...core.storage.elsewhere import SETTINGS, importing_elsewhere

with importing_elsewhere():
    import numba
    from numba.core import config, event

from .cache import KernelCache, find_place

config._config_fname = f"no {SETTINGS[0]}"  # numba looks again whenever it compiles


def compile_function(function: Callable[..., Any]) -> Any:
    """Compile a function when it is called, without the interpreter's lock, and keep it on disk.

    No ``parallel`` (its sums change with the number of threads), no ``fastmath`` (its sums change
    with the processor). Where it is kept, and what happens where it cannot be: `KernelCache`.
    """
    compiled = numba.njit(nogil=True, error_model="numpy")(function)
    if hasattr(compiled, "_cache"):  # not where compiling is switched off
        compiled._cache = KernelCache(function)
    return compiled


class _Announcer(event.Listener):
    """Says once, on stderr, why the first run takes longer."""

    def __init__(self) -> None:
        self.said = False

    def on_start(self, event: Any) -> None:
        name = getattr(event.data.get("dispatcher"), "__module__", "") or ""
        if not self.said and name.startswith("partnet."):
            self.said = True
            often = "once on this computer …"
            if find_place() is None:
                often = "at every run: found no folder to keep them. Name one in NUMBA_CACHE_DIR."
            print(f"partnet: compiling its measures, {often}", file=sys.stderr)

    def on_end(self, event: Any) -> None:
        """Nothing to say."""


event.register("numba:compile", _Announcer())
