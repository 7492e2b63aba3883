"""The evaluation as Markdown: tables, release gates, calibration curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from ranker_baselines import BOTH_WALKS, PERCENTILES
from ranker_goals import write_goals
from ranker_tables import (
    Gate,
    average,
    check_difference,
    check_sizes,
    compare,
    group_networks,
    measure_all,
    write_markdown,
)

if TYPE_CHECKING:
    from evaluate_ranker import Evaluation

GROUPED = ("resource_allocation", PERCENTILES, BOTH_WALKS, "readable", "best")
SHOWN = ("auc", "hit_1", "hit_5")


def write_report(found: Evaluation) -> dict[str, str]:
    """Write all tables, the gates last, and the goals of the design."""
    warm, apart, new, later = (
        measure_all(part) for part in (found.warm, found.domains, found.newcomers, found.waves)
    )
    groups = group_networks(warm)
    parts = [
        "### All networks, families left out", write_markdown(average(warm)),
        "### Networks of organizations", write_markdown(average(groups["domain: org"])),
        "### Families of networks of organizations (AUC)", _write_families(groups["domain: org"]),
        "### Networks with attributes", write_markdown(average(groups["with attributes"])),
        "### By size and domain", _write_groups(groups),
        "### The whole domain left out", _write_groups(group_networks(apart), "domain: "),
        "### Newcomers (networks with attributes)", write_markdown(average(new)),
        "### Later ties (panels)", _write_groups(_by_panel(later)),
        "### Gains with intervals", _write_gains(groups),
        "### Calibration", _write_calibration(found),
        "### Release gates", _write_gates(found, warm, apart, new),
    ]  # fmt: skip
    return {"tables": "\n\n".join(parts), "goals": write_goals(found, warm, new, later)}


def _by_panel(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {"all panels": frame, **dict(list(frame.groupby("domain")))}


def _write_groups(groups: dict[str, pd.DataFrame], start: str = "") -> str:
    """AUC, hit@1 and hit@5 of a few methods, one row a group."""
    rows = {}
    for label, part in groups.items():
        if label.startswith(start) and len(part):
            means = average(part)
            cells = {f"{m} {name}": means.loc[name, m] for m in SHOWN for name in GROUPED}
            rows[label] = {"networks": str(part["network"].nunique()), **cells}
    return write_markdown(pd.DataFrame.from_dict(rows, orient="index"))


def _write_families(frame: pd.DataFrame) -> str:
    """AUC by family, the largest gain of `best` over the stronger PageRank first."""
    wide = frame.pivot_table(index="family", columns="method", values="auc")[list(GROUPED)]
    order = (wide["best"] - wide[BOTH_WALKS]).sort_values(ascending=False, kind="stable").index
    wide.insert(0, "networks", frame.groupby("family")["network"].nunique().astype(str))
    return write_markdown(wide.loc[order])


def _write_gains(groups: dict[str, pd.DataFrame]) -> str:
    rows = {}
    for label in ("all", "domain: org", "with attributes"):
        for ranker in ("readable", "best"):
            for measure in SHOWN:
                cells = {}
                for other in ("resource_allocation", PERCENTILES, BOTH_WALKS):
                    mean, low, high = compare(groups[label], ranker, other, measure)
                    cells[f"over {other}"] = f"{mean:+.4f} ({low:+.4f} to {high:+.4f})"
                rows[f"{label}: {ranker}, {measure}"] = cells
    return write_markdown(pd.DataFrame.from_dict(rows, orient="index"))


def _write_calibration(found: Evaluation) -> str:
    lines = []
    for name, one in found.calibration.items():
        lines += [
            f"**{name}**: slope {one.slope:.3f}; truth on log-odds said: slope "
            f"{one.steepness:.3f}, intercept {one.level:+.3f}; error {one.error:.4f}.",
            write_markdown(one.curve, digits=4),
        ]
    return "\n\n".join(lines)


PAGERANK = "PageRank"  # stands for the one that the design defines, then for the stronger one

# Networks, what is held against what, by which measure, the least difference, clear of 0 or not.
DIFFERENCES = (
    ("all", "best", PAGERANK, "auc", 0.008, True),
    ("all", "best", "resource_allocation", "hit_1", 0.025, False),
    ("all", "best", PAGERANK, "hit_5", 0.0, False),
    ("with attributes", "best", PAGERANK, "auc", 0.020, False),
    ("with attributes", "best", PAGERANK, "hit_5", 0.025, False),
    ("organizations", "best", PAGERANK, "auc", 0.0, True),
    ("organizations", "best", PAGERANK, "hit_1", 0.0, True),
    ("organizations", "best", PAGERANK, "hit_5", 0.0, False),
    ("organizations, domain left out", "best", PAGERANK, "auc", -0.003, False),
    ("organizations, domain left out", "best", PAGERANK, "hit_5", -0.003, False),
    ("all", "readable", PAGERANK, "auc", 0.0, True),
    ("all", "readable", "resource_allocation", "hit_1", 0.010, False),
    ("all", "readable", "best", "auc", -0.010, False),
)


def check_gates(
    found: Evaluation, warm: pd.DataFrame, apart: pd.DataFrame, new: pd.DataFrame, pagerank: str
) -> list[Gate]:
    """Hold the results against every gate, with one of the two scores as PageRank."""
    frames = {
        "all": warm,
        "with attributes": warm[warm["attributes"]],
        "organizations": warm[warm["domain"] == "org"],
        "organizations, domain left out": apart[apart["domain"] == "org"],
    }
    gates = []
    for label, one, other, measure, least, clear in DIFFERENCES:
        text = f"{label}: {one} over {other}, {measure} at least {least:+.3f}"
        text += ", interval above 0" if clear else ""
        pair = one, pagerank if other == PAGERANK else other
        gates.append(check_difference(frames[label], text, *pair, measure, least, clear=clear))
    newcomers = float(average(new).loc["readable", "auc"])
    gates.append(Gate("newcomers: AUC at least .730", f"{newcomers:.4f}", newcomers >= 0.73))
    gates.append(check_sizes(warm, "best"))
    for name, one in found.calibration.items():
        text = f"calibration error of {name} at most .035"
        gates.append(Gate(text, f"{one.error:.4f}", one.error <= 0.035))
    return gates


def _write_gates(found: Evaluation, *frames: pd.DataFrame) -> str:
    """One row a gate: PageRank as designed, and where it enters the stronger one beside it."""
    gates = check_gates(found, *frames, PERCENTILES)
    harder = check_gates(found, *frames, BOTH_WALKS)
    rows = {}
    for gate, other in zip(gates, harder, strict=True):
        same = gate.found == other.found
        rows[gate.text] = {
            "found": gate.found,
            "gate": _say(gate),
            f"with {BOTH_WALKS}": "" if same else other.found,
            "the same gate": "" if same else _say(other),
        }
    return write_markdown(pd.DataFrame.from_dict(rows, orient="index"))


def _say(gate: Gate) -> str:
    return "reached" if gate.reached else "**missed**"
