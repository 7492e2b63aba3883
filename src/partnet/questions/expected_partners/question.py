"""Partners that a program is expected to have in its State: who they are, and where a hole is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ...core.arguments import checked
from ...core.network import Network
from ...core.results.result import Result
from ...core.rows.ties import list_ties_of
from ...core.vocabulary import STATE_OFFICE
from ...core.wording.text import join_words
from ...facts.contacts import list_contacts
from ...facts.rulebook import Rule, read_rules
from .shown import HOLES as HOLES_SHOWN
from .shown import PARTNERS
from .text import (
    ASKED,
    HOLES,
    NAMED,
    NOBODY,
    QUIET,
    TIED,
    UNTIED,
    describe_method,
    say_partners,
)

OF_A_STATE = ("state_health_agency", "state_ems_office")  # no other State has its own there
QUIET_DAYS = 2 * 365  # a tie whose last contact is older is on file, but quiet


@checked
def list_expected_partners(
    net: Network, organization: str | None = None, *, as_of: str | pd.Timestamp | None = None
) -> Result:
    """List the partners that a program is expected to work with, and the holes among them.

    Which partners are expected is read from the rules (the shipped rulebook and the network's own
    ``rules`` table): those that ask an organization of this kind for ties with kinds of partners.
    For a State Flex Program these are the hospital association, the rural health association, the
    EMS office and associations, regional rural health networks, the quality improvement
    organization and public health departments. Every kind that a rule names is listed, also where
    one of them is enough to meet it.

    Parameters
    ----------
    net : Network
        The network.
    organization : str, optional
        Whose partners; default: the convener, else the first State Office of Rural Health on file.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row an expected kind and organization of that kind, with the tie on file.
        ``.tables["holes"]``: one row a kind that has a hole.

    Raises
    ------
    UsageError
        `organization` is not in the network.

    See Also
    --------
    find_gaps : Whatever else the rules expect.
    describe_convenings : Who comes to which meeting.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.list_expected_partners(pn.load_sample("prairie"))
    >>> found.claims["expected"]["kinds"]
    8
    """
    here = net.at(as_of)
    own = net.find(organization) if organization is not None else _choose_office(here)
    table = pd.DataFrame(list(_list_rows(_Partners(here, own))), columns=PARTNERS.names)
    table = table.astype({"last_contact": "datetime64[ns]"})
    holes = _find_holes(table)
    return Result(
        verb="list_expected_partners",
        title="Expected partners" + (f" of {net.name(own)}" if own else ""),
        table=table,
        sentences=tuple(say_partners(here, own, table, holes)),
        method=describe_method(here),
        tables={"holes": holes},
        shown=(HOLES_SHOWN, PARTNERS),
        as_of=here.day,
        network=net.title,
    )


def _choose_office(here: Network) -> str:
    """The convener if rules speak to its kind, else the first office on file, else nobody."""
    addressed = {rule.from_kind for rule in read_rules(here)}
    if here.convener and here.organizations.at[here.convener, "kind"] in addressed:
        return here.convener
    offices = here.ids[(here.organizations["kind"] == STATE_OFFICE) & ~here.is_context]
    return str(offices[0]) if len(offices) else ""


@dataclass(frozen=True)
class _Partners:
    """What is on file between one organization and everybody else."""

    here: Network
    own: str

    @property
    def kind(self) -> str:
        """Its kind; that of a State office where there is none on file."""
        return str(self.here.organizations.at[self.own, "kind"]) if self.own else STATE_OFFICE

    @property
    def state(self) -> str:
        """State of the office; "" where it is not on file."""
        return str(self.here.organizations.at[self.own, "state"]) if self.own else ""

    @cached_property
    def ties(self) -> pd.DataFrame:
        """Its ties of every relation but contacts, with the other side as ``partner``."""
        ties = self.here.ties
        return list_ties_of(ties[ties["relation"] != "contact"], self.own)

    @cached_property
    def contacts(self) -> pd.Series:
        """Its last contact with each organization."""
        contacts = list_contacts(self.here, self.own)
        return contacts.groupby("organization")["date"].max()

    def last_contact(self, partner: str) -> pd.Timestamp:
        """The newest contact on file between the two; NaT where none is dated."""
        reported = self.ties.loc[self.ties["partner"] == partner, "last_contact"].max()
        known = [d for d in (reported, self.contacts.get(partner)) if pd.notna(d)]
        return max(known) if known else pd.NaT


def _list_rows(book: _Partners) -> Iterator[tuple[object, ...]]:
    seen: set[str] = set()
    for rule in _list_rules(book):
        for alternative in rule.alternatives:
            if alternative.kind and alternative.kind not in seen:
                seen.add(alternative.kind)
                yield from _list_kind(book, rule, alternative.kind)


def _list_rules(book: _Partners) -> list[Rule]:
    return [rule for rule in read_rules(book.here) if rule.from_kind == book.kind]


def _list_kind(book: _Partners, rule: Rule, kind: str) -> Iterator[tuple[object, ...]]:
    """Everybody of an expected kind, or one row that says that nobody is on file."""
    here = book.here
    of_kind = (here.organizations["kind"] == kind) & ~here.is_context & (here.ids != book.own)
    near = of_kind & here.organizations["state"].isin(["", book.state])
    own_state = near.any() or kind in OF_A_STATE
    of_kind = near if book.state and own_state else of_kind  # across the line where none is here
    label = here.vocabulary.kinds[kind].label
    groups = _list_groups(here, kind)
    for group in () if of_kind.any() else groups:
        step = f"Enter {group} as an organization, with the tie there is."
        yield rule.rule, label, "", group, "", ASKED, "", pd.NaT, step, rule.citation
    if not of_kind.any() and not groups:
        step = f"Find out who the {label} of the State is, and enter it."
        yield rule.rule, label, "", "", "", NOBODY, "", pd.NaT, step, rule.citation
    for partner in here.ids[of_kind]:
        status, relations, last = _judge(book, partner)
        county = here.organizations.at[partner, "county_fips"]
        name = here.name(partner)
        step = _say_step(book, name, status)
        yield rule.rule, label, partner, name, county, status, relations, last, step, rule.citation


def _list_groups(here: Network, kind: str) -> list[str]:
    """Groups of a kind that members are on file of, though they are no organizations themselves."""
    rows = here.rows("memberships")
    kinds = {text: here.vocabulary.find_kind(text) for text in rows["group_kind"].unique()}
    own = rows["group_kind"].map(kinds) == kind
    return sorted(set(rows.loc[own, "group"])) if len(rows) else []


def _judge(book: _Partners, partner: str) -> tuple[str, str, pd.Timestamp]:
    if not book.own:
        return ASKED, "", pd.NaT
    rows = book.ties[book.ties["partner"] == partner]
    last = book.last_contact(partner)
    if rows.empty:
        return UNTIED, "", last
    labels = [book.here.vocabulary.relations[r].label for r in sorted(set(rows["relation"]))]
    dated = pd.notna(last) and book.here.day is not None
    quiet = dated and (book.here.day - last).days > QUIET_DAYS
    return QUIET if quiet else TIED, ", ".join(labels), last


def _say_step(book: _Partners, name: str, status: str) -> str:
    if status == UNTIED:
        return f"Call {name}, or enter the tie there is."
    return f"Renew the tie with {name}." if status == QUIET else ""


def _find_holes(table: pd.DataFrame) -> pd.DataFrame:
    """Kinds with nobody on file, with nobody tied, or with some who are not."""
    rows = []
    for (expected, kind), group in table.groupby(["expected", "kind"], sort=False):
        open_ones = group[group["status"].isin(HOLES)]
        if len(open_ones):
            tied = int((group["status"] == TIED).sum())
            on_file = int((group["status"] != NOBODY).sum())
            names = join_words(open_ones["name"][open_ones["name"] != ""].tolist(), most=NAMED)
            rows.append((expected, kind, on_file, tied, names or NOBODY))
    return pd.DataFrame(rows, columns=HOLES_SHOWN.names)
