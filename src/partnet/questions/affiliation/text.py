"""Sentences about who shares what."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words
from ...measures.ranking import find_first, find_top

NOUNS = {  # one, several, what several do, what one does
    "services": ("service", "services", "offer", "offers"),
    "funding": ("program", "programs", "have money from", "has money from"),
    "populations": ("population", "populations", "serve", "serves"),
    "places": ("county", "counties", "work in", "works in"),
    "groups": ("group", "groups", "are members of", "is a member of"),
}


def say_affiliation(table: pd.DataFrame, features: pd.DataFrame, kind: str) -> Iterator[Sentence]:
    """Say who shares most, what brings together those who share nothing else, what is unknown."""
    one, many, *_ = NOUNS[kind]
    if features.empty:
        text = f"No {many} are on file, so nothing can be said about who shares them."
        yield Sentence("empty", text)
        return
    known = int(table["degree"].notna().sum())
    yield _say_most(table, known, len(features), kind)
    yield from _say_joining(features, one)
    unknown = len(table) - known
    if unknown:
        text = f"The {many} of {count_noun(unknown, 'organization')} are not known."
        yield Sentence("unknown", text, {"organizations": unknown})


def _say_most(table: pd.DataFrame, known: int, number: int, kind: str) -> Sentence:
    one, many, several_do, one_does = NOUNS[kind]
    top, among = find_first(table["degree"], 3)
    names = [str(table["name"].iloc[k]) for k in top]
    counts = [int(table["degree"].iloc[k]) for k in top]
    does = several_do if len(top) > 1 else one_does
    does = f"are among those who {several_do}" if among else does
    each = [str(count) for count in counts] if len({*counts}) > 1 else [f"{counts[0]}"]
    how = f"{join_words(each)}{' each' if len(each) < len(top) else ''}"
    said = f"{join_words(names)} {does} the most ({how})"
    if known > 1 and table["degree"].dropna().nunique() == 1:  # nobody has more than another
        said = f"each of them {one_does} {count_noun(counts[0], one, many)}"
    if known == 1:
        said = f"{names[0]} {one_does} {count_noun(counts[0], one, many)}"
    return Sentence(
        "most",
        f"{count_noun(known, 'organization')} and {count_noun(number, one, many)} are on file; "
        f"{said}.",
        {"organizations": known, "features": number, "names": names, "counts": counts},
    )


def _say_joining(features: pd.DataFrame, one: str) -> Iterator[Sentence]:
    best = find_top(features["betweenness"], 3)
    if len(best):
        names = [str(features.index[k]) for k in best]
        text = (
            f"{join_words(names)} bring{'s' if len(best) == 1 else ''} together most of those who "
            f"share no other {one}."
        )
        yield Sentence("joining", text, {"features": names})
