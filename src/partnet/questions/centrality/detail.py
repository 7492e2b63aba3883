"""Further measures of centrality, for analysts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...facts.graph.layers import Layer
from ...measures.centrality.current_flow import measure_current_flow
from ...measures.centrality.power import measure_power
from ...measures.whole.reach import measure_reach, measure_tie_betweenness

MOST_TIES = 200_000  # up to which every tie is measured: some seconds
MOST = 10_000  # organizations


def list_centrality_detail(layer: Layer) -> dict[str, pd.DataFrame]:
    """Give the further tables of centrality: ``more`` by organization, and ``ties``."""
    flow = measure_current_flow(layer) if layer.n <= MOST else None
    blank = np.full(layer.n, np.nan)
    more = pd.DataFrame(
        {
            "power": measure_power(layer),
            "current_flow_closeness": blank if flow is None else flow.closeness,
            "current_flow_betweenness": blank if flow is None else flow.betweenness,
        },
        index=layer.ids,
    )
    if layer.n > MOST or layer.n_ties > MOST_TIES:
        return {"more": more}
    return {"more": more.join(measure_reach(layer)), "ties": measure_tie_betweenness(layer)}
