"""What breaks: the organizations and ties that alone hold others to the rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ...core.arrays import Int32Array
from ...core.network import Network
from ...core.results.result import Result
from ...core.wording.text import join_words
from ...facts.graph.layers import Layer
from ...measures.groups.cohesion import Cuts
from ...measures.positions.key_players import BREAKS_MOST, LENGTHENS_MOST
from .shown import SHOWN_CUT_OFF, SHOWN_WHAT_BREAKS

LISTED = 100  # organizations and ties whose losses are spelled out by name
NAMED = 12  # names in one cell

CUT_OFF, WHAT_BREAKS = SHOWN_CUT_OFF.names, SHOWN_WHAT_BREAKS.names


def list_cut_off(here: Network, cuts: Cuts) -> pd.DataFrame:
    """List whom each organization alone links with the rest of its component, one row a pair.

    Where two parts are equally large, the one with the lower id stays and the other counts as cut
    off. Only the 100 organizations that hold the most are spelled out.
    """
    counties = here.organizations["county_fips"].to_numpy()
    names = here.names.to_numpy()
    parts = []
    for vertex in np.argsort(-cuts.n_cut_off, kind="stable")[:LISTED]:
        if not cuts.n_cut_off[vertex]:
            break
        lost = _lost_without(cuts, int(vertex))
        columns = {
            "organization": here.ids[vertex],
            "cut_off": here.ids[lost],
            "name": names[lost],
            "county_fips": counties[lost],
        }
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=CUT_OFF)


def _lost_without(cuts: Cuts, vertex: int) -> Int32Array:
    """Positions cut off from the largest part of their component, in the order of the network."""
    parts = cuts.split_without(vertex)
    # Positions are in the order of the ids.
    stays = min(range(len(parts)), key=lambda k: (-len(parts[k]), parts[k].min()))
    return np.sort(np.concatenate([part for k, part in enumerate(parts) if k != stays]))


def list_what_breaks(here: Network, cut_off: pd.DataFrame) -> pd.DataFrame:
    """Say for each organization how many others, in how many counties, it alone links."""
    rows = []
    for id_, lost in cut_off.groupby("organization", sort=False):
        counties = lost.loc[lost["county_fips"] != "", "county_fips"].nunique()
        names = join_words(list(lost["name"]), most=NAMED)
        rows.append(
            {
                "organization": id_,
                "name": here.name(str(id_)),
                "n_cut_off": len(lost),
                "n_counties": counties,
                "cut_off": names,
            }
        )
    order = ["organization", *[name for name in WHAT_BREAKS if name != "organization"]]
    return pd.DataFrame(rows, columns=order)


def list_bridge_ties(layer: Layer, cuts: Cuts) -> pd.DataFrame:
    """List the ties that are the only path between two sides, the largest loss first."""
    lower, side = cuts.bridges()
    ends = np.sort(np.stack([cuts.parent[lower], lower]), axis=0)
    order = np.lexsort((ends[1], ends[0], -side))
    source, target = ends[:, order]
    names = layer.names.to_numpy()
    matrix = layer.symmetric
    smaller = [
        _name_smaller_side(cuts, names, int(child)) if k < LISTED else ""
        for k, child in enumerate(lower[order])
    ]
    strength = np.asarray(matrix[source, target]).ravel() if len(source) else np.zeros(0)
    return pd.DataFrame(
        {
            "organization": layer.ids[source],
            "partner": layer.ids[target],
            "organization_name": names[source],
            "partner_name": names[target],
            "strength": strength,
            "n_smaller_side": side[order],
            "smaller_side": smaller,
        }
    )


def _name_smaller_side(cuts: Cuts, names: np.ndarray, child: int) -> str:
    """Names on the smaller side of a bridge; the side of the lower end if they are equal."""
    below = cuts.subtree(child)
    if 2 * len(below) > cuts.component_size[child]:
        first = cuts.start[child]
        below = np.setdiff1d(cuts.order[first : first + cuts.component_size[child]], below)
    return join_words([str(name) for name in names[np.sort(below)]], most=NAMED)


def hide_breakage(found: Result) -> Result:
    """Leave out of the bridges of a network what breaks if somebody leaves: not for the public."""
    hidden = ("what_breaks", "bridge_ties", "cut_off", "removal")
    tables = {n: table.iloc[:0] if n in hidden else table for n, table in found.tables.items()}
    players = tables["key_players"]
    tables["key_players"] = players[
        ~players["set"].isin([BREAKS_MOST, LENGTHENS_MOST])
    ].reset_index(drop=True)
    note = "What breaks if an organization leaves is not shown to the public."
    formula = found.method.formula.partition("Constraint: ")
    notes = [text for text in found.method.notes if not text.startswith("What breaks")]
    return replace(
        found,
        title="Who bridges",
        lead=("betweenness",),
        table=found.table.drop(columns=["is_articulation", "n_cut_off"]),
        tables=tables,
        sentences=found.sentences or (note,),
        method=replace(
            found.method,
            name="Bridges: structural holes and roles between groups.",
            formula="".join(formula[1:]),
            notes=(*notes, note),
        ),
    )
