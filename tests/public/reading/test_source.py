"""Files as they were downloaded: compressed, bundled, cut short, or not tables at all."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from partnet.core.errors import InputError
from partnet.public.readers.catalog import read_public_files
from partnet.public.reading.source import open_sources, open_table

from ..readers.files import (
    HOSPITALS,
    NEW_HEADER,
    read_file,
    write_csv,
    write_hospitals,
    write_pilot,
)


def write_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_compressed_files_read_as_plain_ones(tmp_path: Path) -> None:
    plain = write_hospitals(tmp_path)
    expected = read_file(plain).tables["organizations"].drop(columns="origin")
    packed = tmp_path / "cms.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    zipped = write_zip(tmp_path / "cms.zip", {"data/cms.csv": plain.read_bytes()})
    for path in (packed, zipped):
        found = read_file(path).tables["organizations"]
        assert found.drop(columns="origin").equals(expected)
    assert read_file(zipped).tables["organizations"].at[0, "origin"] == "cms.zip/cms.csv, row 2"


def test_a_folder_or_zip_of_several_files_is_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_hospitals(tmp_path / "in")
    write_pilot(tmp_path / "in")
    (tmp_path / "in" / "notes.docx").write_bytes(b"no table")
    assert [found.reader for found in read_public_files(tmp_path / "in")] == [
        *("cms_hospitals", "fcc_pilot"),
    ]
    members = {
        "a.csv": write_hospitals(tmp_path).read_bytes(),
        "__MACOSX/a.csv": b"x",
        "readme.md": b"x",
        "b.csv": write_pilot(tmp_path).read_bytes(),
    }
    found = read_public_files(write_zip(tmp_path / "both.zip", members))
    assert [file.file for file in found] == ["both.zip/a.csv", "both.zip/b.csv"]


@pytest.mark.parametrize("cut", [1, 10, 40, -1, -9])
@pytest.mark.parametrize("kind", ["gz", "zip"])
def test_what_is_cut_short_is_refused_in_words(tmp_path: Path, kind: str, cut: int) -> None:
    plain = write_hospitals(tmp_path).read_bytes()
    whole = gzip.compress(plain)
    if kind == "zip":
        whole = write_zip(tmp_path / "whole.zip", {"cms.csv": plain}).read_bytes()
    path = tmp_path / f"cms.{kind}"
    path.write_bytes(whole[:cut])
    with pytest.raises(InputError, match=rf"cms\.{kind}: found .*\."):
        read_public_files(path)


def test_archives_that_cannot_be_used_are_explained(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="found no table in it"):
        read_public_files(write_zip(tmp_path / "empty.zip", {"readme.md": b"nothing"}))
    path = write_zip(tmp_path / "locked.zip", {"cms.csv": b"a,b\n1,2\n"})
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1  # the mark of an encrypted member
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"locked\.zip: found a zip file that cannot be opened"):
        read_public_files(path)
    book = write_zip(tmp_path / "book.zip", {"[Content_Types].xml": b"", "xl/workbook.xml": b""})
    with pytest.raises(InputError, match="Excel workbook"):
        read_public_files(book)
    book.rename(tmp_path / "book.csv")
    with pytest.raises(InputError, match="Excel workbook"):
        read_public_files(tmp_path / "book.csv")
    with pytest.raises(InputError, match="nothing there"):
        read_public_files(tmp_path / "absent.csv")
    (tmp_path / "blank.csv").write_text("\n\n", encoding="utf-8")
    with pytest.raises(InputError, match="no row with text"):
        read_public_files(tmp_path / "blank.csv")


def test_a_workbook_is_read_by_the_sheet_that_fits(tmp_path: Path) -> None:
    plain = read_file(write_hospitals(tmp_path)).tables["organizations"].drop(columns="origin")
    path = tmp_path / "cms.xlsx"
    with xlsxwriter.Workbook(path) as book:
        cover, sheet = book.add_worksheet("Read me"), book.add_worksheet("Hospitals")
        cover.write_string(0, 0, "About these data")
        for number, row in enumerate([NEW_HEADER, *HOSPITALS]):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    found = read_file(path).tables["organizations"]
    assert found.at[0, "origin"] == "cms.xlsx/Hospitals, row 2"
    assert found.drop(columns="origin").equals(plain)


def test_rows_are_numbered_as_excel_does(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    path.write_text('\n"a\nb",c\n1,"x\ny"\n\n2,z\n', encoding="utf-8")
    (source,) = open_sources(path)
    assert not isinstance(source, type(None)) and source.header == ("a b", "c")  # type: ignore[union-attr]
    assert [line for line, _ in source.read_rows()] == [3, 5]  # type: ignore[union-attr]


def test_a_compressed_file_that_grows_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partnet.public.reading.source.LEAST_TOLD", 1_000)
    monkeypatch.setattr("partnet.public.reading.source.MOST_TIMES", 2)
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb") as file:
        file.write(b"a,b\n" * 1_000)
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(out.getvalue())
    with pytest.raises(InputError, match="more than"):
        read_public_files(path)
    with pytest.raises(InputError, match="more than"):
        read_public_files(write_zip(tmp_path / "bomb.zip", {"a.csv": b"a,b\n" * 1_000}))


def test_a_wrong_folder_is_named(tmp_path: Path) -> None:
    write_csv(tmp_path / "organizations.csv", ["id", "name"], [["1", "A"]])
    write_csv(tmp_path / "services.csv", ["id", "organization_id", "name"], [["1", "1", "B"]])
    with pytest.raises(InputError, match=r"found a service directory.*open_referral"):
        read_public_files(tmp_path, expected="cms_hospitals")
    with pytest.raises(InputError, match="one table where a folder"):
        read_public_files(write_hospitals(tmp_path), expected="open_referral")


@pytest.mark.parametrize("packed", [False, True])
def test_titles_above_the_header_are_passed_over(tmp_path: Path, packed: bool) -> None:
    plain = write_hospitals(tmp_path)
    expected = read_file(plain).tables["organizations"].drop(columns="origin")
    titled = b"Hospital General Information\n\nDownloaded in 2026,,\n" + plain.read_bytes()
    path = tmp_path / ("titled.csv.gz" if packed else "titled.csv")
    path.write_bytes(gzip.compress(titled) if packed else titled)
    for stream in (False, True):
        (found,) = read_public_files(path, stream=stream)
        assert found.tables["organizations"].drop(columns="origin").equals(expected)


def test_a_table_of_one_column_keeps_its_rows() -> None:
    source = open_table("a.csv", b"Name\n" + b"x\n" * 30)
    assert source.header == ("Name",) and len(list(source.read_rows())) == 30
