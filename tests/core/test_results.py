"""What a result shows first, in a notebook and on the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import partnet as pn
from partnet.cli.printing import WIDTH, fit_table
from partnet.core.results.result import Method, Result
from partnet.core.results.shown import Column, Shown
from partnet.core.wording.text import say_number

from ..browser import needs_browser, open_browser


def make_result(lead: tuple[str, ...] = ()) -> Result:
    table = pd.DataFrame(
        {"name": list("ABCD"), "score": [0.1 + 0.2, 0.5, 0.3, float("nan")], "ties": [1, 0, 2, 3]},
        index=pd.Index(list("abcd"), name="id"),
    )
    method = Method(name="Made by hand.")
    return Result("made", "A <title>", table, ("One & two.", "Three."), method, lead=lead)


def test_without_a_lead_the_order_of_the_table_stands() -> None:
    assert make_result().preview(2)["name"].tolist() == ["A", "B"]


def test_the_lead_puts_the_largest_first_and_leaves_the_table_alone() -> None:
    found = make_result(("score",))
    assert found.preview()["name"].tolist() == ["B", "A", "C", "D"]  # 0.1 + 0.2 is 0.3
    assert make_result(("score", "ties")).preview()["name"].tolist() == ["B", "C", "A", "D"]
    assert found.table["name"].tolist() == list("ABCD")


def test_a_notebook_shows_sentences_the_first_rows_and_where_the_rest_is() -> None:
    shown = make_result(("score",))._repr_html_()
    assert "<li>One &amp; two.</li><li>Three.</li>" in shown
    assert "A &lt;title&gt;" in shown and "NaN" not in shown and "0.3<" in shown
    found = pn.measure_centrality(pn.load_sample("prairie"))
    html = found._repr_html_()
    assert "<th" in html and "Harmonic closeness" in html and "closeness_rank" not in html
    assert f"{len(found.table) - 10} more rows in .table" in html
    assert "further tables in .tables: centralization, by_relation" in html
    first = found.preview(1)["name"].iloc[0]
    assert found.table["degree"].max() == found.preview(1)["degree"].iloc[0]
    assert html.index(first) < html.index("<summary>Method")


def make_declared(rows: int, words: int = 1) -> Result:
    """A result with a declared table: one column says the same in every row."""
    frame = pd.DataFrame({"who": [f"<{k}>" for k in range(rows)], "same": "x", "share": 0.5})
    frame["why"] = ["because " * words] * (rows - 1) + ["or not"]
    columns = (
        Column("who", "Who"),
        Column("same", "Same"),
        Column("why", "Why"),
        Column("share", "Share", "share", seen="data"),
    )
    shown = (Shown("table", "Rows", columns), Shown("other", "None", columns))
    method = Method(name="Made by hand.")
    tables = {"other": frame.head(0)}
    said = tuple(f"Sentence {k}." for k in range(5))
    return Result("made", "Title", frame, said, method, tables=tables, shown=shown)


def test_a_notebook_shows_the_declared_columns_that_tell_something() -> None:
    shown = make_declared(20)._repr_html_()
    heads = re.findall("<th[^>]*>([^<]*)</th>", shown)
    assert heads == ["Who", "Why"] and "&lt;3&gt;" in shown and "0.5" not in shown
    assert shown.count("<tr>") == 13 and "8 more rows in .table; all columns in .table" in shown
    assert "<summary>2 more sentences</summary>" in shown


def test_long_rows_are_fewer_and_none_is_cut() -> None:
    shown = make_declared(20, words=90)._repr_html_()
    assert shown.count("<tr>") == 6 and shown.count("because " * 90) == 5
    assert make_declared(3)._repr_html_().count("<tr>") == 4


@needs_browser
@pytest.mark.browser
def test_five_recommendations_and_gaps_fit_a_screen(tmp_path: Path) -> None:
    net = pn.load_sample("prairie")
    results = (pn.recommend_partners(net, "Cedar County Hospital", n=5), pn.find_gaps(net))
    with open_browser() as browser:
        for k, found in enumerate(results):
            path = tmp_path / f"{k}.html"
            style = "<!doctype html><meta charset=utf-8><style>body{margin:0}</style>"
            path.write_text(style + found._repr_html_(), encoding="utf-8")
            browser.open(path, width=1000)
            assert browser.evaluate("document.body.scrollHeight") <= 900
            assert browser.evaluate("document.documentElement.scrollWidth") <= 1000
            cut = "[...document.querySelectorAll('td')].filter(e => e.scrollWidth > e.clientWidth)"
            assert browser.evaluate(f"{cut}.length") == 0


@pytest.mark.parametrize(
    ("number", "said"),
    [(154.0, "154"), (0.034338, "0.0343"), (-0.5, "-0.5"), (2e6, "2,000,000"), (1e-9, "1e-09")],
)
def test_numbers_are_short(number: float, said: str) -> None:
    assert say_number(number) == said


def test_the_command_line_fits_the_table_to_its_lines() -> None:
    found = pn.find_bridges(pn.load_sample("prairie"))
    shown, left = fit_table(found.preview(15))
    assert max(map(len, shown.splitlines())) <= WIDTH
    assert "Meadowlark Regional Hospital" in shown.splitlines()[1]
    assert 0 < left < found.table.shape[1]
    whole, none = fit_table(make_result().table)
    assert none == 0 and "score" in whole
