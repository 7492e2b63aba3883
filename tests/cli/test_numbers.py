"""Options of distance: in miles or in kilometers, as one argument of the library."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from partnet.cli.numbers import distance_options
from partnet.core.errors import UsageError


@click.command()
@distance_options("--most-", "-per-day", "Most driven.")
def show(most_km_per_day: float | None) -> None:
    click.echo(repr(most_km_per_day))


def say(*words: str) -> str:
    return CliRunner().invoke(show, list(words), catch_exceptions=False).output.strip()


def test_either_gives_kilometers() -> None:
    assert say() == "None"
    assert say("--most-km-per-day", "80") == "80.0"
    assert float(say("--most-miles-per-day", "50")) == pytest.approx(80.4672)


@pytest.mark.parametrize(
    "words",
    [("--most-miles-per-day", "50", "--most-km-per-day", "80"),
     ("--most-km-per-day", "80", "--most-miles-per-day", "50"), ("--most-miles-per-day", "0")],
)  # fmt: skip
def test_both_at_once_and_nothing_are_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="--most-miles-per-day: found"):
        say(*words)
