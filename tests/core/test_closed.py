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


def test_what_it_received_stays_in_the_years_before_it_closed() -> None:
    """B closed in May 2023, in fiscal year 2023: 100 and 70 stay, of 2024 nothing is counted.

    A passed 30 of its 50 of 2022 on to b, and 5 of 2026; d closed nobody knows when.
    """
    rows = [
        ("b", 100, "2022", "B22", ""), ("b", 70, "2023", "B23", ""), ("b", 9, "2024", "B24", ""),
        ("a", 50, "2022", "A22", ""), ("b", 30, "2022", "S22", "A22"),
        ("a", 20, "2026", "A26", ""), ("b", 5, "2026", "S26", "A26"), ("d", 8, "2022", "D22", ""),
    ]  # fmt: skip
    names = ("recipient", "amount", "fiscal_year", "award", "parent_award")
    funding = [dict(zip(names, row, strict=True)) for row in rows]
    organizations = [
        {"id": "a", "name": "A", "kind": "hospital", "county_fips": "31027"},
        {"id": "b", "name": "B", "kind": "hospital", "county_fips": "31107",
         "closed_on": "2023-05-31"},
        {"id": "d", "name": "D", "kind": "hospital", "closed": "yes"},
    ]  # fmt: skip
    found = pn.describe_network(make_network(organizations, funding=funding), as_of="2026-01-01")
    by_year = found.tables["investment"]["dollars"]
    assert by_year.to_dict() == {"2022": 150.0, "2023": 70.0, "2026": 20.0}
    assert found.tables["recipients"]["dollars"].to_dict() == {"b": 200.0, "a": 40.0}
    assert found.tables["places"]["dollars"].sum() == by_year.sum()
    assert found.table["dollars"].to_dict() == {"a": 40.0}
    assert found.claims["closed"]["past_dollars"] == 200.0
    assert found.claims["money"]["dollars"] == 20.0
    told = next(str(said) for said in found.sentences if said.name == "closed")
    assert told.endswith("What they received in fiscal years that are over ($200) stays in the "
                         "collective investment of those years.")  # fmt: skip
