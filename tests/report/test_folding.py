"""Which columns of a table are open on the page."""

from __future__ import annotations

import pandas as pd

from partnet.core.results.shown import Column
from partnet.report.folding import keep_filled

NAN, NAT = float("nan"), pd.NaT


def test_columns_that_hold_nothing_are_left_out() -> None:
    days = pd.to_datetime(pd.Series(["", "2026-06-30"]), errors="coerce")
    cells = {
        "words": ["", "Cedar"], "zero": [0, 0], "no": [False, False], "day": days,
        "blank": ["", ""], "numbers": [NAN, NAN], "none": [None, None], "mixed": ["", NAN],
        "missing": [pd.NA, NAT],
    }  # fmt: skip
    columns = [Column(name, name) for name in cells]
    kept = keep_filled(pd.DataFrame(cells), columns)
    assert [column.name for column in kept] == ["words", "zero", "no", "day"]
    assert keep_filled(pd.DataFrame({"blank": [""]}), [Column("blank", "Blank")])
