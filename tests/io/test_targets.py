"""Targets, baselines and measured values of goals, as people write them into a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.io.values.aims import read_aim

DAY = "2026-06-30"


def read_goal(measured: Sequence[tuple[str, str]] = (), **cells: str) -> Network:
    """A network with one goal."""
    goal = {"goal": "G", "baseline_on": "2025-01-01", "due": "2026-12-31", **cells}
    values = [{"goal": "G", "date": day, "value": value} for day, value in measured]
    return pn.read_network(
        {
            "organizations": pd.DataFrame({"name": ["Elm"], "kind": ["hospital"]}),
            "goals": pd.DataFrame([goal]),
            "measurements": pd.DataFrame(values, columns=["goal", "date", "value"]),
        }
    )


def tell(net: Network) -> tuple[Any, ...]:
    (row,) = net.table("goals").itertuples()
    return (row.baseline, row.target, row.direction)


# Baseline, target and unit as written; baseline, target and which way is better as meant.
WRITTEN = [
    ("12%", "<10%", "%", (12, 10, "down")),
    ("400", "at least 600", "people", (400, 600, "up")),
    ("14 min", "under 10 min", "min", (14, 10, "down")),
    ("5", "no more than 5", "", (5, 5, "down")),
    ("31%", "25% or less", "%", (31, 25, "down")),
    ("$250,000", "$2M", "$", (250_000, 2_000_000, "")),
    ("about 400", "600 people", "people", (400, 600, "")),
    ("0", "all 3", "", (0, 3, "up")),
    ("0", "40+", "", (0, 40, "up")),
    ("120/year", "+20%", "referrals", (120, 144, "up")),
    ("200", "reduce by 10%", "visits", (200, 180, "down")),
    ("200", "20% reduction", "visits", (200, 160, "down")),
    ("18%", "reduce by 5 points", "percent", (18, 13, "down")),
    ("90", "half", "per 1,000", (90, 45, "down")),
    ("20", "5 fewer falls", "falls", (20, 15, "down")),
    ("0.12", "<10%", "%", (12, 10, "down")),
    ("55", "0.7", "%", (55, 70, "")),
    ("2 of 8", "6 of 8", "%", (25, 75, "up")),
    ("42", "30", "per 1,000", (42, 30, "")),
]


@pytest.mark.parametrize(("baseline", "target", "unit", "meant"), WRITTEN)
def test_targets_in_words_are_numbers(
    baseline: str, target: str, unit: str, meant: tuple[Any, ...]
) -> None:
    net = read_goal(baseline=baseline, target=target, unit=unit)
    assert tell(net) == meant
    assert not [problem for problem in net.problems if problem.level == "error"]


@pytest.mark.parametrize(("baseline", "target", "unit"), [("18", "reduce by 10%", "%"),
                                                          ("", "half", "visits"),
                                                          ("", "+20%", "visits")])  # fmt: skip
def test_what_could_mean_two_numbers_is_none(baseline: str, target: str, unit: str) -> None:
    net = read_goal(baseline=baseline, target=target, unit=unit)
    assert pd.isna(net.table("goals")["target"][0])
    (problem,) = (p for p in net.problems if p.level == "error")
    assert target in problem.found and problem.set_aside == "cell"
    assert "Write the number to be reached." in problem.fix or "write the number" in problem.fix


def test_measured_values_are_of_the_scale_of_their_goal() -> None:
    measured = [("2025-06-30", "11.7 %"), ("2026-01-31", "0.112"), ("2026-03-31", "~10.5%")]
    net = read_goal(measured, baseline="12%", target="<10%", unit="%")
    assert net.table("measurements")["value"].tolist() == [11.7, 11.2, 10.5]
    said = " ".join(str(problem) for problem in net.problems)
    assert '"0.112", read as 11.2' in said and '"<10%", read as 10, lower is better' in said


def test_small_numbers_that_are_meant_stay_small() -> None:
    measured = [("2025-06-30", "0.8"), ("2026-01-31", "0.9")]
    net = read_goal(measured, baseline="1.4", target="0.5", unit="%")
    assert net.table("measurements")["value"].tolist() == [0.8, 0.9]
    assert tell(net)[:2] == (1.4, 0.5)
    counted = read_goal([("2026-01-31", "0.5")], baseline="30", target="60", unit="miles")
    assert counted.table("measurements")["value"].tolist() == [0.5]


def test_the_state_follows_the_way_that_the_target_says() -> None:
    held = read_goal([("2026-03-31", "4")], baseline="5", target="no more than 5", unit="posts")
    found = pn.track_goals(held, as_of=DAY).table.iloc[0]
    assert found["state"] == "reached"
    assert found["evidence"] == "4 posts on March 31, 2026, target 5 posts"


def test_what_is_due_in_a_quarter_is_not_late_on_its_first_day() -> None:
    for due, day in {
        "Q3 2026": "2026-09-30", "end of 2026": "2026-12-31", "2027": "2027-12-31",
        "December 2027": "2027-12-31", "FY27": "2027-09-30", "by Q4 2026": "2026-12-31",
        "6/30/2027": "2027-06-30", "SFY 2027": "2027-06-30",
    }.items():  # fmt: skip
        goals = read_goal(target="5", due=due).table("goals")
        assert f"{goals['due'][0]:%Y-%m-%d}" == day, due


def test_agreements_run_to_the_end_of_the_month_that_is_named() -> None:
    rows = pd.DataFrame([{"agreement": "x", "organization": "Elm", "type": "transfer",
                          "effective": "2025", "expires": "June 2026"}])  # fmt: skip
    net = pn.read_network(
        {
            "organizations": pd.DataFrame({"name": ["Elm"], "kind": ["hospital"]}),
            "agreements": rows,
        }
    )
    (row,) = net.table("agreements").itertuples()
    assert (f"{row.effective:%Y-%m-%d}", f"{row.expires:%Y-%m-%d}") == ("2025-01-01", "2026-06-30")


@pytest.mark.parametrize("text", ["better care", "10-12", "10 to 12", "1 in 5", "12/31/2026", "",
                                  "95th percentile", "1.5x", "in 2026", "9" * 100_000])  # fmt: skip
def test_what_is_no_number_stays_none(text: str) -> None:
    assert read_aim(text) is None
