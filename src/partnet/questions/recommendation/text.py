"""What recommendations say in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any

import pandas as pd

from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words, say_date, start_small
from ...core.wording.units import say_distance
from ...facts.geography.reach import find_reach
from ...measures.ranking import find_leaders
from .adviser import NEAR_KM
from .candidates.filters import Filters
from .evaluation.stability import TOP
from .introducers.introducers import say_link
from .on_file import OnFile
from .scored_pair import ScoredPair
from .suggestions import Suggestion

if TYPE_CHECKING:
    from .planning.plan import Plan
    from .request import Request

MOST_SAID = 3  # suggestions told in sentences; the others are in the table


# -- whom to approach -----------------------------------------------------------------------------


def say_partners(request: Request) -> Iterator[Sentence]:
    """Say the best suggestions, and what they rest on."""
    on_file, told = request.adviser.on_file, request.told
    if on_file.affinity:
        yield _say_affinity(on_file)
    if request.pool is not None:
        yield request.pool.describe()
    if not told:
        yield _say_nobody(request)
    for k, row in enumerate(told[:MOST_SAID]):
        name = "suggestion" if k == 0 else "further_suggestion"
        yield Sentence(name, row.lead, row.lead.claims)
    yield from _say_short_list(request)
    if told and not told[0].is_usual:  # else the same would be said twice
        yield from _say_goals(told[0], "What the first of these would mean for the network")
    if told:
        yield from say_probability(on_file, told[0].one, "the first")
    if request.repeats and len(request.table):
        yield _say_stability(request.table.iloc[0], request.repeats)
    if len(request.due):
        yield _say_due(request.due)
    if len(request.dormant):
        yield _say_dormant(request.dormant.iloc[0])


def _say_affinity(on_file: OnFile) -> Sentence:
    text = (
        "No working tie is on file, so these suggestions rest only on affinity, what "
        "organizations have in common, and on the partners that their kinds usually have, the "
        "nearest of each; they may already work together, or compete: ask."
        if on_file.layer.relations
        else on_file.layer.describe()
    )
    return Sentence("affinity", text, {"families": on_file.layer.relations})


def _say_short_list(request: Request) -> Iterator[Sentence]:
    """Say why fewer are named than asked for, and what to enter to get more."""
    adviser, positions = request.adviser, request.positions
    named = len(request.suggestions)
    if request.asked is None or len(positions) != 1 or named >= request.n:
        return
    if not adviser.affinity and request.leaves_out and named:
        text = (
            f"Only {named} of the {request.n} asked for {'is' if named == 1 else 'are'} named, as "
            f"nothing on file speaks for others. Enter working ties, memberships, services or whom "
            "each one serves, and more can be named."
        )
        claims = {"organization": request.named, "named": named, "asked": request.n}
        yield Sentence("no_more_facts", text, claims)
    if adviser.affinity and adviser.leaves_out(int(positions[0])):
        far = say_distance(NEAR_KM, request.here.units)
        text = (
            f"Only {named} of the {request.n} asked for {'is' if named == 1 else 'are'} named, as "
            f"those who share no more than a service with {request.named} and are over {far} away "
            "are left out. Enter working ties, memberships, programs or whom each one serves, and "
            "more can be named."
        )
        claims = {"organization": request.named, "named": named, "asked": request.n, "km": NEAR_KM}
        yield Sentence("short_list", text, claims)


def _say_goals(row: Suggestion, start: str) -> Iterator[Sentence]:
    if row.goals:
        meaning = "; ".join(goal.text for goal in row.goals)
        yield Sentence("goals", f"{start}: {meaning}.", {"goals": [g.text for g in row.goals]})


def say_probability(on_file: OnFile, one: ScoredPair, which: str) -> Iterator[Sentence]:
    """Say what pairs scored so were in a test on this very network; nothing without one."""
    found = on_file.try_out(one)
    if found is None:
        return
    of, (share, low, high) = _count_of(found.share, found.low, found.high)
    about = f"about {share} of {of}" if share else f"fewer than 1 of {of}"
    alike = f"scored highest, as {which} is," if found.topmost else f"scored like {which}"
    sure = f" ({low} to {high}, allowing for chance)" if share and low < high else ""
    text = (
        f"In a test on your own network, {about} pairs {alike} were real ties that we had "
        f"hidden{sure}; this is not the chance that an approach succeeds."
    )
    yield Sentence("probability", text, asdict(found))


def _count_of(*shares: float) -> tuple[int, list[int]]:
    """Say shares as whole numbers of 10, or of 100 where the first is small.

    Examples
    --------
    >>> _count_of(0.3, 0.25, 0.36), _count_of(0.02, 0.01, 0.04)
    ((10, [3, 2, 4]), (100, [2, 1, 4]))
    """
    of = 10 if shares[0] >= 0.095 else 100
    return of, [round(of * share) for share in shares]


def _say_stability(first: pd.Series, runs: int) -> Sentence:
    low, high = int(first["rank_low"]), int(first["rank_high"])
    ranks = f"rank {low}" if low == high else f"ranks {low} to {high}"
    partner, organization = first["partner_name"], first["organization_name"]
    share = float(first["share_top_five"])
    text = (
        f"With one tie in five held out, {runs} times over, {partner} stayed among the "
        f"first {TOP} for {organization} in {share:.0%} of runs "
        f"({ranks})."
    )
    claims = {
        "runs": runs, "partner": partner, "organization": organization, "first": TOP,
        "share": share, "rank_low": low, "rank_high": high,
    }  # fmt: skip
    return Sentence("stability", text, claims)


def _say_due(due: pd.DataFrame) -> Sentence:
    """Say what is open with partners on file, and the worst of it."""
    first = due.iloc[0]
    n = len(due)
    text = (
        f"Between partners on file {count_noun(n, 'need is', 'needs are')} open, first: "
        f"{first['organization_name']} and {first['partner_name']}, {start_small(first['needs'])}."
    )
    names = ("organization_name", "partner_name", "needs", "need")
    return Sentence("due", text, {"open": n, **{name: first[name] for name in names}})


def _say_dormant(row: pd.Series) -> Sentence:
    claims = {
        "organization": row["organization_name"],
        "partner": row["partner_name"],
        "last_contact": row["last_contact"],
    }
    return Sentence("dormant", row["sentence"], claims)


def _say_nobody(request: Request) -> Sentence:
    here = request.here
    who = request.named or "any organization"
    claims: dict[str, Any] = {}
    if request.pool is not None:
        obstacles = _find_obstacles(request)
        why = [f"{name}: {said}" for name, said in obstacles.items()]
        text = " ".join([f"Nobody on the list given can be named to {who}.", *why])
        claims = {"organization": who, "obstacles": obstacles}
    elif request.asked == ():
        claims = {"organizations": here.n}
        text = (
            f"With {here.n:,} organizations on file, suggestions are made for those you name: one, "
            "several, or all of a kind."
        )
    elif here.n < 2:
        on_file = count_noun(here.n, "organization is", "organizations are")
        text = f"There is nobody to recommend: {on_file} on file."
        claims = {"organizations": here.n}
    elif len(here.tied_pairs) == here.n * (here.n - 1) // 2:
        text = "Every organization has a tie on file with every other: there is nobody to add."
    elif request.adviser.filters != Filters():
        filters = request.adviser.filters.describe()
        text, claims = f"Nobody passes the filters ({filters}). Widen them.", {"filters": filters}
    elif request.adviser.affinity:
        text, claims = f"Nothing on file speaks for a new partner of {who}.", {"organization": who}
    else:
        text = f"There is no candidate for {who}: all others are partners, or were answered before."
        claims = {"organization": who}
    return Sentence("nobody", text, claims)


def _find_obstacles(request: Request) -> dict[str, str]:
    """What keeps the one who asks from the first of those on the list, by name."""
    if request.pool is None or len(request.positions) != 1 or not request.adviser.feasible:
        return {}
    here, reach, asks = request.here, find_reach(request.here), int(request.positions[0])
    others = sorted(map(int, here.positions(request.pool.named)))
    found = ((str(here.names.iloc[k]), reach.find_obstacle(asks, k)) for k in others)
    return dict(islice(((name, why) for name, why in found if why), MOST_SAID))


# -- one pair -------------------------------------------------------------------------------------


def say_tie_on_file(on_file: OnFile, names: str, i: int, j: int) -> Sentence:
    """Say that two organizations have a tie on file, and how strong and recent it is."""
    link = None if on_file.affinity else on_file.links.between(i, j)
    relations = on_file.here.vocabulary.relations
    if link is None:
        ties = on_file.here.ties
        ends = {*on_file.here.ids[[i, j]]}
        own = [{*pair} == ends for pair in zip(ties["source"], ties["target"], strict=True)]
        labels = [relations[relation].label for relation in dict.fromkeys(ties["relation"][own])]
        text = (
            f"{names} have a tie on file already ({', '.join(labels)})."
            if labels
            else f"{names} had a tie on file, which does not hold on the day."
        )
        return Sentence("tie_on_file", text, {"relations": labels})
    labels = [relations[relation].label for relation in link.relations]
    text = f"{names} have a tie on file already ({', '.join(labels)}; {say_link(link)})."
    claims = {
        "relations": labels, "strength": link.strength if link.told else None,
        "last_contact": link.last_contact, "level": link.level,
    }  # fmt: skip
    return Sentence("tie_on_file", text, claims)


def say_answer(row: Any) -> Sentence:
    """Say what was answered to a suggestion before."""
    until = "" if pd.isna(row.until) else f" until {say_date(row.until)}"
    when = "" if pd.isna(row.given_on) else f" on {say_date(row.given_on)}"
    text = f"It was suggested before; the answer{when} was “{row.answer}”{until}."
    claims = {"answer": row.answer, "given_on": row.given_on, "until": row.until}
    return Sentence("answer", text, claims)


def say_unscored(on_file: OnFile, names: str) -> Sentence:
    """Say that a pair has no score."""
    if on_file.affinity:
        text = f"{names} have too little in common on file to say anything."
    else:
        text = f"{names} were not scored."
    return Sentence("unscored", text)


def say_for_and_against(on_file: OnFile, row: Suggestion) -> Iterator[Sentence]:
    """Say what speaks for and against a pair, and what a tie would mean."""
    yield Sentence("reason", row.reason, row.reason.claims)
    for said in row.against:
        yield Sentence("against", said, said.claims)
    yield from _say_goals(row, "For the network a tie means")
    yield from say_probability(on_file, row.one, "this pair")


# -- a plan ---------------------------------------------------------------------------------------


def say_plan(plan: Plan) -> Iterator[Sentence]:
    """Say the first introduction, what all of them reach, and whom they leave out."""
    if not len(plan.table):
        text = "There is nobody to introduce: no pair without a tie on file can be suggested."
        yield Sentence("nobody", text)
        return
    if plan.adviser.affinity:
        text = (
            "No working tie is on file, so the plan rests only on what organizations share and "
            "on the partners that their kinds usually have."
        )
        yield Sentence("affinity", text)
    first = plan.suggestions[0]
    yield first.say(f"Introduce {first.key[1]} and {first.key[3]} first")
    achieved = plan.table["goals"].iloc[0]
    if achieved:
        text = f"For the network that means: {achieved}."
        yield Sentence("goals", text, {"goals": achieved.split("; ")})
    equal = int((plan.table["gain"] == plan.table["gain"].iloc[0]).sum())
    if equal > 1:
        text = (
            f"{equal} of the {count_noun(len(plan.table), 'introduction')} of the plan are worth "
            "the same, the first among them: begin with whom you know."
        )
        yield Sentence("equal", text, {"equal": equal, "introductions": len(plan.table)})
    yield from _say_reach(plan, plan.frontier.iloc[-1])
    yield from _say_exposure(plan)


def _say_reach(plan: Plan, last: Mapping[str, float]) -> Iterator[Sentence]:
    if last["plan"] <= 0:
        text = "No goal on file tells the pairs apart, so the likeliest come first."
        yield Sentence("no_goal", text)
        return
    chance, likeliest = "each succeeds with its likelihood", "likeliest pairs alone"
    if plan.adviser.affinity:
        chance, likeliest = "one in two succeeds", "pairs with the most in common alone"
    if plan.acceptance is not None:
        chance = f"each succeeds with a chance of {plan.acceptance:.0%}"
    text = (
        f"{count_noun(len(plan.table), 'introduction')}, if {chance}, can be expected to reach "
        f"goals worth {last['plan']:.1f} (a gap counts twice its severity, a first partner in a "
        f"sector 1); the {likeliest} {last['likelihood_only']:.1f}, pairs drawn at random "
        f"{last['random']:.1f}."
    )
    claims = {name: float(last[name]) for name in ("plan", "likelihood_only", "random")}
    yield Sentence("reach", text, {"introductions": len(plan.table), **claims})
    yield say_guarantee(plan.cap)


def say_guarantee(cap: int | None) -> Sentence:
    """Say what is proved about the plan, and what is not."""
    if cap is None:
        text = (
            "By expected goals it reaches at least 63% (1 - 1/e) of the best plan of that size "
            "among the same candidates."
        )
        return Sentence("guarantee", text, {"share": 0.63})
    text = (
        "With a cap on both sides it reaches at least a third of the expected goals of the best "
        "plan among the same candidates."
    )
    return Sentence("guarantee", text, {"share": 1 / 3})


def _say_exposure(plan: Plan) -> Iterator[Sentence]:
    here = plan.adviser.here
    own = plan.exposure[~here.is_context.to_numpy()].drop(index=here.convener, errors="ignore")
    could = here.ids[plan.adviser.count_candidates() > 0]
    never = own[(own["suggested"] == 0) & own.index.isin(could)]
    top, among = find_leaders(own["suggested"], 3)
    most = own["name"].iloc[top].tolist()
    if len(never):
        whom = count_noun(len(never), "organization is", "organizations are")
        text = (
            f"{whom} suggested to nobody, while {join_words(most)} are "
            f"{'among those ' if among else ''}suggested most often: look whether that is fair."
        )
        claims = {"never": len(never), "most_often": most, "among": among}
        yield Sentence("exposure", text, claims)
