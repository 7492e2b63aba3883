"""Who bridges which groups, and what breaks if they leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from ...core.errors import UsageError
from ...core.network import Network
from ...core.results import Method, Result
from ...facts.collaboration import choose_layer
from ...facts.layers import Layer
from ...measures.brokerage import (
    PERMUTATIONS,
    ROLE_COLUMNS,
    SMALLEST_GROUP,
    code_groups,
    compare_brokerage,
    count_brokerage,
    count_draws,
    measure_participation,
)
from ...measures.brokerage_groups import list_group_brokerage, weigh_brokerage
from ...measures.cohesion import Cuts, find_cuts
from ...measures.key_players import COLUMNS as KEY_PLAYERS
from ...measures.key_players import find_key_players
from ...measures.ranking import start_table
from ...measures.robustness import COLUMNS as REMOVAL
from ...measures.robustness import measure_removal
from ...measures.sampling import Betweenness, find_betweenness
from ...measures.structural_holes import list_dyadic_constraint, measure_structural_holes
from .articulation import (
    BRIDGE_TIES,
    CUT_OFF,
    LISTED,
    WHAT_BREAKS,
    hide_breakage,
    list_bridge_ties,
    list_cut_off,
    list_what_breaks,
)
from .conveners import COLUMNS as CANDIDATES
from .conveners import propose_conveners
from .text import say_affinity, say_bridges

NO_TABLES = {  # where nothing can break
    "what_breaks": WHAT_BREAKS,
    "bridge_ties": BRIDGE_TIES,
    "cut_off": CUT_OFF,
    "key_players": KEY_PLAYERS,
    "roles": ROLE_COLUMNS,
    "removal": REMOVAL,
    "convener_candidates": CANDIDATES,
}


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
        ``.table`` by organization id: ``name``, ``kind``, the grouping, ``is_articulation``,
        ``n_cut_off`` (others that lose their way to the largest part), ``betweenness``,
        ``constraint``, ``effective_size``, ``efficiency``, ``hierarchy`` (NaN without contacts),
        ``constraint_weighted``, ``effective_size_weighted``, ``coordinator``, ``itinerant``,
        ``gatekeeper``, ``representative``, ``liaison``, ``brokerage`` (ordered pairs) and
        ``participation`` (0 to 1: how evenly its partners spread over the groups). ``.tables``:
        ``what_breaks``, ``cut_off``, ``bridge_ties``, ``key_players`` (the three whose loss breaks
        the network most, and who together reach it best, each by two measures; see
        :func:`find_key_players`), ``roles`` (against chance),
        ``removal`` (what is left as organizations leave), ``convener_candidates``.

    Raises
    ------
    UsageError
        `grouping` is no column of the organizations table.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.find_bridges(pn.load_sample("prairie"))
    >>> sorted(found.tables)
    ['bridge_ties', 'convener_candidates', 'cut_off', 'key_players', 'removal', 'roles',
     'what_breaks']

    References
    ----------
    Burt (1992), doi:10.4159/9780674029095. Gould & Fernandez (1989), doi:10.2307/270949.
    Borgatti (2006), doi:10.1007/s10588-006-7084-x.
    """
    groups = _read_groups(net, grouping)
    without = [] if with_convener or not net.convener else [net.convener]
    options: dict[str, Any] = {"relations": relations, "directed": directed, "as_of": as_of}
    chosen = choose_layer(net, layer, without=without, **options)
    if chosen.kind == "affinity":
        return _find_central(net, chosen, groups)
    codes, _ = code_groups(groups)
    cuts, between = find_cuts(chosen), find_betweenness(chosen)
    table = _measure_all(net, chosen, cuts, between, groups, holes)
    tables = {
        **_list_all(net, chosen, cuts),
        "roles": compare_brokerage(chosen, codes, permutations=permutations),
        "removal": measure_removal(chosen, between.values),
        "convener_candidates": propose_conveners(net, chosen, codes),
    }
    if detail:
        tables |= _list_detail(chosen, groups, permutations)
    other = _find_other_cuts(net, chosen, layer, options)
    found = Result(
        verb="find_bridges",
        title="Who bridges, and what breaks",
        table=table,
        sentences=(*say_bridges(net, chosen, table, tables, other), *between.notes()),
        method=_describe_method(chosen, groups, between, tables["key_players"], permutations),
        tables=tables,
        lead=("n_cut_off", "betweenness"),
    )
    return hide_breakage(found) if net.audience == "public" else found


def _read_groups(net: Network, grouping: str) -> pd.Series:
    organizations = net.organizations
    if grouping in organizations:
        return organizations[grouping].astype("str")
    columns = ", ".join(organizations.columns.drop("provenance", errors="ignore"))
    raise UsageError(
        f"grouping: found {grouping!r}. Allowed are columns of the organizations table: "
        f"{columns}. Choose one of them."
    )


def _measure_all(
    net: Network,
    layer: Layer,
    cuts: Cuts,
    between: Betweenness,
    groups: pd.Series,
    holes: Literal["network", "ego"],
) -> pd.DataFrame:
    codes, _ = code_groups(groups)
    table = _start(net, groups).assign(
        is_articulation=cuts.n_cut_off > 0,
        n_cut_off=cuts.n_cut_off,
        **between.columns(),
    )
    burt = measure_structural_holes(layer, holes=holes)
    weighted = measure_structural_holes(layer, weighted=True, holes=holes).add_suffix("_weighted")
    weighted = weighted[["constraint_weighted", "effective_size_weighted"]]
    roles = count_brokerage(layer, codes)
    roles["participation"] = measure_participation(layer, codes)
    return pd.concat([table, burt, weighted, roles], axis=1)


def _start(net: Network, groups: pd.Series) -> pd.DataFrame:
    table = start_table(net)
    return table if groups.name in table else table.assign(**{str(groups.name): groups})


def _list_all(net: Network, layer: Layer, cuts: Cuts) -> dict[str, pd.DataFrame]:
    cut_off = list_cut_off(net, cuts)
    return {
        "what_breaks": list_what_breaks(net, cut_off),
        "bridge_ties": list_bridge_ties(layer, cuts),
        "cut_off": cut_off,
        "key_players": find_key_players(layer),
    }


def _list_detail(layer: Layer, groups: pd.Series, permutations: int) -> dict[str, pd.DataFrame]:
    codes, labels = code_groups(groups)
    return {
        "dyadic_constraint": list_dyadic_constraint(layer),
        "group_roles": list_group_brokerage(layer, codes, labels, permutations=permutations),
        "shared_roles": weigh_brokerage(layer, codes),
    }


def _find_other_cuts(
    net: Network, chosen: Layer, layer: Layer | str | None, options: dict[str, Any]
) -> Cuts | None:
    """Give the cuts with the convener where it is left out, and without it where it is kept."""
    if not net.convener:
        return None
    if net.convener in chosen.without:
        return None if isinstance(layer, Layer) else find_cuts(choose_layer(net, layer, **options))
    keep = ~net.ids.isin([net.convener])
    return find_cuts(chosen.restrict(keep, without=[net.convener]))


def _find_central(net: Network, layer: Layer, groups: pd.Series) -> Result:
    """Central position in the affinity graph; nothing can break where no tie is reported."""
    between = find_betweenness(layer)
    table = _start(net, groups).assign(**between.columns())
    tables = {name: pd.DataFrame(columns=columns) for name, columns in NO_TABLES.items()}
    return Result(
        verb="find_bridges",
        title="Who stands between groups that have little in common",
        table=table,
        sentences=tuple(say_affinity(layer, table)),
        method=Method(
            name="Central position in the affinity graph.",
            formula="Betweenness: share of shortest ways between pairs of others.",
            settings=layer.settings(),
            sources=("Freeman (1977), doi:10.2307/3033543",),
            notes=(layer.describe(), *between.notes()),
        ),
        tables=tables,
        lead=("betweenness",),
    )


def _describe_method(
    layer: Layer,
    groups: pd.Series,
    between: Betweenness,
    players: pd.DataFrame,
    permutations: int,
) -> Method:
    codes, labels = code_groups(groups)
    notes = [
        layer.describe(),
        f"Roles are counted among {len(labels)} groups of at least {SMALLEST_GROUP}; "
        f"{int((codes < 0).sum())} organizations are in smaller groups or in none.",
        f"What breaks is spelled out for the {LISTED} organizations and ties that hold the most.",
    ]
    notes += between.notes()
    if count_draws(layer, permutations) < permutations:
        notes.append(
            "Groups were not dealt anew, as that takes minutes in a network of this size: the "
            "expected roles are given, but not how far a role is beyond chance."
        )
    searched = players.groupby("measure", sort=False)["search"].first()
    notes += [f"Key players, {measure}; search: {how}." for measure, how in searched.items()]
    if len(players) and "distance_fragmentation" not in searched:
        notes.append("Key players by distance were not searched: the network is too large.")
    return Method(
        name="Bridges: cut points, structural holes, roles between groups, key players.",
        formula=(
            "Cut off: others that lose their way to the largest part of what remains. Constraint: "
            "sum_j (p_ij + sum_q p_iq p_qj)^2. Effective size: sum_j (1 - sum_q p_iq m_jq). "
            "Efficiency: effective size / contacts. Hierarchy: Coleman-Theil index of the dyadic "
            "constraints. Roles: ordered pairs u, w with u -> v -> w and no tie u -> w, by groups. "
            "Expected roles: groups dealt anew; z by the spread over the draws. Participation: "
            "1 - sum_g (k_g / k)^2. Key players: fragmentation 1 - sum s (s - 1) / (n (n - 1)), by "
            "distance 1 - sum 1 / d_ij / (n (n - 1)); reach sum_j (1 / d_j) / n; m-reach: share "
            "within m steps. Convener candidates: groups reached / groups x (1 - largest share)."
        ),
        settings={**layer.settings(), "grouping": groups.name},
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
