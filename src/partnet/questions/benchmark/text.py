"""Sentences about where a network stands among others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words, say_number, say_rank
from .comparable import CARE, NO, UNKNOWN_HERE
from .measured import Measured

NAMED = 6
# What people outside the field would not know from its name.
EXPLAINED = {
    "density": "of all pairs of organizations, the share that works together",
    "transitivity": "how often two partners of one organization also work with each other",
}
SHARES = frozenset((*EXPLAINED, "share without a tie", "share of goals reached or on track"))


def say_benchmark(
    ours: Measured, others: Sequence[Measured], standing: pd.DataFrame, networks: pd.DataFrame
) -> Iterator[Sentence]:
    """Say with whom we are held, where we stand, and what cannot be compared."""
    names = [each.label for each in others]
    who = count_noun(len(names), "network")
    text = f"{ours.label} is held against {who}: {join_words(names, most=NAMED)}."
    yield Sentence("networks", text, {"networks": len(names), "names": names[:NAMED]})
    for row in standing.itertuples():
        if row.of > 1:
            yield _say_standing(row)
    yield from _say_unknown(standing)
    yield from _say_refused(networks)
    careful = int((networks["comparable"] == CARE).sum())
    if careful:
        what = count_noun(careful, "value of others is", "values of others are")
        text = f"{what} to be compared with care; the table says why."
        yield Sentence("care", text, {"values": careful})


def _say_unknown(standing: pd.DataFrame) -> Iterator[Sentence]:
    """Say what is not known of our own network, and where nothing can be compared at all."""
    if not (standing["of"] > 1).any():
        text = "Nothing can be compared with any of them: below stands why."
        yield Sentence("nothing", text, {"statistics": len(standing)})
    unknown = standing.loc[standing["ours"].isna(), "statistic"].tolist()
    if unknown:
        text = f"Not known of ours, or not shown to this reader: {join_words(unknown)}."
        yield Sentence("unknown", text, {"statistics": unknown})


def _say_standing(row: Any) -> Sentence:
    others = int(row.of) - 1
    say = _say_percent if row.statistic in SHARES else say_number
    span = f"others from {say(row.lowest)} to {say(row.highest)}"
    if others == 1:
        span = f"the other has {say(row.lowest)}"
    meaning = EXPLAINED.get(row.statistic)
    name = f"{row.statistic} ({meaning})" if meaning else row.statistic
    text = f"{name[:1].upper()}{name[1:]}: ours is {say(row.ours)}, "
    text += f"{_say_place(int(row.rank), int(row.of))} ({span})"
    claims = {
        "statistic": row.statistic, "ours": row.ours, "rank": int(row.rank), "of": int(row.of),
    }  # fmt: skip
    told = []
    for word, count in (("above", row.clearly_above), ("below", row.clearly_below)):
        if count == count and count:
            told.append(f"clearly {word} {'it' if others == 1 else int(count)}")
            claims[f"clearly_{word}"] = int(count)
    if told:
        text += f"; {join_words(told)}{' of them' * (others > 1)}"
    elif row.clearly_above == row.clearly_above:
        text += "; chance could explain every difference"
    return Sentence(f"standing_{row.key}", f"{text}.", claims)


def _say_percent(share: float) -> str:
    return f"{say_number(100 * share)}%"


def _say_place(rank: int, of: int) -> str:
    place = (
        "the largest" if rank == 1 else "the smallest" if rank == of else f"the {say_rank(rank)}"
    )
    return f"{place} of {of}"


def _say_refused(networks: pd.DataFrame) -> Iterator[Sentence]:
    # What is not known of us needs no list of others.
    refused = networks[(networks["comparable"] == NO) & (networks["why"] != UNKNOWN_HERE)]
    if refused.empty:
        return
    told = []
    for why, rows in refused.groupby("why", sort=False):
        what = list(dict.fromkeys(rows["statistic"]))
        who = list(dict.fromkeys(rows["network"]))
        told.append(f"{join_words(what)} with {join_words(who, most=NAMED)} ({why})")
    text = f"Not compared: {join_words(told, most=NAMED)}."
    yield Sentence("not_compared", text, {"values": len(refused)})


def describe_method(relations: Sequence[str], draws: int) -> Method:
    """Say how networks are held against each other."""
    return Method(
        name="Networks side by side; vertex bootstrap for those of ties.",
        formula=(
            "a difference is clear where it is more than 1.96 sqrt(e1^2 + e2^2), e the standard "
            "error of each network over resampled organizations"
        ),
        settings={
            "relations": ", ".join(relations) or "none on file in all networks",
            "bootstrap samples": draws,
        },
        sources=(
            "Snijders, Borgatti (1999), Non-parametric standard errors and tests for network "
            "statistics, Connections 22(2), 161-170",
        ),
        notes=(
            "Ties are those among organizations that answered, where a survey is on file, of "
            "relations that all networks have on file. A larger value is not a better one.",
        ),
    )
