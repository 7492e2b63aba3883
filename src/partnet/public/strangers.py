"""Recipients of whom a file of grants tells nothing but the name: partners only where others do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from ..core.errors import InputProblem, Where
from .reading.family import PublicFile

READER = "irs_grants"  # foundations pay museums, churches and clubs: most of its rows are none
UNTOLD = "other"
ALLOWED = (
    "Of recipients of grants those are kept whom their name, or another file, tells to be a "
    "partner; the others only where they are asked for."
)


def leave_out_strangers(
    files: Sequence[PublicFile], parts: Sequence[pd.DataFrame]
) -> tuple[list[PublicFile], list[pd.DataFrame]]:
    """Set aside grants to organizations that neither their name nor another file tells of.

    An organization is told of where its name says what it does (local government, a hospital
    association, a free clinic), or where another file has its EIN. `parts` are the organizations
    of each file that are in the region; who was asked for widely is kept.
    """
    told = {
        ein
        for file, part in zip(files, parts, strict=True)
        if file.reader != READER and "ein" in part
        for ein in part["ein"]
    }
    pairs = [
        _leave_out(file, part, told) if file.reader == READER and not file.wide else (file, part)
        for file, part in zip(files, parts, strict=True)
    ]
    return [file for file, _ in pairs], [part for _, part in pairs]


def _leave_out(
    file: PublicFile, part: pd.DataFrame, told: set[str]
) -> tuple[PublicFile, pd.DataFrame]:
    strange = (part["kind"] == UNTOLD) & ~part["ein"].isin(told)
    names = dict(zip(part.loc[strange, "id"], part.loc[strange, "name"], strict=True))
    if not names:
        return file, part
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
    listed = file.tables["organizations"]
    tables = {**file.tables, "organizations": listed[~listed["id"].isin(names)]}
    if "funding" in tables:
        tables["funding"] = tables["funding"][~tables["funding"]["recipient"].isin(names)]
    owners = {row: owner for row, owner in file.owners.items() if owner not in names}
    left = replace(file, tables=tables, problems=(*file.problems, *problems), owners=owners)
    return left, part[~strange]
