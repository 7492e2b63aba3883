"""How a notebook shows a result: the columns that people read, in no more room than a screen."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..wording.formats import NUMBERS, write_value
from ..wording.text import say_number
from .shown import MAIN, Column, Shown

if TYPE_CHECKING:
    import pandas as pd

    from .result import Result

SENTENCES, CHARACTERS = 3, 620  # that are open, and of them together; one is always
ROWS, COLUMNS, ROWS_PLAIN = 12, 6, 10
WIDTH, HEIGHT = 960.0, 520.0  # pixels of the table
LETTER, LINE, EDGE = 6.6, 16.0, 13.0  # pixels of a letter, a line, and around the text of a cell
LEAST_ROWS = 5
CELL = (
    "text-align:left;vertical-align:top;white-space:normal;overflow-wrap:break-word;padding:4px 6px"
)
NUMBER = CELL.replace("left", "right")
TABLE = "width:100%;table-layout:fixed;border-collapse:collapse;font-size:12px;line-height:16px"


def show_result(result: Result) -> str:
    """Write a result as HTML: sentences, the first table that is declared for people, the rest."""
    shown = choose_shown(result)
    table, said = _show_declared(result, shown) if shown else _show_plain(result)
    return (
        f'<section style="max-width:1000px"><h3>{html.escape(result.title)}</h3>'
        f"{_show_sentences(result.sentences)}{table}{_show_rest(result, said)}"
        f"{_show_method(result)}</section>"
    )


def choose_shown(result: Result) -> Shown | None:
    """The first declared table that has rows, before those that are left to the annex."""
    found = [
        shown
        for shown in result.shown
        if shown.people and not shown.line and not shown.chart and len(_view(result, shown))
    ]
    found.sort(key=lambda shown: not shown.rows)
    return found[0] if found else None


def _view(result: Result, shown: Shown) -> pd.DataFrame:
    return shown.view(result.frame(shown.table))


def _show_sentences(sentences: Sequence[str]) -> str:
    """The first sentences; the others behind a fold."""
    count = total = 0
    for sentence in sentences:
        total += len(sentence)
        if count and (total > CHARACTERS or count == SENTENCES):
            break
        count += 1
    rest = sentences[count:]
    noun = "sentence" if len(rest) == 1 else "sentences"
    more = f"<details><summary>{len(rest):,} more {noun}</summary>{_list(rest)}</details>"
    return f"{_list(sentences[:count])}{more if rest else ''}"


def _list(lines: Sequence[str]) -> str:
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f'<ul style="max-width:52em;margin:4px 0">{items}</ul>' if lines else ""


# -- the table -------------------------------------------------------------------------------------


def _show_plain(result: Result) -> tuple[str, list[str]]:
    """The main table as it is, where nothing is declared."""
    rows = len(result.table) if len(result.table) <= 3 * ROWS_PLAIN else ROWS_PLAIN
    table = result.preview(rows).to_html(border=0, float_format=say_number, na_rep="")
    more = len(result.table) - rows
    return f'<div style="overflow-x: auto">{table}</div>', _say_more(more, ".table")


def _say_more(rows: int, place: str) -> list[str]:
    """How many rows are not shown, and where they stand."""
    return [f"{rows:,} more {'row' if rows == 1 else 'rows'} in {place}"] if rows > 0 else []


def _show_declared(result: Result, shown: Shown) -> tuple[str, list[str]]:
    """The table, and what of it is not shown."""
    frame = _view(result, shown)
    if shown.table == MAIN and result.lead and shown.pick is None:
        frame = result.order_rows(frame)
    wanted = _choose_columns(frame, shown)
    columns = wanted[:COLUMNS]
    head = frame.head(min(shown.rows or ROWS, ROWS))
    texts = [[write_value(value, c.format) for value in head[c.name]] for c in columns]
    widths = _share_width(columns, texts)
    count = _count_rows(texts, widths)
    rows = list(zip(*texts, strict=True))[:count]
    place = ".table" if shown.table == MAIN else f'.tables["{shown.table}"]'
    said = _say_more(len(frame) - count, place)
    if shown.table != MAIN and len(result.table):
        said.append(f"{len(result.table):,} rows in .table")
    if columns != list(shown.visible(frame)):
        said.append(f"all columns in {place}")
    return _write_table(columns, rows, widths), said


def _choose_columns(frame: pd.DataFrame, shown: Shown) -> list[Column]:
    """Columns of the page; not one that says the same in every row."""
    page = [column for column in shown.visible(frame) if column.seen == "page"]
    telling = [c for c in page if len(frame) < 2 or frame[c.name].astype(str).nunique() > 1]
    return telling or page


def _share_width(columns: list[Column], texts: list[list[str]]) -> list[float]:
    """Share the width by what columns hold; no word is broken that need not be."""
    every = [[column.label, *text] for column, text in zip(columns, texts, strict=True)]
    least = [
        min(
            EDGE + LETTER * max(len(word) for text in cells for word in (text or " ").split(" ")),
            150,
        )
        for cells in every
    ]
    wanted = [max(sum(map(len, cells)) / len(cells), 1.0) ** 0.9 for cells in every]
    free = max(WIDTH - sum(least), 0.0)
    widths = [low + free * want / sum(wanted) for low, want in zip(least, wanted, strict=True)]
    return [width * WIDTH / sum(widths) for width in widths]


def _count_rows(texts: list[list[str]], widths: list[float]) -> int:
    """How many rows fit; five are shown however high they are."""
    high, count = 0.0, 0
    for row in zip(*texts, strict=True):
        lines = max(-(-len(t) * LETTER // (w - EDGE)) for t, w in zip(row, widths, strict=True))
        high += max(lines, 1.0) * LINE + 8.0
        if high > HEIGHT and count >= LEAST_ROWS:
            break
        count += 1
    return count


def _write_table(columns: list[Column], rows: list[tuple[str, ...]], widths: list[float]) -> str:
    look = [NUMBER if column.format in NUMBERS else CELL for column in columns]
    shares = "".join(f'<col style="width:{width / WIDTH:.1%}">' for width in widths)
    heads = _write_row("th", [column.label for column in columns], look, ' scope="col"')
    body = "".join(f"<tr>{_write_row('td', row, look)}</tr>" for row in rows)
    return (
        f'<table style="{TABLE}"><colgroup>{shares}</colgroup><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _write_row(tag: str, row: Sequence[str], look: list[str], more: str = "") -> str:
    return "".join(
        f'<{tag}{more} style="{style}">{html.escape(text)}</{tag}>'
        for text, style in zip(row, look, strict=True)
    )


# -- the rest --------------------------------------------------------------------------------------


def _show_rest(result: Result, said: list[str]) -> str:
    """Where the rest stands."""
    if result.tables:
        said = [*said, f"further tables in .tables: {', '.join(result.tables)}"]
    return f"<p><small>{html.escape('; '.join(said))}</small></p>" if said else ""


def _show_method(result: Result) -> str:
    lines: list[Any] = result.method.lines()
    return f"<details><summary>Method</summary>{_list(lines)}</details>"
