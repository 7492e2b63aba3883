"""Who of public files is an organization of its own to call, and which hospitals take patients."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from ...core.arrays import BoolArray
from ...core.memory import fact
from ...core.network import Network
from ...core.vocabulary import CENTERS, HOSPITALS

CLINIC = "rural_health_clinic"
SOURCES = "source_ids"  # column of a built network: the ids under which the files know somebody


@cache
def load_words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Give the words of specialty hospitals, their owners, sites and tribes (data/reach.toml)."""
    text = files("partnet").joinpath("data/reach.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    specialty, owners, sites, tribal = (
        re.compile(rf"\b(?:{read[name]})\b", re.IGNORECASE)
        for name in ("specialty", "owners", "sites", "tribal")
    )
    return specialty, owners, sites, tribal


def _column(here: Network, name: str) -> pd.Series:
    """A column of text that a file may have; blank where it has not."""
    table = here.organizations
    return table[name] if name in table else pd.Series("", index=table.index)


@fact
def takes_everybody(here: Network) -> BoolArray:
    """Tell which organizations are no hospital of one specialty, for children or for veterans."""
    table = here.organizations
    known = _column(here, "hospital_type").astype(str)
    general = ~known.str.contains("children|veteran|psychiatric", case=False)
    open_all = ~_column(here, "emergency_services").astype(str).str.casefold().isin(["no"])
    fine = general & open_all & ~table["name"].str.contains(load_words()[0])
    return np.asarray(fine | (table["kind"] != "hospital"), dtype=bool)


@fact
def takes_referrals(here: Network) -> BoolArray:
    """Tell which organizations take all kinds of patients, whoever refers them."""
    own = ~_column(here, "ownership").astype(str).str.contains(load_words()[1])
    hospital = here.organizations["kind"] == "hospital"
    return np.asarray(takes_everybody(here) & (own | ~hospital), dtype=bool)


@fact
def is_tribal(here: Network) -> BoolArray:
    """Tell which hospitals and clinics are of the Indian Health Service, or of a tribe.

    By their kind, or by who owns a hospital; else by the words in the name of a provider.
    """
    table = here.organizations
    provider = table["kind"].isin([*HOSPITALS, CLINIC, *CENTERS])
    owned = _column(here, "ownership").astype(str).str.contains("tribal", case=False)
    named = table["name"].str.contains(load_words()[3])
    return np.asarray((table["kind"] == "tribal") | (provider & (owned | named)), dtype=bool)


@fact
def may_be_tribal(here: Network) -> BoolArray:
    """Tell which hospitals are of a tribe, or federal and neither for veterans nor for soldiers.

    Medicare files those of the Indian Health Service as federal, whatever they are called.
    """
    kept = ~_column(here, "hospital_type").astype(str).str.contains("veteran|defense", case=False)
    federal = _column(here, "ownership").astype(str).str.contains("federal", case=False)
    hospital = here.organizations["kind"].isin(HOSPITALS)
    general = ~here.organizations["name"].str.contains(load_words()[0])
    return np.asarray(is_tribal(here) | (federal & kept & hospital & general), dtype=bool)


@fact
def stands_alone(here: Network) -> BoolArray:
    """Tell who is an organization of its own, as far as public files tell.

    In a network built from public files a hospital that only a file of taxpayers or of broadband
    sites knows may be one that Medicare knows under another name, and a site of a health center in
    a school is reached through its health center. Whoever somebody typed stands alone.
    """
    sources = _column(here, SOURCES).astype(str)
    table = here.organizations
    medicare = sources.str.contains("ccn-", regex=False)
    hospital = table["kind"].isin(HOSPITALS)
    taxed = sources.str.startswith("ein-") & ~sources.str.contains("; ", regex=False)
    called = table["name"].str.contains(r"\bhospital\b", case=False)
    double = hospital | (taxed & (table["kind"].eq("health_system") | (called & _is_home(table))))
    double &= (sources != "") & ~medicare & bool((hospital & medicare).any())
    site = table["kind"].isin(CENTERS) & (sources != "")
    site &= table["name"].str.contains(load_words()[2]) | _is_called_after(table, hospital)
    return np.asarray(~double & ~site, dtype=bool)


@fact
def from_public_files(here: Network) -> BoolArray:
    """Tell whom nobody typed: who comes from a public file."""
    return np.asarray(_column(here, SOURCES).astype(str) != "", dtype=bool)


def _is_called_after(table: pd.DataFrame, hospital: pd.Series) -> pd.Series:
    """Whose name begins with that of a hospital, and has more ("Alma Hospital - Avoca Clinic")."""
    whole = {name.casefold() for name in table.loc[hospital, "name"]}
    parts = table["name"].str.casefold().str.split(" - ").str[0]
    return parts.isin(whole) & (parts != table["name"].str.casefold())


@fact
def known_in_part(here: Network) -> frozenset[str]:
    """Give services that only a file of taxpayers tells of, in small letters.

    Public bodies and firms offer them too and file no such return: a county without is no desert.
    """
    rows = here.rows("services")
    sources = rows["organization"].map(_column(here, SOURCES)).fillna("").astype(str)
    service = rows["service"].str.casefold()
    taxed = sources.str.contains("ein-", regex=False)
    return frozenset(service[taxed]) - frozenset(service[~taxed])


def _is_home(table: pd.DataFrame) -> pd.Series:
    return table["kind"] == "nursing_facility"  # of a hospital, where its name says so


@fact
def may_be_owned(here: Network) -> BoolArray:
    """Tell which clinics of public files may belong to a hospital: of their county, or by name.

    Whose clinic it is, is not on file: most Rural Health Clinics beside a hospital are its own, and
    those whose name begins as that of a hospital are of its system.
    """
    table = here.organizations
    hospitals = table[table["kind"].isin(HOSPITALS)]
    homes = set(hospitals["county_fips"]) - {""}
    brands = set(hospitals["name"].str.split().str[0])
    owned = table.index.isin(here.rows("affiliations")["organization"])
    clinic = (table["kind"] == CLINIC) & (_column(here, SOURCES).astype(str) != "")
    beside = table["county_fips"].isin(homes) | table["name"].str.split().str[0].isin(brands)
    return np.asarray(clinic & beside & ~owned, dtype=bool)
