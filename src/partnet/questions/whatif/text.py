"""What is said of what would happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words, start_small
from ...facts.geography.access import build_coverage
from ...places.gazetteer import county_name
from .change import Change
from .cliffs import read_services

METHOD = (
    "A provider of a service in a county is connected where it has a working tie on file with "
    "another organization located there. A cliff: a county and a service with a connected provider "
    "before, and none after. What would bridge it: the hospital of the county (else who speaks for "
    "it) and the provider left there, else the nearest that could work with it. Working ties "
    "without the convener; where none is on file, every provider counts."
)
MOST = 3
TOLD = ("counties", "bridges", "open gaps")  # what of the counts is said
TOLD_ELSE = ("pairs", "organizations without", "organizations in")  # where none of these moves


def say_change(
    here: Network,
    change: Change,
    table: pd.DataFrame,
    cliffs: pd.DataFrame,
    deserted: Sequence[tuple[str, str]],
    cut_off: pd.DataFrame,
    money: pd.DataFrame,
) -> Iterator[Sentence]:
    """Say what would be lost and gained, and what would bridge it."""
    yield from _say_conversions(here, change)
    loses = bool(change.removed) or len(change.ended) > 0 or bool(change.converted)
    tied = read_services(here).tied
    if deserted:
        yield _say_deserted(here, deserted)
    yield _say_cliffs(cliffs, loses, tied)
    if bridge := choose_bridge(cliffs):
        yield _say_bridge(bridge)
    if change.removed:
        yield _say_cut_off(cut_off, tied)
    if len(money):
        yield _say_money(here, change, money)
    yield _say_counts(table, only_loses=loses and not change.added)


def _say_conversions(here: Network, change: Change) -> Iterator[Sentence]:
    """Say of each hospital that converts which of its services leave."""
    for id_, conversion in change.converted.items():
        own = change.leaving[change.leaving["organization"] == id_]
        leaving = list(dict.fromkeys(own["service"]))
        kind = here.vocabulary.kinds[conversion.kind].label
        known = (here.rows("services")["organization"] == id_).any()
        loses = f"would no longer offer {join_words(leaving)}"
        keeps = "would keep every service on file" if known else "has no services on file to lose"
        text = (
            f"As a {kind}, {here.name(id_)} {loses if leaving else keeps}: {conversion.says} "
            f"({conversion.citation})."
        )
        claims = {"organization": id_, "kind": conversion.kind, "leaving": leaving}
        yield Sentence("conversion", text, claims)


def name_provider(tied: bool) -> str:
    """Say what a county may lose: without a working tie on file nobody is known as connected."""
    return "connected provider" if tied else "provider on file"


def _say_cliffs(cliffs: pd.DataFrame, lost: bool, tied: bool) -> Sentence:
    claims = {"cells": len(cliffs), "counties": int(cliffs["county_fips"].nunique())}
    if cliffs.empty:
        text = f"No county would lose its only {name_provider(tied)} of a service."
        text = (
            text if lost else "Nobody leaves and no award ends, so that no county loses a service."
        )
        return Sentence("cliffs", text, claims)
    first = cliffs.iloc[0]
    services = count_noun(len(cliffs), "service", "services")
    services += ", counted county by county," if claims["counties"] > 1 else ""
    where = count_noun(claims["counties"], "county", "counties")
    nobody = int((cliffs["status"] == "no provider left").sum())
    left = f" For {nobody} of them no provider is left there." if nobody and tied else ""
    if left and nobody == len(cliffs):
        left = f" No provider of {'it' if nobody == 1 else 'any of them'} is left there."
    provider = "connected provider" if tied else "provider"
    text = (
        f"In {where} {services} would lose the only {provider} on file, first: "
        f"{start_small(first['service'])} in {first['county']} ({first['lost']}).{left}"
    )
    return Sentence("cliffs", text, claims | {"nobody_left": nobody, "first": first["service"]})


def _say_deserted(here: Network, cells: Sequence[tuple[str, str]]) -> Sentence:
    """Say which services lose their only provider, though none was connected there."""
    labels = build_coverage(here).labels
    named = [
        f"{start_small(labels[service])} in {county_name(county) or county}"
        for county, service in cells
    ]
    text = (
        f"Nobody on file would be left for {join_words(named, most=MOST)}: the only provider goes, "
        "of whom no working tie in the county is on file."
    )
    return Sentence("deserted", text, {"cells": len(cells)})


def choose_bridge(cliffs: pd.DataFrame) -> dict[str, Any]:
    """Give the introduction that bridges most, and what it bridges; empty without any."""
    pairs = [*zip(cliffs["organization"], cliffs["partner"], strict=True)]
    sizes = Counter(pair for pair in pairs if pair[1])
    if not sizes:
        return {}
    best = min(sizes, key=lambda pair: (-sizes[pair], pair))
    own = cliffs[[pair == best for pair in pairs]]
    equal = sum(size == sizes[best] for size in sizes.values()) > 1
    found = {**own.iloc[0].to_dict(), "bridged": len(own), "equal": equal}
    return {**found, "services": own["service"].tolist()}


def _say_bridge(bridge: dict[str, Any]) -> Sentence:
    through = f" through {bridge['introducer']}" if bridge["introducer"] else ""
    services = bridge["services"]
    said = "as much as any other" if bridge["equal"] else "most"
    text = (
        f"An introduction of {bridge['organization_name']} and {bridge['partner_name']}{through} "
        f"now would bridge {said}: {join_words([*map(start_small, services)], most=MOST)}."
    )
    names = ("organization", "partner", "bridged")
    return Sentence("bridge", text, {name: bridge[name] for name in names})


def _say_cut_off(cut_off: pd.DataFrame, tied: bool) -> Sentence:
    n = len(cut_off)
    text = "Nobody else would be cut off from the main component."
    if not tied:
        text = "Who would be cut off cannot be told, as no working tie is on file."
    if n:
        names = join_words(cut_off["organization_name"].tolist(), most=MOST)
        text = f"{count_noun(n, 'organization')} would be cut off from the main component: {names}."
    return Sentence("cut_off", text, {"cut_off": n})


def _say_money(here: Network, change: Change, money: pd.DataFrame) -> Sentence:
    dollars, awards = float(money["amount"].sum()), len(money)
    with_ = f"with ${dollars:,.0f}, each dollar counted once,"
    text = f"{count_noun(awards, 'award')} {with_} would end or leave."
    if change.dependent:
        names = join_words([here.name(id_) for id_ in change.dependent], most=MOST)
        verb = "has" if len(change.dependent) == 1 else "have"
        text += f" {names} {verb} no other award on file."
    claims = {"awards": awards, "dollars": dollars, "dependent": list(change.dependent)}
    return Sentence("money", text, claims)


def _name_measure(measure: str) -> str:
    """Say what is counted, inside a sentence."""
    measure = measure.replace("counties x services", "services, county by county,")
    of, _, what = measure.partition(": ")
    return what if of == "bridges" else f"{of} ({what})" if what else of


def _say_counts(table: pd.DataFrame, *, only_loses: bool) -> Sentence:
    """Say which counts would change, most of all those of bridges and open gaps.

    `only_loses`: nobody is introduced. Fewer gaps are then no news: whom they concern is gone, or
    what most counties have is had by fewer.
    """
    moved = table[table["change"] != 0]
    fewer = moved["measure"].str.startswith("open gaps") & (moved["change"] < 0) & only_loses
    moved, gone = moved[~fewer], moved[fewer]
    found = {
        row.measure: f"{_name_measure(row.measure)}, {row.before:,} to {row.after:,}"
        for row in moved.itertuples()
    }
    said = [text for measure, text in found.items() if measure.startswith(TOLD)]
    claims = {row.measure: int(row.change) for row in table.itertuples()}
    kinds = [measure.partition(": ")[2] for measure in gone["measure"]]
    less = f" Fewer gaps of {join_words(kinds)} would be counted; none is closed." if kinds else ""
    if said:
        return Sentence("counts", f"Before and after: {'; '.join(said)}.{less}", claims)
    few = [text for measure, text in found.items() if measure.startswith(TOLD_ELSE)]
    stay = ["of bridges", "of counties with services", *([] if kinds else ["of open gaps"])]
    text = f"The counts {join_words(stay)} would stay as they are"
    more = f"; before and after: {'; '.join(few)}" if few else ""
    return Sentence("counts", f"{text}{more}.{less}", claims)
