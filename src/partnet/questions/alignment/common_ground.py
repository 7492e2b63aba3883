"""What two organizations share, what each brings, and which of their cycles meet."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.network import Network
from ...core.wording.text import join_words, say_date, say_dollars
from ...facts.geography.access import build_coverage, measure_access
from ...places.gazetteer import county_name
from ..session.duties import ANY
from .shown import BRINGS, CYCLES, DUTIES, MEASURES, MISSING, SHARED
from .stocktaking import Stock

CLOSE_MONTHS = 3  # ends of awards or agreements no further apart than this meet


def list_shared(a: Stock, b: Stock) -> pd.DataFrame:
    """List what both have: populations, counties, services, groups, programs and funders."""
    rows = [
        *(("population", text, "", "") for text in sorted({*a.populations} & {*b.populations})),
        *(("county", county_name(code) or code, "", "") for code in _both(a.counties, b.counties)),
        *_share_services(a, b),
        *(("group", name, "", "") for name in _both(a.groups, b.groups)),
        *_share_money(a, b, "program"),
        *_share_money(a, b, "funder"),
    ]
    return pd.DataFrame(rows, columns=SHARED.names)


def _both(one: list[str], other: list[str]) -> list[str]:
    return sorted(set(one) & set(other))


def _share_services(a: Stock, b: Stock) -> Iterator[tuple[str, str, str, str]]:
    """Services that both offer, with the people on either side."""
    for service in _both([s for s, _ in a.offers], [s for s, _ in b.offers]):
        sides = [
            join_words([people for s, people in stock.offers if s == service and people])
            for stock in (a, b)
        ]
        said = [f"for {people}" if people else "" for people in sides]
        yield "service", service, said[0], said[1]


def _share_money(a: Stock, b: Stock, column: str) -> Iterator[tuple[str, str, str, str]]:
    sums = [s.awards[s.awards[column] != ""].groupby(column)["dollars"].sum() for s in (a, b)]
    for key in _both(list(sums[0].index), list(sums[1].index)):
        name = a.name_funder(key) if column == "funder" else key
        yield column, name, say_dollars(sums[0][key]), say_dollars(sums[1][key])


def list_strengths(here: Network, a: Stock, b: Stock) -> pd.DataFrame:
    """List what each brings that the other lacks: services, and kinds of money.

    Only where services of both are on file: no rows mean not known, not none. ``needed`` names a
    county of both where nobody else on file offers the service.
    """
    rows: list[tuple[str, ...]] = []
    counties = _both(a.counties, b.counties)
    providers = _find_providers(here)
    for own, other in ((a, b), (b, a)):
        if not own.offers or not other.offers:
            continue
        lacks = {service for service, _ in own.offers} - {service for service, _ in other.offers}
        for service in sorted(lacks):
            people = [people for s, people in own.offers if s == service and people]
            alone = [c for c in counties if providers.get((service, c), set()) <= {own.id}]
            needed = join_words([county_name(c) or c for c in alone], most=3)
            rows.append((own.id, here.name(own.id), service, join_words(people), needed))
    table = pd.DataFrame(rows, columns=BRINGS.names)
    blank = table["needed"] == ""
    order = table.assign(blank=blank).sort_values(
        ["organization", "blank", "brings"], kind="stable"
    )
    return order[BRINGS.names].reset_index(drop=True)


def _find_providers(here: Network) -> dict[tuple[str, str], set[str]]:
    """Who offers a service in a county, by the one rule of where organizations serve."""
    offers = build_coverage(here).offers
    found = offers.groupby(["service", "county"])["organization"].agg(set)
    return {(str(service), str(county)): ids for (service, county), ids in found.items()}


def list_missing(here: Network, a: Stock, b: Stock) -> pd.DataFrame:
    """List usual services that the counties of both lack and that neither offers."""
    access = measure_access(here)
    counties = _both(a.counties, b.counties)
    own = {service for stock in (a, b) for service, _ in stock.offers}
    lacking = access[access["county_fips"].isin(counties) & (access["providers"] == 0)]
    lacking = lacking[lacking["ask"] == ""]
    lacking = lacking[~lacking["service"].str.casefold().isin(own) & (lacking["population"] == "")]
    table = lacking.assign(nearest=lacking["nearest"].map(here.names))
    ordered = table.sort_values(["need", "county", "service"], ascending=[False, True, True])
    return ordered[MISSING.names].reset_index(drop=True)


def list_cycles(a: Stock, b: Stock) -> pd.DataFrame:
    """List the cycles of both that could be coordinated: assessments, awards, agreements.

    Assessments meet if they fall in one year; where they do not, the year of the later one is
    proposed for both, if the other's cycle by law allows to wait. Awards and agreements meet where
    they end within three months of each other.
    """
    rows = [_meet_assessments(a, b), *_meet_awards(a, b), *_meet_agreements(a, b)]
    return pd.DataFrame(rows, columns=CYCLES.names)


def _meet_assessments(a: Stock, b: Stock) -> tuple[str, ...]:
    years = [stock.answers["assessment_year"] for stock in (a, b)]
    said = ["" if year != year else f"{year:.0f}" for year in years]
    if "" in said:
        blank = " and ".join(s.name for s, text in zip((a, b), said, strict=True) if not text)
        return ("needs assessment", *said, "not known", f"ask {blank} when the next one is due")
    if years[0] == years[1]:
        note = f"both are due in {said[0]}: one assessment could serve both"
        return ("needs assessment", *said, "yes", note)
    early, late = (a, b) if years[0] < years[1] else (b, a)
    note = (
        f"bring {late.name}'s forward to {min(said)}, or ask whether "
        f"{early.name} may wait until {max(said)}"
    )
    return ("needs assessment", *said, "no", note)


def _meet_awards(a: Stock, b: Stock) -> Iterator[tuple[str, ...]]:
    """Pairs of awards that end close to each other; one line where there is none."""
    ends = [s.awards[s.awards["period_end"].notna()] for s in (a, b)]
    if ends[0].empty or ends[1].empty:
        yield (
            "funding",
            *(_first_end(rows) for rows in ends),
            "not known",
            "no award with an end on file for both",
        )
        return
    close = [
        (one, other)
        for one in ends[0].itertuples()
        for other in ends[1].itertuples()
        if abs((one.period_end - other.period_end).days) <= CLOSE_MONTHS * 30.5
    ]
    for one, other in close[:3]:
        said = [f"{row.program} to {say_date(row.period_end)}" for row in (one, other)]
        yield "funding", *said, "yes", "apply together, or ask one funder for both parts"
    if not close:
        yield (
            "funding",
            *(_first_end(rows) for rows in ends),
            "no",
            "plan who carries the work when the first award ends",
        )


def _first_end(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    first = rows.iloc[0]
    return f"{first.program} to {say_date(first.period_end)}"


def _meet_agreements(a: Stock, b: Stock) -> Iterator[tuple[str, ...]]:
    """Agreements that both are party to, with their ends."""
    agreements = a.here.rows("agreements")
    rows = agreements[agreements["organization"].isin([a.id, b.id])]
    for name, parties in rows.groupby("agreement", sort=True):
        if parties["organization"].nunique() == 2:
            end = parties["expires"].max()
            said = "no end on file" if pd.isna(end) else f"to {say_date(end)}"
            what = parties["type"].iloc[0] or "agreement"
            yield f"{what} {name}", said, said, "yes", "add new commitments when it is renewed"


def list_common_duties(a: Stock, b: Stock) -> pd.DataFrame:
    """List duties in common: topics that both have, and duties that ask for the other's kind."""
    rows = []
    topics = sorted({*a.duties["topic"], *b.duties["topic"]})
    for topic in topics:
        sides = [s.duties[s.duties["topic"] == topic] for s in (a, b)]
        wants = [_wants(side, other) for side, other in ((sides[0], b), (sides[1], a))]
        if (sides[0].empty or sides[1].empty) and not any(wants):
            continue
        said = ["; ".join(dict.fromkeys(side["duty"])) for side in sides]
        both = pd.concat(sides)
        cycles = both["every_years"].where(both["every_years"] > 0)
        conditions = [text for text in dict.fromkeys(both["only_if"]) if text]
        note = "both have it" if all(said) else "one has it and needs the other's kind at the table"
        if conditions:
            note += f" (holds for {join_words(conditions)})"
        citation = "; ".join(dict.fromkeys(both["citation"]))
        rows.append((topic, *said, cycles.min(), note, citation))
    return pd.DataFrame(rows, columns=DUTIES.names)


def _wants(duties: pd.DataFrame, other: Stock) -> bool:
    """Whether a duty asks for the kind of the other by name."""
    kind = other.here.organizations.at[other.id, "kind"]
    return any(kind in asked and ANY not in asked for asked in duties["asks_for"])


def list_measures(a: Stock, b: Stock) -> pd.DataFrame:
    """List measures of success: in common, and of either side alone."""
    folded = [{text.casefold(): text for text in stock.measures} for stock in (a, b)]
    both = [(folded[0][key], "both") for key in folded[0] if key in folded[1]]
    alone = [
        (text, stock.name)
        for stock, own, other in ((a, folded[0], folded[1]), (b, folded[1], folded[0]))
        for key, text in own.items()
        if key not in other
    ]
    return pd.DataFrame([*both, *alone], columns=MEASURES.names)
