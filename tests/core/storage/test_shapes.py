"""Shapes of settings: what fits passes, what does not is told with its place."""

from __future__ import annotations

import datetime

import pytest

from partnet import UsageError
from partnet.core.storage.shapes import (
    DAY,
    FLAG,
    NUMBER,
    TEXT,
    WHOLE,
    WORD,
    list_of,
    one_of,
    record,
    show,
    table_of,
)

SHAPE = record(
    {"name": WORD, "files": list_of(WORD, least=1, or_one=True), "most": WHOLE}, ["name"]
)


@pytest.mark.parametrize(
    "value",
    [{"name": "a"}, {"name": "a", "files": "x"}, {"name": "a", "files": ["x", "y"], "most": 0}],
)
def test_what_fits_passes(value: object) -> None:
    SHAPE.check("a.toml", value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], r"a.toml: found \[\]. Allowed is a table"),
        ({}, "a.toml: found no name. Needed: name. Add it."),
        ({"name": 1}, "a.toml, name: found 1. Allowed is a text"),
        ({"name": " "}, "a.toml, name: found ' '"),
        ({"name": "a\x00"}, r"a.toml, name: found 'a\\x00'"),
        ({"name": "a", "nmae": 1}, "found the key 'nmae'. Allowed are name, files, most. Correct"),
        ({"name": "a", "files": []}, r"a.toml, files: found \[\]"),
        ({"name": "a", "files": ["x", 2]}, "a.toml, files, entry 2: found 2"),
        ({"name": "a", "most": True}, "a.toml, most: found True. Allowed is a whole number"),
        ({"name": "a", "most": -1}, "a.toml, most: found -1"),
        ({"name": "a", "most": 10**5000}, "found a number of very many digits"),
        ({"name": "a", "files": "x" * 900 + "\x00"}, r"found 'x{59}\.\.\."),
    ],
)
def test_what_does_not_fit_is_told(value: object, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        SHAPE.check("a.toml", value)


def test_plain_values() -> None:
    assert DAY.fits(datetime.date(2026, 1, 1)) and DAY.fits("2026-01-01") and not DAY.fits(2026)
    assert FLAG.fits(False) and not FLAG.fits(0)
    assert NUMBER.fits(1.5) and not NUMBER.fits(float("inf")) and not NUMBER.fits(True)
    assert one_of(("a", "b")).fits("a") and not one_of(("a",)).fits(["a"])
    assert not table_of(TEXT).fits({"": "a"}) and table_of(TEXT).fits({"a": 1})  # its parts tell


def test_a_nest_without_end_is_shown() -> None:
    nest: list[object] = []
    for _ in range(100_000):
        nest = [nest]
    assert len(show(nest)) < 100
