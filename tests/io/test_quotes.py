"""Quotation marks in CSV files: line breaks in cells stay, stray marks swallow no row."""

from __future__ import annotations

import pytest

from partnet import InputError
from partnet.core.errors import InputProblem
from partnet.io.opened.csv_file import read_csv_records

LINES = "".join(f"Org {k},CAH\n" for k in range(5, 39))


def read(text: str) -> tuple[list[list[str]], list[InputProblem]]:
    problems: list[InputProblem] = []
    return [cells for _, cells in read_csv_records("a.csv", text, problems)], problems


@pytest.mark.parametrize(
    "text",
    [
        f'name,kind\n"Org 4\n{LINES}Org 39",CAH\nOrg 40,CAH\n',  # two stray marks, far apart
        f'name,kind\n"Org 4,CAH\n{LINES}Org 39",CAH\nOrg 40,CAH\n',
        f'name,kind\nOrg 4,"CAH\n{LINES}Org 39,CAH"\nOrg 40,CAH\n',
        f'name,kind\n"Org 4,CAH\n{LINES}Org 39,CAH\nOrg 40,CAH\n',  # one that never closes
        f'name,kind\n"Org 4,CAH\n{LINES}"Org 39,CAH\nOrg 40,CAH\n',  # one that closes as none does
    ],
)
def test_a_stray_mark_swallows_no_row(text: str) -> None:
    rows, problems = read(text)
    assert len(rows) == 38 and rows[-1] == ["Org 40", "CAH"]
    assert [row[0] for row in rows[2:36]] == [f"Org {k}" for k in range(5, 39)]
    assert str(problems[0]).startswith(
        "a.csv, row 2: found a quotation mark that does not close on its line ("
    )
    assert problems[0].level == "error" and "close it on line 2" in problems[0].fix


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('a,b\n"x\ny",z\n', ["x\ny", "z"]),
        ('a,b,c\n1,"12 Main\nAlma, NE, US\nEarth, Sun, Sky",3\n', None),
        ('a,b\n1,"We meet, often\nwe talk, too\nand eat, all"\n', None),
        ('a,b\n"x\r\ny",z\r\n', ["x\r\ny", "z"]),
        ('a,b\n6" pipe,z\n', ['6" pipe', "z"]),
    ],
)
def test_line_breaks_in_cells_stay(text: str, row: list[str] | None) -> None:
    rows, problems = read(text)
    assert len(rows) == 2 and problems == []
    assert row is None or rows[1] == row


def test_a_very_long_cell_is_told() -> None:
    rows, problems = read("a,b\n1,'x'\n" + '2,"' + "word\n" * 40 + '"\n3,y\n')
    assert len(rows) == 4
    assert [problem.level for problem in problems] == ["note"]
    assert "a cell of 41 lines" in problems[0].found


def test_marks_everywhere_are_refused() -> None:
    with pytest.raises(InputError, match="again and again"):
        read("a,b\n" + '"x,y\n' * 5_000)


def test_rows_are_numbered_as_excel_does() -> None:
    numbered = [(n, cells) for n, cells in read_csv_records("a.csv", 'a\n"x\ny"\n\nz\n')]
    assert numbered == [(1, ["a"]), (2, ["x\ny"]), (3, []), (4, ["z"])]
