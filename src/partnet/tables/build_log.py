"""The log of a build: what became of every row of the public files, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ..errors import InputProblem
from ..results import Method, Result
from ..vocabulary import default_vocabulary
from ..wording import count_noun, join_words
from .check import list_problems
from .places import STATES
from .public.family import PublicFile


@dataclass(frozen=True)
class Built:
    """A network on its way out, and what there is to say about it.

    Attributes
    ----------
    state : str
        Code of the State.
    files : sequence of PublicFile
        What was read, in order of trust.
    parts : sequence of DataFrame
        The organizations used of each file, before they were merged.
    tables : mapping of str to DataFrame
        Tables of the network.
    merged, review : DataFrame
        Pairs that became one row, and pairs that a person should judge.
    judgements : DataFrame
        What a person has judged.
    """

    state: str
    files: Sequence[PublicFile]
    parts: Sequence[pd.DataFrame]
    tables: Mapping[str, pd.DataFrame]
    merged: pd.DataFrame
    review: pd.DataFrame
    judgements: pd.DataFrame

    @property
    def states(self) -> set[str]:
        """States that rows of the network are in; "" for rows that name none."""
        return {self.state, ""}.union(*(set(part["state"]) for part in self.parts))

    def problems_of(self, file: PublicFile) -> list[InputProblem]:
        """Problems of a file as a whole and of its rows in these States."""
        return [
            problem
            for problem in file.problems
            if problem.where.row is None
            or file.row_states.get(problem.where.row, "") in self.states
        ]


def make_build_result(built: Built) -> Result:
    """Give counts by file, and every pair, problem and kind, as one result."""
    table = _count_rows(built)
    problems = [problem for file in built.files for problem in built.problems_of(file)]
    kinds = built.tables["organizations"].groupby(["kind", "context"]).size()
    return Result(
        verb="build_network_folder",
        title=f"{STATES[built.state]} from public files",
        table=table,
        sentences=tuple(_say(built, table)),
        method=Method(
            name="Public files to a network.",
            formula=(
                "Rows of the State are kept, and rows of other States near it as context. Rows of "
                "two files are one organization where CCN or NPI agree, or name and ZIP code "
                "agree beyond doubt, or a person judged so; all else stays apart."
            ),
            notes=tuple(file.family.caution for file in built.files if file.family.caution),
        ),
        tables={
            "merged": built.merged,
            "review": built.review,
            "problems": list_problems(problems),
            "kinds": kinds.rename("organizations").reset_index(),
        },
    )


def _count_rows(built: Built) -> pd.DataFrame:
    rows = []
    for file, part in zip(built.files, built.parts, strict=True):
        aside = sum(problem.set_aside == "row" for problem in built.problems_of(file))
        rows.append(
            {
                "file": file.file,
                "family": file.family.name,
                "release": file.release,
                "rows_read": file.rows_read,
                "used": len(part),
                "context": int((part["context"] == "yes").sum()),
                "elsewhere": file.rows_read - len(part) - aside,
                "set_aside": aside,
            }
        )
    return pd.DataFrame(rows)


def _say(built: Built, table: pd.DataFrame) -> list[str]:
    return [
        _say_who(built),
        *(_say_file(row) for row in table.to_dict("records")),
        *_say_matches(built),
        *(file.family.caution for file in built.files if file.family.caution),
        "These files hold no ties between organizations: what they have in common (services, "
        "places, groups) is affinity, until ties are added.",
    ]


def _say_who(built: Built) -> str:
    organizations = built.tables["organizations"]
    own = organizations[organizations["context"] == ""]
    across = len(organizations) - len(own)
    vocabulary = default_vocabulary()
    counts = own["kind"].value_counts(sort=False).sort_index()
    named = [
        count_noun(number, vocabulary.kinds[kind].label, vocabulary.kinds[kind].plural)
        for kind, number in counts.sort_values(ascending=False, kind="stable").items()
    ]
    more = f" {count_noun(across, 'more lies', 'more lie')} across the State line, as context."
    return (
        f"{STATES[built.state]}: {count_noun(len(own), 'organization')} ({join_words(named)})."
        + (more if across else "")
    )


def _say_file(row: Mapping[str, object]) -> str:
    return (
        f"{row['file']} ({row['family']}, {row['release']}): {row['rows_read']:,} rows read, "
        f"{row['used']:,} used, {row['elsewhere']:,} of other States left out, "
        f"{row['set_aside']:,} set aside."
    )


def _say_matches(built: Built) -> list[str]:
    merged, open_ = len(built.merged), len(built.review)
    sentences = []
    if merged:
        sentences.append(
            f"{count_noun(merged, 'organization stands', 'organizations stand')} twice beyond "
            "doubt and became one row each."
        )
    if open_:
        sentences.append(
            f"{count_noun(open_, 'pair looks', 'pairs look')} alike and "
            f"{'stays' if open_ == 1 else 'stay'} apart until a person judges: write same or not "
            "the same into review.csv, save it as judgements.csv in the folder, and build again."
        )
    if len(built.judgements):
        sentences.append(f"{count_noun(len(built.judgements), 'judgement')} on file obeyed.")
    return sentences


def write_log(built: Built, result: Result) -> str:
    """Write the log as a person reads it."""
    lines = [*result.sentences, "", *result.method.lines()]
    for file in built.files:
        lines += ["", f"{file.file}: rows set aside and cells mended"]
        lines += [f"  {problem}" for problem in built.problems_of(file)] or ["  none"]
    lines += [
        "",
        "Changes made by hand in this folder are lost when it is built again; judgements.csv is "
        "obeyed and kept.",
    ]
    return "\n".join(lines) + "\n"
