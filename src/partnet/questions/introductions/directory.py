"""Members of chapters and directories: who of them is on file, and what the others would bring."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ...core.network import Network
from ...core.wording.text import join_words
from ...io.opened.csv_file import read_csv_cells
from ...io.read import Source, read_network
from ...linkage.match import match_organizations
from ...places.gazetteer import county_name
from .introduction_paths import IntroductionPaths
from .shown import MEMBERS

MARK = "directory: "  # keeps the ids of a directory apart from those on file
NEW_KIND, NEW_SECTOR, NEW_COUNTY = 0.3, 0.2, 0.1  # what an organization is worth that is a first


def list_fellow_members(paths: IntroductionPaths, me: str) -> pd.DataFrame:
    """List members of the groups of an organization with which it has no tie on file."""
    here = paths.here
    memberships = here.rows("memberships")
    mine = memberships.loc[memberships["organization"] == me, "group"].unique()
    others = memberships[memberships["group"].isin(mine) & (memberships["organization"] != me)]
    first = others.drop_duplicates("organization")
    rows = [
        _on_file(paths, me, str(row.organization), str(row.group))
        for row in first.itertuples()
        if frozenset((me, row.organization)) not in here.whole.tied_pairs
    ]
    return pd.DataFrame(rows, columns=MEMBERS.names)


def _on_file(
    paths: IntroductionPaths, me: str, organization: str, source: str
) -> tuple[object, ...]:
    """A row for an organization of the network."""
    here = paths.here
    one = here.organizations.loc[organization]
    name = here.name(organization)
    tied = frozenset((me, organization)) in here.whole.tied_pairs
    through = ""
    if me and not tied and organization != me:
        a, b = (int(k) for k in here.positions([me, organization]))
        through = paths.say_through(paths.find(a, b))
    who = f" {through} could introduce you." if through and " and then " not in through else ""
    sentence = f"{name} is a member of {source}; no tie with it is on file.{who}"
    if tied:
        sentence = f"{name} is on file, with a tie."
    return (organization, name, one["kind"], county_name(one["county_fips"]), source, "yes",
            "yes" if tied else "no", sentence, through, "", 0.0)  # fmt: skip


def compare_directory(
    paths: IntroductionPaths,
    me: str,
    directory: Network | Source | pd.DataFrame,
    gaps: pd.DataFrame,
) -> pd.DataFrame:
    """Hold a directory against the file: who is on it, who may be, and what the new ones bring.

    New ones are worth the severity of the coverage gaps that their services would close in their
    own county, 0.3 if they are the first of their kind, 0.2 of their sector and 0.1 of their
    county. Those worth most come first, then those on file without a tie.

    Returns
    -------
    DataFrame
        ``source``, ``name``, ``kind``, ``county``, ``on_file`` (yes, perhaps, no),
        ``organization`` (its id here), ``tie`` (with `me`), ``through``, ``brings``, ``worth``,
        ``sentence``.
    """
    given = _read_directory(directory)
    matched = _match(paths.here, given)
    rows = []
    for id_ in given.ids:
        ours, decision = matched.get(str(id_), ("", ""))
        if decision == "same":
            rows.append(_on_file(paths, me, ours, "directory"))
        else:
            rows.append(_new(paths.here, given, str(id_), ours, gaps))
    table = pd.DataFrame(rows, columns=MEMBERS.names)
    table = table.assign(known=table["on_file"] == "yes", tied=table["tie"] == "yes")
    order = ["known", "worth", "tied", "name"]
    table = table.sort_values(order, ascending=[True, False, True, True], ignore_index=True)
    return table[MEMBERS.names]


def _read_directory(directory: Network | Source | pd.DataFrame) -> Network:
    """A directory as a network: one CSV file or DataFrame is its organizations table."""
    if isinstance(directory, Network):
        return directory
    if isinstance(directory, str | Path) and Path(directory).suffix.lower() in (".csv", ".txt"):
        raw = read_csv_cells(directory)
        directory = pd.DataFrame(raw.rows, columns=list(raw.header), dtype="str")
    if isinstance(directory, pd.DataFrame):
        directory = {"organizations": directory}
    return read_network(directory)


def _list_services(given: Network, id_: str) -> set[str]:
    """What it offers: its services on file, or those in a column of its own row (a; b)."""
    offered = given.rows("services").query("organization == @id_")["service"].tolist()
    if "services" in given.organizations:
        offered += given.organizations.at[id_, "services"].split(";")
    return {service.strip().casefold() for service in offered}


def _match(here: Network, given: Network) -> dict[str, tuple[str, str]]:
    """Give, by id of the directory, our id and whether it is the same or may be."""
    marked = given.rows("organizations")
    marked = marked.assign(id=MARK + marked["id"])
    pairs = match_organizations(here.rows("organizations"), marked).table
    across = pairs[pairs["b"].str.startswith(MARK) & ~pairs["a"].str.startswith(MARK)]
    found: dict[str, tuple[str, str]] = {}
    for row in across.itertuples():
        found.setdefault(str(row.b).removeprefix(MARK), (str(row.a), str(row.decision)))
    return found


def _new(
    here: Network, given: Network, id_: str, ours: str, gaps: pd.DataFrame
) -> tuple[object, ...]:
    """A row for an organization that is not on file, or may be under another name."""
    one = given.organizations.loc[id_]
    county = county_name(one["county_fips"])
    brings = list(_list_what_it_brings(here, given, id_, gaps))
    worth = round(sum(weight for weight, _ in brings), 9)
    words = join_words([what for _, what in brings])
    if ours:
        sentence = f"{one['name']} may be {here.name(ours)}, which is on file: a person must judge."
    else:
        sentence = f"{one['name']} is not on file; it would be {words or 'one more of its kind'}."
    return (ours, one["name"], one["kind"], county, "directory", "perhaps" if ours else "no", "no",
            sentence, "", words, worth)  # fmt: skip


def _list_what_it_brings(
    here: Network, given: Network, id_: str, gaps: pd.DataFrame
) -> Iterator[tuple[float, str]]:
    """What is a first, and which missing services it has, with weights."""
    one, table = given.organizations.loc[id_], here.organizations
    county = one["county_fips"]
    lacking = gaps[(gaps["kind"] == "coverage") & (gaps["place"] == county) & (county != "")]
    for gap in lacking[
        lacking["rule"].str.casefold().isin(_list_services(given, id_))
    ].itertuples():
        what = f"the provider of {gap.rule} that {county_name(county)} lacks"
        if gap.status != "no provider on file":
            what = f"a second provider of {gap.rule} for {county_name(county)}"
        yield float(gap.severity), what
    if one["kind"] not in set(table["kind"]):
        label = here.vocabulary.kinds[one["kind"]].label
        yield NEW_KIND, f"the first {label} on file"
    if one["sector"] not in set(table["sector"]):
        label = here.vocabulary.sectors.get(one["sector"], one["sector"]).lower()
        yield NEW_SECTOR, f"the first from {label}"
    if county and county not in set(table["county_fips"]):
        yield NEW_COUNTY, f"the first on file in {county_name(county)}"
