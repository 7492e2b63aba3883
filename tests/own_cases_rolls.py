"""Further cases of our own: rolls of members, services across, tables as networkx and R give them."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pandas as pd

import partnet as pn

from .own_cases import (
    ALDER,
    BIRCH,
    CEDAR,
    LISTED,
    NAMES,
    case,
    days,
    ends,
    errors,
    near,
    read,
    read_book,
    told,
    words,
)
from .own_cases_doors import groups

# -- services and kinds across ---------------------------------------------------------------------


def _offered(net: pn.Network) -> set[tuple[str, str]]:
    found = net.table("services")
    return set(zip(found["organization"], found["service"], strict=True))


@case("services-across", "Services below each other, an organization a column, and no list of them")
def _across(path: Path) -> None:
    rows = ["Service,Alder,Birch,Cedar", "Transport,x,,x", "Food,,,x", "OB,Yes,Refer out,No"]
    net = read(path, "data", data=rows)
    right = {("alder", "Transport"), ("cedar", "Transport"), ("cedar", "Food"), ("alder", "OB")}
    assert net.n == 3 and _offered(net) == right
    (path / "data.csv").write_text("Service,Cedar County,Knox County\nFood,x,\nOB,,x\n", "utf-8")
    try:  # places, and no organizations
        assert not len(pn.read_network(path / "data.csv").table("services"))
    except pn.InputError:
        pass


@case("services-across-beside", "The same under Services offered, with one whom the list lacks")
def _across_beside(path: Path) -> None:
    rows = [f"Services offered,{ALDER},{BIRCH},Elm", "Transport,X,,X", "Food,,X,"]
    net = read(path, **{"Service grid": rows, "organizations": LISTED})
    assert _offered(net) == {("alder-hospital", "Transport"), ("birch-clinic", "Food")}
    assert '"Elm"' in words(net)  # set aside by its name


@case("directory-by-kind", "A directory with a column for Hospitals, Schools and Nonprofits")
def _by_kind(path: Path) -> None:
    rows = ["Hospitals,Schools,Nonprofits,Health Care", f"{ALDER},Ames School,Rides Inc,{BIRCH}",
            f"Oak Hospital,Knox School,{CEDAR},", ",Elm School,,"]  # fmt: skip
    net = read(path, "directory", directory=rows)
    found = net.table("organizations")
    kinds = dict(zip(found["name"], found["kind"], strict=True))
    assert len(kinds) == 8 and kinds["Oak Hospital"] == "hospital"
    assert kinds["Elm School"] == "school" and kinds[BIRCH] == "other"
    listed = dict(zip(found["name"], found["listed under"], strict=True))
    assert listed[BIRCH] == "Health Care" and not errors(net)


# -- members -----------------------------------------------------------------------------------------


@case("members-with-committees", "A sheet Members with Organization, Type, Committee(s)")
def _members(path: Path) -> None:
    rows = [["Organization", "Type", "Committee(s)"], [ALDER, "CAH", "Quality; Finance"],
            [BIRCH, "RHC", "Quality"], [CEDAR, "Food bank", ""]]  # fmt: skip
    net = read_book(path, {"Members": rows})
    kinds = net.table("organizations")["kind"].tolist()
    assert kinds == ["critical_access_hospital", "rural_health_clinic", "food"]
    assert groups(net) == [(ALDER, "Finance"), (ALDER, "Quality"), (BIRCH, "Quality")]
    assert set(net.table("memberships")["group_kind"]) == {""}


@case("unlisted-among-partners", "Partners between commas, of whom the list lacks some")
def _unlisted(path: Path) -> None:
    for head in ("Organization,Partners", "Organization,Works with"):
        rows = [head, f'{ALDER},"{BIRCH}, Oak Rides, WIC"', f"{BIRCH},{CEDAR}"]
        net = read(path, organizations=LISTED, ties=rows)
        assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)], head
        assert 'found "Oak Rides"' in words(net) and 'found "WIC"' in words(net)
    rows = ["Organization,Partner", f'{ALDER},"Oak Rides, Ash School"', f'{BIRCH},"{CEDAR}, NE"']
    assert not ends(read(path, organizations=LISTED, ties=rows))  # one name each, of nobody listed


# -- days and answers ------------------------------------------------------------------------------


@case("until-a-month-or-year", "Until June 2023, FY23, 2023, Q2 2023: to their last day")
def _until(path: Path) -> None:
    said = ["June 2023", "FY23", "2023", "Q2 2023", "SFY23", "2023-06"]
    starts = ["2023-06-01", "2022-10-01", "2023-01-01", "2023-04-01", "2022-07-01", "2023-06-01"]
    right = ["2023-06-30", "2023-09-30", "2023-12-31", "2023-06-30", "2023-06-30", "2023-06-30"]
    for text, start, end in zip(said, starts, right, strict=True):
        net = read(path, "x", x=["From,To,Since,Until", f"{ALDER},{BIRCH},{text},{text}"])
        assert days(told(net)["since"]) == [start], text
        assert days(told(net)["until"]) == [end], text


@case("ends-of-a-scale", "Very often, Always and Almost never, which no ladder has")
def _extremes(path: Path) -> None:
    rows = ["From,To,How often", f"{ALDER},{BIRCH},Very often", f"{BIRCH},{CEDAR},Very often"]
    near(told(read(path, "x", x=rows))["strength"], [1, 1])
    rows = ["From,To,How often", f"{ALDER},{BIRCH},Always", f"{BIRCH},{CEDAR},Almost never",
            f"{ALDER},{CEDAR},Sometimes"]  # fmt: skip
    found = told(read(path, "x", x=rows))["strength"]
    assert found[1] < found[2] < found[0]


@case("headers-in-other-languages", "Organisation, Landkreis, PLZ; Condado, Estado; Comté, État")
def _languages(path: Path) -> None:
    heads = ["Organisation,Typ,Landkreis,PLZ", "Organización,Tipo,Condado,Código postal",
             "Organisme,Type,Comté,Code postal"]  # fmt: skip
    kinds = ["Krankenhaus", "Hospital", "Hôpital"]
    for head, kind in zip(heads, kinds, strict=True):
        net = read(path, "x", x=[head, f"{ALDER},{kind},Cedar,68739", f"{BIRCH},Food,Knox,68729"])
        found = net.table("organizations")
        assert found["county_fips"].tolist() == ["31027", "31107"], head
        assert found["kind"].tolist() == ["hospital", "food"] and not errors(net)
