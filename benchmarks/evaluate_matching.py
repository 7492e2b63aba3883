"""Measure how well organizations are recognized, where identifiers tell the truth.

    python benchmarks/evaluate_matching.py FOLDER

FOLDER holds public/ and names/. Prints a table, and writes it into docs/matching.md between its
markers. What the weights were fitted on does not count.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import pandas as pd
from matching_files import (
    NEW,
    RENAMED,
    Task,
    is_for_fitting,
    read_hospitals,
    read_renamed_charities,
    read_renamed_hospitals,
)

from partnet.linkage.blocking import Pairs
from partnet.linkage.match import match_organizations
from partnet.places.outlines import county_at
from partnet.public.readers.catalog import read_public_file

PAGE = Path(__file__).parents[1] / "docs" / "matching.md"
FCC = "public/fcc_rhcpp_nov12_34_states.csv"


def main() -> None:
    """Measure, print and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    tasks = [read_hospitals(folder), read_renamed_hospitals(folder), read_renamed_charities(folder)]
    rows = [measure_task(task) for task in tasks]
    text = f"{_write(pd.DataFrame(rows))}\n\n{_write(pd.DataFrame([measure_pilot(folder)]))}"
    print(text)
    page = PAGE.read_text(encoding="utf-8")
    marked = re.sub(
        r"(<!-- figures -->).*(<!-- end of figures -->)",
        lambda found: f"{found[1]}\n\n{text}\n\n{found[2]}",
        page,
        flags=re.DOTALL,
    )
    PAGE.write_text(marked, encoding="utf-8")


def measure_task(task: Task) -> dict[str, object]:
    """Precision and recall at the automatic threshold, and what goes to a person."""
    records = task.records()
    pairs = match_organizations(task.first, task.second).table
    first = pd.Series(range(len(task.first)), index=task.first["id"])
    found = _locate(task, pairs, first)
    if task.name != RENAMED:
        found = found[~_is_fitted(task, records, found["i"], found["j"])]
    wanted = _count_wanted(task, records)
    automatic, review = (found[found["decision"] == word] for word in ("same", "review"))
    right, reviewed = int(automatic["true"].sum()), int(review["true"].sum())
    return {
        "files": task.name,
        "pairs to find": wanted,
        "merged": len(automatic),
        "wrong": len(automatic) - right,
        "precision": f"{right / len(automatic):.1%}" if len(automatic) else "–",
        "recall": f"{right / max(wanted, 1):.1%}",
        "for a person": len(review),
        "right among them": reviewed,
        "recall with a person": f"{(right + reviewed) / max(wanted, 1):.1%}",
    }


def _locate(task: Task, pairs: pd.DataFrame, first: pd.Series) -> pd.DataFrame:
    """Pairs across the files whose truth is known, with their positions."""
    half = len(task.first)
    second = {id_: half + k for k, id_ in enumerate(task.second["id"])}
    rows = []
    for row in pairs.itertuples():
        if row.a in first.index and row.b in second:
            i = first[row.a]
            i = int(i if np.isscalar(i) else i.iloc[0])
            rows.append((i, second[row.b], row.decision))
    found = pd.DataFrame(rows, columns=["i", "j", "decision"])
    i, j = found["i"].to_numpy(dtype=int), found["j"].to_numpy(dtype=int)
    found["true"] = task.truth[i] == task.truth[j]
    return found[task.settled[i] & task.settled[j]]


def _is_fitted(task: Task, records, i, j) -> np.ndarray:  # type: ignore[no-untyped-def]
    i, j = np.asarray(i, dtype=np.int64), np.asarray(j, dtype=np.int64)
    return is_for_fitting(task, records, Pairs(i, j, np.zeros(len(i))))


def _count_wanted(task: Task, records) -> int:  # type: ignore[no-untyped-def]
    """True pairs that the weights were not fitted on."""
    rows = np.flatnonzero(task.settled[: len(task.first)])
    if task.name == RENAMED:
        return len(rows)
    return int((~_is_fitted(task, records, rows, rows)).sum())


def measure_pilot(folder: Path) -> dict[str, object]:
    """CMS hospitals and sites of the FCC pilot share no identifier: coordinates are the check.

    Only the pilot has them; they play no part in matching. The county that a site lies in is held
    against the county that CMS names.
    """
    cms, fcc = (read_public_file(folder / name).tables["organizations"] for name in (NEW, FCC))
    states = set(fcc["state"])
    table = match_organizations(cms[cms["state"].isin(states)], fcc).table
    merged = table[table["decision"] == "same"]
    sites = fcc.set_index("id").loc[merged["b"]]
    named = cms.set_index("id").loc[merged["a"], "county_fips"].to_numpy()
    points = sites[["latitude", "longitude"]].astype(float).to_numpy()
    lies = np.array(county_at(points[:, 0], points[:, 1]))
    known = (lies != "") & (named != "")
    return {
        "files": f"CMS hospitals and FCC pilot sites, {len(states)} States and territories",
        "merged": len(merged),
        "names written differently": int((merged["a_name"] != merged["b_name"]).sum()),
        "county known on both sides": int(known.sum()),
        "the same county": int((lies == named)[known].sum()),
        "for a person": int((table["decision"] == "review").sum()),
    }


def _write(table: pd.DataFrame) -> str:
    """A table in Markdown."""
    lines = [" | ".join(table.columns), " | ".join(["---"] * len(table.columns))]
    lines += [" | ".join(str(cell) for cell in row) for row in table.itertuples(index=False)]
    return "\n".join(f"| {line} |" for line in lines)


if __name__ == "__main__":
    main()
