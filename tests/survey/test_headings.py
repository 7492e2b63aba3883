"""What headings and cells of foreign surveys say: which way, what numbers mean, what else."""

from __future__ import annotations

from pathlib import Path

import pytest

import partnet as pn
from partnet import InputError
from partnet.core.network import Network
from partnet.io.formats.containers.sheets import write_sheets

from ..builders import make_network
from .test_grids import list_open, save

NET = make_network(
    [
        {"id": "h", "name": "Hill Hospital", "kind": "hospital"},
        {"id": "e", "name": "Elk EMS", "kind": "ems_agency"},
        {"id": "p", "name": "Pine Pantry", "kind": "food"},
        {"id": "s", "name": "Sage Shelter", "kind": "housing"},
    ]
)
WHO = "Your organization"
PARTNERS = {"e": "Elk EMS", "p": "Pine Pantry", "s": "Sage Shelter"}


def collect(folder: Path, rows: list[list[str]]) -> Network:
    return pn.collect_answers(NET, save(folder / "wave 2027.csv", rows))


def list_ties(net: Network) -> set[tuple[str, str, float]]:
    """From whom to whom of each tie that the hospital reports, and how strong."""
    ties = net.table("ties")
    ties = ties[ties["reported_by"] == "h"]
    return {*zip(ties["source"], ties["target"], ties["strength"].round(3), strict=True)}


def ask(question: str, *answers: str) -> list[list[str]]:
    """A grid of one question about as many partners as there are answers."""
    named = [*PARTNERS.values()][: len(answers)]
    return [[WHO, *(f"{question} [{name}]" for name in named)], ["Hill Hospital", *answers]]


def list_strengths(net: Network) -> dict[str, float]:
    return {target: strength for _, target, strength in list_ties(net)}


SCALES = {
    "the smallest is the strongest": (
        "How close? (1 = very close, 4 = distant)",
        ("1", "4", "2"),
        {"e": 1, "p": 0.25, "s": 0.75},
    ),
    "the largest is none": (
        "How often? (1 = daily, 5 = never)",
        ("1", "5", "3"),
        {"e": 1, "p": 0, "s": 0.5},
    ),
    "each number is a level": (
        "Contact: 0 = none, 1 = yearly, 2 = monthly, 3 = weekly",
        ("3", "0", "1"),
        {"e": 0.8, "p": 0, "s": 0.2},
    ),
    "one is yes, two is no": ("Together? (1 = yes, 2 = no)", ("1", "2"), {"e": 1, "p": 0}),
    "nothing is said": ("How close?", ("4", "0", "1"), {"e": 1, "p": 0, "s": 0.25}),
    "another number is no answer": (
        "Contact (0 = none, 3 = weekly, 9 = don't know)",
        ("3", "9", "0"),
        {"e": 0.8, "s": 0},
    ),
}


@pytest.mark.parametrize("case", SCALES)
def test_numbers_mean_what_their_heading_says(case: str, tmp_path: Path) -> None:
    question, answers, strengths = SCALES[case]
    net = collect(tmp_path, ask(question, *answers))
    assert list_strengths(net) == strengths
    assert (("h", "p", "don't know") in list_open(net)) == ("9" in answers)


def test_a_scale_that_runs_down_is_kept_in_the_mapping(tmp_path: Path) -> None:
    """Also for numbers that nobody gave yet; and in a list of pairs."""
    rows = [["Respondent", "Partner", "Closeness (1 = most close, 5 = least close)"]]
    rows += [["Hill Hospital", "Elk EMS", "1"], ["Hill Hospital", "Pine Pantry", "4"]]
    path = save(tmp_path / "pairs.csv", rows)
    mapping = pn.propose_mapping(NET, path, output=tmp_path / "map.toml")
    assert [mapping.explain(text, "collaboration") for text in "12345"] == [*"54321"]
    net = pn.collect_answers(NET, path, mapping=tmp_path / "map.toml")
    assert list_strengths(net) == {"e": 1.0, "p": 0.4}


def test_each_question_has_its_own_scale(tmp_path: Path) -> None:
    """4 of 4 beside 10 of 10; 1 of yes and no is as strong; a scale may be longer than answers."""
    asks = ("How often (0-4)?", "Do you refer clients (0-10)?", "Do you have a contract?")
    head = [WHO, *(f"{ask} [{name}]" for ask in asks for name in ("Elk EMS", "Pine Pantry"))]
    ties = collect(tmp_path, [head, ["Hill Hospital", "4", "2", "5", "0", "1", "0"]]).table("ties")
    said = {*zip(ties["relation"], ties["target"], ties["strength"], strict=True)}
    assert said == {
        *(("collaboration", "e", 1.0), ("collaboration", "p", 0.5)),
        *(("referral", "e", 0.5), ("referral", "p", 0.0)),
        *(("contract", "e", 1.0), ("contract", "p", 0.0)),
    }


def test_a_column_without_a_heading_may_name_who_answers(tmp_path: Path) -> None:
    rows = [["", "Elk EMS", "Pine Pantry"], ["Hill Hospital", "yes", "no"]]
    assert list_strengths(collect(tmp_path, rows)) == {"e": 1.0, "p": 0.0}


def test_of_several_sheets_the_widest_holds_the_answers(tmp_path: Path) -> None:
    sheets = {"Key": [["Code", "Meaning"], ["1", "yearly"]], "Answers": ask("Together?", "x", "no")}
    path = tmp_path / "answers.xlsx"
    path.write_bytes(write_sheets(sheets))
    assert list_strengths(pn.collect_answers(NET, path)) == {"e": 1.0, "p": 0.0}


def test_ratings_whose_best_is_one_run_down(tmp_path: Path) -> None:
    net = collect(tmp_path, ask("Reliability (1 = very reliable, 5 = not reliable)", "1", "5"))
    assert net.table("ratings")["ladder"].tolist() == ["5-1", "5-1"]


def test_lines_above_the_headers_say_what_numbers_mean(tmp_path: Path) -> None:
    said = "0 = none, 1 = networking, 2 = cooperation, 3 = coordination, 9 = don't know"
    rows = [["Our survey"], [said], [WHO, *PARTNERS.values()], ["Hill Hospital", *"319"]]
    assert list_strengths(collect(tmp_path, rows)) == {"e": 0.75, "p": 0.25}


WAYS = {
    "Do they refer clients to you?": ("e", "h"),
    "They send us referrals": ("e", "h"),
    "We receive referrals from": ("e", "h"),
    "Who refers clients to your organization?": ("e", "h"),
    "Do you refer clients to them?": ("h", "e"),
    "Do they receive referrals from you?": ("h", "e"),
    "To your knowledge, do you refer clients to them?": ("h", "e"),
}


@pytest.mark.parametrize("question", WAYS)
def test_a_question_says_which_way(question: str, tmp_path: Path) -> None:
    assert list_ties(collect(tmp_path, ask(question, "yes"))) == {(*WAYS[question], 1.0)}
    named = collect(tmp_path, [[WHO, question], ["Hill Hospital", "Elk EMS"]])
    assert list_ties(named) == {(*WAYS[question], 1.0)}
    no = collect(tmp_path, ask(question, "no"))
    assert list_ties(no) == {(*WAYS[question], 0.0)}


def test_both_ways_are_asked_in_two_columns(tmp_path: Path) -> None:
    asks = ("Do they refer clients to you?", "Do you refer clients to them?")
    head = [WHO, *(f"{question} [{name}]" for name in PARTNERS.values() for question in asks)]
    row = ["Hill Hospital", *("yes", "yes"), *("yes", "no"), *("no", "yes")]
    ties = collect(tmp_path, [head, row]).table("ties")
    said = {*zip(ties["source"], ties["target"], ties["directed"], strict=True)}
    assert said == {("h", "e", "no"), ("p", "h", "yes"), ("h", "s", "yes")}


CELLS = {
    "3 - Coordination": 0.75,
    "(2) Cooperation": 0.5,
    "Networking": 0.25,
    "1 - Networking": 0.25,
    "0 - None": 0.0,
    "Weekly (once a week or more)": 0.8,
    "Never/We only interact on issues outside the collaborative": 0.0,
    "We don't work together": 0.0,
    "Do not currently work with them": 0.0,
    "Once a year or less": 0.2,
}


@pytest.mark.parametrize("cell", CELLS)
def test_an_answer_may_have_more_around_it(cell: str, tmp_path: Path) -> None:
    net = collect(tmp_path, ask("How do you work with them?", cell))
    assert list_strengths(net) == {"e": CELLS[cell]}
    assert not [p for p in net.problems if p.level == "error"]


def test_labels_whose_words_are_not_known_count_by_their_numbers(tmp_path: Path) -> None:
    rows = ask("Closeness", "1 - Nodding terms", "4 - Joined at the hip", "0 - None")
    assert list_strengths(collect(tmp_path, rows)) == {"e": 0.25, "p": 1.0, "s": 0.0}


def test_not_to_know_an_organization_is_no_answer(tmp_path: Path) -> None:
    net = collect(tmp_path, ask("Together?", "I don't know this organization", "yes"))
    assert list_strengths(net) == {"p": 1.0} and ("h", "e", "don't know") in list_open(net)


def test_what_is_known_of_a_cell_is_used_and_the_rest_is_named(tmp_path: Path) -> None:
    net = collect(tmp_path, ask("In what ways?", "Referral, Other: joint drills"))
    assert net.table("ties")["relation"].tolist() == ["referral"]
    assert [p.found for p in net.problems if p.level == "error"] == ['"Other: joint drills"']
    assert net.log is not None and net.log.table["set_aside"].tolist() == [0]


def test_two_grids_of_one_relation_agree_and_keep_how_often(tmp_path: Path) -> None:
    head = [WHO, "Elk EMS", "Pine Pantry", "Elk EMS2", "Pine Pantry2"]
    net = collect(tmp_path, [head, ["Hill Hospital", "Yes", "No", "Weekly", "Never"]])
    assert list_strengths(net) == {"e": 0.8, "p": 0.0}


def test_questions_may_stand_once_above_their_partners(tmp_path: Path) -> None:
    first = [WHO, "How often are you in touch?", "", "", "Do you have a contract?", "", ""]
    rows = [first, ["", *PARTNERS.values(), *PARTNERS.values()]]
    rows += [["Hill Hospital", "weekly", "never", "", "yes", "", "no"]]
    ties = collect(tmp_path, rows).table("ties")
    said = {*zip(ties["target"], ties["relation"], ties["strength"], strict=True)}
    assert said == {("e", "collaboration", 0.8), ("p", "collaboration", 0.0),
                    ("e", "contract", 0.8), ("s", "contract", 0.0)}  # fmt: skip


def test_a_table_whose_rows_are_partners_is_refused(tmp_path: Path) -> None:
    """Else each answer would be taken for one of the partner's."""
    rows = [["Partner", "Hill Hospital", "Sage Shelter"], ["Elk EMS", "yes", "no"]]
    with pytest.raises(InputError, match="Turn the table"):
        collect(tmp_path, rows)


def test_other_and_none_of_the_above(tmp_path: Path) -> None:
    """SurveyMonkey: who answers and whom they name may stand behind Other."""
    asks = "With which do you share data?"
    other = "Other (please specify)"
    first = ["Respondent ID", "Collector ID", WHO, "", asks, "", "", ""]
    second = ["", "", "Response", other, "Elk EMS", "Pine Pantry", "None of the above", other]
    rows = [["1", "7", "Hill Hospital", "", "Elk EMS", "", "", "Sage Shelter; Rotary Club"]]
    rows += [["2", "7", other, "Sage Shelter", "", "", "None of the above", ""]]
    net = collect(tmp_path, [first, second, *rows])
    ties = net.table("ties")
    said = {*zip(ties["reported_by"], ties["target"], ties["strength"], strict=True)}
    assert said == {("h", "e", 1.0), ("h", "p", 0.0), ("h", "s", 1.0),
                    ("s", "e", 0.0), ("s", "p", 0.0)}  # fmt: skip
    assert [p.found for p in net.problems if p.level == "error"] == ['"Rotary Club"']


def test_a_column_called_so_names_who_answers_among_trials(tmp_path: Path) -> None:
    rows = [*ask("Together?", "yes", "no"), ["TEST", "yes", "yes"], ["test 2", "yes", "yes"]]
    net = collect(tmp_path, rows)
    assert list_strengths(net) == {"e": 1.0, "p": 0.0}
    found = [p.found for p in net.problems if p.set_aside == "row"]
    assert len(found) == 2


def test_a_way_in_a_mapping_is_one_of_two(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", ask("Do they refer clients to you?", "yes"))
    kept = tmp_path / "map.toml"
    pn.propose_mapping(NET, path, output=kept)
    text = kept.read_text("utf-8")
    assert 'way = "they to us"' in text
    kept.write_text(text.replace('way = "they to us" }', 'way = "backwards" }'), "utf-8")
    with pytest.raises(InputError, match="way: found 'backwards'"):
        pn.collect_answers(NET, path, mapping=kept)
