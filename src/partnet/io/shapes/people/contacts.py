"""A list of contacts: persons with their organizations, of which several rows may name the same."""

from __future__ import annotations

import re
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ....core.wording.names import fold_name
from ...cells import RawTable
from ...headers.columns import OF_CONTACT, PERSONAL, match_headers
from ...values.parse import spell_choices
from ...values.words import is_nothing
from ..entries import Entries, name_headers, note_shape, say_people

ROLES = frozenset(map(fold_word, ("title", "job title", "position", "role")))
CONTACTS = frozenset(map(fold_word, (
    "contact person", "primary contact", "secondary contact", "main contact", "contact name",
    "contact", "point of contact", "poc", "representative", "rep", "primary contact name",
    "secondary contact name", "alternate contact", "contact 1", "contact 2", "key contact",
    "program contact", "alternate", "delegate", "organization contact",
    "staff contact", "primary representative", "contact person name", "person", "point person",
    "point of contact name", "assigned to", "partner lead", "relationship manager",
    "staff lead", "our contact", "liaison",
    "lead contact", "contact lead", "program manager", "account manager")))  # fmt: skip
# Headers over those who kept the list, as systems add them: nobody of the organizations.
KEEPERS = frozenset(map(fold_word, (
    "created by", "modified by", "last modified by", "last edited by", "added by", "entered by",
    "updated by", "last updated by", "last changed by", "editor", "author", "account owner",
    "company owner", "record owner", "account owner alias", "owner full name")))  # fmt: skip
ACCOUNT = frozenset({"account", "account name", "account id"})
# Backup Contact, Data Liaison: roles of a person by their last word.
TOLD = re.compile(r" (contact|representative|rep|liaison|delegate|designee|poc|champion)( name)?$")
REACHED = re.compile(r"\b(e ?mail|phone|telephone|cell|mobile|fax|extension|ext)( \w+)?$")
# Headers over names of persons; an owner is an organization more often.
LEADERS = spell_choices(TABLES["people"].column("level")) - {"owner"}
NAMED = re.compile(r"[^\W\d_][\w.'\u2019-]*(?:[ ,]+[^\W\d_][\w.'\u2019-]*){1,4}")  # Pat Sample, MD
INTERIM = re.compile(r"^(interim|acting|vacant|new)\W+|\s*\((interim|acting|new)\)$", re.IGNORECASE)
PARTS = (("first name", "given name"), ("last name", "surname"))


def part_persons(raw: RawTable) -> tuple[RawTable, RawTable | None]:
    """Part a list of contacts into organizations and people; ``None`` where it names no person.

    Persons never become organizations, and what is personal does not stay with these.
    """
    headers = match_headers(raw, TABLES["organizations"])
    words = [fold_word(text) for text in raw.header]
    at = headers.columns.get("name", -1)
    roles = [k for k in headers.extras if words[k] in LEADERS | CONTACTS or TOLD.search(words[k])]
    keepers = {k for k in headers.extras if words[k] in KEEPERS}
    keepers |= {k for k in headers.extras if words[k] == "owner" and is_of_crm(raw)}
    if keepers and at >= 0:
        return part_persons(_drop_keepers(raw, keepers))
    leaders = [k for k in roles if names_persons(raw, k)]
    if at >= 0 and leaders and headers.person < 0:
        return _take_leaders(raw, at, leaders)
    names = [headers.person] if headers.person >= 0 else _find_name_parts(words)
    if at < 0 or not names or at in names:
        return raw, None
    dropped = {k for k, word in enumerate(words) if word in PERSONAL or k in names}
    role = next((k for k, word in enumerate(words) if word in ROLES), -1)
    kept = [k for k in range(len(words)) if k not in dropped]
    organizations, seen = Entries(raw, [raw.header[k] for k in kept]), set[str]()
    people = Entries(raw, ("person", "organization", "role"))
    for position, row in enumerate(raw.rows):
        person = " ".join(filter(None, (row[k] for k in names)))
        if not is_nothing(person) and not is_nothing(row[at], "label"):
            people.add(position, [person, row[at], row[role] if role >= 0 else ""])
        if fold_name(row[at]) in seen and person:
            continue
        seen.add(fold_name(row[at]))
        organizations.add(position, [row[k] for k in kept])
    shown = raw.header[names[0]].removesuffix(OF_CONTACT)
    note = note_shape(
        raw,
        f'persons under "{shown}" beside "{raw.header[at]}"',
        f'"{raw.header[at]}" names the organization; {len(people.rows):,} persons stand in the '
        "table people, and what else is personal (email, phone) is not kept.",
        allowed="An organization is no person.",
    )
    found = replace(people.make(), table="people", notes=(), spent=0)
    return organizations.make(note), found


def is_of_crm(raw: RawTable) -> bool:
    """Whether organizations are called accounts, as in programs for customer relations: there an
    owner is whoever of one's own staff looks after them.
    """
    return any(fold_word(text) in ACCOUNT for text in raw.header)


def _drop_keepers(raw: RawTable, keepers: set[int]) -> RawTable:
    """Leave out who kept the list."""
    kept = [k for k in range(len(raw.header)) if k not in keepers]
    note = note_shape(
        raw,
        f"{name_headers(raw, sorted(keepers))} beside the organizations",
        "Who kept the list is no person of an organization, and is not kept.",
        allowed="An organization is no person.",
    )
    rows = [[row[k] for k in kept] for row in raw.rows]
    header = tuple(raw.header[k] for k in kept)
    return replace(raw, header=header, rows=rows, notes=(*raw.notes, note))


def _take_leaders(raw: RawTable, at: int, leaders: list[int]) -> tuple[RawTable, RawTable]:
    """Take persons under the names of their roles (CEO, contact) out of a list of organizations."""
    words = [fold_word(text) for text in raw.header]
    personal = {k for k, word in enumerate(words) if word in PERSONAL or REACHED.search(word)}
    kept = [k for k in range(len(words)) if k not in leaders and k not in personal]
    organizations = Entries(raw, [raw.header[k] for k in kept])
    people = Entries(raw, ("person", "organization", "role", "level"))
    for position, row in enumerate(raw.rows):
        organizations.add(position, [row[k] for k in kept])
        for k in leaders:
            if not is_nothing(row[k]) and not is_nothing(row[at], "label"):
                level = raw.header[k] if words[k] in LEADERS else ""
                people.add(position, [row[k], row[at], raw.header[k], level])
    named = ", ".join(f'"{raw.header[k]}"' for k in leaders)
    note = note_shape(
        raw,
        f"persons under {named}",
        f"{say_people(people)}; what else is personal (email, phone) is not kept.",
        allowed="An organization is no person.",
    )
    return organizations.make(note), replace(people.make(), table="people", notes=(), spent=0)


def names_persons(raw: RawTable, position: int) -> bool:
    """Whether the cells of a column are names of persons: two words or more, and no numbers."""
    cells = [INTERIM.sub("", row[position]) for row in raw.rows if not is_nothing(row[position])]
    return bool(cells) and all(map(NAMED.fullmatch, cells))


def _find_name_parts(words: list[str]) -> list[int]:
    """First and last name, in this order."""
    found = [next((k for k, word in enumerate(words) if word in part), -1) for part in PARTS]
    return found if all(k >= 0 for k in found) else []
