"""The plan: greedy by expected gain, capped, beside plain lines; nobody asked in vain twice."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from partnet import UsageError, load_sample, plan_introductions
from partnet.core.network import Network
from partnet.core.results.result import Result
from partnet.questions.recommendation.planning.goals import Goal
from partnet.questions.recommendation.planning.greedy import choose_greedily

from ....builders import bridge_of_two_cliques, make_network


@pytest.fixture(scope="module")
def planned() -> Result:
    return plan_introductions(load_sample("prairie"))


def test_goals_reached_twice_count_once_by_hand() -> None:
    one, two = Goal(("a",), 1.0, ""), Goal(("b",), 1.0, "")
    goals = [[one], [one], [two]]
    chances = np.array([0.5, 0.5, 0.4])
    ends = np.array([[0, 1], [2, 3], [4, 5]])
    chosen, gains = choose_greedily(goals, chances, ends, 3, None)
    assert chosen == [0, 2, 1]
    assert gains == pytest.approx([0.5, 0.4, 0.25])


def test_greedy_keeps_its_guarantee_against_brute_force() -> None:
    random = np.random.default_rng(5)
    for _ in range(20):
        goals = [
            [Goal((int(g),), 1.0 + g / 3, "") for g in random.choice(5, size=2, replace=False)]
            for _ in range(7)
        ]
        chances, ends = random.uniform(0.1, 0.9, 7), np.arange(14).reshape(7, 2)
        gained = sum(choose_greedily(goals, chances, ends, 3, None)[1])
        best = max(_worth(goals, chances, chosen) for chosen in combinations(range(7), 3))
        assert gained <= best + 1e-9
        assert gained >= (1 - 1 / np.e) * best


def _worth(goals: list[list[Goal]], chances: np.ndarray, chosen: tuple[int, ...]) -> float:
    missed: dict[tuple[object, ...], tuple[float, float]] = {}
    for k in chosen:
        for goal in goals[k]:
            missed[goal.key] = (goal.worth, missed.get(goal.key, (0, 1.0))[1] * (1 - chances[k]))
    return sum(worth * (1 - left) for worth, left in missed.values())


def test_gains_shrink_and_the_plan_beats_plain_lines(planned: Result) -> None:
    assert len(planned.table) == 10
    assert planned.table["gain"].is_monotonic_decreasing
    last = planned.tables["frontier"].iloc[-1]
    assert last["plan"] >= max(last["likelihood_only"], last["random"])
    assert last["plan"] == pytest.approx(planned.table["gain"].sum(), abs=1e-4)


@pytest.mark.parametrize("cap", [1, 2, None])
def test_the_plan_never_reaches_less_than_a_plain_line(cap: int | None) -> None:
    for graph in (nx.empty_graph(3), nx.path_graph(3), nx.cycle_graph(5)):
        loose = nx.disjoint_union(nx.path_graph(2), graph)
        frontier = plan_introductions(Network.from_networkx(loose), 4, cap=cap).tables["frontier"]
        last = frontier.iloc[-1]
        assert last["plan"] >= max(last["likelihood_only"], last["random"]) - 1e-6


def test_an_organization_tied_to_everybody_is_not_said_to_be_left_out() -> None:
    assert (
        "suggested to nobody"
        not in plan_introductions(Network.from_networkx(nx.star_graph(4))).text
    )


def test_nobody_is_named_more_often_than_the_cap(planned: Result) -> None:
    assert planned.tables["exposure"]["planned"].max() <= 2
    single = plan_introductions(load_sample("prairie"), 4, cap=1)
    assert single.tables["exposure"]["planned"].max() == 1


def test_partners_and_the_convener_are_never_introduced(planned: Result) -> None:
    net = load_sample("prairie")
    pairs = zip(planned.table["organization"], planned.table["partner"], strict=True)
    assert not set(map(frozenset, pairs)) & net.tied_pairs
    assert planned.tables["exposure"].loc[net.convener, "planned"] == 0


def test_the_guarantee_is_stated_only_where_it_holds(planned: Result) -> None:
    assert "at least a third" in planned.text
    assert "63%" not in planned.text
    free = plan_introductions(load_sample("prairie"), 3, cap=None).text
    assert "63%" in free


def test_declined_introductions_are_not_planned() -> None:
    base = bridge_of_two_cliques()
    ties = list(zip(base.ties["source"], base.ties["target"], strict=True))
    first = plan_introductions(base, 1).table.iloc[0]
    answer = {"organization": first["organization"], "partner": first["partner"]}
    net = make_network("abcdefg", ties, feedback=[{**answer, "answer": "declined"}])
    left = plan_introductions(net, 20, cap=None).table
    pairs = set(map(frozenset, zip(left["organization"], left["partner"], strict=True)))
    assert frozenset(answer.values()) not in pairs


@pytest.mark.parametrize("n", range(6))
def test_networks_of_few_get_an_answer_in_words(n: int) -> None:
    for graph in (nx.empty_graph(n), nx.complete_graph(n)):
        result = plan_introductions(Network.from_networkx(graph))
        assert result.table.empty
        assert "nobody to introduce" in result.text


def test_the_same_network_gives_the_same_bytes(planned: Result) -> None:
    assert plan_introductions(load_sample("prairie")).to_json() == planned.to_json()


def test_wrong_arguments_are_refused_in_words() -> None:
    net = bridge_of_two_cliques()
    with pytest.raises(UsageError, match="budget: found 0"):
        plan_introductions(net, 0)
    with pytest.raises(UsageError, match="cap: found 0"):
        plan_introductions(net, cap=0)
    with pytest.raises(UsageError, match="acceptance: found 2"):
        plan_introductions(net, acceptance=2)
    with pytest.raises(UsageError, match="goals: found 'fame'"):
        plan_introductions(net, goals=["fame"])


def test_only_goals_that_count_are_planned_and_said() -> None:
    plan = plan_introductions(load_sample("prairie"), 3, goals=["gap"])
    assert not plan.table["goals"].str.contains("sector").any()
    assert plan.table["goals"].str.contains("closes the gap|brings").all()
    assert plan.method.settings["goals"] == "gap"


def test_without_goals_the_likeliest_pairs_come_first_and_it_says_so() -> None:
    plan = plan_introductions(bridge_of_two_cliques(), 3, cap=None)
    assert plan.table["probability"].is_monotonic_decreasing
    assert "No goal on file tells the pairs apart" in plan.text
    assert "63%" not in plan.text


def test_the_guarantee_with_caps_holds_against_brute_force() -> None:
    random = np.random.default_rng(7)
    for _ in range(20):
        ends = np.array([random.choice(6, size=2, replace=False) for _ in range(7)])
        goals = [[Goal((int(g),), 1.0 + g / 3, "")] for g in random.integers(0, 5, 7)]
        chances = random.uniform(0.1, 0.9, 7)
        gained = sum(choose_greedily(goals, chances, ends, 3, 1)[1])
        allowed = [
            chosen
            for size in range(1, 4)
            for chosen in combinations(range(7), size)
            if np.bincount(ends[list(chosen)].ravel()).max() <= 1
        ]
        best = max(_worth(goals, chances, chosen) for chosen in allowed)
        assert best / 3 <= gained <= best + 1e-9
