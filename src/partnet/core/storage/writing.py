"""The only way in which partnet writes files: whole or not at all, and over nobody's work.

A file is replaced only where it is of the same making; a table in a folder only where a manifest
says that partnet wrote it and it was not changed since. What else lies in a folder stays. A link
leads to the file that is written; a linked folder, a device, a file that is read-only are refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..errors import PartnetError, UsageError
from .making import is_made_here, is_same_making, seal
from .staging import hash_bytes, hash_file, hold_inside, open_stage, settle_folder
from .system import explaining

MANIFEST = ".partnet-files.json"
ABOUT = "Files that partnet wrote here, each with its SHA-256. It replaces and removes only these."
CREATED = datetime(2000, 1, 1)  # of every workbook, so that equal input gives equal bytes
_FILE_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,6}")
_WRITABLE = 0o222  # bits of a mode: somebody may write

Predicate = Callable[[str], bool]


def _nothing(name: str) -> bool:
    return False


def write_file_atomically(path: str | Path, content: bytes, *, force: bool = False) -> Path:
    """Write a file whole or not at all; a file that is there keeps its mode, a link its target.

    A page or an SVG gets a fingerprint, so that one that somebody changed since is not replaced.

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
        if not force and real.exists() and not is_same_making(real.read_bytes(), content):
            raise UsageError(_explain_stranger(path))
        stage.commit({real.name: content})
    return path


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
    owned: Predicate = _nothing,
    clashes: Predicate = _nothing,
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
    files = {**files, MANIFEST: _write_manifest(files)}
    check_folder(path)
    with explaining(path):
        if not path.exists():
            with open_stage(path.parent) as stage:
                if path.exists() or stage.commit_folder(path.name, files):
                    return path
        with open_stage(path) as stage:
            old = OwnFiles.read(path, owned)
            obsolete = old.names - set(files) if old.sealed else set()
            if not force:
                old.refuse_losses(files, obsolete, clashes)
            _refuse_links([path / name for name in (*files, *obsolete)])
            stage.commit(files, sorted(obsolete))
    return path


@dataclass(frozen=True)
class OwnFiles:
    """What partnet wrote into a folder before.

    Attributes
    ----------
    folder : Path
        The folder.
    written : mapping of str to str
        Fingerprints by name, as the manifest says.
    owned : callable
        Tells by name what was written before there were manifests.
    sealed : bool
        Whether the manifest is as partnet wrote it: only then is a file removed on its word.
    """

    folder: Path
    written: Mapping[str, str]
    owned: Predicate = _nothing
    sealed: bool = False

    @classmethod
    def read(cls, folder: Path, owned: Predicate = _nothing) -> OwnFiles:
        """Read the manifest of a folder; one that is damaged owns nothing."""
        try:
            manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
            written = {str(n): str(h) for n, h in manifest["files"].items() if Path(n).name == n}
            seal = manifest.get("seal", "")
        except FileNotFoundError:
            return cls(folder, {}, owned)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            written, seal = {}, ""
        if seal and seal != _make_seal(written):  # somebody wrote in it
            written = {}
        return cls(folder, written, owned, bool(seal and written))

    @property
    def names(self) -> set[str]:
        """Files that partnet wrote and that are still there."""
        return {name for name in self.written if (self.folder / name).is_file()}

    def is_untouched(self, name: str) -> bool:
        """Whether a file is as partnet left it."""
        known = self.written.get(name)
        same = known is not None and known == hash_file(self.folder / name)
        return same or name == MANIFEST or self.owned(name)

    def refuse_losses(
        self, files: Mapping[str, bytes], obsolete: set[str], clashes: Predicate
    ) -> None:
        """Refuse what would replace, remove or read along what others made or changed.

        Raises
        ------
        UsageError
            Something would be lost, or would be read as part of what is written.
        """
        replaced = [n for n in files if hash_bytes(files[n]) != hash_file(self.folder / n)]
        self.refuse_changes([*replaced, *obsolete])
        for item in sorted(self.folder.iterdir()):
            if item.name not in files and item.name not in obsolete and clashes(item.name):
                raise UsageError(
                    f"{self.folder}: found {item.name}, which partnet did not write and which "
                    "would be read with the tables written. Those are written into a folder "
                    "without such files. Choose another folder, or move this one away."
                )

    def refuse_changes(self, names: Iterable[str]) -> None:
        """Refuse to go on where one of these files is not as partnet left it.

        Raises
        ------
        UsageError
            Somebody else made one of them, or changed it.
        """
        for name in names:
            there = self.folder / name
            if there.exists() and not _is_empty(there) and not self.is_untouched(name):
                raise UsageError(self._explain_loss(name))
            if name != MANIFEST and there.is_file() and not there.stat().st_mode & _WRITABLE:
                raise UsageError(
                    f"{self.folder}: found {name}, which is read-only, so that it stays as it is. "
                    "It would be replaced. Choose another folder, or make it writable."
                )

    def _explain_loss(self, name: str) -> str:
        why = "was changed since partnet wrote it" if name in self.written else "somebody else made"
        return (
            f"{self.folder}: found {name}, which {why}; it would be lost. Only what partnet wrote "
            "is replaced. Choose another folder, or move this file away."
        )


def _is_empty(path: Path) -> bool:
    return path.is_file() and path.stat().st_size == 0


def _write_manifest(files: Mapping[str, bytes]) -> bytes:
    hashes = {name: hash_bytes(content) for name, content in sorted(files.items())}
    manifest = {"about": ABOUT, "files": hashes, "seal": _make_seal(hashes)}
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    return (text + "\n").encode("utf-8", "backslashreplace")


def _make_seal(hashes: Mapping[str, str]) -> str:
    """A fingerprint of all entries: a manifest in which somebody wrote owns nothing."""
    lines = "".join(f"{name} {hashes[name]}\n" for name in sorted(hashes))
    return hash_bytes(lines.encode("utf-8", "backslashreplace"))


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
        if not path.stat().st_mode & _WRITABLE:
            raise UsageError(
                f"{path}: found a file that is read-only, so that it stays as it is. A file is "
                "written here. Give another name, or make it writable."
            )
        if not force and not is_made_here(path):
            raise UsageError(_explain_stranger(path))


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


def check_new(path: str | Path, suffix: str) -> None:
    """Refuse a file to begin with that is there already, or whose name ends otherwise.

    Raises
    ------
    UsageError
        It is there, its name does not end in `suffix`, or its folder does not exist.
    """
    path = Path(path)
    if path.suffix.lower() != suffix:
        raise UsageError(
            f"{path}: found the ending {path.suffix!r}. This file ends in {suffix}. "
            f"Write for example {path.with_suffix(suffix).name}."
        )
    check_output(path, force=True)
    if path.exists():
        raise UsageError(
            f"{path}: found a file there. One that is there is never replaced. Choose another name."
        )


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
    except RuntimeError as error:  # links that lead in a circle
        raise PartnetError(
            f"{path}: found links that lead in a circle. A link to a file is followed. Give the "
            "file itself."
        ) from error
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
        f"{path}: found a file that partnet did not make, or that was changed since; it would be "
        "lost. Only a file of the same making is replaced. Give another name, or move it away."
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
