"""What is said of money by funder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from ...core.results.result import Sentence
from ...core.wording.text import (
    count_noun,
    join_words,
    raise_first,
    say_date,
    say_dollars,
    say_share,
)
from ...facts.money.investment import say_once

PUBLIC, PRIVATE, NOT_KNOWN = "public", "private", "not known"


def say_money(
    table: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    months: int,
    endless: tuple[int, int],
    unsure: float,
) -> Iterator[Sentence]:
    """Say who pays most, what ends, and what others like you hold.

    `endless`: of how many awards no end is on file, and how many there are; `unsure`: dollars that
    may count twice.
    """
    total = float(table["dollars"].sum())
    if not total:
        text = "No award that runs on the day is on file (table funding)."
        yield Sentence("funders", text, {"dollars": 0.0})
        return
    yield _say_funders(table, total, unsure)
    yield _say_ending(tables["ending"], months, *endless)
    programs = tables["open_programs"]
    if len(programs):
        first = programs.iloc[0]
        text = (
            f"Of {first['of']} organizations of the kind {first['kind']}, {first['held']} hold an "
            f"award of {first['program']}; {first['could_ask']} could ask {first['whom']} how it "
            "applied."
        )
        yield Sentence("open_programs", text, {"programs": len(programs), "held": first["held"]})


def _say_funders(table: pd.DataFrame, total: float, unsure: float) -> Sentence:
    named = table[table["funder"] != NOT_KNOWN]
    sources = table.groupby("source")["dollars"].sum() / total
    told = [_say_payers(named), _say_sources(sources, named, total)]
    blank = total - float(named["dollars"].sum())
    if len(named) and len(named) < len(table):
        told.append(f"; who pays {say_dollars(blank)} of it is not on file")
    text = f"Running awards of {say_dollars(total)} are on file{''.join(told)}."
    text += f" {raise_first(say_once(unsure))}." if unsure > 0 else ""
    first = _find_largest(named)[0] if len(named) else ""
    claims = {"dollars": total, "funders": named["funder"].nunique(), "first": first}
    return Sentence(
        "funders", text, claims | {s: float(sources.get(s, 0.0)) for s in (PUBLIC, PRIVATE)}
    )


def _say_payers(named: pd.DataFrame) -> str:
    """Name who pays most of what has a funder on file."""
    if named.empty:
        return "; who pays them is not (column funder)"
    first, share = _find_largest(named)
    funders = named["funder"].nunique()
    if funders == 1:
        return f" from {first}"
    return f" from {count_noun(funders, 'funder')}, most from {first} ({say_share(share)})"


def _find_largest(named: pd.DataFrame) -> tuple[str, float]:
    """Who pays most, and which share; of equals the first by name."""
    shares = named.groupby("funder", sort=True)["share"].sum()
    return str(shares.idxmax()), float(shares.max())


def _say_sources(sources: pd.Series, named: pd.DataFrame, total: float) -> str:
    """Say which share is public, which private, and of which funders that is not known."""
    parts = [
        f"{say_share(float(sources[source]))} is {source}"
        for source in (PUBLIC, PRIVATE)
        if source in sources
    ]
    open_ = float(named.loc[named["source"] == NOT_KNOWN, "dollars"].sum()) / total
    if open_:
        parts.append(f"{say_share(open_)} is from funders that are not known to be either")
    return f"; {join_words(parts)}" if parts else ""


def _say_ending(ending: pd.DataFrame, months: int, endless: int, awards: int) -> Sentence:
    n, dollars = len(ending), float(ending["dollars"].sum())
    of = f"of {count_noun(endless, 'running award')} no end is on file"
    if not n:
        text = f"No award on file ends within {count_noun(months, 'month')}"
        text += f"; {of}." if endless else "."
        if endless == awards:
            text = f"When the {count_noun(awards, 'running award')} end is not on file."
            text = text if awards > 1 else "When the running award ends is not on file."
        return Sentence("ending", text, {"awards": 0, "dollars": 0.0})
    first = ending.iloc[0]
    alone = ending[ending["others"] == 0]["organization"].nunique()
    text = (
        f"{count_noun(n, 'award ends', 'awards end')} within {count_noun(months, 'month')} "
        f"({say_dollars(dollars)}, each dollar counted once), first {first['program']} of "
        f"{first['organization_name']} on {say_date(first['ends'])}; "
        f"{count_noun(alone, 'recipient has', 'recipients have')} no other award on file that "
        f"lasts{f'; {of}' if endless else ''}."
    )
    return Sentence("ending", text, {"awards": n, "dollars": dollars, "alone": alone})
