"""Persons written with their organization in one cell: Pat Sample (Alder Hospital)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ....core.schema import TABLES
from ....core.wording.names import fold_name
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.words import is_nothing, list_words
from ..cells.several import MARKS, list_parts
from ..entries import Entries, note_shape, say_people, tell_shape

ENDS = ("source", "target", "organization")
WRITTEN = re.compile(
    r"([^()\[\],;@]+?)(?: *\(([^()]+)\)| *\[([^\[\]]+)\]|, +([^,()]+)| at ([^,()]+))"
)
PERSON = re.compile(
    r"(?:(?:dr|mr|mrs|ms|rev|sr)\.? )?[A-Z][\w'\u2019-]+(?: [A-Z]\.?)? [A-Z][\w'\u2019-]+"
    r"(?:,? (?:jr|sr|md|do|rn|phd|msw|mph|np|pa)\.?)?",
    re.IGNORECASE,
)
WORD = re.compile(r"[a-z\d]+")
FEWEST = 2  # persons of a column


def part_employers(tables: Mapping[str, RawTable], known: Collection[str]) -> dict[str, RawTable]:
    """Write the organization for a person who is written with it; the persons go to people.

    `known` holds folded ids and names of organizations: who stands there is no person.
    """
    turned = dict(tables)
    for name in ("ties", "memberships"):
        if name not in turned:
            continue
        raw = turned[name]
        at = match_headers(raw, TABLES[name]).columns
        ends = [at[end] for end in ENDS if end in at]
        texts = dict.fromkeys(row[k] for row in raw.rows for k in ends)
        cells = dict.fromkeys(part for text in texts for part in list_parts(MARKS, text))
        of, asked = _find_written(cells, known)
        if of:
            turned[name], people = _part(raw, ends, of)
            turned.setdefault("people", people)
        elif asked:
            turned[name] = _ask(raw, asked)
    return turned


def _find_written(
    cells: Iterable[str], known: Collection[str]
) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """Person and organization by cell, where a column holds such; else the cells that may be."""
    listed = [text for text in cells if not is_nothing(text, "label")]
    parts = {text: WRITTEN.fullmatch(text[:200]) for text in listed if fold_name(text) not in known}
    found: dict[str, tuple[str, str]] = {}
    behind = dict[str, bool]()  # whether a person may stand behind an organization
    for text, match in parts.items():
        if match is None:
            continue
        first, second = match[1].strip(), next(filter(None, match.groups()[1:])).strip()
        if _is_person(first) and (_names_institution(second) or fold_name(second) in known):
            found[text] = first, second
        elif _names_institution(first) and not match[4] and not match[5]:
            behind[text] = _is_person(second)
    turned = [*behind] if len(behind) >= FEWEST and all(behind.values()) else []
    alone = {fold_name(text) for text in listed}
    sure = len(found) >= FEWEST or any(fold_name(o) in {*alone, *known} for _, o in found.values())
    return (found, []) if sure else ({}, [*found, *turned])


def _is_person(text: str) -> bool:
    of_institution = list_words("institutions.sure") | list_words("institutions.likely")
    return bool(PERSON.fullmatch(text)) and of_institution.isdisjoint(_list_words(text))


def _names_institution(text: str) -> bool:
    return not list_words("institutions.sure").isdisjoint(_list_words(text))


def _list_words(text: str) -> list[str]:
    return WORD.findall(text.casefold().replace("\u2019", "'").replace("'s", ""))


def _part(
    raw: RawTable, ends: Collection[int], of: Mapping[str, tuple[str, str]]
) -> tuple[RawTable, RawTable]:
    """The organizations in the place of persons, and the persons as a table people."""
    people, seen = Entries(raw, ("person", "organization")), set[tuple[str, ...]]()
    rows: list[list[str]] = []
    for position, row in enumerate(raw.rows):
        cells = list(row)
        for k in ends:
            parts = list_parts(MARKS, row[k])
            written = [of[part] for part in parts if part in of]
            for one in written:
                if (who := tuple(map(fold_name, one))) not in seen:
                    seen.add(who)
                    people.add(position, [*one])
            if written:
                cells[k] = "; ".join(of[part][1] if part in of else part for part in parts)
        rows.append(cells)
    first = next(iter(of))
    note = note_shape(
        raw,
        f'persons with their organization in one cell ("{first[:60]}")',
        f"{say_people(people)}; what is read here are their organizations.",
        allowed="An organization is no person.",
    )
    parted = replace(raw, rows=rows, notes=(*raw.notes, note))
    return parted, replace(people.make(), table="people", notes=(), spent=0)


def _ask(raw: RawTable, asked: list[str]) -> RawTable:
    more = f" and {len(asked) - 1:,} more" if len(asked) > 1 else ""
    return tell_shape(
        raw,
        f'"{asked[0][:80]}"{more}, read as the name of an organization',
        "It may be a person with an organization. If so, give the person a column of their own "
        "(contact), and let the organization stand alone.",
        allowed="An organization is no person.",
    )
