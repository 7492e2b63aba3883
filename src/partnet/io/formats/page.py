"""docs/formats.md, written from the table of formats::

python -m partnet.io.formats.page > docs/formats.md
"""

from __future__ import annotations

import sys

from ...core.wording.text import join_words
from .model import ALL, Format, Holds
from .refused import BY_ROOT, BY_SUFFIX
from .registry import FORMATS

HEAD = """# Formats of other programs

*This page is written from the table of formats in the code; do not edit it by hand.*

partnet reads and writes the files of the programs that people use beside it. What a file is, its
content tells, whatever it is called:

    partnet check their.paj                       every mistake, as in partnet's own tables
    partnet bridges survey.graphml                every command takes such a file
    partnet export my.xlsx -o map.graphml         for another program

In Python: `pn.read_network("their.paj")`, `pn.write_network(net, "map.graphml")`, and
`pn.export_network(net, "map.graphml")`, which gives a table of what the format cannot hold.
For what is already in memory: `net.to_networkx()`, `net.to_igraph()`, `net.to_pandas()`,
`net.to_geopandas()`, `Network.from_networkx(graph)`.

## Nothing is lost unsaid

No format of a network program holds services, money, agreements or who was asked. An export says
what the chosen one cannot hold, and writes the rest beside it: `map.graphml.partnet.json`. Keep
the two together. When partnet reads `map.graphml` again, it takes the rest back, and the network is
whole. What was changed in the other program stays changed: a tie that was deleted there stays
deleted, a new organization stays, a changed cell keeps its new value.

The list of losses is not a promise but a measurement: the file is written, read back alone, and
held against the network.

An export replaces a file only if nobody changed it since partnet wrote it; `--force` does in any
case. With `--audience public` neither the file nor the side file holds what the public must not
see.

## What is understood how

* Organizations have a name and, if the file says so, a kind; else they count as *other*.
* A tie without a relation is a *collaboration*; relations that partnet does not know are kept under
  the words of the file.
* Weights up to 1 are strengths. Larger ones are divided by the largest of the file (of their
  relation, where each relation is a matrix or a column of its own: UCINET, DL, Pajek, VNA), and the
  numbers are kept beside them. Ties below zero (conflicts) are set aside: they are no partnership.
* A tie without a weight beside weights above 1 weighs 1 in GraphML, GEXF, GML, Pajek, NodeXL,
  node-link files and Gephi's tables: these programs leave out a 1.
* A cell that lists relations (in Kumu with `|`) is as many ties.
* What lies inside a group of yEd is a member of that group. Of other nodes within nodes both are
  organizations, and which lies within which is not read.
* A list within a cell ([Dental, Rides] of Gephi, the list types of GEXF, a key that GML repeats) is
  as many values.
* A relation that is NA (a blank of R), null or - is none: the tie counts as *collaboration*.
* A symmetric matrix has no directions. Zeros make no tie; missing values are not known.
* In a file of two modes the rows are organizations, and the columns are groups of which they are
  members. So it is where every node is marked (igraph's `type` false and true, networkx's
  `bipartite` 0 and 1) and every tie leads from one mode to the other.
* Of several tables of edges in a folder (`edges_referral.csv`, `edges_contract.csv`) all are read,
  and their names say the relation where a row does not.
* What comes packed (`.zip`: Gephi's tables, a service directory, UCINET's two files) is read as the
  folder or file that it holds.
* Values that change over time: the latest counts.
* XML with a document type declaration is refused, and a file that is shorter than its header
  promises.

## A live map in Kumu

`export = "map.kumu.json"` in the configuration of `partnet run` writes a blueprint at every run.
Put it where Kumu can reach it, and give its address as the remote link of a map: the map follows.
Publish only the blueprint, never the side file; and say `audience = "public"`. Kumu takes one
direction for all connections of a linked map, and keeps no positions.

"""


def write_page() -> str:
    """Give the page as Markdown."""
    rows = ["| format | name | by the end of the file | read | written | programs |"]
    rows.append("|---|---|---|---|---|---|")
    rows += [_write_row(format_) for format_ in FORMATS]
    sections = [_write_section(format_) for format_ in FORMATS]
    table = "## All formats\n\n" + "\n".join(rows) + "\n\n"
    return HEAD + table + "\n".join(sections) + "\n" + _write_refused()


def _write_row(format_: Format) -> str:
    ends = ", ".join(f"`{end}`" for end in format_.suffixes if not format_.folder)
    written = "yes" if format_.write else "no"
    where = "a folder" if format_.folder else ends or "any"
    return f"| {format_.label} | `{format_.name}` | {where} | yes | {written} | {format_.tool} |"


def _write_section(format_: Format) -> str:
    lines = [f"### {format_.label[:1].upper()}{format_.label[1:]}", "", format_.way, ""]
    if format_.write is not None:
        lines += [_say_holds(format_.holds), ""]
    return "\n".join(lines)


def _say_holds(holds: Holds) -> str:
    words = "every column" if holds.organizations == ALL else join_words(list(holds.organizations))
    every = "every column (of a ladder its strength and answer)"
    ties = every if holds.ties == ALL else join_words(list(holds.ties))
    lacking = []
    if not holds.parallel:
        lacking.append("several ties of one relation between the same two become one")
    if not holds.arrows:
        lacking.append("a tie without direction is written as one in each direction")
    rest = f" {lacking[0].capitalize()}" if lacking else ""
    more = f"; {lacking[1]}." if len(lacking) > 1 else "." if lacking else ""
    return f"It holds of organizations {words}, of ties {ties}.{rest}{more}"


def _write_refused() -> str:
    rows = ["## Formats that are refused", "", "| file | what it is | instead |", "|---|---|---|"]
    rows += [f"| `{end}` | {what} | {instead} |" for end, (what, instead) in BY_SUFFIX.items()]
    rows += [f"| `<{tag}>` | {what} | {instead} |" for tag, (what, instead) in BY_ROOT.items()]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(write_page())
