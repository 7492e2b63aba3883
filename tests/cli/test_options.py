"""Wrong values of options are refused before anything is read, by the name of the option."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from partnet.cli import cli
from partnet.cli.numbers import Number, Whole
from partnet.cli.refusals import say_click
from partnet.core.errors import UsageError

WRITTEN = {"draw": "map.svg", "export": "map.graphml", "survey": "wave", "checkpack": "pack"}


def list_commands(
    command: click.Command = cli, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from list_commands(inner, (*path, name))
    else:
        yield path, command


def list_options(*types: type[click.ParamType]) -> list[tuple[tuple[str, ...], str]]:
    """Every option of such a type, with the words of its command."""
    return [
        (path, param.opts[-1])
        for path, command in list_commands()
        for param in command.params
        if isinstance(param, click.Option) and isinstance(param.type, types)
    ]


def refuse(path: tuple[str, ...], *words: str) -> str:
    """Call a command on an input that is not there, with wrong words; what it says."""
    command = dict(list_commands())[path]
    needed = []
    for param in command.params:
        if isinstance(param, click.Argument) and param.required:
            needed += ["nothing-here.xlsx"] * max(1, param.nargs)
        elif param.required and param.opts[0] not in words:
            needed += [param.opts[0], WRITTEN.get(path[0], "page.html")]
    try:
        cli.main([*path, *needed, *words], standalone_mode=False)
    except UsageError as error:
        return str(error)
    except click.UsageError as error:
        return say_click(error)
    except Exception as error:  # it went on to read
        return f"{type(error).__name__}: {error}"
    return "nothing was refused"


NUMBERS = list_options(Whole, Number)


@pytest.mark.parametrize(("path", "option"), NUMBERS, ids=lambda v: "-".join(v).strip("-"))
def test_numbers_out_of_bounds(path: tuple[str, ...], option: str) -> None:
    for wrong in ("-3", "1e30", "nan", "many", ""):
        said = refuse(path, option, wrong)
        assert re.match(rf"{option}: found .*\. Allowed are .*\. Give one", said), said


def test_every_number_is_of_these_types() -> None:
    plain = (click.types.IntParamType, click.types.FloatParamType)
    assert list_options(*plain) == [] and len(NUMBERS) > 25


@pytest.mark.parametrize(
    ("path", "option"), list_options(click.Choice), ids=lambda v: "-".join(v).strip("-")
)
def test_words_that_are_none_of_the_choices(path: tuple[str, ...], option: str) -> None:
    said = refuse(path, option, "wrong")
    assert re.match(rf"{option}: found 'wrong'\. Allowed are .*\. Choose one of them", said), said


OUTPUTS = [
    path for path, command in list_commands() if any("--output" in p.opts for p in command.params)
]


@pytest.mark.parametrize("path", OUTPUTS, ids="-".join)
def test_endings_of_outputs(path: tuple[str, ...], tmp_path: Path) -> None:
    said = refuse(path, "-o", str(tmp_path / "x.bad"))
    assert re.match(r"(--)?output.*found .*x\.bad|.*x\.bad: found|path: found x\.bad", said), said
    assert not list(tmp_path.iterdir())


def test_tables_and_days() -> None:
    for path, command in list_commands():
        names = {name for param in command.params for name in param.opts}
        if "--table" in names:
            assert refuse(path, "--table", "ties").startswith("--table: found 'ties'"), path
        if "--as-of" in names:
            assert refuse(path, "--as-of", "soon").startswith("--as-of: found 'soon'"), path


def list_plain() -> list[tuple[str, ...]]:
    """Commands that need nothing but one network."""
    needed = {
        path: [param for param in command.params if param.required]
        for path, command in list_commands()
    }
    return [path for path, params in needed.items() if [p.name for p in params] == ["source"]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two organizations and a tie, as somebody starts."""
    folder = tmp_path_factory.mktemp("small")
    rows = "name,kind,state,county_fips\nElm Hospital,hospital,NE,31027\nElm Food,food,NE,31027\n"
    folder.joinpath("organizations.csv").write_text(rows, encoding="utf-8")
    ties = "source,target,relation\nElm Hospital,Elm Food,referral\n"
    folder.joinpath("ties.csv").write_text(ties, encoding="utf-8")
    return folder


@pytest.mark.parametrize("path", list_plain(), ids="-".join)
def test_no_option_is_needed_that_is_not_required(
    path: tuple[str, ...], small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was not given is left out of the call: the command then has its own default."""
    knows_day = any("--as-of" in param.opts for param in dict(list_commands())[path].params)
    day = ["--as-of", "2026-06-30"] if knows_day else []
    try:
        cli.main([*path, str(small), *day], standalone_mode=False)
    except (UsageError, click.exceptions.Exit):
        return  # it says in words what is missing
    assert capsys.readouterr().out.strip()
