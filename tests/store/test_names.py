"""Linking on labeled pairs: nothing wrong is merged, and no less found than in memory."""

from __future__ import annotations

import pandas as pd
import pytest

pytest.importorskip("ibis")
pytest.importorskip("duckdb")

from benchmarks.matching_files import (
    Task,
    read_hospitals,
    read_renamed_charities,
    read_renamed_hospitals,
)
from partnet.linkage.match import match_organizations
from partnet.store.layout import CELLS
from partnet.store.store import open_store
from tests.shared_data import FOLDER, needs_shared_data

from .tables import fill_tables

TASKS = {"hospitals": read_hospitals, "renamed": read_renamed_hospitals,
         "charities": read_renamed_charities}  # fmt: skip


def hide_ids(task: Task) -> tuple[list[pd.DataFrame], dict[str, str]]:
    """Both tables with ids that tell nothing, and the truth by id."""
    tables, truth = [], iter(task.truth.tolist())
    names: dict[str, str] = {}
    for mark, table in zip("ab", (task.first, task.second), strict=True):
        ids = [f"{mark}-{k:05d}" for k in range(len(table))]
        names |= {id_: next(truth) for id_ in ids}
        tables.append(table.assign(id=ids).reset_index(drop=True))
    return tables, names


def judge(table: pd.DataFrame, truth: dict[str, str], settled: set[str]) -> tuple[int, int]:
    """How many merges across the files are right, and how many wrong."""
    same = table[(table["decision"] == "same") & (table["a"].str[0] != table["b"].str[0])]
    kept = same[same["a"].isin(settled) & same["b"].isin(settled)]
    right = int((kept["a"].map(truth) == kept["b"].map(truth)).sum())
    return right, len(kept) - right


@pytest.mark.slow
@needs_shared_data
@pytest.mark.parametrize("name", TASKS)
def test_labeled_pairs(name: str) -> None:
    task = TASKS[name](FOLDER)
    tables, truth = hide_ids(task)
    settled = {id_ for id_, known in zip(truth, task.settled, strict=True) if known}
    with open_store(":memory:") as store:
        files = [
            table.reindex(columns=[*CELLS["organizations"]], fill_value="") for table in tables
        ]
        fill_tables(store, *({"organizations": file.to_dict("records")} for file in files))
        right, wrong = judge(store.link().table, truth, settled)
    known, _ = judge(match_organizations(*tables).table, truth, settled)
    assert wrong == 0 and right >= known
    assert right > 100 or name == "charities"  # few of those kept a word of their names
