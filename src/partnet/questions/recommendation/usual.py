"""Where no working tie is on file: the partners that a kind usually has, the nearest of each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from ...core.arrays import BoolArray, IntArray
from ...core.memory import fact
from ...core.network import Network
from ...facts.approachable import CENTERS, takes_referrals
from ...facts.collaboration import choose_layer
from ...facts.locations import distances_from, locate_organizations
from ...facts.reach import find_reach
from ...linkage.similarity import normalize_name


@dataclass(frozen=True, slots=True)
class Role:
    """One kind of partner that others usually have (data/usual_partners.toml).

    Attributes
    ----------
    what, ask : str
        The role in words, and what to ask.
    kinds, asks : list of str
        Who fills it, and whose role it is.
    severity : float
        From 0 to 1; the second that is named counts half.
    most : int
        How many are named.
    general : bool
        Only hospitals that take all kinds of patients.
    statewide : bool
        It is for the whole State: the second is named, however far away.
    within : float
        Kilometers within which it is looked for.
    named, unlike : str
        Words that the name must hold, and words that it must not.
    """

    what: str
    ask: str
    kinds: list[str]
    asks: list[str]
    severity: float
    most: int = 1
    general: bool = False
    statewide: bool = False
    within: float = np.inf
    named: str = ""
    unlike: str = ""


@dataclass(frozen=True, slots=True)
class UsualPartner:
    """The nearest that could fill a role for somebody, or the next."""

    role: Role
    organization: int
    partner: int
    km: float
    severity: float

    @property
    def first(self) -> bool:
        """Whether it is the nearest."""
        return self.severity == self.role.severity


@cache
def load_roles() -> tuple[tuple[Role, ...], float]:
    """Give the roles in their order, and within how many kilometers the second is named."""
    text = files("partnet").joinpath("data/usual_partners.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return tuple(Role(**row) for row in read["roles"]), float(read["second_within"])


def list_usual(here: Network) -> Iterator[UsualPartner]:
    """Give for everybody with a role the nearest that could fill it; nothing where ties are known.

    Of several sites of one health center only the nearest is named. A partner in another State
    or district, of the same owner, or too far away for its kind is none (:class:`Reach`).
    """
    if choose_layer(here).kind != "affinity":
        return
    own = ~here.is_context.to_numpy()
    kinds = here.organizations["kind"]
    for role in load_roles()[0]:
        able = np.flatnonzero(_can_fill(here, role))
        asking = np.flatnonzero(kinds.isin(role.asks).to_numpy() & own) if len(able) else ()
        found = [one for a in asking for one in _name_nearest(here, role, int(a), able)]
        yield from _keep_nearest_sites(here, found)


def _keep_nearest_sites(here: Network, found: list[UsualPartner]) -> Iterator[UsualPartner]:
    """Let of the sites of one health center only the nearest ask the same partner."""
    seen: set[tuple[str, int]] = set()
    brands = _list_brands(here)
    for one in sorted(found, key=lambda one: (np.nan_to_num(one.km, nan=np.inf), one.organization)):
        key = (brands[one.organization], one.partner)
        if key not in seen:
            seen.add(key)
            yield one


def _can_fill(here: Network, role: Role) -> BoolArray:
    table = here.organizations
    able = table["kind"].isin(role.kinds).to_numpy(dtype=bool)
    if role.general:
        able = able & takes_referrals(here)
    if role.named:
        able = able & _hold(here, role.named)
    if role.unlike:
        able = able & ~_hold(here, role.unlike)
    return np.asarray(able)


def _hold(here: Network, words: str) -> BoolArray:
    """Whose names hold one of some words."""
    pattern = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    return here.organizations["name"].str.contains(pattern).to_numpy(dtype=bool)


def _name_nearest(here: Network, role: Role, a: int, able: IntArray) -> Iterator[UsualPartner]:
    allowed = able[find_reach(here).allow(a, able)]
    points = locate_organizations(here)
    km = np.round(distances_from((float(points[a, 0]), float(points[a, 1])), points[allowed]), 3)
    seen: list[str] = []
    brands = _list_brands(here)
    near = np.inf if role.statewide else load_roles()[1]
    known = np.flatnonzero(~np.isnan(km) | role.statewide)
    order = np.lexsort((allowed[known], km[known], _sort_kinds(here, role, allowed[known])))
    for k in known[order]:  # those whose place is not known come last
        brand = brands[allowed[k]]
        if km[k] > (min(near, role.within) if seen else role.within) or len(seen) == role.most:
            return
        if brand not in seen:
            seen.append(brand)
            severity = role.severity / len(seen)
            yield UsualPartner(role, a, int(allowed[k]), float(km[k]), severity)


def _sort_kinds(here: Network, role: Role, at: IntArray) -> IntArray:
    """What comes first whatever the distance: of what is for the whole State, the first kind."""
    kinds = here.organizations["kind"].iloc[at]
    if not role.statewide:
        return np.zeros(len(at), dtype=np.int64)
    return np.array([role.kinds.index(kind) for kind in kinds], dtype=np.int64)


@fact
def _list_brands(here: Network) -> tuple[str, ...]:
    """The name under which the sites of one health center go; of others their id."""
    center = here.organizations["kind"].isin(CENTERS)
    rows = zip(here.ids, here.names, center, strict=True)
    return tuple(
        " ".join(normalize_name(name).split()[:2]) if is_one else str(id_)
        for id_, name, is_one in rows
    )
