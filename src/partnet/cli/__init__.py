"""The command line: the verbs of the library, and nothing more."""

from __future__ import annotations

import sys

import click

from ..core.errors import PartnetError, UsageError
from ..core.safety import clean_terminal
from . import (  # noqa: F401  (each adds its commands)
    advice,
    exporting,
    files,
    findings,
    meetings,
    nation,
    pictures,
    reports,
    store,
)
from .codes import EXIT_INPUT, EXIT_INTERNAL, EXIT_USAGE
from .group import cli

__all__ = ["cli", "main"]


def main() -> None:
    """Run the command line and turn every error into a sentence and an exit code."""
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_USAGE)
    except UsageError as error:
        fail(str(error), EXIT_USAGE)
    except (PartnetError, OSError) as error:
        fail(str(error), EXIT_INPUT)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        fail(
            f"partnet failed ({type(error).__name__}: {error}). This is a fault of partnet, not of "
            "your file. Run again with --debug and send the output to the developers.",
            EXIT_INTERNAL,
        )


def fail(message: str, code: int) -> None:
    click.echo(clean_terminal(message), err=True)
    sys.exit(code)
