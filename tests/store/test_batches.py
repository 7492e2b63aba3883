"""Rows that gathered become Arrow tables: in their order, whatever columns each had."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("pyarrow")

from partnet.store.batches import make_batch
from partnet.store.layout import COLUMNS

SHAPES = {0: ("organization", "service"), 1: ("service", "note", "organization", "hours")}


def test_rows_of_two_shapes_keep_their_order() -> None:
    rows: list[tuple[Any, ...]] = [
        (1, 5, 0, "NE", 0, ("a", "dental")),
        (1, 6, 1, "KS", 1, ("hospice", "ünder", "b", "")),
        (1, 7, 2, "NE", 0, ("c", "dental")),
        (1, 8, 3, "", 1, ("food", "", "d", '9"5')),
    ]
    made = make_batch("services", rows, SHAPES)
    assert made.column_names == list(COLUMNS["services"])
    assert made["row"].to_pylist() == [5, 6, 7, 8] and made["seq"].to_pylist() == [0, 1, 2, 3]
    assert made["row_state"].to_pylist() == ["NE", "KS", "NE", ""]
    assert made["organization"].to_pylist() == ["a", "b", "c", "d"]
    assert made["service"].to_pylist() == ["dental", "hospice", "dental", "food"]
    assert made["county_fips"].to_pylist() == [""] * 4
    assert made["extra"].to_pylist() == ["", '["ünder", ""]', "", '["", "9\\"5"]']


def test_a_row_of_the_journal_is_its_cells() -> None:
    made = make_batch("rows", [(1, 2, "NE", "a"), (1, 3, "", None)], {})
    assert made.to_pylist() == [
        {"file_no": 1, "row": 2, "row_state": "NE", "owner": "a"},
        {"file_no": 1, "row": 3, "row_state": "", "owner": None},
    ]
