"""How people see who bridges, and what breaks."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ...core.results.shown import MAIN, Column, Shown
from ..columns import BETWEENNESS_ERROR, ID, KIND, NAME

TOP = 10  # organizations shown on the page in a ranking

ORGANIZATION = Column("organization", meaning="Id of the organization.")

BROKERS = (
    NAME,
    Column(
        "brokerage",
        "Pairs brokered",
        "count",
        meaning="Ordered pairs of others without a tie that it connects, by groups.",
    ),
    Column(
        "betweenness",
        "Betweenness",
        "score",
        meaning="Share of the shortest paths between two others that lead through it, 0 to 1.",
    ),
    Column(
        "constraint",
        "Constraint",
        "score",
        meaning="Burt's: how far its partners are tied with each other; blank without partners.",
    ),
    Column(
        "effective_size",
        "Effective size",
        "score",
        meaning="Partners less those reached anyway; blank without partners.",
    ),
    Column("coordinator", "Coordinator", "count", "annex", "Between two of its own group."),
    Column("itinerant", "Itinerant", "count", "annex", "Between two of one other group."),
    Column("gatekeeper", "Gatekeeper", "count", "annex", "From another group to its own."),
    Column("representative", "Representative", "count", "annex", "From its own group to another."),
    Column("liaison", "Liaison", "count", "annex", "Between two other groups."),
    ID,
    KIND,
    Column("is_articulation", meaning="Whether others are cut off if it leaves."),
    Column("n_cut_off", meaning="Others cut off from the rest of their component if it leaves."),
    BETWEENNESS_ERROR,
    Column("efficiency", meaning="Effective size / partners; blank without partners."),
    Column("hierarchy", meaning="Whether the constraint comes from one partner, 0 to 1."),
    Column("constraint_weighted", meaning="Constraint with strengths."),
    Column("effective_size_weighted", meaning="Effective size with strengths."),
    Column("participation", meaning="0 to 1: how evenly its partners spread over the groups."),
)


def rank_brokers(table: pd.DataFrame) -> pd.DataFrame:
    """Most pairs brokered first; in an affinity graph only the position is known."""
    order = "brokerage" if "brokerage" in table else "betweenness"
    return table.sort_values(order, ascending=False, kind="stable")


SHOWN_WHAT_BREAKS = Shown(
    "what_breaks",
    "What breaks if one organization leaves",
    (
        Column("name", "If this organization leaves", meaning="Name of the organization."),
        Column(
            "n_cut_off",
            "Organizations cut off",
            "count",
            meaning="From the rest.",
        ),
        Column("n_counties", "Counties", "count", meaning="Counties of those cut off."),
        Column("cut_off", "Who", meaning="Names of the first of them."),
        ORGANIZATION,
    ),
    "What breaks",
    rows=8,
)
SHOWN_BROKERS = Shown(
    MAIN,
    "Brokers: organizations that connect others who have no tie on file",
    BROKERS,
    "Brokers",
    rows=TOP,
    pick=rank_brokers,
)
SHOWN_BRIDGE_TIES = Shown(
    "bridge_ties",
    "Bridge ties: the only path between two parts of the network",
    (
        Column("organization_name", "Organization", meaning="Name of one end."),
        Column("partner_name", "Organization", meaning="Name of the other end."),
        Column("smaller_side", "Organizations on the smaller side", meaning="Names of the first."),
        ORGANIZATION,
        Column("partner", meaning="Id of the other end."),
        Column("strength", meaning="Strength of the tie, 0 to 1."),
        Column("n_smaller_side", meaning="Organizations on the smaller side."),
    ),
    "Bridge ties",
    rows=0,
)
SHOWN_CUT_OFF = Shown(
    "cut_off",
    "Who is cut off, one row for each organization that would be",
    (
        ORGANIZATION,
        Column("cut_off", meaning="Id of one that is cut off if the organization leaves."),
        Column("name", "Cut off", meaning="Its name."),
        Column("county_fips", meaning="Code of its county; blank where not known."),
    ),
    people=False,
)
SHOWN_KEY_PLAYERS = Shown(
    "key_players",
    "Key players: the few whose loss breaks the network most, and who together reach it best",
    (
        Column("set", "Which set", meaning="What the set does best."),
        Column("order", "Place", "count", meaning="1 counts most."),
        NAME,
        Column("value", "Value", "score", meaning="Of the set up to this member."),
        Column("before", "Before", "score", meaning="Value without the set."),
        ORGANIZATION,
        Column("measure", meaning="Which measure (Borgatti 2006)."),
        Column("search", meaning="Whether every set was tried, or how it was searched."),
        Column("equal", "Others as good", meaning="Another in the place of one does as much."),
    ),
    "Key players",
    rows=0,
)
SHOWN_CONVENERS = Shown(
    "convener_candidates",
    "Who could convene, by position alone; ask the partners whether they are neutral",
    (
        NAME,
        Column("score", "Score", "score", meaning="Share of groups reached x evenness, 0 to 1."),
        Column("groups", "Groups reached", "count", meaning="Groups among its partners."),
        Column("largest_share", "Largest share", "share", meaning="Of one group among them."),
        Column("stakes", "What speaks against it", meaning="Blank if nothing is on file."),
        ORGANIZATION,
    ),
    "Conveners",
    rows=0,
)
SHOWN_ROLES = Shown(
    "roles",
    "Roles between groups against chance",
    (
        ORGANIZATION,
        Column("role", "Role", meaning="Coordinator, itinerant, gatekeeper and so on."),
        Column("count", "Pairs", "count", meaning="Ordered pairs brokered in this role."),
        Column("expected", "By chance", "score", meaning="Mean, group labels permuted."),
        Column("z", "Spreads above chance", "score", meaning="Blank where it was not drawn."),
    ),
    people=False,
)
SHOWN_REMOVAL = Shown(
    "removal",
    "What is left as organizations leave",
    (
        Column("order", "Order", meaning="By chance, by degree or by betweenness."),
        Column("removed", "Gone", "count", meaning="Organizations that have left."),
        Column("share", "Share gone", "share", meaning="Of all organizations."),
        Column("largest", "Still linked", "share", meaning="Share in the main component."),
        Column("fragmentation", meaning="Share of pairs without a path."),
    ),
    people=False,
)

SHOWN = (
    SHOWN_WHAT_BREAKS,
    SHOWN_BROKERS,
    SHOWN_BRIDGE_TIES,
    SHOWN_KEY_PLAYERS,
    SHOWN_CONVENERS,
    SHOWN_CUT_OFF,
    SHOWN_ROLES,
    SHOWN_REMOVAL,
)
NO_TABLES = [shown for shown in SHOWN if shown.table != MAIN]  # empty where nothing can break


def show_bridges(grouping: str) -> tuple[Shown, ...]:
    """Declare the tables of one answer; the grouping is a column of the main one."""
    named = tuple(shown for shown in SHOWN if shown.table != MAIN)
    if grouping in SHOWN_BROKERS.names:
        return SHOWN
    groups = Column(grouping, meaning="The group between whose members it may bridge.")
    brokers = replace(SHOWN_BROKERS, columns=(*BROKERS, groups))
    return (named[0], brokers, *named[1:])
