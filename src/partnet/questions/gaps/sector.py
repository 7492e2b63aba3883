"""Sector gaps: kinds and neighboring counties with fewer ties than chance would bring about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.results.shown import Column
from ...core.wording.text import count_noun, say_odds
from ...facts.graph.collaboration import build_layer
from ...facts.graph.layers import Layer
from ...facts.identity.organizations import read_groups
from ...measures.groups.mixing import measure_mixing
from ...places.gazetteer import county_name, county_neighbors
from .kind import Gap, GapKind, convener_of

LEAST_MEMBERS = 3  # smaller groups have too few ties for chance to say anything
LEAST_EXPECTED = 3.0  # ties; below this even none at all is no surprise
MOST_GROUPS = 60  # the largest groups are judged; the rest counts as one group
SURE = 0.05  # p at which a deficit is listed
WEIGHT = 0.7  # severity where no tie at all is on file and chance is ruled out
REST = "~ all other groups"


def find_sector_gaps(here: Network) -> list[Gap]:
    """List pairs of kinds, and of neighboring counties, with fewer ties than by chance.

    Chance: kinds (counties) are permuted among the same organizations, 1,000 times; working ties
    without the convener. Severity = 0.7 x (1 - ties / expected) x (1 - p), two-sided p at most
    0.05, expected at least 3. Power, measured on random networks of four groups of 15: no tie
    where 18 were expected was found in 30 of 30, half of them in 12 of 30.
    """
    if not here.whole.has_reported_ties:
        return []
    without = (here.convener,) if here.convener else ()
    layer = build_layer(here, without=without)
    kinds, counties = (_group(here, column) for column in ("kind", "county_fips"))
    return [
        *(_make_kind_gap(here, layer, pair) for pair in _find_deficits(layer, kinds)),
        *(
            _make_county_gap(here, layer, pair)
            for pair in _find_deficits(layer, counties, _are_neighbors)
        ),
    ]


@dataclass(frozen=True, slots=True)
class Deficit:
    """Two groups with fewer ties than chance would bring about."""

    first: str
    second: str
    ties: int
    expected: float
    p: float

    @property
    def severity(self) -> float:
        """0.7 x (1 - ties / expected) x (1 - p)."""
        return WEIGHT * (1 - self.ties / self.expected) * (1 - self.p)


def _group(here: Network, column: str) -> pd.Series:
    """Group by position: "" for the convener and where it is not known; small groups as one."""
    groups = read_groups(here, column).mask(here.ids == here.convener, "")
    sizes = groups[groups != ""].value_counts(sort=False).sort_index()
    sizes = sizes.sort_values(ascending=False, kind="stable")
    judged = sizes[sizes >= LEAST_MEMBERS].index[:MOST_GROUPS]
    return groups.where(groups.isin(judged) | (groups == ""), REST)


def _find_deficits(
    layer: Layer, groups: pd.Series, compare: Callable[[str, str], bool] | None = None
) -> list[Deficit]:
    """Pairs of groups with significantly fewer ties than expected, in alphabetic order."""
    if groups[groups != ""].nunique() < 2 or not layer.n_ties:
        return []
    pairs = measure_mixing(layer, groups).pairs
    judged = (pairs["expected"] >= LEAST_EXPECTED) & (pairs["p"] <= SURE) & (pairs["ratio"] < 1)
    judged &= (pairs["from_group"] != REST) & (pairs["to_group"] != REST)
    found = [
        Deficit(row.from_group, row.to_group, row.ties, row.expected, row.p)
        for row in pairs[judged].itertuples()
    ]
    return [one for one in found if compare is None or compare(one.first, one.second)]


def _are_neighbors(first: str, second: str) -> bool:
    """Whether ties between two counties are to be expected: the same one, or next to each other."""
    return first == second or second in county_neighbors(first)


def _make_kind_gap(here: Network, layer: Layer, pair: Deficit) -> Gap:
    kinds = here.vocabulary.kinds
    first, second = kinds[pair.first].plural, kinds[pair.second].plural
    among = f"among {first}" if pair.first == pair.second else f"between {first} and {second}"
    members = [
        (here.organizations["kind"] == kind).to_numpy() for kind in (pair.first, pair.second)
    ]
    return Gap(
        kind="sector",
        rule=f"ties {among}",
        organization="",
        status="fewer ties than by chance",
        severity=pair.severity,
        evidence=_say_evidence(pair),
        owner=convener_of(here),
        next_step=_say_next_step(here, layer, members, among),
    )


def _make_county_gap(here: Network, layer: Layer, pair: Deficit) -> Gap:
    first, second = (county_name(code) or code for code in (pair.first, pair.second))
    among = f"within {first}" if pair.first == pair.second else f"between {first} and {second}"
    homes = here.organizations["county_fips"]
    members = [(homes == code).to_numpy() for code in (pair.first, pair.second)]
    return Gap(
        kind="sector",
        rule=f"ties {among}",
        organization="",
        place=pair.first,
        place_name=first,
        status="fewer ties than by chance",
        severity=pair.severity,
        evidence=_say_evidence(pair),
        owner=convener_of(here),
        next_step=_say_next_step(here, layer, members, among),
    )


def _say_evidence(pair: Deficit) -> str:
    return (
        f"{count_noun(pair.ties, 'tie')} on file, about {pair.expected:.0f} would be expected by "
        f"chance; so few come by chance {say_odds(pair.p, 'time')}"
    )


def _say_next_step(here: Network, layer: Layer, members: list[np.ndarray], among: str) -> str:
    """Name the pair to begin with: the best connected one of the same county without a tie."""
    degree = np.diff(layer.matrix.indptr)
    homes = here.organizations["county_fips"].to_numpy()
    firsts, seconds = (
        sorted(np.flatnonzero(member), key=lambda k: (-degree[k], k))[:20] for member in members
    )
    pairs = [
        (homes[i] != homes[j], -int(degree[i] + degree[j]), int(i), int(j))
        for i in firsts
        for j in seconds
        if i != j and frozenset((here.ids[i], here.ids[j])) not in here.whole.tied_pairs
    ]
    if not pairs:
        return f"Ask why so few ties {among} are on file."
    _, _, i, j = min(pairs)
    return (
        f"Ask why so few ties {among} are on file; begin with {here.names.iloc[i]} and "
        f"{here.names.iloc[j]}."
    )


# -- how they are said and shown -------------------------------------------------------------------


def say_gap(gap: Any) -> str:
    """Say one gap in words."""
    return f"{gap.rule[:1].upper()}{gap.rule[1:]} are fewer than by chance"


def say_sectors(here: Network, gaps: pd.DataFrame, judged: pd.DataFrame) -> Sentence | None:
    """Say how many pairs of kinds or counties have few ties, and the first of them."""
    if gaps.empty:
        return None
    first = gaps.iloc[0]
    text = (
        f"{count_noun(len(gaps), 'pair')} of kinds or neighboring counties "
        f"{'has' if len(gaps) == 1 else 'have'} fewer ties than chance would bring about, first: "
        f"{first.rule} ({first.evidence})."
    )
    claims = {"pairs": len(gaps), "rule": first.rule, "evidence": first.evidence}
    return Sentence("sector", text, claims)


KIND = GapKind(
    name="sector",
    title="Kinds and counties with fewer ties than by chance",
    label="kinds and counties",
    needs=("ties",),
    find=find_sector_gaps,
    subject=("rule",),
    columns=(Column("rule", "Between whom"),),
    say=say_gap,
    text=say_sectors,
    formula=("0.7 x (1 - ties/expected) x (1 - p), p at most 0.05 over 1,000 permutations."),
    notes=(
        "Of the pairs of groups tested for few ties, about one in forty would be listed by chance "
        "alone.",
    ),
)
