"""Who was asked and who answered, of relations and of waves taken together."""

from __future__ import annotations

from partnet.facts.graph.collaboration import build_layer
from tests.builders import make_network

IDS = ("a", "b", "c")


def _answer(relation: str, wave: str, *answered: str) -> list[dict[str, str]]:
    return [
        {"respondent": id_, "relation": relation, "wave": wave, "design": "roster",
         "answered": "yes" if id_ in answered else "no"}
        for id_ in IDS
    ]  # fmt: skip


def test_who_answered_about_another_relation_years_ago_is_silent_now() -> None:
    rows = [*_answer("referral", "2026", *IDS), *_answer("planning", "2027", "a")]
    net = make_network(IDS, [("a", "b", "planning")], responses=rows)
    layer = build_layer(net, relations=["referral", "planning"])
    assert layer.survey is not None
    assert layer.survey.asked.all() and layer.survey.answered.tolist() == [True, False, False]
    assert layer.survey.roster.all()  # what they said then stays observed
    assert layer.response_rate == 1 / 3


def test_one_wave_that_asks_about_two_relations_is_answered_by_either() -> None:
    rows = [*_answer("referral", "2027", "b"), *_answer("planning", "2027", "a")]
    net = make_network(IDS, [("a", "b", "planning")], responses=rows)
    layer = build_layer(net, relations=["referral", "planning"])
    assert layer.response_rate == 2 / 3
