"""Exports as they come: edited after launch, answered in Spanish, with what a tool adds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import partnet as pn

from .test_grids import ASKS, NAMES, NET, OPEN, SAID, list_open, list_said, save, write_google
from .test_grids import write_qualtrics as write_two_or_three

SPANISH = {"yes": "Sí", "weekly": "Semanalmente", "Don't know": "No sé", "no": "No"}
Rows = list[list[str]]


def write_qualtrics() -> Rows:
    return write_two_or_three(True)


def put_name_last() -> Rows:
    return [[row[0], *row[2:], row[1]] for row in write_google()]


def answer_in_spanish() -> Rows:
    _, *rows = write_google()
    head = ["Marca temporal", "Nombre de su organización"]
    head += [f"¿Refieren clientes a ellos? [{name}]" for name in NAMES]
    return [head, *([SPANISH.get(cell, cell) for cell in row] for row in rows)]


def rename_a_partner() -> Rows:
    head, *rows = write_google()
    edited = "Pine Pantry (formerly Pine - Pantry)"
    return [[cell.replace("Pine - Pantry", edited) for cell in head], *rows]


def keep_old_and_new_column() -> Rows:
    """A row of the grid was renamed while answers came in: the tool keeps both columns."""
    head, first, second = write_google()
    late = [*second, second[4]]
    late[4] = ""
    return [[*head, f"{ASKS} [Pine Pantry Inc.]"], [*first, ""], late]


def add_leftovers() -> Rows:
    head, first, second = write_google()
    return [
        [*head, "Other (please specify)", "Column 7", "Email Address"],
        [*first, "Cedar Housing Trust", "", "a@x.example"],
        [*second, "", "old answer", "b@x.example"],
    ]


def turn_columns_round() -> Rows:
    return [[*row[:3], *reversed(row[3:])] for row in write_qualtrics()]


def add_status() -> Rows:
    status = [["Status", "Finished"], ["Response Type", "Finished"], ['{"ImportId":"status"}'] * 2]
    status += [["IP Address", "True"]] * 2
    return [[*cells, *row] for cells, row in zip(status, write_qualtrics(), strict=True)]


def add_other() -> Rows:
    more = ["Q2_5_TEXT", f"{ASKS} - Other (please specify) - Text", '{"ImportId":"QID9-TEXT"}']
    more += ["Cedar Housing Trust", ""]
    return [[*row, cell] for row, cell in zip(write_qualtrics(), more, strict=True)]


def derive_in_spanish() -> Rows:
    rows = write_qualtrics()
    rows[1] = ["Fecha", "ID", "Su organización"]
    rows[1] += [f"¿Derivan clientes a ellos? - {name}" for name in NAMES]
    said = {**SPANISH, "Don't know": "No lo sé"}
    return [*rows[:3], *([said.get(cell, cell) for cell in row] for row in rows[3:])]


def put_marks_of_pages() -> Rows:
    rows = write_qualtrics()
    asked = "<strong>Do you&nbsp;refer clients</strong> to them?"
    rows[1] = [cell.replace(ASKS, f"Q7. {asked} Please check one per row.") for cell in rows[1]]
    return rows


ODD: list[Callable[[], Rows]] = [
    put_name_last, answer_in_spanish, rename_a_partner, keep_old_and_new_column, add_leftovers,
    turn_columns_round, add_status, add_other, derive_in_spanish, put_marks_of_pages,
]  # fmt: skip


@pytest.mark.parametrize("write", ODD, ids=lambda write: write.__name__)
def test_odd_exports_give_the_same_network(tmp_path: Path, write: Callable[[], Rows]) -> None:
    net = pn.collect_answers(NET, save(tmp_path / "wave 2027.csv", write()))
    assert list_said(net) == SAID and list_open(net) == OPEN
    wrong = [problem for problem in net.problems if problem.level == "error"]
    assert all("Other" in problem.where.column for problem in wrong), "who is not in the network"


def test_what_stands_behind_other_is_named(tmp_path: Path) -> None:
    for write in (add_leftovers, add_other):
        net = pn.collect_answers(NET, save(tmp_path / f"{write.__name__}.csv", write()))
        assert "Other (please specify)" in " ".join(map(str, net.problems))


def test_a_partner_under_a_name_that_nobody_knows_is_named(tmp_path: Path) -> None:
    rows = write_qualtrics()
    rows[1] = [cell.replace("Elk EMS", "Elk Emergency Medical Services") for cell in rows[1]]
    net = pn.collect_answers(NET, save(tmp_path / "wave 2027.csv", rows))
    assert "Elk Emergency Medical Services" in " ".join(map(str, net.problems))
    assert ("h", "e", "not asked") in list_open(net)
