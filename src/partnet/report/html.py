"""A report as one self-contained page: no request, printable, accessible.

Its only script searches and sorts long tables; the policy of the page names it and no other.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from textwrap import shorten
from typing import Any

import jinja2
import markupsafe

from ..core.results.shown import Column
from ..core.wording.formats import NUMBERS, write_value
from ..core.wording.safety import strip_controls
from .folding import fold_section, is_first_screen, keep_filled
from .model import (
    BarsBlock,
    Block,
    CardsBlock,
    FactsBlock,
    FigureBlock,
    ListBlock,
    MethodBlock,
    NoteBlock,
    Report,
    TableBlock,
)

BLOCK_NAMES = {
    TableBlock: "table",
    FigureBlock: "figure",
    FactsBlock: "facts",
    ListBlock: "list",
    CardsBlock: "cards",
    BarsBlock: "bars",
    NoteBlock: "note",
    MethodBlock: "method",
}
LONG = 240  # characters of a note that would push the first sentence out of sight
MOST_CHIPS = 12  # values to choose rows by; the style names as many


def render_html(report: Report) -> bytes:
    """Render a report as an HTML page; the same report gives the same bytes."""
    page: str = (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            entries=list(_list_entries(report)),
            sections=[(section, fold_section(section)) for section in report.sections],
            css=_read_part("report.css") + _run_title(report.title),
            script=_read_part("report.js"),
        )
    )
    return page.lstrip().encode("utf-8")


def _list_entries(report: Report) -> Iterator[tuple[str, str]]:
    """The contents: one entry for sections that follow each other under one name."""
    last = ""
    for section in report.sections:
        if not section.entry or section.entry != last:
            yield section.entry or section.title, section.id
        last = section.entry


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
    environment.filters["shown_columns"] = _list_columns
    environment.filters["choices"] = _list_choices
    environment.filters["about"] = _say_about
    environment.filters["hash"] = _hash
    environment.filters["is_first_screen"] = is_first_screen
    environment.filters["has_picture"] = _has_picture
    environment.filters["is_number"] = lambda column: column.format in NUMBERS
    environment.filters["data_uri"] = _make_data_uri
    return environment


def _has_picture(blocks: tuple[Block, ...]) -> bool:
    return any(isinstance(block, FigureBlock) for block in blocks)


def _say_about(note: str) -> str:
    """The first words of a note too long to stand before the first sentence; else blank."""
    return shorten(re.split("[.:;]", note)[0], 80, placeholder=" …") if len(note) > LONG else ""


def _make_harmless(value: Any) -> Any:
    """Strip control characters from every text that goes into the page."""
    plain = isinstance(value, str) and not hasattr(value, "__html__")
    return strip_controls(value) if plain else value


@cache
def _read_part(name: str) -> markupsafe.Markup:
    text = files("partnet.report").joinpath(f"templates/{name}").read_text(encoding="utf-8")
    return markupsafe.Markup(text.replace("\r\n", "\n"))


def _run_title(title: str) -> markupsafe.Markup:
    """The style that prints the title at the foot of every page; each letter is written as code."""
    text = "".join(f"\\{ord(letter):06x}" for letter in strip_controls(title))
    rule = f'@bottom-left {{ content: "{text}"; font: 8pt sans-serif; }}'
    return markupsafe.Markup(f"@media print {{ @page {{ {rule} }} }}\n")


def _hash(text: str) -> markupsafe.Markup:
    """Name a text in the policy of the page: no other may set a style or run."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return markupsafe.Markup("sha256-" + base64.b64encode(digest).decode("ascii"))


def _list_rows(block: TableBlock) -> list[tuple[int, list[str]]]:
    """The rows that the page shows, written for people; each with the number of its choice."""
    frame = block.frame.head(block.rows)
    columns = [
        [write_value(v, c.format) for v in frame[c.name].tolist()] for c in _list_columns(block)
    ]
    number = {value: k for k, (value, _) in enumerate(_list_choices(block), start=1)}
    groups = [number.get(value, 0) for value in frame[block.chips]] if number else [0] * len(frame)
    return [(group, list(row)) for group, *row in zip(groups, *columns, strict=True)]


def _list_columns(block: TableBlock) -> tuple[Column, ...]:
    """The columns of a page: one that a reader may not see holds nothing, and is no column."""
    return keep_filled(block.frame.head(block.rows), block.page_columns)


def _list_choices(block: TableBlock) -> list[tuple[str, int]]:
    """By what a reader can choose rows, with their number; nothing where that would not help."""
    if not block.chips:
        return []
    counts = block.frame[block.chips].value_counts(sort=False).sort_index()
    counts = counts.sort_values(ascending=False, kind="stable")
    chosen = [(str(value), int(n)) for value, n in counts.items()]
    return chosen if 1 < len(chosen) <= MOST_CHIPS else []


def _make_data_uri(svg: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")
