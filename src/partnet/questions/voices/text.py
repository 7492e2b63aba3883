"""What is said of who speaks for whom, and of disparities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words, say_share
from ...facts.populations import RESIDENTS
from .disparities import BEYOND, NO_INTERVAL, WORSE
from .disparities import NOT_KNOWN as NOT_COMPARED
from .populations import NO_SEAT, NOBODY, SEATED, UNTIED, Community, say_disparity

FIRST = 3
LEAST_SHARE = 0.01
UNHEARD = (
    "Who speaks for whom is not known: enter in the voices table which organization speaks for "
    "which population, and how many seats its people hold there."
)


def say_voices(community: Community, table: pd.DataFrame, voices: pd.DataFrame) -> Iterator[Any]:
    """Say who has no voice, for whom things are worse, and what is not known."""
    if not community.is_known:
        yield Sentence("voices", UNHEARD, {"voices": 0})
    elif len(table):
        yield from _say_heard(table)
    yield from _say_worse(community)
    if len(voices):
        yield from _say_seats(community.here, voices)
        yield from _say_apart(voices)
    yield from _say_blanks(community, table)


def _say_heard(table: pd.DataFrame) -> Iterator[Sentence]:
    counts = {status: int((table["status"] == status).sum()) for status in (SEATED, NO_SEAT)}
    silent = table[table["status"] == NOBODY]
    text = (
        f"Of {count_noun(len(table), 'population')}, each county counted apart, somebody on file "
        f"speaks for {sum(counts.values())}, for {counts[SEATED]} of them with a seat."
    )
    claims = {"populations": len(table), **counts, "silent": len(silent)}
    yield Sentence("voices", text, claims)
    if len(silent):
        told = [name_group(row) for row in silent.itertuples()]
        who = silent.iloc[0]
        ask = f" Ask {who['ask']} who could." if who["ask"] else ""
        text = f"Nobody on file speaks for {join_words(told, most=FIRST)}.{ask}"
        first = {"first": told[:FIRST], "ask": who["ask"]}
        yield Sentence("silent", text, {"silent": len(silent), **first})


def name_group(row: Any) -> str:
    """Name a population with its county and share."""
    where = f" in {row.county}" if row.county else ""
    if pd.isna(row.share) or row.population == RESIDENTS:
        return f"{row.population}{where}"
    share = "less than 1%" if row.share < LEAST_SHARE else say_share(row.share)
    return f"{row.population}{where} ({share} of residents)"


def _say_worse(community: Community) -> Iterator[Sentence]:
    """Say the largest disparities, with who serves and who speaks for those who fare worse."""
    worse = [one for one in community.disparities if one.finding in WORSE]
    listed = community.list_disparities()
    for one, row in zip(worse[:FIRST], listed.itertuples(), strict=False):
        caveat = "" if one.finding == BEYOND else ", no interval on file"
        where = f" in {row.county}" if row.county else ""
        text = (
            f"{row.population[:1].upper()}{row.population[1:]}{where} fare worse: "
            f"{say_disparity(one)}{caveat}; {_say_who(community, row)}."
        )
        claims = {
            "population": row.population, "county": row.county, "indicator": row.indicator,
            "value": row.value, "everybody": row.everybody, "finding": row.finding,
            "serves": row.serves, "speaks": row.speaks,
        }  # fmt: skip
        yield Sentence("worse", text, claims)


def _say_who(community: Community, row: Any) -> str:
    serves = f"who serves them: {row.serves}" if row.serves else _say_unserved(community.here)
    if not community.is_known:
        return f"{serves}; who speaks for them is not known"
    speaks = (
        f"who speaks for them: {row.speaks}" if row.speaks else "nobody on file speaks for them"
    )
    return f"{serves}; {speaks}"


def _say_unserved(here: Network) -> str:
    told = (here.rows("services")["population"] != "").any()
    return "nobody on file serves them" if told else "who serves them is not known"


def _say_seats(here: Network, voices: pd.DataFrame) -> Iterator[Sentence]:
    if here.audience == "public":
        return  # few people sit on a board: who they are is soon known
    seats = voices["seats"]
    counts = (int((seats > 0).sum()), int((seats == 0).sum()), int(seats.isna().sum()))
    words = ("has advisory seats", "has none", "does not say")
    many = ("have advisory seats", "have none", "do not say")
    told = [
        f"{count:,} {one if count == 1 else more}"
        for count, one, more in zip(counts, words, many, strict=True)
        if count
    ]
    what = count_noun(len(voices), "voice")
    text = f"Of {what} on file (an organization for a population), {join_words(told)}."
    claims = dict(zip(("seated", "none", "blank"), counts, strict=True))
    yield Sentence("seats", text, {"voices": len(voices), **claims})


def _say_apart(voices: pd.DataFrame) -> Iterator[Sentence]:
    """Name those who speak for somebody and have no working tie on file."""
    alone = voices[voices["tie"] == UNTIED].drop_duplicates("organization")
    if len(alone):
        names = alone["name"].tolist()
        verb = "speaks" if len(names) == 1 else "speak"
        text = (
            f"{join_words(names, most=FIRST)} {verb} for residents or a population and "
            f"{'has' if len(names) == 1 else 'have'} no working tie on file: invite "
            f"{'it' if len(names) == 1 else 'them'}."
        )
        yield Sentence("apart", text, {"organizations": names})


def _say_blanks(community: Community, table: pd.DataFrame) -> Iterator[Sentence]:
    """Say of how many the share is not known, and how many values stand alone."""
    named = table[table["population"] != RESIDENTS]
    share = int(named["share"].isna().sum())
    alone = sum(one.finding == NOT_COMPARED for one in community.disparities)
    told = []
    if share:
        makes = "makes" if share == 1 else "make"
        told.append(f"which share of residents {count_noun(share, 'population')} {makes} up")
    if alone:
        differs = "value is" if alone == 1 else "values are"
        told.append(
            f"whether {alone:,} {differs} worse than everybody's (nothing on file to compare with, "
            "or not which way is worse)"
        )
    if told:
        text = f"Not known: {join_words(told, final='or')}."
        yield Sentence("not_known", text, {"share": share, "disparities": alone})


def describe_method(here: Network) -> Method:
    """Say what counts as a voice and as a disparity."""
    return Method(
        name="Populations by county, held against who speaks for them, who serves them, and how "
        "they fare.",
        formula=(
            "A voice: a row of the voices table that holds on the day; without a county, in all "
            "counties that its organization serves. A seat: one or more seats on file, or a voice "
            "through those who lead it, a board or a council without a number of seats. Serves: a "
            "service for this population on file, in the county or without one; residents are "
            "served by whoever serves the county. Worse: value and everybody differ the way that "
            "is worse; beyond chance where everybody lies outside the published interval of the "
            "value. gap = |value - everybody| / |everybody|."
        ),
        settings={
            "network": here.title,
            "as of": "no dates" if here.day is None else str(here.day.date()),
            "findings counted as worse": f"{BEYOND}; {NO_INTERVAL}",
        },
        notes=(
            "Nobody on file does not mean that nobody speaks: ask. Populations are one where they "
            "are called alike. An interval of everybody is not counted in.",
        ),
    )
