"""Need by county: indicators of the needs table as percentiles, the higher the worse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from ...core.memory import fact
from ...core.network import Network
from ...places.gazetteer import county_population

HIGH_NEED = 2 / 3 + 1e-9  # the third of the counties with the highest need is above
WORST = 0.8  # percentile from which on an indicator is named


class Need(NamedTuple):
    """Need by county code.

    Attributes
    ----------
    mean : mapping of str to float
        Mean percentile over the indicators on file, from 0 to 1; 0.5 where none is.
    worst : mapping of str to str
        The indicator in which the county is worst, from the 80th percentile on; else "".
    """

    mean: Mapping[str, float]
    worst: Mapping[str, str]


@fact
def rank_need(here: Network, counties: tuple[str, ...]) -> Need:
    """Give the mean percentile of need by county, and the indicator in which each is worst.

    The newest value of each indicator with a direction counts; 0.5 and "" where none is on file.
    """
    wide = rank_indicators(here, counties)
    if wide.empty:
        return Need(dict.fromkeys(counties, 0.5), dict.fromkeys(counties, ""))
    mean = wide.mean(axis=1).reindex(counties).fillna(0.5)
    top = wide.idxmax(axis=1).where(wide.max(axis=1) >= WORST, "").reindex(counties).fillna("")
    return Need(mean.to_dict(), top.to_dict())


@fact
def read_population(here: Network, counties: tuple[str, ...]) -> pd.Series:
    """Give the people of each county: the newest indicator *population*, else the Census count.

    A county where nobody lives (a wildlife refuge, a mistyped 0) has no number: nothing can be
    counted per person there.
    """
    needs = here.rows("needs")
    people = needs[needs["indicator"].str.casefold() == "population"]
    newest = people.sort_values("year", kind="stable").groupby("county_fips")["value"].last()
    known = {county: county_population(county) for county in counties}
    return (
        newest.reindex(list(counties))
        .where(lambda counted: counted > 0)
        .fillna(pd.Series(known, dtype="float64"))
        .where(lambda counted: counted > 0)
        .rename("population")
    )


@fact
def rank_indicators(here: Network, counties: tuple[str, ...]) -> pd.DataFrame:
    """Give percentiles among the counties, 1 the worst: counties in rows, indicators in columns."""
    needs = here.rows("needs")
    needs = needs[needs["county_fips"].isin(counties) & (needs["direction"] != "")]
    if needs.empty:
        return pd.DataFrame(index=pd.Index([], name="county_fips"))
    newest = needs.sort_values("year", kind="stable").groupby(["county_fips", "indicator"]).tail(1)
    sign = np.where(newest["direction"] == "lower is worse", -1.0, 1.0)
    newest = newest.assign(need=newest["value"] * sign)
    newest["percentile"] = newest.groupby("indicator")["need"].rank(pct=True)
    return newest.pivot_table(index="county_fips", columns="indicator", values="percentile")
