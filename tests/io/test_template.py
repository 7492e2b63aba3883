"""The workbook to fill in: what it offers, that it reads as nothing until somebody fills it in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from partnet import UsageError, check_tables, read_network, write_template
from partnet.core.schema import FIRST_TABLES, TABLES, Table
from partnet.io.cells import RawTable
from partnet.io.headers.columns import match_headers
from partnet.io.template import LATER, NEEDED, USEFUL, name_heading


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_template(tmp_path / "my.xlsx", all_tables=True)


@pytest.fixture
def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def fill(path: Path, sheet: str, *rows: dict[str, object]) -> None:
    """Type rows below the example, as a user does."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    titles = {cell.value: cell.column for cell in page[1]}
    columns = {column.name: titles[name_heading(column.name)] for t in TABLES.values()
               if t.label == sheet for column in t.columns}  # fmt: skip
    for number, row in enumerate(rows, start=3):
        for name, value in row.items():
            page.cell(number, columns[name], value)
    book.save(path)


def test_every_table_has_its_sheet_with_every_column(book: Workbook) -> None:
    labels = [table.label for table in TABLES.values()]
    assert book.sheetnames == ["Start here", *labels, "Vocabulary", "_lists"]
    for table in TABLES.values():
        headings = [cell.value for cell in book[table.label][1]]
        assert headings == [name_heading(column.name) for column in table.columns]
    assert book["_lists"].sheet_state == "hidden"


def test_every_heading_has_a_note_that_says_what_is_allowed(book: Workbook) -> None:
    for table in TABLES.values():
        for cell, column in zip(book[table.label][1], table.columns, strict=True):
            assert cell.comment is not None
            begin = "Must be filled in." if column.required else "May stay blank."
            assert cell.comment.text.startswith(begin)
            assert cell.comment.text.endswith(f"in Python: {column.name}.")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_heading_is_read_as_its_column(table: Table) -> None:
    header = tuple(name_heading(name) for name in table.names)
    found = match_headers(RawTable("x.xlsx", table.label, header, 1, [], []), table)
    assert found.columns == {name: k for k, name in enumerate(table.names)}


def test_every_column_that_names_an_organization_offers_those_listed(book: Workbook) -> None:
    names = "OFFSET(Organizations!$B$3,0,0,MAX(1,COUNTA(Organizations!$B$3:$B$2001)),1)"
    for table in TABLES.values():
        rules = book[table.label].data_validations.dataValidation
        for cell, column in zip(book[table.label][1], table.columns, strict=True):
            if column.type == "organization":
                chosen = [r for r in rules if f"{cell.column_letter}3" in r.sqref]
                assert [rule.formula1 for rule in chosen] == [names]
                widths = book[table.label].column_dimensions.values()  # of one width are one entry
                assert max(w.width for w in widths if w.min <= cell.column <= w.max) >= 44


def test_sheets_have_the_color_of_their_use(book: Workbook) -> None:
    colors = [book[t.label].sheet_properties.tabColor.rgb[2:] for t in TABLES.values()]
    rest = len(TABLES) - len(FIRST_TABLES)
    expected = [NEEDED] + [USEFUL] * (len(FIRST_TABLES) - 1) + [LATER] * rest
    assert colors == [color[1:] for color in expected]


def test_every_sheet_is_printed_as_wide_as_a_page(book: Workbook) -> None:
    shown = [sheet for sheet in book if sheet.sheet_state == "visible"]
    assert all(sheet.page_setup.orientation == "landscape" for sheet in shown)
    assert all(sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in shown)


def test_the_first_sheet_leads_to_every_other(book: Workbook) -> None:
    links = [cell.hyperlink.location for row in book["Start here"].iter_rows() for cell in row
             if cell.hyperlink]  # fmt: skip
    assert links == [f"'{table.label}'!A1" for table in TABLES.values()]


def test_words_of_ones_own_are_read_and_the_example_is_not(path: Path) -> None:
    assert read_network(path).vocabulary.find_kind("Mobile clinic") is None
    book = openpyxl.load_workbook(path)
    sheet = book["Vocabulary"]
    for k, text in enumerate(("kind", "Sun clinic", "Primary care", "sun house"), 1):
        sheet.cell(3, k, text)
    book.save(path)
    fill(path, "Organizations", {"name": "Ours", "kind": "sun house"})
    net = read_network(path)
    assert net.organizations["kind"].tolist() == ["sun_clinic"]
    assert not [p for p in net.problems if p.level == "error"]


def test_drop_downs_offer_the_words_of_the_vocabulary(book: Workbook) -> None:
    page = book["Organizations"]
    column = next(cell.column_letter for cell in page[1] if cell.value == "Kind")
    rules = [r for r in page.data_validations.dataValidation if f"{column}2" in r.sqref]
    sheet, area = rules[0].formula1.split("!")
    words = {cell.value for row in book[sheet][area.replace("$", "")] for cell in row}
    assert {"Critical Access Hospital", "Rural Health Clinic"} <= words
    assert rules[0].errorStyle == "information"  # another word may be typed


def test_digits_stay_text_so_that_zeros_stay(book: Workbook) -> None:
    page = book["Organizations"]
    letter = next(cell.column_letter for cell in page[1] if cell.value == "ZIP")
    assert page.column_dimensions[letter].number_format == "@"


def test_an_empty_template_reads_as_nothing(path: Path) -> None:
    net = read_network(path)
    assert net.n == 0 and net.ties.empty
    assert not (check_tables(path).table["level"] == "error").any()


def test_what_is_typed_is_read_and_the_example_is_not(path: Path) -> None:
    zip_code = {"zip": "04401", "county_fips": "01001"}
    fill(
        path,
        "Organizations",
        {"name": "Willow Clinic", "kind": "Rural Health Clinic", **zip_code},
        {"name": "Oak Hospital", "kind": "Critical Access Hospital"},
    )
    tie = {"source": "Willow Clinic", "target": "Oak Hospital", "relation": "referral"}
    fill(path, "Ties", {**tie, "strength": "weekly"})
    net = read_network(path)
    assert list(net.ids) == ["oak-hospital", "willow-clinic"]
    assert net.organizations.loc["willow-clinic", "zip"] == "04401"
    assert net.ties[["source", "target"]].values.tolist() == [["willow-clinic", "oak-hospital"]]
    assert {p.level for p in net.problems} <= {"note"}


def test_a_problem_is_named_by_its_row_in_excel(path: Path) -> None:
    fill(path, "Organizations", {"name": "Willow Clinic", "kind": "spaceship"})
    found = check_tables(path).table.iloc[0]
    assert (found["sheet"], found["row"], found["column"]) == ("Organizations", 3, "kind")


def test_the_short_template_holds_the_first_tables(tmp_path: Path) -> None:
    short = openpyxl.load_workbook(write_template(tmp_path / "s.xlsx"))
    assert short.sheetnames[1:-2] == [TABLES[name].label for name in FIRST_TABLES]


def test_the_same_bytes_every_time(path: Path, tmp_path: Path) -> None:
    assert (
        write_template(tmp_path / "again.xlsx", all_tables=True).read_bytes() == path.read_bytes()
    )


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.xlsx"):
        write_template(tmp_path / "my.csv")


def test_only_the_templates_own_example_is_left_out(path: Path) -> None:
    rows = ("EXAMPLE Health Center", "EXAMPLEVILLE Fire and EMS", "EXAMPLE: ours", "EXAMPLE")
    fill(path, "Organizations", *({"name": name, "kind": "other"} for name in rows))
    assert tuple(read_network(path).table("organizations")["name"]) == rows


def test_an_example_that_was_typed_over_is_read_and_told(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Organizations"]
    titles = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, titles["Name"]).value = "Willow Clinic"
    book.save(path)
    net = read_network(path)
    assert net.organizations["name"].tolist() == ["Willow Clinic"]
    assert "before cells that are not the example's" in str(net.problems[0])
