"""Problems of one kind and column as one entry: how often, where first, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from ..core.wording.text import join_words

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
    return pd.DataFrame([entry for entry, _ in list_groups(problems)], columns=COLUMNS)


def list_groups(problems: pd.DataFrame) -> list[tuple[dict[str, Any], list[int]]]:
    """Give each entry of `group_problems` with the positions of its problems."""
    if problems.empty:
        return []
    lone = ~problems["found"].str.startswith('"')  # says what is wrong itself: an empty cell
    kind = _strip_own(problems["fix"]) + _strip_own(problems["found"].where(lone, ""))
    keys = ["level", "set_aside", "table", "file", "sheet", "column", "allowed"]
    marked = problems.assign(kind=kind, position=range(len(problems)))
    parts = [part for _, part in marked.groupby([*keys, "kind"], sort=False)]
    entries = [(_make_entry(part), part["position"].tolist()) for part in parts]
    return sorted(entries, key=lambda pair: (pair[0]["level"] != "error", -pair[0]["count"]))


def _strip_own(texts: pd.Series) -> pd.Series:
    """Take away what a text says of its own cell; thousands of cells have few texts."""
    codes, words = pd.factorize(texts)
    bare = pd.Series([_OWN.sub("", word) for word in words], dtype="str")
    return pd.Series(bare.array.take(codes), index=texts.index, dtype="str")


def _make_entry(part: pd.DataFrame) -> dict[str, Any]:
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
