"""Read an .xls in a process of its own, with bounded memory; `workbook` starts it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ...core.errors import InputError
from .old_errors import find_errors
from .sheets import OLD_MEMORY, read_sheets


def main(path: str) -> None:
    """Print the sheets as JSON: [[name, [[cell, ...], ...], hidden, merged], ...]."""
    _limit_memory()
    failed = find_errors(Path(path).read_bytes())
    try:
        sheets = [
            (sheet.name, [row for _, row in sheet.rows], sheet.hidden, sheet.merged)
            for sheet in read_sheets(Path(path), failed)
        ]
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
