"""Many lines at once are the records that they are one at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from partnet import InputError
from partnet.core.errors import InputProblem
from partnet.io.opened import csv_records
from partnet.io.opened.csv_records import read_csv_stream


def read(text: str, mark: str = ",") -> tuple[list[tuple[int, list[str]]], list[InputProblem], str]:
    problems: list[InputProblem] = []
    records: list[tuple[int, list[str]]] = []
    try:
        records.extend(read_csv_stream("a.csv", io.StringIO(text, newline=""), mark, problems))
    except InputError as error:
        return [], [], str(error)
    return records, problems, ""


PARTS = ("a", "b c", ",", ", ", '"', '""', "'", "'=", "'\"", "=1", "-", "\t", "\n", "\r\n", "\r")


@given(st.lists(st.sampled_from(PARTS), max_size=60).map("".join), st.sampled_from(",\t"))
@example('a,b\n"c,d\n' + "e,f\n" * 40 + "'=g,h\n", ",")
@example("\n\na,b\n" + "c,d\n" * 9 + '"e\nf",g\n' + "'+h,i\n" * 9 + '"j', ",")
def test_many_lines_at_once_are_the_same_records(text: str, mark: str) -> None:
    at_once = read(text, mark)
    with patch.object(csv_records._Records, "_part", lambda _self, _lines: []):
        assert read(text, mark) == at_once


def test_a_line_is_taken_only_when_it_is_asked_for() -> None:
    def write() -> Iterator[str]:
        yield "name,kind\n"
        raise AssertionError("the header alone was asked for")

    assert next(iter(read_csv_stream("a.csv", write(), ","))) == (1, ["name", "kind"])
