"""Facts on file and counter-evidence in words that a person can repeat on the telephone."""

from __future__ import annotations

from collections.abc import Sequence

from ....core.arrays import IntArray
from ....core.text import count_noun, join_words
from .evidence import FAR_KM, Evidence, Reason

PHRASES = {
    "services": ("both offer", "service", "services"),
    "funding": ("both are paid from", "program", "programs"),
    "populations": ("both serve", "population", "populations"),
    "groups": ("both sit in", "group", "groups"),
    "places": ("both work in", "county", "counties"),
}
MOST_NAMED = 2  # nobody repeats more names on the telephone
MOST_CLAUSES = 3
MOST_COMPARED = 2000  # in a larger network nobody is compared with everybody for a sentence
LEAST_SHARE = 0.3  # "1 of 16 hospitals here" is no argument
MOST_AGAINST = 0.15  # "1 of 16 hospitals here" speaks against
NO_SERVICE = "No service in common is on file."  # of partners that complement, no surprise
LEAST_PEERS = 5  # of fewer than so many, nothing is said against
# What a person can repeat weighs more in the sentence than what only a matrix sees.
TELLING = {
    "shared partners": 6.0,
    "shared services": 3.0,
    "shared groups": 3.0,
    "shared funding": 3.0,
    "shared populations": 1.5,
    "same circle": 0.5,
    "hub": 0.5,
}


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


def _names(evidence: Evidence, positions: Sequence[int] | IntArray) -> list[str]:
    return [evidence.name(k) for k in positions]


def _join_few(names: Sequence[str]) -> str:
    """Join names; of four or more, two are said and the others counted."""
    return join_words(names, most=MOST_NAMED if len(names) > MOST_NAMED + 1 else 0)


def _say_shared_partners(evidence: Evidence, a: int, b: int) -> str:
    shared = evidence.shared_partners(a, b)
    if not len(shared):
        return ""
    return f"both work with {_join_few(_names(evidence, shared))}"


def _say_circle(evidence: Evidence, a: int, b: int) -> str:
    near, of = evidence.circle(a, b)
    if not near or of < 2:
        return ""
    know = "knows" if near == 1 else "know"
    return (
        f"{near} of the {of} partners of {evidence.name(b)} {know} partners of {evidence.name(a)}"
    )


def _say_like_you(evidence: Evidence, a: int, b: int) -> str:
    for one, other in ((a, b), (b, a)):
        working, of = evidence.kind_works_with(one, other)
        if of >= 2 and working >= LEAST_SHARE * of:
            name = evidence.name(other)
            return (
                f"{working} of {of} other {evidence.plural(one)} here {_work(working)} with {name}"
            )
    if evidence.graph.n > MOST_COMPARED:
        return ""
    for one, other in ((a, b), (b, a)):
        working, of = evidence.alike_work_with(one, other)
        if working >= LEAST_SHARE * of and working > 1:
            like = f"the {of} organizations most like {evidence.name(one)}"
            return f"{working} of {like} work with {evidence.name(other)}"
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
    first = evidence.plural(one)
    if evidence.kind[one] == evidence.kind[other]:
        return f"{working} of {of} {first} here {_work(working)} with another one"
    second = evidence.singular(other)
    return f"{working} of {of} {first} here {_work(working)} with {_article(second)} {second}"


def _work(number: int) -> str:
    return "works" if number == 1 else "work"


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
        return f"both work in {_join_few(shared)}"
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
    named = _join_few(shared)
    return f"{verb} {count_noun(len(shared), one, many)} ({named})"


def say_against(
    evidence: Evidence, a: int, b: int, reasons: Sequence[Reason], *, basis: str
) -> list[str]:
    """Say what speaks against a pair, as whole sentences; the list may be empty."""
    found = []
    if evidence.denied(a, b):
        found.append("One of the two answered that there is no tie.")
    if evidence.compete(a, b):
        found.append("They may compete (same kind, same county).")
    distance = evidence.distance_km(a, b)
    if distance >= FAR_KM:
        found.append(f"They are about {distance:.0f} km apart.")
    if basis.startswith("ties") and not len(evidence.shared_partners(a, b)):
        found.append("No shared partner is on file.")
    elif basis == "newcomer":
        newcomers = [k for k in (a, b) if not len(evidence.partners(k))]
        who = join_words([evidence.name(k) for k in newcomers])
        has, its = ("has", "its profile") if len(newcomers) == 1 else ("have", "their profiles")
        found.append(f"{who} {has} no tie on file, so this rests on {its} alone.")
    if any(r.name == "complementary kind" and r.contribution < 0 for r in reasons):
        found += _say_kinds_apart(evidence, a, b)
    if evidence.known("services", a, b) and not evidence.shared("services", a, b):
        found.append(NO_SERVICE)
    return [*found, *_say_pattern(reasons)]


def _say_pattern(reasons: Sequence[Reason]) -> list[str]:
    """Say that a score rests more on a pattern than on reasons that can be named."""
    pattern = sum(r.contribution for r in reasons if r.name == "pattern")
    named = sum(r.contribution for r in reasons if r.name != "pattern")
    return ["Pattern-based, weak reasons."] if pattern > 0 and pattern > named else []


def _say_kinds_apart(evidence: Evidence, a: int, b: int) -> list[str]:
    """Say that hardly any organizations of the two kinds have a tie on file."""
    working, of = evidence.kinds_that_work_together(a, b)
    if of < LEAST_PEERS or working > MOST_AGAINST * of:
        return []
    other = "another one"
    if evidence.kind[a] != evidence.kind[b]:
        other = f"{_article(evidence.singular(b))} {evidence.singular(b)}"
    few = {0: "None has", 1: "Only one has"}.get(working, f"Only {working} have")
    return [f"{few} a tie on file with {other}, of {of} {evidence.plural(a)} here."]


# What two could do together: of the facts in a sentence, one is of these where one speaks for it.
SUBSTANCE = ("shared services", "shared funding", "shared populations", "shared groups")


def choose_facts(reasons: Sequence[Reason]) -> list[str]:
    """Give the most telling facts in favour, as half sentences.

    The circle is left out where shared partners say it better; the last place is kept for what
    the two have in common.
    """
    told = [r for r in reasons if r.contribution >= 0 and r.evidence]
    if any(r.name == "shared partners" for r in told):
        told = [r for r in told if r.name != "same circle"]
    told.sort(key=lambda r: -round(r.contribution * TELLING.get(r.name, 1.0), 9))
    chosen = told[:MOST_CLAUSES]
    common = [r for r in told if r.name in SUBSTANCE]
    if common and not any(r.name in SUBSTANCE for r in chosen):
        chosen[-1] = common[0]
    return [r.evidence for r in chosen]


def say_reason(reasons: Sequence[Reason], *, affinity: bool = False) -> str:
    """Join the most telling facts into one sentence that can be said on the telephone."""
    facts = choose_facts(reasons)
    if not facts:
        return (
            "Little is on file that the two have in common."
            if affinity
            else "No single fact on file stands out; the score adds up small signs."
        )
    text = "; ".join(facts)
    if affinity:
        return f"By affinity, as no ties are on file: {text}."
    return f"{text[0].upper()}{text[1:]}."


def say_suggestion(
    start: str,
    reasons: Sequence[Reason],
    *,
    affinity: bool = False,
    door: str = "",
    against: Sequence[str] = (),
) -> str:
    """Say a suggestion so that it can be repeated: whom, why, through whom, and what is against it.

    Parameters
    ----------
    start : str
        Who could approach whom.
    reasons : sequence of Reason
        Why.
    affinity : bool, default False
        Whether it rests on what the two have in common, and on no tie.
    door : str, default ""
        A sentence on who could introduce them.
    against : sequence of str
        What speaks against it; the first of these is said, but that no service is shared.
    """
    facts = choose_facts(reasons)
    if affinity:
        start += ", going by what they have in common, as no ties are on file"
    why = f": {_join_facts(facts)}." if facts else f". {say_reason(reasons, affinity=affinity)}"
    doubts = [text for text in against if text != NO_SERVICE]
    doubt = f"Bear in mind: {_lower(doubts[0])}" if doubts else ""
    return " ".join(part for part in (start + why, door, doubt) if part)


def _join_facts(facts: Sequence[str]) -> str:
    return facts[0] if len(facts) == 1 else f"{'; '.join(facts[:-1])}; and {facts[-1]}"


def _lower(sentence: str) -> str:
    """Begin a sentence small, unless it begins with a name."""
    plain = sentence.startswith(("One of", "They ", "No ", "None ", "Only ", "Pattern-based"))
    return f"{sentence[0].lower()}{sentence[1:]}" if plain else sentence
