"""Sections of a report: from results to sentences, tables and methods."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ..core.network import Network
from ..core.results import Result
from ..core.shown import Column
from ..places.gazetteer import county_name
from ..views.caption import describe_picture
from ..views.draw import render_network
from .declared import list_blocks
from .findings import Findings
from .model import Block, FigureBlock, MethodBlock, Section, TableBlock

TOP = 10  # organizations shown on the page in a ranking
CAH, CAH_SHEET = "critical_access_hospital", "Critical Access Hospitals"
CAH_ROWS = 150  # no State has more


def write_inventory(findings: Findings) -> Section:
    """Who is here, what they do, and the collective investment."""
    result, net = findings.inventory, findings.net
    kinds = (
        Column("label", "Kind"),
        Column("organizations", "Organizations", "count"),
        Column("ties", "Ties on file", "count"),
        Column("dollars", "Dollars on file", "dollars"),
    )
    groups = (
        Column("group", "Group"),
        Column("n_members", "Members", "count"),
        Column("members", "Who"),
    )
    tables = result.tables
    blocks = [
        TableBlock("Organizations by kind", tables["kinds"], kinds, "Kinds"),
        TableBlock("Groups and their members", tables["groups"].reset_index(), groups, "Groups", 8),
        *_tables_of_money(tables),
        *_list_organizations(net, result),
    ]
    filled = tuple(block for block in blocks if len(block.frame))
    return Section("inventory", "Who is here", result.sentences, filled)


def _tables_of_money(tables: Mapping[str, pd.DataFrame]) -> tuple[TableBlock, ...]:
    dollars = Column("dollars", "Dollars", "dollars")
    years = (
        Column("fiscal_year", "Fiscal year"),
        dollars,
        Column("programs", "Programs", "count"),
        Column("recipients", "Organizations", "count"),
    )
    title = "Collective investment by"
    by_year, by_program = tables["investment"].reset_index(), tables["programs"].reset_index()
    by_place = _name_places(tables["places"].reset_index())
    program, place = Column("program", "Program"), Column("place", "Place")
    return (
        TableBlock(f"{title} fiscal year, each dollar counted once", by_year, years, "Investment"),
        TableBlock(f"{title} program", by_program, (program, dollars), "Programs", rows=8),
        TableBlock(f"{title} place", by_place, (place, dollars), "Places", rows=8),
    )


def _name_places(table: pd.DataFrame) -> pd.DataFrame:
    named = [county_name(place) or place for place in table["place"]]
    return table.assign(place=pd.Series(named, index=table.index, dtype="str"))


def _list_organizations(net: Network, result: Result) -> tuple[TableBlock, TableBlock]:
    """The State's Critical Access Hospitals by name; every organization only in the Excel file."""
    kinds = {id_: kind.label for id_, kind in net.vocabulary.kinds.items()}
    table = result.table.reset_index()
    table = table.assign(
        kind=table["kind"].map(kinds),
        county=[county_name(c) for c in table["county_fips"]],
        context=np.where(net.is_context, "yes", ""),
    )
    columns = (
        Column("name", "Organization"),
        Column("kind", "Kind", seen="annex"),
        Column("county", "County"),
        Column("n_ties", "Ties on file", "count", sparse=True),
        Column("n_services", "Services", "count"),
        Column("n_groups", "Groups", "count"),
        Column("dollars", "Dollars on file", "dollars", sparse=True),
        *((Column("context", "Context", seen="annex"),) if net.is_context.any() else ()),
        Column("id", "Id", seen="annex"),
    )
    hospitals = table[(result.table["kind"] == CAH).to_numpy() & ~net.is_context.to_numpy()]
    hospitals = hospitals.sort_values("name", kind="stable")
    return (
        TableBlock(CAH_SHEET, hospitals, columns, CAH_SHEET, CAH_ROWS),
        TableBlock("All organizations", table, columns, "Organizations", rows=0),
    )


def write_central(findings: Findings) -> Section:
    """Who is central, with the picture."""
    result, net = findings.centrality, findings.net
    blocks: list[Block] = []
    if net.n:
        blocks.append(
            FigureBlock(
                "The network in one picture; the caption says what is drawn.",
                describe_picture(net, findings.layer),
                render_network(net, layer=findings.layer),
            )
        )
    affinity = findings.layer.kind == "affinity"
    order = ["betweenness", "degree"]
    table = result.table.sort_values(order, ascending=False, kind="stable").reset_index()
    if net.convener:
        is_convener = table["id"] == net.convener
        table["name"] = table["name"].mask(is_convener, table["name"] + " (convener)")
    columns = (
        Column("name", "Organization"),
        Column("degree", "Shares with" if affinity else "Partners", "count"),
        Column("strength", "Affinity" if affinity else "Strength of ties", "score"),
        Column("betweenness", "Lies between others", "score"),
        Column("harmonic", "Closeness to all", "score"),
        Column("coreness", "Core", "count"),
        Column("pagerank", "PageRank", "score", seen="annex"),
        Column("eigenvector", "Eigenvector", "score", seen="annex"),
        Column("betweenness_weighted", "Lies between others (weighted)", "score", seen="annex"),
        Column("harmonic_weighted", "Closeness to all (weighted)", "score", seen="annex"),
    )
    caption = "The most central organizations, by how often they lie between others"
    blocks.append(TableBlock(caption, table, columns, "Central organizations", rows=TOP))
    return Section("central", "Who is central", result.sentences, tuple(blocks))


def write_bridges(findings: Findings) -> Section:
    """Who bridges, and what breaks if they leave."""
    result = findings.bridges
    breaks, ties = result.tables["what_breaks"], result.tables["bridge_ties"]
    columns = (
        Column("name", "If this organization leaves"),
        Column("n_cut_off", "Organizations cut off", "count"),
        Column("n_counties", "Counties", "count"),
        Column("cut_off", "Who"),
    )
    only = (
        Column("organization_name", "Organization"),
        Column("partner_name", "Organization"),
        Column("smaller_side", "Organizations on the smaller side", "count"),
    )
    blocks = [
        TableBlock(
            "What breaks if one organization leaves", breaks, columns, "What breaks", rows=8
        ),
        _table_of_brokers(result.table.reset_index()),
        TableBlock(
            "Ties that are the only way between two parts", ties, only, "Bridge ties", rows=0
        ),
    ]
    filled = tuple(block for block in blocks if len(block.frame))
    return Section("bridges", result.title, result.sentences, filled)


def _table_of_brokers(table: pd.DataFrame) -> TableBlock:
    """Roles are counted along reported ties; in an affinity graph only the position is known."""
    columns = (
        Column("name", "Organization"),
        Column("brokerage", "Times between two others", "count"),
        Column("betweenness", "Lies between others", "score"),
        Column("constraint", "Constraint", "score"),
        Column("effective_size", "Effective size", "score"),
        Column("coordinator", "Coordinator", "count", seen="annex"),
        Column("itinerant", "Itinerant", "count", seen="annex"),
        Column("gatekeeper", "Gatekeeper", "count", seen="annex"),
        Column("representative", "Representative", "count", seen="annex"),
        Column("liaison", "Liaison", "count", seen="annex"),
    )
    filled = tuple(column for column in columns if column.name in table)
    order = "brokerage" if "brokerage" in table else "betweenness"
    ordered = table.sort_values(order, ascending=False, kind="stable")
    return TableBlock("Go-betweens", ordered, filled, "Go-betweens", rows=TOP)


def write_gaps(findings: Findings) -> Section:
    """What is expected and not on file, kind by kind."""
    result = findings.gaps
    return Section("gaps", result.title, result.sentences, list_blocks(result))


def write_recommendations(findings: Findings) -> Section:
    """Whom to approach next, why, and through whom."""
    result = findings.recommendations
    columns = (
        Column("organization_name", "Organization"),
        Column("partner_name", "Could approach"),
        Column("reason", "Why"),
        Column("introducer", "Who could introduce them"),
        Column("goals", "What it would achieve"),
        Column("against", "What speaks against it"),
    )
    dormant = (
        Column("organization_name", "Organization"),
        Column("partner_name", "Organization"),
        Column("last_contact", "Last contact", "date"),
        Column("sentence", "What to do"),
    )
    network = result.tables.get("network", result.table)
    blocks = [
        TableBlock("The most promising introductions", network, columns, "Introductions"),
        TableBlock("Ties to renew", result.tables["dormant"], dormant, "Ties to renew", rows=8),
        TableBlock(
            "Suggestions for every organization",
            result.table,
            (*columns[:2], Column("rank", "Rank", "count"), *columns[2:]),
            "Suggestions",
            rows=0,
        ),
    ]
    filled = tuple(block for block in blocks if len(block.frame))
    return Section("recommendations", "Whom to approach next", result.sentences, filled)


def write_methods(findings: Findings) -> Section:
    """How everything was computed."""
    results = (
        findings.inventory,
        findings.centrality,
        findings.bridges,
        findings.gaps,
        findings.recommendations,
        findings.partnerships,
        findings.session,
        findings.outcomes,
        findings.introductions,
        *(() if findings.net.table("contacts").empty else (findings.visits,)),
        findings.roster,
        findings.convenings,
        findings.peers,
    )
    blocks = tuple(MethodBlock(result.title, result.method) for result in results)
    lead = ("Each box says what was computed, on which ties, by which formula and source.",)
    return Section("methods", "Methods", lead, blocks)
