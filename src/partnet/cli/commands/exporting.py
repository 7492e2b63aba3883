"""The commands that write a network, or our figures, for other programs."""

from __future__ import annotations

from pathlib import Path

import click

import partnet as pn

from ...core.errors import UsageError
from ...core.storage.writing import refuse_input
from ...core.wording.safety import clean_terminal
from ..console import echo_json
from ..given import given_tables, show_to_audience
from ..group import NetworkPath, audience_options, check_new_folder, cli, table_option
from ..reading import announce, settle_day

# Names of the formats that can be written; a test holds them against the formats themselves.
FORMATS = (
    "kumu", "kumu-json", "nodexl", "polinode", "gephi", "graphml", "gexf", "ucinet", "uci", "dl",
    "vna", "pajek", "pajek-project", "cx2", "cytoscape", "vis-network", "node-link",
)  # fmt: skip


@cli.command()
@click.argument("source", metavar="INPUT", type=NetworkPath)
@click.option("-o", "--output", required=True, type=NetworkPath, help="The file to write.")
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="The format; default: by the file name."
)
@click.option("--force", is_flag=True, help="Replace a file that somebody changed.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
@table_option
@audience_options
def export(source: Path, output: Path, format_: str | None, force: bool, as_json: bool) -> None:
    """Write a network for another program, and say what its format cannot hold.

    \b
    By the end of OUTPUT: .graphml (igraph, yEd, Gephi), .gexf (Gephi), .kumu.xlsx and .kumu.json
    (Kumu), .##h, .uci, .dl and .vna (UCINET, NetDraw), .net and .paj (Pajek), .nodexl.xlsx, .cx2
    and .cyjs (Cytoscape), .vis.json, .node-link.json (networkx, d3), .polinode.json; .xlsx and
    folders are partnet's own. Or by --format; gephi writes a folder of nodes.csv and edges.csv.

    What the format cannot hold is written beside it (OUTPUT.partnet.json); reading takes it back:
    keep the two files together. The same files, and GML, HSDS and matrices, are read as INPUT.
    """
    check_format(output, format_)
    refuse_input(output, [source])
    with announce("Reading the network"):
        net = show_to_audience(pn.read_network(source, tables=given_tables()))
    with announce("Writing and reading back"):
        result = pn.export_network(net, output, format=format_, force=force)
    if as_json:
        echo_json(result)
        return
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))


def check_format(output: Path, format_: str | None = None) -> None:
    """Refuse a file name that no format has, before the work starts."""
    from ...io.formats.registry import find_writer

    try:
        find_writer(output, format_)
    except UsageError as error:
        raise UsageError(str(error).replace("path:", "--output:", 1)) from error


@cli.command()
@click.argument("source", metavar="INPUT", type=NetworkPath)
@click.option("-o", "--output", required=True, type=NetworkPath, help="The folder to write.")
@click.option("--as-of", metavar="DATE", help="The day; default: the newest date in the tables.")
@table_option
def checkpack(source: Path, output: Path, as_of: str | None) -> None:
    """Write a folder with which a reviewer repeats every figure in R (sna, igraph) and UCINET.

    It holds our figures, the graphs behind them without names, and the scripts. Run check.R there.
    """
    day = settle_day(as_of) if as_of is not None else None
    check_new_folder(output, source)
    with announce("Reading the network"):
        net = pn.read_network(source, tables=given_tables())
    with announce("Measuring"):
        pack = pn.write_check_pack(net, output, as_of=day)
    click.echo(f"Written: {clean_terminal(str(pack))}. There, run: Rscript check.R")
