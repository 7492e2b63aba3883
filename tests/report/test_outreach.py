"""Sections on visits, partners, meetings, introductions, peers: filled, or off with a sentence."""

from __future__ import annotations

import pytest

from partnet.io.samples import load_sample
from partnet.report.build import build_report
from partnet.report.excel.workbook import render_excel
from partnet.report.html import render_html
from partnet.report.model import Report

from ..builders import make_network
from .workbook import read_tables

SECTIONS = ("introductions", "visits", "convenings", "peers")


@pytest.fixture(scope="module")
def report() -> Report:
    return build_report(load_sample(), as_of="2026-06-30")


@pytest.mark.slow
def test_the_page_has_every_section_and_its_tables(report: Report) -> None:
    page = render_html(report).decode("utf-8")
    for id_ in SECTIONS:
        section = report.section(id_)
        assert f'id="{id_}"' in page and section.lead
        assert section.blocks
    for caption in ("Stop by stop", "Who waits", "Expected partners: the holes", "The nearest",
                    "Meetings, and who comes",
                    "The strongest introduction path to close each gap"):  # fmt: skip
        assert f"<caption>{caption}" in page


@pytest.mark.slow
def test_the_workbook_has_what_the_page_leaves_out(report: Report) -> None:
    tables = read_tables(render_excel(report))
    for table in ("Tours", "Stops", "Who waits", "Topics", "Expected partners", "Holes", "Meetings",
                  "Attendance", "Introduction paths", "Groups outside", "Peer States"):  # fmt: skip
        assert table in tables
    rows = tables["Who waits"]
    assert sum("never visited" in map(str, row) for row in rows) == 4
    assert any("none on file" in map(str, row) for row in rows)


def test_the_methods_are_told(report: Report) -> None:
    titles = [block.title for block in report.section("methods").blocks]  # type: ignore[union-attr]
    assert {"Whom to visit next", "Who could introduce whom", "Meetings, and who comes"} <= {
        *titles
    }


def test_without_contacts_visits_are_off_and_say_how_to_switch_them_on() -> None:
    net = make_network("abc", [("a", "b")])
    report = build_report(net, as_of="2026-06-30")
    section = report.section("visits")
    assert section.blocks == () and "enter the contacts table" in section.lead[0]
    meetings = " ".join(report.section("convenings").lead)
    assert "contacts table (mode: meeting)" in meetings
    assert "enter it in the about table" in " ".join(report.section("peers").lead)


def test_without_ties_no_introduction_is_promised() -> None:
    net = make_network("abc", services=[{"organization": o, "service": "x"} for o in "abc"])
    lead = " ".join(build_report(net).section("introductions").lead)
    assert "enter ties to switch this on" in lead
