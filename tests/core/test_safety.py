"""Text from strangers made harmless."""

from __future__ import annotations

import sys

from partnet.core.wording.safety import _CONTROL, strip_controls


def test_no_character_that_is_removed_passes_for_one_that_can_be_printed() -> None:
    letters = [chr(k) for k in range(sys.maxunicode + 1)]
    removed = [letter for letter in letters if _CONTROL.match(letter)]
    assert len(removed) > 100
    assert [letter for letter in removed if strip_controls(f"a{letter}b") != "ab"] == []


def test_all_else_stays() -> None:
    assert strip_controls("Zürich – 東京 (2026)") == "Zürich – 東京 (2026)"
    assert strip_controls("two\nlines\tand a tab") == "two\nlines\tand a tab"
