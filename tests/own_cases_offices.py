"""Further cases of our own: what offices, evaluators and survey tools write around answers."""

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

LETTERS = [
    ["", *NAMES, "Elm"],
    [ALDER, "", "R", "S", ""],
    [BIRCH, "R", "", "RS", ""],
    [CEDAR, "S", "R, S", "", ""],
    ["Elm", "", "", "", ""],
]
SPELLED = [[], ["R = Referral"], ["S = Shared van"], ["blank = nothing"]]


def ways(net: pn.Network) -> list[tuple[str, str, str]]:
    """Ties by their ends and relation, in order."""
    found = zip(ends(net), told(net)["relation"], strict=True)
    return sorted((*pair, relation) for pair, relation in found)


@case("persons-with-employers", "Persons with their organization in brackets or behind a comma")
def _persons(path: Path) -> None:
    rows = [
        "From,To,Relation",
        f"Pat Sample ({ALDER}),Lee Doe ({BIRCH}),Referral",
        f'"Pat Sample, {ALDER}","Cy Roe, {CEDAR}",Referral',
    ]
    net = read(path, "ties", ties=rows)
    assert sorted(net.names) == NAMES and ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)]
    people = net.table("people")
    assert people["person"].tolist() == ["Pat Sample", "Lee Doe", "Cy Roe"]


@case("persons-that-are-none", "Sites and towns in brackets, which are no persons")
def _no_persons(path: Path) -> None:
    rows = [
        "From,To,Relation",
        "Planned Parenthood (Omaha Clinic),Head Start (Knox Center),MOU",
        'Mercy Hospital (Des Moines),"Avera Health, Sacred Heart Hospital",MOU',
    ]
    net = read(path, "ties", ties=rows)
    assert net.n == 4 and not len(net.table("people")) and "person" not in words(net)


@case("persons-in-a-list", "A committee and a list of partners that name persons with employers")
def _persons_listed(path: Path) -> None:
    rows = [
        "Organization,Partners",
        f"{ALDER},Pat Sample ({BIRCH}); Ann Poe ({CEDAR})",
        f"Elm,Ann Poe ({CEDAR})",
    ]
    net = read(path, "ties", ties=rows)
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR), ("Elm", CEDAR)]
    assert len(net.table("people")) == 2
    (path / "ties.csv").write_text(f"From,To\n{ALDER} (Pat Sample),{BIRCH} (Ann Poe)\n", "utf-8")
    assert "It may be a person" in words(pn.read_network(path / "ties.csv"))


@case("schedule-i-of-990", "Grants of Form 990, Schedule I, with the filers' EIN")
def _schedule(path: Path) -> None:
    head = "BusinessNameLine1Txt,RecipientEIN,CashGrantAmt,PurposeOfGrantTxt,Sponsor,TAXYEAR"
    rows = [
        head,
        f"{ALDER},123456789,47239,PHILANTHROPY,203896774,2017",
        f"{BIRCH},123456788,10000,PHILANTHROPY,203896774,2017",
        ",,,,203896774,2017",
    ]
    net = read(path, "grants", grants=rows)
    found = net.table("funding")
    assert found["amount"].tolist() == [47239, 10000] and set(found["fiscal_year"]) == {2017}
    assert set(found["funder"]) == {"EIN 20-3896774"} and found["program"].nunique() == 2
    listed = ["name,kind,ein", f"{ALDER},hospital,123456789", f"{BIRCH},clinic,20-3896774"]
    net = read(path, organizations=listed)
    assert set(net.table("funding")["funder"]) == {BIRCH}


@case("funders-by-year", "Funders over years, years over funders, and both in one header")
def _funders(path: Path) -> None:
    over = [
        ["Grantee", "HRSA", "", "State", "", "Total"],
        ["", 2022, 2023, 2022, 2023, ""],
        [ALDER, 1000, 2000, "", 500, 3500],
        [BIRCH, "", 3000, "", 100, 3100],
    ]
    under = [
        ["Grantee", "2022", "", "2023", ""],
        ["", "HRSA", "State", "HRSA", "State"],
        [ALDER, 1000, "", 2000, 500],
        [BIRCH, "", "", 3000, 100],
    ]
    flat = [["Agency", "HRSA FY22", "State FY22", "HRSA FY23", "State FY23"], *under[2:]]
    right = [
        ("HRSA", 2022, 1000),
        ("HRSA", 2023, 2000),
        ("HRSA", 2023, 3000),
        ("State", 2023, 100),
        ("State", 2023, 500),
    ]
    for sheet in (over, under, flat):
        net = read_book(path, {"Grants by year": sheet})
        columns = [net.table("funding")[c] for c in ("funder", "fiscal_year", "amount")]
        assert sorted(zip(*columns, strict=True)) == right, words(net)
        assert sorted(net.names) == [ALDER, BIRCH] and not errors(net)


@case("letters-with-legend", "A matrix of letters, and what they mean below it or on another sheet")
def _letters(path: Path) -> None:
    pairs = [["Code", "Meaning"], ["R", "Referral"], ["S", "Shared van"]]
    for sheets in (
        {"Sheet1": LETTERS + SPELLED},
        {"Sheet1": [*LETTERS, [], ["Key"], *pairs[1:]]},
        {"Sheet1": [["R = referral, S = shared van"], *LETTERS]},
        {"Matrix": LETTERS, "Legend": pairs},
        {"Matrix": LETTERS, "Key": SPELLED[1:]},
    ):
        net = read_book(path, sheets)
        assert net.names.tolist() == [*NAMES, "Elm"] and not errors(net), words(net)
        assert ways(net) == [
            (ALDER, BIRCH, "referral"),
            (ALDER, CEDAR, "collaboration"),
            (BIRCH, CEDAR, "collaboration"),
            (BIRCH, CEDAR, "referral"),
        ]
        said = told(net)["evidence"].str.casefold().tolist()
        assert said.count("shared van") == 2 and said.count("") == 2


@case("letters-of-levels", "Letters that are levels, of which N is networking and X no contact")
def _levels(path: Path) -> None:
    rows = [
        ["", *NAMES],
        [ALDER, "", "N", "X"],
        [BIRCH, "H", "", "?"],
        [CEDAR, "", "L", ""],
        ["H = High, L = Low, N = Networking"],
        ["X = No contact"],
    ]
    net = read_book(path, {"Sheet1": rows})
    assert ends(net) == [(ALDER, BIRCH), (BIRCH, ALDER), (CEDAR, BIRCH)], words(net)
    near(told(net)["strength"], [0.25, 1, 1 / 3])


@case("letters-without-legend", "A matrix of letters that nothing explains")
def _unexplained(path: Path) -> None:
    net = read_book(path, {"Sheet1": LETTERS, "Other": [["Code", "Meaning"], ["A", "x"]]})
    assert net.n == 4 and not len(told(net)) and '"R"' in words(net)


@case("letters-in-columns", "Kinds and relations in letters, and a sheet of codes")
def _coded(path: Path) -> None:
    net = read_book(path, {
        "Organizations": [["Name", "Type"], [ALDER, "H"], [BIRCH, "C"]],
        "Ties": [["From", "To", "Relation"], [ALDER, BIRCH, "R"]],
        "Codes": [["Code", "Description"], ["H", "Hospital"], ["C", "Clinic"], ["R", "Referral"]],
    })  # fmt: skip
    assert net.table("organizations")["kind"].tolist() == ["hospital", "rural_health_clinic"]
    assert ways(net) == [(ALDER, BIRCH, "referral")] and not errors(net)


@case("matrix-of-relations", "A matrix whose cells name relations, several in one")
def _relations(path: Path) -> None:
    rows = [
        ["", *NAMES],
        [ALDER, "", "Referral", "MOU; Referral"],
        [BIRCH, "none", "", ""],
        [CEDAR, "", "MOU", ""],
    ]
    net = read_book(path, {"Sheet1": rows})
    assert ways(net) == [
        (ALDER, BIRCH, "referral"),
        (ALDER, CEDAR, "agreement"),
        (ALDER, CEDAR, "referral"),
        (CEDAR, BIRCH, "agreement"),
    ]


@case("kobo-options", "KoBo and ODK: a column of 0 and 1 for each option of a question")
def _kobo(path: Path) -> None:
    asked, services = "Which organizations do you work with?", "services"
    head = [
        "today",
        "org",
        asked,
        f"{asked}/alder_hospital",
        f"{asked}/birch_clinic",
        f"{asked}/cedar_food_bank",
        services,
        f"{services}/food",
        "_submission_time",
    ]
    rows = [
        ",".join(head),
        f"2024-01-01,{ALDER},birch_clinic cedar_food_bank,0,1,1,food,1,2024-01-01",
        f"2024-01-01,{BIRCH},alder_hospital,1,0,0,,0,2024-01-01",
    ]
    net = read(path, "kobo", kobo=rows)
    assert net.names.tolist() == [ALDER, BIRCH, "cedar_food_bank"], words(net)
    assert ends(net) == [(ALDER, BIRCH), (ALDER, "cedar_food_bank"), (BIRCH, ALDER)]
    net = read(path, organizations=LISTED)
    assert net.names.tolist() == NAMES and ends(net) == [
        (ALDER, BIRCH),
        (ALDER, CEDAR),
        (BIRCH, ALDER),
    ]


@case("kobo-joined", "KoBo: the options that were chosen in one cell, with blanks between them")
def _kobo_joined(path: Path) -> None:
    rows = [
        "org,Which organizations do you work with?,_submission_time",
        f"{ALDER},birch_clinic cedar_food_bank,2024-01-01",
        f"{BIRCH},alder_hospital,2024-01-02",
    ]
    net = read(path, organizations=LISTED, kobo=rows)
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR), (BIRCH, ALDER)], words(net)


@case("answers-explained", "Answers with what explains them in brackets or behind a dash")
def _explained(path: Path) -> None:
    said = [
        "Weekly (once a week or more)",
        "Monthly - 1 to 3 times",
        "Quarterly or less often",
        "Never (no contact in the last year)",
        "Yes, daily",
        "Monthly (not since 2020)",
    ]
    names = "ABCDEFG"
    rows = [f'{names[0]},{names[k + 1]},"{text}"' for k, text in enumerate(said)]
    net = read(path, "ties", ties=["From,To,How often", *rows])
    near(net.table("ties")["strength"], [0.8, 0.6, 0.4, 0, 1, 0.2])
    assert '"Monthly (not since 2020)"' in words(net)


@case("sif-with-blanks", "Cytoscape's SIF with blanks in its names, and no tabs")
def _sif(path: Path) -> None:
    for text in (
        f"{ALDER} ref {BIRCH}\n{BIRCH} ref {CEDAR}\n",
        "Alder Hospital (ref) Birch Bank\n",
    ):
        (path / "n.sif").write_text(text, "utf-8")
        try:
            pn.read_network(path / "n.sif")
        except pn.InputError as problem:
            assert "with tabs" in str(problem)
        else:
            raise AssertionError(text)
    (path / "n.sif").write_text(f"{ALDER}\tref\t{BIRCH}\t{CEDAR}\nElm\n", "utf-8")
    net = pn.read_network(path / "n.sif")
    assert net.n == 4 and ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)]


@case("legend-at-the-right", "A legend in a column at the right of a matrix, and one with colons")
def _at_the_right(path: Path) -> None:
    rows = [["", *NAMES, "", "R = referral"], [ALDER, "", "R", "", "", "S = shared van"],
            [BIRCH, "R", "", "S"], [CEDAR, "", "S", ""]]  # fmt: skip
    net = read_book(path, {"M": rows})
    assert net.names.tolist() == NAMES and not errors(net), words(net)
    assert ways(net) == [(ALDER, BIRCH, "referral"), (BIRCH, CEDAR, "collaboration")]
    rows = [["", *NAMES], [ALDER, "", "F", "I"], [BIRCH, "F", "", "P"], [CEDAR, "I", "P", ""], [],
            ["F: Formal agreement"], ["I: Informal"], ["P: Planned"]]  # fmt: skip
    net = read_book(path, {"M": rows})
    assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)]
    assert '"Planned"' in words(net)  # F is no "false", and what is planned no tie


@case("legend-of-numbers", "Numbers whose meaning stands below the list, or on a sheet called Key")
def _numbers(path: Path) -> None:
    rows = [["From", "To", "Strength"], [ALDER, BIRCH, 3], [BIRCH, CEDAR, 1], [CEDAR, ALDER, 9]]
    said = [[0, "Never"], [1, "Yearly"], [2, "Monthly"], [3, "Weekly"], [9, "Don't know"]]
    for sheets in (
        {"Ties": rows, "Key": [["Code", "Meaning"], *said]},
        {"Ties": [*rows, [], *([f"{number} = {meaning}"] for number, meaning in said)]},
    ):
        net = read_book(path, sheets)
        assert ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)], words(net)
        near(told(net)["strength"], [0.8, 0.2])


@case("legend-of-names", "Organizations in letters, whose names stand below or on another sheet")
def _names(path: Path) -> None:
    key = [["AH", ALDER], ["BC", BIRCH], ["CF", CEDAR]]
    matrix = [["", "AH", "BC", "CF"], ["AH", 0, 1, 0], ["BC", 1, 0, 1], ["CF", 0, 1, 0], []]
    edges = [["From", "To"], ["AH", "BC"], ["BC", "CF"]]
    for sheets in (
        {"M": [*matrix, *([f"{letters} = {name}"] for letters, name in key)]},
        {"Edges": edges, "Key": [["Code", "Name"], *key]},
    ):
        net = read_book(path, sheets)
        assert net.names.tolist() == NAMES and ends(net) == [(ALDER, BIRCH), (BIRCH, CEDAR)]
