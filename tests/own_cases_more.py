"""Further cases of our own, of exports and lists whose columns are spread or go by other names."""

from __future__ import annotations

from pathlib import Path

import partnet as pn

from .own_cases import (
    ALDER,
    BIRCH,
    CEDAR,
    LISTED,
    NAMES,
    case,
    ends,
    errors,
    near,
    read,
    read_book,
    told,
    words,
)


@case("level-alone", "Ties whose only column beside the ends is Level: Awareness ... Collaboration")
def _level(path: Path) -> None:
    lines = ["From,To,Level", f"{ALDER},{BIRCH},Awareness", f"{BIRCH},{CEDAR},Coordination",
             f"{ALDER},{CEDAR},Collaboration"]  # fmt: skip
    net = read(path, organizations=LISTED, ties=lines)
    near(told(net)["strength"], [0.25, 0.75, 1])
    assert not errors(net)


@case("level-of-leaders", "A column Level that names leaders, and a strength beside it")
def _leaders(path: Path) -> None:
    lines = ["From,To,Level", f"{ALDER},{BIRCH},CEO", f"{BIRCH},{CEDAR},Board member"]
    net = read(path, organizations=LISTED, ties=lines)
    assert net.ties["level"].tolist() == ["executive"] * 2 and net.ties["strength"].isna().all()


@case("task-force-beside", "A membership list with the task forces of each organization")
def _task_force(path: Path) -> None:
    lines = ["Name,Type,Task Force", f"{ALDER},Hospital,Opioid; Housing",
             f"{BIRCH},Clinic,Housing", f"{CEDAR},Food,"]  # fmt: skip
    rows = read(path, organizations=lines).table("memberships")
    assert sorted(rows["group"]) == ["Housing", "Housing", "Opioid"]


@case("committees-ticked", "A coalition's roster below a title, an X under each committee")
def _committees(path: Path) -> None:
    head = ["Organization", "Representative", "Housing Committee", "Data Committee"]
    rows = [["Coalition roster 2026"], head, [ALDER, "Pat Sample", "X", ""],
            [BIRCH, "Lee Muster", "X", "X"], [CEDAR, "Kim Doe", "", ""]]  # fmt: skip
    net = read_book(path, {"Roster": rows})
    assert net.names.tolist() == NAMES and len(net.table("memberships")) == 3
    lines = ["Name,Type,In Network", f"{ALDER},Hospital,Yes", f"{BIRCH},Clinic,No"]
    (path / "book.xlsx").unlink()
    assert read(path, organizations=lines).table("memberships").empty


@case("matrix-with-types", "A matrix with the type of each organization before its cells")
def _types(path: Path) -> None:
    rows = [["Name", "Type", *NAMES], [ALDER, "Hospital", 0, 1, 0], [BIRCH, "Clinic", 1, 0, 1],
            [CEDAR, "Food", 0, 1, 0]]  # fmt: skip
    net = read_book(path, {"M": rows})
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]
    assert '"Type"' in words(net)


@case("qualtrics-grid", "A grid of Qualtrics: Q2_1, Q2_2, and its questions in the second row")
def _qualtrics(path: Path) -> None:
    asked = ",".join(f"How often do you work with - {name}" for name in NAMES)
    ids = ",".join(f'"{{""ImportId"":""QID{k}""}}"' for k in range(6))
    lines = ["StartDate,ResponseId,Q1,Q2_1,Q2_2,Q2_3",
             f"Start Date,Response ID,Your organization,{asked}", ids,
             f"2026-03-01,R_1,{ALDER},,Weekly,Never",
             f"2026-03-02,R_2,{BIRCH},Monthly,,Daily"]  # fmt: skip
    net = read(path, "q", q=lines)
    assert sorted(ends(net)) == [(ALDER, BIRCH), (BIRCH, ALDER), (BIRCH, CEDAR)]


@case("activities-of-a-crm", "Activities of a CRM: Account Name, Activity Date, Type, Assigned To")
def _activities(path: Path) -> None:
    lines = ["Account Name,Activity Date,Type,Subject,Assigned To",
             f"{ALDER},3/14/2026,Call,Quality,SORH",
             f"{BIRCH},3/20/2026,Site Visit,Telehealth,SORH"]  # fmt: skip
    net = read(path, organizations=LISTED, activities=lines)
    assert net.table("contacts")["mode"].tolist() == ["call", "visit"]


@case("high-medium-low", "Strengths as High, Medium, Low, and as Strong, Moderate, Weak")
def _closeness(path: Path) -> None:
    for high, medium, low in (("High", "Medium", "Low"), ("Strong", "Moderate", "Weak")):
        lines = ["From,To,Strength", f"{ALDER},{BIRCH},{high}", f"{BIRCH},{CEDAR},{low}",
                 f"{ALDER},{CEDAR},{medium}"]  # fmt: skip
        net = read(path, organizations=LISTED, ties=lines)
        near(told(net)["strength"], [1, 1 / 3, 2 / 3])
        assert not errors(net)


@case("counties-beside", "Counties that each organization serves, several in a cell")
def _counties(path: Path) -> None:
    lines = ["Name,Type,County,State,Counties Served",
             f'{ALDER},Hospital,Cedar,NE,"Cedar, Knox, Dixon"',
             f"{BIRCH},Clinic,Knox,NE,Knox"]  # fmt: skip
    areas = read(path, organizations=lines).table("service_areas")
    assert areas["place"].tolist() == ["31027", "31107", "31051", "31107"]
    assert set(areas["place_kind"]) == {"county"}


@case("parties-side-by-side", "A list of agreements with Party 1 and Party 2")
def _parties(path: Path) -> None:
    lines = ["Agreement,Party 1,Party 2,Type,Effective,Expires",
             f"TA-1,{ALDER},{BIRCH},Transfer agreement,1/1/2025,12/31/2026"]  # fmt: skip
    net = read(path, organizations=LISTED, agreements=lines)
    assert net.table("agreements")["organization"].tolist() == net.ids[:2].tolist()


@case("counts-of-referrals", "Referral Source, Referral Destination, # of Referrals")
def _referrals(path: Path) -> None:
    lines = ["Referral Source,Referral Destination,# of Referrals", f"{ALDER},{BIRCH},120",
             f"{BIRCH},{CEDAR},30"]  # fmt: skip
    net = read(path, "r", r=lines)
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]
    near(told(net)["strength"], [1, 0.25])


@case("a-column-a-relation", "Ties with a column of yes and no for each relation")
def _relations(path: Path) -> None:
    lines = ["Organization,Partner,Share data,Refer clients", f"{ALDER},{BIRCH},Yes,No",
             f"{BIRCH},{CEDAR},Yes,Yes"]  # fmt: skip
    net = read(path, organizations=LISTED, ties=lines)
    assert sorted(net.ties["relation"]) == ["data_sharing", "data_sharing", "referral"]
    assert len(net.denials) == 1


@case("a-column-a-funder", "Awards with a column of dollars for each funder, and their total")
def _funders(path: Path) -> None:
    lines = ["Organization,HRSA,USDA,Total", f'{ALDER},"$100,000",,"$100,000"',
             f'{BIRCH},"$50,000","$25,000","$75,000"']  # fmt: skip
    rows = read(path, organizations=LISTED, funding=lines).table("funding")
    assert rows["amount"].sum() == 175_000 and set(rows["funder"]) == {"HRSA", "USDA"}


@case("ties-by-word-alone", "A list of ties under headers that tell nothing, and somebody who does")
def _by_word(path: Path) -> None:
    text = f"A,B,Freq\n{ALDER},{BIRCH},3\n{BIRCH},{CEDAR},1\n"
    (path / "x.csv").write_text(text, "utf-8")
    net = pn.read_network(path / "x.csv", tables={"ties": "x.csv"})
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]
    near(told(net)["strength"], [1, 1 / 3])
