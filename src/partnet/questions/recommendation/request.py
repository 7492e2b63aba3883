"""Who asks for how many partners, and the suggestions that answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.arrays import IntArray
from ...core.errors import UsageError
from ...core.network import Network
from ...core.wording.text import count_noun, join_words
from .adviser import Adviser
from .candidates.eligible import answered_before, are_among, code_pairs
from .candidates.filters import as_list, read_kinds
from .candidates.pool import CandidatePool
from .due import tabulate_due
from .evaluation.stability import MOST, RUNS, measure_stability
from .introducers.introducers import list_dormant
from .scored_pair import ScoredPair
from .suggestions import Suggestion, make_suggestions, tabulate_suggestions
from .worth import Choice, choose_suggestions

MOST_TOGETHER = 5_000  # organizations that are answered without being named


def find_askers(
    net: Network, organization: str | Sequence[str] | None, for_kinds: str | Sequence[str] | None
) -> tuple[str, ...] | None:
    """Give the ids of those who ask, in the network's order; ``None`` where everybody does.

    Where too many organizations are on file, nobody is answered without being named.

    Raises
    ------
    UsageError
        An organization or a kind is unknown, or nobody is of that kind.
    """
    if organization is None and for_kinds is None:
        return None if net.n <= MOST_TOGETHER else ()
    named = {net.find(one) for one in as_list("organization", organization)}
    kinds = read_kinds(net, for_kinds, argument="for_kinds")
    of_kind = (net.organizations["kind"].isin(kinds) & ~net.is_context).to_numpy()
    if kinds and not of_kind.any():
        labels = join_words([net.vocabulary.kinds[kind].label for kind in kinds], final="or")
        raise UsageError(f"for_kinds: found no {labels} in the network. Name another kind.")
    return tuple(net.ids[net.ids.isin(sorted(named)) | of_kind])


@dataclass(frozen=True)
class Request:
    """Who asks for how many partners, and from which list.

    Attributes
    ----------
    asked : tuple of str, or None
        Ids; ``None``: everybody.
    runs : int or None
        Times to rank again; ``None``: as the network's size allows.
    pool : CandidatePool or None
        The list given, from which alone partners are named.
    """

    adviser: Adviser
    asked: tuple[str, ...] | None
    n: int
    runs: int | None
    pool: CandidatePool | None

    @property
    def here(self) -> Network:
        """The network on its day, with the candidates of a list."""
        return self.adviser.here

    @property
    def positions(self) -> IntArray:
        """Positions of those who ask."""
        if self.asked is None:
            return np.flatnonzero(~self.here.is_context.to_numpy())
        return np.asarray(self.here.positions(self.asked), dtype=np.int64)

    @property
    def named(self) -> str:
        """The one who asks, several counted, or "" for everybody."""
        if not self.asked:
            return ""
        if len(self.asked) == 1:
            return self.here.name(self.asked[0])
        return count_noun(len(self.asked), "organization")

    @property
    def repeats(self) -> int:
        """Times to rank again."""
        if self.adviser.affinity:
            return 0
        if self.runs is not None:
            return self.runs
        return RUNS if self.asked is not None and self.here.n <= MOST else 0

    @cached_property
    def _chosen(self) -> dict[int, Choice]:
        return choose_suggestions(self.adviser, self.positions.tolist(), self.n)

    @property
    def leaves_out(self) -> bool:
        """Whether somebody is not named because nothing on file speaks for it."""
        return any(choice.left_out for choice in self._chosen.values())

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        """The suggestions that answer it with reasons, those of one organization together."""
        return [row for choice in self._chosen.values() for row in choice.rows]

    @property
    def scored(self) -> list[ScoredPair]:
        """The pairs behind them."""
        return [row.one for row in self.suggestions]

    @cached_property
    def best(self) -> list[Suggestion]:
        """The best pairs of the whole network, where everybody asks."""
        return make_suggestions(self.adviser.on_file, self.adviser.best_pairs(self.n))

    @property
    def told(self) -> list[Suggestion]:
        """Those told in sentences first: of several who ask, the likeliest."""
        if self.asked is None:
            return self.best
        if len(self.asked) > 1:
            return sorted(self.suggestions, key=lambda row: -round(row.one.probability, 9))
        return self.suggestions

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a suggestion; after runs with the ranks it had in them."""
        table = tabulate_suggestions(self.suggestions)
        if self.repeats and self.suggestions:
            table = table.join(measure_stability(self.adviser, self.scored, self.repeats))
        return table

    @cached_property
    def due(self) -> pd.DataFrame:
        """What is open between those who ask and partners that are not to be approached anew."""
        return tabulate_due(self.adviser, self.positions.tolist())

    @cached_property
    def dormant(self) -> pd.DataFrame:
        """Ties to renew of those who ask; not those to which somebody said no."""
        links = self.adviser.links
        if self.adviser.affinity:
            return list_dormant(links).iloc[:0]
        table = list_dormant(links, of=None if self.asked is None else self.positions)
        one, other = (self.here.positions(table[side]) for side in ("organization", "partner"))
        codes = code_pairs(one, other, self.here.n)
        answered = are_among(codes, answered_before(self.here))
        return table[~answered].reset_index(drop=True)
