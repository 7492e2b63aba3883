"""Facts on file and counter-evidence in words that a person can repeat on the telephone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ....core.arrays import IntArray
from ....core.results.result import Sentence
from ....core.wording.text import (
    choose_article,
    count_noun,
    join_words,
    raise_first,
    say_date,
    start_small,
)
from ....core.wording.units import say_about, say_distance
from ..needs import Need
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
MOST_NEEDS = 2
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

NOTHING = Sentence("", "")


def say_evidence(name: str, evidence: Evidence, a: int, b: int) -> Sentence:
    """Say what is on file for one reason as half a sentence, or ""."""
    phrases = {
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
    if name not in phrases:
        return NOTHING
    text, claims = phrases[name](evidence, a, b)
    return Sentence(name, text, claims) if text else NOTHING


Said = tuple[str, dict[str, Any]]  # half a sentence, and what it claims


def _names(evidence: Evidence, positions: Sequence[int] | IntArray) -> list[str]:
    return [evidence.name(k) for k in positions]


def _join_few(names: Sequence[str]) -> str:
    """Join names; of four or more, two are said and the others counted."""
    return join_words(names, most=MOST_NAMED if len(names) > MOST_NAMED + 1 else 0)


def _say_shared_partners(evidence: Evidence, a: int, b: int) -> Said:
    names = _names(evidence, evidence.shared_partners(a, b))
    text = f"both work with {_join_few(names)}" if names else ""
    return text, {"shared_partners": names}


def _say_circle(evidence: Evidence, a: int, b: int) -> Said:
    near, of = evidence.circle(a, b)
    if not near or of < 2:
        return "", {}
    know = "knows" if near == 1 else "know"
    text = (
        f"{near} of the {of} partners of {evidence.name(b)} {know} partners of {evidence.name(a)}"
    )
    return text, {"near": near, "of": of, "organization": evidence.name(a)}


def _say_like_you(evidence: Evidence, a: int, b: int) -> Said:
    for one, other in ((a, b), (b, a)):
        working, of = evidence.kind_works_with(one, other)
        if evidence.has_kind(one) and of >= 2 and working >= LEAST_SHARE * of:
            name, kind = evidence.name(other), evidence.plural(one)
            text = f"{working} of {of} other {kind} here {_work(working)} with {name}"
            return text, {"working": working, "of": of, "kind": kind, "partner": name}
    if evidence.graph.n > MOST_COMPARED:
        return "", {}
    for one, other in ((a, b), (b, a)):
        working, of = evidence.alike_work_with(one, other)
        if working >= LEAST_SHARE * of and working > 1:
            name, like = evidence.name(other), evidence.name(one)
            text = f"{working} of the {of} organizations most like {like} work with {name}"
            return text, {"working": working, "of": of, "like": like, "partner": name}
    return "", {}


def _say_kinds(evidence: Evidence, a: int, b: int) -> Said:
    options = []
    if not (evidence.has_kind(a) and evidence.has_kind(b)):
        return "", {}
    for one, other in ((a, b), (b, a)):
        working, of = evidence.kinds_that_work_together(one, other)
        if of >= 2 and working >= LEAST_SHARE * of:
            options.append((working / of, working, of, one, other))
    if not options:
        return "", {}
    _, working, of, one, other = max(options, key=lambda option: option[:2])
    first, second = evidence.plural(one), f"another {evidence.singular(other)}"
    whom = "another one"
    if evidence.kind[one] != evidence.kind[other]:
        second = evidence.singular(other)
        whom = f"{choose_article(second)} {second}"
    text = f"{working} of {of} {first} here {_work(working)} with {whom}"
    return text, {"working": working, "of": of, "kind": first, "with": second}


def _work(number: int) -> str:
    return "works" if number == 1 else "work"


def _say_same_kind(evidence: Evidence, a: int, b: int) -> Said:
    kind, same = evidence.plural(a), evidence.kind[a] == evidence.kind[b]
    return f"both are {kind}" if same and evidence.has_kind(a) else "", {"kind": kind}


def _say_geography(evidence: Evidence, a: int, b: int) -> Said:
    shared = evidence.shared("places", a, b)
    if shared:
        named = _join_few(shared) if len(shared) > 1 else shared[0]
        return f"both work in {named}", {"counties": shared}
    if evidence.are_neighbors(a, b):
        return "their counties border each other", {}
    distance = evidence.distance_km(a, b)
    if not distance < FAR_KM / 2:
        return "", {}
    far = say_about(distance, evidence.here.units)
    return f"they are {far} apart", {"distance_km": distance}


def _say_hub(evidence: Evidence, a: int, b: int) -> Said:
    ties, name, events = len(evidence.partners(b)), evidence.name(b), evidence.graph.events
    if events is not None:
        met = int(events.indptr[b + 1] - events.indptr[b])
        text = f"{name} took part in {met:,} meetings or agreements on file" if met > 1 else ""
        return text, {"partner": name, "meetings": met}
    text = f"{name} works with {count_noun(ties, 'organization')} here" if ties > 1 else ""
    return text, {"partner": name, "ties": ties}


def _say_shared(evidence: Evidence, family: str, a: int, b: int) -> Said:
    shared = evidence.shared(family, a, b)
    if family == "services":
        shared = [start_small(service) for service in shared]
    verb, one, many = PHRASES[family]
    text = ""
    if len(shared) == 1:
        text = f"{verb} {shared[0]}"
    elif shared:
        text = f"{verb} {count_noun(len(shared), one, many)} ({_join_few(shared)})"
    return text, {family: shared}


# -- what speaks against --------------------------------------------------------------------------


def say_against(
    evidence: Evidence, a: int, b: int, reasons: Sequence[Reason], *, basis: str
) -> list[Sentence]:
    """Say what speaks against a pair, as whole sentences; the list may be empty."""
    found = []
    if (begins := evidence.begins(a, b)) is not None:
        day = say_date(begins)
        text = f"A tie of the two is on file that begins on {day}."
        found.append(Sentence("begins", text, {"begins": day}))
    if evidence.denied(a, b):
        found.append(Sentence("denied", "One of the two answered that there is no tie."))
    if evidence.compete(a, b):
        found.append(Sentence("rivals", "They may compete (same kind, same county)."))
    if brand := evidence.brand(a, b):
        text = f"Both are called {brand}: they may belong to one system; please check."
        found.append(Sentence("brand", text, {"brand": brand}))
    distance = evidence.distance_km(a, b)
    if distance >= FAR_KM:
        text = f"They are about {say_distance(distance, evidence.here.units)} apart."
        found.append(Sentence("distance", text, {"distance_km": distance}))
    if basis.startswith("ties") and not len(evidence.shared_partners(a, b)):
        found.append(Sentence("no_shared_partner", "No shared partner is on file."))
    elif basis == "newcomer":
        found.append(_say_newcomers(evidence, a, b))
    if any(r.name == "complementary kind" and r.contribution < 0 for r in reasons):
        found += _say_kinds_apart(evidence, a, b)
    if evidence.known("services", a, b) and not evidence.shared("services", a, b):
        found.append(Sentence("no_service", NO_SERVICE))
    return [*found, *_say_pattern(reasons)]


def _say_newcomers(evidence: Evidence, a: int, b: int) -> Sentence:
    names = _names(evidence, [k for k in (a, b) if not len(evidence.partners(k))])
    has, its = ("has", "its profile") if len(names) == 1 else ("have", "their profiles")
    text = f"{join_words(names)} {has} no working tie on file, so this rests on {its} alone."
    return Sentence("newcomers", text, {"newcomers": names})


def _say_pattern(reasons: Sequence[Reason]) -> list[Sentence]:
    """Say that a score rests more on a pattern than on reasons that can be named."""
    pattern = sum(r.contribution for r in reasons if r.name == "pattern")
    named = sum(r.contribution for r in reasons if r.name != "pattern")
    if not (pattern > 0 and pattern > named):
        return []
    return [Sentence("pattern", "Pattern-based, weak reasons.")]


def _say_kinds_apart(evidence: Evidence, a: int, b: int) -> list[Sentence]:
    """Say that hardly any organizations of the two kinds have a tie on file."""
    working, of = evidence.kinds_that_work_together(a, b)
    known = evidence.has_kind(a) and evidence.has_kind(b)
    if not known or of < LEAST_PEERS or working > MOST_AGAINST * of:
        return []
    other = "another one"
    if evidence.kind[a] != evidence.kind[b]:
        other = f"{choose_article(evidence.singular(b))} {evidence.singular(b)}"
    few = {0: "None has", 1: "Only one has"}.get(working, f"Only {working} have")
    kind = evidence.plural(a)
    text = f"{few} a tie on file with {other}, of {of} {kind} here."
    claims = {"working": working, "of": of, "kind": kind, "with": evidence.singular(b)}
    return [Sentence("kinds_apart", text, claims)]


# -- the suggestion -------------------------------------------------------------------------------

# What two could do together: of the facts in a sentence, one is of these where one speaks for it.
TELLING_BESIDE_NEED = ("shared funding", "shared populations", "shared groups")
SUBSTANCE = ("shared services", "shared funding", "shared populations", "shared groups")


def choose_facts(reasons: Sequence[Reason]) -> list[Sentence]:
    """Give the most telling facts in favor, as half sentences.

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


def say_need(needs: Sequence[Need], of: int = -1, *, named: bool = False) -> Sentence:
    """Say the two worst needs, and how many more there are; "" without any.

    `of` is who is told of the other: its own usual partner comes first, in few words where both
    were `named` before, and what it is to the other in fewer.
    """
    if not needs:
        return NOTHING
    severity = max(need.severity for need in needs)
    needs = _order_usual(needs, of)
    more = len(needs) - MOST_NEEDS
    told = [_shorten(need, of, k) if named else need.text for k, need in enumerate(needs)]
    told = told[:MOST_NEEDS]
    rest = f"; and {count_noun(more, 'further need')}" if more > 0 else ""
    claims = {
        "needs": [need.goal for need in needs],
        "severity": severity,
        "more": max(more, 0),
        **{f"need_{k}": dict(need.claims) for k, need in enumerate(needs[:MOST_NEEDS], start=1)},
    }
    return Sentence("need", f"{'; '.join(told)}{rest}", claims)


def _shorten(need: Need, of: int, place: int) -> str:
    """Say a need of two who were named; behind another, what one could be to the other in short."""
    if need.organization == of:
        return need.short or need.text
    if need.is_usual and place:
        return f"the other way round, {need.claims['partner']} could be {need.role}"
    return need.text


def _order_usual(needs: Sequence[Need], of: int) -> list[Need]:
    """Needs with a usual partner of one's own before that of the other.

    Where each is the same to the other, it is said once.
    """
    own = {need.role for need in needs if need.organization == of}
    kept = [need for need in needs if need.organization == of or need.role not in own - {""}]
    return sorted(kept, key=lambda need: need.is_usual and need.organization != of)


def say_reason(
    reasons: Sequence[Reason], *, affinity: bool = False, need: Sentence = NOTHING
) -> Sentence:
    """Join need and the most telling facts into one sentence for the telephone."""
    facts = choose_facts(reasons)
    text = "; ".join(facts)
    if not facts and affinity:
        text = "" if need else "Little is on file that the two have in common."
    elif not facts:
        text = "No single fact on file stands out; the score adds up small signs."
        text = "" if need else text
    elif affinity:
        text = f"By affinity, as no working tie is on file: {text}."
    else:
        text = f"{raise_first(text)}."
    if need:
        text = f"{raise_first(need) if affinity else f'Needed: {need}'}. {text}".rstrip()
    return Sentence("reason", text, _gather_claims([need, *facts] if need else facts))


def say_suggestion(
    start: Sentence,
    reasons: Sequence[Reason],
    *,
    affinity: bool = False,
    introducer: Sentence = NOTHING,
    against: Sequence[Sentence] = (),
    need: Sentence = NOTHING,
    caveat: bool = True,
) -> Sentence:
    """Say a suggestion so that it can be repeated: whom, why, through whom, and what is against it.

    Parameters
    ----------
    start : Sentence
        Who could approach whom.
    reasons : sequence of Reason
        Why.
    affinity : bool, default False
        Whether it rests on what the two have in common, and on no tie.
    introducer : Sentence, default ""
        A sentence on who could introduce them.
    against : sequence of Sentence
        What speaks against it; the first of these is said, but that no service is shared.
    need : Sentence, default ""
        What a tie is needed for; it is said first.
    caveat : bool, default True
        On affinity: whether to say that no working tie is on file; not where it was said before.
    """
    facts = choose_facts(reasons)
    begun = str(start)
    if need and affinity:  # a county in common, or a service of every hospital, adds nothing to it
        facts = [fact for fact in facts if fact.name in TELLING_BESIDE_NEED]
    if need:
        facts = [need, *facts[: MOST_CLAUSES - 1]]
    if affinity:
        by = "" if need else ", going by what they have in common"
        begun += f"{by}{' (no working tie is on file)' if caveat else ''}"
    why = f": {_join_facts(facts)}." if facts else f". {say_reason(reasons, affinity=affinity)}"
    doubts = [said for said in against if said.name != "no_service"][:1]
    doubt = f"Bear in mind: {_lower(doubts[0])}" if doubts else ""
    text = " ".join(part for part in (begun + why, introducer, doubt) if part)
    claims = {**start.claims, **introducer.claims, **_gather_claims([*facts, *doubts])}
    return Sentence("suggestion", text, claims)


def _gather_claims(facts: Sequence[Sentence]) -> dict[str, Any]:
    """Claims of several facts, by the name of each."""
    return {said.name: dict(said.claims) for said in facts}


def _join_facts(facts: Sequence[str]) -> str:
    return facts[0] if len(facts) == 1 else f"{'; '.join(facts[:-1])}; and {facts[-1]}"


def _lower(sentence: Sentence) -> str:
    """Begin a sentence small, unless it begins with a name."""
    if sentence.name == "newcomers":
        return sentence
    return f"{sentence[0].lower()}{sentence[1:]}"
