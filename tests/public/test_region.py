"""States, counties, the nation, and who lies near them."""

from __future__ import annotations

import pandas as pd
import pytest

from partnet.core.errors import UsageError
from partnet.public.region import Region, make_region


def organizations() -> pd.DataFrame:
    """Alma and Lincoln in Nebraska, Hamburg in Iowa (by coordinates), and one without a place."""
    rows = [
        ("alma", "NE", "31083", "", ""),
        ("lincoln", "NE", "31109", "", ""),
        ("hamburg", "IA", "", "40.62", "-95.65"),
        ("nowhere", "", "", "", ""),
    ]
    columns = ["id", "state", "county_fips", "latitude", "longitude"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def select(region: Region) -> dict[str, str]:
    kept = region.select(organizations())
    return dict(zip(kept["id"], kept["context"], strict=True))


def test_regions_keep_their_own_and_their_neighbors() -> None:
    assert select(make_region(state="NE")) == {"alma": "", "lincoln": ""}
    wide = {"alma": "", "lincoln": "", "hamburg": "yes"}
    assert select(make_region(state="Nebraska", border_km=120)) == wide
    assert select(make_region(state=["NE", "IA"])) == dict.fromkeys(wide, "")
    assert select(make_region(counties=["Harlan, NE"])) == {"alma": ""}
    assert select(make_region(counties=["31083"], border_km=300)) == {"alma": "", "lincoln": "yes"}
    everybody = dict.fromkeys(organizations()["id"], "")
    assert select(make_region(nation=True)) == everybody


def test_titles_and_the_states_that_readers_look_at() -> None:
    assert make_region(nation=True).title == "United States"
    assert make_region(state="ne").title == "Nebraska" and make_region(state="ne").home == "NE"
    counties = make_region(state="NE", counties=["Cedar", "Knox", "31001"])
    assert counties.title == "Cedar County, NE, Knox County, NE and Adams County, NE"
    assert make_region(nation=True).nearby_states == frozenset()
    near = make_region(state="NE", border_km=100).nearby_states
    assert {"NE", "IA", "KS", "CO", "WY", "SD", "MO"} <= near and not near & {"CA", "FL", "NY"}
    assert make_region(state="NE").nearby_states == {"NE"}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "region: found none"),
        ({"state": "NE", "nation": True}, "the nation and a part of it"),
        ({"state": "ZZ"}, "found 'ZZ'"),
        ({"counties": ["Cedar"]}, "found 'Cedar'"),
        ({"counties": ["Gotham, NE"]}, "found 'Gotham, NE'"),
        ({"state": "NE", "border_km": -1}, "0 or more"),
        ({"state": "NE", "border_km": float("nan")}, "0 or more"),
    ],
)
def test_wrong_use_is_explained(settings: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        make_region(**settings)  # type: ignore[arg-type]
