"""The commands on a store, as a user runs them."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("ibis")
pytest.importorskip("duckdb")

from partnet.store import reports
from partnet.store.reports import Wanted, write_state_reports
from partnet.store.store import open_store
from tests.public.readers.files import write_hospitals, write_pilot


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    command = [sys.executable, "-m", "partnet.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300)


@pytest.mark.slow
def test_from_files_to_the_report_of_a_state(tmp_path: Path) -> None:
    files = [write_hospitals(tmp_path), write_pilot(tmp_path)]
    place = tmp_path / "nation.duckdb"
    built = run("store", "build", "-o", place, *files)
    assert built.returncode == 0, built.stderr
    assert "rows read" in built.stdout and "Next: partnet report" in built.stdout
    written = run("store", "affinity", place, "-k", 3, "-o", tmp_path / "affinity.csv")
    assert written.returncode == 0, written.stderr
    with (tmp_path / "affinity.csv").open(encoding="utf-8") as file:
        assert {"organization", "partner", "affinity"} <= {*next(csv.reader(file))}
    report = tmp_path / "report.html"
    done = run("report", place, "--state", "NE", "--as-of", "2026-06-30", "-o", report)
    assert done.returncode == 0, done.stderr
    assert "Nebraska" in report.read_text("utf-8")
    assert run("report", place, "-o", report).returncode == 2  # a store without a State


@pytest.mark.slow
def test_one_state_that_fails_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def write(net: object, path: Path, *, as_of: str) -> None:
        if path.stem == "KS" and not (tmp_path / "mended").exists():
            raise ValueError("no room for Kansas")
        written.append(path.stem)
        path.write_text(as_of, encoding="utf-8")

    monkeypatch.setattr(reports, "write_report", write)
    wanted = Wanted("2026-06-30", suffix=".json")
    states = ("KS", "NE", "WY")
    with open_store(tmp_path / "nation.duckdb") as store:
        path = write_hospitals(tmp_path)
        rows = path.read_text("utf-8")
        path.write_text(rows + rows.splitlines()[1].replace(",NE,", ",KS,"), encoding="utf-8")
        store.add([path])
        first = write_state_reports(store, tmp_path / "out", wanted, states=states)
        assert (
            dict(zip(first.table["state"], first.table["status"], strict=True))["NE"] == "written"
        )
        failed = first.table[first.table["status"] == "failed"]
        if len(failed):
            assert failed["state"].tolist() == ["KS"] and "no room for Kansas" in first.text
        (tmp_path / "mended").touch()
        again = write_state_reports(store, tmp_path / "out", wanted, states=states)
        assert not (again.table["status"] == "failed").any()
        assert written.count("NE") == 1
        other = write_state_reports(
            store, tmp_path / "out", Wanted("2026-07-01", suffix=".json"), states=states
        )
        assert (other.table["status"] == "written").any() and written.count("NE") == 2
    log = (tmp_path / "out" / "log.csv").read_text("utf-8")
    assert "NE,written,NE.json" in log
