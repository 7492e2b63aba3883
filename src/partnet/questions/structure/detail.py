"""Tables for analysts: censuses, blocks, cliques and borders of groups."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...facts.graph.layers import Layer
from ...measures.groups.autocorrelation import measure_autocorrelation
from ...measures.groups.cliques import MOST_FOUND, Cliques, find_cliques, find_plexes
from ...measures.groups.continuous_core import measure_continuous_core
from ...measures.groups.equivalence import find_blocks, measure_blockmodel
from ...measures.groups.group_borders import list_group_e_i, measure_e_i
from ...measures.positions.brokerage import code_groups
from ...measures.whole.census import (
    measure_directed_transitivity,
    take_dyad_census,
    take_triad_census,
)
from ...measures.whole.upper_bounds import measure_lubness

MOST = 1000  # organizations up to which blocks and cliques are searched: seconds


def list_structure_detail(
    layer: Layer, groups: pd.Series, organizations: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Give the further tables of the structure by name.

    ``more`` (by measure: value, meaning), ``triads``, ``group_borders``, ``positions`` (by
    organization), ``autocorrelation`` (by numeric column), and with at most 1,000 organizations
    ``blocks``, ``cliques`` and ``plexes``.
    """
    codes, labels = code_groups(groups, smallest=1)
    core = measure_continuous_core(layer)
    positions = measure_e_i(layer, codes).assign(continuous_core=core.scores)
    tables = {
        "more": _list_more(layer, core.correlation),
        "triads": take_triad_census(layer).rename("count").to_frame(),
        "group_borders": list_group_e_i(layer, codes, labels),
        "positions": positions,
        "autocorrelation": _list_autocorrelation(layer, organizations),
    }
    return tables if layer.n > MOST else tables | _list_searched(layer, positions)


def _list_more(layer: Layer, fit: float) -> pd.DataFrame:
    dyads = take_dyad_census(layer)
    rows = [
        ("mutual_dyads", float(dyads["mutual"]), "pairs tied both ways"),
        ("one_way_dyads", float(dyads["one_way"]), "pairs tied one way"),
        ("null_dyads", float(dyads["none"]), "pairs without a tie on file"),
        ("directed_transitivity", measure_directed_transitivity(layer), "i -> j -> k with i -> k"),
        ("lubness", measure_lubness(layer), "pairs with one to whom both lead back (Krackhardt)"),
        ("continuous_core_fit", fit, "correlation of ties with products of coreness"),
    ]
    return pd.DataFrame(rows, columns=["measure", "value", "meaning"]).set_index("measure")


def _list_searched(layer: Layer, positions: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Blocks and closely tied groups; `positions` gets the block and the number of cliques."""
    labels = find_blocks(layer)
    cliques, plexes = find_cliques(layer), find_plexes(layer)
    positions["block"] = labels + 1
    positions["cliques"] = cliques.count_memberships()
    return {
        "blocks": measure_blockmodel(layer, labels).density,
        "cliques": _tabulate(cliques, layer),
        "plexes": _tabulate(plexes, layer),
    }


def _tabulate(found: Cliques, layer: Layer) -> pd.DataFrame:
    """The groups; `complete` says whether they are all there are."""
    return found.tabulate(layer).assign(complete=found.complete).head(MOST_FOUND)


def _list_autocorrelation(layer: Layer, organizations: pd.DataFrame) -> pd.DataFrame:
    """Moran's I and Geary's C of every numeric column of the organizations."""
    rows = {}
    for column in organizations.columns:
        values = pd.to_numeric(organizations.loc[layer.ids, column], errors="coerce").to_numpy()
        if column in PLACES or np.isfinite(values).sum() < 3:
            continue
        found = measure_autocorrelation(layer, values)
        rows[str(column)] = {name: getattr(found, name) for name in AUTOCORRELATION}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(AUTOCORRELATION))
    return table.rename_axis("column")


AUTOCORRELATION = (
    "moran",
    "moran_expected",
    "moran_p",
    "geary",
    "geary_p",
    "organizations",
    "ties",
)
PLACES = ("county_fips", "zip", "ccn", "npi", "ein", "uei")  # codes are no numbers
