"""Who bridges which groups, and what breaks if they leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from ...core.arguments import checked
from ...core.checks import check_choice, check_count
from ...core.errors import UsageError
from ...core.memory import fact
from ...core.network import Network
from ...core.results.result import Method, Result, Sentence
from ...core.wording.text import count_noun
from ...facts.graph.collaboration import choose_layer
from ...facts.graph.layers import Layer
from ...facts.identity.organizations import read_groups, start_table
from ...measures.groups.cohesion import Cuts, find_cuts
from ...measures.positions.brokerage import (
    PERMUTATIONS,
    SMALLEST_GROUP,
    code_groups,
    compare_brokerage,
    count_brokerage,
    count_draws,
    measure_participation,
)
from ...measures.positions.brokerage_groups import list_group_brokerage, weigh_brokerage
from ...measures.positions.key_players import find_key_players
from ...measures.positions.structural_holes import list_dyadic_constraint, measure_structural_holes
from ...measures.whole.robustness import measure_removal
from ..betweenness import ask_betweenness
from ..centrality.text import note_sampling, say_sampling
from .articulation import (
    LISTED,
    hide_breakage,
    list_bridge_ties,
    list_cut_off,
    list_what_breaks,
)
from .conveners import propose_conveners
from .shown import NO_TABLES, show_bridges
from .text import say_affinity, say_bridges

PLAYED = {  # what each search of key players looks for
    "fragmentation": "whose loss leaves the most pairs without a path",
    "distance_fragmentation": "whose loss makes paths longest",
    "reach": "who reach the most others",
    "m_reach": "who reach the most others in two steps",
}


@checked
def find_bridges(
    net: Network,
    *,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    directed: bool = False,
    as_of: str | pd.Timestamp | None = None,
    grouping: str = "sector",
    with_convener: bool = False,
    permutations: int = PERMUTATIONS,
    holes: Literal["network", "ego"] = "network",
    detail: bool = False,
) -> Result:
    """Say who bridges which groups, and what breaks if they leave.

    Parameters
    ----------
    net : Network
        The network.
    layer : Layer or {"collaboration", "affinity"}, optional
        The graph; default: working relations, or affinity where no tie is on file. Affinity
        gives central position only: nothing breaks where no tie is reported.
    relations : sequence of str, optional
        Relations that count; default: the working ones (not contacts, funding, membership).
    directed : bool, default False
        Follow the arrows in betweenness and in the roles between groups; Burt's measures use both
        directions, what breaks ignores them.
    as_of : str or Timestamp, optional
        The day on which ties must hold; default: the newest date in the tables.
    grouping : str, default "sector"
        Column of the organizations table between whose groups bridges are counted; groups of
        fewer than 3 organizations have no role (``brokerage`` counts them).
    with_convener : bool, default False
        Keep the declared convener. It knows everybody by office, so that with it hardly anything
        seems to break; one sentence says what changes.
    permutations : int, default 199
        Draws against which the roles between groups are held (table ``roles``).
    holes : {"network", "ego"}, default "network"
        Burt's measures over the whole network, or within each ego network, as UCINET gives them
        unless told otherwise.
    detail : bool, default False
        Add the tables for analysts: ``dyadic_constraint`` (of every two that are tied),
        ``group_roles`` (roles summed over the brokers of each group, against two kinds of chance)
        and ``shared_roles`` (every open pair shared by its brokers).

    Returns
    -------
    Result
        ``.table`` has a row for each organization, by id: its position, what breaks without it,
        and its roles between groups. ``.tables``: ``what_breaks``, ``cut_off``, ``bridge_ties``,
        ``key_players`` (the three whose loss breaks the network most, and who together reach it
        best; see :func:`find_key_players`), ``roles`` (against chance), ``removal`` (what is left
        as organizations leave), ``convener_candidates``.

    Raises
    ------
    UsageError
        `grouping` is no column of the organizations table.

    See Also
    --------
    measure_centrality : Who is central, by many measures.
    find_gaps : What is expected and not on file.

    References
    ----------
    Burt (1992), doi:10.4159/9780674029095. Gould & Fernandez (1989), doi:10.2307/270949.
    Borgatti (2006), doi:10.1007/s10588-006-7084-x.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.find_bridges(pn.load_sample("prairie"))
    >>> sorted(found.tables)
    ['bridge_ties', 'convener_candidates', 'cut_off', 'key_players', 'removal', 'roles',
     'what_breaks']
    """
    check_count("permutations", permutations)
    check_choice("holes", holes, ("network", "ego"))
    here = net.at(as_of)
    _read_groups(here, grouping)  # an unknown one is said at once
    without = [] if with_convener or not net.convener else [net.convener]
    options: dict[str, Any] = {"relations": relations, "directed": directed}
    chosen = choose_layer(here, layer, without=without, **options)
    if chosen.kind == "affinity":
        return _find_central(here, chosen, grouping)
    tables = _measure_all(here, chosen, grouping, permutations, holes)
    table = tables.pop("table")
    if detail:
        tables |= _list_detail(here, chosen, grouping, permutations)
    between = ask_betweenness(here, chosen)
    other = _find_other_cuts(here, chosen, layer, options)
    found = _answer(
        here,
        chosen,
        grouping,
        title="Who bridges, and what breaks",
        table=table,
        tables=tables,
        sentences=(*say_bridges(here, chosen, table, tables, other), *say_sampling(between)),
        method=_describe_method(here, chosen, grouping, tables["key_players"], permutations),
        lead=("n_cut_off", "betweenness"),
    )
    return hide_breakage(found) if net.audience == "public" else found


def _answer(
    here: Network,
    layer: Layer,
    grouping: str,
    *,
    title: str,
    table: pd.DataFrame,
    tables: dict[str, pd.DataFrame],
    sentences: tuple[Sentence, ...],
    method: Method,
    lead: tuple[str, ...],
) -> Result:
    return Result(
        verb="find_bridges",
        title=title,
        table=table,
        sentences=sentences,
        method=method,
        tables=tables,
        lead=lead,
        shown=show_bridges(grouping),
        as_of=layer.as_of,
        paper="Who bridges, and what breaks",
        network=here.title,
    )


def _read_groups(net: Network, grouping: str) -> pd.Series:
    organizations = net.organizations
    if isinstance(grouping, str) and grouping in organizations:
        return read_groups(net, grouping)
    columns = ", ".join(organizations.columns.drop("provenance", errors="ignore"))
    raise UsageError(
        f"grouping: found {grouping!r}. Allowed are columns of the organizations table: "
        f"{columns}. Choose one of them."
    )


@fact
def _measure_all(
    here: Network,
    layer: Layer,
    grouping: str,
    permutations: int,
    holes: Literal["network", "ego"],
) -> dict[str, pd.DataFrame]:
    """The measures of every organization (``table``), and the further tables by name."""
    cuts, between = _find_cuts(here, layer), ask_betweenness(here, layer)
    codes, _ = code_groups(_read_groups(here, grouping))
    return {
        "table": _measure_each(here, layer, grouping, holes),
        **_list_all(here, layer, cuts),
        "roles": compare_brokerage(layer, codes, permutations=permutations),
        "removal": measure_removal(layer, between.values),
        "convener_candidates": propose_conveners(here, layer, codes),
    }


@fact
def _find_cuts(_: Network, layer: Layer) -> Cuts:
    return find_cuts(layer)


def _measure_each(
    here: Network, layer: Layer, grouping: str, holes: Literal["network", "ego"]
) -> pd.DataFrame:
    cuts = _find_cuts(here, layer)
    codes, _ = code_groups(_read_groups(here, grouping))
    table = _start(here, grouping).assign(
        is_articulation=cuts.n_cut_off > 0,
        n_cut_off=cuts.n_cut_off,
        **ask_betweenness(here, layer).columns(),
    )
    burt = measure_structural_holes(layer, holes=holes)
    weighted = measure_structural_holes(layer, weighted=True, holes=holes).add_suffix("_weighted")
    weighted = weighted[["constraint_weighted", "effective_size_weighted"]]
    roles = count_brokerage(layer, codes)
    roles["participation"] = measure_participation(layer, codes)
    return pd.concat([table, burt, weighted, roles], axis=1)


def _start(here: Network, grouping: str) -> pd.DataFrame:
    table = start_table(here)
    if grouping in table:
        return table
    return table.assign(**{grouping: here.organizations[grouping].astype("str")})


def _list_all(here: Network, layer: Layer, cuts: Cuts) -> dict[str, pd.DataFrame]:
    cut_off = list_cut_off(here, cuts)
    return {
        "what_breaks": list_what_breaks(here, cut_off),
        "bridge_ties": list_bridge_ties(layer, cuts),
        "cut_off": cut_off,
        "key_players": find_key_players(layer),
    }


def _list_detail(
    here: Network, layer: Layer, grouping: str, permutations: int
) -> dict[str, pd.DataFrame]:
    codes, labels = code_groups(_read_groups(here, grouping))
    return {
        "dyadic_constraint": list_dyadic_constraint(layer),
        "group_roles": list_group_brokerage(layer, codes, labels, permutations=permutations),
        "shared_roles": weigh_brokerage(layer, codes),
    }


def _find_other_cuts(
    here: Network, chosen: Layer, layer: Layer | str | None, options: dict[str, Any]
) -> Cuts | None:
    """Give the cuts with the convener where it is left out, and without it where it is kept."""
    if not here.convener:
        return None
    if here.convener in chosen.without:
        if isinstance(layer, Layer):
            return None
        return _find_cuts(here, choose_layer(here, layer, **options))
    keep = ~here.ids.isin([here.convener])
    return find_cuts(chosen.restrict(keep, without=[here.convener]))


def _find_central(here: Network, layer: Layer, grouping: str) -> Result:
    """Central position in the affinity graph; nothing can break where no tie is reported."""
    between = ask_betweenness(here, layer)
    table = _start(here, grouping).assign(**between.columns())
    return _answer(
        here,
        layer,
        grouping,
        title="Who is between groups that have little in common",
        table=table,
        tables={shown.table: pd.DataFrame(columns=shown.names) for shown in NO_TABLES},
        sentences=tuple(say_affinity(layer, table)),
        method=Method(
            name="Central position in the affinity graph.",
            formula="Betweenness: share of shortest paths between pairs of others.",
            settings=layer.settings(),
            sources=("Freeman (1977), doi:10.2307/3033543",),
            notes=(layer.describe(), *note_sampling(between)),
        ),
        lead=("betweenness",),
    )


def _describe_method(
    here: Network, layer: Layer, grouping: str, players: pd.DataFrame, permutations: int
) -> Method:
    codes, labels = code_groups(_read_groups(here, grouping))
    notes = [
        layer.describe(),
        f"Roles are counted among {count_noun(len(labels), 'group')} of at least {SMALLEST_GROUP}; "
        f"{count_noun(int((codes < 0).sum()), 'organization is', 'organizations are')} in smaller "
        "groups or in none.",
        f"What breaks is spelled out for the {LISTED} organizations and ties that hold the most.",
    ]
    notes += note_sampling(ask_betweenness(here, layer))
    if count_draws(layer, permutations) < permutations:
        notes.append(
            "Group labels were not permuted, as that takes minutes in a network of this size: the "
            "expected roles are given, but not how far a role is beyond chance."
        )
    searched = players.groupby("measure", sort=False)["search"].first()
    notes += [f"Key players {PLAYED[name]}; search: {how}." for name, how in searched.items()]
    if len(players) and "distance_fragmentation" not in searched:
        notes.append("Key players by distance were not searched: the network is too large.")
    return Method(
        name="Bridges: articulation points, structural holes, roles between groups, key players.",
        formula=(
            "Cut off: others without a path to the largest part that is left of its component. "
            "Constraint: "
            "sum_j (p_ij + sum_q p_iq p_qj)^2. Effective size: sum_j (1 - sum_q p_iq m_jq). "
            "Efficiency: effective size / contacts. Hierarchy: Coleman-Theil index of the dyadic "
            "constraints. Roles: ordered pairs u, w with u -> v -> w and no tie u -> w, by groups. "
            "Expected roles: group labels permuted; z by the spread over the draws. Participation: "
            "1 - sum_g (k_g / k)^2. Key players: fragmentation 1 - sum s (s - 1) / (n (n - 1)), by "
            "distance 1 - sum 1 / d_ij / (n (n - 1)); reach sum_j (1 / d_j) / n; m-reach: share "
            "within m steps. Convener candidates: groups reached / groups x (1 - largest share)."
        ),
        settings={**layer.settings(), "grouping": grouping},
        sources=(
            "Hopcroft & Tarjan (1973), doi:10.1145/362248.362272",
            "Freeman (1977), doi:10.2307/3033543",
            "Burt (1992), Structural Holes, doi:10.4159/9780674029095",
            "Gould & Fernandez (1989), doi:10.2307/270949",
            "Guimerà & Amaral (2005), doi:10.1038/nature03288",
            "Borgatti (2006), doi:10.1007/s10588-006-7084-x",
            "Albert, Jeong & Barabási (2000), doi:10.1038/35019019",
        ),
        notes=tuple(notes),
    )
