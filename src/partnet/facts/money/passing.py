"""Money passed on: who holds the dollars of an award after sub-awards, and of which year they are.

A sub-award changes who holds money, not how much there is, nor when: what goes on under an award
leaves the dollars that the award has in the same year, then those of its other years, and counts in
their year. What goes beyond the award on file is counted where it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence

UNKNOWN_YEAR = "year not known"

Cells = dict[tuple[int, str], float]  # dollars by row of the funding table and fiscal year


def pass_on(cells: Mapping[Hashable, Cells], parents: Mapping[Hashable, Hashable]) -> None:
    """Take from every award what was passed on under it; changes `cells` in place.

    Parameters
    ----------
    cells : mapping of award to dict
        Dollars of every award by row and fiscal year.
    parents : mapping of award to award
        The award above each sub-award; both in `cells`. Those that would be above themselves
        have none.
    """
    above = {child: parent for child, parent in parents.items() if not _is_circle(child, parents)}
    below: dict[Hashable, list[Hashable]] = defaultdict(list)
    for child, parent in above.items():
        below[parent].append(child)
    waiting = [award for award in below if award not in above]
    while waiting:
        award = waiting.pop()
        _draw(cells[award], [cells[child] for child in below[award]])
        waiting += [child for child in below[award] if child in below]


def _is_circle(award: Hashable, parents: Mapping[Hashable, Hashable]) -> bool:
    """Whether the way up from an award comes back to it."""
    seen, at = {award}, parents.get(award)
    while at is not None and at not in seen:
        seen.add(at)
        at = parents.get(at)
    return at == award


def _draw(own: Cells, children: Sequence[Cells]) -> None:
    """Take from an award the dollars of the awards under it, all at once, year by year."""
    held = _sum_years([own])
    asked = _sum_years(children)
    drawn = {year: min(dollars, max(held.get(year, 0.0), 0.0)) for year, dollars in asked.items()}
    rest = {year: asked[year] - drawn[year] for year in asked}
    left = {year: max(held[year] - max(drawn.get(year, 0.0), 0.0), 0.0) for year in held}
    moved = min(sum(rest.values()), sum(left.values()))
    for child in children:
        _move(child, asked, rest, left, moved)
    total = sum(left.values())
    taken = {year: moved * dollars / total for year, dollars in left.items()} if total else {}
    for year in {*drawn, *taken}:
        _take(own, year, drawn.get(year, 0.0) + taken.get(year, 0.0))


def _sum_years(all_cells: Sequence[Cells]) -> dict[str, float]:
    years: dict[str, float] = defaultdict(float)
    for cells in all_cells:
        for (_, year), dollars in sorted(cells.items()):
            years[year] += dollars
    return dict(years)


def _move(
    child: Cells,
    asked: Mapping[str, float],
    rest: Mapping[str, float],
    left: Mapping[str, float],
    moved: float,
) -> None:
    """Give the dollars of a sub-award that its own year does not hold the years they come from.

    A year on file is not given up where the award above says none.
    """
    wanted, total = sum(rest.values()), sum(left.values())
    if not moved:
        return
    for (row, year), dollars in list(child.items()):
        part = dollars / asked[year] * rest[year] * moved / wanted if rest[year] else 0.0
        child[row, year] -= part
        for other, available in left.items():
            to = year if other == UNKNOWN_YEAR else other
            child[row, to] = child.get((row, to), 0.0) + part * available / total


def _take(own: Cells, year: str, dollars: float) -> None:
    """Take dollars of a year from an award, from each row in proportion to what it holds.

    What comes back (less than nothing) counts in its year, in proportion to all years.
    """
    rows = {row: held for (row, of), held in own.items() if of == year and held > 0}
    if not rows:
        rows = defaultdict(float)
        for (row, _), held in own.items():
            rows[row] += max(held, 0.0)
    total = sum(rows.values())
    for row, held in rows.items() if total else ():
        own[row, year] = own.get((row, year), 0.0) - dollars * held / total
