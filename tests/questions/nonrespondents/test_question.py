"""Who has not answered: rates by hand, and whom to ask first."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner

import partnet as pn
from partnet.cli import cli
from partnet.core.network import Network
from partnet.questions.nonrespondents.text import NO_SURVEY

from ...builders import make_network

SILENT = ("i", "j", "k")


@pytest.fixture(scope="module")
def net() -> Network:
    """Twelve asked of whom three are silent; everybody who answered names i, nobody names k."""
    ids = "abcdefghijkl"
    kinds = {"i": "school", "j": "school", "l": "school"}
    rows = [{"id": o, "name": o.upper(), "kind": kinds.get(o, "food")} for o in ids]
    answered = [o for o in ids if o not in SILENT]
    ties = [(o, "i") for o in answered] + [("a", "b"), ("c", "d"), ("e", "j"), ("a", "j")]
    said = [{"source": s, "target": t, "relation": "referral", "reported_by": s} for s, t in ties]
    return make_network(
        rows,
        said,
        responses=[
            {"respondent": o, "relation": "referral", "design": "roster",
             "answered": "no" if o in SILENT else "yes"}
            for o in ids
        ],
    )  # fmt: skip


def test_those_who_are_silent_and_what_is_known_of_them(net: Network) -> None:
    found = pn.find_nonrespondents(net, n=2, imputations=60)
    table = found.table
    assert set(table.index) == {*SILENT}
    assert table.loc[list("ijk"), "named_by"].tolist() == [9, 2, 0]
    assert table.loc[list("ijk"), "open_pairs"].tolist() == [2, 2, 2]
    assert sorted(table["order"].dropna()) == [1, 2] and table["order"].iloc[:2].tolist() == [1, 2]
    assert found.claims["answered"] == {"asked": 12, "answered": 9}
    first = found.claims["first"]
    assert first["organizations"] == table.index[:2].tolist()
    assert first["after"] < first["now"] and first["after"] <= first["random"] + 1e-9
    known = f"to be known to within {first['after']:.1f} places on average; today it is "
    assert f"{known}{first['now']:.1f} (with 2 at random, " in found.text
    widths = table["width"].dropna()
    assert widths.is_monotonic_decreasing and widths.iloc[-1] == first["after"]


def test_rates_by_kind(net: Network) -> None:
    kinds = pn.find_nonrespondents(net, imputations=20).tables["kinds"]
    said = {(row.group, row.asked, row.answered) for row in kinds.itertuples()}
    assert {(asked, answered) for _, asked, answered in said} == {(3, 1), (9, 8)}
    assert kinds["rate"].tolist() == pytest.approx([1 / 3, 8 / 9])


def test_names_are_those_of_the_same_draws(net: Network) -> None:
    one, two = (pn.find_nonrespondents(net, imputations=30) for _ in range(2))
    assert one.table.equals(two.table) and one.sentences == two.sentences


def test_nobody_asked_and_nobody_silent() -> None:
    assert pn.find_nonrespondents(make_network("abc", ["ab"])).text == NO_SURVEY
    told = [{"respondent": o, "answered": "yes", "design": "roster"} for o in "abc"]
    found = pn.find_nonrespondents(make_network("abc", ["ab"], responses=told))
    assert found.text == "3 of 3 organizations asked have answered (100%)."
    silent = [{"respondent": o, "answered": "no", "design": "roster"} for o in "abc"]
    found = pn.find_nonrespondents(make_network("abc", responses=silent), imputations=5)
    assert len(found.table) == 3 and found.claims["answered"] == {"asked": 3, "answered": 0}


def test_partners_do_not_see_who_is_silent(net: Network) -> None:
    shown = net.for_audience("partner", "a")
    assert pn.find_nonrespondents(shown, imputations=5).table.empty


def test_the_command_line_names_them(net: Network, tmp_path: object) -> None:
    path = pn.write_network(net, f"{tmp_path}/net.xlsx")
    done = CliRunner().invoke(
        cli,
        ["survey", "status", str(path), "-n", "1", "--imputations", "20", "--as-of", "2027-01-01"],
    )
    assert done.exit_code == 0, done.output
    assert "9 of 12 organizations asked have answered (75%)." in done.output
    assert "first: with its answer" in done.output
    assert np.isfinite(pn.find_nonrespondents(net, n=1, imputations=20).table["width"].iloc[0])
