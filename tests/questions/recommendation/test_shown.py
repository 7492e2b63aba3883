"""Every table is declared as it is, and every number said is a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from partnet import (
    backtest_recommendations,
    explain_pair,
    load_sample,
    plan_introductions,
    recommend_partners,
)
from partnet.core.network import Network
from partnet.core.results.result import Result


@pytest.fixture(scope="module")
def results() -> list[Result]:
    net: Network = load_sample("prairie")
    ends = "cedar-county-hospital", "bow-creek-home-health-and-hospice"
    candidates = pd.DataFrame([{"name": "Knox Legal Aid", "kind": "legal aid", "fips": "31107"}])
    return [
        recommend_partners(net, n=2),
        recommend_partners(net, ends[0], 3, runs=2),
        recommend_partners(net, ends[0], 3, runs=0, candidates=candidates),
        explain_pair(net, *ends),
        plan_introductions(net, 3),
        backtest_recommendations(net, splits=2),
    ]


def test_every_table_is_declared_with_its_columns_in_their_order(results: list[Result]) -> None:
    for result in results:
        declared = {shown.table: shown for shown in result.shown}
        assert declared.keys() == {"table", *result.tables}
        for name, shown in declared.items():
            assert list(result.frame(name).columns) == shown.names, (result.verb, name)
            assert all(column.meaning for column in shown.columns)


def test_columns_that_people_see_have_labels(results: list[Result]) -> None:
    seen = [
        (result.verb, shown.table, len(shown.visible(result.frame(shown.table))))
        for result in results
        for shown in result.shown
        if shown.people
    ]
    assert len(seen) > 10
    assert [who for *who, columns in seen if not columns] == []


def test_sentences_have_names_and_claim_the_names_they_say(results: list[Result]) -> None:
    said = [sentence for result in results for sentence in result.sentences]
    assert len(said) > 15
    assert all(sentence.name for sentence in said)
    for sentence in said:
        if sentence.name == "suggestion":
            assert sentence.claims["organization"] in sentence
            assert sentence.claims["partner"] in sentence


def test_every_number_of_a_suggestion_is_claimed(results: list[Result]) -> None:
    checked = 0
    for sentence in results[0].say("suggestion", "further_suggestion"):
        known = {*_find_numbers(sentence.claims)}
        names = " ".join(text for text in _find_texts(sentence.claims))
        for number in re.findall(r"\d+", sentence):
            checked += 1
            assert int(number) in known or number in names or _is_rest(int(number), known)
    assert checked


def _is_rest(number: int, known: set[int]) -> bool:
    """Of four or more, two are named and the others counted."""
    return number + 2 in known


def _find_numbers(claims: Any) -> Iterator[int]:
    for value in claims.values():
        if isinstance(value, dict):
            yield from _find_numbers(value)
        elif isinstance(value, list | tuple):
            yield len(value)
        elif isinstance(value, int | float):
            yield round(value)
            yield round(value * 0.621371)  # claims are in kilometers, sentences in miles


def _find_texts(claims: Any) -> Iterator[str]:
    for value in claims.values():
        if isinstance(value, dict):
            yield from _find_texts(value)
        elif isinstance(value, list | tuple):
            yield from map(str, value)
        elif isinstance(value, str):
            yield value


def test_the_region_of_partners_is_where_and_keeps_its_old_name(results: list[Result]) -> None:
    net = load_sample("prairie")
    new = recommend_partners(net, "Cedar County Hospital", runs=0, where="Cedar County")
    with pytest.warns(DeprecationWarning, match="counties is now called where"):
        old = recommend_partners(net, "Cedar County Hospital", runs=0, counties="Cedar County")
    assert old.to_json() == new.to_json()
