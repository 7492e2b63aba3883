"""Organizations that have closed: on which day they count, and what is said of them."""

from __future__ import annotations

import pytest

import partnet as pn
from partnet.core.errors import UsageError
from partnet.core.network import Network
from tests.builders import make_network


def three() -> Network:
    """A and c work with b, which closed at the end of May 2023; d closed, nobody knows when."""
    organizations = [
        {"id": "a", "name": "Alder Hospital", "kind": "hospital", "county_fips": "31027"},
        {"id": "b", "name": "Birch Hospital", "kind": "hospital", "county_fips": "31027",
         "closed_on": "2023-05-31"},
        {"id": "c", "name": "Cedar Clinic", "kind": "rural_health_clinic", "county_fips": "31107"},
        {"id": "d", "name": "Dogwood Clinic", "kind": "rural_health_clinic", "closed": "yes"},
    ]  # fmt: skip
    services = [
        {"organization": id_, "service": "surgery", "county_fips": "31027"} for id_ in ("a", "b")
    ]
    ties = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")]
    return make_network(organizations, ties, services=services)


def test_it_counts_to_the_day_it_closed() -> None:
    net = three()
    assert list(net.ids) == ["a", "b", "c", "d"]  # the tables are as they were written
    assert list(net.at("2023-05-31").ids) == ["a", "b", "c"]
    assert list(net.at("2023-06-01").ids) == ["a", "c"]
    assert list(net.at("2023-06-01").at("2023-05-31").ids) == ["a", "b", "c"]
    assert list(net.at("2023-05-31").closed.index) == ["d"]


def test_its_ties_and_services_go_with_it() -> None:
    here = three().at("2026-01-01")
    assert here.ties[["source", "target"]].to_numpy().tolist() == [["a", "c"]]
    assert here.rows("services")["organization"].tolist() == ["a"]
    assert here.whole.rows("services")["organization"].tolist() == ["a"]
    assert here.whole.at("2026-01-01") is here  # what was worked out is remembered


def test_it_is_said_and_nobody_is_sent_there() -> None:
    found = pn.describe_network(three(), as_of="2026-01-01")
    assert found.claims["closed"] == {"closed": 2, "names": ["Birch Hospital", "Dogwood Clinic"]}
    said = next(str(s) for s in found.sentences if s.name == "closed")
    assert "Birch Hospital (May 2023) and Dogwood Clinic (no day on file)" in said
    with pytest.raises(UsageError, match="closed in May 2023 and is not counted"):
        pn.recommend_partners(three(), "Birch Hospital", as_of="2026-01-01")
    with pytest.raises(UsageError, match="closed and is not counted"):
        pn.describe_organization(three(), "Dogwood Clinic", as_of="2026-01-01")


def test_where_nothing_else_has_a_date_its_closing_is_the_day() -> None:
    assert str(three().at().day.date()) == "2023-05-31"
