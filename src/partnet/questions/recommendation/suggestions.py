"""Suggestions in words and numbers: rows of every table that a recommendation gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.results.result import Sentence
from .candidates.filters import MINUTES_PER_KM
from .introducers.introducers import Introducer, say_chain, say_introducer
from .introducers.working_ties import Link
from .needs import Need
from .on_file import OnFile
from .planning.goals import Goal
from .reasons.evidence import Reason
from .reasons.text import say_against, say_need, say_reason, say_suggestion
from .scored_pair import ScoredPair
from .shown import INTRODUCERS, REASONS, SHARED, SUGGESTIONS

# That two kinds seldom work together, or share no service, is why a need is open: no objection.
ANSWERED = ("kinds_apart", "no_service")
TOLD = ("distance",)  # a usual partner is said with its distance, or is for the whole State


@dataclass(frozen=True)
class Suggestion:
    """One suggestion with its reasons, ready to be said."""

    on_file: OnFile
    one: ScoredPair
    reasons: list[Reason]

    @cached_property
    def introducers(self) -> list[Introducer]:
        """Who could introduce the two, the best first."""
        return self.on_file.introducers(self.one)

    @cached_property
    def chains(self) -> list[str]:
        """Each introducer with the strength and age of both links."""
        a, b = self.one.organization, self.one.partner
        return [say_chain(self.on_file.evidence.name, a, b, found) for found in self.introducers]

    @cached_property
    def key(self) -> tuple[str, str, str, str]:
        """Ids and names."""
        ids, name = self.on_file.here.ids, self.on_file.evidence.name
        a, b = self.one.organization, self.one.partner
        return ids[a], name(a), ids[b], name(b)

    @cached_property
    def introducer(self) -> str:
        """Name of the first introducer against whom nothing speaks, or ""."""
        usable = [found for found in self.introducers if found.works]
        return self.on_file.evidence.name(usable[0].organization) if usable else ""

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What a tie is needed for, the worst first."""
        return self.on_file.needs_of(self.one.organization, self.one.partner)

    @property
    def is_usual(self) -> bool:
        """Whether it is needed, and only as what their kinds usually are to each other."""
        return bool(self.needs) and all(need.is_usual for need in self.needs)

    @cached_property
    def need(self) -> Sentence:
        """The worst need as half a sentence, or ""."""
        return say_need(self.needs, self.one.organization)

    @cached_property
    def reason(self) -> Sentence:
        """The need, and the most telling facts, in a sentence."""
        return say_reason(self.reasons, affinity=self.on_file.affinity, need=self.need)

    @cached_property
    def against(self) -> list[Sentence]:
        """What speaks against it."""
        a, b = self.one.organization, self.one.partner
        said = say_against(self.on_file.evidence, a, b, self.reasons, basis=self.one.basis)
        answered: tuple[str, ...] = ANSWERED if self.needs else ()
        if any(need.is_usual for need in self.needs):
            answered += TOLD
        return [one for one in said if one.name not in answered]

    @property
    def severity(self) -> float:
        """Severity of the worst need; 0 without one."""
        return self.needs[0].severity if self.needs else 0.0

    @cached_property
    def goals(self) -> list[Goal]:
        """What a tie would achieve for the network."""
        return self.on_file.goals_of(self.one)

    @cached_property
    def sentence(self) -> Sentence:
        """The whole suggestion as one can say it on the telephone."""
        return self._say_whole()

    @cached_property
    def lead(self) -> Sentence:
        """The same below a sentence that says that no working tie is on file."""
        return self._say_whole(caveat=False)

    def _say_whole(self, *, caveat: bool = True) -> Sentence:
        need = say_need(self.needs, self.one.organization, named=True)
        return self.say(f"{self.key[1]} could approach {self.key[3]}", need, caveat=caveat)

    def say(self, start: str, need: Sentence | None = None, *, caveat: bool = True) -> Sentence:
        """Say it with a beginning of one's own, and the need in words that fit it."""
        ends = {"organization": self.key[1], "partner": self.key[3]}
        return say_suggestion(
            Sentence("start", start, ends),
            self.reasons,
            affinity=self.on_file.affinity,
            introducer=say_introducer(self.on_file.evidence.name, self.introducers),
            against=self.against,
            need=self.need if need is None else need,
            caveat=caveat,
        )

    @cached_property
    def structure(self) -> tuple[bool, float]:
        """Whether a tie joins two components, and the change in constraint."""
        if self.on_file.affinity:
            return False, float("nan")
        goals, a, b = self.on_file.goals, self.one.organization, self.one.partner
        return goals.join_parts(a, b), round(goals.constraint_change(a, b), 9)

    @property
    def share_in_test(self) -> float:
        """Share of pairs scored like this that were held-out ties in a test; NaN: none is said."""
        found = self.on_file.try_out(self.one)
        return float("nan") if found is None else round(found.share, 9)

    def cells(self, rank: int) -> tuple[object, ...]:
        """One row of the main table."""
        one, evidence = self.one, self.on_file.evidence
        a, b = one.organization, one.partner
        distance = evidence.distance_km(a, b)
        odds = float(np.exp(np.clip(one.pairs.slope * one.score, -50.0, 50.0)))
        return (
            *self.key, rank, round(self.severity, 9), "; ".join(need.text for need in self.needs),
            one.score, round(one.probability, 9), self.share_in_test, round(odds, 6), one.basis,
            str(self.sentence), str(self.reason), self.introducer, "; ".join(self.chains),
            "; ".join(goal.text for goal in self.goals), " ".join(self.against), *self.structure,
            0 if self.on_file.affinity else len(evidence.shared_partners(a, b)),
            *(len(evidence.shared(family, a, b)) for family in SHARED.values()),
            round(distance, 1), float(np.round(distance * MINUTES_PER_KM)),
        )  # fmt: skip


def make_suggestions(on_file: OnFile, scored: Sequence[ScoredPair]) -> list[Suggestion]:
    """Explain pairs, all of them together; those explained before are taken as they are.

    Of a large network nothing is kept: the pairs are scored anew for whoever asks.
    """
    made = {} if on_file.features.graph.large else on_file.made
    new = [one for one in scored if (one.organization, one.partner) not in made]
    for one, why in zip(new, on_file.explain(new), strict=True):
        made[one.organization, one.partner] = Suggestion(on_file, one, why)
    return [made[one.organization, one.partner] for one in scored]


def tabulate_suggestions(rows: Sequence[Suggestion], *, together: bool = False) -> pd.DataFrame:
    """Number the suggestions of each organization, or all of them together."""
    cells, seen = [], dict[int, int]()
    for row in rows:
        group = -1 if together else row.one.organization
        seen[group] = seen.get(group, 0) + 1
        cells.append(row.cells(seen[group]))
    return pd.DataFrame(cells, columns=SUGGESTIONS.names)


def tabulate_reasons(rows: Sequence[Suggestion]) -> pd.DataFrame:
    """One row a reason: exact contributions with odds and evidence."""
    cells = [
        (
            row.key[0],
            row.key[2],
            reason.name,
            reason.contribution,
            reason.odds,
            str(reason.evidence),
        )
        for row in rows
        for reason in row.reasons
    ]
    return pd.DataFrame(cells, columns=REASONS.names)


def tabulate_introducers(rows: Sequence[Suggestion]) -> pd.DataFrame:
    """One row a chain, with the strength and age of both links."""
    cells = [
        (row.key[0], row.key[2], *_introducer_cells(row, found), chain, found.against)
        for row in rows
        for found, chain in zip(row.introducers, row.chains, strict=True)
    ]
    table = pd.DataFrame(cells, columns=INTRODUCERS.names)
    dates = [column for column in table if column.startswith("last_contact")]
    return table.astype({column: "datetime64[ns]" for column in dates})


def _introducer_cells(row: Suggestion, found: Introducer) -> tuple[object, ...]:
    z = found.organization
    return (
        row.on_file.here.ids[z], row.on_file.evidence.name(z), round(found.strength, 9),
        _strength_of(found.first), found.first.last_contact,
        _strength_of(found.second), found.second.last_contact,
    )  # fmt: skip


def _strength_of(link: Link) -> float:
    """Strength of a link, NaN where none was given."""
    return round(link.strength, 9) if link.told else float("nan")
