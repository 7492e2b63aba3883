"""Commands of the network survey: questionnaires out, answers back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pandas as pd

import partnet as pn

from ...core.storage.writing import refuse_input
from ...core.wording.safety import clean_terminal
from ...core.wording.text import count_noun
from ..console import echo_json
from ..given import given_tables, naming_options
from ..group import NetworkPath, check_ending, check_new_folder, cli, keep_given, table_option
from ..numbers import Whole
from ..printing import print_result
from ..reading import announce, read_whole
from .exporting import check_format

if TYPE_CHECKING:
    from ...core.errors import InputProblem
    from ...core.network import Network

PROBLEMS = 20  # kinds that are printed; --json gives every one


@cli.group()
def survey() -> None:
    """Ask partners whom they work with, and read the answers back."""


@survey.command()
@click.argument("source", metavar="INPUT", type=NetworkPath)
@table_option
@click.option("-o", "--output", required=True, type=NetworkPath, help="The folder to write.")
@click.option(
    "--for", "tool", type=click.Choice(["excel", "xlsform", "redcap", "qualtrics", "forms"]),
    default="excel", show_default=True,
    help="A workbook for each; or one form: KoBo and ODK, REDCap, Qualtrics, Google or Microsoft.",
)  # fmt: skip
@click.option("--wave", metavar="NAME", help="What this round is called; default: the year.")
@click.option(
    "--relation", "relations", multiple=True, metavar="NAME",
    help="A relation to ask about; default: the five most on file.",
)  # fmt: skip
@click.option(
    "--organization", "organizations", multiple=True, metavar="NAME",
    help="Whom to ask; default: everybody.",
)  # fmt: skip
@click.option(
    "--partners", type=Whole(), default=40, show_default=True, help="Most partners on a list."
)
@click.option(
    "--ratings/--no-ratings", default=True, show_default=True, help="Ask about value and trust."
)
@click.option("--goals/--no-goals", default=True, show_default=True, help="Ask about goals.")
@click.option(
    "--own-goals", is_flag=True,
    help="A form for all asks each organization about its own goals too, as far as it can.",
)  # fmt: skip
@click.option(
    "--voices/--no-voices", default=True, show_default=True, help="Ask whom they speak for."
)
@click.option(
    "--profile/--no-profile", default=False, show_default=True,
    help="Ask in workbooks what it does, for whom and why.",
)  # fmt: skip
@click.option("--due", metavar="TEXT", help='By when, as printed: "March 31, 2027".')
@click.option("--reply-to", metavar="TEXT", help="Where to send it, as printed.")
@click.option("--as-of", metavar="DATE", help="The day to judge on; default: today.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
def new(source: Path, output: Path, as_of: str | None, as_json: bool, **options: Any) -> None:
    """Write a questionnaire for every organization, or one form for a survey tool.

    Nothing that somebody filled in is overwritten. Read the answers with: partnet survey collect.
    """
    check_new_folder(output, source)
    net, day = read_whole(source, None, as_of)
    with announce("Writing the questionnaires"), naming_options():
        made = pn.write_questionnaires(net, output, as_of=day, **keep_given(options))
    if as_json:
        echo_json(made)
        return
    for sentence in made.sentences:
        click.echo(clean_terminal(sentence))
    where = (
        "send them out, put what comes back into a folder"
        if options["tool"] == "excel"
        else (f"make the form of it, send its link, save the export into {output}")
    )
    what = "FOLDER" if options["tool"] == "excel" else "EXPORT"
    click.echo(f"Next: {where}, and run: partnet survey collect {what} {source} -o NEW")


@survey.command()
@click.argument("folder", metavar="ANSWERS", type=NetworkPath)
@click.argument("source", metavar="INPUT", type=NetworkPath)
@table_option
@click.option("-o", "--output", required=True, type=NetworkPath, help="The network to write.")
@click.option("--map", "mapping", type=NetworkPath, help="How an export is read (.toml).")
@click.option("--accept", is_flag=True, help="Put corrections of what is on file in place.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
def collect(
    folder: Path, source: Path, output: Path, mapping: Path | None, accept: bool, as_json: bool
) -> None:
    """Read the ANSWERS, add them to the network INPUT, and write it as a new one.

    ANSWERS is a folder of questionnaires that came back, or the export of a survey tool. Every
    answer is in the new network or named as set aside. ANSWERS and INPUT stay as they are.
    """
    check_format(output)
    refuse_input(output, [source, folder])
    with announce("Reading the tables"):
        net = pn.read_network(source, tables=given_tables())
    with announce("Reading the answers"):
        answered = pn.collect_answers(net, folder, mapping=mapping, accept=accept)
    with announce("Writing the network"):
        pn.write_network(answered, output)
    if as_json and answered.log is not None:
        echo_json(answered.log)
        return
    print_answers(answered, len(net.problems))
    click.echo(f"Written: {output}. Next: partnet report {output} -o report.html")


def print_answers(answered: Network, known: int) -> None:
    """Print what became of the answers, and what was set aside or assumed.

    What was found alike in many places stands there once, with how often.
    """
    for sentence in answered.log.sentences if answered.log else ():
        click.echo(clean_terminal(sentence))
    alike: dict[tuple[str, ...], list[InputProblem]] = {}
    for each in sorted(answered.problems[known:], key=lambda problem: problem.level):
        place = (each.where.sheet, each.where.column)
        alike.setdefault((each.level, *place, each.found, each.allowed, each.fix), []).append(each)
    groups = [*alike.values()]
    for first, *others in groups[:PROBLEMS]:
        more = f" ({len(others):,} more like it.)" if others else ""
        click.echo(clean_terminal(f"{first.level}: {first}{more}"), err=True)
    left = sum(map(len, groups[PROBLEMS:]))
    if left:
        click.echo(f"... {left:,} more; --json gives every one.", err=True)


@survey.command()
@click.argument("folder", metavar="ANSWERS", type=NetworkPath)
@click.argument("source", metavar="INPUT", type=NetworkPath)
@table_option
@click.option("--map", "mapping", type=NetworkPath, help="How an export is read (.toml).")
@click.option("--json", "as_json", is_flag=True, help="Print the corrections as JSON.")
def changes(folder: Path, source: Path, mapping: Path | None, as_json: bool) -> None:
    """List what the ANSWERS correct of what is on file in INPUT, before and after.

    Nothing is written: partnet survey collect --accept puts the corrections in place.
    """
    with announce("Reading the tables"):
        net = pn.read_network(source, tables=given_tables())
    with announce("Reading the answers"):
        log = pn.collect_answers(net, folder, mapping=mapping).log
    found = log.tables["changes"] if log is not None else pd.DataFrame()
    if as_json:
        click.echo(found.to_json(orient="records", force_ascii=False, indent=2))
        return
    click.echo(f"{count_noun(len(found), 'correction')} of what is on file.")
    for row in found.itertuples():
        column = f", {row.column}" if row.column else f" with {row.about}" if row.about else ""
        after = f'"{row.after}" said' if row.after else "none said"
        said = f'{row.name} ({row.table}{column}): "{row.before}" on file, {after}'
        click.echo(clean_terminal(f"{said} ({row.where})."))
    if len(found):
        how = "" if mapping is None else f" --map {mapping}"
        command = f"partnet survey collect {folder} {source}{how} --accept -o NEW"
        click.echo(f"To put them in place: {command}")


@survey.command("map")
@click.argument("export", metavar="EXPORT", type=NetworkPath)
@click.argument("source", metavar="INPUT", type=NetworkPath)
@table_option
@click.option("-o", "--output", type=NetworkPath, help="Where to keep it (.toml).")
def map_(export: Path, source: Path, output: Path | None) -> None:
    """Propose how the EXPORT of a survey tool is read: which column asks what about whom."""
    if output is not None:
        check_ending(output, (".toml",), source, export)
    with announce("Reading the tables"):
        net = pn.read_network(source, tables=given_tables())
    mapping = pn.propose_mapping(net, export, output=output)
    if output is None:
        click.echo(clean_terminal(mapping.to_toml()))
        return
    partners = len({column.partner for column in mapping.columns} - {""})
    whom = f'the organization in "{mapping.partner}"' if mapping.partner else f"{partners} partners"
    click.echo(
        f"Written: {output}. {len(mapping.columns):,} columns about {whom} are "
        f"read, {len(mapping.left):,} are not. Look through it, then run: partnet survey collect "
        f"{export} {source} --map {output} -o NEW"
    )


@survey.command()
@click.argument("source", metavar="INPUT", type=NetworkPath)
@table_option
@click.option("-n", "n", type=Whole(), default=5, show_default=True, help="How many to ask first.")
@click.option(
    "--relation", "relations", multiple=True, metavar="NAME",
    help="A relation that counts; default: the working ones.",
)  # fmt: skip
@click.option(
    "--imputations", type=Whole(2), default=200, show_default=True, help="Plausible networks drawn."
)
@click.option("--as-of", metavar="DATE", help="The day to judge on; default: today.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
def status(source: Path, as_of: str | None, as_json: bool, **options: Any) -> None:
    """Say who has answered, and whom to ask first of those who have not.

    First are those whose answers would narrow the ranges of ranks most.
    """
    net, day = read_whole(source, None, as_of)
    with announce("Drawing what the silent may say"), naming_options():
        found = pn.find_nonrespondents(net, as_of=day, **keep_given(options))
    print_result(found, as_json)
