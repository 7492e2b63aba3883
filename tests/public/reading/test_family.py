"""What every reader shares: columns by alias, each cell cleaned, short and long rows."""

from __future__ import annotations

import pytest

from partnet.public.reading.family import AT_ONCE, Family, clean_text
from partnet.public.reading.source import open_table

FAMILY = Family("A family", "nobody", "none", {"name": ("Name",), "zip": ("ZIP",), "gone": ("Z",)},
                required=("name",))  # fmt: skip


def test_each_row_has_a_text_for_every_field() -> None:
    lines = ["ZIP,other,Name", ' 68739 ,x,"  Cedar  Clinic "', "n/a", "", "1,2,3,4"] * (
        AT_ONCE // 2
    )
    source = open_table("a.csv", "\n".join(lines[:1] + lines[1:]).encode())
    rows = list(FAMILY.read_records(source))
    cells = [
        {"name": "Cedar Clinic", "zip": "68739", "gone": ""},
        {"name": "", "zip": "", "gone": ""},
        {"name": "3", "zip": "1", "gone": ""},
        {"name": "Name", "zip": "ZIP", "gone": ""},  # the header, once more
    ]
    assert [found for _, found in rows[:8]] == cells * 2
    assert len(rows) == 4 * (AT_ONCE // 2) - 1 > AT_ONCE
    assert [number for number, _ in rows[:5]] == [2, 3, 5, 6, 7]


@pytest.mark.parametrize("mark", ["*", "**", "-", ".", "(b)(4)", "Suppressed", "Not Available"])
def test_what_is_withheld_is_blank(mark: str) -> None:
    assert clean_text(f" {mark} ") == "" and clean_text(f"A {mark}") != ""
