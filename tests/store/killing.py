"""Kill a load at random moments, and look what is left; run as a program by a test."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb  # noqa: F401  (loaded once, for every child)
import ibis

from partnet.store.layout import COLUMNS
from partnet.store.store import open_store


def in_child(work: Callable[[], object], answer: Path | None = None, kill_after: float = -1) -> int:
    """Do some work in a process of its own; kill it after a while if that is asked for."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            given = work()
            if answer is not None:
                answer.write_text(json.dumps(given), encoding="utf-8")
            code = 0
        finally:
            os._exit(code)
    if kill_after >= 0:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return status


def count_rows(place: Path) -> dict[str, dict[str, int]]:
    """How many rows each file that counts has in each table."""
    found: dict[str, dict[str, int]] = {}
    with open_store(place) as store:
        shelf = store._shelf
        if "files" not in shelf.names():
            return {}
        files = shelf.table("files").select("file_no", "file")
        for name in sorted(set(COLUMNS) & shelf.names()):
            rows = shelf.table(name)
            counts = (
                rows.semi_join(files, "file_no").group_by("file_no").aggregate(n=ibis._.count())
            )
            for row in counts.join(files, "file_no").select("file", "n").to_pyarrow().to_pylist():
                found.setdefault(row["file"], {})[name] = row["n"]
    return found


def main() -> None:
    """Say how many of the moments left which number of whole files; fail at the first half one."""
    folder, ending, moments = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    files = sys.argv[4:]
    answer, place = folder / "answer.json", folder / f"nation{ending}"

    def load() -> None:
        with open_store(place) as store:
            store.add(files)

    start = time.monotonic()
    assert in_child(load) == 0
    takes = time.monotonic() - start
    assert in_child(lambda: count_rows(place), answer) == 0
    whole = json.loads(answer.read_text(encoding="utf-8"))
    draw = random.Random(5)
    left: list[int] = []
    for _ in range(moments):
        shutil.rmtree(place) if place.is_dir() else place.unlink()
        place.with_name(place.name + ".wal").unlink(missing_ok=True)
        in_child(load, kill_after=draw.random() * takes)
        assert in_child(lambda: count_rows(place), answer) == 0, "the store does not open"
        found = json.loads(answer.read_text(encoding="utf-8"))
        assert all(counts == whole[file] for file, counts in found.items()), found
        left.append(len(found))
        assert in_child(load) == 0, "the load cannot be finished"
        assert in_child(lambda: count_rows(place), answer) == 0
        assert json.loads(answer.read_text(encoding="utf-8")) == whole
    print(json.dumps(left))


if __name__ == "__main__":
    main()
