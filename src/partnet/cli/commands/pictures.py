"""Commands that make pictures: the network, the map, the explorer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import partnet as pn

from ...core.errors import UsageError
from ...core.storage.writing import write_file_atomically
from ...core.wording.safety import escape_cell
from ..group import NetworkPath, audience_options, check_ending, cli, table_option
from ..numbers import Number
from ..reading import announce, read

if TYPE_CHECKING:
    from ...core.network import Network

SUFFIXES = (".svg", ".png", ".pdf")
SHADES = ("gaps", "need", "money", "visits", "none")


def picture_options(command: Any) -> Any:
    """Add the options of pictures that are the same for ties and for maps."""
    options = [
        click.argument("source", metavar="INPUT", type=NetworkPath),
        click.option("-o", "--output", required=True, type=NetworkPath, help=".svg, .png or .pdf"),
        click.option("--as-of", metavar="DATE", help="The day to judge on; default: today."),
        click.option("--convener", metavar="NAME", help="Who convenes the network."),
        click.option("--relation", "relations", multiple=True, help="Only ties of this relation."),
        click.option("--color", default="sector", show_default=True, help="A column, or sector."),
        click.option("--size", default="degree", show_default=True, help="A column, or degree."),
        click.option("--label", default="top", show_default=True, help="top, all, none, a number."),
        click.option("--highlight", multiple=True, metavar="NAME", help="Bring somebody out."),
    ]
    command = audience_options(table_option(command))
    for option in reversed(options):
        command = option(command)
    return command


@cli.command(
    epilog="Example: partnet draw my.xlsx --map --shade need --tours -o map.png",
)
@picture_options
@click.option("--map", "as_map", is_flag=True, help="Draw a map of counties.")
@click.option("--where", multiple=True, metavar="PLACE", help="Map: a State, a county, or US.")
@click.option(
    "--border-km", type=Number(most=3000), help="Map: counties this far beyond the line, too."
)
@click.option("--shade", type=click.Choice(SHADES), help="Map: what counties show; default: gaps.")
@click.option("--tours", is_flag=True, help="Map: tours to those not seen for long.")
@click.option("--ties/--no-ties", default=None, help="Map: ties as arcs.")
@click.option(
    "--counties",
    "table",
    type=NetworkPath,
    help="Map: write the table of counties behind it, .csv.",
)
def draw(
    source: Path,
    output: Path,
    as_of: str | None,
    convener: str | None,
    as_map: bool,
    table: Path | None,
    **options: Any,
) -> None:
    """Draw who works with whom, or a map of counties, into a picture."""
    format = check_ending(output, SUFFIXES, source)
    if table is not None:
        check_ending(table, (".csv",), source, option="--counties")
    wishes = read_wishes(options, as_map, table)
    net, day = read(source, convener, as_of)
    with announce("Drawing"):
        if as_map:
            from ...views.maps.draw import render_map

            content = render_map(net, format=format, as_of=day, **wishes)  # type: ignore[arg-type]
        else:
            from ...views.draw import render_network

            content = render_network(net, format=format, as_of=day, **wishes)  # type: ignore[arg-type]
    click.echo(f"Written: {write_file_atomically(output, content)}")
    if table is not None:
        write_table(net, table, day, wishes)


def read_wishes(options: dict[str, Any], as_map: bool, table: Path | None) -> dict[str, Any]:
    """Turn options into arguments; those of maps are refused without --map."""
    of_maps = {key: options.pop(key) for key in ("where", "border_km", "shade", "tours", "ties")}
    given = [key for key, value in of_maps.items() if value not in (None, (), False)]
    if table is not None:
        given.append("counties")
    if given and not as_map:
        raise UsageError(
            f"--{given[0].replace('_', '-')}: found it without --map. It is for maps. Add --map."
        )
    label = options.pop("label")
    options["label"] = None if label == "none" else int(label) if label.isdigit() else label
    options["relations"] = list(options["relations"]) or None
    if not as_map:
        return options
    shade = of_maps["shade"] or "gaps"
    of_maps |= {"shade": None if shade == "none" else shade, "where": of_maps["where"] or None}
    return options | of_maps


def write_table(net: Network, path: Path, day: str, wishes: dict[str, Any]) -> None:
    """Write the table of counties behind a map."""
    shown = {key: value for key, value in wishes.items() if key != "label"}
    table = pn.tabulate_map(net, as_of=day, **shown).table
    texts = {name: table[name].map(escape_cell) for name in ("county", "step") if name in table}
    content = table.assign(**texts).to_csv(index=False, lineterminator="\r\n")
    click.echo(f"Written: {write_file_atomically(path, content.encode('utf-8-sig'))}")


@cli.command(epilog="Example: partnet explore my.xlsx --earlier 2024=last.xlsx -o explorer.html")
@click.argument("source", metavar="INPUT", type=NetworkPath)
@click.option("-o", "--output", required=True, type=NetworkPath, help="The page, .html")
@click.option("--as-of", metavar="DATE", help="The day to judge on; default: today.")
@click.option("--convener", metavar="NAME", help="Who convenes the network.")
@click.option("--earlier", multiple=True, metavar="NAME=FILE", help="An earlier wave, by its name.")
@click.option("--where", multiple=True, metavar="PLACE", help="Map: a State, a county, or US.")
@click.option("--shade", type=click.Choice(SHADES), default="gaps", help="Map: what counties show.")
@click.option("--views", type=NetworkPath, help="Saved views: a TOML file that the page wrote.")
@table_option
@audience_options
def explore(
    source: Path,
    output: Path,
    as_of: str | None,
    convener: str | None,
    earlier: tuple[str, ...],
    where: tuple[str, ...],
    shade: str,
    views: Path | None,
) -> None:
    """Make a page to search the network and to walk through it, without internet."""
    named = read_pairs(earlier)
    check_ending(output, (".html", ".htm"), source, *map(Path, named.values()))
    net, day = read(source, convener, as_of)
    with announce("Making the explorer"):
        found = pn.explore_network(
            net,
            earlier={name: pn.read_network(path) for name, path in named.items()},
            as_of=day,
            where=where or None,
            shade=None if shade == "none" else shade,
            views=views,
        )
    click.echo(f"Written: {found.write(output)}")


def read_pairs(earlier: tuple[str, ...]) -> dict[str, str]:
    """Read NAME=FILE, several times."""
    pairs = {}
    for text in earlier:
        name, equals, path = text.partition("=")
        if not (name and equals and path):
            raise UsageError(
                f"--earlier: found {text!r}. Allowed is NAME=FILE. Write 2024=old.xlsx."
            )
        pairs[name] = path
    return pairs
