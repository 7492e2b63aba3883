"""What peers do that we do not: from networks, or from public counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ...core.network import Network
from ...core.wording.text import say_share
from ...places.gazetteer import STATES
from ..practices.register import list_practices_on_file
from .shown import PRACTICES

LEAST = 2  # organizations of a peer's network that must do it: one alone may be a slip
REGISTERED = "promising practice"
CLEARLY_MORE = 0.05  # difference of shares that is worth a call


@dataclass(frozen=True, slots=True)
class Share:
    """A share of Critical Access Hospitals that public files tell."""

    column: str
    what: str
    doing: str


SHARES = (
    Share(
        "patient_experience",
        "published patient experience",
        "have patient experience published by CMS",
    ),
    Share("birthing_friendly", "birthing-friendly designation", "are designated birthing-friendly"),
)


def compare_public_practices(states: pd.DataFrame, home: str, peers: Sequence[str]) -> pd.DataFrame:
    """List what a larger share of Critical Access Hospitals does in peer States than in ours."""
    rows: list[tuple[object, ...]] = []
    for share in SHARES:
        known = states[share.column] / states["critical_access_hospitals"].replace(0, float("nan"))
        for peer in peers:
            theirs, ours = known[peer], known[home]
            if theirs - ours >= CLEARLY_MORE:
                rows.append((peer, share.what, "Critical Access Hospitals", theirs, ours,
                             _say_share(share, peer, home, theirs, ours)))  # fmt: skip
    table = pd.DataFrame(rows, columns=PRACTICES.names)
    return _order(table, table["theirs"] - table["ours"])


def _say_share(share: Share, peer: str, home: str, theirs: float, ours: float) -> str:
    return (
        f"In {STATES[peer]}, {say_share(theirs)} of Critical Access Hospitals {share.doing}; in "
        f"{STATES[home]} it is {say_share(ours)}: worth a call."
    )


def _order(table: pd.DataFrame, lead: pd.Series) -> pd.DataFrame:
    """The largest lead first; ties keep the nearer peer first."""
    order = (-lead.astype(float)).round(9).argsort(kind="stable")
    return table.iloc[order].reset_index(drop=True)


# -- networks --------------------------------------------------------------------------------------

Counter = Callable[[Network], pd.Series]


def _count_services(net: Network) -> pd.Series:
    return net.rows("services").groupby("service")["organization"].nunique()


def _count_programs(net: Network) -> pd.Series:
    return net.rows("funding").groupby("program")["recipient"].nunique()


def _count_areas(net: Network) -> pd.Series:
    """Meetings by program area, from memberships and contacts."""
    groups = net.rows("memberships").query("group_kind == 'meeting' and program_area != ''")
    held = net.rows("contacts").query("mode == 'meeting' and program_area != ''")
    parts = [groups[["program_area", "organization"]], held[["program_area", "organization"]]]
    return pd.concat(parts).groupby("program_area")["organization"].nunique()


def _count_kinds_tied(net: Network) -> pd.Series:
    """Organizations with a working tie, by kind."""
    working = net.ties["relation"].isin(net.vocabulary.working_relations)
    ties = net.ties[working]
    tied = net.organizations.loc[net.ids.isin({*ties["source"], *ties["target"]})]
    labels = {id_: kind.label for id_, kind in net.vocabulary.kinds.items()}
    return tied["kind"].map(labels).value_counts()


def _count_relations(net: Network) -> pd.Series:
    ties = net.ties
    labels = {id_: relation.label for id_, relation in net.vocabulary.relations.items()}
    return ties["relation"].map(labels).value_counts()


# How each practice is counted, and how a sentence calls it.
COUNTED: tuple[tuple[str, Counter, str, str], ...] = (
    ("works with", _count_kinds_tied, "{n} of the kind {what} with a working tie",
     "no {what} has one"),
    ("relation", _count_relations, "{n} ties of the kind {what}", "none is"),
    ("meets on", _count_areas, "{n} organizations at meetings on {what}", "no meeting on it is"),
    ("service", _count_services, "{n} organizations that offer {what}", "nobody is known to"),
    ("program", _count_programs, "{n} grantees of {what}", "no grantee is"),
)  # fmt: skip


def compare_networks_practices(here: Network, peers: Mapping[str, Network]) -> pd.DataFrame:
    """List what at least two organizations of a peer do, and nobody here on file.

    First promising practices that a peer has registered. Then kinds with working ties, relations,
    program areas of meetings, services and programs; only where our own file has that table at all,
    for else it is not known here.
    """
    rows = list(_list_registered(here, peers))
    for practice, count, there, nothing in COUNTED:
        own = count(here)
        if own.empty:
            continue
        for peer, other in peers.items():
            for what, theirs in _list_new(own, count(other)):
                has = f"{peer} has {there.format(n=f'{theirs:,}', what=what)}"
                on_file = "" if "{what}" in nothing else " on file"
                sentence = f"{has}{on_file}; here {nothing.format(what=what)} on file."
                rows.append((peer, practice, what, float(theirs), 0.0, sentence))
    return pd.DataFrame(rows, columns=PRACTICES.names)


def _list_registered(
    here: Network, peers: Mapping[str, Network]
) -> Iterator[tuple[str, str, str, float, float, str]]:
    """Promising practices of peers that nobody here has on file: what, who, how well proven."""
    own = {one.rows["key"].iloc[0] for one in list_practices_on_file(here)}
    for peer, other in peers.items():
        for one in list_practices_on_file(other):
            first = one.rows.iloc[0]
            if first["key"] in own:
                continue
            proof = ": ".join(filter(None, (first["evidence"], first["result"])))
            text = (
                f"{peer} has “{one.name}” on file at {other.name(first['organization'])}"
                f"{f' ({proof})' if proof else ''}; here nobody has it on file."
            )
            yield peer, REGISTERED, one.name, float(len(one.doers)), 0.0, text


def _list_new(own: pd.Series, theirs: pd.Series) -> Iterator[tuple[str, int]]:
    """What a peer has at least twice and we have not, the most frequent first."""
    known = {str(what).casefold() for what in own.index}
    new = theirs[[str(what).casefold() not in known for what in theirs.index]]
    new = new[new >= LEAST].sort_index().sort_values(ascending=False, kind="stable")
    yield from ((str(what), int(count)) for what, count in new.items())
