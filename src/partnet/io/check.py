"""Checking tables before anything is computed: every problem at once, in words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ..core.errors import InputProblem, Where
from ..core.results import Method, Result
from ..core.schema import TABLES
from ..core.text import count_noun
from ..core.vocabulary import Vocabulary
from .grouping import group_problems
from .read import Reading, Source, read_tables, set_aside_rows
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


def check_tables(source: Source, *, vocabulary: Vocabulary | None = None) -> Result:
    """List everything in the input that is wrong, or that had to be assumed.

    Parameters
    ----------
    source : path, or mapping of str to DataFrame
        As in :func:`partnet.read_network`.
    vocabulary : Vocabulary, optional
        Words beyond the shipped ones.

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

    Examples
    --------
    >>> import pandas as pd
    >>> import partnet as pn
    >>> rows = pd.DataFrame({"name": ["Cedar Clinic"], "kind": ["clinic"], "zip": ["5980"]})
    >>> pn.check_tables({"organizations": rows}).table[["column", "found"]].values.tolist()
    [['zip', '"5980"']]
    """
    reading = read_tables(source, vocabulary=vocabulary)
    rows = _count_rows(reading)
    table = list_problems(reading.problems)
    method = Method(
        "Every cell is compared with what its column allows; rows are checked together."
    )
    return Result(
        verb="check_tables",
        title="Check of the tables",
        table=table,
        sentences=tuple(_say(reading, rows)),
        method=method,
        tables={"rows": rows, "groups": group_problems(table)},
    )


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
    parts = ((total["elsewhere"], "stand elsewhere"), (total["set_aside"], "set aside"))
    rest = "".join(f", {count:,} {what}" for count, what in parts if count)
    return f"{total['used']:,} of {total['read']:,} rows are used{rest}."
