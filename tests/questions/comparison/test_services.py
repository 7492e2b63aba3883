"""Services and needs from wave to wave: what is new, what is gone, and what is not known."""

from __future__ import annotations

from typing import Any

import partnet as pn
from partnet.core.network import Network

from ...builders import make_network

Rows = list[dict[str, Any]]


def make_wave(services: dict[str, list[str]], needs: Rows = ()) -> Network:  # type: ignore[assignment]
    rows = [{"organization": o, "service": s} for o, each in services.items() for s in each]
    return make_network("abc", ["ab"], services=rows, needs=[*needs])


def need(value: float, **more: Any) -> dict[str, Any]:
    return {"county_fips": "31027", "indicator": "smoking", "value": value,
            "direction": "higher is worse", "year": 2024, **more}  # fmt: skip


FIRST = make_wave({"a": ["dental", "Food  Boxes"], "b": ["legal aid"]})
MIDDLE = make_wave({"a": ["dental"], "b": ["legal aid"], "c": ["rides"]})
LAST = make_wave({"a": ["food boxes", "rides"], "c": ["rides"]})


def test_services_of_those_known_in_both_waves_came_or_went() -> None:
    found = pn.compare_networks(FIRST, LAST, draws=5)
    rows = found.tables["services"]
    assert [tuple(row) for row in rows[["organization", "service", "change"]].to_numpy()] == [
        ("a", "dental", "gone"),
        ("a", "rides", "new"),
    ], "case and blanks are no change; of b nothing is known now, of c nothing was known before"
    assert found.claims["services"] == {"organizations": 1, "new": 1, "gone": 1}
    assert (
        "Of 1 organization with services on file in both waves, 1 service is new on file and 1 is "
        "not on file any more." in found.text
    )


def test_every_service_says_in_which_waves_it_was_on_file() -> None:
    rows = pn.compare_networks(FIRST, MIDDLE, LAST, draws=5).tables["services"]
    assert dict(zip(rows["service"], rows["waves"], strict=True)) == {
        "dental": "1, 2",
        "rides": "3",
    }


def test_without_services_or_needs_nothing_is_said() -> None:
    found = pn.compare_networks(make_wave({}), LAST, draws=5)
    assert found.tables["services"].empty and found.tables["needs"].empty
    assert {"services", "needs"}.isdisjoint(found.claims)


def test_needs_are_better_worse_or_the_same_by_their_direction() -> None:
    also = {"indicator": "insured", "direction": "lower is worse"}
    plain = {"indicator": "population", "direction": ""}
    before = make_wave(
        {}, [need(20), need(90, year=2020), need(50, **also), need(900, **plain),
             need(1, indicator="gone"), need(7, county_fips="31055")],
    )  # fmt: skip
    after = make_wave(
        {}, [need(15, year=2026), need(60, **also), need(950, **plain), need(1, indicator="new"),
             need(7, county_fips="31055", indicator="Smoking")],
    )  # fmt: skip
    found = pn.compare_networks(before, after, draws=5)
    rows = found.tables["needs"].set_index(["county_fips", "indicator"])
    assert rows["moved"].to_dict() == {
        ("31027", "insured"): "better",
        ("31027", "population"): "changed",
        ("31027", "smoking"): "better",
        ("31055", "smoking"): "same",
    }
    row = rows.loc["31027", "smoking"]
    assert (row["before"], row["after"], row["change"]) == (20, 15, -5), "the newest of each wave"
    assert (row["year_before"], row["year_after"]) == (2024, 2026)
    assert found.claims["needs"] == {"values": 4, "better": 2, "same": 1, "changed": 1}
    back = pn.compare_networks(after, before, draws=5).claims["needs"]
    assert back == {"values": 4, "worse": 2, "same": 1, "changed": 1}
