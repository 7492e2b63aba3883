"""Community voice: asked of everybody, and yes, no and don't know come back apart."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.survey import form
from partnet.survey.form import HAVE, POPULATION, SEATS, SPEAKS, THROUGH

from ..builders import make_network
from .filling import fill

KNOX = "31107"
NET = make_network(
    [
        {"id": "h", "name": "Hill Hospital", "kind": "hospital", "county_fips": KNOX},
        {"id": "s", "name": "Sand Seniors", "kind": "civic", "county_fips": KNOX},
        {"id": "p", "name": "Pine Pantry", "kind": "food", "county_fips": "31027"},
    ],
    [{"source": "h", "target": "s", "relation": "referral"}],
    services=[{"organization": "p", "service": "food pantry", "population": "farm families"}],
    voices=[
        {"organization": "s", "population": "older adults", "through": "board",
         "advisory_seats": "3", "since": "2026-01-01"},
        {"organization": "h", "population": "Spanish speakers", "county_fips": KNOX},
        {"organization": "h", "population": "veterans", "until": "2020-01-01"},
    ],
    residents=[
        {"county_fips": KNOX, "population": "older adults", "share": "26"},
        {"county_fips": "31119", "population": "refugees", "share": "4"},
    ],
)  # fmt: skip
BEFORE = NET.table("voices")


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    pn.write_questionnaires(NET, tmp_path / "w", wave="2027")
    return tmp_path / "w"


def read_rows(path: Path) -> list[tuple[str, str]]:
    """Populations of a workbook, with what it says is on file of them."""
    rows = [*openpyxl.load_workbook(path)[form.ABOUT].iter_rows(values_only=True)]
    heads = [*form.VOICE_HEADINGS]
    at = next(k for k, row in enumerate(rows) if form.VOICE_HEADINGS[SPEAKS] in row)
    columns = heads.index(POPULATION), heads.index(HAVE)
    return [(str(row[columns[0]]), str(row[columns[1]])) for row in rows[at + 1 :] if row[0]]


def list_added(net: Network) -> list[tuple[object, ...]]:
    """Rows of voices behind those that were on file."""
    rows = net.table("voices").iloc[len(BEFORE) :].fillna({"advisory_seats": -1})
    return [(r.organization, r.population, r.through, r.advisory_seats) for r in rows.itertuples()]


def test_a_workbook_shows_what_is_on_file_and_asks_about_populations_near(sent: Path) -> None:
    assert read_rows(sent / "003-p.xlsx") == [
        ("residents", "nothing on file"),
        ("farm families", "nothing on file"),
    ]
    assert read_rows(sent / "002-s.xlsx") == [
        ("older adults", "board; 3 seats; 26% of Knox County"),
        ("residents", "nothing on file"),
    ]
    # A voice that has ended is not on file, and no population of another county is asked about.
    names = [name for name, _ in read_rows(sent / "001-h.xlsx")]
    assert names == ["Spanish speakers", "residents", "older adults"]


def test_three_answers_stay_apart_and_only_a_yes_is_a_voice(sent: Path) -> None:
    fill(
        sent / "001-h.xlsx",
        voices=[
            ("residents", {SPEAKS: "yes", THROUGH: "advisory council", SEATS: "2"}),
            ("older adults", {SPEAKS: "no"}),
        ],
    )
    fill(
        sent / "003-p.xlsx",
        voices=[
            ("residents", {SPEAKS: "don't know"}),
            ("", {POPULATION: "refugees", THROUGH: "focus groups"}),
        ],
    )
    answered = pn.collect_answers(NET, sent)
    assert list_added(answered) == [
        ("h", "residents", "advisory council", 2),
        ("p", "refugees", "consultation", -1),
    ]
    assert answered.log is not None
    said = answered.log.tables["voices"]
    assert [*zip(said["organization"], said["population"], said["said"], strict=True)] == [
        ("h", "residents", "yes"),
        ("h", "older adults", "no"),
        ("p", "residents", "don't know"),
        ("p", "refugees", "yes"),
    ]
    assert answered.log.claims["voices"] == {"answers": 4, "yes": 2, "no": 1, "don't know": 1}
    assert answered.log.table["set_aside"].sum() == 0
    assert answered.log.table["cells"].sum() == answered.log.table["used"].sum() == 7
    assert pn.collect_answers(answered, sent) == answered, "the same answers twice are there once"
    heard = pn.list_voices(answered, "Knox County").table.set_index("population")
    assert heard.loc["residents", "status"] == "speaks, with a seat"


def test_nothing_on_file_is_overwritten_before_it_is_accepted(sent: Path) -> None:
    fill(sent / "002-s.xlsx", voices=[("older adults", {SPEAKS: "yes", SEATS: "0"})])
    fill(sent / "001-h.xlsx", voices=[("Spanish speakers", {SPEAKS: "no"})])
    answered = pn.collect_answers(NET, sent)
    assert answered.table("voices").equals(BEFORE)
    assert answered.log is not None
    changes = answered.log.tables["changes"]
    assert changes[["organization", "table", "before", "after"]].to_numpy().tolist() == [
        ["h", "voices", "speaks for Spanish speakers", ""],
        ["s", "voices", "older adults: 3", "0"],
    ]
    accepted = pn.collect_answers(NET, sent, accept=True).table("voices")
    assert accepted["population"].tolist() == ["older adults", "veterans"]
    assert accepted["advisory_seats"].tolist()[0] == 0


def test_of_two_people_yes_counts_and_both_are_listed(sent: Path) -> None:
    fill(sent / "001-h.xlsx", voices=[("residents", {SPEAKS: "yes"})], to=sent / "b.xlsx")
    fill(sent / "001-h.xlsx", voices=[("residents", {SPEAKS: "no"})])
    answered = pn.collect_answers(NET, sent)
    assert list_added(answered) == [("h", "residents", "", -1)]
    assert answered.log is not None
    assert sorted(answered.log.tables["voices"]["said"]) == ["no", "yes"]


def test_what_cannot_be_read_is_named_and_never_a_no(sent: Path) -> None:
    fill(
        sent / "001-h.xlsx",
        voices=[
            ("residents", {SPEAKS: "perhaps", SEATS: "a few"}),
            ("older adults", {SPEAKS: "no", THROUGH: "board"}),
            ("", {SPEAKS: "yes"}),
        ],
    )
    answered = pn.collect_answers(NET, sent)
    assert answered.table("voices").equals(BEFORE) and answered.log is not None
    assert answered.log.tables["voices"]["said"].tolist() == ["no"]
    assert answered.log.table.set_index("organization").loc["h", "set_aside"] == 4
    found = [p.found for p in answered.problems if p.set_aside]
    assert found == ['"a few"', '"perhaps"', '"board" beside "no"', "answers without a population"]


def test_it_can_be_left_out(tmp_path: Path) -> None:
    made = pn.write_questionnaires(NET, tmp_path / "w", voices=False)
    book = openpyxl.load_workbook(tmp_path / "w" / "001-h.xlsx")
    text = " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)
    assert "speak for" not in text and made.claims["asked"]["voices"] is False


CODES = ("respondent", "voice_001", "voice_001_seats", "voice_002", "voice_002_how", "voices")
EXPORTS = {
    "xlsform": CODES,
    "redcap": CODES,
    "qualtrics": CODES,
    "forms": (
        "Which organization do you answer for?",
        "Do you speak for residents?",
        "How many seats do residents hold on your board or council?",
        "Do you speak for older adults?",
        "How are older adults heard in your organization?",
        form.SPOKEN,
    ),
}
ROWS = [
    ("Hill Hospital", "yes", "2", "no", "", "refugees; youth"),
    ("Sand Seniors", "don't know", "", "yes", "advisory council", ""),
    ("Pine Pantry", "", "", "", "", ""),
]


@pytest.mark.parametrize("tool", ["redcap", "forms", "xlsform", "qualtrics"])
def test_a_form_asks_the_same_and_its_export_is_read(tmp_path: Path, tool: str) -> None:
    folder = tmp_path / "w"
    pn.write_questionnaires(NET, folder, tool=tool, wave="2027")
    pd.DataFrame(ROWS, columns=EXPORTS[tool]).to_csv(folder / "export.csv", index=False)
    answered = pn.collect_answers(NET, folder)
    assert list_added(answered) == [
        ("h", "refugees", "", -1), ("h", "youth", "", -1), ("h", "residents", "", 2),
    ]  # fmt: skip
    assert answered.log is not None
    assert answered.log.claims["voices"] == {"answers": 6, "yes": 4, "no": 1, "don't know": 1}
    changes = answered.log.tables["changes"]
    assert changes[["before", "after"]].to_numpy().tolist() == [
        ["older adults: board", "advisory council"]
    ]
    assert answered.log.table["set_aside"].tolist() == [0]


def test_details_are_asked_of_those_that_one_speaks_for(tmp_path: Path) -> None:
    pn.write_questionnaires(NET, tmp_path / "w", tool="redcap")
    with (tmp_path / "w" / "data_dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["Variable / Field Name"]: row for row in csv.DictReader(file)}
    branching = "Branching Logic (Show field only if...)"
    assert rows["voice_001"][branching] == ""
    assert rows["voice_001_how"][branching] == "[voice_001] = 'yes'"
    pn.write_questionnaires(NET, tmp_path / "x", tool="xlsform")
    sheet = openpyxl.load_workbook(tmp_path / "x" / "questionnaire.xlsx")["survey"]
    relevant = {row[1].value: row[5].value for row in sheet.iter_rows()}
    assert relevant["voice_001_seats"] == "${voice_001} = 'yes'" and not relevant["voice_001"]


def test_a_mapping_without_its_population_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(
        'respondent = "Who"\ncolumns = [ { heading = "N", asks = "speaks for" } ]\n', "utf-8"
    )
    (tmp_path / "e.csv").write_text("Who,N\nHill Hospital,yes\n", "utf-8")
    with pytest.raises(pn.InputError, match="names its population"):
        pn.collect_answers(NET, tmp_path / "e.csv", mapping=tmp_path / "m.toml")
