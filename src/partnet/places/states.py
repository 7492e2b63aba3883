"""States: a few public counts of each, without any network access.

`data/state_counts.csv` holds facts from CMS (hospitals) and HRSA (health center sites, blank where
not known), see ``scripts/make_state_counts.py``; people and rural counties come from the gazetteer
of counties (Census 2020, USDA rural-urban codes of 2023). The 50 States and the District of
Columbia.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import StringIO

import pandas as pd

from ..core.network import Network
from .gazetteer import (
    STATES,
    counties_of,
    county_population,
    rural_urban_code,
    state_of,
)

NONMETRO, REMOTE = 4, 8  # lowest rural-urban codes that count as such


@cache
def _read_counts() -> pd.DataFrame:
    text = files("partnet").joinpath("data/state_counts.csv").read_text(encoding="utf-8")
    providers = pd.read_csv(StringIO(text), dtype={"state": "str"}).set_index("state")
    people = pd.DataFrame({state: _count_people(state) for state in providers.index}).T
    return people.join(providers).astype("float64").rename_axis("state")


def _count_people(state: str) -> dict[str, int]:
    """People and counties of a State by rurality; counties of former times have no population."""
    pairs = [(county_population(fips), rural_urban_code(fips)) for fips in counties_of(state)]
    known = [(people, code) for people, code in pairs if people is not None and code is not None]
    return {
        "population": sum(people for people, _ in known),
        "nonmetro_population": sum(people for people, code in known if code >= NONMETRO),
        "counties": len(known),
        "nonmetro_counties": sum(code >= NONMETRO for _, code in known),
        "remote_counties": sum(code >= REMOTE for _, code in known),
    }


def count_states() -> pd.DataFrame:
    """Give public counts by State.

    Returns
    -------
    DataFrame
        Indexed by State (two letters), floats, NaN where not known: ``population``,
        ``nonmetro_population``, ``counties``, ``nonmetro_counties``, ``remote_counties`` (RUCC 8
        and 9), ``hospitals`` (of every type), ``critical_access_hospitals``, of these
        ``birthing_friendly`` and with published ``patient_experience``, ``health_center_sites``.
    """
    return _read_counts().copy()


def find_state(net: Network) -> str:
    """Give the State of a network: as the about table says, else that of most organizations."""
    about = net.rows("about")
    said = about.loc[about["setting"].str.lower() == "state", "value"].str.strip()
    if len(said):
        return read_state(said.iloc[-1])
    own = net.organizations[~net.is_context.to_numpy()]
    states = own["state"].where(own["state"] != "", own["county_fips"].map(state_of))
    counted = states[states != ""].value_counts()
    return str(sorted(counted.index[counted == counted.max()])[0]) if len(counted) else ""


def read_state(text: str) -> str:
    """Give the two letters of a State written either way; "" if there is no such State.

    Examples
    --------
    >>> read_state("nebraska"), read_state("ne"), read_state("Cedar County")
    ('NE', 'NE', '')
    """
    by_name = {name.casefold(): code for code, name in STATES.items()}
    return text.upper() if text.upper() in STATES else by_name.get(text.casefold(), "")
