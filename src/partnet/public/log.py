"""The log of a build: what became of every row of the public files, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ..core.errors import InputProblem
from ..core.results.result import Method, Result
from ..core.vocabulary import CENTERS, default_vocabulary
from ..core.wording.text import count_noun, join_words
from ..places.gazetteer import state_of
from .previous import count_changes
from .reading.family import PublicFile
from .region import Region

METHODS = ("identifier", "name", "judgment")  # by what an organization was found in another file
BY_WORDS = (("judged", "judgment"), ("same name", "name"))  # how a reason begins; else identifier


@dataclass(frozen=True)
class Built:
    """A network on its way out, and what there is to say about it.

    Attributes
    ----------
    region : Region
        What the network is about.
    files : sequence of PublicFile
        What was read, in order of trust.
    parts : sequence of DataFrame
        The organizations used of each file, before they were merged.
    tables : mapping of str to DataFrame
        Tables of the network.
    pairs : DataFrame
        Pairs of source ids that are one organization, or that a person should judge.
    kept : mapping of str to str
        The organization of the network that each source id belongs to.
    review : DataFrame
        Pairs of organizations of the network that a person should judge.
    attached : DataFrame
        Organizations without a place, and whose they are.
    judgments : DataFrame
        What a person has judged.
    changes : DataFrame or None
        What an update changed.
    """

    region: Region
    files: Sequence[PublicFile]
    parts: Sequence[pd.DataFrame]
    tables: Mapping[str, pd.DataFrame]
    pairs: pd.DataFrame
    kept: Mapping[str, str]
    review: pd.DataFrame
    attached: pd.DataFrame
    judgments: pd.DataFrame
    changes: pd.DataFrame | None = None

    @cached_property
    def states(self) -> set[str]:
        """States that rows of the network are in; "" for rows that name none."""
        if not self.region.states:
            return {code for file in self.files for code in file.row_states.values()} | {""}
        return {*self.region.states, ""}.union(*(set(part["state"]) for part in self.parts))

    @cached_property
    def counties(self) -> set[str]:
        """Counties that organizations of the network are in."""
        return set(self.tables["organizations"]["county_fips"]) - {""}

    def holds(self, owner: str) -> bool:
        """Tell whether what a row is about is in the network: an organization, or a county."""
        return owner in self.kept or owner in self.counties

    @cached_property
    def problems(self) -> Mapping[str, list[InputProblem]]:
        """By file: problems of the file as a whole, and of its rows about this region."""
        return {
            file.file: [p for p in file.problems if self._concerns(file, p.where.row)]
            for file in self.files
        }

    def _concerns(self, file: PublicFile, row: int | None) -> bool:
        if row is None:
            return True
        owner = file.owners.get(row, "")
        if owner:
            return self.holds(owner) or state_of(owner) in self.region.states
        return file.row_states.get(row, "") in self.states


def make_build_result(built: Built) -> Result:
    """Give counts by file, and every pair, problem and kind, as one result."""
    table = _count_rows(built)
    kinds = built.tables["organizations"].groupby(["kind", "context"]).size()
    changes = {} if built.changes is None else {"changes": built.changes}
    return Result(
        verb="build_network",
        title=f"{built.region.title} from public files",
        table=table,
        sentences=tuple(_say(built, table)),
        method=Method(
            name="Public files to a network.",
            formula=(
                "Rows of the region are kept, and rows near it as context where that is asked "
                "for. Rows of two files are one organization where CCN or NPI agree, or name and "
                "ZIP code agree beyond doubt, or a person judged so; all else stays apart."
            ),
            notes=tuple(_list_cautions(built)),
        ),
        tables={
            "merged": built.pairs[built.pairs["decision"] == "same"].reset_index(drop=True),
            "review": built.review,
            "attached": built.attached,
            "problems": _list_reasons(built),
            "kinds": kinds.rename("organizations").reset_index(),
            **changes,
        },
    )


def _list_cautions(built: Built) -> list[str]:
    return list(dict.fromkeys(f.family.caution for f in built.files if f.family.caution))


# -- counting ------------------------------------------------------------------------------------


def _count_rows(built: Built) -> pd.DataFrame:
    matched = _count_matched(built)
    rows = []
    for file, part in zip(built.files, built.parts, strict=True):
        aside = {p.where.row for p in built.problems[file.file] if p.set_aside == "row"}
        used = _list_used(built, file)
        rows.append(
            {
                "file": file.file,
                "family": file.family.name,
                "release": file.release,
                "publisher": file.family.publisher,
                "license": file.family.license,
                "rows_read": file.rows_read,
                "used": len(used),
                "elsewhere": file.rows_read - len(used) - len(aside),
                "set_aside": len(aside),
                "organizations": len(part),
                "context": int((part["context"] == "yes").sum()),
                **{f"matched_by_{how}": matched[file.file][how] for how in METHODS},
            }
        )
    return pd.DataFrame(rows)


def _list_used(built: Built, file: PublicFile) -> set[int]:
    """Rows of which something is in the network."""
    aside = {problem.where.row for problem in file.problems if problem.set_aside == "row"}
    owned = file.owners.items()
    return {row for row, owner in owned if row not in aside and (not owner or built.holds(owner))}


def _count_matched(built: Built) -> Mapping[str, Counter[str]]:
    """How many organizations of each file were found in another one, by what."""
    where: dict[str, list[str]] = defaultdict(list)
    for file, part in zip(built.files, built.parts, strict=True):
        for id_ in part["id"]:
            where[id_].append(file.file)
    how: dict[tuple[str, str], str] = {}
    for id_, files in where.items():
        if len(files) > 1:
            how |= {(file, id_): "identifier" for file in files}
    same = built.pairs[built.pairs["decision"] == "same"]
    for a, b, why in zip(same["a"], same["b"], same["why"], strict=True):
        by = next((method for words, method in BY_WORDS if words in why), "identifier")
        for id_ in (a, b):
            how |= {(file, id_): by for file in where[id_] if (file, id_) not in how}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (file_name, _), method in how.items():
        counts[file_name][method] += 1
    for file_name, by in zip(built.attached["file"], built.attached["by"], strict=True):
        counts[file_name]["name" if by == "name" else "identifier"] += 1
    return counts


# -- saying --------------------------------------------------------------------------------------


def _say(built: Built, table: pd.DataFrame) -> list[str]:
    return [
        _say_who(built),
        *(_say_file(row) for row in table.to_dict("records")),
        *_say_matches(built),
        *_say_changes(built),
        *_list_cautions(built),
        *_say_convener(built),
        *_say_border(built.region),
        _say_ties(built),
    ]


def _say_who(built: Built) -> str:
    organizations = built.tables["organizations"]
    own = organizations[organizations["context"] == ""]
    across = len(organizations) - len(own)
    vocabulary = default_vocabulary()
    counts = own["kind"].value_counts(sort=False).sort_index()
    named = [
        count_noun(
            number,
            vocabulary.kinds[kind].label,
            f"{vocabulary.kinds[kind].plural}{' and their sites' if kind in CENTERS else ''}",
        )
        for kind, number in counts.sort_values(ascending=False, kind="stable").items()
    ]
    beyond = "beyond its counties" if built.region.counties else "across the State line"
    more = f" {count_noun(across, 'more lies', 'more lie')} {beyond}, as context."
    return (
        f"{built.region.title}: {count_noun(len(own), 'organization')} ({join_words(named)})."
        + (more if across else "")
    )


def _say_file(row: Mapping[str, object]) -> str:
    by = [f"{row[f'matched_by_{how}']:,} by {how}" for how in METHODS if row[f"matched_by_{how}"]]
    matched = f" Found in another file: {join_words(by)}." if by else ""
    return (
        f"{row['file']} ({row['family']}, {row['release']}): {row['rows_read']:,} rows read, "
        f"{row['used']:,} used, {row['elsewhere']:,} about other places or organizations left "
        f"out, {row['set_aside']:,} set aside.{matched}"
    )


def _say_matches(built: Built) -> list[str]:
    merged = int((built.pairs["decision"] == "same").sum())
    open_ = len(built.review)
    sentences = []
    if merged:
        sentences.append(
            f"{count_noun(merged, 'pair of rows is', 'pairs of rows are')} the same organization "
            "beyond doubt and became one row each."
        )
    if open_:
        sentences.append(
            f"{count_noun(open_, 'pair looks', 'pairs look')} alike and "
            f"{'stays' if open_ == 1 else 'stay'} apart until a person judges: write same or not "
            "the same into review.csv, save it as judgments.csv in the folder, and build again."
        )
    if len(built.judgments):
        sentences.append(f"{count_noun(len(built.judgments), 'judgment')} on file obeyed.")
    return sentences


def _say_changes(built: Built) -> list[str]:
    if built.changes is None:
        return []
    counts = count_changes(built.changes)
    said = [
        f"{counts['entered']:,} entered",
        f"{counts['left']:,} left",
        f"{counts['renamed']:,} changed their names",
    ]
    return [f"Since the earlier build: {join_words(said)}. All others kept their ids."]


def _say_convener(built: Built) -> Iterator[str]:
    """Say who convenes the network of a State, or that no file names its office of rural health."""
    about = built.tables["about"].set_index("setting")["value"]
    if "convener" in about:
        names = built.tables["organizations"].set_index("id")["name"]
        yield f"{names[about['convener']]} is named as the convener: it is the State's office."
    elif built.region.home and not built.region.counties:
        yield (
            "No convener is named, as no file tells for sure who is the State Office of Rural "
            f"Health of {built.region.title}: add yours to organizations.csv, and name it with "
            "--convener."
        )


def _say_border(region: Region) -> Iterator[str]:
    """Say that whoever is across the State line was left out: patients cross it."""
    if region.states and not region.counties and not region.border_km:
        yield (
            "Hospitals and others across the State line are left out, though patients cross it: "
            "build with --border-km 150 to keep them as neighbors that are not counted."
        )


def _say_ties(built: Built) -> str:
    if built.tables.keys() & {"affiliations", "funding"}:
        return (
            "These files tell who funds, owns or belongs to whom, but hold no working ties: what "
            "organizations have in common (services, places, groups) is affinity, until ties are "
            "added."
        )
    return (
        "These files hold no ties between organizations: what they have in common (services, "
        "places, groups) is affinity, until ties are added."
    )


# -- the log as text -----------------------------------------------------------------------------


def write_log(built: Built, result: Result) -> str:
    """Write the log as a person reads it: rows with one reason stand together."""
    lines = [*result.sentences, "", *result.method.lines()]
    reasons = result.tables["problems"]
    for file in built.files:
        lines += ["", f"{file.file} ({file.family.publisher}; license: {file.family.license})"]
        own = reasons[reasons["file"] == file.file].to_dict("records")
        lines += [f"  {_say_reason(row)}" for row in own] or ["  No row set aside, no cell mended."]
    lines += [
        "",
        "A table of this build that was changed by hand is not overwritten: the next build asks to "
        "move it away. judgments.csv is obeyed and kept; an update keeps tables that you added.",
    ]
    return "\n".join(lines) + "\n"


def _list_reasons(built: Built) -> pd.DataFrame:
    """One row a file and reason: what was found and is allowed, how many rows, and which."""
    rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for file in built.files:
        for p in built.problems[file.file]:
            key = (file.file, p.set_aside, p.where.column, p.found, p.allowed, p.fix)
            rows[key] += [] if p.where.row is None else [p.where.row]
    listed = [(*key, len(numbers), _say_numbers(numbers)) for key, numbers in rows.items()]
    columns = ["file", "set_aside", "column", "found", "allowed", "fix", "n_rows", "rows"]
    return pd.DataFrame(listed, columns=columns)


def _say_reason(row: Mapping[str, object]) -> str:
    column = f'column "{row["column"]}": ' if row["column"] else ""
    reason = f"{column}found {row['found']}. {row['allowed']} {row['fix']}"
    number = int(str(row["n_rows"]))
    if number == 0:
        return f"The file: {reason}"
    return (
        f"Row {row['rows']}, {reason}"
        if number == 1
        else (f"{number:,} rows, {reason} Rows {row['rows']}.")
    )


def _say_numbers(numbers: Sequence[int]) -> str:
    """Name rows; those one after the other as from-to.

    Examples
    --------
    >>> _say_numbers([3, 4, 5, 9])
    '3-5, 9'
    """
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)
