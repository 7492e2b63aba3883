"""States: a few public counts of each, without any network access.

`data/state_counts.csv` holds facts from CMS (hospitals), USDA (population of 2020, rural-urban
codes of 2023) and HRSA (health center sites, blank where not known): ``make_state_counts.py`` among
the scripts. The 50 States and the District of Columbia.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import StringIO

import pandas as pd

from ..network import Network
from .places import STATES, state_of


@cache
def _read_counts() -> pd.DataFrame:
    text = files("partnet").joinpath("data/state_counts.csv").read_text(encoding="utf-8")
    table = pd.read_csv(StringIO(text), dtype={"state": "str"}).set_index("state")
    return table.astype("float64")


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
    about = net.table("about")
    said = about.loc[about["setting"].str.lower() == "state", "value"].str.strip()
    if len(said):
        return _name_state(said.iloc[-1])
    own = net.organizations[~net.is_context.to_numpy()]
    states = own["state"].where(own["state"] != "", own["county_fips"].map(state_of))
    counted = states[states != ""].value_counts()
    return str(sorted(counted.index[counted == counted.max()])[0]) if len(counted) else ""


def _name_state(text: str) -> str:
    """Two letters for a State written either way; "" if there is no such State."""
    by_name = {name.casefold(): code for code, name in STATES.items()}
    return text.upper() if text.upper() in STATES else by_name.get(text.casefold(), "")
