"""What people really have: shapes of tables, one convention a column, words for nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

import partnet as pn
from partnet.core.schema import TABLES
from partnet.io.read import read_tables
from partnet.io.typed.accounts import GONE

from ..builders import make_network

FIVE = [{"id": i, "name": f"{i.title()} House", "kind": "hospital"} for i in "abcde"]


def tie(source: str, target: str, **cells: Any) -> dict[str, Any]:
    return {"source": source, "target": target, "relation": "collaboration", **cells}


def write_csv(folder: Path, **tables: str) -> Path:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def write_book(path: Path, **sheets: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for k, row in enumerate(rows):
                sheet.write_row(k, 0, row)
    return path


def strengths(net: pn.Network) -> list[float]:
    return net.table("ties")["strength"].tolist()


# -- what is not understood ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["Don\u2019t know", "N/A", "99", "refused", "?", "-", "Prefer not to say"]
)
def test_a_missing_answer_is_no_tie_and_not_known(word: str) -> None:
    rows = [("b", "monthly"), ("c", "weekly"), ("d", word)]
    net = make_network(FIVE, [tie("a", t, strength=s) for t, s in rows])
    assert net.ties["target"].tolist() == ["b", "c"]
    assert pn.build_layer(net).observed_cells == 9
    skipped = net.table("responses").iloc[0]
    assert (skipped.respondent, skipped.organization, skipped.answered) == ("a", "d", "skipped")


def test_a_roster_without_an_answer_is_skipped_also_where_it_is_blank() -> None:
    answers = {"ab": "weekly", "ac": "", "ad": "none", "ba": "", "bc": "monthly", "bd": "",
               "ca": "none", "cb": "", "cd": "quelque fois"}  # fmt: skip
    rows = [tie(*pair, strength=said, reported_by=pair[0]) for pair, said in answers.items()]
    net = make_network(FIVE[:4], rows)
    assert net.ties[["source", "target"]].values.tolist() == [["a", "b"], ["b", "c"]]
    assert len(net.denials) == 2 and len(net.table("responses")) == 5


def test_an_answer_in_unknown_words_weighs_as_the_weakest() -> None:
    net = make_network(FIVE, [tie("a", "b", strength="weekly"), tie("a", "c", strength="zzz")])
    assert strengths(net) == [0.8, 0.2]
    assert any(p.level == "error" and "zzz" in p.found for p in net.problems)


@pytest.mark.parametrize(
    ("said", "right"),
    [
        (["5", "4", "1"], [1.0, 0.8, 0.2]),
        (["5 - Strongly agree", "3 - So so", "1 - Strongly disagree"], [1.0, 0.6, 0.2]),
        (["0.5", "1.0", "0,25"], [0.5, 1.0, 0.25]),
        (["80%", "50 %", "100%"], [0.8, 0.5, 1.0]),
        (["100", "50", "97"], [1.0, 0.5, 0.97]),
    ],
)
def test_a_column_of_numbers_has_one_scale(said: list[str], right: list[float]) -> None:
    net = make_network(FIVE, [tie("a", t, strength=s) for t, s in zip("bcd", said, strict=True)])
    assert strengths(net) == pytest.approx(right)


def test_zero_in_any_spelling_is_none() -> None:
    said = ["0", "0.0", "0,0", "none", "Never"]
    net = make_network(
        [*FIVE, {"id": "f", "name": "F", "kind": "hospital"}],
        [tie("a", t, strength=s) for t, s in zip("bcdef", said, strict=True)],
    )
    assert net.ties.empty and len(net.denials) == 5


def test_the_declared_scale_goes_before_the_largest_number() -> None:
    about = [{"setting": "scale", "value": "5"}]
    net = make_network(FIVE, [tie("a", "b", strength=4), tie("a", "c", strength=2)], about=about)
    assert strengths(net) == [0.8, 0.4]


def test_answered_counts_only_what_is_read_as_answered() -> None:
    said = ["yes", "Complete", "no", "perhaps", "N/A", "", "refused", "not asked"]
    rows = [
        {"respondent": o["id"], "answered": s} for o, s in zip([*FIVE, *FIVE], said, strict=False)
    ]
    net = make_network(FIVE, [tie("a", "b")], responses=rows)
    assert net.table("responses")["answered"].tolist()[:7] == ["yes", "yes", *["no"] * 5]


def test_communication_is_a_level_and_no_agreement() -> None:
    rows = [
        ("b", "communication"),
        ("c", "coordination"),
        ("d", "collaboration"),
        ("e", "communications"),
    ]
    net = make_network(FIVE, [{"source": "a", "target": t, "relation": r} for t, r in rows])
    table = net.table("ties")
    assert table["relation"].tolist() == [*["collaboration"] * 3, "communications"]
    assert table["strength"].tolist()[:2] == [0.25, 0.75] and table["strength"].isna()[2:].all()


# -- one convention a column -----------------------------------------------------------------------


def test_a_column_that_proves_two_orders_is_not_read_where_it_is_doubtful() -> None:
    said = ["13/02/2024", "02/13/2024", "03/04/2024"]
    net = make_network(FIVE, [tie("a", t, since=s) for t, s in zip("bcd", said, strict=True)])
    days = net.table("ties")["since"]
    assert [f"{d:%F}" for d in days[:2]] == ["2024-02-13"] * 2 and pd.isna(days[2])


def test_what_another_column_proves_holds_for_the_table() -> None:
    rows = [tie("a", "b", since="03/04/2024", until="20/10/2025")]
    net = make_network(FIVE, rows)
    assert f"{net.table('ties')['since'][0]:%F}" == "2024-04-03"


def test_nothing_proven_is_read_as_americans_write_and_said_and_settled_by_about() -> None:
    rows = [tie("a", "b", since="03/04/2024")]
    net = make_network(FIVE, rows)
    assert f"{net.table('ties')['since'][0]:%F}" == "2024-03-04"
    assert any("could be read two ways" in p.found for p in net.problems)
    net = make_network(FIVE, rows, about=[{"setting": "dates", "value": "day first"}])
    assert f"{net.table('ties')['since'][0]:%F}" == "2024-04-03"


@pytest.mark.parametrize(
    ("said", "right"),
    [
        (["12,5", "1.299,99", "1.234"], [12.5, 1299.99, 1234.0]),
        (["1,234", "3.25"], [1234.0, 3.25]),
        (["$13,819.50", "(500)", "USD 75,500"], [13819.5, -500.0, 75500.0]),
        (["1.2M", "250K", "about 5"], [None, None, None]),
        (["1 299,50", "7,5"], [1299.5, 7.5]),
    ],
)
def test_amounts_have_one_mark_for_decimals(said: list[str], right: list[float | None]) -> None:
    rows = [{"recipient": "a", "program": f"P{k}", "amount": s} for k, s in enumerate(said)]
    found = make_network(FIVE, funding=rows).table("funding")["amount"].tolist()
    assert [None if v != v else v for v in found] == right


@pytest.mark.parametrize(
    "text", ["FY26", "FY 2026", "SFY26", "2025-26", "2025-2026", "2026.0", "'26"]
)
def test_fiscal_years(text: str) -> None:
    rows = [{"recipient": "a", "program": "P", "fiscal_year": text}]
    assert make_network(FIVE, funding=rows).table("funding")["fiscal_year"].tolist() == [2026]


def test_what_has_not_ended_has_no_end() -> None:
    net = make_network(FIVE, [tie("a", "b", until="ongoing"), tie("a", "c", until="present")])
    assert net.table("ties")["until"].isna().all()
    assert all(p.level == "note" for p in net.problems)


# -- words for nothing -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["None", "none.", "N/A", "TBD", "unknown", "-", "?", "0", "no", "(none)"]
)
def test_a_word_for_nothing_is_no_group_service_program_or_funder(word: str) -> None:
    funding = {"recipient": "a", "program": word, "funder": word}
    net = make_network(
        FIVE,
        memberships=[{"organization": "a", "group": word}],
        services=[{"organization": "a", "service": word}],
        funding=[funding, {**funding, "program": "Flex"}],
    )
    assert net.table("memberships").empty and net.table("services").empty
    assert net.table("funding")[["program", "funder"]].values.tolist() == [["Flex", ""]]
    assert not [p for p in net.problems if p.level == "error"]


# -- shapes ----------------------------------------------------------------------------------------


def test_the_header_is_found_below_titles_and_captions(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "book.xlsx",
        Members=[["Our members"], ["As of March 2026"], [], ["Organization", "Type", "Phone"],
                 ["Alder", "CAH", "402"], ["Birch", "clinic", "403"], ["Source: our list"]],
        Connections=[["Who", "", "How"], ["From", "To", "Relationship", "Frequency"],
                     ["Alder", "Birch", "works together", "monthly"]],
    )  # fmt: skip
    net = pn.read_network(path)
    assert net.names.tolist() == ["Alder", "Birch"] and strengths(net) == [0.6]
    assert net.table("ties")["provenance"][0] == 'book.xlsx, sheet "Connections", row 3'


def test_a_separator_line_and_semicolons(tmp_path: Path) -> None:
    text = "sep=;\nname;kind;latitude\nAlder;hospital;42,604\n"
    net = pn.read_network(write_csv(tmp_path, organizations=text))
    assert net.organizations["latitude"].tolist() == [42.604]


def test_a_matrix_names_each_pair_once(tmp_path: Path) -> None:
    rows = ",a,b,c,d\na,0,1,3,0\nb,1,0,NA,0\nc,3,NA,0,0\nd,0,0,0,0\n"
    net = pn.read_network(
        write_csv(
            tmp_path,
            organizations="id,name,kind\n" + "".join(f"{i},{i.upper()} X,food\n" for i in "abcd"),
            ties=rows,
        )
    )
    assert net.ties[["source", "target"]].values.tolist() == [["a", "b"], ["a", "c"]]
    assert strengths(net) == pytest.approx([1 / 3, 1.0])
    assert pn.build_layer(net).observed_cells == 5  # b and c did not say


def test_partners_beside_each_organization(tmp_path: Path) -> None:
    text = "Organization,Partner 1,Partner 2\nA House,B House,C House\nB House,C House,none\n"
    folder = write_csv(
        tmp_path, ties=text, organizations="name,kind\nA House,food\nB House,food\nC House,food\n"
    )
    net = pn.read_network(folder)
    assert len(net.ties) == 3 and not [p for p in net.problems if p.level == "error"]


def test_a_column_of_yes_and_no_for_each_service(tmp_path: Path) -> None:
    text = (
        "organization,services___transport,services___food,note\n"
        "A,1,0,early\nB,Checked,Unchecked,late\nC,,don't know,\n"
    )
    net = pn.read_network(
        write_csv(tmp_path, organizations="name,kind\nA,food\nB,food\nC,food\n", services=text)
    )
    rows = net.table("services")[["organization", "service", "note"]]
    assert rows.values.tolist() == [["a", "transport", "early"], ["b", "transport", "late"]]
    assert read_tables(tmp_path).accounts["services"] == (3, 2, 1, 0)


def test_several_values_in_a_cell_and_names_with_commas() -> None:
    names = ["Alder, Inc", "Birch", "Cedar"]
    frames = {
        "organizations": pd.DataFrame({"name": names, "kind": "food"}),
        "ties": pd.DataFrame(
            {"source": ["Birch"], "target": ["Alder, Inc; Cedar"], "relation": "MOU"}
        ),
        "services": pd.DataFrame(
            {
                "organization": names,
                "service": ["food, clothing", "food | rides", "clothing, men's"],
            }
        ),
    }
    net = pn.read_network(frames)
    assert len(net.ties) == 2
    found = net.table("services")["service"].tolist()
    assert found == ["food", "clothing", "food", "rides", "clothing, men's"]


def test_a_group_by_the_name_of_an_organization_stays_whole() -> None:
    frames = {
        "organizations": pd.DataFrame({"name": ["Alder; Birch", "0", "Cedar"], "kind": "food"}),
        "memberships": pd.DataFrame({"organization": "Cedar", "group": ["Alder; Birch", "0"]}),
    }
    net = pn.read_network(frames)
    assert net.table("memberships")["group"].tolist() == ["Alder; Birch", "0"]


def test_the_id_of_a_row_that_is_set_aside_keeps_no_group_whole(tmp_path: Path) -> None:
    """What is read once must be read the same way again, when that row is gone."""
    frames = {
        "organizations": pd.DataFrame({"id": ["a", "x; y"], "name": ["Cedar", ""], "kind": "food"}),
        "memberships": pd.DataFrame({"organization": ["a"], "group": ["x; y"]}),
    }
    net = pn.read_network(frames)
    assert net.table("memberships")["group"].tolist() == ["x", "y"]
    pn.export_network(net, tmp_path / "net.cx2")
    assert pn.read_network(tmp_path / "net.cx2") == net


def test_merged_cells_are_filled(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "m.xlsx") as book:
        sheet = book.add_worksheet("Organizations")
        sheet.write_row(0, 0, ["name", "kind", "county", "state"])
        for k, name in enumerate("ABC", start=1):
            sheet.write_row(k, 0, [name, "food"])
        sheet.merge_range(1, 2, 3, 2, "Cedar")
        sheet.merge_range(1, 3, 3, 3, "NE")
    assert (
        pn.read_network(tmp_path / "m.xlsx").organizations["county_fips"].tolist() == ["31027"] * 3
    )


def test_persons_do_not_become_organizations() -> None:
    rows = {"Name": ["Pat P", "Kim K", "Lee L"], "Title": ["CEO", "RN", "CFO"], "Email": "x@y.z",
            "Organization": ["Alder", "Alder", "Birch"], "Type": "hospital"}  # fmt: skip
    net = pn.read_network({"organizations": pd.DataFrame(rows)})
    assert net.names.tolist() == ["Alder", "Birch"]
    assert net.table("people")["person"].tolist() == ["Pat P", "Kim K", "Lee L"]
    assert "Email" not in net.organizations and "Title" not in net.organizations


def test_ties_alone_name_their_organizations(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text("Org A\tOrg B\tWhy\n0\t1\tmeals\n1\t2\tcare\n", encoding="utf-8")
    net = pn.read_network(path)
    assert net.names.tolist() == ["0", "1", "2"] and len(net.ties) == 2
    assert set(net.organizations["kind"]) == {"other"} and set(net.ties["relation"]) == {
        "collaboration"
    }


def test_a_column_of_directions_is_no_relation() -> None:
    frame = pd.DataFrame(
        {"source": ["a", "b"], "target": ["b", "c"], "Type": ["Mutual", "Directed"]}
    )
    net = pn.read_network({"organizations": pd.DataFrame(FIVE), "ties": frame})
    assert net.ties["directed"].tolist() == ["no", "yes"]
    frame = frame.drop(columns="Type").assign(bidirectional=[True, False])
    net = pn.read_network({"organizations": pd.DataFrame(FIVE), "ties": frame})
    assert net.ties["directed"].tolist() == ["no", "yes"]


def test_a_sheet_is_what_somebody_says(tmp_path: Path) -> None:
    path = write_book(tmp_path / "b.xlsx", Sheet1=[["name", "kind"], ["A", "food"], ["B", "food"]],
                      Sheet2=[["target", "source", "relation"], ["A", "B", "MOU"]],
                      Old=[["source", "target", "relation"], ["A", "B", "contract"]])  # fmt: skip
    assert pn.read_network(path).ties["relation"].tolist() == ["agreement"]
    assert pn.read_network(path, tables={"ties": "Old"}).ties["relation"].tolist() == ["contract"]
    with pytest.raises(pn.UsageError, match="Sheets or files are"):
        pn.read_network(path, tables={"ties": "Sheet9"})


# -- places ----------------------------------------------------------------------------------------


def test_old_and_new_codes_are_one_county_and_borders_make_no_gap() -> None:
    placed = [{**FIVE[0], "county_fips": "46113"}, {**FIVE[1], "county_fips": "09001"}]
    needs = [{"county_fips": c, "indicator": "x", "value": 1} for c in ("46102", "09110", "09001")]
    net = make_network(placed, needs=needs)
    assert net.organizations["county_fips"].tolist() == ["46102", "09001"]
    assert net.table("needs")["county_fips"].tolist() == ["46102", "09001"]


def test_a_county_outside_its_state_is_said_with_the_likely_one() -> None:
    row = {**FIVE[0], "state": "NE", "county_fips": "46102", "zip": "68739"}
    net = make_network([row])
    assert net.organizations["county_fips"].tolist() == [""]
    assert "NE is likely" in net.problems[0].fix


# -- laws ------------------------------------------------------------------------------------------

JUNK = ["", "N/A", "Don't know", "zzz", "99", "?", "-", "None of your business", "TBD", "unknown"]
SAID = ["daily", "weekly", "monthly", "none", "0", "0.5", "yearly"]
PAIRS = [(a, b) for a in "abcde" for b in "abcde" if a != b]


@settings(max_examples=6)
@given(st.lists(st.tuples(st.sampled_from(PAIRS), st.sampled_from(SAID),
                          st.sampled_from([None, *JUNK])),
                min_size=1, max_size=12))  # fmt: skip
def test_a_cell_that_is_not_understood_never_adds_or_strengthens(
    rows: list[tuple[tuple[str, str], str, str | None]],
) -> None:
    def read(blank: bool) -> pd.DataFrame:
        ties = []
        for pair, said, junk in rows:
            text = said if junk is None else "" if blank else junk
            ties.append(tie(*pair, strength=text))
        layer = pn.build_layer(make_network(FIVE, ties))
        return pd.DataFrame(layer.matrix.toarray())

    assert (read(blank=False) <= read(blank=True) + 1e-12).all(axis=None)


@settings(max_examples=6)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcde"),
            st.sampled_from(["Flex", "Table", *JUNK[1:3], *JUNK[5:7], *JUNK[8:]]),
        ),
        max_size=10,
    )
)
def test_a_word_for_nothing_is_never_shared(rows: list[tuple[str, str]]) -> None:
    def share(kept: list[tuple[str, str]]) -> list[list[float]]:
        tables = {
            "memberships": [{"organization": o, "group": g} for o, g in kept],
            "services": [{"organization": o, "service": g} for o, g in kept],
        }
        net = make_network(FIVE, **{k: v for k, v in tables.items() if v})
        return pn.build_affinity(net).matrix.toarray().tolist()

    assert share(rows) == share([row for row in rows if row[1] in ("Flex", "Table")])


CELLS = ["a", "b", "c", "A House", "nobody", "", "a; b", "None", "referral", "zzz",
         "2024-01-01", "13/13/2024",
         "monthly", "5", "-3", "#REF!", "yes", "31027", "1e9", "communication"]  # fmt: skip
SHAPES = {
    "ties": ["source", "target", "relation", "strength", "since"],
    "services": ["organization", "service", "county_fips"],
    "memberships": ["organization", "group", "since", "until"],
    "funding": ["recipient", "program", "amount", "fiscal_year"],
    "needs": ["county_fips", "indicator", "value"],
    "contacts": ["organization", "date", "mode"],
    "responses": ["respondent", "relation", "answered"],
}

SHAPES |= {
    name: list(TABLES[name].names[:5])
    for name in TABLES
    if name not in (*SHAPES, "organizations", "about")
}


@settings(max_examples=6)
@given(st.data())
def test_rows_read_are_used_or_elsewhere_or_set_aside(data: st.DataObject) -> None:
    frames = {"organizations": pd.DataFrame(FIVE[:3])}
    sizes = {}
    for name, columns in SHAPES.items():
        row = st.lists(st.sampled_from(CELLS), min_size=len(columns), max_size=len(columns))
        rows = data.draw(st.lists(row.filter(any), max_size=6), label=name)
        if rows:
            frames[name] = pd.DataFrame(rows, columns=columns)
            sizes[name] = len(rows)
    reading = read_tables(frames)
    accounts = reading.accounts
    assert not [str(p) for p in reading.problems if p.found == GONE]
    for name, size in sizes.items():
        account = accounts[name]
        assert account.read == size == account.used + account.elsewhere + account.set_aside


SPREAD = {  # tables with a column for each funder, party, relation, service, group or partner
    "funding": (["organization", "HRSA", "USDA", "total"], ["", "$100", "0", "n/a", "25.5"]),
    "agreements": (["agreement", "party 1", "party 2", "type"], ["a", "b", "zzz", "", "None"]),
    "ties": (["source", "target", "share data", "referral"], ["yes", "no", "", "x"]),
    "services": (["organization", "food", "transport"], ["yes", "no", "", "planned"]),
    "memberships": (["organization", "Housing", "Data"], ["x", "", "chair"]),
}


@settings(max_examples=6)
@given(st.data())
def test_rows_of_spread_tables_are_accounted_for(data: st.DataObject) -> None:
    frames = {"organizations": pd.DataFrame(FIVE[:3])}
    sizes = {}
    for name, (columns, said) in SPREAD.items():
        ends = 2 if name == "ties" else 1
        row = st.tuples(*[st.sampled_from("abcz")] * ends,
                        *[st.sampled_from(said)] * (len(columns) - ends))  # fmt: skip
        rows = data.draw(st.lists(row, max_size=6), label=name)
        if rows:
            frames[name] = pd.DataFrame(rows, columns=columns)
            sizes[name] = len(rows)
    reading = read_tables(frames)
    assert not [str(p) for p in reading.problems if p.found == GONE]
    for name, size in sizes.items():
        assert name not in reading.accounts or reading.accounts[name].read == size, name


# -- the ordinary American way ---------------------------------------------------------------------


def test_twenty_five_organizations_typed_the_ordinary_way(tmp_path: Path) -> None:
    kinds = ["CAH", "Rural Health Clinic", "FQHC", "County Health Department", "EMS", "Food Pantry",
             "Nursing Home", "Mental Health", "School District", "Church", "Area Agency on Aging",
             "Non-profit", "Public Transit", "Sheriff", "Community College",
             "Home Health", "Pharmacy",
             "Foundation", "County", "Housing Authority", "Hospital", "Hospice", "Senior Center",
             "Law Enforcement", "Bank"]  # fmt: skip
    counties = ["Cedar", "Cedar County", "Knox Co.", "Holt", "Antelope"]
    names = [f"{kind} of {counties[k % 5]} No. {k + 1}" for k, kind in enumerate(kinds)]
    orgs = [
        ["Prairie Health Coalition - Members"],
        ["Updated 3/2/26"],
        [],
        ["Organization Name", "Type", "County", "State", "ZIP", "Contact Name", "Title", "Phone"],
    ]
    orgs += [
        [
            n,
            kinds[k],
            counties[k % 5],
            "NE" if k % 2 else "Nebraska",
            68739,
            f"Pat {k}",
            ("CEO", "Administrator", "Director")[k % 3],
            "402-555-0100",
        ]
        for k, n in enumerate(names)
    ]
    dates = ["3/2/22", "May 2023", "Jan 15, 2020", "12/1/2019", "2021", "6/15/24", "Sept 2022"]
    words = [
        "works together",
        "MOU",
        "partnership",
        "Referrals",
        "shares data",
        "meets with",
        "contracts with",
    ]
    often = [
        "monthly",
        "Weekly",
        "Quarterly",
        "once a year",
        "Rarely",
        "Daily",
        "every other month",
    ]
    ties = [
        ["Who works with whom?"],
        ["From", "To", "How do they work together", "How often", "Since", "Last Contact"],
    ]
    ties += [
        [names[k], names[(k * 3 + 1) % 25], words[k % 7], often[k % 7], dates[k % 7], "3/14/26"]
        for k in range(25)
        if k != (k * 3 + 1) % 25
    ]
    grants = [["Grantee", "Grant Program", "Funder", "FY", "Amount"]]
    grants += [[names[k], "Rural Health Outreach", "HRSA", "FY26", "$250,000"] for k in range(5)]
    visits = [["Organization", "Date of Visit", "Type", "Level", "Notes"]]
    visits += [
        [names[k], "3/14/26", ("Phone", "Zoom", "site visit", "Email")[k % 4], "CEO", "quality"]
        for k in range(8)
    ]
    groups = [["Organization", "Coalition", "Member Since"]]
    groups += [
        [names[k], ("Trauma Region", "None", "Wellness Table")[k % 3], "2021"] for k in range(9)
    ]
    services = [["Organization", "Services Offered"]]
    services += [[names[k], "Transportation; Food" if k % 2 else "Food"] for k in range(6)]
    path = write_book(
        tmp_path / "coalition.xlsx",
        Orgs=orgs,
        Connections=ties,
        Grants=grants,
        Visits=visits,
        Groups=groups,
        Services=services,
    )
    net = pn.read_network(path)
    errors = [str(p) for p in net.problems if p.level == "error"]
    assert not errors, errors
    assert net.n == 25 and len(net.table("ties")) == len(ties) - 2
    assert (net.organizations["kind"] != "other").all()
    assert set(net.organizations["county_fips"]) == {"31027", "31107", "31089", "31003"}
    assert net.table("funding")["amount"].tolist() == [250_000.0] * 5
    assert net.table("contacts")["mode"].tolist() == ["call", "meeting", "visit", "call"] * 2
    assert len(net.table("memberships")) == 6 and len(net.table("services")) == 9
    assert len(net.table("people")) == 25


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("tribal clinic", "tribal"),
        ("IHS Clinic", "tribal"),
        ("university extension", "civic"),
        ("Library", "civic"),
        ("crisis center", "behavioral_health"),
        ("volunteer fire department", "public_safety"),
        ("senior center", "community_based_organization"),
    ],
)
def test_kinds_are_read_as_coordinators_type_them(word: str, kind: str) -> None:
    rows = pd.DataFrame({"name": ["Elm"], "kind": [word]})
    assert pn.read_network({"organizations": rows}).organizations["kind"].tolist() == [kind]
