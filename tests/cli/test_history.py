"""The same run every month: tables are kept under their day, and what changed is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import partnet as pn
from partnet.cli import cli
from partnet.core.errors import UsageError

from ..builders import make_network
from ..questions.comparison.test_since import AFTER, BEFORE, make_state


def run_month(folder: Path, day: str, *, later: bool, limits: str = "", code: int = 0) -> str:
    pn.write_network(make_state(day, later=later).whole, folder / "net")
    text = f'input = "net"\noutput = "report.json"\nhistory = "history"\nas_of = {day}\n'
    text += f"[thresholds]\n{limits}" if limits else ""
    (folder / "monthly.toml").write_text(text, encoding="utf-8")
    found = CliRunner().invoke(cli, ["run", str(folder / "monthly.toml")], standalone_mode=False)
    assert (found.return_value or 0) == code and found.exception is None, found.output
    return found.output


@pytest.mark.slow
def test_two_months(tmp_path: Path) -> None:
    run_month(tmp_path, BEFORE, later=False)
    first = (tmp_path / "history" / f"{BEFORE}.txt").read_text("utf-8")
    assert "First run: nothing to compare with yet." in first
    said = run_month(tmp_path, AFTER, later=True, limits="new_gaps = 0\ngaps = 99", code=3)
    assert "Threshold crossed: 1 new_gaps, allowed 0." in said and " gaps, allowed" not in said
    mail = (tmp_path / "history" / f"{AFTER}.txt").read_text("utf-8")
    for text in (said, mail):
        assert "Since June 30, 2025: 2 ties are new, 1 tie is gone, 1 agreement ended" in text
    for line in (
        "2 ties are new:\n- A and C\n- C and D",
        "1 agreement ended:\n- A and B (TA-1; ended",
        "1 outcome was fulf",
    ):
        assert line in mail
    assert "1 gap is new:\n- " in mail and "1 gap is new" in said
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert [one["id"] for one in report["sections"]][:2] == ["summary", "since"]
    told = report["sections"][1]["lead"][0]
    for change in ("2 ties are new", "1 tie is gone", "1 agreement ended", "1 outcome was fulf",
                   "1 gap is new"):  # fmt: skip
        assert change in told
    kept = pn.read_network(tmp_path / "history" / BEFORE)
    assert kept == make_state(BEFORE, later=False).whole


def test_a_second_run_of_the_day_replaces_the_first(tmp_path: Path) -> None:
    run_month(tmp_path, BEFORE, later=False)
    said = run_month(tmp_path, BEFORE, later=True)
    assert "Since" not in said
    assert len(pn.read_network(tmp_path / "history" / BEFORE).ties) > 2


@pytest.mark.parametrize(
    "name", [f"history/{BEFORE}.txt", f"history/{BEFORE}/ties.csv", "report.json"]
)
def test_a_day_whose_text_tables_or_outputs_somebody_changed_is_not_run_again(
    name: str, tmp_path: Path
) -> None:
    """It is refused before anything is written, so that all files are of one run."""
    limits = 'snapshot = "last.json"\n'
    pn.write_network(make_state(BEFORE, later=False).whole, tmp_path / "net")
    text = f'input = "net"\noutput = "report.json"\nhistory = "history"\nas_of = {BEFORE}\n{limits}'
    (tmp_path / "monthly.toml").write_text(text, encoding="utf-8")
    words = ["run", str(tmp_path / "monthly.toml")]
    assert CliRunner().invoke(cli, words).exit_code == 0
    mine = tmp_path / name
    mine.write_bytes(mine.read_bytes().replace(b"A", b"Our A", 1) + b"\n")
    before = look(tmp_path)
    pn.write_network(make_state(AFTER, later=True).whole, tmp_path / "net")
    found = CliRunner().invoke(cli, words)
    assert isinstance(found.exception, UsageError) and "changed since" in str(found.exception)
    assert look(tmp_path) == before | look(tmp_path / "net", "net")
    mine.unlink()
    assert CliRunner().invoke(cli, words).exit_code == 0


def look(folder: Path, under: str = "") -> dict[str, bytes]:
    """Every file of a folder."""
    return {
        (Path(under) / item.relative_to(folder)).as_posix(): item.read_bytes()
        for item in folder.rglob("*")
        if item.is_file()
    }


def test_a_run_holds_the_network_against_others(tmp_path: Path) -> None:
    """As `report --other` does: a section of its own, with each named as its file calls it."""
    rows = [{"id": id_, "name": id_.upper(), "kind": "food"} for id_ in "abcd"]
    about = [{"setting": "title", "value": "Next door"}]
    other = make_network(rows, [("a", "b", "referral"), ("b", "c", "referral")], about=about)
    pn.write_network(other, tmp_path / "door.xlsx")
    (tmp_path / "monthly.toml").write_text(
        f'input = "net"\noutput = "report.json"\nothers = "door.xlsx"\nas_of = {BEFORE}\n',
        encoding="utf-8",
    )
    net = make_state(BEFORE, later=False).whole
    pn.write_network(net, tmp_path / "net")
    words = ["run", str(tmp_path / "monthly.toml")]
    found = CliRunner().invoke(cli, words, standalone_mode=False)
    assert found.exception is None, found.output
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    (section,) = [one for one in report["sections"] if one["id"] == "others"]
    expected = pn.benchmark_networks(net, [pn.read_network(tmp_path / "door.xlsx")])
    assert str(expected.sentences[0]) in section["lead"]
    assert "Next door" in json.dumps(section)
