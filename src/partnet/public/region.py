"""Which organizations belong to a State, some counties or the nation, and which are neighbors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ..core.arrays import BoolArray, Points
from ..core.errors import UsageError
from ..core.wording.text import join_words
from ..io.values.parse import STATE_BY_NAME
from ..places.gazetteer import (
    STATES,
    counties_of,
    county_center,
    county_name,
    distance_km,
    find_county,
    state_of,
)

MOST_NAMED = 4  # counties named in a title


@dataclass(frozen=True)
class Region:
    """The part of the country that a network is about.

    Attributes
    ----------
    states : tuple of str
        Codes of its States; none: the nation.
    counties : tuple of str
        Codes of its counties; none: all of the States.
    border_km : float
        Organizations up to this far beyond it are kept as context.
    """

    states: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    border_km: float = 0.0

    @property
    def title(self) -> str:
        """The region as people name it."""
        if self.counties:
            named = [f"{county_name(fips)}, {state_of(fips)}" for fips in self.counties]
            return join_words(named, most=MOST_NAMED)
        return join_words([STATES[code] for code in self.states]) or "United States"

    @property
    def home(self) -> str:
        """The State, where there is one only."""
        return self.states[0] if len(self.states) == 1 else ""

    @cached_property
    def nearby_states(self) -> frozenset[str]:
        """States in which organizations of the network can be; none: all."""
        if not self.states:
            return frozenset()
        others = [code for code in STATES if code not in self.states] if self.border_km else []
        near = [code for code in others if self._reaches(code)]
        return frozenset((*self.states, *near))

    def _reaches(self, state: str) -> bool:
        """Whether a county of a State may hold neighbors (its middle is up to 200 km too far)."""
        points = np.array([c for fips in counties_of(state) if (c := county_center(fips))])
        slack = 200.0  # from the middle of a large county to its edge
        away = self._distances(points.reshape(-1, 2))
        return bool((away <= self.border_km + slack).any())

    @cached_property
    def near_counties(self) -> frozenset[str]:
        """Its counties, and those whose middle is up to `border_km` away; none: all."""
        if not self.states:
            return frozenset()
        own = self.counties or [fips for code in self.states for fips in counties_of(code)]
        if not self.border_km:
            return frozenset(own)
        others = [fips for code in STATES for fips in counties_of(code) if county_center(fips)]
        points = np.array([county_center(fips) for fips in others], dtype=float).reshape(-1, 2)
        near = self._distances(points) <= self.border_km
        return frozenset((*own, *np.array(others, dtype=object)[near]))

    def select(self, organizations: pd.DataFrame) -> pd.DataFrame:
        """Keep the organizations of the region, and those near it as context.

        Near means: at most `border_km` by air from the middle of a county of the region. An
        organization without coordinates counts from the middle of its county.

        Returns
        -------
        DataFrame
            The rows kept, with ``context``: "yes" beyond the region, else "".
        """
        inside = self._is_inside(organizations)
        near = inside.copy()
        if self.border_km > 0 and self.states:
            near |= self._distances(_locate(organizations)) <= self.border_km
        kept = organizations[near].copy()
        kept["context"] = np.where(inside[near], "", "yes")
        return kept.astype({"context": "str"})

    def _is_inside(self, organizations: pd.DataFrame) -> BoolArray:
        if self.counties:
            return organizations["county_fips"].isin(self.counties).to_numpy()
        if self.states:
            return organizations["state"].isin(self.states).to_numpy()
        return np.ones(len(organizations), dtype=bool)

    def _distances(self, points: Points) -> Points:
        """Kilometers to the nearest middle of a county of the region; NaN where unknown."""
        codes = self.counties or [fips for code in self.states for fips in counties_of(code)]
        centers = np.array([center for fips in codes if (center := county_center(fips))])
        nearest = np.full(len(points), np.nan)
        for latitude, longitude in centers:
            away = distance_km(points[:, 0], points[:, 1], latitude, longitude)
            nearest = np.fmin(nearest, away)
        return nearest


def make_region(
    *,
    state: str | Sequence[str] = (),
    counties: Sequence[str] = (),
    nation: bool = False,
    border_km: float = 0.0,
) -> Region:
    """Check what region is asked for.

    Parameters
    ----------
    state : str or sequence of str
        States by code or name.
    counties : sequence of str
        Counties by code, or by name and State: ``"Cedar, NE"``; the State may be left out where
        `state` names one.
    nation : bool
        Everything.
    border_km : float, default 0
        Keep neighbors up to this far beyond it; 0 or more.

    Raises
    ------
    UsageError
        None or more than one of the three is given, a name is not known, or the distance is
        negative.
    """
    if not border_km >= 0:
        raise UsageError(f"border_km: found {border_km}. Kilometers are 0 or more. Correct it.")
    named = [state] if isinstance(state, str) else list(state)
    states = tuple(dict.fromkeys(read_state_code(text) for text in named if text))
    if nation == bool(states or counties):
        found = "none" if not nation else "the nation and a part of it"
        raise UsageError(
            f"region: found {found}. A network is about a State, some counties, or the nation. "
            "Give one of state, counties and nation."
        )
    home = states[0] if len(states) == 1 else ""
    codes = tuple(dict.fromkeys(_read_county(text, home) for text in counties))
    if codes:
        states = tuple(dict.fromkeys(state_of(code) for code in codes))
    return Region(states, codes, border_km)


def _read_county(text: str, home: str) -> str:
    """Give the code of a county named by code, or by name and State."""
    name, _, state = text.partition(",")
    code = STATE_BY_NAME.get(state.strip().casefold(), home)
    fips = find_county(re.sub(r"\s+", " ", name).strip(), code)
    if not fips:
        raise UsageError(
            f"counties: found {text!r}. A county is named by its code or by name and State, for "
            'example 31027 or "Cedar, NE". Correct it.'
        )
    return fips


def read_state_code(state: str) -> str:
    """Give the code of a State named by code or name.

    Raises
    ------
    UsageError
        There is no such State.
    """
    code = STATE_BY_NAME.get(state.strip().casefold(), "")
    if not code:
        raise UsageError(
            f"state: found {state!r}. A State is named by its two letters or its name, for example "
            f"NE or Nebraska. Choose one of {', '.join(STATES)}."
        )
    return code


def _locate(organizations: pd.DataFrame) -> Points:
    """Latitude and longitude, else those of the middle of the county, else NaN."""
    unknown = (np.nan, np.nan)
    centers = [county_center(fips) or unknown for fips in organizations["county_fips"]]
    points = np.array(centers, dtype=float).reshape(-1, 2)
    own = organizations[["latitude", "longitude"]].apply(pd.to_numeric, errors="coerce")
    known = own.notna().all(axis=1).to_numpy()
    points[known] = own.to_numpy(dtype=float)[known]
    return points
