"""Linking on labeled pairs: nothing wrong is merged, and no less found than in memory."""

from __future__ import annotations

import pytest

pytest.importorskip("ibis")
pytest.importorskip("duckdb")

from benchmarks.store_names import TASKS, measure
from tests.shared_data import FOLDER, needs_shared_data


@pytest.mark.slow
@needs_shared_data
@pytest.mark.parametrize("name", TASKS)
def test_labeled_pairs(name: str) -> None:
    found = measure(TASKS[name](FOLDER))
    assert found["wrong, store"] == found["wrong, in memory"] == 0
    assert found["right, store"] >= found["right, in memory"]
    # of charities that were renamed few kept a word of their names
    assert found["right, store"] > 100 or name == "charities"
