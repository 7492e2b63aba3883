"""Peer States: the table of public counts, nearness, and what peers do."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from partnet.core.errors import UsageError
from partnet.core.network import Network
from partnet.io.samples import load_sample
from partnet.places.states import count_states, find_state
from partnet.questions.peers.question import find_peer_states, measure_apart

from ...builders import make_network
from ...shared_data import CMS, PUBLIC, needs_shared_data, read_raw


def make_state(state: str, county: str, n: int, service: str, kind: str = "hospital") -> Network:
    """A ring of n organizations in one county, all with one service."""
    ids = [f"{state.lower()}{k}" for k in range(n)]
    organizations = [
        {"id": i, "name": i, "kind": kind, "state": state, "county": county} for i in ids
    ]
    ties = [(ids[k], ids[(k + 1) % n]) for k in range(n)]
    services = [{"organization": i, "service": service} for i in ids]
    return make_network(organizations, ties, services=services)


def test_counts_are_whole_and_plausible() -> None:
    counts = count_states()
    assert len(counts) == 51 and counts.index.is_unique
    assert counts["population"].sum() == 331_449_281  # the Census of 2020, without territories
    known = counts.drop(columns="health_center_sites")
    assert (known == known.round()).all(axis=None) and (known >= 0).all(axis=None)
    assert (counts["critical_access_hospitals"] <= counts["hospitals"]).all()
    assert (counts["nonmetro_counties"] <= counts["counties"]).all()
    assert (counts["remote_counties"] <= counts["nonmetro_counties"]).all()


@needs_shared_data
def test_counts_are_those_of_the_public_files() -> None:
    rows = read_raw(CMS)
    hospitals = Counter(row["State"] for row in rows)
    critical = Counter(r["State"] for r in rows if r["Hospital Type"].startswith("Critical"))
    people: Counter[str] = Counter()
    for row in read_raw(PUBLIC / "usda_rucc_2023.csv", "cp1252"):
        if row["Attribute"] == "Population_2020":
            people[row["State"]] += int(row["Value"])
    for state, row in count_states().iterrows():
        assert row["hospitals"] == hospitals[str(state)]
        assert row["critical_access_hospitals"] == critical[str(state)]
        assert row["population"] == people[str(state)]


def test_changing_the_counts_does_not_change_the_next_answer() -> None:
    counts = count_states()
    counts.loc["NE", "hospitals"] = 0
    assert count_states().at["NE", "hospitals"] > 0


def test_the_state_is_that_of_the_about_table_or_of_most_organizations() -> None:
    assert find_state(load_sample()) == "NE"
    net = make_network(
        [{"name": n, "kind": "hospital", "state": s} for n, s in (("a", "KS"), ("b", "KS"))]
        + [{"name": "c", "kind": "hospital", "state": "NE"}]
    )
    assert find_state(net) == "KS"
    said = make_network(["a", "b"], about=[{"setting": "state", "value": "South Dakota"}])
    assert find_state(said) == "SD"
    assert find_state(make_network(["a"])) == ""


def test_neighbors_on_the_plains_are_peers_and_new_jersey_is_none() -> None:
    found = find_peer_states(load_sample(), n=3).table
    assert found.index.tolist() == ["KS", "SD", "MT"]
    assert found["distance"].is_monotonic_increasing
    everybody = find_peer_states(load_sample(), n=99).table
    assert "NJ" not in everybody.index  # no Critical Access Hospital there: no Flex Program
    assert "NE" not in everybody.index and len(everybody) == 44


def test_a_state_without_critical_access_hospitals_is_compared_with_all() -> None:
    found = find_peer_states(make_network(["a"]), state="nj", n=99).table
    assert len(found) == 50


def test_distance_is_the_mean_of_families_in_standard_deviations() -> None:
    table = pd.DataFrame({"a": [0.0, 1.0, 2.0], "b": [5.0, 5.0, 5.0], "c": [0.0, np.nan, 3.0]})
    table.index = pd.Index(["x", "y", "z"])
    found = measure_apart(table, "x", {"one": ["a", "b"], "two": ["c"]})
    spread = np.std([0, 1, 2])
    assert found.at["y", "one"] == pytest.approx(1 / spread)  # b has no spread and says nothing
    assert np.isnan(found.at["y", "two"]) and found.at["y", "distance"] == found.at["y", "one"]
    assert found.at["z", "two"] == pytest.approx(2.0)
    assert found.loc["x"].eq(0).all()


def test_networks_of_other_states_are_ranked_and_their_practices_listed() -> None:
    ours = make_state("NE", "Cedar", 6, "primary care")
    like = make_state("SD", "Lake", 6, "community paramedicine")
    unlike = make_state("CA", "Kern", 30, "primary care", kind="health_center")
    found = find_peer_states(ours, [unlike, like])
    assert found.table.index.tolist() == ["South Dakota", "California"]
    practices = found.tables["practices"].set_index("what")
    assert practices.at["community paramedicine", "theirs"] == 6
    assert practices.at["community paramedicine", "practice"] == "service"
    assert practices.at["health center", "practice"] == "works with"
    assert "primary care" not in practices.index
    assert "community paramedicine" in found.text


def test_what_one_organization_alone_does_is_no_practice() -> None:
    ours, theirs = make_state("NE", "Cedar", 4, "x"), make_state("SD", "Lake", 1, "y")
    assert "y" not in set(find_peer_states(ours, [theirs]).tables["practices"]["what"])


def test_two_networks_of_one_state_are_told_apart() -> None:
    ours = make_state("NE", "Cedar", 4, "x")
    others = [make_state("SD", "Lake", n, "x") for n in (4, 9)]
    assert find_peer_states(ours, others).table.index.tolist() == [
        "South Dakota",
        "South Dakota (2)",
    ]


def test_wrong_use_is_refused() -> None:
    with pytest.raises(UsageError, match="state"):
        find_peer_states(make_network(["a"]), state="XX")
    with pytest.raises(UsageError, match="n: found 0"):
        find_peer_states(make_network(["a"]), n=0)
    assert "State of this network is not known" in find_peer_states(make_network(["a"])).text
