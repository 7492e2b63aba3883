"""Reading what a command is given, and saying that it is at work."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

import partnet as pn

from ..core.errors import UsageError
from ..core.wording.safety import clean_terminal
from .given import given_tables, naming_options, show_to_audience
from .refusals import is_quiet

if TYPE_CHECKING:
    from ..core.network import Network


SLOW_SECONDS = 2.0  # after this long a step says on stderr that it is still at work
SMALL_BYTES = 5_000_000  # on disk: up to some ten thousand organizations


def read(source: Path, convener: str | None, as_of: str | None) -> tuple[Network, str]:
    """Read the network as its audience may see it; settle and print the day."""
    net, day = read_whole(source, convener, as_of)
    return show_to_audience(net), day


def read_whole(source: Path, convener: str | None, as_of: str | None) -> tuple[Network, str]:
    """Read the network with all that is in it, problems too."""
    day = settle_day(as_of)
    hold_small_texts(source)
    with announce("Reading the tables"), naming_options():
        net = pn.read_network(source, convener=convener, tables=given_tables())
    if not is_quiet():
        click.echo(clean_terminal(f"{net.summary()} As of {day}."), err=True)
    return net, day


def count_bytes(source: Path) -> int:
    """Size of a file, or of all files of a folder."""
    files = source.iterdir() if source.is_dir() else [source]
    return sum(file.stat().st_size for file in files if file.is_file())


def hold_small_texts(source: Path) -> None:
    """Hold the texts of a small network as Python's own for the rest of the command.

    Arrow's columns take less room, and little time where they are long; each step costs some
    microseconds more, and what is done with a small network is many steps on short columns.
    """
    if count_bytes(source) > SMALL_BYTES:
        return
    import pandas as pd

    whole = click.get_current_context().find_root()
    whole.with_resource(pd.option_context("mode.string_storage", "python"))


def settle_day(as_of: str | None) -> str:
    if as_of is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(as_of).isoformat()
    except ValueError as error:
        raise UsageError(f"--as-of: found {as_of!r}. Write the day as YYYY-MM-DD.") from error


@contextmanager
def announce(step: str) -> Iterator[None]:
    """Say on stderr that a step is at work if it takes more than two seconds."""
    timer = threading.Timer(SLOW_SECONDS, lambda: click.echo(f"{step} ...", err=True))
    timer.daemon = True
    if not is_quiet():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


class Progress:
    """Says each step on stderr once the work has taken two seconds."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.quiet = is_quiet()

    def __call__(self, step: str) -> None:
        if not self.quiet and time.monotonic() - self.started > SLOW_SECONDS:
            click.echo(clean_terminal(f"{step} ..."), err=True)
