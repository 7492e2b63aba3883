"""Slides, read back: what the page says, texts of pictures, nothing over the edge."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import partnet as pn
from partnet.core.storage.making import is_same_making
from partnet.report.html import render_html
from partnet.report.json import render_json
from partnet.report.model import Report, Section, TableBlock
from partnet.report.office.word import render_word
from partnet.report.render import write_rendered

from ..builders import make_network
from .test_report import HOSTILE, Tags, read_sheets
from .test_word import list_texts, make_report

pptx = pytest.importorskip("pptx")

from partnet.report.excel.workbook import render_excel  # noqa: E402
from partnet.report.office.slides import plan_slides, render_slides  # noqa: E402


def make_sections(name: str = "Cedar Hospital") -> Report:
    """A report with every kind of block on its first screen, and a section for each kind."""
    report = make_report(name)
    first = report.sections[0]
    rest = [
        Section(f"s{k}", f"Part {k}", (f"Said {k}.", f"And {k} more."), (block,), "Rest")
        for k, block in enumerate(first.blocks)
    ]
    return replace(report, sections=(first, *rest, Section("empty", "Empty", ("None.",))))


def open_slides(report: Report) -> Any:
    return pptx.Presentation(io.BytesIO(render_slides(report)))


def list_words(slide: Any, *, notes: bool = True) -> list[str]:
    """Texts of shapes, cells and notes."""
    texts = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            texts += [paragraph.text for paragraph in shape.text_frame.paragraphs]
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    if notes and slide.has_notes_slide:
        texts += slide.notes_slide.notes_text_frame.text.split("\n")
    return texts


def test_every_format_makes_the_same_claims() -> None:
    report = make_sections()
    slides = [text for slide in open_slides(report).slides for text in list_words(slide)]
    page = Tags(render_html(report)).text
    import docx

    word = "\n".join(list_texts(docx.Document(io.BytesIO(render_word(report)))))
    sheets = read_sheets(render_excel(report)).values()
    book = "\n".join(str(cell) for rows in sheets for row in rows for cell in row)
    data = render_json(report).decode("utf-8")
    said = [sentence for section in report.sections for sentence in section.lead]
    card = report.sections[0].blocks[0].cards[0]  # type: ignore[union-attr]
    for claim in (*said, card.todo, card.why, "30 did not answer.", report.subtitle):
        for text in (page, word, book, data, "\n".join(slides)):
            assert claim in text, claim


def test_numbers_on_slides_are_those_of_the_page() -> None:
    report = make_sections()
    page = Tags(render_html(report)).text
    for slide in open_slides(report).slides:
        for shape in slide.shapes:
            if shape.has_table:
                for row in shape.table.rows:
                    assert all(cell.text in page for cell in row.cells)


def test_the_first_screen_the_sections_and_what_is_not_known() -> None:
    titles = [slide.title for slide in plan_slides(make_sections())]
    first = ["Summary", "Do first", "A picture", "Another", "Most partners"]
    assert titles[:5] == first
    assert titles[-3:] == ["Also in the report", "What we do not know", "Where all of it stands"]
    assert {"Part 1", "Part 6", "Part 7"} <= {*titles} and "Empty" not in titles


def test_every_slide_has_a_title_a_number_and_notes() -> None:
    deck = open_slides(make_sections())
    for slide in list(deck.slides)[1:]:
        assert slide.shapes.title.text_frame.text
        assert b'type="slidenum"' in slide.part.blob
        assert slide.notes_slide.notes_text_frame.text


def test_pictures_and_tables_have_a_text() -> None:
    deck = open_slides(make_sections())
    seen = 0
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.shape_type == 13 or shape.has_table:
                told = shape._element.xpath(".//p:cNvPr")[0]
                assert told.get("descr") and told.get("name")
                seen += 1
    assert seen == 3


def test_nothing_stands_over_the_edge() -> None:
    long = make_sections("A very long name of a hospital " * 6)
    for slide in open_slides(long).slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= 12_192_000
            assert shape.top >= 0 and shape.top + shape.height <= 6_858_000, list_words(slide)[:2]


@pytest.mark.parametrize("name", [*HOSTILE, "\ufffe not a sign", "\x00"])
def test_hostile_names_are_text(name: str) -> None:
    report = make_sections(name)
    assert list(open_slides(report).slides)
    assert render_slides(report) == render_slides(report)


def test_a_brief_has_a_slide_a_part() -> None:
    result = pn.describe_network(make_network("abc", ["ab"]))
    brief = pn.build_brief(result)
    texts = [text for slide in open_slides(brief).slides for text in list_words(slide)]
    assert {*brief.sections[0].lead} <= {*texts}


def test_more_rows_than_fit_are_where_the_notes_say() -> None:
    blocks = [b for b in make_report().sections[0].blocks if isinstance(b, TableBlock)]
    report = Report("T", "S", (Section("a", "A", ("Said.",), (blocks[0],), "A"),) * 2)
    notes = [text for slide in open_slides(report).slides for text in list_words(slide)]
    assert "55 more rows stand in the Excel report: “Here”." in notes


def test_slides_replace_slides_and_no_work_of_a_person(tmp_path: Path) -> None:
    path = write_rendered(make_report, tmp_path / "meeting.pptx")
    before = path.read_bytes()
    assert is_same_making(before, render_slides(make_sections()))
    write_rendered(make_sections, path)
    deck = pptx.Presentation(path)
    deck.core_properties.modified = deck.core_properties.modified.replace(year=2026)
    deck.save(path)
    with pytest.raises(pn.PartnetError):
        write_rendered(make_report, path)


def test_without_the_extra_it_is_said_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partnet.core.results.papers.find_spec", lambda _: None)
    with pytest.raises(pn.UsageError, match=r"partnet\[slides\]"):
        pn.write_report(make_network("ab"), tmp_path / "meeting.pptx")
