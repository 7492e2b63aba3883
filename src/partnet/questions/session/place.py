"""The community or State of a session: its counties, and who belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ...core.checks import list_texts
from ...core.network import Network
from ...core.wording.text import join_words
from ...facts.geography.locations import counties_served, resolve_county
from ...facts.money.investment import STATEWIDE
from ...places.gazetteer import county_name

WHOLE = ("state", "statewide", "all", "everybody")
NAMED = 4  # counties named in a title; more are counted


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session is about.

    Attributes
    ----------
    name : str
        For titles: "Knox County", "the State (NE)".
    counties : tuple of str
        Codes of its counties, in order.
    whole : bool
        Whether it is the whole network, statewide money and organizations included.
    """

    name: str
    counties: tuple[str, ...]
    whole: bool

    def holds(self, places: pd.Series) -> pd.Series:
        """Whether each place (a county code, "statewide", or text) belongs to it."""
        if self.whole:
            return pd.Series(True, index=places.index)
        named = {form for code in self.counties for form in _name_county(code)}
        return places.str.casefold().isin({*self.counties, *named})


def _name_county(code: str) -> tuple[str, ...]:
    """How people write a county: with and without the word."""
    name = (county_name(code) or code).casefold()
    return name, name.removesuffix(" county")


def resolve_place(net: Network, where: str | Sequence[str] | None = None) -> Place:
    """Find out which counties are meant.

    Parameters
    ----------
    net : Network
        The network.
    where : str or sequence of str, optional
        A county by code or name, several of them, or the State (its abbreviation, or "State");
        default: the whole network.

    Raises
    ------
    UsageError
        A name is no county of a State of the network.
    """
    own = net.organizations[~net.is_context]
    states = sorted(set(own["state"]) - {""})
    texts = () if where is None else list_texts("where", where)
    asked = [part.strip() for text in texts for part in text.split(";") if part.strip()]
    whole = {*WHOLE, *(state.casefold() for state in states)}
    if not asked or any(text.casefold() in whole for text in asked):
        counties = tuple(sorted(set(own["county_fips"]) - {""}))
        named = f"the State ({states[0]})" if len(states) == 1 else join_words(states)
        return Place(named or "the whole network", counties, whole=True)
    codes = tuple(dict.fromkeys(resolve_county(net, text) for text in asked))
    names = [county_name(code) or code for code in codes]
    return Place(join_words(names, most=NAMED), codes, whole=False)


def list_present(here: Network, place: Place) -> pd.Series:
    """Say why each organization belongs to the place: "at home", "serves it", or "" (it does not).

    The convener and neighbors kept as context do not.
    """
    homes = here.organizations["county_fips"]
    served = counties_served(here)
    serving = served.loc[served["county"].isin(place.counties), "organization"]
    inside = homes.isin(place.counties) if not place.whole else homes.index.notna()
    why = pd.Series("", index=here.ids, dtype="str")
    why[here.ids.isin(serving)] = "serves it"
    why[pd.Series(inside, index=here.ids)] = "at home"
    why[here.is_context.to_numpy() | (here.ids == here.convener)] = ""
    return why


def is_county(places: pd.Series) -> pd.Series:
    """Whether each place is one county, by its code."""
    return places.str.fullmatch(r"\d{5}")


def is_statewide(places: pd.Series) -> pd.Series:
    """Whether each place is the whole State."""
    return places == STATEWIDE
