"""Who an organization is: the first columns of tables by organization."""

from __future__ import annotations

import pandas as pd

from ..core.network import Network


def start_table(net: Network) -> pd.DataFrame:
    """Name and kind of every organization, by id: the first columns of every table."""
    return net.organizations[["name", "kind"]].assign(name=net.names)
