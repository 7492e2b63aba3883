"""Write ``docs/cases.md``: the result of every case that lies beside the project.

    python scripts/make_cases_page.py

The cases (``../shared/data/cases``) are inputs of people who do this job, and no part of the
project; ``tests/cases.py`` holds the right answer of each.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "cases.md"
HEAD = """# Cases

What people who do this job had, as public reports and questions tell it, and whether partnet gives
the right answer. Each case stands for a kind of input. `python scripts/make_cases_page.py` writes
this page; `tests/cases.py` holds the right answers, `tests/io/test_reading.py` the same kinds with
rows of its own. What is read is described at `partnet.read_network`.

| case | what they have | answer |
|---|---|---|
"""
OWN_HEAD = """
## Cases of our own

Inputs of the same kinds, written for partnet: `tests/own_cases.py`, `own_cases_more.py`,
`own_cases_doors.py`, `own_cases_formats.py`, `own_cases_again.py`, `own_cases_ties.py`,
`own_cases_lists.py`, `own_cases_habits.py`, `own_cases_offices.py`, `own_cases_trackers.py`,
`own_cases_programs.py`, `own_cases_rolls.py` and `own_cases_siblings.py` hold each with its right
answer.

| case | what they have | answer |
|---|---|---|
"""


def write_page() -> str:
    """Judge every case and give the page."""
    sys.path.insert(0, str(ROOT))
    from tests.cases import JUDGES, run_case

    found = {case: run_case(case) for case in JUDGES}
    rows = [
        f"| `{case}` | {JUDGES[case][0]} | {f'not yet: {wrong}' if wrong else 'right'} |\n"
        for case, wrong in found.items()
    ]
    right = sum(not wrong for wrong in found.values())
    return f"{HEAD}{''.join(rows)}\n{right} of {len(found)} are right.\n{write_own()}"


def write_own() -> str:
    """Judge the cases of our own and give their part of the page."""
    from tests import (  # noqa: F401 - they join the list
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
    from tests.own_cases import OWN, run_own

    found = {name: run_own(name) for name in OWN}
    rows = [
        f"| `{name}` | {OWN[name][0]} | {f'not yet: {wrong}' if wrong else 'right'} |\n"
        for name, wrong in found.items()
    ]
    right = sum(not wrong for wrong in found.values())
    return f"{OWN_HEAD}{''.join(rows)}\n{right} of {len(found)} are right.\n"


if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8", newline="\n")
