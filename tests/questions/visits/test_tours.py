"""Tours keep to their limits, beat the nearest next, and come near what brute force finds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet.questions.visits.bounds import bound_length, bound_priority
from partnet.questions.visits.routes import BASE, Limits, drive, order_by_nearest, shorten
from partnet.questions.visits.tours import Plan, _Planner, plan_tours


def draw_problem(seed: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Kilometers between a base and n stops in a State of 600 by 300, and their priorities."""
    random = np.random.default_rng(seed)
    points = random.random((n + 1, 2)) * [600, 300]
    km = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    return km, random.random(n + 1) * 0.9 + 0.1


def check_tour(km: np.ndarray, stops: tuple[int, ...], limits: Limits) -> int:
    """Drive a tour kilometer by kilometer, by other code than the planner's; give its days."""
    day, driven, seen, here = 1, 0.0, 0, BASE
    for stop in (*stops, BASE):
        left = km[here, stop]
        while left > 1e-9:
            if limits.km_per_day - driven < 1e-9:
                day, driven, seen = day + 1, 0.0, 0
            step = min(left, limits.km_per_day - driven)
            driven, left = driven + step, left - step
        assert driven <= limits.km_per_day + 1e-6
        if stop != BASE:
            if seen == limits.stops_per_day:
                day, driven, seen = day + 1, 0.0, 0
            seen += 1
        here = stop
    return day


def check_plan(plan: Plan, km: np.ndarray, limits: Limits) -> None:
    """Every tour within its limits, no stop twice, and not worse than the nearest next."""
    stops = [stop for tour in plan.tours for stop in tour.stops]
    assert len(stops) == len(set(stops)) and BASE not in stops
    assert sum(tour.days for tour in plan.tours) <= limits.days
    for tour in plan.tours:
        assert tour.days <= limits.days_per_tour
        assert max(tour.km_by_day) <= limits.km_per_day + 1e-6
        assert max(np.bincount(tour.day_of_stop)) <= limits.stops_per_day
        assert check_tour(km, tour.stops, limits) == tour.days
        path = [BASE, *tour.stops, BASE]
        assert tour.km == pytest.approx(sum(km[a, b] for a, b in itertools.pairwise(path)))
        nearest = drive(km.tolist(), order_by_nearest(km.tolist(), tour.stops), limits)
        assert tour.cost <= nearest.cost
        assert bound_length(km, tour.stops) <= tour.km + 1e-6
    assert plan.priority >= plan.nearest_priority - 1e-9
    assert plan.priority <= plan.most_priority + 1e-9
    if plan.priority == plan.nearest_priority:
        assert plan.km <= sum(tour.km for tour in plan.nearest) + 1e-6


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10_000),
    n=st.integers(0, 25),
    days=st.integers(1, 8),
    km=st.sampled_from([90.0, 250.0, 400.0, 5000.0]),
    visits=st.integers(1, 4),
    away=st.integers(1, 4),
)
def test_every_plan_keeps_its_limits_and_beats_the_nearest_next(
    seed: int, n: int, days: int, km: float, visits: int, away: int
) -> None:
    roads, priority = draw_problem(seed, n)
    limits = Limits(days, km, visits, away)
    check_plan(plan_tours(roads, priority, limits), roads, limits)


def best_by_brute_force(km: np.ndarray, priority: np.ndarray, limits: Limits) -> float:
    """The most priority that one tour of all the days can reach, over all orders of all sets."""
    best = 0.0
    stops = range(1, len(km))
    for size in range(1, len(km)):
        for order in itertools.permutations(stops, size):
            if drive(km.tolist(), order, limits).days <= limits.days:
                best = max(best, float(priority[list(order)].sum()))
    return best


def test_small_plans_are_nearly_as_good_as_brute_force_finds() -> None:
    limits = Limits(days=2, km_per_day=350.0, stops_per_day=2, days_per_tour=2)
    shares = []
    for seed in range(12):
        km, priority = draw_problem(seed, 6)
        plan = plan_tours(km, priority, limits)
        best = best_by_brute_force(km, priority, limits)
        assert plan.most_priority >= max(best, plan.priority) - 1e-9
        shares.append(plan.priority / best)
    assert np.mean(shares) >= 0.99 and min(shares) >= 0.9


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_seven_stops_is_nearly_the_shortest(seed: int) -> None:
    km, _ = draw_problem(seed, 7)
    limits = Limits(days=1, km_per_day=np.inf, stops_per_day=9, days_per_tour=1)
    rows = km.tolist()
    best = min(drive(rows, order, limits).km for order in itertools.permutations(range(1, 8)))
    found = shorten(rows, drive(rows, tuple(range(1, 8)), limits), limits)
    assert best - 1e-6 <= found.km <= 1.02 * best
    assert 0.9 * best <= bound_length(km, range(1, 8)) <= best + 1e-6


def test_on_a_line_the_tour_goes_out_and_back() -> None:
    places = np.array([0.0, 10.0, 20.0, 30.0])
    km = np.abs(places[:, None] - places[None])
    limits = Limits(days=1, km_per_day=60.0, stops_per_day=3, days_per_tour=1)
    plan = plan_tours(km, np.array([0, 0.5, 0.5, 0.5]), limits)
    assert [tour.km for tour in plan.tours] == [60.0]
    assert set(plan.tours[0].stops) == {1, 2, 3}
    assert bound_length(km, (1, 2, 3)) == pytest.approx(60.0)


def test_the_day_is_cut_where_the_limit_is() -> None:
    km = np.array([[0.0, 250.0], [250.0, 0.0]])
    tour = drive(km.tolist(), [1], Limits(3, 200.0, 1, 3))
    assert tour.km_by_day == (200.0, 200.0, 100.0)
    assert tour.day_of_stop == (2,)


def test_a_visit_too_many_waits_for_the_next_day() -> None:
    km = np.zeros((4, 4))
    tour = drive(km.tolist(), [1, 2, 3], Limits(3, 100.0, 2, 3))
    assert tour.day_of_stop == (1, 1, 2)


def test_what_is_too_far_is_not_reached() -> None:
    km = np.array([[0.0, 1000.0, 10.0], [1000.0, 0.0, 990.0], [10.0, 990.0, 0.0]])
    limits = Limits(days=2, km_per_day=300.0, stops_per_day=3, days_per_tour=2)
    plan = plan_tours(km, np.array([0.0, 1.0, 0.1]), limits)
    assert [tour.stops for tour in plan.tours] == [(2,)]
    assert bound_priority(km, np.array([0.0, 1.0, 0.1]), limits) == pytest.approx(0.1)


def test_without_stops_there_is_no_tour() -> None:
    plan = plan_tours(np.zeros((1, 1)), np.zeros(1), Limits(5, 400.0, 3, 3))
    assert plan.tours == () and plan.priority == plan.most_priority == 0


def test_the_same_problem_gives_the_same_plan() -> None:
    km, priority = draw_problem(5, 30)
    limits = Limits(6, 400.0, 3, 3)
    assert plan_tours(km, priority, limits) == plan_tours(km, priority, limits)


def test_the_order_of_the_stops_does_not_matter_much() -> None:
    """Renumbering leaves the value where it was: no stop is favored by its number."""
    km, priority = draw_problem(9, 20)
    turned = [0, *range(20, 0, -1)]
    limits = Limits(4, 400.0, 3, 2)
    first = plan_tours(km, priority, limits)
    second = plan_tours(km[turned][:, turned], priority[turned], limits)
    assert second.priority == pytest.approx(first.priority)


def test_two_neighbors_stand_in_one_tour() -> None:
    """From a base at 0: two stops at 100 and 101 north, two east, and a tour may hold two visits.

    A plan that goes to one of each pair twice is as good for priority; who is driven past twice
    would be asked why nobody stopped.
    """
    points = np.array([[0, 0], [0, 100], [0, 101], [100, 0], [101, 0]], dtype=float)
    km = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    limits = Limits(days=2, km_per_day=400.0, stops_per_day=2, days_per_tour=1)
    planner = _Planner(km, np.ones(5), limits)
    apart = [planner.drive((1, 3)), planner.drive((2, 4))]
    together = planner.bring_together(apart)
    assert sorted(sorted(tour.stops) for tour in together) == [[1, 2], [3, 4]]
    assert sum(tour.km for tour in together) < sum(tour.km for tour in apart)


def test_neighbors_stay_apart_where_it_costs_a_day_or_many_kilometers() -> None:
    """A tour holds two visits, and whatever goes where 2 was is driven 80 km farther for it."""
    points = np.array([[0, 0], [0, 100], [0, 120], [0, 140], [-60, 130]], dtype=float)
    km = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    limits = Limits(days=1, km_per_day=2000.0, stops_per_day=1, days_per_tour=1)
    planner = _Planner(km, np.ones(5), limits)
    alone = [planner.drive((1,)), planner.drive((2,))]
    assert planner.bring_together(alone) == alone  # no tour has room for both in one day
