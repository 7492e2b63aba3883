"""Commands that read or write files: templates, checks, public files, repeated runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import partnet as pn

from ...core.errors import UsageError
from ...core.storage.writing import (
    check_output,
    make_folder,
    refuse_input,
    write_new,
)
from ...core.wording.safety import clean_terminal
from ...core.wording.text import count_noun
from ...io.samples import SAMPLE_DAY, write_sample
from ..codes import EXIT_INPUT, EXIT_THRESHOLD
from ..console import echo_json
from ..gaps import RunCommand
from ..given import given_tables, naming_options
from ..group import NetworkPath, check_new_folder, cli, refuse_table, table_option
from ..history import check_kept, find_earlier, keep_state
from ..numbers import Number
from ..printing import print_problems
from ..reading import Progress, announce, hold_small_texts, read_whole, settle_day

if TYPE_CHECKING:
    from ...config import Config
    from ...core.network import Network
    from ...core.results.result import Result

READERS = {  # of public files; a test holds them against the readers themselves
    "cms_hospitals": "CMS Hospital General Information.",
    "cms_enrollments": "CMS Hospital or Rural Health Clinic Enrollments.",
    "hrsa_sites": "HRSA Health Center Service Delivery and Look-Alike Sites.",
    "ahrq_linkage": "AHRQ Compendium, hospital linkage.",
    "hrsa_grants": "HRSA Awarded Grants.",
    "fcc_pilot": "FCC Rural Health Care Pilot, sites of 2012.",
    "hrsa_site_list": "An older list of health center sites.",
    "irs_bmf": "IRS Exempt Organizations Business Master File.",
    "irs_sponsors": "IRS Form 990, names of those who give grants.",
    "irs_grants": "IRS Form 990 Schedule I, grants.",
    "usaspending_subawards": "USAspending subawards.",
    "rural_closures": "Rural Hospital Closures (Sheps Center).",
    "mssp_participants": "CMS Shared Savings Program, ACO participants.",
    "cms_owners": "CMS Hospital or Rural Health Clinic All Owners.",
    "usda_rucc": "USDA Rural-Urban Continuum Codes.",
    "nchs_codes": "NCHS Urban-Rural Classification.",
    "county_adjacency": "Census County Adjacency File.",
    "open_referral": "A service directory (Open Referral, 211).",
}


@cli.command()
@click.argument("path", type=NetworkPath)
@click.option(
    "--survey", metavar="NAME", help="Only the questions of a survey: alliance, stocktaking."
)
@click.option("--full", is_flag=True, help="Also the sheets that only some have: agreements ...")
@click.option("--sample", is_flag=True, help="The invented sample, filled in, to try things on.")
def template(path: Path, survey: str | None, full: bool, sample: bool) -> None:
    """Write an empty workbook to fill in, with drop-downs, an example row and notes.

    It offers the organizations that you list wherever a column names one. A workbook that is
    filled in is never overwritten. With --sample it is one that is filled in already.
    """
    if sample:
        if survey or full:
            raise UsageError(
                "--sample: found it beside --survey or --full. The sample is one workbook, as it "
                "is. Write --sample alone."
            )
        write_sample(path)
        click.echo(f"Written: {path}, all of it invented. Try it: partnet report {path} --as-of "
                   f"{SAMPLE_DAY} -o sample.html")  # fmt: skip
        return
    pn.write_template(path, survey=survey, all_tables=full)
    after = f"profile my.xlsx --survey {path}" if survey else f"check {path}"
    click.echo(f"Written: {path}. Fill in what you have, then run: partnet {after}")


@cli.command()
@click.argument("source", metavar="INPUT", type=NetworkPath)
@click.option(
    "-o", "--output", type=NetworkPath,
    help="Write the input again, .xlsx, with every problem's cell colored and commented.",
)  # fmt: skip
@table_option
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
def check(source: Path, output: Path | None, as_json: bool) -> int:
    """Name everything in the tables that is wrong or had to be assumed.

    With -o marked.xlsx, your own workbook comes back with the cells colored, a comment in each, and
    a first sheet that lists the problems with links. Mend them there or in your own file.
    """
    hold_small_texts(source)
    with announce("Checking the tables"), naming_options():
        result = pn.check_tables(source, output=output, tables=given_tables())
    if as_json:
        echo_json(result)
    else:
        print_problems(result)
    return EXIT_INPUT if (result.table["level"] == "error").any() else 0


def reader_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for every reader: ``--cms-hospitals FILE`` is ``cms_hospitals=FILE``."""
    for reader, words in reversed(READERS.items()):
        option = f"--{reader.replace('_', '-')}"
        command = click.option(option, multiple=True, metavar="FILE", help=words)(command)
    return command


@cli.command()
@click.argument("files", nargs=-1, metavar="FILES")
@click.option("-o", "--output", type=NetworkPath, help="The folder to write.")
@click.option("--state", multiple=True, metavar="XX", help="A State, for example NE.")
@click.option("--county", multiple=True, metavar="NAME", help='A county: 31027 or "Cedar, NE".')
@click.option("--nation", is_flag=True, help="Everything in the files.")
@click.option(
    "--border-km", type=Number(), default=0.0, help="Keep neighbors this far across the line."
)
@click.option("--wide", is_flag=True, help="Keep churches, clubs, schools, private foundations.")
@click.option("--update", is_flag=True, help="Renew an earlier build: ids and your tables stay.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
@reader_options
def build(
    files: tuple[str, ...],
    output: Path | None,
    state: tuple[str, ...],
    county: tuple[str, ...],
    nation: bool,
    border_km: float,
    wide: bool,
    update: bool,
    as_json: bool,
    **claimed: tuple[str, ...],
) -> None:
    """Turn public files into a network folder.

    FILES are what you downloaded, in any mix: CSV, gzip, zip, or folders. What each is, its header
    tells; the option of a reader says so (docs/public-files.md). A single recipe.toml holds all of
    it for repeated runs.
    """
    from ...public.build import build_folder

    files += tuple(f"{reader}={path}" for reader in READERS for path in claimed[reader])
    if len(files) == 1 and files[0].endswith(".toml"):
        settings = pn.read_recipe(files[0])
    elif output is None:
        raise UsageError("--output: found none. A build writes a folder. Give -o FOLDER.")
    else:
        check_new_folder(output)
        settings = {"files": files, "output": output, "state": state, "counties": county}
        settings |= {"nation": nation, "border_km": border_km, "wide": wide, "update": update}
    result = build_folder(**settings, progress=Progress())
    if as_json:
        echo_json(result)
        return
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))
    folder = settings["output"]
    click.echo(f"Written: {folder}. Next: partnet check {folder}")


@cli.command(cls=RunCommand)
@click.argument("path", metavar="CONFIG.toml", type=NetworkPath, required=False)
@click.option(
    "--example", is_flag=True,
    help="Write a configuration to begin with, every key explained; without a name, print it.",
)  # fmt: skip
def run(path: Path | None, example: bool) -> int:
    """Do what a configuration says, every month the same, and say what changed."""
    from ...config import read_config

    if example:
        give_example(path)
        return 0
    if path is None:
        raise UsageError(
            "partnet run: found no CONFIG.toml. It names the input and the reports to write. Give "
            "one, or make one: partnet run --example monthly.toml"
        )
    config = read_config(path)
    today = settle_day(config.as_of or None)
    config = config.on(today)
    check_outputs(path, config)
    whole, day = read_whole(config.input, config.convener or None, today)
    if config.history is not None:
        check_kept(config.history, day)
    net = whole.for_audience(config.audience, config.organization or None)
    net = net if config.units is None else net.in_units(config.units)
    others = read_others(config)
    earlier = find_earlier(config.history, day) if config.history is not None else None
    for output in config.outputs:
        with announce(f"Writing {output.name}"):
            written = pn.write_report(
                net, output, as_of=day, since=earlier, others=others, progress=Progress()
            )
            click.echo(f"Written: {written}")
    for target in config.export:
        with announce(f"Writing {target.name}"):
            click.echo("\n".join(pn.export_network(net, target).sentences))
    found = pn.find_gaps(net, as_of=day)
    if config.history is not None:
        keep_history(config.history, whole, net, day, earlier)
    if config.snapshot is not None:
        print_changes(config.snapshot, collect_findings(net, found, day))
    limit = 0 if config.strict else config.max_set_aside
    return code_of_set_aside(whole, limit) or code_of_thresholds(config, net, day, earlier)


def give_example(path: Path | None) -> None:
    """Write a configuration to begin with, or print it."""
    from ...config import read_example

    text = read_example()
    if path is None:
        click.echo(text, nl=False)
        return
    write_new(path, text.encode("utf-8"), ".toml")
    click.echo(f"Written: {path}. Change its input and outputs, then: partnet run {path}")


def read_others(config: Config) -> list[Network]:
    """Read the networks of others, as any reader of this audience may see them."""
    read = [pn.read_network(other).for_audience(config.audience) for other in config.others]
    return read if config.units is None else [each.in_units(config.units) for each in read]


def keep_history(
    history: Path, whole: Network, net: Network, day: str, earlier: Network | None
) -> None:
    """Keep the tables of this run, and say what came and went since the one before."""
    from ...questions.comparison.since import show_alike, tell_since

    found = None if earlier is None else tell_since(show_alike(earlier, net), net.at(day))
    for said in found.sentences if found is not None else ():
        click.echo(clean_terminal(str(said)))
    click.echo(f"Written: {keep_state(history, day, whole, found)}")


def check_outputs(path: Path, config: Config) -> None:
    """Refuse, before the work starts, outputs that are inputs, that are one, or not partnet's.

    Folders of outputs are made within the folder of the configuration.
    """
    from ...config import read_snapshot

    check_others(path, config)
    seen: set[Path] = set()
    snapshot = [config.snapshot] if config.snapshot is not None else []
    history = [config.history] if config.history is not None else []
    for output in (*config.outputs, *config.export, *snapshot, *history):
        refuse_input(output, [config.input, *config.others, path])
        refuse_table(output, config.input, *config.others)
        real = output.resolve()
        if real in seen:
            raise UsageError(
                f"{path.name}: found {output.name} as two outputs. Each needs a file of its own. "
                "Give one another name."
            )
        seen.add(real)
    for output in (*config.outputs, *config.export):
        if output.resolve().is_relative_to(path.resolve().parent):  # elsewhere may be a slip
            make_folder(output.parent)
    for output in config.outputs:
        check_output(output)
    for output in snapshot:  # of partnet's own kind, or refused; each run replaces it
        check_output(output, force=True)
        read_snapshot(output)


def check_others(path: Path, config: Config) -> None:
    """Refuse a network of others that is not there, or that is the input or another one again."""
    seen = {config.input.resolve(): "the input"}
    for other in config.others:
        place, found = f"{path.name}, others", other.resolve()
        if not other.exists():
            raise UsageError(
                f"{place}: found {other.name}, which is not there. Each is a file or a folder of "
                "another coalition's tables. Correct the path, meant from the folder of this file."
            )
        if found in seen:
            raise UsageError(
                f"{place}: found {other.name}, which is {seen[found]}. A network is not held "
                "against itself. Leave it out."
            )
        seen[found] = "there twice"


def code_of_set_aside(net: Network, limit: int | None) -> int:
    """Say how many rows were set aside; fail only above a limit."""
    from ...io.read import set_aside_rows

    aside = set_aside_rows(net.problems)
    if aside:
        rows = "1 row was" if aside == 1 else f"{aside} rows were"
        click.echo(f"{rows} set aside: partnet check tells which and why.", err=True)
    return EXIT_INPUT if limit is not None and aside > limit else 0


def code_of_thresholds(config: Config, net: Network, day: str, earlier: Network | None) -> int:
    """Say which limits were crossed, and which numbers are not known this time."""
    if not config.thresholds and not config.at_least:
        return 0
    from ...questions.comparison.since import show_alike
    from ...report.answers import Answers
    from ...report.watched import watch

    before = None if earlier is None else show_alike(earlier, net)
    held = watch(Answers(net.at(day), before), config.thresholds, config.at_least)
    for one in held:
        if one.found is None:
            click.echo(f"Not known this time: {one.name}.", err=True)
        elif one.crossed:
            allowed = f"{'at least ' if one.at_least else ''}{one.limit:g}"
            click.echo(f"Threshold crossed: {one.found:g} {one.name}, allowed {allowed}.", err=True)
    return EXIT_THRESHOLD if any(one.crossed for one in held) else 0


def collect_findings(net: Network, found: Result, day: str) -> dict[str, list[str]]:
    """What a snapshot keeps, in words that a person can read."""
    gaps = [
        f"{row.gap_id} {row.kind}: {row.organization_name or row.place_name}, {row.rule}"
        for row in found.table.itertuples()
    ]
    pairs = pn.recommend_partners(net, as_of=day).tables["network"]
    named = [f"{row.organization_name} and {row.partner_name}" for row in pairs.itertuples()]
    return {"gaps": gaps, "recommended pairs": named}


def print_changes(path: Path, findings: dict[str, list[str]]) -> None:
    from ...config import compare_snapshots, read_snapshot, write_snapshot

    before = read_snapshot(path)
    if not before:
        click.echo("First run: nothing to compare with yet.")
    else:
        for key, (entered, left) in compare_snapshots(before, findings).items():
            came = count_noun(len(entered), key.removesuffix("s"), key)
            click.echo(f"Since the last run, {came} entered and {len(left):,} left.")
            for sign, items in (("+", entered), ("-", left)):
                for item in items:
                    click.echo(clean_terminal(f"  {sign} {item}"))
    write_snapshot(path, findings)
