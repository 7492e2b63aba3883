"""Persons beside ties and memberships: it is their organizations that are meant."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ....core.wording.names import fold_name
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.columns import WHO, match_headers
from ...values.words import is_nothing
from ..entries import Entries, name_headers, note_shape, say_people
from .contacts import CONTACTS, names_persons

PERSONS = CONTACTS | frozenset(map(fold_word, (
    "person", "attendee", "attendee name", "participant", "participant name", "member",
    "member name", "committee member", "staff", "staff member", "staff name", "person a",
    "person b", "person 1", "person 2", "talks to", "talked to", "speaks with", "spoke with",
    "colleague", "respondent name", "your name", "designee", "ego name", "alter name",
    "partner contact", "contact at partner", "signed in", "your contact", "their contact",
    "chair", "co chair", "vice chair", "chairperson", "chairman", "committee chair", "facilitator",
    "secretary", "treasurer", "goes to", "asks", "seeks advice from", "turns to")))  # fmt: skip
ENDS = ("source", "target")


def take_staff(tables: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """Move names of persons out of ties and memberships into the table people."""
    turned = dict(tables)
    for name in ("ties", "memberships"):
        if name in turned:
            turned[name], people = _part_staff(turned[name], name)
            if people is not None:
                turned.setdefault("people", people)
    return turned


def _part_staff(raw: RawTable, name: str) -> tuple[RawTable, RawTable | None]:
    columns = _find_staff(raw, name)
    if not columns:
        return raw, None
    kept = [k for k in range(len(raw.header)) if k not in columns]
    rest, people = Entries(raw, [raw.header[k] for k in kept]), Entries(raw, PEOPLE)
    seen = set[tuple[str, str]]()
    for position, row in enumerate(raw.rows):
        rest.add(position, [row[k] for k in kept])
        for k, at in columns.items():
            said = at >= 0 and not is_nothing(row[k]) and not is_nothing(row[at], "label")
            if said and (row[k], row[at]) not in seen:
                seen.add((row[k], row[at]))
                people.add(position, [row[k], row[at]])
    named = name_headers(raw, columns)
    kept_in = say_people(people) if people.rows else "Whose they are is not known"
    note = note_shape(
        raw,
        f"persons under {named}",
        f"{kept_in}; what is read here are the organizations, and persons do not stay with them.",
        allowed="An organization is no person.",
    )
    found = replace(people.make(), table="people", notes=(), spent=0) if people.rows else None
    return rest.make(note), found


PEOPLE = ("person", "organization")


def _find_staff(raw: RawTable, name: str) -> dict[int, int]:
    """Columns of persons, each with that of its organization; -1 where this is not known."""
    headers = match_headers(raw, TABLES[name])
    if raw.table and not raw.header_row:  # a program wrote it, and names what it holds
        return {}
    words = {k: fold_word(text) for k, text in headers.extras.items()}
    told = [k for k, word in words.items() if word in PERSONS and names_persons(raw, k)]
    if name == "memberships":
        owner = headers.columns.get("organization", -1)
        plain = [k for k, word in words.items() if word in WHO and names_persons(raw, k)]
        return dict.fromkeys(sorted({*told, *plain}), owner) if owner >= 0 else {}
    if not set(ENDS) <= set(headers.columns) or not told:
        return {}
    told += [k for k, word in words.items() if word in WHO - PERSONS and names_persons(raw, k)]
    ends = sorted(headers.columns[end] for end in ENDS)
    pairs = len(told) == len(ends)
    return dict(zip(sorted(told), ends if pairs else [-1] * len(told), strict=True))


def name_employers(ties: RawTable, people: RawTable | None, known: Collection[str]) -> RawTable:
    """Write the organization for a person who stands as the end of a tie, where a list tells it.

    `known` holds folded ids and names of organizations: these stay as they are.
    """
    at = match_headers(ties, TABLES["ties"]).columns
    works = _list_employers(people)
    if not works or not set(ENDS) <= set(at):
        return ties
    ends = [at[end] for end in ENDS]
    persons = {row[k] for row in ties.rows for k in ends if fold_name(row[k]) not in known}
    of = {text: works[fold_name(text)] for text in persons if fold_name(text) in works}
    if not of:
        return ties
    rows = [[of.get(t, t) if k in ends else t for k, t in enumerate(row)] for row in ties.rows]
    note = note_shape(
        ties,
        f"ties of {count_noun(len(of), 'person')} who stand in the list of people",
        "Their organizations are read in their place.",
        allowed="A tie links two organizations.",
    )
    return replace(ties, rows=rows, notes=(*ties.notes, note))


def _list_employers(people: RawTable | None) -> dict[str, str]:
    """The organization of each person who has one and no more."""
    if people is None:
        return {}
    at = match_headers(people, TABLES["people"]).columns
    if not {"person", "organization"} <= set(at):
        return {}
    found: dict[str, dict[str, str]] = {}
    for row in people.rows:
        organization = row[at["organization"]]
        if not is_nothing(row[at["person"]]) and not is_nothing(organization, "label"):
            one = found.setdefault(fold_name(row[at["person"]]), {})
            one.setdefault(fold_name(organization), organization)
    return {person: next(iter(one.values())) for person, one in found.items() if len(one) == 1}
