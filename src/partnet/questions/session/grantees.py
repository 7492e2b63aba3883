"""The grantees of a place: programs, dates, dollars, and what their programs have in common."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pandas as pd

from ...core.arrays import FloatArray, IntArray
from ...core.network import Network
from ...core.wording.text import count_noun, join_words
from ...facts.geography.locations import counties_of_each
from ...facts.graph.affinity import Affinity
from ...facts.money.awards import list_awards
from ...facts.money.investment import choose_year, sum_all_investment
from ...places.gazetteer import county_name
from .place import Place, is_statewide, list_present
from .shown import GRANTEES, SYNERGIES, UNTIED_PAIRS

SERVICES_NAMED = 3
NO_TIE, TIE = "no tie on file", "tie on file"  # status of a pair


def list_grantees(here: Network, place: Place) -> pd.DataFrame:
    """List the awards that run on a day and reach a place, each with an overview of its grantee.

    An award reaches the place if it serves it, or if its grantee is at home there or serves it.
    ``counted`` says where its dollars count ("here", "statewide", or another county): collective
    investment counts each dollar once, net of what was ``passed_on`` under the same award.
    """
    net, awards = here.whole, list_awards(here)
    present = awards["recipient"].map(list_present(net, place)) != ""
    rows = awards[place.holds(awards["place"]) | present]
    names, services = net.names.to_dict(), _describe_services(net).to_dict()
    table = pd.DataFrame(
        {
            "organization": rows["recipient"],
            "name": rows["recipient"].map(names),
            "program": rows["program"],
            "funder": [names.get(funder, funder) for funder in rows["funder"]],
            "award": rows["award"],
            "period_start": rows["period_start"],
            "period_end": rows["period_end"],
            "dollars": rows["dollars"].round(2),
            "passed_on": rows["passed_on"].round(2),
            "counted": _say_where(place, rows["place"]),
            "what_it_does": [services.get(id_, "not on file") for id_ in rows["recipient"]],
        }
    )
    order = ["dollars", "organization", "program"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)[
        GRANTEES.names
    ]


def _say_where(place: Place, places: pd.Series) -> pd.Series:
    named = places.map({code: county_name(code) or code for code in places.unique()})
    return named.mask(is_statewide(places), "statewide").mask(place.holds(places), "here")


def _describe_services(net: Network) -> pd.Series:
    """The services of each organization on file, the first three by name."""
    services = net.rows("services").drop_duplicates(["organization", "service"])
    return services.groupby("organization")["service"].agg(
        lambda names: join_words(sorted(names), most=SERVICES_NAMED)
    )


def sum_place(here: Network, place: Place) -> pd.DataFrame:
    """Give the collective investment of a place by fiscal year, each dollar once."""
    money = sum_all_investment(here)
    own = money[place.holds(money["place"]) & (money["dollars"].round(2) != 0)]
    table = own.groupby("fiscal_year").agg(
        dollars=("dollars", "sum"),
        programs=("program", "nunique"),
        organizations=("recipient", "nunique"),
    )
    elsewhere = money[is_statewide(money["place"]) & ~place.holds(money["place"])]
    statewide = elsewhere.groupby("fiscal_year")["dollars"].sum()
    return table.assign(statewide=statewide.reindex(table.index).fillna(0.0)).reset_index()


def pick_year(investment: pd.DataFrame, day: pd.Timestamp | None) -> pd.Series | None:
    """Give the row of the fiscal year of the day, or of the newest before it; None without one."""
    year = choose_year(investment["fiscal_year"], day)
    return investment.set_index("fiscal_year", drop=False).loc[year] if year else None


def offers_of(net: Network) -> dict[str, set[tuple[str, str]]]:
    """Give the services of each organization with the people they are for."""
    services = net.rows("services")
    folded = list(
        zip(services["service"].str.casefold(), services["population"].str.casefold(), strict=True)
    )
    by_organization = services.assign(offer=folded).groupby("organization")["offer"].agg(set)
    return {str(id_): offers for id_, offers in by_organization.items()}


def say_offer(offer: tuple[str, str]) -> str:
    """Say a service and for whom.

    Examples
    --------
    >>> say_offer(("fall prevention", "older adults"))
    'fall prevention for older adults'
    """
    return f"{offer[0]} for {offer[1]}" if offer[1] else offer[0]


def find_synergies(here: Network, grantees: pd.DataFrame, place: Place) -> pd.DataFrame:
    """List pairs of grantees whose programs serve the same people in the same counties.

    Pairs share a program, or at least one service for the same people, and a county of the place.
    Those with no tie on file come first, then those with most in common.
    """
    programs = grantees.groupby("organization")["program"].agg(lambda p: sorted(set(p)))
    served, inside = counties_of_each(here), set(place.counties)
    offers = offers_of(here)
    rows = []
    for a, b in combinations(sorted(set(programs.index) - {here.convener}), 2):
        common = served.get(a, frozenset()) & served.get(b, frozenset()) & inside
        shared = sorted(offers.get(a, set()) & offers.get(b, set()))
        same = sorted(set(programs[a]) & set(programs[b]))
        if common and (shared or same):
            rows.append(_make_synergy(here, a, b, programs, shared, same, sorted(common)))
    table = pd.DataFrame(rows, columns=SYNERGIES.names)
    order = ["status", "n_shared", "organization", "partner"]
    return table.sort_values(order, ascending=[True, False, True, True], ignore_index=True)


def _make_synergy(
    here: Network,
    a: str,
    b: str,
    programs: pd.Series,
    shared: list[tuple[str, str]],
    same: list[str],
    common: list[str],
) -> tuple[object, ...]:
    tied = frozenset((a, b)) in here.tied_pairs
    named = join_words(same, most=2) if same else f"{programs[a][0]}; {programs[b][0]}"
    what = join_words([say_offer(offer) for offer in shared], most=3)
    ask = (
        f"which award pays for {say_offer(shared[0])}?"
        if shared
        else f"who reaches whom with {same[0]}?"
    )
    where = join_words([county_name(code) or code for code in common], most=3)
    status = TIE if tied else NO_TIE
    n = len(shared) + len(same)
    return a, here.name(a), b, here.name(b), named, what or "one program", n, where, status, ask


def list_untied_pairs(
    here: Network, organizations: list[str], worth: Callable[[IntArray], FloatArray]
) -> pd.DataFrame:
    """List pairs of organizations with no tie on file, those with most to gain first.

    Parameters
    ----------
    here : Network
        The network on the day.
    organizations : list of str
        Ids.
    worth : callable
        What new contacts among some positions would be worth, as a square array.
    """
    ids = sorted(organizations)
    at = here.positions(ids)
    gains = worth(at).tolist()
    rows = [
        (a, here.name(a), b, here.name(b), gains[i][j])
        for (i, a), (j, b) in combinations(enumerate(ids), 2)
        if frozenset((a, b)) not in here.whole.tied_pairs
    ]
    table = pd.DataFrame(rows, columns=UNTIED_PAIRS.names)
    table["gain"] = table["gain"].round(9)
    order = ["gain", "organization", "partner"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)


def say_common_ground(affinity: Affinity, a: str, b: str) -> str:
    """Say in a few words what two organizations have in common: counts by family."""
    nouns = {
        "services": ("service", "services"),
        "funding": ("program", "programs"),
        "populations": ("population", "populations"),
        "places": ("county", "counties"),
        "groups": ("group", "groups"),
    }
    shared = affinity.shared_features(a, b)
    return join_words([count_noun(len(found), *nouns[name]) for name, found in shared.items()])
