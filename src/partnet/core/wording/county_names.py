"""What counties are called and how many live there, by code; :mod:`partnet.places` knows more."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def name_county(fips: str, *, state: bool = False) -> str:
    """Give the name of a county, with its State where asked; "" if the code is not known.

    Examples
    --------
    >>> name_county("31027"), name_county("31027", state=True), name_county("")
    ('Cedar County', 'Cedar County, NE', '')
    """
    row = _read_counties().get(fips)
    if row is None:
        return ""
    return f"{row['name']}, {row['state']}" if state else row["name"]


def count_residents(fips: str) -> float:
    """Count the people of a county in the Census of 2020; NaN if the code or they are not known.

    Examples
    --------
    >>> count_residents("31027"), count_residents("")
    (8380.0, nan)
    """
    return float(_read_counties().get(fips, {}).get("population") or "nan")


@cache
def _read_counties() -> Mapping[str, Mapping[str, str]]:
    text = files("partnet").joinpath("data/counties.csv").read_text(encoding="utf-8")
    return {row["fips"]: row for row in csv.DictReader(text.splitlines())}
