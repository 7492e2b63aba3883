"""Why: the exact contributions of a score, grouped into named reasons, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, isnan

import numpy as np
import numpy.typing as npt

from ..wording import count_noun, join_words
from .evidence import FAR_KM, Evidence
from .features import PairFeatures
from .scores import PairSet

FloatArray = npt.NDArray[np.float64]

# Columns that always go to one reason; similarity and rare_match are split by field.
REASON_OF_COLUMN = {
    "resource_allocation": "shared partners",
    "pagerank": "same circle",
    "collaborative": "same circle",
    "spectral_blocks": "same circle",
    "louvain_blocks": "same circle",
    "positions": "same circle",
    "strong_partners": "shared partners",
    "pattern": "pattern",
    "popularity": "hub",
    "mixing": "complementary kind",
    "like_you": "organizations like you",
    "mixing_hub": "organizations like you",
    "services": "shared services",  # the columns of affinity are its families
    "funding": "shared funding",
    "populations": "shared populations",
    "places": "geography",
    "groups": "shared groups",
}
REASON_OF_FIELD = {
    "kind": "same kind",
    "sector": "same kind",
    "county_fips": "geography",
    "places": "geography",
    "distance": "geography",
    "services": "shared services",
    "funding": "shared funding",
    "populations": "shared populations",
    "groups": "shared groups",
}
OTHER_FIELD = "profile"
NOTHING_SHARED = "little in common"
PHRASES = {
    "services": ("both offer", "service", "services"),
    "funding": ("both are paid from", "program", "programs"),
    "populations": ("both serve", "population", "populations"),
    "groups": ("both sit in", "group", "groups"),
    "places": ("both work in", "county", "counties"),
}
MOST_NAMED = 3
MOST_CLAUSES = 3
LEAST_SHARE = 0.3  # "1 of 16 hospitals here" is no argument
# What a person can repeat weighs more in the sentence than what only a matrix sees.
TELLING = {
    "shared partners": 2.0,
    "shared services": 3.0,
    "shared groups": 3.0,
    "shared funding": 3.0,
    "shared populations": 1.5,
    "same circle": 0.5,
    "hub": 0.5,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One named reason.

    Attributes
    ----------
    name : str
        For example "shared partners".
    contribution : float
        What it adds to the score; the contributions of a pair add up to it.
    odds : float
        e^(calibration slope x contribution): by how much it multiplies the odds.
    evidence : str
        What is on file, as half a sentence; "" if nothing can be named.
    """

    name: str
    contribution: float
    odds: float
    evidence: str


def explain_score(
    pairs: PairSet, row: int, features: PairFeatures, evidence: Evidence, a: int, b: int
) -> list[Reason]:
    """Take one score apart into named reasons, the strongest in favour first.

    The contributions add up to the score exactly: columns go whole to one reason, but for
    similarity and rare matches, which are divided among the fields they come from.
    """
    added: dict[str, float] = {}
    for column, value in zip(pairs.columns, pairs.contributions(row), strict=True):
        if value or column == "resource_allocation":  # a shared partner is always worth naming
            for name, part in _divide(column, float(value), features, a, b).items():
                added[name] = added.get(name, 0.0) + part
    found = [
        Reason(name, value, _odds(pairs.slope * value), say_evidence(name, evidence, a, b))
        for name, value in added.items()
    ]
    return sorted(found, key=lambda reason: (-round(reason.contribution, 9), reason.name))


def _odds(log_odds: float) -> float:
    return exp(max(min(log_odds, 50.0), -50.0))


def _divide(column: str, value: float, features: PairFeatures, a: int, b: int) -> dict[str, float]:
    """Divide the contribution of a column among reasons."""
    if column in REASON_OF_COLUMN:
        return {REASON_OF_COLUMN[column]: value}
    parts = _parts_by_reason(column, features, a, b)
    agreeing = {name: abs(part) for name, part in parts.items() if part * value > 0}
    total = sum(agreeing.values())
    if total < 1e-12:
        return {"much in common" if value > 0 else NOTHING_SHARED: value}
    return {name: value * part / total for name, part in agreeing.items()}


def _parts_by_reason(column: str, features: PairFeatures, a: int, b: int) -> dict[str, float]:
    i, j = np.array([a]), np.array([b])
    parts: dict[str, float] = {}
    for number, part in enumerate(features.fields):
        if column == "rare_match":
            value = float(part.rarity(i, j)[0])
        else:
            match = float(part.match(i, j)[0])
            value = 0.0 if isnan(match) else match - features.mean_match[number]
        name = REASON_OF_FIELD.get(part.name, OTHER_FIELD)
        parts[name] = parts.get(name, 0.0) + value
    return parts


# -- evidence in words ----------------------------------------------------------------------------


def say_evidence(name: str, evidence: Evidence, a: int, b: int) -> str:
    """Say what is on file for one reason as half a sentence, or ""."""
    sayings = {
        "shared partners": _say_shared_partners,
        "same circle": _say_circle,
        "organizations like you": _say_like_you,
        "complementary kind": _say_kinds,
        "same kind": _say_same_kind,
        "geography": _say_geography,
        "hub": _say_hub,
        "shared services": lambda e, a, b: _say_shared(e, "services", a, b),
        "shared funding": lambda e, a, b: _say_shared(e, "funding", a, b),
        "shared populations": lambda e, a, b: _say_shared(e, "populations", a, b),
        "shared groups": lambda e, a, b: _say_shared(e, "groups", a, b),
    }
    return sayings[name](evidence, a, b) if name in sayings else ""


def _names(evidence: Evidence, positions: Sequence[int] | npt.NDArray[np.int64]) -> list[str]:
    return [evidence.name(k) for k in positions]


def _say_shared_partners(evidence: Evidence, a: int, b: int) -> str:
    shared = evidence.shared_partners(a, b)
    if not len(shared):
        return ""
    named = join_words(_names(evidence, shared), most=MOST_NAMED)
    return f"both work with {named}"


def _say_circle(evidence: Evidence, a: int, b: int) -> str:
    near, of = evidence.circle(a, b)
    if not near or of < 2:
        return ""
    name = evidence.name(b)
    own = evidence.name(a)
    return f"{near} of the {of} partners of {name} work with a partner of {own}"


def _say_like_you(evidence: Evidence, a: int, b: int) -> str:
    for one, other in ((a, b), (b, a)):
        working, of = evidence.kind_works_with(one, other)
        if of >= 2 and working >= LEAST_SHARE * of:
            name = evidence.name(other)
            return f"{working} of {of} other {evidence.plural(one)} here work with {name}"
    return ""


def _say_kinds(evidence: Evidence, a: int, b: int) -> str:
    options = []
    for one, other in ((a, b), (b, a)):
        working, of = evidence.kinds_that_work_together(one, other)
        if of >= 2 and working >= LEAST_SHARE * of:
            options.append((working / of, working, of, one, other))
    if not options:
        return ""
    _, working, of, one, other = max(options, key=lambda option: option[:2])
    first, second = evidence.plural(one), evidence.singular(other)
    return f"{working} of {of} {first} here work with {_article(second)} {second}"


def _article(noun: str) -> str:
    vowels = "aeiou" if not noun[:2].isupper() else "AEFHILMNORSX"
    return (
        "an" if noun[:1] in vowels or (noun[:1].lower() in "aeio" and noun[1:2].islower()) else "a"
    )


def _say_same_kind(evidence: Evidence, a: int, b: int) -> str:
    same = evidence.kind[a] == evidence.kind[b]
    return f"both are {evidence.plural(a)}" if same else ""


def _say_geography(evidence: Evidence, a: int, b: int) -> str:
    shared = evidence.shared("places", a, b)
    if len(shared) > 1:
        return f"both work in {join_words(shared, most=MOST_NAMED)}"
    if shared:
        return f"both work in {shared[0]}"
    if evidence.are_neighbours(a, b):
        return "their counties border each other"
    distance = evidence.distance_km(a, b)
    return f"they are about {distance:.0f} km apart" if distance < FAR_KM / 2 else ""


def _say_hub(evidence: Evidence, a: int, b: int) -> str:
    ties = len(evidence.partners(b))
    name = evidence.name(b)
    return f"{name} works with {count_noun(ties, 'organization')} here" if ties > 1 else ""


def _say_shared(evidence: Evidence, family: str, a: int, b: int) -> str:
    shared = evidence.shared(family, a, b)
    if not shared:
        return ""
    verb, one, many = PHRASES[family]
    if len(shared) == 1:
        return f"{verb} {shared[0]}"
    named = join_words(shared, most=MOST_NAMED)
    return f"{verb} {count_noun(len(shared), one, many)} ({named})"


def say_against(evidence: Evidence, a: int, b: int, *, basis: str) -> list[str]:
    """Say what speaks against a pair, as whole sentences; the list may be empty."""
    found = []
    name = evidence.name(b)
    if evidence.denied(a, b):
        found.append("One of the two answered that there is no tie.")
    if evidence.compete(a, b):
        found.append("They may compete: same kind, same county.")
    distance = evidence.distance_km(a, b)
    if distance >= FAR_KM:
        found.append(f"They are about {distance:.0f} km apart.")
    if basis.startswith("ties") and not len(evidence.shared_partners(a, b)):
        found.append("No shared partner is on file.")
    elif basis == "newcomer":
        newcomer = evidence.name(a) if not len(evidence.partners(a)) else name
        found.append(f"{newcomer} has no tie on file, so this rests on its profile alone.")
    if evidence.known("services", a, b) and not evidence.shared("services", a, b):
        found.append("No service in common is on file.")
    return found


# What two could do together: of the facts in a sentence, one is of these where one speaks for it.
SUBSTANCE = ("shared services", "shared funding", "shared populations", "shared groups")


def _choose_facts(told: Sequence[Reason]) -> list[Reason]:
    """The most telling facts; the last place is kept for what the two have in common."""
    chosen = list(told[:MOST_CLAUSES])
    common = [r for r in told if r.name in SUBSTANCE]
    if common and not any(r.name in SUBSTANCE for r in chosen):
        chosen[-1] = common[0]
    return chosen


def say_reason(reasons: Sequence[Reason], *, affinity: bool = False) -> str:
    """Join the most telling facts into one sentence that can be said on the telephone."""
    told = [r for r in reasons if r.contribution >= 0 and r.evidence]
    told.sort(key=lambda r: -round(r.contribution * TELLING.get(r.name, 1.0), 9))
    clauses = [r.evidence for r in _choose_facts(told)]
    if not clauses:
        return (
            "No single fact on file stands out; the score adds up small signs."
            if not affinity
            else "Little is on file that the two have in common."
        )
    text = "; ".join(clauses)
    if affinity:
        return f"By affinity, as no ties are on file: {text}."
    return f"{text[0].upper()}{text[1:]}."
