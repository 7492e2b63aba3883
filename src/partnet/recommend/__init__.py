"""Whom to approach next, why, through whom, and how sure that is."""

from .backtest import backtest_recommendations
from .explain import explain_pair, score_pairs
from .partners import recommend_partners
from .plan import plan_introductions

__all__ = [
    "backtest_recommendations",
    "explain_pair",
    "plan_introductions",
    "recommend_partners",
    "score_pairs",
]
