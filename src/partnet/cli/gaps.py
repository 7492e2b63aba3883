"""What the command line says of kinds of gaps: read from their list only when it is asked for."""

from __future__ import annotations

from typing import Any

import click

from .given import naming_options
from .refusals import Command


class KindOption(click.Option):
    """``--kind``: its help names the kinds that there are; ``--family`` is its old name."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Give the option and what it takes."""
        from ..questions.gaps.kinds import list_kinds

        kinds = list_kinds().values()
        named = ", ".join(f"{kind.name} ({kind.label})" for kind in kinds)
        return "--kind NAME", f"{self.help} One of {named}."


def check_kinds(_: click.Context, __: click.Parameter, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a kind that there is not, before anything is read."""
    if kinds:
        from ..questions.gaps.kinds import choose_kinds

        with naming_options():
            choose_kinds(kinds)
    return kinds


class RunCommand(Command):
    """``partnet run``: its help names the limits that a configuration can set."""

    def format_epilog(self, ctx: click.Context, formatter: Any) -> None:
        """Say which thresholds there are."""
        from ..core.results.limits import EXAMPLE, WATCHED
        from ..questions.gaps.kinds import list_thresholds

        with formatter.indentation():
            formatter.write_paragraph()
            formatter.write_text(
                "Under [thresholds] the most, under [at_least] the least that may be found before "
                f"it exits with 3: {', '.join((*list_thresholds(), *WATCHED))}, and any number of "
                f"a sentence (as {EXAMPLE}; all stand in the documentation)."
            )
