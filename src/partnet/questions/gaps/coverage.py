"""Coverage gaps: a county without a service that most other counties have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.results.shown import Column, Shown
from ...core.wording.text import count_noun, join_words, start_small
from ...core.wording.units import say_about, say_distance
from ...facts.geography.access import find_silent, measure_access
from ...facts.geography.need import HIGH_NEED, rank_need
from ...facts.geography.referral_counties import list_referral_counties
from ...facts.identity.approachable import from_public_files, known_in_part
from ...places.gazetteer import county_name, county_neighbors, state_of
from .kind import Beside, Gap, GapKind, convener_of

FAR_KM = 100.0  # a nearest provider this far away counts fully
FRAGILE_KM = 50.0  # one provider only: named where the next is this far, and need is high


def find_coverage_gaps(here: Network) -> list[Gap]:
    """List counties without a service that at least half of the known counties have.

    A service for one population (meals for older adults) is judged by itself where the county has
    the service for others only. Severity = share of counties that have it x (1 + need) / 2 x
    (1 + distance) / 2, with need the county's mean percentile over the indicators on file (0.5 if
    none) and distance the kilometers to the nearest provider over 100, at most 1 (1 if nobody
    offers it or is located). Where one provider only serves a county whose need is in the upper
    third, and the next is 50 km away or more: half of that, with the distance to the next.
    Where an organization of a kind that usually offers the service serves the county and has no
    services on file, it is *unknown*, and no gap; so it is in a city of which hospitals only are on
    file, as those to which others send patients. A service that only a file of taxpayers tells of
    is not judged: public bodies offer it, too. Nor is a county of the next State, of which only
    neighbors are kept as context.
    """
    access = keep_own(here, measure_access(here))
    access = access[~access["service"].str.casefold().isin(known_in_part(here))]
    if access.empty:
        return []
    lacking = access[access["providers"] == 0]
    whole = set(
        map(tuple, lacking.loc[lacking["population"] == "", ["county_fips", "service"]].to_numpy())
    )
    worst = rank_need(here, tuple(access["county_fips"].unique())).worst
    deserts = [
        _make_gap(here, row, worst[str(row.county_fips)])
        for row in lacking.itertuples()
        if row.population == "" or (row.county_fips, row.service) not in whole
    ]
    alone = (access["providers"] == 1) & (access["population"] == "")
    fragile = access[alone & (access["need"] > HIGH_NEED) & (access["second_km"] >= FRAGILE_KM)]
    hidden = here.audience == "public"  # what is lost if somebody closes is not for the public
    return [*deserts, *(_make_fragile(here, row) for row in fragile.itertuples() if not hidden)]


def keep_own(here: Network, access: pd.DataFrame) -> pd.DataFrame:
    """Keep counties of the States of the network; all where nobody is kept as context."""
    own = here.organizations.loc[~here.is_context.to_numpy(), "county_fips"].str[:2]
    if not here.is_context.any():
        return access
    return access[access["county_fips"].str[:2].isin(set(own) - {""})]


def _make_gap(here: Network, row: Any, worst: str) -> Gap:
    if row.ask:
        return _make_unknown(here, row)
    far, share = float(row.nearest_km), float(row.share_of_counties)
    need, provider = float(row.need), str(row.nearest)
    people, county = str(row.population), str(row.county_fips)
    label = f"{row.service} for {people}" if people else str(row.service)
    place = county_name(county) or county
    return Gap(
        kind="coverage",
        rule=label,
        organization=provider,
        place=county,
        place_name=place,
        status="no provider on file",
        severity=weigh_desert(share, need, far),
        evidence=_say_evidence(here, row, share, worst),
        owner=convener_of(here),
        next_step=_say_next_step(here, label, place, provider, str(row.hospital)),
    )


def _make_unknown(here: Network, row: Any) -> Gap:
    """Say that a service is not known to be missing: who usually offers it has none on file."""
    label = f"{row.service} for {row.population}" if row.population else str(row.service)
    name, place = here.name(row.ask), county_name(str(row.county_fips)) or str(row.county_fips)
    evidence = f"nobody is on file for it, but what {name} offers there is not known"
    step = f"Ask {name} whether it offers {start_small(label)} in {place}, and enter its services."
    if _is_alone(here, str(row.county_fips), label):
        evidence = f"{name} is all that is on file of the county: who else is there is not known"
        step = (
            f"Ask {name} who offers {start_small(label)} in {place}, and enter them; public files "
            "name most providers of a county."
        )
    return Gap(
        kind="coverage",
        rule=label,
        organization=str(row.ask),
        place=str(row.county_fips),
        place_name=place,
        status="unknown",
        severity=0.0,
        evidence=evidence,
        owner=name,
        next_step=step,
    )


def _is_alone(here: Network, county: str, label: str) -> bool:
    """Whether hospitals are all that is on file of a city, and none of them usually offers it."""
    if county not in list_referral_counties(here):
        return False
    asked, folded = find_silent(here), label.casefold()
    usual = [service for place, service in asked if place == county]
    return not any(folded == one or folded.startswith(f"{one} for ") for one in usual)


def _make_fragile(here: Network, row: Any) -> Gap:
    """Say that one organization only offers a service in a county of high need."""
    provider, second = str(row.nearest), str(row.second)
    county, km = str(row.county_fips), float(row.second_km)
    share, need = float(row.share_of_counties), float(row.need)
    place = county_name(county) or county
    return Gap(
        kind="coverage",
        rule=str(row.service),
        organization=provider,
        other=second,
        place=county,
        place_name=place,
        status="one provider only",
        severity=weigh_desert(share, need, km) / 2,
        evidence=(
            f"{here.name(provider)} alone offers it there; were it to close, the nearest is "
            f"{here.name(second)}, {say_distance(km, here.units)} away"
        ),
        owner=convener_of(here),
        next_step=f"Ask {here.name(second)} whether it could stand in for {here.name(provider)}.",
    )


def weigh_desert(share: float, need: float, km: float) -> float:
    """Give the severity of a county without a service; it grows with need and with distance.

    Examples
    --------
    >>> weigh_desert(1.0, 1.0, 250.0), weigh_desert(0.5, 0.0, 0.0)
    (1.0, 0.125)
    """
    distance = 1.0 if np.isnan(km) else min(1.0, km / FAR_KM)
    return share * (1 + need) / 2 * (1 + distance) / 2


def _say_evidence(here: Network, row: Any, share: float, worst: str) -> str:
    parts = [f"{share:.0%} of the counties with services on file have it"]
    people = float(row.residents)
    if people == people:
        parts.append(f"{people:,.0f} people live there")
    if worst:
        parts.append(f"need is high ({worst})")
    far, second = say_about(row.nearest_km, here.units), str(row.second)
    where = f", {far} from the middle of the county" if far else ""
    parts.append(f"the nearest on file is {here.name(str(row.nearest))}{where}")
    if second and here.audience != "public":
        far = say_distance(row.second_km, here.units)
        far_too = f" ({far})" if far else ""
        parts.append(f"the next after it is {here.name(second)}{far_too}")
    if beyond := _list_beyond(here, str(row.county_fips)):
        named = join_words([f"{county_name(code)} ({state_of(code)})" for code in beyond], most=3)
        parts.append(
            f"{named} {'lies' if len(beyond) == 1 else 'lie'} across the State line, where nobody "
            "is on file (partnet build --border-km 150 adds who is there)"
        )
    return "; ".join(parts)


def _list_beyond(here: Network, county: str) -> list[str]:
    """Counties next to one, in States of which a network of public files knows nobody."""
    if not from_public_files(here).any():
        return []
    known = {*here.organizations["county_fips"].str[:2], county[:2]}
    return [code for code in county_neighbors(county) if code[:2] not in known]


def _say_next_step(here: Network, label: str, place: str, provider: str, hospital: str) -> str:
    name = here.name(provider)
    asked = f"Ask {name} whether it can serve {place} ({start_small(label)})"
    if not hospital or hospital == provider:
        return f"{asked}."
    if frozenset((provider, hospital)) in here.tied_pairs:
        return f"{asked}; it already has a tie with {here.name(hospital)}."
    return f"{asked}; it has no tie on file with {here.name(hospital)}, the hospital there."


# -- how they are said and shown -------------------------------------------------------------------


def say_gap(gap: Any) -> str:
    """Say one gap in words."""
    service = start_small(gap.rule)
    if gap.status == "one provider only":
        return f"{gap.place_name} has one provider only of {service}: {gap.organization_name}"
    return f"{gap.place_name} has no provider of {service} on file"


def say_act(gap: Any) -> str:
    """Say what to do about it in a few words."""
    service = start_small(gap.rule)
    if gap.status == "one provider only":
        second = gap.other_name or "the next provider"
        return f"Ask {second} to stand in for {gap.organization_name}: {service}, {gap.place_name}"
    if not gap.organization_name:
        return f"Find somebody to serve {gap.place_name} with {service}"
    return f"Ask {gap.organization_name} to serve {gap.place_name} with {service}"


def say_coverage(here: Network, gaps: pd.DataFrame, judged: pd.DataFrame) -> Sentence | None:
    """Say how many counties lack a service or depend on one provider, and the first of each."""
    lacking = gaps[gaps["status"] == "no provider on file"]
    silent = judged[judged["status"] == "unknown"]
    alone = gaps[gaps["status"] == "one provider only"]
    parts: list[str] = []
    claims: dict[str, object] = {}
    if len(lacking):
        first, n = lacking.iloc[0], int(lacking["place"].nunique())
        parts.append(
            f"{count_noun(n, 'county lacks', 'counties lack')} a service that most other counties "
            f"have. Most severe: {first.place_name} has no provider of {start_small(first.rule)} "
            "on file: "
            f"{first.evidence}."
        )
        claims |= {"lacking": n, **_name("lacking", first)}
    if len(alone):
        first, n = alone.iloc[0], int(alone["place"].nunique())
        parts.append(
            f"In {count_noun(n, 'county', 'counties')} of high need a service depends on one "
            f"provider far from the next, first {start_small(first.rule)} in {first.place_name}: "
            f"{first.evidence}."
        )
        claims |= {"alone": n, **_name("alone", first)}
    if len(silent):
        text, more = _say_silent(here, silent)
        parts.append(text)
        claims |= more
    return Sentence("coverage", " ".join(parts), claims) if parts else None


def _say_silent(here: Network, silent: pd.DataFrame) -> tuple[str, dict[str, object]]:
    """Say in how many counties it is not known, and whom to ask: first whose services are blank."""
    n = int(silent["place"].nunique())
    cells = zip(silent["place"], silent["rule"], strict=True)
    alone = np.array([_is_alone(here, place, service) for place, service in cells])
    names = list(dict.fromkeys(silent.loc[~alone, "organization_name"]))
    cities = silent.loc[alone].drop_duplicates("place")
    why = []
    if names:
        offer = "offers" if len(names) == 1 else "offer"
        why.append(f"what {join_words(names, most=3)} {offer} is not on file")
    if len(cities):
        pairs = zip(cities["organization_name"], cities["place_name"], strict=True)
        known = [f"{name} is all that is on file of {place}" for name, place in pairs]
        why.append(join_words(known, most=3))
    first = silent[~alone].iloc[0] if names else silent.iloc[0]
    text = (
        f"In {count_noun(n, 'county', 'counties')} it is not known whether a service is missing: "
        f"{'; '.join(why)}. {first['next_step']}"
    )
    claims: dict[str, object] = {"not_known": n, "silent": names}
    return text, claims | ({"cities": cities["place_name"].tolist()} if len(cities) else {})


def _name(what: str, first: pd.Series) -> dict[str, str]:
    """Names and words of the first row, as claims."""
    return {f"{what}_{name}": str(first[name]) for name in ("place_name", "rule", "evidence")}


def tabulate_access(here: Network, judged: pd.DataFrame) -> pd.DataFrame:
    """Give who offers each usual service in each county, by name too."""
    access = measure_access(here)
    if here.audience == "public":  # what is lost if somebody closes is not for the public
        access = access.assign(second="", second_km=np.nan)
    names = {**here.names.to_dict(), "": ""}
    named = {f"{who}_name": access[who].map(names) for who in ("nearest", "second", "hospital")}
    return access.assign(**named)[SHOWN_ACCESS.names]


def pick_access(access: pd.DataFrame) -> pd.DataFrame:
    """Say for whom a service is, also where it is for everybody."""
    return access.assign(population=access["population"].replace("", "everybody"))


SHOWN_ACCESS = Shown(
    "access",
    "Who offers each usual service in each county, and how far the next two are",
    (
        Column("county", "County", meaning="Its name."),
        Column("service", "Service", meaning="One that at least half of the counties have."),
        Column("population", "For", meaning="Whom it is for; blank: for everybody."),
        Column("providers", "Providers there", "count", meaning="Organizations that offer it."),
        Column("nearest_name", "Nearest", meaning="Its name; one that serves the county first."),
        Column("nearest_km", "Miles", "miles", meaning="Kilometers from the middle of the county."),
        Column("second_name", "Next, if it closes", meaning="Its name; blank for the public."),
        Column("second_km", "Miles", "miles", meaning="Kilometers from the middle of the county."),
        Column("hospital_name", "Hospital there", meaning="Name of the first of the county."),
        Column("tied", "Tie on file with the nearest", meaning="Of it; blank: no hospital."),
        Column("need", "Need", "score", meaning="Mean percentile of its indicators, 0 to 1."),
        Column("residents", "People", "count", meaning="Who live there; blank where not known."),
        Column("county_fips", meaning="County code."),
        Column("ask", meaning="Id of whom to ask: its services are not on file."),
        Column("share_of_counties", meaning="Share of the counties that have the service."),
        Column("nearest", meaning="Id of the nearest provider."),
        Column("second", meaning="Id of the next."),
        Column("hospital", meaning="Id of the hospital."),
    ),
    "Access to services",
    rows=0,
    pick=pick_access,
)
KIND = GapKind(
    name="coverage",
    title="Services that a county lacks, or has from one provider only",
    label="services",
    needs=("services",),
    find=find_coverage_gaps,
    subject=("place", "status"),
    columns=(
        Column("place_name", "County"),
        Column("rule", "Service"),
        Column("status", "Status"),
    ),
    say=say_gap,
    act=say_act,
    text=say_coverage,
    formula=(
        "share of counties with the service x (1 + need)/2 x (1 + km/100)/2; one provider only: "
        "half of that with the kilometers to the next."
    ),
    notes=("No services on file means not known, never a desert.",),
    beside=(Beside(SHOWN_ACCESS, tabulate_access),),
)
