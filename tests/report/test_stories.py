"""Every story planted in the sample is found, and said in words in the section where it belongs."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from partnet import build_report, compare_networks, load_sample
from partnet.core.network import Network
from partnet.report.model import CardsBlock, Report, TableBlock

FILE = Path(__file__).parents[2] / "data/samples/stories.toml"
STORIES: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def net() -> Network:
    return load_sample("prairie")


@pytest.fixture(scope="module")
def report(net: Network) -> Report:
    return build_report(net, as_of=STORIES["as_of"])


def read_lead(report: Report, section: str) -> str:
    """The sentences of a section as one text."""
    return " ".join(report.section(section).lead)


def find_rows(report: Report, section: str, sheet: str, **wanted: str) -> list[dict[str, Any]]:
    """Rows of a table of a section that hold the wanted values."""
    tables = [b for b in report.section(section).blocks if isinstance(b, TableBlock)]
    frame = next(table.frame for table in tables if table.sheet == sheet)
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    return list(frame.to_dict("records"))


def find_rule(report: Report, net: Network, story: str, **wanted: str) -> list[dict[str, Any]]:
    name = net.name(STORIES[story]["organization"])
    return find_rows(report, "gaps", "All rules", organization_name=name, **wanted)


def list_steps(report: Report) -> str:
    blocks = report.section("summary").blocks
    cards = next(b for b in blocks if isinstance(b, CardsBlock)).cards
    return " ".join(line for card in cards for line in card.lines())


def test_a_hub_breaks_the_network(report: Report, net: Network) -> None:
    story = STORIES["broken_by_departure"]
    sentence = (
        f"If {net.name(story['organization'])} leaves, {story['cut_off']} organizations in "
        f"{len(story['counties'])} counties are cut off from the main component"
    )
    assert sentence in read_lead(report, "bridges")
    road = f"{net.name(story['organization'])} is the only road to {story['cut_off']} organizations"
    caveat = f"The network depends on {net.name(net.convener)}: without it, {road}"
    assert read_lead(report, "summary").startswith(caveat)
    first, second = find_rows(report, "bridges", "What breaks")[:2]
    assert first["n_cut_off"] == story["cut_off"]
    assert second["n_cut_off"] == story["next_largest_cut"]


def test_a_county_lacks_behavioral_health(report: Report, net: Network) -> None:
    story = STORIES["coverage_desert"]
    lead = read_lead(report, "gaps")
    assert f"{story['county']} County has no provider of {story['service']} on file" in lead
    assert story["indicators"][0] in lead
    assert net.name(story["nearest_provider"]) in lead
    asked = f"Ask {net.name(story['nearest_provider'])} to serve {story['county']} County"
    assert asked in list_steps(report)


def test_a_member_lacks_its_transfer_agreement(report: Report, net: Network) -> None:
    story = STORIES["rule_missing"]
    name = net.name(story["organization"])
    assert f"{name}, {story['lacking_topic']} agreement (42 CFR 485.616" in read_lead(
        report, "gaps"
    )
    assert f"Ask {name} whether its {story['lacking_topic']} agreement is in" in list_steps(report)
    assert find_rule(report, net, "rule_missing", status="missing on file")


def test_the_rule_does_not_apply_outside_a_network(report: Report, net: Network) -> None:
    story = STORIES["rule_does_not_apply"]
    for own in (story["organization"], *story["also"]):
        rows = find_rows(report, "gaps", "All rules", organization_name=net.name(own))
        network_rules = [row for row in rows if "485.616" in row["citation"]]
        assert network_rules
        assert {row["status"] for row in network_rules} == {"does not apply"}
        assert all("network" in row["evidence"] for row in network_rules)


def test_the_rule_is_met(report: Report, net: Network) -> None:
    rows = find_rule(report, net, "rule_met", status="met")
    assert any(net.name(STORIES["rule_met"]["other"]) in row["evidence"] for row in rows)


def test_without_any_agreement_the_rule_is_unknown(report: Report, net: Network) -> None:
    rows = find_rule(report, net, "rule_unknown")
    rules = [row for row in rows if "485.616" in row["citation"]]
    assert {row["status"] for row in rules} == {"unknown"}
    assert "are not known" in read_lead(report, "gaps")


def test_two_grantees_have_no_tie_on_file(report: Report, net: Network) -> None:
    story = STORIES["grantees_without_tie"]
    one, other = map(net.name, story["organizations"])
    lead = read_lead(report, "gaps")
    assert f"first: {one} and {other} (both are grantees of {story['program']}" in lead
    assert "no tie on file" in lead


def test_a_contact_has_gone_cold(report: Report, net: Network) -> None:
    story = STORIES["contact_gone_cold"]
    lead, name = read_lead(report, "gaps"), net.name(story["organization"])
    assert f"{name} (last contact on January 24, 2023" in lead
    assert f"Call {name}" in list_steps(report)
    never = net.name(story["never_seen"])
    rows = find_rows(report, "gaps", "Gaps contact", organization_name=never)
    assert rows[0]["status"] == "never seen"


def test_a_name_is_entered_twice(report: Report, net: Network) -> None:
    story = STORIES["entered_twice"]
    one, other = map(net.name, story["organizations"])
    assert f"entered twice: {one} and {other}" in read_lead(report, "quality")
    assert story["zip"] in find_rows(report, "quality", "Entered twice")[0]["evidence"]


def test_an_agreement_ends_soon(report: Report, net: Network) -> None:
    story = STORIES["agreement_expiring"]
    assert "1 agreement ends within half a year" in read_lead(report, "gaps")
    rows = find_rows(report, "gaps", "Gaps agreement", status="ends soon")
    names = {rows[0]["organization_name"], rows[0]["other_name"]}
    assert names == {net.name(story["organization"]), net.name(story["other"])}
    assert story["agreement"] in rows[0]["rule"] and "September 15, 2026" in rows[0]["evidence"]


def test_the_planted_partner_stands_among_the_first(report: Report, net: Network) -> None:
    story = STORIES["recommended_partner"]
    names = set(map(net.name, story["organizations"]))
    best = find_rows(report, "recommendations", "Introductions")[:3]
    first = next(r for r in best if {r["organization_name"], r["partner_name"]} == names)
    assert first["introducer"] == net.name(story["introducer"])
    own = find_rows(
        report, "recommendations", "Suggestions", organization=story["organizations"][0]
    )
    assert own[0]["partner"] == story["organizations"][1]
    lead = read_lead(report, "recommendations")
    assert f"{net.name(story['introducer'])} works with both and could introduce them" in lead
    assert f"both offer {len(story['shared_services'])} services" in lead
    assert any(net.name(shared) in lead for shared in story["shared_partners"])


def test_a_dormant_tie_is_worth_renewing(report: Report, net: Network) -> None:
    story = STORIES["dormant_tie"]
    one, other = map(net.name, story["organizations"])
    assert f"{one} and {other} have a tie on file" in read_lead(report, "recommendations")
    assert "May 11, 2022: worth renewing" in read_lead(report, "recommendations")
    assert f"Renew the tie of {one} and {other}" in list_steps(report)


def test_money_passed_on_is_counted_once(report: Report, net: Network) -> None:
    funding = net.table("funding")
    parents = STORIES["money_passed_on"]["parents"]
    passed = funding[funding["parent_award"].isin(parents)]
    assert len(passed)
    counted = find_rows(report, "inventory", "Investment")
    total = sum(row["dollars"] for row in counted)
    assert total == funding["amount"].sum() - passed["amount"].sum()
    assert "each dollar counted once" in read_lead(report, "inventory")


def test_some_stand_alone(report: Report, net: Network) -> None:
    story = STORIES["alone"]
    lead = read_lead(report, "central")
    assert f"{len(story['isolates'])} organizations have no working tie on file" in lead
    picture = next(b for b in report.section("central").blocks if hasattr(b, "alt"))
    assert f"1 smaller part of {len(story['component'])} stands apart" in picture.alt


def test_what_changed_between_the_waves(net: Network) -> None:
    story = STORIES["changes"]
    earlier = load_sample("prairie_2024")
    text = compare_networks(earlier, net).text
    for own in story["joined"]:
        assert net.name(own) in text
    for own in story["left"]:
        assert earlier.name(own) in text
    assert net.name(story["changed_kind"]) in text
