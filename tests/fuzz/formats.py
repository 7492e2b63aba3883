"""Fuzzing of the readers of foreign formats: damaged files are read or refused in a sentence.

The suite runs some thousands of inputs; `tests.fuzz.run` runs as many as you like.
"""

from __future__ import annotations

import random
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import partnet as pn
from partnet.core.vocabulary import default_vocabulary
from partnet.io.formats.opening import list_raw_tables, open_foreign, read_foreign
from partnet.io.formats.registry import FORMATS
from partnet.io.formats.source import Source
from partnet.io.typed.accounts import GONE

from .mutation import mutate
from .seeds import SEEDS


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
        net = pn.read_network(path)
        gone = [str(problem) for problem in net.problems if problem.found == GONE]
        assert not gone, gone[0]
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
