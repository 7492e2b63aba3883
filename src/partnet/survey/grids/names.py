"""Which organizations a text names, and which columns are of one question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...core.names import NameIndex
from .layout import split_heading
from .mapping import MappedColumn

SEVERAL = re.compile(r"\s*[,;|\n]\s*")  # between answers of one cell
LINES = re.compile(r"\s*[;|\n]\s*")  # between names that may hold commas


def find_organization(index: NameIndex, text: str) -> str:
    """Give the id of the organization that a text names, exactly or but for accents and marks."""
    return (index.find(text) or index.find_loosely(text)) if text else ""


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
