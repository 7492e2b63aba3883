"""Files put into a folder all or none, whatever moment a kill strikes; the next run recovers.

New files are first written whole into a stage: a folder inside the folder, out of sight. A single
file is then renamed into place. For several, a plan is laid beside them that says which file goes
where; from the moment it lies there, the work counts as done, and whoever comes next carries out
what is left of it. A stage without a plan is rubbish, and whoever writes next clears it away.
A file may lie in a folder inside ("inner/name"); one that is not there is staged and moved whole.

Nothing is ever removed or replaced on the word of a plan alone: what stands in the folder must be
what stood there when the plan was made. Plans may come from strangers, as folders do.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from ..errors import PartnetError
from .system import explaining

WAIT_SECONDS = 60.0  # how long a second run waits for the first
_EVERY = 0.05  # seconds between two looks at a lock
PLAN = "plan.json"
NEW = "new"  # a whole folder that is not there yet, inside its stage
_STAGE = re.compile(r"\.partnet-[0-9a-f]{16}\.part")
_STAGED = re.compile(r"\d{1,6}\.part")
_NAME = re.compile(r"[^/\\:\0]+")
_TARGET = re.compile(rf"(?:{_NAME.pattern}/)?{_NAME.pattern}")
_HASH = re.compile(r"[0-9a-f]{64}|")


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a plan.

    Attributes
    ----------
    staged : str
        The file, or the new folder, in the stage; "" where the target is removed.
    target : str
        Its name in the folder, or in a folder inside.
    was : str
        Fingerprint of what stood there when the plan was made; "" for nothing.
    """

    staged: str
    target: str
    was: str

    @property
    def is_sound(self) -> bool:
        """Whether it stays inside stage and folder."""
        ups = {".", ".."}.intersection(self.target.split("/"))
        plain = _TARGET.fullmatch(self.target) and not ups
        staged = not self.staged or _STAGED.fullmatch(self.staged)
        return bool(plain and staged and _HASH.fullmatch(self.was))


def hash_file(path: Path) -> str:
    """Fingerprint of a file; "" where there is none, or something else than a file."""
    try:
        return hash_bytes(path.read_bytes()) if path.is_file() else ""
    except OSError:
        return ""


def hash_bytes(content: bytes) -> str:
    """A fingerprint of a file, by which a change of it is seen."""
    return hashlib.sha256(content).hexdigest()


class Stage:
    """Where files are written before they count, in a folder that nobody else writes to now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = folder / f".partnet-{secrets.token_hex(8)}.part"

    def commit(self, files: Mapping[str, bytes], removed: Sequence[str] = ()) -> None:
        """Replace files, or make them, and remove others: all of it, or nothing."""
        self.place.mkdir(mode=0o700)
        moves = [Move("", name, hash_file(self.folder / name)) for name in removed]
        for number, (name, content) in enumerate(_gather(self.folder, files).items()):
            staged, target = f"{number}.part", self.folder / name
            if isinstance(content, bytes):
                _write_durably(self.place / staged, content, like=target)
            else:
                _write_folder(self.place / staged, content)
            moves.append(Move(staged, name, hash_file(target)))
        if len(moves) > 1:
            _write_plan(self.place, moves)
        for move in moves:
            _make_move(self.place, self.folder, move)
        _sync_folder(self.folder)

    def commit_folder(self, name: str, files: Mapping[str, bytes]) -> bool:
        """Make a folder that is not there; whether somebody else made it meanwhile."""
        self.place.mkdir(mode=0o700)
        fresh = self.place / NEW
        _write_folder(fresh, files)
        try:
            os.rename(fresh, self.folder / name)
        except OSError as error:
            if error.errno in (errno.EEXIST, errno.ENOTEMPTY):
                return False
            raise
        _sync_folder(self.folder)
        return True


def _gather(folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes | dict[str, bytes]]:
    """Files by where they go; those of a folder that is not there yet together, by its name."""
    gathered: dict[str, bytes | dict[str, bytes]] = {}
    for name, content in files.items():
        inner, _, last = name.rpartition("/")
        if not inner or (folder / inner).exists():
            gathered[name] = content
        else:
            fresh = gathered.setdefault(inner, {})
            assert isinstance(fresh, dict)
            fresh[last] = content
    return gathered


@contextmanager
def open_stage(folder: Path) -> Iterator[Stage]:
    """Hold a folder alone, finish what a killed run left in it, and give a stage.

    Raises
    ------
    PartnetError
        Another run is at work on it for a minute.
    OSError
        The system refuses to write; who calls knows how to say it.
    """
    with hold_folder(folder):
        _recover(folder)
        stage = Stage(folder)
        try:
            yield stage
        finally:
            with suppress(OSError):
                _finish(stage.place)


@contextmanager
def hold_inside(folder: Path) -> Iterator[None]:
    """Hold a folder inside one that is held, with nothing unfinished in it, if it may be written.

    Raises
    ------
    PartnetError
        Another run is at work on it for a minute.
    OSError
        The system refuses to write into it: seen before anything counts.
    """
    with hold_folder(folder):
        _recover(folder)
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        yield


def settle_folder(folder: Path) -> None:
    """Finish what a killed run had decided but not carried out, so that a folder reads whole.

    Raises
    ------
    PartnetError
        There is something to finish, and the folder cannot be written.
    """
    try:
        unfinished = any((stage / PLAN).is_file() for stage in _list_stages(folder))
    except OSError:
        return  # whoever reads it will say what is wrong with it
    if unfinished:
        with explaining(folder), hold_folder(folder):
            _recover(folder)


def _recover(folder: Path) -> None:
    for stage in _list_stages(folder):
        with suppress(FileNotFoundError):
            _finish(stage)


def _list_stages(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if _STAGE.fullmatch(entry.name)]
    return [folder / name for name in sorted(names) if not (folder / name).is_symlink()]


def _finish(stage: Path) -> None:
    """Carry out what is left of a plan, if there is one, and clear the stage away."""
    for move in _read_plan(stage):
        if _is_open(stage, move):
            _make_move(stage, stage.parent, move)
    if not stage.is_dir():
        return
    for item in list(stage.iterdir()):
        if not (item.name == NEW or _STAGED.fullmatch(item.name) or item.name.startswith(PLAN)):
            continue
        if item.is_dir() and not item.is_symlink():
            _clear_folder(item)
        else:
            item.unlink()
    with suppress(OSError):
        stage.rmdir()


def _clear_folder(folder: Path) -> None:
    for item in list(folder.iterdir()):
        if not item.is_dir():
            item.unlink()
    with suppress(OSError):  # somebody put something into it: it is theirs now
        folder.rmdir()


def _is_open(stage: Path, move: Move) -> bool:
    """Whether a step is still to be made: nobody changed the target meanwhile."""
    target, staged = stage.parent / move.target, stage / move.staged
    inside = target.parent.is_dir() and (
        target.parent == stage.parent or not target.parent.is_symlink()
    )
    if not inside or target.is_symlink() or hash_file(target) != move.was:
        return False
    if not move.staged:
        return target.exists()
    mode = staged.lstat().st_mode if staged.exists() else 0
    return stat.S_ISREG(mode) or (stat.S_ISDIR(mode) and not target.exists())


def _make_move(stage: Path, folder: Path, move: Move) -> None:
    if move.staged:
        os.replace(stage / move.staged, folder / move.target)
    else:
        (folder / move.target).unlink(missing_ok=True)


def _write_plan(stage: Path, moves: Sequence[Move]) -> None:
    _sync_folder(stage)
    draft = stage / f"{PLAN}.part"
    _write_durably(draft, json.dumps([asdict(move) for move in moves]).encode("utf-8"))
    os.replace(draft, stage / PLAN)
    _sync_folder(stage)


def _read_plan(stage: Path) -> list[Move]:
    """Give the steps of a plan; none where there is no plan, or one that partnet did not write."""
    try:
        moves = [Move(**entry) for entry in json.loads((stage / PLAN).read_text("utf-8"))]
        return moves if all(move.is_sound for move in moves) else []
    except (OSError, ValueError, TypeError, RecursionError):
        return []


def _write_durably(path: Path, content: bytes, like: Path | None = None) -> None:
    """Write a file to the disk itself; with the mode and owner of one that it will replace."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    if like is not None and like.is_file():
        _copy_rights(like, path)


def _write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    path.mkdir()
    for name, content in files.items():
        _write_durably(path / name, content)
    _sync_folder(path)


def _copy_rights(source: Path, target: Path) -> None:
    """Owner, group, access lists and mode, as far as this user may set them."""
    seen = source.stat()
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(target, seen.st_uid, seen.st_gid)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(source):
                os.setxattr(target, name, os.getxattr(source, name))
    os.chmod(target, stat.S_IMODE(seen.st_mode))


def _sync_folder(folder: Path) -> None:
    """See that renames are on the disk, where the system lets a folder be synced."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def hold_folder(folder: Path, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Keep other runs out of a folder; the lock ends with the process, however it ends.

    Raises
    ------
    PartnetError
        Another run holds it for longer than `wait` seconds.
    """
    until = time.monotonic() + wait
    handle = _open_lock(folder)
    if handle is None:
        yield
        return
    try:
        while not try_lock(handle):
            if time.monotonic() >= until:
                raise PartnetError(
                    f"{folder}: found another run of partnet at work in it, for {wait:g} seconds "
                    "and longer. One at a time writes into a folder. Wait until it is done."
                )
            time.sleep(_EVERY)
        yield
    finally:
        os.close(handle)
        if os.name == "nt":
            with suppress(OSError):
                (folder / ".partnet.lock").unlink()


def _open_lock(folder: Path) -> int | None:
    """The folder itself is locked; on Windows, where it cannot be, a file in it."""
    try:
        if os.name == "nt":
            return os.open(folder / ".partnet.lock", os.O_RDWR | os.O_CREAT)
        return os.open(folder, os.O_RDONLY)
    except PermissionError:
        return None  # where writing is refused too, that will be said


def try_lock(handle: int) -> bool:
    """Try to be the only one that holds a file; where a disk knows no locks, nobody is kept out."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
    return True
