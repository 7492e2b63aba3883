"""Briefs: one result as a page, a workbook and data, one page of substance first."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.core.results.result import Result
from partnet.report.contents import CONTENTS
from partnet.report.html import render_html

from ..accessibility import find_violations
from ..browser import needs_browser, open_browser
from ..builders import make_network
from .workbook import read_tables

DAY = "2026-06-30"
EVIL = "<script>alert(1)</script> Hospital"
MAKERS: dict[str, Callable[[Network], Result]] = {
    "prepare_session": lambda net: pn.prepare_session(net, as_of=DAY),
    "check_outcomes": lambda net: pn.check_outcomes(net, as_of=DAY),
    "profile_partnerships": lambda net: pn.profile_partnerships(net, as_of=DAY),
    "describe_organization": lambda net: pn.describe_organization(net, net.ids[0], as_of=DAY),
    "align_organizations": lambda net: pn.align_organizations(net, *net.ids[:2], as_of=DAY),
}


def make_small() -> Network:
    """Two organizations, one with a name that would run as a script, an award and an outcome."""
    return make_network(
        [
            {"id": "a", "name": EVIL, "kind": "hospital", "county_fips": "31107"},
            {"id": "b", "name": "Pantry", "kind": "food", "county_fips": "31107"},
        ],
        [("a", "b", "planning")],
        funding=[{"recipient": "a", "program": "P", "amount": 10, "fiscal_year": 2026}],
        outcomes=[{"outcome": "meet", "type": "new relationship", "organization": "a"}],
        profiles=[{"organization": "b", "challenges": "time"}],
    )


def test_every_question_of_the_report_can_be_a_brief() -> None:
    here = make_small().at(DAY)
    for verb in (verb for chapter in CONTENTS for verb in chapter.verbs):
        brief = pn.build_brief(verb(here))
        assert brief.sections[0].lead, verb
        assert brief.sections[-1].id == "methods", verb


@pytest.mark.slow
@pytest.mark.browser
@needs_browser
def test_no_brief_hinders_a_reader(tmp_path: Path) -> None:
    """Of every question of the report: axe finds nothing, and nothing scrolls sideways."""
    here, path = pn.load_sample("prairie").at(DAY), tmp_path / "brief.html"
    with open_browser() as page:
        for verb in (verb for chapter in CONTENTS for verb in chapter.verbs):
            path.write_bytes(render_html(pn.build_brief(verb(here))))
            for width in (1280, 320):
                page.open(path, width=width)
                assert find_violations(page) == [], (verb, width)
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert over <= 0 and not page.console, (verb, width)


@pytest.mark.slow
@pytest.mark.parametrize("verb", MAKERS)
def test_briefs_are_written_in_every_format_with_the_same_bytes(verb: str, tmp_path: Path) -> None:
    result = MAKERS[verb](make_small())
    for ending in ("html", "docx", "xlsx", "json"):
        one, other = (tmp_path / f"{name}.{ending}" for name in ("one", "other"))
        pn.write_brief(result, one)
        pn.write_brief(MAKERS[verb](make_small()), other)
        assert one.read_bytes() == other.read_bytes()
    page = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "<script>" not in page and " nan" not in page.lower()
    assert page.count('class="annex"') == 1  # a new page begins after the first section
    content = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    assert content["sections"][0]["id"] == "summary" and content["sections"][0]["lead"]
    assert content["sections"][-1]["id"] == "methods"


def test_the_main_table_alone_is_text_that_no_spreadsheet_runs(tmp_path: Path) -> None:
    evil = "=cmd|' /C calc'!A0"
    net = make_network([{"id": "a", "name": evil, "kind": "hospital"}, "b"], [("a", "b")])
    found, path = pn.measure_centrality(net), tmp_path / "table.csv"
    assert pn.write_brief(found, path) == path
    pn.write_brief(found, path)  # over its own
    table = pd.read_csv(path, encoding="utf-8-sig")
    assert table.columns.tolist() == found.frame("table").columns.tolist()
    assert table["name"].tolist() == [f"'{evil}", "B"]
    assert table["degree"].tolist() == found.table["degree"].tolist()
    with pytest.raises(pn.UsageError, match="Only Word files"):
        pn.write_brief(found, path, template=path)
    with pytest.raises(pn.UsageError, match=r"A report is written as \.html"):
        pn.write_report(net, tmp_path / "report.csv")
    with pytest.raises(pn.UsageError, match=r"\.json, \.csv\. Choose one"):
        pn.write_brief(found, tmp_path / "brief.txt")


@pytest.mark.parametrize("verb", MAKERS)
def test_the_first_page_comes_first_and_sections_have_ids_of_their_own(verb: str) -> None:
    report = pn.build_brief(MAKERS[verb](pn.load_sample()))
    ids = [section.id for section in report.sections]
    assert ids[0] == "summary" and len(set(ids)) == len(ids)
    first = report.sections[0]
    assert 2 <= len(first.lead) <= 13
    assert sum(map(len, first.lead)) < 2_600  # what one page holds beside facts and a list
    assert "as of June 30, 2026" in report.subtitle and "Prairie" in report.subtitle


def test_the_workbook_has_every_table() -> None:
    from partnet.report.excel.workbook import render_excel

    result = pn.prepare_session(pn.load_sample(), "Knox", as_of=DAY)
    tables = read_tables(render_excel(pn.build_brief(result)))
    wanted = {"Tables", "Seats", "Guests", "Grantees", "Investment", "Indicators", "Plans",
              "Synergies", "Requirements", "Agenda", "Outcomes", "Proposed"}  # fmt: skip
    assert wanted <= set(tables)
    assert len(tables["Seats"]) == len(result.table) + 1


def test_every_result_can_be_a_brief() -> None:
    result = pn.describe_network(make_small())
    brief = pn.build_brief(result)
    assert [section.id for section in brief.sections] == ["summary", "methods"]
    assert brief.sections[0].lead == result.sentences


def test_the_report_switches_sections_off_with_the_table_they_need() -> None:
    report = pn.build_report(make_network(["a", "b"], [("a", "b")]), as_of=DAY)
    assert "No community-based organization" in " ".join(report.section("partnerships").lead)
    assert "(table outcomes)" in " ".join(report.section("outcomes").lead)
    assert "(table funding)" in " ".join(report.section("session").lead)


def test_what_a_reader_may_not_see_is_no_column_of_not_known(tmp_path: Path) -> None:
    net = make_network(
        [{"id": "a", "name": "Alpha", "kind": "hospital"}, {"id": "b", "name": "Beta"}],
        [{"source": "a", "target": "b", "last_contact": "2026-05-01", "level": "manager"}],
    )
    for audience, seen in (("internal", True), ("public", False)):
        found = pn.describe_organization(net.for_audience(audience), "a")
        page = pn.write_brief(found, tmp_path / f"{audience}.html").read_text("utf-8")
        assert (">Last contact</th>" in page) == seen, audience
        assert "<dt>partner on file</dt><dd>1</dd>" in page
