"""Which column of an export is which of a mapping: by its words, whatever the tool put around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .layout import Grid
from .mapping import MappedColumn, SurveyMapping


def fold_heading(text: str) -> str:
    """Reduce a heading to its letters and digits, of any script.

    Examples
    --------
    >>> fold_heading("Works_with? [École]"), fold_heading("works with - École")
    ('works with école', 'works with école')
    """
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


class Headings:
    """The columns of an export, to be found by any of their names.

    A name is looked for as it stands, then without marks and case (``Question [row]`` is
    ``Question - row``), then behind the groups that KoBo and ODK put before it.
    """

    def __init__(self, grid: Grid) -> None:
        self.exact: dict[str, int] = {}
        folded: dict[str, set[int]] = {}
        tails: dict[str, set[int]] = {}
        for names in (grid.headings, grid.codes):
            for at, name in enumerate(names):
                if name:
                    self.exact.setdefault(name, at)
                    folded.setdefault(fold_heading(name), set()).add(at)
                    for tail in _list_tails(name):
                        tails.setdefault(tail, set()).add(at)
        self.steps = (_keep_sole(folded), _keep_sole(tails))

    def find(self, names: Iterable[str]) -> int | None:
        """Give the position of the column that has one of these names."""
        names = tuple(names)
        for name in names:
            if name in self.exact:
                return self.exact[name]
        folded, tails = self.steps
        found = (folded.get(fold_heading(name)) for name in names)
        behind = (tails.get(name) for name in names)
        return next((at for at in (*found, *behind) if at is not None), None)


def _list_tails(name: str) -> Iterator[str]:
    """What stands behind groups: "network/works_o001", "network-works_o001"."""
    for mark in ("/", "-"):
        _, found, tail = name.rpartition(mark)
        if found:
            yield tail


def _keep_sole(positions: dict[str, set[int]]) -> dict[str, int]:
    """Names that one column has."""
    return {name: min(at) for name, at in positions.items() if name and len(at) == 1}


def place_columns(
    grid: Grid, mapping: SurveyMapping
) -> tuple[int | None, dict[int, MappedColumn], list[MappedColumn]]:
    """Give the column of respondents, what each column read asks, and what is not there."""
    known = Headings(grid)
    who = known.find((mapping.respondent, *mapping.respondent_also))
    placed: dict[int, MappedColumn] = {}
    missing = []
    for column in mapping.columns:
        at = known.find(column.headings)
        if at is None or at in placed or at == who:
            missing.append(column)
        else:
            placed[at] = column
    spread = _place_options(grid, missing, {*placed, who})
    found = {column.headings for column in spread.values()}
    return who, placed | spread, [each for each in missing if each.headings not in found]


def _place_options(
    grid: Grid, columns: Iterable[MappedColumn], taken: set[int | None]
) -> dict[int, MappedColumn]:
    """Columns of a question that an export spreads, one for each answer: "Elk EMS - yes"."""
    by_name = {fold_heading(name): c for c in columns for name in c.headings}
    placed = {}
    for at, heading in enumerate(grid.headings):
        before, _, answer = heading.rpartition(" - ")
        column = by_name.get(fold_heading(before))
        if at not in taken and before and answer and column is not None:
            placed[at] = replace(column, box=True, means=answer)
    return placed
