"""Tables with a column for every service, group or partner."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...core.schema import TABLES
from ...core.vocabulary import fold_word
from ..cells import RawTable
from ..headers import match_headers
from ..values.parse import NO, YES
from ..values.words import fold_cell, is_nothing
from .entries import Entries, note_shape

# table: the column that the headers of a wide table belong to, and what they are called
WIDE: Mapping[str, tuple[str, str]] = {
    "services": ("service", "services"),
    "memberships": ("group", "groups"),
}
CHECKBOX = re.compile(r"(.+?)_{3}(.+)")  # as REDCap exports the boxes of one question
PARTNER = re.compile(
    r"(partner|partner organization|partner name|target|to|organization|org|agency|name|alter|"
    r"collaborator|connection|contact|works with) ?#? ?\d{1,2}"
)


def melt_wide(raw: RawTable, name: str) -> RawTable:
    """Turn columns of yes and no into rows, one for every yes; other tables stay as they are."""
    if name == "ties":
        return _melt_partners(raw)
    if name not in WIDE:
        return raw
    column, words = WIDE[name]
    wide = _find_boxes(raw, name)
    if not wide:
        return raw
    kept = [k for k in range(len(raw.header)) if k not in wide]
    entries = Entries(raw, [*(raw.header[k] for k in kept), column])
    for position, row in enumerate(raw.rows):
        for k in wide:
            if fold_cell(row[k]) in YES or _repeats(row[k], raw.header[k]):
                entries.add(position, [*(row[i] for i in kept), _name_box(raw.header[k])])
    return entries.make(
        note_shape(
            raw,
            f"a column of yes and no for each of {len(wide)} {words}",
            f"Each yes is read as a row: {len(entries.rows)} rows.",
        )
    )


def is_wide(raw: RawTable, name: str) -> bool:
    """Tell whether a table has a column of yes and no for each of several services or groups."""
    return len(_find_boxes(raw, name)) > 1


def _find_boxes(raw: RawTable, name: str) -> list[int]:
    column, _ = WIDE[name]
    headers = match_headers(raw, TABLES[name])
    if column in headers.columns or "organization" not in headers.columns:
        return []
    return [k for k, text in headers.extras.items() if text and _says_yes_or_no(raw, k)]


def _says_yes_or_no(raw: RawTable, position: int) -> bool:
    """Whether a column holds only yes, no and blanks, and at least one of the two."""
    header = raw.header[position]
    cells = {
        "yes" if _repeats(row[position], header) else fold_cell(row[position])
        for row in raw.rows if row[position].strip()
    }  # fmt: skip
    said = {word for word in cells if not is_nothing(word, "value") or word in YES | NO}
    return bool(said) and said <= YES | NO


def _repeats(text: str, header: str) -> bool:
    """Whether a box says its own name where it is ticked, as SurveyMonkey has it."""
    return bool(text) and fold_word(text) == fold_word(_name_box(header))


def _name_box(header: str) -> str:
    """The answer that a box stands for: services___transport is transport."""
    match = CHECKBOX.fullmatch(header)
    return " ".join((match[2] if match else header).replace("_", " ").split())


def _melt_partners(raw: RawTable) -> RawTable:
    """Turn a list of each organization with partner 1, partner 2 ... into one row a tie."""
    words = [fold_word(text) for text in raw.header]
    partners = [k for k, word in enumerate(words) if PARTNER.fullmatch(word) and k > 0]
    if len(partners) < 2 or {"source", "target"} <= set(words):
        return raw
    kept = [k for k in range(len(raw.header)) if k not in partners and words[k] not in TARGETS]
    partners += [k for k in range(1, len(words)) if words[k] in TARGETS]
    header = ["source", *(raw.header[k] for k in kept if k), "target"]
    entries = Entries(raw, header)
    for position, row in enumerate(raw.rows):
        for k in sorted(partners):
            if not is_nothing(row[k], "label"):
                entries.add(position, [row[0], *(row[i] for i in kept if i), row[k]])
    return entries.make(
        note_shape(
            raw,
            f"a list of organizations with up to {len(partners)} partners beside each",
            f"Each partner is read as a tie: {len(entries.rows)} ties.",
        )
    )


TARGETS = frozenset({"partner", "target", "to"})
