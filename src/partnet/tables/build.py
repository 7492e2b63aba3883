"""From public files to the folder of a network, with a log of what became of every row."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from ..errors import InputError, UsageError
from ..files import write_folder_atomically
from ..results import Result
from ..safety import escape_cell
from ..wording import join_words
from .build_log import Built, make_build_result, write_log
from .csvfile import read_csv_cells
from .match import match_organizations
from .merge import merge_organizations, merge_tables, tell_namesakes_apart
from .places import STATES
from .public.family import PublicFile
from .public.readers import read_public_file
from .region import read_state_code, select_region

WRITTEN = frozenset(
    {"organizations.csv", "services.csv", "memberships.csv", "funding.csv", "about.csv"}
    | {"review.csv", "judgements.csv", "build_log.json", "build_log.txt"}
)
JUDGEMENTS = ("same", "not the same")


def build_network_folder(
    output: str | Path,
    *,
    state: str,
    cms_hospitals: str | Path | None = None,
    fcc_pilot: str | Path | None = None,
    border_km: float = 0.0,
) -> Result:
    """Turn public files into the network of a State, as a folder that ``read_network`` reads.

    Parameters
    ----------
    output : path
        The folder to write. One that was built before is replaced as a whole; its
        ``judgements.csv`` is obeyed and kept. A folder that holds anything else is refused.
    state : str
        The State, for example NE.
    cms_hospitals, fcc_pilot : path, optional
        CMS Hospital General Information; sites of the FCC Rural Health Care Pilot (2012). At
        least one.
    border_km : float, default 0
        Keep organizations of other States up to this far from the center of a county of the
        State, marked ``context`` = yes: patients cross the line (150 is about two hours by road).

    Returns
    -------
    Result
        ``.table``, one row a file: rows read, used, in other States, set aside. ``.tables``:
        ``merged`` and ``review`` (pairs with the evidence side by side), ``problems`` (rows set
        aside and cells mended, each with its row), ``kinds``.

    Raises
    ------
    InputError
        A file is not what it should be, or knows no organization of the State.
    UsageError
        No file is given, the State is unknown, or the folder holds something that would be lost.
    """
    code = read_state_code(state)
    folder = Path(output)
    _check_folder(folder)
    judgements = _read_judgements(folder)
    paths = {"cms_hospitals": cms_hospitals, "fcc_pilot": fcc_pilot}
    files = [read_public_file(path, expected=key) for key, path in paths.items() if path]
    if not files:
        raise UsageError(
            "public files: found none. At least one is needed. Give --cms-hospitals or --fcc-pilot."
        )
    built = _build(files, code, border_km, judgements)
    result = make_build_result(built)
    write_folder_atomically(folder, _make_files(built, result))
    return result


def _build(
    files: Sequence[PublicFile], state: str, border_km: float, judgements: pd.DataFrame
) -> Built:
    parts = [select_region(file.tables["organizations"], state, border_km) for file in files]
    if not any((part["context"] == "").any() for part in parts):
        known = sorted({code for file in files for code in file.row_states.values()} - {""})
        raise InputError(
            f"{STATES[state]}: found no organization of this State in "
            f"{join_words([file.file for file in files])}, which cover {', '.join(known)}. "
            "Choose one of these States, or other files."
        )
    pairs = match_organizations(*parts, judgements=judgements).table
    same = pairs[pairs["decision"] == "same"]
    organizations, kept = merge_organizations(parts, same)
    tables = {
        "organizations": tell_namesakes_apart(organizations),
        **merge_tables([file.tables for file in files], kept),
        "about": _make_about(state, files),
    }
    review = _settle_review(pairs[pairs["decision"] == "review"], kept)
    return Built(state, files, parts, tables, same, review, judgements)


def _settle_review(review: pd.DataFrame, kept: Mapping[str, str]) -> pd.DataFrame:
    """Name the organizations that were kept; pairs that became one row are settled."""
    named = review.assign(a=review["a"].map(kept), b=review["b"].map(kept), judgement="")
    open_ = named[named["a"] != named["b"]].drop_duplicates(["a", "b"])
    first = ["a", "b", "judgement"]
    rest = [column for column in open_ if column not in [*first, "decision"]]
    return open_[[*first, *rest]].reset_index(drop=True).astype({"judgement": "str"})


def _make_about(state: str, files: Sequence[PublicFile]) -> pd.DataFrame:
    sources = [
        f"{file.family.name} ({file.family.publisher}; {file.release}; {file.family.licence})"
        for file in files
    ]
    cautions = [file.family.caution for file in files if file.family.caution]
    note = " ".join(
        [
            f"Made from public files: {join_words(sources)}.",
            *cautions,
            "Public files hold no ties between organizations; add those you know.",
        ]
    )
    rows = {
        "title": f"{STATES[state]}: organizations in public files",
        "state": state,
        "note": note,
    }
    return pd.DataFrame({"setting": list(rows), "value": list(rows.values())}, dtype="str")


# -- the folder ----------------------------------------------------------------------------------


def _check_folder(folder: Path) -> None:
    """Refuse to replace a folder that holds more than a build has written."""
    if not folder.is_dir():
        return
    foreign = sorted(item.name for item in folder.iterdir() if item.name not in WRITTEN)
    if foreign:
        raise UsageError(
            f"{folder}: found {foreign[0]} in the folder, which a build does not write and which "
            "would be lost. Build into another folder, or move this away."
        )


def _read_judgements(folder: Path) -> pd.DataFrame:
    """What a person decided about pairs, from the folder that is replaced."""
    path = folder / "judgements.csv"
    columns = ["a", "b", "judgement"]
    if not path.is_file():
        return pd.DataFrame(columns=columns, dtype="str")
    raw = read_csv_cells(path)
    table = pd.DataFrame(raw.rows, columns=list(raw.header), dtype="str")
    if not set(columns) <= set(table):
        raise InputError(
            f"{path.name}: found columns {', '.join(raw.header)}. A judgement has the columns a, b "
            "and judgement. Start from review.csv."
        )
    judged = table[table["judgement"].str.strip() != ""]
    for k, word in judged["judgement"].items():
        if word.strip().casefold() not in JUDGEMENTS:
            row = raw.row_numbers[k]
            raise InputError(
                f'{path.name}, row {row}, column "judgement": found "{word}". Allowed are '
                f"{join_words(JUDGEMENTS, final='or')}. Correct it, or leave it blank."
            )
    return judged.reset_index(drop=True)


def _make_files(built: Built, result: Result) -> dict[str, bytes]:
    tables = dict(built.tables)
    if len(built.review):
        tables["review"] = built.review
    if len(built.judgements):
        tables["judgements"] = built.judgements
    files = {f"{name}.csv": _csv_bytes(table) for name, table in tables.items()}
    files["build_log.json"] = (result.to_json() + "\n").encode("utf-8")
    files["build_log.txt"] = write_log(built, result).encode("utf-8")
    return files


def _csv_bytes(table: pd.DataFrame) -> bytes:
    """Write a table of text; blank columns are left out, formulas made harmless."""
    cells = table.astype("str")
    filled = [name for name in cells if name == "judgement" or (cells[name] != "").any()]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(filled)
    for row in cells[filled].itertuples(index=False, name=None):
        writer.writerow([escape_cell(cell) for cell in row])
    return out.getvalue().encode("utf-8")
