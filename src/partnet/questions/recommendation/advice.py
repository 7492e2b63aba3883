"""One suggestion in words and numbers: a row of every table that a recommendation gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from .adviser import Adviser, Suggestion
from .candidates.eligible import MINUTES_PER_KM
from .goals import Goal
from .introducers.introducers import Introducer, say_chain, say_door
from .reasons.evidence import Reason
from .reasons.text import say_against, say_reason, say_suggestion

SHARED = {
    "n_shared_services": "services",
    "n_shared_programs": "funding",
    "n_shared_populations": "populations",
    "n_shared_places": "places",
    "n_shared_groups": "groups",
}
COLUMNS = (
    "organization", "organization_name", "partner", "partner_name", "rank", "score",
    "probability", "odds", "basis", "sentence", "reason", "against", "introducer", "introducers",
    "goals", "joins_parts", "constraint_change", "n_shared_partners", *SHARED, "distance_km",
    "driving_minutes",
)  # fmt: skip
REASON_COLUMNS = ("organization", "partner", "reason", "contribution", "odds", "evidence")
INTRODUCER_COLUMNS = (
    "organization", "partner", "introducer", "introducer_name", "strength",
    "strength_with_organization", "last_contact_with_organization", "strength_with_partner",
    "last_contact_with_partner", "chain", "against",
)  # fmt: skip


@dataclass(frozen=True)
class Advice:
    """One suggestion with its reasons, ready to be said."""

    adviser: Adviser
    one: Suggestion
    reasons: list[Reason]

    @cached_property
    def introducers(self) -> list[Introducer]:
        """Who could open the door, the best first."""
        return self.adviser.introducers(self.one)

    @cached_property
    def chains(self) -> list[str]:
        """Each introducer with the strength and age of both links."""
        a, b = self.one.organization, self.one.partner
        return [say_chain(self.adviser.evidence.name, a, b, found) for found in self.introducers]

    @cached_property
    def key(self) -> tuple[str, str, str, str]:
        """Ids and names."""
        ids, name = self.adviser.net.ids, self.adviser.evidence.name
        a, b = self.one.organization, self.one.partner
        return ids[a], name(a), ids[b], name(b)

    @cached_property
    def introducer(self) -> str:
        """Name of the first introducer against whom nothing speaks, or ""."""
        usable = [found for found in self.introducers if found.works]
        return self.adviser.evidence.name(usable[0].organization) if usable else ""

    @cached_property
    def reason(self) -> str:
        """The most telling facts in a sentence."""
        return say_reason(self.reasons, affinity=self.adviser.affinity)

    @cached_property
    def against(self) -> list[str]:
        """What speaks against it."""
        a, b = self.one.organization, self.one.partner
        return say_against(self.adviser.evidence, a, b, self.reasons, basis=self.one.basis)

    @cached_property
    def goals(self) -> list[Goal]:
        """What a tie would achieve for the network."""
        return self.adviser.goals_of(self.one)

    @cached_property
    def sentence(self) -> str:
        """The whole suggestion as one can say it on the telephone."""
        return self.say(f"{self.key[1]} could approach {self.key[3]}")

    def say(self, start: str) -> str:
        """Say it with a beginning of one's own."""
        door = say_door(self.adviser.evidence.name, self.introducers)
        affinity = self.adviser.affinity
        return say_suggestion(
            start, self.reasons, affinity=affinity, door=door, against=self.against
        )

    @cached_property
    def structure(self) -> tuple[bool, float]:
        """Whether a tie joins two parts of the network, and the change in constraint."""
        if self.adviser.affinity:
            return False, float("nan")
        goals, a, b = self.adviser.goals, self.one.organization, self.one.partner
        return goals.join_parts(a, b), round(goals.constraint_change(a, b), 9)

    def cells(self, rank: int) -> tuple[object, ...]:
        """One row of the main table."""
        one, evidence = self.one, self.adviser.evidence
        a, b = one.organization, one.partner
        distance = evidence.distance_km(a, b)
        odds = float(np.exp(np.clip(one.pairs.slope * one.score, -50.0, 50.0)))
        return (
            *self.key, rank, one.score, round(one.probability, 9), round(odds, 6), one.basis,
            self.sentence, self.reason, " ".join(self.against), self.introducer,
            "; ".join(self.chains), "; ".join(goal.text for goal in self.goals), *self.structure,
            0 if self.adviser.affinity else len(evidence.shared_partners(a, b)),
            *(len(evidence.shared(family, a, b)) for family in SHARED.values()),
            round(distance, 1), float(np.round(distance * MINUTES_PER_KM)),
        )  # fmt: skip


def make_advice(adviser: Adviser, suggestions: Sequence[Suggestion]) -> list[Advice]:
    """Explain suggestions, all of them together."""
    reasons = adviser.explain(suggestions)
    return [Advice(adviser, one, why) for one, why in zip(suggestions, reasons, strict=True)]


def tabulate_advice(rows: Sequence[Advice], *, together: bool = False) -> pd.DataFrame:
    """Number the suggestions of each organization, or all of them together."""
    cells, seen = [], dict[int, int]()
    for row in rows:
        group = -1 if together else row.one.organization
        seen[group] = seen.get(group, 0) + 1
        cells.append(row.cells(seen[group]))
    return pd.DataFrame(cells, columns=list(COLUMNS))


def tabulate_reasons(rows: Sequence[Advice]) -> pd.DataFrame:
    """One row a reason: exact contributions with odds and evidence."""
    cells = [
        (row.key[0], row.key[2], reason.name, reason.contribution, reason.odds, reason.evidence)
        for row in rows
        for reason in row.reasons
    ]
    return pd.DataFrame(cells, columns=list(REASON_COLUMNS))


def tabulate_introducers(rows: Sequence[Advice]) -> pd.DataFrame:
    """One row a chain, with the strength and age of both links."""
    cells = [
        (row.key[0], row.key[2], *_introducer_cells(row, found), chain, found.against)
        for row in rows
        for found, chain in zip(row.introducers, row.chains, strict=True)
    ]
    table = pd.DataFrame(cells, columns=list(INTRODUCER_COLUMNS))
    dates = [column for column in table if column.startswith("last_contact")]
    return table.astype({column: "datetime64[ns]" for column in dates})


def _introducer_cells(row: Advice, found: Introducer) -> tuple[object, ...]:
    z = found.organization
    return (
        row.adviser.net.ids[z], row.adviser.evidence.name(z), round(found.strength, 9),
        round(found.first.strength, 9), found.first.last_contact,
        round(found.second.strength, 9), found.second.last_contact,
    )  # fmt: skip
