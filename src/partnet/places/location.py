"""The county of organizations whose file does not say it: by coordinates, ZIP code, or town."""

from __future__ import annotations

import pandas as pd

from .gazetteer import (
    counties_of,
    county_name,
    county_neighbors,
    county_of_zip,
    find_county,
    is_city_of,
    state_of,
)
from .outlines import county_at

STATED, BY_POINT, BY_ZIP, BY_TOWN = "file", "coordinates", "ZIP code", "town"
BY_STATE = "State"  # it is one county
LEAST_IN_TOWN = 2  # others of a town whose counties are known, and one and the same


def place_organizations(organizations: pd.DataFrame) -> pd.DataFrame:
    """Fill in counties, and States that are blank.

    Coordinates tell the county they lie in, else the ZIP code the county that holds most of it: one
    ZIP code in four reaches into a second county. Post-office boxes have ZIP codes of their own,
    which lie nowhere: of these the town (``city``) tells, where two or more others of it are all in
    one county. A county in another State than the one stated is not taken. A county that the file
    states stays.

    Parameters
    ----------
    organizations : DataFrame
        With ``state``, ``county_fips``, ``zip``, ``latitude`` and ``longitude``, all text; and
        ``city``, where there is one.

    Returns
    -------
    DataFrame
        The same rows, with ``county_from``: file (it is stated there), coordinates, ZIP code, town
        or State; "" where the county is not known.
    """
    unknown = organizations["county_fips"] == ""
    how = pd.Series(STATED, index=organizations.index, dtype="str").where(~unknown, "")
    if not unknown.any():
        return organizations.assign(county_from=how)
    lost = organizations[unknown]
    points = lost[["latitude", "longitude"]].apply(pd.to_numeric, errors="coerce")
    by_point = pd.Series(
        county_at(points["latitude"], points["longitude"]), index=lost.index, dtype="str"
    )
    by_zip = lost["zip"].map(county_of_zip).astype("str")
    by_point = by_point.where(_agrees(by_point, lost["state"]), "")
    by_zip = by_zip.where(_agrees(by_zip, lost["state"]), "")
    found = by_point.where(by_point != "", by_zip)
    how.loc[lost.index[found != ""]] = BY_ZIP
    only = lost["state"].map(_only_county)
    how.loc[lost.index[(found == "") & (only != "")]] = BY_STATE
    found = found.where(found != "", only)
    how.loc[lost.index[by_point != ""]] = BY_POINT
    counties = organizations["county_fips"].copy()
    counties.loc[lost.index] = found
    if "city" in organizations:
        by_town = _find_by_town(organizations, counties)
        by_town = pd.concat([_find_in_puerto_rico(lost[found == ""]), by_town])
        by_town = by_town[~by_town.index.duplicated()]
        counties.loc[by_town.index], how.loc[by_town.index] = by_town, BY_TOWN
    states = organizations["state"].where(organizations["state"] != "", counties.map(state_of))
    return organizations.assign(county_fips=counties, state=states.astype("str"), county_from=how)


def _only_county(state: str) -> str:
    """The county of a State or territory that is one (Guam, District of Columbia); else ""."""
    counties = counties_of(state) if state else ()
    return counties[0] if len(counties) == 1 else ""


def weigh_county(fips: str, zip_code: str, name: str = "") -> tuple[str, bool]:
    """Weigh the county that a file states against its ZIP code; a third witness decides.

    Most of the ZIP code may lie in the next county without a contradiction. The county of the ZIP
    code counts where the organization's own name tells it and not the one stated, and where it is a
    city of the name of the county stated (St. Louis). Else the stated county stays: coordinates are
    no witness, because files take them from the ZIP code.

    Parameters
    ----------
    fips, zip_code : str
        The county that the file states, and the ZIP code beside it.
    name : str
        Of the organization.

    Returns
    -------
    tuple of str and bool
        The county that counts, and whether the file contradicts itself.

    Examples
    --------
    >>> weigh_county("31089", "68714", "Rock County Hospital")  # Holt, and Bassett's ZIP code
    ('31149', True)
    >>> weigh_county("31089", "68714", "Bassett Clinic"), weigh_county("31001", "68714")
    (('31089', False), ('31001', True))
    """
    other = county_of_zip(zip_code)
    if not fips or other in ("", fips) or state_of(other) != state_of(fips):
        return fips, False
    if is_city_of(other, fips) or (_tells(name, other) and not _tells(name, fips)):
        return other, True
    return fips, other not in county_neighbors(fips)


def _tells(name: str, fips: str) -> bool:
    """Whether a name begins with that of a county ("Rock County Hospital")."""
    return name.casefold().startswith(f"{county_name(fips).casefold()} ")


def _find_by_town(organizations: pd.DataFrame, counties: pd.Series) -> pd.Series:
    """Counties of those without one in whose town all others are in one county."""
    town = organizations["state"] + "|" + organizations["city"].str.strip().str.casefold()
    named = (organizations["state"] != "") & (organizations["city"].str.strip() != "")
    known = counties[named & (counties != "")].groupby(town)
    counts = known.agg(["nunique", "size", "first"])
    sure = counts[(counts["nunique"] == 1) & (counts["size"] >= LEAST_IN_TOWN)]["first"]
    found = town[named & (counties == "")].map(sure).dropna()
    return found.astype("str")


def _find_in_puerto_rico(lost: pd.DataFrame) -> pd.Series:
    """Counties by the town in Puerto Rico, where municipalities are called after their towns."""
    own = lost[lost["state"] == "PR"]
    found = own["city"].map(lambda city: find_county(city, "PR")).astype("str")
    return found[found != ""]


def _agrees(counties: pd.Series, states: pd.Series) -> pd.Series:
    """Whether a county lies in the State that is stated; a blank State agrees with every county."""
    return (states == "") | (counties.map(state_of) == states)
