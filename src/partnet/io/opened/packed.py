"""Packed folders (zip): what Gephi's tables, service directories and UCINET's pairs arrive in."""

from __future__ import annotations

import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ...core.errors import InputError
from .guard import CHUNK, MOST_MEMBERS
from .guard_parts import MOST_BYTES

MAGICS = (b"PK\x03\x04", b"PK\x05\x06")  # the second of one without files
FIX = "Unpack it, and give the folder or file that is inside."
HIDDEN = ("__macosx", ".", "~$")
DAMAGED = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, RuntimeError, ValueError),
)
OWN_HEADS = (".##h",)  # of two files that belong together the one that leads to the other


def is_packed(path: Path) -> bool:
    """Tell whether a file is called .zip and is one."""
    if path.suffix.lower() != ".zip" or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) in MAGICS


@contextmanager
def unpack(path: Path) -> Iterator[Path]:
    """Give what is inside, unpacked for as long as it is read: the only file, else a folder.

    Folders within are left away. No byte beyond the limit for workbooks is inflated.

    Raises
    ------
    InputError
        It is damaged, encrypted or too large, or has two files of one name.
    """
    with tempfile.TemporaryDirectory(prefix="partnet-") as above:
        try:
            with zipfile.ZipFile(path) as archive:
                folder = _unpack_all(path, archive, Path(above))
        except DAMAGED as error:
            raise InputError(
                f"{path.name}: found a packed file that cannot be read ({error}). {FIX}"
            ) from error
        files = sorted(folder.iterdir())
        heads = [file for file in files if file.suffix.lower() in OWN_HEADS]
        yield files[0] if len(files) == 1 else heads[0] if len(heads) == 1 else folder


def _unpack_all(path: Path, archive: zipfile.ZipFile, above: Path) -> Path:
    """Write all files into a folder that is called as the packed one; gives it."""
    members = [member for member in archive.infolist() if not _is_hidden(member)]
    named = {PurePosixPath(m.filename.replace("\\", "/")).name: m for m in members}
    if any(":" in word for word in named):
        raise ValueError("it has a file with a colon in its name")
    if len({word.casefold() for word in named}) < len(members):
        raise ValueError("it has two files of the same name")
    if not 0 < len(members) <= MOST_MEMBERS:
        raise ValueError(f"it has {len(members):,} files")
    folder = above / path.stem
    folder.mkdir()
    left = MOST_BYTES
    for word, member in named.items():
        left = _unpack_one(archive, member, folder / word, left)
        if left < 0:
            raise InputError(
                f"{path.name}: found more than {MOST_BYTES / 1e9:,.1f} GB when unpacked. A packed "
                f"network has at most so many. {FIX}"
            )
    return folder


def _unpack_one(archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path, left: int) -> int:
    """Write one file, at most so many bytes; how many are left then."""
    with archive.open(member) as packed, to.open("wb") as file:
        while left >= 0 and (piece := packed.read(CHUNK)):
            left -= len(piece)
            file.write(piece if left >= 0 else b"")
    return left


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    """Whether it is a folder, or what a system keeps beside files."""
    parts = PurePosixPath(member.filename.replace("\\", "/").lower()).parts
    return member.is_dir() or not parts or any(part.startswith(HIDDEN) for part in parts)
