"""On which scales answers in numbers are, and what single numbers mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...core.names import NameIndex
from ...core.network import Network
from ...core.rows.ratings import SCALES, list_dimensions
from ...core.vocabulary import Vocabulary
from ...io.values.scales import read_scale
from ...io.values.words import missing_codes
from .layout import Grid, split_heading
from .mapping import OF_ITSELF, MappedColumn
from .names import find_organization
from .spoken import explain_numbers


def find_codes(
    net: Network, grid: Grid, columns: Sequence[MappedColumn]
) -> tuple[dict[str, Mapping[str, str]], float]:
    """What numbers mean, by what is asked, where headings say it; and the largest of them."""
    index, vocabulary = net.index, net.vocabulary
    at = {heading: k for k, heading in reversed([*enumerate(grid.headings)])}
    asked: dict[str, list[int]] = {}
    for column in columns:
        if not column.box and column.asks not in (*list_dimensions(), *OF_ITSELF):
            asked.setdefault(column.asks, []).append(at[column.heading])
    codes, tops = dict[str, Mapping[str, str]](), [0.0]
    for asks, positions in asked.items():
        cells = [text for k in positions for text in grid.column(k)]
        asking = [*(_drop_partner(index, grid.headings[k]) for k in positions), grid.above]
        found, top = explain_numbers(asking, cells, vocabulary)
        if found:
            codes[asks] = found
            tops.append(top)
    return codes, max(tops)


def _drop_partner(index: NameIndex, heading: str) -> str:
    """A heading without the organization that it is about."""
    parts = ((asked, row) for asked, row in split_heading(heading) if find_organization(index, row))
    return next((asked for asked, _ in parts), heading)


def find_scale(
    grid: Grid, columns: Sequence[MappedColumn], codes: Mapping[str, Mapping[str, str]]
) -> float:
    """The largest number among the answers, where they are numbers; missing codes do not count.

    Nor do numbers that have a meaning of their own.
    """
    rated = list_dimensions()
    asked = {e.heading: codes.get(e.asks, {}) for e in columns if not e.box and e.asks not in rated}
    cells = [
        text
        for k, heading in enumerate(grid.headings)
        if heading in asked
        for text in grid.column(k)
        if text not in asked[heading]
    ]
    numbers = [float(text) for text in cells if re.fullmatch(r"-?\d{1,3}(\.\d+)?", text)]
    valid = [number for number in numbers if number not in missing_codes() or 0 <= number < 8]
    return max(valid) if valid and 2 * len(numbers) > len(cells) and max(valid) > 1 else 0.0


def find_ratings(vocabulary: Vocabulary, grid: Grid, columns: Sequence[MappedColumn]) -> str:
    """The scale of ratings in numbers: the narrowest that holds them all; "" without any.

    Where a heading says that 1 is the best, the scale runs down.
    """
    rated = {column.heading for column in columns if column.asks in list_dimensions()}
    cells = [
        text
        for k, heading in enumerate(grid.headings)
        if heading in rated
        for text in grid.column(k)
        if re.fullmatch(r"\d{1,3}(\.\d+)?", text)
    ]
    numbers = [float(text) for text in cells if float(text) not in missing_codes()]
    if not numbers:
        return ""
    told = [said for heading in rated if (said := read_scale(heading, vocabulary)) is not None]
    numbers += [number for said in told for number in said.numbers]
    fitting = [s for s in SCALES if s[0] <= min(numbers) and max(numbers) <= s[1]]
    if not fitting:
        return ""
    low, top = fitting[0]
    return f"{top:g}-{low:g}" if any(said.turned for said in told) else f"{low:g}-{top:g}"
