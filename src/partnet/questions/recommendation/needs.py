"""What a tie of two organizations is needed for: gaps it would close, outcomes that are due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from ...core.memory import fact
from ...core.network import Network
from ...core.vocabulary import HOSPITALS
from ...core.wording.text import choose_article, join_words, say_date, start_small
from ...core.wording.units import say_about
from ...facts.geography.access import build_coverage
from ...facts.geography.locations import center_of, distances_from, locate_organizations
from ...facts.geography.reach import find_reach
from ...places.gazetteer import county_name, find_county
from ..gaps.found import list_gaps
from ..gaps.kind import SETTLED, Gap
from ..gaps.kinds import list_kinds
from ..outcomes.question import judge_outcomes
from .usual import UsualPartner, list_usual

MOST_WITH_NEEDS = 10_000  # in a larger network gaps are a question of their own
OVERDUE, DUE_SOON, AGREED = 0.9, 0.7, 0.5  # severity of an outcome that names two organizations
SOON_DAYS = 90
OUTCOME, USUAL = "outcome ", "usual "  # before what it is, in the key of a need
LACKING = "no provider on file"
ONE_SIDED = "one-sided"  # the two that have it are to confirm it; nobody new is needed


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a tie of two organizations would close.

    Attributes
    ----------
    key : str
        What it is, whoever closes it: the id of a gap, or an outcome.
    organization, partner : int
        Positions: whose need it is, and who could meet it.
    severity : float
        From 0 to 1.
    text : str
        What is on file, as half a sentence.
    goal : str
        What a tie would do, in few words.
    place : str
        Code of the county that it is about, or "".
    claims : mapping
        What the text says, as values.
    short : str
        The text where both were named already, the one whose need it is first; "": as it is.
    """

    key: str
    organization: int
    partner: int
    severity: float
    text: str
    goal: str
    place: str = ""
    claims: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)
    short: str = ""

    @property
    def is_outcome(self) -> bool:
        """Whether a session agreed on it."""
        return self.key.startswith(OUTCOME)

    @property
    def is_usual(self) -> bool:
        """Whether nothing but the kinds of the two tells of it."""
        return self.key.startswith(USUAL)

    @property
    def role(self) -> str:
        """What a usual partner could be; "" of other needs."""
        return str(self.claims.get("role", "")) if self.is_usual else ""

    @property
    def pair(self) -> tuple[int, int]:
        """Both positions, the lower first."""
        low, high = sorted((self.organization, self.partner))
        return low, high


@fact
def list_needs(here: Network) -> Mapping[tuple[int, int], tuple[Need, ...]]:
    """Give what a tie of two organizations is needed for, by both positions, the worst first.

    A gap of a rule or a program names both sides. A county without a service is a need of its
    hospitals (where it has none, of the health department whose district it is in), and of the
    providers on file that could work with them, the nearest to the middle of the county closes it.
    An outcome of a session that names two organizations is a need until it is done: severity 0.9
    where it is overdue, 0.7 where it is due within 90 days, else 0.5. Who could not work together
    (:class:`Reach`) has no need of each other. In networks of more than 10,000 organizations gaps
    are not looked for.
    """
    if not 2 <= here.n <= MOST_WITH_NEEDS:
        return MappingProxyType({})
    found: dict[tuple[int, int], list[Need]] = {}
    for need in (
        *_list_between(here),
        *_list_coverage(here),
        *_list_outcomes(here),
        *_list_usual(here),
    ):
        found.setdefault(need.pair, []).append(need)
    worst = {
        pair: tuple(sorted(needs, key=lambda need: (-round(need.severity, 9), need.goal, need.key)))
        for pair, needs in found.items()
    }
    return MappingProxyType(worst)


def _list_between(here: Network) -> Iterator[Need]:
    """Gaps that a tie of their two organizations would close."""
    reach = find_reach(here)
    for name, kind in list_kinds().items():
        for gap in list_gaps(here, name) if kind.between else ():
            one, other = (int(k) for k in here.positions([gap.organization, gap.other]))
            if gap.status in (*SETTLED, ONE_SIDED) or min(one, other) < 0 or one == other:
                continue
            if reach.allows(one, other):
                text, goal = f"{gap.rule}: {gap.evidence}", f"closes the gap “{gap.rule}”"
                claims = {"rule": gap.rule, "status": gap.status, "evidence": gap.evidence}
                yield Need(gap.gap_id, one, other, float(gap.severity), text, goal, claims=claims)


# -- counties without a service --------------------------------------------------------------------


def _list_coverage(here: Network) -> Iterator[Need]:
    """For each county without a service: its hospitals, and the nearest that could serve it."""
    providers = _Providers(here)
    for gap in list_gaps(here, "coverage"):
        if gap.status != LACKING or not gap.place:
            continue
        for local in providers.list_local(gap.place):
            nearest, km = providers.find_nearest(gap, local)
            # A hospital comes to no county without one: no errand of the health department.
            if nearest >= 0 and (
                providers.is_hospital[local] or not providers.is_hospital[nearest]
            ):
                yield _make_coverage(here, gap, local, nearest, km)


def _make_coverage(here: Network, gap: Gap, local: int, nearest: int, km: float) -> Need:
    far, service = say_about(km, here.units), start_small(gap.rule)
    where = f", {far} from the middle of the county" if far else ""
    text = (
        f"{gap.place_name} has no provider of {service} on file, and {here.names.iloc[nearest]} "
        f"is the nearest that could serve it{where}"
    )
    goal = f"brings {service} towards {gap.place_name}"
    claims = {
        "service": gap.rule,
        "county": gap.place_name,
        "nearest": here.names.iloc[nearest],
        "km": None if np.isnan(km) else float(km),
    }
    severity = float(gap.severity)
    return Need(gap.gap_id, local, nearest, severity, text, goal, gap.place, claims)


class _Providers:
    """Who offers what, and who speaks for a county."""

    def __init__(self, here: Network) -> None:
        self.here = here
        self.reach = find_reach(here)
        offers = build_coverage(here).offers
        offers = offers.assign(at=here.positions(offers["organization"]))
        anybody = offers[offers["population"] == ""].groupby("service")["at"].unique().to_dict()
        self.by_service = offers.groupby("service")["at"].unique().to_dict() | anybody
        people = offers[offers["population"] != ""]
        self.by_people = people.groupby(["service", "population"])["at"].unique().to_dict()
        self.points = locate_organizations(here)
        self.kinds = here.organizations["kind"].to_numpy()
        self.is_hospital = np.isin(self.kinds, HOSPITALS)
        self.homes = here.organizations["county_fips"].to_numpy()

    def list_local(self, county: str) -> list[int]:
        """The hospitals of a county; where it has none, the health department that serves it."""
        hospitals = self.is_hospital & (self.homes == county)
        if hospitals.any():
            return [int(k) for k in np.flatnonzero(hospitals)]
        departments = self.kinds == "local_health_department"
        return [int(k) for k in np.flatnonzero(departments & self.reach.serves(county))]

    def find_nearest(self, gap: Gap, local: int) -> tuple[int, float]:
        """The nearest provider that could work with one organization; -1 where there is none."""
        offering = self._list_offering(gap.rule)
        able = offering[self.reach.allow(local, offering)] if len(offering) else offering
        if not len(able):
            return -1, float("nan")
        km = distances_from(center_of(gap.place), self.points[able])
        far = np.where(np.isnan(km), np.inf, np.round(km, 6))
        first = int(np.lexsort((able, far))[0])
        return int(able[first]), float(km[first])

    def _list_offering(self, label: str) -> Any:
        """Positions of those who offer a service, named as a gap names it."""
        folded = label.casefold()
        if folded in self.by_service:
            return self.by_service[folded]
        service, _, people = folded.partition(" for ")
        return self.by_people.get((service, people), np.zeros(0, dtype=np.int64))


# -- where nothing is known: the usual partners ----------------------------------------------------


def _list_usual(here: Network) -> Iterator[Need]:
    named = _Named(here)
    return (named.make(one) for one in list_usual(here))


def say_usual(partner: str, role: str, names: Sequence[str]) -> str:
    """Say what somebody could be, and for whom."""
    start = f"{partner} could be" if partner else "could be"
    return f"{start} {role} for {join_words(names, most=3)}"


class _Named:
    """Usual partners in words, with what all of them need of the tables."""

    def __init__(self, here: Network) -> None:
        table = here.organizations
        self.here, self.names, self.reach = here, here.names.tolist(), find_reach(here)
        self.counties = table["county_fips"].tolist()
        self.kinds = [here.vocabulary.kinds[kind].label for kind in table["kind"]]

    def make(self, one: UsualPartner) -> Need:
        """Say what one could be for the other, and what to ask it."""
        role, own, name = one.role, self.names[one.organization], self.names[one.partner]
        is_what, ask = self._say_which(one), self._say_ask(one)
        near = [self.names[k] for k in one.as_near]
        claims = {
            "role": role.what, "own": own, "partner": name, "as_near": near,
            "km": None if np.isnan(one.km) else float(one.km), "asks_area": ask != role.ask,
            "after": self.names[one.before] if one.before >= 0 else "",
        }  # fmt: skip
        return Need(
            key=f"{USUAL}{role.what}: {self.here.ids[one.organization]}",
            organization=one.organization,
            partner=one.partner,
            severity=one.severity,
            text=f"for {own}, {name} is {is_what}; ask {ask}",
            goal=f"{own} finds {role.what}",
            short=f"it is {is_what}; ask {ask}",
            claims=claims,
        )

    def _say_which(self, one: UsualPartner) -> str:
        """Say that it is the nearest of its kind on file, how far, and who may be as near."""
        role = one.role
        if role.statewide:
            label = self.kinds[one.partner]
            return f"{choose_article(label)} {label} for the whole State"
        tail = f" {role.tail}" if role.tail else ""
        if one.before >= 0:
            after = f"after {self.names[one.before]}"
            return f"the next nearest {role.noun} on file{tail} {after}{self._say_where(one)}"
        near = [self.names[k] for k in one.as_near]
        others = f" ({join_words(near, most=2)} may be as near)" if near else ""
        return f"the nearest {role.noun} on file{tail}{self._say_where(one)}{others}"

    def _say_where(self, one: UsualPartner) -> str:
        home, other = (self.counties[k] for k in (one.organization, one.partner))
        if home and home == other:
            return ", in the same county"
        if np.isnan(one.km):
            return ""
        far = say_about(one.km, self.here.units)
        return f", {far} {'away' if one.exact else 'from county to county'}"

    def _say_ask(self, one: UsualPartner) -> str:
        """What to ask; of a district whose counties are not on file, first whether it reaches."""
        county = self.counties[one.organization]
        if not county or self.counties[one.partner] == county:
            return one.role.ask
        if not self.reach.has_unknown_district(one.partner):
            return one.role.ask
        return f"whether it serves {county_name(county) or county}, and {one.role.ask}"


# -- what sessions agreed on -----------------------------------------------------------------------


def _list_outcomes(here: Network) -> Iterator[Need]:
    """Outcomes of sessions that are not done and name two organizations."""
    for row in judge_outcomes(here).itertuples():
        one, other = (int(k) for k in here.positions([row.owner, row.other]))
        if row.state in ("overdue", "open") and min(one, other) >= 0 and one != other:
            goal = f"does what was agreed: “{row.outcome}”"
            key = f"{OUTCOME}{row.outcome}"
            claims = {
                "outcome": row.outcome,
                "state": row.state,
                "agreed_on": "" if pd.isna(row.agreed_on) else say_date(row.agreed_on),
                "due": "" if pd.isna(row.due) else say_date(row.due),
            }
            severity = _weigh_outcome(here, row)
            place = find_county(row.place, str(here.organizations["state"].iloc[one]))
            yield Need(key, one, other, severity, _say_outcome(row), goal, place, claims)


def _weigh_outcome(here: Network, row: Any) -> float:
    if row.state == "overdue":
        return OVERDUE
    if pd.isna(row.due) or here.day is None or (row.due - here.day).days > SOON_DAYS:
        return AGREED
    return DUE_SOON


def _say_outcome(row: Any) -> str:
    agreed = "" if pd.isna(row.agreed_on) else f" on {say_date(row.agreed_on)}"
    due = "without a due date" if pd.isna(row.due) else f"due on {say_date(row.due)}"
    state = "overdue, " if row.state == "overdue" else ""
    return f"a session agreed{agreed} “{row.outcome}” ({state}{due})"
