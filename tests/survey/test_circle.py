"""The whole circle on the sample: 154 asked, 120 answers as people write them, a new wave."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.facts.graph.survey import read_surveys
from partnet.survey import form

from .filling import fill

ANSWERED, SECOND, RENAMED, DAMAGED = 120, 6, 3, 2
WORDS = ("yes", "Yes", "YES ", "no", "No", "NO", "don't know", "Don’t know", "?", "as on file")
OFTEN = ("weekly", "Monthly", "every week", "once a year", "don't know", "", "now and then")
WAYS = ("we to them", "they to us", "Both ways", "no", "", "don't know")


def answer(chance: random.Random, partners: list[str]) -> dict[str, dict[str, str]]:
    """What one person writes: some rows, in words of their own, others left blank."""
    typed: dict[str, dict[str, str]] = {}
    for partner in chance.sample(partners, chance.randint(5, len(partners))):
        row = {form.WORKS: chance.choice(WORDS), form.OFTEN: chance.choice(OFTEN)}
        row |= {"Referral": chance.choice(WAYS), "Contract": chance.choice(("yes", "no", "", ""))}
        typed[partner] = {key: text for key, text in row.items() if text}
    return typed


@pytest.fixture(scope="module")
def circle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Network, Network, int]]:
    """The sample, its new wave, and how many cells were filled in."""
    chance = random.Random(16)
    folder = tmp_path_factory.mktemp("circle") / "wave-2027"
    net = pn.load_sample("prairie")
    made = pn.write_questionnaires(net, folder, wave="2027").table
    lists = {id_: list_partners(folder / file) for id_, file in zip(*_columns(made), strict=True)}
    cells = 0
    chosen = sorted(chance.sample(made["organization"].tolist(), ANSWERED))
    files = made.set_index("organization")["file"]
    for k, id_ in enumerate(chosen):
        path = folder / files[id_]
        rest = chance.choice(("", form.REST_NO, form.REST_OPEN))
        typed = answer(chance, lists[id_])
        if k < SECOND:
            other = answer(chance, lists[id_])
            cells += fill(path, other, to=folder / f"second {k}.xlsx")
        about = {"name": ("no", f"{net.name(id_)} of today")} if k >= ANSWERED - RENAMED else {}
        added = [{form.NAME: "A Stranger", form.WORKS: "yes"}] if k % 40 == 0 else []
        cells += fill(path, typed, rest=rest, about=about, added=added, level="manager")
    for id_ in [o for o in made["organization"] if o not in chosen][:DAMAGED]:
        path = folder / files[id_]
        path.write_bytes(path.read_bytes()[:5000])
    yield net, pn.collect_answers(net, folder), cells
    shutil.rmtree(folder)


def _columns(made: object) -> tuple[list[str], list[str]]:
    return made["organization"].tolist(), made["file"].tolist()  # type: ignore[index]


def list_partners(path: Path) -> list[str]:
    """Ids on the list of a questionnaire."""
    from partnet.survey.returned import read_returned

    return [row.id for row in read_returned(path).partners if row.id]


@pytest.mark.slow
def test_every_filled_cell_is_used_or_set_aside(circle: tuple[Network, Network, int]) -> None:
    _, wave, cells = circle
    assert wave.log is not None
    files = wave.log.table
    assert files["cells"].sum() == cells
    assert (files["used"] + files["set_aside"] == files["cells"]).all() and files["used"].min() >= 0
    assert files["fate"].value_counts().to_dict() == {
        "read": ANSWERED + SECOND,
        "nothing filled in": 154 - ANSWERED - DAMAGED,
        "set aside": DAMAGED,
    }
    named = [p for p in wave.problems if p.set_aside and p.where.row is not None]
    assert len(named) == len({(p.where.file, p.where.row, p.where.column) for p in named}) > 0


@pytest.mark.slow
def test_response_rates_are_those_of_the_new_wave(circle: tuple[Network, Network, int]) -> None:
    _, wave, _ = circle
    assert wave.log is not None
    assert wave.log.claims["responses"] == {"asked": 154, "answered": ANSWERED}
    survey = read_surveys(wave, ("referral",))["referral"]
    assert survey.answered.sum() == ANSWERED and survey.asked.all()


@pytest.mark.slow
def test_nothing_a_person_entered_is_overwritten(circle: tuple[Network, Network, int]) -> None:
    net, wave, _ = circle
    for name, frame in net.tables.items():
        assert frame.equals(wave.table(name).head(len(frame))), name
    assert wave.log is not None
    changes = wave.log.tables["changes"]
    assert (changes["column"] == "name").sum() == RENAMED


@pytest.mark.slow
def test_ties_show_who_said_what_and_come_back(
    circle: tuple[Network, Network, int], tmp_path: Path
) -> None:
    _, wave, _ = circle
    ties = wave.table("ties")
    new = ties[ties["evidence"] == "survey 2027"]
    by_end = (new["reported_by"] == new["source"]) | (new["reported_by"] == new["target"])
    assert by_end.all() and new["provenance"].str.contains('sheet "Partners", row').all()
    assert pn.read_network(pn.write_network(wave, tmp_path / "my-2027")) == wave
    assert pn.describe_network(wave).sentences and pn.measure_structure(wave).sentences


@pytest.mark.slow
def test_the_new_wave_becomes_a_report_and_says_whom_to_ask(
    circle: tuple[Network, Network, int], tmp_path: Path
) -> None:
    _, wave, _ = circle
    text = pn.write_report(wave, tmp_path / "report.html").read_text("utf-8")
    assert f"answered the survey; {154 - ANSWERED} of 154 did not" in text
    responses = wave.table("responses")
    asked = sorted(set(responses.loc[responses["wave"] == "2027", "relation"]) - {""})
    found = pn.find_nonrespondents(wave, relations=asked, imputations=20)
    assert found.claims["answered"] == {"asked": 154, "answered": ANSWERED}
    whole = pn.find_nonrespondents(wave, imputations=20)  # older waves asked about others
    assert whole.claims["answered"] == {"asked": 154, "answered": ANSWERED}
    assert len(found.table) == 154 - ANSWERED and found.table["order"].count() == 5
