"""The command line runs anywhere: on old consoles, full disks, when it is interrupted."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

import partnet as pn
from partnet.cli import console, leave_current_folder, running
from partnet.cli.commands.files import check_outputs, print_changes
from partnet.cli.group import check_place
from partnet.config import read_config, write_snapshot
from partnet.core.errors import UsageError
from partnet.core.results.result import Method, Result

from ..builders import make_network

NET = make_network(
    [{"id": "a", "name": "Žižkov → clinic 漢 😀", "kind": "hospital"}, {"id": "b", "kind": "food"}],
    [("a", "b", "planning")],
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pn.write_network(NET, tmp_path_factory.mktemp("nets") / "net")


def start(*words: object, **settings: str) -> subprocess.Popen[bytes]:
    """Run the command line as a user does."""
    return subprocess.Popen(
        [sys.executable, "-m", "partnet.cli", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **settings},
    )


@pytest.mark.slow
def test_a_console_of_another_time_shows_what_it_can(folder: Path) -> None:
    words = ("describe", folder, "--organization", "a", "--as-of", "2026-06-30")
    out, error = start(*words, PYTHONIOENCODING="cp1252").communicate(timeout=300)
    assert "Žižkov -> clinic ? ?" in out.decode("cp1252"), error
    out, error = start(*words, "--json", PYTHONIOENCODING="ascii").communicate(timeout=300)
    assert NET.organizations["name"].iloc[0] in json.dumps(json.loads(out), ensure_ascii=False)


@pytest.mark.slow
def test_an_epoch_that_is_no_number_is_passed_over(folder: Path, tmp_path: Path) -> None:
    drawing = tmp_path / "net.svg"
    running = start("draw", folder, "-o", drawing, SOURCE_DATE_EPOCH="yesterday")
    _, error = running.communicate(timeout=300)
    assert running.returncode == 0 and drawing.exists(), error


def test_letters_are_spelled_with_those_there_are() -> None:
    assert "".join(map(console.spell_letter, "“a” ≥ é…漢\udcff")) == '"a" >= e...??'


def test_json_is_escaped_only_where_it_must_be(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    result = Result("v", "→ 😀", NET.ties, ("x",), Method("m"))
    console.echo_json(result)
    assert "→ 😀" in capsys.readouterr().out
    monkeypatch.setattr(
        console, "sys", type("S", (), {"stdout": type("O", (), {"encoding": "ascii"})})
    )
    console.echo_json(result)
    assert '"title": "\\u2192 \\ud83d\\ude00"' in capsys.readouterr().out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_the_output_is_a_sentence(folder: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "partnet.cli", "check", str(folder)],
            stdout=full, stderr=subprocess.PIPE, timeout=300, check=False,
        )  # fmt: skip
    said = done.stderr.decode()
    assert done.returncode == 1 and "found no space left on the disk" in said
    assert "Exception" not in said and "Traceback" not in said


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("seconds", [0.15, 0.4, 0.8, 1.6])
def test_ctrl_c_ends_it_without_a_traceback(folder: Path, seconds: float) -> None:
    child = start("centrality", folder)
    time.sleep(seconds)
    child.send_signal(signal.SIGINT)
    _, error = child.communicate(timeout=300)
    assert child.returncode in (0, 130, -signal.SIGINT), error
    # Before the first line of partnet runs, Python itself is interrupted: its own traceback.
    started = b"partnet" in error
    assert b"Traceback" not in error or not started, error.decode()


def test_an_interrupt_that_a_library_turned_into_an_error_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(**_: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as error:
            raise ImportError("a module was interrupted") from error

    before = signal.getsignal(signal.SIGINT), sys.unraisablehook
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
    monkeypatch.setattr(running.cli, "main", interrupted)
    try:
        with pytest.raises(SystemExit) as stop:
            running.run()
    finally:
        signal.signal(signal.SIGINT, before[0])
        sys.unraisablehook = before[1]
    assert stop.value.code == 130 and capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (UsageError("n: found -1."), 2, "n: found -1."),
        (OSError(28, "No space left"), 1, "output: found no space left on the disk."),
        (OSError(2, "No such file", "x.csv"), 1, "x.csv: found no such file"),
        (MemoryError(), 1, "memory: found less than this needs."),
        (KeyError("x"), 70, "partnet failed (KeyError: 'x')."),
    ],
)
def test_every_error_is_a_sentence(
    error: Exception, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert running.say_error(error) == code
    assert capsys.readouterr().err.startswith(words)


def test_nothing_is_imported_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for first in ("", str(tmp_path)):
        monkeypatch.setattr(sys, "path", [first, "elsewhere"])
        leave_current_folder()
        assert sys.path == ["elsewhere"]
        leave_current_folder()
        assert sys.path == ["elsewhere"]


def test_a_run_looks_at_its_outputs_before_it_works(tmp_path: Path) -> None:
    net = pn.write_network(NET, tmp_path / "in.xlsx")
    pn.write_network(NET, tmp_path / "it.xlsx")
    cases = {
        "output = 'in.xlsx'": "in.xlsx: found the input",
        "output = ['r.html', './r.html']": "found r.html as two outputs",
        "output = 'r.html'\nexport = 'in.xlsx'": "in.xlsx: found the input",
        "output = 'r.html'\nsnapshot = 'c.toml'": "c.toml: found the input",
        "output = 'r.html'\nothers = ['gone.xlsx']": "others: found gone.xlsx, which is not there",
        "output = 'r.html'\nothers = './in.xlsx'": "others: found in.xlsx, which is the input",
        "output = 'r.html'\nothers = ['it.xlsx', './it.xlsx']": "it.xlsx, which is there twice",
        "output = 'it.xlsx'\nothers = 'it.xlsx'": "it.xlsx: found the input",
    }
    for text, words in cases.items():
        config = tmp_path / "c.toml"
        config.write_text(f"input = 'in.xlsx'\n{text}\n", encoding="utf-8")
        with pytest.raises(UsageError, match=words):
            check_outputs(config, read_config(config))
    assert pn.read_network(net) == NET


def test_one_pair_is_a_pair(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "last.json"
    write_snapshot(path, {"gaps": ["a"], "recommended pairs": []})
    print_changes(path, {"gaps": [], "recommended pairs": ["A and B"]})
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Since the last run, 0 gaps entered and 1 left."
    assert lines[2:] == [
        "Since the last run, 1 recommended pair entered and 0 left.",
        "  + A and B",
    ]


def test_names_of_outputs_may_hold_the_day_and_folders_are_made(tmp_path: Path) -> None:
    home, path = tmp_path / "home", tmp_path / "home" / "monthly.toml"
    home.mkdir()
    pn.write_network(NET, home / "in.xlsx")
    text = "input = 'in.xlsx'\noutput = ['{date}/report-{date}.json']\nas_of = '2026-01-31'\n"
    path.write_text(text + "export = 'maps/{date}.graphml'\n", encoding="utf-8")
    code = running.cli.main(["run", "-q", str(path)], standalone_mode=False)
    assert not code
    assert (home / "2026-01-31" / "report-2026-01-31.json").is_file()
    assert (home / "maps" / "2026-01-31.graphml").is_file()
    for wrong, words in {
        "'report-{day}.html'": "output: found {day} in report-{day}.html. Allowed is {date}",
        "'../report/{date}.html'": "found no folder",  # elsewhere a folder is not made
    }.items():
        path.write_text(f"input = 'in.xlsx'\noutput = {wrong}\n", encoding="utf-8")
        with pytest.raises(UsageError, match=re.escape(words)):
            running.cli.main(["run", "-q", str(path)], standalone_mode=False)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["home"]


def test_outputs_that_are_the_input_are_refused_before_reading(tmp_path: Path) -> None:
    net = pn.write_network(NET, tmp_path / "net.xlsx")
    whole = net.read_bytes()
    for words in (
        ["report", net, "-o", net],
        ["describe", net, "-o", net],
        ["export", net, "-o", net],
        ["checkpack", net, "-o", tmp_path],
    ):
        with pytest.raises(UsageError, match="found the input"):
            running.cli.main([str(word) for word in words], standalone_mode=False)
    assert net.read_bytes() == whole


def test_a_store_that_is_not_there_is_not_made_by_asking(tmp_path: Path) -> None:
    for words in (
        ["store", "degree", tmp_path / "typo.duckdb"],
        ["store", "describe", tmp_path / "x"],
    ):
        with pytest.raises((UsageError, click.ClickException), match="found no store"):
            running.cli.main([str(word) for word in words], standalone_mode=False)
    assert not list(tmp_path.iterdir())


def test_an_interrupt_inside_an_import_is_told_from_others(tmp_path: Path) -> None:
    """Raised there, it can leave a library half made, which then crashes."""
    code = "import sys, found\nfrom partnet.cli.running import is_importing\n"
    seen = "import sys\nfrom partnet.cli.running import is_importing\n"
    seen += "inside = is_importing(sys._getframe())\n"
    (tmp_path / "found.py").write_text(seen, encoding="utf-8")
    code += "print(found.inside, is_importing(sys._getframe()), is_importing(None))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True,
        encoding="utf-8", check=True, timeout=300,
    )  # fmt: skip
    assert done.stdout.split() == ["True", "False", "False"]


def test_an_output_that_would_be_read_as_a_table_is_refused(tmp_path: Path) -> None:
    net = pn.write_network(NET, tmp_path / "net")
    for name in ("needs.csv", "Funding.csv", "vocabulary.csv"):
        for folder in (net, tmp_path / "net" / ".." / "net"):
            with pytest.raises(UsageError, match=f"{name}: found the name of a table, in the fold"):
                check_place(folder / name, net)
        check_place(tmp_path / name, net)
    check_place(net / "central.csv", net)
    config = tmp_path / "monthly.toml"
    config.write_text("input = 'net'\noutput = 'net/needs.csv'\n", encoding="utf-8")
    with pytest.raises(UsageError, match="found the name of a table"):
        check_outputs(config, read_config(config))
