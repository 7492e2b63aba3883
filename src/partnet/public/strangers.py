"""Recipients of whom a file of grants tells nothing but the name: partners only where others do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core.errors import InputProblem, Where
from .reading.family import PublicFile

READER = "irs_grants"  # foundations pay museums, churches and clubs: most of its rows are none
UNTOLD = "other"
ALLOWED = (
    "Of recipients of grants those are kept whom their name, or another file, tells to be a "
    "partner; the others only where they are asked for."
)


def leave_out_strangers(files: Sequence[PublicFile]) -> list[PublicFile]:
    """Set aside grants to organizations that neither their name nor another file tells of.

    An organization is told of where its name says what it does (local government, a hospital
    association, a free clinic), or where another file has its EIN.
    """
    told = {
        ein
        for file in files
        if file.reader != READER and "ein" in (table := file.tables["organizations"])
        for ein in table["ein"]
    }
    return [_leave_out(file, told) if file.reader == READER else file for file in files]


def _leave_out(file: PublicFile, told: set[str]) -> PublicFile:
    table = file.tables["organizations"]
    if table.empty:
        return file
    strange = (table["kind"] == UNTOLD) & ~table["ein"].isin(told)
    names = dict(zip(table.loc[strange, "id"], table.loc[strange, "name"], strict=True))
    problems = [
        InputProblem(
            Where(file.file, "", row, "RecipientEIN"),
            f'"{names[owner]}"',
            ALLOWED,
            "The row is set aside.",
            "note",
            "",
            "row",
        )
        for row, owner in file.owners.items()
        if owner in names
    ]
    funding = file.tables.get("funding")
    tables = {**file.tables, "organizations": table[~strange]}
    if funding is not None:
        tables["funding"] = funding[~funding["recipient"].isin(names)]
    owners = {row: owner for row, owner in file.owners.items() if owner not in names}
    return replace(file, tables=tables, problems=(*file.problems, *problems), owners=owners)
