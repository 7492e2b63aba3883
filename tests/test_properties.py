"""What must hold for every network, whatever is in it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnet as pn
from partnet.core.network import Network

from .builders import FEW, networks

REFERENCES = ("organization", "source", "target", "recipient", "funder")
MEASURES = ["degree", "strength", "betweenness", "harmonic", "coreness", "pagerank"]
POSITIONS = ["n_cut_off", "betweenness", "constraint", "effective_size", "brokerage"]


def rename(net: Network, names: dict[str, str], order: list[int]) -> Network:
    """The same network with other ids, and the organizations in another order."""
    tables = {}
    for name in ("organizations", "ties", "services", "funding"):
        table = net.table(name).drop(columns="provenance")
        for column in ("id", *REFERENCES):
            if column in table:
                table[column] = table[column].map(lambda value: names.get(value, value))
        tables[name] = table.iloc[order] if name == "organizations" else table
    return pn.read_network({name: table for name, table in tables.items() if len(table)})


@st.composite
def renamed_networks(draw: st.DrawFn) -> tuple[Network, Network, dict[str, str]]:
    net = draw(networks().filter(lambda net: net.n > 1))
    order = draw(st.permutations(range(net.n)))
    names = {id_: f"x{k}" for id_, k in zip(net.ids, order, strict=True)}
    return net, rename(net, names, list(order)), names


@pytest.mark.slow
@FEW
@given(renamed_networks())
def test_other_ids_and_another_order_permute_the_measures(
    drawn: tuple[Network, Network, dict[str, str]],
) -> None:
    net, other, names = drawn
    for verb, columns in ((pn.measure_centrality, MEASURES), (pn.find_bridges, POSITIONS)):
        mine, theirs = verb(net).table, verb(other).table
        columns = [column for column in columns if column in mine]
        expected = mine[columns].rename(index=names).sort_index()
        found = theirs[columns].sort_index()
        pd.testing.assert_frame_equal(found, expected, check_names=False, rtol=1e-9, atol=1e-9)


@pytest.mark.slow
@FEW
@given(renamed_networks())
def test_other_ids_change_no_gap(drawn: tuple[Network, Network, dict[str, str]]) -> None:
    net, other, names = drawn
    mine, theirs = pn.find_gaps(net).table, pn.find_gaps(other).table
    pairs = [
        frozenset((names.get(a, ""), names.get(b, "")))
        for a, b in mine[["organization", "other"]].values
    ]
    assert sorted(map(sorted, pairs)) == sorted(
        sorted(frozenset(pair)) for pair in theirs[["organization", "other"]].values
    )


@pytest.mark.slow
@FEW
@given(networks())
def test_neither_partners_nor_the_organization_itself_are_recommended(net: Network) -> None:
    table = pn.recommend_partners(net, n=net.n + 1).table
    for row in table.itertuples():
        assert row.organization != row.partner
        assert frozenset((row.organization, row.partner)) not in net.tied_pairs
    assert not table.duplicated(["organization", "partner"]).any()


@pytest.mark.slow
@FEW
@given(networks())
def test_the_same_question_has_the_same_answer(net: Network) -> None:
    again = Network(
        {name: net.table(name) for name in ("organizations", "ties", "services", "funding")}
    )
    for verb in (pn.measure_centrality, pn.find_bridges, pn.find_gaps, pn.recommend_partners):
        assert verb(net).sentences == verb(again).sentences
        pd.testing.assert_frame_equal(verb(net).table, verb(again).table)


@FEW
@given(networks())
def test_between_a_network_and_itself_nothing_changed(net: Network) -> None:
    found = pn.compare_networks(net, net)
    assert all(table.empty for table in found.tables.values())
    assert (found.table["change"].fillna(0) == 0).all()


def test_unknown_names_are_refused_with_a_suggestion() -> None:
    with pytest.raises(pn.UsageError, match="Did you mean"):
        pn.recommend_partners(pn.load_sample("prairie"), "Cedar Conty Hospital")
