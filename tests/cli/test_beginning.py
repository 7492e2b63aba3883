"""Files to begin with: the example of a repeated run, the sample as a workbook; quiet commands."""

from __future__ import annotations

import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import partnet as pn
from partnet.cli import reading
from partnet.cli.refusals import say_click
from partnet.cli.running import cli
from partnet.config import _ENTRIES, read_config, read_example


def call(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_the_example_of_a_run_names_every_key_and_is_read(tmp_path: Path) -> None:
    path = tmp_path / "monthly.toml"
    assert call("run", "--example", path).exit_code == 0
    config = read_config(path)
    assert config.input == tmp_path / "my.xlsx" and config.history == tmp_path / "history"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert set(tomllib.loads("\n".join(_take_all(lines)))) == set(_ENTRIES.entries)
    (tmp_path / "all.toml").write_text("\n".join(_take_all(lines)), encoding="utf-8")
    assert read_config(tmp_path / "all.toml").audience == "internal"


def _take_all(lines: list[str]) -> list[str]:
    """The example with every line in use that sets something."""
    return [line.removeprefix("# ") for line in lines if " = " in line or line.startswith("[")]


def test_the_example_is_printed_without_a_name_and_replaces_nothing(tmp_path: Path) -> None:
    assert call("run", "--example").output == read_example()
    mine = tmp_path / "monthly.toml"
    mine.write_text("mine", encoding="utf-8")
    refused = call("run", "--example", mine)
    assert isinstance(refused.exception, pn.UsageError) and "never replaced" in str(
        refused.exception
    )
    assert mine.read_text(encoding="utf-8") == "mine"
    assert "ends in .toml" in str(call("run", "--example", tmp_path / "x.txt").exception)
    assert "found no CONFIG.toml" in str(call("run").exception)


def test_the_sample_is_written_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "sample.xlsx"
    said = call("template", path, "--sample").output
    assert "--as-of 2026-06-30" in said
    assert pn.read_network(path).n == pn.load_sample().n
    assert call("template", path, "--sample").exit_code == 0  # nothing of anybody stands there
    path.write_bytes(path.read_bytes() + b"mine")
    assert "never replaced" in str(call("template", path, "--sample").exception)
    assert path.read_bytes().endswith(b"mine")
    assert "ends in .xlsx" in str(call("template", tmp_path / "sample", "--sample").exception)
    assert "alone" in str(call("template", tmp_path / "b.xlsx", "--sample", "--full").exception)


def test_quiet_commands_say_only_what_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SLOW_SECONDS", 0.0)
    source = tmp_path / "net"
    source.mkdir()
    (source / "organizations.csv").write_text("name,kind\nA,hospital\nB,food\n", encoding="utf-8")
    (source / "ties.csv").write_text("source,target,relation\nA,B,referral\n", encoding="utf-8")
    words = ("structure", source, "--as-of", "2026-06-30")
    loud, quiet = call(*words), call(*words, "-q")
    assert "2 organizations of 2 kinds" in loud.stderr and quiet.stderr == ""
    assert loud.stdout == quiet.stdout != ""
    report = tmp_path / "r.html"
    done = call("report", source, "-o", report, "--quiet")
    assert done.stderr == "" and done.stdout.startswith("Written:") and report.exists()


def test_every_command_can_be_quiet() -> None:
    commands = [cli]
    while commands:
        command = commands.pop()
        if hasattr(command, "commands"):
            commands.extend(command.commands.values())
        else:
            assert any("-q" in param.opts for param in command.params), command.name


def test_an_option_before_its_command_is_said_to_stand_behind_it() -> None:
    for option in ("-q", "--as-of"):
        with pytest.raises(click.NoSuchOption) as caught:
            cli.main([option, "report", "my.xlsx"], standalone_mode=False)
        said = say_click(caught.value)
        assert "stand behind it" in said and said.endswith(f" report INPUT {option}.")
