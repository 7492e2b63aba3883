"""Which counties a map shows: those of a State or several, and neighbors across the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...core.arrays import FloatArray
from ...core.errors import UsageError
from ...core.network import Network
from ...core.wording.text import join_words
from ...places.gazetteer import (
    STATES,
    counties_of,
    county_center,
    county_name,
    distance_km,
    find_county,
    state_of,
)
from ...places.outlines import county_shape
from .projection import Projection, fit_projection

NATION = ("US", "USA", "NATION", "UNITED STATES")
MANY_STATES = 12  # a network over more States than this is shown on a map of the nation
ISLANDS = ("AS", "GU", "MP", "VI")  # drawn with the nation only where the network reaches them
NEAR_KM = 80.0  # counties across the line, where the network has organizations there
MOST_NAMED = 4
FORMER = ("02063", "02066")  # two counties that share the outline of one


@dataclass(frozen=True)
class Area:
    """The counties of a map.

    Attributes
    ----------
    title : str
        The region as people name it.
    counties : tuple of str
        Codes of the counties of the region, each with an outline.
    neighbors : tuple of str
        Codes of counties beyond its line that are drawn paler.
    """

    title: str
    counties: tuple[str, ...]
    neighbors: tuple[str, ...] = ()

    @property
    def drawn(self) -> tuple[str, ...]:
        """All counties of the map, neighbors last."""
        return self.counties + self.neighbors

    @cached_property
    def projection(self) -> Projection:
        """The projection that fits the area."""
        points = [ring for fips in self.drawn for ring in county_shape(fips)]
        if not points:
            return fit_projection([], [])
        lon, lat = np.concatenate(points).T
        return fit_projection(lat, lon)

    @cached_property
    def rings(self) -> dict[str, list[FloatArray]]:
        """Outlines on the page by county, in kilometers."""
        return {
            fips: [self.projection.project(ring[:, 1], ring[:, 0]) for ring in county_shape(fips)]
            for fips in self.drawn
        }

    @cached_property
    def middles(self) -> dict[str, FloatArray]:
        """Middle of each county on the page."""
        known = {f: c for f in self.drawn if (c := county_center(f)) is not None}
        if not known:
            return {}
        lat, lon = np.array([*known.values()]).T
        return dict(zip(known, self.projection.project(lat, lon), strict=True))


def choose_area(
    net: Network, where: str | Sequence[str] | None = None, border_km: float | None = None
) -> Area:
    """Choose the counties of a map: as asked, else the State that the file is about.

    Parameters
    ----------
    net : Network
        The network.
    where : str or sequence of str, optional
        States ("NE"), counties (by code, or by name and State: "Cedar, NE") or "US"; default: the
        State of the file, else the States of its organizations (the nation if more than 12).
    border_km : float, optional
        Counties beyond the line whose middle lies this far from the middle of one within it;
        default: 80 where the network has organizations beyond the line, else 0.

    Raises
    ------
    UsageError
        A place is not known, or the border is negative.
    """
    if border_km is not None and not 0 <= border_km < 3000:
        raise UsageError(
            f"border_km: found {border_km}. Allowed are 0 to 3,000 kilometers. 80 are 50 miles."
        )
    title, counties = _name_region(net, where)
    if border_km is None:
        homes = set(net.organizations["county_fips"]) - {""}
        border_km = NEAR_KM if homes - set(counties) else 0.0
    return Area(title, counties, _find_neighbors(counties, border_km))


def _name_region(net: Network, where: str | Sequence[str] | None) -> tuple[str, tuple[str, ...]]:
    """Title and counties of the region."""
    places = _home_states(net) if where is None else [where] if isinstance(where, str) else [*where]
    codes = [place.strip().upper() for place in places]
    if any(code in NATION for code in codes):
        reached = {state_of(code) for code in net.organizations["county_fips"]}
        states = [state for state in STATES if state not in ISLANDS or state in reached]
        return "United States", _with_outline(f for s in states for f in counties_of(s))
    names, counties = [], []
    for place, code in zip(places, codes, strict=True):
        if code in STATES:
            names.append(STATES[code])
            counties += [*counties_of(code)]
        else:
            fips = _find_county(net, place)
            names.append(f"{county_name(fips)}, {state_of(fips)}")
            counties.append(fips)
    title = join_words(names, most=MOST_NAMED if len(names) > MOST_NAMED else 0)
    return title, _with_outline(dict.fromkeys(counties))


def _home_states(net: Network) -> list[str]:
    """The State that the file is about, else those of its organizations, else none."""
    about = net.rows("about")
    named = about.loc[about["setting"].str.lower() == "state", "value"].str.strip().str.upper()
    if len(named) and named.iloc[0] in STATES:
        return [str(named.iloc[0])]
    own = net.organizations[~net.is_context.to_numpy()]
    states = own["county_fips"].map(state_of)
    states = states.where(states != "", own["state"].str.strip().str.upper())
    found = sorted(set(states) & set(STATES))
    return found if len(found) <= MANY_STATES else ["US"]


def _find_county(net: Network, place: str) -> str:
    """The code of a county named by code, by name and State, or by name in the network's States."""
    name, _, state = (part.strip() for part in place.partition(","))
    states = [state] if state else (_home_states(net) or [""])
    codes = sorted({code for one in states if (code := find_county(name, one))})
    if len(codes) == 1:
        return codes[0]
    raise UsageError(
        f"where: found {place!r}, which is {'several counties' if codes else 'no place known'}. "
        'Allowed are a State (NE), a county by code (31027) or by name and State ("Cedar, NE"), '
        "and US. Correct it."
    )


def _with_outline(counties: Iterable[str]) -> tuple[str, ...]:
    """Counties that can be drawn; of two that share an outline the first."""
    return tuple(f for f in counties if county_shape(f) and f not in FORMER[1:])


def _find_neighbors(counties: tuple[str, ...], border_km: float) -> tuple[str, ...]:
    """Counties beyond the line, within a distance from the middle of a county within it."""
    if border_km <= 0 or not counties:
        return ()
    inside = np.array([c for f in counties if (c := county_center(f)) is not None]).reshape(-1, 2)
    near = []
    for state in STATES:
        for fips in _with_outline(counties_of(state)):
            center = county_center(fips)
            if fips in counties or center is None:
                continue
            if (distance_km(*center, inside[:, 0], inside[:, 1]) <= border_km).any():
                near.append(fips)
    return tuple(near)
