"""Candidates from outside: named as newcomers, each organization once."""

from __future__ import annotations

import pandas as pd
import pytest

from partnet import UsageError, load_sample, recommend_partners
from partnet.core.network import Network
from partnet.questions.recommendation.candidates.filters import Filters
from partnet.questions.recommendation.candidates.pool import add_candidates

from ....builders import make_network


@pytest.fixture(scope="module")
def prairie() -> Network:
    return load_sample("prairie")


DIRECTORY = pd.DataFrame(
    [
        {"name": "Cedar Tenants Union", "kind": "tenants association", "fips": "31027"},
        {"name": "Knox Legal Aid", "kind": "legal aid", "fips": "31107"},
        {"name": "Far Away Bank", "kind": "bank", "fips": "31157"},
    ]
)


def test_only_candidates_are_named_and_as_newcomers(prairie: Network) -> None:
    result = recommend_partners(prairie, "Cedar County Hospital", candidates=DIRECTORY, runs=0)
    assert set(result.table["partner_name"]) == set(DIRECTORY["name"]) - {"Far Away Bank"}
    assert result.table["partner_name"].iloc[0] == "Cedar Tenants Union"
    assert result.table["basis"].eq("newcomer").all()
    assert result.table["introducer"].eq("").all()
    assert "3 candidates come from the list given; 0 of them on file already" in result.text
    assert "Cedar Tenants Union has no working tie on file" in result.table["against"].iloc[0]


@pytest.mark.slow
def test_wishes_narrow_the_directory(prairie: Network) -> None:
    filters = {"candidates": DIRECTORY, "runs": 0, "feasible": False}
    table = recommend_partners(prairie, "Cedar County Hospital", kinds="bank", **filters).table
    assert table["partner_name"].tolist() == ["Far Away Bank"]
    near = recommend_partners(prairie, "Cedar County Hospital", within_km=100, **filters).table
    assert "Far Away Bank" not in near["partner_name"].tolist()
    far = recommend_partners(
        prairie, "Cedar County Hospital", kinds="bank", candidates=DIRECTORY, runs=0
    )
    assert "Far Away Bank: They are farther apart than their kinds usually work" in far.text
    none = recommend_partners(prairie, "Cedar County Hospital", within_km=0.001, **filters)
    assert none.table.empty
    assert "Nobody on the list given" in none.text


def test_members_of_a_chapter_bring_their_group(prairie: Network) -> None:
    chapter = make_network(
        [
            {"id": "x", "name": "Cedar Grocers", "kind": "employer", "county_fips": "31027"},
            {"id": "y", "name": "Cedar Bakers", "kind": "employer", "county_fips": "31027"},
        ],
        memberships=[{"organization": "x", "group": "Cedar County Wellness Table"}],
    )
    table = recommend_partners(prairie, "Cedar County Hospital", candidates=chapter, runs=0).table
    assert table["partner_name"].tolist() == ["Cedar Grocers", "Cedar Bakers"]
    assert table["n_shared_groups"].tolist() == [1, 0]


@pytest.mark.slow
def test_who_is_on_file_keeps_its_ties_and_is_no_newcomer(prairie: Network) -> None:
    own = prairie.organizations.loc[["quiet-meadow-behavioral-health", "bow-creek-ambulance"]]
    listed = own.reset_index()[["name", "kind", "zip", "county_fips"]]
    result = recommend_partners(prairie, "Cedar County Hospital", candidates=listed, runs=0)
    on_file = result.tables["candidates"]["on_file"].tolist()
    assert on_file == ["quiet-meadow-behavioral-health", "bow-creek-ambulance"]
    assert set(result.table["partner"]) <= set(on_file)
    assert "quiet-meadow-behavioral-health" in set(result.table["partner"])
    assert result.table["basis"].eq("ties_and_attributes").all()


def test_counts_of_kinds_leave_the_directory_out(prairie: Network) -> None:
    banks = pd.DataFrame(
        [{"name": f"Bank {k}", "kind": "behavioral health", "fips": "31027"} for k in range(9)]
    )
    result = recommend_partners(prairie, "Cedar County Hospital", 1, candidates=banks, runs=0)
    reasons = result.tables["reasons"].set_index("reason")["evidence"]
    assert reasons["complementary kind"].startswith("6 of 7 behavioral health providers here")


def test_ids_of_the_directory_never_hide_ids_on_file() -> None:
    net = make_network("abc", [("a", "b")])
    other = make_network(
        [{"id": "a", "name": "Zebra", "kind": "food"}],
        services=[{"organization": "a", "service": "meals"}],
    )
    found = add_candidates(net.at(), other, Filters())
    assert sorted(found.new) == ["a-candidate"]
    assert found.net.table("services")["organization"].tolist() == ["a-candidate"]
    assert net.n == 3


def test_too_long_a_list_is_refused_in_words() -> None:
    many = pd.DataFrame({"name": [f"N{k}" for k in range(3001)], "kind": "food"})
    with pytest.raises(UsageError, match="Narrow them by kinds or counties"):
        recommend_partners(make_network("abc", [("a", "b")]), candidates=many)
