"""What counties are called, by their code; where they lie, :mod:`partnet.places` knows."""

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
    name, of_state = _read_names().get(fips, ("", ""))
    return f"{name}, {of_state}" if state and name else name


@cache
def _read_names() -> Mapping[str, tuple[str, str]]:
    text = files("partnet").joinpath("data/counties.csv").read_text(encoding="utf-8")
    return {row["fips"]: (row["name"], row["state"]) for row in csv.DictReader(text.splitlines())}
