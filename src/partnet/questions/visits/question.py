"""Whom to visit next: who was not seen for how long, in which order to go, what to bring up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...core.arguments import checked
from ...core.arrays import FloatArray, PositionArray
from ...core.checks import check_number, list_texts
from ...core.deprecation import dropped
from ...core.errors import UsageError
from ...core.network import Network
from ...core.results.result import Result
from ...core.results.shown import in_units
from ...core.wording.text import join_words
from ...core.wording.units import MILE, convert
from ...facts.contacts import (
    DUE,
    LATELY,
    NEVER,
    OVERDUE,
    UNKNOWN,
    judge_contacts,
    measure_waiting,
    read_limits,
)
from ...facts.geography.locations import ROAD_FACTOR, distances_from, locate_organizations
from ...facts.geography.need import rank_need
from ...places.gazetteer import county_name
from ..gaps.found import tabulate_open
from ..recommendation.partners import recommend_partners
from .base import read_base
from .bounds import bound_length
from .routes import BASE, Limits, Tour, drive, order_by_nearest
from .shown import SHOWN, STOPS, TOURS, WAITING
from .text import NO_PLACE, Visits, describe_method, say_visits
from .topics import join_topics, list_topics
from .tours import Plan, plan_tours

WEIGHTS = {"waiting": 0.5, "gap": 0.3, "need": 0.2}  # of the priority; they add up to 1
DAY_KM = 250 * MILE  # some five hours on rural roads
NOTHING = "Nothing is open on file."
TOPICS_NAMED = 2  # topics in the line of one stop; the topics table has all
LEAST = 0.01  # priority of a stop for which nothing speaks: it is still a stop
ORDER = (NEVER, UNKNOWN, OVERDUE, DUE, LATELY)


@dataclass(frozen=True)
class Route:
    """Tours over the rows of a table.

    Attributes
    ----------
    plan : Plan
        The tours.
    km : ndarray
        Road kilometers between the base (first) and the stops.
    rows : ndarray of int
        Row of the table behind stop 1, 2, …
    """

    plan: Plan
    km: FloatArray
    rows: PositionArray

    def rows_of(self, tour: Tour) -> list[int]:
        """Rows of the stops of a tour, in its order."""
        return [int(self.rows[stop - 1]) for stop in tour.stops]

    @property
    def reached(self) -> set[int]:
        """Stops that any tour reaches."""
        return {stop for tour in self.plan.tours for stop in tour.stops}


@dropped("gaps", "recommendations")
@checked
def plan_visits(
    net: Network,
    *,
    days: int = 5,
    km_per_day: float = DAY_KM,
    start: str | None = None,
    as_of: str | pd.Timestamp | None = None,
    stops_per_day: int = 3,
    days_per_tour: int = 3,
    road_factor: float = ROAD_FACTOR,
    kinds: str | Sequence[str] | None = None,
) -> Result:
    """Say whom to visit next, in which order to go, and what to bring up at each stop.

    Critical Access Hospitals, Rural Emergency Hospitals and Rural Health Clinics are to be visited
    within a year; a call or a meeting elsewhere is a contact, but no visit. Who was never visited,
    is overdue or will be within half a year is a stop. Its priority is

        0.5 x waiting + 0.3 x gap + 0.2 x need

    with waiting = days since the last visit / (2 x limit), at most 1, never visited 1; gap = the
    severity of its worst open gap; need = mean percentile of the indicators of its county.
    Tours leave the base and come back to it, and reach as much priority as the days allow.

    Parameters
    ----------
    net : Network
        The network.
    days : int, default 5
        Days on the road in all (one working week).
    km_per_day : float, default 402.336
        Most kilometers driven in one day (250 miles: some five hours on rural roads).
    start : str, optional
        From where tours start: an organization by id or name, a ZIP code, or a county by name or
        code; default: the convener, who visits all the same: what it visited before counts.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.
    stops_per_day : int, default 3
        Most visits in one day.
    days_per_tour : int, default 3
        Most days from leaving the base to being back: nights are spent on the way.
    road_factor : float, default 1.417
        Road kilometers for each kilometer as the crow flies: the mean to hospitals in the United
        States. No road map is used; every distance is an estimate.
    kinds : str or sequence of str, optional
        Kinds to visit; default: the three above, and those to which a rule of the file about
        contacts sets a limit.

    Returns
    -------
    Result
        ``.table``: one row an organization to be visited routinely; never visited first, then the
        longest ago. ``.tables``: ``tours``, ``stops`` (day by day, with what to bring up),
        ``topics``.

    Raises
    ------
    UsageError
        A limit is not positive, or `start` or a kind is not known.

    See Also
    --------
    prepare_session : Bring many together instead.
    find_gaps : All that is open on file.

    References
    ----------
    Boscoe, Henry & Zdeb (2012), doi:10.1080/00330124.2011.583586 (road factor). For the tours see
    :mod:`partnet.questions.visits.tours`.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.plan_visits(pn.load_sample("prairie"), days=2)
    >>> found.claims["tours"]["days"]
    2
    """
    limits = Limits(days, km_per_day, stops_per_day, days_per_tour)
    _check_limits(limits, road_factor)
    here = net.at(as_of)
    own, base = read_base(net, start)
    visits = Visits(here, own, limits, road_factor, base)
    gaps = tabulate_open(here)
    table = _rank_stops(visits, _choose_kinds(here, kinds), gaps)
    route, why_not = _find_route(visits, table)
    table = _say_tours(table.assign(why_not=why_not, tour=_number_tours(route, len(table))))
    planned = table["organization"].iloc[[r for t in route.plan.tours for r in route.rows_of(t)]]
    topics = list_topics(here, planned, gaps, _suggest(here, planned))
    tables = {
        "tours": _tabulate_tours(visits, route, table),
        "stops": _tabulate_stops(route, table, join_topics(topics, TOPICS_NAMED)),
        "topics": topics,
    }
    return Result(
        verb="plan_visits",
        title="Whom to visit next",
        table=table,
        sentences=tuple(say_visits(visits, table, tables)),
        method=describe_method(visits, route.plan, tables["tours"]),
        tables=tables,
        shown=in_units(SHOWN, here.units),
        as_of=here.day,
        network=net.title,
    )


def _suggest(here: Network, planned: pd.Series) -> pd.DataFrame:
    """The first partner of everybody who is visited."""
    asked = planned.tolist() or here.ids[:1].tolist()
    return recommend_partners(here.whole, asked, 1, as_of=here.day, runs=0).table


def _check_limits(limits: Limits, road_factor: float) -> None:
    for name in ("days", "km_per_day", "stops_per_day", "days_per_tour"):
        check_number(name, getattr(limits, name), above=True)
    check_number("road_factor", road_factor, least=1, most=100)  # no road beats a straight line


def _choose_kinds(here: Network, kinds: str | Sequence[str] | None) -> list[str]:
    if kinds is None:
        return list(read_limits(here))
    asked = list_texts("kinds", kinds)
    found = {text: here.vocabulary.find_kind(text) for text in asked}
    unknown = [text for text, kind in found.items() if kind is None]
    if unknown:
        raise UsageError(
            f"kinds: found {unknown[0]!r}. Allowed are kinds of the vocabulary, for example "
            "critical_access_hospital: see partnet.default_vocabulary().kinds. Choose one of them."
        )
    return [kind for kind in found.values() if kind is not None]


# -- who, and how pressing -------------------------------------------------------------------------


def _rank_stops(visits: Visits, kinds: list[str], gaps: pd.DataFrame) -> pd.DataFrame:
    """One row an organization to be visited, with its priority; never visited first."""
    here = visits.here
    own = here.organizations[~here.is_context.to_numpy()]
    own = own[own["kind"].isin(kinds) & (own.index != visits.start)]
    visitor = here.convener or visits.start  # whoever keeps the file visits, wherever it starts
    seen = judge_contacts(here, tuple(own.index), visitor)
    table = seen.assign(
        name=here.names[own.index].to_numpy(),
        kind=own["kind"].to_numpy(),
        county_fips=own["county_fips"].to_numpy(),
        county=[county_name(fips) for fips in own["county_fips"]],
        waiting=measure_waiting(seen),
        gap=_find_worst_gap(gaps, seen.index),
        need=_find_need(here, own["county_fips"]),
        seen=["none on file" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in seen["last_visit"]],
    )
    parts = sum(weight * table[part] for part, weight in WEIGHTS.items())
    table["priority"] = np.maximum(parts, LEAST).round(9)
    table["rank"] = table["status"].map({status: k for k, status in enumerate(ORDER)})
    table = table.reset_index().sort_values(
        ["rank", "days", "last_contact", "priority", "organization"],
        ascending=[True, False, True, False, True],
        na_position="first",  # without any contact before those who were called
    )
    return table.reset_index(drop=True)


def _find_worst_gap(gaps: pd.DataFrame, organizations: pd.Index) -> np.ndarray:
    """Severity of the worst open gap of each; that it was not seen counts elsewhere already."""
    open_gaps = gaps[gaps["kind"] != "contact"]
    sides = [
        open_gaps.groupby(side)["severity"].max().reindex(organizations)
        for side in ("organization", "other")
    ]
    return np.nan_to_num(np.fmax(*(side.to_numpy(dtype=float) for side in sides)))


def _find_need(here: Network, counties: pd.Series) -> np.ndarray:
    """Mean percentile of need of each county among those of the network; one half if unknown."""
    known = tuple(sorted(set(here.organizations["county_fips"]) - {""}))
    need = rank_need(here, known).mean
    return counties.map(need).astype("float64").fillna(0.5).to_numpy(dtype=float)


# -- the tours -------------------------------------------------------------------------------------


def _find_route(visits: Visits, table: pd.DataFrame) -> tuple[Route, pd.Series]:
    """Plan tours over what is due, and say of everybody else why no tour goes there."""
    why_not = pd.Series("", index=table.index, dtype="str")
    why_not[table["status"] == LATELY] = "visited lately"
    if not visits.base_name:
        why_not[why_not == ""] = "no base is known"
    everywhere = np.vstack([locate_organizations(visits.here), [np.nan, np.nan]])  # -1: nowhere
    points = everywhere[visits.here.positions([visits.start, *table["organization"]])]
    if visits.base.name:
        points[0] = visits.base.latitude, visits.base.longitude
    if np.isnan(points[0]).any():
        why_not[why_not == ""] = NO_PLACE
    why_not[(why_not == "") & np.isnan(points[1:]).any(axis=1)] = "its place is not known"
    rows = np.flatnonzero(why_not == "")
    km = _measure_roads(points[[0, *(rows + 1)]], visits.road_factor)
    priority = np.array([0.0, *table["priority"].iloc[rows]])
    route = Route(plan_tours(km, priority, visits.limits), km, rows)
    for stop in sorted({*range(1, len(km))} - {*route.reached}):
        why_not.iloc[rows[stop - 1]] = _say_why_not(km, stop, visits.limits)
    return route, why_not


def _measure_roads(points: FloatArray, road_factor: float) -> FloatArray:
    return np.vstack([distances_from(point, points) for point in points]) * road_factor


def _say_why_not(km: FloatArray, stop: int, limits: Limits) -> str:
    alone = drive(km.tolist(), [stop], limits).days
    if alone > min(limits.days, limits.days_per_tour):
        return f"too far: {alone} days there and back"
    return "no room in these days"


def _number_tours(route: Route, n: int) -> np.ndarray:
    numbers = np.full(n, np.nan)
    for number, tour in enumerate(route.plan.tours, start=1):
        numbers[route.rows_of(tour)] = number
    return numbers


def _say_tours(table: pd.DataFrame) -> pd.DataFrame:
    """Add in words in which tour each is, or why in none."""
    pairs = zip(table["tour"], table["why_not"], strict=True)
    said = [why if pd.isna(tour) else f"Tour {tour:g}" for tour, why in pairs]
    return table.assign(in_tour=pd.Series(said, index=table.index, dtype="str"))[WAITING.names]


def _tabulate_tours(visits: Visits, route: Route, table: pd.DataFrame) -> pd.DataFrame:
    cells, limits, units = [], visits.limits, visits.here.units
    for number, tour in enumerate(route.plan.tours, start=1):
        stops = table.iloc[route.rows_of(tour)]
        nearest = drive(route.km.tolist(), order_by_nearest(route.km.tolist(), tour.stops), limits)
        counties = [name.removesuffix(" County") for name in dict.fromkeys(stops["county"]) if name]
        cells.append(
            (number, f"Tour {number}", tour.days, round(tour.km, 1), len(stops),
             join_words(counties), " – ".join(stops["name"]),
             " + ".join(f"{convert(km, units):,.0f}" for km in tour.km_by_day),
             round(float(stops["priority"].sum()), 9),
             round(bound_length(route.km, tour.stops), 1), nearest.days, round(nearest.km, 1))
        )  # fmt: skip
    return pd.DataFrame(cells, columns=TOURS.names)


def _tabulate_stops(route: Route, table: pd.DataFrame, bring_up: pd.Series) -> pd.DataFrame:
    """One row a stop, in the order of driving."""
    parts = []
    for number, tour in enumerate(route.plan.tours, start=1):
        stops = table.iloc[route.rows_of(tour)]
        legs = route.km[[BASE, *tour.stops[:-1]], tour.stops]
        parts.append(
            stops.assign(
                tour=number,
                day=tour.day_of_stop,
                when=[f"Tour {number}, day {day}" for day in tour.day_of_stop],
                place=range(1, len(stops) + 1),
                km=np.round(legs, 1),
                bring_up=[bring_up.get(id_, NOTHING) for id_ in stops["organization"]],
            )
        )
    stops = pd.concat(parts, ignore_index=True) if parts else table.iloc[:0]
    return stops.reindex(columns=STOPS.names)
