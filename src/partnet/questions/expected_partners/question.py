"""Partners that a program is expected to have in its State: who they are, and where a hole is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ...core.network import Network
from ...core.results import Method, Result
from ...core.text import join_words, say_date
from ...facts.contacts import list_contacts
from ...facts.rulebook import Rule, read_rules

OFFICE = "state_office_of_rural_health"  # whose partners are listed where the convener has no rules
QUIET_DAYS = 2 * 365  # a tie whose last contact is older is on file, but quiet
TIED, QUIET, UNTIED, NOBODY, ASKED = (
    "tie on file",
    "quiet for two years",
    "no tie on file",
    "nobody on file",
    "not known",
)
HOLES = (NOBODY, UNTIED, QUIET)
COLUMNS = ["expected", "kind", "organization", "name", "county_fips", "status", "relations",
           "last_contact", "next_step", "citation"]  # fmt: skip
NAMED = 4


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
        ``.table``: one row an expected kind and organization of that kind: ``expected`` (the
        rule), ``kind``, ``organization``, ``name`` (blank where nobody is on file), ``status`` (tie
        on file; quiet for two years, where the last contact on file is older; no tie on file;
        nobody on file; not known, where nobody's partners are asked for), ``relations``,
        ``last_contact``, ``next_step``, ``citation``. ``.tables["holes"]``: one row a kind that
        has a hole.

    Raises
    ------
    UsageError
        `organization` is not in the network.
    """
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    held = net if day is None else net.at(day)
    own = net.find(organization) if organization is not None else _choose_office(net)
    book = _Partners(held, own, day)
    table = pd.DataFrame(list(_list_rows(book)), columns=COLUMNS)
    table = table.astype({"last_contact": "datetime64[ns]"})
    holes = _find_holes(table, net)
    return Result(
        verb="list_expected_partners",
        title="Expected partners" + (f" of {net.name(own)}" if own else ""),
        table=table,
        sentences=tuple(_say(net, own, table, holes)),
        method=_method(day),
        tables={"holes": holes},
    )


def _choose_office(net: Network) -> str:
    """The convener if rules speak to its kind, else the first office on file, else nobody."""
    addressed = {rule.from_kind for rule in read_rules(net)}
    if net.convener and net.organizations.at[net.convener, "kind"] in addressed:
        return net.convener
    offices = net.ids[(net.organizations["kind"] == OFFICE) & ~net.is_context]
    return str(offices[0]) if len(offices) else ""


@dataclass(frozen=True)
class _Partners:
    """What is on file between one organization and everybody else."""

    net: Network
    own: str
    day: pd.Timestamp | None

    @property
    def kind(self) -> str:
        """Its kind; that of a State office where there is none on file."""
        return str(self.net.organizations.at[self.own, "kind"]) if self.own else OFFICE

    @cached_property
    def ties(self) -> pd.DataFrame:
        """Its ties of every relation but contacts, with the other side as ``partner``."""
        ties = self.net.ties
        ties = ties[ties["relation"] != "contact"]
        out = ties[ties["source"] == self.own].assign(partner=lambda rows: rows["target"])
        back = ties[ties["target"] == self.own].assign(partner=lambda rows: rows["source"])
        return pd.concat([out, back])

    @cached_property
    def contacts(self) -> pd.Series:
        """Its last contact with each organization."""
        contacts = list_contacts(self.net, self.own)
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
    return [rule for rule in read_rules(book.net) if rule.from_kind == book.kind]


def _list_kind(book: _Partners, rule: Rule, kind: str) -> Iterator[tuple[object, ...]]:
    """Everybody of an expected kind, or one row that says that nobody is on file."""
    net = book.net
    of_kind = (net.organizations["kind"] == kind) & ~net.is_context & (net.ids != book.own)
    label = net.vocabulary.kinds[kind].label
    if not of_kind.any():
        step = f"Find out who the {label} of the State is, and enter it."
        yield rule.rule, label, "", "", "", NOBODY, "", pd.NaT, step, rule.citation
    for partner in net.ids[of_kind]:
        status, relations, last = _judge(book, partner)
        county = net.organizations.at[partner, "county_fips"]
        name = net.name(partner)
        step = _say_step(book, name, status)
        yield rule.rule, label, partner, name, county, status, relations, last, step, rule.citation


def _judge(book: _Partners, partner: str) -> tuple[str, str, pd.Timestamp]:
    if not book.own:
        return ASKED, "", pd.NaT
    rows = book.ties[book.ties["partner"] == partner]
    last = book.last_contact(partner)
    if rows.empty:
        return UNTIED, "", last
    labels = [book.net.vocabulary.relations[r].label for r in sorted(set(rows["relation"]))]
    dated = pd.notna(last) and book.day is not None
    quiet = dated and (book.day - last).days > QUIET_DAYS
    return QUIET if quiet else TIED, ", ".join(labels), last


def _say_step(book: _Partners, name: str, status: str) -> str:
    if status == UNTIED:
        return f"Call {name}, or enter the tie there is."
    return f"Renew the tie with {name}." if status == QUIET else ""


def _find_holes(table: pd.DataFrame, net: Network) -> pd.DataFrame:
    """Kinds with nobody on file, with nobody tied, or with some who are not."""
    rows = []
    for (expected, kind), group in table.groupby(["expected", "kind"], sort=False):
        open_ones = group[group["status"].isin(HOLES)]
        if len(open_ones):
            tied = int((group["status"] == TIED).sum())
            on_file = int((group["status"] != NOBODY).sum())
            names = join_words(open_ones["name"][open_ones["name"] != ""].tolist(), most=NAMED)
            rows.append((expected, kind, on_file, tied, names or NOBODY))
    return pd.DataFrame(rows, columns=["expected", "kind", "on_file", "tied", "holes"])


def _say(net: Network, own: str, table: pd.DataFrame, holes: pd.DataFrame) -> Iterator[str]:
    if table.empty:
        yield "No rule on file says which partners are expected: enter some in the rules table."
        return
    kinds = table.drop_duplicates("kind")
    absent = table.loc[table["status"] == NOBODY, "kind"].tolist()
    who = net.name(own) if own else "a State Flex Program"
    yield (
        f"{len(kinds)} kinds of partners are expected of {who}; "
        + (
            f"nobody is on file as {join_words(absent, final='or')}."
            if absent
            else "all are on file."
        )
    )
    if not own:
        yield "With whom it works is not known: no State Office of Rural Health is on file."
        return
    untied = table[table["status"] == UNTIED]
    if len(untied):
        names = join_words(untied["name"].tolist(), most=NAMED)
        verb = "has" if len(untied) == 1 else "have"
        yield f"{names} {verb} no tie on file with {who}."
    for row in table[table["status"] == QUIET].head(NAMED).itertuples():
        yield f"The tie with {row.name} is quiet: nothing since {say_date(row.last_contact)}."
    if holes.empty:
        yield f"Every expected partner has a tie on file with {who}."


def _method(day: pd.Timestamp | None) -> Method:
    return Method(
        name="Expected partners, as the rules name them, beside what is on file.",
        formula=(
            "Tie on file: any relation but a contact holds on the day. Quiet: such a tie, and the "
            "last contact on file is more than 730 days old."
        ),
        settings={"as of": "no dates" if day is None else say_date(day)},
        sources=("42 U.S.C. 1395i-4(b)", "State Flex Program core competencies, partnerships"),
        notes=("A tie without a dated contact is not called quiet. No tie on file is not no tie.",),
    )
