"""Sentences about who is here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.vocabulary import CENTERS
from ...core.wording.text import count_noun, join_words, say_dollars
from ...facts.identity.approachable import SOURCES
from ...facts.identity.organizations import UNTOLD
from ...facts.money.awards import count_awards, sum_taken_back
from ...facts.money.investment import (
    UNKNOWN_YEAR,
    choose_year,
    say_once,
    sum_all_investment,
    sum_unsure,
)


def say_inventory(here: Network, tables: Mapping[str, pd.DataFrame]) -> Iterator[Sentence]:
    """Say who is here, in which groups, what is known of services, and the money."""
    if not here.n:
        yield Sentence("empty", "The network is empty: the organizations table has no usable row.")
        return
    yield _say_who(here, tables)
    yield from _say_closed(here)
    yield from _say_groups(tables["groups"])
    yield _say_services(here, tables["services"])
    yield _say_money(here, tables["investment"])


def _say_who(here: Network, tables: Mapping[str, pd.DataFrame]) -> Sentence:
    largest = tables["kinds"]["organizations"].drop(index=UNTOLD, errors="ignore").head(3)
    kinds = [f"{count:,} {_kind_noun(here, str(kind), count)}" for kind, count in largest.items()]
    rest = int(tables["kinds"]["organizations"].get(UNTOLD, 0))
    number = len(tables["kinds"]) - (rest > 0)
    if rest:
        who = f"{rest:,}" if number else count_noun(rest, "organization")
        kinds.append(f"{who} whose kind is not told apart here")
    counties, across = len(tables["counties"]), int(here.is_context.sum())
    place = f" in {count_noun(counties, 'county', 'counties')}" if counties else ""
    kept = count_noun(across, "neighbor is", "neighbors are")
    counted = (
        f"The network has {count_noun(here.n - across, 'organization')} of "
        f"{count_noun(number, 'kind')}{place}, among them {join_words(kinds)}."
        if len(tables["kinds"]) != 1
        else f"The network has {join_words(kinds)}{place}."
    )
    claims = {
        "organizations": here.n - across,
        "kinds": number,
        "counties": counties,
        "largest_kinds": {str(kind): int(number) for kind, number in largest.items()},
        "context": across,
    }
    text = f"{counted} {kept} kept as context and not counted." if across else counted
    return Sentence("who", text, claims)


def _say_closed(here: Network) -> Iterator[Sentence]:
    """Name those on file that had closed by the day."""
    closed = here.closed[here.closed["context"] != "yes"]
    if closed.empty:
        return
    closed = closed.sort_values("closed_on", ascending=False, kind="stable")
    when = [
        f"{name} ({'no day on file' if pd.isna(day) else f'{day:%B %Y}'})"
        for name, day in zip(closed["name"], closed["closed_on"], strict=True)
    ]
    if len(when) == 1:
        text = f"has closed; it, its ties, services and awards are not counted: {when[0]}."
    else:
        text = (
            "have closed; they, their ties, services and awards are not counted: "
            f"{join_words(when, most=MOST_CLOSED)}."
        )
    claims: dict[str, object] = {"closed": len(when), "names": closed["name"].tolist()}
    money = sum_all_investment(here)
    past = float(money.loc[money["recipient"].isin(closed.index), "dollars"].sum())
    if past > 0:
        text += (
            f" What {'it' if len(when) == 1 else 'they'} received in fiscal years that are over "
            f"({say_dollars(past)}) stays in the collective investment of those years."
        )
        claims["past_dollars"] = past
    yield Sentence("closed", f"{count_noun(len(when), 'organization')} on file {text}", claims)


MOST_CLOSED = 4


def _say_groups(groups: pd.DataFrame) -> Iterator[Sentence]:
    if len(groups):
        largest = groups["n_members"].head(3)
        named = [f"{group} ({number:,} on file)" for group, number in largest.items()]
        first = "" if len(groups) == 1 else "; the largest" if len(groups) > 3 else ""
        text = f"Members of {count_noun(len(groups), 'group')} are on file{first}: "
        claims = {
            "groups": len(groups),
            "largest": {str(group): int(number) for group, number in largest.items()},
        }
        yield Sentence("groups", f"{text}{join_words(named)}.", claims)


def _kind_noun(here: Network, kind: str, number: int) -> str:
    """Name a kind; public files list every site of a health center as one."""
    entry = here.vocabulary.kinds[kind]
    if number > 1 and kind in CENTERS and SOURCES in here.organizations:
        return f"{entry.plural} and their sites"
    return entry.label if number == 1 else entry.plural


def _say_services(here: Network, services: pd.DataFrame) -> Sentence:
    if services.empty:
        text = "No services are on file: what organizations offer is not known (table services)."
        return Sentence("services", text, {"known": 0, "services": 0})
    own = here.ids[~here.is_context]
    known = int(own.isin(here.rows("services")["organization"]).sum())
    unknown = len(own) - known
    rest = (
        f"; what the other {f'{unknown:,}' if unknown > 1 else 'one'} offer{'s' * (unknown == 1)} "
        "is not known"
        if unknown
        else ""
    )
    return Sentence(
        "services",
        f"{known:,} of them {'has' if known == 1 else 'have'} services on file "
        f"({len(services):,} different {'one' if len(services) == 1 else 'ones'}){rest}.",
        {"known": known, "services": len(services), "unknown": unknown},
    )


def _say_no_money(awards: int) -> Sentence:
    """Say that no awards are on file, or none with dollars."""
    if not awards:
        text = "No awards are on file: collective investment is not known (table funding)."
        return Sentence("money", text, {"dollars": 0.0})
    text = (
        f"{count_noun(awards, 'award is', 'awards are')} on file, with no dollars that could be "
        "counted: collective investment is not known (table funding)."
    )
    return Sentence("money", text, {"dollars": 0.0, "awards": awards})


def _say_money(here: Network, by_year: pd.DataFrame) -> Sentence:
    if by_year.empty:
        return _say_no_money(int(count_awards(here.whole).sum()))
    year = choose_year(by_year.index, here.day)
    if not year:
        total = float(by_year["dollars"].sum())
        text = f"Awards on file come to {say_dollars(total)}; no year is given for them."
        return Sentence("money", text, {"dollars": total})
    row, unsure = by_year.loc[year], sum_unsure(here.whole)
    once = say_once(float(unsure.loc[unsure["fiscal_year"] == year, "dollars"].sum()))
    without = float(by_year["dollars"].get(UNKNOWN_YEAR, 0.0))
    more = f"; of {say_dollars(without)} more no year is on file" if without > 0 else ""
    back = sum_taken_back(here.whole)
    if back > 0:
        more += (
            f"; {say_dollars(back)} taken back is left out, for the award it was taken from is not "
            "on file"
        )
    dollars, programs, recipients = row["dollars"], int(row["programs"]), int(row["recipients"])
    return Sentence(
        "money",
        f"The collective investment on file for fiscal year {year} is {say_dollars(dollars)} from "
        f"{count_noun(programs, 'program')} to {count_noun(recipients, 'organization')}, "
        f"{once}{more}.",
        {
            "fiscal_year": year,
            "dollars": float(dollars),
            "programs": programs,
            "recipients": recipients,
            **({"taken_back": back} if back > 0 else {}),
        },
    )
