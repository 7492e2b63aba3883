"""What the papers of a session say in sentences, and how they were made."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words, say_date, say_dollars
from ...facts.money.investment import say_once, sum_unsure
from ..outcomes.text import say_outcomes
from .facilitation import say_facilitators
from .grantees import NO_TIE, pick_year, sum_place
from .guests import say_guests
from .indicators import (
    list_indicators,
    list_plans,
    list_undirected,
    say_indicators,
    say_plans,
)
from .levels import say_levels
from .preparation import Preparation
from .room import say_answers, say_history

FEW = 4  # pairs without a tie that the first page names


def say_session(session: Preparation) -> Iterator[Sentence]:
    """Say what a convener needs to know, the most important first."""
    here, place = session.here, session.place
    if not session.people and session.invitation.is_crowded:
        yield _say_invited(session)
        return
    if not session.people:
        text = f"Nobody of {place.name} is on file: there is no session to prepare."
        yield Sentence("nobody", text, {"organizations": 0, "place": place.name})
        return
    if session.invitation.is_crowded:
        yield _say_invited(session)
    yield _say_money(session)
    yield say_indicators(list_indicators(here, place), place, list_undirected(here, place))
    yield say_plans(list_plans(here, place), hidden=here.hides("profiles"))
    yield from _say_untied_pairs(session)
    yield from _say_synergies(session.synergies)
    yield from _say_requirements(session.requirements)
    yield from say_guests(*session.invited, session.place)
    yield from say_answers(session.room, session.waiting, session.lost)
    yield from say_levels(session.levels)
    yield _say_seating(session)
    seats = dict(zip(session.people, session.seating.table.tolist(), strict=True))
    yield from say_history(session.room, session.people, seats)
    yield from say_facilitators(session.facilitators, session.people, here.units)
    yield from say_outcomes(session.register, place.name, hidden=here.hides("outcomes"))


def _say_invited(session: Preparation) -> Sentence:
    """Say how many of those whom it concerns are asked, where one room does not hold them."""
    asked, of = len(session.invitation.invitees), len(session.invitation.on_file)
    topic = session.focus.name
    about = f", hospitals and health departments included, could speak to {topic}" if topic else ""
    who = "grantees and those whom something open names"
    if session.invitation.asks_speakers:
        who = "those whose office it is to bring others together"
        who += f", and those to whom most others would turn for {topic}" if topic else ""
    if session.invitation.asks_best_tied:
        who = "those with most partners on file, as nothing there says whom it concerns"
    text = (
        f"{of:,} organizations of {session.place.name}{about or ' are on file'}, too many for one "
        f"room: {asked:,} {'is' if asked == 1 else 'are'} asked, {who}."
        if asked
        else f"{of:,} organizations of {session.place.name} are on file, too many for one room: "
        "nobody is asked, as no award, need or tie on file says whom it concerns."
    )
    claims = {"organizations": of, "asked": asked, "speakers": session.invitation.asks_speakers}
    return Sentence("invited", text, claims)


def _say_money(session: Preparation) -> Sentence:
    name, n = session.place.name, len(session.grantee_ids)
    year = pick_year(sum_place(session.here, session.place), session.here.day)
    if session.grantees.empty:
        text = f"No award that reaches {name} is on file (table funding)."
        day = session.here.day
        if day is not None and len(session.here.whole.rows("funding")):
            text = f"No award on file that reaches {name} runs on {say_date(day)} (table funding)."
        return Sentence("money", text, {"grantees": 0})
    verb = "reaches" if n == 1 else "reach"
    head = f"{count_noun(n, 'grantee')} with running awards {verb} {name}"
    convener = session.here.convener
    if convener in set(session.grantees["organization"]):
        head += f" (the convener, {session.here.name(convener)}, is one more and not counted)"
    if year is None:
        text = f"{head}; for which years the money counts is not on file."
        return Sentence("money", text, {"grantees": n})
    apart = float(session.grantees.loc[session.grantees["counted"] != "here", "dollars"].sum())
    more = (
        f"; awards of {say_dollars(apart)} that reach it as well count elsewhere" if apart else ""
    )
    claims = {
        "grantees": n,
        "fiscal_year": str(year.fiscal_year),
        "dollars": float(year.dollars),
        "programs": int(year.programs),
        "elsewhere": apart,
    }
    return Sentence(
        "money",
        f"{head}; the collective investment on file for fiscal year {year.fiscal_year} is "
        f"{say_dollars(year.dollars)} from {count_noun(year.programs, 'program')}, "
        f"{_say_once(session, str(year.fiscal_year))}{more}.",
        claims,
    )


def _say_once(session: Preparation, year: str) -> str:
    unsure = sum_unsure(session.here.whole)
    own = session.place.holds(unsure["place"]) & (unsure["fiscal_year"] == year)
    return say_once(float(unsure.loc[own, "dollars"].sum()))


def _say_untied_pairs(session: Preparation) -> Iterator[Sentence]:
    n, untied = len(session.grantee_ids), session.untied_pairs
    if n < 2:
        return
    pairs = n * (n - 1) // 2
    alone = _find_alone(session)
    has = "has one" if len(alone) == 1 else "have one"
    named = f"; {join_words(alone, most=3)} {has} with none of the others" if alone else ""
    few = untied if len(untied) <= FEW else untied.head(0)
    who = "; ".join(f"{row.organization_name} and {row.partner_name}" for row in few.itertuples())
    text = (
        f"{len(untied):,} of {count_noun(pairs, 'pair')} of grantees "
        f"{'has' if len(untied) == 1 else 'have'} no tie on file"
        f"{f': {who}' if who else ''}{named}."
    )
    if untied.empty:
        all_ = "The two grantees have" if n == 2 else f"All {pairs:,} pairs of grantees have"
        text = f"{all_} a tie on file."
    claims = {"untied": len(untied), "pairs": pairs, "alone": alone}
    yield Sentence("untied_pairs", text, claims)


def _find_alone(session: Preparation) -> list[str]:
    """Names of grantees with no tie on file to any other grantee."""
    pairs, ids = session.here.whole.tied_pairs, session.grantee_ids
    return [
        session.here.name(a)
        for a in ids
        if not any(frozenset((a, b)) in pairs for b in ids if b != a)
    ]


def _say_synergies(synergies: pd.DataFrame) -> Iterator[Sentence]:
    if synergies.empty:
        return
    untied = synergies[synergies["status"] == NO_TIE]
    row = (untied if len(untied) else synergies).iloc[0]
    one = len(synergies) == 1
    head = f"{count_noun(len(synergies), 'pair')} of grantees {'serves' if one else 'serve'} the "
    head += "same people"
    none = "with no tie on file" if one else f"{len(untied):,} of them with no tie on file"
    text = (
        f"{head} in the same places, {none}; seat together "
        f"{'' if one else 'first '}{row.organization_name} and {row.partner_name} ({row.shared}): "
        f"{row.ask}"
        if len(untied)
        else f"{head}, {'with a tie on file: ' if one else 'all with a tie on file; '}"
        f"{'' if one else 'most in common: '}{row.organization_name} and "
        f"{row.partner_name} ({row.shared})."
    )
    first = [row.organization_name, row.partner_name]
    claims = {"pairs": len(synergies), "untied": len(untied), "first": first}
    yield Sentence("synergies", text, claims)


def _say_requirements(requirements: pd.DataFrame) -> Iterator[Sentence]:
    if len(requirements):
        row, topics = requirements.iloc[0], requirements["topic"].tolist()
        yield Sentence(
            "requirements",
            f"Requirements that could be met together: {join_words(topics, most=4)}. "
            f"First: {row.topic}, a duty of {row.who}.",
            {"topics": topics, "organizations": int(row.n)},
        )


def _say_seating(session: Preparation) -> Sentence:
    plan, n = session.seating, len(session.people)
    tables, guests = (
        int(plan.table.max(initial=0)),
        int(session.attendance["role"].eq("guest").sum()),
    )
    more = f", {guests:,} of them {'a guest' if guests == 1 else 'guests'}," if guests else ""
    said = (
        f"The seating plan puts {count_noun(n, 'organization')}{more} at "
        f"{'one table' if tables == 1 else f'{tables:,} tables, sectors mixed'}"
    )
    claims: dict[str, object] = {"organizations": n, "guests": guests, "tables": tables}
    if plan.bound > 0:
        claims["share"] = plan.share  # how good it is at least stands in the method
    one_sided = (("no tie", plan.untied_tables), ("only ties", plan.tied_tables))
    claims |= {who.replace(" ", "_"): list(numbers) for who, numbers in one_sided}
    return Sentence("seating", f"{said}{_say_one_sided(session)}.", claims)


def _say_one_sided(session: Preparation) -> str:
    """Say at which tables nobody knows anybody, or everybody everybody, as far as is on file."""
    if not session.tied.any():
        return "; no tie among them is on file" if len(session.people) > 1 else ""
    parts = []
    for numbers, known in (
        (session.seating.untied_tables, "nobody has a tie on file with another there"),
        (session.seating.tied_tables, "everybody has a tie on file with everybody"),
    ):
        if numbers:
            word = "table" if len(numbers) == 1 else "tables"
            parts.append(f"at {word} {join_words(list(map(str, numbers)))} {known}")
    return f"; {join_words(parts)}" if parts else ""


def list_facts(session: Preparation) -> tuple[tuple[str, str], ...]:
    """Give the key figures of the first page."""
    attendance = session.attendance
    tables = attendance["table_number"].max() if len(attendance) else 0
    grantees = int((attendance["role"] == "grantee").sum())
    year = pick_year(sum_place(session.here, session.place), session.here.day)
    money = (
        ()
        if year is None
        else ((f"on file for fiscal year {year.fiscal_year}", say_dollars(year.dollars)),)
    )
    return (
        (f"organization{'' if len(attendance) == 1 else 's'} to seat", f"{len(attendance):,}"),
        ("grantee" if grantees == 1 else "grantees", f"{grantees:,}"),
        ("pairs of grantees with no tie on file", f"{len(session.untied_pairs):,}"),
        *money,
        ("table" if tables == 1 else "tables", f"{tables}"),
    )


def describe_method(session: Preparation) -> Method:
    """Say how the papers were made."""
    here, plan, held_on = session.here, session.seating, session.room.held_on
    return Method(
        name="Partnership session: awards, indicators, ties, duties and a seating plan.",
        formula=(
            "An award reaches the place if it serves it or its grantee does; collective "
            "investment counts each dollar once. A pair is a synergy if it shares a program "
            "or services for the same people, in a county of the place. Value of a plan "
            "= sum over people of their three best new contacts at the table (affinity x "
            "families in common, at most 3, / 3, a tenth for each earlier session at one "
            "table (where such are on file, 0.05 more for all others); 1 for grantees of a synergy "
            "with no tie on file); bound = linear relaxation."
        ),
        settings={
            "network": here.title,
            "as of": "no dates" if here.day is None else str(here.day.date()),
            "held on": "" if held_on is None else str(held_on.date()),
            "place": session.place.name,
            "counties": len(session.place.counties),
            "seats at a table": session.seats,
            "value of the seating plan": round(plan.value, 3),
            "bound": round(plan.bound, 3),
        },
        sources=(
            "Lourenço, Martin & Stützle (2019), Iterated local search, "
            "doi:10.1007/978-3-319-91086-4_5.",
        ),
        notes=(
            "Duties are a summary for a meeting, not legal advice.",
            "No tie on file does not mean that two never worked together.",
        ),
    )
