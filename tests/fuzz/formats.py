"""Fuzzing of the readers of foreign formats: damaged files are read or refused in a sentence.

The suite runs some thousands of inputs; for more::

    python -m tests.fuzz.formats 100000

prints every input that ended otherwise, with the seed that makes it again.
"""

from __future__ import annotations

import random
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import partnet as pn
from partnet.core.vocabulary import default_vocabulary
from partnet.io.formats.opening import list_raw_tables, open_foreign, read_foreign
from partnet.io.formats.registry import FORMATS
from partnet.io.formats.source import Source

from .seeds import SEEDS

# Pieces that have broken readers of such files before.
PIECES = (
    b"", b"0", b"-1", b"1e309", b"999999999", b"NaN", b'"', b"'", b"[", b"]", b"{", b"}", b"<",
    b">", b"&", b"&#0;", b"&lol;", b"<!DOCTYPE x>", b"<![CDATA[", b"\x00", b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\n", b"\r\n", b"\t", b",", b";", b"|", b"*", b"*Vertices 99999999", b"*Matrix", b"!", b"%",
    b"null", b"true", b"1" * 400, b"\xe2\x80\x8f", b"\xed\xa0\x80", b'""', b"#", b"N=99999999",
    b"NM=0", b"data:", b"labels:", b"A" * 5000, b"[" * 200, b'{"a":' * 200,
)  # fmt: skip
SECONDS = 60  # for one input
BYTES = 2 << 30  # of address space beyond what the program has at its start


def mutate(content: bytes, chance: random.Random) -> bytes:
    """Damage a file in one to six places: cut, repeat, swap, overwrite, insert."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        if not data:
            break
        a = chance.randrange(len(data))
        b = min(len(data), a + chance.choice((1, 1, 2, 4, 8, 40, 200)))
        kind = chance.randrange(7)
        if kind == 0:
            del data[a:b]
        elif kind == 1:
            data[a:a] = data[a:b] * chance.randint(1, 3)
        elif kind == 2:
            data[a] = chance.randrange(256)
        elif kind == 3:
            data[a:b] = chance.choice(PIECES)
        elif kind == 4:
            data[a:a] = chance.choice(PIECES)
        elif kind == 5:
            other = chance.randrange(len(data))
            data[a:b], data[other : other + b - a] = data[other : other + b - a], data[a:b]
        else:
            del data[a if chance.random() < 0.2 else len(data) :]
    return bytes(data)


def make_input(number: int, folder: Path) -> Path:
    """Make the input of a number: always the same."""
    chance = random.Random(number)
    name = sorted(SEEDS)[number % len(SEEDS)]
    seed = SEEDS[name]
    path = folder / name
    damaged = chance.choice(sorted(seed))
    for end, content in seed.items():
        text = mutate(content, chance) if end == damaged else content
        file = path.with_name(path.stem + end) if end else path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text)
    return path


def read_input(path: Path, *, whole: bool) -> None:
    """Read an input as whatever it may be; only a sentence may come out.

    Raises
    ------
    PartnetError
        It is refused.
    """
    if whole:
        pn.read_network(path)
        return
    open_foreign(path, default_vocabulary())
    source = Source(path)
    for format_ in [format_ for format_ in FORMATS if format_.sniff(source)][1:]:
        list_raw_tables(read_foreign(source, format_, default_vocabulary())[0])


def find_failures(numbers: Iterator[int], *, every: int = 10) -> list[tuple[int, str]]:
    """Give the inputs that ended in anything but a network or a sentence, with the traceback."""
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            path = make_input(number, Path(folder))
            try:
                read_input(path, whole=number % every == 0)
            except pn.PartnetError as error:
                if not str(error).strip():
                    failures.append((number, "refused without a word"))
            except Exception:
                failures.append((number, traceback.format_exc()))
    return failures


def main(count: int, start: int = 0) -> int:
    """Run so many inputs under limits of time and memory."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"more than {SECONDS} seconds")

    signal.signal(signal.SIGALRM, stop)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + BYTES, used + BYTES))
    failed = 0
    for number in range(start, start + count):
        signal.alarm(SECONDS)
        for found, words in find_failures(iter([number])):
            failed += 1
            print(f"input {found}: {words}", flush=True)
        signal.alarm(0)
    print(f"{count:,} inputs, {failed} failures")
    return failed


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
