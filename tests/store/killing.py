"""Work on a store in a process of its own, which a test kills; run as a program."""

from __future__ import annotations

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
    """Load files, for somebody who kills this process."""
    print("ready", flush=True)
    load(Path(sys.argv[1]), sys.argv[2:])


def start(place: Path, files: list[Path]) -> subprocess.Popen[str]:
    """Start a process that loads, and wait until it has loaded its libraries."""
    command = [sys.executable, "-m", "tests.store.killing", str(place), *map(str, files)]
    root = Path(__file__).parents[2]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)
    assert child.stdout is not None and child.stdout.readline().strip() == "ready"
    return child


def kill_loads(place: Path, files: list[Path], moments: int) -> list[int]:
    """Kill loads at random moments; say how many whole files each left.

    Each time the store must open, hold whole files only, and take the rest.
    """
    child = start(place, files)
    begun = time.monotonic()
    child.communicate(timeout=300)
    takes = time.monotonic() - begun
    whole = count_rows(place)
    assert {*whole} == {path.name for path in files}
    draw = random.Random(5)
    left: list[int] = []
    for _ in range(moments):
        remove_store(place)
        child = start(place, files)
        time.sleep(draw.random() * takes)
        child.kill()
        child.communicate()
        before = count_rows(place)
        load(place, [*map(str, files)])
        assert all(counts == whole[file] for file, counts in before.items()), before
        assert count_rows(place) == whole
        left.append(len(before))
    return left


def remove_store(place: Path) -> None:
    """Remove a store with all that lies beside it."""
    shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
    place.with_name(place.name + ".wal").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
