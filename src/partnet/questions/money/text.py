"""What is said of money by funder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from ...core.results import Sentence
from ...core.text import count_noun, join_words, say_date, say_dollars, say_share

PUBLIC, PRIVATE, NOT_KNOWN = "public", "private", "not known"


def say_money(
    table: pd.DataFrame, tables: Mapping[str, pd.DataFrame], months: int
) -> Iterator[Sentence]:
    """Say who pays most, what ends, and what others like you hold."""
    total = float(table["dollars"].sum())
    if not total:
        text = "No award that runs on the day is on file (table funding)."
        yield Sentence("funders", text, {"dollars": 0.0})
        return
    yield _say_funders(table, total)
    yield _say_ending(tables["ending"], months)
    programs = tables["open_programs"]
    if len(programs):
        first = programs.iloc[0]
        text = (
            f"Of {first['of']} organizations of the kind {first['kind']}, {first['held']} hold an "
            f"award of {first['program']}; {first['could_ask']} could ask {first['whom']} how it "
            "applied."
        )
        yield Sentence("open_programs", text, {"programs": len(programs), "held": first["held"]})


def _say_funders(table: pd.DataFrame, total: float) -> Sentence:
    first = table.iloc[0]
    sources = table.groupby("source")["dollars"].sum() / total
    parts = [
        f"{say_share(float(sources[source]))} is {words}"
        for source, words in ((PUBLIC, "public"), (PRIVATE, "private"))
        if source in sources
    ]
    if NOT_KNOWN in sources:
        parts.append(f"of {say_share(float(sources[NOT_KNOWN]))} it is not known")
    who = (
        f"from {first['funder']}"
        if len(table) == 1
        else f"from {count_noun(len(table), 'funder')}, most from {first['funder']} "
        f"({say_share(float(first['share']))})"
    )
    text = f"Running awards of {say_dollars(total)} are on file {who}; {join_words(parts)}."
    claims = {"dollars": total, "funders": len(table), "first": first["funder"]}
    return Sentence(
        "funders", text, claims | {s: float(sources.get(s, 0.0)) for s in (PUBLIC, PRIVATE)}
    )


def _say_ending(ending: pd.DataFrame, months: int) -> Sentence:
    n, dollars = len(ending), float(ending["dollars"].sum())
    if not n:
        text = f"No award on file ends within {count_noun(months, 'month')}."
        return Sentence("ending", text, {"awards": 0, "dollars": 0.0})
    first = ending.iloc[0]
    alone = ending[ending["others"] == 0]["organization"].nunique()
    text = (
        f"{count_noun(n, 'award ends', 'awards end')} within {count_noun(months, 'month')} "
        f"({say_dollars(dollars)}, each dollar counted once), first {first['program']} of "
        f"{first['organization_name']} on {say_date(first['ends'])}; "
        f"{count_noun(alone, 'recipient has', 'recipients have')} no other award on file that "
        "lasts."
    )
    return Sentence("ending", text, {"awards": n, "dollars": dollars, "alone": alone})
