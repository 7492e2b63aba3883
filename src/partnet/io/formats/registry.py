"""All formats in one table: docs/formats.md, the command line and reading derive from it."""

from __future__ import annotations

from pathlib import Path

from ...core.errors import UsageError
from . import graphml
from .model import Format, Holds

FORMATS: tuple[Format, ...] = (
    Format(
        "graphml", "GraphML", (".graphml",), graphml.sniff, graphml.read, graphml.write,
        Holds(), "igraph, yEd, Cytoscape, Gephi, NodeXL, networkx, visone",
        "Gephi: File, Export, Graph file. igraph: write_graph(g, file, 'graphml'). Every one of "
        "these programs opens it.",
    ),
)  # fmt: skip

OWN = ("", ".xlsx")  # ends of names by which partnet's own folder and workbook are written


def list_writers() -> list[Format]:
    """The formats that can be written."""
    return [format_ for format_ in FORMATS if format_.write is not None]


def find_writer(path: Path, name: str | None = None) -> Format | None:
    """The format in which to write: as named, else by the longest end of the file's name.

    ``None`` stands for partnet's own folder or workbook.

    Raises
    ------
    UsageError
        There is no such format, or none with that end of the name.
    """
    writers = list_writers()
    if name is not None:
        found = next((format_ for format_ in writers if format_.name == name), None)
        if found is None:
            allowed = ", ".join(format_.name for format_ in writers)
            raise UsageError(
                f"format: found {name!r}. Allowed are {allowed}. Choose one of them, or leave it "
                "out and give a file name with the usual end."
            )
        return found
    ends = [(end, format_) for format_ in writers for end in format_.suffixes]
    named = path.name.lower()
    fitting = [(len(end), format_) for end, format_ in ends if named.endswith(end)]
    if fitting:
        return max(fitting, key=lambda pair: pair[0])[1]
    if path.suffix.lower() in OWN:
        return None
    raise UsageError(
        f"path: found {path.name}. A network is written as a folder, a workbook (.xlsx), or for "
        f"another program: {', '.join(dict.fromkeys(end for end, _ in ends))}. Choose one of them."
    )
