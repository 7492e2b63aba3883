"""Read an .xls in a process of its own, with bounded memory; `workbook` starts it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ..core.errors import InputError
from .workbook import OLD_MEMORY, _read_sheets


def main(path: str) -> None:
    """Print the sheets as JSON: [[name, [[cell, ...], ...]], ...]."""
    _limit_memory()
    try:
        sheets = [(name, [row for _, row in rows]) for name, rows in _read_sheets(Path(path))]
    except InputError as error:
        sys.exit(str(error))
    sys.stdout.buffer.write(json.dumps(sheets).encode("utf-8"))


def _limit_memory() -> None:
    """Where the system knows limits (not on Windows), a hostile file cannot take all memory."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (OLD_MEMORY, OLD_MEMORY))
