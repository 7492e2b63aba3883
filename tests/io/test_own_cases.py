"""Cases of our own give their right answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from .. import (  # noqa: F401 - they join the list
    own_cases_again,
    own_cases_doors,
    own_cases_formats,
    own_cases_habits,
    own_cases_lists,
    own_cases_more,
    own_cases_offices,
    own_cases_programs,
    own_cases_rolls,
    own_cases_siblings,
    own_cases_ties,
    own_cases_trackers,
)
from ..own_cases import OWN


@pytest.mark.parametrize("name", OWN)
def test_own_case(name: str, tmp_path: Path) -> None:
    OWN[name][1](tmp_path)
