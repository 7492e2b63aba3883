"""A real service directory without any tie: every text says that the graph is affinity."""

from __future__ import annotations

import pytest

import partnet as pn
from benchmarks.baltimore_directory import read_directory
from tests.shared_data import PUBLIC, needs_shared_data, read_raw

CHARMCARE = PUBLIC / "charmcare"


@pytest.fixture(scope="module")
def net() -> pn.Network:
    return pn.read_network(read_directory(CHARMCARE))


@needs_shared_data
def test_every_organization_of_the_directory_is_there(net: pn.Network) -> None:
    assert sorted(net.ids) == sorted(row["id"] for row in read_raw(CHARMCARE / "organizations.csv"))
    assert not any(problem.level == "error" for problem in net.problems)


@needs_shared_data
def test_services_agree_with_the_raw_files(net: pn.Network) -> None:
    types = {row["id"]: row["type"] for row in read_raw(CHARMCARE / "taxonomy.csv")}
    locations = {row["id"]: row["organization_id"] for row in read_raw(CHARMCARE / "locations.csv")}
    owners = {
        row["id"]: locations.get(row["location_id"], "")
        for row in read_raw(CHARMCARE / "services.csv")
    }
    links = read_raw(CHARMCARE / "service_to_category.csv")
    known = {
        owners[row["service_id"]] for row in links if types.get(row["category_id"]) == "service"
    }
    assert set(net.table("services")["organization"]) == known - {""}


@needs_shared_data
def test_affinity_rests_on_shared_services(net: pn.Network) -> None:
    affinity = pn.build_affinity(net)
    assert set(affinity.families) == {"services", "populations"}
    best = affinity.pairs.iloc[0]
    assert best["n_shared_services"] >= 1
    shared = affinity.shared_features(best["a"], best["b"])
    assert len(shared["services"]) == best["n_shared_services"]


@needs_shared_data
@pytest.mark.parametrize("verb", ["measure_centrality", "find_bridges"])
def test_texts_say_that_the_graph_is_affinity(net: pn.Network, verb: str) -> None:
    assert "The graph is affinity" in getattr(pn, verb)(net).text


@needs_shared_data
def test_gaps_and_recommendations_speak_of_what_is_in_common(net: pn.Network) -> None:
    gaps = pn.find_gaps(net)
    assert set(gaps.table["family"]) == {"overlap"}
    assert gaps.table["next_step"].str.contains("no ties are on file at all").all()
    recommended = pn.recommend_partners(net)
    assert "rest only on affinity" in recommended.text
    assert (recommended.table["introducer"] == "").all()
