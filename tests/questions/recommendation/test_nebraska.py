"""Nebraska from public files: no tie is on file, so everything rests on affinity and says so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
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
from partnet.facts.geography.locations import distances_from, locate_organizations
from partnet.facts.identity.approachable import may_be_owned, stands_alone, takes_referrals

from ...shared_data import BMF_NE, CMS, FCC, OEPS, needs_shared_data

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
    assert result.table["sentence"].str.contains("(no working tie is on file)", regex=False).all()
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
        parts = added.get((row.organization, row.partner), 0.0)
        assert parts == pytest.approx(row.score, abs=1e-9)
        assert 0 <= row.score <= 1


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
    assert "as no working tie is on file" in pair.text
    assert "nothing to hold out" in backtest_recommendations(nebraska).text


# -- whom a coordinator would send a hospital to ---------------------------------------------------

NEVER = (
    "Afg Inc",
    "Homeowners",
    "Sorority",
    "Building Corp",
    "Elementary",
    "Mobile Clinic",
    "Mobile Unit",
    "Mobile Health",
    "Honor Society",
)


def _name_partners(net: Network, n: int = 10) -> dict[str, list[str]]:
    table = recommend_partners(net, for_kinds="critical_access_hospital", n=n).table
    return table.groupby("organization")["partner"].agg(list).to_dict()


def test_hospitals_are_sent_to_the_nearest_general_hospital_and_not_to_omaha(
    nebraska: Network,
) -> None:
    here = nebraska.at()
    kinds = here.organizations["kind"]
    points = locate_organizations(here)
    general = takes_referrals(here) & stands_alone(here) & (kinds == "hospital").to_numpy()
    for asker, partners in _name_partners(nebraska).items():
        a = here.positions([asker])[0]
        km = distances_from((float(points[a, 0]), float(points[a, 1])), points)
        named = [p for p in partners if kinds[p] == "hospital"]
        assert named, asker
        nearest = np.round(km[general], 6).min()
        assert np.round(km[here.positions([named[0]])[0]], 6) == nearest, asker


def test_no_clinic_of_a_hospital_and_no_second_name_is_suggested(nebraska: Network) -> None:
    here = nebraska.at()
    alone, owned = stands_alone(here), may_be_owned(here)
    assert (~alone).any() and owned.any()
    for partners in _name_partners(nebraska).values():
        at = here.positions(partners)
        assert alone[at].all() and not owned[at].any()


@pytest.mark.slow
def test_tax_files_bring_partners_in_health_and_no_clubs(tmp_path: Path) -> None:
    files = [CMS, FCC, OEPS, BMF_NE]
    net = build_network(tmp_path / "net", files, state="NE")
    kinds = net.organizations["kind"]
    seen = set()
    for partners in _name_partners(net).values():
        assert not [p for p in partners if any(word in net.name(p) for word in NEVER)]
        seen |= {kinds[p] for p in partners}
    expected = {"hospital", "health_center", "ems_agency", "hospital_association"}
    assert expected | {"area_agency_on_aging", "behavioral_health", "nursing_facility"} <= seen
