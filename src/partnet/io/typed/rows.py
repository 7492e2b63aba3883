"""Checks across the cells of one row, and between rows of one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from ...core.rows.periods import PERIODS
from ...core.rows.spelling import fold_label, unify_spelling
from ...core.schema import PROVENANCE
from ...core.vocabulary import Vocabulary
from ..values.parse import parse_fips
from ..values.strengths import settle_strengths
from .draft import Draft

WIDE = 12  # columns by which rows are first held against each other


def settle_rows(draft: Draft, vocabulary: Vocabulary) -> None:
    """Check what only whole rows can tell; every table has its own checks, all share three."""
    own = _OWN_CHECKS.get(draft.table.name)
    if own is not None:
        own(draft, vocabulary)
    _check_periods(draft)
    draft.frame = unify_spelling(draft.table.name, draft.frame)
    _drop_repeated_rows(draft)


def _settle_ties(draft: Draft, vocabulary: Vocabulary) -> None:
    settle_strengths(draft, vocabulary)
    _drop_self_ties(draft)


def _drop_self_ties(draft: Draft) -> None:
    frame = draft.frame
    selfish = frame.index[frame["source"] == frame["target"]]
    for row, id_ in zip(selfish, frame.loc[selfish, "target"].tolist(), strict=True):
        draft.report(
            row,
            "target",
            f'"{id_}" on both sides',
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
    """Turn names and codes of counties into codes of today, by name and State."""
    frame = draft.frame
    aside, places, codes = [], draft.cells("place"), dict[int, str]()
    for row in frame.index[frame["place_kind"] == "county"]:
        text = places[row]
        cell = parse_fips(text, draft.manners.state)
        if cell.value:
            codes[row] = cell.value
            if cell.note:
                draft.report(
                    row, "place", f'"{text}", {cell.note}', _A_PLACE, "Check that it is right.",
                    level="note",
                )  # fmt: skip
            continue
        draft.report(
            row, "place", f'"{text}"', _A_PLACE, "Correct it. The row is set aside.",
            set_aside="row",
        )  # fmt: skip
        aside.append(row)
    draft.fill("place", codes)
    draft.set_rows_aside(aside)


_A_PLACE = "A county is its code of 5 digits, or its name and State (Cedar, NE)."

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
    if start is None or end is None:
        return
    frame = draft.frame
    wrong = frame.index[frame[end] < frame[start]]
    if not len(wrong):
        return
    starts, ends = draft.cells(start), draft.cells(end)
    for row in wrong:
        draft.report(
            row,
            end,
            f"{ends[row].date()}, before {start} {starts[row].date()}",
            "What starts must start before it ends.",
            "Correct one of the two dates. Until then the end counts as blank.",
            set_aside="cell",
        )
    draft.fill(end, dict.fromkeys(wrong, pd.NaT))


def _find_repeated(frame: pd.DataFrame) -> list[int]:
    """Rows that are the same as one above; all is compared only where the first columns agree."""
    if not len(frame):
        return []
    alike = frame[frame.iloc[:, :WIDE].duplicated(keep=False)]
    return alike.index[alike.duplicated()].tolist() if len(alike) else []


def _drop_repeated_rows(draft: Draft) -> None:
    """Use a row that is repeated, cell for cell, only once."""
    repeated = _find_repeated(draft.frame.drop(columns=PROVENANCE))
    for row in repeated:
        draft.report(
            row,
            "",
            "the same row as above, cell for cell",
            "Every row says something new.",
            "It is used once; delete the copy.",
            level="note",
        )
    draft.move_elsewhere(repeated)
