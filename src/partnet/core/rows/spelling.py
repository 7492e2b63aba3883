"""One spelling for one thing: case and blanks split no program, group, service or agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from ..schema import TABLES

if TYPE_CHECKING:
    import pandas as pd


def fold_label(text: str) -> str:
    """Reduce a label to what tells it from others: case and the number of blanks do not.

    Examples
    --------
    >>> fold_label("  Rural  Health NETWORK ")
    'rural health network'
    """
    return " ".join(text.casefold().split())


def unify_spelling(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Write every label of a table as it is spelled first, row by row from the top.

    Which columns hold labels is declared in the schema (``spelling``); columns of one spelling,
    as the number of an award and of the award above it, are folded together.

    Parameters
    ----------
    name : str
        Name of the table.
    frame : DataFrame
        Its rows.
    """
    for columns in _columns_by_spelling(name).values():
        present = [column for column in columns if column in frame]
        said = list(dict.fromkeys(text for c in present for text in frame[c].unique()))
        first = _first_spellings(said)
        if any(first[text] != text for text in said):
            told = {column: frame[column].map(first).astype("str") for column in present}
            frame = frame.assign(**told)
    return frame


def name_groups(memberships: pd.DataFrame, organizations: pd.DataFrame) -> pd.DataFrame:
    """Write a group that is an organization of the file by its name, where it stands by its id."""
    unique = organizations[~organizations["name"].duplicated(keep=False)]
    names = dict(zip(unique["id"].map(fold_label), unique["name"], strict=True))
    folded = {text: names.get(fold_label(text), text) for text in memberships["group"].unique()}
    if all(text == name for text, name in folded.items()):
        return memberships
    named = memberships["group"].map(folded).astype("str")
    return unify_spelling("memberships", memberships.assign(group=named))


def _first_spellings(texts: Iterable[str]) -> dict[str, str]:
    """For every text, how the first that folds to the same is written; outer blanks fall away."""
    first: dict[str, str] = {}
    return {text: first.setdefault(fold_label(text), " ".join(text.split())) for text in texts}


@cache
def _columns_by_spelling(name: str) -> Mapping[str, tuple[str, ...]]:
    """Columns of labels by the spelling they share."""
    found: dict[str, tuple[str, ...]] = {}
    for column in TABLES[name].columns:
        if column.spelling:
            found[column.spelling] = (*found.get(column.spelling, ()), column.name)
    return found
