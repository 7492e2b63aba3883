"""Further cases of our own: statuses, negations, persons, scales, and columns beside the known."""

from __future__ import annotations

from pathlib import Path

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


def relations(net: pn.Network) -> list[str]:
    """The relations of the ties, in the order of the file."""
    return list(told(net)["relation"])


def denied(net: pn.Network) -> list[tuple[str, str]]:
    """Pairs of which the file says that there is no tie."""
    ties, names = net.table("ties"), net.names
    rows = ties[ties["strength"] == 0]
    return [(names[a], names[b]) for a, b in zip(rows["source"], rows["target"], strict=True)]


def offers(net: pn.Network) -> list[tuple[str, str]]:
    """Services by the names of the organizations."""
    rows, names = net.table("services"), net.names
    return [(names[a], s) for a, s in zip(rows["organization"], rows["service"], strict=True)]


# -- what says that there is no tie ----------------------------------------------------------------


@case("denied-as-a-relation", "No relationship, None, We do not work together under Relationship")
def _denied(path: Path) -> None:
    for head in ("Organization 1,Organization 2,Relationship", "From,To,Relationship"):
        net = read(path, "x", x=[head, f"{ALDER},{BIRCH},We do not work together",
                                 f"{ALDER},{CEDAR},None", f"{BIRCH},{CEDAR},Strong"])  # fmt: skip
        assert ends(net) == [(BIRCH, CEDAR)] and net.n == 3, words(net)
        assert denied(net) == [(ALDER, BIRCH), (ALDER, CEDAR)]
        assert near(told(net)["strength"], [1.0]) is None and relations(net) == ["collaboration"]


@case("denied-in-a-sentence", "Never heard of them, Haven't met yet, Don't know how often")
def _sentences(path: Path) -> None:
    net = read(path, "x", x=["Organization 1,Organization 2,Frequency", f"{ALDER},{BIRCH},Weekly",
                             f"{BIRCH},{ALDER},Haven't met yet", f"{ALDER},{CEDAR},Not currently",
                             f"{CEDAR},{ALDER},Never heard of them",
                             f"{BIRCH},{CEDAR},Don't know how often"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH)] and len(denied(net)) == 3
    assert net.table("responses")["answered"].tolist() == ["skipped"]


@case("connected-or-not", "A column Connected? with Yes and No beside the strength")
def _connected(path: Path) -> None:
    net = read(path, "x", x=["Org A,Org B,Connected?,Strength", f"{ALDER},{BIRCH},Yes,3",
                             f"{ALDER},{CEDAR},No,", f"{BIRCH},{CEDAR},Yes,"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)] and denied(net) == [(ALDER, CEDAR)]


@case("status-before-a-relation", "Current partner, Former partner, Potential partner")
def _status(path: Path) -> None:
    net = read(path, "x", x=["Organization 1,Organization 2,Relationship",
                             f"{ALDER},{BIRCH},Current partner", f"{ALDER},{CEDAR},Former partner",
                             f"{BIRCH},{CEDAR},Potential referral"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH)] and net.n == 3
    assert '"Former" in 1 row' in words(net)


@case("status-with-a-year", "Discontinued 2023, Inactive since 2020, Resigned with Date Left")
def _years(path: Path) -> None:
    net = read(path, organizations=LISTED,
               services=["Agency,Service,Status", f"{ALDER},Transport,Discontinued 2023",
                         f"{BIRCH},Transport,Inactive since 2020", f"{CEDAR},Food,Active"],
               memberships=["Coalition,Organization,Status,Date Left", f"Opioid,{ALDER},Active,",
                            f"Opioid,{BIRCH},Resigned,6/2023"])  # fmt: skip
    assert offers(net) == [(CEDAR, "Food")] and groups(net) == [
        (ALDER, "Opioid"),
        (BIRCH, "Opioid"),
    ]
    assert days(net.table("memberships")["until"][1:]) == ["2023-06-30"]


@case("awards-not-given", "Grants with a status: Funded, Denied, Not funded, Pending, Closed")
def _denied_awards(path: Path) -> None:
    lines = ["Funder,Grantee,Requested,Awarded,Status", f"HRSA,{ALDER},100000,80000,Funded",
             f"USDA,{BIRCH},50000,,Denied", f"CDC,{CEDAR},20000,,Not funded",
             f"HRSA,{CEDAR},20000,20000,Pending", f"USDA,{CEDAR},9000,9000,Closed"]  # fmt: skip
    rows = read(path, organizations=LISTED, funding=lines).table("funding")
    assert rows["amount"].tolist() == [80_000, 9_000]


@case("attendance-not-there", "Who came: Present No, and P, A and E below the days of meetings")
def _absent(path: Path) -> None:
    net = read(path, "x", x=["Meeting,Date,Attendee,Organization,Present",
                             f"Coalition,1/15/2025,Pat Sample,{ALDER},Yes",
                             f"Coalition,1/15/2025,Robin Doe,{BIRCH},No"])  # fmt: skip
    assert groups(net) == [(ALDER, "Coalition")] and net.n == 2
    assert net.table("people")["person"].tolist() == ["Pat Sample"]
    lines = [
        "Organization,Jan 12,Feb 9,Total",
        f"{ALDER},P,A,1",
        f"{BIRCH},P,E,1",
        f"{CEDAR},A,A,0",
    ]
    (path / "x.csv").unlink()
    net = read(path, "x", attendance=lines)
    assert groups(net) == [(ALDER, "Jan 12"), (BIRCH, "Jan 12")] and net.n == 3


# -- persons ---------------------------------------------------------------------------------------


@case("persons-who-talk", "Name, Organization, Talks to, Their organization")
def _talks(path: Path) -> None:
    net = read(path, "x", x=["Name,Organization,Talks to,Their organization",
                             f"Pat Sample,{ALDER},Robin Doe,{BIRCH}",
                             f"Robin Doe,{BIRCH},Lee Fox,{CEDAR}"])  # fmt: skip
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]
    assert len(net.table("people")) == 3 and "Pat Sample" not in str(net.table("ties"))


@case("persons-as-ends", "A list of people with their organizations, and ties between the people")
def _people(path: Path) -> None:
    people = [["Name", "Organization", "Email"], ["Pat Sample", ALDER, "p@a.org"],
              ["Robin Doe", BIRCH, "r@b.org"], ["Lee Fox", CEDAR, "l@c.org"]]  # fmt: skip
    ties = [["From", "To", "How often"], ["Pat Sample", "Robin Doe", "Weekly"],
            ["Robin Doe", "Lee Fox", "Monthly"]]  # fmt: skip
    net = read_book(path, {"People": people, "Network": ties})
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)] and not errors(net)


@case("committee-of-persons", "Committee, Member, Affiliation, Role: the member is a person")
def _committee(path: Path) -> None:
    net = read(path, "x", x=["Committee,Member,Affiliation,Role",
                             f"Steering,Pat Sample,{ALDER},Chair",
                             f"Steering,Robin Doe,{BIRCH},Member"])  # fmt: skip
    assert groups(net) == [(ALDER, "Steering"), (BIRCH, "Steering")] and net.n == 2
    assert "Pat Sample" not in str(net.table("memberships"))
    assert net.table("people")["person"].tolist() == ["Pat Sample", "Robin Doe"]


@case("organizations-in-a-log", "A log of contacts whose Met with names organizations")
def _met(path: Path) -> None:
    lines = ["Date,Organization,Met with", f"1/15/2025,{ALDER},{BIRCH}",
             f"1/16/2025,{BIRCH},Pat Sample"]  # fmt: skip
    net = read(path, organizations=LISTED, contacts=lines)
    assert '"Met with" with names of organizations' in words(net)


# -- scales and columns without a known header -----------------------------------------------------


@case("how-alone", "From, To, How: a plain list, and no map of Kumu")
def _how(path: Path) -> None:
    net = read(path, "x", x=["From,To,How", f"{ALDER},{BIRCH},referrals",
                             f"{BIRCH},{CEDAR},data sharing"])  # fmt: skip
    assert relations(net) == ["referral", "data_sharing"]
    net = read(path, "x", x=["From,To,How", f"{ALDER},{BIRCH},meets for lunch",
                             f"{BIRCH},{CEDAR},same building"])  # fmt: skip
    assert relations(net) == ["collaboration"] * 2 and not errors(net)
    assert told(net)["evidence"].tolist() == ["meets for lunch", "same building"]


@case("scale-below-another-name", "Contact (1=daily, 5=never), and How often do you meet?")
def _named(path: Path) -> None:
    net = read(path, "x", x=['From,To,"Contact (1=daily, 5=never)"', f"{ALDER},{BIRCH},1",
                             f"{ALDER},{CEDAR},5", f"{BIRCH},{CEDAR},4"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)] and denied(net) == [(ALDER, CEDAR)]
    near(told(net)["strength"], [1.0, 0.25])
    net = read(path, "x", x=["Source,Target,How often do you meet?", f"{ALDER},{BIRCH},Weekly",
                             f"{ALDER},{CEDAR},Never", f"{BIRCH},{CEDAR},As needed"])  # fmt: skip
    assert denied(net) == [(ALDER, CEDAR)] and len(errors(net)) == 1
    near(told(net)["strength"], [0.8, 0.2])


@case("to-what-extent", "To a great extent, To some extent, Not at all, Unsure")
def _extent(path: Path) -> None:
    head = "Respondent,Partner,To what extent do you work with this organization?"
    net = read(path, "x", x=[head, f"{ALDER},{BIRCH},To a great extent",
                             f"{ALDER},{CEDAR},Not at all", f"{BIRCH},{ALDER},To some extent",
                             f"{CEDAR},{ALDER},Unsure"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, ALDER)] and denied(net) == [(ALDER, CEDAR)]
    near(told(net)["strength"], [1.0, 2 / 3])


@case("percent-with-a-count", "Strengths as 75% (n=12) and 0% (n=0)")
def _percent(path: Path) -> None:
    net = read(path, "x", x=["From,To,Strength", f"{ALDER},{BIRCH},75% (n=12)",
                             f"{ALDER},{CEDAR},0% (n=0)"])  # fmt: skip
    assert denied(net) == [(ALDER, CEDAR)]
    near(told(net)["strength"], [0.75])


@case("agree-beside-ties", "We trust this partner: Agree, Strongly disagree beside the ties")
def _agree(path: Path) -> None:
    net = read(path, "x", x=["Organization,Partner,Frequency,We trust this partner",
                             f"{ALDER},{BIRCH},Weekly,Agree",
                             f"{ALDER},{CEDAR},Monthly,Strongly disagree"])  # fmt: skip
    assert '"We trust this partner" with answers from agree to disagree' in words(net)
    near(told(net)["strength"], [0.8, 0.6])


@case("relations-under-any-name", "Ways we work together: Referrals; Data sharing; none")
def _ways(path: Path) -> None:
    net = read(path, "x", x=["Organization,Partner,Ways we work together",
                             f"{ALDER},{BIRCH},Referrals; Data sharing",
                             f"{ALDER},{CEDAR},None of the above"])  # fmt: skip
    assert relations(net) == ["referral", "data_sharing"] and denied(net) == [(ALDER, CEDAR)]


@case("relation-in-the-ends", "Referring Agency, Referred To; # Transfers between facilities")
def _ends(path: Path) -> None:
    net = read(path, "x", x=["Date,Referring Agency,Referred To", f"1/15/2025,{ALDER},{BIRCH}"])
    assert relations(net) == ["referral"]
    net = read(path, "x", x=["Sending Facility,Receiving Facility,# Transfers",
                             f"{ALDER},{BIRCH},12", f"{BIRCH},{CEDAR},0"])  # fmt: skip
    assert relations(net) == ["transfer"] and denied(net) == [(BIRCH, CEDAR)]


@case("codebook-of-a-survey", "Variable, Code, Meaning: names and answers by number")
def _codebook(path: Path) -> None:
    data = [["from_id", "to_id", "q3"], [1, 2, 4], [1, 3, 1], [2, 3, 99]]
    book = [["Variable", "Code", "Meaning"], ["from_id", 1, ALDER], ["", 2, BIRCH], ["", 3, CEDAR],
            ["q3", 1, "Never"], ["q3", 2, "Yearly"], ["q3", 3, "Monthly"], ["q3", 4, "Weekly"],
            ["q3", 99, "Don't know"]]  # fmt: skip
    net = read_book(path, {"Data": data, "Codebook": book})
    assert sorted(net.names) == NAMES and ends(net) == [(ALDER, BIRCH)]
    assert denied(net) == [(ALDER, CEDAR)] and len(net.table("responses")) == 1
    near(told(net)["strength"], [0.8])


@case("two-rows-of-qualtrics", "Q2_1, Q2_2 with their questions in the second row, and no ids")
def _qualtrics(path: Path) -> None:
    ask, who = "How often do you work with: - ", "What organization do you represent?"
    net = read(path, "x", x=["StartDate,Q1,Q2_1,Q2_2",
                             f"Start Date,{who},{ask}{ALDER},{ask}{BIRCH}",
                             f"2025-01-01,{ALDER},,Weekly",
                             f"2025-01-02,{BIRCH},Never,"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH)] and denied(net) == [(BIRCH, ALDER)]


@case("days-in-a-matrix", "A matrix of agreements with the day of each, and one that has expired")
def _matrix(path: Path) -> None:
    rows = [["", *NAMES], [ALDER, "", "1/15/2024", ""], [BIRCH, "1/15/2024", "", "expired"],
            [CEDAR, "", "", ""]]  # fmt: skip
    net = read_book(path, {"MOUs": rows})
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, ALDER)] and relations(net) == ["agreement"] * 2
    assert days(told(net)["since"]) == ["2024-01-15"] * 2


@case("list-that-is-no-matrix", "#, Member organization, Type, Joined: as many rows as columns")
def _list(path: Path) -> None:
    rows = [["#", "Member organization", "Type", "Joined", "Voting"],
            [1, ALDER, "Hospital", 2019, "Y"],
            [2, BIRCH, "RHC", 2020, "N"], [3, "VACANT", "", "", ""],
            [4, CEDAR, "Food", 2021, "Y"], ["", "Total members: 3", "", "", ""]]  # fmt: skip
    net = read_book(path, {"Members": rows})
    assert net.names.tolist() == NAMES and net.table("ties").empty


# -- money -----------------------------------------------------------------------------------------


@case("dollars-under-award", "Award with dollars, and no column amount")
def _award(path: Path) -> None:
    lines = ["Grantee,Program,Award", f'{ALDER},Flex,"$125,000.00"', f'{BIRCH},SHIP,"$13,819"',
             f"{CEDAR},RCORP,TBD"]  # fmt: skip
    rows = read(path, organizations=LISTED, funding=lines).table("funding")
    assert rows["amount"].dropna().tolist() == [125_000, 13_819] and set(rows["award"]) == {""}
    lines = ["Grantee,Program,Award", f"{ALDER},Flex,12345", f"{BIRCH},SHIP,12346"]  # numbers of
    rows = read(path, organizations=LISTED, funding=lines).table("funding")
    assert rows["amount"].isna().all() and rows["award"].tolist() == ["12345", "12346"]


@case("footnotes-behind-dollars", "$50,000* and 100,000 with a raised 1")
def _footnotes(path: Path) -> None:
    lines = ["Funder,Grantee,Amount", f'HRSA,{ALDER},"100,000\u00b9"', f'USDA,{BIRCH},"$50,000*"',
             f'CDC,{CEDAR},"1,000"']  # fmt: skip
    rows = read(path, organizations=LISTED, funding=lines).table("funding")
    assert rows["amount"].tolist() == [100_000, 50_000, 1_000]


@case("years-of-two-halves", "Columns FY 2023-24 and FY 2024-25 with dollars")
def _halves(path: Path) -> None:
    lines = ["Funder,Grantee,FY 2023-24,FY 2024-25", f'HRSA,{ALDER},"100,000","110,000"',
             f'USDA,{BIRCH},,"20,000"']  # fmt: skip
    rows = read(path, organizations=LISTED, funding=lines).table("funding")
    assert rows["amount"].tolist() == [100_000, 110_000, 20_000]
    assert rows["fiscal_year"].tolist() == [2024, 2025, 2025]


@case("lead-applicant", "Grant #, Lead Applicant, Consortium Members: members are said")
def _lead(path: Path) -> None:
    lines = [
        "Grant #,Lead Applicant,Consortium Members,Award Amount",
        f'D06RH1,{ALDER},"{BIRCH}, {CEDAR}","$300,000"',
        f'D06RH2,{BIRCH},{ALDER},"$2,000"',
    ]
    net = read(path, "x", x=lines)
    assert net.table("funding")["amount"].tolist() == [300_000, 2_000]
    assert '"Consortium Members" with names of organizations' in words(net)


# -- lists of organizations ------------------------------------------------------------------------


@case("several-counties", "An organization whose County holds several, or Statewide")
def _counties(path: Path) -> None:
    lines = ["Organization,Type,County,State", f"{ALDER},Hospital,Cedar,NE",
             f'{BIRCH},Clinic,"Cedar, Knox",NE', f"{CEDAR},Food,Statewide,NE"]  # fmt: skip
    net = read(path, "x", x=lines)
    assert net.table("organizations")["county_fips"].tolist() == ["31027", "", ""]
    rows = net.table("service_areas")
    assert rows["place"].tolist() == ["31027", "31107", "NE"] and not errors(net)
    assert "home is not known" in words(net)


@case("numbered-columns-beside", "Category 1 and 2, Partner Agency 1 and 2 beside organizations")
def _numbered(path: Path) -> None:
    lines = ["Agency,State,Category 1,Category 2,Partner Agency 1,Partner Agency 2",
             f"{ALDER},NE,Transport,Food,{BIRCH},{CEDAR}", f"{BIRCH},NE,Food,,{CEDAR},None",
             f"{CEDAR},NE,Food,,,"]  # fmt: skip
    net = read(path, "x", x=lines)
    assert sorted(offers(net)) == [(ALDER, "Food"), (ALDER, "Transport"), (BIRCH, "Food"),
                                   (CEDAR, "Food")]  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR), (BIRCH, CEDAR)]


@case("roles-in-committees", "A column a committee, with Chair, Member, Member (alternate)")
def _roles(path: Path) -> None:
    rows = [["Organization", "Steering", "Data"], [ALDER, "Chair", "Member"],
            [BIRCH, "Member (alternate)", ""], [CEDAR, "", "Co-chair"]]  # fmt: skip
    net = read_book(path, {"Committees": rows})
    assert groups(net) == [(ALDER, "Data"), (ALDER, "Steering"), (BIRCH, "Steering"),
                           (CEDAR, "Data")]  # fmt: skip


@case("lists-of-hospitals", "Hospital, City, County, State, CCN, System; RHC Name, Parent Facility")
def _hospitals(path: Path) -> None:
    net = read(path, "x", x=["Hospital,City,County,State,CCN,System",
                             f"{ALDER},Hartington,Cedar,NE,281300,Avera",
                             f"{BIRCH},Bloomfield,Knox,NE,281301,Independent"])  # fmt: skip
    assert net.names.tolist() == NAMES[:2] and not errors(net)
    assert net.table("affiliations")["parent"].tolist() == ["Avera"]
    net = read(path, "x", x=["RHC Name,State,Parent Facility", f"{BIRCH},NE,{ALDER}"])
    assert net.names.tolist() == [BIRCH] and len(net.table("affiliations")) == 1


@case("doing-business-as", "Alder Memorial, d/b/a Alder Hospital; Birch (formerly Oak Clinic)")
def _dba(path: Path) -> None:
    listed = ["name,kind", f'"Alder Memorial Inc., d/b/a {ALDER}",hospital',
              f"{BIRCH} (formerly Oak Clinic),clinic"]  # fmt: skip
    net = read(path, organizations=listed, ties=["source,target,relation",
                                                 f"{ALDER},Oak Clinic,referral"])  # fmt: skip
    assert len(told(net)) == 1 and not errors(net)


@case("spelled-twice", "Ties alone that spell a name with and without accents and stars")
def _twice(path: Path) -> None:
    net = read(path, "x", x=["Organization,Partner,Relation",
                             f"Cl\u00ednica R\u00edo,{BIRCH}*,referral",
                             f"Clinica Rio,{BIRCH},contract"])  # fmt: skip
    assert sorted(net.names) == [BIRCH, "Cl\u00ednica R\u00edo"] and len(told(net)) == 2


@case("partners-by-commas", "Lead Organization, Partner Organizations: two in a cell, and no list")
def _commas(path: Path) -> None:
    net = read(path, "x", x=["Activity,Lead Organization,Partner Organizations",
                             f'Mobile clinic,{ALDER},"{BIRCH}, {CEDAR}"',
                             f"Pantry,{CEDAR},{ALDER}",
                             f'Food,{CEDAR},"Elm Pantry, Inc."'])  # fmt: skip
    assert ends(net) == [
        (ALDER, BIRCH),
        (ALDER, CEDAR),
        (CEDAR, ALDER),
        (CEDAR, "Elm Pantry, Inc."),
    ]


@case("wished-for-partners", "Current, desired and former partners beside organizations")
def _wished(path: Path) -> None:
    net = read(
        path,
        "x",
        x=[
            "Organization,Current partners,Desired partners",
            f"{ALDER},{BIRCH},{CEDAR}",
            f"{BIRCH},{ALDER},",
            f"{CEDAR},,{ALDER}",
        ],
    )
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, ALDER)]
    assert '"Desired partners" with names of organizations' in words(net)


@case("parties-in-a-cell", "Title, Parties: three organizations in a cell of an agreement")
def _parties(path: Path) -> None:
    lines = ["Title,Parties,Effective", f'Data use,"{ALDER}, {BIRCH} and {CEDAR}",1/15/2024']
    rows = read(path, organizations=LISTED, agreements=lines).table("agreements")
    assert len(rows) == 3 and set(rows["agreement"]) == {"Data use"}


@case("spanish-headers", "Organizaci\u00f3n, Socio, Frecuencia: Semanal, Nunca")
def _spanish(path: Path) -> None:
    net = read(path, "x", x=["Organizaci\u00f3n,Socio,Frecuencia", f"{ALDER},{BIRCH},Semanal",
                             f"{BIRCH},{CEDAR},Nunca"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH)] and denied(net) == [(BIRCH, CEDAR)]
    near(told(net)["strength"], [0.8])


@case("who-answered", "Responses with Organization and Completed?")
def _answered(path: Path) -> None:
    lines = ["Organization,Completed?", f"{ALDER},Yes", f"{BIRCH},"]
    rows = read(path, organizations=LISTED, responses=lines).table("responses")
    assert rows["answered"].tolist() == ["yes", "no"] and set(rows["organization"]) == {""}


# -- tables of other tools, and lists side by side -------------------------------------------------


@case("matrix-with-a-total", "Counts from row to column with sums, in a workbook without a title")
def _total(path: Path) -> None:
    rows = [["From / To", *NAMES[:2], "Total"], [ALDER, "", 5, 5], [BIRCH, 1, "", 1],
            ["Total", 1, 5, 6]]  # fmt: skip
    net = read_book(path, {"Referrals": rows})
    assert net.names.tolist() == NAMES[:2] and relations(net) == ["referral"] * 2
    near(told(net)["strength"], [1.0, 0.2])


@case("boxes-of-a-form", "Check all that apply: choices by commas, None of these, Other")
def _boxes(path: Path) -> None:
    ask = "Which of these organizations do you refer clients to? (Check all that apply)"
    net = read(path, "x", x=[f"Timestamp,Your organization,{ask}",
                             f'1/15/2025,{ALDER},"{BIRCH}, Elm Pantry, Inc."',
                             f"1/16/2025,{BIRCH},None of these",
                             f'1/17/2025,{CEDAR},"{ALDER}, Other"'])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (ALDER, "Elm Pantry, Inc."), (CEDAR, ALDER)]
    assert relations(net) == ["referral"] * 3


@case("strengths-side-by-side", "Birch Clinic; Cedar Food Bank, and 3; 1 beside them")
def _side(path: Path) -> None:
    net = read(path, "x", x=["Organization,Connected to,Strength",
                             f"{ALDER},{BIRCH}; {CEDAR},3; 1", f"{BIRCH},{CEDAR},2"])  # fmt: skip
    near(told(net)["strength"], [1.0, 1 / 3, 2 / 3])


@case("offered-or-not", "Organization, Service, Offered?: Yes, No, Coming 2026, Refer out")
def _offered(path: Path) -> None:
    lines = ["Organization,Service,Offered?", f"{ALDER},Transport,Yes", f"{BIRCH},Transport,No",
             f"{CEDAR},Food,Coming 2026", f"{CEDAR},Transport,Refer out"]  # fmt: skip
    assert offers(read(path, organizations=LISTED, services=lines)) == [(ALDER, "Transport")]


@case("a-refers-to-b", "Columns A refers to B and B refers to A with Yes and No")
def _refers(path: Path) -> None:
    net = read(path, "x", x=["Organization A,Organization B,A refers to B,B refers to A",
                             f"{ALDER},{BIRCH},Yes,No"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH)] and denied(net) == [(BIRCH, ALDER)]
    assert relations(net) == ["referral"]


@case("opportunities-of-a-crm", "Stage: Closed Won, Closed Lost, Prospecting")
def _stages(path: Path) -> None:
    lines = ["Funder,Recipient,Amount,Stage", f"HRSA,{ALDER},50000,Closed Won",
             f"USDA,{BIRCH},10000,Closed Lost", f"CDC,{BIRCH},10000,Prospecting"]  # fmt: skip
    rows = read(path, organizations=LISTED, funding=lines).table("funding")
    assert rows["amount"].tolist() == [50_000]


@case("scores-alone", "Wilder factors with scores, alone and beside organizations; our MOUs alone")
def _scores(path: Path) -> None:
    with pytest.raises(pn.InputError, match="goals"):
        read(path, "x", x=["Factor,Score", "Mutual respect,3.9", "Skilled leadership,4.1"])
    net = read(path, "x", x=["Organization,History,Respect,Leadership", f"{ALDER},3.4,4,2.5",
                             f"{BIRCH},4,3,5"])  # fmt: skip
    assert "3 columns of scores beside the organizations" in words(net)
    with pytest.raises(pn.InputError, match="not whose partners they are"):
        read(path, "x", x=["Partner,Date Signed,Expiration", f"{BIRCH},1/15/2024,12/31/2026"])


@case("zips-and-systems", "ZIP codes served, Partner Type, System; a list of a board")
def _zips(path: Path) -> None:
    net = read(path, "x", x=["Partner Name,Partner Type,ZIP codes served,State",
                             f'{ALDER},Hospital,"68739, 68718",NE'])  # fmt: skip
    assert net.table("service_areas")["place"].tolist() == ["68739", "68718"]
    assert net.table("organizations")["kind"].tolist() == ["hospital"]
    net = read(path, "x", x=["Board Member,Title,Employer", f"Pat Sample,Chair,{ALDER}"])
    assert net.names.tolist() == [ALDER] and len(net.table("people")) == 1


# -- words and years that stand for something else -------------------------------------------------


@case("now-and-before", "Worked together before grant?, Work together now?")
def _now(path: Path) -> None:
    net = read(path, "x", x=["Organization,Partner,Worked together before?,Work together now?",
                             f"{ALDER},{BIRCH},No,Yes", f"{ALDER},{CEDAR},Yes,No"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH)] and denied(net) == [(ALDER, CEDAR)]


@case("contacts-per-year", "Contacts per year: 52, 4, 0; a status in colors")
def _per_year(path: Path) -> None:
    net = read(path, "x", x=["Organization,Partner,Contacts per year,Status",
                             f"{ALDER},{BIRCH},52,Green", f"{ALDER},{CEDAR},4,Red",
                             f"{BIRCH},{CEDAR},0,Active"])  # fmt: skip
    near(told(net)["strength"], [1.0, 4 / 52])
    assert denied(net) == [(BIRCH, CEDAR)] and '"Green", "Red" under "Status"' in words(net)


@case("legend-of-letters", "M = MOU; R = Referral below a matrix is no organization")
def _letters(path: Path) -> None:
    rows = [["", *NAMES], [ALDER, "", "M, R", ""], [BIRCH, "M", "", "R"], [CEDAR, "", "R", ""],
            ["M = MOU; R = Referral", "", "", ""]]  # fmt: skip
    assert read_book(path, {"Matrix": rows}).names.tolist() == NAMES


@case("sheets-of-fiscal-years", "Sheets FY24 and FY25; a sheet Referrals 2024")
def _sheets(path: Path) -> None:
    head = ["Grantee", "Program", "Amount"]
    net = read_book(
        path, {"FY24": [head, [ALDER, "Flex", 100]], "FY25": [head, [ALDER, "Flex", 110]]}
    )
    rows = net.table("funding")
    assert dict(zip(rows["fiscal_year"], rows["amount"], strict=True)) == {2024: 100, 2025: 110}
    net = read_book(path, {"Referrals 2024": [["From", "To", "Count"], [ALDER, BIRCH, 12]]})
    assert relations(net) == ["referral"]
    net = read_book(path, {"Ties FY24": [["From", "To"], [ALDER, BIRCH]],
                           "Ties FY25": [["From", "To"], [ALDER, CEDAR]]})  # fmt: skip
    assert ends(net) == [(ALDER, CEDAR)]  # one wave


@case("days-for-marks", "The day on which each joined in the column of a coalition")
def _joined(path: Path) -> None:
    lines = ["Organization,Opioid Coalition,Food Council", f"{ALDER},2019,",
             f"{BIRCH},3/15/2020,2021", f"{CEDAR},,No"]  # fmt: skip
    net = read(path, organizations=LISTED, memberships=lines)
    assert len(groups(net)) == 3
    assert days(net.table("memberships")["since"]) == ["2019-01-01", "2020-03-15", "2021-01-01"]


@case("two-names-joined", "Alder Hospital & Cedar Food Bank as one partner, and no list")
def _two(path: Path) -> None:
    net = read(path, "x", x=["Organization,Partner,Relationship", f"{ALDER},{BIRCH},Referral",
                             f"{BIRCH},{ALDER} & {CEDAR},Referral"])  # fmt: skip
    assert sorted(net.names) == NAMES and len(told(net)) == 3


@case("status-behind-names", "Birch Clinic (former); Cedar (pending), and MOU (expired)")
def _behind(path: Path) -> None:
    net = read(path, "x", x=["Organization,Partners",
                             f"{ALDER},{BIRCH} (former); {CEDAR} (pending); Dover"])  # fmt: skip
    assert ends(net) == [(ALDER, "Dover")] and net.n == 4
    net = read(path, "x", x=["Organization A,Organization B,Relationship",
                             f"{ALDER},{BIRCH},MOU (expired)", f"{ALDER},{CEDAR},MOU (signed)",
                             f"{BIRCH},{CEDAR},Referral (active)"])  # fmt: skip
    assert ends(net) == [(ALDER, CEDAR), (BIRCH, CEDAR)] and not errors(net)


@case("visits-not-held", "A log whose Outcome says No answer, Left voicemail, Cancelled, Completed")
def _held(path: Path) -> None:
    lines = ["Date,Organization,Type,Outcome", f"1/15/2025,{ALDER},Call,No answer",
             f"1/16/2025,{BIRCH},Site visit,Completed", f"1/17/2025,{CEDAR},Call,Left voicemail",
             f"1/18/2025,{CEDAR},Meeting,Cancelled"]  # fmt: skip
    rows = read(path, organizations=LISTED, contacts=lines).table("contacts")
    assert days(rows["date"]) == ["2025-01-16"]


@case(
    "closed-on-the-list", "Organizations with a status, one of them Closed 2022; a CEO ad interim"
)
def _closed(path: Path) -> None:
    net = read(path, "x", x=["Organization,Type,State,Status,CEO",
                             f"{ALDER},Hospital,NE,Open,Pat Sample",
                             f"{BIRCH},Clinic,NE,Closed 2022,Interim - Robin Doe"])  # fmt: skip
    assert '"Closed 2022" under "Status"; 1 organization (Birch' in words(net)
    assert net.n == 2 and net.at("2026-01-01").n == 1
    assert len(net.table("people")) == 2 and "CEO" not in net.organizations


@case("only-no-below-a-relation", "Referrals Yes and No beside Data sharing with No alone")
def _only_no(path: Path) -> None:
    net = read(path, "x", x=["Organization,Partner,Referrals,Data sharing",
                             f"{ALDER},{BIRCH},Yes,No", f"{ALDER},{CEDAR},No,No"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH)] and relations(net) == ["referral"]
    assert len(denied(net)) == 3


@case("averages-of-a-matrix", "A matrix with an Average at the right and the bottom")
def _average(path: Path) -> None:
    lines = [f",{ALDER},{BIRCH},Average", f"{ALDER},,3,3", f"{BIRCH},2,,2", "Average,2,3,2.5"]
    net = read(path, "x", x=lines)
    assert net.names.tolist() == NAMES[:2] and len(told(net)) == 2


@case("owners-are-no-persons", "Owner: Avera Health, Self; and Owner: County, Nonprofit")
def _owners(path: Path) -> None:
    net = read(path, "x", x=["Facility,Owner,State", f"{ALDER},Avera Health,NE",
                             f"{BIRCH},Self,NE"])  # fmt: skip
    assert net.table("affiliations")["parent"].tolist() == ["Avera Health"]
    assert net.table("people").empty
    net = read(path, "x", x=["Facility,Owner,State", f"{ALDER},County,NE", f"{BIRCH},County,NE"])
    assert net.table("affiliations").empty  # a kind of ownership is no parent that two share
    net = read(path, "x", x=["Facility,Owner", f"{ALDER},County", f"{BIRCH},Avera"])
    assert net.table("affiliations")["parent"].tolist() == ["Avera"]


@case("shares-and-members", "An amount of 50%; Member? N; Sector with kinds; ends by e-mail")
def _shares(path: Path) -> None:
    net = read(path, organizations=["name,sector", f"{ALDER},Hospital", f"{BIRCH},Clinic"],
               funding=["Funder,Grantee,Amount", f"HRSA,{ALDER},50%", f'USDA,{ALDER},"1,000"'],
               memberships=["Organization,Coalition,Member?", f"{ALDER},Opioid,Y",
                            f"{BIRCH},Opioid,N"])  # fmt: skip
    assert net.table("funding")["amount"].dropna().tolist() == [1000] and len(errors(net)) == 1
    assert groups(net) == [(ALDER, "Opioid")]
    assert net.table("organizations")["kind"].tolist() == ["hospital", "rural_health_clinic"]
    for file in path.iterdir():
        file.unlink()
    net = read(path, "x", x=["From,To,Relation", f"pat@alder.org,{BIRCH},referral",
                             f"{ALDER},{BIRCH},referral"])  # fmt: skip
    assert net.names.tolist() == NAMES[:2] and len(told(net)) == 1
