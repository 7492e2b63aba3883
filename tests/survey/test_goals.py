"""Goals: asked of those whom they concern, and every answer in the network or named."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.survey import form
from partnet.survey.form import DAY, DUE, GOAL, NUMBER, REMARK, STANDS, TARGET, WHOSE
from partnet.survey.tools.own_goals import FILES

from ..builders import make_network
from .filling import fill

SHARED, OWN, TWO = "Fewer falls", "More beds", "One number to call"
NET = make_network(
    [
        {"id": "h", "name": "Hill Hospital", "kind": "hospital"},
        {"id": "e", "name": "Elk EMS", "kind": "ems_agency"},
        {"id": "p", "name": "Pine Pantry", "kind": "food"},
    ],
    [{"source": "h", "target": "e", "relation": "referral"}],
    goals=[
        {"goal": SHARED, "measure": "falls", "unit": "per 1,000", "baseline": "40",
         "baseline_on": "2026-01-01", "target": "20", "due": "2027-12-31"},
        {"goal": OWN, "organization": "h", "target": "9", "due": "2028-06-30"},
        {"goal": TWO, "organization": "e", "other": "h"},
    ],
    measurements=[
        {"goal": SHARED, "date": "2026-03-31", "value": "39"},
        {"goal": SHARED, "date": "2026-06-30", "value": "38"},
        {"goal": "fewer  FALLS", "date": "2026-06-30", "value": "36"},
    ],
)  # fmt: skip


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    pn.write_questionnaires(NET, tmp_path / "w", wave="2027")
    return tmp_path / "w"


def read_goals(path: Path) -> list[dict[str, str]]:
    """Rows of the sheet of goals, by key of the column."""
    rows = [*openpyxl.load_workbook(path)[form.GOALS].iter_rows(values_only=True)]
    at = next(k for k, row in enumerate(rows) if row[0] == form.GOAL_HEADINGS[form.KEY])
    return [
        dict(zip(form.GOAL_HEADINGS, ("" if c is None else str(c) for c in row), strict=True))
        for row in rows[at + 1 :]
    ]


def measured(net: Network) -> list[tuple[object, ...]]:
    rows = net.table("measurements").iloc[len(NET.table("measurements")) :]
    return [(r.goal, f"{r.date:%Y-%m-%d}", r.value, r.source) for r in rows.itertuples()]


def test_everybody_is_asked_about_its_own_goals_and_those_of_all(sent: Path) -> None:
    expected = (("001-h", [OWN, TWO, SHARED]), ("002-e", [TWO, SHARED]), ("003-p", [SHARED]))
    for file, asked in expected:
        rows = read_goals(sent / f"{file}.xlsx")
        assert [row[GOAL] for row in rows if row[GOAL]] == asked, file
    own, two, shared = read_goals(sent / "001-h.xlsx")[:3]
    assert (own[WHOSE], two[WHOSE], shared[WHOSE]) == ("yours", "yours and Elk EMS", "all of us")
    assert (shared[TARGET], shared[DUE]) == ("20 per 1,000", "December 31, 2027")
    assert shared[STANDS] == "37 on June 30, 2026", "two numbers of one day count as their mean"
    assert own[STANDS] == "nothing measured"


def test_nobody_reads_a_goal_of_others_anywhere_in_its_workbook(sent: Path) -> None:
    book = openpyxl.load_workbook(sent / "003-p.xlsx")
    text = " ".join(str(c.value) for s in book for row in s.iter_rows() for c in row)
    assert SHARED in text and OWN not in text and TWO not in text


def test_they_can_be_left_out(tmp_path: Path) -> None:
    made = pn.write_questionnaires(NET, tmp_path / "w", goals=False)
    book = openpyxl.load_workbook(tmp_path / "w" / "001-h.xlsx")
    assert form.GOALS not in book.sheetnames and made.claims["asked"]["goals"] is False
    assert "goals" not in " ".join(str(c.value) for row in book[form.START] for c in row)


def test_numbers_become_measurements_and_what_cannot_be_read_is_named(sent: Path) -> None:
    cells = fill(
        sent / "001-h.xlsx",
        goals=[
            (SHARED, {NUMBER: "31.5", DAY: "12/31/2026", REMARK: "without the clinic"}),
            (OWN, {NUMBER: "six or so", DAY: "12/31/2026"}),
            (TWO, {NUMBER: "2"}),
        ],
    )
    answered = pn.collect_answers(NET, sent)
    assert measured(answered) == [(SHARED, "2026-12-31", 31.5, "Hill Hospital, survey 2027")]
    assert answered.log is not None
    assert answered.log.claims["measurements"] == {"measurements": 1, "goals": 1}
    assert answered.log.tables["remarks"]["remark"].tolist() == [f"{SHARED}: without the clinic"]
    file = answered.log.table.set_index("organization").loc["h"]
    assert (file["cells"], file["set_aside"]) == (cells, 3) == (6, 3)
    aside = [p for p in answered.problems if p.set_aside]
    assert {(p.where.sheet, p.where.column) for p in aside} == {
        (form.GOALS, form.GOAL_HEADINGS[NUMBER])
    }
    assert "six or so" in aside[0].found and "without a day" in aside[1].found
    judged = pn.track_goals(answered).table.set_index("goal")
    assert judged.loc[SHARED, "state"] == "off track" and judged.loc[SHARED, "value"] == 31.5
    assert pn.collect_answers(answered, sent) == answered, "the same answers twice are there once"


def test_a_goal_written_in_is_of_the_one_that_wrote_it(sent: Path) -> None:
    new = {GOAL: "Shorter waits", TARGET: "10", DUE: "6/30/2028", NUMBER: "14", DAY: "1/31/2027"}
    fill(sent / "002-e.xlsx", goals=[("", new)], to=sent / "b.xlsx")  # two people of one house
    fill(sent / "002-e.xlsx", goals=[("", new)], level="staff")
    answered = pn.collect_answers(NET, sent)
    row = answered.table("goals").iloc[-1]
    assert len(answered.table("goals")) == len(NET.table("goals")) + 1
    assert (row["goal"], row["organization"], row["target"]) == ("Shorter waits", "e", 10)
    assert row["due"] == pd.Timestamp("2028-06-30") and "Goals" in row["provenance"]
    assert {each[:3] for each in measured(answered)} == {("Shorter waits", "2027-01-31", 14)}
    assert answered.log is not None and answered.log.claims["goals"] == {"goals": 1}
    seen = answered.for_audience("partner", organization="p")
    assert seen.table("goals")["goal"].tolist() == [SHARED]
    assert set(seen.table("measurements")["goal"]) == {SHARED}
    assert pn.collect_answers(answered, sent) == answered


def test_goals_of_two_organizations_that_are_called_alike_stay_apart(sent: Path) -> None:
    number = {NUMBER: "3", DAY: "1/31/2027"}
    fill(sent / "003-p.xlsx", goals=[("", {GOAL: "more beds", **number})])
    fill(sent / "002-e.xlsx", goals=[("", {GOAL: "Shorter waits"})])
    fill(sent / "001-h.xlsx", goals=[("", {GOAL: "shorter waits", TARGET: "5"})])
    answered = pn.collect_answers(NET, sent)
    added = answered.table("goals").iloc[len(NET.table("goals")) :]
    assert set(zip(added["goal"], added["organization"], strict=True)) == {
        ("shorter waits", "h"),
        ("Shorter waits (Elk EMS)", "e"),
        ("more beds (Pine Pantry)", "p"),
    }
    assert measured(answered)[0][0] == "more beds (Pine Pantry)"
    told = [p.fix for p in answered.problems if p.where.sheet == form.GOALS]
    assert len(told) == 2 and all("It is kept as" in fix for fix in told)
    again = pn.collect_answers(answered, sent)
    assert again.table("goals").equals(answered.table("goals"))


def test_what_is_said_otherwise_of_a_goal_that_is_known_is_a_remark(sent: Path) -> None:
    fill(sent / "001-h.xlsx", goals=[("", {GOAL: "More  Beds", TARGET: "12", DUE: "6/30/2028"})])
    answered = pn.collect_answers(NET, sent)
    assert answered.table("goals").equals(NET.table("goals"))
    assert answered.log is not None
    assert answered.log.tables["remarks"]["remark"].tolist() == ["More Beds, To reach: 12"]


def test_a_row_about_no_goal_on_file_is_set_aside_whole(sent: Path) -> None:
    fill(sent / "001-h.xlsx", goals=[(OWN, {NUMBER: "3", DAY: "1/31/2027"}), ("", {NUMBER: "4"})])
    without = make_network(
        [{"id": i, "name": i, "kind": "food"} for i in "hep"], [("h", "e", "referral")]
    )
    answered = pn.collect_answers(without, sent)
    rows = [p for p in answered.problems if p.set_aside]
    assert [p.set_aside for p in rows] == ["row", "cell"] and OWN in rows[0].found
    assert answered.log is not None
    assert answered.log.table.set_index("organization").loc["h", "set_aside"] == 3


CODES = ("respondent", "goal_001_number", "goal_001_day", "goals")
EXPORTS = {
    "xlsform": CODES,
    "redcap": CODES,
    "qualtrics": CODES,
    "forms": (
        "Which organization do you answer for?",
        f"{SHARED} (falls in per 1,000): what is the newest number that you know?",
        f"{SHARED} (falls in per 1,000): on which day was it counted?",
        form.WANTED,
    ),
}


@pytest.mark.parametrize(
    "tool",
    [
        "redcap",
        "forms",
        *(pytest.param(t, marks=pytest.mark.slow) for t in ("xlsform", "qualtrics")),
    ],
)
def test_a_form_asks_about_goals_of_all_and_its_export_is_read(tmp_path: Path, tool: str) -> None:
    folder = tmp_path / "w"
    pn.write_questionnaires(NET, folder, tool=tool, wave="2027")
    texts = [p.read_text("utf-8") for p in folder.iterdir() if p.suffix != ".xlsx"]
    written = "".join(texts)
    assert SHARED in written and OWN not in written and TWO not in written
    cells = ("Hill Hospital", "31.5", "2026-12-31", "Shorter waits; more beds")
    pd.DataFrame([cells], columns=EXPORTS[tool]).to_csv(folder / "export.csv", index=False)
    answered = pn.collect_answers(NET, folder)
    assert measured(answered) == [(SHARED, "2026-12-31", 31.5, "Hill Hospital, survey 2027")]
    added = answered.table("goals").iloc[len(NET.table("goals")) :]
    assert list(zip(added["goal"], added["organization"], strict=True)) == [("Shorter waits", "h")]
    assert answered.log is not None and answered.log.table["set_aside"].tolist() == [0]


# What the tools hold of goals of one organization: the columns of an export, and who answers what.
SLOTS = [f"own_{k}_{what}" for k in (1, 2) for what in ("number", "day")]
FILED = ("own_goal_1", "own_goal_2")
HILL = [f"Hill Hospital – {goal}" for goal in (OWN, TWO)]
ASKS = (": what is the newest number that you know?", ": on which day was it counted?")


def make_own(folder: Path, tool: str) -> str:
    """Write a form that asks about own goals; what of it everybody is sent."""
    made = pn.write_questionnaires(NET, folder, tool=tool, wave="2027", own_goals=True)
    assert made.claims["own_goals"] == {"organizations": 2, "most": 2, "asked": True}
    if tool == "xlsform":
        book = openpyxl.load_workbook(folder / "questionnaire.xlsx")
        return "\n".join(str(c.value) for s in book for row in s.iter_rows() for c in row)
    return (folder / str(made.table["file"].iloc[0])).read_text("utf-8")


@pytest.mark.parametrize("tool", ["xlsform", "redcap", "qualtrics"])
def test_a_form_names_no_goal_of_one_organization(tmp_path: Path, tool: str) -> None:
    """The tool fills it in, from a file that stays with whoever sends the form."""
    form_of_all = make_own(tmp_path / "w", tool)
    assert SHARED in form_of_all and "own_goal_2" in form_of_all and "own_goal_3" not in form_of_all
    assert OWN not in form_of_all and TWO not in form_of_all
    table = pd.read_csv(tmp_path / "w" / FILES[tool], dtype="str", keep_default_na=False)
    told = [[text for text in row if text] for row in table[[*FILED]].to_numpy().tolist()]
    assert sorted(told) == [[], [OWN, TWO], [TWO]]


@pytest.mark.parametrize("tool", ["xlsform", "redcap", "qualtrics"])
def test_what_was_filled_in_tells_which_goal_is_meant(tmp_path: Path, tool: str) -> None:
    make_own(tmp_path / "w", tool)
    rows = [
        ("Hill Hospital", OWN, TWO, "7", "2026-12-31", "2", "2026-11-30"),
        ("Elk EMS", TWO, "", "3", "2026-10-31", "5", "2026-10-31"),  # it has no second goal
        ("Pine Pantry", "", "", "", "", "", ""),
    ]
    export = pd.DataFrame(rows, columns=["respondent", *FILED, *SLOTS])
    export.to_csv(tmp_path / "w" / "export.csv", index=False)
    answered = pn.collect_answers(NET, tmp_path / "w")
    assert measured(answered) == [
        (OWN, "2026-12-31", 7, "Hill Hospital, survey 2027"),
        (TWO, "2026-11-30", 2, "Hill Hospital, survey 2027"),
        (TWO, "2026-10-31", 3, "Elk EMS, survey 2027"),
    ]
    (aside,) = [p for p in answered.problems if p.set_aside]
    assert "own_goal_2" in aside.found and aside.where.row == 3
    assert answered.log is not None and answered.log.table["set_aside"].sum() == 2


def test_forms_without_fields_ask_in_sections(tmp_path: Path) -> None:
    text = make_own(tmp_path / "w", "forms")
    of_elk = text.index("Section: Elk EMS (Go to section based on answer")
    of_hill = text.index("Section: Hill Hospital (Go to section based on answer")
    assert of_elk < text.index(f"Elk EMS – {TWO}{ASKS[0]}") < of_hill
    assert of_hill < text.index(f"{HILL[0]}{ASKS[0]}") < text.index(f"{HILL[1]}{ASKS[1]}")
    assert "Section: Pine Pantry" not in text
    heads = [f"{goal}{ask}" for goal in HILL for ask in ASKS]
    cells = ("Hill Hospital", "7", "2026-12-31", "2", "2026-11-30")
    export = pd.DataFrame([cells], columns=["Which organization do you answer for?", *heads])
    export.to_csv(tmp_path / "w" / "export.csv", index=False)
    answered = pn.collect_answers(NET, tmp_path / "w")
    assert [row[:3] for row in measured(answered)] == [
        (OWN, "2026-12-31", 7), (TWO, "2026-11-30", 2),
    ]  # fmt: skip


def test_own_goals_that_are_not_asked_about_are_said(tmp_path: Path) -> None:
    made = pn.write_questionnaires(NET, tmp_path / "w", tool="forms")
    assert made.claims["own_goals"] == {"organizations": 2, "most": 2, "asked": False}
    for more in ({"tool": "excel"}, {"tool": "forms", "goals": False}):
        with pytest.raises(pn.UsageError, match="own_goals: found one with"):
            pn.write_questionnaires(NET, tmp_path / "x", own_goals=True, **more)


def test_a_mapping_without_its_goal_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(
        'respondent = "Who"\ncolumns = [ { heading = "N", asks = "measured" } ]\n', "utf-8"
    )
    (tmp_path / "e.csv").write_text("Who,N\nHill Hospital,3\n", "utf-8")
    with pytest.raises(pn.InputError, match="names its goal"):
        pn.collect_answers(NET, tmp_path / "e.csv", mapping=tmp_path / "m.toml")


def test_numbers_and_targets_in_words_are_read(sent: Path) -> None:
    answers = [
        (SHARED, {NUMBER: "31 per 1,000", DAY: "2026-11-30"}),
        (OWN, {NUMBER: "about 7 (new wing)", DAY: "11/15/2026"}),
        ("", {GOAL: "Seen in time", TARGET: "at least 80%", DUE: "Q3 2028"}),
    ]
    fill(sent / "001-h.xlsx", goals=answers)
    net = pn.collect_answers(NET, sent)
    assert {row[:3] for row in measured(net)} == {
        (SHARED, "2026-11-30", 31.0),
        (OWN, "2026-11-15", 7.0),
    }
    new = net.table("goals").iloc[-1]
    assert (new["target"], new["direction"], f"{new['due']:%Y-%m-%d}") == (80, "up", "2028-09-30")
