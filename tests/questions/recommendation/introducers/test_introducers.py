"""Who opens the door: the weaker link decides, with its age; rivals and staff links come last."""

from __future__ import annotations

import pytest

from partnet import recommend_partners
from partnet.core.network import Network
from partnet.questions.recommendation.introducers.introducers import NO_ORDER

from ....builders import make_network

DAY = "2026-06-30"


def _net(**changes: dict[str, str]) -> Network:
    """a and b share x, y and z; each link may be changed by its two letters."""
    ties = []
    for pair in ("ax", "xb", "ay", "yb", "az", "zb", "bc", "cd"):
        tie = {"source": pair[0], "target": pair[1], "relation": "referral", "strength": "1"}
        ties.append({**tie, "last_contact": DAY, **changes.get(pair, {})})
    rows = [
        {"id": k, "name": k.upper(), "kind": kind, "county_fips": "31027"}
        for k, kind in zip("abcdxyz", ("hospital", "food", *["housing"] * 5), strict=True)
    ]
    return make_network(rows, ties)


def _introducers(net: Network) -> list[str]:
    table = recommend_partners(net, "a", 9, as_of=DAY, runs=0).tables["introducers"]
    return table.loc[table["partner"] == "b", "introducer"].tolist()


def _sentence(net: Network) -> str:
    table = recommend_partners(net, "a", 9, as_of=DAY, runs=0).table
    return str(table.set_index("partner").loc["b", "sentence"])


def test_equal_links_go_to_the_lower_id_and_all_equals_are_named() -> None:
    net = _net()
    assert _introducers(net) == ["x", "y", "z"]
    assert "X, Y and Z each work with both and could introduce them; nothing on file tells" in (
        _sentence(net)
    )
    better = _net(ay={"strength": "0.9"}, az={"strength": "0.8"})
    assert "X works with both and could introduce them." in _sentence(better)


def _move(net: Network, id_: str, **cells: str) -> Network:
    """The same with other cells in the row of one organization."""
    rows = net.table("organizations").drop(columns="provenance").astype(object)
    for column, cell in cells.items():
        rows.loc[rows["id"] == id_, column] = cell
    ties = net.table("ties").drop(columns="provenance").to_dict("records")
    return make_network(rows.to_dict("records"), ties)


def test_of_equal_links_those_whose_office_it_is_come_first_then_the_nearest() -> None:
    """z is a network; without it x, a county further on, comes after y and z of the same county."""
    net = _net()
    office = _move(net, "z", kind="rural_health_network")
    assert _introducers(office) == ["z", "x", "y"]
    assert "Z works with both and could introduce them." in _sentence(office)
    away = _move(net, "x", county_fips="31107")
    assert _introducers(away) == ["y", "z", "x"]
    assert "Y and Z each work with both" in _sentence(away)
    decided = _net(ax={"strength": "0.9"}, ay={"strength": "0.9"}, az={"strength": "0.5"})
    assert _introducers(_move(decided, "z", kind="ahec"))[-1] == "z"  # the weaker link comes first


def test_the_weaker_link_decides() -> None:
    assert _introducers(_net(ax={"strength": "0.5"}, yb={"strength": "0.8"})) == ["z", "y", "x"]


def test_two_years_of_silence_count_half() -> None:
    net = _net(ax={"last_contact": "2024-06-30"}, ay={"strength": "0.6"}, az={"strength": "0.4"})
    assert _introducers(net) == ["y", "x", "z"]
    table = recommend_partners(net, "a", 9, as_of=DAY, runs=0).tables["introducers"]
    row = table[(table["partner"] == "b") & (table["introducer"] == "x")].iloc[0]
    assert row["strength"] == pytest.approx(0.5, abs=1e-3)


def test_a_newer_contact_on_file_keeps_a_link_fresh() -> None:
    old = {"last_contact": "2024-06-01"}
    base = _net(ax=old, xb=old)
    ties = base.table("ties").drop(columns="provenance").to_dict("records")
    contacts = [{"organization": a, "by": b, "date": DAY, "mode": "call"} for a, b in ("ax", "xb")]
    rows = base.table("organizations").drop(columns="provenance").to_dict("records")
    net = make_network(rows, ties, contacts=contacts)
    assert _introducers(base)[0] == "y"
    assert _introducers(net)[0] == "x"
    assert recommend_partners(base, "a", as_of=DAY, runs=0).tables["dormant"].shape[0] == 1
    assert recommend_partners(net, "a", as_of=DAY, runs=0).tables["dormant"].empty


def test_a_link_at_staff_level_comes_last_with_the_reason() -> None:
    net = _net(ax={"level": "staff"}, yb={"strength": "0.2"}, zb={"strength": "0.1"})
    assert _introducers(net) == ["y", "z", "x"]
    table = recommend_partners(net, "a", 9, as_of=DAY, runs=0).tables["introducers"]
    assert table["against"].str.contains("staff level").any()


def test_where_something_speaks_against_everybody_it_is_said() -> None:
    staff = {"level": "staff"}
    result = recommend_partners(_net(ax=staff, ay=staff, az=staff), "a", 1, as_of=DAY, runs=0)
    row = result.table.iloc[0]
    assert row["partner"] == "b"
    assert row["introducer"] == ""
    assert "X works with both, but one of its links is at staff level only" in row["sentence"]


def test_dormant_ties_that_somebody_declined_to_renew_are_left_out() -> None:
    net = _net(ax={"last_contact": "2020-01-01"})
    assert recommend_partners(net, "a", as_of=DAY, runs=0).tables["dormant"].shape[0] == 1
    rows = net.table("organizations").drop(columns="provenance").to_dict("records")
    ties = net.table("ties").drop(columns="provenance").to_dict("records")
    feedback = [{"organization": "a", "partner": "x", "answer": "declined"}]
    answered = make_network(rows, ties, feedback=feedback)
    assert recommend_partners(answered, "a", as_of=DAY, runs=0).tables["dormant"].empty


def test_where_nothing_orders_them_the_one_with_fewest_partners_is_named_and_it_is_said() -> None:
    ties = [
        {"source": a, "target": b, "relation": "referral"}
        for a, b in ("ax", "xb", "xc", "ay", "yb", "az", "zb", "zc", "zd")
    ]
    net = make_network([{"id": k, "name": k.upper(), "kind": "housing"} for k in "abcdxyz"], ties)
    result = recommend_partners(net, "a", 9, runs=0)
    table = result.tables["introducers"]
    assert table.loc[table["partner"] == "b", "introducer"].tolist() == ["y", "x", "z"]
    assert table["strength_with_partner"].isna().all()
    assert table["chain"].str.count("no strength on file").eq(2).all()
    sentence = result.table.set_index("partner").loc["b", "sentence"]
    assert f"Y works with both and could introduce them; {NO_ORDER}." in sentence
    only = result.table.set_index("partner").loc["d", "sentence"]
    assert "Z works with both and could introduce them." in only


def test_where_ties_come_from_meetings_whoever_had_most_with_both_comes_first() -> None:
    meetings = ("azp", "azq", "bzp", "bzq", "ayr", "bys", "tuv")
    ties = [
        {"source": one, "target": other, "relation": "referral", "evidence": f"M{k}"}
        for k, word in enumerate(meetings)
        for one in word
        for other in word
        if one < other
    ]
    net = make_network(
        [{"id": k, "name": k.upper(), "kind": "housing"} for k in "abpqrstuvyz"], ties
    )
    table = recommend_partners(net, "a", 9, runs=0).tables["introducers"]
    assert table.loc[table["partner"] == "b", "introducer"].tolist() == ["z", "p", "q"]
    assert not any(
        NO_ORDER in one for one in recommend_partners(net, "a", runs=0).table["sentence"]
    )
