"""The command line: every command is documented, exit codes hold, nothing leaks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from partnet import cli, write_network
from partnet.cli.commands.files import READERS
from partnet.core.errors import InputError
from partnet.io.samples import sample_path
from partnet.public.readers.catalog import NAMES

from .builders import make_network
from .public.readers.files import write_hospitals, write_pilot

DAY = ["--as-of", "2026-06-30"]
Run = Callable[..., subprocess.CompletedProcess[str]]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    command = [sys.executable, "-m", "partnet.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300)


@pytest.fixture
def run_here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line within this process, which need not be started each time."""

    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        words = ["partnet", *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", words)
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            cli.main()
        said = capsys.readouterr()
        return subprocess.CompletedProcess(words, int(stop.value.code or 0), said.out, said.err)

    return call


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    readme = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
    for name, command in cli.cli.commands.items():
        assert command.help and command.help.strip().endswith(".")
        assert f"partnet {name}" in readme
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, (name, parameter.name)


VERBS = [
    *("describe", "centrality", "bridges", "gaps", "profile"),
    *(
        pytest.param(verb, marks=pytest.mark.slow)
        for verb in ("recommend", "backtest", "plan", "session", "structure", "uncertainty")
    ),
]


@pytest.mark.parametrize("command", VERBS)
def test_verbs_print_sentences_or_json(command: str, run_here: Run) -> None:
    done = run_here(command, sample_path("prairie"), *DAY)
    assert done.returncode == 0, done.stderr
    assert "As of 2026-06-30" in done.stderr and len(done.stdout.splitlines()) > 5
    plain = CliRunner().invoke(cli.cli, [command, str(sample_path("prairie")), *DAY, "--json"])
    found = json.loads(plain.stdout)
    assert set(found) == {"verb", "title", "sentences", "table", "tables", "method"}


@pytest.mark.slow
def test_briefs_are_written_from_the_command_line(tmp_path: Path) -> None:
    net = write_network(
        make_network(
            [
                {"id": "a", "name": "A", "kind": "hospital", "county_fips": "31107"},
                {"id": "b", "name": "B", "kind": "food", "county_fips": "31107"},
            ],
            [("a", "b", "planning")],
        ),
        tmp_path / "net",
    )
    answers = tmp_path / "answers.csv"
    answers.write_text("organization,challenges\nB,time\nZ,money\n", encoding="utf-8")
    out = ["-o", str(tmp_path / "brief.html"), *DAY]
    for command in (
        ["session", "--where", "Knox", "--seats", "4"],
        ["session", "--place", "Knox"],  # the name of last year
        ["profile", "--survey", str(answers)],
        ["describe", "--organization", "A"],
        ["align", "A", "B"],
    ):
        name, *options = command
        done = CliRunner().invoke(cli.cli, [name, str(net), *options, *out])
        assert done.exit_code == 0, done.output
        assert "Written:" in done.stdout
        assert ('"Z"' in done.stderr) == (name == "profile")
    assert run("describe", net, "-o", tmp_path / "x.html").returncode == 0
    assert run("align", net, "A", "A").returncode == 2
    assert run("template", tmp_path / "t.xlsx", "--survey", "census").returncode == 2
    made = run("template", tmp_path / "t.xlsx", "--survey", "alliance")
    assert made.returncode == 0 and "--survey" in made.stdout


@pytest.mark.slow
def test_recommend_takes_every_wish(tmp_path: Path, run_here: Run) -> None:
    chapter = write_network(
        make_network(
            [{"id": "x", "name": "Cedar Bakers", "kind": "employer", "county_fips": "31027"}],
            services=[{"organization": "x", "service": "meals"}],
        ),
        tmp_path / "chapter",
    )
    source = sample_path("prairie")
    wishes = ["--county", "Cedar County", "--within-minutes", "30", "--no-competitors"]
    done = run_here("recommend", source, "--for-kind", "CAH", "-n", "2", *wishes, *DAY)
    assert done.returncode == 0, done.stderr
    assert "Bow Creek Home Health and Hospice" in done.stdout
    lines = done.stdout.splitlines()
    assert max(len(line) for line in lines if " could approach " not in line) < 400
    one = ["--organization", "Cedar County Hospital"]
    done = run_here("recommend", source, *one, "--candidates", chapter, *DAY)
    assert "1 candidate comes from the list given" in done.stdout
    assert "Cedar County Hospital could approach Cedar Bakers" in done.stdout
    assert run_here("recommend", source, "--kind", "wizard", *DAY).returncode == 2


def test_exit_codes(tmp_path: Path) -> None:
    good = write_network(make_network("ab", [("a", "b", "referral")]), tmp_path / "good")
    assert run("check", good).returncode == 0
    (good / "ties.csv").write_text("source,target,relation\na,zz,referral\n", encoding="utf-8")
    bad = run("check", good)
    assert bad.returncode == 1 and 'ties.csv, row 2, column "target"' in bad.stdout
    missing = run("describe", tmp_path / "nothing")
    assert missing.returncode == 1 and "nothing there" in missing.stderr
    assert run("describe").returncode == 2
    assert run("describe", good, "--as-of", "yesterday").returncode == 2
    assert run("bridges", good, "--convener", "zz").returncode == 2
    for done in (bad, missing):
        assert "Traceback" not in done.stderr


def test_names_that_hijack_a_terminal_are_printed_harmlessly(tmp_path: Path) -> None:
    folder = tmp_path / "net"
    folder.mkdir()
    evil = "Evil\x1b[31m \u202eHospital\x07"
    text = f"name,kind\n{evil},hospital\nB,hospital\n"
    (folder / "organizations.csv").write_text(text, encoding="utf-8")
    done = run("centrality", folder, *DAY)
    assert done.returncode == 0
    for mark in ("\x1b", "\u202e", "\x07"):
        assert mark not in done.stdout + done.stderr


def test_report_strict_counts_rows_set_aside(tmp_path: Path, run_here: Run) -> None:
    folder = tmp_path / "net"
    folder.mkdir()
    text = "name,kind\nA,hospital\nB,hospital\n,hospital\n"
    (folder / "organizations.csv").write_text(text, encoding="utf-8")
    relaxed = run_here("report", folder, "-o", tmp_path / "r.html", *DAY)
    assert relaxed.returncode == 0 and "1 row was set aside" in relaxed.stderr
    assert run_here("report", folder, "-o", tmp_path / "r.html", *DAY, "--strict").returncode == 1
    most = ["--max-set-aside", "1"]
    assert run_here("report", folder, "-o", tmp_path / "r.html", *DAY, *most).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".html", ".xlsx"])
def test_the_same_command_twice_gives_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    written = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}{suffix}"
        done = run("report", sample_path("prairie"), "-o", path, *DAY)
        assert done.returncode == 0, done.stderr
        written.append(path.read_bytes())
    assert written[0] == written[1]


def write_config(folder: Path, **more: object) -> Path:
    entries = {"input": str(sample_path("prairie")), "output": "out.html", "as_of": "2026-06-30"}
    lines = [f"{key} = {json.dumps(value)}" for key, value in {**entries, **more}.items()]
    path = folder / "monthly.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.slow
def test_run_writes_what_the_configuration_says_and_tells_what_changed(
    tmp_path: Path, run_here: Run
) -> None:
    path = write_config(tmp_path, snapshot="last.json")
    first = run_here("run", path)
    assert first.returncode == 0, first.stderr
    assert (tmp_path / "out.html").exists() and "First run" in first.stdout
    snapshot = json.loads((tmp_path / "last.json").read_text(encoding="utf-8"))
    dropped = snapshot["gaps"].pop()
    snapshot["gaps"].append("a gap of old")
    (tmp_path / "last.json").write_text(json.dumps(snapshot), encoding="utf-8")
    second = run_here("run", path)
    assert f"+ {dropped}" in second.stdout and "- a gap of old" in second.stdout


@pytest.mark.slow
def test_run_fails_loudly_for_real_reasons_only(tmp_path: Path, run_here: Run) -> None:
    with_limit = write_config(tmp_path)
    with_limit.write_text(
        with_limit.read_text(encoding="utf-8") + "\n[thresholds]\nrule_gaps = 0\n", encoding="utf-8"
    )
    crossed = run_here("run", with_limit)
    assert crossed.returncode == 3 and "rule_gaps, allowed 0" in crossed.stderr
    unknown = run_here("run", write_config(tmp_path, outputs="x.html"))
    assert unknown.returncode == 2 and "Allowed are input, output" in unknown.stderr
    assert run_here("run", tmp_path / "none.toml").returncode == 1


@pytest.mark.slow
def test_an_audience_is_kept_on_the_command_line_and_in_a_run(
    tmp_path: Path, run_here: Run
) -> None:
    plain = CliRunner().invoke(
        cli.cli, ["bridges", str(sample_path("prairie")), *DAY, "--audience", "public", "--json"]
    )
    found = json.loads(plain.stdout)
    assert found["tables"]["what_breaks"] == [] and "cut off from the main" not in plain.stdout
    mine = ["--audience", "partner", "--for", "Lone Elm Hospital", "--family", "contact"]
    shown = CliRunner().invoke(cli.cli, ["gaps", str(sample_path("prairie")), *DAY, *mine])
    assert "Lone Elm Hospital was not seen" in shown.stdout
    assert "Pocket Prairie Clinic" not in shown.stdout
    wrong = run_here("gaps", sample_path("prairie"), *DAY, "--for", "Lone Elm Hospital")
    assert wrong.returncode == 2 and "Only what is made for a partner" in wrong.stderr
    done = run_here("run", write_config(tmp_path, audience="public", snapshot="last.json"))
    assert done.returncode == 0, done.stderr
    for name in ("out.html", "last.json"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "cut off from the main" not in text and "billing clerk" not in text
    assert "Made for the public" in (tmp_path / "out.html").read_text(encoding="utf-8")
    assert run_here("run", write_config(tmp_path, audience="all")).returncode == 2


def test_every_reader_of_public_files_has_an_option(tmp_path: Path) -> None:
    assert tuple(READERS) == NAMES
    files = ["--cms-hospitals", str(write_hospitals(tmp_path)), "--fcc-pilot"]
    files += [str(write_pilot(tmp_path)), "-o", str(tmp_path / "net")]
    done = CliRunner().invoke(cli.cli, ["build", "--state", "NE", *files])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "net" / "organizations.csv").exists()
    swapped = ["--fcc-pilot", str(write_hospitals(tmp_path)), "-o", str(tmp_path / "other")]
    found = CliRunner().invoke(cli.cli, ["build", "--state", "NE", *swapped])
    assert isinstance(found.exception, InputError)
    assert "hcpnum" in str(found.exception)
