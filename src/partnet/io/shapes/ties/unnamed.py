"""Ties with columns of numbers or levels under headers that say no strength."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import default_vocabulary, fold_word
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.numbers import read_number
from ...values.parse import NO
from ...values.scales import head_scale, read_scale
from ...values.strengths import TIMES, split_numbered
from ...values.words import fold_cell, is_nothing
from ..entries import Entries, holds_figures, name_headers, note_shape, tell_shape

MOST_LOOKED_AT = 2_000  # rows below a header that tell what it is
OTHER = re.compile(
    r"(.* )?(id|ids|key|index|row|rownames|year|zip|fips|npi|ein|phone|lat|lon|latitude|longitude|"
    r"amount|cost|costs|dollars|budget|distance|miles|km|page|budgeted|award|modularity|class|"
    r"interval|timeset|group|cluster|community|color|width|height|size|age)( .*)?|x"
)
# Headers under which high and low, much and little say how closely two work together.
WORKING = re.compile(
    r"\b(work(s|ed|ing)?|collaborat|communicat|interact|coordinat|cooperat|contact|engage|connect)",
    re.IGNORECASE,
)
WAVES = frozenset(map(fold_word, (
    "year", "wave", "time", "survey year", "round", "period", "time point", "timepoint",
    "survey wave", "fiscal year", "fy")))  # fmt: skip
FORTH = frozenset(map(fold_word, ("A to B", "A -> B", "A → B", "A>B", "1 to 2", "1 -> 2")))
BACK = frozenset(map(fold_word, ("B to A", "B -> A", "B → A", "B>A", "2 to 1", "2 -> 1")))
ASKED = re.compile(r"\?|^q\d+\b|^(who|which|how|do|does|have) ", re.IGNORECASE)  # a question
BARE = frozenset({"source", "target", "directed"})  # of ties of which only the answers tell


# A refers to B, and B refers to A: what stands between them may be a relation.
THERE = re.compile(r"(?:org\w* )?(?:a|1) ([a-z ]+?) (?:org\w* )?(?:b|2)")
HERE = re.compile(r"(?:org\w* )?(?:b|2) ([a-z ]+?) (?:org\w* )?(?:a|1)")


def name_strength(raw: RawTable) -> RawTable:
    """Read the one column of levels as strengths; say where a strength may stand beside ties.

    Two columns "A to B" and "B to A" are what each end says: two ties with a direction.
    """
    headers = match_headers(raw, TABLES["ties"])
    if {"strength", "answer"} & set(headers.columns) or not _names_ends(headers.columns):
        return raw
    words = {k: fold_word(text) for k, text in headers.extras.items() if text}
    ways = [next((k for k, w in words.items() if w in part), -1) for part in (FORTH, BACK)]
    if min(ways) < 0:
        ways = [next((k for k, w in words.items() if p.fullmatch(w)), -1) for p in (THERE, HERE)]
    if min(ways) >= 0:
        return _part_ways(raw, headers.columns, *ways)
    levels = [k for k in words if _holds_levels(raw, k)]
    first = replace(raw, rows=raw.rows[:MOST_LOOKED_AT])
    scaled = [k for k in words if _says_scale(first, k)]
    asked = [k for k, w in words.items() if HOW_MUCH.search(w) and _answers(first, k)]
    for found, what in (
        (levels, "levels of working together"),
        (scaled, "numbers and their scale"),
        (asked, "answers to how much two work together"),
    ):
        if len(found) == 1:
            return _take_strength(raw, found[0], what)
    figures = [k for k, w in words.items() if not OTHER.fullmatch(w) and holds_figures(first, k)]
    if len(figures) == 1 and not levels and read_scale(raw.above, default_vocabulary()):
        return _take_strength(raw, figures[0], "numbers, and their scale above the header")
    found = sorted({*levels, *figures})
    raw = _tell_unnamed(raw, found) if found and not _is_foreign(raw) else raw
    questions = [k for k in figures if ASKED.search(raw.header[k])]
    if len(questions) > 1 and questions == figures and set(headers.columns) <= BARE:
        raw = _leave_out_zeros(raw, questions)
    denied = {k: said for k in words if k not in found and (said := _deny(raw, k))}
    return _tell_denied(raw, denied) if denied else raw


def _answers(raw: RawTable, position: int) -> bool:
    """Whether at least half of the different cells of a column are levels, or numbers."""
    words = default_vocabulary()
    cells = {row[position] for row in raw.rows if not is_nothing(row[position], "value")}
    known = [
        text for text in cells
        if words.find_answer(text) is not None or split_numbered(text) or text.isdigit()
        or TIMES.fullmatch(text)
    ]  # fmt: skip
    return bool(cells) and (2 * len(known) >= len(cells) or holds_figures(raw, position))


# Headers that ask how much two work together, folded.
HOW_MUCH = re.compile(
    r"^how (often|frequent(ly)?|close(ly)?|much|strong(ly)?)\b|to what extent\b|"
    r"\b(collaboration|communication|contact|interaction|relationship|partnership|coordination|"
    r"cooperation|engagement|involvement) (level|frequency|strength|intensity|score|rating)|"
    r"\b(level|frequency|strength|intensity|extent|degree|closeness) of (the |your )?"
    r"(collaboration|communication|contact|interaction|relationship|partnership|coordination|"
    r"cooperation|engagement|involvement|connection|working)|"
    r"describe (the|your|this) (relationship|partnership|connection)|"
    r"\b(contact|meeting|referral|visit|call|time|hour|interaction|communication|email)s? "
    r"(per|a|each|in the last|last) (year|month|week|quarter|12 months)|"
    r"^((number|no) of |no )?(time met|(joint )?meeting|contact|call|visit)( held)? "
    r"(in|during|since|this|last)( the)?( last| past| calendar| fiscal)? (fy ?)?"
    r"(\d{2,4}|year|12 month)$"
)


def _take_strength(raw: RawTable, position: int, what: str) -> RawTable:
    """Read a column as the strength; its header keeps what it says of its numbers."""
    head = head_scale(raw.header[position])
    note = note_shape(
        raw,
        f'"{raw.header[position]}" with {what}',
        "It is read as the strength of the ties.",
        allowed="The strength of a tie stands under strength (or weight, frequency).",
    )
    header = tuple(head if k == position else t for k, t in enumerate(raw.header))
    return replace(raw, header=header, notes=(*raw.notes, note))


def _says_scale(raw: RawTable, position: int) -> bool:
    """Whether a header says what the numbers below it mean, of how two work together."""
    text = raw.header[position]
    said = read_scale(text, default_vocabulary()) if "=" in text or ":" in text else None
    told = said is not None and bool(said.levels or said.none or said.turned or said.numbers)
    return told and not AGREED.search(text) and holds_figures(raw, position)


def _deny(raw: RawTable, position: int) -> str:
    """What some cell of a column says in more than a word: that there is nothing; else ""."""
    words = default_vocabulary()
    cells = {row[position] for row in raw.rows[:MOST_LOOKED_AT]}
    said = {text for text in cells if fold_cell(text) not in NO and not is_nothing(text, "value")}
    return next((text for text in sorted(said) if words.find_answer(text) == 0), "")


def _tell_denied(raw: RawTable, denied: Mapping[int, str]) -> RawTable:
    said = " and ".join(f'"{text}" under "{raw.header[k]}"' for k, text in denied.items())
    return tell_shape(
        raw,
        f"{said}, which is neither the relation nor the strength",
        "It is kept as text, and its rows count as ties. If it means that there is none, write "
        "none into a column strength.",
        allowed="Each row of the ties names two organizations that work together.",
    )


def tell_agreed(raw: RawTable) -> RawTable:
    """Say where columns of agree and disagree stand beside ties: they are ratings."""
    headers = match_headers(raw, TABLES["ties"])
    if not _names_ends(headers.columns):
        return raw
    agreed = [k for k, text in headers.extras.items() if text and _holds_agreement(raw, k)]
    if not agreed:
        return raw
    named = name_headers(raw, agreed)
    return tell_shape(
        raw,
        f"{named} with answers from agree to disagree",
        "They are kept as text, and no strength is made of them. What organizations think of each "
        "other belongs into a table ratings: rater, rated, dimension, value.",
        allowed="The strength of a tie says how often or how closely two work together.",
    )


def _holds_agreement(raw: RawTable, position: int) -> bool:
    """Whether a column holds agreement, and nothing else that says something."""
    cells = {fold_cell(row[position]) for row in raw.rows[:MOST_LOOKED_AT]}
    cells = {text for text in cells if not is_nothing(text, "value")}
    return any(map(AGREED.search, cells)) and all(
        AGREED.search(text) or text in BETWEEN for text in cells
    )


AGREED = re.compile(r"\b(dis)?agree\b", re.IGNORECASE)
BETWEEN = frozenset({"neutral", "neither", "undecided", "mixed", "somewhat"})


def tell_waves(raw: RawTable) -> RawTable:
    """Say where a column of years tells several waves: a pair stands in more than one of them."""
    headers = match_headers(raw, TABLES["ties"])
    at = next((k for k, t in headers.extras.items() if fold_word(t) in WAVES), -1)
    dated = {"since", "until"} & set(headers.columns)
    if at < 0 or dated or not _names_ends(headers.columns):
        return raw
    ends = headers.columns["source"], headers.columns["target"]
    rows = {(row[at], row[ends[0]], row[ends[1]]) for row in raw.rows if row[at]}
    waves = sorted({wave for wave, _, _ in rows})
    if len(waves) < 2 or len({pair[1:] for pair in rows}) == len(rows):
        return raw
    return tell_shape(
        raw,
        f'"{raw.header[at]}" from {waves[0]} to {waves[-1]}, and the same two organizations in '
        "several of them",
        "Every row counts, as if all were of today. Keep the rows of one wave, or say with the "
        "columns since and until when each held.",
        allowed="A network holds one wave.",
    )


def _names_ends(columns: dict[str, int]) -> bool:
    return {"source", "target"} <= set(columns)


def _is_foreign(raw: RawTable) -> bool:
    """Whether a program wrote the table, which names what its numbers are."""
    return bool(raw.table) and not raw.header_row


def _holds_levels(raw: RawTable, position: int) -> bool:
    """Whether a column holds levels of a ladder alone, other than high, medium and low."""
    words = default_vocabulary()
    said = {row[position] for row in raw.rows[:MOST_LOOKED_AT]}
    cells = {text for text in said if not is_nothing(text, "value")}
    found = {words.find_level(t) if (a := words.find_answer(t)) is None else a for t in cells}
    if None in found or not any(found):
        return False
    if WORKING.search(raw.header[position]):
        return True
    closeness = set(map(fold_cell, words.ladders["closeness"].answers()))
    return not closeness & set(map(fold_cell, cells))


def _tell_unnamed(raw: RawTable, found: list[int]) -> RawTable:
    named = name_headers(raw, found)
    return tell_shape(
        raw,
        f"{named} with numbers or levels, and no column of strengths",
        "They are kept as text, and all ties count alike. If one of them says how strong a tie "
        'is, call it strength; where 1 is the strongest, "strength (1 = strongest)".',
        allowed="The strength of a tie stands under strength (or weight, frequency).",
    )


def _leave_out_zeros(raw: RawTable, asked: list[int]) -> RawTable:
    """Leave out rows that have a 0 under everything that was asked of the two."""
    kept, gone = Entries(raw, raw.header), 0
    for position, row in enumerate(raw.rows):
        if all(read_number(row[k]) == 0 for k in asked):
            gone += 1
        else:
            kept.add(position, list(row))
    if not gone:
        return raw
    note = note_shape(
        raw,
        f"0 under {name_headers(raw, asked)} in {count_noun(gone, 'row')}",
        "Two of whom every answer is 0 are not tied by it; the row is left out. If they are, write "
        "the relation or the strength beside the 0.",
        allowed="Each row of the ties names two organizations that work together.",
    )
    return kept.make(note)


def _part_ways(raw: RawTable, columns: dict[str, int], forth: int, back: int) -> RawTable:
    """Two ties a row: what stands under A to B, and what under B to A."""
    ends = columns["source"], columns["target"]
    without = {*ends, forth, back, columns.get("directed", -1)}
    kept = [k for k in range(len(raw.header)) if k not in without]
    between = THERE.fullmatch(fold_word(raw.header[forth]))
    relation = default_vocabulary().find_relation(between[1]) if between else None
    more = ["relation"] if relation and "relation" not in columns else []
    header = ("source", "target", "strength", "directed", *(raw.header[k] for k in kept), *more)
    entries = Entries(raw, header)
    for position, row in enumerate(raw.rows):
        for (a, b), k in ((ends, forth), (ends[::-1], back)):
            if not is_nothing(row[k], "value"):
                cells = [row[a], row[b], row[k], "yes", *(row[i] for i in kept)]
                entries.add(position, [*cells, relation] if more and relation else cells)
    note = note_shape(
        raw,
        f'"{raw.header[forth]}" and "{raw.header[back]}" beside the ends',
        f"Each is read as the strength of a tie in its direction: {len(entries.rows):,} ties.",
    )
    return entries.make(note)
