"""The comparison of answers finds what differs, and says how much of it there is."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from .same_answers import Difference, compare, main

ROWS = [{"id": i, "degree": k} for k, i in enumerate("abcd")]
BOOK = '<workbook><sheet name="Gaps" id="1"/></workbook>'
CELL = '<c r="A1" t="s"><v>{}</v></c><c r="B1"><v>7</v></c>'


def write_folder(
    folder: Path, rows: object, page: str, texts: tuple[str, ...] = ("Mercy",)
) -> Path:
    """Write three answers as a capture does: data, a page, a workbook of one cell of text."""
    (folder / "net").mkdir(parents=True)
    answer = {"title": "Who", "table": rows}
    (folder / "net" / "verb.json").write_text(json.dumps(answer), "utf-8")
    (folder / "net" / "page.html").write_text(page, "utf-8")
    with zipfile.ZipFile(folder / "net" / "book.xlsx", "w") as file:
        shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
        file.writestr("xl/sharedStrings.xml", f"<sst>{shared}</sst>")
        file.writestr("xl/workbook.xml", BOOK)
        file.writestr("xl/worksheets/sheet1.xml", CELL.format(len(texts) - 1))
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "old", ROWS, "<p>one</p><p>two</p>")


def list_places(found: list[Difference]) -> list[tuple[str, str, str]]:
    return [(Path(d.file).name, d.path, d.kind) for d in found]


def test_the_same_answers_do_not_differ(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = write_folder(tmp_path / "new", ROWS, "<p>one</p><p>two</p>")
    assert compare(old, new) == []
    assert main(["compare", str(old), str(new)]) == 0
    assert "3 files stand on both sides" in capsys.readouterr().out


def test_planted_differences_are_found_where_they_are(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [ROWS[0], ROWS[1] | {"degree": 1.0}, ROWS[2] | {"rank": 1}, {"id": "d"}]
    new = write_folder(tmp_path / "new", rows, "<p>one</p><p>2</p>", ("Mercy", "Merci"))
    assert list_places(compare(old, new)) == [
        ("book.xlsx", "sheet Gaps", "changed"),
        ("page.html", "text", "changed"),
        ("verb.json", "table.1.degree", "changed"),  # 1 is not 1.0
        ("verb.json", "table.2.rank", "added"),
        ("verb.json", "table.3.degree", "gone"),
    ]
    assert main(["compare", str(old), str(new)]) == 1
    said = capsys.readouterr().out
    assert "- <p>two</p>" in said and "+ <p>2</p>" in said
    assert "5 differences in 3 files" in said and "json gone: table.*.degree" in said


def test_a_row_that_enters_is_one_difference(old: Path, tmp_path: Path) -> None:
    new = write_folder(
        tmp_path / "new", [{"id": "new", "degree": 9}, *ROWS], "<p>one</p><p>two</p>"
    )
    assert list_places(compare(old, new)) == [("verb.json", "table.0", "added")]


def test_a_text_that_only_moved_in_the_list_of_texts_is_said_as_packing(
    old: Path, tmp_path: Path
) -> None:
    new = write_folder(tmp_path / "new", ROWS, "<p>one</p><p>two</p>", ("x", "Mercy"))
    assert list_places(compare(old, new)) == [("book.xlsx", "bytes", "changed")]


def test_files_on_one_side_are_named(old: Path, tmp_path: Path) -> None:
    new = write_folder(tmp_path / "new", ROWS, "<p>one</p><p>two</p>")
    (new / "net" / "page.html").rename(new / "net" / "other.html")
    assert list_places(compare(old, new)) == [
        ("other.html", "", "added"),
        ("page.html", "", "gone"),
    ]


def test_what_is_meant_is_left_aside(old: Path, tmp_path: Path) -> None:
    renamed = [{"id": row["id"], "ties": row["degree"]} for row in ROWS]
    new = write_folder(tmp_path / "new", renamed, "<p>one</p><p>2</p>")
    assert len(compare(old, new)) == 9
    assert len(compare(old, new, ignore=["*:table.*"])) == 1
    assert len(compare(old, new, only=["verb"], words=[("degree", "ties")])) == 0
    assert compare(old, new, only=["book"]) == []


def test_the_same_values_otherwise_written_are_not_the_same_bytes(
    old: Path, tmp_path: Path
) -> None:
    new = write_folder(tmp_path / "new", ROWS, "<p>one</p><p>two</p>")
    path = new / "net" / "verb.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")), indent=1), "utf-8")
    assert list_places(compare(old, new)) == [("verb.json", "bytes", "changed")]
