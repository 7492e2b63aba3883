"""Whom to approach next: rules that hold for any network."""

from __future__ import annotations

from math import fsum

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from partnet import UsageError, explain_pair, load_sample, recommend_partners, score_pairs
from partnet.core.network import Network
from partnet.core.results.result import Result

from ...builders import FEW, bridge_of_two_cliques, make_network, networks


@pytest.fixture(scope="module")
def prairie() -> Network:
    return load_sample("prairie")


@pytest.mark.slow
def test_nobody_stands_too_often_among_the_best_pairs(prairie: Network) -> None:
    best = recommend_partners(prairie, n=20).tables["network"]
    named = pd.concat([best["organization"], best["partner"]]).value_counts()
    assert len(best) == 20
    assert named.max() <= 2
    assert prairie.convener not in named.index


@pytest.mark.slow
@FEW
@given(networks())
def test_partners_and_oneself_are_never_named(net: Network) -> None:
    table = recommend_partners(net, n=3).table
    pairs = [frozenset(p) for p in zip(table["organization"], table["partner"], strict=True)]
    assert all(len(pair) == 2 for pair in pairs)
    assert not set(pairs) & net.tied_pairs


@pytest.mark.slow
@FEW
@given(networks())
def test_contributions_add_up_to_the_score(net: Network) -> None:
    _check_sums(recommend_partners(net, n=2))


def test_contributions_add_up_to_the_score_on_the_sample(prairie: Network) -> None:
    result = recommend_partners(prairie)
    assert len(result.table) > 700
    assert result.table["basis"].nunique() == 2
    _check_sums(result)


def _check_sums(result: Result) -> None:
    added = result.tables["reasons"].groupby(["organization", "partner"])["contribution"].agg(fsum)
    for row in result.table.itertuples():
        assert added.get((row.organization, row.partner), 0.0) == pytest.approx(
            row.score, abs=1e-9, rel=0
        )


def test_odds_of_reasons_multiply_to_the_odds_of_the_pair(prairie: Network) -> None:
    result = recommend_partners(prairie, "Cedar County Hospital", 1)
    assert result.tables["reasons"]["odds"].prod() == pytest.approx(result.table["odds"].iloc[0])
    reasons = result.tables["reasons"].set_index("reason")
    assert ((reasons["odds"] > 1) == (reasons["contribution"] > 0)).all()
    assert reasons["contribution"].is_monotonic_decreasing


def test_a_suggestion_can_be_said_on_the_telephone(prairie: Network) -> None:
    result = recommend_partners(prairie)
    for row in result.table.itertuples():
        assert row.sentence.startswith(f"{row.organization_name} could approach {row.partner_name}")
        assert row.sentence.endswith(".")
        assert ".." not in row.sentence
        assert len(row.sentence.split()) <= 110
        first = row.against.replace("No service in common is on file.", "").split(". ")[0]
        assert first.removesuffix(".")[1:] in row.sentence
    first = recommend_partners(prairie, "Cedar County Hospital", 1).table["sentence"].iloc[0]
    assert "both work with Bow Creek Senior Center, Bow Creek Family Clinic and 4 more" in first
    assert (
        "Chalk Hills District Health Department works with both and could introduce them" in first
    )


@pytest.mark.slow
@FEW
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


def test_counties_are_named_by_name_and_driving_time_narrows(prairie: Network) -> None:
    near = recommend_partners(prairie, "Cedar County Hospital", 200, within_minutes=45).table
    assert len(near)
    assert (near["driving_minutes"] <= 45).all()
    home = recommend_partners(prairie, "Cedar County Hospital", 200, where="Cedar County").table
    counties = prairie.organizations["county_fips"]
    assert len(home)
    assert (home["partner"].map(counties) == "31027").all()
    with pytest.raises(UsageError, match="no county known"):
        recommend_partners(prairie, where="Atlantis")


def test_suggestions_for_some_or_for_every_organization_of_a_kind(prairie: Network) -> None:
    kinds = prairie.organizations["kind"]
    hospitals = recommend_partners(prairie, n=2, for_kinds="CAH").table
    assert set(hospitals["organization"]) == set(kinds.index[kinds == "critical_access_hospital"])
    two = ["cedar-county-hospital", "Bow Creek Ambulance"]
    asked = recommend_partners(prairie, two, 2)
    assert asked.table["organization"].value_counts().to_dict() == {
        "cedar-county-hospital": 2,
        "bow-creek-ambulance": 2,
    }
    assert "2 organizations" in asked.title
    with pytest.raises(UsageError, match="found no tenants"):
        recommend_partners(bridge_of_two_cliques(), for_kinds="tenants association")


def test_the_convener_is_named_to_nobody_and_may_ask(prairie: Network) -> None:
    assert prairie.convener not in recommend_partners(prairie).table["partner"].tolist()
    own = recommend_partners(prairie, prairie.convener, runs=0).table
    assert len(own) == 5
    assert not {frozenset((prairie.convener, p)) for p in own["partner"]} & prairie.tied_pairs


def test_competitors_can_be_left_out() -> None:
    organizations = [
        {"id": k, "name": k, "kind": "hospital", "county_fips": "31027"} for k in "abc"
    ]
    net = make_network(organizations, [("a", "b"), ("b", "c")])
    rivals = recommend_partners(net, "a", competitors=True).table
    assert "may compete" in rivals["against"].iloc[0]
    result = recommend_partners(net, "a")
    assert result.table.empty
    assert result.claims["nobody"]["organization"] == "a"


def test_explain_pair_is_symmetric_in_its_numbers(prairie: Network) -> None:
    ends = "cedar-county-hospital", "bow-creek-home-health-and-hospice"
    there, back = explain_pair(prairie, *ends).table, explain_pair(prairie, *ends[::-1]).table
    assert there["contribution"].tolist() == pytest.approx(back["contribution"].tolist())
    assert there["reason"].tolist() == back["reason"].tolist()
    scores = score_pairs(prairie).set_index(["a", "b"])["score"]
    assert sum(there["contribution"]) == pytest.approx(scores[ends[::-1]], abs=1e-9)


def test_explain_pair_says_when_a_tie_is_on_file() -> None:
    found = explain_pair(bridge_of_two_cliques(), "a", "b")
    assert "have a tie on file already (collaboration; strength 1.00" in found.text
    assert found.table.empty


def test_explain_pair_says_what_was_answered_before() -> None:
    base = bridge_of_two_cliques()
    answer = {"organization": "a", "partner": "g", "answer": "declined", "given_on": "2026-01-05"}
    net = make_network("abcdefg", _ties(base), feedback=[answer])
    text = explain_pair(net, "g", "a", as_of="2026-02-01").text
    assert "the answer on January 5, 2026 was “declined”" in text
    assert "suggested before" not in explain_pair(net, "g", "a", as_of="2026-01-01").text


def test_without_ties_everything_rests_on_affinity_and_says_so() -> None:
    services = [
        {"organization": o, "service": s}
        for o, s in [("a", "food"), ("b", "food"), ("b", "beds"), ("c", "beds"), ("d", "rides")]
    ]
    net = make_network("abcd", services=services)
    result = recommend_partners(net)
    assert result.table["basis"].eq("affinity").all()
    assert result.table["reason"].str.contains("affinity, as no working tie is on file").all()
    assert result.table["introducer"].eq("").all()
    assert result.table["probability"].isna().all()
    assert result.tables["dormant"].empty
    assert "rest only on affinity" in result.text


ONE_KIND = [{"id": k, "name": k.upper(), "kind": "food"} for k in "abcde"]


def test_one_kind_only_and_no_attributes_rest_on_ties_alone() -> None:
    net = make_network(ONE_KIND, [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")])
    result = recommend_partners(net, "a", 1)
    assert result.table["basis"].tolist() == ["ties"]
    assert result.table["partner"].tolist() == ["c"]
    assert "both work with B" in result.text
    assert result.method.settings["fields"] == "none"


def test_all_but_one_pair_newcomers_are_told_as_such() -> None:
    net = make_network(ONE_KIND, [("a", "b")])
    result = recommend_partners(net, n=9)
    assert set(result.table["basis"]) == {"newcomer"}
    assert result.table["against"].str.contains("no working tie on file").all()
    assert "C and D have no working tie on file, so this rests on their profiles alone" in " ".join(
        result.table["against"]
    )


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
    assert table["against"].str.contains("has no working tie on file").all()


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
    with pytest.raises(UsageError, match="within_minutes: found 0"):
        recommend_partners(net, within_minutes=0)
    with pytest.raises(UsageError, match="runs: found -1"):
        recommend_partners(net, runs=-1)
    with pytest.raises(UsageError, match="same organization"):
        explain_pair(net, "a", "a")
    with pytest.raises(UsageError, match="ranker: found 'magic'"):
        score_pairs(net, "magic")
