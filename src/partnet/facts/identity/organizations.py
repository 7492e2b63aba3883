"""Who an organization is: the first columns of tables by organization, and its group."""

from __future__ import annotations

import pandas as pd

from ...core.network import Network
from ...io.values.words import is_unstated

UNTOLD = "other"  # the kind and the sector of whoever is of none that is told apart


def start_table(net: Network) -> pd.DataFrame:
    """Name and kind of every organization, by id: the first columns of every table."""
    return net.organizations[["name", "kind"]].assign(name=net.names)


def read_groups(net: Network, column: str) -> pd.Series:
    """Give the group of every organization by a column, by id; "" where it is not known.

    Organizations of no kind that is told apart have that in common with nobody.
    """
    groups = net.organizations[column].astype("str")
    unknown = groups.map(is_unstated).astype(bool)
    if column in ("kind", "sector"):
        unknown |= groups == UNTOLD
    return groups.mask(unknown, "")
