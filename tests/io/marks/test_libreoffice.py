"""The marked workbook and the template, opened and saved by LibreOffice as a person would."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

import partnet as pn
from partnet.io.marks.listed import COLORS, TITLE

from ..test_check import SHEETS

OFFICE = shutil.which("soffice")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]


def save_again(path: Path, ending: str = "xlsx") -> Path:
    """Open a file in LibreOffice and save it once more."""
    folder = path.parent / "saved"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", ending, "--outdir", folder, path]
    home = {**os.environ, "HOME": str(path.parent)}
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=home)
    return folder / f"{path.stem}.{ending}"


def test_colors_comments_and_links_of_a_marked_workbook(tmp_path: Path) -> None:
    book = tmp_path / "my.xlsx"
    with xlsxwriter.Workbook(book) as out:
        for name, rows in SHEETS.items():
            sheet = out.add_worksheet(name)
            for k, row in enumerate(rows):
                sheet.write_row(k, 0, [None if cell == "" else cell for cell in row])
    marked = tmp_path / "marked.xlsx"
    result = pn.check_tables(book, output=marked)
    ours, theirs = (openpyxl.load_workbook(path) for path in (marked, save_again(marked)))
    assert theirs.sheetnames == ours.sheetnames
    colors = {color[-6:] for color in COLORS.values()}
    seen = 0
    for name in ours.sheetnames:
        for row in ours[name].iter_rows():
            for cell in row:
                other = theirs[name][cell.coordinate]
                if cell.comment is not None:
                    seen += 1
                    assert other.comment is not None, (name, cell.coordinate)
                    assert other.comment.text.split() == cell.comment.text.split()
                    assert str(other.fill.fgColor.rgb)[-6:] in colors, (name, cell.coordinate)
                if name == TITLE and cell.hyperlink is not None:
                    assert other.hyperlink is not None
                    assert other.hyperlink.location == cell.hyperlink.location
                if name != TITLE:
                    assert other.value == cell.value, (name, cell.coordinate)
    assert seen > 5 and len(result.table) > 5


def test_a_filled_template_keeps_its_drop_downs_and_reads_alike(tmp_path: Path) -> None:
    path = tmp_path / "my.xlsx"
    pn.write_template(path)
    book = openpyxl.load_workbook(path)
    names = ["Cedar County Hospital", "Knox Clinic", "Prairie Food Bank"]
    sheets = {title.casefold(): book[title] for title in book.sheetnames}
    for table, heading, cells in (
        ("organizations", "name", names),
        ("ties", "source", [names[0], names[1]]),
        ("ties", "target", [names[1], names[2]]),
    ):
        sheet = sheets[table]
        at = {str(cell.value).casefold(): cell for row in sheet["A1:Z5"] for cell in row}
        head = at[heading]
        for k, text in enumerate(cells):
            sheet.cell(head.row + 2 + k, head.column).value = text  # below the example
    book.save(path)
    saved = save_again(path)
    ours, theirs = pn.read_network(path), pn.read_network(saved)
    assert ours.names.tolist() == theirs.names.tolist() == names
    assert len(ours.ties) == len(theirs.ties) == 2
    lists = openpyxl.load_workbook(saved)[sheets["ties"].title].data_validations.dataValidation
    assert any("organization" in str(rule.formula1).casefold() for rule in lists)
