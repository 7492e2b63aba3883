"""Words that no command knows are refused in four parts, the nearest that is known among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from partnet.cli import cli
from partnet.cli.refusals import Command, say_click

from .test_options import list_commands

COMMANDS = list(list_commands())
FOUR_PARTS = re.compile(r"[^:]+: found [^.].*?\. [A-Z].*?\. [A-Z].*\.", re.DOTALL)


def refuse(*words: str) -> str:
    """Call a command with words that it does not know; what it says."""
    with pytest.raises(click.ClickException) as caught:
        cli.main([*words], "partnet", standalone_mode=False)
    said = say_click(caught.value)
    assert FOUR_PARTS.fullmatch(said), said
    return said


def list_options() -> Iterator[tuple[tuple[str, ...], click.Option]]:
    """Every option with the words of its command."""
    for path, command in COMMANDS:
        for param in command.params:
            if isinstance(param, click.Option):
                yield path, param


def misspell(option: str) -> str:
    """Twice the last letter but one, as it happens in typing."""
    return option[:-1] + option[-2] + option[-1]


def test_every_command_knows_of_its_refusals() -> None:
    assert len(COMMANDS) > 45 and all(isinstance(command, Command) for _, command in COMMANDS)


def test_an_option_that_there_is_not() -> None:
    tried: set[str] = set()
    for path, option in list_options():
        name, wrong = option.opts[-1], misspell(option.opts[-1])
        if len(name) < 4 or name in tried:
            continue
        tried.add(name)
        said = refuse(*path, wrong)
        where = f"partnet {' '.join(path)}: found the option {wrong}, which it does not have. "
        assert said.startswith(where) and name in said.removeprefix(where), said
    assert len(tried) > 90


def test_an_option_like_no_other() -> None:
    listed = re.compile(r"It has (\d+ options|--\w[^.]*)\. See partnet .*--help")
    for path, _ in COMMANDS:
        said = refuse(*path, "--zyxwvut")
        assert listed.search(said), said


def test_an_option_without_its_value_and_a_value_without_need() -> None:
    without, behind = 0, 0
    for path, option in list_options():
        name = option.opts[-1]
        if option.is_flag:
            said = refuse(*path, f"{name}=x")
            assert said == f"{name}: found a value behind it. It takes none. Write {name} alone."
            behind += 1
        else:
            said = refuse(*path, name)
            assert re.match(rf"{name}: found nothing behind it\. It takes \S", said), said
            without += 1
    assert without > 200 and behind > 40


def test_what_has_to_be_given() -> None:
    tried = 0
    for path, command in COMMANDS:
        needed = [p for p in command.params if p.required]
        if not needed:
            continue
        said = refuse(*path)
        where = " ".join(path)
        assert said.startswith(f"partnet {where}: found no "), said
        assert f"It is written partnet {where} " in said and f"See partnet {where}" not in said
        assert f"or see partnet {where} --help." in said
        tried += 1
    assert tried > 40


def test_a_command_that_there_is_not(tmp_path: object) -> None:
    for path, _ in COMMANDS:
        *group, name = path
        said = refuse(*group, misspell(name))
        assert f"found the command {misspell(name)}, which there is not. The nearest" in said
        assert re.search(rf"nearest (is|are) .*\b{name}\b", said), said
    assert "See partnet --help, and choose one." in refuse("zyxwvut")
    assert f"Write for example partnet check {tmp_path}, or" in refuse(str(tmp_path))
    assert refuse("--debug").startswith("partnet: found no command. ")


def test_words_too_many() -> None:
    said = refuse("check", "my", "other", "net.xlsx")
    assert said.startswith("partnet check: found other net.xlsx behind its words. It takes INPUT")


def test_a_file_that_is_not_there(tmp_path: object) -> None:
    words = ("report", "x", "-o", "r.docx", "--template")
    assert refuse(*words, "none.dotx").startswith("--template: found no file 'none.dotx'. It takes")
    assert refuse(*words, str(tmp_path)).startswith("--template: found the folder ")


def test_help_stays_help() -> None:
    with pytest.raises(click.ClickException) as caught:
        cli.main(["survey"], "partnet", standalone_mode=False)
    assert say_click(caught.value).startswith("Usage: partnet survey")
    assert say_click(click.ClickException("other")) == "other"
