"""Goals are reached, on track, off track or without data, by what was measured up to the day."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import partnet as pn
from partnet.questions.goals.judging import draw_on

from ...builders import make_network

DAY = "2026-07-02"  # half of the way in days from baseline to due
GOAL = {"goal": "Falls", "baseline": 40, "baseline_on": "2026-01-01", "target": 20,
        "due": "2026-12-31"}  # fmt: skip


def judge(goal: dict[str, Any], *measured: tuple[str, float], day: str = DAY) -> pd.Series:
    rows = [{"goal": "falls", "date": date, "value": value} for date, value in measured]
    net = make_network("ab", goals=[{**GOAL, **goal}], measurements=rows)
    return pn.track_goals(net, as_of=day).table.iloc[0]


@pytest.mark.parametrize(
    ("value", "state"),
    [(20, "reached"), (10, "reached"), (30, "on track"), (25, "on track"), (30.5, "off track"),
     (50, "off track")],
)  # fmt: skip
def test_a_goal_downwards_at_half_of_the_way(value: float, state: str) -> None:
    row = judge({}, ("2026-07-02", value))
    assert row["state"] == state
    if state != "reached":
        assert row["expected"] == pytest.approx(30)


@pytest.mark.parametrize(("value", "state"), [(60, "reached"), (50, "on track"), (45, "off track")])
def test_a_goal_upwards(value: float, state: str) -> None:
    assert judge({"target": 60}, ("2026-07-02", value))["state"] == state


def test_direction_can_be_said_where_baseline_and_target_do_not_tell() -> None:
    keep = {"baseline": 20, "target": 20}
    assert judge({**keep, "direction": "down"}, ("2026-07-02", 18))["state"] == "reached"
    assert (
        judge({**keep, "direction": "higher is better"}, ("2026-07-02", 18))["state"] != "reached"
    )


def test_past_due_is_off_track_and_reached_stays_reached() -> None:
    late = {"due": "2026-06-30"}
    row = judge(late, ("2026-06-29", 21))
    assert row["state"] == "off track" and "was due on June 30, 2026" in row["evidence"]
    assert judge(late, ("2026-06-29", 20))["state"] == "reached"


def test_on_the_day_it_is_due_it_is_not_late() -> None:
    assert judge({"due": DAY}, ("2026-05-01", 25))["state"] == "on track"


@pytest.mark.parametrize(
    ("goal", "measured", "why"),
    [
        ({}, [], "nothing was measured"),
        ({"due": "2026-06-30"}, [], "it was due on June 30, 2026"),
        ({"target": ""}, [("2026-07-02", 30)], "no target"),
        ({"due": ""}, [("2026-07-02", 30)], "no day is set"),
        ({"baseline": ""}, [("2026-07-02", 30)], "no baseline"),
    ],
)
def test_what_is_missing_is_said(goal: dict[str, Any], measured: Any, why: str) -> None:
    row = judge(goal, *measured)
    assert row["state"] == "no data" and why in row["evidence"]


def test_the_first_measurement_is_the_baseline_where_none_is_on_file() -> None:
    row = judge({"baseline": ""}, ("2026-01-01", 40), ("2026-07-02", 29))
    assert row["state"] == "on track" and row["expected"] == pytest.approx(30)


def test_what_is_measured_later_does_not_count() -> None:
    row = judge({}, ("2026-07-02", 35), ("2026-08-01", 10))
    assert row["state"] == "off track" and row["value"] == 35 and row["days"] == 1


def test_two_numbers_of_one_day_count_as_their_mean() -> None:
    assert judge({}, ("2026-07-02", 20), ("2026-07-02", 30))["value"] == 25


def test_the_trend_is_that_of_least_squares() -> None:
    days = pd.to_datetime(["2026-01-01", "2026-02-10", "2026-04-01", "2026-06-01"])
    values = pd.Series([40.0, 36.0, 35.0, 31.0], index=days)
    due = pd.Timestamp("2026-12-31")
    x, ahead = (days - days[0]).days.to_numpy(float), float((due - days[0]).days)
    fit = stats.linregress(x, values.to_numpy())
    rest = values.to_numpy() - fit.intercept - fit.slope * x
    error = np.sqrt((rest**2).sum() / 2)
    spread = ((x - x.mean()) ** 2).sum()
    width = stats.t.ppf(0.975, 2) * error * np.sqrt(1 + 1 / 4 + (ahead - x.mean()) ** 2 / spread)
    middle = fit.intercept + fit.slope * ahead
    assert draw_on(values, due) == pytest.approx((middle, middle - width, middle + width))
    for few in (values[:2], values[:0]):
        assert np.isnan(draw_on(few, due)).all()
    assert np.isnan(draw_on(values, pd.NaT)).all() and np.isnan(draw_on(values, days[-1])).all()


def test_sentences_count_and_name() -> None:
    goals = [
        {**GOAL, "goal": "Falls", "organization": "a"},
        {**GOAL, "goal": "Rides", "target": 60},
        {**GOAL, "goal": "Beds"},
    ]
    rows = [
        {"goal": "Falls", "date": DAY, "value": 39},
        {"goal": "rides", "date": DAY, "value": 61},
    ]
    found = pn.track_goals(make_network("ab", goals=goals, measurements=rows), as_of=DAY)
    assert found.claims["goals"] == {"goals": 3, "reached": 1, "off track": 1, "no data": 1}
    assert (
        found.sentences[0]
        == "Of 3 goals on file, 1 is reached, 1 is off track and 1 is without enough data."
    )
    assert found.claims["off track"] == {"goals": ["Falls"], "owners": ["A"]}
    assert found.table["state"].tolist() == ["off track", "no data", "reached"]
    assert found.tables["measured"]["known"].all()


def test_partners_see_their_own_goals_and_those_of_the_network() -> None:
    goals = [
        {**GOAL, "goal": name, "organization": who}
        for name, who in (("all", ""), ("ours", "a"), ("theirs", "b"))
    ]
    rows = [
        {"goal": g, "date": DAY, "value": 30, "source": "Ann"} for g in ("all", "ours", "theirs")
    ]
    net = make_network("ab", goals=goals, measurements=rows)
    for audience, reader, seen in (
        ("partner", "a", {"all", "ours"}), ("partner", None, {"all"}), ("public", None, set()),
    ):  # fmt: skip
        shown = net.for_audience(audience, reader)  # type: ignore[arg-type]
        assert set(pn.track_goals(shown, as_of=DAY).table["goal"]) == seen
        assert set(shown.table("measurements")["goal"]) == seen
        assert set(shown.table("measurements")["source"]) <= {""}


def test_without_goals_it_says_so() -> None:
    assert pn.track_goals(make_network([])).text == "No goals are on file (table goals)."
