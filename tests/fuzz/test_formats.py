"""2,000 damaged files of all formats: read, or refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

import partnet as pn
from partnet.io.formats.registry import FORMATS
from partnet.io.formats.source import Source

from .formats import find_failures, make_input
from .seeds import SEEDS

INPUTS = 2_000


def test_damaged_files_are_read_or_refused() -> None:
    failures = find_failures(iter(range(INPUTS)))
    assert failures == [], failures[0][1]


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_every_seed_is_a_good_file(name: str, tmp_path: Path) -> None:
    for end, content in SEEDS[name].items():
        path = tmp_path / name
        (path.with_name(path.stem + end) if end else path).write_bytes(content)
    assert pn.read_network(tmp_path / name).n > 0


def test_every_format_has_a_seed(tmp_path: Path) -> None:
    found = set()
    for name, seed in SEEDS.items():
        for end, content in seed.items():
            path = tmp_path / name
            (path.with_name(path.stem + end) if end else path).write_bytes(content)
        source = Source(tmp_path / name)
        found |= {format_.name for format_ in FORMATS if format_.sniff(source)}
    lacking = {format_.name for format_ in FORMATS} - found
    assert lacking == {"polinode-xlsx"}  # told by the names of sheets; tested by itself


def test_the_same_number_makes_the_same_input(tmp_path: Path) -> None:
    made = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        made.append(make_input(123, tmp_path / folder).read_bytes())
    assert made[0] == made[1]
