"""How recommendations are made: the method box."""

from __future__ import annotations

from ...core.results.result import Method
from .adviser import Adviser


def describe_method(adviser: Adviser, *, runs: int = 0) -> Method:
    """Give the method box."""
    features = adviser.scoring.features
    ranker = adviser.scoring.ranker
    settings = {
        **adviser.layer.settings(),
        "ranker": ranker.name,
        "version": ranker.version,
        "filters": adviser.filters.describe(),
        "fields": ", ".join(f.name for f in features.fields) or "none",
    }
    if runs:
        settings["runs with one tie in five held out"] = runs
    if adviser.affinity:
        formula = (
            "Mean over families of a.b / (|a| |b| + s); see build_affinity. Before it the partners "
            "that a kind usually has, the nearest of each (data/usual_partners.toml), by severity."
        )
    else:
        formula = (
            "Score = sum over columns of weight x (x - mean x), x the normal quantile of the rank "
            "among pairs without a tie. Introducer: max over z of min(s(i,z), s(z,j)) x "
            "2^(-age/24 months); a link without a date counts half. A heuristic."
        )
    return Method(
        name="Additive ranker" if not adviser.affinity else "Affinity",
        formula=formula,
        settings=settings,
        sources=(
            "Zhou, Lü & Zhang (2009), doi:10.1140/epjb/e2009-00335-8",
            "Ghasemian et al. (2020), doi:10.1073/pnas.1914950117",
        ),
        notes=(f"Trained on: {ranker.card['trained_on']}.",),
    )
