"""What pictures take from the questions of partnet, named in one place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..core.arrays import FloatArray
from ..core.network import Network
from ..core.results.result import Result
from ..core.rows.ratings import TRUST, VALUE, list_dimensions
from ..core.wording.text import count_noun
from ..facts.contacts import NEVER, UNKNOWN, judge_contacts
from ..facts.geography.access import build_coverage, measure_access
from ..facts.geography.need import rank_need
from ..facts.graph.layers import Layer
from ..facts.money.investment import compare_investment, sum_investment
from ..measures.centrality.sampling import find_betweenness
from ..questions.gaps.found import tabulate_open
from ..questions.gaps.kinds import list_kinds
from ..questions.recommendation.partners import recommend_partners
from ..questions.trust.levels import KNOWN, measure_received, measure_scores
from ..questions.trust.question import list_ratings
from ..questions.trust.shared import list_shared
from ..questions.visits.question import plan_visits
from ..questions.voices.populations import describe_voices

__all__ = [
    "VISITED_KINDS",
    "Result",
    "count_dollars",
    "count_missing",
    "find_all_gaps",
    "list_waiting",
    "measure_between",
    "measure_money",
    "measure_need",
    "plan_visits",
    "recommend",
    "tell_trust",
    "tell_voices",
]

VISITED_KINDS = ("critical_access_hospital", "rural_emergency_hospital", "rural_health_clinic")
NEVER_DAYS = float("inf")


def count_missing(net: Network, day: pd.Timestamp | None) -> pd.Series:
    """Count by county the services that most counties have and nobody there is known to offer.

    Only counties where the services of somebody are known; the others are not judged.
    """
    here = net.at(day)
    access = measure_access(here)
    lacking = (access["providers"] == 0) & (access["ask"] == "")
    whole = access[access["population"] == ""].assign(lacking=lacking.astype("float64"))
    found = whole.groupby("county_fips")["lacking"].sum().astype("float64")
    return found.reindex(pd.Index(build_coverage(here).counties, name="county_fips")).fillna(0.0)


def measure_need(net: Network) -> pd.Series:
    """Give the mean percentile of need by county (0 to 1), where an indicator is on file."""
    needs = net.rows("needs")
    known = needs.loc[needs["direction"] != "", "county_fips"]
    counties = tuple(sorted(set(known) - {""}))
    return pd.Series(rank_need(net, counties).mean, dtype="float64")


def measure_money(net: Network, day: pd.Timestamp | None) -> tuple[pd.Series, str]:
    """Give dollars per person by county, and the fiscal year; empty where no money is on file."""
    table = compare_investment(net.at(day))
    if not len(table) or not table["dollars"].sum() > 0:
        return pd.Series(dtype="float64"), ""
    return table["per_person"], str(table["fiscal_year"].iloc[0])


def list_waiting(net: Network, day: pd.Timestamp | None) -> pd.Series:
    """Give by county the days since a visit of whoever there waits longest; never: infinite.

    Of hospitals and clinics that are to be visited; empty where no contact is on file.
    """
    own = net.organizations[~net.is_context.to_numpy()]
    own = own[own["kind"].isin(VISITED_KINDS) & (own["county_fips"] != "")]
    seen = judge_contacts(net.at(day), tuple(own.index), net.convener)
    days = seen["days"].astype("float64").mask(seen["status"] == NEVER, NEVER_DAYS)
    known = days[seen["status"] != UNKNOWN]
    return known.groupby(own["county_fips"].reindex(known.index)).max()


def find_all_gaps(net: Network) -> tuple[pd.DataFrame, dict[str, str]]:
    """Give every open gap, and the titles of their kinds by name."""
    return tabulate_open(net), {name: kind.label for name, kind in list_kinds().items()}


def recommend(net: Network, organizations: list[str] | None, n: int) -> pd.DataFrame:
    """Give the first n partners to approach, for some organizations or for everybody."""
    return recommend_partners(net, organizations, n, runs=0).table


def measure_between(layer: Layer) -> FloatArray | None:
    """Give betweenness (share of shortest paths) of reported ties; none for affinity."""
    if layer.kind == "affinity" or not layer.matrix.nnz:
        return None
    return np.nan_to_num(np.asarray(find_betweenness(layer).values, dtype=np.float64))


def count_dollars(net: Network) -> FloatArray:
    """Give the dollars on file by organization, each dollar once."""
    money = sum_investment(net)
    dollars = money.groupby("recipient")["dollars"].sum().reindex(net.ids).fillna(0.0)
    return dollars.to_numpy(dtype=np.float64)


def tell_trust(net: Network) -> dict[str, list[str]]:
    """Say by id what each organization received in value and trust, as the audience may see it.

    Inside every score; a partner reads in which fifth of the scale lies what all partners and it
    itself received (five raters or more); the public reads nothing.
    """
    if net.audience == "partner" and net.reader:
        rows = list_shared(net).itertuples()
        return {net.reader: [_say_shared(row) for row in rows]} if net.shared_scores else {}
    if net.audience != "internal":
        return {}
    rated = list_ratings(net).rows
    received = measure_received(rated, measure_scores(rated))
    return {str(row["organization"]): _say_scores(row) for row in _list_received(received)}


def tell_voices(net: Network) -> dict[str, list[str]]:
    """Say by id for whom an organization speaks, where that is on file."""
    return describe_voices(net)


def _list_received(received: pd.DataFrame) -> list[dict[str, Any]]:
    known = received[received["raters"] > 0].rename_axis("organization").reset_index()
    return [{str(key): value for key, value in row.items()} for row in known.to_dict("records")]


def _say_scores(row: dict[str, Any]) -> list[str]:
    means = [f"{name} {row[name]:.1f}" for name in (VALUE, TRUST) if row[name] == row[name]]
    span = f"{row['lowest']:.1f} to {row['highest']:.1f}"
    who = count_noun(row["raters"], "organization")
    labels = list_dimensions()
    each = [f"{labels[d].label} {row[d]:.1f}" for d in KNOWN if row[d] == row[d]]
    return [
        f"{', '.join(means)} of 4, from {who} (overall by rater: {span})",
        "; ".join(each),
        "Every score is shown: this page is for inside use.",
    ]


def _say_shared(row: Any) -> str:
    raters = count_noun(row.raters, "organization")
    return f"{row.name}, {row.label}: {row.said} of 4, from {raters}"
