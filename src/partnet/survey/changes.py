"""Corrections: what organizations say of themselves, and of ties they reported before."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
from pandas.api.types import is_numeric_dtype

from ..core.errors import InputProblem, SetAside, Where
from ..core.network import Network
from ..core.rows.spelling import fold_label
from ..core.schema import TABLES
from ..core.vocabulary import fold_word
from ..io.values.parse import parse_county, parser_of
from ..places.gazetteer import county_name
from . import form
from .answers import Claim
from .form import BOTH, NO_, UNKNOWN, YES_, read_word
from .returned import AboutRow, Returned

PARTS = re.compile(r"[;\n]")  # between several services in one cell


@dataclass(frozen=True, slots=True)
class Change:
    """One correction: what is on file, and what somebody says instead.

    Attributes
    ----------
    organization, table, column : str
        Whose, and where it stands; blank column: the whole row.
    before, after : str
        What is on file, and what is said; blank after: nothing.
    where : Where
        Where it was said.
    value : str
        What accepting it writes.
    rows : tuple of int
        Rows of the table that it is about.
    about : str
        Id of the partner that a tie is with.
    """

    organization: str
    table: str
    column: str
    before: str
    after: str
    where: Where
    value: str = ""
    rows: tuple[int, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class SaidVoice:
    """Whether an organization speaks for a population, as one answer says it.

    Attributes
    ----------
    respondent, population : str
        Who says it, and of whom.
    county : str
        The county of the row on file that it is about; "": of any.
    said : {"yes", "no", "don't know"}
        The answer.
    through, seats : str
        How they are heard, and how many seats they hold; "" where not said.
    where : Where
        Where it was said.
    """

    respondent: str
    population: str
    county: str
    said: str
    through: str
    seats: str
    where: Where


@dataclass
class About:
    """What organizations say of themselves: corrections, new services, goals, voices, remarks."""

    changes: list[Change] = field(default_factory=list)
    services: list[tuple[Where, Mapping[str, str]]] = field(default_factory=list)
    goals: dict[str, tuple[Where, Mapping[str, str]]] = field(default_factory=dict)  # new ones
    measurements: list[tuple[Where, Mapping[str, str]]] = field(default_factory=list)
    voices: list[SaidVoice] = field(default_factory=list)
    profiles: list[tuple[Where, Mapping[str, str]]] = field(default_factory=list)
    remarks: list[tuple[str, Where, str]] = field(default_factory=list)
    problems: list[InputProblem] = field(default_factory=list)
    aside: dict[str, int] = field(default_factory=dict)  # filled cells not used, by file

    def refuse(
        self, where: Where, found: str, allowed: str, fix: str, table: str, *, cells: int = 1
    ) -> None:
        """Set a cell aside, or the cells of a row, with the reason."""
        aside: SetAside = "cell" if cells == 1 else "row"
        self.problems.append(InputProblem(where, found, allowed, fix, "error", table, aside))
        self.aside[where.file] = self.aside.get(where.file, 0) + cells

    def note(self, where: Where, found: str, allowed: str, fix: str, table: str) -> None:
        """Say what was assumed."""
        self.problems.append(InputProblem(where, found, allowed, fix, "note", table))


def read_about(returned: Returned, respondent: str, net: Network, about: About) -> None:
    """Take what an organization says of itself, each cell read or named."""
    for row in returned.about:
        where = Where(returned.file, form.ABOUT, row.row, form.ABOUT_HEADINGS[form.INSTEAD])
        word = read_word(row.right)
        if word.said == "?":
            place = Where(returned.file, form.ABOUT, row.row, form.ABOUT_HEADINGS[form.RIGHT])
            fix = "Choose from the list. The cell counts as not answered."
            about.refuse(place, f'"{row.right}"', f"Allowed are {YES_}, {NO_}, {UNKNOWN}.", fix, "")
        if row.key in form.FACTS:
            _read_fact(row, respondent, where, net, about)
        elif row.key == form.NEW_SERVICE:
            add_services(row.instead, respondent, where, net, about)
        elif row.key.startswith("["):
            _read_service(row, respondent, where, net, about)
        elif row.instead:
            about.remarks.append((respondent, where, row.instead))


def _read_fact(row: AboutRow, respondent: str, where: Where, net: Network, about: About) -> None:
    """A fact that is said to be otherwise; without what is right it is a remark."""
    if not row.instead:
        if read_word(row.right).said == NO_:
            label = form.FACTS[row.key]
            about.remarks.append((respondent, where, f'{label}: "{row.have}" is not right'))
        return
    value, wrong = _read_value(row, respondent, net)
    if not value:
        column = "county_fips" if row.key == "county" else row.key
        allowed = TABLES["organizations"].column(column).allowed
        fix = f"{wrong} The correction is set aside."
        about.refuse(where, f'"{row.instead}"', allowed, fix.strip(), "organizations")
        return
    column = "county_fips" if row.key == "county" else row.key
    table = net.table("organizations")
    at = (int((table["id"] == respondent).to_numpy().argmax()),)
    if value != table[column].iloc[at[0]]:
        change = Change(
            respondent, "organizations", column, row.have, row.instead, where, value, at
        )
        about.changes.append(change)


def _read_value(row: AboutRow, respondent: str, net: Network) -> tuple[str, str]:
    """What a correction means in its column, and what is wrong with it."""
    if row.key == "county":
        cell = parse_county(row.instead, net.organizations.at[respondent, "state"])
    else:
        column = TABLES["organizations"].column(row.key)
        cell = parser_of(column, net.vocabulary)(row.instead)
    return ("" if cell.wrong else str(cell.value or "")), cell.wrong


def add_services(text: str, respondent: str, where: Where, net: Network, about: About) -> None:
    """Take services that are not on file yet; several stand one a line, or between semicolons."""
    services = net.table("services")
    own = services.loc[services["organization"] == respondent, "service"]
    known = set(own.map(fold_label))
    for part in PARTS.split(text):
        if part.strip() and fold_label(part) not in known:
            record = {"organization": respondent, "service": part.strip()}
            about.services.append((where, record))


def _read_service(row: AboutRow, respondent: str, where: Where, net: Network, about: About) -> None:
    """A service on file: no longer offered, or offered otherwise."""
    if read_word(row.right).said != NO_ and not row.instead:
        return
    if read_word(row.right).said != NO_:
        about.remarks.append((respondent, where, f"{row.have}: {row.instead}"))
        return
    rows = _find_services(row.key, respondent, net)
    about.changes.append(Change(respondent, "services", "", row.have, row.instead, where, "", rows))
    add_services(row.instead, respondent, where, net, about)


def _find_services(key: str, respondent: str, net: Network) -> tuple[int, ...]:
    try:
        service, county, population = map(str, json.loads(key))
    except (ValueError, TypeError, RecursionError):
        return ()
    table = net.table("services")
    own = (table["organization"] == respondent) & (table["service"] == service)
    own &= (table["county_fips"] == county) & (table["population"] == population)
    return tuple(int(k) for k in table.index[own])


def find_renewed(net: Network, claims: Iterable[Claim]) -> list[Change]:
    """Find ties that an organization reported before and of which it says otherwise now."""
    said = {(c.respondent, c.partner, c.relation): c for c in claims if c.said in (YES_, NO_)}
    found = []
    ties = net.table("ties")
    columns = zip(
        *(ties[name].tolist() for name in ("source", "target", "relation", "reported_by")),
        *(ties[name].tolist() for name in ("strength", "answer", "directed")),
        strict=True,
    )
    for row, (source, target, relation, reporter, strength, answer, directed) in enumerate(columns):
        partner = target if reporter == source else source
        claim = said.get((reporter, partner, relation))
        if claim is None or reporter not in (source, target):
            continue
        arrow = net.vocabulary.relations[relation].directed and directed != "no"
        before = _say_before(strength, answer, arrow and reporter == target, arrow, relation, net)
        after = _say_after(claim, net)
        if fold_word(before) != fold_word(after) and not _is_same(claim, strength, before, after):
            where = Where(claim.file, claim.sheet, claim.row)
            found.append(Change(reporter, "ties", "", before, after, where, "", (row,), partner))
    return found


def _is_same(claim: Claim, strength: float, before: str, after: str) -> bool:
    """A yes without a frequency says nothing about how often; it does about which way."""
    ways = [text.rpartition("(")[2] if "(" in text else "" for text in (before, after)]
    return claim.said == YES_ and not claim.often and strength != 0 and ways[0] == ways[1]


def _say_before(
    strength: float, answer: str, taken: bool, arrow: bool, relation: str, net: Network
) -> str:
    label = net.vocabulary.relations[relation].label
    if strength == 0:
        return f"{label}: none"
    often = answer or ("" if pd.isna(strength) or strength == 1 else f"{strength:g}")
    way = (form.TAKES if taken else form.GIVES) if arrow else ""
    if not arrow and net.vocabulary.relations[relation].directed:
        way = BOTH
    return _say(label, often, way)


def _say_after(claim: Claim, net: Network) -> str:
    relation = net.vocabulary.relations[claim.relation]
    if claim.said == NO_:
        return f"{relation.label}: none"
    way = (claim.way or form.GIVES) if relation.directed else ""
    return _say(relation.label, claim.often if claim.often != "none" else "", way)


def _say(label: str, often: str, way: str) -> str:
    return f"{label}: {often or 'yes'}" + (f" ({way})" if way else "")


# Columns of text that may name an organization: they follow when it changes its name.
NAMING = (
    ("funding", "funder"), ("memberships", "group"), ("affiliations", "parent"),
    ("contacts", "by"), ("about", "value"),
)  # fmt: skip


def accept_changes(
    net: Network, tables: Mapping[str, pd.DataFrame], changes: Sequence[Change]
) -> dict[str, pd.DataFrame]:
    """Put corrections into tables: facts are replaced, services and earlier answers leave."""
    done = {name: frame.copy() for name, frame in tables.items()}
    gone: dict[str, set[int]] = {}
    for change in changes:
        if change.table == "organizations":
            _replace_fact(net, done, change)
        elif change.table in ("voices", "profiles") and change.column:
            frame = done[change.table]
            number = is_numeric_dtype(frame[change.column])
            value = float(change.value) if number else change.value
            frame.loc[[*change.rows], change.column] = value
        else:
            gone.setdefault(change.table, set()).update(change.rows)
    for name, rows in gone.items():
        done[name] = done[name].drop(index=list(rows)).reset_index(drop=True)
    return done


def _replace_fact(net: Network, tables: dict[str, pd.DataFrame], change: Change) -> None:
    """Replace a fact, and what follows: a sector, the name of a county, a name elsewhere."""
    frame, row = tables["organizations"], change.rows[0]
    before = frame.at[row, change.column]
    frame.at[row, change.column] = change.value
    kinds = net.vocabulary.kinds
    if change.column == "kind" and frame.at[row, "sector"] == kinds[before].sector:
        frame.at[row, "sector"] = kinds[change.value].sector
    elif change.column == "county_fips":
        frame.at[row, "county"] = county_name(change.value).removesuffix(" County")
    elif change.column == "name":
        for name, column in NAMING:
            if name in tables:
                texts = tables[name][column]
                named = net.resolve(texts) == change.organization
                named &= texts != change.organization
                tables[name][column] = texts.mask(named, change.value)
