"""Coverage against a count by hand, and severities that grow with need and distance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet import find_gaps
from partnet.core.network import Network
from partnet.facts.geography.access import measure_access
from partnet.places.gazetteer import county_center, distance_km
from partnet.questions.gaps.contact import weigh_silence
from partnet.questions.gaps.coverage import weigh_desert

from ...builders import FEW, make_network

COUNTIES = ("31003", "31027", "31107", "31119", "31139")
SERVICES = ("dental", "food", "rides")
PEOPLE = ("", "children", "older adults")


@st.composite
def served_networks(draw: st.DrawFn) -> Network:
    """Organizations in five counties, some serving others, with services for some people."""
    n = draw(st.integers(2, 6))
    county = st.sampled_from(COUNTIES)
    homes = draw(st.lists(county, min_size=n, max_size=n))
    who = st.sampled_from([f"o{k}" for k in range(n)])
    areas = draw(st.lists(st.tuples(who, county), max_size=6, unique=True))
    offers = draw(
        st.lists(
            st.tuples(
                who, st.sampled_from(SERVICES), st.sampled_from(("", *COUNTIES)),
                st.sampled_from(PEOPLE),
            ),
            min_size=1, max_size=10, unique=True,
        )
    )  # fmt: skip
    kinds = draw(st.lists(st.sampled_from(("hospital", "food")), min_size=n, max_size=n))
    organizations = [
        {"id": f"o{k}", "name": f"O{k}", "kind": kinds[k], "county_fips": home}
        for k, home in enumerate(homes)
    ]
    services = [
        dict(zip(("organization", "service", "county_fips", "population"), row, strict=True))
        for row in offers
    ]
    tables: dict[str, Any] = {"services": services}
    if areas:
        tables["service_areas"] = [
            {"organization": o, "place_kind": "county", "place": c} for o, c in areas
        ]
    return make_network(organizations, **tables)


def count_by_hand(net: Network) -> dict[tuple[str, str, str], set[str]]:
    """Who offers which service for whom in which county, row by row."""
    homes = net.organizations["county_fips"].to_dict()
    served: dict[str, set[str]] = {o: set() for o in homes}
    for row in net.table("service_areas").itertuples():
        served[row.organization].add(row.place)
    services = net.table("services")
    for o, places in served.items():
        places |= (
            set() if places else set(services.loc[services["organization"] == o, "county_fips"])
        )
        places -= {""}
        if not places:
            places.add(homes[o])
    found: dict[tuple[str, str, str], set[str]] = {}
    for row in net.table("services").itertuples():
        for county in {row.county_fips} if row.county_fips else served[row.organization]:
            for people in {"", row.population}:
                found.setdefault((county, row.service, people), set()).add(row.organization)
    return found


def serve_everybody(net: Network, service: str) -> set[str]:
    """Who offers a service to whoever comes, somewhere at least."""
    rows = net.table("services")
    rows = rows[(rows["service"] == service) & (rows["population"] == "")]
    return set(rows["organization"])


@given(served_networks())
def test_access_agrees_with_a_count_by_hand(net: Network) -> None:
    access, offers = measure_access(net), count_by_hand(net)
    counties = {county for county, _, _ in offers}
    places = net.organizations["county_fips"].map(county_center)
    for row in access.itertuples():
        key = (row.county_fips, row.service, row.population)
        here = offers.get(key, set())
        assert row.providers == len(here)
        everywhere = {o for (_, s, p), who in offers.items() if (s, p) == key[1:] for o in who}
        center = county_center(row.county_fips)
        assert center is not None
        km = {o: float(distance_km(*center, *places[o])) for o in everywhere}
        some = set() if row.population else everywhere - serve_everybody(net, row.service)
        order = sorted(everywhere, key=lambda o: (o not in here, o in some, round(km[o], 6), o))
        assert (row.nearest, row.second) == (order[0], order[1] if len(order) > 1 else "")
        assert np.isclose(row.nearest_km, km[order[0]])
        having = {c for (c, s, p), who in offers.items() if (s, p) == key[1:] and who}
        assert np.isclose(row.share_of_counties, len(having) / access["county_fips"].nunique())
    assert counties <= {*access["county_fips"]} or access.empty


@pytest.mark.slow
@given(served_networks())
def test_deserts_are_the_counties_without_a_provider(net: Network) -> None:
    gaps, access = find_gaps(net, "coverage").table, measure_access(net)
    gaps = gaps[gaps["status"] == "no provider on file"]
    lacking = access[(access["providers"] == 0) & (access["population"] == "")]
    lacking = lacking[lacking["ask"] == ""]
    whole = set(zip(lacking["county_fips"], lacking["service"], strict=True))
    assert whole == {(row.place, row.rule) for row in gaps.itertuples() if " for " not in row.rule}
    tied = access.set_index(["county_fips", "service", "population"])
    for row in gaps.itertuples():
        if row.place and " for " not in row.rule:
            hospital = tied.loc[(row.place, row.rule, ""), "hospital"]
            assert (
                not hospital or hospital == row.organization or net.name(hospital) in row.next_step
            )


share = st.floats(0, 1)
distance = st.floats(0, 1000)


@given(share, share, share, distance, distance)
def test_a_desert_is_worse_the_higher_the_need_and_the_farther_the_next(
    usual: float, need: float, more: float, km: float, farther: float
) -> None:
    low, high = sorted((need, more))
    near, far = sorted((km, farther))
    assert weigh_desert(usual, low, near) <= weigh_desert(usual, high, near)
    assert weigh_desert(usual, low, near) <= weigh_desert(usual, low, far)
    assert weigh_desert(usual, high, far) <= weigh_desert(usual, high, float("nan")) <= 1


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(30, 1000))
def test_silence_is_worse_the_longer_it_lasts(a: int, b: int, limit: int) -> None:
    assert weigh_silence(min(a, b), limit) <= weigh_silence(max(a, b), limit) <= 0.8


@FEW
@given(st.lists(st.floats(0, 100), min_size=5, max_size=5, unique=True))
def test_need_raises_the_severity_of_the_same_desert(values: list[float]) -> None:
    """The same county, once with the least and once with the highest need."""
    organizations = [
        {"id": f"o{k}", "name": f"O{k}", "kind": "clinic", "county_fips": c}
        for k, c in enumerate(COUNTIES)
    ]
    services = [{"organization": f"o{k}", "service": "dental"} for k in range(1, 5)]
    services.append({"organization": "o0", "service": "food"})

    def severity(ordered: list[float]) -> float:
        needs = [
            {
                "county_fips": c,
                "indicator": "tooth loss",
                "value": v,
                "direction": "higher is worse",
            }
            for c, v in zip(COUNTIES, ordered, strict=True)
        ]
        net = make_network(organizations, services=services, needs=needs)
        gaps = find_gaps(net, "coverage").table
        return float(gaps.loc[gaps["place"] == COUNTIES[0], "severity"].iloc[0])

    assert severity(sorted(values)) < severity(sorted(values, reverse=True))


def test_one_provider_far_from_the_next_in_a_county_of_high_need() -> None:
    organizations = [
        {"id": "a", "name": "A", "kind": "clinic", "county_fips": "31107"},
        {"id": "b", "name": "B", "kind": "clinic", "county_fips": "31055"},
    ]
    services = [{"organization": o, "service": "dental"} for o in "ab"]
    needs = [
        {"county_fips": c, "indicator": "loss", "value": v, "direction": "higher is worse"}
        for c, v in (("31107", 9), ("31055", 1))
    ]
    net = make_network(organizations, services=services, needs=needs)
    gaps = find_gaps(net, "coverage").table
    assert gaps[["place", "status", "organization", "other"]].values.tolist() == [
        ["31107", "one provider only", "a", "b"]
    ]
    assert find_gaps(net.for_audience("public"), "coverage").table.empty


def test_a_service_of_the_row_counts_there_and_not_at_home() -> None:
    organizations = [
        {"id": "a", "name": "A", "kind": "clinic", "county_fips": "31027"},
        {"id": "b", "name": "B", "kind": "clinic", "county_fips": "31107"},
    ]
    services = [
        {"organization": "a", "service": "dental", "county_fips": "31107"},
        {"organization": "b", "service": "food", "county_fips": "31107"},
        {"organization": "b", "service": "food", "county_fips": "31027"},
    ]
    access = measure_access(make_network(organizations, services=services))
    found = access.set_index(["county_fips", "service"])["providers"].to_dict()
    assert found == {
        ("31027", "dental"): 0,
        ("31027", "food"): 1,
        ("31107", "dental"): 1,
        ("31107", "food"): 1,
    }


def test_what_a_county_across_the_line_lacks_is_no_gap_of_the_state() -> None:
    homes = {"a": "31027", "b": "31107", "c": "46135", "d": "46009"}  # two of South Dakota
    people = [
        {
            "id": id_, "name": id_, "kind": "hospital", "county_fips": county,
            "state": "NE" if county < "46" else "SD", "context": "" if county < "46" else "yes",
        }
        for id_, county in homes.items()
    ]  # fmt: skip
    offers = [{"organization": id_, "service": "x-ray"} for id_ in "abd"]
    offers += [{"organization": "c", "service": "surgery"}, {"organization": "a", "service": "mri"}]
    net = make_network(people, services=offers)
    assert net.is_context.sum() == 2
    assert find_gaps(net, kinds="coverage").table.empty
    own = make_network([{**row, "context": ""} for row in people], services=offers)
    assert find_gaps(own, kinds="coverage").table["place"].tolist() == ["46135"]


def test_what_public_files_know_beyond_the_line_is_said_to_be_left_out() -> None:
    """Cedar County lies at the Missouri: who is in Yankton (SD) is not in files cut to Nebraska."""
    homes = {"a": "31139", "b": "31107", "c": "31027"}
    people = [
        {"id": id_, "name": id_.upper(), "kind": "hospital", "state": "NE", "county_fips": county}
        for id_, county in homes.items()
    ]
    built = [{**row, "source_ids": f"ccn-{row['id']}"} for row in people]
    offers = [{"organization": id_, "service": "surgery"} for id_ in "ab"]
    offers += [{"organization": "c", "service": "mri"}]
    beyond = {
        **{"id": "d", "name": "D", "kind": "hospital", "state": "SD", "county_fips": "46135"},
        **{"context": "yes", "source_ids": "ccn-d"},
    }
    said = [
        " ".join(find_gaps(make_network(rows, services=offers), kinds="coverage").table["evidence"])
        for rows in (built, [*built, beyond], people)
    ]
    words = "lie across the State line, where nobody is on file"
    assert [words in text for text in said] == [True, False, False]
    assert "Yankton County (SD)" in said[0]
