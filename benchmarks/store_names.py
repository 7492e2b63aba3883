"""Linking in a store on pairs whose truth is known, beside the matcher in memory.

    python -m benchmarks.store_names FOLDER [--write]

FOLDER holds public/ and names/. Prints a table; with ``--write`` it goes into ``docs/scale.md``.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from partnet.linkage.match import match_organizations
from partnet.store.layout import COLUMNS, NUMBERS
from partnet.store.loading import make_rows
from partnet.store.store import open_store

from .matching_files import Task, read_hospitals, read_renamed_charities, read_renamed_hospitals
from .store_nation import make_ledger

PAGE = Path(__file__).parents[1] / "docs" / "scale.md"
TASKS = {
    "hospitals": read_hospitals,
    "renamed": read_renamed_hospitals,
    "charities": read_renamed_charities,
}


def measure(task: Task) -> dict[str, Any]:
    """Count right and wrong merges across the two files, in a store and in memory."""
    tables, truth = hide_ids(task)
    settled = {id_ for id_, known in zip(truth, task.settled, strict=True) if known}
    right, wrong = judge(link_in_store(tables), truth, settled)
    known, lost = judge(match_organizations(*tables).table, truth, settled)
    return {
        "files": task.name,
        "organizations": len(truth),
        "right, store": right,
        "wrong, store": wrong,
        "right, in memory": known,
        "wrong, in memory": lost,
    }


def hide_ids(task: Task) -> tuple[list[pd.DataFrame], dict[str, str]]:
    """Both tables with ids that tell nothing, and the truth by id."""
    tables, values = [], iter(task.truth.tolist())
    truth: dict[str, str] = {}
    for mark, table in zip("ab", (task.first, task.second), strict=True):
        ids = [f"{mark}-{k:05d}" for k in range(len(table))]
        truth |= {id_: next(values) for id_ in ids}
        tables.append(table.assign(id=ids).reset_index(drop=True))
    return tables, truth


def judge(table: pd.DataFrame, truth: dict[str, str], settled: set[str]) -> tuple[int, int]:
    """How many merges across the files are right, and how many wrong."""
    same = table[(table["decision"] == "same") & (table["a"].str[0] != table["b"].str[0])]
    kept = same[same["a"].isin(settled) & same["b"].isin(settled)]
    right = int((kept["a"].map(truth) == kept["b"].map(truth)).sum())
    return right, len(kept) - right


def link_in_store(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The pairs that a store finds, each table a file."""
    with open_store(":memory:") as store:
        for number, table in enumerate(tables, 1):
            blank = {name: 1 if name in NUMBERS else "" for name in COLUMNS["organizations"]}
            named = table[[name for name in table if name in blank]].to_dict("records")
            rows = [blank | {"file_no": number, "seq": k} | row for k, row in enumerate(named)]
            store._shelf.append("organizations", make_rows("organizations", rows))
            entry = make_ledger(len(rows)) | {"file_no": number, "file": f"file {number}"}
            store._shelf.append("files", make_rows("files", [entry]))
        return store.link().table


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write docs/scale.md")
    told = parser.parse_args()
    rows = [measure(read(told.folder)) for read in TASKS.values()]
    lines = [" | ".join(rows[0]), " | ".join(["---"] * len(rows[0]))]
    lines += [" | ".join(f"{cell:,}" if isinstance(cell, int) else cell for cell in row.values())
              for row in rows]  # fmt: skip
    table = "\n".join(f"| {line} |" for line in lines)
    print(table)
    if told.write:
        marks = r"(<!-- names -->).*(<!-- end of names -->)"
        page = PAGE.read_text(encoding="utf-8")
        new = re.sub(marks, lambda found: f"{found[1]}\n\n{table}\n\n{found[2]}", page, flags=re.S)
        PAGE.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
