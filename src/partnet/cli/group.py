"""The command group, and the options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import UsageError
from ..core.results.papers import check_paper, say_papers
from ..core.storage.writing import check_folder, check_output, refuse_input
from ..core.wording.units import UNITS
from .given import naming_options
from .reading import announce, read
from .refusals import Group

if TYPE_CHECKING:
    from ..core.results.result import Result


NetworkPath = click.Path(path_type=Path)
template_option = click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Of a .docx: take styles, paper, header and footer from this .docx or .dotx.",
)


@click.group(
    cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="partnet")  # looked up where it is asked for
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
def cli(debug: bool) -> None:
    """Partnership networks in health: who is central, where the gaps are, whom to approach next.

    INPUT is a folder of CSV files or an Excel workbook (`partnet template my.xlsx` makes one), or a
    file of another program: `partnet export --help` lists them.
    """


def keep_option(context: click.Context, option: click.Parameter, value: Any) -> None:
    """Keep for whom a result is made until the network is read."""
    context.meta[f"partnet.{option.name}"] = value


def audience_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say who reads the result, and in which units distances are said."""
    keep: dict[str, Any] = {"expose_value": False, "callback": keep_option}
    choice = click.Choice(["internal", "partner", "public"])
    audience = click.option(
        "--audience", type=choice, default="internal", show_default=True, **keep,
        help="Who reads it: what they must not see is left out of the tables first.",
    )  # fmt: skip
    reader = click.option(
        "--for", "reader", metavar="NAME", **keep, help="The partner that reads it: sees its own."
    )
    units = click.option(
        "--units", type=click.Choice(list(UNITS)), **keep,
        help="Distances in these; default: as the file says, else miles.",
    )  # fmt: skip
    return audience(reader(units(command)))


def keep_tables(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> None:
    """Keep which sheet or file is which table until the network is read."""
    found: dict[str, str] = {}
    for text in value:
        name, equals, title = text.partition("=")
        if not equals or not title.strip():
            own = {word for param in context.command.params for word in param.opts}
            hint = " The table behind a map is written by --counties." * ("--counties" in own)
            raise UsageError(
                f"--table: found {text!r}. It says which sheet or file a table is, for example "
                f"--table ties=Sheet1. Write it so.{hint}"
            )
        found[name.strip().lower()] = title.strip()
    context.meta["partnet.tables"] = found or None


table_option = click.option(
    "--table", "tables", multiple=True, metavar="TABLE=SHEET", expose_value=False,
    callback=keep_tables,
    help="Which sheet or file is a table, if its name does not tell: ties=Sheet1.",
)  # fmt: skip


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every verb on a network has."""
    options = [
        click.argument("source", metavar="INPUT", type=NetworkPath),
        click.option("--as-of", metavar="DATE", help="The day to judge on; default: today."),
        click.option("--convener", metavar="NAME", help="Who convenes the network."),
        click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON."),
    ]
    command = audience_options(table_option(command))
    for option in reversed(options):
        command = option(command)
    return command


def network_command(
    step: str = "Working it out", *, show: Callable[[Result, bool], None] | None = None
) -> Callable[[Callable[..., Result]], click.Command]:
    """Make a verb on a network a command: read the network, run the verb, print or write it.

    A command is its own options and one call. Its options are named like the arguments of the
    verb, so that an error can name the option; those not given are left out of the call.

    Parameters
    ----------
    step : str
        What stands on stderr if it takes more than two seconds.
    show : callable, optional
        Prints the result; default: sentences and the head of the table.
    """

    def decorate(verb: Callable[..., Result]) -> click.Command:
        @wraps(verb)
        def command(
            source: Path, as_of: str | None, convener: str | None, as_json: bool,
            output: Path | None, template: Path | None, **options: Any,
        ) -> None:  # fmt: skip
            from .printing import give

            check_written(output, source, template=template, table=True)
            net, day = read(source, convener, as_of)
            with announce(step), naming_options():
                result = verb(net, day, **keep_given(options))
                give(result, output, as_json, show, template)

        words = f"Write it as a brief: {say_papers(table=True)} (the table alone)."
        add_output = click.option("-o", "--output", type=NetworkPath, help=words)
        own = list(getattr(verb, "__click_params__", []))
        command.__click_params__ = []  # type: ignore[attr-defined]
        command = add_output(template_option(command))
        command.__click_params__ += own  # type: ignore[attr-defined]
        return cli.command()(shared_options(command))

    return decorate


def check_place(output: Path | None, *inputs: Path) -> None:
    """Refuse an output that is an input or that is not partnet's, before the work starts."""
    if output is not None:
        refuse_input(output, inputs)
        refuse_table(output, *inputs)
        check_output(output)


def refuse_table(output: Path, *inputs: Path) -> None:
    """Refuse an output in an input's folder under whose name it would be read as a part of it."""
    for folder in inputs:
        if folder.is_dir() and output.parent.is_dir() and output.parent.samefile(folder):
            from ..io.tables.own_tables import is_read_along

            if is_read_along(output.name):
                raise UsageError(
                    f"{output}: found the name of a table, in the folder of the input. It would be "
                    "read as a part of the network. Give another name, or another folder."
                )


def check_new_folder(output: Path, *inputs: Path) -> None:
    """Refuse a folder that is an input or that cannot be written, before the work starts."""
    refuse_input(output, inputs)
    check_folder(output)


def check_ending(
    output: Path, endings: tuple[str, ...], *inputs: Path, option: str = "--output"
) -> str:
    """Refuse a wrong ending or a wrong place before the work starts; give the ending."""
    if output.suffix.lower() not in endings:
        raise UsageError(
            f"{option}: found {output.name!r}. Allowed endings are {', '.join(endings)}. "
            "Give another name."
        )
    check_place(output, *inputs)
    return output.suffix.lower()[1:]


def check_written(
    output: Path | None, *inputs: Path, template: Path | None = None, table: bool = False
) -> None:
    """Refuse a report or brief of an unknown ending or in a wrong place, before the work starts."""
    if template is not None and (output is None or output.suffix.lower() != ".docx"):
        raise UsageError(
            f"--template: found {template.name} without a Word file to write. It is for -o with "
            "the ending .docx. Write one, or leave it out."
        )
    if output is not None:
        check_paper(output, "--output", table=table)
        check_place(output, *inputs)


def keep_given(options: dict[str, Any]) -> dict[str, Any]:
    """Leave out what was not given, so that the defaults of the verb hold."""
    return {name: value for name, value in options.items() if value is not None and value != ()}
