"""Pairs of public files in which identifiers tell who is who; the identifiers are hidden."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from partnet.linkage.blocking import Pairs, Records, find_candidates, make_records
from partnet.linkage.match import may_be_one
from partnet.linkage.similarity import compare_names
from partnet.public.readers.catalog import read_public_file

OLD = "public/cms_hospital_general_information_2018_tomasonjo.csv"
RENAMED = "hospitals listed under two names"
NEW = "public/cms_hospital_general_information_rmansi.csv"


@dataclass(frozen=True)
class Task:
    """Two tables of organizations, and the hidden identifier of every row."""

    name: str
    first: pd.DataFrame
    second: pd.DataFrame
    truth: np.ndarray  # identifiers of both tables, one after the other
    settled: np.ndarray  # False: the identifier ended or began between the files

    def records(self) -> Records:
        """The rows with their identifiers hidden."""
        return make_records([self.first, self.second])

    def candidates(self, records: Records) -> Pairs:
        """The pairs across the two files that matching judges, those with no truth left out."""
        return self._keep_judged(records, find_candidates(records))

    def pairs_of_places(self, records: Records) -> Pairs:
        """The same, and beside them every pair of rows of one ZIP code, town or county."""
        n, half = len(records), len(self.first)
        pairs = find_candidates(records)
        found = [pairs.i * n + pairs.j]
        for columns in (["zip"], ["county_fips"], ["state", "town"]):
            known = records.codes[(records.codes[columns] >= 0).all(axis=1)]
            for rows in known.groupby(columns).indices.values():
                block = known.index.to_numpy(dtype=np.int64)[rows]
                first, second = block[block < half], block[block >= half]
                found.append((first[:, None] * n + second[None, :]).ravel())
        keys = np.unique(np.concatenate(found))
        names = records.texts("names")
        i, j = keys // n, keys % n
        return self._keep_judged(records, Pairs(i, j, compare_names(names[i], names[j])))

    def _keep_judged(self, records: Records, pairs: Pairs) -> Pairs:
        across = records.across(pairs.i, pairs.j) & may_be_one(records, pairs)
        return pairs.keep(across & self.settled[pairs.i] & self.settled[pairs.j])

    def thin(self, share: float, seed: int) -> Task:
        """Keep a random share of the rows of each table: other files do not list everybody."""
        random = np.random.default_rng(seed)
        first, second = (random.random(len(t)) < share for t in (self.first, self.second))
        kept = np.concatenate([first, second])
        return replace(
            self,
            first=self.first[first],
            second=self.second[second],
            truth=self.truth[kept],
            settled=self.settled[kept],
        )

    def is_same(self, pairs: Pairs) -> np.ndarray:
        """Whether each pair is one organization."""
        return self.truth[pairs.i] == self.truth[pairs.j]


def make_task(name: str, first: pd.DataFrame, second: pd.DataFrame, column: str) -> Task:
    """Hide an identifier that both tables have."""
    truth = np.concatenate([first[column].to_numpy(), second[column].to_numpy()])
    both = set(first[column]) & set(second[column])
    settled = np.array([value in both for value in truth])
    hidden = {name: "" for name in ("ccn", "npi", "ein") if name in {*first, *second}}
    return Task(name, first.assign(**hidden), second.assign(**hidden), truth, settled)


def read_hospitals(folder: Path) -> Task:
    """Hospitals of CMS in 2018 and today, known by their CCN."""
    tables = [read_public_file(folder / name).tables["organizations"] for name in (OLD, NEW)]
    return make_task("CMS hospitals, 2018 and today", *tables, "ccn")


def read_renamed_hospitals(folder: Path) -> Task:
    """Hospitals that CMS lists in 2018 and today under two names, among all it lists today.

    Old names stand where the file of 2018 has the hospital, today's where today's file has it.
    """
    old, new = (read_public_file(folder / name).tables["organizations"] for name in (OLD, NEW))
    with (folder / "names/hospital_name_pairs_by_ccn.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    placed = old.set_index("ccn", drop=False)
    names = {(row["ccn"], row["name_a"]) for row in rows if row["ccn"] in placed.index}
    names = sorted(pair for pair in names if pair[0] in set(new["ccn"]))
    first = placed.loc[[ccn for ccn, _ in names]].reset_index(drop=True)
    return make_task(RENAMED, first.assign(name=[name for _, name in names]), new, "ccn")


def read_renamed_charities(folder: Path) -> Task:
    """Nebraska's exempt organizations that changed their name, among all of 2026; known by EIN."""
    with (folder / "names/irs_bmf_name_changes_2020_2026.csv").open(encoding="cp1252") as file:
        changed = pd.DataFrame(list(csv.DictReader(file)), dtype="str")
    with (folder / "public/irs_eo_bmf_ne_2026.csv").open(encoding="utf-8-sig") as file:
        listed = pd.DataFrame(list(csv.DictReader(file)), dtype="str")
    before = _make_charities(changed, "_2020")
    now = _make_charities(listed, "")
    return make_task("IRS exempt organizations, 2020 and 2026", before, now, "ein")


def _make_charities(rows: pd.DataFrame, tail: str) -> pd.DataFrame:
    zips = rows.get("ZIP", pd.Series("", index=rows.index)).str[:5]
    columns = {
        "id": "irs-" + tail + rows["EIN"],
        "name": rows[f"NAME{tail}"],
        "kind": "",
        "city": rows[f"CITY{tail}"],
        "state": rows[f"STATE{tail}"],
        "zip": zips,
        "address": rows.get("STREET", pd.Series("", index=rows.index)),
        "ein": rows["EIN"].str.zfill(9),
    }
    return pd.DataFrame(columns).fillna("").astype("str")


def is_for_fitting(task: Task, records: Records, pairs: Pairs) -> np.ndarray:
    """Which pairs the weights are fitted on: every other State, or every other identifier.

    The rest are for the figures.
    """
    if task.name.startswith("IRS"):
        return np.array([int(value[-1]) % 2 == 0 for value in task.truth])[pairs.i]
    states = sorted(set(records.texts("state")))
    chosen = np.isin(records.texts("state"), states[::2])
    return np.asarray(chosen[pairs.i])
