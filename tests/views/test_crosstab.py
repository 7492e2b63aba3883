"""Counts drawn as circles."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from partnet.views.crosstab import LARGEST, draw_counts, render_counts

TABLE = pd.DataFrame([[4, 1], [0, 2]], index=["Planner", "Collaborator"], columns=["x", "y"])


def test_areas_are_in_proportion_and_numbers_stand_in_every_cell() -> None:
    axes = Figure().add_subplot()
    assert draw_counts(TABLE, ax=axes) is axes
    circles = axes.collections[0]
    sizes = dict(
        zip(map(tuple, np.asarray(circles.get_offsets())), circles.get_sizes(), strict=True)
    )
    assert sizes == {(0, 0): LARGEST, (1, 0): LARGEST / 4, (1, 1): LARGEST / 2}
    assert sorted(text.get_text() for text in axes.texts) == ["0", "1", "2", "4"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Planner", "Collaborator"]


@pytest.mark.parametrize("table", [TABLE, TABLE * 0, TABLE.iloc[:0]])
def test_the_same_bytes_every_time(table: pd.DataFrame) -> None:
    assert render_counts(table, "t") == render_counts(table, "t")
