"""NCHS Urban-Rural Classification Scheme for Counties: from 1 (large central metro) to 6 (noncore).

Source: National Center for Health Statistics, "NCHS Urban-Rural Classification Scheme for
Counties", releases of 2006, 2013 and 2023. License: US Government work, public domain.

Columns used: State and county codes (or one code of five digits), the classes of 2023, 2013, 2006.

A row becomes attributes of the organizations of its county: ``nchs_2023``, ``nchs_2013`` and
``nchs_2006``, each with its meaning in words.
"""

from __future__ import annotations

from ..reading.codes import read_fips
from ..reading.counties import keep_county
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.source import Source

FAMILY = Family(
    name="NCHS Urban-Rural Classification Scheme for Counties",
    publisher="National Center for Health Statistics",
    license="US Government work, public domain",
    columns={
        "state_fips": ("STFIPS", "State FIPS"),
        "county_fips": ("CTYFIPS", "County FIPS", "FIPS code"),
        "county": ("CTYNAME", "County name"),
        "2023": ("CODE2023", "2023 code"),
        "2013": ("CODE2013", "2013 code"),
        "2006": ("CODE2006", "2006 code"),
    },
    required=("county_fips", "county", "2013"),
    becomes="attributes of a county's organizations: class and meaning",
)
YEARS = ("2023", "2013", "2006")
MEANINGS = {
    "1": "large central metro",
    "2": "large fringe metro",
    "3": "medium metro",
    "4": "small metro",
    "5": "micropolitan",
    "6": "noncore",
}


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into attributes of counties.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    years = [year for year in YEARS if year in FAMILY.find_columns(source.header)]
    collector = gather_rows(FAMILY, source, scope, _read_row)
    return collector.finish(FAMILY, source, f"classes of {', '.join(years)}")


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    code = cells["county_fips"]
    if cells["state_fips"] and len(code) <= 3:
        code = cells["state_fips"].zfill(2) + code.zfill(3)
    classes = {f"nchs_{year}": cells[year] for year in YEARS if cells[year] in MEANINGS}
    meanings = {f"{name}_meaning": MEANINGS[text] for name, text in classes.items()}
    keep_county(row, read_fips(code, row, collector), code, {**classes, **meanings}, collector)
