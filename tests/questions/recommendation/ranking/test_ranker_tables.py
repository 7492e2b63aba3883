"""The gates that weights must pass: a loss in one size or one domain is seen, whatever the mean."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parents[4] / "benchmarks"))

MEASURES = ("auc", "auc_by_degree", "precision", "hit_1", "hit_5", "reciprocal_rank")


def _make_frame(best: dict[tuple[str, int], float]) -> pd.DataFrame:
    """Two networks for every domain and number of organizations; single scores are at .8."""
    from ranker_baselines import SINGLE

    rows = [
        {"network": f"{domain} {n} {k}", "family": domain, "domain": domain, "n": n}
        | {"attributes": False, "method": method}
        | dict.fromkeys(MEASURES, auc if method == "best" else 0.8)
        for (domain, n), auc in best.items()
        for k in range(2)
        for method in (*SINGLE, "best")
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("best", "found", "reached"),
    [
        ({("org", 15): 0.81, ("org", 30): 0.82}, "worst +0.0100 (1 to 20 organizations)", True),
        ({("org", 15): 0.79, ("org", 30): 0.85}, "worst -0.0100 (1 to 20 organizations)", False),
        ({("org", 90): 0.79, ("org", 30): 0.85}, "worst -0.0100 (more than 80)", False),
        ({("org", 30): 0.85, ("animal", 30): 0.79}, "worst -0.0100 (domain: animal)", False),
        ({("org", 30): 0.85, ("animal", 30): 0.796}, "worst -0.0040 (domain: animal)", True),
    ],
)
def test_a_loss_in_one_size_or_domain_is_seen(
    best: dict[tuple[str, int], float], found: str, reached: bool
) -> None:
    from ranker_tables import check_sizes

    gate = check_sizes(_make_frame(best), "best")
    assert (gate.found, gate.reached) == (found, reached)
