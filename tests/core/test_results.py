"""What a result shows first, in a notebook and on the command line."""

from __future__ import annotations

import pandas as pd
import pytest

import partnet as pn
from partnet.cli.printing import WIDTH, fit_table
from partnet.core.results import Method, Result, say_number


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
    assert f"{len(found.table) - 10} more rows in .table" in html
    assert "further tables in .tables: centralization, by_relation" in html
    first = found.preview(1)["name"].iloc[0]
    assert found.table["degree"].max() == found.preview(1)["degree"].iloc[0]
    assert html.index(first) < html.index("<details>")


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
