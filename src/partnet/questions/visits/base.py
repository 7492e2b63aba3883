"""Where tours start: an organization, a ZIP code, or a county."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from ...core.errors import UsageError
from ...core.network import Network
from ...facts.locations import center_of, resolve_county
from ...places.gazetteer import county_name, county_of_zip, state_of


@dataclass(frozen=True, slots=True)
class Base:
    """A place from which tours start, where it is no organization.

    Attributes
    ----------
    name : str
        In words; blank where tours start from an organization.
    latitude, longitude : float
        Its place; NaN where it has none.
    """

    name: str = ""
    latitude: float = math.nan
    longitude: float = math.nan


NOWHERE = Base()


def read_base(net: Network, start: str | None) -> tuple[str, Base]:
    """Find from where tours start: the id of an organization, or a place and the convener.

    A ZIP code of 5 digits and a county (by name or code) stand for the middle of the county.

    Raises
    ------
    UsageError
        It names no organization, ZIP code or county known.
    """
    if start is None:
        return net.convener, NOWHERE
    text = start.strip()
    if known := net.index.find(text):
        return known, NOWHERE
    zip_county = county_of_zip(text) if re.fullmatch(r"\d{5}(-\d{4})?", text) else ""
    if zip_county and state_of(zip_county) in set(net.organizations["state"]):
        return net.convener, Base(f"ZIP code {text}", *center_of(zip_county))
    try:
        county = resolve_county(net, text, argument="start")
    except UsageError:
        net.find(start, argument="start")  # names organizations that are alike
        raise
    return net.convener, Base(county_name(county) or county, *center_of(county))
