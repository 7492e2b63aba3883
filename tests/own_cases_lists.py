"""Further cases of our own, of lists: money, places, persons, and tables in JSON."""

from __future__ import annotations

import json
from pathlib import Path

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
    errors,
    near,
    read,
    read_book,
    told,
    words,
)
from .own_cases_doors import groups

# -- money -----------------------------------------------------------------------------------------


@case("periods-in-one-cell", "10/1/2024-9/30/2025 in one cell: of awards, agreements, memberships")
def _periods(path: Path) -> None:
    money = ["Funder,Grantee,Project Period,Award Amount",
             f'HRSA,{ALDER},10/1/2024\u20139/30/2025,"$250,000"',
             f'HRSA,{BIRCH},07/01/2024 - 06/30/2025,"$50,000"']  # fmt: skip
    signed = ["Agreement,Party 1,Party 2,Term", f"T,{ALDER},{BIRCH},1/1/2025 to 12/31/2026"]
    joined = ["Organization,Coalition,Dates", f"{ALDER},Opioid,2021-2023",
              f"{BIRCH},Opioid,2022 - present"]  # fmt: skip
    net = read(path, organizations=LISTED, funding=money, agreements=signed, memberships=joined)
    rows = net.table("funding")
    assert days(rows["period_start"]) == ["2024-10-01", "2024-07-01"]
    assert days(rows["period_end"]) == ["2025-09-30", "2025-06-30"]
    assert days(net.table("agreements")["expires"]) == ["2026-12-31"] * 2
    rows = net.table("memberships")
    assert days(rows["since"]) == ["2021-01-01", "2022-01-01"]
    assert days(rows["until"][:1]) == ["2023-12-31"] and rows["until"].isna()[1]


@case("other-currencies", "A column Currency, of which some cells are no dollars")
def _currency(path: Path) -> None:
    lines = ["Funder,Recipient,Amount,Currency", f"HRSA,{ALDER},1000,USD",
             f"PHAC,{BIRCH},2000,CAD"]  # fmt: skip
    net = read(path, organizations=LISTED, funding=lines)
    assert net.table("funding")["amount"].sum() == 1000 and "2000 CAD" in words(net)


@case("amounts-in-thousands", "Award ($K), Amount ($000s), in millions: units in the header")
def _thousands(path: Path) -> None:
    heads = {"Award ($K)": 250_000, "Amount ($000s)": 250_000, "Amount, $ thousands": 250_000,
             "Award in $M": 250_000_000, "Amount (in thousands of dollars)": 250_000}  # fmt: skip
    for head, right in heads.items():
        lines = [f'Funder,Grantee,"{head}"', f"HRSA,{ALDER},250"]
        net = read(path, organizations=LISTED, funding=lines)
        assert net.table("funding")["amount"].tolist() == [right] and "dollars" in words(net), head


@case("amounts-unnamed", "Federal Share, Match, Total Project Cost: figures, and no amount")
def _shares(path: Path) -> None:
    lines = ["Funder,Grantee,Federal Share,Match,Total Project Cost", f"HRSA,{ALDER},200,100,300"]
    net = read(path, organizations=LISTED, funding=lines)
    assert '"Federal Share" and "Match"' in words(net) and net.table("funding")["amount"].isna()[0]


@case("joint-awards", "One amount for several grantees in a cell")
def _joint(path: Path) -> None:
    lines = ["Funder,Grantee,Amount", f"HRSA,{ALDER}; {BIRCH},1000", f"USDA,{CEDAR},500"]
    net = read(path, organizations=LISTED, funding=lines)
    rows = net.table("funding")
    assert len(rows) == 3 and rows["amount"].sum() == 500 and "(1000)" in words(net)


@case("subtotals-before-names", "Subtotal - HRSA, TOTAL AWARDED, % of total")
def _subtotals(path: Path) -> None:
    rows = [["Funder", "Grantee", "Amount"], ["HRSA", ALDER, 100], ["HRSA", BIRCH, 200],
            ["Subtotal \u2013 HRSA", "", 300], ["USDA", CEDAR, 50], ["Subtotal: USDA", "", 50],
            ["TOTAL AWARDED", "", 350], ["% of total", "", 1]]  # fmt: skip
    net = read_book(path, {"Organizations": ORGS, "Funding": rows})
    assert net.table("funding")["amount"].sum() == 350 and not errors(net), words(net)


@case("row-of-units", "A row of units below the headers: ($), (mm/dd/yyyy)")
def _units(path: Path) -> None:
    rows = [["Funder", "Grantee", "Amount", "Start"], ["", "", "($)", "(mm/dd/yyyy)"],
            ["HRSA", ALDER, 100, "1/1/2025"], ["HRSA", BIRCH, 200, "2/1/2025"]]  # fmt: skip
    net = read_book(path, {"Organizations": ORGS, "Funding": rows})
    assert net.table("funding")["amount"].tolist() == [100, 200] and not errors(net)
    rows[1][2] = "($000)"
    net = read_book(path, {"Organizations": ORGS, "Funding": rows})
    assert net.table("funding")["amount"].tolist() == [100_000, 200_000]


# -- places and needs ------------------------------------------------------------------------------


@case("needs-of-rankings", "County Health Rankings: values below a limit, a row of the whole State")
def _rankings(path: Path) -> None:
    lines = ["FIPS,State,County,% Uninsured,Diabetes", "31000,NE,,9.1,10",
             "31027.0,NE,Cedar,10.5,12", "31107,NE,Knox,<5,*"]  # fmt: skip
    net = read(path, organizations=LISTED, needs=lines)
    rows = net.table("needs")
    assert rows["value"].tolist() == [10.5, 12] and '"<5"' in words(net) and '"31000"' in words(net)
    assert len(errors(net)) == 1


@case("needs-of-the-census", "data.census.gov: codes above labels, 0500000US31027")
def _census(path: Path) -> None:
    lines = ["GEO_ID,NAME,DP03_0096PE", "Geography,Geographic Area Name,Percent!!Insured",
             '0500000US31027,"Cedar County, Nebraska",91.5',
             '0500000US31107,"Knox County, Nebraska",89']  # fmt: skip
    rows = read(path, organizations=LISTED, needs=lines).table("needs")
    assert rows["county_fips"].tolist() == ["31027", "31107"]
    assert set(rows["indicator"]) == {"Percent, Insured"}


@case("needs-across", "A row an indicator, a column a county")
def _across(path: Path) -> None:
    lines = ['Indicator,"Cedar County, NE","Knox County, NE"', "Poverty,10.5,12.1", "Uninsured,9,8"]
    rows = read(path, organizations=LISTED, needs=lines).table("needs")
    assert rows["county_fips"].tolist() == ["31027", "31107"] * 2
    assert rows["value"].tolist() == [10.5, 12.1, 9, 8]


@case("counties-in-words", "Service areas as Cedar, Knox and Dixon Counties, and Statewide")
def _areas(path: Path) -> None:
    lines = ["Name,Type,State,Service Area",
             f'{ALDER},Hospital,NE,"Cedar, Knox and Dixon Counties"',
             f"{BIRCH},Clinic,NE,Statewide", f"{CEDAR},Food,NE,Cedar & Knox Cos."]  # fmt: skip
    rows = read(path, organizations=lines).table("service_areas")
    assert rows["place"].tolist() == ["31027", "31107", "31051", "NE", "31027", "31107"]
    assert rows["place_kind"].tolist()[3] == "State"


@case("whose-place", "Facility State, ADDR_ZIP, CNTY_NM: columns that say whose place they hold")
def _whose(path: Path) -> None:
    heads = ["Facility Name,Facility Type,Facility State,Facility Zip Code,Facility County",
             "ORG_NAME,ORG_TYPE,ADDR_ST,ADDR_ZIP,CNTY_NM"]  # fmt: skip
    for head in heads:
        net = read(path, organizations=[head, f"{ALDER},HOSPITAL,NE,68739,CEDAR"])
        row = net.table("organizations").iloc[0]
        assert (row["state"], row["zip"], row["county_fips"]) == ("NE", "68739", "31027"), head


@case("city-and-state", "Hartington, NE in one column")
def _city(path: Path) -> None:
    lines = ["Name,Type,City/State", f'{ALDER},Hospital,"Hartington, NE"']
    assert read(path, organizations=lines).table("organizations")["state"].tolist() == ["NE"]


# -- persons, codes and lists ----------------------------------------------------------------------


@case("persons-in-columns", "CEO, CNO, Primary Contact: names of persons beside organizations")
def _roles(path: Path) -> None:
    lines = ["Name,Type,CEO,Quality Nurse,Primary Contact,Primary Contact Email,Phone",
             f"{ALDER},Hospital,Pat Sample,,Lee Muster,l@x.org,402-555-0100",
             f"{BIRCH},Clinic,Kim Doe,,,,"]  # fmt: skip
    net = read(path, organizations=lines)
    kept = str(net.table("organizations").to_dict())
    assert not any(text in kept for text in ("Pat", "Muster", "Doe", "x.org", "0100")), kept
    assert net.table("people")["person"].tolist() == ["Pat Sample", "Lee Muster", "Kim Doe"]
    assert net.names.tolist() == [ALDER, BIRCH]


@case("systems-and-hospitals", "Health System, Member Hospital")
def _systems(path: Path) -> None:
    lines = ["Health System,Member Hospital", f"Avera,{ALDER}", f"Avera,{BIRCH}"]
    rows = read(path, organizations=LISTED, affiliations=lines).table("affiliations")
    assert rows["parent"].tolist() == ["Avera"] * 2


@case("actors-and-events", "actor, event: a list of two modes")
def _actors(path: Path) -> None:
    lines = ["actor,event", f"{ALDER},Kickoff", f"{BIRCH},Kickoff", f"{CEDAR},Summit"]
    net = read(path, "x", x=lines)
    assert groups(net) == [(ALDER, "Kickoff"), (BIRCH, "Kickoff"), (CEDAR, "Summit")]
    assert len(net.ties) == 0


@case("links-in-formulas", "Names that a CSV file holds as formulas of links")
def _links(path: Path) -> None:
    link = '"=HYPERLINK(""http://a.example"",""Alder Hospital"")"'
    net = read(path, "x", x=["From,To", f"{link},{BIRCH}", f"{BIRCH},{CEDAR}"])
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]


@case("hyphens-that-do-not-break", "Days with the hyphens of Word")
def _hyphens(path: Path) -> None:
    ties = ["From,To,Since", f"{ALDER},{BIRCH},01\u201115\u20112024"]
    assert days(told(read(path, organizations=LISTED, ties=ties))["since"]) == ["2024-01-15"]


@case("headers-twice", "A DataFrame with two columns of one name")
def _twice(path: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame([[ALDER, BIRCH, 3, 1]], columns=["source", "target", "weight", "weight"])
    assert "the header twice" in words(pn.read_network({"ties": frame}))


# -- JSON ------------------------------------------------------------------------------------------


@case("json-of-rows", "JSON: a list of objects, tables by name, and what a DataFrame writes")
def _json(path: Path) -> None:
    rows = [{"source": ALDER, "target": BIRCH, "weight": 3},
            {"source": BIRCH, "target": CEDAR, "weight": 1.5}]  # fmt: skip
    split = {"columns": ["source", "target", "weight"], "data": [[*row.values()] for row in rows]}
    columns = {name: {str(k): row[name] for k, row in enumerate(rows)} for name in rows[0]}
    listed = [{"name": name, "kind": "hospital", "services": ["Food", "Dental"]} for name in NAMES]
    for data in (rows, split, columns, {"organizations": listed, "ties": rows, "made": "today"}):
        (path / "ties.json").write_text(json.dumps(data), "utf-8")
        net = pn.read_network(path / "ties.json")
        assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]
        near(told(net)["strength"], [1, 0.5])
    assert len(net.table("services")) == 6
    lame = [{"from": "A Clinic", "to": "B Clinic"}, {"from": "A Clinic"}]
    (path / "ties.json").write_text(json.dumps(lame), "utf-8")
    counts = pn.check_tables(path / "ties.json").tables["rows"].loc["ties"]
    assert counts[["read", "used", "set_aside"]].tolist() == [2, 1, 1]
