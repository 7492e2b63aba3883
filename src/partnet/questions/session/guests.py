"""Who should attend beyond the grantees, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pandas as pd

from ...core.arrays import BoolArray
from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import join_words
from ...facts.geography.locations import center_of, distances_from, locate_organizations
from ...facts.geography.reach import find_reach
from ...facts.graph.collaboration import build_layer
from ...facts.identity.approachable import from_public_files
from ..gaps.voice import VOICES
from ..recommendation.needs import USUAL, Need, say_usual
from .focus import EVERYTHING, Focus
from .place import Place
from .shown import GUESTS

NEED, LACKING, RULE, VOICE, TIED = 1.5, 1.0, 0.9, 0.5, 0.1  # what each reason to invite weighs
USUALLY = 0.4  # less than a voice: nothing but the kinds of the two tells of it
MOST_TIED = 5  # ties to attendees beyond which more say no more
LEAST_TIED = 3  # ties to attendees from which they are a reason
MOST_GUESTS = 8
FAR = 1e9  # kilometers to those of whom no place is known
GUEST_KM = 120.0  # whom nothing open names comes so far to a session of counties
FITTING = 0.5  # whoever speaks for a sector works in a larger share of the counties of the place


Key = tuple[str, str]  # what a reason is about: ("service", "home health"), ("voice", "housing")


@dataclass
class _Reasons:
    """Reasons to invite, by organization: what each is about, its weight and its words."""

    of: dict[str, dict[Key, tuple[float, str]]] = field(default_factory=dict)

    def add(self, organization: str, key: Key, weight: float, words: str) -> None:
        """Add one reason; the first about a thing stays."""
        self.of.setdefault(organization, {}).setdefault(key, (weight, words))

    def names(self, organization: str, gap: str) -> bool:
        """Tell whether a gap is a reason to invite somebody already, as a need of one who comes."""
        return ("need", gap) in self.of.get(organization, {})

    def choose(
        self, barred: set[str], most: int, spoken: Mapping[str, set[Key]]
    ) -> Iterator[tuple[str, float, str]]:
        """Choose one after the other whose reasons, beyond those covered already, weigh most.

        Whoever comes speaks for its sector, whatever it is asked for.
        """
        left = {id_: dict(found) for id_, found in sorted(self.of.items()) if id_ not in barred}
        for _ in range(most):
            weights = {id_: sum(weight for weight, _ in r.values()) for id_, r in left.items()}
            best = max(weights, key=lambda id_: (round(weights[id_], 9), _before(id_)), default="")
            if not best or not weights[best]:
                return
            chosen = left.pop(best)
            yield best, weights[best], _say_reasons(chosen)
            for found in left.values():
                for key in {*chosen, *spoken[best]}:
                    found.pop(key, None)


TEXTS = {
    "need": "{}",
    "usual": "{}",
    "service": "the nearest on file for what the place lacks: {}",
    "rule": "could meet a rule of {}",
    "voice": "nobody who attends speaks for {}",
    "ties": "{}",
}


def _say_reasons(reasons: dict[Key, tuple[float, str]]) -> str:
    """Say reasons in words, those of one sort together."""
    parts = []
    for sort, text in TEXTS.items():
        named = [words for (of, _), (_, words) in reasons.items() if of == sort]
        named = _join_roles(reasons) if named and sort == "usual" else named
        if named:
            parts.append(text.format(join_words(named, most=3)))
    return "; ".join(parts)


def _join_roles(reasons: dict[Key, tuple[float, str]]) -> list[str]:
    """Say every role that somebody could fill, and for whom: "an ambulance service for A and B"."""
    names: dict[str, list[str]] = {}
    for (of, about), (_, name) in reasons.items():
        if of == "usual":
            names.setdefault(about.partition(":")[0].removeprefix(USUAL), []).append(name)
    return [say_usual("", role, asking) for role, asking in names.items()]


def _say_need(need: Need, name: str) -> str:
    """Say what waits for a guest, and who attends for whom it does."""
    if need.is_outcome:
        return f"what was agreed with {name} waits for it: “{need.claims['outcome']}”"
    return f"{need.goal} ({name})"


def _before(id_: str) -> tuple[int, ...]:
    """A key under which the lower id is the greater."""
    return tuple(-ord(letter) for letter in id_)


def suggest_partners(
    here: Network,
    place: Place,
    attendees: Sequence[str],
    gaps: pd.DataFrame,
    *,
    needs: Mapping[tuple[str, str], Need] = MappingProxyType({}),
    focus: Focus = EVERYTHING,
    asked: Collection[str] = (),
    most: int = MOST_GUESTS,
) -> tuple[pd.DataFrame, list[str]]:
    """Suggest whom to invite beside those of the place, and name voices that nobody on file has.

    Only those who could work with somebody who comes are named (see :class:`Reach`), and those with
    whom a session agreed something. Weight = 1.5 for each open need of an attendee that it would
    meet (a gap counts once), 1 for each service that the place lacks and it is the nearest to
    offer, 0.9 for each rule of an attendee that it could meet, 0.4 for each role that it could fill
    for an attendee where no working tie is on file, 0.5 for each sector that none of them speaks
    for and it is the nearest of those who work in more than half of the counties, 0.1 for each
    working tie with attendees (at most five, and from three on). For the last two nobody comes
    farther than 120 km to a session of counties. Guests are chosen one after the other, and what
    one brings no longer counts for the next. Equal weights go to the lower id.

    Parameters
    ----------
    here : Network
        The network on the day.
    place : Place
        The place.
    attendees : sequence of str
        Ids of those who come anyway.
    gaps : DataFrame
        Gaps of the place, of the kinds coverage and rule.
    needs : mapping of pairs of ids to Need
        What the session could meet: who is named there and does not come anyway is a guest.
    focus : Focus
        What it is about; others come only where a gap or a need names them.
    asked : collection of str
        Ids of those who were asked already, whatever they answered: they are no guests.
    most : int, default 8
        How many to suggest.

    Returns
    -------
    DataFrame, list of str
        ``organization``, ``name``, ``kind`` (label), ``km`` (from the middle of the place, as the
        crow flies; NaN for a State), ``reasons``, ``weight``; and the voices
        (housing, employers, …) for which nobody on file works in more than half of the counties,
        and for a session of counties within 120 km of their middle.
    """
    reasons = _Reasons()
    for (a, b), need in needs.items():
        for one, other in ((a, b), (b, a)):
            if one in attendees or other not in attendees:
                continue
            if not need.is_usual:
                reasons.add(one, ("need", need.key), NEED, _say_need(need, here.name(other)))
            elif one == here.ids[need.partner]:  # who would ask somebody of the place is no guest
                reasons.add(one, ("usual", need.key), USUALLY, here.name(other))
    lacking = gaps["status"] == "no provider on file"  # not where one alone offers the service
    for gap in gaps[(gaps["kind"] == "coverage") & lacking].itertuples():
        words = f"{gap.rule} ({gap.place_name})"
        if not reasons.names(str(gap.organization), str(gap.gap_id)):
            reasons.add(str(gap.organization), ("service", str(gap.rule)), LACKING, words)
    rules = gaps[(gaps["kind"] == "rule") & gaps["organization"].isin(attendees)]
    for gap in rules.itertuples():
        words = str(gap.organization_name)
        if not reasons.names(str(gap.other), str(gap.gap_id)):
            reasons.add(str(gap.other), ("rule", str(gap.organization)), RULE, words)
    near = _come_so_far(here, place)
    absent = [] if focus.words else list(_add_voices(here, place, attendees, reasons, near))
    if not focus.words:
        _add_tied(here, attendees, reasons, near)
    barred = {*attendees, *asked, here.convener, "", *here.ids[here.is_context]}
    agreed = {id_ for pair, need in needs.items() if need.is_outcome for id_ in pair}
    barred |= _list_beyond(here, attendees, set(reasons.of) - agreed)
    kinds = {id_: kind.label for id_, kind in here.vocabulary.kinds.items()}
    kind_of = here.organizations["kind"]
    km = _distances(here, place, unknown=float("nan"))
    rows = [
        (
            id_,
            here.name(id_),
            kinds[here.organizations.at[id_, "kind"]],
            float("nan") if place.whole else float(km[here.ids.get_loc(id_)]),
            words,
            weight,
        )
        for id_, weight, words in reasons.choose(barred, most, _list_spoken(here, reasons.of))
    ]
    coming = {str(kind_of[row[0]]) for row in rows}
    return pd.DataFrame(rows, columns=GUESTS.names), [
        label for label in absent if not coming & {*VOICES[label]}
    ]


def _add_voices(
    here: Network, place: Place, attendees: Iterable[str], reasons: _Reasons, near: BoolArray
) -> Iterator[str]:
    """Add the nearest of each sector that nobody of them speaks for; give those without any.

    It works in most of the counties: for a State speaks who works across it, not the police of one
    town. Where an organization is may not be known: then it is asked.
    """
    kinds = here.organizations["kind"]
    present = set(kinds[list(attendees)])
    km = _distances(here, place)
    fits = near & (find_reach(here).cover(place.counties) > FITTING if place.counties else True)
    for label, spoken in VOICES.items():
        if present & set(spoken):
            continue
        speaking = kinds.isin(spoken).to_numpy() & ~here.is_context.to_numpy()
        there = np.flatnonzero(speaking & fits)
        if not len(there):
            yield label
        else:
            nearest = here.ids[there[int(np.argmin(km[there]))]]
            reasons.add(str(nearest), ("voice", label), VOICE, label)


def _list_spoken(here: Network, ids: Iterable[str]) -> dict[str, set[Key]]:
    """Give the voices that each would bring, by its kind."""
    kinds = here.organizations["kind"]
    return {
        id_: {("voice", label) for label, spoken in VOICES.items() if id_ and kinds[id_] in spoken}
        for id_ in ids
    }


def _come_so_far(here: Network, place: Place) -> BoolArray:
    """Tell who would come though nothing open names it: to a State everybody, else who is near.

    Whose place nobody knows may be near where somebody typed it, and is nowhere in a public file.
    """
    km = _distances(here, place)
    lost = np.isnan(locate_organizations(here)).any(axis=1) & from_public_files(here)
    return np.asarray((place.whole | ~((km > GUEST_KM) & (km < FAR))) & ~lost)


def _list_beyond(here: Network, attendees: Sequence[str], named: set[str]) -> set[str]:
    """Who could work with nobody of those who come: a district or the distance is between them."""
    if not attendees:
        return set()
    reach, inside = find_reach(here), np.asarray(here.positions(attendees), dtype=np.int64)
    guests = sorted(named - {"", *attendees})
    return {
        id_
        for id_, at in zip(guests, here.positions(guests), strict=True)
        if at >= 0 and not reach.allow(int(at), inside).any()
    }


def _distances(here: Network, place: Place, *, unknown: float = FAR) -> np.ndarray:
    """Kilometers from the middle of the place by position; far away where not known."""
    centers = np.array([center_of(code) for code in place.counties], dtype=float).reshape(-1, 2)
    known = centers[~np.isnan(centers).any(axis=1)]
    if not len(known):
        return np.full(here.n, unknown)
    middle = tuple(known.mean(axis=0))
    return np.nan_to_num(
        np.round(distances_from(middle, locate_organizations(here)), 6), nan=unknown
    )


def _add_tied(here: Network, attendees: Sequence[str], reasons: _Reasons, near: BoolArray) -> None:
    """Add those who work with several attendees already."""
    binary = build_layer(here).binary
    inside = np.zeros(here.n)
    inside[here.positions(attendees)] = 1.0
    tied = binary @ inside
    for position in np.flatnonzero((tied >= LEAST_TIED) & near):
        n = int(tied[position])
        words = f"works with {n:,} of those who attend"
        id_ = str(here.ids[position])
        reasons.add(id_, ("ties", id_), TIED * min(n, MOST_TIED), words)


def say_guests(table: pd.DataFrame, absent: list[str], place: Place) -> Iterator[Sentence]:
    """Say whom to invite, and whose voice nobody on file has."""
    if len(table):
        first = table.head(3)
        named = [
            f"{name} ({reasons})"
            for name, reasons in zip(first["name"], first["reasons"], strict=True)
        ]
        claims = {"guests": len(table), "first": first["name"].tolist()}
        yield Sentence("guests", f"Invite as well: {join_words(named)}.", claims)
    whole = place.name if len({code[:2] for code in place.counties}) > 1 else "the State"
    near = f"who works across {whole}" if place.whole else "within reach"
    if absent:
        yield Sentence(
            "voices",
            f"Nobody on file {near} speaks for {join_words(absent, final='or')}: ask partners who "
            "does, and invite them.",
            {"absent": absent},
        )
