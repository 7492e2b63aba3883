"""Persons among the organizations, as maps of people and organizations have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ....core.wording.names import fold_name
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.columns import match_headers
from ..entries import Entries, note_shape

PERSON = frozenset(map(fold_word, (
    "person", "persons", "people", "individual", "individuals", "human", "contact person",
    "staff person", "stakeholder (person)", "individual person")))  # fmt: skip


def take_persons_out(tables: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """Leave out rows whose kind is a person; a tie to one organization says where it works.

    Persons never become organizations, and a tie of a person is none of its organization.
    """
    raw = tables["organizations"]
    at = match_headers(raw, TABLES["organizations"]).columns
    if "kind" not in at or "name" not in at:
        return dict(tables)
    rows = [k for k, row in enumerate(raw.rows) if fold_word(row[at["kind"]]) in PERSON]
    if not rows:
        return dict(tables)
    columns = [at[c] for c in ("id", "name") if c in at]
    who = {
        fold_name(raw.rows[k][c]): raw.rows[k][at["name"]]
        for k in rows for c in columns if raw.rows[k][c]
    }  # fmt: skip
    kept = Entries(raw, raw.header)
    for k, row in enumerate(raw.rows):
        if k not in set(rows):
            kept.add(k, list(row))
    turned = dict(tables)
    people = None
    if "ties" in tables:
        turned["ties"], people = _part_ties(tables["ties"], who)
    note = note_shape(
        raw,
        f"{count_noun(len(rows), 'row')} of the kind person",
        "They are left out with their ties; where a tie links a person to an organization, the "
        "table people says so.",
        allowed="An organization is no person.",
    )
    turned["organizations"] = kept.make(note)
    if people is not None:
        turned.setdefault("people", people)
    return turned


def _part_ties(raw: RawTable, who: Mapping[str, str]) -> tuple[RawTable, RawTable | None]:
    """Ties among organizations, and which organization persons are tied to."""
    at = match_headers(raw, TABLES["ties"]).columns
    if not {"source", "target"} <= set(at):
        return raw, None
    ties, people = Entries(raw, raw.header), Entries(raw, ("person", "organization", "role"))
    relation = at.get("relation", -1)
    for k, row in enumerate(raw.rows):
        ends = [row[at["source"]], row[at["target"]]]
        persons = [fold_name(end) in who for end in ends]
        if not any(persons):
            ties.add(k, list(row))
        elif not all(persons):
            person, organization = ends if persons[0] else ends[::-1]
            role = row[relation] if relation >= 0 else ""
            people.add(k, [who[fold_name(person)], organization, role])
    found = replace(people.make(), table="people", notes=(), spent=0) if people.rows else None
    return ties.make(), found
