"""Rows stand in one order, whatever the order of the file; tables stay as they were written."""

from __future__ import annotations

import ast
import random
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnet
from partnet.core.network import Network
from partnet.core.rows.order import AS_WRITTEN, put_in_order
from partnet.core.schema import TABLES

from ...builders import make_network, networks


def test_organizations_stand_by_id_and_the_table_as_written() -> None:
    net = make_network(["b", "c", "a"], [("c", "b"), ("b", "a")])
    assert net.ids.tolist() == net.organizations.index.tolist() == ["a", "b", "c"]
    assert net.positions(["c", "a"]).tolist() == [2, 0]
    assert net.table("organizations")["id"].tolist() == ["b", "c", "a"]
    assert net.table("ties")["source"].tolist() == ["c", "b"]
    assert net.ties["source"].tolist() == net.rows("ties")["source"].tolist() == ["b", "c"]
    assert list(net.to_networkx()) == ["a", "b", "c"]


def test_the_second_stands_before_the_tenth_however_long_the_number() -> None:
    ids = ["o10", "o2", "o", f"o{'9' * 990}", "o02", "p1"]
    right = ["o", "o02", "o2", "o10", f"o{'9' * 990}", "p1"]
    assert make_network(ids).ids.tolist() == right


def test_blanks_stand_first_and_case_of_labels_tells_no_rows_apart() -> None:
    rows = [{"organization": "a", "group": group, "group_kind": "", "since": since}
            for group, since in (("b", "2026"), ("B", ""), ("A", "2025"))]  # fmt: skip
    net = make_network("a", memberships=rows)
    told = net.rows("memberships")
    assert told["group"].tolist() == ["A", "b", "b"] and told["since"].isna().tolist()[1]


def test_registers_stay_as_they_were_written() -> None:
    rows = [{"outcome": text, "type": "action step"} for text in "ba"]
    assert make_network("a", outcomes=rows).rows("outcomes")["outcome"].tolist() == ["b", "a"]
    assert "ties" not in AS_WRITTEN and {*TABLES} > AS_WRITTEN


@given(networks(), st.integers(0, 99))
def test_what_verbs_see_does_not_depend_on_the_order_of_a_file(net: Network, seed: int) -> None:
    order = random.Random(seed)
    turned = net.with_tables(
        {
            name: frame.iloc[order.sample(range(len(frame)), len(frame))].reset_index(drop=True)
            for name, frame in net.tables.items()
        }
    )
    for name in net.tables:
        here, there = (one.rows(name).drop(columns="provenance") for one in (net, turned))
        pd.testing.assert_frame_equal(here, there)
    assert turned.ids.equals(net.ids) and turned.index.name_of == net.index.name_of
    columns = [column for column in net.ties if column != "provenance"]
    assert turned.ties[columns].equals(net.ties[columns])


@pytest.mark.parametrize("name", sorted({*TABLES} - AS_WRITTEN))
def test_an_order_once_made_stays(name: str) -> None:
    frame = partnet.load_sample("prairie").table(name)
    once = put_in_order(name, frame)
    assert put_in_order(name, once).equals(once)


def test_verbs_take_rows_and_not_tables_as_written() -> None:
    """Whoever reads a table as written has positions that are not those of `ids`."""
    allowed = {  # writes the tables anew, or a list of candidates that is no network yet
        "questions/whatif/change.py", "questions/recommendation/candidates/pool.py",
    }  # fmt: skip
    root = Path(str(partnet.__file__)).parent
    found = {
        path.relative_to(root).as_posix()
        for room in ("facts", "measures", "questions", "views", "report")
        for path in (root / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "table"
        and node.args
    }
    assert found == allowed
