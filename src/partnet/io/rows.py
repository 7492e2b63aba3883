"""Checks across the cells of one row, and between rows of one table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..core.arrays import PositionArray
from ..core.periods import PERIODS
from ..core.schema import PROVENANCE, Column
from ..core.spelling import fold_label, unify_spelling
from ..core.vocabulary import Vocabulary
from ..places.gazetteer import find_county
from .columns import Draft
from .parse import Cell, is_blank


def settle_rows(draft: Draft, vocabulary: Vocabulary) -> None:
    """Check what only whole rows can tell; every table has its own checks, all share three."""
    own = _OWN_CHECKS.get(draft.table.name)
    if own is not None:
        own(draft, vocabulary)
    _check_periods(draft)
    draft.frame = unify_spelling(draft.table.name, draft.frame)
    _drop_repeated_rows(draft)


def _settle_ties(draft: Draft, vocabulary: Vocabulary) -> None:
    _read_strengths(draft, vocabulary)
    _drop_self_ties(draft)


def _read_strengths(draft: Draft, vocabulary: Vocabulary) -> None:
    """Turn strength cells into numbers in (0, 1]; answers in words are kept beside them."""
    frame = draft.frame
    column = draft.table.column("strength")
    codes, pairs = _list_distinct_answers(frame, column)
    cells = [_read_strength(*pair, vocabulary) for pair in pairs]
    wrong = np.array([bool(cell.wrong) for cell in cells], dtype=bool)
    for row, code in zip(frame.index[wrong[codes]], codes[wrong[codes]], strict=True):
        fix = f"{cells[code].wrong} The tie counts as on file with no strength given."
        draft.report(row, "strength", f'"{pairs[code][0]}"', column.allowed, fix, set_aside="cell")
    numbers = np.array([cell.value for cell in cells], dtype=np.float64)
    frame["strength"] = pd.Series(numbers[codes], index=frame.index)
    words = [
        text if cell.value is not None and not _is_fraction(text) else ""
        for (text, _), cell in zip(pairs, cells, strict=True)
    ]
    written = pd.Series(np.array(words, dtype=object)[codes], index=frame.index, dtype="str")
    frame["answer"] = frame["answer"].where(frame["answer"] != "", written)


def _list_distinct_answers(
    frame: pd.DataFrame, column: Column
) -> tuple[PositionArray, list[tuple[str, str]]]:
    """List what stands in the strength cells, or else as answers, each with its ladder once.

    Millions of ties give few different answers: the number of its answer is kept for every row.
    """
    given = frame["strength"] if frame["strength"].dtype == "str" else frame["strength"].map(str)
    codes, words = pd.factorize(given)
    blank = np.array([is_blank(word, column) for word in words], dtype=bool)
    said, texts = pd.factorize(given.where(~blank[codes], frame["answer"]))
    on, ladders = pd.factorize(frame["ladder"])
    codes, pairs = pd.factorize(said * max(len(ladders), 1) + on)
    return codes, [
        (str(texts[k // len(ladders)]), str(ladders[k % len(ladders)])) for k in pairs.tolist()
    ]


def _read_strength(text: str, ladder: str, vocabulary: Vocabulary) -> Cell:
    if not text:
        return Cell(None)
    if not ladder and _is_fraction(text):
        return Cell(float(text))
    strength = vocabulary.find_answer(text, ladder)
    if strength is not None:
        return Cell(strength)
    if ladder:
        levels = ", ".join(vocabulary.ladders[ladder].levels)
        return Cell(None, wrong=f"On this ladder the levels are {levels}.")
    return Cell(None, wrong="For level numbers, name the scale in a column ladder.")


def _is_fraction(text: str) -> bool:
    try:
        value = float(text)
    except ValueError:
        return False
    return math.isfinite(value) and 0 < value <= 1


def _drop_self_ties(draft: Draft) -> None:
    frame = draft.frame
    selfish = frame.index[frame["source"] == frame["target"]]
    for row in selfish:
        draft.report(
            row,
            "target",
            f'"{frame.at[row, "target"]}" on both sides',
            "A tie links two different organizations.",
            "Correct one side, or delete the row. The row is set aside.",
            set_aside="row",
        )
    draft.set_rows_aside(selfish)


def _settle_funding(draft: Draft, _: Vocabulary) -> None:
    """Amounts of 0 or less stay in the table, make no tie, and are said."""
    amounts = draft.frame["amount"]
    for row in amounts.index[amounts <= 0]:
        draft.report(
            row,
            "amount",
            f"{amounts[row]:,.0f}",
            "An award is more than $0.",
            "It makes no tie. If it takes money back, leave it; else correct it.",
            level="note",
        )


def _settle_service_areas(draft: Draft, _: Vocabulary) -> None:
    """Turn names of counties into codes, by name and State."""
    frame = draft.frame
    rows = frame.index[(frame["place_kind"] == "county") & ~frame["place"].str.fullmatch(r"\d{5}")]
    for row in rows:
        name, _, state = (part.strip() for part in frame.at[row, "place"].partition(","))
        code = find_county(name, state)
        if code:
            frame.at[row, "place"] = code
            continue
        draft.report(
            row,
            "place",
            f'"{frame.at[row, "place"]}"',
            "A county is its code of 5 digits, or its name and State (Cedar, NE).",
            "Correct it. The row is set aside.",
            set_aside="row",
        )
        draft.set_rows_aside([row])


TERMS = {  # of an agreement: what a row says of all of it, and which value counts where rows differ
    "effective": "the later one",
    "expires": "the earlier one",
    "renews": "no",
}


def _settle_agreements(draft: Draft, _: Vocabulary) -> None:
    """Say where rows of one agreement differ in its terms; all of them get the same."""
    frame, names = draft.frame, draft.frame["agreement"].map(fold_label)
    for column, counts in TERMS.items():
        blank = frame[column].isna() | (frame[column] == "")
        said = frame.loc[~blank, column]
        if said.empty:
            continue
        by_name = said.groupby(names[~blank])
        chosen = by_name.agg(_CHOICES[column])
        for row in said.index[by_name.transform("nunique") > 1]:
            found = said[row]
            draft.report(
                row,
                column,
                f'"{found.date() if hasattr(found, "date") else found}", and another in a row of '
                "the same agreement",
                f"Rows of one agreement have one {column}.",
                f"Correct it. Until then {counts} counts.",
            )
        told = names.map(chosen.to_dict()).astype(frame[column].dtype)
        frame[column] = told.where(names.isin(chosen.index), frame[column])


_CHOICES: Mapping[str, Any] = {
    "effective": "max",
    "expires": "min",
    "renews": "min",
}
_OWN_CHECKS: Mapping[str, Callable[[Draft, Vocabulary], None]] = {
    "ties": _settle_ties,
    "funding": _settle_funding,
    "service_areas": _settle_service_areas,
    "agreements": _settle_agreements,
}


def _check_periods(draft: Draft) -> None:
    """Say where something ends before it starts."""
    start, end = PERIODS.get(draft.table.name, (None, None))
    if end is None:
        return
    frame = draft.frame
    for row in frame.index[frame[end] < frame[start]]:
        draft.report(
            row,
            end,
            f"{frame.at[row, end].date()}, before {start} {frame.at[row, start].date()}",
            "What starts must start before it ends.",
            "Correct one of the two dates. Until then the end counts as blank.",
            set_aside="cell",
        )
        frame.at[row, end] = pd.NaT


def _drop_repeated_rows(draft: Draft) -> None:
    """Use a row that is repeated, cell for cell, only once."""
    frame = draft.frame.drop(columns=PROVENANCE)
    repeated = frame.index[frame.duplicated()] if len(frame) else []
    for row in repeated:
        draft.report(
            row,
            "",
            "the same row as above, cell for cell",
            "Every row says something new.",
            "It is used once; delete the copy.",
            level="note",
        )
    draft.set_rows_aside(repeated)
