"""Writing a network for another program, saying what its format cannot hold."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from ..core.arguments import checked
from ..core.errors import UsageError
from ..core.network import Network
from ..core.results.result import Method, Result, Sentence
from ..core.storage.writing import (
    check_folder,
    check_output,
    check_parent,
    hash_bytes,
    settle_folder,
    write_files_atomically,
)
from ..core.wording.text import count_noun
from .formats.losses import Loss, find_losses, say_losses
from .formats.model import Files, Foreign, Format
from .formats.opening import list_raw_tables, read_foreign
from .formats.outgoing import make_outgoing
from .formats.registry import find_writer
from .formats.side import (
    Side,
    is_side_untouched,
    read_side,
    side_path,
    write_side,
)
from .formats.side_making import make_parts
from .formats.source import Source
from .read import type_raw_tables
from .tables.frames import texts_of_column
from .tables.own_tables import write_tables
from .typed.own_words import list_own_words


@checked
def export_network(
    net: Network, path: str | Path, *, format: str | None = None, force: bool = False
) -> Result:
    """Write a network for another program, and say what that program's format cannot hold.

    What it cannot hold (services, money, dates, several ties between the same two ...) is written
    into a side file of the same name with ``.partnet.json`` at its end. :func:`read_network` takes
    it back: keep the two files together, and the network comes back whole, with what was
    changed in the other program.

    Parameters
    ----------
    net : Network
        The network.
    path : path
        The file to write; its end says in which format (docs/formats.md).
    format : str, optional
        The name of the format, where the end of the file's name does not tell it (``kumu`` for an
        .xlsx, ``vis-network`` for a .json).
    force : bool, default False
        Replace a file that somebody changed, or that partnet did not write.

    Returns
    -------
    Result
        ``.table``: one row a thing that the format cannot hold, with ``table``, ``column`` (blank
        for whole rows), ``rows`` and ``what``; empty where nothing is lost.

    Raises
    ------
    UsageError
        There is no such format, or the file would be replaced though somebody changed it.

    Examples
    --------
    >>> import tempfile, partnet as pn
    >>> net = pn.load_sample("prairie")
    >>> result = pn.export_network(net, tempfile.mkdtemp() + "/prairie.graphml")
    >>> "services" in result.table["table"].tolist()
    True
    """
    path = Path(path)
    chosen = find_writer(path, format)
    if chosen is None or chosen.write is None:
        return _tell(net, write_tables(net, path, force=force), None, [])
    path = _settle_path(path, chosen)
    check_folder(path) if chosen.folder else check_parent(path)
    check_output(side_path(path), force=True)  # before anything stands there
    if not net.n:
        raise UsageError(
            "network: found no organization. A file for another program has at least one. Add some."
        )
    out = make_outgoing(net)
    files = chosen.write(out)
    foreign, back = _read_back(path.name, files, chosen, net)
    ids = _pair_ids(net, foreign)
    losses = find_losses(net, back, ids)
    side = _make_side(net, chosen, foreign, ids)
    _write(path, files, side, chosen, force)
    return _tell(net, path, chosen, losses)


def _settle_path(path: Path, chosen: Format) -> Path:
    """UCINET's pair is named by its header file; a folder has no end."""
    if chosen.folder or path.suffix:
        return path
    raise UsageError(
        f"path: found {path.name}. {chosen.label} is a file. Give a name that ends in "
        f"{chosen.suffixes[0]}."
    )


def _read_back(name: str, files: Files, chosen: Format, net: Network) -> tuple[Foreign, Network]:
    """Read what was written as a stranger would: without the side file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        _place(path, files, chosen, {})
        foreign, vocabulary = read_foreign(Source(path), chosen, net.vocabulary)
    reading = type_raw_tables(list_raw_tables(foreign), vocabulary)
    return foreign, Network(reading.tables, reading.vocabulary, reading.problems)


def _place(path: Path, files: Files, chosen: Format, beside: Mapping[str, bytes]) -> None:
    """Put a file, a folder, or files of one name in place with what belongs beside them."""
    names = {_name_of(path, end, chosen): content for end, content in files.items()}
    write_files_atomically(path.parent, {**names, **beside})


def _name_of(path: Path, end: str, chosen: Format) -> str:
    """Where a file of an export lies, seen from the folder that holds its side file."""
    return f"{path.name}/{end}" if chosen.folder else _path_of(path, end).name


def _path_of(path: Path, end: str) -> Path:
    """The file itself, or the one of the same name with another end."""
    return path.with_name(path.stem + end) if end else path


def _pair_ids(net: Network, foreign: Foreign) -> dict[str, str]:
    """The id in the network of every id in the file: organizations stand in the same order."""
    read = [row["id"] for row in foreign.organizations.rows]
    return dict(zip(read, net.table("organizations")["id"].tolist(), strict=False))


def _make_side(net: Network, chosen: Format, foreign: Foreign, ids: Mapping[str, str]) -> Side:
    side = Side(chosen.name, words=list_own_words(net.vocabulary))
    side.parts = make_parts(net, foreign, ids)
    for name, frame in net.tables.items():
        if name not in ("organizations", "ties"):
            side.columns[name], side.tables[name] = _list_rows(frame)
    return side


def _list_rows(frame: pd.DataFrame) -> tuple[list[str], list[dict[str, str]]]:
    names = [str(name) for name in frame.columns if name != "provenance"]
    columns = [texts_of_column(frame[name]) for name in names]
    rows = zip(*columns, strict=True) if columns else ()
    return names, [dict(zip(names, row, strict=True)) for row in rows]


def _write(path: Path, files: Files, side: Side, chosen: Format, force: bool) -> None:
    """Write the files and their side file whole or not at all."""
    if chosen.folder:
        side.files = {name: hash_bytes(content) for name, content in files.items()}
    else:
        names = {_path_of(path, end).name: content for end, content in files.items()}
        side.files = {name: hash_bytes(content) for name, content in names.items()}
    if not force:
        settle_folder(path.parent)
        _check_unchanged(path, side, chosen)
    _place(path, files, chosen, {side_path(path).name: write_side(side)})


def _check_unchanged(path: Path, side: Side, chosen: Format) -> None:
    """Refuse to replace what somebody changed since it was written."""
    if not is_side_untouched(path):
        raise UsageError(_explain_change(side_path(path).name))
    folder = path if chosen.folder else path.parent
    present = [folder / name for name in side.files if (folder / name).is_file()]
    before = read_side(path) if present else None
    for file in present:
        found = hash_bytes(file.read_bytes())
        known = before.files.get(file.name) if before else None
        if found != known:
            raise UsageError(_explain_change(file.name))


def _explain_change(name: str) -> str:
    return (
        f"{name}: found a file that was changed since partnet wrote it, or that partnet did not "
        "write. Give another name, or --force (force=True) to replace it."
    )


def _tell(net: Network, path: Path, chosen: Format | None, losses: list[Loss]) -> Result:
    rows = [(loss.table, loss.column, loss.rows, loss.what) for loss in losses]
    table = pd.DataFrame(rows, columns=["table", "column", "rows", "what"])
    return Result(
        verb="export_network",
        title=f"Export of {net.title}",
        table=table,
        sentences=tuple(_say(net, path, chosen, losses)),
        method=Method(
            "The file is written, read back alone and held against the network: every difference "
            "is listed here and kept in the side file."
        ),
    )


def _say(net: Network, path: Path, chosen: Format | None, losses: list[Loss]) -> Iterator[Sentence]:
    out = count_noun(net.n, "organization")
    if chosen is None:
        yield Sentence("written", f"Written: {path}: {out} and all tables.")
        return
    ties = count_noun(len(net.ties), "tie")
    yield Sentence("written", f"Written: {path} ({chosen.label}): {out} and {ties}.")
    if not losses:
        yield Sentence("holds", f"{chosen.label} holds all that is on file.")
        return
    yield Sentence("losses", f"{chosen.label} cannot hold {say_losses(losses)}.")
    yield Sentence(
        "side",
        f"That lies in {side_path(path).name}, which reading takes back: keep the two together.",
    )
