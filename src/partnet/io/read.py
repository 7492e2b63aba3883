"""Reading a network: a folder of CSV files, one workbook, or a dict of DataFrames."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..core.arguments import checked
from ..core.collector import pause_collector
from ..core.errors import InputError, InputProblem, UsageError
from ..core.network import Network
from ..core.schema import FIRST_TABLES, PROVENANCE, TABLES, empty_table
from ..core.storage.system import explain_os_error
from ..core.storage.writing import settle_folder
from ..core.vocabulary import Vocabulary, default_vocabulary, fold_word
from ..core.wording.names import NameIndex, list_other_names
from .cells import RawTable
from .formats.opening import open_foreign
from .headers.columns import match_headers
from .headers.naming import name_tables
from .headers.row import list_needed
from .opened.csv_file import read_csv_tables
from .opened.packed import is_packed, unpack
from .opened.workbook import read_workbook_cells
from .shapes.turn import turn_tables
from .tables.folder import TEXTS, WORKBOOKS, open_folder
from .tables.frames import cells_of_frame
from .tables.joining import title_of
from .typed.accounts import Account, balance_rows
from .typed.columns import type_table
from .typed.draft import Draft
from .typed.identity import (
    list_placed_names,
    name_judged,
    resolve_references,
    settle_organizations,
)
from .typed.own_words import SHEET, extend_from_file, extend_from_sheet
from .typed.places import settle_places
from .typed.rows import settle_rows
from .values.habits import judge_source

Source = str | Path | Mapping[str, pd.DataFrame]


class Listed(NamedTuple):
    """Where the organizations stand: file, sheet, and the place and row of each."""

    file: str
    sheet: str
    rows: list[int]
    places: list[tuple[str, str]]


@dataclass(frozen=True)
class Reading:
    """What was read: the network's tables, all problems, the fate of the rows by table; and the
    sheets or files as they were opened, those that are a table under its name."""

    tables: dict[str, pd.DataFrame]
    problems: tuple[InputProblem, ...]
    accounts: dict[str, Account]
    vocabulary: Vocabulary
    listed: Listed
    opened: tuple[RawTable, ...] = ()


@checked
def read_network(
    source: Source,
    *,
    convener: str | None = None,
    vocabulary: Vocabulary | None = None,
    tables: Mapping[str, str] | None = None,
) -> Network:
    """Read a network from a folder of CSV files, one workbook, or DataFrames.

    Every problem of the input is collected in ``net.problems`` with where, what was found, what
    is allowed and what to do; rows that cannot be used are set aside and counted.

    Parameters
    ----------
    source : path, or mapping of str to DataFrame
        A folder with one CSV file a table (or a workbook beside them, for the organizations or the
        ties), such a folder packed as .zip, a workbook (.xlsx, .xlsm, .xls, .ods) with one sheet a
        table, one file of either kind, JSON with a list of objects for each table, or DataFrames by
        table name. Tables are known by their names, else by their headers; columns by name or alias
        in any order and case, also below title lines. A header may say what its numbers mean
        (1 = strongest, 0 = never, 2 = Data sharing), or that its amounts are in thousands. A list
        of ties alone is enough: the organizations that it names are taken.
        Matrices, a column of yes and no for each service, and several values in a cell are read as
        what they mean, and what was recognized is said in a note. Unknown columns are kept as text.
    convener : str, optional
        Id or name of the organization that convenes the network and is the hub of its own file;
        default: as the ``about`` table says.
    vocabulary : Vocabulary, optional
        Words beyond the shipped ones; a ``vocabulary`` sheet or vocabulary.toml adds to it.
    tables : mapping of str to str, optional
        Which sheet or file a table is, where neither its name nor its headers tell, for example
        ``{"ties": "Sheet1"}``.

    Returns
    -------
    Network

    Raises
    ------
    InputError
        The source cannot be opened, or holds no usable organizations table.
    UsageError
        `convener` is not in the network.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnet as pn
    >>> organizations = pd.DataFrame({"name": ["Cedar Clinic", "Knox Hospital"]})
    >>> ties = pd.DataFrame({"source": ["Cedar Clinic"], "target": ["Knox Hospital"]})
    >>> net = pn.read_network({"organizations": organizations.assign(kind="hospital"),
    ...                        "ties": ties.assign(relation="referral")})
    >>> net.ids.tolist(), len(net.ties)
    (['cedar-clinic', 'knox-hospital'], 1)
    """
    reading = read_tables(source, vocabulary=vocabulary, tables=tables)
    net = Network(reading.tables, reading.vocabulary, reading.problems)
    return net if convener is None else _with_convener(net, reading, convener)


def _with_convener(net: Network, reading: Reading, convener: str) -> Network:
    id_ = net.find(convener)
    about = net.table("about")
    others = about[about["setting"].str.lower() != "convener"]
    row = pd.DataFrame([{"setting": "convener", "value": id_, "provenance": ""}], dtype="str")
    tables = {**reading.tables, "about": pd.concat([others, row], ignore_index=True)}
    return replace(net, _tables=tables)


@pause_collector()
def read_tables(
    source: Source,
    *,
    vocabulary: Vocabulary | None = None,
    tables: Mapping[str, str] | None = None,
) -> Reading:
    """Read and check all tables of a source; the work behind `read_network` and `check_tables`."""
    raws, words = _open_source(source, vocabulary or default_vocabulary(), own=bool(tables))
    by_name, notes = name_tables(raws, tables)
    opened = _name_opened(raws, by_name)
    by_name = turn_tables(by_name)
    if "organizations" not in by_name:
        raise InputError(_explain_no_organizations(source, raws, by_name), notes)
    return replace(_type_tables(by_name, notes, words), opened=opened)


def _name_opened(raws: Iterable[RawTable], named: Mapping[str, RawTable]) -> tuple[RawTable, ...]:
    """Sheets and files as they were opened, with the name of the table that each is."""
    names = {
        (part.file, part.sheet, part.header_row): name
        for name, raw in named.items()
        for part in raw.parts or (raw,)
    }
    return tuple(
        raw if raw.table
        else replace(raw, table=names.get((raw.file, raw.sheet, raw.header_row), ""))
        for raw in raws
    )  # fmt: skip


def type_raw_tables(
    raws: Iterable[RawTable], vocabulary: Vocabulary, *, scale: float | None = None
) -> Reading:
    """Type and check raw tables that are there already; `scale` is the strongest number."""
    by_name, notes = name_tables(raws)
    return _type_tables(turn_tables(by_name), notes, vocabulary, scale)


def _type_tables(
    by_name: Mapping[str, RawTable],
    notes: list[InputProblem],
    words: Vocabulary,
    scale: float | None = None,
) -> Reading:
    manners = judge_source(by_name)
    if scale is not None:
        manners = replace(manners, declared={**manners.declared, "scale": str(scale)})
    drafts = {name: type_table(raw, TABLES[name], words, manners) for name, raw in by_name.items()}
    settle_organizations(drafts["organizations"], words)
    organizations = drafts["organizations"].frame
    others = [*list_other_names(organizations), *list_placed_names(organizations)]
    index = NameIndex(organizations["id"], organizations["name"], others)
    for name, draft in drafts.items():
        if name != "organizations":
            resolve_references(draft, index)
        if name == "judgments":
            name_judged(draft, index)
        settle_rows(draft, words)
    settle_places(drafts)
    early = [note for raw in by_name.values() for note in raw.notes]
    accounts = {name: balance_rows(draft, early) for name, draft in drafts.items()}
    problems = [*notes, *(problem for draft in drafts.values() for problem in draft.problems)]
    tables = {name: _finish(draft) for name, draft in drafts.items()}
    _add_skipped(tables, drafts.get("ties"))
    return Reading(tables, tuple(problems), accounts, words, _list_places(drafts["organizations"]))


def _list_places(draft: Draft) -> Listed:
    raw, rows = draft.raw, draft.frame.index.tolist()
    numbers, places = [raw.row_numbers[row] for row in rows], [raw.place_of(row) for row in rows]
    return Listed(raw.file, raw.sheet, numbers, places)


def _add_skipped(tables: dict[str, pd.DataFrame], ties: Draft | None) -> None:
    """Ties without an answer stand in the responses: who was asked about whom, and skipped it."""
    if ties is None or ties.skipped is None:
        return
    rows = ties.skipped
    by_target = rows["reported_by"] == rows["target"]
    skipped = pd.DataFrame(
        {
            "respondent": rows["source"].where(~by_target, rows["target"]),
            "organization": rows["target"].where(~by_target, rows["source"]),
            "relation": rows["relation"],
            "answered": "skipped",
            PROVENANCE: rows[PROVENANCE],
        }
    )
    blank = tables.get("responses", empty_table("responses"))
    filled = skipped.reindex(columns=blank.columns, fill_value="").astype("str")
    tables["responses"] = pd.concat([blank, filled], ignore_index=True)


def _finish(draft: Draft) -> pd.DataFrame:
    """Drop positions; rows that were set aside are gone by now."""
    frame = draft.frame.reset_index(drop=True)
    return frame if len(frame) else _blank_like(frame, draft)


def _blank_like(frame: pd.DataFrame, draft: Draft) -> pd.DataFrame:
    blank = empty_table(draft.table.name)
    extra = {name: frame[name] for name in frame if name not in blank}
    return blank.assign(**extra) if extra else blank


def _open_source(
    source: Source, vocabulary: Vocabulary, *, own: bool
) -> tuple[list[RawTable], Vocabulary]:
    """Open whatever was given; a vocabulary file or sheet beside the tables is used at once.

    With `own`, somebody said which sheet is which table: it is no file of another program.
    """
    try:
        return _open_tables(source, vocabulary, own=own)
    except OSError as error:
        place = error.filename or ("the tables given" if isinstance(source, Mapping) else source)
        raise InputError(explain_os_error(error, str(place))) from error


def _open_tables(
    source: Source, vocabulary: Vocabulary, *, own: bool
) -> tuple[list[RawTable], Vocabulary]:
    if isinstance(source, Mapping):
        raws = [cells_of_frame(name, frame) for name, frame in source.items()]
    elif not isinstance(source, str | os.PathLike):
        raise UsageError(
            f"source: found {type(source).__name__}. A network is read from a path, or from "
            "DataFrames by the name of their table. Give one of these."
        )
    else:
        path = Path(source)
        if is_packed(path):
            with unpack(path) as inside:
                return _open_tables(inside, vocabulary, own=own)
        settle_folder(path if path.is_dir() else path.parent)
        sheets = path.is_dir() or path.suffix.lower() in (*WORKBOOKS, *TEXTS)
        foreign = None if own and sheets else open_foreign(path, vocabulary)
        if foreign is not None:
            return foreign
        if path.is_dir():
            raws = open_folder(path)
            if (path / "vocabulary.toml").exists():
                vocabulary = extend_from_file(vocabulary, path / "vocabulary.toml")
        elif path.suffix.lower() in WORKBOOKS:
            raws = read_workbook_cells(path)
        elif path.suffix.lower() in TEXTS and path.is_file():
            raws = read_csv_tables(path)
        else:
            raise InputError(_explain_wrong_path(path))
    for raw in raws:
        if fold_word(title_of(raw)) == SHEET:
            vocabulary = extend_from_sheet(vocabulary, raw)
    return [raw for raw in raws if fold_word(title_of(raw)) != SHEET], vocabulary


def _explain_no_organizations(
    source: Source, raws: list[RawTable], by_name: Mapping[str, RawTable]
) -> str:
    where = "the tables given" if isinstance(source, Mapping) else Path(source).name
    found = ", ".join(title_of(raw) for raw in raws) or _list_workbooks(source) or "nothing"
    return (
        f"{where}: found {found}. A network needs a table organizations (columns name and kind) "
        f"and one of the others ({', '.join(FIRST_TABLES[1:])}). {_tell_lacking(by_name)}"
        "Start from: partnet template my.xlsx"
    )


def _tell_lacking(by_name: Mapping[str, RawTable]) -> str:
    """Which columns those tables lack that were recognized by their names."""
    said = ""
    for name, raw in by_name.items():
        found = match_headers(raw, TABLES[name]).columns
        lacking = [column for column in list_needed(TABLES[name]) if column not in found]
        if lacking:
            said += f'"{title_of(raw)}" is called as the table {name}, and lacks the '
            said += f"column{'s' * (len(lacking) > 1)} {' and '.join(lacking)}. "
    return said


def _list_workbooks(source: Source) -> str:
    """The workbooks of a folder without other files, of which none was read."""
    folder = Path(source) if not isinstance(source, Mapping) else None
    if folder is None or not folder.is_dir():
        return ""
    names = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in WORKBOOKS)
    return f"the workbooks {', '.join(names[:4])}; give one of them" if names else ""


def _explain_wrong_path(path: Path) -> str:
    found = f"a file of type {path.suffix or 'unknown'}" if path.exists() else "nothing there"
    return (
        f"{path.name}: found {found}. A network is a folder of CSV files or a workbook "
        f"({', '.join(WORKBOOKS)}). Check the path."
    )


def set_aside_rows(problems: Iterable[InputProblem]) -> int:
    """Count the rows that were set aside; a problem of a whole table counts all of its rows."""
    rows: dict[tuple[str, str], set[int | None]] = {}
    whole: dict[tuple[str, str], int] = {}
    for p in problems:
        if p.set_aside == "row":
            place = p.where.file, p.where.sheet
            rows.setdefault(place, set()).add(p.where.row)
            whole[place] = max(whole.get(place, 0), p.rows)
    return sum(max(len(found), whole[place]) for place, found in rows.items())
