"""The four themes of the Alliance's request for information, by partnership category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from ...core.text import count_noun, join_words, say_dollars
from ...facts.answers import split_answer
from .categories import CATEGORIES, UNCLASSIFIED

# theme: the questions behind it (columns of the profiles table), with what each answer is about
THEMES: dict[str, dict[str, str]] = {
    "strategic prioritization": {"strategic_priority": "priority"},
    "benefits": {"competencies": "competencies enhanced"},
    "contract acquisition": {
        "contract_intent": "intent",
        "contract_services": "services",
        "contractor_type": "contractor type",
        "savings": "quantified savings",
    },
    "challenges": {"challenges": "challenge"},
}
COLUMNS = ["category", "theme", "about", "answer", "organizations", "share", "who"]


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
        return pd.DataFrame(columns=COLUMNS)
    respondents = said.groupby(["category", "theme"])["id"].nunique()
    rows = [
        (*key[:3], group["answer"].iloc[0], group["id"].nunique(),
         group["id"].nunique() / respondents[key[:2]],
         join_words(names[sorted(set(group["id"]))].tolist(), most=3))
        for key, group in said.groupby(["category", "theme", "about", "key"], sort=True)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = {name: k for k, name in enumerate((*CATEGORIES, UNCLASSIFIED, *THEMES))}
    table = table.assign(c=table["category"].map(order), t=table["theme"].map(order))
    table = table.sort_values(
        ["c", "t", "about", "organizations", "answer"],
        ascending=[True, True, True, False, True],
        ignore_index=True,
    )
    return table[COLUMNS]


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
    return table.assign(savings=savings.reindex(names)).rename_axis("category").reset_index()


def say_themes(table: pd.DataFrame) -> Iterator[str]:
    """Say for each theme which answer was given most."""
    if table.empty:
        yield (
            "Nobody's answers on strategy, benefits, contracts or challenges are on file (table "
            "profiles; partnet template answers.xlsx --survey alliance makes the survey)."
        )
        return
    for theme in THEMES:
        rows = table[(table["theme"] == theme) & (table["about"] != "quantified savings")]
        if rows.empty:
            continue
        total = rows.groupby(["about", "answer"], sort=True)["organizations"].sum()
        best = total.sort_values(ascending=False, kind="stable").index[0]
        yield (
            f"{theme.capitalize()}: named most is {best[1]}"
            f"{f' ({best[0]})' if theme == 'contract acquisition' else ''}, by "
            f"{count_noun(int(total[best]), 'organization')}."
        )
