"""What is known of a service directory (Open Referral) while its tables are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ...core.vocabulary import fold_word
from ..reading.family import Scope

Cells = dict[str, str]

# Branches of situations that say for whom a service is, not how or where it is given.
FOR_WHOM = frozenset(
    map(
        fold_word,
        (
            *("Age Group", "Armed Forces", "Citizenship", "Criminal History", "Disability"),
            *("Education", "Employment", "Gender & Sexuality", "Guardianship", "Housing"),
            *("Income", "Race/Ethnicity", "Survivors"),
        ),
    )
)


@dataclass
class SharedPlace:
    """A location that is of no organization: it places those whose services are given there."""

    row: int
    cells: Cells
    addresses: list[tuple[int, Cells]] = field(default_factory=list)


@dataclass
class Directory:
    """What is known while the tables of a directory are read, one after the other."""

    scope: Scope
    organizations: dict[str, Cells] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    location_owners: dict[str, str] = field(default_factory=dict)
    service_owners: dict[str, str] = field(default_factory=dict)
    service_names: dict[str, tuple[int, str]] = field(default_factory=dict)
    service_locations: dict[str, str] = field(default_factory=dict)
    categories: dict[str, Cells] = field(default_factory=dict)
    category_codes: dict[str, str] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    parents: dict[str, str] = field(default_factory=dict)
    shared: dict[str, SharedPlace] = field(default_factory=dict)  # locations of no organization
    placed: list[tuple[int, str, str]] = field(default_factory=list)  # row, service, location
    placed_services: dict[str, str] = field(default_factory=dict)  # of a service at a location

    @cached_property
    def _parents(self) -> Mapping[str, str]:
        """The category above each; a taxonomy names it by its id, or throughout by its code."""
        named = {key: cells["parent"] for key, cells in self.categories.items() if cells["parent"]}
        by_code = set(named.values()) <= self.category_codes.keys()
        above = {key: self.category_codes[p] if by_code else p for key, p in named.items()}
        return {key: parent for key, parent in above.items() if parent in self.categories}

    def owner_of(self, cells: Cells) -> str:
        """The organization of a row: its own, or that of its service; "" where it is not in use."""
        service = cells["service"] or self.placed_services.get(cells.get("placed", ""), "")
        owner = self.service_owners.get(service, "") if service else cells["organization"]
        return owner if owner in self.organizations else ""

    def list_above(self, category: str) -> list[str]:
        """The categories above one, from its parent to its main branch."""
        above: list[str] = []
        parent = self._parents.get(category)
        while parent is not None and parent not in above:
            above.append(parent)
            parent = self._parents.get(parent)
        return above

    def is_service(self, category: str) -> bool:
        """Tell whether a category is a kind of service."""
        return self.categories[category]["type"].casefold() in ("", "service")

    def is_population(self, category: str) -> bool:
        """Tell whether a category says for whom a service is."""
        situation = self.categories[category]["type"].casefold() == "situation"
        return situation and self.branch_of(category) in FOR_WHOM

    def branch_of(self, category: str) -> str:
        """The name of the main branch that a category is in, folded."""
        main = [category, *self.list_above(category)][-1]
        return fold_word(self.categories[main]["name"])
