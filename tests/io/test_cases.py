"""The cases of people who do this job give their right answers, where they are at hand."""

from __future__ import annotations

import pytest

from ..cases import CASES, JUDGES, run_case


@pytest.mark.slow
@pytest.mark.skipif(
    not CASES.is_dir(), reason="the cases are not beside the project (../shared/data/cases)"
)
@pytest.mark.parametrize("case", JUDGES)
def test_case(case: str) -> None:
    assert run_case(case) == ""
