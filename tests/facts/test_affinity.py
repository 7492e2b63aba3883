"""Affinity: the formula by hand, natural units, cut features, the strongest pairs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given

from partnet import UsageError
from partnet.core.network import Network
from partnet.facts.graph.affinity import build_affinity

from ..builders import make_network, networks


def services(text: str) -> list[dict[str, str]]:
    """Write "ax ay bx" for: a offers x and y, b offers x."""
    return [{"organization": o, "service": s} for o, s in text.split()]


def test_the_formula_by_hand() -> None:
    net = make_network("abc", services=services("ax bx by cz"))
    x, y, z = math.log(3 / 2), math.log(3), math.log(3)
    squared = [x * x, x * x + y * y, z * z]
    expected = x * x / (math.sqrt(squared[0] * squared[1]) + np.median(squared))
    pair = build_affinity(net).pairs.iloc[0]
    assert (pair.a, pair.b, pair.n_shared_services) == ("a", "b", 1)
    assert pair.affinity == pytest.approx(expected, abs=1e-9)


def test_affinity_is_the_mean_over_families_both_have() -> None:
    groups = [{"organization": o, "group": g} for o, g in ("ag", "bg", "ch", "dh", "ei")]
    net = make_network("abcde", services=services("ax bx by cz"), memberships=groups)
    pairs = build_affinity(net).pairs.set_index(["a", "b"])
    both = pairs.loc[("a", "b")]
    assert both.affinity == pytest.approx((both.services + both.groups) / 2, abs=2e-9)
    assert math.isnan(pairs.loc[("c", "d"), "services"])  # d has no services: not known, not 0


def test_shared_dollars_are_the_smaller_total_of_each_program() -> None:
    rows = [("a", "P", 100), ("a", "P", 50), ("b", "P", 120), ("b", "Q", 9), ("c", "Q", 4)]
    funding = [{"recipient": r, "program": p, "amount": m} for r, p, m in rows]
    pairs = build_affinity(make_network("abc", funding=funding)).pairs.set_index(["a", "b"])
    assert pairs.loc[("a", "b"), "shared_dollars"] == 120
    assert pairs.loc[("b", "c"), "shared_dollars"] == 4


def test_what_nearly_everybody_has_is_cut_and_named() -> None:
    net = make_network("abcdef", services=services("ax bx cx dx ex ay by"))
    affinity = build_affinity(net)
    assert affinity.cut.values.tolist() == [["services", "x", 5]]
    assert affinity.pairs[["a", "b"]].values.tolist() == [["a", "b"]]
    assert affinity.shared_features("a", "b") == {"services": ["x", "y"]}


def test_spelling_in_another_case_is_the_same_service() -> None:
    rows = [{"organization": o, "service": s} for o, s in (("a", "Dental"), ("b", "dental"))]
    net = make_network("abc", services=[*rows, *services("cz")])
    assert build_affinity(net).pairs.iloc[0].n_shared_services == 1


def test_a_pair_stays_if_either_end_has_it_among_its_strongest() -> None:
    net = make_network("abcd", services=services("ax ay bx by cx cz dz dw"))
    one = build_affinity(net, k=1).pairs
    assert {frozenset(p) for p in one[["a", "b"]].values.tolist()} == {
        frozenset("ab"),
        frozenset("cd"),
    }


def test_wrong_arguments_are_told() -> None:
    with pytest.raises(UsageError, match="families: found 'money'"):
        build_affinity(make_network("ab"), families=["money"])


@pytest.mark.slow
@given(networks())
def test_affinity_is_bounded_symmetric_and_ordered(net: Network) -> None:
    affinity = build_affinity(net)
    matrix = affinity.matrix
    assert ((matrix.data > 0) & (matrix.data < 1)).all()
    assert abs(matrix - matrix.T).sum() == 0
    assert (np.diff(affinity.pairs["affinity"]) <= 1e-9).all()
