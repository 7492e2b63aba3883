"""Tables by county in the section of the gaps: money beside need, and who is how far away."""

from __future__ import annotations

import numpy as np

from ..core.shown import Column
from .findings import Findings
from .model import TableBlock


def tables_of_places(findings: Findings) -> tuple[TableBlock, ...]:
    """Give investment beside need, the highest need first, and access to every usual service."""
    tables = findings.gaps.tables
    money, access = tables["investment"], tables["access"]
    year = f", fiscal year {money['fiscal_year'].iloc[0]}" if len(money) else ""
    money = money.sort_values(["need", "county"], ascending=[False, True], kind="stable")
    if not money["dollars"].any():
        money = money.iloc[:0]
    names = {**findings.net.names.to_dict(), "": ""}
    access = access.assign(
        **{f"{who}_name": access[who].map(names) for who in ("nearest", "second", "hospital")},
        population=access["population"].replace("", "everybody"),
    )
    if findings.net.audience == "public":
        access = access.assign(second_name="", second_km=np.nan)
    return (
        TableBlock(
            f"Collective investment beside need, by county{year}",
            money,
            (
                Column("county", "County"),
                Column("need", "Need (1: highest)", "score"),
                Column("population", "People", "count"),
                Column("dollars", "Dollars on file", "dollars"),
                Column("per_head", "Dollars a head", "score"),
                Column("per_head_rank", "Other counties with less", "share"),
            ),
            "Investment and need",
            rows=8,
        ),
        TableBlock(
            "Who offers each usual service in each county, and how far the next two are",
            access,
            (
                Column("county", "County"),
                Column("service", "Service"),
                Column("population", "For"),
                Column("providers", "Providers there", "count"),
                Column("nearest_name", "Nearest"),
                Column("nearest_km", "Kilometres", "count"),
                Column("second_name", "Next, if it closes"),
                Column("second_km", "Kilometres", "count"),
                Column("hospital_name", "Hospital there"),
                Column("tied", "Tie on file with the nearest"),
                Column("need", "Need", "score"),
                Column("residents", "People", "count"),
            ),
            "Access to services",
            rows=0,
        ),
    )
