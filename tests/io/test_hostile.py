"""Workbooks made to hurt: refused in a sentence, in bounded memory, with the process alive."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet import InputError, PartnetError, read_network
from partnet.io.opened.csv_file import read_csv_cells
from partnet.io.opened.guard import check_workbook
from partnet.io.opened.workbook import read_workbook_cells

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELS = f'<Relationships xmlns="{PACKAGE}">{{}}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = f'<Relationship Id="r{{}}" Type="{OFFICE}/{{}}" Target="{{}}"/>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOOK = (
    f"<workbook {MAIN} "
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Organizations" sheetId="1" r:id="r1"/></sheets></workbook>'
)


def make_xlsx(path: Path, sheet: str, strings: str = "") -> Path:
    """Write a minimal workbook from the XML of its one sheet and its shared strings."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr(
            "_rels/.rels", RELS.format(REL.format(1, "officeDocument", "xl/workbook.xml"))
        )
        archive.writestr("xl/workbook.xml", BOOK)
        parts = REL.format(1, "worksheet", "worksheets/sheet1.xml")
        parts += REL.format(2, "sharedStrings", "sharedStrings.xml")
        archive.writestr("xl/_rels/workbook.xml.rels", RELS.format(parts))
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{strings}</sst>")
    return path


def corners(path: Path) -> Path:
    """Cells only at A1 and XFD1048576."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row>{far}'
    return make_xlsx(path, f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>")


def bomb(path: Path) -> Path:
    """A sheet that inflates to 3 GB."""
    with zipfile.ZipFile(make_xlsx(path, "<worksheet/>"), "a", zipfile.ZIP_DEFLATED) as archive:
        piece = b"<!-- " + b" " * 10_000_000 + b" -->"
        with archive.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as part:
            part.write(b"<worksheet>")
            for _ in range(300):
                part.write(piece)
            part.write(b"</worksheet>")
    return path


def repeated_strings(path: Path) -> Path:
    """300,000 cells that all show one string of 32,000 characters."""
    cells = "".join(f'<row r="{k}"><c r="A{k}" t="s"><v>0</v></c></row>' for k in range(1, 300_001))
    sheet = f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"
    return make_xlsx(path, sheet, f"<si><t>{'x' * 32_000}</t></si>")


def entities(path: Path) -> Path:
    """Strings that expand a thousandfold by XML entities."""
    doctype = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return make_xlsx(path, f"{doctype}<worksheet {MAIN}><sheetData/></worksheet>")


READ = """
import sys
from partnet import InputError, PartnetError, read_network
try:
    read_network(sys.argv[1])
except PartnetError as error:
    print(error)
from pathlib import Path
peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(int(peak) // 1024)
"""


@pytest.mark.parametrize("claim", ["4294967295", "+8000001", "00099999999999", "9" * 5000])
@pytest.mark.parametrize("name", ["uniqueCount", "count"])
def test_a_list_that_claims_to_be_endless_is_refused(tmp_path: Path, name: str, claim: str) -> None:
    path = make_xlsx(tmp_path / "net.xlsx", f"<worksheet {MAIN}><sheetData/></worksheet>")
    repack(path, lambda parts: change_strings(parts, f'{name}="{claim}" '))
    with pytest.raises(InputError, match=r"net\.xlsx: found a list said to hold \d+ texts\. "):
        check_workbook(path)


@pytest.mark.parametrize("claim", ["8000000", "3", "007", "", "x", "-1"])
def test_a_list_that_miscounts_is_measured_as_it_is(tmp_path: Path, claim: str) -> None:
    path = make_xlsx(tmp_path / "net.xlsx", f"<worksheet {MAIN}><sheetData/></worksheet>")
    repack(path, lambda parts: change_strings(parts, f'uniqueCount="{claim}" '))
    assert check_workbook(path) == {}


def change_strings(parts: dict[str, bytes], claim: str) -> None:
    """Let the list of strings say how many it holds."""
    parts["xl/sharedStrings.xml"] = f"<sst {claim}{MAIN}></sst>".encode()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (corners, "most of them empty"),
        (bomb, "when unpacked"),
        (repeated_strings, "characters"),
        (entities, "XML entities"),
    ],
)
def test_refused_in_a_sentence_within_memory(tmp_path: Path, make: object, words: str) -> None:
    path = make(tmp_path / "net.xlsx")  # type: ignore[operator]
    command = [sys.executable, "-c", READ, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    *sentences, megabytes = done.stdout.splitlines()
    assert words in sentences[0] and sentences[0].startswith("net.xlsx: found")
    assert int(megabytes) < 400


FAR = (
    f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="{}"><v>1</v></c></row></sheetData></worksheet>'
)


def repack(path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Write a workbook anew with other parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def move_sheet(parts: dict[str, bytes], to: str) -> None:
    """Put the sheet elsewhere, and say so to the program that opens it."""
    parts[f"xl/{to}"] = parts.pop("xl/worksheets/sheet1.xml")
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(b"worksheets/sheet1.xml", to.encode())


def behind_other_bytes(parts: dict[str, bytes]) -> None:
    move_sheet(parts, "media/picture.png")
    parts["xl/media/picture.png"] = b"\x89PNG" + parts["xl/media/picture.png"]


def among_strings(parts: dict[str, bytes]) -> None:
    move_sheet(parts, "sharedStrings.xml")
    sheet = parts["xl/sharedStrings.xml"]
    parts["xl/sharedStrings.xml"] = b"<sst>" + sheet + b"</sst>"


def in_other_letters(parts: dict[str, bytes]) -> None:
    name = "xl/worksheets/sheet1.xml"
    parts[name] = b'<?xml version="1.0" encoding="cp037"?>' + parts[name]


def in_wide_letters(parts: dict[str, bytes]) -> None:
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].decode().encode("utf-16")


CHANGES: dict[str, tuple[str, Callable[[dict[str, bytes]], object]]] = {
    "a part of another format": ("XFD1048576", lambda p: p.update({"content.xml": b"<a/>"})),
    "small letters": ("xfd1048576", lambda p: None),
    "one cell far out, none at A1": ("XFD1048576", lambda p: p.update(
        {"xl/worksheets/sheet1.xml": p["xl/worksheets/sheet1.xml"].replace(b'r="A1"', b'r="XFC1"')}
    )),
    "no reference that Excel writes": ("$XFD$1048576", lambda p: None),
    "four letters": ("AAAA1048576", lambda p: None),
    "a sheet elsewhere": ("XFD1048576", lambda p: move_sheet(p, "sheets/one.xml")),
    "a sheet in a place of its own": ("XFD1048576", lambda p: move_sheet(p, "theme/theme1.xml")),
    "a sheet that is not called XML": ("XFD1048576", lambda p: move_sheet(p, "sheets/one.bin")),
    "a sheet behind other bytes": ("XFD1048576", behind_other_bytes),
    "a sheet among the strings": ("XFD1048576", among_strings),
    "an encoding that hides it": ("XFD1048576", in_other_letters),
    "two bytes a letter": ("XFD1048576", in_wide_letters),
    "a prefix": ("XFD1048576", lambda p: p.update({
        "xl/worksheets/sheet1.xml": p["xl/worksheets/sheet1.xml"]
        .replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x=")
    })),
}  # fmt: skip


@pytest.mark.parametrize("way", CHANGES)
def test_no_way_around_the_guard(tmp_path: Path, way: str) -> None:
    far, change = CHANGES[way]
    path = repack(make_xlsx(tmp_path / "net.xlsx", FAR.format(far)), change)
    with pytest.raises(PartnetError, match=r"net.xlsx: found"):
        list(check_workbook(path))


def test_two_directories_are_refused(tmp_path: Path) -> None:
    one = make_xlsx(tmp_path / "one.xlsx", f"<worksheet {MAIN}/>").read_bytes()
    two = corners(tmp_path / "two.xlsx").read_bytes()
    path = tmp_path / "net.xlsx"
    path.write_bytes(two + one)
    with pytest.raises(PartnetError, match="does not end as a workbook does"):
        check_workbook(path)


def test_a_part_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = corners(tmp_path / "net.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/worksheets/Sheet1.xml", f"<worksheet {MAIN}/>")
    with pytest.raises(PartnetError, match="two parts of the same name"):
        check_workbook(path)


def test_one_part_for_many_sheets_is_refused(tmp_path: Path) -> None:
    """A part is measured once; 60,000 sheets of 3,000 rows each would be read for hours."""
    sheets = "".join(f'<sheet name="S{k}" sheetId="{k}" r:id="r{k % 2 + 1}"/>' for k in (1, 2, 3))
    book = BOOK.replace('<sheet name="Organizations" sheetId="1" r:id="r1"/>', sheets).encode()

    def lead_to_one(parts: dict[str, bytes]) -> None:
        parts["xl/workbook.xml"] = book

    path = repack(make_xlsx(tmp_path / "net.xlsx", f"<worksheet {MAIN}/>"), lead_to_one)
    with pytest.raises(PartnetError, match="two of its sheets are the same part"):
        check_workbook(path)
    link = REL.format(2, "worksheet", "/xl/worksheets/Sheet1.xml")
    relations = RELS.format(REL.format(1, "worksheet", "worksheets/sheet1.xml") + link).encode()

    def lead_there_two_ways(parts: dict[str, bytes]) -> None:
        one, *_ = book.partition(b'<sheet name="S3"')
        parts["xl/workbook.xml"] = one + b"</sheets></workbook>"
        parts["xl/_rels/workbook.xml.rels"] = relations

    with pytest.raises(PartnetError, match="two of its sheets are the same part"):
        check_workbook(repack(path, lead_there_two_ways))


def make_ods(path: Path, rows: str) -> Path:
    """Write a minimal OpenDocument workbook from the XML of its rows."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = "".join(f' xmlns:{n}="{names}:{n}:1.0"' for n in ("office", "table", "text"))
    spaces += (
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", '<m:manifest xmlns:m="m"/>')
        archive.writestr(
            "content.xml",
            f"<office:document-content{spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Organizations">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


ROW = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
CELL = '<table:table-cell table:number-columns-repeated="{}" {}>{}</table:table-cell>'


WORD = CELL.format(1, 'office:value-type="string"', "<text:p>x</text:p>")


@pytest.mark.slow
def test_blank_rows_above_a_cell_cost_nothing(tmp_path: Path) -> None:
    blank = ROW.format(900_000, CELL.format(10_000, "", ""))
    path = make_ods(tmp_path / "net.ods", blank + ROW.format(1, WORD))
    assert read_workbook_cells(path)[0].header_row == 900_001


@pytest.mark.parametrize(
    "rows",
    [
        ROW.format(20_000, CELL.format(1000, 'office:value-type="float" office:value="1"', "")),
        ROW.format(20_000, CELL.format(1000, "table:formula='of:=1'", "")),
        ROW.format(1, CELL.format(99_999_999, "", "") + WORD),
        ROW.format(1, CELL.format(1, "", '<text:p>x<text:s text:c="999999999"/></text:p>')),
        ROW.format(1, CELL.format("1e9", "", "<text:p>x</text:p>")),
    ],
)  # fmt: skip
def test_no_way_around_the_guard_in_open_document(tmp_path: Path, rows: str) -> None:
    path = make_ods(tmp_path / "net.ods", rows)
    with pytest.raises(PartnetError, match=r"net.ods: found"):
        check_workbook(path)


def test_the_hostile_file_is_small(tmp_path: Path) -> None:
    assert corners(tmp_path / "net.xlsx").stat().st_size < 5_000


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    for name, read in (("t.csv", read_csv_cells), ("t.xlsx", read_workbook_cells)):
        (folder / name).write_bytes(content)
        try:
            read(folder / name)
        except PartnetError as error:
            assert str(error).startswith(name)


@pytest.fixture(scope="module")
def good_workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Organizations")
        for k, row in enumerate([["name", "kind"], ["A", "food"], ["B", "clinic"]]):
            sheet.write_row(k, 0, row)
    return out.getvalue()


@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, good_workbook: bytes, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(good_workbook)))
    flips = data.draw(st.lists(st.integers(0, cut - 1), max_size=8))
    damaged = bytearray(good_workbook[:cut])
    for position in flips:
        damaged[position] ^= 0x5A
    path = tmp_path_factory.mktemp("fuzz") / "t.xlsx"
    path.write_bytes(bytes(damaged))
    try:
        read_network(path)
    except PartnetError as error:
        assert "t.xlsx" in str(error)


@given(st.text(max_size=200))
def test_any_text_is_read_as_a_table_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    content = ("name,kind\nA,food\n" + text).encode("utf-8", errors="surrogatepass")
    (folder / "organizations.csv").write_bytes(content)
    try:
        net = read_network(folder)
    except PartnetError as error:
        assert "organizations.csv" in str(error)
    else:
        assert "A" in net.names.tolist()
