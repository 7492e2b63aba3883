"""Cases of our own, of the kinds that people bring: a small input each, and its right answer.

Each takes an empty folder, writes what a person has into it, reads it, and raises
``AssertionError`` where the answer is not the right one. `docs/cases.md` lists them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import partnet as pn

Judge = Callable[[Path], None]
OWN: dict[str, tuple[str, Judge]] = {}

ALDER, BIRCH, CEDAR = NAMES = ["Alder Hospital", "Birch Clinic", "Cedar Food Bank"]
LISTED = ["name,kind", "Alder Hospital,hospital", "Birch Clinic,rural health clinic",
          "Cedar Food Bank,food"]  # fmt: skip


def case(name: str, what: str) -> Callable[[Judge], Judge]:
    """Register a case, with what a person has."""

    assert name not in OWN, f"two cases are called {name}"

    def keep(function: Judge) -> Judge:
        OWN[name] = (what, function)
        return function

    return keep


def read(path: Path, alone: str = "", **files: Sequence[str] | bytes) -> pn.Network:
    """Write files of lines (named by table) and read the folder, or one of them alone."""
    for name, lines in files.items():
        end = alone if alone.startswith(".") else ".csv"
        content = lines if isinstance(lines, bytes) else ("\n".join(lines) + "\n").encode()
        (path / f"{name}{end}").write_bytes(content)
    return pn.read_network(next(path.iterdir()) if alone else path)


def read_book(path: Path, sheets: dict[str, list[list[Any]]]) -> pn.Network:
    """Write a workbook and read it."""
    import xlsxwriter

    with xlsxwriter.Workbook(path / "book.xlsx") as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for k, row in enumerate(rows):
                sheet.write_row(k, 0, row)
    return pn.read_network(path / "book.xlsx")


def ends(net: pn.Network) -> list[tuple[str, str]]:
    """Ties by the names of their ends."""
    names = net.names
    return [
        (names[a], names[b]) for a, b in zip(told(net)["source"], told(net)["target"], strict=True)
    ]


def told(net: pn.Network) -> pd.DataFrame:
    """The ties in the order of the file, without answers of "none"."""
    ties = net.table("ties")
    return ties[ties["strength"] != 0]


def near(found: Any, right: Sequence[float]) -> None:
    """Compare numbers."""
    assert list(found) == pytest.approx(list(right)), list(found)


def words(net: pn.Network) -> str:
    """Everything that was said while reading."""
    return "\n".join(map(str, net.problems))


def errors(net: pn.Network) -> list[str]:
    """Problems that ask for a correction."""
    return [str(problem) for problem in net.problems if problem.level == "error"]


def days(column: pd.Series) -> list[str]:
    """Days as text."""
    return [f"{day:%F}" for day in column]


# -- matrices and grids ----------------------------------------------------------------------------


@case("matrix-of-crosses", "A matrix with X for a tie and an organization without one")
def _crosses(path: Path) -> None:
    net = read(path, "m", m=[",Alder,Birch,Cedar", "Alder,-,X,", "Birch,X,-,", "Cedar,,,-"])
    assert net.n == 3 and ends(net) == [("Alder", "Birch")] and not errors(net)


@case("matrix-with-totals", "A matrix below a title, with sums at the right and the bottom")
def _totals(path: Path) -> None:
    rows = [["Who works with whom"], [], ["", *NAMES, "Total"], [ALDER, 0, 1, 1, 2],
            [BIRCH, 1, 0, 0, 1], [CEDAR, 1, 0, 0, 1], ["Total", 2, 1, 1, 4]]  # fmt: skip
    net = read_book(path, {"Sheet1": rows})
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)]


@case("matrix-upper-half", "A matrix of which only the half above the diagonal is filled")
def _half(path: Path) -> None:
    rows = [",".join(["", *NAMES]), f"{ALDER},,3,0", f"{BIRCH},,,1", f"{CEDAR},,,"]
    net = read(path, "m", m=rows)
    near(told(net)["strength"], [1, 1 / 3])
    assert set(told(net)["directed"]) == {"no"}


@case("matrix-half-in-words", "The same in words")
def _half_words(path: Path) -> None:
    rows = [",".join(["", *NAMES]), f"{ALDER},,weekly,never", f"{BIRCH},,,monthly", f"{CEDAR},,,"]
    net = read(path, "m", m=rows)
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)] and set(told(net)["directed"]) == {"no"}


@case("matrix-counted", "A matrix whose columns are counted 1, 2, 3")
def _counted(path: Path) -> None:
    net = read(path, "m", m=[",1,2,3", f"{ALDER},0,1,0", f"{BIRCH},1,0,1", f"{CEDAR},0,1,0"])
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]


@case("matrix-of-r", "A matrix as R writes it: no corner, dots for blanks")
def _of_r(path: Path) -> None:
    head = '"Alder.Hospital","Birch.Clinic","Cedar.Food.Bank"'
    rows = [f'"{ALDER}",0,1,0', f'"{BIRCH}",1,0,2', f'"{CEDAR}",0,2,0']
    net = read(path, "m", m=['"",' + head, *rows])
    assert net.names.tolist() == NAMES and len(net.ties) == 2
    head = ",".join(f'"{name}"' for name in NAMES)
    assert pn.build_layer(read(path, "m", m=[head, *rows])).n_ties == 2


@case("matrix-of-frame", "A matrix as a DataFrame with names in its index")
def _of_frame(path: Path) -> None:
    frame = pd.DataFrame([[0, 1, 0], [1, 0, 1], [0, 1, 0]], NAMES, NAMES)
    net = pn.read_network({"ties": frame})
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]


@case("matrix-a-relation", "One matrix a sheet, each sheet a relation, beside the organizations")
def _relations(path: Path) -> None:
    one, two = ([["", *NAMES], [ALDER, 0, a, b], [BIRCH, a, 0, 0], [CEDAR, b, 0, 0]]
                for a, b in ((1, 0), (0, 1)))  # fmt: skip
    listed = [["Name", "Type"], [ALDER, "Hospital"], [BIRCH, "Food"], [CEDAR, "Food"]]
    net = read_book(path, {"Organizations": listed, "Referral": one, "Data sharing": two})
    found = dict(zip(told(net)["relation"], ends(net), strict=True))
    assert found == {"referral": (ALDER, BIRCH), "data_sharing": (ALDER, CEDAR)}


@case("blanks-between-columns", "A matrix and a list of ties with blanks between the columns")
def _blanks(path: Path) -> None:
    lines = ['"Alder" "Birch" "Cedar"', '"Alder" 0 1 0', '"Birch" 1 0 1', '"Cedar" 0 1 0']
    assert pn.build_layer(read(path, ".txt", m=lines)).n_ties == 2
    (path / "m.txt").write_text("source target weight\nAlder Birch 1\nBirch Cedar 2\n", "utf-8")
    near(told(pn.read_network(path / "m.txt"))["strength"], [0.5, 1])


@case("grid-of-a-form", "A Google Forms grid: one column an organization, in brackets")
def _grid(path: Path) -> None:
    asked = [f"How often do you work with? [{name}]" for name in NAMES]
    lines = [",".join(["Timestamp", "Your organization", *asked]),
             f"2026/03/14 2:30:00 PM MST,{ALDER},,Weekly,Never",
             f"2026/03/15 9:00:00 AM MST,{BIRCH},Monthly,,Don't know"]  # fmt: skip
    for alone in ("form", ""):
        net = read(path, alone, form=lines, **({} if alone else {"organizations": LISTED}))
        assert net.n == 3 and pn.build_layer(net).n_ties == 1, words(net)
        assert sorted(ends(net)) == [(ALDER, BIRCH), (BIRCH, ALDER)]


# -- lists of ties ---------------------------------------------------------------------------------

HEADS = ["Agency,Partner Agency", "Partner 1,Partner 2", "V1,V2", "Node1,Node2",
         "Entity 1,Entity 2", "Referring agency,Receiving agency", "Lead agency,Partner agency",
         "from_name,to_name", "Nominator,Nominee", "Respondent,Organization"]  # fmt: skip


@case("ends-by-many-names", "Lists of ties whose two columns go by other names")
def _ends(path: Path) -> None:
    for head in HEADS:
        net = read(path, "x", x=[head, f"{ALDER},{BIRCH}", f"{BIRCH},{CEDAR}"])
        assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)], head


@case("no-headers", "A list of ties without headers, alone and beside the organizations")
def _headless(path: Path) -> None:
    lines = [f"{ALDER},{BIRCH}", f"{BIRCH},{CEDAR}", f"{ALDER},{CEDAR}"]
    assert len(read(path, "ties", ties=lines).ties) == 3
    assert len(read(path, ties=lines, organizations=LISTED).ties) == 3


@case("numbers-of-rows", "Ties of R by the numbers of the rows of the organizations")
def _numbers(path: Path) -> None:
    net = read(path, nodes=LISTED, edges=["from,to,weight", "1,2,1", "2,3,2"])
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)] and not errors(net)


@case("arrows", "A column of arrows and words for directions")
def _arrows(path: Path) -> None:
    lines = ["From,To,Which way", f"{ALDER},{BIRCH},one-way", f"{BIRCH},{CEDAR},both ways",
             f"{ALDER},{CEDAR},<->"]  # fmt: skip
    net = read(path, organizations=LISTED, ties=lines)
    assert told(net)["directed"].tolist() == ["yes", "no", "no"]


@case("partners-in-a-sentence", "Several partners in one cell, with and between the last two")
def _sentence(path: Path) -> None:
    lines = [
        "Organization,Works with",
        f'{ALDER},"{BIRCH}, {CEDAR}"',
        f"{BIRCH},{CEDAR} and {ALDER}",
    ]
    assert pn.build_layer(read(path, organizations=LISTED, ties=lines)).n_ties == 3


@case("roster-nonanswers", "A roster in long form with answers that are none")
def _nonanswers(path: Path) -> None:
    said = iter(["Monthly", "Don't know / Not sure", "Weekly", "N/A - this is us", "DK", "9999"])
    lines = [f"{a},{b},{next(said)}" for a in NAMES for b in NAMES if a != b]
    net = read(path, organizations=LISTED, ties=["Respondent,Organization,How often", *lines])
    assert len(net.ties) == 2, net.ties


@case("zero-in-words", "No tie, in many words")
def _zero(path: Path) -> None:
    for word in ("0", "0.00", "zero", "Never", "Not at all", "No relationship", "0%", "0 - None"):
        lines = ["From,To,Strength", f"{ALDER},{BIRCH},{word}", f"{BIRCH},{CEDAR},0.5"]
        assert len(read(path, organizations=LISTED, ties=lines).ties) == 1, word


# -- sheets and files ------------------------------------------------------------------------------


@case("two-tables-one-sheet", "Two tables on one sheet, below each other")
def _one_sheet(path: Path) -> None:
    rows = [["Organizations"], ["Name", "Kind"], [ALDER, "Hospital"], [BIRCH, "Food"], [], ["Ties"],
            ["From", "To", "Relation"], [ALDER, BIRCH, "Referral"]]  # fmt: skip
    net = read_book(path, {"Sheet1": rows})
    assert net.names.tolist() == [ALDER, BIRCH] and ends(net) == [(ALDER, BIRCH)]


@case("two-tables-side-by-side", "Two tables side by side on one sheet")
def _beside(path: Path) -> None:
    rows = [["Name", "Kind", "", "From", "To"], [ALDER, "Hospital", "", ALDER, BIRCH],
            [BIRCH, "Food", "", BIRCH, CEDAR], [CEDAR, "Food"]]  # fmt: skip
    net = read_book(path, {"Sheet1": rows})
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]


@case("continued", "Tables that go on on a second sheet, its columns in another order")
def _continued(path: Path) -> None:
    sheets = {
        "Organizations": [["Name", "Kind"], [ALDER, "Hospital"], [BIRCH, "Food"]],
        "Organizations (2)": [["Name", "Kind"], [CEDAR, "Food"], ["", "Food"]],
        "Ties": [["From", "To"], [ALDER, BIRCH]],
        "Ties 2": [["To", "From", "Notes"], [CEDAR, ALDER, "x"], ["Nobody", ALDER, ""]],
        "Ties old": [["From", "To"], [BIRCH, CEDAR]],
    }
    net = read_book(path, sheets)
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)]
    assert 'sheet "Ties 2", row 3' in words(net) and '"Ties old" with 1 row' in words(net)
    rows = pn.check_tables(path / "book.xlsx").tables["rows"].loc["ties"]
    assert rows[["read", "used", "set_aside"]].tolist() == [3, 2, 1]


@case("totals-and-remarks", "Totals and remarks below lists of two columns and of more")
def _remarks(path: Path) -> None:
    listed = [["Name", "Kind"], [ALDER, "Hospital"], ["Total Health", "Clinic"], ["Total", 2],
              ["Source: coalition"]]  # fmt: skip
    money = [["Funder", "Recipient", "Amount"], ["HRSA", ALDER, 100], ["Total", "", 100]]
    net = read_book(path, {"Organizations": listed, "Funding": money})
    assert net.names.tolist() == [ALDER, "Total Health"] and not errors(net)
    assert net.table("funding")["amount"].tolist() == [100.0]


@case("captions-within", "Rows that only head a part of the list, and headers once more")
def _captions(path: Path) -> None:
    lines = ["Name,Kind,County,State", "HOSPITALS,,,", f"{ALDER},Hospital,Cedar,NE",
             "Name,Kind,County,State", "Food,,,", f"{CEDAR},Food,Cedar,NE"]  # fmt: skip
    assert read(path, organizations=lines).names.tolist() == [ALDER, CEDAR]


@case("services-under-a-band", "Two rows of headers: a caption over the services")
def _band(path: Path) -> None:
    listed = [["Name", "Kind"], [ALDER, "Hospital"], [BIRCH, "Food"]]
    rows = [["Organization", "Services offered"], ["", "Transport", "Food"], [ALDER, "Yes", "No"],
            [BIRCH, "Yes", "Yes"]]  # fmt: skip
    net = read_book(path, {"Organizations": listed, "Services": rows})
    assert len(net.table("services")) == 3


@case("services-beside", "Services, coalitions and partners beside each organization")
def _columns(path: Path) -> None:
    lines = ["name,kind,services,coalitions,partners",
             f"{ALDER},hospital,Emergency care; Food,Rural Coalition,{BIRCH}; {CEDAR}",
             f"{BIRCH},food,Food,None,"]  # fmt: skip
    net = read(path, organizations=[*lines, f"{CEDAR},food,,,"])
    assert len(net.table("services")) == 3 and len(net.table("memberships")) == 1
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)]


@case("services-ticked-by-name", "A box that says its own name where it is ticked")
def _ticked(path: Path) -> None:
    lines = ["Organization,Transport,Food", f"{ALDER},Transport,", f"{BIRCH},Transport,Food"]
    assert len(read(path, organizations=LISTED, services=lines).table("services")) == 3


@case("lists-in-cells", "Bullets, numbers and slashes between the values of a cell")
def _bullets(path: Path) -> None:
    lines = ["organization,service", f'{ALDER},"• Transport\n• Food"',
             f'{BIRCH},"1. Transport\n2. Primary care"', f"{CEDAR},Food / Transport"]  # fmt: skip
    net = read(path, organizations=LISTED, services=lines)
    counts = net.table("services")["service"].str.lower().value_counts()
    assert counts.to_dict() == {"transport": 3, "food": 2, "primary care": 1}


@case("on-its-side", "A list of organizations that lies on its side")
def _side(path: Path) -> None:
    lines = [f"Name,{ALDER},{CEDAR}", "Kind,Hospital,Food", "County,Cedar,Cedar", "State,NE,NE"]
    net = read(path, organizations=lines)
    assert net.names.tolist() == [ALDER, CEDAR]
    assert net.table("organizations")["county_fips"].tolist() == ["31027"] * 2


@case("lines-in-quotes", "A file whose lines are quoted as a whole")
def _quoted(path: Path) -> None:
    net = read(path, organizations=['"name;kind"', f'"{ALDER};hospital"', f'"{CEDAR};food"'])
    assert net.names.tolist() == [ALDER, CEDAR]


@case("row-numbers-of-pandas", "Columns that only count the rows, with and without a header")
def _row_numbers(path: Path) -> None:
    net = read(path, organizations=[",name,kind", f"0,{ALDER},hospital", f"1,{CEDAR},food"],
               ties=["Unnamed: 0,source,target", f"0,{ALDER},{CEDAR}"])  # fmt: skip
    assert ends(net) == [(ALDER, CEDAR)] and "header over" not in words(net)
    assert not {"Unnamed: 0", "column 1"} & {*net.organizations, *net.ties}


@case("frames-with-an-index", "DataFrames whose index holds names, and the ends of ties")
def _frames(path: Path) -> None:
    listed = pd.DataFrame(
        {"kind": ["hospital", "food"]}, pd.Index([ALDER, CEDAR], name="Organization")
    )
    pairs = pd.MultiIndex.from_tuples([(ALDER, CEDAR)], names=["source", "target"])
    net = pn.read_network({"organizations": listed, "ties": pd.DataFrame({"weight": [1]}, pairs)})
    assert ends(net) == [(ALDER, CEDAR)]


@case("attendance", "Who came to which meeting: a list, and a column a month")
def _attendance(path: Path) -> None:
    lines = ["Meeting,Date,Organization", f"Q1,2026-01-15,{ALDER}", f"Q1,2026-01-15,{BIRCH}"]
    rows = read(path, organizations=LISTED, attendance=lines).table("memberships")
    assert rows["group"].tolist() == ["Q1", "Q1"]
    lines = ["Organization,Jan 2026,Feb 2026", f"{ALDER},x,x", f"{BIRCH},,x"]
    rows = read(path, organizations=LISTED, attendance=lines).table("memberships")
    assert rows["group"].tolist() == ["Jan 2026", "Feb 2026", "Feb 2026"]


@case("sheet-by-word", "A sheet whose name and headers do not tell, and somebody who does")
def _chosen(path: Path) -> None:
    (path / "x.csv").write_text(f"from,to\n{ALDER},{BIRCH}\n", "utf-8")
    net = pn.read_network(path / "x.csv", tables={"ties": "x"})
    assert ends(net) == [(ALDER, BIRCH)]


# -- persons, maps, graphs -------------------------------------------------------------------------


@case("persons-on-a-map", "A Kumu map of organizations and persons")
def _persons(path: Path) -> None:
    elements = [{"label": ALDER, "type": "Hospital"}, {"label": "Pat Sample", "type": "Person"},
                {"label": BIRCH, "type": "Food"}]  # fmt: skip
    links = [{"from": "Pat Sample", "to": ALDER, "type": "works for"}, {"from": ALDER, "to": BIRCH}]
    text = json.dumps({"elements": elements, "connections": links})
    (path / "map.json").write_text(text, "utf-8")
    net = pn.read_network(path / "map.json")
    assert net.names.tolist() == [ALDER, BIRCH] and ends(net) == [(ALDER, BIRCH)]
    assert net.table("people")["person"].tolist() == ["Pat Sample"]


@case("two-modes", "A networkx graph of organizations and the groups that they are in")
def _modes(path: Path) -> None:
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(NAMES, bipartite=0)
    graph.add_nodes_from(["Coalition", "Council"], bipartite=1)
    graph.add_edges_from([(ALDER, "Coalition"), ("Coalition", BIRCH), (CEDAR, "Council")])
    net = pn.Network.from_networkx(graph)
    assert net.names.tolist() == NAMES and len(net.ties) == 0
    assert sorted(net.table("memberships")["group"]) == ["Coalition", "Coalition", "Council"]


# -- values ----------------------------------------------------------------------------------------


@case("funder-without-program", "Grants with funder, recipient and amount, and no program")
def _grants(path: Path) -> None:
    lines = ["Funder,Recipient,Amount", f"HRSA,{ALDER},100", f"HRSA,{BIRCH},200"]
    net = read(path, organizations=LISTED, funding=lines)
    assert net.table("funding")["amount"].sum() == 300 and not errors(net)
    assert net.table("funding")["program"].nunique() == 2


@case("none-and-more", "Words for nothing with more behind them")
def _none(path: Path) -> None:
    said = ["Not a member", "None, but interested", "N.A.", "(none)", "---", "Rural Coalition"]
    lines = ["organization,group", *(f'{ALDER},"{text}"' for text in said)]
    rows = read(path, organizations=LISTED, memberships=lines).table("memberships")
    assert rows["group"].tolist() == ["Rural Coalition"]


@case("vague-days", "Fiscal years, quarters, seasons, and years with a word before them")
def _vague(path: Path) -> None:
    said = ["FY2024", "Q3 2024", "Spring 2023", "since 2019", "2019?"]
    right = ["2023-10-01", "2024-07-01", "2023-03-01", "2019-01-01", "2019-01-01"]
    for text, day in zip(said, right, strict=True):
        net = read(path, organizations=LISTED, ties=["From,To,Since", f"{ALDER},{BIRCH},{text}"])
        assert days(told(net)["since"]) == [day], text
        assert "read as" in words(net)


@case("codes-in-parts", "State and county numbers of the Census in two columns")
def _parts(path: Path) -> None:
    lines = ["name,kind,State FIPS,County FIPS", "A,hospital,31,027", "B,hospital,6,59"]
    assert read(path, organizations=lines).table("organizations")["county_fips"].tolist() == [
        "31027",
        "06059",
    ]


@case("codes-in-formulas", "Codes that a CSV file hides from Excel in a formula")
def _hidden(path: Path) -> None:
    lines = ["name,kind,GEOID", 'A,hospital,="06059"', "B,hospital,0500000US31107"]
    assert read(path, organizations=lines).table("organizations")["county_fips"].tolist() == [
        "06059",
        "31107",
    ]


@case("zip-by-county", "ZIP codes without their zero, and counties that tell the State")
def _zips(path: Path) -> None:
    lines = ["name,kind,county_fips,zip", "A,hospital,25017,1730", "B,hospital,34031,7501"]
    assert read(path, organizations=lines).table("organizations")["zip"].tolist() == [
        "01730",
        "07501",
    ]


@case("counties-that-were", "Codes of counties that are no more")
def _were(path: Path) -> None:
    lines = ["name,kind,county_fips", *(f"{c},hospital,{c}" for c in ("12025", "30113", "51780"))]
    net = read(path, organizations=[*lines, "Old,hospital,02280"])
    assert net.table("organizations")["county_fips"].tolist() == ["12086", "30031", "51083", ""]
    assert "02195 (Petersburg Borough) or 02275" in words(net)


@case("coordinates-elsewhere", "Coordinates outside the county on file, and a sign that was lost")
def _elsewhere(path: Path) -> None:
    lines = ["name,kind,county,state,latitude,longitude", "A,hospital,Cedar,NE,42.6,-97.26",
             "B,hospital,Cedar,NE,41.25,-95.95", "C,hospital,Cedar,NE,42.6,97.26"]  # fmt: skip
    net = read(path, organizations=lines)
    assert "Douglas County" in words(net) and "row 3" in words(net) and "row 2" not in words(net)
    assert net.table("organizations")["longitude"].tolist() == [-97.26, -95.95, -97.26]


@case("places-that-contradict", "A ZIP code of another county, and a code with another name")
def _contradict(path: Path) -> None:
    lines = ["name,kind,county,county_fips,state,zip", "A,hospital,Cedar,,NE,68102",
             "B,hospital,Knox,31027,NE,68739", "C,hospital,Cedar,31027,NE,68739"]  # fmt: skip
    said = [str(p) for p in read(path, organizations=lines).problems]
    assert any("row 2" in s and "68102" in s for s in said)
    assert any("row 3" in s and "31107" in s for s in said) and not any("row 4" in s for s in said)


# -- what Excel, forms and other systems give out --------------------------------------------------

ORGS = [["Name", "Kind"], [ALDER, "Hospital"], [BIRCH, "Clinic"], [CEDAR, "Food"]]


@case("subtotals", "Sums of Excel between the rows: HRSA Total, Cedar Count, Grand Total")
def _subtotals(path: Path) -> None:
    money = [["Funder", "Recipient", "Amount"], ["HRSA", ALDER, 100], ["HRSA", BIRCH, 200],
             ["HRSA Total", "", 300], ["USDA", CEDAR, 50], ["USDA Total", "", 50],
             ["Grand Total", "", 350]]  # fmt: skip
    listed = [["Group", "Name", "Kind"], ["North", ALDER, "Hospital"], ["North", BIRCH, "Clinic"],
              ["North Count", 2], ["South", CEDAR, "Food"], ["South Count", 1],
              ["Grand Count", 3]]  # fmt: skip
    net = read_book(path, {"Organizations": listed, "Funding": money})
    assert net.names.tolist() == NAMES and net.table("funding")["amount"].sum() == 350
    assert not errors(net)


@case("pivot-table", "A pivot table of services, with counts and its Grand Total")
def _pivot(path: Path) -> None:
    rows = [["Count of Service", "Column Labels"],
            ["Row Labels", "Transport", "Food", "Grand Total"],
            [ALDER, 1, "", 1], [BIRCH, 1, 2, 3], ["Grand Total", 2, 2, 4]]  # fmt: skip
    net = read_book(path, {"Organizations": ORGS, "Services": rows})
    assert len(net.table("services")) == 3 and not errors(net)


@case("formulas-copied-too-far", "Rows of zeros below the list")
def _zeros(path: Path) -> None:
    ties = [["From", "To", "Relation"], [ALDER, BIRCH, "Referral"], [0, 0, 0], [0, 0, 0]]
    net = read_book(path, {"Organizations": [*ORGS, [0, 0], [0, 0]], "Ties": ties})
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH)]


@case("services-on-their-side", "A row a service, a column an organization")
def _services_turned(path: Path) -> None:
    lines = [f"Service,{ALDER},{BIRCH},{CEDAR}", "Transport,X,X,", "Food,,,X"]
    net = read(path, organizations=LISTED, services=lines)
    assert net.table("services")["organization"].value_counts().tolist() == [1, 1, 1]


@case("boxes-in-other-words", "Yes, limited; planned; roles in a grid of coalitions; black dots")
def _boxes(path: Path) -> None:
    lines = ["Organization,Transport,Food,Dental", f'{ALDER},Yes,"Yes, limited",Planned',
             f"{BIRCH},Planned,No,Yes", f"{CEDAR},\u25cf,\u25cb,Planned"]  # fmt: skip
    groups = [
        "Organization,Rural Coalition,Opioid Task Force",
        f"{ALDER},Chair,x",
        f"{BIRCH},Member,",
    ]
    net = read(path, organizations=LISTED, services=lines, memberships=groups)
    assert len(net.table("services")) == 4 and len(net.table("memberships")) == 3
    assert '"planned"' in words(net).lower() and "not known" in words(net)


@case("form-with-partners", "Google and Microsoft Forms: partners ticked in one cell")
def _form(path: Path) -> None:
    google = ["Timestamp,Email Address,Your organization,Which of these do you partner with?",
              f'3/14/2026 10:00:00,a@x.org,{ALDER},"{BIRCH}, {CEDAR}"',
              f"3/14/2026 10:05:00,b@x.org,{BIRCH},{CEDAR}"]  # fmt: skip
    asked = "What organization do you represent?,Which organizations do you work with?"
    microsoft = [f"ID,Start time,Completion time,Email,Name,{asked}",
                 f"1,3/14/26 10:00:00,3/14/26 10:05:00,anonymous,,{ALDER},{BIRCH};{CEDAR};",
                 f"2,3/14/26 10:00:00,3/14/26 10:05:00,anonymous,,{BIRCH},{CEDAR};"]  # fmt: skip
    for lines in (google, microsoft):
        net = read(path, "form", form=lines)
        assert set(net.names) == set(NAMES), words(net)
        assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR), (BIRCH, CEDAR)]
        assert "x.org" not in str(net.table("ties").to_dict())


@case("surveymonkey", "SurveyMonkey: two rows of headers, a column an organization")
def _surveymonkey(path: Path) -> None:
    lines = ["Respondent ID,Start Date,IP Address,What organization do you represent?,How often?,,",
             f",,,Open-Ended Response,{','.join(NAMES)}",
             f"111,03/14/2026,1.2.3.4,{ALDER},,Weekly,Never",
             f"112,03/14/2026,1.2.3.4,{BIRCH},Monthly,,Don't know"]  # fmt: skip
    net = read(path, "Survey", Survey=lines)
    assert sorted(ends(net)) == [(ALDER, BIRCH), (BIRCH, ALDER)] and net.n == 3


@case("report-of-a-crm", "Salesforce: Account Name, Billing State, remarks below; Outlook: Company")
def _crm(path: Path) -> None:
    lines = ["Account Name,Type,Billing State/Province,Billing Zip/Postal Code",
             f"{ALDER},Hospital,NE,68739", f"{CEDAR},Food,Nebraska,68739", "", "State Office",
             "Copyright (c) 2000-2026 salesforce.com inc.", "Confidential Information",
             "Generated By: Pat Sample"]  # fmt: skip
    net = read(path, "a", a=lines)
    assert net.names.tolist() == [ALDER, CEDAR] and not errors(net)
    assert net.table("organizations")["state"].tolist() == ["NE", "NE"]
    (path / "a.csv").unlink()
    lines = ["First Name,Last Name,Company,Job Title,E-mail Address",
             f"Pat,Sample,{ALDER},CEO,p@x.org", f"Lee,Muster,{ALDER},RN,l@x.org"]  # fmt: skip
    net = read(path, "contacts", contacts=lines)
    assert net.names.tolist() == [ALDER] and len(net.table("people")) == 2


@case("partners-with-frequency", "Partner 1, Frequency 1, Partner 2, Frequency 2")
def _paired(path: Path) -> None:
    lines = ["Organization,Partner 1,Frequency 1,Partner 2,Frequency 2",
             f"{ALDER},{BIRCH},Weekly,{CEDAR},Monthly", f"{BIRCH},{CEDAR},Weekly,,"]  # fmt: skip
    strengths = told(read(path, organizations=LISTED, partners=lines))["strength"].tolist()
    assert strengths[0] == strengths[2] > strengths[1] > 0


@case("remarks-in-headers", "Headers with a remark in brackets behind them")
def _remarked(path: Path) -> None:
    lines = ['From,To,"Strength (1 = low, 5 = high)"', f"{ALDER},{BIRCH},5", f"{BIRCH},{CEDAR},1"]
    money = ["Funder,Recipient,Amount (in thousands)", f"HRSA,{ALDER},250"]
    net = read(path, organizations=LISTED, ties=lines, funding=money)
    near(told(net)["strength"], [1, 0.2])
    assert net.table("funding")["amount"].tolist() == [250_000]


@case("short-names", "Cedar County Hospital (CCH), named by either part")
def _short(path: Path) -> None:
    listed = ["name,kind", "Cedar County Hospital (CCH),hospital", f"{BIRCH},clinic"]
    ties = ["From,To,Relation", f"CCH,{BIRCH},referral", f"{BIRCH},Cedar County Hospital,contract"]
    net = read(path, organizations=listed, ties=ties)
    assert len(net.ties) == 2 and "read as Cedar County Hospital (CCH)" in words(net)


@case("days-without-an-end", "Ends in words, as 12/31/9999, as the zero of Excel; days with words")
def _no_end(path: Path) -> None:
    for text in ("to date", "12/31/9999", "1/0/1900", "0000-00-00", "auto renews"):
        lines = ["From,To,Since,Until", f"{ALDER},{BIRCH},mid-March 2026,{text}"]
        net = read(path, organizations=LISTED, ties=lines)
        assert net.ties["until"].isna().all() and not errors(net), text
        assert days(told(net)["since"]) == ["2026-03-01"]


@case("dash-of-accounting", "$ - where there is no amount")
def _dash(path: Path) -> None:
    lines = ["Funder,Recipient,Amount", f'HRSA,{ALDER}," $ 1,250.00 "', f"HRSA,{BIRCH}, $ -   "]
    net = read(path, organizations=LISTED, funding=lines)
    assert net.table("funding")["amount"].sum() == 1250 and not errors(net)


@case("points-in-one-cell", "Latitude and longitude in one cell; counties with their State")
def _points(path: Path) -> None:
    lines = ["Label,Type,Location,County", f'{ALDER},Hospital,"42.6, -97.26",Cedar (NE)',
             f"{CEDAR},Food,,NE - Cedar", f'{BIRCH},Clinic,,"Cedar County, NE, USA"']  # fmt: skip
    net = read(path, organizations=lines)
    assert net.table("organizations")["longitude"].tolist()[0] == -97.26
    assert net.table("organizations")["county_fips"].tolist() == ["31027"] * 3


@case("labels-of-a-form", "None of the above, and Other (please specify)")
def _labels(path: Path) -> None:
    lines = ["organization,service", f"{ALDER},Transport;Other (please specify)",
             f"{BIRCH},None of the above", f"{CEDAR},Food; N/A"]  # fmt: skip
    services = read(path, organizations=LISTED, services=lines).table("services")["service"]
    assert sorted(services.str.lower()) == ["food", "transport"]


def run_own(name: str) -> str:
    """Judge one case of our own; "" where its answer is right, else what is wrong."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        try:
            OWN[name][1](Path(folder))
        except Exception as error:
            return f"{type(error).__name__}: {error}".splitlines()[0][:300] or "wrong"
    return ""
