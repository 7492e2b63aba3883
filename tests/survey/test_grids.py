"""Exports of survey tools: the same answers in every layout give the same network."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import partnet as pn
from partnet.cli import cli
from partnet.core.network import Network
from partnet.io.formats.containers.sheets import write_sheets
from partnet.survey.grids.asked import find_asked
from partnet.survey.grids.layout import open_grid, split_heading
from partnet.survey.grids.mapping import read_mapping

from ..builders import make_network
from ..shared_data import FOLDER

NET = make_network(
    [
        {"id": "h", "name": "Hill Hospital", "kind": "hospital"},
        {"id": "e", "name": "Elk EMS", "kind": "ems_agency"},
        {"id": "p", "name": "Pine - Pantry", "kind": "food"},
        {"id": "s", "name": "Sage Shelter", "kind": "housing"},
    ]
)
NAMES = ["Hill Hospital", "Elk EMS", "Pine - Pantry", "Sage Shelter"]
ASKS = "Do you refer clients to them?"
ROWS = [
    ["Hill Hospital", "", "yes", "no", "Don't know"],
    ["elk e.m.s.", "no", "", "weekly", ""],
]
SAID = {
    ("h", "e", "referral", 1.0, "h"),
    ("h", "p", "referral", 0.0, "h"),
    ("e", "h", "referral", 0.0, "e"),
    ("e", "p", "referral", 0.8, "e"),
}
OPEN = {("h", "s", "don't know"), ("e", "s", "skipped")}


def write_google() -> list[list[str]]:
    head = ["Timestamp", "Name of your organization", *(f"{ASKS} [{name}]" for name in NAMES)]
    return [head, *(["2027-01-02", *row] for row in ROWS)]


def write_surveymonkey() -> list[list[str]]:
    first = ["Respondent ID", "Collector ID", "Your organization", ASKS, "", "", ""]
    second = ["", "", "Open-Ended Response", *NAMES]
    return [first, second, *([f"11{k}", "7", *row] for k, row in enumerate(ROWS))]


def write_qualtrics(ids: bool) -> list[list[str]]:
    codes = ["StartDate", "ResponseId", "Q1", *(f"Q2_{k}" for k in range(4))]
    asked = ["Start Date", "Response ID", "Your organization", *(f"{ASKS} - {n}" for n in NAMES)]
    last = ['{"ImportId":"startDate"}', *(f'{{"ImportId":"QID{k}"}}' for k in range(6))]
    rows = [["2027-01-02", f"R_{k}", *row] for k, row in enumerate(ROWS)]
    return [codes, asked, *([last] if ids else []), *rows]


def write_redcap() -> list[list[str]]:
    head = ["Record ID", "Organization", *(f"{ASKS} {name}".replace("? ", ": ") for name in NAMES)]
    return [
        [*head, "Complete?"],
        *([f"{k}", *row, "Complete"] for k, row in enumerate(ROWS)),
    ]


def write_expanded() -> list[list[str]]:
    """SurveyMonkey with a column for every answer."""
    said = ("yes", "no", "weekly", "Don't know")
    first = ["Respondent ID", "Collector ID", "Your organization", ASKS, *[""] * 15]
    second = ["", "", "Open-Ended Response", *(f"{n} - {a}" for n in NAMES for a in said)]
    rows = [[a if cell == a else "" for cell in row[1:] for a in said] for row in ROWS]
    body = [[f"1{k}", "7", ROWS[k][0], *row] for k, row in enumerate(rows)]
    return [first, second, *body]


def write_kobo() -> list[list[str]]:
    head = ["start", "about/organization", *(f"ties/refer_{id_}/{id_}" for id_ in "heps"), "_id"]
    return [head, *(["2027-01-02", *row, "5"] for row in ROWS)]


LAYOUTS: dict[str, Callable[[], list[list[str]]]] = {
    "Google Forms": write_google,
    "SurveyMonkey": write_surveymonkey,
    "Qualtrics, three rows of headers": lambda: write_qualtrics(True),
    "Qualtrics, two": lambda: write_qualtrics(False),
    "REDCap, labels": write_redcap,
    "SurveyMonkey, a column for every answer": write_expanded,
}


def save(path: Path, rows: list[list[str]]) -> Path:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def list_said(net: Network) -> set[tuple[object, ...]]:
    ties = net.table("ties")
    columns = (ties[c] for c in ("source", "target", "relation", "strength", "reported_by"))
    return set(zip(*columns, strict=True))


def list_open(net: Network) -> set[tuple[str, ...]]:
    rows = net.table("responses")
    rows = rows[rows["organization"] != ""]
    return set(zip(rows["respondent"], rows["organization"], rows["answered"], strict=True))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_network(tmp_path: Path, layout: str) -> None:
    path = save(tmp_path / "wave 2027.csv", LAYOUTS[layout]())
    net = pn.collect_answers(NET, path)
    assert list_said(net) == SAID and list_open(net) == OPEN
    assert not [p for p in net.problems if p.level == "error"]
    assert net.log is not None
    assert net.log.claims["responses"] == {"asked": 4, "answered": 2}
    assert net.log.table[["cells", "used", "set_aside"]].to_numpy().tolist() == [[5, 5, 0]]


def test_boxes_left_unchecked_are_no_only_where_another_is_checked(tmp_path: Path) -> None:
    head = ["record_id", "organization", *(f"refer___{id_}" for id_ in "heps"), "my_complete"]
    rows = [["1", "Hill Hospital", "0", "1", "0", "0", "2"], ["2", "Elk EMS", *"0000", "0"]]
    net = pn.collect_answers(NET, save(tmp_path / "raw.csv", [head, *rows]))
    assert list_said(net) == {
        ("h", "e", "referral", 1.0, "h"),
        ("h", "p", "referral", 0.0, "h"),
        ("h", "s", "referral", 0.0, "h"),
    }
    assert net.log is not None and net.log.claims["responses"]["answered"] == 1


SPLIT = {
    "REDCap, raw": ("e___{}", ("referral", "contract"), "1", "0"),
    "REDCap, labels": ("Elk EMS (choice={})", ("Referral", "Contract"), "Checked", "Unchecked"),
    "KoBo, boxes": ("ties/e/{}", ("referral", "contract"), "1", "0"),
    "Google Forms": ("How do you work with them? [Elk EMS]", (), "Referral", ""),
}


@pytest.mark.parametrize("layout", SPLIT)
def test_how_one_works_with_a_partner_may_be_boxes(tmp_path: Path, layout: str) -> None:
    heading, rows, checked, not_checked = SPLIT[layout]
    head = ["organization", *(heading.format(row) for row in rows or [""])]
    cells = [checked, *([not_checked] if rows else [])]
    empty = [not_checked] * len(cells)
    path = save(tmp_path / "a.csv", [head, ["Hill Hospital", *cells], ["Sage Shelter", *empty]])
    said = list_said(pn.collect_answers(NET, path))
    assert ("h", "e", "referral", 1.0, "h") in said and not [row for row in said if row[0] == "s"]
    denied = {("h", "e", "contract", 0.0, "h")} if rows else set()
    assert said == {("h", "e", "referral", 1.0, "h"), *denied}


@pytest.mark.parametrize(
    "cell", ["e p", "Elk EMS, Pine - Pantry", "Elk EMS;Pine - Pantry;", "e\np"]
)
def test_a_cell_may_list_partners(tmp_path: Path, cell: str) -> None:
    head = ["organization", "Whom do you refer to?"]
    path = save(tmp_path / "a.csv", [head, ["Hill Hospital", cell], ["Elk EMS", "Nobody"]])
    net = pn.collect_answers(NET, path)
    assert {row[:3] for row in list_said(net)} == {("h", "e", "referral"), ("h", "p", "referral")}
    assert [p.found for p in net.problems if p.level == "error"] == ['"Nobody"']


def test_ratings_have_the_scale_of_their_numbers(tmp_path: Path) -> None:
    """A coalition's own grid: partners by what is rated, from 1 to 5."""
    asks = ("Power/Influence", "Level of involvement", "Reliability", "How often are you in touch?")
    head = ["Respondent", *(f"{ask} - {name}" for name in NAMES[1:] for ask in asks)]
    rows = [["Hill Hospital", *("5", "1", "a lot", "weekly"), *("", "3", "99", "never"), *[""] * 4]]
    net = pn.collect_answers(NET, save(tmp_path / "a.csv", [head, *rows]))
    ratings = net.table("ratings")
    said = {*zip(ratings["rated"], ratings["dimension"], ratings["value"], strict=True)}
    assert {(rated, dimension) for rated, dimension, _ in said} == {
        ("e", "influence"), ("e", "involvement"), ("p", "involvement")
    }  # fmt: skip
    assert set(ratings["ladder"]) == {"1-5"} and {value for *_, value in said} == {5, 1, 3}
    assert [p.found for p in net.problems if p.level == "error"] == ['"a lot"']
    assert ("h", "e", "collaboration", 0.8, "h") in list_said(net)
    assert ("h", "p", "collaboration", 0.0, "h") in list_said(net)


def test_a_mapping_is_kept_changed_and_used(tmp_path: Path) -> None:
    """Microsoft Forms exports the rows of a grid without its question."""
    path = save(tmp_path / "forms.csv", [["ID", "Your organization", *NAMES], ["1", *ROWS[0]]])
    kept = tmp_path / "map.toml"
    mapping = pn.propose_mapping(NET, path, output=kept)
    assert {column.asks for column in mapping.columns} == {"collaboration"}
    assert mapping.left == ("ID",)
    kept.write_text(kept.read_text("utf-8").replace("collaboration", "referral"), "utf-8")
    assert list_said(pn.collect_answers(NET, path, mapping=kept)) == {
        row for row in SAID if row[0] == "h"
    }
    with pytest.raises(pn.UsageError, match="may have been changed"):
        pn.propose_mapping(NET, path, output=kept)


def test_numbers_have_a_scale_or_a_meaning(tmp_path: Path) -> None:
    head = ["Your organization", *(f"How often are you in touch? [{name}]" for name in NAMES)]
    rows = [head, ["Hill Hospital", "", "4", "0", "99"], ["Elk EMS", "2", "", "", "1"]]
    path = save(tmp_path / "numbers.csv", rows)
    mapping = pn.propose_mapping(NET, path)
    assert mapping.scale == 4 and {c.asks for c in mapping.columns} == {"often"}
    net = pn.collect_answers(NET, path)
    assert list_said(net) == {
        ("h", "e", "collaboration", 1.0, "h"),
        ("h", "p", "collaboration", 0.0, "h"),
        ("e", "h", "collaboration", 0.5, "e"),
        ("e", "s", "collaboration", 0.25, "e"),
    }
    kept = tmp_path / "map.toml"
    text = mapping.to_toml().replace("scale = 4\n", "")
    codes = '[answers]\n"1" = "yearly"\n"2" = "monthly"\n"4" = "daily"\n"0" = "never"\n'
    kept.write_text(f'{text}{codes}"99" = "refused"\n', "utf-8")
    strengths = {row[3] for row in list_said(pn.collect_answers(NET, path, mapping=kept))}
    assert strengths == {0.0, 0.2, 0.6, 1.0}


def test_a_cell_may_name_several_relations(tmp_path: Path) -> None:
    head = ["Your organization", "How do you work together? [Elk EMS]"]
    path = save(tmp_path / "a.csv", [head, ["Hill Hospital", "referral, data sharing"]])
    said = {row[:3] for row in list_said(pn.collect_answers(NET, path))}
    assert said == {("h", "e", "referral"), ("h", "e", "data_sharing")}


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    rows = [
        ["Your organization", f"{ASKS} [Elk EMS]", f"{ASKS} [Hill Hospital]", "Comments"],
        ["Hill Hospital", "ask Ann", "yes", "Thank you"],
        ["Nobody Inc", "yes", "no", ""],
        ["", "yes", "", ""],
    ]
    net = pn.collect_answers(NET, save(tmp_path / "a.csv", rows))
    found = {(p.where.row, p.found) for p in net.problems if p.level == "error"}
    assert found == {
        (2, '"ask Ann"'), (2, '"yes"'), (3, '"Nobody Inc"'), (4, "answers without a name")
    }  # fmt: skip
    assert net.log is not None
    assert net.log.table[["cells", "used", "set_aside"]].to_numpy().tolist() == [[5, 0, 5]]
    assert any(p.where.column == "Comments" for p in net.problems), "columns not read are named"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('respondent = "x"', "columns"),
        ('respondent = "x"\ncolumns = [{ heading = "y", partner = "nobody" }]', "nobody"),
        ('respondent = "x"\ncolumns = [{ heading = "y", partner = "e", asks = "z" }]', "asks"),
        ("respondent = 5\ncolumns = []", "respondent"),
        ("not toml", "not TOML"),
    ],
)
def test_a_wrong_mapping_is_explained(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / "map.toml").write_text(text, "utf-8")
    with pytest.raises(pn.InputError, match=wrong):
        read_mapping(tmp_path / "map.toml", NET)


def test_a_mapping_comes_back(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", write_google())
    mapping = pn.propose_mapping(NET, path, output=tmp_path / "map.toml")
    assert read_mapping(tmp_path / "map.toml", NET) == mapping


@pytest.mark.parametrize("rows", [[["a", "b"]], [["a", "b"], ["1", "2"]], []])
def test_what_is_no_grid_is_said(tmp_path: Path, rows: list[list[str]]) -> None:
    with pytest.raises(pn.InputError, match=r"a\.csv: found"):
        pn.collect_answers(NET, save(tmp_path / "a.csv", rows))
    with pytest.raises(pn.InputError, match="found nothing there"):
        pn.collect_answers(NET, tmp_path / "nowhere")


def test_headings_part_where_a_name_may_begin() -> None:
    assert ("Works with", "Pine - Pantry") in split_heading("Works with - Pine - Pantry")
    assert split_heading("Which? (choice=Elk EMS)") == [("Which?", "Elk EMS")]
    words = pn.default_vocabulary()
    assert find_asked("Do you sign contracts with them?", words) == "contract"
    assert find_asked("Whom do you know?", words) == "collaboration"


@pytest.mark.skipif(not (FOLDER / "formats").is_dir(), reason="real exports are not at hand")
def test_headers_of_real_exports_are_found() -> None:
    folder = FOLDER / "formats" / "survey"
    qualtrics = open_grid(folder / "qualtrics_sample.csv")
    assert qualtrics.headings[-3] == "This is a multiple choice question."
    assert len(qualtrics.rows) >= 1 and qualtrics.rows[0][0] == 4
    redcap = open_grid(folder / "redcap_checkboxes_data.csv")
    assert "check_one___1" in redcap.headings and len(redcap.rows) == 4
    known = make_network([{"id": id_, "name": f"N {id_}", "kind": "food"} for id_ in "1234abcde"])
    kept = Path(__file__).parent / "redcap_checkboxes.toml"
    answered = pn.collect_answers(known, folder / "redcap_checkboxes_data.csv", mapping=kept)
    yes = {(row[0], row[1]) for row in list_said(answered) if row[3] == 1}
    no = {(row[0], row[1]) for row in list_said(answered) if row[3] == 0}
    assert yes == {("1", "a"), ("1", "c"), ("2", "b"), ("2", "d")}
    assert no == {("1", "b"), ("1", "d"), ("1", "e"), ("2", "a"), ("2", "c"), ("2", "e")}
    assert not [p for p in answered.problems if p.level == "error"]


def test_the_command_line_proposes_and_reads(tmp_path: Path) -> None:
    pn.write_network(NET, tmp_path / "net.xlsx")
    export = str(save(tmp_path / "a.csv", write_google()))
    net, kept, new = (str(tmp_path / name) for name in ("net.xlsx", "map.toml", "new.xlsx"))
    shown = CliRunner().invoke(cli, ["survey", "map", export, net])
    assert shown.exit_code == 0 and 'asks = "referral"' in shown.output
    assert CliRunner().invoke(cli, ["survey", "map", export, net, "-o", kept]).exit_code == 0
    done = CliRunner().invoke(cli, ["survey", "collect", export, net, "--map", kept, "-o", new])
    assert done.exit_code == 0, done.output
    assert "2 of 4 organizations asked have answered (50%)." in done.output


QUALTRICS = ["StartDate", "Status", "DistributionChannel", "ResponseId", "Q1", "Q2_1", "Q2_DO_1"]
ASKED = ["Start Date", "Response Type", "Distribution Channel", "Response ID", "Organization"]
TRIAL = {
    "words": ("IP Address", "Survey Preview"),
    "codes": ("0", "1"),
    "test": ("IP Address", "Survey Test"),
}


@pytest.mark.parametrize("status", TRIAL)
def test_previews_are_set_aside_and_orders_are_no_answers(tmp_path: Path, status: str) -> None:
    real, trial = TRIAL[status]
    asked = [*ASKED, f"{ASKS} - Elk EMS", "Q2 - Display Order - Elk EMS"]
    rows = [
        [*["2027-01-02", real, "anonymous", "R_1", "Hill Hospital", "yes", "1"]],
        [*["2027-01-02", trial, "anonymous", "R_2", "Sage Shelter", "yes", "2"]],
        [*["2027-01-02", real, "preview", "R_3", "Pine - Pantry", "yes", "2"]],
    ]
    net = pn.collect_answers(NET, save(tmp_path / "q.csv", [QUALTRICS, asked, *rows]))
    assert list_said(net) == {("h", "e", "referral", 1.0, "h")}
    assert net.log is not None and net.log.claims["responses"]["answered"] == 1
    assert net.log.table[["cells", "used", "set_aside"]].to_numpy().tolist() == [[3, 1, 2]]
    assert sum("preview or test" in str(p) for p in net.problems) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [("1/2/2027 10:00:00", "1/5/2027 9:00:00"),
     ("2027/01/02 9:00:00 PM CST", "2027/01/03 8:00:00 AM CST")],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_who_answered_twice_counts_with_the_later_answer(
    tmp_path: Path, first: str, second: str, turned: bool
) -> None:
    head = ["Timestamp", "Email Address", "Organization", *(f"{ASKS} [{n}]" for n in NAMES[1:])]
    rows = [
        [first, "a@h.org", "Hill Hospital", "yes", "yes", ""],
        [second, "A@H.org", "hill hospital", "no", "", "no"],
    ]
    other = [second, "b@h.org", "Elk EMS", "", "yes", ""]
    body = [*(rows[::-1] if turned else rows), other]
    net = pn.collect_answers(NET, save(tmp_path / "g.csv", [head, *body]))
    assert list_said(net) == {
        ("h", "e", "referral", 0.0, "h"),
        ("h", "p", "referral", 1.0, "h"),
        ("h", "s", "referral", 0.0, "h"),
        ("e", "p", "referral", 1.0, "e"),
    }
    assert net.log is not None
    assert net.log.table[["cells", "used", "set_aside"]].to_numpy().tolist() == [[5, 4, 1]]
    said = "\n".join(map(str, net.problems))
    assert "a second answer of the person of row" in said and "@" not in said


def test_boxes_answered_twice_are_answered_together(tmp_path: Path) -> None:
    head = ["Timestamp", "Email", "Organization", *(f"{ASKS} [{name}]" for name in NAMES[1:])]
    rows = [
        ["1/2/2027", "a@h.org", "Hill Hospital", "Elk EMS", "Pine - Pantry", ""],
        ["1/3/2027", "a@h.org", "Hill Hospital", "", "Pine - Pantry", ""],
    ]
    net = pn.collect_answers(NET, save(tmp_path / "g.csv", [head, *rows]))
    assert {(t, w) for _, t, _, w, _ in list_said(net)} == {("e", 0.0), ("p", 1.0), ("s", 0.0)}


PAIRED = {
    ("h", "e", "collaboration", 0.8, "h"),
    ("h", "p", "collaboration", 0.6, "h"),
    ("e", "h", "collaboration", 0.8, "e"),
}


def test_instruments_that_redcap_repeats_belong_to_their_record(tmp_path: Path) -> None:
    head = ["record_id", "redcap_repeat_instrument", "redcap_repeat_instance", "organization",
            "partner", "frequency", "partner_complete"]  # fmt: skip
    rows = [
        ["1", "", "", "Hill Hospital"],
        ["1", "partners", "1", "", "Elk EMS", "Weekly", "2"],
        ["1", "partners", "2", "", "Pine - Pantry", "Monthly", "2"],
        ["2", "", "", "Elk EMS"],
        ["2", "partners", "1", "", "Hill Hospital", "Weekly", "2"],
    ]
    body = [[*row, *[""] * (7 - len(row))] for row in rows]
    net = pn.collect_answers(NET, save(tmp_path / "r.csv", [head, *body]))
    assert list_said(net) == PAIRED
    assert not [p for p in net.problems if p.level == "error"]


def test_a_sheet_that_kobo_repeats_belongs_to_its_submission(tmp_path: Path) -> None:
    survey = [["start", "Your organization", "_id", "_index"], ["5/1", "Hill Hospital", "11", "1"],
              ["5/1", "Elk EMS", "12", "2"], ["5/1", "Sage Shelter", "13", "3"]]  # fmt: skip
    asked = "How often do you work together?"
    partners = [
        ["Partner organization", asked, "_index", "_parent_table_name", "_parent_index"],
        ["Elk EMS", "Weekly", "1", "survey", "1"],
        ["Pine - Pantry", "Monthly", "2", "survey", "1"],
        ["Hill Hospital", "Weekly", "3", "survey", "2"],
    ]
    path = tmp_path / "kobo.xlsx"
    path.write_bytes(write_sheets({"survey": survey, "partners": partners}))
    net = pn.collect_answers(NET, path)
    assert list_said(net) == PAIRED
    assert not [p for p in net.problems if p.level == "error"]


HEADINGS = {
    "the name in the question": "How often does your organization work with {}?",
    "the name before it": "{}:How often do you work together?",
    "Jotform": "How often do you work together? >> {}",
    "the older Qualtrics": "How often do you work together?-{}",
    "a field of REDCap": "often_work_with_{}",
}


@pytest.mark.parametrize("form", HEADINGS)
def test_a_heading_names_its_partner_in_many_ways(tmp_path: Path, form: str) -> None:
    names = ["elk_ems", "sage_shelter"] if "REDCap" in form else ["Elk EMS", "Sage Shelter"]
    head = ["Date", "Your organization", *(HEADINGS[form].format(name) for name in names)]
    rows = [["2027-01-02", "Hill Hospital", "Weekly", "Never"]]
    net = pn.collect_answers(NET, save(tmp_path / "h.csv", [head, *rows]))
    assert {row[1:4] for row in list_said(net)} == {
        ("e", "collaboration", 0.8),
        ("s", "collaboration", 0.0),
    }


def test_remarks_about_one_organization_are_no_answers(tmp_path: Path) -> None:
    head = ["Your organization", f"{ASKS} [Elk EMS]", "What do you like about Elk EMS?"]
    rows = [["Hill Hospital", "yes", "They come at once"]]
    mapping = pn.propose_mapping(NET, save(tmp_path / "h.csv", [head, *rows]))
    assert mapping.left == ("What do you like about Elk EMS?",)


def test_the_older_export_of_qualtrics_has_codes_above_its_headers(tmp_path: Path) -> None:
    headers = ["ResponseID", "StartDate", "Organization", f"{ASKS}-Elk EMS"]
    rows = [["V1", "V8", "Q1", "Q2_1"], headers, ["R_1", "2015-01-02", "Hill Hospital", "yes"]]
    net = pn.collect_answers(NET, save(tmp_path / "q.csv", rows))
    assert list_said(net) == {("h", "e", "referral", 1.0, "h")}


def test_events_that_are_read_as_one_wave_are_said(tmp_path: Path) -> None:
    head = ["record_id", "redcap_event_name", "organization", "refer___e", "refer___p"]
    rows = [["1", "baseline", "Hill Hospital", "1", "0"], ["1", "later", "Hill Hospital", "0", "1"]]
    net = pn.collect_answers(NET, save(tmp_path / "r.csv", [head, *rows]))
    assert "answers of 2 events (baseline, later)" in "\n".join(map(str, net.problems))
