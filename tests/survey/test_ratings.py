"""Value and trust: asked of partners on file, and every answer in the network or named."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.core.rows.ratings import list_dimensions, read_ratings
from partnet.survey import form

from ..builders import make_network
from .filling import fill, find_cells

NET = make_network(
    [
        {"id": "h", "name": "Hill Hospital", "kind": "hospital"},
        {"id": "e", "name": "Elk EMS", "kind": "ems_agency"},
        {"id": "p", "name": "Pine Pantry", "kind": "food"},
    ],
    [{"source": "h", "target": "e", "relation": "referral"}],
)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    pn.write_questionnaires(NET, tmp_path / "w", wave="2027")
    return tmp_path / "w"


def said(net: Network) -> list[tuple[object, ...]]:
    rows = net.table("ratings")[["rater", "rated", "dimension", "value", "ladder", "wave"]]
    return list(rows.itertuples(index=False, name=None))


def test_it_asks_of_partners_on_file_in_six_questions(sent: Path) -> None:
    book = openpyxl.load_workbook(sent / "001-h.xlsx")
    assert book.sheetnames[:4] == [form.START, form.PARTNERS, form.ABOUT, form.TRUST]
    rows, columns = find_cells(book[form.TRUST])
    assert set(rows) == {"e"}
    questions = {each.question for each in list_dimensions().values()}
    assert questions <= set(columns) and len(questions) == 6
    lists = [v.formula1 for v in book[form.TRUST].data_validations.dataValidation]
    assert len(lists) == 6 and all("a great deal" in each for each in lists)


def test_it_can_be_left_out(tmp_path: Path) -> None:
    made = pn.write_questionnaires(NET, tmp_path / "w", ratings=False)
    book = openpyxl.load_workbook(tmp_path / "w" / "001-h.xlsx")
    assert form.TRUST not in book.sheetnames
    assert made.claims["asked"]["ratings"] is False and "trust" not in made.text
    assert "trust" not in " ".join(str(c.value) for row in book[form.START] for c in row)


def test_answers_become_ratings_and_what_is_not_understood_is_named(sent: Path) -> None:
    typed = {"Influence": "A great deal", "Involvement": "2", "Resources": "don't know"}
    cells = fill(
        sent / "001-h.xlsx",
        ratings={"e": {**typed, "Openness": "now and then"}, "": {form.NAME: "pine pantry"}},
    )
    answered = pn.collect_answers(NET, sent)
    assert said(answered) == [
        ("h", "e", "influence", 4.0, "1-4", "2027"),
        ("h", "e", "involvement", 2.0, "1-4", "2027"),
    ]
    assert answered.log is not None
    assert answered.log.claims["ratings"] == {"ratings": 2, "raters": 1}
    files = answered.log.table.set_index("organization").loc["h"]
    assert (files["cells"], files["set_aside"]) == (cells, 1) == (5, 1)
    (wrong,) = [p for p in answered.problems if p.set_aside]
    assert wrong.where.sheet == form.TRUST and "now and then" in wrong.found
    assert answered.table("ratings")["provenance"].str.contains("Value and trust").all()
    assert pn.measure_trust(answered).table.loc["e", "value"] == 3


def test_of_two_people_the_mean_counts(sent: Path) -> None:
    fill(sent / "001-h.xlsx", ratings={"e": {"Reliability": "a little"}}, to=sent / "b.xlsx")
    fill(sent / "001-h.xlsx", ratings={"e": {"Reliability": "a fair amount"}})
    answered = pn.collect_answers(NET, sent)
    assert said(answered) == [("h", "e", "reliability", 2.5, "1-4", "2027")]
    assert pn.collect_answers(answered, sent) == answered, "the same answers twice are there once"


def test_who_rates_itself_or_a_stranger_is_named(sent: Path) -> None:
    answers = {form.NAME: "Hill Hospital", "Reliability": "a little"}
    fill(sent / "001-h.xlsx", ratings={"": answers})
    fill(sent / "002-e.xlsx", ratings={"": {**answers, form.NAME: "A Stranger"}})
    answered = pn.collect_answers(NET, sent)
    assert said(answered) == []
    rows = [p for p in answered.problems if p.set_aside == "row"]
    assert len(rows) == 2 and {p.where.sheet for p in rows} == {form.TRUST}


def test_the_newest_wave_counts(sent: Path) -> None:
    fill(sent / "001-h.xlsx", ratings={"e": {"Reliability": "a little"}})
    older = {"rater": "h", "rated": "e", "dimension": "reliability", "value": "4"}
    for wave, kept in (("2025", 2), ("", 2), ("2028", 4)):
        net = make_network(
            [{"id": i, "name": i, "kind": "food"} for i in "hep"],
            [("h", "e", "referral")],
            ratings=[{**older, "wave": wave}],
        )
        rows = read_ratings(pn.collect_answers(net, sent).table("ratings")).rows
        assert rows["score"].tolist() == [kept], wave
