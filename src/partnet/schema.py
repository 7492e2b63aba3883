"""The tables of a network, declared once: columns, types, aliases and what a cell may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

PROVENANCE = "provenance"  # the last column of every table: where the row came from

# What a cell may hold, in the words that error messages and the template use.
TYPES: Mapping[str, str] = {
    "text": "Any text is allowed.",
    "new_id": "An id is a short text without spaces at its ends, different for every organization.",
    "organization": "Allowed is the id or the unique name of an organization in the organizations table.",
    "kind": "A kind is one of the kinds partnet knows, or one you declare in a vocabulary sheet.",
    "sector": "A sector is one of the sectors partnet knows, or one you declare in a vocabulary sheet.",
    "relation": "A relation is one partnet knows (referral, contract, data sharing, ...), or one you declare in a vocabulary sheet.",
    "strength": "A strength is a number above 0 and at most 1, a ladder answer in words (monthly, coordinated, none), or a level number where the column ladder names the scale.",
    "ladder": "A ladder is one partnet knows (frequency, intensity, collaboration, service integration), or one you declare in a vocabulary sheet.",
    "date": "A date is written YYYY-MM-DD, YYYY-MM, YYYY or MM/DD/YYYY, between 1900 and 2100.",
    "year": "A year has four digits, between 1900 and 2100.",
    "number": "A number is written with digits, for example 12.5.",
    "count": "A count is a whole number of at least 0.",
    "money": "An amount is a number of dollars; $ and thousands separators are fine.",
    "fips": "A county code has 5 digits (State and county).",
    "zip": "A ZIP code has 5 digits, or 5 + 4.",
    "state": "A State is its two-letter postal abbreviation.",
    "latitude": "A latitude lies between -90 and 90 degrees.",
    "longitude": "A longitude lies between -180 and 180 degrees.",
    "boolean": "Allowed are yes and no.",
    "ccn": "A CMS certification number has 6 characters.",
    "npi": "An NPI has 10 digits.",
    "ein": "An EIN has 9 digits, with or without a hyphen.",
    "choice": "Allowed is one of the listed words.",
}

NUMERIC_TYPES = frozenset({"number", "count", "money", "latitude", "longitude", "year"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name, type : str
        Its name, and one of the keys of `TYPES`.
    required : bool
        A row without a value here is set aside.
    aliases : tuple of str
        Other headers under which the column is recognized.
    choices : tuple of str
        For type ``"choice"``: the words allowed.
    example, note : str
        For the template and the documentation.
    """

    name: str
    type: str = "text"
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    example: str = ""
    note: str = ""

    @property
    def allowed(self) -> str:
        """What may stand in a cell, as a sentence."""
        return f"Allowed are {', '.join(self.choices)}." if self.choices else TYPES[self.type]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a network."""

    name: str
    label: str
    note: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Give one column by name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that every row must fill."""
        return tuple(column.name for column in self.columns if column.required)


def _text(
    name: str, *aliases: str, required: bool = False, example: str = "", note: str = ""
) -> Column:
    return Column(name, "text", required, aliases, (), example, note)


def _organization(name: str, *aliases: str, required: bool = False, example: str = "") -> Column:
    return Column(name, "organization", required, aliases, (), example)


def _date(name: str, *aliases: str, example: str = "") -> Column:
    return Column(name, "date", aliases=aliases, example=example)


def _choice(
    name: str, *choices: str, aliases: tuple[str, ...] = (), required: bool = False
) -> Column:
    return Column(name, "choice", required, aliases, choices, choices[0])


_FIPS = Column("county_fips", "fips", aliases=("fips", "county fips code"), example="31001")
_SINCE = _date("since", "start", "start date", "from date", example="2021-07-01")
_UNTIL = _date("until", "end", "end date", "to date")
_LEVEL = _choice("level", "executive", "manager", "staff", aliases=("leadership level",))
_ORGANIZATION = _organization(
    "organization",
    "org",
    "organisation",
    "organization id",
    "organization name",
    required=True,
    example="Cedar County Hospital",
)

_ORGANIZATIONS = Table(
    "organizations",
    "Organizations",
    "One row an organization: who is here.",
    (
        Column(
            "id",
            "new_id",
            aliases=("organization id", "org id", "key"),
            example="cedar-county-hospital",
            note="Leave blank to have it made from the name.",
        ),
        _text(
            "name",
            "organization",
            "organization name",
            "org name",
            "organisation",
            "label",
            required=True,
            example="Cedar County Hospital",
        ),
        Column(
            "kind",
            "kind",
            True,
            ("type", "organization type", "org type", "organisation type", "category"),
            (),
            "Critical Access Hospital",
        ),
        Column("sector", "sector", note="Leave blank to take it from the kind."),
        Column("state", "state", aliases=("st", "state abbreviation"), example="NE"),
        _FIPS,
        _text("county", "county name", "parish", example="Cedar"),
        Column("zip", "zip", aliases=("zip code", "zipcode", "postal code"), example="68739"),
        Column("latitude", "latitude", aliases=("lat", "y")),
        Column("longitude", "longitude", aliases=("lon", "lng", "long", "x")),
        Column(
            "ccn",
            "ccn",
            aliases=("cms certification number", "provider number", "facility id", "provider id"),
            note="CMS certification number.",
        ),
        Column("npi", "npi", aliases=("national provider identifier",)),
        Column("ein", "ein", aliases=("employer identification number", "tax id")),
        _text("uei", "unique entity identifier"),
        _text("hrsa_grant", "hrsa grant number", "grant number", "health center number"),
        _choice(
            "stage", "exploratory", "planning", "active", "closed", aliases=("partnership stage",)
        ),
    ),
)

_TIES = Table(
    "ties",
    "Ties",
    "One row a reported tie: who works with whom.",
    (
        _organization(
            "source",
            "from",
            "organization a",
            "org a",
            "source id",
            "organization",
            required=True,
            example="Cedar County Hospital",
        ),
        _organization(
            "target",
            "to",
            "organization b",
            "org b",
            "target id",
            "partner",
            required=True,
            example="Valley EMS",
        ),
        Column(
            "relation",
            "relation",
            True,
            ("relationship", "tie type", "type", "type of tie"),
            (),
            "referral",
        ),
        Column(
            "strength",
            "strength",
            aliases=(
                "weight",
                "value",
                "answer",
                "frequency",
                "intensity",
                "level of collaboration",
            ),
            example="monthly",
        ),
        Column(
            "ladder",
            "ladder",
            aliases=("scale",),
            note="Only needed where strength is the number of a level.",
        ),
        Column("directed", "boolean", example="yes"),
        _SINCE,
        _UNTIL,
        _date(
            "last_contact", "last seen", "last contact date", "last contacted", example="2026-03-14"
        ),
        _LEVEL,
        _organization("reported_by", "reporter", "respondent", "reported by"),
        _text("evidence", "note", "notes", "comment", "source document"),
    ),
)

_SERVICES = Table(
    "services",
    "Services",
    "One row a service an organization offers, and where and for whom if known.",
    (
        _ORGANIZATION,
        _text(
            "service", "service name", "program type", required=True, example="behavioral health"
        ),
        _FIPS,
        _text("population", "population served", "for whom", example="older adults"),
        Column("capacity", "number", aliases=("slots", "beds")),
    ),
)

_FUNDING = Table(
    "funding",
    "Funding",
    "One row an award in a period: with whose money.",
    (
        _text("funder", "funded by", "awarding agency", example="HRSA"),
        _organization(
            "recipient",
            "grantee",
            "grantee name",
            "organization",
            "awardee",
            required=True,
            example="Cedar County Hospital",
        ),
        _text(
            "program",
            "program name",
            "grant program name",
            "grant program",
            required=True,
            example="Rural Health Network Development",
        ),
        _text("award", "award number", "grant number", example="D06RH00001"),
        _text("parent_award", "prime award", "parent award number"),
        _date("period_start", "project period start date", "budget start", example="2025-07-01"),
        _date(
            "period_end",
            "project period end date",
            "grant project period end date",
            example="2026-06-30",
        ),
        Column("fiscal_year", "year", aliases=("fy", "award year", "year")),
        Column(
            "amount",
            "money",
            aliases=("financial assistance", "dollars", "award amount"),
            example="300000",
        ),
        _choice("amount_kind", "obligated", "spent"),
        _text("served_place", "county served", "place served"),
    ),
)

_MEMBERSHIPS = Table(
    "memberships",
    "Memberships",
    "One row a membership in a coalition, network, association, system or meeting.",
    (
        _ORGANIZATION,
        _text(
            "group",
            "group name",
            "coalition",
            "network",
            "consortium",
            required=True,
            example="Prairie Health Network",
        ),
        _text("group_kind", "group type", "kind", example="coalition"),
        _text("program_area"),
        _text("role"),
        _SINCE,
        _UNTIL,
    ),
)

_CONTACTS = Table(
    "contacts",
    "Contacts",
    "One row a visit, call or meeting.",
    (
        _ORGANIZATION,
        Column("date", "date", True, ("contact date", "visit date"), (), "2026-03-14"),
        _text("by", "visited by", "staff", example="State Office of Rural Health"),
        _text("person", "person met", "contact person"),
        _choice("mode", "visit", "call", "meeting", aliases=("contact type",)),
        _LEVEL,
        _text("program_area", "area", example="quality"),
        _text("topic", "subject"),
    ),
)

_NEEDS = Table(
    "needs",
    "Needs",
    "One row a county, indicator and year.",
    (
        Column("county_fips", "fips", True, ("fips", "county"), (), "31027"),
        _text("indicator", "measure", required=True, example="poor mental health days"),
        Column("value", "number", True, (), (), "4.6"),
        Column("year", "year", example="2025"),
        Column(
            "direction",
            "choice",
            choices=("higher is worse", "lower is worse"),
            example="higher is worse",
        ),
    ),
)

_RULES = Table(
    "rules",
    "Rules",
    "One row a rule: what a regulation or a program expects of an organization.",
    (
        _text("rule", "rule name", required=True, example="transfer agreement"),
        Column("from_kind", "kind", True, ("kind", "applies to"), (), "Critical Access Hospital"),
        _text("applies_if", "condition", example="member of rural health network"),
        Column("relation", "relation", True, (), (), "transfer"),
        _text("topic"),
        _text(
            "alternatives",
            "with",
            "counterpart",
            example="hospital; qio",
            note="Kinds or organizations, separated by semicolons; any one satisfies the rule.",
        ),
        Column("same_group", "boolean"),
        Column("minimum", "count", note="How many counterparts; blank means 1."),
        Column("within_km", "number"),
        Column("within_days", "count"),
        _text("citation", required=True, example="42 CFR 485.616(a)"),
        _date("checked_on"),
    ),
)

_AGREEMENTS = Table(
    "agreements",
    "Agreements",
    "One row an organization that is party to an agreement.",
    (
        _text("agreement", "agreement id", "agreement name", required=True, example="TA-14"),
        _ORGANIZATION,
        _text("role"),
        _text("type", "agreement type", example="patient transfer"),
        _text("topic"),
        _choice("status", "draft", "executed", "expired"),
        _date("signed"),
        _date("effective"),
        _date("expires", "expiration date"),
        Column("renews", "boolean"),
    ),
)

_SERVICE_AREAS = Table(
    "service_areas",
    "Service areas",
    "One row a place that an organization serves.",
    (
        _ORGANIZATION,
        Column(
            "place_kind",
            "choice",
            True,
            (),
            ("county", "ZIP", "EMS district", "health district", "State"),
            "county",
        ),
        _text("place", "place served", required=True, example="31027"),
        _SINCE,
        _UNTIL,
    ),
)

_AFFILIATIONS = Table(
    "affiliations",
    "Affiliations",
    "One row an owner, manager or parent.",
    (
        _ORGANIZATION,
        _text("parent", "parent organization", "system", "owner", required=True),
        _choice("type", "owned", "managed", "leased", "affiliated", "site of"),
        _SINCE,
        _UNTIL,
    ),
)

_PEOPLE = Table(
    "people",
    "People",
    "One row a person in a role.",
    (
        _text("person", "name", required=True),
        _ORGANIZATION,
        _text("role", "title"),
        _LEVEL,
        _SINCE,
        _UNTIL,
    ),
)

_RESPONSES = Table(
    "responses",
    "Responses",
    "One row an organization that was asked about a relation: who answered the survey.",
    (
        _organization("respondent", "organization id", required=True),
        _text("organization", note="Blank: asked about everybody."),
        Column("relation", "relation", note="Blank: asked about every relation."),
        _text("wave"),
        _choice("design", "roster", "free recall"),
        _choice("answered", "yes", "no", "skipped", "not asked"),
    ),
)

_RATINGS = Table(
    "ratings",
    "Ratings",
    "One row a rating of value or trust.",
    (
        _organization("rater", required=True),
        _organization("rated", required=True),
        _text("dimension", required=True, example="mission congruence"),
        Column("value", "number", True),
        _text("ladder"),
    ),
)

_OUTCOMES = Table(
    "outcomes",
    "Outcomes",
    "One row an outcome of a partnership session, kept from run to run.",
    (
        _text("outcome", "description", required=True),
        _choice("type", "new relationship", "clarified issue", "action step", "policy feedback"),
        _organization("organization", "owner"),
        _organization("other"),
        _text("place"),
        _date("agreed_on"),
        _date("due"),
        _choice("status", "open", "done", "dropped"),
        _text("note"),
    ),
)

_JUDGEMENTS = Table(
    "judgements",
    "Judgements",
    "One row a decision whether two rows are the same organization.",
    (
        _text("a", "first", required=True),
        _text("b", "second", required=True),
        Column("judgement", "choice", True, (), ("same", "not the same"), "same"),
        _text("judged_by", "who"),
        _date("judged_on", "when"),
        _text("note"),
    ),
)

_FEEDBACK = Table(
    "feedback",
    "Feedback",
    "One row an answer to a recommendation.",
    (
        _ORGANIZATION,
        _organization("partner", "recommended", required=True),
        Column("answer", "choice", True, (), ("accepted", "declined", "not now"), "accepted"),
        _date("until", "not now until"),
        _date("given_on"),
        _text("note"),
    ),
)

_ABOUT = Table(
    "about",
    "About",
    "One row a setting of the file: title, convener, owner, state, note.",
    (_text("setting", "key", required=True, example="convener"), _text("value", required=True)),
)

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        _ORGANIZATIONS, _TIES, _SERVICES, _FUNDING, _MEMBERSHIPS, _CONTACTS, _NEEDS, _RULES,
        _AGREEMENTS, _SERVICE_AREAS, _AFFILIATIONS, _PEOPLE, _RESPONSES, _RATINGS, _OUTCOMES,
        _JUDGEMENTS, _FEEDBACK, _ABOUT,
    )
}  # fmt: skip

FIRST_TABLES = tuple(TABLES)[:8]  # enough for most users; the rest when they have them


def dtype_of(column: Column) -> str:
    """Give the pandas dtype in which a column is stored (blank: "" for text, NaN, NaT)."""
    if column.type == "date":
        return "datetime64[s]"
    return "float64" if column.type in NUMERIC_TYPES or column.type == "strength" else "str"


def empty_table(name: str) -> pd.DataFrame:
    """Give a table without rows, with every column in its dtype."""
    return _empty_table(name).copy()


@cache
def _empty_table(name: str) -> pd.DataFrame:
    import pandas as pd

    columns = {c.name: pd.Series([], dtype=dtype_of(c)) for c in TABLES[name].columns}
    return pd.DataFrame({**columns, PROVENANCE: pd.Series([], dtype="str")})
