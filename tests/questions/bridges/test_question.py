from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from partnet.core.errors import UsageError
from partnet.core.network import Network
from partnet.facts.graph.collaboration import build_layer
from partnet.io.samples import load_sample
from partnet.measures.positions import brokerage
from partnet.measures.positions import key_players as keyplayers
from partnet.questions.bridges.question import find_bridges

from ...builders import FEW, bridge_of_two_cliques, make_network, networks

FINDINGS = ["bridge_ties", "convener_candidates", "cut_off", "key_players", "what_breaks"]
TABLES = sorted([*FINDINGS, "removal", "roles"])


def test_two_cliques_and_a_bridge() -> None:
    found = find_bridges(bridge_of_two_cliques())
    assert found.table["n_cut_off"].tolist() == [0, 0, 2, 3, 2, 0, 0]
    assert found.table["is_articulation"].tolist() == [False, False, True, True, True, False, False]
    breaks = found.tables["what_breaks"].set_index("organization")
    assert breaks.index.tolist() == ["d", "c", "e"]
    assert breaks.loc["d", "cut_off"] == "E, F and G"  # equal sides: that of the lower id stays
    assert breaks.loc["c", "cut_off"] == "A and B"
    ties = found.tables["bridge_ties"]
    assert ties[["organization", "partner", "n_smaller_side"]].to_numpy().tolist() == [
        ["c", "d", 3],
        ["d", "e", 3],
    ]
    assert ties["smaller_side"].tolist() == ["A, B and C", "E, F and G"]
    assert (
        found.sentences[0]
        == "If D leaves, 3 organizations are cut off from the main component: E, F and G."
    )


def test_counties_of_those_cut_off_are_counted() -> None:
    organizations = [
        {"id": id_, "name": id_.upper(), "kind": "hospital", "state": "NE", "county_fips": county}
        for id_, county in zip("abcd", ["31001", "31001", "31003", "31005"], strict=True)
    ]
    found = find_bridges(make_network(organizations, [("a", "b"), ("a", "c"), ("a", "d")]))
    assert found.tables["what_breaks"]["n_counties"].tolist() == [2]
    assert found.sentences[0] == (
        "If A leaves, 2 organizations in 2 counties are cut off from the main component: C and D."
    )
    assert found.tables["cut_off"]["county_fips"].tolist() == ["31003", "31005"]


def test_the_hub_of_the_sample_is_found_once_the_convener_is_left_out() -> None:
    net = load_sample("prairie")
    without, with_it = find_bridges(net), find_bridges(net, with_convener=True)
    hub = without.tables["what_breaks"].iloc[0]
    assert without.sentences[0].startswith(f"If {hub['name']} leaves, {hub['n_cut_off']} ")
    assert with_it.table.loc[hub["organization"], "n_cut_off"] < hub["n_cut_off"]
    said = [s for s in without.sentences if "the convener, is left out here" in s]
    assert len(said) == 1 and hub["name"] in said[0]
    assert len([s for s in with_it.sentences if "the convener, is counted here" in s]) == 1
    assert without.table.loc[net.convener, "brokerage"] == 0


def test_roles_follow_the_grouping() -> None:
    organizations = [
        {"id": id_, "name": id_, "kind": "hospital", "team": team}
        for id_, team in zip("abcdefg", "xxxyyyz", strict=True)
    ]
    net = make_network(organizations, [("a", "b"), ("b", "d"), ("d", "g")])
    table = find_bridges(net, grouping="team").table
    assert table.loc["b", ["gatekeeper", "representative"]].tolist() == [1, 1]
    assert table.loc["d", "brokerage"] == 2  # b-d-g: z has one member and no role
    assert table.loc["d"][["coordinator", "itinerant", "gatekeeper", "liaison"]].sum() == 0
    assert table["team"].tolist() == list("xxxyyyz")


def test_an_unknown_grouping_is_explained() -> None:
    with pytest.raises(UsageError, match=r"grouping: found 'team'\. Allowed are columns"):
        find_bridges(bridge_of_two_cliques(), grouping="team")


@pytest.mark.parametrize(
    ("organizations", "said"), [("", "empty"), ("a", "1 organization"), ("abc", "3 organizations")]
)
def test_degenerate_networks(organizations: str, said: str) -> None:
    found = find_bridges(make_network(organizations), layer="collaboration")
    assert said in found.sentences[0]
    assert len(found.table) == len(organizations)
    assert sorted(found.tables) == TABLES
    assert not any(len(found.tables[name]) for name in FINDINGS)
    assert not found.tables["roles"]["count"].any()


def test_a_tie_between_two_is_a_bridge_but_cuts_nobody_off() -> None:
    found = find_bridges(make_network("ab", [("a", "b")]))
    assert found.sentences[0].startswith("Nobody cuts others off by leaving")
    assert found.tables["bridge_ties"]["n_smaller_side"].tolist() == [1]
    assert found.table["constraint"].tolist() == [1, 1]


def test_nothing_breaks_in_an_affinity_graph() -> None:
    services = [{"organization": o, "service": s} for o, s in ("ax", "bx", "by", "cy", "dz")]
    found = find_bridges(make_network("abcd", services=services))
    assert found.sentences[0].startswith("The graph is affinity")
    assert "is_articulation" not in found.table
    assert not any(len(table) for table in found.tables.values())
    assert "leaves" not in found.text
    assert found.claims["betweenness"]["names"][0] == "B"


@FEW
@given(networks())
def test_any_network_gives_a_result(net: Network) -> None:
    for directed in (False, True):
        found = find_bridges(net, directed=directed, layer="collaboration")
        assert list(found.table.index) == list(net.ids)
        assert found.sentences and all(sentence.endswith(".") for sentence in found.sentences)
        found.to_json()
        tied = np.flatnonzero(found.table["effective_size"].notna())
        layer = build_layer(net)
        assert set(tied) == set(np.flatnonzero(np.diff(layer.matrix.indptr)))


def test_renaming_permutes_the_result() -> None:
    ties = [("a", "b"), ("b", "c"), ("c", "d"), ("b", "e"), ("e", "c"), ("d", "f")]
    new = dict(zip("abcdef", "fbdace", strict=True))
    one = find_bridges(make_network("abcdef", ties)).table
    renamed = [(new[u], new[v]) for u, v in ties]
    other = find_bridges(make_network("abcdef", renamed)).table
    numbers = one.columns.drop(["name", "kind", "sector"])
    expected = one.rename(index=new).loc[list(other.index), numbers]
    np.testing.assert_allclose(
        other[numbers].to_numpy(dtype=float), expected.to_numpy(dtype=float), atol=1e-12
    )


def test_what_a_large_network_is_spared_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brokerage, "MOST_STEPS", 1)
    monkeypatch.setattr(keyplayers, "MOST_CANDIDATES", 4)
    found = find_bridges(bridge_of_two_cliques())
    assert found.tables["roles"]["z"].isna().all()
    notes = " ".join(found.method.notes)
    assert "Group labels were not permuted" in notes and "among the 4 best tied" in notes
    plain = find_bridges(bridge_of_two_cliques(), permutations=0)
    assert "not permuted" not in " ".join(plain.method.notes)


def test_who_had_no_way_to_the_main_component_does_not_lose_it() -> None:
    large = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "a")]
    net = make_network("abcdxyz", [*large, ("x", "y"), ("y", "z")])
    said = find_bridges(net).say("what_breaks")[0]
    assert said == "If Y leaves, 1 organization is cut off from the rest of its component: Z."


def test_searches_for_key_players_are_named_in_words() -> None:
    net = make_network("abcde", [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")])
    told = [note for note in find_bridges(net).method.notes if note.startswith("Key players")]
    assert len(told) == 4 and not [note for note in told if "_" in note]
