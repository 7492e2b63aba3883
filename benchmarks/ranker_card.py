"""The model card: made when weights are trained, shipped with them, printed in the document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from ranker_baselines import BOTH_WALKS, PERCENTILES
from ranker_corpus import Example
from ranker_jobs import SEEDS
from ranker_tables import average, compare, group_networks, measure_all, write_markdown

if TYPE_CHECKING:
    from evaluate_ranker import Evaluation

GROUPS = {
    "all": "all",
    "organizations": "domain: org",
    "with_attributes": "with attributes",
    "organizations_with_attributes": "organizations with attributes",
}


def make_card(corpus: Sequence[Example], found: Evaluation) -> dict[str, object]:
    """Say what the weights were trained on, how they were tested, and what came out."""
    domains = [e.domain for e in corpus]
    groups = group_networks(measure_all(found.warm))
    left_out = {name: _round(average(groups[label])) for name, label in GROUPS.items()}
    left_out["newcomers"] = _round(average(measure_all(found.newcomers)))
    left_out["later_ties"] = _round(average(measure_all(found.waves)))
    return {
        "trained_on": (
            f"{len(corpus)} real networks in {len({e.family for e in corpus})} families, "
            f"{domains.count('org')} of them networks of organizations (agencies, nonprofits, "
            "water policy, boards, relief operations), none of them a health coalition; "
            f"{sum(1 for e in corpus if e.fields)} came with attributes of their members"
        ),
        "protocol": (
            "one tie in five hidden (whole events where ties come from events); everything "
            "measured on what is left; families of networks kept apart; only pairs of which both "
            f"ends keep a tie; mean over networks and {len(SEEDS)} seeds"
        ),
        "left_out": left_out,
        "calibration_error": {n: round(c.error, 4) for n, c in found.calibration.items()},
        "known_failures": _say_failures(groups["domain: org"]),
    }


def _say_failures(organizations: pd.DataFrame) -> str:
    gain, _, _ = compare(organizations, "best", PERCENTILES, "auc")
    harder, low, high = compare(organizations, "best", BOTH_WALKS, "auc")
    return (
        "Held-out ties are easier to find than future ties: on panels later ties are found no "
        "better than by PageRank. No network of the corpus is a health coalition. On networks of "
        f"organizations the gain in AUC over PageRank ({gain:+.3f}) is large on a few studies and "
        f"small on most; over the stronger sum of both walks it is {harder:+.3f}, {low:+.3f} to "
        f"{high:+.3f} when families are drawn again."
    )


def _round(means) -> dict[str, dict[str, float]]:  # type: ignore[no-untyped-def]
    return {
        str(name): {key: round(float(value), 4) for key, value in row.items()}
        for name, row in means[["auc", "hit_1", "hit_5"]].iterrows()
    }


def write_card(shipped: dict[str, Any]) -> str:
    """Write the card that ships with the weights as Markdown."""
    card = shipped["card"]
    errors = ", ".join(f"{name} {error:.4f}" for name, error in card["calibration_error"].items())
    lines = [
        f"Shipped as `src/partnet/data/ranker.json`, version {shipped['version']}, with the trees "
        "in `ranker_trees.npz`.\n",
        f"* **Trained on** {card['trained_on']}.",
        f"* **Protocol**: {card['protocol']}.",
        f"* **Known failures**: {card['known_failures']}",
        f"* **Calibration error**: {errors}.\n",
    ]
    rows = {
        f"{group.replace('_', ' ')}: {ranker}": values
        for group, rankers in card["left_out"].items()
        for ranker, values in rankers.items()
    }
    return "\n".join([*lines, write_markdown(pd.DataFrame.from_dict(rows, orient="index"))])
