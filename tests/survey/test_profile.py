"""An organization's own account: asked in a workbook, and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

import partnet as pn
from partnet.cli import cli
from partnet.facts.answers import get_answers
from partnet.survey import form
from partnet.survey.sheets.profile import list_questions

from ..builders import make_network

NET = make_network(
    [{"id": "h", "name": "Hill Hospital", "kind": "hospital"},
     {"id": "e", "name": "Elk EMS", "kind": "ems_agency"}],
    [("h", "e")],
    profiles=[{"organization": "h", "mission": "Care close to home", "assessment_year": 2026}],
)  # fmt: skip


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    pn.write_questionnaires(NET, tmp_path / "w", wave="2027", profile=True)
    return tmp_path / "w"


def find_rows(sheet: Any) -> dict[str, int]:
    return {cell.value: cell.row for cell in sheet["A"] if cell.value in list_questions()}


def answer(folder: Path, id_: str, **said: str) -> None:
    path = next(folder.glob(f"*-{id_}.xlsx"))
    book = openpyxl.load_workbook(path)
    rows = find_rows(book[form.PROFILE])
    for key, text in said.items():
        book[form.PROFILE].cell(rows[key], 4, text)
    book.save(path)


def test_what_is_on_file_stands_beside_every_question(sent: Path) -> None:
    sheet = openpyxl.load_workbook(next(sent.glob("*-h.xlsx")))[form.PROFILE]
    rows = find_rows(sheet)
    assert [*rows] == [*list_questions()] and len(rows) == 11
    assert sheet.cell(rows["mission"], 2).value == "What is your mission?"
    assert sheet.cell(rows["mission"], 3).value == "Care close to home"
    assert sheet.cell(rows["assessment_year"], 3).value == "2026"
    other = openpyxl.load_workbook(next(sent.glob("*-e.xlsx")))[form.PROFILE]
    assert not other.cell(find_rows(other)["mission"], 3).value, "each sees its own"


def test_new_answers_are_rows_and_others_are_corrections(sent: Path) -> None:
    answer(sent, "h", mission="Care for all", populations="older adults; farm families",
           assessment_year="2026", plan="don't know")  # fmt: skip
    answer(sent, "e", success_measures="response time", assessment_year="soon")
    net = pn.collect_answers(NET, sent)
    rows = net.table("profiles")
    assert rows.head(1).equals(NET.table("profiles")), "what was on file stands"
    said = get_answers(net.at())
    assert said.at["h", "mission"] == "Care close to home"
    assert said.at["h", "populations"] == "older adults; farm families"
    assert (said.at["h", "plan"], said.at["e", "success_measures"]) == ("", "response time")
    assert net.log is not None
    changes = net.log.tables["changes"]
    assert changes[["table", "column", "before", "after"]].to_numpy().tolist() == [
        ["profiles", "mission", "Care close to home", "Care for all"]
    ]
    files = net.log.table.set_index("organization")
    assert files.loc[["h", "e"], "cells"].tolist() == [4, 2]
    assert files.loc[["h", "e"], "set_aside"].tolist() == [0, 1]
    assert [p.found for p in net.problems if p.level == "error"] == ['"soon"']
    assert 'sheet "Profile"' in rows["provenance"].iloc[-1]


def test_corrections_are_put_in_place_when_they_are_accepted(sent: Path) -> None:
    answer(sent, "h", mission="Care for all", assessment_year="2029")
    said = get_answers(pn.collect_answers(NET, sent, accept=True).at())
    assert (said.at["h", "mission"], said.at["h", "assessment_year"]) == ("Care for all", 2029)


def test_an_account_in_the_table_of_organizations_is_on_file(tmp_path: Path) -> None:
    rows = [{"id": id_, "name": id_, "kind": "food", "mission": "Feed all"} for id_ in "ab"]
    net = make_network(rows)
    if "mission" not in net.organizations:
        pytest.skip("own columns are not kept here")
    pn.write_questionnaires(net, tmp_path / "w", wave="2027", profile=True)
    answer(tmp_path / "w", "a", mission="Feed everybody")
    asked = pn.collect_answers(net, tmp_path / "w")
    assert get_answers(asked.at()).at["a", "mission"] == "Feed all"
    accepted = pn.collect_answers(net, tmp_path / "w", accept=True)
    assert get_answers(accepted.at()).at["a", "mission"] == "Feed everybody"


def test_it_is_asked_for_in_workbooks_only_and_when_wanted(tmp_path: Path) -> None:
    made = pn.write_questionnaires(NET, tmp_path / "plain", wave="2027")
    book = openpyxl.load_workbook(tmp_path / "plain" / made.table["file"].iloc[0])
    assert form.PROFILE not in book.sheetnames
    with pytest.raises(pn.UsageError, match="profile: found one with the tool redcap"):
        pn.write_questionnaires(NET, tmp_path / "r", tool="redcap", profile=True)
    pn.write_network(NET, tmp_path / "net.xlsx")
    args = ["survey", "new", str(tmp_path / "net.xlsx"), "-o", str(tmp_path / "c"), "--profile"]
    done = CliRunner().invoke(cli, args)
    assert done.exit_code == 0 and "what it does, for whom and why" in done.output
