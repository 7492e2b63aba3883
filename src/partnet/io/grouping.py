"""Problems of one kind and column as one entry: how often, where first, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from ..core.text import join_words

COLUMNS = ["level", "set_aside", "table", "file", "sheet", "column", "count", "rows", "found",
           "allowed", "fix"]  # fmt: skip
FIRST_ROWS, FIRST_FOUND = 5, 3  # rows and cells that an entry names
_OWN = re.compile(r'^Did you mean .*?\? |"[^"]*"|\b\d[\d,.-]*\b|\bread as .*')


def group_problems(problems: pd.DataFrame) -> pd.DataFrame:
    """Join problems that one person mends in one go.

    Parameters
    ----------
    problems : DataFrame
        One row a problem, as ``check_tables(...).table``.

    Returns
    -------
    DataFrame
        One row a kind and column: ``level``, ``set_aside``, ``table``, ``file``, ``sheet``,
        ``column``, ``count``, ``rows`` (the first ones, in words), ``found``, ``allowed``, ``fix``;
        errors first, the most frequent first.
    """
    if problems.empty:
        return pd.DataFrame(columns=COLUMNS)
    kind = problems["fix"].str.replace(_OWN, "", regex=True)
    lone = ~problems["found"].str.startswith('"')  # says what is wrong itself: an empty cell
    kind = kind + problems["found"].str.replace(_OWN, "", regex=True).where(lone, "")
    keys = ["level", "set_aside", "table", "file", "sheet", "column", "allowed"]
    rows = [
        _make_entry(part)
        for _, part in problems.assign(kind=kind).groupby([*keys, "kind"], sort=False)
    ]
    entries = pd.DataFrame(rows, columns=COLUMNS)
    order = entries.assign(note=entries["level"] != "error", often=-entries["count"])
    return entries.loc[order.sort_values(["note", "often"], kind="stable").index].reset_index(
        drop=True
    )


def _make_entry(part: pd.DataFrame) -> dict[str, object]:
    first = part.iloc[0]
    fix = first["fix"]
    if part["fix"].nunique() > 1:
        fix = re.sub(r"^Did you mean .*?\? ", "", fix)
    return {
        **{name: first[name] for name in COLUMNS if name in part},
        "count": len(part),
        "rows": _say_rows(part["row"].dropna().unique().tolist()),
        "found": _say_found(part["found"].unique().tolist()),
        "fix": fix,
    }


def _say_rows(rows: list[int]) -> str:
    named = [str(int(row)) for row in rows[:FIRST_ROWS]]
    more = len(rows) - len(named)
    if not named:
        return ""
    return join_words([*named, f"{more:,} more"] if more else named)


def _say_found(found: Iterable[str]) -> str:
    listed = list(found)
    more = len(listed) - FIRST_FOUND
    return "; ".join(listed[:FIRST_FOUND]) + (f" and {more:,} more" if more > 0 else "")
