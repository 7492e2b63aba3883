"""How people see who is here: kinds, groups, money, hospitals, everybody."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ...core.results.shown import MAIN, Column, Shown
from ...places.gazetteer import county_name
from ..columns import ID, KIND, NAME

CAH, CAH_SHEET = "critical_access_hospital", "Critical Access Hospitals"
CAH_ROWS = 150  # no State has more

DOLLARS = Column(
    "dollars",
    "Dollars",
    "dollars",
    meaning="Net of money passed on under the same award.",
)
AWARDED = Column("awarded", meaning="Dollars awarded, before anything was passed on.")
ORGANIZATIONS = Column(
    "organizations", "Organizations", "count", meaning="Organizations, without context."
)
TIES = Column("ties", "Ties on file", "count", meaning="Ends of ties of every relation on file.")
ON_FILE = replace(DOLLARS, label="Dollars on file", sparse=True)


def list_all(table: pd.DataFrame) -> pd.DataFrame:
    """Everybody, with the county by name; the column of context only where somebody is context."""
    named = table.assign(
        kind=table["kind_label"], county=[county_name(code) for code in table["county_fips"]]
    )
    return named if (table["context"] == "yes").any() else named.drop(columns="context")


def list_hospitals(table: pd.DataFrame) -> pd.DataFrame:
    """The Critical Access Hospitals of the network by name, without context."""
    own = (table["kind"] == CAH) & (table["context"] != "yes")
    return list_all(table)[own.to_numpy()].sort_values("name", kind="stable")


def name_places(table: pd.DataFrame) -> pd.DataFrame:
    """Counties by name instead of code."""
    named = [county_name(place) or place for place in table["place"]]
    return table.assign(place=pd.Series(named, index=table.index, dtype="str"))


ORGANIZATION_COLUMNS = (
    NAME,
    replace(KIND, label="Kind", seen="annex"),
    Column("county", "County", meaning="Name of its county; for people only."),
    Column(
        "n_ties",
        "Ties on file",
        "count",
        meaning="Distinct ties on file: partners x relations.",
        sparse=True,
    ),
    Column("n_services", "Services", "count", meaning="Different services on file."),
    Column("n_groups", "Groups", "count", meaning="Groups it is a member of."),
    replace(ON_FILE, sparse=True),
    Column("context", "Context", seen="annex", meaning='"yes" for a neighbor kept as context.'),
    replace(ID, label="Id", seen="annex"),
    Column("kind_label", meaning="Its kind in words."),
    Column("sector", meaning="Id of its sector in the vocabulary."),
    Column("county_fips", meaning="Code of its county, 5 digits; blank where not known."),
    Column("n_awards", meaning="Awards received, all years."),
)

SHOWN_KINDS = Shown(
    "kinds",
    "Organizations by kind",
    (
        Column("label", "Kind", meaning="The kind in words."),
        ORGANIZATIONS,
        TIES,
        ON_FILE,
        Column("kind", meaning="Id of the kind."),
    ),
    "Kinds",
)
SHOWN_GROUPS = Shown(
    "groups",
    "Groups and their members",
    (
        Column("group", "Group", meaning="Name of the group."),
        Column("n_members", "Members", "count", meaning="Members on file."),
        Column("members", "Who", meaning="Names of the members, by name."),
        Column("group_kind", meaning="What kind of group it is; blank where not known."),
    ),
    "Groups",
    rows=8,
)
SHOWN_INVESTMENT = Shown(
    "investment",
    "Collective investment by fiscal year, each dollar counted once",
    (
        Column("fiscal_year", "Fiscal year", meaning="Federal fiscal year, from October 1."),
        DOLLARS,
        Column("programs", "Programs", "count", meaning="Programs that paid."),
        Column("recipients", "Organizations", "count", meaning="Organizations that received."),
        AWARDED,
    ),
    "Investment",
)
SHOWN_PROGRAMS = Shown(
    "programs",
    "Collective investment by program",
    (Column("program", "Program", meaning="Name of the program."), DOLLARS, AWARDED),
    "Programs",
    rows=8,
)
SHOWN_PLACES = Shown(
    "places",
    "Collective investment by place",
    (
        Column(
            "place",
            "Place",
            meaning='County code, "statewide", "place not known", or the text on file.',
        ),
        DOLLARS,
        AWARDED,
    ),
    "Places",
    rows=8,
    pick=name_places,
)
SHOWN_HOSPITALS = Shown(
    MAIN, CAH_SHEET, ORGANIZATION_COLUMNS, CAH_SHEET, rows=CAH_ROWS, pick=list_hospitals
)
SHOWN_ORGANIZATIONS = Shown(
    MAIN, "All organizations", ORGANIZATION_COLUMNS, "Organizations", rows=0, pick=list_all
)
SHOWN_SECTORS = Shown(
    "sectors",
    "Organizations by sector",
    (
        Column("label", "Sector", meaning="The sector in words."),
        ORGANIZATIONS,
        TIES,
        ON_FILE,
        Column("sector", meaning="Id of the sector."),
    ),
    people=False,
)
SHOWN_COUNTIES = Shown(
    "counties",
    "Organizations by county",
    (
        Column("county_fips", meaning="Code of the county, 5 digits."),
        Column("label", "County", meaning="The code again."),
        ORGANIZATIONS,
        TIES,
        ON_FILE,
    ),
    people=False,
)
SHOWN_SERVICES = Shown(
    "services",
    "Services on file",
    (
        Column("service", "Service", meaning="Name of the service."),
        Column("organizations", "Organizations", "count", meaning="Organizations that offer it."),
        Column("counties", "Counties", "count", meaning="Counties it is on file for."),
    ),
    people=False,
)
SHOWN_RECIPIENTS = Shown(
    "recipients",
    "Collective investment by recipient",
    (Column("recipient", meaning="Id of the organization."), DOLLARS, AWARDED),
    people=False,
)

SHOWN = (
    SHOWN_KINDS,
    SHOWN_GROUPS,
    SHOWN_INVESTMENT,
    SHOWN_PROGRAMS,
    SHOWN_PLACES,
    SHOWN_HOSPITALS,
    SHOWN_ORGANIZATIONS,
    SHOWN_SECTORS,
    SHOWN_COUNTIES,
    SHOWN_SERVICES,
    SHOWN_RECIPIENTS,
)
