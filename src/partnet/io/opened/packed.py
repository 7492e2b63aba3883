"""Packed folders (zip): what Gephi's tables, service directories and UCINET's pairs arrive in."""

from __future__ import annotations

import lzma
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ...core.errors import InputError
from ...core.storage.system import FULL, explain_os_error, is_device
from .guard import CHUNK, MOST_MEMBERS
from .guard_parts import MOST_BYTES

MAGICS = (b"PK\x03\x04", b"PK\x05\x06")  # the second of one without files
FIX = "Unpack it, and give the folder or file that is inside."
MOST_LEVELS = 3  # a packed file in a packed file; one that holds itself would never end
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

    Folders within are left away; a packed file that holds only another one is unpacked twice. No
    byte beyond the limit for workbooks is inflated.

    Raises
    ------
    InputError
        It is damaged, encrypted or too large, has two files of one name, or is packed too often.
    """
    with tempfile.TemporaryDirectory(prefix="partnet-") as above:
        inside, left = path, MOST_BYTES
        for level in range(MOST_LEVELS):
            if level and not is_packed(inside):
                break
            place = Path(above, str(level))
            place.mkdir()
            inside, left = _unpack_level(path.name, inside, place, left)
        if is_packed(inside):
            raise _refuse(path.name, f"it is packed more than {MOST_LEVELS} times")
        yield inside


def _unpack_level(name: str, packed: Path, above: Path, left: int) -> tuple[Path, int]:
    """Unpack a file into a folder; what to read then, and how many bytes may still come."""
    try:
        with zipfile.ZipFile(packed) as archive:
            folder, left = _unpack_all(packed.stem, archive, above, left)
    except DAMAGED as error:
        locked = isinstance(error, RuntimeError) and "password" in str(error)
        raise _refuse(name, "it has a password" if locked else str(error)) from error
    except OSError as error:
        if error.errno in FULL:
            raise InputError(explain_os_error(error, name)) from error
        why = f"the system refuses a name or a place in it: {error.strerror or error}"
        raise _refuse(name, why) from error
    if left < 0:
        raise InputError(
            f"{name}: found more than {MOST_BYTES / 1e9:,.1f} GB when unpacked. A packed "
            f"network has at most so many. {FIX}"
        )
    files = sorted(folder.iterdir())
    heads = [file for file in files if file.suffix.lower() in OWN_HEADS]
    return files[0] if len(files) == 1 else heads[0] if len(heads) == 1 else folder, left


def _refuse(name: str, why: str) -> InputError:
    return InputError(f"{name}: found a packed file that cannot be read ({why}). {FIX}")


def _unpack_all(stem: str, archive: zipfile.ZipFile, above: Path, left: int) -> tuple[Path, int]:
    """Write all files into a folder that is called as the packed one; gives it, and the rest."""
    members = [member for member in list_files(archive) if not _is_hidden(member)]
    named = {PurePosixPath(m.filename.replace("\\", "/")).name: m for m in members}
    for word, member in named.items():
        if ":" in word or is_device(word):
            raise ValueError("it has a file with a colon in its name, or one called as a device")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise ValueError("it has a link to a file elsewhere")
    # Windows drops dots and blanks at the end of a name.
    if len({word.rstrip(". ").casefold() for word in named}) < len(members):
        raise ValueError("it has two files of the same name")
    if not members:
        raise ValueError("it has 0 files")
    folder = above / stem
    folder.mkdir()
    for word, member in named.items():
        left = _unpack_one(archive, member, folder / word, left)
        if left < 0:
            break
    return folder, left


def _unpack_one(archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path, left: int) -> int:
    """Write one file, at most so many bytes; how many are left then."""
    with archive.open(member) as packed, to.open("wb") as file:
        while left >= 0 and (piece := packed.read(CHUNK)):
            left -= len(piece)
            file.write(piece if left >= 0 else b"")
    return left


def list_files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Members of a packed file that are files; a name that is damaged may be empty.

    Raises
    ------
    ValueError
        There are more than anybody packs.
    """
    files = [member for member in archive.infolist() if member.filename and not member.is_dir()]
    if len(files) > MOST_MEMBERS:
        raise ValueError(f"it has {len(files):,} files")
    return files


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    """Whether it is what a system keeps beside files."""
    parts = PurePosixPath(member.filename.replace("\\", "/").lower()).parts
    return not parts or any(part.startswith(HIDDEN) for part in parts)
