"""Value and trust on a network of five, worked out on paper; what each audience sees."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import Any

import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network

from ...builders import make_network

# Rater, rated, then influence, involvement, resources, reliability, mission, openness.
GIVEN = [
    ("a", "b", 4, 3, 2, 4, 4, 1),
    ("c", "b", 2, 3, 4, 2, 4, 3),
    ("b", "a", 1, 1, 1, 4, 4, 4),
    ("d", "e", 3, 3, 3, None, None, None),
]
DIMENSIONS = ("influence", "involvement", "resources", "reliability", "mission", "openness")


def make(given: list[tuple[Any, ...]] = GIVEN, ids: str = "abcde", **more: Any) -> Network:
    rows = [
        {"rater": rater, "rated": rated, "dimension": dimension, "value": value}
        for rater, rated, *values in given
        for dimension, value in zip(DIMENSIONS, values, strict=True)
        if value is not None
    ]
    ties = more.pop("ties", [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c")])
    return make_network(ids, ties, ratings=[*rows, *more.pop("rows", [])], **more)


def test_what_each_received_by_hand() -> None:
    table = pn.measure_trust(make()).table
    b = table.loc["b"]
    assert b["raters"] == 2 and b["few"]
    assert (b["influence"], b["reliability"], b["openness"]) == (3, 3, 2)
    assert (b["value"], b["trust"], b["overall"]) == (3, 3, 3)  # 3, 3, 3 and 3, 4, 2
    assert (b["lowest"], b["highest"]) == (3, 3)  # a and c give 18 in six each
    assert (b["rated"], b["value_given"], b["trust_given"]) == (1, 1, 4)
    assert b["partners"] == 2
    e = table.loc["e"]
    assert e["value"] == e["overall"] == 3 and pd.isna(e["trust"])
    c = table.loc["c"]
    assert c["raters"] == 0 and pd.isna(c["overall"]) and c["rated"] == 1


def test_the_network_by_hand() -> None:
    """Influence (4 + 2 + 1 + 3) / 4, involvement 10 / 4, resources 10 / 4; 10/3, 12/3, 8/3."""
    found = pn.measure_trust(make())
    said = found.claims["network"]
    assert (said["raters"], said["rated"]) == (4, 3)
    assert said["value"] == pytest.approx(2.5) and said["trust"] == pytest.approx(10 / 3)
    assert found.sentences[0] == (
        "4 organizations rated 3 in all: value 2.5 and trust 3.3 on a scale of 1 (not at all) to 4 "
        "(a great deal)."
    )
    assert found.claims["dimensions"]["highest"] == "mission"
    mission = found.tables["dimensions"].set_index("dimension").loc["mission"]
    assert (mission["ratings"], mission["mean"], mission["spread"]) == (3, 4, 0)


def test_two_sides_by_hand() -> None:
    """a gives b 18 / 6, b gives a 15 / 6."""
    pairs = pn.measure_trust(make()).tables["pairs"]
    assert pairs[["organization", "other", "gives", "receives", "difference"]].values.tolist() == [
        ["a", "b", 3.0, 2.5, 0.5]
    ]


def test_chance_is_said_in_words() -> None:
    """Six that rate each other alike, pair by pair, differ less than chance would have it."""
    score = {frozenset(pair): 1 + k % 4 for k, pair in enumerate(combinations("abcdef", 2))}
    given = [(r, t, *(score[frozenset((r, t))],) * 6) for r, t in permutations("abcdef", 2)]
    clear = pn.measure_trust(make(given, "abcdef")).text
    assert (
        "In 15 pairs rated from both sides, the two differ by 0.0 on average, closer than" in clear
    )
    assert "chance alone would bring them (1." in clear and "1 trial in " in clear
    unclear = [(r, t, *(1 + k % 4,) * 6) for k, (r, t) in enumerate(permutations("abcdef", 2))]
    text = pn.measure_trust(make(unclear, "abcdef")).text
    assert "on average, not clearly closer than chance alone would bring them (1." in text
    assert "p ." not in clear + text


def test_who_is_valued_more_than_its_ties_tell() -> None:
    """z has no tie and is rated 4 by five, x has three ties and is rated 1."""
    raters = "abcde"
    given = [(r, t, *(v,) * 6) for r in raters for t, v in (("z", 4), ("x", 1), ("y", 2))]
    found = pn.measure_trust(
        make(given, "abcdexyz", ties=[("x", "a"), ("x", "b"), ("x", "c"), ("y", "a")])
    )
    beyond = found.table["valued_beyond_ties"]
    assert beyond["z"] == pytest.approx(1 - 1 / 3) and beyond["x"] == pytest.approx(1 / 3 - 1)
    assert found.claims["beyond"] == {"organizations": 1, "names": ["Z"]}
    assert "few" not in found.claims


def test_dimensions_of_ones_own_are_told_and_are_no_part_of_trust() -> None:
    own = [{"rater": "a", "rated": "b", "dimension": "Warmth", "value": 1}]
    found = pn.measure_trust(make(rows=own))
    assert found.tables["dimensions"]["label"].iloc[-1] == "warmth"
    assert found.table.loc["b", "overall"] == 3
    assert "none of the dimensions" in pn.measure_trust(make([], rows=own)).text


def test_groups_with_fewer_than_five_raters_have_no_score() -> None:
    sectors = pn.measure_trust(make()).tables["sectors"]
    assert sectors["raters"].tolist() == [4] and sectors["value"].isna().all()


def test_what_is_left_out_is_said() -> None:
    own = [{"rater": "a", "rated": "a", "dimension": "openness", "value": 4}]
    assert "1 of oneself" in pn.measure_trust(make(rows=own)).text


def test_without_ratings_it_says_so() -> None:
    for net in (make_network([]), make_network("ab", [("a", "b")])):
        found = pn.measure_trust(net)
        assert found.claims == {"network": {"raters": 0, "rated": 0}}
        assert "No ratings" in found.text and len(found.table) == net.n


def rated_by(n: int) -> Network:
    ids = [f"o{k}" for k in range(n + 1)]
    given = [(r, "o0", 4, 4, 4, 1, 1, 1) for r in ids[1:]]
    return make(given, ids, ties=[])  # type: ignore[arg-type]


def test_a_partner_sees_its_own_scores_from_five_raters_on() -> None:
    found = pn.measure_trust(rated_by(5).for_audience("partner", "o0"))
    assert set(found.table["name"]) == {"O0"} and set(found.table["raters"]) == {5}
    assert found.claims == {"own": {"scores": 6}}
    assert "reliability 1 to 1.6" in found.text and "influence 3.4 to 4" in found.text
    for net, reader in ((rated_by(4), "o0"), (rated_by(5), "o1"), (rated_by(5), None)):
        other = pn.measure_trust(net.for_audience("partner", reader))
        assert other.table.empty and other.claims == {"shared": {"scores": 0}}


def test_the_public_sees_nothing() -> None:
    found = pn.measure_trust(rated_by(9).for_audience("public"))
    assert found.table.empty and not found.tables
    assert found.text == "Ratings of value and trust are not shown to the public."


def test_no_partner_result_depends_on_a_later_single_rating() -> None:
    """The report before and after one more answer: nothing differs that could be subtracted."""
    for values in ((4,) * 6, (1,) * 6):
        before = rated_by(5)
        more = [("o6", "o0", *values)]
        ids = [f"o{k}" for k in range(7)]
        given = [(r, "o0", 4, 4, 4, 1, 1, 1) for r in ids[1:6]]
        after = make(given + more, ids, ties=[])  # type: ignore[arg-type]
        tables = [
            pn.measure_trust(net.for_audience("partner", "o0")).table for net in (before, after)
        ]
        pd.testing.assert_frame_equal(*tables)


def test_names_change_no_score() -> None:
    turned = {"a": "e", "b": "d", "c": "c", "d": "b", "e": "a"}
    given = [(turned[rater], turned[rated], *values) for rater, rated, *values in GIVEN]
    first = pn.measure_trust(make(), permutations=0).table["overall"]
    second = pn.measure_trust(make(given), permutations=0).table["overall"]
    assert {turned[id_]: v for id_, v in first.dropna().items()} == second.dropna().to_dict()


def test_no_page_says_who_rated_whom() -> None:
    brief = pn.build_brief(pn.measure_trust(make()))
    titles = {getattr(block, "caption", "") for block in brief.sections[0].blocks}
    assert any(title.startswith("What partners received") for title in titles)
    assert not any("rate each other" in title for title in titles)
