"""Ratings come to one scale; what partners are told gives nobody's rating away."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import Any

import pytest

from partnet.core.network import Network
from partnet.core.rows.ratings import find_dimension, list_dimensions, read_ratings, tell_mean

from ...builders import make_network

IDS = "abcdefgh"


def rate(*rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    names = ("rater", "rated", "dimension", "value", "ladder")
    return [dict(zip(names, (*row, "")[:5], strict=True)) for row in rows]


def read(*rows: tuple[Any, ...]) -> Any:
    return read_ratings(make_network("abc", ratings=rate(*rows)).table("ratings"))


def test_dimensions_are_known_by_many_names() -> None:
    for dimension in list_dimensions().values():
        for name in (dimension.id, dimension.label.upper(), *dimension.aliases):
            assert find_dimension(name) == dimension.id
    assert find_dimension("gift of the gab") == ""


@pytest.mark.parametrize(
    ("value", "ladder", "score"),
    [(1, "", 1), (4, "", 4), (5, "1-5", 4), (3, "1 to 5", 2.5), (1, "5-1", 4), (5, "5-1", 1),
     (50, "0-100", 2.5), (7, "", 4), (2, "what we liked", 2)],
)  # fmt: skip
def test_scales_come_to_one(value: float, ladder: str, score: float) -> None:
    assert read(("a", "b", "reliability", value, ladder)).rows["score"].tolist() == [score]


def test_a_value_above_its_scale_and_of_oneself_is_left_out_and_counted() -> None:
    found = read(
        ("a", "b", "reliability", 9, "1-5"), ("a", "a", "openness", 4), ("b", "a", "openness", 2)
    )
    assert found.rows["score"].tolist() == [2]
    assert (found.self_rated, found.off_scale) == (1, 1)


def test_two_people_of_one_organization_count_once() -> None:
    found = read(("a", "b", "reliability", 4), ("a", "b", "Reliable", 2))
    assert found.rows["score"].tolist() == [3]


def about(values: tuple[int, ...], dimension: str = "reliability") -> Network:
    """The first organization is rated by others, in the order of their letters."""
    ids = [f"o{k:02d}" for k in range(len(values) + 1)]
    rows = [(ids[k + 1], ids[0], dimension, v) for k, v in enumerate(values)]
    return make_network(ids, ratings=rate(*rows))


def told(net: Network, reader: str | None) -> dict[tuple[str, str], float]:
    shared = net.for_audience("partner", reader).shared_scores
    return {(each.organization, each.dimension): each.score for each in shared}


def test_a_partner_is_told_what_it_received_from_five_raters_on() -> None:
    assert told(about((3, 3, 3, 3)), "o00") == {}
    assert told(about((3, 3, 3, 3, 3)), "o00") == {("o00", "reliability"): 3.1}
    assert told(about((3, 3, 3, 3, 3)), "o01") == told(about((3,) * 5), None) == {}


def test_another_rater_changes_nothing_until_five_came() -> None:
    five = told(about((1, 2, 1, 2, 1)), "o00")
    for more in (1, 4):
        assert told(about((1, 2, 1, 2, 1) + (4,) * more), "o00") == five
    assert told(about((1, 2, 1, 2, 1) + (4,) * 5), "o00") != five


def test_a_dimension_in_free_text_is_never_told() -> None:
    assert told(about((3,) * 8, "what Ann said"), "o00") == {}


def test_the_public_is_told_nothing_and_a_partner_file_tells_no_more_later() -> None:
    net = about((3,) * 6)
    assert net.for_audience("public").shared_scores == ()
    partner = net.for_audience("partner", "o00")
    assert partner.for_audience("public").shared_scores == ()
    assert partner.for_audience("partner", "o01").shared_scores == ()
    assert partner.at("2026-01-01").shared_scores == partner.shared_scores != ()
    assert set(partner.table("ratings")["rater"]) == set()


def circle(n: int, value: int = 3) -> Network:
    """Everybody rates the next two."""
    ids = [f"o{k:02d}" for k in range(n)]
    rows = [(ids[k], ids[(k + s) % n], "openness", value) for k in range(n) for s in (1, 2)]
    return make_network(ids, ratings=rate(*rows))


def test_the_network_needs_five_raters_beside_any_one_organization() -> None:
    assert told(circle(5), None) == {}
    assert told(circle(6), None) == {("", "openness"): 3.1}
    star = about((3,) * 6)  # o00 would know all but nothing of others: all ratings are about it
    assert told(star, "o01") == {}


def test_all_partners_are_told_the_same_of_the_network() -> None:
    net = circle(9, 2)
    first = told(net, None)
    assert all(told(net, reader).items() >= first.items() for reader in net.ids[:2])
    assert {key for reader in net.ids[:2] for key in told(net, reader)} == {("", "openness")}


def test_no_mean_tells_what_one_rater_gave() -> None:
    """All ratings that five could have given: each told mean leaves each rater two values."""
    possible: dict[float, list[set[int]]] = defaultdict(lambda: [set() for _ in range(5)])
    for values in product(range(1, 5), repeat=5):
        for seen, value in zip(possible[tell_mean(sum(values) / 5)], values, strict=True):
            seen.add(value)
    assert len(possible) == 5
    assert min(len(seen) for sets in possible.values() for seen in sets) >= 2


def test_no_two_reports_tell_what_one_rater_gave() -> None:
    """One rater goes and another takes its place: no pair of means fixes the value of any."""
    mean = {total: tell_mean(total / 5) for total in range(5, 21)}
    possible: dict[tuple[float, float], list[set[int]]] = {}
    for values in product(range(1, 5), repeat=6):
        total = sum(values)
        pair = (mean[total - values[5]], mean[total - values[0]])
        sets = possible.setdefault(pair, [set() for _ in range(6)])
        for seen, value in zip(sets, values, strict=True):
            seen.add(value)
    assert min(len(seen) for sets in possible.values() for seen in sets) >= 2


def test_five_more_raters_do_not_tell_what_one_of_them_gave() -> None:
    """The sums of the first five and of four others, and the value of the last."""
    possible: dict[tuple[float, float], set[int]] = defaultdict(set)
    for first, rest, last in product(range(5, 21), range(4, 17), range(1, 5)):
        possible[tell_mean(first / 5), tell_mean((first + rest + last) / 10)].add(last)
    assert min(map(len, possible.values())) >= 2
