"""What introductions say in sentences, and how paths are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words, say_date, start_small
from .introduction_paths import NONE, ONE, SEVERAL, TOGETHER, IntroductionPaths
from .outside_groups import IRREGULAR, NOBODY, UNTIED

NAMED = 4
MOST_SAID = 2  # ties to renew and new members told in sentences
WORDS = {
    TOGETHER: "the two work together already",
    ONE: "somebody works with both",
    SEVERAL: "the path leads through several",
    NONE: "no path is on file",
}


def say_introductions(
    paths: IntroductionPaths,
    me: str,
    table: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    asked: bool,
) -> Iterator[Sentence]:
    """Say which gaps have a path, which ties to renew, and with whom one does not talk."""
    if not paths.known:
        yield Sentence(
            "no_ties",
            "No working tie is on file, so nobody can be named who could introduce others: enter "
            "ties to switch this on.",
        )
    else:
        yield _say_paths(table)
        yield from _say_dormant(tables["dormant"])
    yield from _say_groups(tables["groups"])
    yield from _say_members(paths, me, tables["members"], asked)


def _say_paths(table: pd.DataFrame) -> Sentence:
    if table.empty:
        text = "No open gap is on file that an introduction would help to close."
        return Sentence("paths", text, {"gaps": 0})
    count = table["status"].value_counts()
    found = {status: int(count[status]) for status in WORDS if status in count}
    parts = [f"for {number:,} {WORDS[status]}" for status, number in found.items()]
    opened = table.loc[table["status"] == ONE, "sentence"].tolist()
    n = count_noun(len(table), "gap has", "gaps have")
    first = f" First: {opened[0]}" if opened else ""
    text = f"{n} an organization to go to: {join_words(parts)}.{first}"
    return Sentence("paths", text, {"gaps": len(table), **found})


def _say_dormant(dormant: pd.DataFrame) -> Iterator[Sentence]:
    for row in dormant.head(MOST_SAID).itertuples():
        claims = {
            "organization": row.organization_name,
            "partner": row.partner_name,
            "last_contact": row.last_contact,
        }
        yield Sentence("dormant", str(row.sentence), claims)


def _say_groups(groups: pd.DataFrame) -> Iterator[Sentence]:
    """Groups one does not talk to, with whom to start, and groups that nobody speaks for."""
    distant = groups[groups["status"].isin([UNTIED, IRREGULAR])]
    if len(distant):
        names, first = distant["group"].tolist(), distant.iloc[0]
        text = f"Health care on file does not regularly interact with {join_words(names)}."
        yield Sentence("outside_groups", text, {"groups": names})
        said = start_small(first["sentence"])
        claims = {"group": first["group"], "organization": first["start_with_name"]}
        yield Sentence("reach_out", f"Reach out before help is needed: {said}", claims)
    nobody = groups.loc[groups["status"] == NOBODY, "group"].tolist()
    if nobody:
        text = f"Nobody is on file for {join_words(nobody)}: look in directories, and enter them."
        yield Sentence("nobody", text, {"groups": nobody})


def _say_members(
    paths: IntroductionPaths, me: str, members: pd.DataFrame, asked: bool
) -> Iterator[Sentence]:
    if members.empty:
        if asked:
            yield Sentence("directory", "The directory names nobody.", {"members": 0})
        return
    given = members[members["source"] == "directory"]
    if len(given):
        yield from _say_directory(given)
    own = members.loc[members["source"] != "directory", "name"].tolist()
    if own and me:
        yield Sentence(
            "fellow_members",
            f"{paths.here.name(me)} sits in a group with {count_noun(len(own), 'organization')} "
            f"with which no tie is on file: {join_words(own, most=NAMED)}.",
            {"organization": paths.here.name(me), "members": own},
        )


def _say_directory(given: pd.DataFrame) -> Iterator[Sentence]:
    """How many of a directory are on file, and what the first new ones bring."""
    count = given["on_file"].value_counts()
    known, perhaps, new = (int(count.get(answer, 0)) for answer in ("yes", "perhaps", "no"))
    maybe = f", {perhaps} may be" if perhaps else ""
    yield Sentence(
        "directory",
        f"Of {count_noun(len(given), 'member')} of the directory, {known:,} are on "
        f"file{maybe} and {new} are new.",
        {"members": len(given), "on_file": known, "perhaps": perhaps, "new": new},
    )
    for row in given[given["on_file"] == "no"].head(MOST_SAID).itertuples():
        yield Sentence("new_member", str(row.sentence), {"name": row.name, "brings": row.brings})


def describe_method(paths: IntroductionPaths) -> Method:
    """Say how paths are found and what counts as regular."""
    day = paths.here.day
    return Method(
        name="Strongest path over working ties.",
        formula=(
            "Through one: max over z of min(s(i,z), s(z,j)) x 2^(-age/24 months), a competitor or "
            "a link at staff level last. Through several: the largest product of s x recency over "
            "the links, halved for everybody asked after the first. Dormant: last contact 24 "
            "months ago or more. Regular: a working tie with health care, contact within a year, "
            "or undated and of strength 0.5 or more."
        ),
        settings={
            "as of": "no dates" if day is None else say_date(day),
            **paths.layer.settings(),
        },
        notes=(
            "A heuristic: it names whom to ask for an introduction, not who will give it. A link "
            "without a date counts half.",
        ),
    )
