"""Who is asked to a partnership session, and what they could meet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from ...core.network import Network
from ...facts.identity.approachable import stands_alone
from ...facts.identity.brands import drop_further_sites
from ...facts.neutrality import OFFICES
from ..recommendation.needs import Need, list_needs
from .focus import Focus
from .place import Place, list_present

SPEAKERS = 24  # asked for their many partners, where nobody holds an office: three tables
EVERYBODY = 60  # a place with more organizations than this seats its grantees and guests only


@dataclass(frozen=True)
class Invitation:
    """Who is asked, of those of a place whom the session concerns.

    Attributes
    ----------
    here : Network
        The network on the day of the session.
    place : Place
        The place that it is about.
    focus : Focus
        What it is about.
    grantees : tuple of str
        Whose awards reach the place: ids in order, without the convener.
    """

    here: Network
    place: Place
    focus: Focus
    grantees: tuple[str, ...]

    @cached_property
    def present(self) -> set[str]:
        """Who is at home in the place, or serves it."""
        present = list_present(self.here, self.place)
        return set(present.index[present != ""])

    @cached_property
    def invitees(self) -> list[str]:
        """Who is asked: everybody of the place; of too many its grantees and who is needed."""
        if not self.is_crowded:
            return self.concerned
        here = self.present
        found = [pair for pair, need in self.open_needs if not need.is_usual]
        few = {*self.grantees} | ({end for pair in found for end in pair} & here)
        few = {*self.focus.choose(self.here, sorted(few))}
        if few:
            return sorted(few)
        return self._speakers

    @cached_property
    def _speakers(self) -> list[str]:
        """Where nothing but names is on file: who speaks for many others, and whom it concerns."""
        office = self.here.organizations["kind"].isin(OFFICES)
        few = self.present & {*self.here.ids[office]}
        few |= {*self._choose_turned_to(EVERYBODY - len(few))}
        return sorted(few) or self._best_tied

    @cached_property
    def _best_tied(self) -> list[str]:
        """Of those it concerns who have partners on file, whom the most others know."""
        count = Counter(end for pair in self.here.whole.tied_pairs for end in pair)
        known = [id_ for id_ in self.concerned if count[id_]]
        return sorted(sorted(known, key=lambda id_: (-count[id_], id_))[:SPEAKERS])

    @cached_property
    def on_file(self) -> list[str]:
        """Everybody of the place whom it concerns, every site, and its grantees: ids."""
        return self.focus.choose(self.here, sorted(self.present | {*self.grantees}))

    @cached_property
    def concerned(self) -> list[str]:
        """Of these, who is asked for itself.

        Of several sites of one health center in public files the first comes; a site in a school
        is reached through its center, and who may be another name of a hospital is not asked twice.
        """
        alone = {*self.here.ids[stands_alone(self.here)]}
        own = [id_ for id_ in self.on_file if id_ in alone or id_ in self.grantees]
        return drop_further_sites(self.here, own)

    @property
    def asks_speakers(self) -> bool:
        """Whether those are asked whose office it is to speak for others."""
        return self.is_crowded and not self.asks_best_tied and self.invitees == self._speakers

    @property
    def asks_best_tied(self) -> bool:
        """Whether nothing on file says whom it concerns, or who could speak for others."""
        return self.is_crowded and self.invitees == self._best_tied

    @property
    def is_crowded(self) -> bool:
        """Whether more are concerned than one room holds."""
        return len(self.concerned) > EVERYBODY

    def _choose_turned_to(self, most: int) -> list[str]:
        """Of those of whom a session has its topic, whom the most others would turn to."""
        if not self.focus.words:
            return []
        partners = [str(self.here.ids[need.partner]) for _, need in self.open_needs]
        counts = Counter(id_ for id_ in partners if id_ in self.focus.organizations)
        own = [id_ for id_ in counts if id_ in self.present]
        return sorted(own, key=lambda id_: (-counts[id_], id_))[: max(most, 0)]

    @cached_property
    def open_needs(self) -> list[tuple[tuple[str, str], Need]]:
        """What the session could meet, with both ids in order, the worst first."""
        found = [
            ((min(ends), max(ends)), need)
            for needs in list_needs(self.here).values()
            for need in needs
            if self._may_meet(need, *(ends := self._name_ends(need)))
        ]
        return sorted(found, key=self._sort_need)

    def _sort_need(
        self, found: tuple[tuple[str, str], Need]
    ) -> tuple[float, tuple[str, str], bool]:
        """The worst first; of equals of one pair that of whoever is of the place."""
        pair, need = found
        away = self.here.ids[need.organization] not in self.present
        return -round(need.severity, 9), pair, away

    def _name_ends(self, need: Need) -> tuple[str, str]:
        return str(self.here.ids[need.organization]), str(self.here.ids[need.partner])

    def _may_meet(self, need: Need, *ends: str) -> bool:
        """Whether a need is of the place and of what the session is about."""
        if need.place and need.place not in self.place.counties:
            return False
        about = self.focus.names(f"{need.text} {need.goal}") or (
            need.is_outcome and self.focus.concerns(*ends)
        )
        return about and bool(self.present & {*ends})

    @cached_property
    def needs(self) -> dict[tuple[str, str], Need]:
        """The worst need of each pair that the session could meet, by both ids, in order."""
        worst: dict[tuple[str, str], Need] = {}
        for pair, need in self.open_needs:
            worst.setdefault(pair, need)
        return worst
