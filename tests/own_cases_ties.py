"""Further cases of our own, of ties: scales, matrices, pairs in one cell, what a header says."""

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
    ends,
    errors,
    near,
    read,
    read_book,
    told,
    words,
)
from .own_cases_doors import groups


def strengths(net: pn.Network) -> dict[tuple[str, str], float]:
    """Strengths by the names of the ends."""
    return dict(zip(ends(net), told(net)["strength"], strict=True))


def relations(net: pn.Network) -> set[tuple[str, str, str]]:
    """Ties by the names of their ends, with their relations."""
    return {(*pair, r) for pair, r in zip(ends(net), told(net)["relation"], strict=True)}


# -- scales ----------------------------------------------------------------------------------------


@case("one-is-the-most", "Headers that say that the smallest number is the strongest")
def _most(path: Path) -> None:
    heads = ["Closeness (1 = most close, 5 = least close)", "Strength (5 = weak, 1 = strong)",
             "Strength (1=strongest)", "Frequency (1=daily, 2=weekly, 3=monthly, 4=yearly)",
             "How often (1: always, 5: never)"]  # fmt: skip
    for head in heads:
        for listed in ({}, {"organizations": LISTED}):
            ties = [f'From,To,"{head}"', f"{ALDER},{BIRCH},1", f"{BIRCH},{CEDAR},4"]
            net = read(path, "" if listed else "ties", ties=ties, **listed)
            first, second = told(net)["strength"]
            assert first == 1 > second > 0, (head, first, second)
            for file in path.iterdir():
                file.unlink()


@case("numbers-for-none", "Headers that say which number is never, and which is don't know")
def _none(path: Path) -> None:
    ties = ['From,To,"How often (1 = never, 2 = monthly, 3 = weekly, 9 = don\'t know)"',
            f"{ALDER},{BIRCH},1", f"{BIRCH},{CEDAR},3", f"{ALDER},{CEDAR},9",
            f"{CEDAR},{ALDER},2"]  # fmt: skip
    net = read(path, organizations=LISTED, ties=ties)
    assert strengths(net) == {(BIRCH, CEDAR): 0.8, (CEDAR, ALDER): 0.6} and len(net.denials) == 1


@case("scale-in-the-question", "A grid and a matrix whose question says what its numbers mean")
def _question(path: Path) -> None:
    asked = ",".join(f'"How close (1 = very close, 4 = distant) [{name}]"' for name in NAMES)
    net = read(path, "form", form=[f"Your organization,{asked}", f"{ALDER},,1,4",
                                   f"{BIRCH},2,,3"])  # fmt: skip
    found = strengths(net)
    assert found[ALDER, BIRCH] > found[BIRCH, ALDER] > found[BIRCH, CEDAR] > found[ALDER, CEDAR]
    (path / "form.csv").unlink()
    rows = [
        ["1 = close, 3 = distant", *NAMES],
        [ALDER, 0, 1, 3],
        [BIRCH, 1, 0, 2],
        [CEDAR, 3, 2, 0],
    ]
    found = strengths(read_book(path, {"M": rows}))
    assert found[ALDER, BIRCH] > found[BIRCH, CEDAR] > found[ALDER, CEDAR]


@case("codes-by-header", "Codes of relations and of kinds that the header explains")
def _codes(path: Path) -> None:
    listed = ['Name,"Type (1 = Hospital, 2 = Rural Health Clinic)"', f"{ALDER},1", f"{BIRCH},2"]
    ties = ['From,To,"Type (1=Referral, 2=Data sharing)"', f"{ALDER},{BIRCH},1",
            f"{BIRCH},{ALDER},2"]  # fmt: skip
    net = read(path, organizations=listed, ties=ties)
    assert net.table("organizations")["kind"].tolist() == ["hospital", "rural_health_clinic"]
    assert relations(net) == {(ALDER, BIRCH, "referral"), (BIRCH, ALDER, "data_sharing")}


@case("strength-unnamed", "Numbers and levels beside ties under headers that say no strength")
def _unnamed(path: Path) -> None:
    for heads in ("2023,2025", "Baseline,Follow-up", "Rank,Score of us"):
        ties = [f"From,To,{heads}", f"{ALDER},{BIRCH},2,4", f"{BIRCH},{CEDAR},4,1"]
        net = read(path, organizations=LISTED, ties=ties)
        assert f'"{heads.split(",")[1]}"' in words(net) and "call it strength" in words(net)
        assert told(net)["strength"].isna().all()
    ties = ["From,To,Our link", f"{ALDER},{BIRCH},Weekly", f"{BIRCH},{CEDAR},Monthly"]
    near(told(read(path, organizations=LISTED, ties=ties))["strength"], [0.8, 0.6])


@case("a-to-b", "Two columns, A to B and B to A: what each end says of the other")
def _ways(path: Path) -> None:
    ties = ["Org A,Org B,A to B,B to A", f"{ALDER},{BIRCH},4,1", f"{BIRCH},{CEDAR},2,0"]
    net = read(path, organizations=LISTED, ties=ties)
    right = {(ALDER, BIRCH): 1, (BIRCH, ALDER): 0.25, (BIRCH, CEDAR): 0.5}
    assert strengths(net) == right and set(told(net)["directed"]) == {"yes"}
    assert len(net.denials) == 1


@case("waves-in-one-list", "A column of years, and the same two organizations in several of them")
def _waves(path: Path) -> None:
    ties = ["From,To,Year,Strength", f"{ALDER},{BIRCH},2023,2", f"{ALDER},{BIRCH},2025,4"]
    assert '"Year" from 2023 to 2025' in words(read(path, organizations=LISTED, ties=ties))
    ties = ["From,To,Year,Strength", f"{ALDER},{BIRCH},2023,2", f"{BIRCH},{CEDAR},2025,4"]
    assert '"Year" from' not in words(read(path, organizations=LISTED, ties=ties))


@case("times-are-no-strength", "A log of contacts between organizations with its times")
def _times(path: Path) -> None:
    log = ["Time,From,To", f"2026-03-14 10:00,{ALDER},{BIRCH}", f"2026-03-15 10:00,{ALDER},{BIRCH}"]
    net = read(path, "log", log=log)
    assert pn.build_layer(net).n_ties == 1 and not errors(net), words(net)


@case("how-often-in-short", "2x/week, 1-2 times a month: often said, in words of their own")
def _often(path: Path) -> None:
    for text, level in (("2x/week", 0.8), ("1-2 times a month", 0.6), ("1x/year", 0.2)):
        net = read(
            path, organizations=LISTED, ties=["From,To,How often", f"{ALDER},{BIRCH},{text}"]
        )
        near(told(net)["strength"], [level])


# -- what is planned, and what is no more ----------------------------------------------------------


@case("planned-and-ended", "Ties, services and visits with a status: Planned, Ended, Cancelled")
def _status(path: Path) -> None:
    ties = ["From,To,Status,Until", f"{ALDER},{BIRCH},Active,", f"{BIRCH},{CEDAR},Planned,",
            f"{ALDER},{CEDAR},Ended,", f"{CEDAR},{ALDER},Ended,2024-06-30"]  # fmt: skip
    services = ["Organization,Service,Status", f"{ALDER},Transport,Offered",
                f"{BIRCH},Transport,Planned", f"{CEDAR},Food,Discontinued"]  # fmt: skip
    log = ["Date,Organization,Type,Status", f"3/14/2026,{ALDER},Site visit,Completed",
           f"3/20/2026,{CEDAR},Call,Cancelled"]  # fmt: skip
    net = read(path, organizations=LISTED, ties=ties, services=services, contacts=log)
    assert ends(net) == [(ALDER, BIRCH), (CEDAR, ALDER)] and '"Planned" in 1 row' in words(net)
    assert len(net.table("services")) == len(net.table("contacts")) == 1
    rows = pn.check_tables(path).tables["rows"].loc["ties"]
    assert rows[["read", "used", "elsewhere", "set_aside"]].tolist() == [4, 2, 2, 0]


# -- ends in one cell ------------------------------------------------------------------------------


@case("pairs-in-one-cell", "Alder -> Birch, Alder <-> Birch, Alder - Birch in a single column")
def _pairs(path: Path) -> None:
    net = read(path, "x", x=["Link", f"{ALDER} -> {BIRCH}", f"{BIRCH} <-> {CEDAR}",
                             f"{ALDER} <- {CEDAR}"])  # fmt: skip
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR), (CEDAR, ALDER)]
    assert told(net)["directed"].tolist() == ["yes", "no", "yes"]
    net = read(path, "x", x=["Partnership,How often", f"{ALDER} - {BIRCH},Weekly",
                             f"{BIRCH} - {CEDAR},Monthly"])  # fmt: skip
    assert strengths(net) == {(ALDER, BIRCH): 0.8, (BIRCH, CEDAR): 0.6}
    listed = ["Organization", "Avera - Hartington", "Avera - Creighton"]  # a dash within names
    assert read(path, "x", x=listed).n == 2


@case("lead-and-partners", "Project, Lead, Partners: projects with their lead and its partners")
def _leads(path: Path) -> None:
    lines = ["Project,Lead,Partners", f'Telehealth,{ALDER},"{BIRCH}; {CEDAR}"',
             f"Food box,{CEDAR},{BIRCH}"]  # fmt: skip
    for listed in ({}, {"organizations": LISTED}):
        net = read(path, "" if listed else "projects", projects=lines, **listed)
        assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR), (CEDAR, BIRCH)], words(net)
        assert told(net)["evidence"].tolist() == ["Telehealth", "Telehealth", "Food box"]
    lines = ["Project,Lead,Partners", f"Telehealth,Pat Sample,{BIRCH}", f"Food,Lee Muster,{CEDAR}"]
    assert "Pat Sample" not in read(path, organizations=LISTED, projects=lines).names.tolist()


@case("answers-behind-names", "Partners with how often behind each: Birch Clinic (weekly)")
def _behind(path: Path) -> None:
    lines = ["Organization,Partners", f'{ALDER},"{BIRCH} (weekly); {CEDAR} (monthly)"',
             f"{BIRCH},{CEDAR} (quarterly)"]  # fmt: skip
    net = read(path, "x", x=lines)
    assert set(net.names) == set(NAMES)
    near(told(net)["strength"], [0.8, 0.6, 0.4])


@case("lists-without-a-list", "Members in one cell where no list of organizations is given")
def _alone(path: Path) -> None:
    lines = ["Coalition,Members", f'Opioid,"{ALDER}, {BIRCH}, and {CEDAR}"',
             f"Housing,{BIRCH}; {CEDAR}", f"EMS,{ALDER}"]  # fmt: skip
    net = read(path, "coalitions", coalitions=lines)
    assert set(net.names) == set(NAMES) and len(groups(net)) == 6


@case("names-in-quotes", "Airtable and SharePoint: names with commas in quotes, numbers between")
def _quotes(path: Path) -> None:
    text = 'Name,Type,Partners\n"Alder, Inc.",Hospital,"Birch Clinic,Cedar Food Bank"\n'
    text += f'{BIRCH},RHC,"""Alder, Inc."",{CEDAR}"\n{CEDAR},Food,\n'
    (path / "m.csv").write_text(text, "utf-8")
    net = pn.read_network(path / "m.csv")
    assert net.n == 3 and pn.build_layer(net).n_ties == 3 and not errors(net), words(net)
    (path / "m.csv").unlink()
    net = read(path, "x", x=["Organization,Partners", f"{ALDER},12;#{BIRCH};#15;#{CEDAR}",
                             f"{BIRCH},15;#{CEDAR}"])  # fmt: skip
    assert set(net.names) == set(NAMES) and pn.build_layer(net).n_ties == 3


@case("relations-beside", "Refers to, Shares data with, MOU with: a column of partners a relation")
def _beside(path: Path) -> None:
    lines = ["Name,Type,Refers to,Shares data with,MOU with",
             f"{ALDER},Hospital,{BIRCH},{CEDAR},{BIRCH}; {CEDAR}", f"{BIRCH},Clinic,{CEDAR},,",
             f"{CEDAR},Food,,,"]  # fmt: skip
    assert relations(read(path, organizations=lines)) == {
        (ALDER, BIRCH, "referral"), (BIRCH, CEDAR, "referral"), (ALDER, CEDAR, "data_sharing"),
        (ALDER, BIRCH, "agreement"), (ALDER, CEDAR, "agreement")}  # fmt: skip


# -- matrices --------------------------------------------------------------------------------------


@case("matrix-of-numbered-names", "1. Alder Hospital down, and 1, 2, 3 across")
def _numbered(path: Path) -> None:
    rows = ["Organization,1,2,3", f"1. {ALDER},0,1,0", f"2. {BIRCH},1,0,1", f"3. {CEDAR},0,1,0"]
    net = read(path, "m", m=rows)
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]


@case("matrix-of-some", "A matrix in which only some have answered about all")
def _some(path: Path) -> None:
    rows = [["Respondent", *NAMES, "Dogwood School"], [ALDER, "", 3, 0, 1], [BIRCH, 2, "", 1, 0]]
    net = read_book(path, {"Roster": rows})
    assert net.n == 4 and len(told(net)) == 4


@case("matrix-behind-groups", "A column of sectors before the names of a matrix")
def _behind_groups(path: Path) -> None:
    rows = [["Sector", "Organization", *NAMES], ["Health", ALDER, 0, 3, 1], ["", BIRCH, 3, 0, 2],
            ["Social", CEDAR, 1, 2, 0]]  # fmt: skip
    net = read_book(path, {"Matrix": rows})
    assert net.names.tolist() == NAMES
    assert strengths(net) == {(ALDER, BIRCH): 1, (ALDER, CEDAR): 1 / 3, (BIRCH, CEDAR): 2 / 3}


@case("matrices-below-each-other", "Two matrices on one sheet, each below the name of its relation")
def _below(path: Path) -> None:
    one, two = ([["", *NAMES], [ALDER, 0, a, b], [BIRCH, a, 0, 0], [CEDAR, b, 0, 0]]
                for a, b in ((1, 0), (0, 1)))  # fmt: skip
    net = read_book(path, {"Networks": [["Referrals"], *one, [], ["Data sharing"], *two]})
    assert relations(net) == {(ALDER, BIRCH, "referral"), (ALDER, CEDAR, "data_sharing")}


@case("matrix-sheet-of-a-relation", "One matrix on a sheet that is called Referrals")
def _sheet(path: Path) -> None:
    rows = [["", *NAMES], [ALDER, 0, 1, 0], [BIRCH, 0, 0, 1], [CEDAR, 0, 0, 0]]
    net = read_book(path, {"Organizations": ORGS, "Referrals": rows})
    assert relations(net) == {(ALDER, BIRCH, "referral"), (BIRCH, CEDAR, "referral")}


@case("counts-of-two-modes", "How often each took part: an incidence matrix with counts")
def _counts(path: Path) -> None:
    head = "organization,Opioid Task Force,Housing Coalition,EMS Council"
    lines = [head, f"{ALDER},3,0,1", f"{BIRCH},1,2,0", f"{CEDAR},0,5,0"]
    for name in ("incidence", "x"):
        net = read(path, name, **{name: lines})
        assert len(groups(net)) == 5 and len(net.ties) == 0 and net.n == 3, words(net)
        (path / f"{name}.csv").unlink()


@case("molten-matrix", "A matrix that R or pandas made long: Organization, variable, value")
def _molten(path: Path) -> None:
    lines = ["Organization,variable,value", f"{ALDER},{BIRCH},Weekly", f"{ALDER},{CEDAR},Never",
             f"{BIRCH},{CEDAR},Monthly"]  # fmt: skip
    assert strengths(read(path, "x", x=lines)) == {(ALDER, BIRCH): 0.8, (BIRCH, CEDAR): 0.6}


@case("ties-on-their-side", "Ties with a row of sources, a row of targets and a row of strengths")
def _side(path: Path) -> None:
    lines = [f"From,{ALDER},{BIRCH}", f"To,{BIRCH},{CEDAR}", "Strength,3,1"]
    assert strengths(read(path, "ties", ties=lines)) == {(ALDER, BIRCH): 1, (BIRCH, CEDAR): 1 / 3}


@case("nobody-in-a-grid", "A grid that also asks about Other (please specify)")
def _other(path: Path) -> None:
    names = [ALDER, BIRCH, "Other (please specify)", "Other"]
    asked = ",".join(f"How often? [{name}]" for name in names)
    lines = [f"Timestamp,Your organization,{asked}",
             f"3/1/2026 10:00:00,{ALDER},,Weekly,Monthly,Daily",
             f"3/1/2026 10:00:00,{BIRCH},Weekly,,,"]  # fmt: skip
    assert read(path, "form", form=lines).names.tolist() == [ALDER, BIRCH]


@case("frames-without-headers", "DataFrames of tuples, of lists in cells, and of counted pairs")
def _frames(path: Path) -> None:
    net = pn.read_network({"ties": pd.DataFrame([(ALDER, BIRCH, "x"), (BIRCH, CEDAR, "y")])})
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]
    listed = pd.DataFrame({"name": NAMES, "kind": "hospital",
                           "partners": [[BIRCH, CEDAR], {CEDAR}, None],
                           "services": [("Transport",), pd.array(["Food", "Dental"]).to_numpy(),
                                        []]})  # fmt: skip
    net = pn.read_network({"organizations": listed})
    assert len(net.table("ties")) == 3 and len(net.table("services")) == 3
    pairs = pd.DataFrame({"source": [ALDER, ALDER, BIRCH], "target": [BIRCH, BIRCH, CEDAR]})
    counted = pairs.groupby(["source", "target"]).size().to_frame("n")
    near(told(pn.read_network({"ties": counted}))["strength"], [1, 0.5])


@case("ties-by-more-names", "Ties whose ends go by further names: ego and alter, in two languages")
def _ends(path: Path) -> None:
    heads = ["ego_id,alter_name", "From / De,To / Para", "Organization,Top partner",
             "Respondent Organization,Partner Organization"]  # fmt: skip
    for head in heads:
        net = read(path, "x", x=[head, f"{ALDER},{BIRCH}", f"{BIRCH},{CEDAR}"])
        assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)], head


@case("codebook-beside", "Ties by numbers, and a codebook that says whom each number names")
def _codebook(path: Path) -> None:
    net = read_book(path, {"Edges": [["From", "To", "Weight"], [1, 2, 3], [2, 3, 1]],
                           "Codebook": [["Code", "Organization"], [1, ALDER], [2, BIRCH],
                                        [3, CEDAR]]})  # fmt: skip
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]
