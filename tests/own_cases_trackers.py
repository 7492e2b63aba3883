"""Further cases of our own: rosters of networks, trackers of partners, exports of survey tools."""

from __future__ import annotations

import json
from pathlib import Path

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

# -- rosters of a rural health network -------------------------------------------------------------


@case("roster-with-agreements", "A roster headed Member, with days of MOUs and BAAs beside each")
def _roster(path: Path) -> None:
    rows = [
        "Member,Type,County,State,MOU Signed,BAA Expires,Primary Contact",
        f"{ALDER},CAH,Cedar,NE,3/1/2024,6/30/2026,Pat Sample",
        f"{BIRCH},RHC,Knox,NE,pending,,Ann Poe",
    ]
    net = read(path, "members", members=rows)
    assert net.table("organizations")["county_fips"].tolist() == ["31027", "31107"]
    assert '"MOU Signed" and "BAA Expires"' in words(net) and not len(net.table("agreements"))
    assert len(net.table("people")) == 2
    (path / "members.csv").write_text("Member,City,Email\nPat Sample,Ames,p@x.org\n", "utf-8")
    with pytest.raises(pn.InputError):  # a member may be a person
        pn.read_network(path / "members.csv")


@case("agreements-by-parties", "A tracker of MOUs and BAAs with Party A and Party B, and no names")
def _parties(path: Path) -> None:
    rows = [
        "Party A,Party B,Agreement Type,Effective Date,Expiration Date,Auto-renew,Status",
        f"{ALDER},{BIRCH},MOU,1/1/2023,12/31/2025,Yes,Active",
        f"{ALDER},{CEDAR},BAA,03/15/2024,Ongoing,No,Executed",
    ]
    found = read(path, "MOU tracker", **{"MOU tracker": rows}).table("agreements")
    assert found["agreement"].nunique() == 2
    assert found["renews"].tolist() == ["yes"] * 2 + ["no"] * 2
    assert days(found["expires"][:2]) == ["2025-12-31"] * 2 and found["expires"][2:].isna().all()


@case("services-in-words", "Services marked 24/7, P/T, visiting, closed 2022 or refer out")
def _services(path: Path) -> None:
    rows = [
        "Facility,OB,Surgery,ER,Behavioral Health",
        f"{ALDER},X,X,24/7,",
        f"{BIRCH},,refer out,,P/T",
        "Elm,closed 2022,X,X,visiting",
    ]
    found = read(path, "services", services=rows).table("services")
    pairs = sorted(zip(found["organization"], found["service"], strict=True))
    assert pairs == [
        ("alder-hospital", "ER"),
        ("alder-hospital", "OB"),
        ("alder-hospital", "Surgery"),
        ("birch-clinic", "Behavioral Health"),
        ("elm", "Behavioral Health"),
        ("elm", "ER"),
        ("elm", "Surgery"),
    ]


@case("committee-with-chair", "A roster of committees with the names of chairs and their terms")
def _chairs(path: Path) -> None:
    rows = [
        "Committee,Chair,Organization,Term Start,Term End",
        f"Quality,Pat Sample,{ALDER},7/1/2024,6/30/2026",
        f"Finance,Ann Poe,{BIRCH},7/1/2025,present",
    ]
    net = read(path, "Committee roster", **{"Committee roster": rows})
    found = net.table("memberships")
    assert groups(net) == [(ALDER, "Quality"), (BIRCH, "Finance")]
    assert days(found["since"]) == ["2024-07-01", "2025-07-01"] and "Chair" not in found
    assert net.table("people")["person"].tolist() == ["Pat Sample", "Ann Poe"]


@case("log-of-visits-by-staff", "A log of visits with Hospital visited, Staff and Method")
def _visits(path: Path) -> None:
    rows = [
        "Date,Hospital visited,Staff,Method,Topic",
        f"10/3/2024,{ALDER},PS,Site visit,MBQIP",
        f"Oct 20 2024,{BIRCH},AP,phone call,EMS",
    ]
    found = read(path, "contact log", **{"contact log": rows}).table("contacts")
    assert days(found["date"]) == ["2024-10-03", "2024-10-20"]
    assert found["mode"].tolist() == ["visit", "call"]


@case("transfers-counted", "Numbers of transfers in a file called transfers, one below 11")
def _transfers(path: Path) -> None:
    rows = [
        "Sending Facility,Receiving Facility,CY2024 Transfers",
        f'{ALDER},{CEDAR},"1,200"',
        f"{BIRCH},{CEDAR},300",
        f"{ALDER},{BIRCH},<11",
    ]
    net = read(path, "transfers", transfers=rows)
    near(told(net)["strength"], [1, 0.25, 0.2])
    assert set(told(net)["relation"]) == {"transfer"} and '"<11"' in words(net)


# -- trackers --------------------------------------------------------------------------------------


@case("airtable-partners", "Airtable: linked records, of which one has a comma in its name")
def _airtable(path: Path) -> None:
    rows = [
        "Name,Org Type,Partners",
        f'{ALDER},Hospital,"{BIRCH},""Cedar, Inc."""',
        f"{BIRCH},Clinic,{ALDER}",
        '"Cedar, Inc.",Food pantry,',
    ]
    net = read(path, "grid", grid=rows)
    assert ends(net) == [(ALDER, BIRCH), (ALDER, "Cedar, Inc."), (BIRCH, ALDER)]
    assert "same row" not in words(net)


@case("salesforce-reports", "Salesforce: related accounts, and opportunities won and lost")
def _salesforce(path: Path) -> None:
    foot = ["Grand Totals (2 records)", "Copyright (c) 2000-2026 salesforce.com, inc. All rights."]
    rows = [
        "Account Name,Related Account,Relationship Type,Start Date,Account ID",
        f"{ALDER},{BIRCH},Referral Partner,1/22/2024,0015f1",
        f"{BIRCH},{CEDAR},Contractor,2/3/2024,0015f2",
    ]
    net = read(path, "report", report=[*rows, *foot])
    assert sorted(net.names) == NAMES and ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]
    assert told(net)["relation"].tolist() == ["referral", "contract"]
    rows = [
        "Account Name,Opportunity Name,Amount,Close Date,Stage",
        f'{ALDER},Flex FY25,"$10,000.00",9/1/2025,Closed Won',
        f'{BIRCH},SHIP FY25,"$12,000.00",9/1/2025,Closed Lost',
    ]
    (path / "report.csv").write_text("\n".join([*rows, *foot]), "utf-8")
    found = pn.read_network(path / "report.csv").table("funding")
    assert found["amount"].tolist() == [10_000] and found["program"].tolist() == ["Flex FY25"]


@case("monday-board", "Monday: a board with groups, each with its headers, and persons")
def _monday(path: Path) -> None:
    head = "Name,Person,Status,Type,Linked partners"
    rows = [
        "Partner board,,,,",
        "Active partners,,,,",
        head,
        f'{ALDER},Pat Sample,Done,Hospital,"{BIRCH}, {CEDAR}"',
        f"{BIRCH},,Working on it,Clinic,",
        "Prospects,,,,",
        head,
        f"{CEDAR},Ann Poe,Stuck,Food bank,",
    ]
    net = read(path, "board", board=rows)
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)]
    assert "Person" not in net.table("organizations") and len(net.table("people")) == 2


@case("sharepoint-list", "SharePoint: entries called Title, look-ups with numbers, who kept them")
def _sharepoint(path: Path) -> None:
    rows = [
        "Title,OrgType,County,State,Partners,Services,Created By,Item Type,Path",
        f"{ALDER},Hospital,Cedar,NE,12;#{BIRCH};#15;#{CEDAR},Food;#Rides,Pat Sample,Item,a/b",
        f"{BIRCH},Clinic,Knox,NE,,,p@x.org,Item,a/b",
        f"{CEDAR},Food,Knox,NE,11;#{ALDER},Food,Pat Sample,Item,a/b",
    ]
    net = read(path, "query", query=rows)
    assert net.names.tolist() == NAMES and len(net.table("services")) == 3
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR), (CEDAR, ALDER)]
    assert "Created By" not in net.table("organizations")


@case("hubspot-companies", "HubSpot: companies with their region and associated companies")
def _hubspot(path: Path) -> None:
    rows = [
        "Record ID,Company name,State/Region,Associated Company",
        f"1001,{ALDER},NE,{BIRCH}",
        f"1002,{BIRCH},NE,{ALDER};{CEDAR}",
        f"1003,{CEDAR},NE,",
    ]
    net = read(path, "hubspot", hubspot=rows)
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, ALDER), (BIRCH, CEDAR)], words(net)
    assert set(net.table("organizations")["state"]) == {"NE"}


@case("partners-of-nobody", "A list of partners with how and how often, and not whose they are")
def _partners(path: Path) -> None:
    rows = [
        "Partner Name,Partner Type,Nature of Partnership,Frequency of Contact,Point Person",
        f"{ALDER},Hospital,Referral,Weekly,Pat Sample",
        f"{BIRCH},Clinic,MOU,Monthly,Ann Poe",
    ]
    net = read(path, "partners", partners=rows)
    assert net.n == 2 and not len(net.ties) and "not whose partners" in words(net)
    assert "Point Person" not in net.table("organizations")


# -- survey tools ----------------------------------------------------------------------------------

OFTEN = "How often do you interact with each?"


@case("survey-of-two-questions", "SurveyMonkey: a grid of organizations, and boxes of services")
def _two_questions(path: Path) -> None:
    rows = [
        f"Respondent ID,What is your organization?,{OFTEN},,,What do you refer for?,",
        f",Open-Ended Response,{','.join(NAMES)},Food,Rides",
        f"1,{ALDER},,Weekly,Never,Food,",
        f"2,{BIRCH},Monthly,,Don't know,,Rides",
    ]
    net = read(path, "sm", sm=rows)
    assert sorted(net.names) == NAMES and ends(net) == [(ALDER, BIRCH), (BIRCH, ALDER)]
    assert not errors(net)


@case("redcap-numbers", "REDCap: check boxes by their numbers, whose names the file does not tell")
def _redcap(path: Path) -> None:
    rows = [
        "record_id,org_name,partners___1,partners___2,partners___3,survey_complete",
        f"1,{ALDER},0,1,1,2",
        f"2,{BIRCH},1,0,0,2",
    ]
    with pytest.raises(pn.InputError, match="check boxes of REDCap"):
        read(path, "redcap", redcap=rows)


@case("qualtrics-with-trials", "Qualtrics: a matrix in numbers, with a preview and an organization "
      "that is not asked about")  # fmt: skip
def _qualtrics(path: Path) -> None:
    asked = ",".join(f"{OFTEN} - {name}" for name in NAMES)
    ids = ",".join(f'"{{""ImportId"":""QID{k}""}}"' for k in range(5))
    rows = [
        "Status,Q1,Q2_1,Q2_2,Q2_3",
        f"Response Type,What organization do you represent?,{asked}",
        ids,
        f"IP Address,{ALDER},,4,1",
        f"IP Address,{BIRCH},5,,99",
        "IP Address,Elm,1,,",
        "Survey Preview,Test,5,5,5",
    ]
    net = read(path, "q", q=rows)
    assert sorted(net.names) == [*NAMES, "Elm"] and "Survey Preview" in words(net)
    near(told(net)["strength"], [0.8, 0.2, 1, 0.2])


@case("forms-likert", "Microsoft Forms: a grid whose columns are the organizations and no question")
def _likert(path: Path) -> None:
    rows = [
        f"ID,Start time,Email,Name,Which organization do you work for?,{','.join(NAMES)},Comments",
        f"1,1/2/2026 10:00,anonymous,,{ALDER},,Often,Never,good",
        f"2,1/2/2026 10:00,anonymous,,{BIRCH},Sometimes,,Rarely,",
    ]
    net = read(path, "ms", ms=rows)
    assert sorted(net.names) == NAMES and not errors(net)
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, ALDER), (BIRCH, CEDAR)]


@case("grid-names-first", "A grid whose columns name the organization first: Alder - Frequency")
def _names_first(path: Path) -> None:
    asked = [f"{name} - {what}" for name in (ALDER, BIRCH) for what in ("Frequency", "Trust")]
    rows = [f"Respondent Org,{','.join(asked)}", f"{ALDER},,,Weekly,4", f"{BIRCH},Monthly,3,,"]
    net = read(path, "w", w=rows)
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, ALDER)] and "2 columns that rate" in words(net)
    near(told(net)["strength"], [0.8, 0.6])


@case("limesurvey-scales", "LimeSurvey: a grid with two brackets behind its question")
def _lime(path: Path) -> None:
    asked = ",".join(f"How do you work with [{name}] [Scale 1]" for name in ("Elm", "Fir"))
    rows = [f"Response ID,Your organization,{asked}", "1,Elm,,Weekly", "2,Fir,Monthly,"]
    net = read(path, "lime", lime=rows)
    assert ends(net) == [("Elm", "Fir"), ("Fir", "Elm")]


# -- what other programs and offices write ---------------------------------------------------------


@case("neo4j-labels", "GraphML of Neo4j: kinds as labels, and a person among them")
def _neo4j(path: Path) -> None:
    nodes = "".join(
        f'<node id="{k}"><data key="labels">{labels}</data><data key="name">{name}</data></node>'
        for k, (labels, name) in enumerate(
            [(":Organization:Hospital", ALDER), (":Organization", BIRCH), (":Person", "Pat Sample")]
        )
    )
    edges = "".join(
        f'<edge source="{a}" target="{b}"><data key="label">{label}</data></edge>'
        for a, b, label in ((0, 1, "REFERS_TO"), (2, 0, "WORKS_FOR"))
    )
    (path / "n.graphml").write_text(
        '<graphml><key id="labels" for="node" attr.name="labels"/><key id="name" for="node" '
        'attr.name="name"/><key id="label" for="edge" attr.name="label"/>'
        f'<graph edgedefault="directed">{nodes}{edges}</graph></graphml>',
        "utf-8",
    )
    net = pn.read_network(path / "n.graphml")
    assert net.names.tolist() == [ALDER, BIRCH] and ends(net) == [(ALDER, BIRCH)]
    assert net.table("organizations")["kind"].tolist() == ["hospital", "other"]
    assert told(net)["relation"].tolist() == ["referral"]


@case("gexf-spells", "GEXF in which a tie was there twice")
def _spells(path: Path) -> None:
    (path / "n.gexf").write_text(
        '<gexf version="1.2"><graph mode="dynamic" timeformat="date"><nodes><node id="a"/>'
        '<node id="b"/></nodes><edges><edge source="a" target="b"><spells><spell start="2022-01-01"'
        '/><spell start="2019-01-01" end="2019-12-31"/></spells></edge></edges></graph></gexf>',
        "utf-8",
    )
    net = pn.read_network(path / "n.gexf")
    assert days(told(net)["since"]) == ["2022-01-01"] and told(net)["until"].isna().all()
    assert "several times" in words(net)


@case("vna-backwards", "VNA whose ties stand before its nodes")
def _vna(path: Path) -> None:
    text = "*Tie data\nfrom to referral\nElm Fir 1\n*Node data\nID county\nElm Cedar\nFir Knox\n"
    (path / "n.vna").write_text(text, "utf-8")
    found = [p.where.row for p in pn.read_network(path / "n.vna").problems if "State" in p.found]
    assert found == [6, 7]


@case("frames-of-pivots", "Matrices of pandas: pivots, stacks, columns of several levels")
def _pivots(path: Path) -> None:
    long = pd.DataFrame(
        {"org": [ALDER, ALDER, BIRCH], "partner": [BIRCH, CEDAR, CEDAR], "n": [4, 1, 2]}
    )
    pivot = long.pivot_table(index="org", columns="partner", values="n", aggfunc="sum")
    right = [(ALDER, BIRCH, 1), (ALDER, CEDAR, 0.25), (BIRCH, CEDAR, 0.5)]
    square = pd.DataFrame([[0, 4, 1], [0, 0, 2], [0, 0, 0]], NAMES, NAMES)
    deep = square.set_axis(pd.MultiIndex.from_product([["n"], NAMES]), axis=1)
    stacked = square.stack().rename("weight")
    for frame in (pivot, square, deep, stacked.reset_index(), stacked.to_frame()):
        net = pn.read_network({"ties": frame})
        ties = told(net)
        found = [(*pair, s) for pair, s in zip(ends(net), ties["strength"], strict=True)]
        assert sorted(found) == right and sorted(net.names) == NAMES, (frame, words(net))
        assert not errors(net)


@case("county-by-zip", "Counties without a State, whose ZIP codes tell it; a county that has none")
def _by_zip(path: Path) -> None:
    rows = [
        "CCN,Hospital Name,County,ZIP,Award Amount,Network/Consortium",
        f'281234,{ALDER},Cedar,68739,"$13,312",Prairie',
        f'281235,{BIRCH},Nowhere,68718,"$13,312",Prairie',
    ]
    net = read(path, "SHIP", SHIP=rows)
    assert net.table("organizations")["county_fips"].tolist() == ["31027", ""]
    assert groups(net) == [(ALDER, "Prairie"), (BIRCH, "Prairie")]
    assert '"Award Amount" with dollars' in words(net) and '"Nowhere"' in words(net)


@case("referrals-by-month", "Referrals with a column a month and their total, which may be 0")
def _by_month(path: Path) -> None:
    rows = [
        "From,To,Jan 2026,Feb 2026,Total",
        f"{ALDER},{BIRCH},3,1,4",
        f"{ALDER},{CEDAR},0,1,1",
        f"{BIRCH},{CEDAR},0,0,0",
    ]
    net = read(path, "referrals", referrals=rows)
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)]
    near(told(net)["strength"], [1, 0.25])


@case("staff-and-grants", "Relations as offices name them: shared staff, joint grant")
def _joint(path: Path) -> None:
    rows = ["From,To,Relation", f"{ALDER},{BIRCH},Shared staff", f"{BIRCH},{CEDAR},Joint grant"]
    assert set(told(read(path, "t", t=rows))["relation"]) == {"joint_program"}
    (path / "t.csv").unlink()
    (path / "services.csv").write_text("Service,Cedar,Knox\nFood,Elm,\n", "utf-8")
    with pytest.raises(pn.InputError, match="lacks the column organization"):
        pn.read_network(path / "services.csv")


@case("sign-in-of-persons", "A sign-in sheet: persons, their agencies, and a column for each day")
def _sign_in(path: Path) -> None:
    rows = [
        "Name,Agency,1/12/2026,2/9/2026",
        f"Pat Sample,{ALDER},x,",
        f"Lee Doe,{ALDER},,x",
        f"Ann Poe,{BIRCH},x,",
    ]
    for title in ("Sign in", "People of the coalition"):
        net = read(path, title, **{title: rows})
        assert net.names.tolist() == [ALDER, BIRCH], words(net)
        assert len(net.table("people")) == 3
        (path / f"{title}.csv").unlink()
    net = read(path, "Sign in", **{"Sign in": rows})
    assert groups(net) == [(ALDER, "1/12/2026"), (ALDER, "2/9/2026"), (BIRCH, "1/12/2026")]


@case("hubs-and-spokes", "Hubs with their spokes, members of an ACO, and whom somebody named")
def _hubs(path: Path) -> None:
    net = read(path, "a", a=["Hub,Spoke,Service", f"{ALDER},{BIRCH},Telestroke"])
    assert ends(net) == [(ALDER, BIRCH)]
    (path / "a.csv").write_text(f"ACO,Participant TIN Name\nPrairie ACO,{ALDER}\n", "utf-8")
    assert groups(pn.read_network(path / "a.csv")) == [(ALDER, "Prairie ACO")]
    head = "Interviewee organization,Named organization 1,Named organization 2"
    (path / "a.csv").write_text(f"{head}\n{ALDER},{BIRCH},{CEDAR}\n{BIRCH},{ALDER},none\n", "utf-8")
    net = pn.read_network(path / "a.csv")
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR), (BIRCH, ALDER)]


@case("award-of-one-year", "Awards under Award FY25, and the period of the project in one cell")
def _one_year(path: Path) -> None:
    rows = ["Grantee,Project Title,Project Period,Award FY25",
            f'{ALDER},Prairie Care,9/1/2025-8/31/2028,"$300,000"']  # fmt: skip
    found = read(path, "grants", grants=rows).table("funding")
    assert found["amount"].tolist() == [300_000] and found["fiscal_year"].tolist() == [2025]


@case("means-and-times", "Means with deviations beside n, 12x a month, Strong tie and weak tie")
def _means(path: Path) -> None:
    for head, cells, right in (
        ("Mean (SD),n", ["3.2 (0.8),5", "1.6 (0.5),9", "0 (0),4"], [1, 0.5, 0]),
        ("Contacts per month", ["12x", "6 x", "0x"], [1, 0.5, 0]),
        ("Strength", ["Strong tie", "weak tie", "No tie"], [1, 1 / 3, 0]),
    ):
        pairs = (f"{ALDER},{BIRCH}", f"{BIRCH},{CEDAR}", f"{CEDAR},{ALDER}")
        rows = [f"From,To,{head}", *(f"{a},{b}" for a, b in zip(pairs, cells, strict=True))]
        near(read(path, "t", t=rows).table("ties")["strength"], right)


@case("subawards-of-a-prime", "Subawards with their prime recipient, and counts under Events")
def _subawards(path: Path) -> None:
    rows = ["Prime Recipient,Subrecipient,Subaward Amount,Program",
            f'{ALDER},{BIRCH},"$50,000",RHND']  # fmt: skip
    found = read(path, "Subawards", Subawards=rows).table("funding")
    assert found["funder"].tolist() == [ALDER] and found["amount"].tolist() == [50_000]
    (path / "Subawards.csv").write_text(f"County,Partner,Events\nCedar,{ALDER},3\n", "utf-8")
    net = pn.read_network(path / "Subawards.csv")
    assert net.names.tolist() == [ALDER] and not len(net.table("memberships"))


# -- lists of accounts, and what stands around names of counties and partners ----------------------

ACCOUNTS = [
    "Account Name,Type,Account Owner,Owner,Billing State/Province,Billing Zip/Postal Code,"
    "Last Activity",
    f"{ALDER},Hospital,Kim Lee,Kim Lee,Nebraska,68901,1/15/2026",
    f"{BIRCH},Rural Health Clinic,Kim Lee,Kim Lee,Nebraska,68777,",
]


@case("accounts-and-owners", "A list of accounts, whose owner is whoever looks after them")
def _accounts(path: Path) -> None:
    net = read(path, ".csv", report1700=ACCOUNTS)
    rows = net.organizations
    assert rows["kind"].tolist() == ["hospital", "rural_health_clinic"]
    assert rows["zip"].tolist() == ["68901", "68777"]
    assert not len(net.table("affiliations")) and not len(net.table("people"))
    assert not len(net.table("contacts"))


@case(
    "accounts-and-contacts", "Accounts on one sheet, persons and when they were called on another"
)
def _accounts_contacts(path: Path) -> None:
    contacts = [
        ["Account Name", "Contact Name", "Title", "Last Activity", "Owner"],
        [ALDER, "Pat Sample", "CEO", "2026-01-05", "Kim Lee"],
        [BIRCH, "Ann Poe", "Manager", "2025-06-01", "Kim Lee"],
    ]
    listed = [line.split(",") for line in LISTED]
    net = read_book(path, {"Accounts": listed, "Contacts": contacts})
    assert net.organizations["kind"].tolist()[0] == "hospital" and net.n == 3
    met = net.table("contacts")
    assert met["person"].tolist() == ["Pat Sample", "Ann Poe"]
    assert met["by"].tolist() == ["Kim Lee", "Kim Lee"] and met["date"].notna().all()
    assert not len(net.table("affiliations"))


@case("needs-as-a-chna", "A sheet CHNA: a row a county, a column an indicator")
def _chna(path: Path) -> None:
    rows = [
        ["County", "State", "Adult obesity (%)", "Uninsured (%)"],
        ["Cedar", "NE", 35.1, "11%"],
        ["Knox", "NE", "N/A", "9.5%"],
    ]
    net = read_book(path, {"Directory": [line.split(",") for line in LISTED], "CHNA": rows})
    needs = net.table("needs")
    assert needs["county_fips"].tolist() == ["31027", "31027", "31107"]
    near(needs["value"], [35.1, 11, 9.5])


@case("counties-and-more", "Counties served: only one, two, and surrounding ones")
def _counties_and_more(path: Path) -> None:
    rows = [
        "Name,Type,State,Counties Served",
        f"{ALDER},Hospital,NE,Cedar & Knox",
        f"{BIRCH},Rural Health Clinic,NE,Knox County only",
        f'{CEDAR},food,NE,"Cedar, Knox, and surrounding counties"',
    ]
    net = read(path, ".csv", organizations=rows)
    assert sorted(net.table("service_areas")["place"]) == [
        "31027",
        "31027",
        "31107",
        "31107",
        "31107",
    ]
    assert "surrounding counties" in words(net)


@case(
    "parts-that-tell-kinds", "A list parted by rows of HOSPITALS and CLINICS, without a column Type"
)
def _parts(path: Path) -> None:
    rows = [
        "Partner,Phone,State",
        "HOSPITALS,,",
        f"{ALDER},402-555-1000,NE",
        "CLINICS,,",
        f"{BIRCH},402-555-1001,NE",
        "Elm,402-555-1002,NE",
    ]
    net = read(path, ".csv", partners=rows)
    assert net.organizations["kind"].tolist() == ["hospital"] + ["rural_health_clinic"] * 2


@case("top-partners", "A form that asks for the top three partners, without any other list")
def _top_partners(path: Path) -> None:
    rows = [
        "Your organization,Top partner #1,Top partner #2,Top partner #3",
        f"{ALDER},{BIRCH},{CEDAR},",
        f"{BIRCH},{ALDER},none,none",
        f"{CEDAR},Elm,{BIRCH},",
    ]
    net = read(path, ".csv", responses=rows)
    tied = [(ALDER, BIRCH), (ALDER, CEDAR), (BIRCH, ALDER), (CEDAR, BIRCH), (CEDAR, "Elm")]
    assert sorted(ends(net)) == tied and not errors(net)


@case("unsigned-yet", "An agreement that waits for its signatures")
def _unsigned(path: Path) -> None:
    rows = [
        "Party 1,Party 2,Agreement Type,Effective Date,Status",
        f"{ALDER},{BIRCH},MOU,1/15/2024,Active",
        f"{BIRCH},{CEDAR},Transfer agreement,,Pending signature",
    ]
    net = read(path, organizations=LISTED, **{"MOU Tracker": rows})
    assert net.table("agreements")["status"].tolist() == ["executed"] * 2 + ["draft"] * 2
    assert not errors(net)


@case(
    "services-listed",
    "Services Provided: a list between commas, with brackets, beside one of semicolons",
)
def _services_listed(path: Path) -> None:
    rows = [
        "Agency Name,Services Provided,State",
        f'{ALDER},"Emergency, inpatient, swing bed (10 beds, 2 rooms), telehealth",NE',
        f"{BIRCH},Primary care; dental,NE",
        f'{CEDAR},"Food boxes, including fresh produce, eggs and milk",NE',
    ]
    net = read(path, ".csv", directory=rows)
    assert net.table("services")["service"].tolist() == [
        "Emergency", "inpatient", "swing bed (10 beds, 2 rooms)", "telehealth", "Primary care",
        "dental", "Food boxes, including fresh produce, eggs and milk",
    ]  # fmt: skip


@case("flow-of-grants", "Who gave how much to whom under From, To, Program and Amount")
def _flow(path: Path) -> None:
    flow = [
        "From,To,Program,FY,Amount",
        f'HRSA,{ALDER},Flex,FY2025,"$20,000"',
        f"{ALDER},{BIRCH},Flex,FY2025,5000",
    ]
    net = read(path, organizations=LISTED, **{"Grant Flow": flow})
    funding = net.table("funding")
    assert funding["funder"].tolist() == ["HRSA", ALDER] and not len(net.table("ties"))
    assert funding["amount"].tolist() == [20000, 5000] and not errors(net)


@case("levels-by-year", "Levels of working together in a column for each year")
def _levels_by_year(path: Path) -> None:
    rows = [
        "Organization,Partner,2023,2024,2025",
        f"{ALDER},{BIRCH},Networking,Cooperating,Collaborating",
        f"{CEDAR},{BIRCH},None,None,Networking",
        f"{ALDER},{CEDAR},Networking,Networking,None",
    ]
    net = read(path, organizations=LISTED, ties=rows)
    assert told(net)["answer"].tolist() == ["Collaborating", "Networking"]
    near(told(net)["strength"], [1, 0.25])
    assert len(net.denials) == 1 and "2025" in words(net)


@case("boxes-beside-a-grid", "A grid of how often, beside boxes that list partners")
def _boxes_beside(path: Path) -> None:
    often = [f"How often do you meet? [{name}]" for name in NAMES]
    rows = [
        ",".join(["Timestamp", "Name of your organization", "Who are your partners?", *often]),
        f'1/5/2026,{ALDER},"{BIRCH}, Elm School",,Monthly,Quarterly',
        f"1/6/2026,{BIRCH},{ALDER},Monthly,,Never",
    ]
    net = read(path, ".csv", answers=rows)
    assert len(told(net)) == 3
    assert '"Who are your partners?" lists organizations as well, and is not read' in words(net)


KINDS = ["hospital", "rural health clinic", "food"]


@case("tables-in-json", "Organizations with addresses and partnerships in one JSON file")
def _tables_in_json(path: Path) -> None:
    told_of = [
        {"id": f"o{k}", "name": name, "type": kind, "address": {"county": "Knox", "state": "NE"}}
        for k, (name, kind) in enumerate(zip(NAMES, KINDS, strict=True))
    ]
    tied = [{"from": "o0", "to": "o1", "type": "referral", "strength": 0.5}]
    (path / "network.json").write_text(
        json.dumps({"organizations": told_of, "partnerships": tied}), "utf-8"
    )
    net = pn.read_network(path / "network.json")
    assert net.organizations["kind"].tolist()[:2] == ["hospital", "rural_health_clinic"]
    assert set(net.organizations["county_fips"]) == {"31107"}
    assert ends(net) == [(ALDER, BIRCH)] and told(net)["relation"].tolist() == ["referral"]


@case("arrows-alone", "A text file of arrows, one tie a line, and no headers")
def _arrows_alone(path: Path) -> None:
    lines = [f"{ALDER} -> {BIRCH}", f"{BIRCH} -> {CEDAR}", f"{CEDAR} <-> {ALDER}"]
    net = read(path, ".txt", ties=lines)
    assert sorted(ends(net)) == [(ALDER, BIRCH), (BIRCH, CEDAR), (CEDAR, ALDER)]
    assert told(net)["directed"].tolist() == ["yes", "yes", "no"]


@case(
    "meetings-by-month", "A sheet that no table is called as: who came in January, February, March"
)
def _meetings_by_month(path: Path) -> None:
    came = [["Member", "Jan", "Feb", "Mar"], [ALDER, "P", "A", "P"], [BIRCH, "P", "", "E"]]
    listed = [line.split(",") for line in LISTED]
    net = read_book(path, {"Members": listed, "2026 Meetings": came})
    met = net.table("memberships")
    assert met["group"].tolist() == ["Jan", "Mar", "Jan"]
    assert met["organization"].tolist() == ["alder-hospital"] * 2 + ["birch-clinic"]


@case("coalition-as-a-level", "The five levels of collaboration, of which Coalition is the fourth")
def _coalition(path: Path) -> None:
    rows = [
        "From,To,Level of collaboration",
        f"{ALDER},{BIRCH},Networking",
        f"{BIRCH},{CEDAR},Coalition",
        f"{CEDAR},{ALDER},Collaboration",
        f"{ALDER},{CEDAR},No interaction at all",
    ]
    net = read(path, organizations=LISTED, ties=rows)
    near(told(net)["strength"], [0.2, 0.8, 1])
    rows[2] = f"{BIRCH},{CEDAR},Coordination"
    near(told(read(path, organizations=LISTED, ties=rows))["strength"], [0.25, 0.75, 1])
