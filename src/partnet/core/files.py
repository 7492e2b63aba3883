"""Reading settings; writing files so that a killed run leaves what was there before."""

from __future__ import annotations

import os
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import InputError, PartnetError, UsageError


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file, with or without a byte order mark.

    Raises
    ------
    InputError
        The file is not there or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path.name}: it cannot be read as TOML ({error}).") from error


def write_file_atomically(path: str | Path, content: bytes) -> Path:
    """Write a file whole or not at all.

    Raises
    ------
    UsageError
        The folder does not exist, or the path is a folder.
    PartnetError
        The file cannot be replaced, for example because Excel has it open.
    """
    path = Path(path)
    check_parent(path)
    if path.is_dir():
        raise UsageError(f"{path}: found a folder. A file is written here. Give a file name.")
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, 0o666 & ~_umask())
        _replace(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)
    return path


def write_folder_atomically(path: str | Path, files: Mapping[str, bytes]) -> Path:
    """Write a folder whole or not at all: into a sibling, which is then swapped in.

    An existing folder is replaced only if partnet could have written it: it holds nothing but
    files of the kinds written here.

    Raises
    ------
    UsageError
        The parent does not exist, or the folder holds other things, which would be lost.
    """
    path = Path(path)
    check_parent(path)
    _check_replaceable(path, {Path(name).suffix for name in files})
    fresh = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
    try:
        fresh.chmod(0o777 & ~_umask())
        for name, content in files.items():
            write_file_atomically(fresh / name, content)
        _swap_folders(fresh, path)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return path


def _swap_folders(fresh: Path, path: Path) -> None:
    """Move the old folder aside, the new one in, and the old one away."""
    old = path.with_name(f".{path.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if path.exists():
        _replace(path, old)
    try:
        _replace(fresh, path)
    except PartnetError:
        if old.exists():
            os.replace(old, path)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _replace(source: Path, target: Path) -> None:
    try:
        os.replace(source, target)
    except PermissionError as error:
        raise PartnetError(
            f"{target.name}: it cannot be replaced. If it is open in Excel or another program, "
            "close it there and run again."
        ) from error


def check_parent(path: Path) -> None:
    """Refuse a path in a folder that does not exist."""
    if not path.parent.is_dir():
        raise UsageError(
            f"{path}: found no folder {path.parent}. The folder must exist. Make it first."
        )


def _check_replaceable(path: Path, suffixes: set[str]) -> None:
    if not path.exists():
        return
    if not path.is_dir():
        raise UsageError(f"{path}: found a file. A folder is written here. Give another name.")
    foreign = [item.name for item in path.iterdir() if item.is_dir() or item.suffix not in suffixes]
    if foreign:
        raise UsageError(
            f"{path}: found {sorted(foreign)[0]} in the folder, which would be lost. A folder is "
            "replaced as a whole. Choose another folder, or move this away."
        )


def _umask() -> int:
    """The mask of the process; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
