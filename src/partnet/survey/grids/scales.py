"""On which scales answers in numbers are, and what single numbers mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...core.network import Network
from ...core.rows.ratings import SCALES
from ...core.vocabulary import Vocabulary
from ...core.wording.names import NameIndex
from ...io.values.scales import read_scale
from ...io.values.words import missing_codes
from .asked import is_rating
from .layout import Grid, split_heading
from .mapping import OF_ITSELF, MappedColumn
from .names import find_organization
from .spoken import NUMBER, explain_numbers, read_number_label

MUCH_LONGER = 1.6  # times another scale: 1 to 3 beside 1 to 5; 4 beside 5 may lack its 5
# What a heading says of its scale: (0-10), 1 to 5; no "1-3 times a month".
RANGE = re.compile(
    r"\b[01]\s*(?:-|\u2013|to)\s*(\d{1,2})\b(?!\s*(?:times|x\b|days?|hours?|weeks?|months?|years?|per\b))",
    re.IGNORECASE,
)


def find_numbers(
    net: Network, grid: Grid, columns: Sequence[MappedColumn]
) -> tuple[dict[str, Mapping[str, str]], float]:
    """What numbers mean, by what is asked, and the largest of all scales.

    Headings say it ("1 = daily", "0-10"), else the largest number is the strongest. Where questions
    have scales of their own, each becomes one as long as the longest: 4 of 4 is 10 of 10.
    """
    at = {heading: k for k, heading in reversed([*enumerate(grid.headings)])}
    asked: dict[str, list[int]] = {}
    for column in columns:
        if not column.box and not is_rating(column.asks) and column.asks not in OF_ITSELF:
            asked.setdefault(column.asks, []).append(at[column.heading])
    scales = {asks: _read_own(net, grid, positions) for asks, positions in asked.items()}
    longest = max((scale.top for scale in scales.values()), default=0.0)
    codes = {asks: scale.stretch(longest) for asks, scale in scales.items()}
    return {asks: found for asks, found in codes.items() if found}, longest if longest > 1 else 0.0


@dataclass(frozen=True)
class _Scale:
    """The numbers of one question: what some mean, the largest, and whether a heading says it."""

    codes: Mapping[str, str]
    top: float
    stated: bool

    def stretch(self, longest: float) -> Mapping[str, str]:
        """The codes on a scale as long as the longest; all numbers, where it is longer by much."""
        other = self.top > 0 and (self.stated or self.top * MUCH_LONGER <= longest)
        if not other or self.top == longest:
            return self.codes
        steps = {str(k): str(k) for k in range(int(self.top) + 1)}
        factor = longest / self.top
        return {
            code: f"{float(text) * factor:.6g}" if NUMBER.fullmatch(text) else text
            for code, text in {**steps, **self.codes}.items()
        }


def _read_own(net: Network, grid: Grid, positions: Sequence[int]) -> _Scale:
    """The scale of one question."""
    cells = [text for k in positions for text in grid.column(k)]
    asking = [*(_drop_partner(net.index, grid.headings[k]) for k in positions), grid.above]
    codes, top = explain_numbers(asking, cells, net.vocabulary)
    if top:
        return _Scale(codes, top, stated=True)
    ranges = [float(match[1]) for text in asking for match in RANGE.finditer(text)]
    largest = _find_largest([text for text in cells if text not in codes])
    stated = bool(ranges) and max(ranges) >= largest > 0
    return _Scale(codes, max(ranges) if stated else largest, stated)


def _find_largest(cells: Sequence[str]) -> float:
    """The largest number of cells that are numbers; missing codes do not count."""
    numbers = [float(text) for text in cells if re.fullmatch(r"-?\d{1,3}(\.\d+)?", text)]
    valid = [number for number in numbers if number not in missing_codes() or 0 <= number < 8]
    return max(valid, default=0.0) if 2 * len(numbers) > len(cells) else 0.0


def _drop_partner(index: NameIndex, heading: str) -> str:
    """A heading without the organization that it is about."""
    parts = ((asked, row) for asked, row in split_heading(heading) if find_organization(index, row))
    return next((asked for asked, _ in parts), heading)


def find_ratings(vocabulary: Vocabulary, grid: Grid, columns: Sequence[MappedColumn]) -> str:
    """The scale of ratings in numbers: the narrowest that holds them all; "" without any.

    Where a heading says that 1 is the best, the scale runs down.
    """
    rated = {column.heading for column in columns if is_rating(column.asks)}
    cells = [
        text
        for k, heading in enumerate(grid.headings)
        if heading in rated
        for cell in grid.column(k)
        for text in (read_number_label(cell) or cell,)
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
