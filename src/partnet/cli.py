"""The command line: the verbs of the library, and nothing more."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
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
    import pandas as pd

    from .network import Network
    from .results import Result

EXIT_INPUT, EXIT_USAGE, EXIT_THRESHOLD, EXIT_INTERNAL = 1, 2, 3, 70
SLOW_SECONDS = 2.0  # after this long a step says on stderr that it is still at work
SUGGESTION = ("organization_name", "partner_name", "probability", "introducer", "goals")
ROWS = 15  # rows of a table that are printed; --json gives all
WIDTH = 120  # characters of its lines; a wider table would be folded beyond reading

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


def _keep_option(context: click.Context, option: click.Parameter, value: Any) -> None:
    """Keep for whom a result is made until the network is read."""
    context.meta[f"partnet.{option.name}"] = value


def _audience_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say who will read the result; `_read` applies them to the tables."""
    keep: dict[str, Any] = {"expose_value": False, "callback": _keep_option}
    choice = click.Choice(["internal", "partner", "public"])
    audience = click.option(
        "--audience", type=choice, default="internal", show_default=True, **keep,
        help="Who reads it: what they must not see is left out of the tables first.",
    )  # fmt: skip
    reader = click.option(
        "--for", "reader", metavar="NAME", **keep, help="The partner that reads it: sees its own."
    )
    return audience(reader(command))


def _show_to_audience(net: Network, *, reader: bool = True) -> Network:
    """Give the network as its audience may see it; without `reader` another file's, as to all."""
    meta = click.get_current_context().meta
    name = meta.get("partnet.reader") if reader else None
    return net.for_audience(meta.get("partnet.audience", "internal"), name)


def _shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every verb on a network has."""
    options = [
        click.argument("source", metavar="INPUT", type=NetworkPath),
        click.option("--as-of", metavar="DATE", help="The day to judge on; default: today."),
        click.option("--convener", metavar="NAME", help="Who convenes the network."),
        click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON."),
    ]
    command = _audience_options(command)
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
        net = _show_to_audience(pn.read_survey(net, survey))
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
@click.option(
    "--family",
    type=click.Choice(["groups", "services", "funding", "populations", "places"]),
    default="groups",
    show_default=True,
    help="What organizations share.",
)
def affiliation(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, family: str
) -> None:
    """Say who sits at many tables, and which tables bring together who meets nowhere else."""
    net, day = _read(source, convener, as_of)
    _print_result(pn.measure_affiliation(net, family, as_of=day), as_json)


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
def explain(source: Path, as_of: str | None, convener: str | None, as_json: bool) -> None:
    """Say what goes together with ties: sector, county, services, money."""
    net, day = _read(source, convener, as_of)
    with _announce("Comparing with chance"):
        result = pn.explain_ties(net, as_of=day)
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
@click.option(
    "--where", metavar="PLACE", multiple=True, help="A county, by name or code, or a State."
)
def gaps(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    family: tuple[str, ...],
    where: tuple[str, ...],
) -> None:
    """List what ought to be there and is not on file."""
    net, day = _read(source, convener, as_of)
    result = pn.find_gaps(net, family or None, where=where or None, as_of=day)
    if as_json:
        click.echo(result.to_json())
    else:
        _print_page(result)


@cli.command()
@_shared_options
@click.option(
    "--organization", metavar="NAME", multiple=True, help="For whom; default: for everybody."
)
@click.option("--for-kind", metavar="KIND", multiple=True, help="For every organization of a kind.")
@click.option("-n", default=5, show_default=True, help="How many partners to name.")
@click.option("--kind", metavar="KIND", multiple=True, help="Only partners of this kind.")
@click.option("--county", metavar="COUNTY", multiple=True, help="Only partners in this county.")
@click.option("--within-km", type=float, help="Only partners so near, as the crow flies.")
@click.option("--within-minutes", type=float, help="Only partners so near by car, estimated.")
@click.option("--no-competitors", is_flag=True, help="Nobody of the same kind and county.")
@click.option(
    "--candidates", type=NetworkPath, help="Name only those of another file, as newcomers."
)
def recommend(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    n: int,
    no_competitors: bool,
    candidates: Path | None,
    **wishes: Any,
) -> None:
    """Say whom to approach next, why, and through whom."""
    net, day = _read(source, convener, as_of)
    with _announce("Scoring pairs"):
        result = pn.recommend_partners(
            net,
            wishes["organization"] or None,
            n,
            as_of=day,
            for_kinds=wishes["for_kind"] or None,
            kinds=wishes["kind"] or None,
            counties=wishes["county"] or None,
            within_km=wishes["within_km"],
            within_minutes=wishes["within_minutes"],
            competitors=not no_competitors,
            candidates=None
            if candidates is None
            else _show_to_audience(pn.read_network(candidates), reader=False),
        )
    _print_result(result, as_json, SUGGESTION)


@cli.command()
@_shared_options
@click.option(
    "--hide",
    type=click.Choice(["document", "tie", "organization"]),
    default="document",
    show_default=True,
    help="What is hidden together; organization: as if it were new.",
)
@click.option("--splits", default=5, show_default=True, help="Parts in which ties are hidden.")
@click.option("--later", type=NetworkPath, help="A later wave of the same file: the truth.")
def backtest(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    hide: str,
    splits: int,
    later: Path | None,
) -> None:
    """Say how often the recommendations would have named partners that are really on file."""
    net, day = _read(source, convener, as_of)
    wave = None if later is None else _read(later, convener, as_of)[0]
    with _announce("Hiding ties and looking for them"):
        result = pn.backtest_recommendations(
            net,
            hide=hide,  # type: ignore[arg-type]
            later=wave,
            splits=splits,
            as_of=day,
        )
    _print_result(result, as_json)


@cli.command()
@_shared_options
@click.option("--budget", default=10, show_default=True, help="How many introductions.")
@click.option(
    "--cap", default=2, show_default=True, help="Times one organization is named; 0: any."
)
@click.option("--acceptance", type=float, help="Chance that an introduction works, for all.")
@click.option("--goal", multiple=True, help="What counts: sector, part, gap, program.")
@click.option("--no-competitors", is_flag=True, help="Nobody of the same kind and county.")
def plan(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    budget: int,
    cap: int,
    acceptance: float | None,
    goal: tuple[str, ...],
    no_competitors: bool,
) -> None:
    """Say which introductions to make first for the network as a whole."""
    net, day = _read(source, convener, as_of)
    with _announce("Planning introductions"):
        result = pn.plan_introductions(
            net,
            budget,
            cap=cap or None,
            acceptance=acceptance,
            goals=goal or None,
            competitors=not no_competitors,
            as_of=day,
        )
    _print_result(result, as_json, ("step", *SUGGESTION[:2], "gain", "goals", "introducer"))


@cli.command()
@_shared_options
@click.option("--days", default=5, show_default=True, help="Days on the road in all.")
@click.option("--km-per-day", default=400.0, show_default=True, help="Most driven in one day.")
@click.option("--start", metavar="NAME", help="Where tours start; default: the convener.")
@click.option("--stops-per-day", default=3, show_default=True, help="Most visits in one day.")
@click.option("--days-per-tour", default=3, show_default=True, help="Most days away at once.")
def visits(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, **limits: Any
) -> None:
    """Say whom to visit next, in which order to go, and what to bring up."""
    net, day = _read(source, convener, as_of)
    with _announce("Planning tours"):
        result = pn.plan_visits(net, as_of=day, **limits)
    _print_result(result, as_json)


@cli.command()
@_shared_options
@click.option("--organization", metavar="NAME", help="Whose partners; default: the convener.")
def roster(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, organization: str | None
) -> None:
    """List the partners a program is expected to have, and the holes."""
    net, day = _read(source, convener, as_of)
    _print_result(pn.list_expected_partners(net, organization, as_of=day), as_json)


@cli.command()
@_shared_options
@click.option("-n", default=5, show_default=True, help="How many to name that would add most.")
def convenings(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, n: int
) -> None:
    """Say who meets at which table, who never comes, and where nobody could decide."""
    net, day = _read(source, convener, as_of)
    _print_result(pn.describe_convenings(net, n, as_of=day), as_json)


@cli.command()
@_shared_options
@click.option("--organization", metavar="NAME", help="As seen from it; default: the convener.")
@click.option("--directory", type=NetworkPath, help="Members of a chapter or directory.")
def introductions(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    organization: str | None,
    directory: Path | None,
) -> None:
    """Say through whom each gap could be closed, and with whom to start."""
    net, day = _read(source, convener, as_of)
    with _announce("Looking for open doors"):
        result = pn.find_introductions(net, organization, directory=directory, as_of=day)
    _print_result(result, as_json)


@cli.command()
@_shared_options
@click.option("--other", "others", multiple=True, type=NetworkPath, help="Another State's network.")
@click.option("--state", metavar="XX", help="Our State; default: as the file says.")
@click.option("-n", default=5, show_default=True, help="How many peers to name.")
def peers(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    others: tuple[Path, ...],
    state: str | None,
    n: int,
) -> None:
    """Name the States most like ours, and what they do that we do not."""
    net, day = _read(source, convener, as_of)
    given = [_show_to_audience(pn.read_network(other), reader=False) for other in others]
    _print_result(pn.find_peer_states(net, given, n=n, state=state, as_of=day), as_json)


@cli.command()
@click.argument("before", type=NetworkPath)
@click.argument("after", type=NetworkPath)
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
@_audience_options
def compare(before: Path, after: Path, as_json: bool) -> None:
    """Say what changed between two waves: two folders or workbooks with the same ids."""
    with _announce("Comparing"):
        waves = [_show_to_audience(pn.read_network(source)) for source in (before, after)]
        result = pn.compare_networks(*waves)
    _print_result(result, as_json)


@cli.command()
@click.argument("source", metavar="INPUT", type=NetworkPath)
@click.option("-o", "--output", required=True, type=NetworkPath, help=".html, .xlsx or .json")
@click.option("--as-of", metavar="DATE", help="The day to judge on; default: today.")
@click.option("--convener", metavar="NAME", help="Who convenes the network.")
@click.option("--strict", is_flag=True, help="Exit with 1 if any row was set aside.")
@click.option("--max-set-aside", type=int, help="Exit with 1 above this many rows set aside.")
@_audience_options
def report(
    source: Path,
    output: Path,
    as_of: str | None,
    convener: str | None,
    strict: bool,
    max_set_aside: int | None,
) -> int:
    """Write the report: who is central, gaps, bridges, recommended partners."""
    net, day = _read_whole(source, convener, as_of)
    with _announce("Writing the report"):
        written = pn.write_report(_show_to_audience(net), output, as_of=day)
    click.echo(f"Written: {written}")
    return _code_of_set_aside(net, 0 if strict else max_set_aside)


@cli.command()
@click.argument("path", metavar="CONFIG.toml", type=NetworkPath)
def run(path: Path) -> int:
    """Do what a configuration says, every month the same, and say what changed."""
    config = read_config(path)
    whole, day = _read_whole(config.input, config.convener or None, config.as_of or None)
    net = whole.for_audience(config.audience, config.organization or None)
    for output in config.outputs:
        with _announce(f"Writing {output.name}"):
            click.echo(f"Written: {pn.write_report(net, output, as_of=day)}")
    found = pn.find_gaps(net, as_of=day)
    if config.snapshot is not None:
        _print_changes(config.snapshot, _collect_findings(net, found, day))
    limit = 0 if config.strict else config.max_set_aside
    return _code_of_set_aside(whole, limit) or _code_of_thresholds(config, found)


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILES")
@click.option("-o", "--output", type=NetworkPath, help="The folder to write.")
@click.option("--state", multiple=True, metavar="XX", help="A State, for example NE.")
@click.option("--county", multiple=True, metavar="NAME", help='A county: 31027 or "Cedar, NE".')
@click.option("--nation", is_flag=True, help="Everything in the files.")
@click.option("--border-km", default=0.0, help="Keep neighbours this far across the line.")
@click.option("--wide", is_flag=True, help="Keep churches, clubs, schools, private foundations.")
@click.option("--update", is_flag=True, help="Renew an earlier build: ids and your tables stay.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
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
) -> None:
    """Turn public files into a network folder.

    FILES are what you downloaded, in any mix: CSV, gzip, zip, or folders. What each is, its header
    tells; READER=FILE says so (docs/public-files.md lists the readers). A single recipe.toml holds
    all of it for repeated runs.
    """
    if len(files) == 1 and files[0].endswith(".toml"):
        settings = pn.read_recipe(files[0])
    elif output is None:
        raise UsageError("--output: found none. A build writes a folder. Give -o FOLDER.")
    else:
        settings = {"files": files, "output": output, "state": state, "counties": county}
        settings |= {"nation": nation, "border_km": border_km, "wide": wide, "update": update}
    result = pn.build_network(**settings, progress=_Progress())
    if as_json:
        click.echo(result.to_json())
        return
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))
    folder = settings["output"]
    click.echo(f"Written: {folder}. Next: partnet check {folder}")


class _Progress:
    """Says each step on stderr once the work has taken two seconds."""

    def __init__(self) -> None:
        self.started = time.monotonic()

    def __call__(self, step: str) -> None:
        if time.monotonic() - self.started > SLOW_SECONDS:
            click.echo(clean_terminal(f"{step} ..."), err=True)


def _read(source: Path, convener: str | None, as_of: str | None) -> tuple[Network, str]:
    """Read the network as its audience may see it; settle and print the day."""
    net, day = _read_whole(source, convener, as_of)
    return _show_to_audience(net), day


def _read_whole(source: Path, convener: str | None, as_of: str | None) -> tuple[Network, str]:
    """Read the network with all that is in it, problems too."""
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


def _print_result(result: Result, as_json: bool, columns: Sequence[str] = ()) -> None:
    """Print sentences and the head of the table, or only some of its columns; or all as JSON."""
    if as_json:
        click.echo(result.to_json())
        return
    click.echo(f"{result.title}\n")
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))
    rows = len(result.table) if len(result.table) <= 2 * ROWS else ROWS
    if rows:
        head = result.preview(rows).dropna(axis="columns", how="all")
        head = head[[name for name in columns if name in head] or head.columns]
        shown, left = _fit_table(head)
        click.echo("\n" + clean_terminal(shown, keep_lines=True))
        counts = ((len(result.table) - rows, "rows"), (left, "columns"))
        more = [f"{n} more {what}" for n, what in counts if n]
        if more:
            click.echo(f"... {' and '.join(more)}; --json gives all.")


def _fit_table(table: pd.DataFrame) -> tuple[str, int]:
    """Write as many columns as fit on a line; how many are left. A name stands for id and kind."""
    from .results import say_number

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


def _print_page(result: Result) -> None:
    """Print gaps as a page: sentences, then the most urgent ones with who could do what."""
    click.echo(f"{result.title}\n")
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))
    for row in result.tables["top"].itertuples():
        more = f", and {row.more} more of the same" if row.more else ""
        click.echo(clean_terminal(f"\n{row.rank:>2}. {row.what} (urgency {row.urgency:.2f}{more})"))
        for label, text in (("on file", row.why), ("who", row.who), ("next", row.next_step)):
            click.echo(clean_terminal(f"    {label}: {text}"))
    if len(result.table):
        click.echo(f"\n{len(result.table)} gaps in all; --json gives every one.")


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
