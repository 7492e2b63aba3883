"""A workbook with more than twenty kinds of mistakes: every one is named, the rest is used."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import xlsxwriter

from partnet import check_tables, read_network, write_template

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import checking  # noqa: E402

SHEETS = {
    "Organizations": [
        ["id", "name", "kind", "state", "county", "zip", "latitude", "longitude", "ccn", "ein"],
        ["a", "Cedar Hospital", "CAH", "NE", "Cedar", "68739", 42.6, -97.3, "281300", "470000001"],
        ["b", "Valley EMS", "EMS", "NE", "Knox", "68718", "", "", "", ""],
        ["c", "Bad Zip", "clinic", "NE", "Cedar", "5980", "", "", "", ""],
        ["d", "Bad Latitude", "clinic", "NE", "Cedar", "68739", 142.6, -97.3, "", ""],
        ["e", "Bad State", "clinic", "Nebrasca", "", "", "", "", "", ""],
        ["f", "Bad County", "clinic", "NE", "Cxdxr", "", "", "", "", ""],
        ["g", "", "clinic", "NE", "", "", "", "", "", ""],
        ["a", "Same Id", "clinic", "NE", "", "", "", "", "", ""],
        ["h", "Bad Kind", "Hopsital", "NE", "", "", "", "", "", ""],
        ["i", "Bad Numbers", "clinic", "NE", "", "", "north", "", "28-13", "12"],
        ["j", "Formula", "clinic", "NE", "#REF!", "", "", "", "", ""],
    ],
    "Ties": [
        ["source", "target", "relation", "strength", "ladder", "since", "until", "directed"],
        ["a", "b", "referral", "monthly", "", "2024-01-01", "", "yes"],
        ["a", "a", "referral", "monthly", "", "", "", ""],
        ["a", "Vally EMS", "referral", "", "", "", "", ""],
        ["a", "b", "friendship", "", "", "", "", ""],
        ["a", "b", "contract", "whenever", "", "", "", ""],
        ["a", "c", "contract", 7, "intensity", "", "", ""],
        ["a", "d", "contract", "", "", "2024-13-01", "", ""],
        ["a", "e", "contract", "", "", "2024-05-01", "2023-05-01", ""],
        ["a", "f", "contract", "", "", "", "", "perhaps"],
        ["a", "h", "contract", "", "stairs", "", "", ""],
    ],
    "Funding": [
        ["recipient", "program", "amount", "fiscal_year", "amount_kind"],
        ["a", "Flex", "12,000", 2026, "obligated"],
        ["a", "Flex", "twelve", 2026, "obligated"],
        ["a", "Flex", -5, "soon", "promised"],
        ["", "Flex", 10, 2026, ""],
    ],
    "Needs": [["county_fips", "indicator", "value"], ["99999", "obesity", 30]],
    "Memberships": [["organization", "role"], ["a", "chair"]],
}

# sheet, row, column: part of what was found
EXPECTED = {
    ("Organizations", 4, "zip"): "5980",
    ("Organizations", 5, "latitude"): "142.6",
    ("Organizations", 6, "state"): "Nebrasca",
    ("Organizations", 7, "county"): "Cxdxr",
    ("Organizations", 8, "name"): "empty cell",
    ("Organizations", 9, "id"): "stands above",
    ("Organizations", 10, "kind"): "Hopsital",
    ("Organizations", 11, "latitude"): "north",
    ("Organizations", 11, "ccn"): "28-13",
    ("Organizations", 11, "ein"): "12",
    ("Organizations", 12, "county"): "#REF!",
    ("Ties", 3, "target"): "both sides",
    ("Ties", 4, "target"): "Vally EMS",
    ("Ties", 5, "relation"): "friendship",
    ("Ties", 6, "strength"): "whenever",
    ("Ties", 7, "strength"): "7",
    ("Ties", 8, "since"): "2024-13-01",
    ("Ties", 9, "until"): "before",
    ("Ties", 10, "directed"): "perhaps",
    ("Ties", 11, "ladder"): "stairs",
    ("Funding", 3, "amount"): "twelve",
    ("Funding", 4, "fiscal_year"): "soon",
    ("Funding", 4, "amount_kind"): "promised",
    ("Funding", 5, "recipient"): "empty cell",
    ("Needs", 2, "county_fips"): "99999",
    ("Memberships", 1, "group"): "organization, role",
}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mistakes") / "mistakes.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in SHEETS.items():
            sheet = book.add_worksheet(name)
            for k, row in enumerate(rows):
                for j, value in enumerate(row):
                    sheet.write(k, j, value)
    return path


def test_every_mistake_is_named_where_it_stands(workbook: Path) -> None:
    problems = check_tables(workbook).table
    errors = problems[problems["level"] == "error"]
    found = {(row.sheet, row.row, row.column): row.found for row in errors.itertuples()}
    assert set(found) == set(EXPECTED)
    for place, words in EXPECTED.items():
        assert words in found[place]
    assert (errors["file"] == "mistakes.xlsx").all()
    assert (errors["allowed"].str.len() > 10).all() and (errors["fix"].str.len() > 10).all()


def test_the_sentence_of_a_problem_has_four_parts(workbook: Path) -> None:
    texts = [str(problem) for problem in read_network(workbook).problems]
    assert (
        'mistakes.xlsx, sheet "Organizations", row 4, column "zip": found "5980". A ZIP code has 5 '
        "digits, or 5 + 4. Excel may have dropped a leading zero: format the column as Text and "
        "re-enter it. The cell counts as blank."
    ) in texts
    assert any("Did you mean Valley EMS?" in text for text in texts)


def test_valid_rows_are_used_and_every_other_row_is_accounted_for(workbook: Path) -> None:
    result = check_tables(workbook)
    counts = result.tables["rows"]
    assert counts.loc["organizations"].tolist() == [11, 9, 0, 2]
    assert counts.loc["ties"].tolist() == [10, 7, 0, 3]
    net = read_network(workbook)
    assert net.n == 9 and net.ties["source"].eq("a").all()
    assert "rows are set aside" in result.sentences[0]


def test_good_tables_are_fine() -> None:
    import pandas as pd

    frames = {"organizations": pd.DataFrame({"name": ["A"], "kind": ["food"]})}
    assert check_tables(frames).sentences[0] == "The tables are fine."


@pytest.mark.slow
def test_thousands_of_faults_are_said_in_forty_lines(tmp_path: Path) -> None:
    checking.write_input(tmp_path, organizations=2_000, ties=20_000)
    result = check_tables(tmp_path)
    assert len(result.table) > 5_000
    assert len(checking.say_problems(tmp_path)) <= 40
    rows = result.tables["rows"]
    assert rows["read"].tolist() == [2_000, 20_000]
    assert (rows["used"] + rows["elsewhere"] + rows["set_aside"] == rows["read"]).all()
    groups = result.tables["groups"]
    assert groups["count"].sum() == len(result.table)


def test_an_empty_workbook_is_not_called_fine(tmp_path: Path) -> None:
    path = tmp_path / "my.xlsx"
    write_template(path)
    (said,) = check_tables(path).sentences
    assert said.startswith("Nothing is filled in yet")
