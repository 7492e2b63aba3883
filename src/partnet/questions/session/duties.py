"""What law and programs ask of organizations, and where partners could meet it together."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pandas as pd

from ...core.network import Network
from ...core.vocabulary import fold_word
from ...core.wording.text import join_words

ANY = "any"


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of organizations of some kinds, or of the grantees of some programs.

    Attributes
    ----------
    topic, duty, citation : str
        What partners could do together, what is asked, and where it is written.
    kinds, programs : tuple of str
        Whom it addresses.
    only_if : str
        A condition that the file does not tell: to be asked.
    asks_for : tuple of str
        Kinds that it wants at the table; "any" for partners of whatever kind.
    every_years : int
        The longest time between two rounds; 0 where it has none.
    """

    topic: str
    duty: str
    citation: str
    kinds: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    only_if: str = ""
    asks_for: tuple[str, ...] = ()
    every_years: int = 0


@cache
def read_duties() -> tuple[Duty, ...]:
    """Give the duties that ship with partnet.

    Examples
    --------
    >>> {duty.topic for duty in read_duties()} >= {"needs assessment", "emergency preparedness"}
    True
    """
    text = files("partnet").joinpath("data/duties.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["duties"]
    lists = ("kinds", "programs", "asks_for")
    return tuple(Duty(**{**row, **{key: tuple(row.get(key, ())) for key in lists}}) for row in rows)


def list_duties(net: Network, organizations: Iterable[str]) -> pd.DataFrame:
    """Give the duties of some organizations, by their kinds and by the programs that pay them.

    Returns
    -------
    DataFrame
        ``organization``, ``topic``, ``duty``, ``through`` ("kind", or the program), ``only_if``,
        ``asks_for`` (kinds), ``every_years``, ``citation``.
    """
    kinds = net.organizations["kind"].to_dict()
    funding, programs = net.rows("funding"), dict[str, set[str]]()
    for recipient, program in zip(funding["recipient"], funding["program"], strict=True):
        programs.setdefault(recipient, set()).add(program)
    rows = []
    for organization in organizations:
        own = sorted(programs.get(organization, ()))
        for duty in read_duties():
            through = _find_reason(duty, kinds[organization], own)
            if through:
                rows.append(
                    (organization, duty.topic, duty.duty, through, duty.only_if, duty.asks_for,
                     duty.every_years, duty.citation)
                )  # fmt: skip
    columns = ["organization", "topic", "duty", "through", "only_if", "asks_for", "every_years",
               "citation"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _find_reason(duty: Duty, kind: str, programs: Iterable[str]) -> str:
    """Say through what a duty addresses an organization: a program, its kind, or ""."""
    named = tuple(fold_word(program) for program in duty.programs)
    for program in programs:
        if named and fold_word(program).startswith(named):
            return program
    return "kind" if kind in duty.kinds else ""


def connect_duties(net: Network, organizations: Iterable[str]) -> pd.DataFrame:
    """Say topic by topic who of some organizations has a duty that they could meet together.

    Returns
    -------
    DataFrame
        One row a topic that at least two have: ``topic``, ``n`` (organizations), ``who``,
        ``what`` (the duties), ``asks_for`` (those of them whom a duty of another wants at the
        table), ``no_tie`` (pairs of duty and wanted partner with no tie on file), ``every_years``
        (the shortest cycle, NaN without one), ``citation``.
    """
    ids = list(organizations)
    duties = list_duties(net, ids)
    rows = [
        _connect_topic(net, str(topic), rows, ids)
        for topic, rows in duties.groupby("topic", sort=True)
        if rows["organization"].nunique() > 1
    ]
    columns = ["topic", "n", "who", "what", "asks_for", "no_tie", "every_years", "citation"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["n", "topic"], ascending=[False, True], ignore_index=True)


def _connect_topic(net: Network, topic: str, rows: pd.DataFrame, ids: list[str]) -> tuple:
    holders = list(dict.fromkeys(rows["organization"]))
    wanted, untied = set(), set()
    kinds = net.organizations["kind"].to_dict()
    for row in rows.itertuples():
        asks_for = set(row.asks_for)
        for other in ids:
            if other != row.organization and (kinds[other] in asks_for or ANY in asks_for):
                wanted.add(other)
                if frozenset((row.organization, other)) not in net.tied_pairs:
                    untied.add(frozenset((row.organization, other)))
    cycles = rows["every_years"].where(rows["every_years"] > 0)
    return (
        topic,
        len(holders),
        join_words([net.name(id_) for id_ in holders], most=4),
        "; ".join(dict.fromkeys(rows["duty"])),
        join_words([net.name(id_) for id_ in ids if id_ in wanted], most=4),
        len(untied),
        cycles.min(),
        "; ".join(dict.fromkeys(rows["citation"])),
    )
