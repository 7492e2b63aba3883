"""Further cases of our own: siblings of the public cases, each with a second awkwardness."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
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
from .own_cases_habits import denied, offers, relations

ORGANIZATIONS = [["Name", "Type"], [ALDER, "Hospital"], [BIRCH, "Clinic"], [CEDAR, "Food bank"]]


def merged(path: Path, rows: list[list[Any]], areas: list[str], title: str) -> pn.Network:
    """Write organizations and a sheet with merged cells, and read the workbook."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Organizations"
    for row in ORGANIZATIONS:
        first.append(row)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    for area in areas:
        sheet.merge_cells(area)
    book.save(path / "book.xlsx")
    return pn.read_network(path / "book.xlsx")


# -- ties and strengths ----------------------------------------------------------------------------


@case("edge-types-and-labels", "Edge Type with directions, and Label with the relations")
def _edges(path: Path) -> None:
    net = read(path, "x", x=["source,target,edge type,label,weight",
                             f"{ALDER},{BIRCH},undirected,referral,0.4",
                             f"{BIRCH},{CEDAR},directed,data sharing,0.8"])  # fmt: skip
    assert relations(net) == ["referral", "data_sharing"]
    assert told(net)["directed"].tolist() == ["no", "yes"]
    assert "Each is kept as a relation of its own" not in words(net)


@case("ends-of-a-scale", "Strength (1-5, 9=don't know), of which nobody chose 5")
def _ends_of_scale(path: Path) -> None:
    net = read(path, "x", x=['Org,Partner,"Strength (1-5, 9=don\'t know)"', f"{ALDER},{BIRCH},4",
                             f"{ALDER},{CEDAR},9", f"{BIRCH},{CEDAR},1"])  # fmt: skip
    near(told(net)["strength"], [0.8, 0.2])
    assert len(net.table("responses")) == 1 and "the end of the scale that is named" in words(net)


@case("ends-in-words", "(1=weak ... 5=strong, 9=DK), and one cell that says see comment")
def _ends_in_words(path: Path) -> None:
    asked = "How strong is your relationship? (1=weak ... 5=strong, 9=DK)"
    net = read_book(path, {"Survey": [["Your organization", "Partner organization", asked],
                                      [ALDER, BIRCH, 5], [ALDER, CEDAR, 9], [BIRCH, ALDER, 3],
                                      [BIRCH, CEDAR, "see comment"]]})  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, ALDER), (BIRCH, CEDAR)]
    near(told(net)["strength"], [1.0, 0.6, 0.2])


@case("nine-apart", "1 to 5 under How strong is it?, and 9 that nobody explains")
def _nine(path: Path) -> None:
    names = [*NAMES, "Elm School", "Fir Clinic"]
    pairs = [(a, b) for a in names[:2] for b in names if a != b]
    said = [5, 4, 3, 2, 9, 1, 5, 4]
    rows = [[*pair, number] for pair, number in zip(pairs, said, strict=True)]
    head = ["Respondent", "Partner", "How strong is the relationship?"]
    net = read_book(path, {"Sheet1": [head, *rows]})
    near(told(net)["strength"], [1, 0.8, 0.6, 0.4, 0.2, 1, 0.8])
    assert len(net.table("responses")) == 1
    (path / "book.xlsx").unlink()
    counts = [[*pair, number] for pair, number in zip(pairs, said, strict=True)]
    net = read_book(path, {"Sheet1": [["From", "To", "Number of referrals"], *counts]})
    assert len(told(net)) == 8 and told(net)["strength"].max() == 1.0  # 9 referrals are many


@case("nine-on-a-ladder", "A ladder of five levels, and 9 among its numbers")
def _ladder(path: Path) -> None:
    net = read(path, organizations=LISTED,
               vocabulary=["what,name,levels,numbers",
                           "ladder,contact scale,never met; yearly; monthly; weekly; daily,"
                           "strongest first"],
               ties=["source,target,relation,strength,ladder",
                     f"{ALDER},{BIRCH},collaboration,1.0,contact scale",
                     f"{ALDER},{CEDAR},collaboration,9,contact scale",
                     f"{BIRCH},{CEDAR},collaboration,Weekly,contact scale"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]
    near(told(net)["strength"], [1.0, 0.8])


@case("scale-in-the-title", "A rank whose numbers the title explains, 1 the closest, 9 not known")
def _title(path: Path) -> None:
    title = "Ranked ties (1 = closest partner, 5 = most distant; 9 = don't know)"
    net = read_book(path, {"S": [[title], ["From", "To", "Rank"], [ALDER, BIRCH, 1],
                                 [ALDER, CEDAR, 4], [BIRCH, CEDAR, 9]]})  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)]
    near(told(net)["strength"], [1.0, 0.4])


@case("levels-by-number", "Relationship (0=none, 1=Networking ... 5=Collaboration), and 99")
def _levels(path: Path) -> None:
    asked = ('"Relationship (1=Networking, 2=Cooperation, 3=Coordination, 4=Coalition, '
             '5=Collaboration; 0=none)"')  # fmt: skip
    net = read(path, "x", x=[f"Org,Partner,{asked}", f"{ALDER},{BIRCH},5", f"{ALDER},{CEDAR},1",
                             f"{BIRCH},{CEDAR},0", f"{CEDAR},{BIRCH},99"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)] and denied(net) == [(BIRCH, CEDAR)]
    near(told(net)["strength"], [1.0, 0.2])
    assert set(relations(net)) == {"collaboration"} and not errors(net)


@case("meetings-in-a-year", "Meetings in 2025: 12, 0.0, 3; and Contacts per month: 0 times, zero")
def _meetings(path: Path) -> None:
    net = read(path, "x", x=["Organization A,Organization B,Meetings in 2025",
                             f"{ALDER},{BIRCH},12", f"{ALDER},{CEDAR},0.0",
                             f"{BIRCH},{CEDAR},3"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)] and denied(net) == [(ALDER, CEDAR)]
    net = read(path, "x", x=["From,To,Contacts per month", f"{ALDER},{BIRCH},0 times",
                             f"{ALDER},{CEDAR},4 times", f"{BIRCH},{CEDAR},zero"])  # fmt: skip
    assert ends(net) == [(ALDER, CEDAR)] and len(denied(net)) == 2


@case("levels-with-a-degree", "Communication only, Full collaboration, Coordination")
def _degrees(path: Path) -> None:
    net = read(path, "x", x=["Organization A,Organization B,Type of relationship",
                             f"{ALDER},{BIRCH},Communication only",
                             f"{ALDER},{CEDAR},Full collaboration",
                             f"{BIRCH},{CEDAR},Coordination"])  # fmt: skip
    assert set(relations(net)) == {"collaboration"} and not errors(net)
    assert told(net)["strength"].tolist()[::2] == [0.25, 0.75]


@case("matrix-of-acronyms", "A matrix of acronyms, with the names before them")
def _acronyms(path: Path) -> None:
    rows = [["Organization", "Acronym", "AH", "BC", "CFB"], [ALDER, "AH", "", 1, ""],
            [BIRCH, "BC", 1, "", 1], [CEDAR, "CFB", "", 1, ""]]  # fmt: skip
    net = read_book(path, {"Matrix": rows})
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]
    assert 'Not read is "Acronym"' in words(net)


@case("titles-above-no-header", "Two columns of names without headers, below a title")
def _headless(path: Path) -> None:
    rows = [["Who works with whom"], [ALDER, BIRCH], [BIRCH, CEDAR], [ALDER, CEDAR]]
    net = read_book(path, {"Sheet1": rows})
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR), (ALDER, CEDAR)] and net.n == 3


@case("ends-by-still-more-names", "Who, Works with; Referral from, Referral to; Von, Nach")
def _more_names(path: Path) -> None:
    net = read(path, "x", x=["Who,Works with,How often", f"{ALDER},{BIRCH},weekly",
                             f"{BIRCH},TBD,monthly",
                             f"{BIRCH},{CEDAR},n/a \u2013 see notes"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH)] and len(net.table("responses")) == 1
    net = read(path, "x", x=["Referral from,Referral to,Date,Count", f"{ALDER},{BIRCH},1/5/2026,4",
                             f"{BIRCH},{CEDAR},2/7/2026,2"])  # fmt: skip
    assert relations(net) == ["referral"] * 2 and near(told(net)["strength"], [1, 0.5]) is None
    net = read(path, "x", x=["Von;Nach;St\u00e4rke", f"{ALDER};{BIRCH};0,75",
                             f"{ALDER};{CEDAR};0,0"])  # fmt: skip
    assert denied(net) == [(ALDER, CEDAR)] and near(told(net)["strength"], [0.75]) is None


# -- surveys ---------------------------------------------------------------------------------------


@case("qualtrics-with-others", "A grid of Qualtrics with Other - Text, and a Survey Preview")
def _others(path: Path) -> None:
    asked = "How often do you work with... - "
    heads = ["StartDate", "Status", "Finished", "ResponseId", "Q1", "Q5_1", "Q5_2", "Q5_3",
             "Q5_3_TEXT"]  # fmt: skip
    other = f"{asked}Other (please specify)"
    said = ["Start Date", "Response Type", "Finished", "Response ID",
            "What organization do you represent?", asked + ALDER, asked + BIRCH, other,
            f"{other} - Text"]  # fmt: skip
    ids = [json.dumps({"ImportId": head}) for head in heads]
    rows = [["2026-01-05", "IP Address", "True", "R_1", ALDER, "", "Weekly", "Monthly", CEDAR],
            ["2026-01-06", "Survey Preview", "True", "R_2", BIRCH, "Daily", "", "Never", ""],
            ["2026-01-07", "IP Address", "False", "R_3", BIRCH, "Monthly", "", "", ""]]  # fmt: skip
    pd.DataFrame([said, ids, *rows], columns=heads).to_csv(path / "x.csv", index=False)
    net = pn.read_network(path / "x.csv")
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR), (BIRCH, ALDER)] and net.n == 3
    near(told(net)["strength"], [0.8, 0.6, 0.6])
    assert '"Survey Preview"' in words(net) and "not understood as a status" not in words(net)


@case("qualtrics-ticked", "Qualtrics in Excel: choices by commas without blanks, and Other - Text")
def _ticked(path: Path) -> None:
    asked = "Which of these organizations do you work with? (select all)"
    rows = [["ResponseId", "Q2", "Q3", "Q3_9_TEXT"],
            ["Response ID", "Which organization are you answering for?",
             f"{asked} - Selected Choice", f"{asked} - Other - Text"],
            ["R_1", ALDER, f"{BIRCH},{CEDAR}", ""],
            ["R_2", BIRCH, f"{ALDER},Other", "Elm Pantry"]]  # fmt: skip
    net = read_book(path, {"Sheet0": rows})
    assert sorted(ends(net)) == [(ALDER, BIRCH), (ALDER, CEDAR), (BIRCH, ALDER),
                                 (BIRCH, "Elm Pantry")]  # fmt: skip


# -- words for nothing, and several values ---------------------------------------------------------


@case("nothing-with-a-remark", "n/a - see notes, tbd 2026, -- none --, see website")
def _nothing(path: Path) -> None:
    net = read(path, organizations=["name,kind,county,state", f"{ALDER},hospital,tbd,NE",
                                    f"{BIRCH},clinic,-,NE", f"{CEDAR},food,Cedar,NE"],
               memberships=["Organization,Coalition", f"{ALDER},n/a \u2013 see notes",
                            f"{BIRCH},(none)", f"{CEDAR},tbd 2026"],
               services=["Organization,Service", f"{ALDER},emergency care", f"{BIRCH},-- none --",
                         f"{CEDAR},see website"],
               funding=["Funder,Recipient,Program,Amount",
                        f"unknown at this time,{BIRCH},TBD \u2013 2027,",
                        f"HRSA,{CEDAR},Flex,to be determined"])  # fmt: skip
    assert groups(net) == [] and offers(net) == [(ALDER, "emergency care")] and not errors(net)
    assert net.table("funding")["program"].tolist() == ["Flex"]


@case("nobody-with-a-remark", "Partners: none yet, N/A - new program, we do not have partners")
def _nobody(path: Path) -> None:
    net = read(path, "x", x=["Organization,Partner 1,Partner 2,Partner 3",
                             f"{ALDER},{BIRCH},none yet,",
                             f"{BIRCH},N/A \u2013 new program,{CEDAR},TBD",
                             f"{CEDAR},we do not have partners,?,not known yet"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)] and net.n == 3
    net = read(path, organizations=["name,kind", f"{ALDER},hospital", "TBD \u2013 new,clinic",
                                    "Unknown at this time,clinic", f"{BIRCH},clinic"],
               ties=["From,To", f"{ALDER},Unknown at this time", f"{ALDER},{BIRCH}"])  # fmt: skip
    assert net.names.tolist() == NAMES[:2] and ends(net) == [(ALDER, BIRCH)]


@case("slashes-beside", "Services by line breaks, coalitions by slashes, partners with and")
def _slashes(path: Path) -> None:
    head = ["Name", "Type", "Services", "Coalitions", "Partners"]
    net = read_book(path, {"Organizations": [
        head, [ALDER, "Hospital", "Emergency care\nTransport\nBehavioral health",
               "Wellness Table / Trauma Region", f"{BIRCH} and {CEDAR}"],
        [BIRCH, "Clinic", "Primary care / Behavioral health", "Trauma Region", ""],
        [CEDAR, "Food bank", "Food", "n/a \u2013 see notes", "-"]]})  # fmt: skip
    assert len(offers(net)) == 6 and ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)]
    assert groups(net) == [(ALDER, "Trauma Region"), (ALDER, "Wellness Table"),
                           (BIRCH, "Trauma Region")]  # fmt: skip


@case("counted-within-a-cell", "1) Emergency care 2) Transport; a. Food; b. Meals")
def _counted(path: Path) -> None:
    net = read(path, organizations=LISTED,
               services=["Agency,Services offered", f'{ALDER},"1) Emergency care 2) Transport"',
                         f'{BIRCH},"a. Primary care; b. Transport"'])  # fmt: skip
    assert offers(net) == [(ALDER, "Emergency care"), (ALDER, "Transport"),
                           (BIRCH, "Primary care"), (BIRCH, "Transport")]  # fmt: skip


@case("names-within-names", "Alder Hospital, Inc., Cedar Food Bank; Smith & Jones Clinic and Birch")
def _within(path: Path) -> None:
    listed = ["name,kind", '"Alder Hospital, Inc.",hospital', "Smith & Jones Clinic,clinic",
              f"{BIRCH},clinic", f"{CEDAR},food"]  # fmt: skip
    net = read(path, organizations=listed,
               ties=["From,To", f'{BIRCH},"Alder Hospital, Inc., {CEDAR}"',
                     f"{CEDAR},Smith & Jones Clinic and {BIRCH}",
                     f'"Alder Hospital, Inc.",{BIRCH} + {CEDAR}'])  # fmt: skip
    inc, smith = "Alder Hospital, Inc.", "Smith & Jones Clinic"
    assert ends(net) == [(BIRCH, inc), (BIRCH, CEDAR), (CEDAR, smith), (CEDAR, BIRCH),
                         (inc, BIRCH), (inc, CEDAR)]  # fmt: skip


@case("inventory-alone", "An inventory with Y, x, TRUE, a check mark, N/A and tbd, and no list")
def _inventory(path: Path) -> None:
    net = read_book(path, {"Inventory": [
        ["Agency", "Transport", "Food", "Behavioral health", "Voting member"],
        [ALDER, "Y", "N", "x", "Y"], [BIRCH, "\u2713", "", True, "tbd"],
        [CEDAR, "0", 1, "FALSE", "N"]]})  # fmt: skip
    assert offers(net) == [(ALDER, "Transport"), (ALDER, "Behavioral health"),
                           (BIRCH, "Transport"), (BIRCH, "Behavioral health"),
                           (CEDAR, "Food")]  # fmt: skip
    assert 'Kept as text are "Voting member"' in words(net)


# -- days and money --------------------------------------------------------------------------------


@case("days-taken-for-months", "Days first as text, beside days that Excel made of 03/04/2024")
def _turned(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["From", "To", "Since"], [ALDER, BIRCH, "25/03/2024"],
                [BIRCH, CEDAR, "17/11/2024"], [ALDER, CEDAR, datetime(2024, 4, 3)]):  # fmt: skip
        book.active.append(row)
    book.save(path / "book.xlsx")
    net = pn.read_network(path / "book.xlsx")
    assert days(told(net)["since"]) == ["2024-03-25", "2024-11-17", "2024-04-03"]
    assert "Compare 2024-04-03" in words(net) and "taken days for months" in words(net)


@case("days-in-other-words", "14 de marzo de 2026, 14 mars 2026, 3/14/2026 (est.)")
def _other_days(path: Path) -> None:
    said = ["14 de marzo de 2026", "14 mars 2026", "3/14/2026 (est.)", "20260314T093000Z"]
    net = read(path, organizations=LISTED,
               contacts=["Agency,Last contact,How",
                         *(f"{name},{text},call" for name in NAMES for text in said)])  # fmt: skip
    assert set(days(net.table("contacts")["date"])) == {"2026-03-14"} and not errors(net)


@case("numbers-of-an-older-mac", "A day as a number in a workbook that counts from 1904")
def _older(path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in (["From", "To", "Since", "Until"], [ALDER, BIRCH, datetime(2021, 7, 1), "=C2+365"],
                [BIRCH, CEDAR, 44634, None]):  # fmt: skip
        book.active.append(row)
    book.save(path / "book.xlsx")
    net = pn.read_network(path / "book.xlsx")
    assert days(told(net)["since"]) == ["2021-07-01", "2026-03-15"]
    assert "counts from 1904" in words(net) and "result is not stored" in words(net)


@case("merged-amounts", "An amount in a cell that is merged over two grantees, or over two years")
def _merged(path: Path) -> None:
    head = ["Funder", "Recipient", "Program", "Amount"]
    net = merged(path, [head, ["HRSA", ALDER, "Flex", 100_000], [None, BIRCH, None, None],
                        ["CDC", CEDAR, "PH", 5_000]],
                 ["A2:A3", "C2:C3", "D2:D3"], "Funding")  # fmt: skip
    rows = net.table("funding")
    assert len(rows) == 3 and rows["amount"].dropna().tolist() == [5_000]
    assert "1 amount in merged cells for several organizations (100000)" in words(net)
    net = merged(path, [head, ["HRSA", ALDER, "Flex", 100_000], [None, ALDER, "SHIP", None]],
                 ["A2:A3", "D2:D3"], "Funding")  # fmt: skip
    assert net.table("funding")["amount"].dropna().tolist() == [100_000]


@case("thousands-by-the-title", "Grants 2025 (in thousands of dollars) above plain amounts")
def _thousands(path: Path) -> None:
    net = read_book(path, {"Organizations": ORGANIZATIONS, "Grants": [
        ["Grants 2025 (in thousands of dollars)"], ["Funder", "Grantee", "Program", "Amount"],
        ["HRSA", ALDER, "Flex", 125.5], ["CDC", BIRCH, "PH", 40]]})  # fmt: skip
    assert net.table("funding")["amount"].tolist() == [125_500, 40_000]
    assert '"in thousands of dollars" above the header' in words(net)


@case("slip-of-a-comma", "$1,2345 among $12,500 and 3,000: a slip, and no comma for decimals")
def _slip(path: Path) -> None:
    net = read(path, organizations=LISTED,
               funding=["Funder,Recipient,Program,Amount", f'HRSA,{ALDER},Flex,"$1,2345"',
                        f'HRSA,{BIRCH},Flex,"$12,500"', f'HRSA,{CEDAR},Flex,"3,000"'])  # fmt: skip
    amounts = net.table("funding")["amount"]
    assert amounts.dropna().tolist() == [12_500, 3_000] and len(errors(net)) == 1


@case("grants-in-french", "Bailleur, Bénéficiaire, Programme, Montant in the letters of Windows")
def _french(path: Path) -> None:
    text = ("Bailleur;B\u00e9n\u00e9ficiaire;Programme;Montant\n"
            f"Fondation Sant\u00e9;{ALDER};Soins;1 250,50\nFondation Sant\u00e9;{BIRCH};Soins;"
            "13 819,46\nTotal;;;15 069,96\n")  # fmt: skip
    net = read(path, organizations=[line.replace(",", ";") for line in LISTED],
               funding=text.encode("cp1252"))  # fmt: skip
    rows = net.table("funding")
    near(rows["amount"], [1250.5, 13819.46])
    assert set(rows["funder"]) == {"Fondation Sant\u00e9"} and not errors(net)


# -- places and names ------------------------------------------------------------------------------


@case("positions-with-marks", "42\u00b0 36' 15\" N, 97.26W, N42 36.25, and no sign")
def _positions(path: Path) -> None:
    net = read(path, organizations=[
        "name,kind,state,lat,long", f"{ALDER},hospital,NE,42.62N,97.26W",
        f"{BIRCH},clinic,NE,N42 36.25,W97 49.5",
        f'{CEDAR},food,NE,"42\u00b0 36\' 15"" N","97\u00b0 49\' 30"" W"',
        "Elm Clinic,clinic,NE,42.62,97.26"])  # fmt: skip
    listed = net.organizations.set_index("name").loc[[*NAMES, "Elm Clinic"]]
    near(listed["latitude"], [42.62, 42.604167, 42.604167, 42.62])
    near(listed["longitude"], [-97.26, -97.825, -97.825, -97.26])


@case("positions-swapped", "Latitude and longitude in the column of each other, and in one cell")
def _swapped(path: Path) -> None:
    net = read_book(path, {"Organizations": [
        ["Name", "Type", "State", "Lat", "Lon"], [ALDER, "Hospital", "NE", -97.26, 42.62],
        [BIRCH, "Clinic", "NE", 97.8, 42.6], [CEDAR, "Food bank", "NC", -81.2, 35.2]]})  # fmt: skip
    near(net.organizations["latitude"], [42.62, 42.6, 35.2])
    near(net.organizations["longitude"], [-97.26, -97.8, -81.2])
    assert "read the other way round" in words(net) and not errors(net)
    net = read(path, organizations=["name,kind,state,location",
                                    f'{ALDER},hospital,NE,"42.62\u00b0 N, 97.26\u00b0 W"',
                                    f'{BIRCH},clinic,NE,"42.6, -97.8"'])  # fmt: skip
    near(net.organizations["longitude"], [-97.26, -97.8])


@case("counties-without-a-comma", "Cedar NE, Cedar County Nebraska, Nebraska: Knox County")
def _counties(path: Path) -> None:
    net = read(path, organizations=["name,kind,county", f"{ALDER},hospital,Cedar NE",
                                    f"{BIRCH},clinic,Cedar County Nebraska",
                                    f"{CEDAR},food,Nebraska: Knox County"])  # fmt: skip
    listed = net.organizations
    assert listed["county_fips"].tolist() == ["31027", "31027", "31107"] and not errors(net)
    assert listed["state"].tolist() == ["NE"] * 3


@case("codes-shown-as-amounts", "31,027 for a county; a ZIP code whose State the county tells")
def _commas(path: Path) -> None:
    net = read(path, organizations=["name,kind,state,GEOID", f'{ALDER},hospital,NE,"31,027"',
                                    f'{BIRCH},clinic,AL,"1,001"'])  # fmt: skip
    assert net.organizations["county_fips"].tolist() == ["31027", "01001"] and not errors(net)
    frame = pd.DataFrame({"name": NAMES, "kind": ["hospital", "clinic", "food"],
                          "county": ["Hampden County, MA", "Cumberland, ME", None],
                          "zip": [1103, 4101.0, 68739]})  # fmt: skip
    net = pn.read_network({"organizations": frame})
    assert net.organizations["zip"].tolist() == ["01103", "04101", "68739"]


@case("namesakes-by-place", "Memorial Hospital (Cedar County), Good Samaritan, Kearney")
def _namesakes(path: Path) -> None:
    listed = ["name,kind,state,county", "Memorial Hospital,hospital,NE,Cedar",
              "Memorial Hospital,hospital,NE,Knox", f"{BIRCH},clinic,NE,Knox"]  # fmt: skip
    net = read(path, organizations=listed,
               ties=["From,To", f"Memorial Hospital (Cedar County),{BIRCH}",
                     f'"Memorial Hospital, Knox",{BIRCH}',
                     f"Memorial Hospital,{BIRCH}"])  # fmt: skip
    homes = net.organizations.loc[told(net)["source"], "county_fips"]
    assert homes.tolist() == ["31027", "31107"] and len(errors(net)) == 1
    listed = ["name,kind,state,city", "Good Samaritan,hospital,NE,Kearney",
              "Good Samaritan,hospital,SD,Huron", f"{BIRCH},clinic,NE,Kearney"]  # fmt: skip
    net = read(path, organizations=listed,
               ties=["From,To", f"Good Samaritan (SD),{BIRCH}",
                     f'"Good Samaritan, Kearney",{BIRCH}'])  # fmt: skip
    assert net.organizations.loc[told(net)["source"], "state"].tolist() == ["SD", "NE"]


@case(
    "names-in-wrong-letters", "PeÃ±a and St. Maryâ€™s in the ties, Peña and St. Mary's in the list"
)
def _letters(path: Path) -> None:
    net = read(path, organizations=["name,kind", "Centro de Salud Pe\u00f1a,clinic",
                                    "St. Mary\u2019s Hospital,hospital"],
               ties=["From,To", "Centro de Salud Pe\u00c3\u00b1a,"
                                "St. Mary\u00e2\u20ac\u2122s Hospital"])  # fmt: skip
    assert len(told(net)) == 1 and not errors(net)


@case("pages-of-a-list", "Page 1 of 2 and the headers once more, within a list")
def _pages(path: Path) -> None:
    head = ["From", "To", "Relation"]
    net = read_book(path, {"Sheet1": [["Partner ties"], head, [ALDER, BIRCH, "Referral"],
                                      ["Page 1 of 2"], head, [BIRCH, CEDAR, "MOU"],
                                      ["Page 2 of 2"]]})  # fmt: skip
    assert relations(net) == ["referral", "agreement"] and net.n == 3 and not errors(net)


# -- persons, and what other programs write --------------------------------------------------------


@case("persons-who-represent", "Name, Representing, Email; a sign-in sheet; a backup contact")
def _represent(path: Path) -> None:
    net = read_book(path, {"Roster": [["Coalition roster 2026"], ["Name", "Representing", "Email"],
                                      ["Pat Sample, RN", ALDER, "p@a.org"],
                                      ["Lee Fox", BIRCH, "l@b.org"]]})  # fmt: skip
    assert net.names.tolist() == NAMES[:2]
    (path / "book.xlsx").unlink()
    net = read(path, "x", x=["Printed name,Credentials,Representing,Signature",
                             f"Pat Sample,RN,{ALDER},", f"Lee Fox,,{BIRCH},x"])  # fmt: skip
    assert net.names.tolist() == NAMES[:2] and len(net.table("people")) == 2
    net = read(path, "x", x=["Agency,Executive Director,Director Email,Backup Contact,County,State",
                             f"{ALDER},Pat Sample,p@a.org,Kim Doe,Cedar,NE",
                             f"{BIRCH},Lee Fox,l@b.org,,Knox,NE"])  # fmt: skip
    listed = str(net.organizations.to_dict())
    assert not any(text in listed for text in ("Pat Sample", "Kim Doe", "p@a.org"))
    assert len(net.table("people")) == 3


@case("hospitals-by-type", "Facility Name, City/Town, Hospital Type read as a table of one's own")
def _hospitals(path: Path) -> None:
    net = read(path, "x", x=["Facility ID,Facility Name,City/Town,State,County/Parish,"
                             "Hospital Type",
                             "010005,CEDAR MEDICAL,BOAZ,AL,MARSHALL,Acute Care Hospitals",
                             "281301,ALDER HOSPITAL,HARTINGTON,NE,CEDAR,"
                             "Critical Access Hospitals"])  # fmt: skip
    listed = net.organizations.set_index("name")
    assert listed.loc["CEDAR MEDICAL", ["kind", "ccn"]].tolist() == ["hospital", "010005"]
    assert listed.loc["ALDER HOSPITAL", "kind"] == "critical_access_hospital"


@case(
    "hsds-page-of-an-api", "A page of an HSDS API: an organization without services, a nested term"
)
def _page(path: Path) -> None:
    place = {"id": "l1", "latitude": 42.6226, "longitude": -97.2645,
             "addresses": [{"state_province": "NE", "postal_code": "68739"}]}  # fmt: skip
    pantry = {"id": "s1", "name": "Pantry", "status": "active",
              "service_at_locations": [{"id": "q", "location": place}],
              "attributes": [{"taxonomy_term": {"name": "Food"}}]}  # fmt: skip
    rows = [{"id": "o1", "name": "Alder Pantry", "services": [pantry]},
            {"id": "o2", "name": "Birch Rides", "services": []}]  # fmt: skip
    page = {"total_items": 2, "contents": rows}
    (path / "organizations.json").write_text(json.dumps(page), encoding="utf-8")
    net = pn.read_network(path / "organizations.json")
    assert net.names.tolist() == ["Alder Pantry", "Birch Rides"]
    assert offers(net) == [("Alder Pantry", "Food")]


@case("graph-of-words-and-places", "A networkx graph: Communication only, Cedar County NE, swapped")
def _graph(path: Path) -> None:
    graph = nx.Graph()
    graph.add_node(ALDER, kind="CAH", county="Cedar County NE", latitude=-97.26, longitude=42.6)
    graph.add_node(BIRCH, kind="N/A \u2013 new")
    graph.add_edge(ALDER, BIRCH, relation="Communication only")
    net = pn.Network.from_networkx(graph)
    assert net.organizations["county_fips"].tolist() == ["31027", ""]
    assert net.organizations["longitude"].tolist()[0] == -97.26
    assert relations(net) == ["collaboration"] and told(net)["strength"].tolist() == [0.25]


@case("key-on-a-sheet", "Q4_Alder Hospital with 1 to 4 and 99, and a sheet Code, Meaning")
def _key(path: Path) -> None:
    data = [["Organization", *(f"Q4_{name}" for name in NAMES)], [ALDER, "", 4, 1],
            [BIRCH, 3, "", 99]]  # fmt: skip
    key = [["Code", "Meaning"], [1, "Never"], [2, "Yearly"], [3, "Monthly"], [4, "Weekly"],
           [99, "Don't know"]]  # fmt: skip
    net = read_book(path, {"Data": data, "Key": key})
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, ALDER)] and denied(net) == [(ALDER, CEDAR)]
    near(told(net)["strength"], [0.8, 0.6])


@case("years-with-a-total", "Funding by year ($): Grantee, Funder, 2023, 2024, Total")
def _years(path: Path) -> None:
    net = read_book(path, {"Organizations": ORGANIZATIONS, "Funding": [
        ["Funding by year ($)"], ["Grantee", "Funder", "2023", "2024", "Total"],
        [ALDER, "HRSA", 1000, 2000, 3000], [BIRCH, "CDC", "-", 500, 500],
        ["Total", "", 1000, 2500, 3500]]})  # fmt: skip
    rows = net.table("funding")
    assert rows["amount"].tolist() == [1000, 2000, 500]
    assert rows["fiscal_year"].tolist() == [2023, 2024, 2024]


@case("dollars-between-semicolons", "$12,500 and $1,299 in a file of semicolons: no decimals")
def _semicolons(path: Path) -> None:
    net = read(path, organizations=[line.replace(",", ";") for line in LISTED],
               funding=["Funder;Recipient;Program;Amount", f"HRSA;{ALDER};Flex;$12,500",
                        f"HRSA;{BIRCH};Flex;$1,299", f"HRSA;{CEDAR};Flex;$900"])  # fmt: skip
    assert net.table("funding")["amount"].tolist() == [12_500, 1_299, 900]
    assert "No dollars have three decimals" in words(net)


@case("others-among-relations", "Referrals, Other: shared van; and x (alternate) under a coalition")
def _other_relations(path: Path) -> None:
    net = read(path, organizations=LISTED,
               ties=["From,To,Type of relationship",
                     f'{ALDER},{BIRCH},"Referrals, Other: shared van"',
                     f'{BIRCH},{CEDAR},"Data sharing and MOU"'],
               memberships=["Organization,Opioid Coalition,Trauma Region", f"{ALDER},X,",
                            f"{BIRCH},x (alternate),X", f"{CEDAR},x (former),N/A"])  # fmt: skip
    assert relations(net) == ["referral", "data_sharing", "agreement"] and len(errors(net)) == 1
    assert groups(net) == [(ALDER, "Opioid Coalition"), (BIRCH, "Opioid Coalition"),
                           (BIRCH, "Trauma Region")]  # fmt: skip


@case("partner-or-not", "Partner? (Y/N) with N and DK, and Strength 1-5")
def _partner(path: Path) -> None:
    net = read(path, "x", x=["From,To,Partner? (Y/N),Strength 1-5", f"{ALDER},{BIRCH},Y,4",
                             f"{ALDER},{CEDAR},N,", f"{BIRCH},{CEDAR},DK,"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH)] and denied(net) == [(ALDER, CEDAR)]
    near(told(net)["strength"], [0.8])
    assert len(net.table("responses")) == 1


@case("answers-with-remarks", "Weekly (more in winter), unknown - ask Pat, Weekly (planned)")
def _remarks(path: Path) -> None:
    net = read(path, "x", x=["From,To,Frequency", f"{ALDER},{BIRCH},Weekly (more in winter)",
                             f"{ALDER},{CEDAR},unknown \u2013 ask Pat",
                             f"{BIRCH},{CEDAR},Weekly (planned)"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)] and len(errors(net)) == 1
    near(told(net)["strength"], [0.8, 0.2])


@case("strengths-by-commas", "Birch Clinic, Cedar Food Bank, and 3, 1 beside them")
def _by_commas(path: Path) -> None:
    net = read(path, organizations=LISTED,
               ties=["From,To,Relation,Strength",
                     f'{ALDER},"{BIRCH}, {CEDAR}",Referral,"3, 1"'])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)]
    near(told(net)["strength"], [1, 1 / 3])


@case("offered-is-not-known", "Available? with Y, N/A and No - ended 2023; positions of 0 and 0")
def _available(path: Path) -> None:
    net = read(path, organizations=["name,kind,state,latitude,longitude",
                                    f"{ALDER},hospital,NE,0,0", f"{BIRCH},clinic,NE,42.6,-97.2",
                                    f"{CEDAR},food,NE,,"],
               services=["Organization,Service,Available?", f"{ALDER},Transport,Y",
                         f"{BIRCH},Transport,N/A", f"{CEDAR},Meals,x",
                         f"{CEDAR},Rides,No \u2013 ended 2023"])  # fmt: skip
    assert offers(net) == [(ALDER, "Transport"), (CEDAR, "Meals")]
    assert '"N/A" in 1 row' in words(net) and "so is what is not known" in words(net)
    assert net.organizations["latitude"].dropna().tolist() == [42.6]
    assert "latitude 0 and longitude 0 in 1 row" in words(net)


@case("positions-in-a-built-folder", "A directory of HSDS with marks and swapped positions, built")
def _built(path: Path) -> None:
    folder = path / "directory"
    folder.mkdir()
    for name, text in (
        ("organizations", "id,name\no1,Alder Pantry\no2,Birch Rides\n"),
        ("services", "id,organization_id,name,status\ns1,o1,Pantry,active\ns2,o2,Rides,active\n"),
        ("locations", "id,organization_id,name,latitude,longitude\n"
                      "l1,o1,Main,-97.2645,42.6226\nl2,o2,Other,42.62N,97.26W\n"),
    ):  # fmt: skip
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    net = pn.build_network(path / "built", [str(folder)], nation=True)
    near(net.organizations["longitude"], [-97.2645, -97.26])
    written = pd.read_csv(path / "built" / "organizations.csv")
    near(written["longitude"], [-97.2645, -97.26])


@case("zeros-of-questions", "Edges with two questions of 0 and 1: both 0 is no tie")
def _zeros(path: Path) -> None:
    net = read(path, "x", x=["Source,Target,Who do you work with?,Who do you trust?",
                             f"{ALDER},{BIRCH},1,0", f"{ALDER},{CEDAR},0,1",
                             f"{BIRCH},{CEDAR},0,0", f"{BIRCH},Elm School,0,0"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)] and len(net.ids) == 4
    assert 'found 0 under "Who do you work with?" and "Who do you trust?" in 2 rows' in words(net)
    net = read(
        path,
        "x",
        x=[
            "Source,Target,Relation,Clients,Joint staff",
            f"{ALDER},{BIRCH},MOU,0,0",
            f"{ALDER},{CEDAR},referral,4,0",
        ],
    )
    assert len(ends(net)) == 2  # a relation is on file, whatever else is 0


@case("questions-in-rows", "One row an answer: respondent_org, partner_org, question, answer")
def _questions_in_rows(path: Path) -> None:
    net = read(
        path,
        "x",
        x=[
            "respondent_org,partner_org,question,answer",
            f"{ALDER},{BIRCH},frequency,Weekly",
            f"{ALDER},{BIRCH},trust,4",
            f"{ALDER},{CEDAR},frequency,Never",
            f"{ALDER},{CEDAR},trust,NA",
            f"{BIRCH},{ALDER},trust,3",
            f"{BIRCH},{ALDER},frequency,Monthly",
        ],
    )
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, ALDER)] and len(net.ids) == 3
    near(told(net)["strength"], [0.8, 0.6])
    assert "2 questions under" in words(net) and "3 pairs" in words(net)
    (path / "x.csv").unlink()
    net = read(path, "x", x=["Respondent,Partner,Question,Answer",
                             f"{ALDER},{BIRCH},How often do you meet?,Weekly",
                             f"{ALDER},{BIRCH},How often do you meet?,Monthly",
                             f"{ALDER},{CEDAR},How much do you trust them?,4"])  # fmt: skip
    assert "questions under" not in words(net)  # asked twice: nobody knows what holds


@case("partner-org", "Partner Org, Type of Org, and services beside them")
def _partner_org(path: Path) -> None:
    net = read(path, "x", x=["Partner Org,Type of Org,County,State,Services provided",
                             f"{ALDER},Hospital,Cedar,NE,Emergency care; lab",
                             f"{BIRCH},RHC,Cedar,NE,primary care"])  # fmt: skip
    assert net.organizations["kind"].tolist() == ["hospital", "rural_health_clinic"]
    assert set(net.organizations["county_fips"]) == {"31027"} and len(net.table("services")) == 3


@case("verbal-agreements", "Verbal agreement and handshake under Relationship Type")
def _verbal(path: Path) -> None:
    net = read(
        path,
        "x",
        x=[
            "Agency A,Agency B,Relationship Type",
            f"{ALDER},{BIRCH},MOA",
            f"{BIRCH},{CEDAR},Verbal agreement",
            f"{ALDER},{CEDAR},Handshake",
        ],
    )
    assert relations(net) == ["agreement", "collaboration", "collaboration"] and not errors(net)


@case("years-of-ties", "A column of 0 and 1 for each year beside the two ends")
def _years_of_ties(path: Path) -> None:
    net = read(path, "x", x=["node1,node2,2023,2024,2025", f"{ALDER},{BIRCH},1,1,1",
                             f"{ALDER},{CEDAR},0,0,1", f"{BIRCH},{CEDAR},1,0,0",
                             f"{BIRCH},Elm School,0,0,0"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR), (BIRCH, CEDAR)] and len(net.ids) == 4
    assert days(told(net)["since"].dropna()) == ["2025-01-01"]
    assert days(told(net)["until"].dropna()) == ["2023-12-31"]
    assert len(net.at("2025-06-30").ties) == 2


@case("asked-to-whom", "A grid of Google Forms: Which of these do you refer clients to? [Birch]")
def _asked_to_whom(path: Path) -> None:
    asked = "Which of these organizations do you refer clients to?"
    net = read(path, "x", x=[f"Timestamp,What organization do you represent?,{asked} [{ALDER}],"
                             f"{asked} [{BIRCH}],{asked} [{CEDAR}]",
                             f"5/1/2026 9:03,{ALDER},,Often,Rarely",
                             f"5/1/2026 9:09,{BIRCH},Sometimes,,Never",
                             f"5/2/2026 9:09,{CEDAR},Don't know,Often,"])  # fmt: skip
    assert set(relations(net)) == {"referral"} and len(told(net)) == 4


@case("fiscal-agents", "Grants by their fiscal agent; Committee(s) with a comma")
def _fiscal_agents(path: Path) -> None:
    net = read_book(
        path,
        {
            "Members": [
                ["Organization", "Type", "County", "State", "Committee(s)"],
                [ALDER, "Hospital", "Cedar", "NE", "Steering, Data"],
                [BIRCH, "Clinic", "Cedar", "NE", "Data"],
            ],
            "Grants": [
                ["Grant", "Fiscal agent", "Award", "Start", "End"],
                ["RHND", ALDER, "$300,000", "7/1/2023", "6/30/2026"],
            ],
        },
    )
    assert net.table("funding")["amount"].tolist() == [300_000.0]
    assert groups(net) == [(ALDER, "Data"), (ALDER, "Steering"), (BIRCH, "Data")]
