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

from .errors import InputError, InputProblem, PartnetError, UsageError, Where

if TYPE_CHECKING:
    from .compare import compare_networks
    from .gaps import find_gaps
    from .measures.affiliation import measure_affiliation
    from .measures.bridges import find_bridges
    from .measures.centrality import measure_centrality
    from .measures.explanation import explain_ties
    from .measures.inventory import describe_network
    from .measures.structure import measure_structure
    from .measures.uncertainty import measure_uncertainty
    from .network import Network
    from .practice import (
        align_organizations,
        check_outcomes,
        describe_convenings,
        describe_organization,
        find_introductions,
        find_peer_states,
        list_expected_partners,
        plan_visits,
        prepare_session,
        profile_partnerships,
    )
    from .recommend import (
        backtest_recommendations,
        explain_pair,
        plan_introductions,
        recommend_partners,
        score_pairs,
    )
    from .report import build_brief, build_report, write_brief, write_report
    from .results import Method, Result
    from .samples import load_sample
    from .tables.build import build_network
    from .tables.check import check_tables
    from .tables.read import read_network
    from .tables.recipe import read_recipe
    from .tables.survey import read_survey
    from .tables.template import write_template
    from .tables.write import write_network
    from .views.draw import draw_network
    from .views.maps import draw_map, tabulate_map
    from .vocabulary import Vocabulary, default_vocabulary
    from .weights import Layer, build_affinity, build_layer

__version__ = "0.1.0"

_HOMES = {
    "read_network": "tables.read",
    "check_tables": "tables.check",
    "write_network": "tables.write",
    "write_template": "tables.template",
    "read_survey": "tables.survey",
    "build_network": "tables.build",
    "read_recipe": "tables.recipe",
    "load_sample": "samples",
    "describe_network": "measures.inventory",
    "measure_centrality": "measures.centrality",
    "measure_affiliation": "measures.affiliation",
    "measure_structure": "measures.structure",
    "explain_ties": "measures.explanation",
    "measure_uncertainty": "measures.uncertainty",
    "find_bridges": "measures.bridges",
    "find_gaps": "gaps",
    "plan_introductions": "recommend",
    "recommend_partners": "recommend",
    "backtest_recommendations": "recommend",
    "explain_pair": "recommend",
    "score_pairs": "recommend",
    "compare_networks": "compare",
    "prepare_session": "practice",
    "check_outcomes": "practice",
    "profile_partnerships": "practice",
    "describe_organization": "practice",
    "align_organizations": "practice",
    "describe_convenings": "practice",
    "find_introductions": "practice",
    "find_peer_states": "practice",
    "list_expected_partners": "practice",
    "plan_visits": "practice",
    "draw_network": "views.draw",
    "draw_map": "views.maps",
    "tabulate_map": "views.maps",
    "build_report": "report",
    "write_report": "report",
    "build_brief": "report",
    "write_brief": "report",
    "build_layer": "weights",
    "build_affinity": "weights",
    "Layer": "weights",
    "Network": "network",
    "Method": "results",
    "Result": "results",
    "Vocabulary": "vocabulary",
    "default_vocabulary": "vocabulary",
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
    "draw_map",
    "draw_network",
    "explain_pair",
    "explain_ties",
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
    "tabulate_map",
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
