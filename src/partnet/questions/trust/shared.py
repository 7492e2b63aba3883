"""What a partner sees of value and trust: scores that give nobody's rating away."""

from __future__ import annotations

import pandas as pd

from ...core.network import Network
from ...core.rows.ratings import WIDTH, list_dimensions
from .shown import SHARED


def list_shared(here: Network) -> pd.DataFrame:
    """Give the scores for a partner: all partners, then itself."""
    known = list_dimensions()
    rows = [
        (
            told.organization,
            here.name(told.organization) if told.organization else "All partners",
            told.dimension,
            known[told.dimension].label,
            known[told.dimension].family,
            told.raters,
            told.score,
            say_part(told.score),
        )
        for told in sorted(here.shared_scores, key=lambda told: told.organization != "")
    ]
    return pd.DataFrame(rows, columns=SHARED.names)


def say_part(score: float) -> str:
    """Say the part of the scale around its middle.

    Examples
    --------
    >>> say_part(3.7), say_part(1.3)
    ('3.4 to 4', '1 to 1.6')
    """
    return f"{score - WIDTH / 2:.2g} to {score + WIDTH / 2:.2g}"
