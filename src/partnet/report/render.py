"""From a report to a file, by the suffix of its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..core.errors import UsageError
from ..core.storage.writing import check_output, write_file_atomically
from .excel import render_excel
from .html import render_html
from .json import render_json
from .model import Report

RENDERERS: dict[str, Callable[[Report], bytes]] = {
    ".html": render_html,
    ".xlsx": render_excel,
    ".json": render_json,
}


def write_rendered(build: Callable[[], Report], path: str | Path) -> Path:
    """Build a report and write it; a wrong path fails before anything is computed.

    Raises
    ------
    UsageError
        The suffix is none of the formats, the folder does not exist, or a file stands there that is
        no report.
    PartnetError
        The file is open in another program.
    """
    path = Path(path)
    render = RENDERERS.get(path.suffix.lower())
    if render is None:
        raise UsageError(
            f"path: found {path.name}. A report is written as {', '.join(RENDERERS)}. Choose one."
        )
    check_output(path)
    return write_file_atomically(path, render(build()))
