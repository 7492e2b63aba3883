"""Five waves: trends by hand, moves between categories, programs that came and went."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import partnet as pn
from partnet.cli import cli
from partnet.core.network import Network
from partnet.questions.comparison.shown import draw_course
from partnet.questions.comparison.waves import measure_density, measure_transitivity

from ...builders import make_network

YEARS = range(2022, 2027)
PAIRS = ["ab", "bc", "ac", "cd", "de", "ae", "bd"]
CBO = {"a": "hospital", "b": "food", "c": "housing"}


def make_wave(k: int, joined: str = "") -> Network:
    """The k-th of five: two ties at first, one more every year; b contracts from the third on."""
    day = f"{2022 + k}-06-30"
    ids = "abcde" + joined
    rows = [{"id": o, "name": o.upper(), "kind": CBO.get(o, "employer")} for o in ids]
    ties = [
        {"source": p[0], "target": p[1], "relation": "information_sharing", "since": day}
        for p in PAIRS[: 2 + k]
    ]
    if k >= 2:
        ties.append({"source": "a", "target": "b", "relation": "contract", "since": day})
    funding = [
        {"recipient": "a", "program": "Old", "period_start": "2020-01-01",
         "period_end": "2023-12-31", "amount": 1},
        {"recipient": "b", "program": "New", "period_start": "2025-01-01",
         "period_end": "2028-12-31", "amount": 1},
    ]  # fmt: skip
    return make_network(rows, ties, funding=funding).at(day)


@pytest.fixture(scope="module")
def waves() -> list[Network]:
    return [make_wave(k, "f" if k == 4 else "") for k in range(5)]


def test_trends_are_those_of_the_waves(waves: list[Network]) -> None:
    found = pn.compare_networks(*waves, draws=200)
    trends = found.tables["trends"]
    density = trends[trends["statistic"] == "density"]
    assert density["value"].tolist() == pytest.approx([0.2, 0.3, 0.4, 0.5, 0.6])
    assert density["wave"].tolist() == [1, 2, 3, 4, 5]
    assert [day.year for day in density["day"]] == [*YEARS]
    assert (density["low"] <= density["value"]).all() and (
        density["value"] <= density["high"]
    ).all()
    slope = found.tables["slopes"].set_index("statistic").loc["density"]
    assert slope["slope"] == pytest.approx(0.1, abs=1e-3) and slope["per"] == "year"
    assert slope["organizations"] == 5 and slope["low"] < slope["slope"] < slope["high"]
    assert found.claims["trend"]["waves"] == 5


def test_first_and_last_stand_against_each_other_as_with_two(waves: list[Network]) -> None:
    five, two = (pn.compare_networks(*w, draws=20) for w in (waves, [waves[0], waves[-1]]))
    assert five.table.equals(two.table)
    for name in ("organizations", "ties"):
        assert five.tables[name].equals(two.tables[name])
    assert "trends" not in two.tables


def test_moves_between_categories_are_counted(waves: list[Network]) -> None:
    moves = pn.compare_networks(*waves, draws=5).tables["moves"]
    categories = [pn.profile_partnerships(wave).table["category"] for wave in waves]
    changed = [
        (k + 1, categories[k][o], categories[k + 1][o])
        for k in range(4)
        for o in categories[k].index
        if categories[k][o] != categories[k + 1][o]
    ]
    assert changed, "the contract of the third wave moves b"
    moved = moves[moves["was"] != moves["is"]]
    assert sorted(zip(moved["wave"], moved["was"], moved["is"], strict=True)) == sorted(changed)


def test_programs_are_marked(waves: list[Network]) -> None:
    found = pn.compare_networks(*waves, draws=5)
    grants = found.tables["grants"].set_index("program")
    assert grants.loc["Old", "waves"] == "1, 2" and grants.loc["New", "waves"] == "4, 5"
    assert found.claims["grants"] == {"programs": 2, "began": 1, "ended": 1}


def test_the_picture_shows_trends_with_the_programs_that_ran(waves: list[Network]) -> None:
    course = pn.compare_networks(*waves, draws=5).tables["course"]
    programs = course[course["what"] == "program"].set_index("label")
    assert programs["until"].to_dict() == {
        "Old": pd.Timestamp("2023-12-31"),
        "New": pd.Timestamp("2028-12-31"),
    }
    density = course[course["label"] == "density"]
    assert density["value"].tolist() == pytest.approx([0.2, 0.3, 0.4, 0.5, 0.6])
    drawn, said = draw_course(course)
    assert drawn.equals(course)
    assert "density, wave by wave: 0.2, 0.3, 0.4, 0.5, 0.6" in said
    assert "program New from January 1, 2025 until December 31, 2028" in said


def test_waves_without_days_are_taken_in_order() -> None:
    nets = [make_network("abc", pairs) for pairs in (["ab"], ["ab", "bc"], ["ab", "bc", "ac"])]
    slopes = pn.compare_networks(*nets, draws=10).tables["slopes"].set_index("statistic")
    assert slopes.loc["density", "per"] == "wave"
    assert slopes.loc["density", "slope"] == pytest.approx(1 / 3)


def test_waves_that_go_back_in_time_are_refused(waves: list[Network]) -> None:
    with pytest.raises(pn.UsageError, match="the earliest first"):
        pn.compare_networks(waves[2], waves[0], waves[4])


@pytest.mark.parametrize("ids", ["", "a", "ab"])
def test_small_waves_answer_in_words(ids: str) -> None:
    found = pn.compare_networks(*[make_network(ids)] * 3, draws=5)
    assert found.sentences and " nan" not in found.text.lower()
    assert len(found.tables["trends"]) == 9


def test_statistics_of_a_triangle_with_a_tail() -> None:
    matrix = np.zeros((4, 4))
    for i, j in ((0, 1), (1, 2), (0, 2), (2, 3)):
        matrix[i, j] = matrix[j, i] = 1
    assert measure_density(matrix) == pytest.approx(4 / 6)
    assert measure_transitivity(matrix) == pytest.approx(3 / 5)


def test_the_command_line_takes_any_number(waves: list[Network], tmp_path: Path) -> None:
    paths = [str(pn.write_network(w, tmp_path / f"{k}.xlsx")) for k, w in enumerate(waves[:3])]
    done = CliRunner().invoke(cli, ["compare", *paths])
    assert done.exit_code == 0, done.output
    assert "Over 3 waves" in done.output
    page = tmp_path / "waves.html"
    done = CliRunner().invoke(cli, ["compare", *paths, "-o", str(page)])
    assert done.exit_code == 0, done.output
    text = page.read_text("utf-8")
    assert "<img" in text and "program Old" in text and "Moves between categories" in text
