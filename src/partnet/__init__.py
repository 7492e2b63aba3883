"""Partnership networks in health: who is central, where the gaps are, whom to approach next.

Every verb is here, and is loaded on first use, so that ``import partnet`` costs next to nothing::

    import partnet as pn
    net = pn.read_network("data/samples/prairie")
    pn.find_bridges(net)
    pn.recommend_partners(net, "Cedar County Hospital", n=5)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .core.errors import InputError, InputProblem, PartnetError, UsageError, Where

if TYPE_CHECKING:
    from .core.network import Network
    from .core.results import Method, Result
    from .core.vocabulary import Vocabulary, default_vocabulary
    from .facts.affinity import build_affinity
    from .facts.collaboration import build_layer
    from .facts.layers import Layer
    from .io.check import check_tables
    from .io.export import export_network
    from .io.read import read_network
    from .io.samples import load_sample
    from .io.survey import read_survey
    from .io.template import write_template
    from .io.write import write_network
    from .public.build import build_network
    from .public.recipe import read_recipe
    from .questions.affiliation.question import measure_affiliation
    from .questions.alignment.question import align_organizations
    from .questions.bridges.question import find_bridges
    from .questions.centrality.question import measure_centrality
    from .questions.comparison.question import compare_networks
    from .questions.expected_partners.question import list_expected_partners
    from .questions.explanation.question import explain_ties
    from .questions.gaps.question import find_gaps
    from .questions.introductions.question import find_introductions
    from .questions.inventory.question import describe_network
    from .questions.meetings.question import describe_convenings
    from .questions.organization.question import describe_organization
    from .questions.outcomes.question import check_outcomes
    from .questions.partnerships.question import profile_partnerships
    from .questions.peers.question import find_peer_states
    from .questions.recommendation.evaluation.backtest import backtest_recommendations
    from .questions.recommendation.explain import explain_pair, score_pairs
    from .questions.recommendation.partners import recommend_partners
    from .questions.recommendation.plan import plan_introductions
    from .questions.session.question import prepare_session
    from .questions.structure.question import measure_structure
    from .questions.uncertainty.question import measure_uncertainty
    from .questions.visits.question import plan_visits
    from .report.briefs import build_brief, write_brief
    from .report.build import build_report, write_report
    from .views.draw import draw_network

__version__ = "0.1.0"

_HOMES = {
    "read_network": "io.read",
    "check_tables": "io.check",
    "write_network": "io.write",
    "export_network": "io.export",
    "write_template": "io.template",
    "read_survey": "io.survey",
    "build_network": "public.build",
    "read_recipe": "public.recipe",
    "load_sample": "io.samples",
    "describe_network": "questions.inventory.question",
    "measure_centrality": "questions.centrality.question",
    "measure_affiliation": "questions.affiliation.question",
    "measure_structure": "questions.structure.question",
    "explain_ties": "questions.explanation.question",
    "measure_uncertainty": "questions.uncertainty.question",
    "find_bridges": "questions.bridges.question",
    "find_gaps": "questions.gaps.question",
    "plan_introductions": "questions.recommendation.plan",
    "recommend_partners": "questions.recommendation.partners",
    "backtest_recommendations": "questions.recommendation.evaluation.backtest",
    "explain_pair": "questions.recommendation.explain",
    "score_pairs": "questions.recommendation.explain",
    "compare_networks": "questions.comparison.question",
    "prepare_session": "questions.session.question",
    "check_outcomes": "questions.outcomes.question",
    "profile_partnerships": "questions.partnerships.question",
    "describe_organization": "questions.organization.question",
    "align_organizations": "questions.alignment.question",
    "describe_convenings": "questions.meetings.question",
    "find_introductions": "questions.introductions.question",
    "find_peer_states": "questions.peers.question",
    "list_expected_partners": "questions.expected_partners.question",
    "plan_visits": "questions.visits.question",
    "draw_network": "views.draw",
    "build_report": "report.build",
    "write_report": "report.build",
    "build_brief": "report.briefs",
    "write_brief": "report.briefs",
    "build_layer": "facts.collaboration",
    "build_affinity": "facts.affinity",
    "Layer": "facts.layers",
    "Network": "core.network",
    "Method": "core.results",
    "Result": "core.results",
    "Vocabulary": "core.vocabulary",
    "default_vocabulary": "core.vocabulary",
}

__all__ = [
    "InputError",
    "InputProblem",
    "Layer",
    "Method",
    "Network",
    "PartnetError",
    "Result",
    "UsageError",
    "Vocabulary",
    "Where",
    "align_organizations",
    "backtest_recommendations",
    "build_affinity",
    "build_brief",
    "build_layer",
    "build_network",
    "build_report",
    "check_outcomes",
    "check_tables",
    "compare_networks",
    "default_vocabulary",
    "describe_convenings",
    "describe_network",
    "describe_organization",
    "draw_network",
    "explain_pair",
    "explain_ties",
    "export_network",
    "find_bridges",
    "find_gaps",
    "find_introductions",
    "find_peer_states",
    "list_expected_partners",
    "load_sample",
    "measure_affiliation",
    "measure_centrality",
    "measure_structure",
    "measure_uncertainty",
    "plan_introductions",
    "plan_visits",
    "prepare_session",
    "profile_partnerships",
    "read_network",
    "read_recipe",
    "read_survey",
    "recommend_partners",
    "score_pairs",
    "write_brief",
    "write_network",
    "write_report",
    "write_template",
]


def __getattr__(name: str) -> Any:
    """Load a verb on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'partnet' has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
