"""What became of every file and every answer, in tables and sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from ..core.errors import InputProblem
from ..core.network import Network
from ..core.results.result import Method, Result, Sentence
from ..core.results.shown import Column, Shown
from ..core.wording.text import count_noun, join_words, say_share
from . import status as states
from .answers import Answers, Claim
from .changes import About, Change
from .form import NO_, UNKNOWN, YES_
from .settings import Settings
from .status import CLAIMS

ANSWERS = Column("organization", meaning="Id of the one that answers.")
SAYS = Column("organization", meaning="Id of the one that says it.")
NAME = Column("name", "Organization")
WHERE = Column("where", "Where it was said")

FILES = Shown(
    "table",
    "Files that came back",
    (
        Column("file", "File"),
        ANSWERS,
        NAME,
        Column("fate", "What became of it"),
        Column("cells", "Cells filled in", "count", meaning="Answer cells that hold something."),
        Column("used", "Used", "count", meaning="Of these, cells that are read."),
        Column("set_aside", "Set aside", "count", meaning="Of these, cells that are not used."),
        Column("why", "Why", meaning="What was found, where the file is not used."),
    ),
    rows=30,
)
CHANGES = Shown(
    "changes",
    "Corrections, before and after",
    (
        SAYS,
        NAME,
        Column("table", "Table"),
        Column("column", "Column"),
        Column("before", "On file"),
        Column("after", "Said now"),
        WHERE,
        Column("accepted", "Put in place"),
        Column("about", "With whom", meaning="The partner, where it is about a tie."),
    ),
    sheet="Corrections",
)
DIFFERENCES = Shown(
    "differences",
    "Where people of one organization disagree",
    (
        ANSWERS,
        NAME,
        Column("partner", "About"),
        Column("relation", "Relation"),
        Column("said", "They say", meaning="Yes counts."),
        WHERE,
    ),
    sheet="Differences",
)
REMARKS = Shown(
    "remarks",
    "Remarks to read",
    (
        SAYS,
        NAME,
        Column("about", "About"),
        Column("remark", "Remark"),
        WHERE,
    ),
    sheet="Remarks",
)
VOICES = Shown(
    "voices",
    "Who says for whom it speaks",
    (
        SAYS,
        NAME,
        Column("population", "Population"),
        Column("said", "Speaks for them", meaning="Yes, no or don't know, as answered."),
        Column("through", "How they are heard"),
        Column("seats", "Seats they hold", "count", meaning="0: none. Blank: not said."),
        WHERE,
    ),
    sheet="Voices",
)
RESPONSES = Shown(
    "responses",
    "Who was asked, and who answered",
    (
        Column("organization", meaning="Its id."),
        NAME,
        Column("answered", "Answered"),
        Column("files", "Files", "count", meaning="How many people of it answered."),
        Column("yes", "Yes", "count", meaning="Cells answered with a tie."),
        Column("no", "No", "count"),
        Column("dont_know", "Don't know", "count"),
    ),
    sheet="Responses",
)


@dataclass(frozen=True, slots=True)
class FileFate:
    """What became of one file: read, nothing filled in, the same file, or set aside and why."""

    file: str
    fate: str
    organization: str = ""
    cells: int = 0
    why: str = ""


@dataclass(frozen=True)
class Collected:
    """All that was read of the answers of a survey."""

    settings: Settings
    fates: Sequence[FileFate]
    answers: Sequence[Answers]
    claims: Sequence[Claim]
    differing: Sequence[Sequence[Claim]]
    about: About
    changes: Sequence[Change]
    status: pd.DataFrame
    accepted: bool
    problems: Sequence[InputProblem]


def make_log(net: Network, done: Collected) -> Result:
    """Give the tables and sentences of a collection."""
    tables = {
        "claims": done.status,
        "changes": _list_changes(net, done),
        "differences": _list_differences(net, done),
        "voices": _list_voices(net, done),
        "remarks": _list_remarks(net, done),
        "responses": _list_responses(net, done),
        "problems": _list_problems(done),
    }
    files = _list_files(net, done)
    return Result(
        verb="collect_answers",
        title=f"Answers to {done.settings.title}, {done.settings.wave}",
        table=files,
        sentences=tuple(_say(done, files, tables)),
        method=Method(
            "Every yes and no is a row of ties with who reported it; cells left open, answered "
            "with don't know or not asked stand in the responses.",
            "Of two people of one organization, yes goes before no, no before don't know, and the "
            "more frequent contact counts; of their ratings the mean. A tie whose frequency nobody "
            "said weighs 1.",
            MappingProxyType({"wave": done.settings.wave, "accept": done.accepted}),
            notes=("Blank is not no. What is on file stays until a correction is accepted.",),
        ),
        tables=tables,
        shown=(FILES, RESPONSES, CLAIMS, CHANGES, DIFFERENCES, VOICES, REMARKS),
        network=net.title,
    )


def _list_files(net: Network, done: Collected) -> pd.DataFrame:
    aside = Counter(done.about.aside)
    for answers in done.answers:
        aside[answers.file] += answers.aside
    rows = [
        {
            "file": fate.file,
            "organization": fate.organization,
            "name": net.name(fate.organization) if fate.organization else "",
            "fate": fate.fate,
            "cells": fate.cells,
            "used": fate.cells - aside[fate.file],
            "set_aside": aside[fate.file],
            "why": fate.why,
        }
        for fate in done.fates
    ]
    return pd.DataFrame(rows, columns=FILES.names)


def _list_changes(net: Network, done: Collected) -> pd.DataFrame:
    rows = [
        {
            "organization": change.organization,
            "name": net.name(change.organization),
            "table": change.table,
            "column": change.column,
            "before": change.before,
            "after": change.after,
            "where": str(change.where),
            "accepted": "yes" if done.accepted else "no",
            "about": net.name(change.about) if change.about else "",
        }
        for change in done.changes
    ]
    return pd.DataFrame(rows, columns=CHANGES.names)


def _list_differences(net: Network, done: Collected) -> pd.DataFrame:
    rows = [
        {
            "organization": said[0].respondent,
            "name": net.name(said[0].respondent),
            "partner": net.name(said[0].partner),
            "relation": net.vocabulary.relations[said[0].relation].label,
            "said": "; ".join(claim.said for claim in said),
            "where": "; ".join(f"{claim.file}, row {claim.row}" for claim in said),
        }
        for said in done.differing
    ]
    return pd.DataFrame(rows, columns=DIFFERENCES.names)


def _list_voices(net: Network, done: Collected) -> pd.DataFrame:
    rows = [
        (
            each.respondent, net.name(each.respondent), each.population, each.said, each.through,
            float(each.seats) if each.seats else float("nan"), str(each.where),
        )
        for each in done.about.voices
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=VOICES.names).astype({"seats": "float64"})


def _list_remarks(net: Network, done: Collected) -> pd.DataFrame:
    rows = [
        (answers.respondent, net.name(partner), text, f"{answers.file}, row {row}")
        for answers in done.answers
        for row, partner, text in answers.remarks
    ]
    rows += [(id_, net.name(id_), text, str(where)) for id_, where, text in done.about.remarks]
    named = [(id_, net.name(id_), *rest) for id_, *rest in rows]
    return pd.DataFrame(named, columns=REMARKS.names)


def _list_responses(net: Network, done: Collected) -> pd.DataFrame:
    said: dict[str, Counter[str]] = {}
    for claim in done.claims:
        said.setdefault(claim.respondent, Counter())[claim.said] += 1
    files = Counter(answers.respondent for answers in done.answers)
    known = [id_ for id_ in done.settings.asked if id_ in net.index.name_of]
    rows = [
        {
            "organization": id_,
            "name": net.name(id_),
            "answered": YES_ if id_ in said else NO_,
            "files": files[id_],
            "yes": said.get(id_, Counter())[YES_],
            "no": said.get(id_, Counter())[NO_],
            "dont_know": said.get(id_, Counter())[UNKNOWN],
        }
        for id_ in dict.fromkeys((*known, *said))
    ]
    return pd.DataFrame(rows, columns=RESPONSES.names)


def _list_problems(done: Collected) -> pd.DataFrame:
    rows = [(p.level, str(p.where), p.found, p.allowed, p.fix, p.set_aside) for p in done.problems]
    columns = ["level", "where", "found", "allowed", "fix", "set_aside"]
    return pd.DataFrame(rows, columns=columns)


def _say(
    done: Collected, files: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> Iterator[Sentence]:
    responses = tables["responses"]
    asked, answered = len(responses), int((responses["answered"] == YES_).sum())
    share = say_share(answered / asked) if asked else "none asked"
    yield Sentence(
        "responses",
        f"{answered:,} of {count_noun(asked, 'organization')} asked have answered ({share}).",
        {"asked": asked, "answered": answered},
    )
    yield _say_files(files)
    yield _say_ties(tables["claims"])
    yield from _say_rest(done, tables)


def _say_files(files: pd.DataFrame) -> Sentence:
    fates = files["fate"].value_counts().to_dict()
    claims = {"files": len(files), "fates": fates, "cells": int(files["cells"].sum())}
    claims["set_aside"] = int(files["set_aside"].sum())
    order = ("read", "nothing filled in", "the same file", "set aside")
    words = [f"{fates[fate]:,} {fate}" for fate in order if fate in fates]
    text = f"{count_noun(len(files), 'file')}: {join_words(words)}."
    cells = (
        f" Of {count_noun(claims['cells'], 'filled cell')}, {claims['set_aside']:,} are set aside."
    )
    return Sentence("files", text + cells, claims)


def _say_ties(claims: pd.DataFrame) -> Sentence:
    counts = claims["status"].value_counts().to_dict()
    order = (states.CONFIRMED, states.ONE_SIDED, states.DISPUTED, states.NOT_RENEWED)
    words = [f"{counts.get(state, 0):,} {state}" for state in order]
    text = f"Ties asked about: {join_words(words)}."
    return Sentence("ties", text, {state: counts.get(state, 0) for state in order})


def _say_rest(done: Collected, tables: Mapping[str, pd.DataFrame]) -> Iterator[Sentence]:
    changes, differing = len(tables["changes"]), len(tables["differences"])
    if changes:
        fate = "put in place" if done.accepted else "listed, and not put in place"
        text = f"{count_noun(changes, 'correction')} of what is on file: {fate}."
        yield Sentence("changes", text, {"changes": changes, "accepted": done.accepted})
    if differing:
        cells = count_noun(differing, "cell")
        text = f"In {cells} two people of one organization disagree: yes counts."
        yield Sentence("differences", text, {"cells": differing})
    ratings = {(r.respondent, r.partner, r.dimension) for a in done.answers for r in a.ratings}
    if ratings:
        raters = len({rater for rater, _, _ in ratings})
        who = count_noun(raters, "organization")
        text = f"{count_noun(len(ratings), 'rating')} of value and trust by {who}."
        yield Sentence("ratings", text, {"ratings": len(ratings), "raters": raters})
    yield from _say_goals(done.about)
    yield from _say_voices(tables["voices"])
    if len(tables["remarks"]):
        count = len(tables["remarks"])
        yield Sentence("remarks", f"{count_noun(count, 'remark')} to read.", {"remarks": count})


def _say_voices(voices: pd.DataFrame) -> Iterator[Sentence]:
    if voices.empty:
        return
    counts = {word: int((voices["said"] == word).sum()) for word in (YES_, NO_, UNKNOWN)}
    words = [f"{count:,} {word}" for word, count in counts.items()]
    who = count_noun(voices["organization"].nunique(), "organization")
    text = (
        f"{count_noun(len(voices), 'answer')} of {who} about whom they speak for: "
        f"{join_words(words)}."
    )
    claims = {
        "answers": len(voices),
        **{word: counts.get(word, 0) for word in (YES_, NO_, UNKNOWN)},
    }
    yield Sentence("voices", text, claims)


def _say_goals(about: About) -> Iterator[Sentence]:
    measured = len(about.measurements)
    goals = len({record["goal"] for _, record in about.measurements})
    if measured:
        text = f"{count_noun(measured, 'measurement')} of {count_noun(goals, 'goal')}."
        yield Sentence("measurements", text, {"measurements": measured, "goals": goals})
    if about.goals:
        text = f"{count_noun(len(about.goals), 'goal')} not on file before."
        yield Sentence("goals", text, {"goals": len(about.goals)})
