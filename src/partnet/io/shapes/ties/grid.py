"""A grid of a form: one row a respondent, one column an organization that it was asked about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ....core.vocabulary import default_vocabulary, fold_word
from ....core.wording.names import fold_loosely, fold_name
from ...cells import RawTable
from ...values.parse import NO, YES
from ...values.scales import head_scale
from ...values.words import fold_cell, is_nonanswer, is_nothing
from ..entries import Entries, name_headers, note_shape
from .said import hear_relation, list_said, name_relations

BRACKETS = re.compile(r"(?P<question>.*?)\s*\[(?P<name>[^\[\]]+)\]\s*")
CHOICE = re.compile(r"(?P<question>.*?)\s*\(choice=(?P<name>.+)\)\s*")  # REDCap by labels
DASHED = re.compile(
    r"(?P<question>.+?)(?:(?<!\s)\s++[-\u2013\u2014|]\s+|: +|_{3}|(?<=\d)_(?=[A-Z]))(?P<name>.+)"
)
OTHERS = frozenset({"other", "others", "other organization", "other organizations", "other partner",
                    "other agency", "another organization", "row total", "total"})  # fmt: skip
SCALED = re.compile(r"(?P<question>.*?)\s*\[(?P<name>[^\[\]]+)\]\s*\[Scale \d+\]")  # LimeSurvey
OWN_WORDS = frozenset(map(fold_word, ("organization", "agency", "org", "facility")))
OPTION = re.compile(r"(?P<question>.+)/(?P<name>[^/]+)")  # KoBo and ODK: partners/alder_hospital
RATES = re.compile(r"\b(reliab|trust(ed|worthy|ing)?\b|influen(ce|tial))", re.IGNORECASE)
FEWEST = 2  # columns of one question
FEWEST_WORDS = 4  # by which questions begin alike that have a name at their end or within
ASKED = re.compile(
    r"(the )?(name of )?(your |my |our |the |responding |respondent |respondents )?"
    r"(organi[sz]ation|agency|org|facility|respondent)( name)?( you represent)?|"
    r"(what|which) (is |organi[sz]ation |agency ).*|i (work|answer) for|"
    r"(organi[sz]ation|agency) (you represent|answering|responding)"
)


def find_grid(raw: RawTable, known: Collection[str] = ()) -> dict[int, tuple[str, str]]:
    """Give question and organization of each column of a grid, by position; {} where it is none.

    Parameters
    ----------
    raw : RawTable
        A table.
    known : collection of str
        Folded ids and names of organizations. Brackets tell a grid without them; a dash or three
        underscores only where they stand before names that are known, or of all who answer.
    """
    found: dict[int, tuple[str, str]] = {}
    dashed: set[int] = set()
    for k, text in enumerate(raw.header):
        match = SCALED.fullmatch(text) or BRACKETS.fullmatch(text)
        if match is None:
            match = CHOICE.fullmatch(text) or DASHED.fullmatch(text)
            if match is None or (known and fold_name(match["name"]) not in known):
                continue
            dashed.add(k)
        elif known and fold_name(match["name"]) not in known:
            continue
        found[k] = match["question"].strip(" ?:"), match["name"].strip(" -\u2013\u2014")
    options = {} if found else _find_options(raw, known)
    if not found:
        found = options or _find_worded(raw, known)
        dashed = set(found) - set(options)
    if not found and (bare := _find_bare(raw, known)):
        return bare
    if dashed == set(found):
        found = _turn_pairs(raw, found, known)
    found = {k: cell for k, cell in found.items() if not _is_nobody(cell[1])}
    found = {k: cell for k, cell in found.items() if not is_rating(cell[0])}
    asked = Counter(question for question, _ in found.values())
    found = {k: cell for k, cell in found.items() if asked[cell[0]] >= FEWEST}
    at = find_respondent(raw, found, known) if found else -1
    if at < 0 or (dashed & set(found) and not known and not _answer_for_themselves(raw, at, found)):
        return {}
    if options:
        return _spell_options(raw, at, found, known)
    return found if known else _drop_other_questions(raw, at, found)


def is_rating(question: str) -> bool:
    """Whether a question asks how somebody is seen, and not whether there is a tie.

    Examples
    --------
    >>> is_rating("How reliable are they?"), is_rating("Do you refer clients to them?")
    (True, False)
    """
    return RATES.search(question) is not None and not default_vocabulary().find_relation(question)


def _find_options(raw: RawTable, known: Collection[str]) -> dict[int, tuple[str, str]]:
    """Columns of 0 and 1 under a question and one of its options, of a question for several."""
    found: dict[int, tuple[str, str]] = {}
    listed = set(map(fold_loosely, known))
    for k, text in enumerate(raw.header):
        match = OPTION.fullmatch(text)
        if match is None or not _is_ticked(raw, k):
            continue
        if not listed or fold_loosely(match["name"]) in listed:
            found[k] = match["question"].strip(" ?:"), match["name"]
    return found


def _is_ticked(raw: RawTable, position: int) -> bool:
    cells = {fold_cell(row[position]) for row in raw.rows if row[position].strip()}
    return bool(cells) and cells <= YES | NO


def _spell_options(
    raw: RawTable, at: int, found: Mapping[int, tuple[str, str]], known: Collection[str]
) -> dict[int, tuple[str, str]]:
    """Name the options as those do who answer: alder_hospital is Alder Hospital.

    Questions none of whose options answers or is on the list are left out: they may ask anything.
    """
    named = {fold_loosely(row[at]): row[at] for row in raw.rows if not is_nothing(row[at], "label")}
    among = {*named, *map(fold_loosely, known)}
    asking = {asked for asked, name in found.values() if fold_loosely(name) in among}
    return {
        k: (asked, named.get(fold_loosely(name), name))
        for k, (asked, name) in found.items() if asked in asking
    }  # fmt: skip


def _find_worded(raw: RawTable, known: Collection[str]) -> dict[int, tuple[str, str]]:
    """Columns whose questions differ only in a name: How often do you work with Alder Hospital?"""
    groups: dict[tuple[str, ...], list[int]] = {}
    for k, text in enumerate(raw.header):
        words = text.split()
        if len(words) > FEWEST_WORDS:
            groups.setdefault(tuple(words[:FEWEST_WORDS]), []).append(k)
    alike = [group for group in groups.values() if len(group) >= FEWEST]
    found: dict[int, tuple[str, str]] = {}
    for group in alike:
        found |= _part_questions({k: raw.header[k].rstrip(" ?:.").split() for k in group}, known)
    return found


def _is_nobody(name: str) -> bool:
    """Whether a column asks about nobody in particular: Other (please specify)."""
    bare = WRITTEN.sub("", name)
    return is_nothing(bare, "label") or fold_cell(bare) in OTHERS


WRITTEN = re.compile(r" [-\u2013\u2014] text$", re.IGNORECASE)  # what was written beside a choice


def _find_written(raw: RawTable, questions: Collection[str]) -> list[tuple[int, int, str]]:
    """Columns in which others are named: with the column of how often (-1 for none), and question.

    Qualtrics writes them as "Other (please specify) - Text", behind "Other (please specify)".
    """
    parts = {k: DASHED.fullmatch(text) for k, text in enumerate(raw.header)}
    asked = {
        k: (match["question"].strip(" ?:"), match["name"])
        for k, match in parts.items() if match and _is_nobody(match["name"])
    }  # fmt: skip
    found = []
    for k, (question, name) in asked.items():
        if WRITTEN.search(name) and question in questions:
            same = (question, WRITTEN.sub("", name))
            found.append((k, next((j for j, a in asked.items() if a == same), -1), question))
    return found


def _part_questions(
    asked: Mapping[int, list[str]], known: Collection[str]
) -> dict[int, tuple[str, str]]:
    """Part questions into the words that they share and the name in which they differ."""
    texts = [*asked.values()]
    first = _count_shared(texts)
    last = _count_shared([text[first:][::-1] for text in texts])
    names = {k: " ".join(text[first : len(text) - last]) for k, text in asked.items()}
    question = " ".join([*texts[0][:first], *texts[0][len(texts[0]) - last :]])
    return {
        k: (question, name) for k, name in names.items()
        if name and (not known or fold_name(name) in known)
    }  # fmt: skip


def _count_shared(texts: Sequence[Sequence[str]]) -> int:
    """With how many equal words all texts begin."""
    columns = zip(*texts, strict=False)
    return next((k for k, words in enumerate(columns) if len(set(words)) > 1), min(map(len, texts)))


def _answer_for_themselves(raw: RawTable, at: int, found: dict[int, tuple[str, str]]) -> bool:
    """Whether all who answer are among those who are asked about: a dash alone tells no grid."""
    answering = _list_answering(raw, at)
    named = answering & {fold_name(name) for _, name in found.values()}
    return bool(named) and 2 * len(named) >= len(answering)


def _list_answering(raw: RawTable, at: int) -> set[str]:
    return {fold_name(row[at]) for row in raw.rows if not is_nothing(row[at], "label")}


def _drop_other_questions(
    raw: RawTable, at: int, found: Mapping[int, tuple[str, str]]
) -> dict[int, tuple[str, str]]:
    """Leave out questions of which no option answers, where those of another do: services."""
    answering = _list_answering(raw, at)
    about: dict[str, set[str]] = {}
    for question, name in found.values():
        about.setdefault(question, set()).add(fold_name(name))
    asking = {question for question, names in about.items() if names & answering}
    named = {name for question in asking for name in about[question]}
    asking |= {question for question, names in about.items() if names & named}
    return {k: cell for k, cell in found.items() if cell[0] in asking or not asking}


def _turn_pairs(
    raw: RawTable, found: dict[int, tuple[str, str]], known: Collection[str]
) -> dict[int, tuple[str, str]]:
    """Turn columns that name the organization first: Alder Hospital - Frequency."""
    turned = {k: DASHED.fullmatch(text) for k, text in enumerate(raw.header)}
    pairs = {k: (m["name"], m["question"].strip(" ?:")) for k, m in turned.items() if m}
    at = find_respondent(raw, pairs, known) if pairs else -1
    names = {*known, *(_list_answering(raw, at) if at >= 0 else ())}
    first, last = (
        sum(fold_name(name) in names for _, name in part.values()) for part in (pairs, found)
    )
    return pairs if first > last and first >= FEWEST else found


def _find_bare(raw: RawTable, known: Collection[str]) -> dict[int, tuple[str, str]]:
    """Columns under the names of organizations alone, as Microsoft Forms writes a Likert grid."""
    asked = [k for k, text in enumerate(raw.header) if ASKED.fullmatch(fold_word(text))]
    if not asked or fold_word(raw.header[asked[0]]) in OWN_WORDS:
        return {}
    names = {*known, *_list_answering(raw, asked[0])}
    named = [k for k, text in enumerate(raw.header) if fold_name(text) in names]
    if len(named) < FEWEST or not all(_holds_answers(raw, k) for k in named):
        return {}
    first, last = named[0], named[-1]
    while not known and first - 1 > asked[0] and _holds_answers(raw, first - 1):
        first -= 1
    while not known and last + 1 < len(raw.header) and _holds_answers(raw, last + 1):
        last += 1
    return {k: ("", raw.header[k]) for k in range(first, last + 1) if _holds_answers(raw, k)}


def _holds_answers(raw: RawTable, position: int) -> bool:
    """Whether a column holds answers of a scale in words, and nothing else."""
    words = default_vocabulary()
    cells = {row[position] for row in raw.rows if row[position].strip()}
    said = {text for text in cells if not is_nonanswer(text)}
    return bool(cells) and all(words.find_answer(text) is not None for text in said)


def find_respondent(raw: RawTable, grid: Collection[int], known: Collection[str] = ()) -> int:
    """The column that says who answers: by its header, else the one that holds known names."""
    others = [k for k, text in enumerate(raw.header) if k not in grid and text]
    named = [k for k in others if ASKED.fullmatch(fold_word(raw.header[k]))]
    if named:
        return named[0]
    cells = {k: {fold_name(row[k]) for row in raw.rows if row[k]} for k in others}
    holding = [k for k, names in cells.items() if names and names <= set(known)]
    return holding[0] if holding else -1


def melt_grid(raw: RawTable, grid: dict[int, tuple[str, str]], known: Collection[str]) -> RawTable:
    """Turn a grid into one row an answer; a blank cell is a question without an answer.

    Cells that name relations ("Referrals, Data sharing") give one row a relation.
    """
    at = find_respondent(raw, grid, known)
    relations = {q: hear_relation(q) for q, _ in grid.values()}
    named = name_relations(row[k] for row in raw.rows for k in grid)
    several = len(relations) > 1 or bool(named) or any(relations.values())
    scales = {head_scale(question) for question, _ in grid.values()}
    strength = scales.pop() if len(scales) == 1 else "strength"
    entries = Entries(raw, ("source", "target", strength, "reported_by", *_list_more(several)))
    written = _find_written(raw, {question for question, _ in grid.values()})
    for position, row in enumerate(raw.rows):
        if is_nothing(row[at], "label"):
            continue
        for k, (question, name) in grid.items():
            if not row[k] or fold_name(name) == fold_name(row[at]):
                continue
            ticked = fold_name(row[k]) == fold_name(name)  # a box that says its own name
            said = "yes" if ticked else row[k]
            if not named or fold_cell(said) in NO or is_nonanswer(said):
                more = [relations[question], question] if several else []
                entries.add(position, [row[at], name, said, row[at], *more])
                continue
            for relation in dict.fromkeys(named[part] for part in list_said(said)):
                entries.add(position, [row[at], name, "", row[at], relation, question])
        for k, often, question in written:
            if not is_nothing(row[k], "label"):
                more = [relations[question], question] if several else []
                said = row[often] if often >= 0 else ""
                entries.add(position, [row[at], row[k], said, row[at], *more])
    rated = sum(is_rating(text) for k, text in enumerate(raw.header) if k not in grid)
    made = entries.make(
        note_shape(
            raw,
            f"a grid of {len(grid):,} columns that ask about organizations",
            f'"{raw.header[at]}" answers; {len(entries.rows):,} answers are read as ties.'
            + f" {rated} columns that rate partners are not: partnet survey collect reads them."
            * (rated > 0)
            + _tell_lists(raw, [k for k in range(len(raw.header)) if k not in {at, *grid}], grid),
        )
    )
    return replace(made, asked=True)


def _tell_lists(raw: RawTable, beside: list[int], grid: dict[int, tuple[str, str]]) -> str:
    """Which columns beside a grid list organizations as well: they say less, and are not read."""
    names = {fold_name(name) for _, name in grid.values()}
    listing = [
        k for k in beside
        if any(fold_name(part) in names for row in raw.rows for part in LISTED.split(row[k]))
    ]  # fmt: skip
    if not listing:
        return ""
    verb = "lists" if len(listing) == 1 else "list"
    return f" {name_headers(raw, listing)} {verb} organizations as well, and is not read."


LISTED = re.compile(r"[;,\n]\s*")


def _list_more(several: bool) -> Sequence[str]:
    return ("relation", "evidence") if several else ()
