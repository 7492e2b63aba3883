"""USDA Rural-Urban Continuum Codes: how rural a county is, from 1 (metro) to 9 (rural).

Source: US Department of Agriculture, Economic Research Service, "Rural-Urban Continuum Codes",
releases of 2013 (one row a county) and 2023 (long: one row a county and attribute). License: US
Government work, public domain.

Columns used: FIPS, State, and either Attribute and Value, or the code, population and description.

A row becomes attributes of the organizations of its county: ``rucc_2023`` (the code),
``rucc_2023_meaning`` and ``county_population_2020``, or the same of 2013. The release of 2023
knows the planning regions of Connecticut, not its former counties.
"""

from __future__ import annotations

import re

from ..reading.codes import read_fips
from ..reading.counties import keep_county
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.source import Source

FAMILY = Family(
    name="USDA Rural-Urban Continuum Codes",
    publisher="US Department of Agriculture",
    license="US Government work, public domain",
    columns={
        "fips": ("FIPS", "FIPStxt", "FIPS Code"),
        "state": ("State",),
        "county": ("County_Name",),
        "attribute": ("Attribute", "RUCC_2013", "RUCC_2023", "2013 Rural-urban Continuum Code"),
        "value": ("Value", "Description"),
        "population": ("Population_2010", "Population_2020"),
    },
    required=("fips", "state", "county", "attribute", "value"),
    becomes="attributes of a county's organizations: code, meaning, population",
)
COLUMNS = {
    "rucc": "rucc_{}",
    "description": "rucc_{}_meaning",
    "population": "county_population_{}",
}


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into attributes of counties.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    header = " ".join(source.header)
    is_long = "value" in map(str.casefold, source.header)
    year = "2013" if "2013" in header else "2023"

    def read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
        fips = read_fips(cells["fips"], row, collector)
        found = _read_long(cells, year) if is_long else _read_wide(cells, year)
        keep_county(row, fips, cells["fips"], found, collector)

    return gather_rows(FAMILY, source, scope, read_row).finish(FAMILY, source, year)


def _read_long(cells: dict[str, str], year: str) -> dict[str, str]:
    """The one attribute of a row, such as RUCC_2023."""
    word, _, stated = cells["attribute"].partition("_")
    name = COLUMNS.get(word.casefold(), "")
    return {name.format(stated or year): _tidy(cells["value"])} if name else {}


def _read_wide(cells: dict[str, str], year: str) -> dict[str, str]:
    counted = {"2013": "2010", "2023": "2020"}[year]
    return {
        f"rucc_{year}": cells["attribute"],
        f"rucc_{year}_meaning": _tidy(cells["value"]),
        f"county_population_{counted}": _tidy(cells["population"]),
    }


def _tidy(text: str) -> str:
    """Write a number without thousands commas; leave words."""
    return text.replace(",", "") if re.fullmatch(r"[\d,]+", text) else text
