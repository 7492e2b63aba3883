"""A real service directory without any tie: every text says that the graph is affinity."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import partnet as pn
from tests.shared_data import CHARMCARE, needs_shared_data, read_raw

pytestmark = needs_shared_data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The network of the directory, built as a user does."""
    path = tmp_path_factory.mktemp("baltimore") / "net"
    pn.build_network(path, [CHARMCARE], state="MD")
    return path


@pytest.fixture(scope="module")
def net(folder: Path) -> pn.Network:
    return pn.read_network(folder)


def test_every_organization_of_the_directory_is_there(net: pn.Network) -> None:
    raw = read_raw(CHARMCARE / "organizations.csv")
    assert net.n == 748
    assert sorted(net.ids) == sorted(f"listed-{row['id']}" for row in raw)
    assert not any(problem.level == "error" for problem in net.problems)


def test_services_agree_with_the_raw_files(net: pn.Network) -> None:
    taxonomy = {row["id"]: row for row in read_raw(CHARMCARE / "taxonomy.csv")}
    locations = {row["id"]: row["organization_id"] for row in read_raw(CHARMCARE / "locations.csv")}
    owners = {
        row["id"]: locations.get(row["location_id"], "")
        for row in read_raw(CHARMCARE / "services.csv")
    }
    codes = defaultdict(set)
    for row in read_raw(CHARMCARE / "service_to_category.csv"):
        category = taxonomy.get(row["category_id"])
        if owners.get(row["service_id"]) and category and category["type"] == "service":
            codes[row["service_id"]].add(category["taxonomy_id"])
    names = {row["taxonomy_id"]: row["name"] for row in taxonomy.values()}
    expected = {
        (f"listed-{owners[service]}", names[code])
        for service, own in codes.items()
        for code in own
        if not any(other.startswith(f"{code}-") for other in own)
    }
    raw = read_raw(CHARMCARE / "services.csv")
    expected |= {  # of a service without a category its own name is kept
        (f"listed-{owners[row['id']]}", " ".join(row["name"].split()))
        for row in raw
        if owners[row["id"]] and row["id"] not in codes
    }
    services = net.table("services")
    assert set(zip(services["organization"], services["service"], strict=True)) == expected


def test_populations_say_for_whom_and_not_how(net: pn.Network) -> None:
    populations = set(net.table("services")["population"]) - {""}
    taxonomy = read_raw(CHARMCARE / "taxonomy.csv")
    branch = {row["name"]: row["taxonomy_id"][:3] for row in taxonomy if row["type"] == "situation"}
    assert "Seniors" in populations or any("enior" in text for text in populations)
    how = {"121", "122", "125", "126", "128", "130", "131", "132"}  # insurance, languages, hours
    used = Counter(branch[text] for text in populations)
    assert used and not set(used) & how


def test_coordinates_tell_the_county(net: pn.Network) -> None:
    organizations = net.organizations
    located = {row["organization_id"] for row in read_raw(CHARMCARE / "locations.csv")
               if row["latitude"] and row["longitude"]}  # fmt: skip
    placed = organizations[organizations["county_fips"] != ""]
    assert set(placed.index) <= {f"listed-{id_}" for id_ in located}
    assert set(placed["county_from"]) == {"coordinates"}
    assert placed["county_fips"].value_counts().index[0] == "24510"  # Baltimore city


def test_no_address_of_a_person_is_kept(folder: Path) -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert "redacted" not in written and "OVERVIEW" not in written


def test_general_categories_are_left_out_and_named(folder: Path) -> None:
    log = (folder / "build_log.txt").read_text(encoding="utf-8")
    general = re.findall(r'found "(.+), above another category of the service"', log)
    assert {"Health", "Food", "Housing", "Education"} <= set(general)
    assert "Food Pantry" not in general


def test_affinity_names_ten_for_everybody(net: pn.Network) -> None:
    assert set(pn.build_affinity(net).families) == {"services", "populations", "places"}
    affinity = pn.build_affinity(net, families=["services"], k=10)
    best = affinity.pairs.iloc[0]
    assert best["n_shared_services"] >= 1
    shared = affinity.shared_features(best["a"], best["b"])
    assert len(shared["services"]) == best["n_shared_services"]
    counts = Counter([*affinity.pairs["a"], *affinity.pairs["b"]])
    services = net.table("services")[["organization", "service"]].drop_duplicates()
    pairs = services.merge(services, on="service")
    alike = pairs.groupby("organization_x")["organization_y"].nunique() - 1  # itself is one
    with_ten = alike.index[alike >= 10]
    assert len(with_ten) > 500 and min(counts[id_] for id_ in with_ten) >= 10


@pytest.mark.parametrize("verb", ["measure_centrality", "find_bridges"])
def test_texts_say_that_the_graph_is_affinity(net: pn.Network, verb: str) -> None:
    assert "The graph is affinity" in getattr(pn, verb)(net).text


@pytest.mark.slow
def test_gaps_and_recommendations_speak_of_what_is_in_common(net: pn.Network) -> None:
    gaps = pn.find_gaps(net).table
    assert set(gaps["kind"]) == {"overlap", "coverage"}
    overlaps = gaps[gaps["kind"] == "overlap"]
    assert overlaps["next_step"].str.contains("no ties are on file at all").all()
    recommended = pn.recommend_partners(net)
    assert "rest only on affinity" in recommended.text
    assert (recommended.table["introducer"] == "").all()
