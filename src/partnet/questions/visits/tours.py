"""Tours: which stops to reach in so many days, and in which order, from a base and back to it.

Choosing stops under a limit is the team orienteering problem; no fast exact method is known. Tours
are grown by cheapest insertion (the most priority for a kilometer of detour first), shortened by
reversing and moving pieces, then filled and exchanged with what was left out. Of two neighbors in
two tours one is moved, or exchanged for another stop, where that costs little. The result is never
worse than going to the nearest stop next, because that plan is improved too and the better one is
kept. How far it may be from the best is bounded from above (priority) and from below (kilometers).

References
----------
Chao, Golden & Wasil (1996), doi:10.1016/0377-2217(94)00289-4 (team orienteering).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np

from ...core.arrays import FloatArray, PositionArray
from .bounds import bound_priority
from .routes import BASE, TINY, Limits, Stops, Tour, drive, shorten

SEEDS = 8  # most pressing stops from which a tour is tried
RESEEDS = 3  # the same where a tour is tried anew
NEIGHBORS = 25.0  # kilometers by road within which two stops belong into one tour
LONGER = 25.0  # kilometers that all tours may grow by to bring two neighbors together
PASSES = 20  # rounds of exchanges at most; three are usual


@dataclass(frozen=True)
class Plan:
    """Tours with what they are measured against.

    Attributes
    ----------
    tours : tuple of Tour
        The one with the most priority for a day first.
    priority : float
        Sum over the stops reached.
    most_priority : float
        No plan under these limits can reach more.
    nearest : tuple of Tour
        The plan of somebody who always goes to the nearest stop next.
    nearest_priority : float
        What that plan reaches.
    """

    tours: tuple[Tour, ...]
    priority: float
    most_priority: float
    nearest: tuple[Tour, ...]
    nearest_priority: float

    @property
    def km(self) -> float:
        """Length of all tours."""
        return sum(tour.km for tour in self.tours)


def plan_tours(km: FloatArray, priority: FloatArray, limits: Limits) -> Plan:
    """Plan tours that reach as much priority as they can, and are short.

    Parameters
    ----------
    km : ndarray, shape (n + 1, n + 1)
        Road kilometers, symmetric; row 0 is the base.
    priority : ndarray, shape (n + 1,)
        Above 0 for every stop; that of the base does not count.
    limits : Limits
    """
    planner = _Planner(km, priority, limits)
    nearest = planner.go_to_the_nearest()
    starts = [planner.grow_tours(), planner.grow_tours(longest=True), nearest]
    best = max((planner.improve(start) for start in starts), key=planner.rate)
    best = planner.improve(best, regrow=True)
    together = planner.bring_together(best)
    if planner.rate(together) >= planner.rate(nearest):
        best = together
    ordered = sorted(best, key=lambda tour: (-planner.value([tour]) / tour.days, tour.stops))
    return Plan(
        tours=tuple(ordered),
        priority=planner.value(best),
        most_priority=bound_priority(km, priority, limits),
        nearest=tuple(nearest),
        nearest_priority=planner.value(nearest),
    )


@dataclass(frozen=True)
class _Planner:
    """Growing, comparing and exchanging tours under one set of limits."""

    km: FloatArray
    priority: FloatArray
    limits: Limits

    @cached_property
    def rows(self) -> list[list[float]]:
        """The matrix as lists."""
        return list(self.km.tolist())

    def value(self, tours: Sequence[Tour]) -> float:
        """Priority that tours reach; rounded, so that equal plans compare equal."""
        return round(sum(float(self.priority[stop]) for t in tours for stop in t.stops), 9)

    def rate(self, tours: Sequence[Tour]) -> tuple[float, float]:
        """What is made large: priority, then fewer kilometers."""
        return self.value(tours), -round(sum(tour.km for tour in tours), 6)

    def drive(self, stops: Sequence[int]) -> Tour:
        return drive(self.rows, stops, self.limits)

    @cached_property
    def reachable(self) -> list[int]:
        """Stops that a tour of their own can reach, the most pressing first."""
        most = min(self.limits.days, self.limits.days_per_tour)
        stops = [k for k in range(1, len(self.km)) if self.drive([k]).days <= most]
        return self._most_pressing_first(stops)

    def _most_pressing_first(self, stops: Iterable[int]) -> list[int]:
        return sorted(stops, key=lambda k: (-round(float(self.priority[k]), 9), k))

    def go_to_the_nearest(self) -> list[Tour]:
        """The plan to be measured against: always the nearest stop from which one still gets home.

        A tour ends when no stop is left that fits into its days.
        """
        left, days, tours = self.reachable, self.limits.days, list[Tour]()
        while left and days:
            tour = self._follow_the_nearest(left, min(days, self.limits.days_per_tour))
            if not tour.stops:
                break
            tours.append(tour)
            days -= tour.days
            left = [stop for stop in left if stop not in tour.stops]
        return tours

    def _follow_the_nearest(self, left: Sequence[int], days: int) -> Tour:
        tour, free = self.drive([]), list(left)
        while free:
            here = tour.stops[-1] if tour.stops else BASE
            free.sort(key=lambda stop: (round(self.rows[here][stop], 6), stop))
            longer = (self.drive((*tour.stops, stop)) for stop in free)
            fits = next((one for one in longer if one.days <= days), None)
            if fits is None:
                break
            tour = fits
            free.remove(tour.stops[-1])
        return tour

    def grow_tours(self, *, longest: bool = False) -> list[Tour]:
        """One tour after the other, each the best of a few for the priority it reaches in a day.

        With `longest`, every tour takes as many days as it may.
        """
        left, days, tours = self.reachable, self.limits.days, list[Tour]()
        while left and days:
            most = min(days, self.limits.days_per_tour)
            tried = [
                self._grow(seed, left, length)
                for length in range(most if longest else 1, most + 1)
                for seed in left[:SEEDS]
                if self.drive([seed]).days <= length
            ]
            if not tried:  # the most pressing are too far for the days that are left
                near = [stop for stop in left if self.drive([stop]).days <= most]
                if not near:
                    break
                tried = [self._grow(near[0], near, most)]
            best = max(tried, key=lambda t: (self.value([t]) / t.days, -t.cost[1], t.stops))
            tours.append(best)
            days -= best.days
            left = [stop for stop in left if stop not in best.stops]
        return tours

    def _grow(self, seed: int, left: Sequence[int], days: int) -> Tour:
        """Insert stops while they fit; shorten the tour, and try again."""
        tour = self.drive([seed])
        while True:
            longer = self._insert_best(tour, left, days)
            if longer is None:
                shorter = shorten(self.rows, tour, self.limits)
                if shorter.cost == tour.cost:
                    return tour
                tour = shorter
            else:
                tour = longer

    def _insert_best(self, tour: Tour, left: Sequence[int], days: int) -> Tour | None:
        """Insert the stop with the most priority for its detour, a stop itself costing time too."""
        free = [stop for stop in left if stop not in tour.stops]
        if not free:
            return None
        detour, place = self._measure_detours(tour.stops, free)
        a_stop = self.limits.km_per_day / self.limits.stops_per_day
        worth = np.round(self.priority[free] / (detour + a_stop), 9)
        for k in np.lexsort((np.array(free), -worth)):
            stops = list(tour.stops)
            stops.insert(int(place[k]), free[k])
            longer = self.drive(stops)
            if longer.days <= days:
                return longer
        return None

    def _measure_detours(
        self, stops: Stops, free: Sequence[int]
    ) -> tuple[FloatArray, PositionArray]:
        """The shortest detour over each free stop, and the place in the tour where it is."""
        path, rows = np.array([BASE, *stops, BASE]), self.km[np.array(free)]
        before, after = path[:-1], path[1:]
        detours = rows[:, before] + rows[:, after]
        detours = np.round(detours - self.km[before, after], 9)
        place = detours.argmin(axis=1)
        return detours[np.arange(len(free)), place], place

    def improve(self, tours: Sequence[Tour], *, regrow: bool = False) -> list[Tour]:
        """Shorten every tour, fill it, and exchange stops with what was left out or with others."""
        best = [shorten(self.rows, tour, self.limits) for tour in tours]
        for _ in range(PASSES):
            changed = self._regrow(best) if regrow else best
            changed = self._move_between(self._exchange(self._fill(changed)))
            changed = [shorten(self.rows, tour, self.limits) for tour in changed if tour.stops]
            if self.rate(changed) <= self.rate(best):
                return best
            best = changed
        return best

    def _left_out(self, tours: Sequence[Tour]) -> list[int]:
        visited = {stop for tour in tours for stop in tour.stops}
        return [stop for stop in self.reachable if stop not in visited]

    def _fill(self, tours: list[Tour]) -> list[Tour]:
        """Insert what was left out wherever it fits without another day."""
        filled = []
        left = self._left_out(tours)
        for tour in tours:
            while (longer := self._insert_best(tour, left, tour.days)) is not None:
                tour = longer
            left = [stop for stop in left if stop not in tour.stops]
            filled.append(tour)
        spare = self.limits.days - sum(tour.days for tour in filled)
        rest = _Planner(self.km, self.priority, replace(self.limits, days=spare))
        kept = set(rest.reachable) & set(left) if spare else set()
        if kept:
            most = min(spare, self.limits.days_per_tour)
            filled.append(self._grow(self._most_pressing_first(kept)[0], sorted(kept), most))
        return filled

    def _exchange(self, tours: list[Tour]) -> list[Tour]:
        """Give the place of a stop to a more pressing one that was left out."""
        tours = list(tours)
        for stop in self._left_out(tours):
            for k, tour in enumerate(tours):
                better = self._replace_lesser(tour, stop)
                if better is not None:
                    tours[k] = better
                    break
        return tours

    def _replace_lesser(self, tour: Tour, stop: int) -> Tour | None:
        lesser = [old for old in tour.stops if self.priority[old] < self.priority[stop] - TINY]
        for old in sorted(lesser, key=lambda k: (float(self.priority[k]), k)):
            kept = tuple(other for other in tour.stops if other != old)
            changed = self._put_in(kept, stop)
            if changed.days <= tour.days:
                return changed
        return None

    def _put_in(self, stops: Stops, stop: int) -> Tour:
        """Put a stop where the detour is shortest."""
        _, place = self._measure_detours(stops, [stop])
        return self.drive((*stops[: place[0]], stop, *stops[place[0] :]))

    def _regrow(self, tours: list[Tour]) -> list[Tour]:
        """Grow each tour anew from its own stops and those left out, doing without one of them.

        It may take the days that are to spare.
        """
        tours = list(tours)
        spare = self.limits.days - sum(tour.days for tour in tours)
        left = self._left_out(tours)
        for k, tour in enumerate(tours):
            pool = self._most_pressing_first({*left, *tour.stops})
            best, days = tour, min(tour.days + spare, self.limits.days_per_tour)
            for banned in (BASE, *tour.stops):
                kept = [stop for stop in pool if stop != banned]
                seeds = [stop for stop in kept[:RESEEDS] if self.drive([stop]).days <= days]
                for grown in (self._grow(seed, kept, days) for seed in seeds):
                    best = max(best, grown, key=lambda one: self.rate([one]))
            tours[k] = best
            spare -= best.days - tour.days
            left = [stop for stop in pool if stop not in best.stops]
        return tours

    def bring_together(self, tours: Sequence[Tour]) -> list[Tour]:
        """Bring two neighbors into one tour where it costs no day and few kilometers."""
        best = list(tours)
        for a, b in self._list_apart(best):
            if (a, b) not in self._list_apart(best):
                continue  # moved with another
            options = [*self._join(best, a, b), *self._join(best, b, a)]
            fewer = [
                one for one in options if len(self._list_apart(one)) < len(self._list_apart(best))
            ]
            if fewer:
                found = max(fewer, key=self.rate)
                if sum(t.km for t in found) <= sum(t.km for t in best) + LONGER:
                    best = found
        return best

    def _list_apart(self, tours: Sequence[Tour]) -> list[tuple[int, int]]:
        """Pairs of neighbors in two tours, the nearest first."""
        of = {stop: k for k, tour in enumerate(tours) for stop in tour.stops}
        pairs = [
            (round(self.rows[a][b], 6), a, b)
            for a, b in combinations(sorted(of), 2)
            if of[a] != of[b] and self.rows[a][b] <= NEIGHBORS
        ]
        return [(a, b) for _, a, b in sorted(pairs)]

    def _join(self, tours: list[Tour], a: int, b: int) -> Iterator[list[Tour]]:
        """Give the plans in which b goes where a is, alone or for a stop that goes where b was."""
        at, away = (next(k for k, t in enumerate(tours) if one in t.stops) for one in (a, b))
        rest = [stop for stop in tours[away].stops if stop != b]
        for out in (None, *(stop for stop in tours[at].stops if stop != a)):
            stops = [stop for stop in tours[at].stops if stop != out]
            changed = [*tours]
            for k, of in ((at, [*stops, b]), (away, rest if out is None else [*rest, out])):
                changed[k] = shorten(self.rows, self.drive(of), self.limits)
            if all(new.days <= old.days for new, old in zip(changed, tours, strict=True)):
                yield [tour for tour in changed if tour.stops]

    def _move_between(self, tours: list[Tour]) -> list[Tour]:
        """Move a stop into another tour where that saves kilometers and needs no other day."""
        tours = list(tours)
        for a in range(len(tours)):
            for stop in tours[a].stops:
                shorter = self.drive([other for other in tours[a].stops if other != stop])
                saved = tours[a].km - shorter.km
                for b in range(len(tours)):
                    if b != a and (longer := self._take_in(tours[b], stop, saved)) is not None:
                        tours[a], tours[b] = shorter, longer
                        break
        return tours

    def _take_in(self, tour: Tour, stop: int, saved: float) -> Tour | None:
        detour, _ = self._measure_detours(tour.stops, [stop])
        if detour[0] >= saved - 1e-6:
            return None
        longer = self._put_in(tour.stops, stop)
        return longer if longer.days <= tour.days else None
