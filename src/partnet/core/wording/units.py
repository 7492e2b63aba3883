"""Distances as people read them: miles, or kilometers where a file asks for them.

Tables hold kilometers, whatever is shown; what is said and shown of them is settled here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from ..errors import UsageError
from ..storage.shapes import show
from .text import count_noun

if TYPE_CHECKING:
    import pandas as pd

Units = Literal["miles", "km"]
UNITS: tuple[Units, ...] = ("miles", "km")  # the first holds where nothing is said
SETTING = "units"  # what the about table calls it
MILE = 1.609344  # kilometers
_KILOMETERS = ("km", "kilometers", "metric")


def read_units(about: Mapping[str, str]) -> Units:
    """Give the units that a file asks for in its settings; miles where it asks for none.

    Examples
    --------
    >>> read_units({"units": "Kilometers"}), read_units({})
    ('km', 'miles')
    """
    return "km" if about.get(SETTING, "").strip().lower() in _KILOMETERS else "miles"


def write_units(about: pd.DataFrame, units: object) -> pd.DataFrame:
    """Give the settings of a file with units in the place of what it says of them."""
    others = about[about["setting"].str.lower() != SETTING].reset_index(drop=True)
    longer = others.reindex(range(len(others) + 1)).fillna("").astype("str")
    longer.loc[len(others), ["setting", "value"]] = [SETTING, check_units(units)]
    return longer


def check_units(units: object) -> Units:
    """Give units that somebody wrote, or refuse them.

    Raises
    ------
    UsageError
        They are neither miles nor km.
    """
    for known in UNITS:
        if units == known:
            return known
    raise UsageError(f"units: found {show(units)}. Allowed are {', '.join(UNITS)}. Choose one.")


def say_distance(km: float, units: Units = "miles") -> str:
    """Say a distance as people do; "" where it is not known.

    Examples
    --------
    >>> say_distance(78), say_distance(78, "km"), say_distance(1.6), say_distance(0.2)
    ('48 miles', '78 km', '1 mile', 'less than 1 mile')
    """
    if not math.isfinite(km):
        return ""
    number = round(convert(km, units))
    if number == 0 and km > 0:
        return "less than 1 km" if units == "km" else "less than 1 mile"
    return f"{number:,} km" if units == "km" else count_noun(number, "mile")


def say_about(km: float, units: Units = "miles") -> str:
    """Say a distance that is not measured to the point; "" where it is not known.

    Examples
    --------
    >>> say_about(78), say_about(0.2), say_about(0.0, "km")
    ('about 48 miles', 'less than 1 mile', 'less than 1 km')
    """
    if math.isfinite(km) and not round(convert(km, units)):
        return f"less than 1 {'km' if units == 'km' else 'mile'}"
    far = say_distance(km, units)
    return f"about {far}" if far else ""


def say_away(km: float, units: Units = "miles") -> str:
    """Say how far away something is; "" where that is not known.

    Organizations without coordinates stand in the middle of their county: no distance between two
    says that they share one.

    Examples
    --------
    >>> say_away(78), say_away(0.0), say_away(float("nan"))
    ('about 48 miles away', 'in the same county', '')
    """
    if not math.isfinite(km):
        return ""
    return "in the same county" if km == 0 else f"{say_about(km, units)} away"


def convert(km: float, units: Units) -> float:
    """Give kilometers in these units."""
    return km if units == "km" else km / MILE
