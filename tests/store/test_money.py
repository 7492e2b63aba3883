"""Money of a store by the rules of a network: the same cases by hand, and the same sums."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd
import pytest

pytest.importorskip("ibis")
pytest.importorskip("duckdb")

from partnet.facts.money.awards import count_awards
from partnet.store.layout import COLUMNS, NUMBERS
from partnet.store.loading import make_rows
from partnet.store.store import open_store

from ..facts.money.test_awards import CASES, HOMES, Row, fund, pay, total_by
from .test_nation import _ledger

# A store knows the county of the recipient, not the place that an award serves; repeated rows are
# taken out by the readers of files; labels keep the spelling of their file.
OTHERWISE = ("twin rows", "programs in another case", "funders by id")
STORED = {
    name: case
    for name, case in CASES.items()
    if case[1] != "place" and not name.startswith(OTHERWISE)
}


def sum_stored(ledgers: dict[str, list[Row]]) -> pd.DataFrame:
    """Dollars and awards of several ledgers in one store, each with organizations of its own."""
    organizations, funding = [], []
    for name, rows in ledgers.items():
        organizations += [{"id": f"{name}|{id_}", "kind": "food"} for id_ in HOMES]
        for row in rows:
            own = {key: str(value) for key, value in row.items() if key in COLUMNS["funding"]}
            numbers = {key: own[key] and f"{name}|{own[key]}" for key in ("award", "parent_award")}
            funding.append({**own, **numbers, "recipient": f"{name}|{row['recipient']}"})
    with open_store(":memory:") as store:
        store._shelf.append("files", _ledger(1))
        for table, told in (("organizations", organizations), ("funding", funding)):
            blank: dict[str, Any] = {c: 1 if c in NUMBERS else "" for c in COLUMNS[table]}
            rows_of = [{**blank, **row, "seq": k} for k, row in enumerate(told)]
            store._shelf.append(table, make_rows(table, rows_of))
        table = store.investment(by=["recipient", "fiscal_year", "program"]).table
    split = table["recipient"].str.rpartition("|")
    return table.assign(ledger=split[0], recipient=split[2])


@pytest.fixture(scope="module")
def stored() -> pd.DataFrame:
    return sum_stored({name: rows for name, (rows, *_) in STORED.items()})


def total_stored(table: pd.DataFrame, ledger: str, column: str) -> dict[str, float]:
    """Dollars of a ledger by a column, without those that come to nothing."""
    sums = table[table["ledger"] == ledger].groupby(column)["dollars"].sum().round(2)
    return {str(key): float(dollars) for key, dollars in sums.items() if dollars}


@pytest.mark.parametrize("name", STORED)
def test_a_store_sums_as_by_hand(stored: pd.DataFrame, name: str) -> None:
    _, column, expected = STORED[name]
    assert total_stored(stored, name, column) == pytest.approx(expected, abs=0.011)


def test_awards_are_counted_not_rows(stored: pd.DataFrame) -> None:
    name = "a sub-award of one year, by who holds it"  # H1 in two years, a part of it to b
    own = stored[(stored["ledger"] == name) & (stored["dollars"] > 0)]
    assert own.groupby("recipient")["awards"].max().to_dict() == {"a": 1, "b": 1}
    assert count_awards(fund(STORED[name][0])).to_dict() == {"a": 1, "b": 1}


def make_ledger(draw: random.Random) -> list[Row]:
    """Two to six awards, later ones at times under earlier ones, some taken back or spent."""
    rows = []
    for k in range(draw.randrange(2, 7)):
        parent = draw.choice(["", *(f"H{j}" for j in range(k))])
        more: Row = {"amount_kind": draw.choice(["", "obligated", "spent"])}
        if draw.random() < 0.6:
            more["fiscal_year"] = draw.randrange(2024, 2028)
        number = draw.choice([f"H{k}", f"h{k}", f"H{max(k - 1, 0)}"])
        who, dollars = draw.choice("abcd"), draw.choice([-40, 25, 60, 100, 333])
        rows.append(pay(who, dollars, number, parent, program=draw.choice("PQ"), **more))
    return rows


@pytest.mark.slow
def test_a_store_and_a_network_say_the_same() -> None:
    draw = random.Random(20261130)
    drawn = [make_ledger(draw) for _ in range(30)]
    drawn = [[row for k, row in enumerate(rows) if row not in rows[:k]] for rows in drawn]
    table = sum_stored({str(k): rows for k, rows in enumerate(drawn)})
    for k, rows in enumerate(drawn):
        net = fund(rows)
        for column in ("recipient", "fiscal_year", "program"):
            expected = total_by(net, column)
            assert total_stored(table, str(k), column) == pytest.approx(expected, abs=0.03)
