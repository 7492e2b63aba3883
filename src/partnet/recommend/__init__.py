"""Whom to approach next, why, through whom, and how sure that is."""

from .explain import explain_pair, score_pairs
from .partners import recommend_partners

__all__ = ["explain_pair", "recommend_partners", "score_pairs"]
