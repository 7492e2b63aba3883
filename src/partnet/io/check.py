"""Checking tables before anything is computed: every problem at once, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from ..core.arguments import checked
from ..core.errors import InputProblem, Where
from ..core.results.result import Method, Result
from ..core.schema import TABLES
from ..core.storage.writing import check_output, refuse_input, write_file_atomically
from ..core.vocabulary import Vocabulary
from ..core.wording.text import count_noun
from .brands import list_brands
from .grouping import group_problems, list_groups
from .marks.marked import check_suffix, mark_workbook
from .read import Reading, Source, read_tables, set_aside_rows
from .twins import list_twins
from .typed.accounts import Account

COLUMNS = [
    "level",
    "set_aside",
    "table",
    "file",
    "sheet",
    "row",
    "column",
    "found",
    "allowed",
    "fix",
]


@checked
def check_tables(
    source: Source,
    *,
    vocabulary: Vocabulary | None = None,
    tables: Mapping[str, str] | None = None,
    output: str | Path | None = None,
) -> Result:
    """List everything in the input that is wrong, or that had to be assumed.

    Organizations that may stand there twice are named with what would decide; a table
    ``judgments`` (a, b: names or ids; judgment: same, not the same) settles them.

    Parameters
    ----------
    source : path, or mapping of str to DataFrame
        As in :func:`partnet.read_network`.
    vocabulary : Vocabulary, optional
        Words beyond the shipped ones.
    tables : mapping of str to str, optional
        Which sheet or file a table is, as in :func:`partnet.read_network`.
    output : path, optional
        Write the input again as a workbook with each problem's cell colored and commented, and
        with a first sheet that lists them with links to the cells. An Excel workbook is otherwise
        as it was, and the sentences say what could not be kept; other inputs are written as a
        workbook of their tables. Reading it again leaves the list out.

    Returns
    -------
    Result
        ``.table``: one row a problem with ``level`` (error, note), ``set_aside`` (row, cell or
        blank), ``table``, ``file``, ``sheet``, ``row`` (as Excel shows it), ``column``, ``found``,
        ``allowed``, ``fix``. ``.tables["rows"]``: by table the rows read, used, elsewhere (copies,
        persons, questions without an answer) and set aside; the first is the sum of the others.
        ``.tables["groups"]``: problems of one kind and column as one row, with their ``count``.

    Raises
    ------
    InputError
        The source cannot be opened, or holds no organizations table.
    UsageError
        `output` is no workbook, is the input, or is a file that somebody else made.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnet as pn
    >>> rows = pd.DataFrame({"name": ["Cedar Clinic"], "kind": ["clinic"], "zip": ["5980"]})
    >>> pn.check_tables({"organizations": rows}).table[["column", "found"]].values.tolist()
    [['zip', '"5980"']]
    """
    if output is not None:
        _check_output(Path(output), source)
    reading = read_tables(source, vocabulary=vocabulary, tables=tables)
    reading = replace(
        reading, problems=(*reading.problems, *list_twins(reading), *list_brands(reading))
    )
    rows = _count_rows(reading)
    table = list_problems(reading.problems)
    method = Method(
        "Every cell is compared with what its column allows; rows are checked together."
    )
    said = _say(reading, rows)
    if output is not None:
        said += _write_marked(Path(output), source, reading, said)
    return Result(
        verb="check_tables",
        title="Check of the tables",
        table=table,
        sentences=tuple(said),
        method=method,
        tables={"rows": rows, "groups": group_problems(table)},
    )


def _check_output(output: Path, source: Source) -> None:
    """Refuse, before the work starts, a path that cannot be written or would lose something."""
    check_suffix(output, source)
    if not isinstance(source, Mapping):
        refuse_input(output, [source])
    check_output(output)


def _write_marked(
    output: Path, source: Source, reading: Reading, sentences: Sequence[str]
) -> list[str]:
    """Write the marked workbook; what there is to say about it."""
    groups = [
        {**entry, "members": members}
        for entry, members in list_groups(list_problems(reading.problems))
    ]
    macros = output.suffix.lower() == ".xlsm"
    marked = mark_workbook(
        source, reading.opened, reading.problems, groups, sentences=sentences, macros=macros
    )
    write_file_atomically(output, marked.content)
    cells = count_noun(marked.cells, "cell is", "cells are")
    return [f"Written: {output}. {cells} marked; its first sheet lists why.", *marked.told]


def list_problems(problems: Sequence[InputProblem]) -> pd.DataFrame:
    """Give problems as a table, one row a problem."""
    rows = [
        (p.level, p.set_aside, p.table, *_place(p.where), p.found, p.allowed, p.fix)
        for p in problems
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"row": "Int64"})


def _place(where: Where) -> tuple[str, str, int | None, str]:
    return where.file, where.sheet, where.row, where.column


def _count_rows(reading: Reading) -> pd.DataFrame:
    rows = {name: account._asdict() for name, account in reading.accounts.items()}
    counts = pd.DataFrame.from_dict(rows, orient="index", columns=[*Account._fields])
    return counts.astype("int64").rename_axis("table")


def _say(reading: Reading, rows: pd.DataFrame) -> list[str]:
    errors = [p for p in reading.problems if p.level == "error"]
    aside = set_aside_rows(reading.problems)
    missing = [t.label.lower() for t in TABLES.values() if t.name not in reading.accounts]
    used = _say_rows(rows)
    if not errors:
        notes = len(reading.problems)
        if not notes and not rows.to_numpy().any():
            return [
                "Nothing is filled in yet: no row stands below the headers. Fill in organizations "
                "and one other table, save the file, and check it again."
            ]
        first = "The tables are fine." if not notes else "The tables can be used as they are."
        assumed = f"{count_noun(notes, 'note says', 'notes say')} what was assumed."
        return [first, used, *([assumed] if notes else [])]
    return [
        f"{count_noun(len(errors), 'cell or row needs', 'cells or rows need')} a correction; "
        f"{count_noun(aside, 'row is', 'rows are')} set aside until then.",
        used,
        f"Tables not given: {', '.join(missing)}." if missing else "Every table is given.",
    ]


def _say_rows(rows: pd.DataFrame) -> str:
    """Rows read = used + elsewhere + set aside."""
    total = rows.sum()
    stand = "stands elsewhere" if total["elsewhere"] == 1 else "stand elsewhere"
    parts = ((total["elsewhere"], stand), (total["set_aside"], "set aside"))
    rest = "".join(f", {count:,} {what}" for count, what in parts if count)
    used = "row" if total["read"] == 1 else "rows"
    verb = "is" if total["used"] == 1 else "are"
    return f"{total['used']:,} of {total['read']:,} {used} {verb} used{rest}."
