"""Where no working tie is on file: the partners that a kind usually has, the nearest of each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from ...core.arrays import BoolArray, FloatArray, IntArray
from ...core.network import Network
from ...facts.geography.locations import (
    distances_from,
    has_own_place,
    has_town,
    locate_organizations,
)
from ...facts.geography.reach import find_reach
from ...facts.graph.collaboration import choose_layer
from ...facts.identity.approachable import (
    is_tribal,
    may_be_tribal,
    takes_everybody,
    takes_referrals,
)
from ...facts.identity.brands import list_brands, list_hospital_brands
from ...places.gazetteer import rural_urban_code

RURAL_FROM = 4  # Rural-Urban Continuum Code of a county outside metropolitan areas


@dataclass(frozen=True, slots=True)
class Role:
    """One kind of partner that others usually have (data/usual_partners.toml).

    Attributes
    ----------
    what, ask : str
        The role in words, and what to ask.
    noun, tail : str
        What follows "the nearest", and what follows "on file".
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
    rural : bool
        It is not for hospitals of metropolitan counties, unless their kind is rural by law.
    tribal : bool
        It is for providers of the Indian Health Service or a tribe only, on both sides.
    named, unlike : str
        Words that the name must hold, and words that it must not.
    """

    what: str
    noun: str
    ask: str
    kinds: list[str]
    asks: list[str]
    severity: float
    most: int = 1
    general: bool = False
    statewide: bool = False
    rural: bool = False
    tribal: bool = False
    within: float = np.inf
    named: str = ""
    unlike: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class UsualPartner:
    """The nearest that could fill a role for somebody, or the next.

    Attributes
    ----------
    role : Role
        What it could be.
    organization, partner : int
        Positions: for whom, and who.
    km : float
        How far apart they are; NaN where not known.
    exact : bool
        Whether both lie where their coordinates or those of their towns say, and not in the
        middle of a county.
    severity : float
        From 0 to 1.
    before : int
        Position of the one that is nearer; -1: this is the nearest.
    as_near : tuple of int
        Positions of others that may be as near as the nearest.
    """

    role: Role
    organization: int
    partner: int
    km: float
    exact: bool
    severity: float
    before: int = -1
    as_near: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Usual:
    """The roles in their order, and the distances that hold for all of them, in kilometers.

    Attributes
    ----------
    roles : tuple of Role
    second_within : float
        Within which those after the first are named.
    as_near_within : float
        By which the middle of a county may mislead: within it others may be as near.
    """

    roles: tuple[Role, ...]
    second_within: float
    as_near_within: float


@cache
def load_roles() -> Usual:
    """Give the roles in their order, with the distances that hold for all."""
    text = files("partnet").joinpath("data/usual_partners.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    roles = tuple(Role(**row) for row in read["roles"])
    return Usual(roles, float(read["second_within"]), float(read["as_near_within"]))


def list_usual(here: Network) -> Iterator[UsualPartner]:
    """Give for everybody with a role the nearest that could fill it; nothing where ties are known.

    Of several sites of one health center only the nearest is named. A hospital of one specialty,
    for children or for veterans has its own ways: nothing is usual for it. A partner in another
    State or district, of the same owner, or too far away for its kind is none (:class:`Reach`);
    a hospital of the same brand counts half, as they may be of one system.
    Where only the middle of a county tells where somebody is, those who may be as near are given,
    too.
    """
    if choose_layer(here).kind != "affinity":
        return
    own = ~here.is_context.to_numpy() & (takes_everybody(here) | may_be_tribal(here))
    search = _Search(here)
    roles = [(role, np.flatnonzero(_can_fill(here, role))) for role in load_roles().roles]
    found: list[list[UsualPartner]] = [[] for _ in roles]
    for a in np.flatnonzero(own):
        for k, (role, able) in enumerate(roles):
            if len(able) and search.asks(role, int(a)) and not (role.tribal and a in able):
                found[k] += search.name_nearest(role, int(a), able)
    for partners in found:
        yield from _keep_nearest_sites(search.brands, partners)


def _keep_nearest_sites(
    brands: tuple[str, ...], found: list[UsualPartner]
) -> Iterator[UsualPartner]:
    """Let of the sites of one health center only the nearest ask the same partner."""
    seen: set[tuple[str, int]] = set()
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
    if role.tribal:
        able = able & is_tribal(here) & takes_everybody(here)
    if role.named:
        able = able & _hold(here, role.named)
    if role.unlike:
        able = able & ~_hold(here, role.unlike)
    return np.asarray(able)


def _hold(here: Network, words: str) -> BoolArray:
    """Whose names hold one of some words."""
    pattern = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    return here.organizations["name"].str.contains(pattern).to_numpy(dtype=bool)


class _Search:
    """The search for the nearest, with what all who ask need of the tables."""

    def __init__(self, here: Network) -> None:
        self.reach, self.brands = find_reach(here), list_brands(here)
        self.points, self.located = locate_organizations(here), has_own_place(here)
        self.in_town = has_town(here)
        self.kinds = here.organizations["kind"].to_numpy(dtype=object)
        self.tribal = may_be_tribal(here)
        self.counties = here.organizations["county_fips"].tolist()
        self.ids, self.systems = here.ids.tolist(), list_hospital_brands(here)
        self._around: tuple[int, BoolArray, FloatArray] | None = None

    def asks(self, role: Role, a: int) -> bool:
        """Tell whether one needs somebody in a role."""
        if self.kinds[a] not in role.asks or (role.tribal and not self.tribal[a]):
            return False
        code = rural_urban_code(self.counties[a]) or RURAL_FROM
        return not (role.rural and self.kinds[a] == "hospital" and code < RURAL_FROM)

    def look_around(self, a: int) -> tuple[BoolArray, FloatArray]:
        """With whom one could work, and how far everybody is, to the meter."""
        if self._around is None or self._around[0] != a:
            point = (float(self.points[a, 0]), float(self.points[a, 1]))
            km = np.round(distances_from(point, self.points), 3)
            self._around = a, self.reach.allow(a, np.arange(len(km))), km
        return self._around[1:]

    def name_nearest(self, role: Role, a: int, able: IntArray) -> Iterator[UsualPartner]:
        """Give the nearest that could fill a role for one, and those after it."""
        order, km = self._sort(role, a, able)
        usual, seen = load_roles(), dict[str, int]()
        for k in order:
            b, far, brand = int(k), float(km[k]), self.brands[k]
            second = np.inf if role.statewide else usual.second_within
            if len(seen) == role.most or far > (min(second, role.within) if seen else role.within):
                return
            if brand in seen:
                continue
            first = next(iter(seen.values()), -1)
            seen[brand] = b
            exact = bool(self.in_town[a] and self.in_town[b])
            near = self._list_as_near(a, b, order, km) if first < 0 and not role.statewide else ()
            severity = role.severity / len(seen) / (2 if self._share_brand(a, b) else 1)
            yield UsualPartner(role, a, b, far, exact, severity, first, near)

    def _share_brand(self, a: int, b: int) -> bool:
        """Tell whether two hospitals may be of one system, which needs no introduction."""
        return self.systems.get(self.ids[a], a) == self.systems.get(self.ids[b], b)

    def _sort(self, role: Role, a: int, able: IntArray) -> tuple[IntArray, dict[int, float]]:
        """Those who could fill it, the nearest first, and how far they are.

        Whose place is not known is near nobody, but for what is for the whole State.
        """
        allows, everybody = self.look_around(a)
        allowed = able[allows[able]]
        allowed = allowed[~np.isnan(everybody[allowed]) | role.statewide]
        km = everybody[allowed]
        order = np.lexsort((allowed, km, self._rank_kinds(role, allowed)))
        return allowed[order], dict(zip(allowed.tolist(), km.tolist(), strict=True))

    def _rank_kinds(self, role: Role, at: IntArray) -> IntArray:
        """What comes first however far: of what is for the whole State, the first kind."""
        if not role.statewide:
            return np.zeros(len(at), dtype=np.int64)
        return np.array([role.kinds.index(kind) for kind in self.kinds[at]], dtype=np.int64)

    def _list_as_near(
        self, a: int, first: int, order: IntArray, km: dict[int, float]
    ) -> tuple[int, ...]:
        """Those who may be as near as the nearest: equally far, or by the middle of a county."""
        found, seen = list[int](), {self.brands[first]}
        for b in order.tolist():
            within = load_roles().as_near_within
            if self.in_town[[a, first, b]].all():  # a town is a few miles wide
                within = 0.0 if self.located[[a, first, b]].all() else within / 4
            if self.brands[b] not in seen and km[b] <= km[first] + within:
                seen.add(self.brands[b])
                found.append(b)
        return tuple(found)
