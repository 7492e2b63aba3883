"""The rows of a table that concern some organizations only."""

from __future__ import annotations

import pandas as pd

from ..schema import TABLES


def keep_among(name: str, frame: pd.DataFrame, kept: set[str]) -> pd.DataFrame:
    """Keep the rows of a table whose organizations are all among those kept."""
    if name == "organizations":
        return frame[frame["id"].isin(kept)].reset_index(drop=True)
    inside = pd.Series(True, index=frame.index)
    for column in TABLES[name].columns:
        if column.type == "organization":
            inside &= frame[column.name].isin(kept) | (frame[column.name] == "")
    return frame[inside].reset_index(drop=True)
