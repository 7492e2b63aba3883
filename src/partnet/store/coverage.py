"""Which services are on file in which counties of the nation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .nation import Nation

if TYPE_CHECKING:
    import ibis.expr.types as ir


def count_services(nation: Nation) -> ir.Table:
    """How many organizations offer each service in each county, as one expression.

    A service whose row names no county counts in the county of its organization. No row means not
    known, not that nobody offers it.
    """
    home = nation.table("nation_organizations").select(number="code", home="county_fips")
    services = nation.rows("services")
    if services is None:
        empty = home.select(county_fips="home", service="home", organizations="number")
        return empty.limit(0)
    rows = nation.coded(services, "organization")
    placed = rows.join(home, "number")
    county = placed.county_fips.nullif("").fill_null(placed.home)
    told = placed.select("number", county_fips=county, service=placed.service.lower())
    told = told.filter(told.county_fips != "")
    counted = told.group_by("county_fips", "service").aggregate(organizations=told.number.nunique())
    return counted.order_by(["county_fips", "service"])
