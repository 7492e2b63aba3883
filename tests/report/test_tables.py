"""Long tables of a page: searched and sorted by its own script, and whole without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from partnet.core.results.shown import Column
from partnet.report.html import render_html
from partnet.report.model import Report, Section, TableBlock
from tests.accessibility import find_violations
from tests.browser import Page, needs_browser, open_browser

NAMES = [f"Hospital {k}" for k in range(1, 11)]
MONEY = [1200.0, 30.0, float("nan"), 5.0, 400.0, 7.0, 8.0, 9.0, 10.0, 11.0]
COUNTY = ["Cedar", "Knox"] * 5
SHOWN = "[...document.querySelectorAll('tbody tr')].filter(r => r.offsetParent)"
FIRST = f"{SHOWN}.map(r => r.cells[0].textContent.trim()).join()"


def make_page(rows: int) -> bytes:
    frame = pd.DataFrame({"name": NAMES, "county": COUNTY, "money": MONEY}).head(rows)
    columns = (
        Column("name", "Name"),
        Column("county", "County"),
        Column("money", "Money", "dollars"),
    )
    table = TableBlock("Awards", frame, columns, "Awards")
    return render_html(Report("Title", "Brief", (Section("summary", "One", ("Read.",), (table,)),)))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_bytes(make_page(10))
    with open_browser() as opened:
        opened.open(path)
        yield opened


def press(page: Page, label: str) -> str:
    page.evaluate(f"document.querySelector('button[aria-label=\"{label}\"]').click()")
    return str(page.evaluate(FIRST))


def seek(page: Page, words: str) -> tuple[str, str]:
    page.evaluate(
        "{const f = document.querySelector('.search input');"
        f"f.value = '{words}'; f.dispatchEvent(new Event('input'));}}"
    )
    said = page.evaluate("document.querySelector('.search [role=status]').textContent")
    return str(page.evaluate(FIRST)), str(said)


@pytest.mark.browser
@needs_browser
def test_words_in_any_column_choose_rows(page: Page) -> None:
    assert seek(page, "knox 400") == ("", "0 of 10 rows")
    assert seek(page, "cedar 1,200") == ("Hospital 1", "1 of 10 rows")
    found, said = seek(page, "KNOX hospital")
    assert found.split(",") == [NAMES[k] for k in (1, 3, 5, 7, 9)] and said == "5 of 10 rows"
    assert seek(page, "nowhere") == ("", "0 of 10 rows")
    found, said = seek(page, "")
    assert len(found.split(",")) == 10 and said == ""


@pytest.mark.browser
@needs_browser
def test_numbers_are_sorted_as_numbers_and_what_is_not_known_comes_last(page: Page) -> None:
    up = press(page, "Sort by Money").split(",")
    assert up[:2] == ["Hospital 4", "Hospital 6"] and up[-2:] == ["Hospital 1", "Hospital 3"]
    down = press(page, "Sort by Money").split(",")
    assert down[:2] == ["Hospital 1", "Hospital 5"] and down[-1] == "Hospital 3"
    assert press(page, "Sort by Name").split(",") == NAMES  # 10 after 9
    sorts = (
        "[...document.querySelectorAll('thead th')].map(t => t.getAttribute('aria-sort')).join()"
    )
    assert page.evaluate(sorts) == "ascending,,"


@pytest.mark.browser
@needs_browser
def test_the_controls_hinder_nobody(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(make_page(10))
    with open_browser() as opened:
        for width in (1280, 320):
            opened.open(path, width=width)
            assert find_violations(opened) == [] and not opened.console
            assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.browser
@needs_browser
def test_a_short_table_has_none(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(make_page(5))
    with open_browser() as opened:
        opened.open(path)
        assert opened.evaluate("document.querySelectorAll('button, input').length") == 0
