"""The key figures of a report, each with what it is a part of."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ...core.wording.text import count_noun, join_words, say_dollars, say_share, start_small
from ...facts.money.investment import choose_year
from ...places.gazetteer import counties_of, state_of
from ...questions.gaps.coverage import keep_own
from ...questions.gaps.question import find_gaps
from ...questions.inventory.question import describe_network
from ..answers import Answers

Tile = tuple[str, str]  # label and value
REST = {"missing on file": "missing", "one-sided": "said by one side only", "unknown": "not known"}


def list_tiles(answers: Answers) -> tuple[Tile, ...]:
    """Give the key figures: who is here, ties, rules, services, money, answers."""
    return (
        _count_organizations(answers),
        *_count_ties(answers),
        *_count_rules(answers),
        *_count_counties(answers),
        *_sum_money(answers),
        *_count_answers(answers),
    )


def _count_organizations(answers: Answers) -> Tile:
    net = answers.here.whole
    own = net.organizations[~net.is_context]
    counties = sorted(set(own["county_fips"]) - {""})
    states = {state_of(fips) for fips in counties}
    of = f" of {len(counties_of(next(iter(states)))):,}" if len(states) == 1 else ""
    where = f" in {len(counties):,}{of} {'county' if len(counties) == 1 and not of else 'counties'}"
    noun = "organization" if len(own) == 1 else "organizations"
    return f"{noun}{where if counties else ''}", f"{len(own):,}"


def _count_ties(answers: Answers) -> Iterator[Tile]:
    layer = answers.layer
    if layer.n < 2:
        return
    if layer.kind == "affinity":
        pairs = layer.n * (layer.n - 1) // 2
        label = "pairs share something that not all have; no working tie is on file"
        yield label, f"{layer.n_ties:,} of {pairs:,}"
        return
    partners = np.asarray((layer.symmetric != 0).sum(axis=1)).ravel()
    none = int((partners == 0).sum())
    alone = f"; {none:,} of {count_noun(layer.n, 'organization')} without any" if none else ""
    noun = "working tie" if layer.n_ties == 1 else "working ties"
    yield f"{noun} on file{alone}", f"{layer.n_ties:,}"


def _count_rules(answers: Answers) -> Iterator[Tile]:
    """How often the rule that is most missed is met, of those it applies to.

    What one organization alone must have is a step to take, and no figure.
    """
    rules = answers.of(find_gaps).tables["rules"]
    rules = rules[rules["status"] != "does not apply"]
    known = rules.loc[rules["status"] != "unknown", "rule"].unique()
    of_several = rules.groupby("rule")["organization"].transform("nunique") > 1
    rules = rules[rules["rule"].isin(known) & of_several]
    if rules.empty:
        return
    missing = rules.loc[rules["status"] == "missing on file", "rule"]
    most = (missing if len(missing) else rules["rule"]).value_counts().sort_index()
    rule = most.idxmax()
    held = rules[rules["rule"] == rule]
    counts = held["status"].value_counts()
    rest = [f"{counts[status]} {word}" for status, word in REST.items() if status in counts]
    tail = f"; {join_words(rest)}" if rest else ""
    whose = _name_kind(answers, held["organization"])
    label = f"{whose} under the rule have on file: {start_small(rule)}{tail}"
    yield label, f"{counts.get('met', 0):,} of {counts.sum():,}"


def _name_kind(answers: Answers, organizations: pd.Series) -> str:
    """The kind of organizations, if they are of one kind."""
    kinds = answers.here.organizations["kind"].reindex(organizations).unique()
    kind = answers.here.vocabulary.kinds.get(kinds[0]) if len(kinds) == 1 else None
    return "organizations" if kind is None else kind.plural


def _count_counties(answers: Answers) -> Iterator[Tile]:
    """How many counties lack a service, of those where services are on file."""
    found = answers.of(find_gaps)
    gaps, access = found.table, keep_own(answers.here, found.tables["access"])
    lacking = gaps[(gaps["kind"] == "coverage") & (gaps["status"] == "no provider on file")]
    counties = access["county_fips"].nunique()
    if counties:
        number = lacking["place"].nunique()
        lack = "county lacks" if counties == 1 else "counties lack"
        yield f"{lack} a service that most others have", f"{number} of {counties}"


def _sum_money(answers: Answers) -> Iterator[Tile]:
    by_year = answers.of(describe_network).tables["investment"]["dollars"]
    year = choose_year(by_year.index, answers.here.day)
    if not year:
        return
    last = str(int(year) - 1)
    before = f"; fiscal year {last}: {say_dollars(by_year[last])}" if last in by_year.index else ""
    yield f"on file for fiscal year {year}{before}", say_dollars(by_year[year])


def _count_answers(answers: Answers) -> Iterator[Tile]:
    layer = answers.layer
    if layer.survey is None or layer.kind == "affinity":
        return
    asked = int(layer.survey.asked.sum())
    answered = int((layer.survey.asked & layer.survey.answered).sum())
    label = f"answered the survey; {asked - answered:,} of {asked:,} did not"
    yield label, say_share(layer.response_rate)
