"""Numbers of options: refused before anything is read, in the words of the library."""

from __future__ import annotations

import math
from typing import Any

import click

from ..core.checks import MOST, check_count, check_number


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


def name_of(option: click.Parameter | None) -> str:
    """The name by which an option is written."""
    return option.opts[-1] if option is not None else "number"
