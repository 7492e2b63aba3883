"""A report as one self-contained page: no script, no request, printable, accessible."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2

from ..core.safety import strip_controls
from .formats import write_value
from .model import (
    FactsBlock,
    FigureBlock,
    ListBlock,
    MethodBlock,
    Report,
    TableBlock,
)

BLOCK_NAMES = {
    TableBlock: "table",
    FigureBlock: "figure",
    FactsBlock: "facts",
    ListBlock: "list",
    MethodBlock: "method",
}
NUMBERS = frozenset({"count", "score", "share", "dollars", "year"})


def render_html(report: Report) -> bytes:
    """Render a report as an HTML page; the same report gives the same bytes."""
    page: str = _environment().get_template("report.html").render(report=report, css=_read_css())
    return page.encode("utf-8")


@cache
def _environment() -> jinja2.Environment:
    """Templates of the package; everything that is not a template's own is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("partnet.report", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_make_harmless,
    )
    environment.filters["block_name"] = lambda block: BLOCK_NAMES[type(block)]
    environment.filters["rows"] = _list_rows
    environment.filters["hidden_rows"] = lambda block: max(0, len(block.frame) - block.rows)
    environment.filters["is_number"] = lambda column: column.format in NUMBERS
    environment.filters["data_uri"] = _make_data_uri
    return environment


def _make_harmless(value: Any) -> Any:
    """Strip control characters from every text that goes into the page."""
    plain = isinstance(value, str) and not hasattr(value, "__html__")
    return strip_controls(value) if plain else value


def _read_css() -> str:
    return files("partnet.report").joinpath("templates/report.css").read_text(encoding="utf-8")


def _list_rows(block: TableBlock) -> list[list[str]]:
    """The cells that the page shows, written for people."""
    frame = block.frame.head(block.rows)
    columns = [
        [write_value(v, c.format) for v in frame[c.name].tolist()] for c in block.page_columns
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _make_data_uri(svg: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")
