"""Relations that are none: No relationship, We do not work together; remarks under How."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import Vocabulary, default_vocabulary, fold_word
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.columns import match_headers
from ...headers.row import TOTALS
from ...values.numbers import read_number
from ...values.parse import NO, YES
from ...values.words import fold_cell, is_nothing
from ..entries import holds_figures, note_shape

# Headers over yes and no that say whether there is a tie, folded; and those of other times.
EXISTS = re.compile(
    r"(are they )?connected|((tie|connection|relationship|link) )?exists?|"
    r"any (contact|relationship)|"
    r"(current )?(partner|partnership|relationship|tie|connection|contact)( y n| yes no)?|"
    r"((do|does) (you|they|your organization) )?(currently )?"
    r"(work|works|working|collaborate|collaborates|partner|partners) (together|with \w+( \w+)?)"
    r"( now| currently| today)?|current (partner|partnership|relationship)"
)
DEFAULT_RELATION = "collaboration"  # where none is said
# Headers under which people also tell in words of their own how two work together.
HOW = frozenset(map(fold_word, ("how", "how do they work together", "connection")))


def is_denial(text: str, words: Vocabulary) -> bool:
    """Tell whether a relation is the answer that there is none.

    Examples
    --------
    >>> words = default_vocabulary()
    >>> is_denial("No relationship", words), is_denial("Referral", words), is_denial("", words)
    (True, False, False)
    """
    said = bool(text) and words.find_relation(text) is None
    return said and words.find_answer(text, "") == 0


def is_level(text: str, words: Vocabulary) -> bool:
    """Tell whether a relation is a level of working together, and nothing else.

    Examples
    --------
    >>> words = default_vocabulary()
    >>> is_level("Strong", words), is_level("Informal", words), is_level("Contract", words)
    (True, True, False)
    """
    known = words.find_relation(text) is not None or words.find_level(text) is not None
    return not known and bool(words.find_answer(text, ""))


def take_denials(raw: RawTable) -> RawTable:
    """Read what says that there is no tie as the answer none: a relation, or No under Connected."""
    return _hear_exists(_hear_relations(raw))


def _hear_exists(raw: RawTable) -> RawTable:
    """Read No, or no answer, in a column that says whether there is a tie at all."""
    found = match_headers(raw, TABLES["ties"])
    at = next((k for k, text in found.extras.items() if EXISTS.fullmatch(fold_word(text))), -1)
    cells = {row[at] for row in raw.rows if row[at].strip()} if at >= 0 else set()
    if not any(fold_cell(text) in NO for text in cells):
        return raw
    if any(fold_cell(text) not in YES | NO and not is_nothing(text, "value") for text in cells):
        return raw
    strength = found.columns.get("strength", len(raw.header))
    rows = [[*row, ""] if strength == len(row) else list(row) for row in raw.rows]
    for row in rows:
        no = fold_cell(row[at]) in NO
        if no or (row[at].strip() and fold_cell(row[at]) not in YES and not row[strength]):
            row[strength] = "none" if no else row[at]
    header = raw.header if "strength" in found.columns else (*raw.header, "strength")
    denied = sum(fold_cell(row[at]) in NO for row in raw.rows)
    note = note_shape(
        raw,
        f'"no" under "{raw.header[at]}" in {count_noun(denied, "row")}',
        "It is read as the answer none: no tie, and known to be none.",
        allowed="A row names two organizations that work together, or says that they do not.",
    )
    return replace(raw, header=header, rows=rows, notes=(*raw.notes, note))


def _hear_relations(raw: RawTable) -> RawTable:
    """Read an answer under the relation (No relationship, Strong, Weekly) as the strength."""
    columns = match_headers(raw, TABLES["ties"]).columns
    at, words = columns.get("relation", -1), default_vocabulary()
    if at < 0:
        return raw
    texts = {row[at] for row in raw.rows}
    none = {text for text in texts if is_denial(text, words)}
    levels = {text for text in texts - none if is_level(text, words)}
    if not none | levels:
        return raw
    strength = columns.get("strength", len(raw.header))
    rows = [[*row, ""] if strength == len(row) else list(row) for row in raw.rows]
    said = [row for row in rows if row[at] in none | levels]
    for row in said:
        row[strength] = row[at] if row[at] in none else row[strength] or row[at]
        row[at] = ""
    header = raw.header if "strength" in columns else (*raw.header, "strength")
    named = ", ".join(f'"{text}"' for text in sorted(none | levels)[:3])
    note = note_shape(
        raw,
        f'{named} under "{raw.header[at]}" in {count_noun(len(said), "row")}',
        "It is read as how closely they work together"
        + ("; no relationship is the answer none, which is no tie." if none else "."),
        allowed="A relation says what two organizations do together.",
    )
    return replace(raw, header=header, rows=rows, notes=(*raw.notes, note))


def take_remarks(raw: RawTable) -> RawTable:
    """Keep remarks under How, which are no relation that is known, as the evidence of the ties."""
    columns = match_headers(raw, TABLES["ties"]).columns
    at, words = columns.get("relation", -1), default_vocabulary()
    if at < 0 or fold_word(raw.header[at]) not in HOW or "evidence" in columns:
        return raw
    said = {row[at] for row in raw.rows if not is_nothing(row[at])}
    remarks = {text for text in said if not (words.find_relation(text) or words.find_level(text))}
    if not remarks:
        return raw
    first = next(row[at] for row in raw.rows if row[at] in remarks)
    where = "cells" if raw.asked else f'"{raw.header[at]}"'
    note = note_shape(
        raw,
        f'{where} with remarks ("{first[:60]}"), and no relation that partnet knows',
        "They are kept as the evidence of the ties, which count as collaboration.",
        allowed="A relation is one that partnet knows (referral, contract, data sharing, ...).",
    )
    rows = [_part_remark(row, at, remarks) for row in raw.rows]
    return replace(raw, header=(*raw.header, "evidence"), rows=rows, notes=(*raw.notes, note))


def _part_remark(row: Sequence[str], at: int, remarks: Collection[str]) -> list[str]:
    if row[at] not in remarks:
        return [*row, ""]
    return [*(DEFAULT_RELATION if k == at else text for k, text in enumerate(row)), row[at]]


def find_relations(raw: RawTable) -> RawTable:
    """Read the one column whose cells name relations as the relation, whatever its header."""
    headers = match_headers(raw, TABLES["ties"])
    ends = {"source", "target"} <= set(headers.columns)
    if "relation" in headers.columns or not ends:
        return raw
    found = [k for k, text in headers.extras.items() if text and _names_relations(raw, k)]
    if len(found) != 1:
        return raw
    note = note_shape(
        raw,
        f'"{raw.header[found[0]]}" with relations',
        "They are read as the relations of the ties.",
        allowed="A tie has a relation (referral, contract, data sharing, ...).",
    )
    header = tuple("relation" if k in found else text for k, text in enumerate(raw.header))
    return replace(raw, header=header, notes=(*raw.notes, note))


def _names_relations(raw: RawTable, position: int) -> bool:
    """Whether every cell of a column says relations, or that there is none."""
    words = default_vocabulary()
    cells = {row[position] for row in raw.rows if not is_nothing(row[position], "value")}
    parts = {part.strip() for text in cells for part in PARTS.split(text[:MOST_CELL])} - {""}
    known = {part for part in parts if words.find_relation(part) is not None}
    rest = parts - known
    return bool(known) and all(is_denial(text, words) for text in rest)


PARTS = re.compile(r"[;|\n,]")
MOST_CELL = 2_000  # characters of a cell that may list relations


def take_heading(raw: RawTable) -> RawTable:
    """Take the relation from the headers of the ends where no column says it: Referred to."""
    columns = match_headers(raw, TABLES["ties"]).columns
    if not {"source", "target"} <= set(columns):
        return raw
    counted = _find_counts(raw) if "strength" not in columns else -1
    if "relation" in columns:
        return _weigh_counts(raw, counted, columns["relation"]) if counted >= 0 else raw
    if counted >= 0:
        return _take_counts(raw, counted)
    heads = [raw.header[columns[end]] for end in ("target", "source")]
    relation = default_vocabulary().find_relation(heads[0]) or ""
    if any(map(REFERRED.match, heads)):
        relation = "referral"
    elif any(map(TRANSFERRED.search, raw.header)):
        relation = "transfer"
    if not relation or relation == TABLES["ties"].column("relation").default:
        return raw
    note = note_shape(
        raw,
        f'"{heads[1]}" and "{heads[0]}", and no column relation',
        f'By these headers all rows have the relation "{relation}".',
        allowed="A tie has a relation (referral, contract, data sharing, ...).",
    )
    rows = [[*row, relation] for row in raw.rows]
    return replace(raw, header=(*raw.header, "relation"), rows=rows, notes=(*raw.notes, note))


def _find_counts(raw: RawTable) -> int:
    """The one column of numbers under the name of a relation: # Referrals; -1 where none is."""
    extras = match_headers(raw, TABLES["ties"]).extras
    figures = [k for k, text in extras.items() if text and holds_figures(raw, k)]
    found = [k for k in figures if _hear(raw.header[k])]
    if len(found) == 1:
        return found[0]
    sums = [k for k in figures if fold_cell(raw.header[k]) in TOTALS]
    return sums[0] if len(sums) == 1 and _adds_up(raw, sums[0], figures) else -1


def _adds_up(raw: RawTable, total: int, figures: Collection[int]) -> bool:
    """Whether a column holds the sums of all other figures of its rows, as of months."""
    others = [k for k in figures if k != total]
    sums = [sum(read_number(row[k]) or 0 for k in others) for row in raw.rows]
    said = [read_number(row[total]) or 0 for row in raw.rows]
    return len(others) > 1 and sums == said


def _hear(header: str) -> str:
    """The relation that a header names, also in "Number of referrals"."""
    bare = COUNT.sub("", header).strip()
    said = default_vocabulary().find_relation(bare) or ""
    return "transfer" if not said and TRANSFERRED.search(header) else said


COUNT = re.compile(r"^(#|no\.?|number|count|total)\s*(of\s)?|\s*(count|#)$", re.IGNORECASE)


def _take_counts(raw: RawTable, position: int) -> RawTable:
    relation = _hear(raw.header[position])
    if not relation:
        return _weigh_counts(raw, position, -1)
    note = note_shape(
        raw,
        f'numbers under "{raw.header[position]}"',
        f'All rows have the relation "{relation}", and the numbers are their strengths.',
        allowed="A tie has a relation (referral, contract, data sharing, ...).",
    )
    header = tuple("strength" if k == position else text for k, text in enumerate(raw.header))
    rows = [[*row, relation] for row in raw.rows]
    return replace(raw, header=(*header, "relation"), rows=rows, notes=(*raw.notes, note))


def _weigh_counts(raw: RawTable, counted: int, at: int) -> RawTable:
    """Read counts of the one relation that all rows have as the strengths of the ties."""
    find = default_vocabulary().find_relation
    said = _hear(raw.header[counted])
    if said and {find(row[at]) for row in raw.rows} != {said}:
        return raw
    note = note_shape(
        raw,
        f'numbers under "{raw.header[counted]}"',
        "They are read as the strengths of the ties.",
        allowed="The strength of a tie stands under strength (or weight, frequency).",
    )
    header = tuple("strength" if k == counted else text for k, text in enumerate(raw.header))
    return replace(raw, header=header, notes=(*raw.notes, note))


REFERRED = re.compile(r"referr(ed|ing|al)\b|refers\b", re.IGNORECASE)
TRANSFERRED = re.compile(r"\btransfer(s|red|ring)?\b", re.IGNORECASE)
