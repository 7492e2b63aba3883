"""The record in a folder of what partnet wrote there, by which a later change of it is seen.

It is one hidden file. It names the files of a folder that was written as a whole, which are
replaced and removed together, and apart from them those that were written one by one and cannot
show a change by themselves: tables, JSON, texts, and pictures of dots.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import UsageError
from .staging import hash_bytes, hash_file

MANIFEST = ".partnet-files.json"
ABOUT = "Files that partnet wrote here, each with its SHA-256. It replaces and removes only these."
WRITABLE = 0o222  # bits of a mode: somebody may write

Predicate = Callable[[str], bool]


def nothing(name: str) -> bool:
    """Say of no file that it is partnet's."""
    return False


@dataclass(frozen=True)
class OwnFiles:
    """What partnet wrote into a folder before.

    Attributes
    ----------
    folder : Path
        The folder.
    written : mapping of str to str
        Fingerprints by name, as the manifest says, of what was written as a whole.
    alone : mapping of str to str
        The same of files that were written one by one.
    owned : callable
        Tells by name what was written before there were manifests.
    sealed : bool
        Whether the manifest is as partnet wrote it: only then is a file removed on its word.
    """

    folder: Path
    written: Mapping[str, str]
    owned: Predicate = nothing
    sealed: bool = False
    alone: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, owned: Predicate = nothing) -> OwnFiles:
        """Read the manifest of a folder; one that is damaged owns nothing."""
        try:
            manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
            written, alone = (_read_hashes(manifest, key) for key in ("files", "alone"))
            seal = manifest.get("seal", "")
        except FileNotFoundError:
            return cls(folder, {}, owned)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return cls(folder, {}, owned)
        if seal and seal != _make_seal(written, alone):  # somebody wrote in it
            return cls(folder, {}, owned)
        return cls(folder, written, owned, bool(seal and written), alone)

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
            if name != MANIFEST and there.is_file() and not there.stat().st_mode & WRITABLE:
                raise UsageError(
                    f"{self.folder}: found {name}, which is read-only, so that it stays as it is. "
                    "It would be replaced. Choose another folder, or make it writable."
                )

    def is_left_alone(self, name: str) -> bool:
        """Whether a file that was written by itself is as partnet left it."""
        known = self.alone.get(name)
        return known is not None and known == hash_file(self.folder / name)

    def note(self, files: Mapping[str, bytes]) -> bytes:
        """The manifest once these files are written as a whole; single files stay noted."""
        alone = {name: known for name, known in self._list_alone() if name not in files}
        return write_manifest({name: hash_bytes(files[name]) for name in files}, alone)

    def note_alone(self, name: str, content: bytes) -> bytes:
        """The manifest once a single file is written; what is not sealed is not sealed by it."""
        alone = {**dict(self._list_alone()), name: hash_bytes(content)}
        return write_manifest(self.written, alone, sealed=self.sealed or not self.written)

    def _list_alone(self) -> list[tuple[str, str]]:
        """Single files that are still there, as they were noted."""
        return [each for each in self.alone.items() if (self.folder / each[0]).is_file()]

    def _explain_loss(self, name: str) -> str:
        why = "was changed since partnet wrote it" if name in self.written else "somebody else made"
        return (
            f"{self.folder}: found {name}, which {why}; it would be lost. Only what partnet wrote "
            "is replaced. Choose another folder, or move this file away."
        )


def _is_empty(path: Path) -> bool:
    return path.is_file() and path.stat().st_size == 0


def may_note(folder: Path) -> bool:
    """Whether the manifest of a folder may be renewed; one of another user in /tmp may not.

    There a file is written without a note of it, and stays from then on.
    """
    there = folder / MANIFEST
    if not hasattr(os, "geteuid") or os.geteuid() == 0 or not there.exists():
        return True
    home = folder.stat()
    return not home.st_mode & stat.S_ISVTX or os.geteuid() in (home.st_uid, there.stat().st_uid)


def _read_hashes(manifest: Mapping[str, Mapping[str, str]], key: str) -> dict[str, str]:
    return {str(n): str(h) for n, h in manifest.get(key, {}).items() if Path(n).name == n}


def write_manifest(
    written: Mapping[str, str], alone: Mapping[str, str], *, sealed: bool = True
) -> bytes:
    """Write the record of a folder: fingerprints by name, of the whole and of single files."""
    kept: dict[str, object] = {"about": ABOUT, "files": dict(sorted(written.items()))}
    if alone:
        kept["alone"] = dict(sorted(alone.items()))
    if sealed:
        kept["seal"] = _make_seal(written, alone)
    text = json.dumps(kept, indent=1, ensure_ascii=False)
    return (text + "\n").encode("utf-8", "backslashreplace")


def _make_seal(written: Mapping[str, str], alone: Mapping[str, str]) -> str:
    """A fingerprint of all entries: a manifest in which somebody wrote owns nothing."""
    lines = [f"{name} {written[name]}\n" for name in sorted(written)]
    lines += [f"/{name} {alone[name]}\n" for name in sorted(alone)]  # no name begins so
    return hash_bytes("".join(lines).encode("utf-8", "backslashreplace"))
