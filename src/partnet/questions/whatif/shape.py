"""The shape of a network in a few counts, and who falls out of its main component."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...core.arrays import BoolArray, label_components
from ...core.memory import fact
from ...core.network import Network
from ...facts.graph.collaboration import build_layer
from ...facts.graph.layers import Layer
from ...measures.groups.cohesion import find_cuts
from ...places.gazetteer import county_name
from .shown import CUT_OFF


@fact
def read_layer(here: Network) -> Layer:
    """Give the working ties without the convener, who is the hub of its own file."""
    return build_layer(here, without=(here.convener,) if here.convener else ())


def describe_shape(here: Network) -> dict[str, int]:
    """Count organizations, ties, components, and what depends on one alone."""
    layer = read_layer(here)
    own = ~(here.ids == here.convener)
    labels = label_components(layer.symmetric)[1][own]
    sizes = np.bincount(labels, minlength=1)
    cuts = find_cuts(layer)
    alone = (np.diff(layer.symmetric.indptr) == 0) & own
    holding = cuts.n_cut_off > 0
    return {
        "organizations": here.n,
        "pairs with a working tie": layer.symmetric.nnz // 2,
        "organizations without a working tie": int(alone.sum()),
        "organizations in the main component": int(sizes.max(initial=0)),
        "bridges: organizations that alone hold others to the rest": int(holding.sum()),
        "ties that alone join two sides": len(cuts.bridges()[0]),
    }


def list_cut_off(before: Network, after: Network) -> pd.DataFrame:
    """List who is in the main component before and no longer after; those who left are not."""
    was = before.ids[is_in_main(before)]
    now = set(after.ids[is_in_main(after)])
    out = [id_ for id_ in after.ids if id_ in set(was) and id_ not in now]
    table = before.organizations.loc[out]
    kinds = before.vocabulary.kinds
    return pd.DataFrame(
        {
            "organization": out,
            "organization_name": before.names[out].to_numpy(),
            "kind": [kinds[kind].label if kind in kinds else kind for kind in table["kind"]],
            "county": [county_name(code) or code for code in table["county_fips"]],
        },
        columns=CUT_OFF.names,
    )


def is_in_main(here: Network) -> BoolArray:
    """Tell who is in the largest component, if it has two organizations or more."""
    labels = label_components(read_layer(here).symmetric)[1]
    sizes = np.bincount(labels, minlength=1)
    main = int(np.argmax(sizes))
    return np.asarray((labels == main) & (sizes[main] > 1))
