"""Round trips: driven day by day, and shortened by reversing and moving pieces.

References
----------
Croes (1958), doi:10.1287/opre.6.6.791 (reversing a piece of a tour).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Rows = Sequence[Sequence[float]]  # a matrix as lists, which plain Python reads four times as fast
Stops = tuple[int, ...]

BASE = 0  # row and column of the base in the matrix of kilometers
PIECE = 3  # longest piece of a tour that is moved at once
SHORTER = 1e-6  # kilometers; less is no gain, only rounding
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Limits:
    """What a plan must keep to.

    Attributes
    ----------
    days : int
        Days on the road, all tours together.
    km_per_day : float
        Kilometers driven on any one day, at most.
    stops_per_day : int
        Visits on any one day, at most.
    days_per_tour : int
        Days from leaving the base to being back, at most.
    """

    days: int
    km_per_day: float
    stops_per_day: int
    days_per_tour: int


@dataclass(frozen=True, slots=True)
class Tour:
    """One round trip from the base.

    Attributes
    ----------
    stops : tuple of int
        Rows of the matrix, in order; the base is not among them.
    day_of_stop : tuple of int
        On which day of the tour each stop is reached, from 1.
    km_by_day : tuple of float
        Kilometers driven on each day; the way back included.
    """

    stops: Stops
    day_of_stop: tuple[int, ...]
    km_by_day: tuple[float, ...]

    @property
    def days(self) -> int:
        """Days the tour takes."""
        return len(self.km_by_day)

    @property
    def km(self) -> float:
        """Its length."""
        return sum(self.km_by_day)

    @property
    def cost(self) -> tuple[int, float]:
        """What is made small: days, then kilometers."""
        return self.days, round(self.km, 6)


def drive(km: Rows, stops: Sequence[int], limits: Limits) -> Tour:
    """Drive through stops in order: as far as the day allows, the night on the way or at a stop.

    Starting every day with what is left of the way makes the fewest days for this order.
    """
    days, driven, seen, here = [0.0], 0.0, 0, BASE
    reached = []
    for stop in (*stops, BASE):
        left = km[here][stop]
        while driven + left > limits.km_per_day + TINY:
            days[-1] = limits.km_per_day
            left -= limits.km_per_day - driven
            days.append(0.0)
            driven, seen = 0.0, 0
        driven += left
        days[-1] = driven
        if stop != BASE:
            if seen == limits.stops_per_day:
                days.append(0.0)
                driven, seen = 0.0, 0
            seen += 1
            reached.append(len(days))
        here = stop
    return Tour(tuple(stops), tuple(reached), tuple(days))


def shorten(km: Rows, tour: Tour, limits: Limits) -> Tour:
    """Reverse and move pieces of a tour until none of these makes it shorter.

    Three starts: the order given, the same backwards (days may fall better), and that of the
    nearest next; so it is never worse than any of them.
    """
    orders = (tour.stops, tour.stops[::-1], order_by_nearest(km, tour.stops))
    starts = (drive(km, order, limits) for order in orders)
    return min((_descend(km, start, limits) for start in starts), key=lambda t: (t.cost, t.stops))


def _descend(km: Rows, tour: Tour, limits: Limits) -> Tour:
    """Take the first shorter order that needs no more days, as long as there is one."""
    while True:
        shorter = (drive(km, order, limits) for order in _list_shorter(km, tour.stops))
        better = next((one for one in shorter if one.cost < tour.cost), None)
        if better is None:
            return tour
        tour = better


def _list_shorter(km: Rows, stops: Stops) -> Iterator[Stops]:
    """Shorter orders with one piece reversed, or one short piece moved, either way round."""
    n, path = len(stops), (BASE, *stops, BASE)
    for i in range(n):
        for j in range(i + 2, n + 1):
            a, b, c, d = path[i], path[i + 1], path[j], path[j + 1]
            if km[a][c] + km[b][d] < km[a][b] + km[c][d] - SHORTER:
                yield stops[:i] + stops[i:j][::-1] + stops[j:]
    for size in range(1, min(PIECE, n - 1) + 1):
        for i in range(n - size + 1):
            yield from _list_moves(km, stops, i, i + size)


def _list_moves(km: Rows, stops: Stops, start: int, end: int) -> Iterator[Stops]:
    """Shorter orders in which the piece from start to end is elsewhere."""
    piece, rest = stops[start:end], stops[:start] + stops[end:]
    first, last = piece[0], piece[-1]
    path, back = (BASE, *stops, BASE), (BASE, *rest, BASE)
    saved = km[path[start]][first] + km[last][path[end + 1]] - km[path[start]][path[end + 1]]
    for k in range(len(rest) + 1):
        a, b = back[k], back[k + 1]
        room = saved + km[a][b] - SHORTER
        if km[a][first] + km[last][b] < room:
            yield rest[:k] + piece + rest[k:]
        if km[a][last] + km[first][b] < room:
            yield rest[:k] + piece[::-1] + rest[k:]


def order_by_nearest(km: Rows, stops: Stops) -> Stops:
    """Put stops in the order of somebody who always goes to the nearest one next."""
    left, here, order = sorted(stops), BASE, list[int]()
    while left:
        here = min(left, key=lambda stop: (round(km[here][stop], 6), stop))
        left.remove(here)
        order.append(here)
    return tuple(order)
