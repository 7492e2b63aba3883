"""Results on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import partnet as pn

from ..core.wording.safety import clean_terminal
from ..core.wording.text import count_noun
from .console import echo_json

if TYPE_CHECKING:
    import pandas as pd

    from ..core.results.result import Result


GROUPS = 20  # kinds of problems that are printed
ROWS = 15  # rows of a table that are printed; --json gives all
WIDTH = 120  # characters of its lines; a wider table would be folded beyond reading


def print_result(result: Result, as_json: bool, columns: Sequence[str] = ()) -> None:
    """Print sentences and the head of the table, or only some of its columns; or all as JSON."""
    if as_json:
        echo_json(result)
        return
    click.echo(f"{result.title}\n")
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))
    rows = len(result.table) if len(result.table) <= 2 * ROWS else ROWS
    if rows:
        head = result.preview(rows)
        head = head.loc[:, [not (head[n].isna() | head[n].eq("")).all() for n in head]]
        head = head[[name for name in columns if name in head] or head.columns]
        shown, left = fit_table(head)
        click.echo("\n" + clean_terminal(shown, keep_lines=True))
        counts = ((len(result.table) - rows, "rows"), (left, "columns"))
        more = [f"{n} more {what}" for n, what in counts if n]
        if more:
            click.echo(f"... {' and '.join(more)}; --json gives all.")


def fit_table(table: pd.DataFrame) -> tuple[str, int]:
    """Write as many columns as fit on a line; how many are left. A name stands for id and kind."""
    from ..core.wording.text import say_number

    def write(columns: int) -> str:
        return table.iloc[:, :columns].to_string(
            index="name" not in table, max_colwidth=40, float_format=say_number, na_rep=""
        )

    if "name" in table and max(map(len, write(table.shape[1]).splitlines())) > WIDTH:
        table = table.drop(columns="kind", errors="ignore")
    fitting = table.shape[1]
    while fitting > 1 and max(map(len, write(fitting).splitlines())) > WIDTH:
        fitting -= 1
    return write(fitting), table.shape[1] - fitting


def print_page(result: Result, as_json: bool) -> None:
    """Print gaps as a page: sentences, then the most severe ones with who could do what."""
    if as_json:
        echo_json(result)
        return
    click.echo(f"{result.title}\n")
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))
    for row in result.tables["top"].itertuples():
        more = f", and {row.more} more of the same" if row.more else ""
        click.echo(
            clean_terminal(f"\n{row.rank:>2}. {row.what} (severity {row.severity:.2f}{more})")
        )
        for label, text in (("on file", row.why), ("who", row.who), ("next", row.next_step)):
            click.echo(clean_terminal(f"    {label}: {text}"))
    if len(result.table):
        click.echo(f"\n{count_noun(len(result.table), 'gap')} in all; --json gives every one.")


def print_problems(result: Result) -> None:
    """Print problems by kind and column, the first twenty; --json gives every one."""
    for sentence in result.sentences:
        click.echo(sentence)
    groups = result.tables["groups"]
    for row in groups.head(GROUPS).itertuples():
        place = ", ".join(filter(None, (str(pn.Where(row.file, row.sheet)), _say_place(row))))
        click.echo(
            clean_terminal(f"{row.level}: {place}: found {row.found}. {row.allowed} {row.fix}")
        )
    left = groups.iloc[GROUPS:]
    if len(left):
        click.echo(
            f"... {left['count'].sum():,} more of {len(left):,} kinds; --json gives every one."
        )


def _say_place(row: Any) -> str:
    """Rows and column of an entry, in words."""
    rows = "" if not row.rows else f"row{'s' * (row.count > 1)} {row.rows}"
    return ", ".join(filter(None, (rows, f'column "{row.column}"' if row.column else "")))


def give(
    result: Result,
    output: Path | None,
    as_json: bool,
    show: Callable[[Result, bool], None] | None = None,
    template: Path | None = None,
) -> None:
    """Print a result, or write its brief."""
    if output is None:
        (show or print_result)(result, as_json)
    else:
        click.echo(f"Written: {pn.write_brief(result, output, template=template)}")
