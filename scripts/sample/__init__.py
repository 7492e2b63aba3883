"""The invented Prairie sample: what its tables say, one module for each group of tables.

The folder `data` holds what was decided by hand (organizations, ties that tell a story, awards,
groups) and how often the rest happens (`tie_rates`, `service_rates`); the modules draw the rest.
"""

from __future__ import annotations

import csv
from pathlib import Path

Row = dict[str, object]
DATA = Path(__file__).parent / "data"


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the hand-written files."""
    with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
