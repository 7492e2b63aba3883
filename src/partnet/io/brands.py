"""Hospitals whose names begin alike: whether they belong to one system is asked, not said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.errors import InputProblem, Where
from ..core.wording.text import count_noun, join_words

if TYPE_CHECKING:
    from .read import Reading

MOST_NAMED = 3
ALLOWED = "Who owns or manages a hospital stands in the table affiliations."
OPEN = (
    "They may belong to one system: please check. If they do, write one row for each into a table "
    "affiliations: the organization, and the system as parent."
)


def list_brands(reading: Reading) -> list[InputProblem]:
    """Ask of hospitals that share a brand, and whose owner is not on file, for their system."""
    from ..linkage.brands import find_brands  # it needs scipy's neighbors

    organizations, owned = reading.tables["organizations"], reading.tables.get("affiliations")
    known = set() if owned is None else set(owned["organization"])
    position = {id_: k for k, id_ in enumerate(organizations["id"])}
    names = organizations.set_index("id")["name"]
    found = []
    for brand, ids in find_brands(organizations).items():
        left = [id_ for id_ in sorted(ids, key=position.__getitem__) if id_ not in known]
        if len(left) > 1:
            listed, at = reading.listed, position[left[0]]
            named = join_words([f'"{names[id_]}"' for id_ in left], most=MOST_NAMED)
            text = f"{count_noun(len(left), 'hospital')} called {brand}, no owner on file: {named}"
            where = Where(*listed.places[at], listed.rows[at], "name")
            problem = InputProblem(where, text, ALLOWED, OPEN, level="note", table="organizations")
            found.append(problem)
    return found
