"""Whom to approach next: rules that hold for any network, and the sample's stories."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from partnet import UsageError, explain_pair, load_sample, recommend_partners, score_pairs
from partnet.network import Network

from ..builders import bridge_of_two_cliques, make_network, networks


@pytest.fixture(scope="module")
def prairie() -> Network:
    return load_sample("prairie")


def test_the_planted_partner_comes_first_with_reason_and_introducer(prairie: Network) -> None:
    first = recommend_partners(prairie, "Cedar County Hospital").table.iloc[0]
    assert first["partner"] == "bow-creek-home-health-and-hospice"
    assert first["introducer"] == "Chalk Hills District Health Department"
    assert first["n_shared_services"] == 6
    assert first["n_shared_groups"] == 2
    assert first["n_shared_partners"] == 6
    assert first["n_shared_places"] == 3
    assert "both offer 6 services" in first["reason"].casefold()
    assert first["reason"].startswith("Both work with Bow Creek Senior Center")


def test_the_planted_dormant_tie_is_named_apart(prairie: Network) -> None:
    dormant = recommend_partners(prairie, "burr-oak-community-hospital").tables["dormant"]
    assert dormant["partner"].tolist() == ["lone-elm-college"]
    assert "May 11, 2022" in dormant["sentence"].iloc[0]


def test_nobody_stands_too_often_among_the_best_pairs(prairie: Network) -> None:
    best = recommend_partners(prairie, n=20).tables["network"]
    named = pd.concat([best["organization"], best["partner"]]).value_counts()
    assert len(best) == 20
    assert named.max() <= 2
    assert prairie.convener not in named.index


@given(networks())
def test_partners_and_oneself_are_never_named(net: Network) -> None:
    table = recommend_partners(net, n=3).table
    pairs = [frozenset(p) for p in zip(table["organization"], table["partner"], strict=True)]
    assert all(len(pair) == 2 for pair in pairs)
    assert not set(pairs) & net.tied_pairs


@given(networks())
def test_contributions_add_up_to_the_score(net: Network) -> None:
    result = recommend_partners(net, n=2)
    added = result.tables["reasons"].groupby(["organization", "partner"])["contribution"].sum()
    for row in result.table.itertuples():
        assert added.get((row.organization, row.partner), 0.0) == pytest.approx(row.score, abs=1e-8)


@given(networks())
def test_the_same_network_gives_the_same_bytes(net: Network) -> None:
    assert recommend_partners(net).to_json() == recommend_partners(net).to_json()


def test_declined_and_put_off_partners_are_left_out_until_their_day() -> None:
    base = bridge_of_two_cliques()
    first = recommend_partners(base, "c").table["partner"].iloc[0]
    for answer in ("accepted", "declined", "not now"):
        feedback = [{"organization": first, "partner": "c", "answer": answer}]
        net = make_network("abcdefg", _ties(base), feedback=feedback)
        assert first not in recommend_partners(net, "c").table["partner"].tolist()
    until = [
        {"organization": "c", "partner": first, "answer": "not now", "until": "2026-01-01"},
    ]
    net = make_network("abcdefg", _ties(base), feedback=until)
    late = recommend_partners(net, "c", as_of="2026-02-01").table["partner"].tolist()
    assert first in late


def _ties(net: Network) -> list[tuple[str, str]]:
    return list(zip(net.ties["source"], net.ties["target"], strict=True))


def test_wishes_narrow_the_list_and_change_no_score(prairie: Network) -> None:
    everybody = recommend_partners(prairie, "Cedar County Hospital", 200).table
    few = recommend_partners(
        prairie, "Cedar County Hospital", 200, kinds="behavioral health", within_km=100
    ).table
    kinds = prairie.organizations["kind"]
    assert len(few)
    assert (few["partner"].map(kinds) == "behavioral_health").all()
    assert (few["distance_km"] <= 100).all()
    scores = everybody.set_index("partner")["score"]
    assert (few.set_index("partner")["score"] == scores.reindex(few["partner"])).all()


def test_competitors_can_be_left_out() -> None:
    organizations = [
        {"id": k, "name": k, "kind": "hospital", "county_fips": "31027"} for k in "abc"
    ]
    net = make_network(organizations, [("a", "b"), ("b", "c")])
    assert "may compete" in recommend_partners(net, "a").table["against"].iloc[0]
    result = recommend_partners(net, "a", competitors=False)
    assert result.table.empty
    assert "Nobody meets the wishes" in result.text


def test_explain_pair_is_symmetric_in_its_numbers(prairie: Network) -> None:
    ends = "cedar-county-hospital", "bow-creek-home-health-and-hospice"
    there, back = explain_pair(prairie, *ends).table, explain_pair(prairie, *ends[::-1]).table
    assert there["contribution"].tolist() == pytest.approx(back["contribution"].tolist())
    assert there["reason"].tolist() == back["reason"].tolist()


def test_explain_pair_says_when_a_tie_is_on_file() -> None:
    assert "have a tie on file already" in explain_pair(bridge_of_two_cliques(), "a", "b").text


def test_without_ties_everything_rests_on_affinity_and_says_so() -> None:
    services = [
        {"organization": o, "service": s}
        for o, s in [("a", "food"), ("b", "food"), ("b", "beds"), ("c", "beds"), ("d", "rides")]
    ]
    net = make_network("abcd", services=services)
    result = recommend_partners(net)
    assert result.table["basis"].eq("affinity").all()
    assert result.table["reason"].str.contains("affinity, as no ties are on file").all()
    assert result.table["introducer"].eq("").all()
    assert result.table["probability"].isna().all()
    assert result.tables["dormant"].empty
    assert "rest only on affinity" in result.text


DEGENERATE = [
    (nx.empty_graph(0), "0 organizations are on file"),
    (nx.empty_graph(1), "1 organization is on file"),
    (nx.empty_graph(5), "Nothing on file speaks for a new partner"),
    (nx.complete_graph(2), "Every organization has a tie on file with every other"),
    (nx.complete_graph(5), "Every organization has a tie on file with every other"),
]


@pytest.mark.parametrize(("graph", "sentence"), DEGENERATE)
def test_degenerate_networks_get_an_answer_in_words(graph: nx.Graph, sentence: str) -> None:
    result = recommend_partners(Network.from_networkx(graph))
    assert result.table.empty
    assert sentence in result.text


def test_an_organization_without_ties_is_said_to_rest_on_its_profile() -> None:
    net = make_network("abcd", [("a", "b"), ("b", "c")])
    table = recommend_partners(net, "d").table
    assert table["basis"].eq("newcomer").all()
    assert table["against"].str.contains("has no tie on file").all()


def test_score_pairs_lists_every_pair_without_a_tie_once() -> None:
    net = bridge_of_two_cliques()
    table = score_pairs(net)
    assert len(table) == 21 - 8
    assert not set(map(frozenset, zip(table["a"], table["b"], strict=True))) & net.tied_pairs
    assert np.isfinite(table["score"]).all()


def test_wrong_arguments_are_refused_in_words() -> None:
    net = bridge_of_two_cliques()
    with pytest.raises(UsageError, match="n: found 0"):
        recommend_partners(net, n=0)
    with pytest.raises(UsageError, match="kinds: found 'wizard'"):
        recommend_partners(net, kinds="wizard")
    with pytest.raises(UsageError, match="same organization"):
        explain_pair(net, "a", "a")
    with pytest.raises(UsageError, match="ranker: found 'magic'"):
        score_pairs(net, "magic")
