"""Tables of a report in a workbook: real tables of Excel, as wide as what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

import pandas as pd

from ...core.results.shown import Column
from ...core.wording.formats import shown_number
from .cells import (
    LINE,
    Styles,
    checked,
    count_pages,
    fit,
    measure_room,
    set_height,
    set_print,
)
from .sheets import BETWEEN, HEAD, Placed, Sheet, name_table

MOST_ROWS = 1_048_000
MOST_SET = 5_000  # rows whose height is set
LEAST, MOST, WIDE = 9, 36, 66  # characters of a column of text; of one that holds long texts
LONG = 130  # characters of a long text
WIDTHS = {"count": 9, "score": 9, "share": 9, "dollars": 14, "date": 12, "year": 9}
BARS = {"severity": "#F6DDA6", "share": "#C5E1F2"}  # what lies between 0 and 1 is drawn as a bar
STYLE = "Table Style Light 1"  # thin lines, every other row gray


def write_sheet(sheet: Any, styles: Styles, plan: Sheet, *, first: int) -> None:
    """Write the tables of a sheet; `first` is the number of the first of them."""
    widths = _measure_widths(plan.tables)
    write = partial(_write_table, sheet, styles, widths)
    for k, width in enumerate(widths):
        sheet.set_column(k, k, width)
    heights = [write(one, first + k) for k, one in enumerate(plan.tables)]
    if len(plan.tables) == 1:
        one = plan.tables[0]
        set_print(sheet, header=one.header)
        sheet.freeze_panes(one.header + 1, 1)
        if one.block.columns:
            _draw_bars(sheet, one)
        _print_a_page(sheet, styles, one, heights[0], widths)
        return
    set_print(sheet)
    read = [(one, sum(high)) for one, high in zip(plan.tables, heights, strict=True) if one.printed]
    last = read[-1][0]
    across = max(len(one.block.columns) for one, _ in read)
    if last is not plan.tables[-1]:
        sheet.print_area(0, 0, last.end, across - 1)
        names = ", ".join(one.name for one in plan.tables if not one.printed)
        told = f"Beneath what is printed: {names}."
        checked(sheet.write_string(1, 0, told, styles.quiet))
    high = sum(height for _, height in read) + LINE * (HEAD + BETWEEN) * len(read)
    sheet.fit_to_pages(1, count_pages(high, measure_room(widths[:across])))


def _measure_widths(tables: Iterable[Placed]) -> list[float]:
    """Widths of columns in characters: of tables one beneath the other, the printed before all."""
    widths: list[float] = []
    for one in sorted(tables, key=lambda one: not one.printed):
        for k, column in enumerate(one.block.columns):
            if one.printed or k >= len(widths):
                widths += [LEAST] * (k + 1 - len(widths))
                widths[k] = max(widths[k], _measure_column(one, column))
    return widths


def _measure_column(one: Placed, column: Column) -> float:
    word = max(map(len, column.label.split()), default=0) + 4  # the arrow of the filter
    if column.format != "text":
        return max(WIDTHS.get(column.format, LEAST), word)
    longest = max((len(str(v)) for v in one.block.frame[column.name].head(MOST_SET)), default=0)
    return min(max(longest + 2, word, LEAST), WIDE if longest > LONG else MOST)


def _write_table(
    sheet: Any, styles: Styles, widths: list[float], one: Placed, number: int
) -> list[float]:
    """Write caption and table; gives the heights of its rows in points."""
    frame, columns = one.block.frame.head(MOST_ROWS), one.block.columns
    checked(sheet.write_string(one.row, 0, fit(one.block.caption), styles.heading))
    if frame.empty or not columns:
        checked(sheet.write_string(one.row + 1, 0, "No rows.", styles.wrapped))
        return []
    labels = _tell_apart([column.label for column in columns])
    checked(
        sheet.add_table(
            one.header,
            0,
            one.header + len(frame),
            len(columns) - 1,
            {
                "name": name_table(one.name, number),
                "style": STYLE,
                "columns": [{"header": label, "header_format": styles.header} for label in labels],
            },
        )
    )
    for k, column in enumerate(columns):
        _write_column(sheet, styles, one, k, column)
    set_height(sheet, one.header, list(zip(labels, map(int, widths), strict=False)))
    return _set_heights(sheet, one, widths)


def _tell_apart(labels: list[str]) -> list[str]:
    """Labels of which none is twice: Excel asks it of a table."""
    seen: Counter[str] = Counter()
    told = []
    for label in map(fit, labels):
        seen[label.lower()] += 1
        told.append(label if seen[label.lower()] == 1 else f"{label} ({seen[label.lower()]})")
    return told


def _write_column(sheet: Any, styles: Styles, one: Placed, k: int, column: Column) -> None:
    values, style = one.block.frame[column.name].head(MOST_ROWS), styles.cells[column.format]
    start = one.header + 1
    for row, value in enumerate(values.tolist(), start=start):
        if value is None or (not isinstance(value, str) and pd.isna(value)) or value == "":
            continue
        if column.format == "date":
            checked(sheet.write_datetime(row, k, value, style))
        elif column.format == "text" or isinstance(value, str):
            checked(sheet.write_string(row, k, fit(str(value)), styles.cells["text"]))
        else:
            checked(sheet.write_number(row, k, float(shown_number(value, column.format)), style))


def _draw_bars(sheet: Any, one: Placed) -> None:
    """Draw as bars what lies between 0 and 1, where its column has the width it asks for."""
    for k, column in enumerate(one.block.columns):
        if column.format in BARS:
            ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
            bar = {"type": "data_bar", "bar_solid": True, "bar_color": BARS[column.format], **ends}
            checked(sheet.conditional_format(one.header + 1, k, one.end, k, bar))


def _set_heights(sheet: Any, one: Placed, all_widths: list[float]) -> list[float]:
    """Make rows as high as their longest text: not every program does so when it opens a file."""
    texts = [k for k, column in enumerate(one.block.columns) if column.format == "text"]
    widths = [int(all_widths[k]) - 1 for k in texts]
    names = [one.block.columns[k].name for k in texts]
    frame = one.block.frame.head(MOST_SET)[names]
    rows = frame.itertuples(index=False, name=None)
    heights = [
        set_height(sheet, row, list(zip(map(str, values), widths, strict=True)))
        for row, values in enumerate(rows, start=one.header + 1)
    ]
    return heights if texts else [LINE] * len(frame)


def _print_a_page(
    sheet: Any, styles: Styles, one: Placed, heights: list[float], widths: list[float]
) -> None:
    """Print as many rows as a page holds, and say so where that is not all of them."""
    printed = _count_fitting(heights, measure_room(widths) - LINE * (HEAD + 2))
    total = len(one.block.frame)
    if printed < total:
        sheet.print_area(0, 0, one.header + printed, max(len(one.block.columns) - 1, 0))
        told = f"{total:,} rows; the first {printed:,} are printed. Widen the print area for more."
        checked(sheet.write_string(one.row + 1, 0, told, styles.quiet))
    sheet.fit_to_pages(1, 1)


def _count_fitting(heights: list[float], room: float) -> int:
    count = 0
    for height in heights:
        room -= height
        if count and room < 0:
            break
        count += 1
    return count
