"""Work on a store in a process of its own, which a test kills; run as a program."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import ibis

from partnet.store.layout import COLUMNS
from partnet.store.store import open_store


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


def load(place: Path, files: list[str]) -> None:
    """Load files into a store."""
    with open_store(place) as store:
        store.add(files)


def main() -> None:
    """Load, or count what there is, finish the load and count again."""
    task, place, files = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    print("ready", flush=True)
    if task == "load":
        load(place, files)
        return
    before = count_rows(place)
    load(place, files)
    print(json.dumps([before, count_rows(place)]), flush=True)


def start(task: str, place: Path, files: list[Path]) -> subprocess.Popen[str]:
    """Start a process, and wait until it has loaded its libraries."""
    command = [sys.executable, "-m", "tests.store.killing", task, str(place), *map(str, files)]
    root = Path(__file__).parents[2]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)
    assert child.stdout is not None and child.stdout.readline().strip() == "ready"
    return child


def kill_loads(place: Path, files: list[Path], moments: int) -> list[int]:
    """Kill loads at random moments; say how many whole files each left.

    Each time the store must open, hold whole files only, and take the rest.
    """
    begun = time.monotonic()
    told, _ = start("check", place, files).communicate(timeout=300)
    takes = time.monotonic() - begun
    whole = json.loads(told)[1]
    draw = random.Random(5)
    left: list[int] = []
    for _ in range(moments):
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
        place.with_name(place.name + ".wal").unlink(missing_ok=True)
        child = start("load", place, files)
        time.sleep(draw.random() * takes / 2)
        child.kill()
        child.communicate()
        told, _ = start("check", place, files).communicate(timeout=300)
        before, after = json.loads(told)
        assert all(counts == whole[file] for file, counts in before.items()), before
        assert after == whole
        left.append(len(before))
    return left


if __name__ == "__main__":
    main()
