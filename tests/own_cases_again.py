"""Further cases of our own: what offices, evaluators and registries keep."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

import partnet as pn

from .own_cases import (
    ALDER,
    BIRCH,
    CEDAR,
    LISTED,
    NAMES,
    ORGS,
    case,
    days,
    ends,
    near,
    read,
    read_book,
    told,
    words,
)
from .own_cases_doors import groups
from .own_cases_formats import by_relation, read_text


@case("two-header-rows-grid", "A roster with each partner over two columns: how often, how well")
def _two_rows(path: Path) -> None:
    rows = [
        ["Organization", ALDER, "", BIRCH, ""],
        ["", "Frequency", "Trust", "Frequency", "Trust"],
        [ALDER, "", "", "Weekly", "High"],
        [BIRCH, "Monthly", "Low", "", ""],
    ]
    net = read_book(path, {"Survey": rows})
    assert sorted(ends(net)) == [(ALDER, BIRCH), (BIRCH, ALDER)]


@case("weights-as-fractions", "Strengths as 3/5 and 4 of 5")
def _fractions(path: Path) -> None:
    rows = ["From,To,Strength", f"{ALDER},{BIRCH},3/5", f"{BIRCH},{CEDAR},5/5"]
    near(told(read(path, organizations=LISTED, ties=rows))["strength"], [0.6, 1])


@case("stars-for-strength", "Strengths as stars or plus signs")
def _stars(path: Path) -> None:
    rows = ["From,To,Strength", f"{ALDER},{BIRCH},+++", f"{BIRCH},{CEDAR},+"]
    near(told(read(path, organizations=LISTED, ties=rows))["strength"], [1, 1 / 3])


@case("agreements-with-status", "MOUs with status words: Signed, In progress, Lapsed")
def _agreements(path: Path) -> None:
    rows = [
        "MOU name,Organization,Status,Signed date,Expiration",
        f"M1,{ALDER},Signed,1/5/2025,None",
        f"M1,{BIRCH},Signed,1/5/2025,None",
        f"M2,{ALDER},In progress,,",
        f"M2,{CEDAR},In progress,,",
    ]
    net = read(path, organizations=LISTED, agreements=rows)
    found = net.table("agreements")
    assert found["status"].tolist() == ["executed", "executed", "draft", "draft"]
    assert net.names.tolist() == NAMES
    (path / "agreements.csv").write_text(f"MOU,Organization\nM1,{ALDER}\n", "utf-8")
    net = pn.read_network(path)  # the list of organizations stays what it is
    assert net.names.tolist() == NAMES and "needs a column agreement" in words(net)


@case("needs-wide", "Health indicators of counties, an indicator a column")
def _needs(path: Path) -> None:
    rows = ["County,State,Uninsured %,Diabetes rate", "Cedar,NE,10.5,12", "Knox,NE,11.2,13"]
    net = read(path, organizations=LISTED, needs=rows)
    assert len(net.table("needs")) == 4


@case("hidden-rows-and-columns", "A workbook with a filter on: rows that are hidden")
def _hidden(path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path / "book.xlsx") as book:
        sheet = book.add_worksheet("Organizations")
        for k, row in enumerate(ORGS):
            sheet.write_row(k, 0, row)
        sheet.set_row(2, options={"hidden": True})
    net = pn.read_network(path / "book.xlsx")
    assert net.names.tolist() == NAMES


@case("ods-of-libreoffice", "An OpenDocument workbook with a title and dates")
def _ods(path: Path) -> None:
    frame = pd.DataFrame(
        [
            ["Member list", "", ""],
            ["Name", "Kind", "Since"],
            [ALDER, "hospital", pd.Timestamp("2024-03-15")],
        ]
    )
    try:
        frame.to_excel(path / "book.ods", header=False, index=False, engine="odf")
    except ImportError:
        return
    assert pn.read_network(path / "book.ods").names.tolist() == [ALDER]


@case(
    "semicolons-and-quotes",
    "A semicolon file whose names hold commas and whose partners are in one cell",
)
def _semi(path: Path) -> None:
    rows = [
        "name;kind;partners",
        f"{ALDER}, Inc.;hospital;{BIRCH} | {CEDAR}",
        f"{BIRCH};clinic;",
        f"{CEDAR};food;",
    ]
    net = read(path, organizations=rows)
    assert ends(net) == [(f"{ALDER}, Inc.", BIRCH), (f"{ALDER}, Inc.", CEDAR)]


@case("addresses-in-one-cell", "An address in one cell: 1 Main St, Hartington, NE 68739")
def _address(path: Path) -> None:
    rows = ["Name,Type,Address", f'{ALDER},Hospital,"1 Main St, Hartington, NE 68739"']
    row = read(path, organizations=rows).table("organizations").iloc[0]
    assert (row["state"], row["zip"]) == ("NE", "68739")


@case("zip-plus-four", "ZIP codes with four more digits, without their hyphen, with a blank")
def _zip(path: Path) -> None:
    rows = [
        "name,kind,state,zip",
        "A,hospital,NE,68739-1234",
        "B,hospital,NE,687391234",
        "C,hospital,NE,68739 1234",
        "D,hospital,MA,21381234",
    ]
    net = read(path, organizations=rows)
    assert net.table("organizations")["zip"].str[:5].tolist() == [
        "68739",
        "68739",
        "68739",
        "02138",
    ]


@case("dates-with-times", "Days with times and time zones, and day names before them")
def _times(path: Path) -> None:
    said = [
        "3/14/2026 14:30",
        "2026-03-14T14:30:00Z",
        "Saturday, March 14, 2026",
        "14 March 2026",
        "Mar 14 2026 2:30PM",
        "2026-03-14 14:30:00+00:00",
        "20260314",
    ]
    for text in said:
        rows = ["Date,Organization,Mode", f'"{text}",{ALDER},visit']
        log = read(path, organizations=LISTED, contacts=rows).table("contacts")
        assert days(log["date"]) == ["2026-03-14"], text


@case("cents-and-thousands", "Amounts in thousands by their header, and with spaces")
def _thousands(path: Path) -> None:
    rows = ["Funder,Recipient,Amount", f'HRSA,{ALDER},"$ 1,250,000"', f"HRSA,{BIRCH},$75 000"]
    net = read(path, organizations=LISTED, funding=rows)
    assert net.table("funding")["amount"].tolist() == [1_250_000, 75_000]


@case("multi-relations-in-cell", "Several relations of a pair in one cell")
def _multi(path: Path) -> None:
    rows = [
        "From,To,Relationship",
        f'{ALDER},{BIRCH},"Referral; Data sharing"',
        f"{BIRCH},{CEDAR},Referral / Contract",
    ]
    net = read(path, organizations=LISTED, ties=rows)
    found = sorted((a, r) for (a, _), r in zip(ends(net), told(net)["relation"], strict=True))
    assert found == [
        (ALDER, "data_sharing"),
        (ALDER, "referral"),
        (BIRCH, "contract"),
        (BIRCH, "referral"),
    ]


@case("survey-of-one", "An ego list: our partners, with frequency, and no column for ourselves")
def _ego(path: Path) -> None:
    rows = ["Partner,Frequency,Type", f"{BIRCH},Weekly,Clinic", f"{CEDAR},Monthly,Food"]
    try:
        net = read(path, "partners", partners=rows)
    except pn.InputError as error:
        assert "partners" in str(error)
    else:
        assert net.n in (2, 3) and set(net.names) >= {BIRCH, CEDAR}


@case(
    "igraph-data-frames", "igraph's as_data_frame: vertices with name, edges with from, to, weight"
)
def _igraph(path: Path) -> None:
    nodes = ['"","name","type"', *(f'"{k}","{n}","hospital"' for k, n in enumerate(NAMES, 1))]
    edges = ['"","from","to","weight"', f'"1","{ALDER}","{BIRCH}",2', f'"2","{BIRCH}","{CEDAR}",NA']
    net = read(path, vertices=nodes, edges=edges)
    assert ends(net) == [(ALDER, BIRCH)] and net.n == 3 and "NA" in words(net)  # it is not known


@case("gephi-with-time", "Gephi's tables with Interval, timeset and modularity columns")
def _gephi(path: Path) -> None:
    nodes = [
        "Id,Label,timeset,modularity_class,Type",
        f"1,{ALDER},,0,hospital",
        f"2,{BIRCH},,0,clinic",
    ]
    edges = ["Source,Target,Type,Id,Label,timeset,Weight", "1,2,Undirected,0,MOU,,1.0"]
    net = read(path, nodes=nodes, edges=edges)
    assert by_relation(net) == {"agreement": (ALDER, BIRCH)} and told(net)["directed"].tolist() == [
        "no"
    ]


@case("gml-labels", "GML of networkx with labels and values")
def _gml(path: Path) -> None:
    text = "graph [\n directed 1\n" + "".join(
        f' node [ id {k} label "{n}" kind "hospital" ]\n' for k, n in enumerate(NAMES)
    )
    text += ' edge [ source 0 target 1 relation "referral" weight 3 ]\n'
    text += ' edge [ source 1 target 2 relation "MOU" weight 1.5 ]\n]\n'
    net = read_text(path, "x.gml", text)
    assert by_relation(net) == {"referral": (ALDER, BIRCH), "agreement": (BIRCH, CEDAR)}
    near(told(net)["strength"], [1, 0.5])


@case("uci-json", "UCINET's new JSON with two relations and a missing value")
def _uci(path: Path) -> None:
    data = {
        "uci": "1.0",
        "title": "x",
        "mode": 1,
        "directed": True,
        "nrows": 3,
        "ncols": 3,
        "rowlabels": NAMES,
        "collabels": NAMES,
        "datatype": "real",
        "relations": [
            {
                "name": "referral",
                "layout": "matrix",
                "values": [[0, 1, None], [0, 0, 0], [0, 0, 0]],
            },
            {"name": "contract", "layout": "edgelist", "i": [2], "j": [3], "values": [1]},
        ],
    }
    net = read_text(path, "x.uci", json.dumps(data))
    assert by_relation(net) == {"referral": (ALDER, BIRCH), "contract": (BIRCH, CEDAR)}


@case("polinode-json", "Polinode JSON with attributes")
def _polinode(path: Path) -> None:
    nodes = [
        {"id": str(k), "attributes": {"Name": n, "Type": "Hospital"}} for k, n in enumerate(NAMES)
    ]
    edges = [{"id": "e", "source": "0", "target": "1", "attributes": {"Frequency": "Weekly"}}]
    net = read_text(
        path, "x.json", json.dumps({"nodes": nodes, "edges": edges, "isDirected": True})
    )
    assert ends(net) == [(ALDER, BIRCH)] and net.names.tolist() == NAMES


@case("kumu-project", "A Kumu project export with elements, connections and a deleted one")
def _kumu_project(path: Path) -> None:
    elements = [
        {"_id": f"elem-{k}", "attributes": {"label": n, "element type": "Hospital"}}
        for k, n in enumerate(NAMES)
    ]
    links = [
        {
            "_id": "conn-1",
            "from": "elem-0",
            "to": "elem-1",
            "direction": "mutual",
            "attributes": {"connection type": "Referral", "strength": "3"},
        },
        {
            "_id": "conn-2",
            "from": "elem-1",
            "to": "elem-2",
            "direction": "directed",
            "attributes": {"label": "MOU", "strength": "1"},
        },
    ]
    net = read_text(
        path,
        "kumu.json",
        json.dumps(
            {
                "name": "x",
                "maps": [],
                "perspectives": [],
                "attributes": [],
                "elements": elements,
                "connections": links,
                "loops": [],
            }
        ),
    )
    assert by_relation(net) == {"referral": (ALDER, BIRCH), "agreement": (BIRCH, CEDAR)}


@case(
    "attendance-sign-in",
    "A sign-in sheet: one column of names, organizations and an X for each meeting",
)
def _sign_in(path: Path) -> None:
    rows = [
        ["Coalition sign-in 2026"],
        ["Name", "Organization", "1/15", "2/19"],
        ["Pat Sample", ALDER, "X", ""],
        ["Lee Muster", BIRCH, "X", "X"],
        ["Kim Doe", BIRCH, "", "X"],
    ]
    net = read_book(path, {"Organizations": ORGS, "Sign in sheet": rows})
    assert groups(net) and "Pat Sample" not in net.names.tolist()
    assert set(groups(net)) == {(ALDER, "1/15"), (BIRCH, "1/15"), (BIRCH, "2/19")}


@case(
    "names-with-places",
    "Ties that name an organization with its town: Alder Hospital, Hartington NE",
)
def _places(path: Path) -> None:
    net = read(
        path,
        organizations=LISTED,
        ties=["From,To", f'"{ALDER}, Hartington, NE",{BIRCH}', f"{ALDER} - Main Campus,{CEDAR}"],
    )
    said = [str(p) for p in net.problems if p.level == "error"]
    assert all("Did you mean Alder Hospital" in s for s in said) and len(said) == 2 - len(net.ties)


@case("no-organizations-but-contacts", "A contact log alone")
def _log_alone(path: Path) -> None:
    rows = [
        "Date,Organization,Contact type,Staff",
        f"3/14/2026,{ALDER},Phone,PS",
        f"3/15/2026,{BIRCH},Email,PS",
    ]
    try:
        net = read(path, "log", log=rows)
    except pn.InputError as error:
        raise AssertionError(str(error)) from error
    assert len(net.table("contacts")) == 2 and net.n == 2


@case("lists-with-bullets-of-word", "Partners in a cell with hyphens at the beginning of each line")
def _bullets(path: Path) -> None:
    rows = ["Organization,Works with", f'{ALDER},"- {BIRCH}\n- {CEDAR}"', f'{BIRCH},"1) {CEDAR}"']
    net = read(path, organizations=LISTED, ties=rows)
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR), (BIRCH, CEDAR)]


@case("captions-and-columns-beside", "Services and parents beside organizations below captions")
def _captions(path: Path) -> None:
    lines = ["Name,Kind,Services,Parent Organization", "HOSPITALS,,,",
             f"{ALDER},Hospital,Food; Transport,Avera", "FOOD,,,",
             f"{CEDAR},Food,Food,"]  # fmt: skip
    net = read(path, organizations=lines)
    assert net.names.tolist() == [ALDER, CEDAR] and len(net.table("services")) == 3
    assert net.table("affiliations")["parent"].tolist() == ["Avera"]
