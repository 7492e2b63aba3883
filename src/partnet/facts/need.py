"""Need by county: indicators of the needs table as percentiles, the higher the worse."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..core.network import Network
from ..places.gazetteer import county_population

HIGH_NEED = 2 / 3 + 1e-9  # the third of the counties with the highest need lies above
WORST = 0.8  # percentile from which on an indicator is named


def rank_need(net: Network, counties: tuple[str, ...]) -> tuple[dict[str, float], dict[str, str]]:
    """Give the mean percentile of need by county, and the indicator in which each stands worst.

    The newest value of each indicator with a direction counts; 0.5 and "" where none is on file.
    """
    wide = rank_indicators(net, counties)
    if wide.empty:
        return dict.fromkeys(counties, 0.5), dict.fromkeys(counties, "")
    mean = wide.mean(axis=1).reindex(counties).fillna(0.5)
    top = wide.idxmax(axis=1).where(wide.max(axis=1) >= WORST, "").reindex(counties).fillna("")
    return mean.to_dict(), top.to_dict()


def read_population(net: Network, counties: tuple[str, ...]) -> pd.Series:
    """Give the people of each county: the newest indicator *population*, else the Census count."""
    needs = net.table("needs")
    people = needs[needs["indicator"].str.casefold() == "population"]
    newest = people.sort_values("year", kind="stable").groupby("county_fips")["value"].last()
    known = {county: county_population(county) for county in counties}
    return (
        newest.reindex(list(counties))
        .fillna(pd.Series(known, dtype="float64"))
        .rename("population")
    )


def rank_indicators(net: Network, counties: tuple[str, ...]) -> pd.DataFrame:
    """Give percentiles among the counties, 1 the worst: counties in rows, indicators in columns."""
    needs = net.table("needs")
    needs = needs[needs["county_fips"].isin(counties) & (needs["direction"] != "")]
    if needs.empty:
        return pd.DataFrame(index=pd.Index([], name="county_fips"))
    newest = needs.sort_values("year", kind="stable").groupby(["county_fips", "indicator"]).tail(1)
    sign = np.where(newest["direction"] == "lower is worse", -1.0, 1.0)
    newest = newest.assign(need=newest["value"] * sign)
    newest["percentile"] = newest.groupby("indicator")["need"].rank(pct=True)
    return newest.pivot_table(index="county_fips", columns="indicator", values="percentile")
