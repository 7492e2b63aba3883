"""Cases of our own give their right answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..own_cases import OWN


@pytest.mark.parametrize("name", OWN)
def test_own_case(name: str, tmp_path: Path) -> None:
    OWN[name][1](tmp_path)
