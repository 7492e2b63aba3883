"""Where compiled kernels are kept: a file for each, named and sealed by what it was made of.

numba's own cache has an index for all signatures of a function, which two processes write over each
other, which is trusted when it is damaged, and without which a package in a folder that cannot be
written is not even imported. Here whatever is wrong with the cache means compiling anew, and no
more.
"""

from __future__ import annotations

import hashlib
import inspect
import os
import pickle
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numba
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps
from numba.misc.appdirs import AppDirs

_SEAL = b"partnet kernel 1\n"  # before the fingerprint and the kernel itself
_FINGERPRINT = 32  # bytes


class KernelCache:
    """What numba asks for a function compiled before, and gives one that it has just compiled."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.enabled = True

    @property
    def cache_path(self) -> str | None:
        """Where kernels are kept; ``None`` where there is no place for them."""
        place = find_place()
        return None if place is None else str(place)

    def load_overload(self, signature: Any, target: Any) -> Any:
        """Give a kernel compiled before; ``None`` where there is none that is whole."""
        target.refresh()
        if not self.enabled:
            return None
        name = self._name_file(signature, target.codegen())
        for place in list_places():
            # Whatever a damaged or foreign file leads to, compiling anew is right.
            with suppress(Exception):
                payload = unseal((place / name).read_bytes())
                if payload is not None:
                    return CompileResult._rebuild(target, *pickle.loads(payload))
        return None

    def save_overload(self, signature: Any, compiled: Any) -> None:
        """Keep a kernel, where there is a place and the disk is not full."""
        place = find_place()
        if not self.enabled or place is None or not _can_keep(compiled):
            return
        with suppress(Exception):
            payload = dumps(compiled._reduce())
            _write(place / self._name_file(signature, compiled.codegen), seal(payload))

    def enable(self) -> None:
        """Keep kernels."""
        self.enabled = True

    def disable(self) -> None:
        """Keep none."""
        self.enabled = False

    def flush(self) -> None:
        """Nothing to forget: a kernel of another source has another name."""

    def _name_file(self, signature: Any, codegen: Any) -> str:
        made_of = (signature, codegen.magic_tuple(), numba.__version__, sys.version)
        digest = hashlib.sha256(repr(made_of).encode("utf-8"))
        digest.update(stamp_sources(self.function))
        module = self.function.__module__.rsplit(".", 1)[-1]
        return f"{module}.{self.function.__name__}-{digest.hexdigest()[:24]}.nbc"


def seal(payload: bytes) -> bytes:
    """Put a fingerprint before a kernel."""
    return _SEAL + hashlib.sha256(payload).digest() + payload


def unseal(content: bytes) -> bytes | None:
    """Give the kernel of a file; ``None`` where it is damaged."""
    head = len(_SEAL) + _FINGERPRINT
    payload = content[head:]
    return payload if content[:head] == seal(payload)[:head] else None


def stamp_sources(function: Callable[..., Any]) -> bytes:
    """Fingerprint of the file of a kernel and of the files of all kernels that it calls."""
    found: set[Callable[..., Any]] = set()
    _collect_called(function, found)
    files = sorted({inspect.getfile(called) for called in found})
    return hashlib.sha256(b"".join(_hash_source(file) for file in files)).digest()


def _collect_called(function: Callable[..., Any], found: set[Callable[..., Any]]) -> None:
    if function in found:
        return
    found.add(function)
    for name in function.__code__.co_names:
        called = getattr(function.__globals__.get(name), "py_func", None)
        if called is not None:
            _collect_called(called, found)


@cache
def _hash_source(file: str) -> bytes:
    return hashlib.sha256(Path(file).read_bytes()).digest()


def _can_keep(compiled: Any) -> bool:
    """Whether a kernel means the same in another process."""
    lifted = all(part.can_cache for part in compiled.lifted)
    return lifted and not compiled.library.has_dynamic_globals


def list_places() -> Iterator[Path]:
    """Where kernels may lie: the folder that is asked for, beside the package, the user's own."""
    asked = os.environ.get("NUMBA_CACHE_DIR")
    if asked:
        yield Path(asked) / "partnet"
        return
    yield Path(__file__).parent / "__pycache__"
    with suppress(Exception):  # no home
        yield Path(AppDirs(appname="partnet", appauthor=False).user_cache_dir) / "kernels"


@cache
def find_place() -> Path | None:
    """The first place that can be written; ``None`` where there is none."""
    for place in list_places():
        probe = place / f".{secrets.token_hex(8)}.part"
        with suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
            probe.touch()
            probe.unlink()
            return place
    return None


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, however many processes write it at once."""
    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        draft.write_bytes(content)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
