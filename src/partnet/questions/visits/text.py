"""What a plan of visits says in sentences, and how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words, say_date, say_share
from ...core.wording.units import Units, say_distance
from ...facts.contacts import DUE, LATELY, NEVER, OVERDUE, UNKNOWN
from .base import NOWHERE, Base
from .routes import Limits
from .tours import Plan

EXACT = 0.0005  # a share below which a tour counts as the shortest
TOURS_SAID = 3  # tours told in sentences; the table has all
TOPICS_SAID = 2
NAMED = 4
NO_PLACE = "the place of the base is not known"


@dataclass(frozen=True)
class Visits:
    """A plan in the making: who could be visited, from where, under which limits.

    Attributes
    ----------
    here : Network
        The network on the day.
    start : str
        Id of the base, "" where none is known.
    limits : Limits
        Days, kilometers, visits a day, days of a tour.
    road_factor : float
        Kilometers by road for each as the crow flies.
    base : Base
        Where tours start, if that is no organization.
    """

    here: Network
    start: str
    limits: Limits
    road_factor: float
    base: Base = NOWHERE

    @property
    def base_name(self) -> str:
        """Where tours start, in words; blank where it is not known."""
        return self.base.name or (self.here.name(self.start) if self.start else "")


def say_visits(
    visits: Visits, table: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> Iterator[Sentence]:
    """Say who waits, which tours to make, what to bring up first, and what does not fit."""
    if table.empty:
        text = "No hospital or clinic that is visited routinely is on file, so no visit is planned."
        yield Sentence("waiting", text, {"organizations": 0})
        return
    yield _say_waiting(visits, table)
    if (table["why_not"] == NO_PLACE).any():
        text = f"Where {visits.base_name} is, is not known: name a county or a ZIP code (start)."
        yield Sentence("no_base", text, {"base": visits.base_name})
        return
    if not visits.base_name:
        yield Sentence(
            "no_base",
            "Tours need a base: name the convener in the about table, or the organization from "
            "which tours start.",
        )
        return
    tours = tables["tours"]
    if len(tours):
        yield _say_plan(visits, table, tours)
        yield from (
            _say_tour(tour, visits.here.units) for tour in tours.head(TOURS_SAID).itertuples()
        )
        yield _say_first_stop(tables["stops"], tables["topics"])
    yield from _say_left_out(table)


def _say_waiting(visits: Visits, table: pd.DataFrame) -> Sentence:
    """Who was never visited and who is overdue; calls are no visits, nor are those of others."""
    start = visits.start
    whose = f" of {visits.here.name(start)}" if start else ""
    n = count_noun(len(table), "organization that is", "organizations that are")
    claims: dict[str, object] = {"organizations": len(table)}
    if (table["status"] == UNKNOWN).all():
        return Sentence(
            "waiting",
            f"When the {n} to be visited routinely were last seen is not known: no contacts are "
            "on file. Enter them in the contacts table; until then, gaps and need alone decide.",
            claims,
        )
    never, late = (table[table["status"] == status] for status in (NEVER, OVERDUE))
    claims |= {"never": len(never), "overdue": len(late)}
    if never.empty and late.empty:
        due = int((table["status"] == DUE).sum())
        soon = f"{due:,} will be within half a year"
        text = f"Of {n} visited routinely, nobody is overdue, and {soon}."
        return Sentence("waiting", text, {**claims, "due": due})
    said = [
        f"{len(never):,} {'has' if len(never) == 1 else 'have'} no visit{whose} on file"
        f"{_name_some(never, 'last_contact', 'last contact on')}"
        if len(never)
        else "",
        f"{count_noun(len(late), 'visit is', 'visits are')} overdue"
        f"{_name_some(late, 'last_visit', 'last on')}"
        if len(late)
        else "",
    ]
    text = f"Of {n} visited routinely, {'; '.join(part for part in said if part)}."
    return Sentence("waiting", text, claims)


def _name_some(rows: pd.DataFrame, column: str, words: str) -> str:
    """Name them, or the first, with a date each where there is one."""
    named = [
        f"{row['name']} ({words} {say_date(row[column])})"
        if pd.notna(row[column])
        else str(row["name"])
        for _, row in rows.iterrows()
    ]
    return f"{', first' if len(named) > NAMED else ':'} {join_words(named[:NAMED])}"


def _say_plan(visits: Visits, table: pd.DataFrame, tours: pd.DataFrame) -> Sentence:
    limits = visits.limits
    pressing = table[table["status"].isin([NEVER, OVERDUE])]
    reached = int(pressing["tour"].notna().sum())
    who = (
        f", among them {reached:,} of the {len(pressing):,} never visited or overdue"
        if len(pressing)
        else ""
    )
    used, stops = int(tours["days"].sum()), int(tours["stops"].sum())
    most = say_distance(limits.km_per_day, visits.here.units)
    return Sentence(
        "tours",
        f"{count_noun(len(tours), 'tour', 'tours')} from {visits.base_name} in "
        f"{count_noun(used, 'day')}, none with more than {most} or "
        f"{count_noun(limits.stops_per_day, 'visit')} a day, "
        f"{'reaches' if len(tours) == 1 else 'reach'} {count_noun(stops, 'organization')}{who}.",
        {
            "tours": len(tours),
            "days": used,
            "organizations": stops,
            "pressing_reached": reached,
            "pressing": len(pressing),
        },
    )


def _say_tour(tour: Any, units: Units) -> Sentence:
    counties = tour.counties
    where = f"{counties} {'Counties' if ' and ' in counties else 'County'}: " if counties else ""
    return Sentence(
        "tour",
        f"Tour {tour.tour}, {count_noun(tour.days, 'day')} and about "
        f"{say_distance(tour.km, units)}, goes to {where}{tour.route}.",
        {"tour": tour.tour, "days": tour.days, "km": tour.km},
    )


def _say_first_stop(stops: pd.DataFrame, topics: pd.DataFrame) -> Sentence:
    worst = stops[stops["priority"] == stops["priority"].max()]
    first, equal = worst.iloc[0], worst["name"].tolist()[1:]
    own = topics.loc[topics["organization"] == first["organization"], "text"].head(TOPICS_SAID)
    said = f"The most pressing stop is {first['name']}"
    if equal:
        names = join_words([first["name"], *equal], most=NAMED)
        said = f"The most pressing stops, equally, are {names}"
    where = " at the first" if equal else ""
    text = (
        f"{said}; bring up{where}: {' '.join(own)}"
        if len(own)
        else f"{said}; nothing is open on file with {'the first' if equal else 'it'}."
    )
    claims = {"organization": first["name"], "topics": own.tolist(), "equal": equal}
    return Sentence("first_stop", text, claims)


def _say_left_out(table: pd.DataFrame) -> Iterator[Sentence]:
    left = table[table["tour"].isna() & (table["status"] != LATELY)]
    for why, rows in left.groupby("why_not", sort=True):
        names = rows["name"].tolist()
        text = f"Not reached ({why}): {join_words(names, most=NAMED)}."
        yield Sentence("not_reached", text, {"why": why, "organizations": names})


def describe_method(visits: Visits, plan: Plan, tours: pd.DataFrame) -> Method:
    """Give the method box, with the bounds of this very plan."""
    limits, day = visits.limits, visits.here.day
    settings = {
        "as of": "no dates" if day is None else say_date(day),
        "base": visits.base_name or "not known",
        "days": limits.days,
        "km a day": f"{limits.km_per_day:g}",
        "visits a day": limits.stops_per_day,
        "days a tour": limits.days_per_tour,
        "road factor": f"{visits.road_factor:g}",
    }
    return Method(
        name="Priority, and tours by a heuristic whose distance from the best is bounded.",
        formula=(
            "Priority = 0.5 x waiting + 0.3 x gap + 0.2 x need; waiting = days since the last "
            "visit / (2 x limit), at most 1, never 1; gap = severity of the worst open gap; need = "
            "mean percentile of the county's indicators. Tours by cheapest insertion, then pieces "
            "reversed, moved and exchanged. Kilometers = great circle x road factor; nights are "
            "spent on the way or at a stop."
        ),
        settings=settings,
        sources=(
            "Boscoe, Henry & Zdeb (2012), doi:10.1080/00330124.2011.583586",
            "Chao, Golden & Wasil (1996), doi:10.1016/0377-2217(94)00289-4",
            "Held & Karp (1971), doi:10.1007/BF01584070",
        ),
        notes=(
            *_say_bounds(plan, tours),
            "No road map is used: check every tour against one. Calls and meetings elsewhere are "
            "contacts, but no visits.",
        ),
    )


def _say_bounds(plan: Plan, tours: pd.DataFrame) -> tuple[str, ...]:
    if not plan.tours:
        return ()
    share = plan.priority / plan.most_priority
    longer = max(tours["km"].sum() / max(tours["least_km"].sum(), 1e-9) - 1, 0.0)
    order = (
        "no longer than the shortest order of their stops"
        if longer < EXACT
        else f"at most {longer:.1%} longer than the shortest order of their stops"
    )
    return (
        f"These tours reach {say_share(share)} of the priority that no plan under these limits can "
        f"exceed, and are {order}. Always going to the nearest stop next would reach "
        f"{say_share(plan.nearest_priority / plan.priority)} of what they reach.",
    )
