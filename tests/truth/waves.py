"""Claims about several waves, from the raw files of each; and three waves to say them of.

A function gets the raw files of all waves, the earliest first, and the claims that were said.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from io import StringIO
from itertools import combinations, pairwise
from pathlib import Path
from statistics import linear_regression
from typing import Any

import numpy as np

from .alike import VOCABULARY
from .coalition import DAY, write_coalition
from .raw import NOT_WORKING, Raw, relation_of
from .recompute import Claims, kind_of

Check = Callable[[list[Raw], Claims], dict[str, Any]]
OVER_WAVES: dict[str, Check] = {}
DAYS = (date(2024, 6, 30), date(2025, 6, 30), DAY)
CARE_SECTORS = {
    *("hospital_care", "primary_care", "behavioral_health", "emergency_services"),
    *("long_term_care", "pharmacy_and_oral_health", "payer"),
}
COMMUNITY_SECTORS = {"social_services", "housing", "food", "transport", "community"}
KINDS = VOCABULARY["kinds"].items()
COMMUNITY = {kind for kind, entry in KINDS if entry["sector"] in COMMUNITY_SECTORS}
HEALTH_CARE = {kind for kind, entry in KINDS if entry["sector"] in CARE_SECTORS}
COLLECTIVES = ("coalition", "network", "meeting")  # words of these files


def of(name: str) -> Callable[[Check], Check]:
    """Register what recomputes the sentence of this name."""

    def register(check: Check) -> Check:
        OVER_WAVES[name] = check
        return check

    return register


# -- three waves -----------------------------------------------------------------------------------


def write_waves(folder: Path) -> list[Path]:
    """The coalition two years ago, last year and today, a folder each.

    Two years ago a mill was there and the bank was not; the pantry was a shelter, one hospital had
    births and no surgery, and counties needed other things.
    """
    paths = []
    for day in DAYS:
        path = folder / str(day.year)
        path.mkdir()
        write_coalition(path)
        _add_rows(path)
        if day.year == 2024:
            _turn_back(path)
        paths.append(path)
    return paths


def _change(path: Path, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    rows = list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))
    changed = change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed)


def _add_rows(path: Path) -> None:
    """A pantry that joins the coalition, and rides that two provide in the end."""
    joined = {"organization": "cedar-pantry", "group": "Elkhorn Coalition",
              "group_kind": "coalition", "since": "2025-03-01"}  # fmt: skip
    _change(path / "memberships.csv", lambda rows: [*rows, joined])
    papers = [
        {"agreement": paper, "organization": party, "type": "service contract", "topic": "rides",
         "status": "executed", "signed": start, "effective": start, "expires": "2028-01-01"}
        for paper, start, provider in (
            ("SC-1", "2025-01-01", "prairie-ride"), ("SC-2", "2026-01-01", "wayne-meals"))
        for party in ("north-center", provider)
    ]  # fmt: skip
    _change(path / "agreements.csv", lambda rows: [*rows, *papers])


def _turn_back(path: Path) -> None:
    gone = ("first-bank",)
    mill = {"id": "old-mill", "name": "Old Mill", "kind": "employer", "state": "NE"}
    _change(
        path / "organizations.csv",
        lambda rows: (
            [
                {**row, "kind": "housing"} if row["id"] == "cedar-pantry" else row
                for row in rows
                if row["id"] not in gone
            ]
            + [mill]
        ),
    )
    _change(
        path / "services.csv",
        lambda rows: [
            {**row, "service": "births"} if row["service"] == "surgery" else row for row in rows
        ],
    )
    before = {"31027": "4.5", "31107": "4.5"}
    _change(
        path / "needs.csv",
        lambda rows: [{**row, "value": before.get(row["county_fips"], row["value"])}
                      for row in rows],
    )  # fmt: skip
    _change(
        path / "outcomes.csv",
        lambda rows: [row for row in rows if not {*row.values()} & {*gone}],
    )


# -- first against last ----------------------------------------------------------------------------


def in_all(raws: list[Raw]) -> list[str]:
    """Organizations in all waves."""
    return [id_ for id_ in raws[0].organizations if all(id_ in raw.organizations for raw in raws)]


def compared(raws: list[Raw]) -> list[str]:
    """Those who answered in all waves."""
    return [id_ for id_ in in_all(raws) if all(id_ in raw.answered() for raw in raws)]


def density(raw: Raw, ids: list[str]) -> float:
    """Share of their pairs that are tied."""
    pairs = [*combinations(ids, 2)]
    graph = raw.graph()
    return sum(graph.has_edge(*pair) for pair in pairs) / len(pairs)


@of("joined")
def count_joined(raws: list[Raw], said: Claims) -> dict[str, Any]:
    first, last = raws[0], raws[-1]
    new = sorted(last.organizations.keys() - first.organizations.keys())
    return {"organizations": len(new), "names": last.names(new)}


@of("left")
def count_left(raws: list[Raw], said: Claims) -> dict[str, Any]:
    first, last = raws[0], raws[-1]
    gone = sorted(first.organizations.keys() - last.organizations.keys())
    return {"organizations": len(gone), "names": first.names(gone)}


@of("changed_kind")
def list_changed(raws: list[Raw], said: Claims) -> dict[str, Any]:
    first, last = raws[0].organizations, raws[-1].organizations
    both = sorted(first.keys() & last.keys())
    changed = [id_ for id_ in both if kind_of(first[id_]) != kind_of(last[id_])]
    return {"organizations": raws[-1].names(changed)}


@of("ties")
def count_ties(raws: list[Raw], said: Claims) -> dict[str, Any]:
    ends = [raws[0], raws[-1]]
    kept = in_all(ends)
    before, after = ({frozenset(e) for e in raw.graph().subgraph(kept).edges} for raw in ends)
    return {"new": len(after - before), "gone": len(before - after)}


@of("density")
def compare_density(raws: list[Raw], said: Claims) -> dict[str, Any]:
    ids = compared([raws[0], raws[-1]])
    before, after = (density(raw, ids) for raw in (raws[0], raws[-1]))
    return {"compared": len(ids), "before": before, "after": after}


@of("days")
def name_days(raws: list[Raw], said: Claims) -> dict[str, Any]:
    return {"before": str(raws[0].day), "after": str(raws[-1].day)}


@of("services")
def count_services(raws: list[Raw], said: Claims) -> dict[str, Any]:
    """New and gone, of those who have any on file in the first and the last wave."""
    first, last = (offered(raw) for raw in (raws[0], raws[-1]))
    both = first.keys() & last.keys()
    return {
        "organizations": len(both),
        "new": sum(len(last[id_] - first[id_]) for id_ in both),
        "gone": sum(len(first[id_] - last[id_]) for id_ in both),
    }


def offered(raw: Raw) -> dict[str, set[str]]:
    """Services on file of every organization."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in raw.rows("services"):
        found[row["organization"]].add(row["service"].casefold())
    return found


@of("needs")
def count_needs(raws: list[Raw], said: Claims) -> dict[str, Any]:
    """Of these files higher is worse, and every value stands once."""
    first, last = (
        {(row["county_fips"], row["indicator"]): float(row["value"]) for row in raw.rows("needs")}
        for raw in (raws[0], raws[-1])
    )
    changes = [last[key] - first[key] for key in first.keys() & last.keys()]
    moved = {"better": sum(c < 0 for c in changes), "worse": sum(c > 0 for c in changes),
             "same": changes.count(0.0)}  # fmt: skip
    return {"values": len(changes)} | {word: number for word, number in moved.items() if number}


# -- over all waves --------------------------------------------------------------------------------


@of("trend")
def fit_trend(raws: list[Raw], said: Claims) -> dict[str, Any]:
    """The least-squares line; its error by a bootstrap of our own, within a quarter."""
    ids = compared(raws)
    years = [(raw.day - raws[0].day).days / 365.25 for raw in raws]
    slope = linear_regression(years, [density(raw, ids) for raw in raws]).slope
    error = spread_slopes(raws, ids, years)
    assert abs((said["high"] - said["low"]) / 2 / 1.96 - error) < error / 4
    assert abs((said["high"] + said["low"]) / 2 - slope) < 1e-9
    return {**said, "waves": len(raws), "slope": slope, "per": "year"}


def spread_slopes(raws: list[Raw], ids: list[str], years: list[float]) -> float:
    """Standard deviation of the slope, the same organizations drawn again in all waves."""
    graphs = [raw.graph() for raw in raws]
    pairs = [*combinations(ids, 2)]
    random = np.random.default_rng(5)
    slopes = []
    for _ in range(300):
        drawn = [ids[k] for k in random.integers(0, len(ids), len(ids))]
        cells = [(a, b) if a != b else pairs[random.integers(len(pairs))]
                 for a, b in combinations(drawn, 2)]  # fmt: skip
        shares = [sum(g.has_edge(*cell) for cell in cells) / len(cells) for g in graphs]
        slopes.append(linear_regression(years, shares).slope)
    return float(np.std(slopes, ddof=1))


@of("moves")
def count_moves(raws: list[Raw], said: Claims) -> dict[str, Any]:
    found = [categories(raw) for raw in raws]
    moves = sum(
        was[id_] != now[id_] for was, now in pairwise(found) for id_ in was.keys() & now.keys()
    )
    return {"moves": moves}


def categories(raw: Raw) -> dict[str, str]:
    """Category of partnership of every community-based organization, the deepest that holds."""
    kinds = {id_: kind_of(row) for id_, row in raw.organizations.items()}
    care = {id_ for id_, kind in kinds.items() if kind in HEALTH_CARE}
    providers = defaultdict(set)
    for parties, first, state in raw.agreements().values():
        if not state and relation_of(first["type"]) == "contract":
            for buyer in care & {*parties}:
                providers[buyer, first["topic"]] |= {*parties} - care
    members = defaultdict(set)
    for row in raw.rows("memberships"):
        if raw.holds(row["since"], row["until"]) and any(
            word in row["group_kind"].casefold() for word in COLLECTIVES
        ):
            members[row["group"].casefold()].add(row["organization"])
    found = {}
    for id_ in (id_ for id_, kind in kinds.items() if kind in COMMUNITY):
        lists = [(buyer, those) for (buyer, _), those in providers.items() if id_ in those]
        working = {
            relation
            for a, b, relation, _ in raw.ties()
            if id_ in (a, b) and {a, b} & care and relation not in NOT_WORKING
        }
        found[id_] = (
            "Exclusive Provider" if any(len(t) == 1 and b in raw.answered() for b, t in lists)
            else "Network Provider" if any(len(those) > 1 for _, those in lists)
            else "Collaborator" if any(id_ in those and care & those for those in members.values())
            else "Planner" if working and working <= {"planning", "information_sharing"}
            else "unclassified"
        )  # fmt: skip
    return found


@of("grants")
def count_programs(raws: list[Raw], said: Claims) -> dict[str, Any]:
    """In which waves each program ran, from its first day to its last."""
    spans: dict[str, list[str]] = defaultdict(list)
    for raw in raws:
        for row in raw.rows("funding"):
            if row["period_start"] and raw.holds(row["period_start"], row["period_end"]):
                spans[row["program"].casefold()] += [row["period_start"], row["period_end"]]
    ran = [
        {k for k, raw in enumerate(raws) if min(days) <= str(raw.day) <= max(days)}
        for days in spans.values()
    ]
    last = len(raws) - 1
    return {
        "programs": len(ran),
        "began": sum(0 not in waves and last in waves for waves in ran),
        "ended": sum(0 in waves and last not in waves for waves in ran),
    }
