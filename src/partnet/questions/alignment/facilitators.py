"""Who could facilitate between two organizations, and who could manage the project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.wording.text import count_noun, join_words
from ...facts.geography.locations import distances_from, locate_organizations
from ...facts.geography.reach import find_reach
from ...facts.graph.collaboration import build_layer
from ...facts.graph.layers import Layer
from ...facts.neutrality import OFFICES, find_stakes
from ...measures.positions.brokerage import code_groups, share_of_groups
from .shown import FACILITATORS
from .stocktaking import Stock

LISTED = 6
BY_OFFICE, ALONE = 0.5, 0.1
BARRED = 3  # of them, those whom stakes disqualify: shown so that nobody wonders


@dataclass(frozen=True)
class Search:
    """The search for somebody between two organizations.

    Attributes
    ----------
    here : Network
        The network on the day.
    a, b : Stock
        The two.
    """

    here: Network
    a: Stock
    b: Stock

    @cached_property
    def layer(self) -> Layer:
        """Working ties."""
        return build_layer(self.here)

    @cached_property
    def strengths(self) -> np.ndarray:
        """Strength of the tie with a and with b, by position."""
        ends = self.here.positions([self.a.id, self.b.id])
        return np.asarray(self.layer.matrix[ends].toarray()).T

    @cached_property
    def km(self) -> np.ndarray:
        """Kilometers to both together, by position; NaN where not known."""
        points = locate_organizations(self.here)
        ends = self.here.positions([self.a.id, self.b.id])
        far = [distances_from((float(points[k, 0]), float(points[k, 1])), points) for k in ends]
        return np.asarray(np.round(np.sum(far, axis=0)))

    @cached_property
    def shares(self) -> np.ndarray:
        """Share of each sector among the partners, by position."""
        return share_of_groups(
            self.layer, code_groups(self.here.organizations["sector"], smallest=1)[0]
        )

    def list_stakes(self, candidate: str) -> Iterator[str]:
        """Say what on file speaks against the neutrality of a candidate."""
        return find_stakes(self.here).list_with(candidate, self.a.id, self.b.id)


def propose_facilitators(search: Search) -> pd.DataFrame:
    """Propose who could facilitate between two organizations, with what speaks against each.

    Position proposes: score = (ties with the two, 0 to 2) / 2 x 0.5 + sectors among its partners /
    all sectors x (1 - share of the largest) x 0.5, and for kinds that bring others together by
    their office (the convener, networks, area health education centers, associations, health
    departments) 0.5 more, or 0.1 where they have no working tie on file at all. Of equal scores
    comes first who works with both, then who is nearer, then the lower id; that nothing tells two
    apart is said. Only those within reach of both are named. Stakes disqualify (see
    :class:`Stakes`): money, contracts, transfers, ownership, grants of the same program or the same
    services as one of the two; who has any comes last, with the reason. Whether somebody is neutral
    is left for the partners to say.

    Returns
    -------
    DataFrame
        At most three without stakes, then at most three with: ``organization``, ``name``, ``score``
        (0 to 1), ``reasons``, ``stakes`` ("" if nothing on file speaks against it).
    """
    ties = (search.strengths > 0).sum(axis=1)
    sectors = (search.shares > 0).sum(axis=1)
    spread = sectors / max(search.shares.shape[1], 1) * (1 - search.shares.max(axis=1, initial=0.0))
    office = np.isin(search.here.organizations["kind"].to_numpy(), OFFICES)
    office |= search.here.ids == search.here.convener
    score = 0.25 * ties + 0.5 * spread
    score = np.where(score > 0, np.minimum(score + BY_OFFICE * office, 1.0), ALONE * office)
    score = np.round(score, 9)
    chosen = [k for k in np.flatnonzero(score > 0) if _may_serve(search, int(k))]
    rows, km = [], np.nan_to_num(search.km, nan=np.inf)
    first = sorted(chosen, key=lambda k: (-score[k], -ties[k], km[k], search.here.ids[k]))
    for k in first[: 4 * LISTED]:
        id_ = str(search.here.ids[k])
        works = _say_ties(search, int(ties[k]), int(k))
        reasons = f"{works}; its partners come from {count_noun(int(sectors[k]), 'sector')}"
        if not sectors[k] and not ties[k]:
            reasons = "its office is to bring others together, and no working tie of it is on file"
        rows.append((id_, search.here.name(id_), float(score[k]), reasons,
                     "; ".join(search.list_stakes(id_)), int(ties[k]), float(km[k])))  # fmt: skip
    table = pd.DataFrame(rows, columns=[*FACILITATORS.names, "ties", "km"])
    table = table.assign(against=(table["stakes"] != "").astype(bool))
    order = ["against", "score", "ties", "km", "organization"]
    ranked = table.sort_values(order, ascending=[True, False, False, True, True], kind="stable")
    ranked["reasons"] += _say_equals(ranked)
    free, barred = ranked[~ranked["against"]], ranked[ranked["against"]]
    shown = pd.concat([free.head(LISTED - BARRED), barred.head(BARRED)], ignore_index=True)
    return shown[FACILITATORS.names]


def _say_equals(ranked: pd.DataFrame) -> list[str]:
    """Say of each whom nothing on file tells from it, in brackets after its reasons."""
    keys = list(zip(*(ranked[c] for c in ("against", "score", "ties", "km")), strict=True))
    names = ranked["name"].tolist()
    others = [
        [name for k, name in enumerate(names) if k != at and keys[k] == key]
        for at, key in enumerate(keys)
    ]
    return [
        f"; nothing on file tells it from {join_words(same, most=2, final='or')}" if same else ""
        for same in others
    ]


def _may_serve(search: Search, position: int) -> bool:
    """Neither of the two, no neighbor kept as context, within reach of both."""
    id_ = search.here.ids[position]
    ends = np.asarray(search.here.positions([search.a.id, search.b.id]), dtype=np.int64)
    if id_ in (search.a.id, search.b.id) or search.here.is_context.iloc[position]:
        return False
    return bool(find_reach(search.here).is_near(position, ends).all())


def _say_ties(search: Search, ties: int, position: int) -> str:
    if ties == 2:
        return "works with both"
    if ties == 1:
        side = search.a if search.strengths[position, 0] > 0 else search.b
        return f"works with {side.name}"
    return "works with neither, so it is new to both"


def propose_managers(search: Search) -> pd.DataFrame:
    """Propose who could manage a project of two organizations.

    A project manager needs the day-to-day tie, not neutrality: score = sum of the strengths of its
    ties with the two (0 to 2), for whoever works with both and is within reach; the two themselves,
    where nobody is.
    Stakes are said, and disqualify nobody.

    Returns
    -------
    DataFrame
        At most six, in the columns of :func:`propose_facilitators`.
    """
    both = (search.strengths > 0).all(axis=1)
    score = np.round(search.strengths.sum(axis=1), 9)
    rows = []
    groups = {*search.a.groups, *search.b.groups}
    for k in sorted(np.flatnonzero(both), key=lambda k: (-score[k], search.here.ids[k])):
        if not _may_serve(search, int(k)):
            continue
        id_ = str(search.here.ids[k])
        shared = sorted(groups & set(Stock(search.here, id_).groups))
        more = f"; sits in {join_words(shared, most=2)} with them" if shared else ""
        rows.append((id_, search.here.name(id_), float(score[k]), f"works with both{more}",
                     "; ".join(search.list_stakes(id_))))  # fmt: skip
    if not rows:
        near = "within reach" if both.any() else "on file"
        why = f"one of the two: nobody {near} works with both"
        rows = [(side.id, side.name, 0.0, why, "") for side in (search.a, search.b)]
    return pd.DataFrame(rows, columns=FACILITATORS.names).head(LISTED)
