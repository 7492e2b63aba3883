"""The network: views of its tables, look-up, subnetworks and time."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given

from partnet import UsageError
from partnet.core.network import Network

from ..builders import bridge_of_two_cliques, make_network, networks


def test_summary_says_what_is_in_it() -> None:
    assert repr(bridge_of_two_cliques()) == (
        "Partnership network: 7 organizations of 1 kind; 8 ties of 1 relation. "
        "No problems in the input."
    )


def test_an_empty_network_is_a_network() -> None:
    net = Network({})
    assert (net.n, net.newest_date, net.convener, len(net.ties)) == (0, None, "", 0)
    assert "0 organizations" in net.summary()


def test_find_takes_ids_and_unique_names_in_any_case() -> None:
    net = make_network(["a", "b", {"id": "c", "name": "A", "kind": "food"}])
    assert net.find("b") == "b" and net.find(" B ") == "b"
    with pytest.raises(UsageError, match=r"on 2 rows.*a, c"):
        net.find("A")
    with pytest.raises(UsageError, match="Did you mean"):
        net.find("BB")


def test_a_changed_copy_leaves_the_network_alone() -> None:
    net = bridge_of_two_cliques()
    for frame in (net.table("ties"), net.ties, net.organizations):
        frame.iloc[:, 0] = "changed"
    net.names.iloc[0] = "changed"
    assert net == bridge_of_two_cliques() and net.name("a") == "A"
    assert len(net.ties) == 8


def test_ties_come_from_every_table_that_links_two_organizations() -> None:
    net = make_network(
        "abcd",
        [("a", "b", "referral")],
        funding=[{"funder": "C", "recipient": "a", "program": "P", "amount": 5}],
        memberships=[{"organization": "a", "group": "D"}, {"organization": "b", "group": "Other"}],
        contacts=[{"organization": "b", "by": "d", "date": "2026-01-05"}],
        agreements=[
            {"agreement": "1", "organization": o, "type": "transfer agreement", "status": s}
            for o, s in (("a", "executed"), ("c", "executed"), ("d", "draft"))
        ],
        affiliations=[{"organization": "b", "parent": "c", "type": "owned"}],
    )
    found = {(t.source, t.target, t.relation) for t in net.ties.itertuples()}
    assert found == {
        ("a", "b", "referral"),
        ("c", "a", "funding"),
        ("a", "d", "membership"),
        ("d", "b", "contact"),
        ("a", "c", "transfer"),
        ("b", "c", "affiliation"),
    }


def test_at_keeps_what_held_on_a_day_and_rows_without_dates() -> None:
    rows = [
        {"source": "a", "target": "b", "relation": "contract", "until": "2025-06-30"},
        {"source": "a", "target": "c", "relation": "contract", "since": "2026-01-01"},
        {"source": "b", "target": "c", "relation": "contract"},
    ]
    net = make_network("abc", rows)
    on = {day: len(net.at(day).ties) for day in ("2025-06-30", "2025-07-01", "2026-01-01")}
    assert on == {"2025-06-30": 2, "2025-07-01": 1, "2026-01-01": 2}
    assert net.newest_date == pd.Timestamp("2026-01-01")


def test_a_subnetwork_keeps_its_parents_scale() -> None:
    net = make_network("abc", [("a", "b", "referral"), ("b", "c", "contract")])
    part = net.subnetwork(["a", "B"])
    assert part.ids.tolist() == ["a", "b"] and len(part.ties) == 1
    assert part.scale == net.scale == ("contract", "referral")


def test_the_convener_is_declared_or_the_owner() -> None:
    owner = [{"setting": "owner", "value": "B"}]
    both = [*owner, {"setting": "convener", "value": "a"}]
    assert make_network("ab", about=owner).convener == "b"
    assert make_network("ab", about=both).convener == "a"
    assert make_network("ab", about=[{"setting": "convener", "value": "nobody"}]).convener == ""


def test_networkx_and_back() -> None:
    graph = nx.karate_club_graph()
    nx.set_edge_attributes(graph, 0.5, "weight")
    net = Network.from_networkx(graph, kind="food")
    assert (net.n, len(net.ties)) == (34, 78)
    assert set(net.to_networkx().to_undirected().edges()) <= {
        (str(u), str(v)) for e in graph.edges() for u, v in (e, e[::-1])
    }
    heavy = nx.Graph([("a", "b", {"weight": 7}), ("a", "c", {"weight": 3.5})])
    assert Network.from_networkx(heavy).ties["strength"].tolist() == [1.0, 0.5]
    assert Network.from_networkx(heavy, scale=10).ties["strength"].tolist() == [0.7, 0.35]


def test_nodes_of_a_graph_are_cleaned_as_every_cell_is() -> None:
    """Halves of characters, escape codes, marks that reorder text, numbers without end."""
    graph = nx.Graph([("a\ud800", "b\x1b[31m", {"own\udfff": "x\ud800"})])
    graph.add_nodes_from(["\u202ec", 10**5000])
    net = Network.from_networkx(graph)
    assert net.ids.tolist() == ["a", "a number of very many digits", "b[31m", "c"]
    assert net.table("ties")[["source", "target", "own"]].values.tolist() == [["a", "b[31m", "x"]]


@given(networks())
def test_network_survives_networkx(net: Network) -> None:
    again = Network.from_networkx(net.to_networkx())
    assert again.ids.tolist() == net.ids.tolist()
    assert again.names.tolist() == net.names.tolist()
    assert len(again.ties) == int((net.ties["strength"] != 0).sum())
