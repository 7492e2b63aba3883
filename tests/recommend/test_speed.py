"""How long it takes a State to get its call list, in seconds of processor time."""

from __future__ import annotations

import time

import pytest

from partnet import backtest_recommendations, load_sample, recommend_partners


@pytest.mark.slow
def test_sixty_organizations_get_suggestions_and_a_back_test_in_two_seconds() -> None:
    sample = load_sample("prairie")
    net = sample.subnetwork(sample.ids[:60])
    recommend_partners(net, n=1)  # whatever is loaded or compiled once
    start = time.process_time()
    assert len(recommend_partners(net).table) > 250
    backtest_recommendations(net, splits=5)
    assert time.process_time() - start <= 2.0
