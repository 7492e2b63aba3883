"""Reading a network: a folder of CSV files, one workbook, or a dict of DataFrames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from ..core.errors import InputError, InputProblem, Where
from ..core.names import NameIndex
from ..core.network import Network
from ..core.schema import FIRST_TABLES, TABLES, empty_table
from ..core.vocabulary import Vocabulary, default_vocabulary, fold_word
from ..core.writing import settle_folder
from .cells import RawTable
from .columns import Draft, type_table
from .csv_file import read_csv_cells
from .formats.opening import open_foreign
from .frames import cells_of_frame
from .identity import resolve_references, settle_organizations
from .own_words import SHEET, extend_from_file, extend_from_sheet
from .rows import settle_rows
from .workbook import read_workbook_cells

COMPANIONS = ("review", "build_log")  # files that partnet build writes beside the tables
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")

Source = str | Path | Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Reading:
    """What was read: the network's tables, all problems, and rows read and used by table."""

    tables: dict[str, pd.DataFrame]
    problems: tuple[InputProblem, ...]
    rows_read: dict[str, int]
    vocabulary: Vocabulary


def read_network(
    source: Source, *, convener: str | None = None, vocabulary: Vocabulary | None = None
) -> Network:
    """Read a network from a folder of CSV files, one workbook, or DataFrames.

    Every problem of the input is collected in ``net.problems`` with where, what was found, what
    is allowed and what to do; rows that cannot be used are set aside and counted.

    Parameters
    ----------
    source : path, or mapping of str to DataFrame
        A folder with one CSV file a table, a workbook (.xlsx, .xlsm, .xls, .ods) with one sheet a
        table, or DataFrames by table name. Needed is ``organizations`` (columns name and kind);
        any of the other tables of DESIGN adds to it. Columns are matched by name or alias in any
        order and case; unknown columns are kept as text.
    convener : str, optional
        Id or name of the organization that convenes the network and is the hub of its own file;
        default: as the ``about`` table says.
    vocabulary : Vocabulary, optional
        Words beyond the shipped ones; a ``vocabulary`` sheet or vocabulary.toml adds to it.

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
    reading = read_tables(source, vocabulary=vocabulary)
    net = Network(reading.tables, reading.vocabulary, reading.problems)
    return net if convener is None else _with_convener(net, reading, convener)


def _with_convener(net: Network, reading: Reading, convener: str) -> Network:
    id_ = net.find(convener)
    about = net.table("about")
    others = about[about["setting"].str.lower() != "convener"]
    row = pd.DataFrame([{"setting": "convener", "value": id_, "provenance": ""}], dtype="str")
    tables = {**reading.tables, "about": pd.concat([others, row], ignore_index=True)}
    return replace(net, _tables=tables)


def read_tables(source: Source, *, vocabulary: Vocabulary | None = None) -> Reading:
    """Read and check all tables of a source; the work behind `read_network` and `check_tables`."""
    raws, words = _open_source(source, vocabulary or default_vocabulary())
    by_name, notes = _name_tables(raws)
    if "organizations" not in by_name:
        raise InputError(_explain_no_organizations(source, raws), notes)
    return _type_tables(by_name, notes, words)


def type_raw_tables(raws: Iterable[RawTable], vocabulary: Vocabulary) -> Reading:
    """Type and check raw tables that are there already."""
    by_name, notes = _name_tables(raws)
    return _type_tables(by_name, notes, vocabulary)


def _type_tables(
    by_name: Mapping[str, RawTable], notes: list[InputProblem], words: Vocabulary
) -> Reading:
    drafts = {name: type_table(raw, TABLES[name], words) for name, raw in by_name.items()}
    settle_organizations(drafts["organizations"], words)
    organizations = drafts["organizations"].frame
    index = NameIndex(organizations["id"], organizations["name"])
    for name, draft in drafts.items():
        if name != "organizations":
            resolve_references(draft, index)
        settle_rows(draft, words)
    problems = [*notes, *(problem for draft in drafts.values() for problem in draft.problems)]
    tables = {name: _finish(draft) for name, draft in drafts.items()}
    read = {name: _count_rows(name, by_name) for name in drafts}
    return Reading(tables, tuple(problems), read, words)


def _count_rows(name: str, raws: Mapping[str, RawTable]) -> int:
    """Count the rows of a table, those too that were set aside before they were typed."""
    aside = sum(p.set_aside == "row" and p.table == name for r in raws.values() for p in r.notes)
    return len(raws[name].rows) + aside


def _finish(draft: Draft) -> pd.DataFrame:
    """Drop positions; rows that were set aside are gone by now."""
    frame = draft.frame.reset_index(drop=True)
    return frame if len(frame) else _blank_like(frame, draft)


def _blank_like(frame: pd.DataFrame, draft: Draft) -> pd.DataFrame:
    blank = empty_table(draft.table.name)
    extra = {name: frame[name] for name in frame if name not in blank}
    return blank.assign(**extra) if extra else blank


def _open_source(source: Source, vocabulary: Vocabulary) -> tuple[list[RawTable], Vocabulary]:
    """Open whatever was given; a vocabulary file or sheet beside the tables is used at once."""
    if isinstance(source, Mapping):
        raws = [cells_of_frame(name, frame) for name, frame in source.items()]
    else:
        path = Path(source)
        settle_folder(path if path.is_dir() else path.parent)
        foreign = open_foreign(path, vocabulary)
        if foreign is not None:
            return foreign
        if path.is_dir():
            raws = [read_csv_cells(file) for file in sorted(path.glob("*.csv"))]
            if (path / "vocabulary.toml").exists():
                vocabulary = extend_from_file(vocabulary, path / "vocabulary.toml")
        elif path.suffix.lower() in WORKBOOKS:
            raws = read_workbook_cells(path)
        else:
            raise InputError(_explain_wrong_path(path))
    for raw in raws:
        if fold_word(_title(raw)) == SHEET:
            vocabulary = extend_from_sheet(vocabulary, raw)
    return [raw for raw in raws if fold_word(_title(raw)) != SHEET], vocabulary


def _title(raw: RawTable) -> str:
    return raw.sheet or Path(raw.file).stem


def _name_tables(raws: Iterable[RawTable]) -> tuple[dict[str, RawTable], list[InputProblem]]:
    """Find out which table each sheet or file is; others are named in a note."""
    words = {fold_word(word): t.name for t in TABLES.values() for word in t.words}
    found: dict[str, RawTable] = {}
    notes: list[InputProblem] = []
    for raw in raws:
        name = raw.table or words.get(fold_word(_title(raw)))
        if name is None and _title(raw) in COMPANIONS:
            continue
        if name is None or name in found:
            reason = "which is no table of a network" if name is None else "a second time"
            notes.append(
                InputProblem(
                    Where(raw.file, raw.sheet),
                    f'"{_title(raw)}", {reason}',
                    f"Tables are called {', '.join(TABLES)}.",
                    "It is not read. Rename it if it should be.",
                    level="note",
                )
            )
        else:
            found[name] = raw
    return dict(sorted(found.items(), key=lambda item: list(TABLES).index(item[0]))), notes


def _explain_no_organizations(source: Source, raws: list[RawTable]) -> str:
    where = "the tables given" if isinstance(source, Mapping) else Path(source).name
    found = ", ".join(_title(raw) for raw in raws) or "nothing"
    return (
        f"{where}: found {found}. A network needs a table organizations (columns name and kind) "
        f"and one of the others ({', '.join(FIRST_TABLES[1:])}). "
        "Start from: partnet template my.xlsx"
    )


def _explain_wrong_path(path: Path) -> str:
    found = f"a file of type {path.suffix or 'unknown'}" if path.exists() else "nothing there"
    return (
        f"{path.name}: found {found}. A network is a folder of CSV files or a workbook "
        f"({', '.join(WORKBOOKS)}). Check the path."
    )


def set_aside_rows(problems: Iterable[InputProblem]) -> int:
    """Count the rows that were set aside."""
    return len(
        {(p.where.file, p.where.sheet, p.where.row) for p in problems if p.set_aside == "row"}
    )
