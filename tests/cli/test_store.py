"""The commands on a store, as a user runs them."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("ibis")
pytest.importorskip("duckdb")

from partnet.cli import cli
from partnet.store import reports
from partnet.store.reports import write_state_reports
from partnet.store.store import open_store
from tests.public.readers.files import write_hospitals, write_pilot

KEPT = dict(write_state_reports.__kwdefaults__)


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


def write_or_fail(net: object, path: Path, *, as_of: str) -> None:
    """Stand in for the report, which Kansas cannot have until a file says that all is mended."""
    if path.stem == "KS" and not (path.parent.parent / "mended").exists():
        raise ValueError("no room for Kansas")
    with (path.parent.parent / "written.txt").open("a", encoding="utf-8") as log:
        log.write(f"{path.stem} {as_of}\n")
    path.write_text(as_of, encoding="utf-8")


def fill_two_states(folder: Path) -> Path:
    """A store that knows hospitals of Nebraska and one of Kansas."""
    path = write_hospitals(folder)
    text = path.read_text("utf-8")
    rows = text + text.splitlines()[1].replace("281301", "171301").replace(",NE,", ",KS,") + "\n"
    path.write_text(rows, encoding="utf-8")
    with open_store(folder / "nation.duckdb") as store:
        store.add([path])
    return folder / "nation.duckdb"


@pytest.mark.slow
def test_one_state_that_fails_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "write_report", write_or_fail)
    monkeypatch.setattr(reports, "STATES", {code: code for code in ("KS", "NE", "WY")})
    monkeypatch.setattr(
        write_state_reports, "__kwdefaults__", KEPT | {"states": ("KS", "NE", "WY")}
    )
    place = fill_two_states(tmp_path)
    command = ["report", str(place), "--every-state", "-o", str(tmp_path / "out")]

    def run_on(day: str) -> tuple[int, dict[str, str]]:
        done = CliRunner().invoke(cli, [*command, "--as-of", day], standalone_mode=False)
        with (tmp_path / "out" / "log.csv").open(encoding="utf-8") as file:
            log = {
                row["state"]: f"{row['status']} {row['message']}" for row in csv.DictReader(file)
            }
        if done.return_value:
            assert "KS (ValueError: no room for Kansas)" in done.output
        return done.return_value, log

    code, log = run_on("2026-06-30")
    assert code == 1 and log["KS"] == "failed ValueError: no room for Kansas"
    assert log["NE"] == "written " and log["WY"].startswith("nobody on file")
    (tmp_path / "mended").touch()
    code, log = run_on("2026-06-30")
    assert code == 0 and log["KS"] == log["NE"] == "written "
    assert run_on("2026-07-01")[0] == 0  # another day: all are made anew
    written = (tmp_path / "written.txt").read_text("utf-8").split("\n")[:-1]
    days = ["2026-06-30"] * 2 + ["2026-07-01"] * 2
    assert written == [f"{s} {day}" for s, day in zip(("NE", "KS", "KS", "NE"), days, strict=True)]
