"""The workbook again with its problems: marked where they are, otherwise as it was."""

from __future__ import annotations

import re
import warnings
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from click.testing import CliRunner
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

import partnet as pn
from partnet import cli
from partnet.io.marks import marked
from partnet.io.marks.listed import COLORS, TITLE
from partnet.io.marks.spots import make_title

from ..test_check import EXPECTED, SHEETS

ERROR, NOTE = COLORS["error"], COLORS["note"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "my.xlsx"
    with xlsxwriter.Workbook(path) as out:
        for name, rows in SHEETS.items():
            sheet = out.add_worksheet(name)
            for k, row in enumerate(rows):
                sheet.write_row(k, 0, [None if cell == "" else cell for cell in row])
    return path


def load(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def list_marks(book: Any) -> dict[tuple[str, int, int], str]:
    return {
        (sheet.title, cell.row, cell.column): cell.fill.fgColor.rgb
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_every_problem_is_marked_in_its_own_cell(book: Path, tmp_path: Path) -> None:
    result = pn.check_tables(book, output=tmp_path / "marked.xlsx")
    marks = list_marks(load(tmp_path / "marked.xlsx"))
    for sheet, row, column in EXPECTED:
        header = SHEETS[sheet][0]
        at = header.index(column) + 1 if column in header else 1
        assert marks[sheet, row, at] == ERROR or "below" in EXPECTED[sheet, row, column]
    assert set(marks.values()) == {ERROR, NOTE}
    assert f"{len(marks)} cells are marked" in result.sentences[-1]


def test_comments_say_all_about_a_cell(book: Path, tmp_path: Path) -> None:
    pn.check_tables(book, output=tmp_path / "marked.xlsx")
    comment = load(tmp_path / "marked.xlsx")["Organizations"]["F4"].comment
    assert comment.author == "partnet"
    assert comment.text.startswith('partnet: Found "5980". A ZIP code has 5 digits')


def test_the_first_sheet_lists_problems_with_links_that_lead_there(
    book: Path, tmp_path: Path
) -> None:
    result = pn.check_tables(book, output=tmp_path / "marked.xlsx")
    made = load(tmp_path / "marked.xlsx")
    sheet = made.worksheets[0]
    assert (sheet.title, sheet["A1"].value) == ("Problems", TITLE)
    assert made.active is sheet
    links = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    marks = list_marks(made)
    for cell in links:
        name, place = cell.hyperlink.location.rsplit("!", 1)
        target = made[name.strip("'")][place]
        assert cell.value == place
        assert (name.strip("'"), target.row, target.column) in marks
    found = [row[3].value for row in sheet.iter_rows() if row[2].value == "1"]
    assert set(result.tables["groups"].query("count == 1")["found"]) == set(found)


def test_the_users_sheets_are_otherwise_unchanged(book: Path, tmp_path: Path) -> None:
    before = load(book)
    ties = before["Ties"]
    ties["D7"].comment = Comment("ask Ann", "Bea")
    ties["A1"].font = Font(italic=True)
    ties["K3"] = "=1+1"
    ties.column_dimensions["A"].width = 41
    ties.freeze_panes = "B2"
    ties["A2"].fill = PatternFill(fill_type="solid", start_color="FF00FF00")
    before.create_sheet("My own notes")["B2"] = date(2026, 1, 2)
    before.save(book)
    result = pn.check_tables(book, output=tmp_path / "marked.xlsx")
    before, after = load(book), load(tmp_path / "marked.xlsx")
    assert after.sheetnames == ["Problems", *before.sheetnames]
    for sheet in before.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                other = after[sheet.title][cell.coordinate]
                assert (other.value, other.number_format) == (cell.value, cell.number_format)
                assert repr(other.font) == repr(cell.font)
                assert repr(other.fill) == repr(cell.fill) or other.comment
    ties = after["Ties"]
    assert ties["D7"].comment.text.startswith("ask Ann\n\npartnet: Found")
    assert (ties.column_dimensions["A"].width, ties.freeze_panes) == (41, "B2")
    assert ties["A2"].fill.fgColor.rgb == "FF00FF00"
    assert any("Formulas are kept" in sentence for sentence in result.sentences)


def test_a_marked_workbook_is_read_and_marked_anew(book: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "marked.xlsx", tmp_path / "again.xlsx"
    before = pn.check_tables(book, output=first)
    mended = load(first)
    mended["Organizations"]["F4"] = "68739"
    mended.save(first)
    after = pn.check_tables(first, output=second)
    assert len(after.table) == len(before.table) - 1
    made = load(second)
    assert made.sheetnames == ["Problems", *SHEETS]
    assert made["Organizations"]["F4"].comment is None
    assert made["Organizations"]["F4"].fill.fill_type is None
    assert set(list_marks(made)) < set(list_marks(load(first))) | {("Organizations", 4, 6)}


def test_the_same_input_gives_the_same_bytes_and_nobodys_file_is_lost(
    book: Path, tmp_path: Path
) -> None:
    path = tmp_path / "marked.xlsx"
    pn.check_tables(book, output=path)
    first = path.read_bytes()
    pn.check_tables(book, output=path)
    assert path.read_bytes() == first
    load(path).save(path)  # somebody saves it
    for output in (path, book, tmp_path / "marked.csv", tmp_path / "no" / "m.xlsx"):
        with pytest.raises(pn.UsageError):
            pn.check_tables(book, output=output)


def test_merged_cells_are_marked_at_their_top(tmp_path: Path) -> None:
    path = tmp_path / "my.xlsx"
    with xlsxwriter.Workbook(path) as out:
        sheet = out.add_worksheet("Organizations")
        sheet.write_row(0, 0, ["name", "kind", "state"])
        sheet.write_column(1, 0, ["A", "B"])
        sheet.write_column(1, 1, ["hospital", "hospital"])
        sheet.merge_range(1, 2, 2, 2, "Nebrasca")
    pn.check_tables(path, output=tmp_path / "marked.xlsx")
    marks = list_marks(load(tmp_path / "marked.xlsx"))
    assert marks["Organizations", 2, 3] == ERROR
    assert ("Organizations", 3, 3) not in marks


def _replace_in(path: Path, old: bytes, new: bytes) -> None:
    """Change the text of a workbook's parts."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).replace(old, new) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)


def test_a_workbook_of_merged_millions_is_not_opened_whole(tmp_path: Path) -> None:
    path = tmp_path / "my.xlsx"
    with xlsxwriter.Workbook(path) as out:
        sheet = out.add_worksheet("Organizations")
        sheet.write_row(0, 0, ["name", "kind"])
        sheet.write_row(1, 0, ["A", "Hopsital"])
        out.add_worksheet("_mine").merge_range("A1:B2", "all of it")
    _replace_in(path, b'ref="A1:B2"/>', b'ref="A1:XFD1000000"/>')
    pn.check_tables(path, output=tmp_path / "marked.xlsx")
    made = load(tmp_path / "marked.xlsx")
    assert made.sheetnames == ["Problems", "Organizations"]
    assert made["Organizations"]["B2"].comment


def test_a_folder_of_csv_files_becomes_a_workbook(tmp_path: Path) -> None:
    folder = tmp_path / "net"
    folder.mkdir()
    (folder / "organizations.csv").write_text(
        "Our members\n\nname,kind,zip\n=1+1,hospital,5980\n\nCedar,clinic,68739\n", "utf-8"
    )
    (folder / "who_knows_whom.csv").write_text(
        "source,target,relation\nCedar,Nobody,referral\n", "utf-8"
    )
    pn.check_tables(folder, output=tmp_path / "marked.xlsx")
    made = load(tmp_path / "marked.xlsx")
    sheet = made["organizations"]
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("=1+1", "s")
    assert sheet["C4"].comment and sheet["C4"].fill.fgColor.rgb == ERROR
    assert made["who_knows_whom"]["B2"].comment
    assert len(pn.check_tables(tmp_path / "marked.xlsx").table) >= 2


def test_frames_and_files_of_other_programs_become_workbooks(tmp_path: Path) -> None:
    rows = pd.DataFrame({"name": ["Cedar", "Knox"], "kind": ["clinic", "clinic"], "zip": ["1", ""]})
    pn.check_tables({"organizations": rows}, output=tmp_path / "frames.xlsx")
    assert load(tmp_path / "frames.xlsx")["organizations"]["C2"].comment
    dl = tmp_path / "net.dl"
    dl.write_text("dl n=3 format=edgelist1\nlabels:\na,b,c\ndata:\n1 2 4\n2 3 -1\n", "utf-8")
    result = pn.check_tables(dl, output=tmp_path / "dl.xlsx")
    made = load(tmp_path / "dl.xlsx")
    assert made.sheetnames == ["Problems", "organizations", "ties"]
    assert len(result.table) > 0


def test_many_problems_and_large_tables_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marked, "MOST_CELLS", 50)
    monkeypatch.setattr(marked, "MOST_MARKED", 3)
    rows = [[f"O{k}", "clinic", "5980" if k % 3 == 0 else "68739"] for k in range(30)]
    frame = pd.DataFrame(rows, columns=["name", "kind", "zip"])
    path = tmp_path / "net.csv"
    frame.to_csv(path, index=False)
    result = pn.check_tables(path, output=tmp_path / "marked.xlsx")
    sheet = load(tmp_path / "marked.xlsx").worksheets[1]
    marks = list_marks(load(tmp_path / "marked.xlsx"))
    assert len(marks) == 3
    assert (sheet["A2"].value, sheet["A3"].value, sheet["A5"].value) == ("O0", None, "O3")
    assert "only the rows with a problem" in " ".join(result.sentences)
    assert "7 more problems" in " ".join(result.sentences)


def test_columns_beyond_a_sheet_are_left_out_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marked, "LAST_COLUMN", 3)
    path = tmp_path / "net.csv"
    path.write_text("name,kind,zip,x\nA,clinic,5980,1\n", encoding="utf-8")
    result = pn.check_tables(path, output=tmp_path / "marked.xlsx")
    sheet = load(tmp_path / "marked.xlsx").worksheets[1]
    assert [cell.value for cell in sheet[1]] == ["name", "kind", "zip"]
    assert "Columns beyond the 3 that an Excel sheet holds" in " ".join(result.sentences)


def test_what_cannot_be_kept_is_said(book: Path, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "rich.xlsx") as out:
        sheet = out.add_worksheet("Organizations")
        sheet.write_row(0, 0, ["name", "kind", "n"])
        sheet.write_row(1, 0, ["A", "hospital", 1])
        sheet.insert_textbox("E2", "remember")
        sheet.add_sparkline("F2", {"range": "Organizations!C2:C2"})
        chart = out.add_chart({"type": "line"})
        chart.add_series({"values": "=Organizations!$C$2:$C$2"})
        sheet.insert_chart("G2", chart)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", EncodingWarning)  # of other libraries
        result = pn.check_tables(tmp_path / "rich.xlsx", output=tmp_path / "marked.xlsx")
    said = " ".join(result.sentences)
    assert "drawn shapes and text boxes" in said
    assert "sparklines" in said or "newer settings" in said
    assert "Charts may look simpler" in said


def test_a_workbook_that_cannot_be_copied_is_said_and_its_tables_are_marked(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, marked = openpyxl.load_workbook, tmp_path / "marked.xlsx"

    def fail(*_: object, **__: object) -> None:
        raise ValueError("a part that it does not know")

    monkeypatch.setattr(openpyxl, "load_workbook", fail)
    result = pn.check_tables(book, output=marked)
    monkeypatch.setattr(openpyxl, "load_workbook", whole)
    assert "could not be copied" in result.text and "ValueError" in result.text
    names = openpyxl.load_workbook(marked).sheetnames
    assert names[0] == "Problems" and len(names) > 1


def test_a_cell_that_only_one_library_reads_is_not_lost(book: Path, tmp_path: Path) -> None:
    """Its type is that of a formula's text, its content stands where a plain text does."""
    odd = tmp_path / "odd.xlsx"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(odd, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                cell = b'<c r="B3" t="str"><is><t>the only copy</t></is></c>'
                part, found = re.subn(rb'<c r="B3".*?</c>', cell, part)
                assert found == 1
            new.writestr(name, part)
    before = pn.check_tables(odd, output=tmp_path / "marked.xlsx")
    assert "(MissingCellError): this one holds its tables alone" in before.text
    sheet = load(tmp_path / "marked.xlsx")[load(odd).sheetnames[0]]
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "the only copy" in texts


def test_merged_cells_and_sheets_that_are_not_read_are_copied(book: Path, tmp_path: Path) -> None:
    own = load(book)
    own.create_sheet("_private")["B3"] = "mine"
    sheet = own.worksheets[0]
    sheet["K2"] = "of both"
    sheet.merge_cells("K2:K3")
    own.save(book)
    assert "tables alone" not in pn.check_tables(book, output=tmp_path / "marked.xlsx").text
    assert load(tmp_path / "marked.xlsx")["_private"]["B3"].value == "mine"


def test_the_command_writes_it_and_names_its_option(book: Path, tmp_path: Path) -> None:
    def check(name: str) -> Any:
        arguments = ["check", str(book), "-o", str(tmp_path / name)]
        return CliRunner().invoke(cli.cli, arguments, standalone_mode=False)

    run = check("marked.xlsx")
    assert run.return_value == 1
    assert "Written:" in run.output
    assert "--output: found marked.pdf" in str(check("marked.pdf").exception)


def test_titles_are_made_as_excel_takes_them() -> None:
    assert make_title("a/b:c", set()) == "a-b-c"
    assert len(make_title("x" * 40, {"x" * 31})) == 31
    assert make_title("", set()) == "table"
    assert make_title("History", set()) == "History 2"
