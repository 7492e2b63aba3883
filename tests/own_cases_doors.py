"""Further cases of our own, through every door: tables, forms, graphs of other programs."""

from __future__ import annotations

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
    errors,
    near,
    read,
    read_book,
    told,
    words,
)


def groups(net: pn.Network) -> list[tuple[str, str]]:
    """Memberships by the names of the organizations."""
    rows, names = net.table("memberships"), net.names
    return sorted((names[a], g) for a, g in zip(rows["organization"], rows["group"], strict=True))


# -- tables ----------------------------------------------------------------------------------------


@case("a-column-a-year", "Awards with a column of dollars for each fiscal year")
def _years(path: Path) -> None:
    lines = ["Grantee,Program,FY2023,FY2024,FY2025", f'{ALDER},Flex,"$10,000","$20,000",',
             f'{BIRCH},SHIP,,"$5,000","$6,000"']  # fmt: skip
    rows = read(path, organizations=LISTED, funding=lines).table("funding")
    assert sorted(rows["amount"]) == [5000, 6000, 10_000, 20_000]
    assert sorted(rows["fiscal_year"]) == [2023, 2024, 2024, 2025]


@case("ditto-marks", "Ditto marks, and the word ditto, for the value above")
def _ditto(path: Path) -> None:
    listed = ["name,kind,county,state", f"{ALDER},hospital,Cedar,NE", f"{BIRCH},clinic,ditto,ditto",
              f'{CEDAR},food,"""","""']  # fmt: skip
    net = read(path, organizations=[*listed[:3], f'{CEDAR},food,"""",""""'])
    assert net.table("organizations")["county_fips"].tolist() == ["31027"] * 3, words(net)


@case("outline", "A list that names an organization once, and leaves it blank below")
def _outline(path: Path) -> None:
    lines = ["Organization,Partner,Relation", f"{ALDER},{BIRCH},referral", f",{CEDAR},referral",
             f"{BIRCH},{CEDAR},referral", f",{ALDER},contract"]  # fmt: skip
    net = read(path, organizations=LISTED, ties=lines)
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR), (BIRCH, CEDAR), (BIRCH, ALDER)]
    assert "2 blank cells" in words(net)
    lines = ["Organization,Partner", f"{ALDER},{BIRCH}", f",{CEDAR}", f"{BIRCH},{CEDAR}"]
    assert "row 3" in words(read(path, organizations=LISTED, ties=lines))  # it may be forgotten


@case("parents-in-brackets", "The parent of an organization in brackets behind its name")
def _parents(path: Path) -> None:
    listed = ["name,kind", f"{ALDER} (Avera),hospital", f"{BIRCH} (Avera),clinic"]
    net = read(path, organizations=listed, ties=["From,To", f"{ALDER},{BIRCH}", f"Avera,{BIRCH}"])
    assert len(net.ties) == 1 and "row 3" in words(net), words(net)


@case("stars-behind-names", "Asterisks and daggers behind names, explained below the list")
def _stars(path: Path) -> None:
    rows = [["Name", "Kind"], [f"{ALDER}*", "Hospital"], [BIRCH, "Clinic"], 
            [f"{CEDAR}\u2020", "Food"],
            [], ["* pending member"], ["\u2020 associate"]]  # fmt: skip
    net = read_book(path, {"Organizations": rows, "Ties": [["From", "To"], [ALDER, CEDAR]]})
    assert net.n == 3 and len(net.ties) == 1 and not errors(net), words(net)


@case("numbered-names", "Members numbered in their cell: 1. Alder Hospital")
def _numbered(path: Path) -> None:
    listed = ["name,kind", f"1. {ALDER},hospital", f"2. {BIRCH},clinic", f"3. {CEDAR},food"]
    net = read(path, organizations=listed, ties=["From,To", f"{ALDER},{BIRCH}"])
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH)], words(net)


@case("numbers-for-codes", "NPI, EIN, CCN, ZIP and telephone as numbers of Excel")
def _codes(path: Path) -> None:
    rows = [["Name", "Kind", "State", "NPI", "EIN", "CCN", "ZIP", "Phone"],
            [ALDER, "Hospital", "AZ", 1234567893.0, 12345678, 31301, 85001, 4025551234],
            [BIRCH, "Clinic", "MA", 1245319599, 42103580, 221300, 2138, 6175551234]]  # fmt: skip
    listed = read_book(path, {"Organizations": rows}).table("organizations")
    assert listed["npi"].tolist() == ["1234567893", "1245319599"], listed["npi"]
    assert listed["ein"].str.replace("-", "").tolist() == ["012345678", "042103580"], listed["ein"]
    assert listed["ccn"].tolist() == ["031301", "221300"] and listed["zip"].tolist()[1] == "02138"
    assert listed["Phone"].tolist() == ["4025551234", "6175551234"], listed["Phone"]


@case("digits-lost", "An NPI of which Excel kept six digits: 1.23457E+09")
def _digits(path: Path) -> None:
    net = read(path, organizations=["name,kind,npi", f"{ALDER},hospital,1.23457E+09"])
    assert net.table("organizations")["npi"].tolist() == [""]
    assert "1.23457E+09" in words(net)


@case("serials-among-days", "Days as numbers of Excel among days as text")
def _serials(path: Path) -> None:
    lines = ["From,To,Since", f"{ALDER},{BIRCH},45366", f"{BIRCH},{CEDAR},2024-03-16",
             f"{ALDER},{CEDAR},3/17/2024"]  # fmt: skip
    net = read(path, organizations=LISTED, ties=lines)
    assert days(told(net)["since"]) == ["2024-03-15", "2024-03-16", "2024-03-17"], words(net)


@case("dots-and-slashes", "Days with dots, with slashes, and with the month's name, in one column")
def _dots(path: Path) -> None:
    lines = ["From,To,Since", f"{ALDER},{BIRCH},14.03.2026", f"{BIRCH},{CEDAR},3/14/2026",
             f"{ALDER},{CEDAR},14-Mar-26"]  # fmt: skip
    net = read(path, organizations=LISTED, ties=lines)
    assert days(told(net)["since"]) == ["2026-03-14"] * 3, words(net)


@case("money-with-words", "Amounts in brackets, as ranges, per year, with a word around them")
def _money(path: Path) -> None:
    said = {"(1,200)": (-1200,), "$50,000.00 USD": (50000,), "~$50,000": (50000,), "50K": (50000,),
            "$10,000 - $20,000": (), "$25,000/yr for 3 yrs": (), "In-kind": (),
            "$75,000 (in-kind)": (75000,), "up to $50,000": (), "$1.5 million": (1_500_000,),
            "TBD": ()}  # fmt: skip
    for text, right in said.items():
        lines = ["Funder,Recipient,Amount", f'HRSA,{ALDER},"{text}"', f"HRSA,{BIRCH},100"]
        net = read(path, organizations=LISTED, funding=lines)
        found = net.table("funding")["amount"].dropna().tolist()
        odd = [x for x in found if x != 100]
        assert odd == [*right] or (not odd and (f'"{text}"' in words(net) or text == "TBD")), (
            text, found, words(net))  # fmt: skip


@case("unicode-text", "What Excel saves as Unicode text: UTF-16, tabs, decimal commas")
def _unicode(path: Path) -> None:
    text = "Quelle\tZiel\n"
    text = f"From\tTo\tStrength\nClínica Doña Ana\t{BIRCH}\t0,5\n{BIRCH}\t{CEDAR}\t1,0\n"
    (path / "ties.txt").write_bytes(text.encode("utf-16"))
    net = pn.read_network(path / "ties.txt")
    assert ends(net) == [("Clínica Doña Ana", BIRCH), (BIRCH, CEDAR)]
    near(told(net)["strength"], [0.5, 1])


@case("windows-letters", "A file in the letters of Windows beside one in UTF-8")
def _windows(path: Path) -> None:
    listed = "name,kind\nClínica Doña Ana,clinic\nO’Meara House,housing\n".encode("cp1252")
    net = read(path, organizations=listed, ties=["From,To", "Clínica Doña Ana,O'Meara House"])
    assert ends(net) == [("Clínica Doña Ana", "O’Meara House")], words(net)


@case("two-modes-in-a-matrix", "A matrix of organizations and coalitions, alone and beside")
def _affiliation(path: Path) -> None:
    lines = [",Opioid Task Force,Housing Coalition,EMS Council", f"{ALDER},1,0,1", f"{BIRCH},1,1,0",
             f"{CEDAR},0,1,0"]  # fmt: skip
    right = [(ALDER, "EMS Council"), (ALDER, "Opioid Task Force"), (BIRCH, "Housing Coalition"),
             (BIRCH, "Opioid Task Force"), (CEDAR, "Housing Coalition")]  # fmt: skip
    net = read(path, "affiliations", affiliations=lines)
    assert net.names.tolist() == NAMES and groups(net) == right and len(net.ties) == 0, words(net)


@case("sheets-of-years", "A sheet of ties for each year")
def _sheets_years(path: Path) -> None:
    one = [["From", "To"], [ALDER, BIRCH], [BIRCH, CEDAR]]
    two = [["From", "To"], [ALDER, BIRCH], [ALDER, CEDAR]]
    net = read_book(path, {"Organizations": ORGS, "2024": one, "2025": two})
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)]  # two waves are two inputs
    assert '--table ties="2024"' in words(net)
    older = pn.read_network(path / "book.xlsx", tables={"ties": "2024"})
    assert ends(older) == [(ALDER, BIRCH), (BIRCH, CEDAR)]
    money = {
        y: [["Funder", "Recipient", "Amount"], ["HRSA", ALDER, 100]] for y in ("FY2024", "FY2025")
    }
    rows = read_book(path, {"Organizations": ORGS, **money}).table("funding")
    assert sorted(rows["fiscal_year"]) == [2024, 2025] and rows["amount"].sum() == 200
    lists = {y: [["Funder", "Recipient", "Amount", "Start"], ["HRSA", ALDER, 100, "2023-07-01"]]
             for y in ("Funding 2024", "Funding 2025")}  # fmt: skip
    net = read_book(path, {"Organizations": ORGS, **lists})  # made anew each year: no sum of both
    assert net.table("funding")["amount"].tolist() == [100] and "Funding 2024" in words(net)


@case("sheets-of-relations", "A list of ties a sheet, each sheet a relation")
def _sheets_relations(path: Path) -> None:
    net = read_book(path, {"Organizations": ORGS, "Referrals": [["From", "To"], [ALDER, BIRCH]],
                           "Data sharing": [["From", "To"], [BIRCH, CEDAR]]})  # fmt: skip
    found = dict(zip(told(net)["relation"], ends(net), strict=True))
    assert found == {"referral": (ALDER, BIRCH), "data_sharing": (BIRCH, CEDAR)}, words(net)


@case("numbered-answers", "Answers with their number: 0 - Never, 1 - Rarely ... 4 - Very often")
def _likert(path: Path) -> None:
    said = ["4 - Very often", "0 - Never", "1 - Rarely", "2 - Sometimes", "3 - Often"]
    pairs = [(a, b) for a in NAMES for b in NAMES if a != b]
    rows = [f"{a},{b},{text}" for (a, b), text in zip(pairs, said, strict=False)]
    net = read(path, organizations=LISTED, ties=["From,To,How often", *rows])
    near(told(net)["strength"], [1, 0.25, 0.5, 0.75])
    assert not errors(net), words(net)


@case("words-and-numbers", "Strong (3), Moderate (2), Weak (1)")
def _words_numbers(path: Path) -> None:
    rows = [
        f"{ALDER},{BIRCH},Strong (3)",
        f"{BIRCH},{CEDAR},Moderate (2)",
        f"{ALDER},{CEDAR},Weak (1)",
    ]
    net = read(path, organizations=LISTED, ties=["From,To,Strength", *rows])
    near(told(net)["strength"], [1, 2 / 3, 1 / 3])


@case("percents", "Strengths in percent")
def _percents(path: Path) -> None:
    rows = ["From,To,Strength", f"{ALDER},{BIRCH},80%", f"{BIRCH},{CEDAR},40 %"]
    net = read(path, organizations=LISTED, ties=rows)
    near(told(net)["strength"], [0.8, 0.4])


@case("negative-weights", "A signed network: -1 for a conflict")
def _negative(path: Path) -> None:
    rows = ["From,To,Weight", f"{ALDER},{BIRCH},1", f"{BIRCH},{CEDAR},-1", f"{ALDER},{CEDAR},0.5"]
    net = read(path, organizations=LISTED, ties=rows)
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)] and "-1" in words(net), words(net)
    near(told(net)["strength"], [1, 0.5])


@case("both-ways", "Undirected ties listed from both of their ends")
def _both(path: Path) -> None:
    rows = ["Source,Target,Type,Weight", f"{ALDER},{BIRCH},Undirected,3",
            f"{BIRCH},{ALDER},Undirected,3",
            f"{BIRCH},{CEDAR},Undirected,1", f"{CEDAR},{BIRCH},Undirected,1"]  # fmt: skip
    layer = pn.build_layer(read(path, "edges", edges=rows))
    assert layer.n_ties == 2


@case("ids-without-zeros", "Ids 001, 002 in the list, and 1, 2 in the ties")
def _ids(path: Path) -> None:
    listed = [["ID", "Name", "Kind"], ["001", ALDER, "Hospital"], ["002", BIRCH, "Clinic"]]
    net = read_book(path, {"Organizations": listed, "Ties": [["From", "To"], [1, 2]]})
    assert ends(net) == [(ALDER, BIRCH)], words(net)


@case("acronyms", "Ties that name organizations by a column Acronym of the list")
def _acronyms(path: Path) -> None:
    listed = ["Name,Acronym,Kind", f"{ALDER},ALH,hospital", f"{BIRCH},BRC,clinic"]
    net = read(path, organizations=listed, ties=["From,To", "ALH,BRC"])
    assert ends(net) == [(ALDER, BIRCH)], words(net)


@case("folder-of-both", "A folder with a workbook of the organizations and a CSV file of the ties")
def _folder(path: Path) -> None:
    read_book(path, {"Organizations": ORGS})
    (path / "book.xlsx").rename(path / "organizations.xlsx")
    net = read(path, ties=["From,To", f"{ALDER},{BIRCH}"])
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH)], words(net)
    pn.write_network(net, path / "written.xlsx")  # what partnet wrote is no input beside others
    again = pn.read_network(path)
    assert len(again.ties) == 1 and "written.xlsx" in words(again)


@case("nobody-in-particular", "Partners that are nobody: TBD, various, N/A, see notes")
def _nobody(path: Path) -> None:
    said = ["TBD", "Various", "N/A", "see notes", "None at this time", "Multiple partners"]
    net = read(path, "ties", ties=["From,To", f"{ALDER},{BIRCH}", *(f"{ALDER},{t}" for t in said)])
    assert net.names.tolist() == [ALDER, BIRCH], net.names
    assert len(net.ties) == 1


@case("legend-below-ties", "A legend and a remark below the ties")
def _legend(path: Path) -> None:
    rows = [["From", "To", "Strength"], [ALDER, BIRCH, 3], [BIRCH, CEDAR, 1], [],
            ["Legend: 1 = low, 3 = high"], ["Note: as of March 2026", "", ""]]  # fmt: skip
    net = read_book(path, {"Ties": rows})
    assert net.names.tolist() == NAMES and len(net.ties) == 2 and not errors(net), words(net)


@case("counts-in-a-crosstab", "A crosstab that counts organizations by type and county")
def _crosstab(path: Path) -> None:
    rows = ["Type,Cedar County,Knox County,Total", "Hospital,2,1,3", "Clinic,4,2,6", "Total,6,3,9"]
    try:
        net = read(path, "counts", counts=rows)
    except pn.InputError as error:
        assert "counts.csv" in str(error)
    else:
        raise AssertionError((net.names, words(net)))


@case("sheets-beside", "Instructions, a data dictionary and lookups beside the tables")
def _sheets_beside(path: Path) -> None:
    net = read_book(path, {
        "READ ME": [["How to use this file"], ["Fill in every sheet."]],
        "Data dictionary": [["Column", "Description"], ["Name", "Legal name"], ["From", "Who"]],
        "Lookups": [["Kind", "Relation"], ["Hospital", "Referral"], ["Food", "Contract"]],
        "Members": [["Agency", "Type"], [ALDER, "Hospital"], [BIRCH, "Clinic"]],
        "Who works with whom": [["Agency", "Partner"], [ALDER, BIRCH]],
    })  # fmt: skip
    assert net.names.tolist() == [ALDER, BIRCH] and ends(net) == [(ALDER, BIRCH)], words(net)
    for title in ("Data dictionary", "Lookups"):
        assert title in words(net)


@case("states-and-counties", "States and counties as people shorten them")
def _states(path: Path) -> None:
    said = [("Cedar Co.", "Nebr."), ("CEDAR COUNTY", "NEBRASKA"), ("Cedar Cnty", "Ne"),
            ("cedar", "Neb."), ("Cedar Co", "NE.")]  # fmt: skip
    rows = [f"Org {k},hospital,{c},{s}" for k, (c, s) in enumerate(said)]
    net = read(path, organizations=["name,kind,county,state", *rows])
    assert net.table("organizations")["county_fips"].tolist() == ["31027"] * 5, words(net)


@case("marks-of-all-kinds", "Check marks, boxes, TRUE and FALSE, Y and N, in one table")
def _marks(path: Path) -> None:
    rows = [["Organization", "Transport", "Food", "Dental"], [ALDER, "\u2714", "\u2718", True],
            [BIRCH, "\u2611", "\u2610", False], [CEDAR, "Y", "N", "\u2713"]]  # fmt: skip
    net = read_book(path, {"Organizations": ORGS, "Services": rows})
    counts = net.table("services")["service"].str.lower().value_counts().to_dict()
    assert counts == {"transport": 3, "dental": 2}, (counts, words(net))


@case("log-of-visits", "A log of contacts: in-person, Zoom, e-mail, and a day without its year")
def _log(path: Path) -> None:
    rows = ["Date,Agency,Staff,Method,Notes", f"3/14/2026,{ALDER},PS,In-person,x",
            f"3/15/2026,{BIRCH},PS,Zoom,",
            f"3/16/2026,{CEDAR},PS,E-mail,", f"3/17,{CEDAR},PS,Phone,"]  # fmt: skip
    net = read(path, organizations=LISTED, contacts=rows)
    log = net.table("contacts")
    assert days(log["date"]) == ["2026-03-14", "2026-03-15", "2026-03-16"] and "3/17" in words(net)
    assert log["mode"].tolist()[0] == "visit", log["mode"]


@case("parents-beside", "A list of sites with their parent organization")
def _parents_beside(path: Path) -> None:
    rows = ["Name,Type,Parent Organization", f"{ALDER},Hospital,", f"{BIRCH},Clinic,{ALDER}",
            f"{CEDAR},Food,N/A"]  # fmt: skip
    net = read(path, organizations=rows)
    found = net.table("affiliations")
    assert found["parent"].tolist() == [ALDER]
    assert found["organization"].tolist() == [net.ids[1]]


@case("typed-frames", "DataFrames with categories, whole numbers with blanks, days and booleans")
def _typed(path: Path) -> None:
    listed = pd.DataFrame({"name": pd.Categorical(NAMES), "kind": ["hospital", "clinic", "food"],
                           "zip": pd.array([68739, None, 68739], "Int64")})  # fmt: skip
    ties = pd.DataFrame({"source": pd.Categorical([ALDER, BIRCH]), "target": [BIRCH, CEDAR],
                         "since": pd.to_datetime(["2024-03-15", None]), "directed": [True, False],
                         "weight": pd.array([4, 2], "Int64")})  # fmt: skip
    net = pn.read_network({"organizations": listed, "ties": ties})
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)] and not errors(net), words(net)
    assert net.table("organizations")["zip"].tolist() == ["68739", "", "68739"]
    near(told(net)["strength"], [1, 0.5])
    assert told(net)["directed"].tolist() == ["yes", "no"]


@case("yes-and-no", "Ties, grids and frames answered with yes and no, TRUE and FALSE, or marks")
def _yes_no(path: Path) -> None:
    asked = ",".join(f"Do you work with? [{name}]" for name in NAMES)
    for yes, no in (("Yes", "No"), ("TRUE", "FALSE"), ("\u2713", "\u2717"), ("x", "n"), ("1", "0")):
        lines = [f"Your organization,{asked}", f"{ALDER},,{yes},{no}", f"{BIRCH},{yes},,{yes}"]
        net = read(path, "form", form=lines)
        assert sorted(ends(net)) == [(ALDER, BIRCH), (BIRCH, ALDER), (BIRCH, CEDAR)], yes
        assert len(net.denials) == 1
        (path / "form.csv").unlink()
        for head in ("Works together", "Strength"):
            lines = [f"From,To,{head}", f"{ALDER},{BIRCH},{yes}", f"{BIRCH},{CEDAR},{no}"]
            net = read(path, organizations=LISTED, ties=lines)
            assert ends(net) == [(ALDER, BIRCH)] and len(net.denials) == 1, (yes, head)
            assert not errors(net)
            for file in path.iterdir():
                file.unlink()
    frame = pd.DataFrame(
        {"source": [ALDER, BIRCH], "target": [BIRCH, CEDAR], "strength": [True, False]}
    )
    assert ends(pn.read_network({"ties": frame})) == [(ALDER, BIRCH)]
    lines = ["From,To,Contract", f"{ALDER},{BIRCH},Yes", f"{BIRCH},{CEDAR},No"]
    assert len(read(path, organizations=LISTED, ties=lines).ties) == 2  # no contract is no denial


# -- forms -----------------------------------------------------------------------------------------


@case("redcap-by-labels", "REDCap with labels: Partners (choice=Alder Hospital), Checked")
def _redcap(path: Path) -> None:
    asked = ",".join(f"Who are your partners? (choice={name})" for name in NAMES)
    rows = [f"Record ID,Organization name,{asked},Complete?",
            f"1,{ALDER},Unchecked,Checked,Unchecked,Complete",
            f"2,{BIRCH},Checked,Unchecked,Checked,Complete"]  # fmt: skip
    net = read(path, "redcap", redcap=rows)
    assert sorted(ends(net)) == [(ALDER, BIRCH), (BIRCH, ALDER), (BIRCH, CEDAR)], words(net)


@case("relations-in-a-grid", "A grid whose cells name relations: Referrals, Data sharing")
def _grid_relations(path: Path) -> None:
    asked = ",".join(f"How do you work with each? [{name}]" for name in NAMES)
    rows = [f"Timestamp,Your organization,{asked}",
            f'3/14/2026 10:00:00,{ALDER},,"Referrals, Data sharing",',
            f"3/14/2026 10:05:00,{BIRCH},Referrals,,Contract"]  # fmt: skip
    net = read(path, "form", form=rows)
    found = sorted((a, b, r) for (a, b), r in zip(ends(net), told(net)["relation"], strict=True))
    assert found == [(ALDER, BIRCH, "data_sharing"), (ALDER, BIRCH, "referral"),
                     (BIRCH, ALDER, "referral"), (BIRCH, CEDAR, "contract")]  # fmt: skip


@case("a-question-a-partner", "A question for each partner, its name at the end of the question")
def _question(path: Path) -> None:
    asked = ",".join(f"How closely does your organization work with {name}?" for name in NAMES)
    rows = [f"Organization,{asked}", f"{ALDER},,Weekly,Never", f"{BIRCH},Monthly,,Weekly"]
    net = read(path, organizations=LISTED, survey=rows)
    assert sorted(ends(net)) == [(ALDER, BIRCH), (BIRCH, ALDER), (BIRCH, CEDAR)], words(net)
