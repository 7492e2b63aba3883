"""Coverage, overlap, funding and contact gaps, and all of them together."""

from __future__ import annotations

import pytest
from hypothesis import given

from partnet import UsageError, find_gaps, load_sample
from partnet.core.network import Network
from partnet.questions.gaps.shown import SHOWN_GAPS

from ...builders import FEW, make_network, networks

COUNTIES = ("31027", "31107", "31119")  # Cedar, Knox, Madison


def covered() -> Network:
    """Clinic in Cedar and Madison; Knox has food only, and the highest need."""
    organizations = [
        {"id": "a", "name": "A", "kind": "clinic", "county_fips": "31027"},
        {"id": "b", "name": "B", "kind": "clinic", "county_fips": "31119"},
        {"id": "f", "name": "F", "kind": "food", "county_fips": "31107"},
        {"id": "s", "name": "Silent", "kind": "food", "county_fips": "31139"},
    ]
    services = [
        {"organization": "a", "service": "Dental care"},
        {"organization": "b", "service": "dental care", "county_fips": "31119"},
        {"organization": "f", "service": "food boxes"},
    ]
    needs = [
        {"county_fips": c, "indicator": "tooth loss", "value": v, "direction": "higher is worse"}
        for c, v in zip(COUNTIES, (1.0, 9.0, 5.0), strict=True)
    ]
    return make_network(organizations, services=services, needs=needs)


def test_a_county_without_a_usual_service_is_a_gap() -> None:
    gaps = find_gaps(covered(), "coverage").table
    assert len(gaps) == 1  # food boxes are not usual; the silent county is not judged
    gap = gaps.iloc[0]
    assert (gap.place, gap.rule, gap.organization) == ("31107", "Dental care", "a")
    assert "need is high (tooth loss)" in gap.evidence
    assert gap.severity == pytest.approx(2 / 3 * (1 + 1) / 2 * (1 + 0.5) / 2, abs=0.1)


def test_no_services_on_file_is_no_desert() -> None:
    result = find_gaps(make_network("ab"), "coverage")
    assert result.table.empty and "need the table services" in result.text


def test_much_in_common_without_a_tie_is_a_question() -> None:
    rows = [("a", "x"), ("b", "x"), ("a", "y"), ("b", "y"), ("c", "z"), ("d", "z")]
    services = [{"organization": o, "service": s} for o, s in rows]
    groups = [{"organization": o, "group": g} for o, g in ("ag", "bg", "ch", "dh")]
    net = make_network("abcd", [("c", "d")], services=services, memberships=groups)
    gaps = find_gaps(net, "overlap").table
    assert gaps[["organization", "other"]].values.tolist() == [["a", "b"]]
    assert "2 services (x and y)" in gaps.iloc[0].evidence
    assert gaps.iloc[0].next_step.startswith("Ask A and B whether they already work together")


def test_grantees_of_one_program_nearby_without_a_tie() -> None:
    organizations = [
        {"id": o, "name": o, "kind": "food", "county_fips": c}
        for o, c in zip("abcd", ("31027", "31027", "31107", "31055"), strict=True)
    ]
    funding = [{"recipient": o, "program": "P", "amount": 10} for o in "abcd"]
    net = make_network(organizations, [("a", "b")], funding=funding)
    gaps = find_gaps(net, "funding").table
    found = gaps[["organization", "other", "severity"]].values.tolist()
    assert found == [["a", "c", 0.4], ["b", "c", 0.4]]  # a-b is tied; Douglas County is far


def test_contacts_gone_cold_and_never_made() -> None:
    organizations = [{"id": o, "name": o, "kind": "CAH"} for o in "abc"]
    contacts = [
        {"organization": o, "date": d} for o, d in (("a", "2026-05-01"), ("b", "2023-01-24"))
    ]
    gaps = find_gaps(make_network(organizations, contacts=contacts), "contact", as_of="2026-06-30")
    found = gaps.table[["organization", "status", "severity"]].values.tolist()
    assert found == [["b", "gone cold", 0.8], ["c", "never seen", 0.6]]
    assert find_gaps(make_network(organizations), "contact").table.empty


def test_a_place_selects_its_gaps() -> None:
    assert len(find_gaps(covered(), where="31107").table) == 1
    assert find_gaps(covered(), where="31055").table.empty
    with pytest.raises(UsageError, match="Allowed are rule"):
        find_gaps(covered(), "gaps")


def test_ids_are_stable() -> None:
    first, second = (find_gaps(covered()).table["gap_id"].tolist() for _ in range(2))
    assert first == second and len(set(first)) == len(first)


@pytest.mark.parametrize("organizations", ["", "a", "ab"])
def test_tiny_networks_have_a_sentence_for_every_kind(organizations: str) -> None:
    result = find_gaps(make_network(organizations))
    assert len(result.sentences) == 8 and all(result.sentences)
    assert list(result.table.columns) == SHOWN_GAPS.names


@pytest.mark.slow
@FEW
@given(networks())
def test_severities_lie_between_0_and_1_and_tied_pairs_never_overlap(net: Network) -> None:
    gaps = find_gaps(net).table
    assert gaps["severity"].between(0, 1).all()
    pairs = gaps[gaps["kind"].isin(["overlap", "funding"])]
    for row in pairs.itertuples():
        assert frozenset((row.organization, row.other)) not in net.tied_pairs


def test_a_county_is_named_by_code_or_name() -> None:
    net = load_sample("prairie")
    by_name, by_code = find_gaps(net, where="Knox"), find_gaps(net, where="31107")
    assert by_name.table["gap_id"].tolist() == by_code.table["gap_id"].tolist() != []
    with pytest.raises(UsageError, match="'Atlantis', which is no county known"):
        find_gaps(net, where="Atlantis")


def test_hospitals_of_one_brand_are_no_overlap_to_ask_about() -> None:
    """Elm Health has hospitals in two counties: whether it is one system is asked elsewhere."""

    def hospital(id_: str, name: str, county: str) -> dict[str, str]:
        kind = {"kind": "hospital", "state": "NE", "county_fips": county}
        return {"id": id_, "name": name, **kind}

    people = [
        hospital("a", "Elmhurst Health - Hartington", "31027"),
        hospital("b", "Elmhurst Health - Randolph", "31027"),
        hospital("c", "Elmhurst Health - Creighton", "31107"),
        hospital("d", "Oakdale Hospital", "31027"),
    ]
    offers = [{"organization": id_, "service": s} for id_ in "abd" for s in ("x-ray", "surgery")]
    found = find_gaps(make_network(people, services=offers), kinds="overlap").table
    pairs = set(zip(found["organization"], found["other"], strict=True))
    assert ("a", "b") not in pairs and {("a", "d"), ("b", "d")} <= pairs
