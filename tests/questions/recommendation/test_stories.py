"""What was planted in the sample stands out, with the right reason and the right introducer."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from partnet import explain_pair, load_sample, recommend_partners
from partnet.core.network import Network

FOLDER = Path(__file__).resolve().parents[3] / "data" / "samples"
STORIES: dict[str, Any] = tomllib.loads((FOLDER / "stories.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def prairie() -> Network:
    return load_sample("prairie")


def test_the_planted_partner_comes_first_with_reason_and_introducer(prairie: Network) -> None:
    story = STORIES["recommended_partner"]
    result = recommend_partners(prairie, story["organizations"][0])
    first = result.table.iloc[0]
    assert first["partner"] == story["organizations"][1]
    assert first["introducer"] == prairie.name(story["introducer"])
    assert first["n_shared_services"] == len(story["shared_services"])
    assert first["n_shared_groups"] == len(story["shared_groups"])
    assert first["n_shared_partners"] == len(story["shared_partners"])
    assert first["n_shared_places"] == len(story["shared_counties"])
    assert "both offer 6 services" in first["reason"].lower()
    assert "both work with bow creek senior center" in first["reason"].lower()
    assert first["rank_high"] <= 3
    assert first["share_top_five"] == 1.0


def test_the_planted_introducer_comes_first_with_both_links(prairie: Network) -> None:
    story = STORIES["recommended_partner"]
    tables = recommend_partners(prairie, story["organizations"][0], 1, runs=0).tables
    first = tables["introducers"].iloc[0]
    assert len(tables["introducers"]) == 3
    assert first["introducer"] == story["introducer"]
    assert first["strength_with_organization"] == first["strength_with_partner"] == 1.0
    assert first["last_contact_with_partner"].year == 2026
    assert "executive level" in first["chain"]
    assert first["against"] == ""


def test_the_planted_dormant_tie_is_named_apart(prairie: Network) -> None:
    story = STORIES["dormant_tie"]
    dormant = recommend_partners(prairie, story["organizations"][0], runs=0).tables["dormant"]
    assert dormant["partner"].tolist() == [story["organizations"][1]]
    assert "May 11, 2022" in dormant["sentence"].iloc[0]
    everybody = recommend_partners(prairie, n=1).tables["dormant"]
    assert len(everybody) == 1


def test_behavioral_health_is_brought_towards_the_county_without_it(prairie: Network) -> None:
    story = STORIES["coverage_desert"]
    hospital, provider = story["hospital_without_tie_to_it"], story["nearest_provider"]
    table = recommend_partners(prairie, hospital, n=20, runs=0).table.set_index("partner")
    assert f"brings {story['service']} towards {story['county']}" in table.loc[provider, "goals"]


def test_grantees_without_a_tie_close_a_gap(prairie: Network) -> None:
    story = STORIES["grantees_without_tie"]
    found = explain_pair(prairie, *story["organizations"])
    assert "closes the gap" in found.tables["goals"]["goal"].iloc[0]
    assert story["program"] in found.text


def test_organizations_alone_are_recommended_as_newcomers(prairie: Network) -> None:
    result = recommend_partners(prairie, "Coyote Creek Public Schools", runs=0)
    first = result.table.iloc[0]
    assert first["basis"] == "newcomer"
    assert first["joins_parts"]
    assert first["introducer"] == ""
    assert "Coyote Creek Public Schools has no working tie on file" in first["against"]
    assert "first working tie of Coyote Creek Public Schools" in first["goals"]


def test_the_part_that_stands_alone_is_joined_with_the_rest(prairie: Network) -> None:
    net = prairie.organizations
    apart = net.index[net["county_fips"].isin(["31013", "31045"])]
    goals = recommend_partners(prairie, apart[0], 200, runs=0).table["goals"]
    assert goals.str.contains("organizations tied to it with the rest").any()
