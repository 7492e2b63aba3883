"""Where tours start: an organization, a ZIP code, a county, or a town on file."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from ...core.errors import UsageError
from ...core.network import Network
from ...facts.geography.locations import center_of, locate_organizations, resolve_county
from ...places.gazetteer import county_name, county_of_zip, state_code, state_of


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

    A ZIP code of 5 digits and a county (by name or code) stand for the middle of the county; a town
    for that of the organizations that a column `city` puts there ("Helena", "Helena, MT").

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
        if (town := _find_town(net, text)) is not None:
            return net.convener, town
        raise UsageError(_explain_start(net, start)) from None
    return net.convener, Base(county_name(county) or county, *center_of(county))


def _find_town(net: Network, text: str) -> Base | None:
    """The middle of the organizations of a town, where a column of the file names it."""
    table = net.organizations
    if "city" not in table or not text:
        return None
    town, _, state = (part.strip() for part in text.partition(","))
    there = table["city"].astype(str).str.casefold() == town.casefold()
    if state:
        there &= table["state"] == state_code(state)
    points = locate_organizations(net)[there.to_numpy()]
    points = points[~np.isnan(points).any(axis=1)]
    return Base(text, *map(float, points.mean(axis=0))) if len(points) else None


def _explain_start(net: Network, start: str) -> str:
    """Say what a start may be; which organizations are alike, where some are."""
    try:
        net.find(start, argument="start")
    except UsageError as error:
        if "Did you mean" in str(error) or "rows" in str(error):
            return str(error)
    return (
        f"start: found {start!r}, which is no organization of this network, no ZIP code and no "
        "county of its States, and no town of anybody on file. Of a town, give the ZIP code."
    )
