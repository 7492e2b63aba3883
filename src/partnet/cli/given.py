"""What the command at hand was given, for whoever carries it out and words its errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ..core.errors import UsageError

if TYPE_CHECKING:
    from ..core.network import Network


def given_tables() -> dict[str, str] | None:
    """What the options of the command at hand say about the tables of its input."""
    context = click.get_current_context(silent=True)
    return context.meta.get("partnet.tables") if context else None


def show_to_audience(net: Network, *, reader: bool = True) -> Network:
    """Give the network as its readers see it; without `reader` another file's, as to all."""
    meta = click.get_current_context().meta
    name = meta.get("partnet.reader") if reader else None
    units = meta.get("partnet.units")
    seen = net.for_audience(meta.get("partnet.audience", "internal"), name)
    return seen if units is None else seen.in_units(units)


@contextmanager
def naming_options() -> Iterator[None]:
    """Let errors of a verb name the option that was written, not the argument behind it."""
    try:
        yield
    except UsageError as error:
        raise UsageError(name_option(str(error))) from error


def name_option(message: str) -> str:
    """Say the option instead of the argument with which an error begins.

    A verb says ``within_km: found -5``; who wrote ``--within-km -5`` looks for that.
    """
    argument, colon, rest = message.partition(":")
    context = click.get_current_context(silent=True)
    for known in context.command.params if context else ():
        if colon and known.name == argument and isinstance(known, click.Option):
            return f"{known.opts[-1]}:{rest}"
    return message
