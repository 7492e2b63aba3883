"""The only way in which partnet writes files: whole or not at all, and over nobody's work.

A file is replaced only where it is of the same making and nobody changed it since. Pages, pictures
of lines and Office files show that by themselves; of all others, and of the tables of a folder, a
manifest in their folder says it. What else lies in a folder stays. A link leads to the file that is
written; a linked folder, a device, a file that is read-only are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from ..errors import PartnetError, UsageError
from .making import find_mark, is_same_making, seal, shows_changes
from .manifest import MANIFEST, WRITABLE, OwnFiles, Predicate, may_note, nothing
from .staging import hash_bytes, hash_file, hold_inside, open_stage, settle_folder
from .system import explaining

CREATED = datetime(2000, 1, 1)  # of every workbook, so that equal input gives equal bytes
_FILE_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,6}")


def write_file_atomically(path: str | Path, content: bytes, *, force: bool = False) -> Path:
    """Write a file whole or not at all; a file that is there keeps its mode, a link its target.

    A page or an SVG gets a fingerprint; a table, JSON or another file that shows no change by
    itself gets a line in the manifest of its folder. What somebody changed since is not replaced.

    Parameters
    ----------
    path : path
        The file.
    content : bytes
        What it holds.
    force : bool, default False
        Replace a file that partnet did not make, or that somebody changed.

    Raises
    ------
    UsageError
        The folder does not exist, the path is a folder or a device, or the file that is there is
        not of the same making.
    PartnetError
        The system refuses it: a full disk, no permission, a file that Excel has open.
    """
    path, content = Path(path), seal(content)
    check_output(path, force=True)
    with explaining(path):
        real = _follow_links(path)
    with explaining(path), open_stage(real.parent) as stage:
        own = OwnFiles.read(real.parent)
        if not force and real.exists() and not _may_replace(real, content, own):
            raise UsageError(_explain_stranger(path))
        noted = not shows_changes(content) and may_note(real.parent)
        manifest = {MANIFEST: own.note_alone(real.name, content)} if noted else {}
        _refuse_links([real.parent / name for name in manifest])
        stage.commit({real.name: content, **manifest})
    return path


def _may_replace(path: Path, content: bytes, own: OwnFiles) -> bool:
    """Whether nothing of a person is lost where this is written over what is there."""
    before = path.read_bytes()
    if not before.strip() or before == content:
        return True
    known = shows_changes(before) or own.is_left_alone(path.name)
    return known and is_same_making(before, content)


def write_files_atomically(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files into a folder that is there: all of them or none.

    Who calls it has looked whether they may be replaced. A name may be that of a file in a folder
    inside ("map/nodes.csv"), which is made where it is not there.

    Raises
    ------
    UsageError
        The folder does not exist, or one of them is a folder or a device.
    PartnetError
        The system refuses it.
    """
    inner = sorted({name.rpartition("/")[0] for name in files if "/" in name})
    for name in inner:
        check_folder(folder / name)
    for name in files:
        if (folder / name).parent.exists():
            check_output(folder / name, force=True)
    _refuse_links([folder / name for name in files])
    with explaining(folder), open_stage(folder) as stage, ExitStack() as held:
        for name in inner:
            if (folder / name).exists():
                held.enter_context(hold_inside(folder / name))
        stage.commit(files)


def write_folder_atomically(
    path: str | Path,
    files: Mapping[str, bytes],
    *,
    force: bool = False,
    owned: Predicate = nothing,
    clashes: Predicate = nothing,
) -> Path:
    """Write a folder whole or not at all; what others put into it stays as it is.

    A manifest in the folder says which files partnet wrote. Those it replaces, and removes where
    they are not written any more, unless somebody changed them since.

    Parameters
    ----------
    path : path
        The folder.
    files : mapping of str to bytes
        What it holds, by name.
    force : bool, default False
        Replace files of these names that partnet did not write, or that somebody changed.
    owned : callable, optional
        Tells by name which files are partnet's in a folder without a manifest (of before 0.2).
    clashes : callable, optional
        Tells by name which files of others would be read along with those written.

    Raises
    ------
    UsageError
        The parent does not exist, the path is a file or a link, or something would be lost.
    PartnetError
        The system refuses it, or another run is at work there.
    """
    path = Path(path)
    check_folder(path)
    with explaining(path):
        if not path.exists():
            fresh = {**files, MANIFEST: OwnFiles(path, {}).note(files)}
            with open_stage(path.parent) as stage:
                if path.exists() or stage.commit_folder(path.name, fresh):
                    return path
        with open_stage(path) as stage:
            old = OwnFiles.read(path, owned)
            files = {**files, MANIFEST: old.note(files)}
            obsolete = old.names - set(files) if old.sealed else set()
            if not force:
                old.refuse_losses(files, obsolete, clashes)
            _refuse_links([path / name for name in (*files, *obsolete)])
            stage.commit(files, sorted(obsolete))
    return path


def check_output(path: str | Path, *, force: bool = False) -> None:
    """Refuse a file that could not be written, before the work starts.

    Raises
    ------
    UsageError
        Its folder does not exist; it is a folder, a device or read-only; or, unless `force`, it
        shows no sign that partnet made it.
    """
    path = Path(path)
    with explaining(path):
        _check_name(path)
        check_parent(path)
        if path.is_dir():
            raise UsageError(f"{path}: found a folder. A file is written here. Give a file name.")
        if not path.exists():
            return
        if not path.is_file():
            raise UsageError(
                f"{path}: found a device or a pipe. A file is written as a whole. Give a file name."
            )
        if not path.stat().st_mode & WRITABLE:
            raise UsageError(
                f"{path}: found a file that is read-only, so that it stays as it is. A file is "
                "written here. Give another name, or make it writable."
            )
        if not force and not _is_ours(path):
            raise UsageError(_explain_stranger(path))


def _is_ours(path: Path) -> bool:
    """Whether a file is empty, or was made by partnet and not changed since."""
    real = path.resolve()
    settle_folder(real.parent)  # a killed run may have left the file new and its record old
    content = path.read_bytes()
    if not content.strip():
        return True
    if not shows_changes(content):
        return OwnFiles.read(real.parent).is_left_alone(real.name)
    return find_mark(content) is not None


def check_folder(path: Path) -> None:
    """Refuse a folder that could not be written.

    Raises
    ------
    UsageError
        Its parent does not exist, it is a file or a link, or its name is that of a file.
    """
    with explaining(path):
        _check_name(path)
        check_parent(path)
        if path.is_symlink():
            raise UsageError(
                f"{path}: found a link to {path.readlink()}. A folder is written where it lies. "
                "Give the folder itself."
            )
        if path.exists() and not path.is_dir():
            raise UsageError(f"{path}: found a file. A folder is written here. Give another name.")
        if not path.exists() and _FILE_ENDING.fullmatch(path.suffix):
            raise UsageError(
                f"{path}: found a name that ends in {path.suffix}, as those of files do. A folder "
                f"is written here. Name it {path.stem}, or make the folder first."
            )


def _check_name(path: Path) -> None:
    if "\0" in str(path):
        raise UsageError(
            f"{str(path)!r}: found a character that no name may hold. A name is written with "
            "letters. Give another name."
        )


def make_folder(path: str | Path) -> Path:
    """Make a folder with those above it, where it is not there.

    Raises
    ------
    UsageError
        It is a file or a link.
    PartnetError
        The system refuses it.
    """
    path = Path(path)
    with explaining(path):
        if path.parent.is_dir():
            check_folder(path)
        path.mkdir(parents=True, exist_ok=True)
    return path


def check_parent(path: Path) -> None:
    """Refuse a path in a folder that does not exist."""
    if not path.parent.is_dir():
        raise UsageError(
            f"{path}: found no folder {path.parent}. The folder must exist. Make it first."
        )


def write_new(path: str | Path, content: bytes, suffix: str) -> Path:
    """Write a file to begin with; another one that is there already is never replaced.

    One that is empty, or as it would be written (by a run that was stopped at its end), may be.

    Raises
    ------
    UsageError
        Another is there, its name does not end in `suffix`, or its folder does not exist.
    """
    path = Path(path)
    if path.suffix.lower() != suffix:
        raise UsageError(
            f"{path}: found the ending {path.suffix!r}. This file ends in {suffix}. "
            f"Write for example {path.with_suffix(suffix).name}."
        )
    check_output(path, force=True)
    if path.exists() and path.read_bytes() not in (b"", content):
        raise UsageError(
            f"{path}: found a file there. One that is there is never replaced. Choose another name."
        )
    return write_file_atomically(path, content, force=True)


def refuse_input(output: str | Path, inputs: Iterable[str | Path]) -> None:
    """Refuse an output that is one of the inputs, or that an input lies in.

    Raises
    ------
    UsageError
        It is.
    """
    output = Path(output)
    for given in map(Path, inputs):
        if not output.exists() or not given.exists():
            continue
        inside = output.is_dir() and output.resolve() == given.resolve().parent
        if inside or output.samefile(given):
            raise UsageError(
                f"{output}: found the input{f' {given.name} in it' if inside else ''}, which might "
                "be overwritten. What is written needs a place of its own. Give another name."
            )


def _follow_links(path: Path) -> Path:
    try:
        real = path.resolve()
    except RuntimeError:  # links that lead in a circle; from Python 3.13 on they stay as they are
        real = path
    if real.is_symlink():
        raise PartnetError(
            f"{path}: found links that lead in a circle. A link to a file is followed. Give the "
            "file itself."
        )
    check_parent(real)
    return real


def _refuse_links(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_symlink():
            raise UsageError(
                f"{path}: found a link to {path.readlink()}. Files that belong together are "
                "written where they lie. Put the file itself there, or choose another place."
            )


def _explain_stranger(path: Path) -> str:
    return (
        f"{path}: found a file that partnet did not make here, or that was changed since; it would "
        "be lost. Only a file of the same making is replaced. Give another name, or move it away."
    )


__all__ = [
    "MANIFEST",
    "OwnFiles",
    "check_folder",
    "check_output",
    "check_parent",
    "hash_bytes",
    "hash_file",
    "make_folder",
    "refuse_input",
    "settle_folder",
    "write_file_atomically",
    "write_files_atomically",
    "write_folder_atomically",
]
