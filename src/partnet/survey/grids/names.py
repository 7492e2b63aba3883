"""Which organizations a text names, and which columns are of one question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...core.vocabulary import fold_word
from ...core.wording.names import NameIndex
from .layout import LEAST_CODE, split_heading
from .mapping import MappedColumn

SEVERAL = re.compile(r"\s*[,;|\n]\s*")  # between answers of one cell
BESIDE = re.compile(r"\s*[,;|\n()]\s*|\s+[-\u2013\u2014/@]\s+|\s+(?:at|of|from|with)\s+")
MOST_NAME = 200  # letters of a person and an organization
LINES = re.compile(r"\s*[;|\n]\s*")  # between names that may hold commas


def find_organization(index: NameIndex, text: str) -> str:
    """Give the id of the organization that a text names, exactly or but for accents and marks."""
    return (index.find(text) or index.find_loosely(text)) if text else ""


def find_respondent(index: NameIndex, text: str) -> str:
    """Give the organization that answers, also where a person stands beside its name.

    Examples
    --------
    >>> index = NameIndex(["h"], ["Hill Hospital"])
    >>> find_respondent(index, "Pat Sample, Hill Hospital")
    'h'
    """
    found = find_organization(index, text)
    if found or len(text) > MOST_NAME:
        return found
    beside = {find_organization(index, part) for part in BESIDE.split(text)} - {""}
    return beside.pop() if len(beside) == 1 else ""


def find_name_within(index: NameIndex, text: str) -> tuple[str, str]:
    """Give the one organization that a text names, and the text without its name; "" for none.

    Of names within others the longest counts; who names two is about neither.
    """
    folded = f" {fold_word(text)} "
    named = {f" {fold_word(name)} ": id_ for id_, name in index.name_of.items()}
    found = {name for name in named if len(name) > LEAST_CODE + 2 and name in folded}
    longest = {name for name in found if not any(name in other != name for other in found)}
    if len(longest) != 1:
        return "", folded
    name = longest.pop()
    return named[name], folded.replace(name, " # ")


def split_names(index: NameIndex, text: str) -> list[str]:
    """Give the ids that a cell names, "" for a part that names nobody.

    Parts end with a line, a semicolon or a comma; codes that KoBo writes, with a blank.
    """
    return [found for _, found in list_names(index, text)]


def list_names(index: NameIndex, text: str) -> list[tuple[str, str]]:
    """Give the parts of a cell, each with the id it names; a name may hold commas itself."""
    whole = [(part, find_organization(index, part)) for part in LINES.split(text) if part]
    found: list[tuple[str, str]] = []
    for part, id_ in whole:
        found += [(part, id_)] if id_ or "," not in part else _join_commas(index, part)
    words = text.split()
    if len(found) == 1 and not found[0][1] and len(words) > 1:
        coded = [(word, find_organization(index, word)) for word in words]
        return coded if all(id_ for _, id_ in coded) else found
    return found


def _join_commas(index: NameIndex, text: str) -> list[tuple[str, str]]:
    """Parts between commas; as many of them as together are a name count as one."""
    parts: Sequence[str] = [part for part in SEVERAL.split(text) if part]
    found, at = [], 0
    while at < len(parts):
        for end in range(min(len(parts), at + 4), at, -1):
            name = ", ".join(parts[at:end])
            id_ = find_organization(index, name)
            if id_ or end == at + 1:
                found.append((name, id_))
                at = end
                break
    return found


def name_question(column: MappedColumn, index: NameIndex) -> str:
    """Say which question a column belongs to, and what it asks.

    Where the question is about the partner itself and its boxes are relations, all are of one.
    """
    question = split_heading(column.heading)[0][0]
    about = column.partner and find_organization(index, question) == column.partner
    return question if about else f"{question} {column.asks}"
