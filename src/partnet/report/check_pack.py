"""A folder with which a reviewer repeats the figures of the report in R and UCINET."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .. import __version__
from ..core.arguments import checked
from ..core.checks import check_choice
from ..core.network import Network
from ..core.storage.writing import check_folder, write_folder_atomically
from ..facts.graph.collaboration import choose_layer
from ..facts.graph.layers import Layer
from ..measures.positions.brokerage import code_groups
from ..measures.whole.census import take_triad_census
from ..measures.whole.shape import list_pairs
from ..questions.bridges.question import find_bridges
from ..questions.centrality.question import measure_centrality
from ..questions.structure.question import measure_structure

SCRIPTS = ("check.R", "check_xucinet.R")
SEEDED = ("modularity", "core_all_correlation", "core_core_correlation")  # searches, no formulas
CHANCE = ("_expected", "_p")  # endings of figures that hang on draws
Figure = tuple[str, str, str, float]  # graph, measure, organization, value

README = """\
Check pack of {organizations} organizations, as of {day} (partnet {version})

numbers.csv                our figures: graph, measure, organization (blank: the network), value
nodes_*.csv, ties_*.csv    the graphs behind them; from and to are rows of the nodes
check.R                    repeats them with R's sna and igraph:  Rscript check.R
check_xucinet.R            the first of them with xUCINET
compared.csv               written by check.R: our figure beside R's

Graphs: undirected (ties of {relations}; centrality and structure), directed (the same with arrows),
without_convener ({convener} left out; bridges). Strengths are between 0 and 1; the length of a tie
is 1 / strength. told is 1 for those who answered from a roster: density divides by the cells whose
answer is known. Figures that depend on a search or on random draws (communities, cores, p values)
are left out. A few have no like in R: closeness centralization, pairs with several relations, and
what is not defined without arrows. Roles count groups of at least three organizations (role_group).
"""


@checked
def write_check_pack(
    net: Network,
    folder: str | Path,
    *,
    as_of: str | pd.Timestamp | None = None,
    relations: Sequence[str] | None = None,
    grouping: str = "sector",
) -> Path:
    """Write a folder with which a reviewer repeats our figures in R (sna, igraph) and UCINET.

    Parameters
    ----------
    net : Network
        The network.
    folder : str or Path
        The folder to write; in one that is there, only what an earlier pack wrote is replaced.
    as_of : str or Timestamp, optional
        The day on which ties must hold; default: the newest date in the tables.
    relations : sequence of str, optional
        Relations that count; default: the working ones.
    grouping : str, default "sector"
        Column of the organizations table for roles, mixing and the E-I index.

    Returns
    -------
    Path
        The folder: ``numbers.csv`` (our figures), ``nodes_*.csv`` and ``ties_*.csv`` (the graphs),
        ``check.R``, ``check_xucinet.R`` and ``README.txt``. Names and contacts stay at home: the
        nodes have ids and groups only.

    Examples
    --------
    >>> import tempfile
    >>> import partnet as pn
    >>> with tempfile.TemporaryDirectory() as there:
    ...     pack = pn.write_check_pack(pn.load_sample("prairie"), f"{there}/pack")
    ...     sorted(path.name for path in pack.glob("*.R"))
    ['check.R', 'check_xucinet.R']
    """
    check_folder(Path(folder))
    check_choice("grouping", grouping, net.organizations.columns.tolist())
    options: dict[str, Any] = {"relations": relations, "as_of": as_of}
    without = [net.convener] if net.convener else []
    graphs = {
        "undirected": choose_layer(net, "collaboration", **options),
        "directed": choose_layer(net, "collaboration", directed=True, **options),
        "without_convener": choose_layer(net, "collaboration", without=without, **options),
    }
    groups = net.organizations[grouping].astype("str")
    content = {"numbers.csv": _write_csv(_HEADS["numbers"], _list_figures(net, graphs, grouping))}
    for name, layer in graphs.items():
        content[f"nodes_{name}.csv"] = _write_csv(
            _HEADS["nodes"], _list_nodes(layer.present(), groups)
        )
        content[f"ties_{name}.csv"] = _write_csv(_HEADS["ties"], _list_ties(layer.present()))
    for name in SCRIPTS:
        content[name] = (files("partnet") / "data" / "checkpack" / name).read_bytes()
    content["README.txt"] = _write_readme(net, graphs["undirected"]).encode()
    return write_folder_atomically(folder, content)


_HEADS = {
    "numbers": ("graph", "measure", "organization", "value"),
    "nodes": ("id", "group", "role_group", "told"),
    "ties": ("from", "to", "strength"),
}


def _list_figures(net: Network, graphs: dict[str, Layer], grouping: str) -> Iterator[Figure]:
    """Give every figure that a formula alone settles."""
    for name in ("undirected", "directed"):
        layer = graphs[name]
        central = measure_centrality(net, layer=layer)
        yield from _flatten(name, central.table)
        for measure, value in central.tables["centralization"]["centralization"].items():
            yield name, f"{measure}_centralization", "", float(value)
        structure = measure_structure(net, layer=layer, grouping=grouping, permutations=1)
        for measure, value in structure.table["value"].items():
            if measure not in SEEDED and not str(measure).endswith(CHANCE):
                yield name, str(measure), "", float(value)
    for triad, count in take_triad_census(graphs["directed"]).items():
        yield "directed", f"triads_{triad}", "", float(count)
    layer = graphs["without_convener"]
    bridges = find_bridges(net, layer=layer, grouping=grouping, permutations=0)
    yield from _flatten("without_convener", bridges.table.loc[layer.present().ids])


def _flatten(graph: str, table: pd.DataFrame) -> Iterator[Figure]:
    """One figure a cell of the numeric columns."""
    for measure in table.columns:
        values = table[measure]
        if values.dtype == "bool" or pd.api.types.is_numeric_dtype(values):
            for organization, value in values.items():
                yield graph, str(measure), str(organization), float(value)


def _list_nodes(layer: Layer, groups: pd.Series) -> Iterator[tuple[str, str, str, str]]:
    own = groups.loc[layer.ids]
    codes, labels = code_groups(own)
    told = ["" for _ in layer.ids]
    if layer.survey is not None:
        told = [str(int(flag)) for flag in layer.survey.roster]
    for id_, group, code, answered in zip(layer.ids, own, codes, told, strict=True):
        yield str(id_), str(group), labels[code] if code >= 0 else "", answered


def _list_ties(layer: Layer) -> Iterator[tuple[int, int, float]]:
    for source, target, strength in zip(*list_pairs(layer), strict=True):
        yield int(source) + 1, int(target) + 1, float(strength)


def _write_csv(head: Sequence[str], rows: Iterator[Any]) -> bytes:
    """Numbers with all their digits; NaN is NA, as R writes it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_write_cell(cell) for cell in row])
    return text.getvalue().encode()


def _write_cell(cell: Any) -> str:
    if isinstance(cell, float):
        return "NA" if np.isnan(cell) else repr(cell)
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _write_readme(net: Network, layer: Layer) -> str:
    named = ", ".join(layer.labels.get(r, r) for r in layer.relations)
    return README.format(
        organizations=layer.n,
        day="no dates" if layer.as_of is None else layer.as_of.date(),
        version=__version__,
        relations=named.lower() or "no relation",
        convener="the convener" if net.convener else "nobody, as no convener is declared,",
    )
