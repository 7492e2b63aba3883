"""From a foreign file to raw tables: known by its content, completed, its side file taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ...core.errors import InputError, UsageError
from ...core.schema import TABLES
from ...core.storage.writing import hash_bytes
from ...core.vocabulary import Vocabulary, fold_word
from ..cells import RawTable
from .containers.records import list_record_tables
from .model import Foreign, Format, Records
from .refused import refuse_foreign
from .registry import FORMATS
from .settle import settle_foreign
from .side import END, Side, apply_side, read_side, side_path
from .source import Source
from .two_modes import split_modes

OWN_TABLES = frozenset(fold_word(word) for t in TABLES.values() for word in (t.name, t.label))


def find_format(source: Source) -> Format | None:
    """Tell which format a file or folder has by its content; ``None`` where it has none of them."""
    if not source.path.exists() or source.path.name.startswith("~$"):
        return None
    if source.is_zip and {fold_word(name) for name in source.titles} & OWN_TABLES:
        return None  # a workbook of partnet's own: it is read only once
    return next((format_ for format_ in FORMATS if format_.sniff(source)), None)


def open_foreign(path: Path, vocabulary: Vocabulary) -> tuple[list[RawTable], Vocabulary] | None:
    """Open a file of a sister tool as raw tables; ``None`` where it is none.

    Parameters
    ----------
    path : Path
        A file, or a folder of files.
    vocabulary : Vocabulary
        The words known so far.

    Returns
    -------
    list of RawTable, Vocabulary
        Tables by name, and the words with those of the file added.

    Raises
    ------
    InputError
        It is of a known format and cannot be read, or of one that partnet refuses.
    """
    source = Source(path)
    format_ = find_format(source)
    if format_ is None:
        tables = list_record_tables(source)
        if tables:
            return tables, vocabulary
        refuse_foreign(source)
        return None
    side = read_side(path)
    if side is not None:
        written = next((f for f in FORMATS if f.name == side.format), format_)
        format_ = written if written.sniff(source) else format_
        vocabulary = _add_words(path, vocabulary, side)
    foreign, vocabulary = read_foreign(source, format_, vocabulary)
    if side is not None:
        _say_side(foreign, path, side)
        apply_side(foreign, side)
    return list_raw_tables(foreign, side), vocabulary


def read_foreign(
    source: Source, format_: Format, vocabulary: Vocabulary
) -> tuple[Foreign, Vocabulary]:
    """Read a file without its side file, and complete its rows."""
    foreign = format_.read(source)
    foreign.problems[:0] = source.notes
    split_modes(foreign)
    return foreign, settle_foreign(foreign, vocabulary)


def _add_words(path: Path, vocabulary: Vocabulary, side: Side) -> Vocabulary:
    try:
        return vocabulary.extend(side.words)
    except (UsageError, AttributeError, TypeError, ValueError) as error:
        raise InputError(
            f"{side_path(path).name}: found words that cannot be used ({error}). Put back the "
            "side file as it was written, or delete it."
        ) from error


def _say_side(foreign: Foreign, path: Path, side: Side) -> None:
    """Say that a side file is used, if it keeps anything."""
    if side.tables or any(part.rows or part.without for part in side.parts.values()):
        whole = foreign.file not in side.files or _is_unchanged(path, side)
        since = "" if whole else " What was changed in the file since stays changed."
        foreign.note(
            f"{path.name}{END} beside it",
            f"It keeps what {foreign.label} cannot hold.",
            f"It was taken back.{since}",
        )


def _is_unchanged(path: Path, side: Side) -> bool:
    return path.is_dir() or hash_bytes(path.read_bytes()) == side.files[path.name]


def list_raw_tables(foreign: Foreign, side: Side | None = None) -> list[RawTable]:
    """Give all tables as raw cells; problems stand with the first one."""
    raws = []
    for name, records in foreign.tables().items():
        columns = side.parts[name].columns if side and name in side.parts else []
        if len(records) or name == "organizations":
            merged = bool(columns)
            file = f"{foreign.file} with {foreign.file}{END}" if merged else foreign.file
            raws.append(_make_raw(name, file, records, columns))
    for name, rows in (side.tables if side else {}).items():
        kept = Records(rows, list(range(1, len(rows) + 1)), [], name)
        file = f"{foreign.file}{END}"
        raws.append(_make_raw(name, file, kept, side.columns[name] if side else []))
    notes = tuple(foreign.problems)
    return [replace(raws[0], notes=notes), *raws[1:]]


def _make_raw(name: str, file: str, records: Records, columns: Sequence[str]) -> RawTable:
    """One table as raw cells: the columns of the network first, where a side file tells them."""
    listed = [*columns, *(c for c in _list_columns(name, records) if c not in set(columns))]
    rows = [[row.get(column, "") for column in listed] for row in records.rows]
    return RawTable(file, records.sheet, tuple(listed), 0, rows, records.lines, table=name)


def _list_columns(name: str, records: Records) -> list[str]:
    """Required columns and all that any row fills, in order of appearance."""
    filled = dict.fromkeys(key for row in records.rows for key in row)
    return list(dict.fromkeys([*TABLES[name].required, *filled]))
