"""Nebraska from public files: no tie is on file, so everything rests on affinity and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnet import (
    backtest_recommendations,
    build_network,
    explain_pair,
    plan_introductions,
    read_network,
    recommend_partners,
)
from partnet.core.network import Network

from ...shared_data import CMS, FCC, needs_shared_data

pytestmark = needs_shared_data


@pytest.fixture(scope="module")
def nebraska(tmp_path_factory: pytest.TempPathFactory) -> Network:
    folder: Path = tmp_path_factory.mktemp("nebraska") / "net"
    build_network(folder, [CMS, FCC], state="NE")
    return read_network(folder)


def test_recommendations_rest_on_affinity_and_say_so(nebraska: Network) -> None:
    assert not nebraska.has_reported_ties
    result = recommend_partners(nebraska)
    assert len(result.table) > 100
    assert "No working tie is on file" in result.sentences[0]
    assert "rest only on affinity" in result.sentences[0]
    assert result.table["basis"].eq("affinity").all()
    assert result.table["sentence"].str.contains("as no ties are on file").all()
    assert result.method.name == "Affinity"


def test_nobody_is_named_to_introduce_and_nothing_is_said_of_ties(nebraska: Network) -> None:
    result = recommend_partners(nebraska)
    assert result.table["introducer"].eq("").all()
    assert result.tables["introducers"].empty
    assert result.tables["dormant"].empty
    assert result.table["n_shared_partners"].eq(0).all()
    assert result.table["probability"].isna().all()
    assert not result.table["goals"].str.contains("first partner|first tie").any()
    assert "held-out ties" not in result.text


def test_the_score_is_the_affinity_and_its_parts_add_up(nebraska: Network) -> None:
    result = recommend_partners(nebraska, n=3)
    added = result.tables["reasons"].groupby(["organization", "partner"])["contribution"].sum()
    for row in result.table.itertuples():
        assert added[row.organization, row.partner] == pytest.approx(row.score, abs=1e-9)
        assert 0 < row.score <= 1


def test_competitors_are_said_and_can_be_left_out(nebraska: Network) -> None:
    table = recommend_partners(nebraska, competitors=True).table
    assert table["against"].str.contains("may compete").any()
    table = recommend_partners(nebraska).table
    assert len(table)
    assert not table["against"].str.contains("may compete").any()


def test_plan_pair_and_back_test_say_it_too(nebraska: Network) -> None:
    plan = plan_introductions(nebraska)
    assert "No working tie is on file" in plan.text
    assert plan.table["introducer"].eq("").all()
    first = plan.table.iloc[0]
    pair = explain_pair(nebraska, first["organization"], first["partner"])
    assert "as no ties are on file" in pair.text
    assert "nothing to hold out" in backtest_recommendations(nebraska).text
