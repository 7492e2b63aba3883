"""Questionnaires: whom they list, what they show, and that nobody's answers are lost."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import partnet as pn
from partnet.cli import cli
from partnet.survey import form
from partnet.survey.form import read_rest, read_word
from partnet.survey.settings import Settings, find_settings, write_settings
from partnet.survey.sheets.roster import Roster, choose_relations

from ..builders import make_network

FIVE = make_network(
    [
        {"id": "h", "name": "Hill Hospital", "kind": "hospital", "county_fips": "31027"},
        {"id": "e", "name": "Elk EMS", "kind": "ems_agency", "county_fips": "31027"},
        {"id": "p", "name": "Pine Pantry", "kind": "food", "county_fips": "31107"},
        {"id": "s", "name": "=Shelter", "kind": "housing", "county_fips": "31055"},
        {"id": "x", "name": "Across", "kind": "hospital", "context": "yes"},
    ],
    [
        {"source": "h", "target": "e", "relation": "referral", "reported_by": "e"},
        {"source": "e", "target": "h", "relation": "referral", "reported_by": "h"},
        {"source": "p", "target": "h", "relation": "contract", "strength": "monthly"},
        {"source": "s", "target": "h", "relation": "contract", "strength": "none"},
        {"source": "p", "target": "e", "relation": "funding"},
    ],
    services=[{"organization": "h", "service": "dental", "population": "children"}],
)


def read_cells(path: Path, sheet: str) -> list[list[str]]:
    """All cells of a sheet as text."""
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def test_everybody_but_context_is_asked_and_can_be_named(tmp_path: Path) -> None:
    made = pn.write_questionnaires(FIVE, tmp_path / "w", wave="2027")
    assert made.table["organization"].tolist() == ["h", "e", "p", "s"]
    assert made.table["listed"].tolist() == [4, 4, 4, 4]
    assert {item.name for item in (tmp_path / "w").iterdir()} == {
        *("001-h.xlsx", "002-e.xlsx", "003-p.xlsx", "004-s.xlsx"),
        *("survey.toml", "letter.txt", ".partnet-files.json"),
    }
    settings = find_settings(tmp_path / "w")
    assert settings is not None and settings.asked == ("h", "e", "p", "s")
    assert settings.relations == ("referral", "contract")


def test_a_questionnaire_shows_ties_and_neither_who_said_them_nor_denials(tmp_path: Path) -> None:
    pn.write_questionnaires(FIVE, tmp_path / "w")
    rows = read_cells(tmp_path / "w" / "001-h.xlsx", form.PARTNERS)
    head = next(k for k, row in enumerate(rows) if row[0] == form.HEADINGS[form.ID])
    assert rows[head][5:9] == [
        *("Do you work together?", "How often are you in touch?"),
        *("Referral: who to whom?", "Contract?"),
    ]
    filed = {row[2]: row[4] for row in rows[head + 1 :] if row[2]}
    assert filed == {
        "=Shelter": "no tie on file",
        "Across": "no tie on file",
        "Elk EMS": "referral (both ways)",
        "Pine Pantry": "contract",
    }
    assert not any(cell for row in rows[head + 1 :] for cell in row[5:]), "answers are blank"


def test_what_is_on_file_stands_in_the_third_sheet(tmp_path: Path) -> None:
    pn.write_questionnaires(FIVE, tmp_path / "w", organizations=["Hill Hospital"])
    rows = read_cells(tmp_path / "w" / "001-h.xlsx", form.ABOUT)
    shown = {row[1]: row[2] for row in rows if row[2]}
    assert shown["Name"] == "Hill Hospital" and shown["County"] == "Cedar County, NE"
    assert shown["Service"] == "dental (for children)"


def test_nothing_filled_in_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "w"
    pn.write_questionnaires(FIVE, path, wave="2027")
    before = {item.name: item.read_bytes() for item in path.iterdir()}
    pn.write_questionnaires(FIVE, path, wave="2027")
    assert before == {item.name: item.read_bytes() for item in path.iterdir()}, "same bytes"
    book = openpyxl.load_workbook(path / "002-e.xlsx")
    book[form.PARTNERS]["F7"] = "yes"
    book.save(path / "002-e.xlsx")
    filled = (path / "002-e.xlsx").read_bytes()
    with pytest.raises(pn.UsageError, match=r"002-e\.xlsx, which was changed since"):
        pn.write_questionnaires(FIVE, path, wave="2028")
    with pytest.raises(pn.UsageError, match=r"002-e\.xlsx, which was changed since"):
        pn.write_questionnaires(FIVE, path, wave="2028", organizations=["h"])
    assert (path / "002-e.xlsx").read_bytes() == filled


def test_a_list_is_cut_to_ties_on_file_then_near_and_known_in_turn() -> None:
    assert [each.id for each in Roster(FIVE, 4).list_for("p")] == ["s", "x", "e", "h"]
    # On file with p: h. Then the nearest of those left: e shares the county of h, 50 km away.
    assert [each.id for each in Roster(FIVE, 2).list_for("p")] == ["e", "h"]
    assert [each.id for each in Roster(FIVE, 1).list_for("h")] == ["e", "p"], "all on file stay"


def test_relations_are_those_on_file_or_usual_ones_or_as_wished() -> None:
    assert choose_relations(FIVE, None) == ("referral", "contract")
    assert choose_relations(make_network("ab"), None)[0] == "referral"
    assert choose_relations(FIVE, ["data sharing", "works with"]) == ("data_sharing",)
    with pytest.raises(pn.UsageError, match="relations: found 'membership'"):
        choose_relations(FIVE, ["membership"])


@pytest.mark.parametrize(
    ("text", "said", "way"),
    [
        ("", "", ""), ("  ", "", ""), ("Yes", "yes", ""), ("x", "yes", ""), ("NO", "no", ""),
        ("None", "no", ""), ("never", "no", ""), ("Don’t know", "don't know", ""),
        ("not sure", "don't know", ""), ("N/A", "don't know", ""), ("?", "don't know", ""),
        ("no answer", "don't know", ""), ("We to them", "yes", form.GIVES),
        ("they to us ", "yes", form.TAKES), ("Both", "yes", form.BOTH),
        ("As on file", "as on file", ""), ("sometimes, ask Ann", "?", ""),
    ],
)  # fmt: skip
def test_no_dont_know_and_blank_stay_apart(text: str, said: str, way: str) -> None:
    word = read_word(text)
    assert (word.said, word.way) == (said, way)


def test_what_blank_means_is_no_only_where_somebody_says_so() -> None:
    assert read_rest(form.REST_NO) == "no" and read_rest(form.REST_OPEN) == read_rest("") == ""


def test_settings_come_back_whatever_they_hold(tmp_path: Path) -> None:
    given = Settings('A "title"\\ é\n', "w", "2027-01-02", ("referral",), ("=1+1", "ü"), "due", "")
    (tmp_path / "survey.toml").write_bytes(write_settings(given))
    assert find_settings(tmp_path) == given
    (tmp_path / "answers").mkdir()
    assert find_settings(tmp_path / "answers") == given, "beside the folder of answers"


def test_hostile_ids_and_names_name_no_file(tmp_path: Path) -> None:
    net = make_network(
        [
            {"id": "../../etc", "name": "a" * 40_000, "kind": "food"},
            {"id": "con", "name": "\u202eevil", "kind": "food"},
        ]
    )
    made = pn.write_questionnaires(net, tmp_path / "w", wave="=1+1")
    assert made.table["file"].tolist() == ["001-etc.xlsx", "002-con.xlsx"]


@pytest.mark.parametrize("names", ["", "a"])
def test_a_survey_needs_two(tmp_path: Path, names: str) -> None:
    with pytest.raises(pn.UsageError, match="one to ask and another to ask about"):
        pn.write_questionnaires(make_network(names), tmp_path / "w")
    assert not (tmp_path / "w").exists()


def test_the_command_line_does_the_same(tmp_path: Path) -> None:
    pn.write_network(FIVE, tmp_path / "net.xlsx")
    words = ["survey", "new", str(tmp_path / "net.xlsx"), "-o", str(tmp_path / "w")]
    done = CliRunner().invoke(cli, [*words, "--wave", "2027", "--relation", "referral"])
    assert done.exit_code == 0, done.output
    assert "4 questionnaires for wave 2027" in done.output
    again = CliRunner().invoke(cli, [*words, "--partners", "0"])
    assert isinstance(again.exception, pn.UsageError) and "--partners" in str(again.exception)
