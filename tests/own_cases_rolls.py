"""Further cases of our own: rolls of members, services across, tables of networkx and R."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

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
    with pytest.raises(pn.InputError):  # places, and no organizations
        pn.read_network(path / "data.csv")


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


# -- members --------------------------------------------------------------------------------------


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


@case("extremes-in-words", "Very often, Always and Almost never, which no ladder has")
def _extremes(path: Path) -> None:
    rows = ["From,To,How often", f"{ALDER},{BIRCH},Very often", f"{BIRCH},{CEDAR},Very often"]
    near(told(read(path, "x", x=rows))["strength"], [1, 1])
    rows = ["From,To,How often", f"{ALDER},{BIRCH},Always", f"{BIRCH},{CEDAR},Almost never",
            f"{ALDER},{CEDAR},Sometimes"]  # fmt: skip
    found = told(read(path, "x", x=rows))["strength"]
    assert found[1] < found[2] < found[0]


@case("headers-in-other-languages", "Landkreis, Ort, PLZ; Condado, Estado; Comté, État")
def _languages(path: Path) -> None:
    heads = ["Organisation,Typ,Landkreis,PLZ", "Organización,Tipo,Condado,Código postal",
             "Organisme,Type,Comté,Code postal"]  # fmt: skip
    kinds = ["Krankenhaus", "Hospital", "Hôpital"]
    for head, kind in zip(heads, kinds, strict=True):
        net = read(path, "x", x=[head, f"{ALDER},{kind},Cedar,68739", f"{BIRCH},Food,Knox,68729"])
        found = net.table("organizations")
        assert found["county_fips"].tolist() == ["31027", "31107"], head
        assert found["kind"].tolist() == ["hospital", "food"] and not errors(net)


# -- one organization in several rows --------------------------------------------------------------


@case("rows-of-one-organization", "A row a service or committee, the kind and county said in each")
def _repeated(path: Path) -> None:
    for head, say in (("Service", _offered), ("Committee", groups)):
        rows = [f"Organization,Type,County,State,{head}", f"{ALDER},CAH,Cedar,NE,OB",
                f"{ALDER},CAH,Cedar,NE,Rides", f"{BIRCH},RHC,Knox,NE,OB"]  # fmt: skip
        net = read(path, "x", x=rows)
        assert net.names.tolist() == NAMES[:2] and len(say(net)) == 3
        assert net.table("organizations")["county_fips"].tolist() == ["31027", "31107"]
    rows = ["Organization,Type,County,State,Service", "Memorial,CAH,Cedar,NE,OB",
            "Memorial,CAH,Knox,NE,OB"]  # fmt: skip
    assert read(path, "x", x=rows).n == 2  # two of one name
    rows = ["Organization,Type,Committee", f"{ALDER},CAH,Quality", f"{ALDER},CAH,Finance"]
    net = read(path, "x", x=rows)
    assert net.table("organizations")["kind"].tolist() == ["critical_access_hospital"]
    assert groups(net) == [(ALDER, "Finance"), (ALDER, "Quality")]


@case("agreements-of-one-type", "Party A, Party B, Agreement, where each is called MOU")
def _mous(path: Path) -> None:
    rows = ["Party A,Party B,Agreement,Expires", f"{ALDER},{BIRCH},MOU,2026-01-04",
            f"{ALDER},{CEDAR},MOU,2027-02-28"]  # fmt: skip
    net = read(path, "x", x=rows)
    found = net.table("agreements")
    assert found["agreement"].nunique() == 2 and set(found["type"]) == {"MOU"}
    assert days(found["expires"]) == ["2026-01-04"] * 2 + ["2027-02-28"] * 2 and not errors(net)
    rows = ["Party A,Party B,Agreement,Expires", f"{ALDER},{BIRCH},TA-1,2026-01-04",
            f"{ALDER},{CEDAR},TA-1,2026-01-04"]  # fmt: skip
    assert read(path, "x", x=rows).table("agreements")["agreement"].nunique() == 1


# -- tables of networkx, pandas and R --------------------------------------------------------------


@case("labels-of-edges", "Edges whose label says the relation, as a graph, a frame and a file")
def _labels(path: Path) -> None:
    graph = nx.DiGraph()
    graph.add_edge(ALDER, BIRCH, label="refers to")
    graph.add_edge(BIRCH, ALDER, label="MOU")
    frame = pd.DataFrame(
        {"Source": NAMES[:2], "Target": NAMES[1::-1], "Label": ["refers to", "MOU"]}
    )
    rows = ["Source,Target,Label", f"{ALDER},{BIRCH},refers to", f"{BIRCH},{ALDER},MOU"]
    nets = [pn.Network.from_networkx(graph), pn.read_network({"ties": frame}),
            read(path, "x", x=rows)]  # fmt: skip
    for net in nets:
        assert told(net)["relation"].tolist() == ["referral", "agreement"]
    graph.add_edge(BIRCH, CEDAR, label="not a word")
    found = told(pn.Network.from_networkx(graph, relation="referral"))
    assert set(found["relation"]) == {"referral"}


@case("frames-by-their-index", "Nodes whose names are the index; edges u, v, w; Var1, Var2, Freq")
def _indexed(path: Path) -> None:
    nodes = pd.DataFrame({"type": ["CAH", "RHC"], "state": ["NE", "NE"]}, index=NAMES[:2])
    ties = pd.DataFrame({"u": [ALDER], "v": [BIRCH], "w": [3]})
    net = pn.read_network({"nodes": nodes, "edges": ties})
    assert net.names.tolist() == NAMES[:2] and ends(net) == [(ALDER, BIRCH)]
    kinds = net.table("organizations")["kind"].tolist()
    assert kinds == ["critical_access_hospital", "rural_health_clinic"] and not errors(net)
    rows = ["Var1,Var2,Freq", f"{ALDER},{BIRCH},0", f"{ALDER},{CEDAR},2", f"{BIRCH},{CEDAR},4"]
    net = read(path, "x", x=rows)
    assert ends(net) == [(ALDER, CEDAR), (BIRCH, CEDAR)] and net.n == 3
    near(told(net)["strength"], [0.5, 1])


@case("nodes-in-groups", "d3 and visNetwork: nodes whose group is a kind: CAH, RHC")
def _in_groups(path: Path) -> None:
    nodes = [{"id": 1, "name": ALDER, "group": "CAH"}, {"id": 2, "name": BIRCH, "group": "RHC"}]
    text = json.dumps({"nodes": nodes, "links": [{"source": 1, "target": 2, "value": 3}]})
    net = read(path, ".json", graph=text.encode())
    found = net.table("organizations")["kind"].tolist()
    assert found == ["critical_access_hospital", "rural_health_clinic"] and not groups(net)


@case("a-blank-column-beside", "A column Strength without a word, and the answers under Frequency")
def _blank_beside(path: Path) -> None:
    graph = nx.Graph()
    graph.add_edge(ALDER, BIRCH, strength=None, frequency="Weekly")
    frame = pd.DataFrame(
        {"from": [ALDER], "to": [BIRCH], "strength": [None], "frequency": ["Weekly"]}
    )
    rows = ["From,To,Strength,Frequency", f"{ALDER},{BIRCH},,Weekly"]
    nets = [pn.Network.from_networkx(graph), pn.read_network({"ties": frame}),
            read(path, "x", x=rows)]  # fmt: skip
    for net in nets:
        near(told(net)["strength"], [0.8])
        assert "twice" not in words(net)


# -- columns beside the organizations --------------------------------------------------------------


@case("roles-below-committees", "A column for each committee, with Chair and Member in it")
def _in_committees(path: Path) -> None:
    rows = ["Organization,Type,Quality Committee,Finance Committee", f"{ALDER},CAH,Chair,Member",
            f"{BIRCH},RHC,,Member"]  # fmt: skip
    right = [
        (ALDER, "Finance Committee"),
        (ALDER, "Quality Committee"),
        (BIRCH, "Finance Committee"),
    ]
    assert groups(read(path, "x", x=rows)) == right


@case("counties-ticked", "A column for each county, with X where it is served")
def _counties(path: Path) -> None:
    rows = ["Organization,State,Cedar County,Knox County", f"{ALDER},NE,X,X", f"{BIRCH},NE,,X"]
    found = read(path, "x", x=rows).table("service_areas")
    pairs = list(zip(found["organization"], found["place"], strict=True))
    assert pairs == [("alder-hospital", "31027"), ("alder-hospital", "31107"),
                     ("birch-clinic", "31107")]  # fmt: skip


@case("addresses-without-a-comma", "1107 Main, Creighton NE 68729")
def _addresses(path: Path) -> None:
    rows = ["Name,Type,Address", f'{ALDER},CAH,"1 Main, Hartington, NE 68739"',
            f'{BIRCH},RHC,"1107 Main, Creighton NE 68729"']  # fmt: skip
    found = read(path, "x", x=rows).table("organizations")
    assert found["zip"].tolist() == ["68739", "68729"] and set(found["state"]) == {"NE"}


@case("directions-below-a-relation", "Refer, Share data with Both ways and A to B below")
def _directions(path: Path) -> None:
    rows = ["Org A,Org B,Refer,Share data", f"{ALDER},{BIRCH},Both ways,A to B",
            f"{BIRCH},{CEDAR},B to A,"]  # fmt: skip
    found = told(read(path, "x", x=rows))
    assert set(found["directed"]) == {""} and found["Share data"].tolist() == ["A to B", ""]
