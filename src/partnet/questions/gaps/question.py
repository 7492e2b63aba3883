"""All gaps together, ranked."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ...core.errors import UsageError
from ...core.network import Network
from ...core.results import Result
from ...facts.access import measure_access
from ...facts.affinity import build_affinity
from ...facts.investment import compare_investment
from ...facts.locations import resolve_places
from .agreement import find_agreement_gaps
from .contact import find_contact_gaps
from .coverage import find_coverage_gaps
from .funding import find_funding_gaps
from .kind import FAMILIES, SETTLED, Gap, tabulate_gaps
from .overlap import find_overlap_gaps
from .rule import find_rule_gaps
from .sector import find_sector_gaps
from .text import describe_method, say_gaps
from .top import count_families, say_top, summarize_gaps
from .voice import find_voice_gaps


def find_gaps(
    net: Network,
    family: str | Sequence[str] | None = None,
    *,
    where: str | Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
) -> Result:
    """Find what ought to be there and is not on file: rules, services, ties, contacts, voices.

    Parameters
    ----------
    net : Network
        The network.
    family : str or sequence of str, optional
        Among rule, coverage, overlap, funding, contact, sector, agreement, voice; default all.
    where : str or sequence of str, optional
        Counties, by code or name, or a State by its abbreviation: only gaps of these places or of
        organizations in them.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row an open gap, the most severe first, with ``gap_id``, ``family``,
        ``rule``, ``organization``, ``other``, ``place``, ``relation``, ``status``, ``severity``
        (0 to 1), ``evidence``, ``owner``, ``next_step``, ``citation``, ``checked_on``.
        ``.tables``: ``top`` (the page for a director: at most 12 lines over all families, each
        ``rank``, ``what``, ``why``, ``who`` could close it, ``next_step``, ``urgency``, ``more``
        gaps of the same kind there), ``families`` (how many gaps each has), ``rules``
        (every rule judged, also where it is met, unknown or does not apply), ``cut`` (features
        left out of affinity because nearly everybody has them), ``access`` (county x service:
        providers, the nearest two, kilometres, the hospital and whether it is tied to the nearest),
        ``investment`` (dollars by county, per head, beside need).

    Raises
    ------
    UsageError
        `family` is none of these, or `where` no county or State.
    """
    chosen = _choose_families(family)
    places = None if where is None else resolve_places(net, where)
    here = net.at(as_of)
    found, cut = _collect(here, chosen)
    everything = _drop_context(net, tabulate_gaps(net, found))
    if places is not None:
        everything = _select_places(net, everything, places)
    gaps = everything[~everything["status"].isin(SETTLED)].reset_index(drop=True)
    rules = everything[everything["family"] == "rule"].reset_index(drop=True)
    return Result(
        verb="find_gaps",
        title="Where the gaps are",
        table=gaps,
        sentences=(*say_top(gaps, chosen), *say_gaps(net, gaps, rules, chosen)),
        method=describe_method(here.day),
        tables={
            "top": summarize_gaps(gaps),
            "families": count_families(gaps, chosen),
            "rules": rules,
            "cut": cut,
            **_tabulate_places(here, chosen, places),
        },
    )


def _choose_families(family: str | Sequence[str] | None) -> tuple[str, ...]:
    if family is None:
        return FAMILIES
    chosen = (family,) if isinstance(family, str) else tuple(family)
    unknown = [name for name in chosen if name not in FAMILIES]
    if unknown:
        raise UsageError(
            f"family: found {unknown[0]!r}. Allowed are {', '.join(FAMILIES)}. Choose among them."
        )
    return chosen


def _collect(here: Network, chosen: tuple[str, ...]) -> tuple[list[Gap], pd.DataFrame]:
    finders = {
        "rule": find_rule_gaps,
        "coverage": find_coverage_gaps,
        "funding": find_funding_gaps,
        "contact": find_contact_gaps,
        "sector": find_sector_gaps,
        "agreement": find_agreement_gaps,
        "voice": find_voice_gaps,
    }
    found = [gap for name in chosen if name in finders for gap in finders[name](here)]
    cut = pd.DataFrame(columns=["family", "feature", "organizations"])
    if "overlap" in chosen:
        found, cut = [*found, *find_overlap_gaps(here)], build_affinity(here).cut
    return found, cut


def _tabulate_places(
    here: Network,
    chosen: tuple[str, ...],
    places: frozenset[str] | None,
) -> dict[str, pd.DataFrame]:
    """Tables by county behind coverage and funding gaps."""
    tables = {}
    if "coverage" in chosen:
        tables["access"] = measure_access(here)
    if "funding" in chosen:
        tables["investment"] = compare_investment(here).reset_index()
    if places is None:
        return tables
    return {
        name: table[table["county_fips"].isin(places)].reset_index(drop=True)
        for name, table in tables.items()
    }


def _drop_context(net: Network, gaps: pd.DataFrame) -> pd.DataFrame:
    """Leave out what concerns only neighbours that are kept as context."""
    if not net.is_context.any():
        return gaps
    own = net.organizations[~net.is_context.to_numpy()]
    parties = gaps["organization"].isin(own.index) | gaps["other"].isin(own.index)
    inside = gaps["place"].str[:2].isin(own["county_fips"].str[:2])
    nobody = gaps["organization"] == ""
    return gaps[parties | (nobody & (inside | (gaps["place"] == "")))].reset_index(drop=True)


def _select_places(net: Network, gaps: pd.DataFrame, places: frozenset[str]) -> pd.DataFrame:
    homes = net.organizations["county_fips"]
    sides = [gaps[side].map(homes).isin(places) for side in ("organization", "other")]
    return gaps[gaps["place"].isin(places) | sides[0] | sides[1]].reset_index(drop=True)
