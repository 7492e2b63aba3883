"""The report in its formats: complete, harmless, self-contained, the same every time."""

from __future__ import annotations

import base64
import hashlib
import io
import itertools
import json
import re
import struct
import zipfile
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

import openpyxl
import pandas as pd
import pytest

from partnet import PartnetError, build_report, load_sample, read_network, write_report
from partnet.core.network import Network
from partnet.io.samples import sample_path
from partnet.report.contents import CONTENTS
from partnet.report.excel.workbook import render_excel
from partnet.report.html import render_html
from partnet.report.json import render_json
from partnet.report.model import (
    Column,
    FigureBlock,
    MethodBlock,
    Report,
    Section,
    TableBlock,
)

from ..accessibility import find_violations
from ..browser import needs_browser, open_browser
from ..builders import load_anew, make_network
from .workbook import read_tables

DAY = "2026-06-30"
SECTIONS = [
    "summary",
    "gaps",
    "recommendations",
    "introductions",
    "central",
    "bridges",
    "cliffs",
    "trust",
    "inventory",
    "voices",
    "peers",
    "session",
    "outcomes",
    "goals",
    "partnerships",
    "visits",
    "convenings",
    "quality",
    "methods",
    "glossary",
]


def make_png(width: int, height: int) -> bytes:
    """A black picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        sum_ = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", sum_)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(width + 1) * height)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


PNG = make_png(40, 20)
HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><svg onload=alert(1)>",
    "+1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "{{ 7 * 7 }} {% raw %}",
    "Bell\x07 Clinic\x1b[31m \u202egnp.exe",
    "A" * 400,
)


@pytest.fixture(scope="module")
def net() -> Network:
    return load_sample("prairie")


@pytest.fixture(scope="module")
def report(net: Network) -> Report:
    return build_report(net, as_of=DAY)


@pytest.fixture(scope="module")
def hostile() -> Network:
    ids = [f"o{k}" for k in range(len(HOSTILE))]
    organizations = [
        {"id": i, "name": name, "kind": "hospital", "notes": name}
        for i, name in zip(ids, HOSTILE, strict=True)
    ]
    ties = list(itertools.pairwise(ids))
    about = [{"setting": "title", "value": HOSTILE[1]}, {"setting": "note", "value": HOSTILE[2]}]
    return make_network(organizations, ties, about=about)


class Tags(HTMLParser):
    """Collects the tags of a page, their attributes and the text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def read_sheets(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_all_sections_lead_with_sentences(report: Report) -> None:
    assert [section.id for section in report.sections] == SECTIONS
    assert all(section.lead for section in report.sections)


def test_every_table_names_columns_that_it_has(report: Report) -> None:
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, TableBlock):
                assert {column.name for column in block.columns} <= set(block.frame.columns)


def test_no_sentence_shows_how_the_computer_says_nothing(report: Report) -> None:
    page = Tags(render_html(report)).text
    assert not re.search(r"\b(nan|None|NaT|inf|<NA>)\b", page)


def test_the_page_refers_to_nothing_outside(report: Report) -> None:
    tags = Tags(render_html(report))
    assert not {"iframe", "object", "embed", "form", "base"} & set(tags.tags)
    for name, value in tags.attributes:
        assert not name.startswith("on")
        if name in ("src", "href"):
            assert value.startswith(("#", "data:"))
    assert any("default-src 'none'" in value for _, value in tags.attributes)


def test_every_contents_link_has_its_section(report: Report) -> None:
    tags = Tags(render_html(report))
    ids = [value for name, value in tags.attributes if name == "id"]
    links = [v[1:] for name, v in tags.attributes if name == "href" and v.startswith("#")]
    assert len(ids) == len(set(ids)) and set(links) <= set(ids)


def test_the_formats_tell_the_same(report: Report) -> None:
    data = json.loads(render_json(report))
    book = render_excel(report)
    sheets, tables = read_sheets(book), read_tables(book)
    summary = {str(row[0]) for row in sheets["Summary"]}
    page = Tags(render_html(report)).text
    for section in data["sections"]:
        for sentence in section["lead"]:
            assert sentence in summary and sentence in page
        for block in section["blocks"]:
            if "table" in block:
                written = tables[block["sheet"]]
                assert len(written) == len(block["rows"]) + 1 if block["rows"] else not written


def test_hostile_names_are_text_in_the_page(hostile: Network) -> None:
    page = render_html(build_report(hostile))
    tags = Tags(page)
    assert list(tags.tags).count("script") == 1 and "svg" not in tags.tags
    assert not any(name.startswith("on") for name, _ in tags.attributes)
    for name in (HOSTILE[1], HOSTILE[2], HOSTILE[6]):
        assert name in tags.text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", page.decode("utf-8"))


def test_hostile_names_are_text_in_excel(hostile: Network) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_excel(build_report(hostile))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    links = [cell for cell in cells if cell.hyperlink]
    assert {cell.parent.title for cell in links} == {"Contents"}
    assert not [cell for cell in links if cell.hyperlink.target]  # none leads out of the workbook
    shown = "x"  # of HOSTILE[0], as a sheet shows it
    assert {shown, HOSTILE[4], HOSTILE[5]} <= {cell.value for cell in cells}


def make_tables(*sizes: tuple[int, str]) -> Report:
    """A report of tables of so many rows, in one entry of the contents."""
    frame = pd.DataFrame({"name": ["x"] * 900, "other": [0.5] * 900})
    columns = (Column("name", "Name"), Column("other", "name", "share"))
    blocks = [
        TableBlock(f"Table {k}", frame.head(n), columns, sheet)
        for k, (n, sheet) in enumerate(sizes)
    ]
    return Report("T", "S", (Section("a", "A", ("Said.",), tuple(blocks), "Gaps (12)"),))


def test_the_workbook_has_contents_and_can_be_printed() -> None:
    report = make_tables((900, "Here"), (3, "It's"), (60, "Long"), (0, "None"))
    book = openpyxl.load_workbook(io.BytesIO(render_excel(report)))
    assert book.sheetnames == ["Summary", "Contents", "Gaps", "Here", "Methods"]
    rows = list(book["Contents"].iter_rows(min_row=4, values_only=True))
    assert rows == [
        ("It's", "Table 1", 3, "Gaps", "A"),
        ("None", "Table 3", 0, "Gaps", "A"),
        ("Long", "Table 2", 60, "Gaps", "A"),
        ("Here", "Table 0", 900, "Here", "A"),
    ]
    places = [row[0].hyperlink.location for row in book["Contents"].iter_rows(min_row=4)]
    assert [place.replace("'", "") for place in places] == [
        *("Gaps!A1", "Gaps!A9", "Gaps!A15", "Here!A1")
    ]
    for sheet in book:
        assert sheet.page_setup.fitToWidth in (None, 1) and sheet.sheet_state == "visible"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book["Here"].print_title_rows == "$3:$3" and book["Here"].freeze_panes == "B4"
    last = int(book["Here"].print_area.rsplit("$", 1)[1])
    assert 20 < last < 100 and f"the first {last - 3} are printed" in book["Here"]["A2"].value
    assert book["Gaps"].print_area.endswith("$B$12")  # what is looked up stands beneath
    assert book["Gaps"]["A2"].value == "Beneath what is printed: Long."


def test_the_whole_report_prints_on_at_most_25_pages(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_excel(report)))
    pages = [
        sheet.page_setup.fitToHeight for sheet in book
    ]  # none written: 1; 0: as many as it takes
    assert 0 not in pages and sum(int(n or 1) for n in pages) <= 25


def test_tables_are_tables_of_excel_with_formats() -> None:
    book = render_excel(make_tables((900, "Here"), (3, "1 R1C1 [?]")))
    tables = read_tables(book)
    assert tables["1 R1C1"] == [("Name", "name (2)"), *[("x", 0.5)] * 3]
    sheet = openpyxl.load_workbook(io.BytesIO(book))["Here"]
    assert [(one.displayName, one.ref) for one in sheet.tables.values()] == [
        ("Table_2_Here", "A3:B903")
    ]
    assert sheet["B4"].number_format == "0%"
    assert len(sheet.conditional_formatting) == 1  # a share is drawn as a bar too


def test_pictures_stand_in_the_summary_with_their_text() -> None:
    figure = FigureBlock("Caption", "What it shows", b"<svg/>", lambda: PNG)
    report = Report("T", "S", (Section("a", "A", ("Said.",), (figure,)),))
    content = render_excel(report)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.read("xl/media/image1.png") == PNG
        assert b'descr="What it shows"' in parts.read("xl/drawings/drawing1.xml")
    assert "Caption" in [row[0] for row in read_sheets(content)["Summary"]]
    assert content == render_excel(report)


def test_text_too_long_for_excel_is_cut_with_a_note() -> None:
    frame = pd.DataFrame({"name": ["x" * 40_000]})
    block = TableBlock("Long", frame, (Column("name", "Name"),), "a/b:c" * 10)
    tables = read_tables(render_excel(Report("T", "S", (Section("a", "A", (), (block,)),))))
    name = next(name for name in tables if name.startswith("a b c"))
    assert str(tables[name][1][0]).endswith("(cut: Excel takes no longer text)")


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(net: Network, report: Report) -> None:
    again = build_report(load_anew("prairie"), as_of=DAY)
    for render in (render_html, render_excel, render_json):
        assert render(report) == render(again)


@pytest.mark.slow
def test_the_workbook_tells_what_the_folder_tells(report: Report) -> None:
    book = read_network(sample_path("prairie").with_suffix(".xlsx"))
    other = build_report(book, as_of=DAY)
    for mine, theirs in zip(report.sections, other.sections, strict=True):
        assert mine.lead == theirs.lead
    assert render_json(report) == render_json(other)


def test_each_section_is_named_before_it_is_written() -> None:
    said: list[str] = []
    build_report(make_network("ab", ["ab"]), progress=said.append)
    assert said[0] == f"Section 1 of {len(CONTENTS)}: Gaps, gaps" and len(said) == len(CONTENTS)


def test_an_unknown_ending_is_refused_before_anything_is_computed(tmp_path: Path) -> None:
    with pytest.raises(PartnetError, match=r"\.html, \.docx, \.pptx, \.xlsx"):
        write_report(make_network([]), tmp_path / "report.pdf")
    assert not list(tmp_path.iterdir())


def test_a_report_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises((OSError, PartnetError)):
        write_report(make_network("ab", ["ab"]), path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_nothing_is_styled_or_run_but_what_the_policy_names(report: Report) -> None:
    page = render_html(report)
    tags = Tags(page)
    policy = next(value for _, value in tags.attributes if "default-src" in value)
    style = re.search(rb"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None and "unsafe" not in policy
    script = re.search(rb'<script id="tables">(.*?)</script>', page, re.DOTALL)
    assert script is not None and list(tags.tags).count("script") == 1
    for kind, part in (("style", style), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(part[1]).digest()).decode("ascii")
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not [value for name, value in tags.attributes if name == "style"]


def test_the_contents_have_eight_entries_with_counts(report: Report) -> None:
    links = re.findall(r'<li><a href="#(\w+)">([^<]+)</a>', render_html(report).decode("utf-8"))
    assert len(links) == 8
    gaps = report.section("gaps").blocks
    every = next(b for b in gaps if isinstance(b, TableBlock) and b.sheet == "All gaps")
    assert ("gaps", f"Gaps ({len(every.frame)})") in links


@pytest.mark.slow
@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize("audience", ["partner", "public"])
def test_no_report_for_others_hinders_a_reader(
    audience: Literal["partner", "public"], tmp_path: Path
) -> None:
    """Folded and unfolded: axe finds nothing, and nothing scrolls sideways."""
    whole = load_sample("prairie")
    asked = whole.ids[0] if audience == "partner" else None
    path = tmp_path / "report.html"
    net = whole.for_audience(audience, organization=asked)
    path.write_bytes(render_html(build_report(net, as_of="2026-06-30")))
    with open_browser() as page:
        for width in (1280, 320):
            page.open(path, width=width)
            assert find_violations(page) == [], width
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert find_violations(page) == [], width
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            assert not page.console


@pytest.mark.slow
@pytest.mark.browser
@needs_browser
def test_the_report_is_at_most_nine_screens_long(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(render_html(report))
    with open_browser() as page:
        page.open(path)
        assert page.evaluate("document.documentElement.scrollHeight / innerHeight") <= 9
        first = "document.querySelector('.cards').getBoundingClientRect().bottom"
        assert page.evaluate(first) <= 900
        assert find_violations(page) == []
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert find_violations(page) == []
        choose = "document.querySelector('#gaps .chooser .chip-1').checked = true;"
        shown = (
            "[...document.querySelectorAll('#gaps .chooser tbody tr')].filter(r => r.offsetHeight)"
        )
        said = page.evaluate("document.querySelector('#gaps .chip-1 + label').textContent")
        number = page.evaluate(f"{choose}{shown}.length")
        assert said.endswith(f"({number})") and number > 1
        page.open(path, width=390, height=844)
        assert page.evaluate("document.querySelector('nav').offsetHeight") < 60
        assert page.evaluate("document.querySelector('.cards').getBoundingClientRect().top") < 500
        page.open(path, width=320)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert find_violations(page) == []


@pytest.mark.slow
@pytest.mark.browser
@needs_browser
def test_on_paper_stands_what_limits_the_figures(report: Report, tmp_path: Path) -> None:
    """Nobody unfolds paper: the notes of the methods are printed, and where the rest is found."""
    path = tmp_path / "report.html"
    path.write_bytes(render_html(report))
    seen = "[...document.querySelectorAll('#methods .method {}')].filter(e => e.checkVisibility())"
    with open_browser() as page:
        page.open(path)
        assert page.evaluate(f"{seen.format('p')}.length") == 0
        dark = {"name": "prefers-color-scheme", "value": "dark"}
        turned = "getComputedStyle(document.querySelector('figure img')).filter"
        page.send("Emulation.setEmulatedMedia", features=[dark])
        assert "invert" in page.evaluate(turned)  # no white sheet on a dark page
        page.send("Emulation.setEmulatedMedia", media="print", features=[dark])
        assert page.evaluate(turned) == "none"
        boxes = page.evaluate("document.querySelectorAll('#methods .method').length")
        notes = sum(1 + len(box.method.notes) for box in report.section("methods").blocks
                    if isinstance(box, MethodBlock))  # fmt: skip
        assert page.evaluate(f"{seen.format('summary')}.length") == boxes > 10
        assert page.evaluate(f"{seen.format('p:not(.formula)')}.length") == notes
        assert page.evaluate(f"{seen.format('.formula')}.length") == 0
        where = "getComputedStyle(document.querySelector('#gaps .more > summary'), '::after')"
        assert "in the Word and Excel reports" in page.evaluate(f"{where}.content")
        printed = base64.b64decode(page.send("Page.printToPDF")["data"])
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 12


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_opens_in_a_browser_without_a_word(
    report: Report, hostile: Network, tmp_path: Path, width: int
) -> None:
    with open_browser() as page:
        for number, content in enumerate((report, build_report(hostile))):
            path = tmp_path / f"{number}.html"
            path.write_bytes(render_html(content))
            page.open(path, width=width)
            assert page.evaluate("document.title").startswith(content.title)
            assert page.evaluate("[...document.images].every(i => i.naturalWidth > 100)")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.console == []
        assert len(page.requests) == 2 and all(r.startswith("file:") for r in page.requests)
