"""Surveys: a workbook to send out, and its answers read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from partnet import InputError, UsageError, profile_partnerships, read_survey, write_template
from partnet.io.survey import SURVEYS
from partnet.io.template import name_heading

from ..builders import make_network

NET = make_network(
    [
        {"id": "pantry", "name": "Valley Pantry", "kind": "food"},
        {"id": "shelter", "name": "Open Door", "kind": "housing"},
    ]
)


@pytest.mark.parametrize("survey", SURVEYS)
def test_the_template_asks_the_questions_of_the_survey(tmp_path: Path, survey: str) -> None:
    path = write_template(tmp_path / "survey.xlsx", survey=survey)
    book = CalamineWorkbook.from_path(str(path))
    assert book.get_sheet_by_name("Profiles").to_python()[0] == [
        name_heading(name) for name in SURVEYS[survey]
    ]
    notes = str(book.get_sheet_by_name("Start here").to_python())
    assert "partnet profile my.xlsx --survey" in notes and "?" in notes


def test_a_template_without_answers_reads_as_no_answers(tmp_path: Path) -> None:
    path = write_template(tmp_path / "survey.xlsx", survey="alliance")
    net = read_survey(NET, path)
    assert len(net.table("profiles")) == 0 and net.problems == NET.problems


def test_an_unknown_survey_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"found 'census'.*alliance, stocktaking"):
        write_template(tmp_path / "survey.xlsx", survey="census")


def test_answers_are_found_by_question_and_name(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(
        "Name of your organization,Category of partnership,Barriers,Cost savings,Timestamp\n"
        'valley pantry,network provider,"time; data","$12,500",x\n'
        "Open Door,,trust,,y\n",
        encoding="utf-8",
    )
    net = read_survey(NET, path)
    assert not [p for p in net.problems if p.level == "error"]
    table = profile_partnerships(net).table
    assert table.loc["pantry", ["category", "basis"]].tolist() == ["Network Provider", "own answer"]
    themes = profile_partnerships(net).tables["themes"]
    assert set(themes["answer"]) == {"time", "data", "trust", "$12,500 a year"}


def test_a_stranger_is_set_aside_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("organization,challenges\nNobody Inc,time\npantry,data\n", encoding="utf-8")
    net = read_survey(NET, path)
    assert net.table("profiles")["organization"].tolist() == ["pantry"]
    assert any("Nobody Inc" in str(p) and p.level == "error" for p in net.problems)


def test_a_later_answer_counts_question_by_question(tmp_path: Path) -> None:
    for name, row in (("one", "Planner,time"), ("two", ",data")):
        (tmp_path / f"{name}.csv").write_text(
            f"organization,partnership_category,challenges\npantry,{row}\n", encoding="utf-8"
        )
    net = read_survey(read_survey(NET, tmp_path / "one.csv"), tmp_path / "two.csv")
    assert profile_partnerships(net).table.loc["pantry", "category"] == "Planner"
    themes = profile_partnerships(net).tables["themes"]
    assert themes.loc[themes["theme"] == "challenges", "answer"].tolist() == ["data"]


def test_what_is_no_survey_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("question,answer\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column for the organization"):
        read_survey(NET, tmp_path / "a.csv")
    with pytest.raises(InputError, match="nothing there"):
        read_survey(NET, tmp_path / "b.docx")
