"""Writing a network: its own tables, or the file of another program."""

from __future__ import annotations

import warnings
from pathlib import Path

from ..core.arguments import checked
from ..core.network import Network
from .export import export_network
from .formats.registry import find_writer
from .tables.own_tables import write_tables


class LossWarning(UserWarning):
    """What the format of a written file cannot hold; its side file does."""


@checked
def write_network(
    net: Network, path: str | Path, *, format: str | None = None, force: bool = False
) -> Path:
    """Write a network as a folder of CSV files, as one workbook, or for another program.

    Reading it back gives an equal network. Blank columns that are not required and the provenance
    of rows are not written. A killed run leaves what was there before. In a folder that is there,
    only tables that partnet wrote are replaced; what else lies in it stays. What the format of
    another program cannot hold is told in a `LossWarning` and lies in a side file beside it, which
    reading takes back; :func:`partnet.export_network` gives it as a table.

    Parameters
    ----------
    net : Network
        The network.
    path : path
        A workbook if it ends in .xlsx, a folder if it has no end, else in the format that its end
        says (.graphml, .gexf, .net, ...; docs/formats.md lists them).
    format : str, optional
        The name of a format, where the end of the file's name does not tell it.
    force : bool, default False
        Replace tables or a file that somebody changed, or that partnet did not write.

    Returns
    -------
    Path
        Where it was written.

    Raises
    ------
    UsageError
        The path ends in another suffix, a table has more rows than Excel takes or a longer text, a
        file would be replaced though somebody changed it, or tables of somebody else would be read
        along.

    Examples
    --------
    >>> import tempfile
    >>> import partnet as pn
    >>> net = pn.load_sample("prairie")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pn.write_network(net, f"{folder}/prairie")
    ...     pn.read_network(path) == net
    True
    """
    path = Path(path)
    if format is not None or find_writer(path) is not None:
        return _write_for_others(net, path, format, force)
    return write_tables(net, path, force=force)


def _write_for_others(net: Network, path: Path, format: str | None, force: bool) -> Path:
    """Write for another program; what it cannot hold is told in a warning."""
    result = export_network(net, path, format=format, force=force)
    if len(result.table):
        warnings.warn(" ".join(result.say("losses", "side")), LossWarning, stacklevel=3)
    return path
