"""What earlier suggestions teach: which kinds of partners became ties more often than others."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ...core.memory import fact
from ...core.network import Network

UNTRIED = ("not now",)  # answers after which nobody was approached
LEAST_LEARNED = 10  # suggestions approached from which on they move what is suggested next
PRIOR = 5.0  # suggestions of average luck that every kind of partner is credited with
MOST_MOVED = 2.0  # by no more than this factor, up or down


def read_feedback(here: Network) -> pd.DataFrame:
    """The newest answer of each pair up to the day, without those put off."""
    rows = here.whole.rows("feedback")
    if here.day is not None:
        rows = rows[~(rows["given_on"] > here.day)]
    rows = rows[~rows["answer"].isin(UNTRIED)].sort_values("given_on", kind="stable")
    return rows.drop_duplicates(["organization", "partner"], keep="last").reset_index(drop=True)


@fact
def learn_factors(here: Network) -> Mapping[str, float]:
    """By how much the likelihood of each kind of partner is moved by what became of suggestions."""
    if here.whole.rows("feedback").empty:
        return {}
    rows = read_feedback(here)
    ties = here.ties
    pairs = {
        frozenset(ends)
        for ends in ties.loc[ties["relation"] != "contact", ["source", "target"]].to_numpy()
    }
    became = [frozenset((r.organization, r.partner)) in pairs for r in rows.itertuples()]
    share = float(np.mean(became)) if became else 0.0
    if len(became) < LEAST_LEARNED or not share > 0:
        return {}
    kinds = here.organizations["kind"].reindex(rows["partner"]).to_numpy()
    counted = pd.DataFrame({"kind": kinds, "tie": became}).groupby("kind")["tie"]
    factor = (counted.sum() + PRIOR * share) / (counted.size() + PRIOR) / share
    return factor.clip(1 / MOST_MOVED, MOST_MOVED).round(9).to_dict()
