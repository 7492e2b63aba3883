"""What click refuses, in our words: where, what was found, what is allowed, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from ..core.wording.text import count_noun, join_words

QUIET = "partnet.quiet"
MOST_NAMED = 12  # options or commands that one sentence lists


class Command(click.Command):
    """A command that every refusal of its words names; click forgets it where a value misses.

    Each has ``-q``, beside its own options.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(
            click.Option(
                ["-q", "--quiet"], is_flag=True, expose_value=False, callback=_keep_quiet,
                help="Say nothing on the way: only what was found or written, and errors.",
            )
        )  # fmt: skip

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words behind the command."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


def _keep_quiet(context: click.Context, _: click.Parameter, value: bool) -> None:
    """Keep that nothing is to be said on the way."""
    context.meta[QUIET] = value


def is_quiet() -> bool:
    """Whether the command was told to say nothing on the way."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(QUIET))


class Group(click.Group):
    """A group whose commands are such commands, and whose groups such groups."""

    command_class = Command
    group_class = type


def say_click(error: click.ClickException) -> str:
    """Say in four parts what click refuses."""
    context: click.Context | None = getattr(error, "ctx", None)
    if context is None:
        return error.format_message()
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    for kind, say in _SAID.items():
        if isinstance(error, kind):
            return say(error, context)
    return _say_rest(error, context)


def _say_option(error: Any, context: click.Context) -> str:
    """An option that the command does not have."""
    options, found = _list_options(context), error.option_name
    if holders := _find_holders(found, context):
        command = "report" if "report" in holders else holders[0]
        return (
            f"{context.command_path}: found the option {found} before a command. Options of a "
            f"command stand behind it. Write for example {context.command_path} {command} INPUT "
            f"{found}."
        )
    names = sorted({param.opts[-1] for param in options})
    short = {opt for param in options for opt in (*param.opts, *param.secondary_opts)}
    known = _say_known(found, names, "option", context, also=sorted(short.difference(names)))
    return f"{context.command_path}: found the option {found}, which it does not have. {known}"


def _find_holders(option: str, context: click.Context) -> list[str]:
    """The commands of a group that have an option which the group itself has not."""
    group = context.command
    if not isinstance(group, click.Group):
        return []
    commands = ((name, group.get_command(context, name)) for name in group.list_commands(context))
    return [name for name, each in commands if each and any(option in p.opts for p in each.params)]


def _say_command(error: Any, context: click.Context) -> str:
    """A command that there is not; a file named in its place."""
    path, found = context.command_path, error.command_name
    assert isinstance(context.command, click.Group)
    if Path(found).exists():
        return (
            f"{path}: found {found} where a command stands. A command comes first, then what it "
            f"works on. Write for example {path} check {found}, or see {path} --help."
        )
    known = _say_known(found, context.command.list_commands(context), "command", context)
    return f"{path}: found the command {found}, which there is not. {known}"


def _say_known(
    found: str, names: Sequence[str], noun: str, context: click.Context, *, also: Sequence[str] = ()
) -> str:
    """Say what is nearest of all that is allowed, or else what is allowed, and what to do."""
    path = context.command_path
    near = get_close_matches(found, [*names, *also], n=2)
    if near:
        word = "nearest is" if len(near) == 1 else "nearest are"
        write = near[0] if len(near) == 1 else "the one that is meant"
        return f"The {word} {join_words(near)}. Write {write}, or see {path} --help."
    listed = join_words(names) if len(names) <= MOST_NAMED else count_noun(len(names), noun)
    return f"It has {listed}. See {path} --help, and choose one."


def _say_missing(error: Any, context: click.Context) -> str:
    """An argument or an option that has to be given."""
    param: click.Parameter = error.param
    name = _name(param, context)
    meant = f" ({_help(param)})" if _help(param) else ""
    return (
        f"{context.command_path}: found no {name}{meant}. It is written "
        f"{_write_call(context)}. Give {name}, or see {context.command_path} --help."
    )


def _say_value(error: Any, context: click.Context) -> str:
    """An option without its value, or with one that it does not take."""
    known = (p for p in _list_options(context) if error.option_name in (*p.opts, *p.secondary_opts))
    option = next(known)
    name = error.option_name
    if option.is_flag:
        return f"{name}: found a value behind it. It takes none. Write {name} alone."
    takes = _metavar(option, context)
    meant = f" ({_help(option)})" if _help(option) else ""
    if isinstance(option.type, click.Choice):
        takes = str(option.type.choices[0])
        meant = f": {join_words(list(map(str, option.type.choices)), final='or')}"
        return f"{name}: found nothing behind it. It takes one word{meant}. Write {name} {takes}."
    return f"{name}: found nothing behind it. It takes {takes}{meant}. Write {name} {takes}."


def _say_bad(error: Any, context: click.Context) -> str:
    """A value that an option or argument does not take."""
    name = _name(error.param, context) if error.param is not None else context.command_path
    choice = re.fullmatch(r"('.*') is not one of (.*?)\.?", error.message, re.DOTALL)
    if choice:
        allowed = choice[2].replace("'", "")
        return f"{name}: found {choice[1]}. Allowed are {allowed}. Choose one of them."
    gone = re.fullmatch(r"\w+ ('.*') (does not exist|is a directory)\.", error.message, re.DOTALL)
    if gone:
        found = f"no file {gone[1]}" if gone[2] == "does not exist" else f"the folder {gone[1]}"
        return f"{name}: found {found}. It takes a file that is there. Correct the path."
    return f"{name}: {error.message} See {context.command_path} --help."


def _say_rest(error: click.ClickException, context: click.Context) -> str:
    """Words too many, no command at all, and whatever else click may refuse."""
    path, told = context.command_path, error.format_message()
    extra = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", told, re.DOTALL)
    if extra:
        takes = join_words([_name(param, context) for param in _list_arguments(context)])
        return (
            f"{path}: found {extra[1]} behind its words. It takes {takes or 'none'} and options. "
            "Leave out the rest, and write a path with blanks in quotation marks."
        )
    if told == "Missing command.":
        return (
            f"{path}: found no command. A command comes first, then what it works on. Write for "
            f"example {path} template my.xlsx, or see {path} --help."
        )
    return f"{path}: {told} See {path} --help."


_SAID: dict[type[click.ClickException], Callable[[Any, click.Context], str]] = {
    click.NoSuchOption: _say_option,
    click.exceptions.NoSuchCommand: _say_command,
    click.MissingParameter: _say_missing,
    click.BadOptionUsage: _say_value,
    click.BadParameter: _say_bad,
}


def _list_options(context: click.Context) -> list[click.Option]:
    return [p for p in context.command.get_params(context) if isinstance(p, click.Option)]


def _list_arguments(context: click.Context) -> list[click.Argument]:
    return [p for p in context.command.get_params(context) if isinstance(p, click.Argument)]


def _name(param: click.Parameter, context: click.Context) -> str:
    """The name by which a parameter is written."""
    return param.opts[-1] if isinstance(param, click.Option) else _metavar(param, context)


def _metavar(param: click.Parameter, context: click.Context) -> str:
    return param.make_metavar(context).removeprefix("[").removesuffix("...").removesuffix("]")


def _help(param: click.Parameter) -> str:
    """What an option says of itself, as part of a sentence."""
    return (getattr(param, "help", None) or "").rstrip(".").strip()


def _write_call(context: click.Context) -> str:
    """A command as it is written, with all that it must have."""
    words = [_metavar(param, context) for param in _list_arguments(context) if param.required]
    for option in _list_options(context):
        if option.required:
            words += [option.opts[-1], _metavar(option, context)]
    return " ".join([context.command_path, *words])
