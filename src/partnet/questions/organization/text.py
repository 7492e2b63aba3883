"""What the brief of one organization says in sentences, and how it is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words, say_date, say_dollars
from ...facts.leaders import CONTACT, find_leaders
from ..alignment.stocktaking import Stock
from ..voices.populations import describe_voices

PRESSING = 3  # gaps named
Tables = Mapping[str, pd.DataFrame]


def list_facts(profile: pd.DataFrame, tables: Tables) -> tuple[tuple[str, str], ...]:
    """Key figures of the first page."""
    known = int((profile["on_file"] != "").sum())
    partners, gaps = len(tables["partners"]), len(tables["gaps"])
    return (
        ("partner on file" if partners == 1 else "partners on file", f"{partners:,}"),
        ("gap that concerns it" if gaps == 1 else "gaps that concern it", f"{gaps:,}"),
        ("topics on file", f"{known} of {len(profile):,}"),
    )


def say_organization(stock: Stock, profile: pd.DataFrame, tables: Tables) -> Iterator[Sentence]:
    """Say who it is, with whom it works, what is missing, and what is left to ask."""
    yield _say_who(stock, profile)
    yield _say_partners(tables["partners"])
    yield _say_gaps(tables["gaps"])
    yield from _say_next(tables["recommendations"])
    yield from _say_outcomes(tables["outcomes"])
    yield from _say_blanks(profile.loc[profile["question"] != "", "topic"].tolist())


def _say_who(stock: Stock, profile: pd.DataFrame) -> Sentence:
    kind = stock.here.vocabulary.kinds[stock.here.organizations.at[stock.id, "kind"]].label
    said = dict(zip(profile["topic"], profile["on_file"], strict=True))
    article = "an" if kind[0].lower() in "aeiou" else "a"
    parts = [f"{stock.name} is {article} {kind}"]
    if said["geography"]:
        parts.append(f"serving {said['geography']}")
    dollars = float(stock.awards["dollars"].sum())
    money = f", with {say_dollars(dollars)} of its own in running awards" if dollars else ""
    claims = {"name": stock.name, "kind": kind, "running_dollars": dollars}
    return Sentence("who", f"{' '.join(parts)}{money}.", claims)


def _say_partners(partners: pd.DataFrame) -> Sentence:
    if partners.empty:
        return Sentence("partners", "No working tie of it is on file.", {"partners": 0})
    names = partners["name"].tolist()
    n = count_noun(len(names), "organization")
    seen = partners["last_contact"].max()
    last = (
        "" if pd.isna(seen) else f"; the last contact on file with any of them was {say_date(seen)}"
    )
    first = partners["strength"].head(4).round(9).tolist()
    some = len(first) > 3 and first[2] == first[3]  # others are as close
    closely = f"{'among the closest' if some else 'most closely with'} {join_words(names[:3])}"
    close = f", {closely}" if len(names) > 1 else f", {names[0]}"
    text = f"It works with {n} on file{close}{last}."
    claims = {"partners": len(names), "closest": names[:3], "last_contact": seen}
    return Sentence("partners", text, claims)


def _say_gaps(gaps: pd.DataFrame) -> Sentence:
    if gaps.empty:
        text = "No gap that concerns it was found in what is on file."
        return Sentence("gaps", text, {"gaps": 0})
    steps = list(dict.fromkeys(step for step in gaps["next_step"].head(PRESSING) if step))
    n = count_noun(len(gaps), "gap concerns", "gaps concern")
    claims = {"gaps": len(gaps), "first_steps": steps}
    return Sentence("gaps", f"{n} it. First: {' '.join(steps)}", claims)


def _say_next(recommendations: pd.DataFrame) -> Iterator[Sentence]:
    if len(recommendations):
        row = recommendations.iloc[0]
        claims = {"partner": row.partner_name, "introducer": row.introducer}
        yield Sentence("next", f"Approach next: {row.partner_name}. {row.sentence}", claims)


def _say_outcomes(outcomes: pd.DataFrame) -> Iterator[Sentence]:
    late = outcomes.loc[outcomes["state"] == "overdue", "outcome"].tolist()
    if late:
        text = f"Overdue from an earlier session: {join_words(late, most=3)}."
        yield Sentence("overdue", text, {"overdue": late})


def _say_blanks(blank: list[str]) -> Iterator[Sentence]:
    if blank:
        verb = "is" if len(blank) == 1 else "are"
        text = (
            f"{count_noun(len(blank), 'topic')} of its profile {verb} not on file and left to ask: "
            f"{join_words(blank, most=5)}."
        )
        yield Sentence("ask", text, {"topics": blank})


def say_learning(practices: pd.DataFrame) -> Iterator[Sentence]:
    """Say which promising practice of somebody else it could learn, and whom to ask."""
    if len(practices):
        row = practices.iloc[0]
        why = f"{row['need']}: " if row["need"] else ""
        whom = f"{row['person']} of {row['ask_name']}" if row["person"] else row["ask_name"]
        more = f" {len(practices) - 1:,} more in the table." if len(practices) > 1 else ""
        claims = {"practices": len(practices), "first": row["practice"], "ask": row["ask_name"]}
        text = f"{why}ask {whom} about “{row['practice']}”.{more}"
        yield Sentence("learn", f"{text[:1].upper()}{text[1:]}", claims)


def say_leader(here: Network, organization: str) -> Iterator[Sentence]:
    """Say who leads it, and who else can decide, where anybody is on file."""
    leader = find_leaders(here)[organization]
    if not leader.is_known:
        return
    others = join_words(list(leader.others[0 if leader.person else 1 :]), most=PRESSING)
    if leader.known_from == CONTACT:
        text = f"Met last of those who can decide: {leader.called}, on {say_date(leader.met_on)}."
    elif leader.person:
        since = "" if pd.isna(leader.since) else f", since {say_date(leader.since)}"
        text = f"On file as who leads it: {leader.called}{since}."
    else:
        text = f"Who leads it is not on file; {leader.called} can decide."
    claims = {"person": leader.person, "others": len(leader.others), "met_on": leader.met_on}
    also = f" {others} can decide too." if others else ""
    yield Sentence("leader", f"{text}{also}", claims)


def say_voice(here: Network, organization: str) -> Iterator[Sentence]:
    """Say for whom it speaks, where that is on file."""
    lines = describe_voices(here).get(organization, [])
    if lines:
        text = f"It speaks for {'; '.join(lines[:PRESSING])}."
        yield Sentence("voice", text, {"voices": len(lines), "first": lines[:PRESSING]})


def describe_method(here: Network) -> Method:
    """Say where the profile comes from."""
    return Method(
        name="Stock-taking profile: what is on file of one organization, blanks as questions.",
        formula=(
            "Answers from the profiles table, else from columns of organizations; services, "
            "counties, money, groups and ties from their tables; legal duties by kind and program."
        ),
        settings={
            "network": here.title,
            "as of": "no dates" if here.day is None else str(here.day.date()),
        },
        notes=("Duties are a summary for a meeting, not legal advice.",),
    )
