"""What shape the network has: density, distances, components, cores, communities, mixing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ...core.arguments import checked
from ...core.arrays import NAN, label_components
from ...core.checks import check_count
from ...core.errors import UsageError
from ...core.memory import fact
from ...core.network import Network
from ...core.results.result import Method, Result
from ...facts.graph.collaboration import choose_layer, split_relations
from ...facts.graph.layers import Layer
from ...facts.identity.organizations import read_groups, start_table
from ...measures.centrality.paths import Closeness
from ...measures.chance.permutation import compare_with_chance
from ...measures.chance.relations import list_multiplexity, share_multiplex
from ...measures.groups.cohesion import find_cuts, measure_coreness
from ...measures.groups.communities import (
    MOST_TIES,
    Communities,
    find_communities,
    has_many_ties,
    number_by_size,
)
from ...measures.groups.core_periphery import IDEALS, MOST_EXACT, CorePeriphery, split_core
from ...measures.groups.mixing import PERMUTATIONS, Mixing, measure_mixing
from ...measures.whole import shape
from ..closeness import ask_closeness
from .detail import list_structure_detail
from .shown import SHOWN
from .text import say_structure

MOST_RANDOM = 2000  # organizations up to which random networks are drawn: seconds, not minutes


@checked
def measure_structure(
    net: Network,
    *,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    directed: bool = False,
    as_of: str | pd.Timestamp | None = None,
    grouping: str = "sector",
    permutations: int = PERMUTATIONS,
    detail: bool = False,
) -> Result:
    """Say what shape the network has: how dense, in how many components, along which lines.

    Parameters
    ----------
    net : Network
        The network.
    layer : Layer or {"collaboration", "affinity"}, optional
        The graph; default: working relations, or affinity where no tie is on file.
    relations : sequence of str, optional
        Relations that count; default: the working ones.
    directed : bool, default False
        Keep the arrows for density, reciprocity, distances, Krackhardt's hierarchy and mixing.
    as_of : str or Timestamp, optional
        The day on which ties must hold; default: the newest date in the tables.
    grouping : str, default "sector"
        Column of the organizations table for E-I index, assortativity and mixing.
    permutations : int, default 1000
        Draws of the mixing test, of the tests of transitivity and reciprocity against random
        networks with as many ties (CUG), and of the tests whether relations go together (QAP).
        The last two are for at most 2,000 organizations; beyond, their p is NaN.
    detail : bool, default False
        Add the tables for analysts: ``more`` (dyads, directed transitivity, LUBness), ``triads``,
        ``blocks`` (structural equivalence), ``cliques``, ``plexes``, ``group_borders`` (E-I index),
        ``positions`` (by organization) and ``autocorrelation`` of numeric columns.

    Returns
    -------
    Result
        ``.table`` has a row for each measure of the whole, by ``measure``: its ``value`` (NaN
        where it is not defined) and ``meaning``. ``.tables``: ``organizations`` (to which groups
        each belongs), ``components``, ``communities``, ``cores``, ``mixing`` of groups, and
        ``multiplexity`` (which relations go together).

    Raises
    ------
    UsageError
        `grouping` is no column of the organizations table.

    See Also
    --------
    measure_centrality : Who is central in it.
    explain_ties : What goes together with ties.

    References
    ----------
    Wasserman & Faust (1994), doi:10.1017/CBO9780511815478; the others in ``.method.sources``.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.measure_structure(pn.load_sample("prairie"), permutations=99)
    >>> bool(0 < found.table.loc["density", "value"] < 1)
    True
    """
    organizations = net.organizations
    if not isinstance(grouping, str) or grouping not in organizations:
        raise UsageError(
            f"grouping: found {grouping!r}. Allowed are columns of the organizations table: "
            f"{', '.join(organizations.columns)}. Choose one of them."
        )
    check_count("permutations", permutations)
    here = net.at(as_of)
    chosen = choose_layer(here, layer, relations=relations, directed=directed)
    tables = _measure_all(here, chosen, grouping, permutations)
    table = tables.pop("table")
    if detail:
        among = chosen.present()
        groups = read_groups(net, grouping).loc[among.ids]
        tables |= list_structure_detail(among, groups, organizations)
    return Result(
        verb="measure_structure",
        title="What shape the network has",
        table=table,
        sentences=tuple(say_structure(here, chosen, table["value"], tables, grouping)),
        method=_describe_method(chosen, ask_closeness(here, chosen), grouping, permutations),
        tables=tables,
        shown=SHOWN,
        as_of=chosen.as_of,
        paper="What shape the network has",
        network=net.title,
    )


LONGEST = "longest of the shortest paths"
NOT_KNOWN = "not known"  # the group of organizations that have none on file


@fact
def _measure_all(
    here: Network, chosen: Layer, grouping: str, permutations: int
) -> dict[str, pd.DataFrame]:
    """The measures of the whole (``table``), and the further tables by name."""
    layer = chosen.present()  # whoever is left out is no part of any share
    groups = read_groups(here, grouping).loc[layer.ids]
    mixing = measure_mixing(layer, groups, permutations=permutations)
    communities = find_communities(layer)
    cores = [split_core(layer, ideal=ideal) for ideal in IDEALS]
    parts, near = split_relations(here, chosen), ask_closeness(here, chosen)
    rows = [
        *_measure_whole(layer, near),
        *_measure_parts(layer, communities, cores, mixing),
        *_measure_chance(layer, permutations),
        ("multiplex_pairs", share_multiplex(layer, parts), "tied pairs, several relations"),
    ]
    draws = permutations if layer.n <= MOST_RANDOM else 0
    return {
        "table": pd.DataFrame(rows, columns=["measure", "value", "meaning"]).set_index("measure"),
        **_list_all(here, layer, communities, cores, mixing),
        "multiplexity": list_multiplexity(parts, permutations=draws),
    }


def _measure_whole(layer: Layer, near: Closeness) -> Iterator[tuple[str, float, str]]:
    count, labels = label_components(layer.matrix)
    sizes = np.bincount(labels, minlength=1)
    distances = shape.sum_up_distances(near)
    yield "organizations", float(layer.n), "organizations in the network"
    yield "ties", float(layer.n_ties), "pairs with a tie, or arcs if directed"
    yield "observed_cells", float(layer.observed_cells), "cells whose answer is known"
    yield "density", shape.measure_density(layer), "ties / observed cells"
    yield (
        "reciprocity",
        shape.measure_reciprocity(layer),
        "arcs answered in return, where that is known",
    )
    yield "transitivity", shape.measure_transitivity(layer), "partners of one who are tied"
    yield "mean_distance", distances.mean, "steps between two that are linked"
    yield (
        "diameter",
        distances.diameter,
        LONGEST if near.sources is None else f"{LONGEST}, of those counted",
    )
    yield "components", float(count), "groups of organizations linked with each other"
    yield "largest_component", float(sizes.max()), "organizations in the main component"
    yield "isolates", float((sizes == 1).sum() if layer.n else 0), "organizations without a tie"
    yield "connectedness", shape.measure_connectedness(layer), "pairs linked by any path"
    yield "krackhardt_hierarchy", shape.measure_hierarchy(layer, near), "linked pairs, one way only"
    yield "krackhardt_efficiency", shape.measure_efficiency(layer), "1 = no tie beyond a tree"


def _measure_parts(
    layer: Layer, communities: Communities, cores: list[CorePeriphery], mixing: Mixing
) -> Iterator[tuple[str, float, str]]:
    blocks = find_cuts(layer).blocks
    yield "blocks", float(blocks.max() + 1 if layer.n else 0), "biconnected components"
    yield "largest_core", float(measure_coreness(layer).max(initial=0)), "largest k of a k-core"
    yield "modularity", communities.modularity, "of the communities, with strengths"
    for name, core in zip(("core_all", "core_core"), cores, strict=True):
        yield f"{name}_correlation", core.correlation, f"{core.ideal}; {core.search}"
    yield "e_i_index", mixing.e_i, "-1 all ties within groups, 1 all between"
    yield "e_i_expected", mixing.e_i_expected, "by chance, group labels permuted"
    yield "e_i_p", mixing.e_i_p, "two-sided, by permutation"
    yield "assortativity", mixing.assortativity, "1 all ties within groups, 0 by chance"


def _measure_chance(layer: Layer, draws: int) -> Iterator[tuple[str, float, str]]:
    """Transitivity, and reciprocity of arrows, against random networks with as many ties."""
    affordable = layer.n <= MOST_RANDOM and layer.matrix.nnz > 0
    for statistic in ("transitivity", "reciprocity") if layer.directed else ("transitivity",):
        found = {"expected": NAN, "p": NAN}
        if affordable:
            found = compare_with_chance(layer, statistic, draws=draws)
        yield f"{statistic}_expected", found["expected"], "in random networks with as many ties"
        yield f"{statistic}_p", found["p"], "two-sided, against random networks"


def _list_all(
    net: Network,
    layer: Layer,
    communities: Communities,
    cores: list[CorePeriphery],
    mixing: Mixing,
) -> dict[str, pd.DataFrame]:
    organizations = (
        start_table(net)
        .loc[layer.ids]
        .assign(
            component=number_by_size(label_components(layer.matrix)[1]),
            community=communities.labels,
            coreness=measure_coreness(layer),
            core_all=cores[0].core,
            core_core=cores[1].core,
        )
    )
    return {
        "organizations": organizations,
        "components": _list_groups(organizations, "component"),
        "communities": _list_groups(organizations, "community"),
        "cores": _list_groups(organizations, "coreness").iloc[::-1],
        "mixing": _add_unknown(mixing),
    }


def _add_unknown(mixing: Mixing) -> pd.DataFrame:
    """The ties by pair of groups, and in a last row those of organizations without a group."""
    if not mixing.unknown:
        return mixing.pairs
    row = {"from_group": NOT_KNOWN, "to_group": "", "ties": mixing.unknown}
    return pd.concat([mixing.pairs, pd.DataFrame([row])], ignore_index=True)


def _list_groups(organizations: pd.DataFrame, column: str) -> pd.DataFrame:
    """Size of every group and its first members by name."""
    groups = organizations.groupby(column)["name"]
    return pd.DataFrame(
        {"organizations": groups.size(), "first": groups.agg(lambda names: ", ".join(names[:5]))}
    )


def _describe_method(layer: Layer, near: Closeness, grouping: str, permutations: int) -> Method:
    return Method(
        name="Structure of the network.",
        formula=(
            "Density: ties / cells whose answer is known. Transitivity: 3 x triangles / connected "
            "triples. Distances in steps, over linked pairs. Connectedness: linked pairs / pairs. "
            "Hierarchy: linked pairs without a path back / linked pairs. "
            "Efficiency: 1 - ties beyond a tree / most possible. Communities: Louvain, fixed seed. "
            "Core-periphery: best correlation with the ideal pattern, every core tried up to "
            f"{MOST_EXACT} organizations; above, a heuristic, the best of several starts. "
            "E-I: (between - within) / all. Assortativity: (sum e_ii - sum a_i b_i) / "
            "(1 - sum a_i b_i). Mixing: ties against the mean over permuted group labels, "
            "two-sided p. Transitivity, and reciprocity of arrows, against random networks with "
            "as many ties (CUG). Multiplexity: pairs tied by several relations; Pearson "
            "correlation over all cells, p by relabeling the organizations of one relation (QAP)."
        ),
        settings={**layer.settings(), "grouping": grouping, "permutations": permutations},
        sources=(
            "Wasserman & Faust (1994), doi:10.1017/CBO9780511815478",
            "Krackhardt (1994), Graph theoretical dimensions of informal organizations",
            "Blondel et al. (2008), doi:10.1088/1742-5468/2008/10/P10008",
            "Borgatti & Everett (2000), doi:10.1016/S0378-8733(99)00019-2",
            "Krackhardt & Stern (1988), doi:10.2307/2786835",
            "Newman (2003), doi:10.1103/PhysRevE.67.026126",
            "Krackhardt (1988), doi:10.1016/0378-8733(88)90004-4",
            "Anderson, Butts & Carley (1999), doi:10.1016/S0378-8733(99)00011-8",
        ),
        notes=(
            layer.describe(),
            "The p values of single pairs of groups are not corrected for the number of pairs.",
            *_tell_limits(layer, near),
        ),
    )


def _tell_limits(layer: Layer, near: Closeness) -> Iterator[str]:
    """Say what is done otherwise, or not at all, because the network is large."""
    if layer.n > MOST_RANDOM:
        yield (
            f"Random networks and relabeled relations were not drawn, as there are more than "
            f"{MOST_RANDOM:,} organizations: no p for transitivity, reciprocity and multiplexity."
        )
    if near.sources is not None:
        yield (
            f"Distances were counted from {len(near.sources):,} organizations of {layer.n:,}, "
            "drawn at random: the mean, and the pairs linked by arrows, are estimates; the longest "
            "path may be longer."
        )
    if has_many_ties(layer):
        yield (
            f"Communities were searched by partnet itself, not by networkx, as there are more than "
            f"{MOST_TIES:,} ties: the same method, other draws."
        )
