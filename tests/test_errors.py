"""Wrong values of arguments: an error names the argument, what was found and what is allowed."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import partnet as pn

from .builders import make_network

NET = make_network(["a", "b", "c"], [("a", "b"), ("b", "c")])

# Values that no argument of these names can take.
WRONG: dict[str, Any] = {
    "layer": "nonsense", "relations": ["nonsense"], "as_of": "not a day", "grouping": "nonsense",
    "permutations": -1, "n": -1, "within_km": -1.0, "within_minutes": -1.0, "kinds": ["nonsense"],
    "for_kinds": ["nonsense"], "counties": ["Atlantis"], "where": "Atlantis", "ranker": "nonsense",
    "runs": -1, "hide": "nonsense", "splits": 0, "budget": -1, "cap": -1, "acceptance": 2.0,
    "goals": ["nonsense"], "seats": 0, "organization": "nonsense",
    "partner": "nonsense", "feature": "nonsense", "bootstrap": -1, "start": "nonsense",
    "days": 0, "km_per_day": -1.0, "stops_per_day": 0,
    "days_per_tour": 0, "road_factor": -1.0, "state": "Atlantis", "family": "nonsense",
    "families": ["nonsense"], "k": 0, "symmetrization": "nonsense", "without": ["nonsense"],
    "relation_weights": {"nonsense": 1.0}, "measures": ["nonsense"], "fillings": 0,
    "imputations": -1, "false_ties": 2.0, "missed_ties": -1.0, "samples": 0, "level": 2.0,
    "audience": "nonsense", "survey": "nonsense", "kind": "nonsense", "place": "Atlantis",
    "holes": "nonsense", "seed": "nonsense",
}  # fmt: skip
VERBS = [
    "align_organizations", "backtest_recommendations", "build_affinity", "build_layer",
    "build_report", "check_outcomes", "describe_convenings", "describe_network",
    "describe_organization", "explain_pair", "explain_ties", "find_bridges", "find_gaps",
    "find_introductions", "find_nonrespondents", "find_peer_states",
    "list_expected_partners", "list_leaders", "list_practices", "list_voices",
    "measure_affiliation", "measure_centrality", "measure_structure", "measure_trust",
    "measure_uncertainty", "plan_introductions", "plan_visits", "prepare_session",
    "profile_partnerships", "recommend_partners", "score_pairs", "track_goals",
]  # fmt: skip
NEEDED = {"organization": "a", "partner": "b"}

# Values of types that no argument of these names takes.
MISTYPED: dict[str, list[Any]] = {
    "relations": [7.5, [7], {"referral": 1}, b"x"], "without": [7.5, [7]],
    "relation_weights": [[7], "x", {"planning": "x"}], "directed": [[7], "yes"],
    "families": [7.5, [7]], "k": [[7], "x", 7.5], "kinds": [7.5, [7]], "where": [7.5, [7], b"x"],
    "n": [[7], "x"], "splits": [[7], 2.5], "ranker": [[7], 7.5], "feature": [[7]],
    "grouping": [[7]], "later": [7.5, "x"], "others": [7.5, [7], "x"], "state": [7.5, [7]],
    "weighted": [[7]],
}  # fmt: skip


def list_cases() -> list[tuple[str, str]]:
    cases = []
    for verb in VERBS:
        names = list(inspect.signature(getattr(pn, verb)).parameters)[1:]
        cases += [(verb, name) for name in names if name in WRONG]
    return cases


def list_mistyped() -> list[tuple[str, str, Any]]:
    return [
        (verb, name, value)
        for verb in VERBS
        for name in list(inspect.signature(getattr(pn, verb)).parameters)[1:]
        for value in MISTYPED.get(name, ())
    ]


@pytest.mark.parametrize(("verb", "argument"), list_cases())
def test_an_error_names_the_argument_that_was_written(verb: str, argument: str) -> None:
    refuse(verb, argument, WRONG[argument])


@pytest.mark.parametrize(("verb", "argument", "value"), list_mistyped())
def test_values_of_wrong_types_are_refused_by_name(verb: str, argument: str, value: Any) -> None:
    refuse(verb, argument, value)


def refuse(verb: str, argument: str, value: Any) -> None:
    """Hold that a verb refuses a value in a sentence that names the argument."""
    function = getattr(pn, verb)
    signature = inspect.signature(function).parameters.values()
    needed = {
        p.name: NEEDED[p.name] for p in signature if p.name in NEEDED and p.default is p.empty
    }
    with pytest.raises(pn.UsageError) as caught:
        function(NET, **{**needed, argument: value})
    message = str(caught.value)
    assert message.startswith(f"{argument}: found "), message
    assert message.count(". ") >= 1, message  # what is allowed, and what to do
