"""What survey tools repeat and keep: parts of a record on rows or a sheet of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ...core.vocabulary import fold_word

KEPT = re.compile(
    r"record[_ ]id|redcap_\w+|\w+_complete|complete\?|repeat (instrument|instance)|event name"
    r"|(\w+ )?id|#|(object|global)id|_\w+|survey (identifier|timestamp)|\w+_timestamp",
    re.IGNORECASE,
)

Row = tuple[int, list[str]]


def join_sheets(sheets: Sequence[tuple[str, list[Row]]]) -> tuple[str, list[Row], list[str]]:
    """Put what KoBo repeats, on a sheet of its own, beside the rows that it belongs to.

    Gives the name of the sheet, its rows, and the record of each row below the header; records
    only where something is repeated.
    """
    name, rows = sheets[0]
    header = rows[0][1] if rows else []
    parts = [(n, found) for n, found in sheets[1:] if found and "_parent_index" in found[0][1]]
    if "_index" not in header or not parts:
        # of several sheets the one with the most columns: others hold keys, contacts, remarks
        name, rows = max(sheets, key=lambda sheet: max(len(row) for _, row in sheet[1]))
        return name, rows, []
    joined = list(_join_parts(header, rows[1:], [found for _, found in parts]))
    widened = [*header, *(t for _, found in parts for t in _own(found[0][1], found[0][1]))]
    sheet = parts[0][0] if len(parts) == 1 else name
    body: list[Row] = [(number, row) for _, number, row in joined]
    return sheet, [(rows[0][0], widened), *body], [record for record, _, _ in joined]


def _own(header: Sequence[str], row: Sequence[str]) -> list[str]:
    """Cells of a repeated part without those by which the tool keeps it."""
    wide = [*row, *[""] * (len(header) - len(row))]
    return [text for name, text in zip(header, wide, strict=False) if not name.startswith("_")]


def _join_parts(
    header: Sequence[str], rows: Sequence[Row], parts: Sequence[list[Row]]
) -> Iterator[tuple[str, int, list[str]]]:
    """Rows of one record: its own cells stand in the first."""
    key, width = header.index("_index"), len(header)
    widths = [len(_own(found[0][1], found[0][1])) for found in parts]
    repeated: dict[str, list[Row]] = defaultdict(list)
    for k, found in enumerate(parts):
        of = found[0][1].index("_parent_index")
        for line, row in found[1:]:
            said = [[""] * w for w in widths]
            said[k] = _own(found[0][1], row)[: widths[k]]
            parent = row[of] if of < len(row) else ""
            repeated[parent].append((line, [text for part in said for text in part]))
    for number, own in rows:
        wide = [*own, *[""] * (width - len(own))]
        own_parts = repeated.pop(wide[key], None) or [(number, [""] * sum(widths))]
        for k, (line, cells) in enumerate(own_parts):
            yield wide[key], line, [*(wide if k == 0 else [""] * width), *cells]
    for parent, left in repeated.items():  # of a row that is not there
        yield from ((parent or "?", line, [*[""] * width, *cells]) for line, cells in left)


def join_instruments(headings: Sequence[str], rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """Put the answers of a REDCap record into the first row of what it repeats.

    Gives the rows and the record of each; no records where nothing is repeated.
    """
    names = [fold_word(text).replace("_", " ") for text in headings]
    words = ("redcap repeat instrument", "repeat instrument")
    at = next((k for k, name in enumerate(names) if name in words), -1)
    if at < 0 or not any(at < len(row) and row[at] for _, row in rows):
        return [*rows], []
    joined: list[tuple[str, int, list[str]]] = []
    waiting: dict[str, Row] = {}
    for number, row in rows:
        record = row[0] if row else ""
        if at < len(row) and row[at]:
            _, own = waiting.pop(record, (0, []))
            filled = [a or b for a, b in zip_longest(row, own, fillvalue="")]
            joined.append((record, number, filled))
        else:
            if record in waiting:
                joined.append((record, *waiting[record]))
            waiting[record] = number, row
    joined += [(record, number, row) for record, (number, row) in waiting.items()]
    joined.sort(key=lambda found: found[1])
    return [(number, row) for _, number, row in joined], [record for record, _, _ in joined]


def is_kept_by_tool(heading: str) -> bool:
    """Tell whether a tool made a column, and nobody was asked it.

    Examples
    --------
    >>> is_kept_by_tool("redcap_repeat_instance"), is_kept_by_tool("How often do you meet?")
    (True, False)
    """
    return KEPT.fullmatch(heading) is not None or "display order" in fold_word(heading)
