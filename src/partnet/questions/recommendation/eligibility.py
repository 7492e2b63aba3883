"""Programs that ask for a circle of providers: whom one more signed agreement would complete."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import pandas as pd

from ...core.network import Network
from ...facts.identity.owners import find_owners


@dataclass(frozen=True, slots=True)
class Program:
    """What a program asks of those who apply together.

    Attributes
    ----------
    program : str
        Its name.
    minimum : int
        How many providers must have signed.
    separately_owned : bool
        Whether those of one owner count once.
    kinds : frozenset of str
        Kinds that count as providers.
    citation, checked_on : str
        Where it is written, and when that was read.
    """

    program: str
    minimum: int
    separately_owned: bool
    kinds: frozenset[str]
    citation: str
    checked_on: str


@cache
def load_programs() -> tuple[Program, ...]:
    """Give the programs that ship with partnet."""
    text = files("partnet").joinpath("data/eligibility.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["programs"]
    return tuple(Program(**{**row, "kinds": frozenset(row["kinds"])}) for row in rows)


@dataclass(frozen=True)
class Circles:
    """Who has signed with whom, and which circles are one provider short.

    Around every provider is a circle: itself and all providers with which an executed
    agreement is on file. Those of one owner (table affiliations, EIN) count once.

    Attributes
    ----------
    here : Network
        The network on its day.
    """

    here: Network

    def complete(self, lead: str, other: str) -> Iterator[Program]:
        """Give programs for which a signed agreement with `other` would complete lead's circle."""
        for program in load_programs():
            missing = self._short_by_one[program.program].get(lead)
            if missing is None or self._kinds[other] not in program.kinds:
                continue
            if not program.separately_owned or self._owners[other] not in missing:
                yield program

    @cached_property
    def _short_by_one(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """By program and lead: the owners in circles that one provider more would complete.

        Whoever is in a complete circle already, as lead or as member, needs no other.
        """
        found = {}
        for program in load_programs():
            circles = {a: self._circle(a, program) for a in self.here.ids if self._signed.get(a)}
            full = {a for a, circle in circles.items() if len(circle) >= program.minimum}
            served = full | {b for a in full for b in self._signed[a]}
            found[program.program] = {
                a: circle
                for a, circle in circles.items()
                if len(circle) == program.minimum - 1 and a not in served
            }
        return found

    def _circle(self, lead: str, program: Program) -> frozenset[str]:
        """Owners of the providers that signed with lead; empty where lead is no provider."""
        if self._kinds[lead] not in program.kinds:
            return frozenset()
        inside = [lead, *(b for b in self._signed[lead] if self._kinds[b] in program.kinds)]
        return frozenset(self._owners[a] if program.separately_owned else a for a in inside)

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        return self.here.organizations["kind"].to_dict()

    @cached_property
    def _owners(self) -> Mapping[str, str]:
        return find_owners(self.here)

    @cached_property
    def _signed(self) -> Mapping[str, frozenset[str]]:
        """Who has an executed agreement on file with whom."""
        ties = self.here.ties
        rows = ties.loc[ties["table"] == "agreements", ["source", "target"]]
        turned = rows.rename(columns={"source": "target", "target": "source"})
        both = pd.concat([rows, turned])
        return both.groupby("source")["target"].agg(frozenset).to_dict()
