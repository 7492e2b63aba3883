"""Importing libraries that would take settings from whatever folder one happens to stand in.

A folder of data may come from a stranger, and a person stands in it when running partnet.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = (".numba_config.yaml", "matplotlibrc")  # looked for in the current folder when imported


@contextmanager
def importing_elsewhere() -> Iterator[None]:
    """Stand in partnet's own folder while a library is imported, where it would find settings."""
    if not any(os.path.lexists(name) for name in SETTINGS):
        yield
        return
    before = os.getcwd()
    os.chdir(Path(__file__).parent)
    try:
        yield
    finally:
        os.chdir(before)
