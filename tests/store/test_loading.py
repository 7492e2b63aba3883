"""Public files into a store: every row accounted for, whole files or none, one writer at a time."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("ibis")
pytest.importorskip("duckdb")

from partnet.core.errors import InputError, PartnetError, UsageError
from partnet.public.readers.catalog import read_public_files
from partnet.public.reading.streaming import fingerprint, stream_sources
from partnet.store.loading import read_store_recipe
from partnet.store.store import open_store
from tests.public.readers.files import write_hospitals, write_pilot
from tests.shared_data import BMF_NE, CMS, FCC, OEPS, needs_shared_data
from tests.store.killing import kill_loads

PLACES = ("nation.duckdb", "nation")
MOMENTS = 25  # at which a load is killed, in each of two places


@pytest.mark.parametrize("place", PLACES)
def test_every_row_is_accounted_for(tmp_path: Path, place: str) -> None:
    with open_store(tmp_path / place) as store:
        result = store.add([write_hospitals(tmp_path), write_pilot(tmp_path)])
        table = result.table
        assert table["status"].tolist() == ["added", "added"]
        assert (table["rows_read"] == table[["used", "set_aside", "other"]].sum(axis=1)).all()
        assert table["other"].tolist() == [0, 0] and table["used"].min() > 0
        told = store.describe()
    assert told.table["rows_read"].tolist() == table["rows_read"].tolist()
    assert "2 files" in told.text
    (read,) = read_public_files(tmp_path / "cms.csv")
    counts = dict(told.tables["rows"].itertuples(index=False))
    assert counts["services"] == len(read.tables["services"])


@pytest.mark.parametrize("place", PLACES)
def test_the_same_file_twice_changes_nothing_and_says_so(tmp_path: Path, place: str) -> None:
    path = write_hospitals(tmp_path)
    with open_store(tmp_path / place) as store:
        store.add([path])
        before = store.describe().tables["rows"]
        again = store.add([path])
        assert again.table["status"].tolist() == ["unchanged"]
        assert "nothing changes" in again.text
        assert store.describe().tables["rows"].equals(before)
        renamed = path.rename(tmp_path / "other.csv")
        assert store.add([renamed]).table["status"].tolist() == ["unchanged"]


def test_another_file_of_the_same_name_is_refused(tmp_path: Path) -> None:
    path = write_hospitals(tmp_path)
    with open_store(tmp_path / "nation.duckdb") as store:
        store.add([path])
        path.write_text(path.read_text("utf-8") + "\n", encoding="utf-8")
        with pytest.raises(UsageError, match=r"cms\.csv: found another file of this name"):
            store.add([path])
        assert len(store.describe().table) == 1


def test_a_file_that_is_no_public_file_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    with open_store(tmp_path / "nation.duckdb") as store:
        with pytest.raises(InputError):
            store.add([write_hospitals(tmp_path), wrong])
        assert store.describe().table["file"].tolist() == ["cms.csv"]


def test_a_file_that_breaks_halfway_leaves_nothing(tmp_path: Path) -> None:
    path = write_hospitals(tmp_path)
    path.write_text(path.read_text("utf-8") + '"never closed' + "x" * 1_100_000, encoding="utf-8")
    with open_store(tmp_path / "nation.duckdb") as store:
        with pytest.raises(InputError, match="does not end"):
            store.add([path])
        assert store.describe().table.empty and store.describe().tables["rows"].empty


def test_a_recipe_names_the_files(tmp_path: Path) -> None:
    write_hospitals(tmp_path)
    recipe = tmp_path / "nation.toml"
    recipe.write_text('files = ["cms.csv"]\nwide = true\n', encoding="utf-8")
    with open_store(tmp_path / "nation.duckdb") as store:
        assert store.add(recipe=recipe).table["file"].tolist() == ["cms.csv"]
    recipe.write_text('files = ["cms.csv"]\nstate = "NE"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="state"):
        read_store_recipe(recipe)


def test_two_processes_at_once(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom partnet.store.store import open_store\n"
        "with open_store(sys.argv[1]) as store:\n"
        "    print('open', flush=True)\n    sys.stdin.readline()\n"
    )
    place = tmp_path / "nation.duckdb"
    command = [sys.executable, "-c", code, str(place)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as other:  # type: ignore[call-overload]
        assert other.stdout.readline().strip() == "open"
        with pytest.raises(PartnetError, match="another process at work"):
            open_store(place, wait_seconds=0.3)
        other.stdin.write("\n")
        other.stdin.flush()
        with open_store(place, wait_seconds=60) as store:  # waits until the first is done
            assert store.describe().table.empty


@pytest.mark.slow
def test_two_processes_at_one_folder(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom partnet.store.store import open_store\n"
        "with open_store(sys.argv[1]) as store, store._shelf.writing():\n"
        "    print('open', flush=True)\n    sys.stdin.readline()\n"
    )
    place = tmp_path / "nation"
    with open_store(place) as store:
        store.add([write_hospitals(tmp_path)])
    command = [sys.executable, "-c", code, str(place)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as other:  # type: ignore[call-overload]
        assert other.stdout.readline().strip() == "open"
        with open_store(place, wait_seconds=0.3) as store:
            for ask in (lambda: store.add([write_pilot(tmp_path)]), store.degree, store.link):
                with pytest.raises(PartnetError, match="another process at work"):
                    ask()
        other.stdin.write("\n")
        other.stdin.flush()
        with open_store(place, wait_seconds=60) as store:  # waits until the first is done
            assert len(store.degree().table) == len(store.network(nation=True).ids)


def test_what_is_streamed_is_what_is_read(tmp_path: Path) -> None:
    path = write_pilot(tmp_path)
    text = path.read_text("utf-8") + 'x,"caf\u00e9\nagain"\n'
    kinds = {"utf-8": "u.csv", "utf-8-sig": "b.csv", "cp1252": "w.csv", "utf-16": "l.csv"}
    for encoding, name in kinds.items():
        (tmp_path / name).write_bytes(text.replace("101", "10\x001", 1).encode(encoding))
    with gzip.open(tmp_path / "g.csv.gz", "wb") as packed:
        packed.write(text.encode())
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("folder/inner.csv", text)
    for name in (*kinds.values(), "g.csv.gz", "z.zip"):
        (whole,) = read_public_files(tmp_path / name)
        (streamed,) = read_public_files(tmp_path / name, stream=True)
        assert streamed.problems == whole.problems and streamed.rows_read == whole.rows_read
        for table, rows in whole.tables.items():
            assert streamed.tables[table].equals(rows), (name, table)


def test_damaged_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(b"a,b\n" * 1000)[:40])
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 no zip")
    for name in ("cut.csv.gz", "cut.zip", "gone.csv"):
        with pytest.raises(InputError, match=name):
            stream_sources(tmp_path / name)
    with pytest.raises(InputError, match=r"gone\.csv"):
        fingerprint(tmp_path / "gone.csv")


def test_without_the_extra_one_sentence_says_what_to_install() -> None:
    code = (
        "import sys\nsys.modules['ibis'] = None\nimport partnet\n"
        "try:\n    partnet.open_store('nation.duckdb')\n"
        "except partnet.UsageError as error:\n    print(error)\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip().count("\n") == 0
    assert "pip install 'partnet[store]'" in shown.stdout


def test_what_is_no_place_is_refused() -> None:
    with pytest.raises(UsageError, match="found int"):
        open_store(5)
    with pytest.raises(UsageError, match="found no store"):
        open_store("nowhere.duckdb", read_only=True)


@pytest.mark.slow
def test_a_load_that_is_killed_leaves_whole_files(tmp_path: Path) -> None:
    files = [write_hospitals(tmp_path), write_pilot(tmp_path)]
    assert len(kill_loads(tmp_path / "nation.duckdb", files, 1)) == 1


def test_a_table_that_was_begun_and_holds_no_file_yet_is_none(tmp_path: Path) -> None:
    """What is left where the first file of a table was being written as the process was killed."""
    place = tmp_path / "nation"
    with open_store(place) as store:
        store.add([write_pilot(tmp_path)])
        (place / "services").mkdir(exist_ok=True)
        for part in (place / "services").glob("*.parquet"):
            part.rename(part.with_name(f".{part.stem}.part"))
    with open_store(place) as store:
        assert store.add([write_hospitals(tmp_path)]).table["status"].tolist() == ["added"]


@pytest.mark.slow
@needs_shared_data
@pytest.mark.parametrize("place", PLACES)
def test_a_load_of_real_files_that_is_killed_leaves_whole_files(tmp_path: Path, place: str) -> None:
    left = kill_loads(tmp_path / place, [CMS, OEPS, FCC, BMF_NE], MOMENTS)
    assert len(left) == MOMENTS and len({*left}) > 1, left
