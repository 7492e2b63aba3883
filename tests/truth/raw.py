"""The raw files read with the csv module alone, and what anybody could count in them by hand.

Nothing of partnet is imported here. Words of the vocabulary that the files use are listed below.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

import networkx as nx

from .alike import VOCABULARY, keep_strongest, measure_alike

Row = dict[str, str]

NONE = {"none", "0", "0.0"}  # answers that deny a tie
NOT_WORKING = {"contact", "funding", "membership", "affiliation"}
RELATION_OF = {  # types of agreements, and relations as people write them
    "patient transfer": "transfer",
    "patient referral and transfer": "transfer",
    "data sharing": "data_sharing",
    "data use": "data_sharing",
    "communications systems": "communications",
    "communications system": "communications",
    "emergency and nonemergency transportation": "emergency_transport",
    "emergency transport": "emergency_transport",
    "credentialing and quality assurance": "credentialing",
    "transfer agreement": "transfer",
    "data sharing agreement": "data_sharing",
    "communications agreement": "communications",
    "transportation agreement": "emergency_transport",
    "mutual aid agreement": "mutual_aid",
    "service contract": "contract",
    "memorandum of understanding": "agreement",
    "joint planning": "planning",
}
STATES = {"ne": "NE", "nebraska": "NE"}
COUNTIES = {"cedar county": "31027", "cedar": "31027", "butler county": "31023",
            "woodbury": "19193", "dakota": "31043"}  # fmt: skip


@cache
def read_counties() -> dict[str, Row]:
    """Counties by code, as the gazetteer has them."""
    path = Path(__file__).parents[2] / "src/partnet/data/counties.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["fips"]: row for row in csv.DictReader(file)}


def _list_marks(row: Row) -> tuple[str, ...]:
    """What may tell an organization from its namesakes, the plainest first."""
    county = read_counties().get(row["county_fips"], {})
    home = county.get("name", "")
    near = home or row.get("state", "")
    kind = VOCABULARY["kinds"].get(row["kind"], {}).get("label", "")
    return (
        home,
        home and f"{home}, {county['state']}",
        near,
        f"{kind}, {near}" if near else kind,
        f"{near or kind}, {row['id']}",
    )


# Columns that name an organization.
WHO = ("organization", "other", "source", "target", "recipient", "respondent", "rater", "rated",
       "reported_by")  # fmt: skip


class Raw:
    """One folder of CSV files, and a day."""

    def __init__(self, folder: Path, day: date, *, removed: tuple[str, ...] = ()) -> None:
        self.folder, self.day, self.removed = folder, day, removed  # removed: who is to leave
        self.closed: set[str] = set()
        self.closed = {row["id"] for row in self.rows("organizations") if self.is_closed(row)}
        self.organizations = {row["id"]: row for row in self.rows("organizations")}
        self._told = dict(self._tell_apart())
        self._by_name = {name.casefold(): id_ for id_, name in self._told.items()}

    def rows(self, table: str) -> list[Row]:
        """The rows of a table, with repeated ones once; none where there is no such file."""
        path = self.folder / f"{table}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            read = [{k: v.strip() for k, v in row.items()} for row in csv.DictReader(file)]
        once = {
            tuple(row.items()): row
            for row in read
            if not self.closed & {row.get("id", ""), *(row.get(name, "") for name in WHO)}
        }
        return [defaultdict(str, row) for row in once.values()]  # columns not in the file: blank

    def is_closed(self, row: Row) -> bool:
        """Whether an organization had closed by the day, so that it and its rows do not count."""
        if row["closed_on"]:
            return date.fromisoformat(row["closed_on"]) < self.day
        return row["closed"] == "yes"

    def find(self, text: str) -> str:
        """The id of an organization named by id or name; "" where it is none."""
        if text in self.organizations:
            return text
        return self._by_name.get(text.casefold(), "")

    def name(self, id_: str) -> str:
        """Its name, with what tells it from others of that name."""
        return self._told[id_]

    def _tell_apart(self) -> Iterator[tuple[str, str]]:
        """Namesakes have in brackets what no other of them has: county, State, kind, or the id."""
        called = defaultdict[str, list[Row]](list)
        for row in self.organizations.values():
            called[row["name"].casefold()].append(row)
        for rows in called.values():
            marks = [_list_marks(row) for row in rows]
            for row, own in zip(rows, marks, strict=True):
                told = [
                    mark
                    for mark, others in zip(own, zip(*marks, strict=True), strict=True)
                    if mark and others.count(mark) == 1
                ]
                yield row["id"], f"{row['name']} ({told[0]})" if len(rows) > 1 else row["name"]

    def names(self, ids: Iterable[str]) -> list[str]:
        """Their names."""
        return [self.name(id_) for id_ in ids]

    @property
    def convener(self) -> str:
        """Who keeps the file, by the about table."""
        about = {row["setting"].lower(): row["value"] for row in self.rows("about")}
        return self.find(about.get("convener") or about.get("owner") or "")

    # -- what holds on the day -------------------------------------------------------------------

    def holds(self, start: str, end: str) -> bool:
        """Whether a row from a day to a day holds; blank is no bound."""
        begun = not start or date.fromisoformat(start) <= self.day
        return begun and (not end or date.fromisoformat(end) >= self.day)

    def agreements(self) -> dict[str, tuple[list[str], Row, str]]:
        """Parties, terms and state ("", draft, ended, ahead) of every agreement."""
        found: dict[str, tuple[list[str], Row, str]] = {}
        rows = defaultdict(list)
        for row in self.rows("agreements"):
            rows[row["agreement"].casefold()].append(row)
        for told in rows.values():
            first = told[0]
            start, end = first["effective"] or first["signed"], first["expires"]
            state = ""
            if first["status"] == "draft":
                state = "draft"
            elif first["status"] == "expired" or (
                first["renews"] != "yes" and not self.holds("", end)
            ):
                state = "ended"
            elif not self.holds(start, ""):
                state = "ahead"
            parties = list(dict.fromkeys(self.find(row["organization"]) for row in told))
            found[first["agreement"]] = (parties, first, state)
        return found

    def ties(self) -> Iterator[tuple[str, str, str, str]]:
        """Source, target, relation and table of everything that ties two on the day."""
        for row in self.rows("ties"):
            denied = row.get("strength", "").lower() in NONE or row.get("answer", "") == "none"
            if not denied and self.holds(row.get("since", ""), row.get("until", "")):
                yield row["source"], row["target"], relation_of(row["relation"]), "ties"
        for award in self.awards():
            payer = self.find(award["funder"])
            if payer and self.holds(award["start"], award["end"]):
                yield payer, award["recipient"], "funding", "funding"
        for row in self.rows("memberships"):
            if self.find(row["group"]) and self.holds(row.get("since", ""), row.get("until", "")):
                yield row["organization"], self.find(row["group"]), "membership", "memberships"
        for row in self.rows("contacts"):
            if self.find(row["by"]) and self.holds(row["date"], ""):
                yield self.find(row["by"]), row["organization"], "contact", "contacts"
        for parties, first, state in self.agreements().values():
            if not state:
                for a, b in combinations(parties, 2):
                    yield a, b, relation_of(first["type"], "agreement"), "agreements"
        for row in self.rows("affiliations"):
            if self.find(row["parent"]) and self.holds(row.get("since", ""), row.get("until", "")):
                yield row["organization"], self.find(row["parent"]), "affiliation", "affiliations"

    def graph(self, *, without: Iterable[str] = ()) -> nx.Graph:
        """Working ties on the day, or affinity where none is on file; everybody is a vertex."""
        if not any(self.ties()):
            return keep_strongest(self, measure_alike(self))
        graph = nx.Graph()
        graph.add_nodes_from(self.organizations)
        out = set(without)
        graph.add_edges_from(
            (a, b)
            for a, b, relation, _ in self.ties()
            if relation not in NOT_WORKING and a != b and not {a, b} & out
        )
        return graph

    def answered(self) -> set[str]:
        """Who answered the survey about any relation; without one, what is on file is all."""
        said = self.rows("responses")
        if not said:
            return set(self.organizations)
        return {row["respondent"] for row in said if row["answered"] in ("yes", "")}

    # -- money -----------------------------------------------------------------------------------

    def awards(self) -> list[Row]:
        """Rows of funding that count: what was spent of obligated money does not."""
        rows = self.rows("funding")
        obligated = {
            (row["award"].casefold(), row["recipient"])
            for row in rows
            if row["amount_kind"] != "spent" and row["award"]
        }
        return [
            {**row, **self.bound(row)}
            for row in rows
            if row["amount"]
            and float(row["amount"])
            and self.comes_to(row, rows) > 0
            and not (
                row["amount_kind"] == "spent"
                and (row["award"].casefold(), row["recipient"]) in obligated
            )
        ]

    def bound(self, row: Row) -> Row:
        """From when to when an award runs: without dates, its fiscal year and the next."""
        start, end, year = row["period_start"], row["period_end"], row["fiscal_year"]
        if year and not start and not end:
            start, end = f"{int(year) - 1}-10-01", f"{int(year) + 1}-09-30"
        return {"start": start, "end": end}

    def comes_to(self, row: Row, rows: list[Row]) -> float:
        """Dollars of the award of a row, what was taken back among them."""
        same = [one for one in rows if name_award(one) == name_award(row)]
        obligated = [one for one in same if one["amount_kind"] != "spent"]
        counted = obligated if row["amount_kind"] != "spent" else same
        return sum(float(one["amount"] or 0) for one in counted)

    def taken_back(self) -> float:
        """Dollars taken back of awards that are not on file."""
        rows = [row for row in self.rows("funding") if row["amount_kind"] != "spent"]
        once = {name_award(row): self.comes_to(row, rows) for row in rows}
        return -sum(dollars for dollars in once.values() if dollars < 0)

    def held(self) -> list[tuple[Row, str, float]]:
        """Row, fiscal year and dollars that its recipient keeps.

        Files of these tests pass on within one fiscal year, and not more than there is.
        """
        rows = self.awards()
        cells = []
        for row in rows:
            dollars = float(row["amount"])
            for year, share in spread(row):
                passed = sum(
                    float(other["amount"]) * part
                    for other in rows
                    if row["award"] and other["parent_award"].casefold() == row["award"].casefold()
                    for of, part in spread(other)
                    if of == year
                )
                own = sum(
                    float(other["amount"]) * part
                    for other in rows
                    if other["award"].casefold() == row["award"].casefold()
                    and other["parent_award"].casefold() != row["award"].casefold()
                    for of, part in spread(other)
                    if of == year
                )
                part = dollars * share
                cells.append((row, year, part - (passed * part / own if passed else 0.0)))
        return cells

    def held_of_all_years(self) -> list[tuple[Row, str, float]]:
        """The same, and of fiscal years that are over what went to those who closed in or after."""
        own = self.day.year + (self.day.month >= 10)
        found = [cell for cell in self.held() if not cell[1] or int(cell[1]) >= own]
        everybody = Raw(self.folder, self.day, removed=self.removed)
        everybody.closed = set()  # all rows, theirs too
        last = {
            row["id"]: int(row["closed_on"][:4]) + (int(row["closed_on"][5:7]) >= 10)
            for row in everybody.rows("organizations")
            if row["id"] in self.closed and row["closed_on"]
        }
        for row, year, dollars in everybody.held():
            until = last.get(row["recipient"], 0 if row["recipient"] in self.closed else own)
            if year and int(year) < own and int(year) <= until:
                found.append((row, year, dollars))
        return found

    def place(self, row: Row) -> str:
        """The county code of an award, "statewide", "" where neither it nor the home is known."""
        text = row["served_place"].casefold()
        if text in STATES:
            return "statewide"
        if text:
            return COUNTIES.get(text, text)
        return self.organizations[row["recipient"]]["county_fips"]

    def year_of_day(self, years: Iterable[str]) -> str:
        """The newest fiscal year with dollars, up to the one of the day."""
        own = self.day.year + (self.day.month >= 10)
        return max((year for year in years if year and int(year) <= own), default="")

    # -- services --------------------------------------------------------------------------------

    def served(self, id_: str) -> set[str]:
        """Counties: of service areas, else of its services, else its own."""
        areas = {
            row["place"]
            for row in self.rows("service_areas")
            if row["organization"] == id_ and row["place_kind"] == "county"
            if self.holds(row["since"], row["until"])
        }
        of_services = {
            row["county_fips"]
            for row in self.rows("services")
            if row["organization"] == id_ and row["county_fips"]
        }
        return areas or of_services or ({self.organizations[id_]["county_fips"]} - {""})


def name_award(row: Row) -> tuple[str, ...]:
    """What makes rows one award: number and recipient; without a number, all but the dollars."""
    number = row["award"].casefold()
    rest = ("funder", "program", "fiscal_year", "period_start", "period_end")
    return (row["recipient"], number, *(() if number else (row[name] for name in rest)))


def relation_of(text: str, otherwise: str = "") -> str:
    """A relation by the word that the file uses."""
    text = text.strip().casefold()
    return RELATION_OF.get(text, otherwise or re.sub(r"[ -]", "_", text))


def spread(row: Row) -> list[tuple[str, float]]:
    """Fiscal years of an award, with the share of days in each."""
    if row["fiscal_year"]:
        return [(row["fiscal_year"], 1.0)]
    first, last = (date.fromisoformat(row[name]) for name in ("period_start", "period_end"))
    days = [first + timedelta(k) for k in range((last - first).days + 1)]
    years = [str(day.year + (day.month >= 10)) for day in days]
    return [(year, years.count(year) / len(days)) for year in sorted(set(years))]
