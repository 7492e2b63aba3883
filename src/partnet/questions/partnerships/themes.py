"""The four themes of the Alliance's request for information, by partnership category."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ...core.wording.text import join_words, say_dollars
from ...facts.answers import split_answer
from .categories import CATEGORIES, UNCLASSIFIED
from .shown import ANSWERS, THEME_COUNTS, THEMES


def list_themes(answers: pd.DataFrame, category: pd.Series, names: pd.Series) -> pd.DataFrame:
    """Count the answers to each theme by category; one that several give is counted together.

    Parameters
    ----------
    answers : DataFrame
        Profiles by organization id.
    category, names : Series
        Category and name by organization id.

    Returns
    -------
    DataFrame
        ``category``, ``theme``, ``about`` (what the answer is about), ``answer``,
        ``organizations`` (how many gave it), ``share`` (of those of the category who answered the
        theme), ``who``.
    """
    said = pd.DataFrame(
        [
            (category[id_], theme, about, text.casefold(), text, id_)
            for theme, questions in THEMES.items()
            for column, about in questions.items()
            for id_, value in answers[column].reindex(category.index).items()
            for text in _read_answer(value)
        ],
        columns=["category", "theme", "about", "key", "answer", "id"],
    )
    if said.empty:
        return pd.DataFrame(columns=ANSWERS.names)
    # One spelling over all categories, so that sums over them are of one answer.
    said["answer"] = said.groupby(["theme", "about", "key"])["answer"].transform("first")
    respondents = said.groupby(["category", "theme"])["id"].nunique()
    rows = [
        (key[1], key[0], key[2], group["answer"].iloc[0], group["id"].nunique(),
         group["id"].nunique() / respondents[key[:2]],
         join_words(names[sorted(set(group["id"]))].tolist(), most=3))
        for key, group in said.groupby(["category", "theme", "about", "key"], sort=True)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=ANSWERS.names)
    order = {name: k for k, name in enumerate((*CATEGORIES, UNCLASSIFIED, *THEMES))}
    table = table.assign(c=table["category"].map(order), t=table["theme"].map(order))
    table = table.sort_values(
        ["c", "t", "about", "organizations", "answer"],
        ascending=[True, True, True, False, True],
        ignore_index=True,
    )
    return table[ANSWERS.names]


def _read_answer(value: object) -> Sequence[str]:
    """The parts of an answer; savings as dollars a year."""
    if isinstance(value, float):
        return [] if value != value else [f"{say_dollars(value)} a year"]
    return split_answer(str(value))


def count_themes(answers: pd.DataFrame, category: pd.Series) -> pd.DataFrame:
    """Count by category how many organizations answered each theme.

    Returns
    -------
    DataFrame
        Categories in rows (``category``, ``organizations``), one column a theme, and ``savings``
        (the sum of quantified savings in dollars a year; NaN where nobody gave any).
    """
    known = answers.reindex(category.index)
    filled = known.notna() & (known != "")
    answered = pd.DataFrame(
        {theme: filled[list(questions)].any(axis=1) for theme, questions in THEMES.items()}
    )
    names = [name for name in (*CATEGORIES, UNCLASSIFIED) if name in set(category)]
    table = answered.groupby(category).sum().reindex(names).astype("int64")
    table.insert(0, "organizations", category.value_counts().reindex(names))
    savings = known["savings"].groupby(category).agg(lambda s: s.sum(min_count=1))
    named = table.assign(savings=savings.reindex(names)).rename_axis("category").reset_index()
    return named[THEME_COUNTS.names]
