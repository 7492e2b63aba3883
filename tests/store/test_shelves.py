"""A folder of Parquet is a store of its own: nothing of others is lost in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ibis")
pa = pytest.importorskip("pyarrow")

from partnet.core.errors import UsageError  # noqa: E402
from partnet.store.shelves.opening import open_shelf  # noqa: E402
from partnet.store.shelves.parquet_shelf import ParquetShelf  # noqa: E402
from partnet.store.store import open_store  # noqa: E402

from .tables import fill_tables  # noqa: E402

NATION = {
    "organizations": [{"id": id_, "name": id_, "kind": "food"} for id_ in "abc"],
    "memberships": [{"organization": "a", "group": "b"}],
}


def open_at(folder: Path) -> Any:
    return open_shelf(folder, engine=None, read_only=False, wait=1.0, settings={"threads": 1})


def rows(*values: int) -> Any:
    return pa.table({"number": list(values)})


def read(shelf: ParquetShelf, name: str) -> list[int]:
    return sorted(shelf.table(name).to_pyarrow()["number"].to_pylist())


def test_a_folder_of_somebody_else_is_no_place_for_a_store(tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "only-copy.docx").write_bytes(b"mine")
    shelf = open_at(tmp_path)
    with pytest.raises(UsageError, match=r"found links, and no store"):
        shelf.save("links", rows(1))
    shelf.drop("links")
    assert (tmp_path / "links" / "only-copy.docx").read_bytes() == b"mine"


def test_what_others_put_into_a_store_stays(tmp_path: Path) -> None:
    shelf = open_at(tmp_path / "store")
    shelf.save("links", rows(1))
    mine = tmp_path / "store" / "links" / "notes.txt"
    mine.write_bytes(b"mine")
    with pytest.raises(UsageError, match=r"links: found notes\.txt"):
        shelf.save("links", rows(2))
    shelf.drop("links")
    assert mine.read_bytes() == b"mine" and read(shelf, "links") == [1]
    beside = tmp_path / "store" / ".links.old"
    beside.mkdir()
    mine.rename(beside / "notes.txt")
    shelf.save("links", rows(2))
    assert (beside / "notes.txt").read_bytes() == b"mine" and read(shelf, "links") == [2]


@pytest.mark.parametrize("die_at", [1, 2])
def test_killed_between_two_renames_a_table_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, die_at: int
) -> None:
    shelf = open_at(tmp_path / "store")
    shelf.save("links", rows(1))
    real, calls = os.replace, []

    def replace(*paths: Any) -> None:
        calls.append(paths)
        if len(calls) == die_at:
            raise KeyboardInterrupt
        real(*paths)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        shelf.save("links", rows(2))
    monkeypatch.undo()
    again = open_at(tmp_path / "store")
    assert "links" in again.names() and read(again, "links") == [1]
    again.save("links", rows(2))
    assert read(again, "links") == [2]
    assert sorted(item.name for item in (tmp_path / "store").iterdir()) == [".lock", "links"]


@pytest.mark.slow
@pytest.mark.parametrize("place", ["nation.duckdb", "nation"])
def test_who_reads_a_store_leaves_it_as_it_is(tmp_path: Path, place: str) -> None:
    with open_store(tmp_path / place) as store:
        fill_tables(store, NATION)
    before = list_tree(tmp_path)
    with open_store(tmp_path / place, read_only=True) as store:
        assert store.degree().table["degree"].tolist() == [1, 1, 0]
        for change in (lambda: store.add(["x.csv"]), store.link):
            with pytest.raises(UsageError, match="opened for reading only"):
                change()
    assert list_tree(tmp_path) == before
    with pytest.raises(UsageError, match="found no store"):
        open_store(tmp_path / f"no-{place}", read_only=True)


def list_tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes."""
    files = sorted(item for item in folder.rglob("*") if item.is_file())
    return {str(item): item.read_bytes() for item in files}


@pytest.mark.slow
@pytest.mark.parametrize("place", ["nation.duckdb", "nation"])
def test_what_one_answer_needed_is_gone_once_a_store_is_closed(tmp_path: Path, place: str) -> None:
    with open_store(tmp_path / place) as store:
        fill_tables(store, NATION)
        store.components(way="engine")
        assert any(name.startswith("work_") for name in store._shelf.names())
    with open_store(tmp_path / place) as store:
        assert not any(name.startswith("work_") for name in store._shelf.names())
        assert {"nation_organizations", "nation_ties"} <= store._shelf.names()
    assert not [*tmp_path.glob("nation/work_*")]


@pytest.mark.parametrize(
    ("given", "found"),
    [({"k": 0}, "k: found 0"), ({"k": 2.5}, "k: found 2.5"), ({"widest": 0}, "widest: found 0")],
)
def test_counts_are_whole_numbers(given: dict[str, Any], found: str) -> None:
    with open_store(":memory:") as store, pytest.raises(UsageError, match=found):
        store.affinity(**given)


def test_judgments_have_their_columns_and_words() -> None:
    import pandas as pd

    pair = {"a": ["a"], "b": ["b"]}
    with open_store(":memory:") as store:
        fill_tables(store, NATION)
        with pytest.raises(UsageError, match="found no column judgment"):
            store.link(pd.DataFrame(pair))
        with pytest.raises(UsageError, match="found 'sme'"):
            store.link(pd.DataFrame(pair | {"judgment": ["sme"]}))
