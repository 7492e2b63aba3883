"""Overlaps to ask about: much in common, and no tie on file."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.results.shown import Column, Shown
from ...core.wording.text import count_noun, join_words, say_odds
from ...facts.geography.reach import find_reach
from ...facts.graph.affinity import Affinity, build_affinity
from ...facts.identity.brands import list_hospital_brands
from .kind import Beside, Gap, GapKind, say_pairs, say_untied
from .sharing import weigh_sharing

MUTUAL_RANK = 3  # among the three strongest affinities of both ends
LEAST_FAMILIES = 2  # a common county alone, or one common service alone, says little
SURE = 0.1  # chance of sharing as much; above, there is nothing to ask about
LEAST_JUDGED = 20  # among fewer organizations nothing is surprising: then every such pair is named


def find_overlap_gaps(here: Network) -> list[Gap]:
    """List pairs with strong affinity and no tie on file, as a question to both.

    A pair counts if each is among the three strongest affinities of the other, of at least two
    kinds, and p is at most 0.1 (not asked among fewer than 20 organizations). Hospitals that share
    a brand, and whose owners are not on file, are no such pair, as they may be of one system; nor
    are those of one owner, sites of one center, and who may be one entered twice.
    Severity =
    affinity x (1 - p), with p the chance of sharing as many features if only the number of
    features of each organization, and of organizations of each feature, were fixed.
    """
    affinity = build_affinity(here)
    pairs = affinity.pairs
    shared = pairs.filter(like="n_shared_").gt(0).sum(axis=1)
    rank, brands = _mutual_rank(pairs), list_hospital_brands(here)
    chosen = [
        pair
        for pair in pairs[(shared >= LEAST_FAMILIES) & (rank <= MUTUAL_RANK)].itertuples()
        if frozenset((pair.a, pair.b)) not in here.whole.tied_pairs
        and here.convener not in (pair.a, pair.b)
        and not (pair.a in brands and brands[pair.a] == brands.get(pair.b))
        and not _may_be_one(here, str(pair.a), str(pair.b))
    ]
    chances = weigh_sharing(affinity, [(str(pair.a), str(pair.b)) for pair in chosen])
    sure = SURE if here.n >= LEAST_JUDGED else 1.0
    found = [(pair, p) for pair, p in zip(chosen, chances, strict=True) if p <= sure]
    return [_make_gap(here, affinity, pair, p) for pair, p in found]


def _may_be_one(here: Network, a: str, b: str) -> bool:
    """Tell whether two are of one owner, sites of one center, or perhaps one entered twice."""
    first, second = (int(k) for k in here.positions([a, b]))
    return bool(find_reach(here).is_one_with(first, np.array([second]))[0])


def _mutual_rank(pairs: pd.DataFrame) -> pd.Series:
    """The worse of the two ranks of a pair; pairs come with the strongest first."""
    ends = pd.concat(
        [pairs["a"].rename("end"), pairs["b"].rename("end")],
        keys=["a", "b"],
        names=["side", "pair"],
    ).sort_index(level="pair", kind="stable")
    rank = ends.groupby(ends).cumcount() + 1
    return rank.groupby(level="pair").max().reindex(pairs.index)


def _make_gap(net: Network, affinity: Affinity, pair: object, p: float) -> Gap:
    a, b = sorted((str(pair.a), str(pair.b)))  # type: ignore[attr-defined]
    common = affinity.shared_features(a, b)
    names = net.name(a), net.name(b)
    reported = net.whole.has_reported_ties
    return Gap(
        kind="overlap",
        rule="much in common",
        organization=a,
        other=b,
        status="no tie on file",
        severity=float(pair.affinity) * (1 - p),  # type: ignore[attr-defined]
        evidence=f"{say_common(common, net)}; {_say_chance(p)}",
        owner=f"{names[0]} and {names[1]}",
        next_step=(
            f"Ask {names[0]} and {names[1]} whether they already work together"
            + (" (no tie on file), " if reported else " (no ties are on file at all), ")
            + "serve different people, or compete."
        ),
    )


def _say_chance(p: float) -> str:
    """Say how often chance would bring as much about."""
    if p > SURE:
        return "among so few organizations chance alone may bring that about"
    return f"by chance {say_odds(p, 'pair')} would share as much"


def say_common(common: dict[str, list[str]], net: Network) -> str:
    """Say what two organizations have in common, in natural units."""
    from ...places.gazetteer import county_name

    nouns = {
        "services": ("service", "services"),
        "funding": ("funding program", "funding programs"),
        "populations": ("population", "populations"),
        "places": ("county", "counties"),
        "groups": ("group", "groups"),
    }
    parts = []
    for family, features in common.items():
        named = [county_name(f) or f for f in features] if family == "places" else features
        parts.append(f"{count_noun(len(named), *nouns[family])} ({join_words(named, most=3)})")
    return f"in common: {join_words(parts)}" if parts else "nothing in common on file"


# -- how they are said and shown -------------------------------------------------------------------


def say_gap(gap: Any) -> str:
    """Say one gap in words."""
    return f"{say_untied(gap)}, though they have much in common"


def say_act(gap: Any) -> str:
    """Say what to do about it in a few words."""
    return f"Ask {gap.organization_name} and {gap.other_name} whether they work together"


def say_overlaps(here: Network, gaps: pd.DataFrame, judged: pd.DataFrame) -> Sentence | None:
    """Say how many pairs have much in common and no tie, and the first of them."""
    return say_pairs("overlap", gaps, "have much in common") if len(gaps) else None


def list_cut(here: Network, judged: pd.DataFrame) -> pd.DataFrame:
    """Give the features that nearly everybody has, and that therefore say nothing."""
    return build_affinity(here).cut


SHOWN_CUT = Shown(
    "cut",
    "What nearly everybody has, and is therefore not counted as common",
    (
        Column("family", "What", meaning="What is shared: services, funding, places and so on."),
        Column("feature", "Which", meaning="The service, program, county or group."),
        Column("organizations", "Organizations", "count", meaning="How many have it."),
    ),
    "Not counted as common",
    rows=0,
)
KIND = GapKind(
    name="overlap",
    title="Pairs with much in common and no tie on file",
    label="much in common without a tie",
    needs=("services", "funding", "memberships", "service_areas"),
    find=find_overlap_gaps,
    subject=("organization", "other"),
    columns=(
        Column("organization_name", "Organization"),
        Column("other_name", "Organization"),
    ),
    say=say_gap,
    act=say_act,
    text=say_overlaps,
    formula=(
        "affinity x (1 - p), for pairs among each other's three strongest over two families or "
        "more; p: chance of sharing as many features with all totals fixed, at most 0.1."
    ),
    sources=("Saracco et al. (2017), doi:10.1088/1367-2630/aa6b38",),
    beside=(Beside(SHOWN_CUT, list_cut),),
)
