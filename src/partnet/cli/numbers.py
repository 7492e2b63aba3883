"""Numbers of options: refused before anything is read, in the words of the library."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import click

from ..core.checks import MOST, check_count, check_number
from ..core.errors import UsageError
from ..core.wording.units import MILE


class Whole(click.ParamType):
    """A whole number from `least` on."""

    name = "integer"

    def __init__(self, least: int = 1) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Give the number, or refuse it by the name of its option."""
        try:
            number: Any = int(value)
        except (TypeError, ValueError):
            number = value
        check_count(name_of(param), number, least=self.least)
        return int(number)


class Number(click.ParamType):
    """A number within bounds; with `above`, the least one is refused too."""

    name = "float"

    def __init__(self, least: float = 0, most: float = MOST, *, above: bool = False) -> None:
        self.least, self.most, self.above = least, most, above

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Give the number, or refuse it by the name of its option."""
        try:
            number: Any = float(value)
        except (TypeError, ValueError):
            number = value
        if number != number:
            number = math.nan
        check_number(name_of(param), number, least=self.least, most=self.most, above=self.above)
        return float(number)


def distance_options(start: str, end: str, help: str) -> Callable[[Any], Any]:
    """Add an option in miles and the same in kilometers, as the library takes it.

    Parameters
    ----------
    start, end : str
        What stands in its name before and after the units, for example "--" and "-per-day".
    help : str
        What it means.
    """
    in_km = f"{start}km{end}".lstrip("-").replace("-", "_")

    def keep(context: click.Context, option: click.Parameter, miles: float | None) -> None:
        if miles is None:
            return
        if context.params.get(in_km) is not None:
            raise UsageError(
                f"{name_of(option)}: found it in kilometers as well ({start}km{end}). A distance "
                "is given once. Leave one of the two out."
            )
        context.params[in_km] = miles * MILE

    def decorate(command: Any) -> Any:
        kind = Number(above=True)
        km = click.option(
            f"{start}km{end}", type=kind, is_eager=True, help="The same in kilometers."
        )
        miles = click.option(
            f"{start}miles{end}", type=kind, expose_value=False, callback=keep, help=help
        )
        return miles(km(command))

    return decorate


def name_of(option: click.Parameter | None) -> str:
    """The name by which an option is written."""
    return option.opts[-1] if option is not None else "number"
