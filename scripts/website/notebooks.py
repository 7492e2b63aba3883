"""Notebooks as pages: run from top to bottom, with what each cell shows."""

from __future__ import annotations

import base64
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def run_notebook(path: Path, page: Path) -> str:
    """Run a notebook in a folder of its own, and give it as Markdown.

    Pictures are kept beside the page. A cell that fails ends the build with its error.
    """
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        resources = {"metadata": {"path": folder}}
        NotebookClient(notebook, timeout=600, kernel_name="python3", resources=resources).execute()
    page.parent.mkdir(parents=True, exist_ok=True)
    parts = [part for k, cell in enumerate(notebook.cells) for part in _write_cell(cell, page, k)]
    return "\n\n".join(parts) + "\n"


def _write_cell(cell: Any, page: Path, number: int) -> Iterator[str]:
    """Give what a cell says, and below it what it shows."""
    if cell.cell_type == "markdown":
        yield cell.source
    elif cell.cell_type == "code":
        yield f"```python\n{cell.source}\n```"
        for k, output in enumerate(cell.outputs):
            yield _write_output(output, page.with_name(f"{page.stem}-{number}-{k}.png"))


def _make_reachable(page: str) -> str:
    """Have a result read well by ear: it is no heading of the page, and is scrolled by keyboard."""
    page = re.sub(r"<h3>(.*?)</h3>", r"<p><strong>\1</strong></p>", page)
    page = page.replace('<div style="overflow-x: auto">', "<div>").replace("<th></th>", "<td></td>")
    # One block of HTML for the builder: a blank line would end it.
    return re.sub(r"\n\s*\n+", "\n", page.strip())


def _write_output(output: Mapping[str, Any], picture: Path) -> str:
    """Give one output: a picture, a page within the page, or text."""
    data = output.get("data", {})
    if "image/png" in data:
        picture.write_bytes(base64.b64decode(data["image/png"]))
        return f"![What the cell above shows]({picture.name})"
    if "text/html" in data:
        name = f"Result {picture.stem.split('-', 1)[1].replace('-', '.')}"
        region = f'class="shown" tabindex="0" role="region" aria-label="{name}"'
        return f"<div {region}>\n{_make_reachable(data['text/html'])}\n</div>"
    text = ANSI.sub("", data.get("text/plain") or output.get("text", "")).rstrip()
    return f"```text\n{text}\n```"
