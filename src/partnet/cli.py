"""The command line: the verbs of the library, and nothing more."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import partnet as pn

from .config import Config, compare_snapshots, read_config, read_snapshot, write_snapshot
from .errors import PartnetError, UsageError
from .safety import clean_terminal

if TYPE_CHECKING:
    from .network import Network
    from .results import Result

EXIT_INPUT, EXIT_USAGE, EXIT_THRESHOLD, EXIT_INTERNAL = 1, 2, 3, 70
SLOW_SECONDS = 2.0  # after this long a step says on stderr that it is still at work
ROWS = 15  # rows of a table that are printed; --json gives all

NetworkPath = click.Path(path_type=Path)


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
        _fail(str(error), EXIT_USAGE)
    except (PartnetError, OSError) as error:
        _fail(str(error), EXIT_INPUT)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        _fail(
            f"partnet failed ({type(error).__name__}: {error}). This is a fault of partnet, not of "
            "your file. Run again with --debug and send the output to the developers.",
            EXIT_INTERNAL,
        )


def _fail(message: str, code: int) -> None:
    click.echo(clean_terminal(message), err=True)
    sys.exit(code)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(pn.__version__, package_name="partnet")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
def cli(debug: bool) -> None:
    """Partnership networks in health: who is central, where the gaps are, whom to approach next.

    INPUT is a folder of CSV files or an Excel workbook; `partnet template my.xlsx` makes one.
    """


def _shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every verb on a network has."""
    options = [
        click.argument("source", metavar="INPUT", type=NetworkPath),
        click.option("--as-of", metavar="DATE", help="The day to judge on; default: today."),
        click.option("--convener", metavar="NAME", help="Who convenes the network."),
        click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@cli.command()
@click.argument("path", type=NetworkPath)
@click.option(
    "--survey", metavar="NAME", help="Only the questions of a survey: alliance, stocktaking."
)
def template(path: Path, survey: str | None) -> None:
    """Write an empty workbook to fill in, with drop-downs, an example row and notes."""
    pn.write_template(path, survey=survey)
    after = f"profile my.xlsx --survey {path}" if survey else f"check {path}"
    click.echo(f"Written: {path}. Fill in what you have, then run: partnet {after}")


@cli.command()
@click.argument("source", metavar="INPUT", type=NetworkPath)
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
def check(source: Path, as_json: bool) -> int:
    """Name everything in the tables that is wrong or had to be assumed."""
    with _announce("Checking the tables"):
        result = pn.check_tables(source)
    if as_json:
        click.echo(result.to_json())
    else:
        _print_problems(result)
    return EXIT_INPUT if (result.table["level"] == "error").any() else 0


def _print_problems(result: Result) -> None:
    from .results import plain_value

    for sentence in result.sentences:
        click.echo(sentence)
    for row in result.table.itertuples():
        place = pn.Where(row.file, row.sheet, plain_value(row.row), row.column)
        problem = pn.InputProblem(place, row.found, row.allowed, row.fix)
        click.echo(clean_terminal(f"{row.level}: {problem}"))


def _brief_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that writes a brief instead of printing it."""
    words = "Write the brief: .html, .xlsx or .json."
    return click.option("-o", "--output", type=NetworkPath, help=words)(command)


def _give(result: Result, output: Path | None, as_json: bool) -> None:
    """Print a result, or write its brief."""
    if output is None:
        _print_result(result, as_json)
    else:
        click.echo(f"Written: {pn.write_brief(result, output)}")


@cli.command()
@_shared_options
@click.option("--organization", metavar="NAME", help="The one-page brief of one organization.")
@_brief_option
def describe(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    organization: str | None,
    output: Path | None,
) -> None:
    """Say who is here, what they do, for whom and with whose money."""
    if output is not None and organization is None:
        raise UsageError("-o: a brief is of one organization. Add --organization, or use report.")
    net, day = _read(source, convener, as_of)
    if organization is None:
        _print_result(pn.describe_network(net, as_of=day), as_json)
        return
    with _announce("Writing the brief"):
        _give(pn.describe_organization(net, organization, as_of=day), output, as_json)


@cli.command()
@_shared_options
@click.option("--place", multiple=True, metavar="PLACE", help="A county, several, or the State.")
@click.option("--seats", default=8, show_default=True, help="Most people at one table.")
@_brief_option
def session(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    place: tuple[str, ...],
    seats: int,
    output: Path | None,
) -> None:
    """Prepare a partnership session: grantees, synergies, seats, agenda, outcome register."""
    net, day = _read(source, convener, as_of)
    with _announce("Preparing the session"):
        result = pn.prepare_session(net, place or None, seats=seats, as_of=day)
        _give(result, output, as_json)


@cli.command()
@_shared_options
@click.option("--survey", type=NetworkPath, help="Answers to add: a workbook or CSV file.")
@_brief_option
def profile(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    survey: Path | None,
    output: Path | None,
) -> None:
    """Say how community-based organizations partner with health care: category and themes."""
    net, day = _read(source, convener, as_of)
    if survey is not None:
        known = len(net.problems)
        net = pn.read_survey(net, survey)
        for problem in net.problems[known:]:
            click.echo(clean_terminal(f"{problem.level}: {problem}"), err=True)
    _give(pn.profile_partnerships(net, as_of=day), output, as_json)


@cli.command()
@_shared_options
@click.argument("one", metavar="ORGANIZATION")
@click.argument("other", metavar="ORGANIZATION")
@_brief_option
def align(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    one: str,
    other: str,
    output: Path | None,
) -> None:
    """Lay two organizations side by side: what they share, bring, and have to settle."""
    net, day = _read(source, convener, as_of)
    with _announce("Comparing the two"):
        _give(pn.align_organizations(net, one, other, as_of=day), output, as_json)


@cli.command()
@_shared_options
def centrality(source: Path, as_of: str | None, convener: str | None, as_json: bool) -> None:
    """Say who is central."""
    net, day = _read(source, convener, as_of)
    _print_result(pn.measure_centrality(net, as_of=day), as_json)


@cli.command()
@_shared_options
@click.option("--grouping", default="sector", show_default=True, help="Groups to mix: a column.")
def structure(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, grouping: str
) -> None:
    """Say what shape the network has: how dense, in how many parts, along which lines."""
    net, day = _read(source, convener, as_of)
    with _announce("Comparing with chance"):
        result = pn.measure_structure(net, as_of=day, grouping=grouping)
    _print_result(result, as_json)


@cli.command()
@_shared_options
@click.option("--fillings", default=200, show_default=True, help="How many networks to draw.")
def uncertainty(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, fillings: int
) -> None:
    """Say how sure the numbers are, given who answered and that ties may be wrong."""
    net, day = _read(source, convener, as_of)
    with _announce("Drawing plausible networks"):
        result = pn.measure_uncertainty(net, as_of=day, fillings=fillings)
    _print_result(result, as_json)


@cli.command()
@_shared_options
@click.option("--with-convener", is_flag=True, help="Keep the convener in.")
def bridges(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, with_convener: bool
) -> None:
    """Say who bridges which groups, and what breaks if they leave."""
    net, day = _read(source, convener, as_of)
    _print_result(pn.find_bridges(net, as_of=day, with_convener=with_convener), as_json)


@cli.command()
@_shared_options
@click.option(
    "--family",
    multiple=True,
    help="rule, coverage, overlap, funding, contact, sector, agreement, voice.",
)
@click.option("--where", metavar="COUNTY", help="A county, by name or code.")
def gaps(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    family: tuple[str, ...],
    where: str | None,
) -> None:
    """List what ought to be there and is not on file."""
    net, day = _read(source, convener, as_of)
    _print_result(pn.find_gaps(net, family or None, where=where, as_of=day), as_json)


@cli.command()
@_shared_options
@click.option("--organization", metavar="NAME", help="For whom; default: for everybody.")
@click.option("-n", default=5, show_default=True, help="How many partners to name.")
def recommend(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    organization: str | None,
    n: int,
) -> None:
    """Say whom to approach next, why, and through whom."""
    net, day = _read(source, convener, as_of)
    with _announce("Scoring pairs"):
        result = pn.recommend_partners(net, organization, n, as_of=day)
    _print_result(result, as_json)


@cli.command()
@_shared_options
@click.option(
    "--hide",
    type=click.Choice(["document", "tie", "organization"]),
    default="document",
    show_default=True,
    help="What is hidden together; organization: as if it were new.",
)
@click.option("--later", type=NetworkPath, help="A later wave of the same file: the truth.")
def backtest(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    hide: str,
    later: Path | None,
) -> None:
    """Say how often the recommendations would have named partners that are really on file."""
    net, day = _read(source, convener, as_of)
    wave = None if later is None else _read(later, convener, as_of)[0]
    with _announce("Hiding ties and looking for them"):
        result = pn.backtest_recommendations(net, hide=hide, later=wave, as_of=day)  # type: ignore[arg-type]
    _print_result(result, as_json)


@cli.command()
@_shared_options
@click.option("--budget", default=10, show_default=True, help="How many introductions.")
@click.option(
    "--cap", default=2, show_default=True, help="Times one organization is named; 0: any."
)
def plan(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, budget: int, cap: int
) -> None:
    """Say which introductions to make first for the network as a whole."""
    net, day = _read(source, convener, as_of)
    with _announce("Planning introductions"):
        result = pn.plan_introductions(net, budget, cap=cap or None, as_of=day)
    _print_result(result, as_json)


@cli.command()
@click.argument("before", type=NetworkPath)
@click.argument("after", type=NetworkPath)
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
def compare(before: Path, after: Path, as_json: bool) -> None:
    """Say what changed between two waves: two folders or workbooks with the same ids."""
    with _announce("Comparing"):
        result = pn.compare_networks(pn.read_network(before), pn.read_network(after))
    _print_result(result, as_json)


@cli.command()
@click.argument("source", metavar="INPUT", type=NetworkPath)
@click.option("-o", "--output", required=True, type=NetworkPath, help=".html, .xlsx or .json")
@click.option("--as-of", metavar="DATE", help="The day to judge on; default: today.")
@click.option("--convener", metavar="NAME", help="Who convenes the network.")
@click.option("--strict", is_flag=True, help="Exit with 1 if any row was set aside.")
@click.option("--max-set-aside", type=int, help="Exit with 1 above this many rows set aside.")
def report(
    source: Path,
    output: Path,
    as_of: str | None,
    convener: str | None,
    strict: bool,
    max_set_aside: int | None,
) -> int:
    """Write the report: who is central, gaps, bridges, recommended partners."""
    net, day = _read(source, convener, as_of)
    with _announce("Writing the report"):
        written = pn.write_report(net, output, as_of=day)
    click.echo(f"Written: {written}")
    return _code_of_set_aside(net, 0 if strict else max_set_aside)


@cli.command()
@click.argument("path", metavar="CONFIG.toml", type=NetworkPath)
def run(path: Path) -> int:
    """Do what a configuration says, every month the same, and say what changed."""
    config = read_config(path)
    net, day = _read(config.input, config.convener or None, config.as_of or None)
    for output in config.outputs:
        with _announce(f"Writing {output.name}"):
            click.echo(f"Written: {pn.write_report(net, output, as_of=day)}")
    found = pn.find_gaps(net, as_of=day)
    if config.snapshot is not None:
        _print_changes(config.snapshot, _collect_findings(net, found, day))
    limit = 0 if config.strict else config.max_set_aside
    return _code_of_set_aside(net, limit) or _code_of_thresholds(config, found)


@cli.command()
@click.option("--state", required=True, metavar="XX", help="The State, for example NE.")
@click.option("--cms-hospitals", type=NetworkPath, help="CMS Hospital General Information.")
@click.option("--fcc-pilot", type=NetworkPath, help="FCC Rural Health Care Pilot sites.")
@click.option("--border-km", default=0.0, help="Keep neighbours this far across the State line.")
@click.option("-o", "--output", required=True, type=NetworkPath, help="The folder to write.")
def build(
    state: str,
    cms_hospitals: Path | None,
    fcc_pilot: Path | None,
    border_km: float,
    output: Path,
) -> None:
    """Turn public files into a network folder."""
    with _announce("Reading public files"):
        result = pn.build_network_folder(
            output,
            state=state,
            cms_hospitals=cms_hospitals,
            fcc_pilot=fcc_pilot,
            border_km=border_km,
        )
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))
    click.echo(f"Written: {output}. Next: partnet check {output}")


def _read(source: Path, convener: str | None, as_of: str | None) -> tuple[Network, str]:
    """Read the network; settle and print the day."""
    day = _settle_day(as_of)
    with _announce("Reading the tables"):
        net = pn.read_network(source, convener=convener)
    click.echo(clean_terminal(f"{net.summary()} As of {day}."), err=True)
    return net, day


def _settle_day(as_of: str | None) -> str:
    if as_of is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(as_of).isoformat()
    except ValueError as error:
        raise UsageError(f"--as-of: found {as_of!r}. Write the day as YYYY-MM-DD.") from error


def _print_result(result: Result, as_json: bool) -> None:
    if as_json:
        click.echo(result.to_json())
        return
    click.echo(f"{result.title}\n")
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))
    if len(result.table):
        shown = result.table.head(ROWS).dropna(axis="columns", how="all")
        click.echo("\n" + clean_terminal(shown.to_string(max_colwidth=40), keep_lines=True))
    if len(result.table) > ROWS:
        click.echo(f"... {len(result.table) - ROWS} more rows; --json gives all.")


def _code_of_set_aside(net: Network, limit: int | None) -> int:
    """Say how many rows were set aside; fail only above a limit."""
    from .tables.read import set_aside_rows

    aside = set_aside_rows(net.problems)
    if aside:
        rows = "1 row was" if aside == 1 else f"{aside} rows were"
        click.echo(f"{rows} set aside: partnet check tells which and why.", err=True)
    return EXIT_INPUT if limit is not None and aside > limit else 0


def _code_of_thresholds(config: Config, found: Result) -> int:
    counts = found.table["family"].value_counts().to_dict()
    counted = {f"{family}_gaps": number for family, number in counts.items()}
    counted["gaps"] = len(found.table)
    crossed = [key for key, most in config.thresholds.items() if counted.get(key, 0) > most]
    for key in crossed:
        number = counted.get(key, 0)
        click.echo(
            f"Threshold crossed: {number} {key}, allowed {config.thresholds[key]}.", err=True
        )
    return EXIT_THRESHOLD if crossed else 0


def _collect_findings(net: Network, found: Result, day: str) -> dict[str, list[str]]:
    """What a snapshot keeps, in words that a person can read."""
    gaps = [
        f"{row.gap_id} {row.family}: {row.organization_name or row.place_name}, {row.rule}"
        for row in found.table.itertuples()
    ]
    pairs = pn.recommend_partners(net, as_of=day).tables["network"]
    named = [f"{row.organization_name} and {row.partner_name}" for row in pairs.itertuples()]
    return {"gaps": gaps, "recommended pairs": named}


def _print_changes(path: Path, findings: dict[str, list[str]]) -> None:
    before = read_snapshot(path)
    if not before:
        click.echo("First run: nothing to compare with yet.")
    else:
        for key, (entered, left) in compare_snapshots(before, findings).items():
            click.echo(f"Since the last run, {len(entered)} {key} entered and {len(left)} left.")
            for sign, items in (("+", entered), ("-", left)):
                for item in items:
                    click.echo(clean_terminal(f"  {sign} {item}"))
    write_snapshot(path, findings)


@contextmanager
def _announce(step: str) -> Iterator[None]:
    """Say on stderr that a step is at work if it takes more than two seconds."""
    timer = threading.Timer(SLOW_SECONDS, lambda: click.echo(f"{step} ...", err=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


if __name__ == "__main__":
    main()
