"""Whom to approach next, why, through whom, and how sure that is."""

from .backtest import backtest_recommendations
from .explain import explain_pair, score_pairs
from .partners import recommend_partners

__all__ = ["backtest_recommendations", "explain_pair", "recommend_partners", "score_pairs"]
