"""The first page: what it means, and what to do first."""

from __future__ import annotations

import numpy as np

from ..core.results import Result, Sentence
from ..core.text import count_noun, say_dollars, say_share
from ..facts.money.investment import choose_year
from ..questions.bridges.question import find_bridges
from ..questions.centrality.question import measure_centrality
from ..questions.gaps.question import find_gaps
from ..questions.gaps.text import say_gap
from ..questions.inventory.question import describe_network
from ..questions.recommendation.partners import recommend_partners
from .answers import Answers
from .model import FactsBlock, ListBlock, Section

STEPS = 6  # steps on the first page; more is no plan


def write_summary(answers: Answers) -> Section:
    """What it means first, key figures, and what to do first."""
    inventory = answers.of(describe_network)
    if not answers.here.n:
        return Section("summary", "Summary", inventory.sentences)
    lead = (
        *inventory.say("who", "groups"),
        *_say_ties(answers),
        _say_gaps(answers),
        *_say_first(answers.of(recommend_partners), "affinity", "pool", "nobody", "suggestion"),
        _say_unknown(answers),
    )
    steps = _list_steps(answers)
    blocks = (FactsBlock(_list_facts(answers)),)
    more = (ListBlock("What to do first", steps),) if steps else ()
    return Section("summary", "Summary", tuple(filter(None, lead)), (*blocks, *more))


def _say_ties(answers: Answers) -> tuple[str, ...]:
    """Who is central and what breaks; on affinity who has most in common, as nothing can break."""
    central = answers.of(measure_centrality)
    if answers.layer.kind == "affinity":
        return central.say("layer", "no_ties", "partners")
    breaks = _say_first(answers.of(find_bridges), "no_ties", "what_breaks", "brokers", "role")
    return (*_say_first(central, "no_ties", "partners"), *breaks)


def _say_first(result: Result, *names: str) -> tuple[Sentence, ...]:
    """Give the first sentence that has one of these names."""
    return result.say(*names)[:1]


def _say_gaps(answers: Answers) -> str:
    gaps = answers.of(find_gaps).table
    if gaps.empty:
        return "No gap was found in what is on file."
    first = gaps.iloc[0]
    why = "" if first.kind == "rule" else f" ({first.evidence})"
    return (
        f"{count_noun(len(gaps), 'gap is', 'gaps are')} open. The most pressing: "
        f"{say_gap(first)}{why}."
    )


def _say_unknown(answers: Answers) -> str:
    """What nobody knows: who did not answer, whose services are not on file."""
    layer, net = answers.layer, answers.here.whole
    parts = []
    if layer.survey is not None and layer.response_rate < 1:
        silent = int((layer.survey.asked & ~layer.survey.answered).sum())
        parts.append(
            f"{count_noun(silent, 'organization')} did not answer the survey and may have more "
            "ties than are on file"
        )
    services = net.rows("services")
    unknown = net.n - services["organization"].nunique()
    if len(services) and unknown:
        parts.append(f"the services of {count_noun(unknown, 'organization')} are not known")
    if not parts:
        return ""
    return f"What is not known: {'; '.join(parts)}. No tie on file does not mean no tie."


def _list_facts(answers: Answers) -> tuple[tuple[str, str], ...]:
    net, layer = answers.here.whole, answers.layer
    own = net.organizations[~net.is_context]
    counties = own["county_fips"].replace("", np.nan).nunique()
    affinity = layer.kind == "affinity"
    ties = "pairs with much in common" if affinity else "working ties on file"
    facts = [
        ("organizations", f"{len(own):,}"),
        ("counties", f"{counties:,}"),
        (ties, f"{layer.n_ties:,}"),
        ("open gaps", f"{len(answers.of(find_gaps).table):,}"),
    ]
    if layer.survey is not None and not affinity:
        facts.append(("answered the survey", say_share(layer.response_rate)))
    by_year = answers.of(describe_network).tables["investment"]["dollars"]
    if year := choose_year(by_year.index, answers.here.day):
        facts.append((f"on file for fiscal year {year}", say_dollars(by_year[year])))
    return tuple(facts)


def _list_steps(answers: Answers) -> tuple[str, ...]:
    """The next step of the most severe gap of each kind, then the best introduction."""
    gaps = answers.of(find_gaps).table
    steps = [rows.iloc[0]["next_step"] for _, rows in gaps.groupby("kind", sort=False)]
    result = answers.of(recommend_partners)
    network = result.tables.get("network", result.table)
    if len(network):
        first = network.iloc[0]
        through = f" {first.introducer} could introduce them." if first.introducer else ""
        steps.append(f"Bring {first.organization_name} and {first.partner_name} together.{through}")
    dormant = result.tables["dormant"]
    if len(dormant):
        first = dormant.iloc[0]
        steps.append(f"Renew the tie of {first.organization_name} and {first.partner_name}.")
    return tuple(steps[:STEPS]) if len(steps) <= STEPS else (*steps[: STEPS - 2], *steps[-2:])
