"""Surveys for other tools: each form is whole, and its export gives the same network."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import partnet as pn
from partnet.cli import cli
from partnet.core.network import Network
from partnet.survey import form
from partnet.survey.settings import find_settings
from partnet.survey.tools.write import TOOLS

from ..builders import make_network
from .filling import fill

NET = make_network(
    [
        {"id": "h", "name": "Hill Hospital", "kind": "hospital"},
        {"id": "e", "name": "Elk EMS", "kind": "ems_agency"},
        {"id": "p", "name": "Pine - Pantry, Inc.", "kind": "food"},
        {"id": "s", "name": "=Shelter [[x]] ${y} | z", "kind": "housing"},
    ]
)
NAMES = dict(zip(NET.ids, NET.organizations["name"], strict=True))
WORKS, OFTEN = form.HEADINGS[form.WORKS], form.HEADINGS[form.OFTEN]
REFERRAL, CONTRACT = "Referral: who to whom?", "Contract?"
RELIABLE = "Reliability: do they do what they say?"
LEVEL, REST = "Your level in your organization", form.REST
OTHERS, SERVICES, REMARKS = form.OPEN.values()
# What people answer: who -> question -> about whom -> answer ("" where it is about nobody).
SAID: dict[str, dict[str, dict[str, str]]] = {
    "h": {
        WORKS: {"e": "yes", "p": "no", "s": "don't know"},
        OFTEN: {"e": "weekly"},
        REFERRAL: {"e": "they to us"},
        CONTRACT: {"e": "don't know"},
        RELIABLE: {"e": "a great deal"},
        LEVEL: {"": "manager"},
        SERVICES: {"": "dental"},
        REMARKS: {"": "Thank you"},
    },
    "e": {WORKS: {"h": "yes"}, REFERRAL: {"h": "both ways"}, REST: {"": form.REST_NO}},
    "p": {RELIABLE: {"h": "a little"}, WORKS: {"h": "yes"}, CONTRACT: {"h": "yes", "e": "no"}},
}
ASKED = ["referral", "contract"]


def write(folder: Path, tool: str) -> Path:
    """Write the survey of a tool, once."""
    if (folder / "survey.toml").exists():
        return folder
    pn.write_questionnaires(NET, folder, tool=tool, wave="2027", relations=ASKED)
    return folder


def read_rows(path: Path, sheet: str = "survey") -> list[dict[str, str]]:
    """Rows of a sheet by heading."""
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    head, *body = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return [dict(zip(head, row, strict=True)) for row in body]


Field = tuple[str, str, str, str]  # group, name, label of question, row


def list_xlsform(folder: Path) -> Iterator[tuple[Field, dict[str, str]]]:
    """Fields of an XLSForm, with the codes of their choices by label."""
    lists: dict[str, dict[str, str]] = {}
    for row in read_rows(folder / "questionnaire.xlsx", "choices"):
        lists.setdefault(row["list_name"], {})[row["label"]] = row["name"]
    group = label = ""
    for row in read_rows(folder / "questionnaire.xlsx"):
        if row["type"] == "begin_group":
            group, label = row["name"], row["label"]
        elif row["type"] == "end_group":
            group = label = ""
        elif row["type"] != "note":
            codes = lists.get(row["type"].removeprefix("select_one "), {})
            yield (group, row["name"], label or row["label"], row["label"] if label else ""), codes


def list_redcap(folder: Path) -> Iterator[tuple[Field, dict[str, str]]]:
    """Fields of a data dictionary, with the codes of their choices by label."""
    text = (folder / "data_dictionary.csv").read_text("utf-8")
    matrix = ""
    for row in csv.DictReader(io.StringIO(text, newline="")):
        name, label = row["Variable / Field Name"], row["Field Label"]
        if name in ("record_id", "about"):
            continue
        choices = row["Choices, Calculations, OR Slider Labels"].split(" | ")
        codes = {c.partition(", ")[2]: c.partition(", ")[0] for c in choices if c}
        matrix = row["Section Header"] or (matrix if row["Matrix Group Name"] else "")
        yield (row["Matrix Group Name"], name, matrix or label, label if matrix else ""), codes


def find_answer(id_: str, question: str, row: str) -> str:
    """What an organization answers to a question, about the partner that a row names."""
    if question.startswith("Which organization"):
        return NAMES[id_]
    about = SAID[id_].get(question, {})
    if not row:
        return about.get("", "")
    named = [
        other
        for other in NAMES
        if row.replace("$ {", "${").lstrip("'").startswith(NAMES[other][:8])
    ]
    return about.get(named[0], "")


def export(fields: list[tuple[Field, dict[str, str]]], *, coded: bool) -> list[list[str]]:
    """The answers as a tool exports them: with codes, or with labels."""
    return [
        [
            _code(codes, find_answer(id_, question, row))
            if coded
            else find_answer(id_, question, row)
            for (_, _, question, row), codes in fields
        ]
        for id_ in SAID
    ]


def _code(codes: Mapping[str, str], answer: str) -> str:
    by_label = {label[:8]: code for label, code in codes.items()}
    return by_label.get(answer[:8], codes.get(answer, answer)) if codes and answer else answer


def save(path: Path, rows: list[list[str]]) -> Path:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def make_kobo(folder: Path, join: str, coded: bool) -> list[list[str]]:
    fields = [*list_xlsform(write(folder, "xlsform"))]
    named = [f"{g}{join}{n}" if g else n for (g, n, _, _), _ in fields]
    labels = [f"{q}/{row}" if row else q for (_, _, q, row), _ in fields]
    head = ["start", *(named if coded else labels), "_id"]
    return [head, *(["2027-01-02", *row, "7"] for row in export(fields, coded=coded))]


def make_redcap(folder: Path, coded: bool) -> list[list[str]]:
    fields = [*list_redcap(write(folder, "redcap"))]
    head = [name if coded else (row or question) for (_, name, question, row), _ in fields]
    ends = (
        ("record_id", "partners_complete", "2") if coded else ("Record ID", "Complete?", "Complete")
    )
    rows = export(fields, coded=coded)
    return [[ends[0], *head, ends[1]], *([f"{k}", *row, ends[2]] for k, row in enumerate(rows))]


QUESTION = re.compile(r"\[\[Question:(.+?)\]\]\n\[\[ID:(\w+)\]\]\n(.+)")


def make_qualtrics(folder: Path, third: bool, coded: bool) -> list[list[str]]:
    text = (write(folder, "qualtrics") / "questionnaire.txt").read_text("utf-8")
    fields: list[tuple[Field, dict[str, str]]] = []
    for part in re.split(r"\n(?=\[\[Question)", text)[2:]:
        match = QUESTION.match(part)
        assert match
        _, code, question = match.groups()
        lists = [
            x.strip().split("\n") for x in re.split(r"\[\[(?:Choices|Answers)\]\]\n", part)[1:]
        ]
        rows = [r for r in (lists[0] if len(lists) == 2 else []) if not r.startswith("[[")]
        options = [o for o in (lists[-1] if lists else []) if not o.startswith("[[")]
        codes = {label: f"{k}" for k, label in enumerate(options, start=1)}
        fields += [
            ((code, f"{code}_{k}", question, row), codes) for k, row in enumerate(rows, start=1)
        ] or [((code, code, question, ""), codes)]
    names = [name for (_, name, _, _), _ in fields]
    asked = [f"{q} - {row}" if row else q for (_, _, q, row), _ in fields]
    head = [["StartDate", "ResponseId", *names], ["Start Date", "Response ID", *asked]]
    if third:
        ids = [f'{{"ImportId":"QID{k}"}}' for k in range(len(names) + 1)]
        head.append(['{"ImportId":"startDate"}', *ids])
    rows = export(fields, coded=coded)
    return [*head, *(["2027-01-02", f"R_{k}", *row] for k, row in enumerate(rows))]


def list_forms(folder: Path) -> list[tuple[str, list[str], list[str]]]:
    """Questions of the list to paste: text, rows and columns."""
    text = (write(folder, "forms") / "questions.txt").read_text("utf-8")
    found = []
    for part in re.split(r"\n(?=\d+\. )", text)[1:]:
        question = part.partition("\n")[0].partition(". ")[2]
        lists = {
            name: lines.strip("\n").split("\n")
            for name, lines in re.findall(r"   (Rows|Columns|Options).*:\n((?:.+\n?)+)", part)
        }
        found.append((question, lists.get("Rows", []), lists.get("Columns", [])))
    return found


def make_forms(folder: Path, join: Callable[[str, str], str]) -> list[list[str]]:
    """One column a row of a grid."""
    asked = [(q, row) for q, rows, _ in list_forms(folder) for row in rows or [""]]
    head = [join(q, row) if row else q for q, row in asked]
    rows = [[find_answer(id_, q, row) for q, row in asked] for id_ in SAID]
    return [["Timestamp", *head], *(["2027-01-02", *row] for row in rows)]


def make_microsoft(folder: Path) -> list[list[str]]:
    """Rows of a grid without its question, numbered where they come again."""
    seen: dict[str, int] = {}

    def join(question: str, row: str) -> str:
        seen[row] = seen.get(row, 0) + 1
        return row if seen[row] == 1 else f"{row}{seen[row]}"

    return make_forms(folder, join)


def make_surveymonkey(folder: Path, expanded: bool) -> list[list[str]]:
    """Two rows of headers; expanded: a column for every answer of every row."""
    first, second, cells = (
        ["Respondent ID", "Collector ID"],
        ["", ""],
        [[f"{k}", "7"] for k in SAID],
    )
    for question, rows, columns in list_forms(folder):
        for at, (row, option) in enumerate(
            (r, o) for r in rows or [""] for o in (columns if expanded and rows else [""])
        ):
            first.append(question if at == 0 else "")
            second.append(" - ".join(filter(None, (row, option))) or "Open-Ended Response")
            for line, id_ in zip(cells, SAID, strict=True):
                said = find_answer(id_, question, row)
                line.append(said if option in ("", said) else "")
    return [first, second, *cells]


LAYOUTS: dict[str, Callable[[Path], list[list[str]]]] = {
    "KoBo, codes and groups": lambda folder: make_kobo(folder, "/", True),
    "ODK, codes and groups": lambda folder: make_kobo(folder, "-", True),
    "KoBo, labels": lambda folder: make_kobo(folder, "/", False),
    "REDCap, raw": lambda folder: make_redcap(folder, True),
    "REDCap, labels": lambda folder: make_redcap(folder, False),
    "Qualtrics, two rows of headers": lambda folder: make_qualtrics(folder, False, False),
    "Qualtrics, three, numbers": lambda folder: make_qualtrics(folder, True, True),
    "Google Forms": lambda folder: make_forms(folder, lambda q, row: f"{q} [{row}]"),
    "Microsoft Forms": make_microsoft,
    "SurveyMonkey, condensed": lambda folder: make_surveymonkey(folder, False),
    "SurveyMonkey, expanded": lambda folder: make_surveymonkey(folder, True),
}


def list_said(net: Network) -> dict[str, set[tuple[object, ...]]]:
    """All that was answered: ties, ratings, open cells, services."""
    said = {}
    for name, columns in {
        "ties": ("source", "target", "relation", "strength", "directed", "reported_by", "level"),
        "ratings": ("rater", "rated", "dimension", "value", "wave"),
        "responses": ("respondent", "organization", "relation", "answered", "wave"),
        "services": ("organization", "service"),
    }.items():
        table = net.table(name)
        said[name] = {*zip(*(table[column] for column in columns), strict=True)}
    return said


@pytest.fixture(scope="module")
def by_workbook(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """The same answers through workbooks, filled in Excel."""
    folder = write(tmp_path_factory.mktemp("excel") / "w", "excel")
    for path in folder.glob("*.xlsx"):
        id_ = path.stem.partition("-")[2] or "s"
        answers = SAID.get(id_, {})
        grid: dict[str, dict[str, str]] = {}
        for question in (WORKS, OFTEN, REFERRAL, CONTRACT):
            for partner, text in answers.get(question, {}).items():
                grid.setdefault(partner, {})[question] = text
        rated = answers.get(RELIABLE, {})
        fill(
            path,
            grid,
            rest=answers.get(REST, {}).get("", ""),
            level=answers.get(LEVEL, {}).get("", ""),
            ratings={
                p: {form.NAME: NAMES[p], RELIABLE: text} for p, text in rated.items()
            },
            about={form.NEW_SERVICE: ("", "dental")} if SERVICES in answers else None,
        )  # fmt: skip
    return pn.collect_answers(NET, folder)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the surveys of tools stand, each written once."""
    return tmp_path_factory.mktemp("tools")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_tool_gives_the_network_of_the_workbooks(
    tmp_path: Path, folders: Path, layout: str, by_workbook: Network
) -> None:
    path = save(tmp_path / "w.csv", LAYOUTS[layout](folders / layout.split(",")[0].split()[0]))
    shutil.copy(folders / layout.split(",")[0].split()[0] / "survey.toml", tmp_path)
    net = pn.collect_answers(NET, path)
    assert net.log is not None
    assert not [str(p) for p in net.problems if p.level == "error"]
    assert not [p for p in net.problems if p.found == "no mapping given"], "survey.toml is found"
    assert list_said(net) == list_said(by_workbook)
    assert net.log.tables["remarks"]["remark"].tolist() == ["Thank you"]
    assert net.log.claims["responses"] == {"asked": 4, "answered": 3}


def test_workbooks_say_what_was_answered(by_workbook: Network) -> None:
    """The yardstick of the test above, by hand."""
    said = list_said(by_workbook)
    assert said["ties"] == {
        ("h", "e", "collaboration", 0.8, "no", "h", "manager"),
        ("e", "h", "referral", 0.8, "yes", "h", "manager"),
        *(("h", "p", r, 0.0, d, "h", "manager") for r, d in RELATIONS.items()),
        ("e", "h", "collaboration", 1.0, "no", "e", ""),
        ("e", "h", "referral", 1.0, "no", "e", ""),
        ("e", "h", "contract", 0.0, RELATIONS["contract"], "e", ""),
        *(("e", o, r, 0.0, d, "e", "") for o in "ps" for r, d in RELATIONS.items()),
        ("p", "h", "collaboration", 1.0, "no", "p", ""),
        ("p", "h", "contract", 1.0, "no", "p", ""),
        ("p", "e", "contract", 0.0, "no", "p", ""),
    }
    assert said["ratings"] == {
        ("h", "e", "reliability", 4.0, "2027"), ("p", "h", "reliability", 2.0, "2027")
    }  # fmt: skip
    assert ("h", "dental") in said["services"]


RELATIONS = {
    id_: "yes" if pn.default_vocabulary().relations[id_].directed else "no"
    for id_ in ("collaboration", "referral", "contract")
}


def test_an_xlsform_is_one(tmp_path: Path) -> None:
    """Names are unique and plain, lists are there, groups close, conditions name questions."""
    folder = write(tmp_path / "w", "xlsform")
    rows = read_rows(folder / "questionnaire.xlsx")
    names = [row["name"] for row in rows if row["name"]]
    assert len(names) == len({*names}) and all(re.fullmatch(r"[a-z]\w*", name) for name in names)
    lists = {row["list_name"] for row in read_rows(folder / "questionnaire.xlsx", "choices")}
    used = {row["type"].split()[1] for row in rows if row["type"].startswith("select_one ")}
    assert used == lists
    assert [row["type"] for row in rows].count("begin_group") == [
        row["type"] for row in rows
    ].count("end_group")
    for row in rows:
        assert {*re.findall(r"\$\{(\w+)\}", row["relevant"])} <= {*names}
        assert "${" not in row["label"], "a name is no reference"


def test_pyxform_takes_the_xlsform(tmp_path: Path) -> None:
    """The published converter takes it; what it would ask of Java (ODK Validate) is not run."""
    convert = pytest.importorskip("pyxform.xls2xform").convert
    folder = write(tmp_path / "w", "xlsform")
    made = convert(str(folder / "questionnaire.xlsx"), validate=False)
    assert "works_o001" in made.xform and not made.warnings, made.warnings


def test_a_data_dictionary_is_one(tmp_path: Path) -> None:
    text = (write(tmp_path / "w", "redcap") / "data_dictionary.csv").read_text("utf-8")
    rows = [*csv.DictReader(io.StringIO(text, newline=""))]
    names = [row["Variable / Field Name"] for row in rows]
    assert names[0] == "record_id" and len(names) == len({*names}) and len(rows[0]) == 18
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,25}", name) for name in names)
    logic = "Branching Logic (Show field only if...)"
    for row in rows:
        assert {*re.findall(r"\[(\w+)\]", row[logic])} <= {*names}
        assert not row["Field Label"].startswith("=")
    matrices = [row["Matrix Group Name"] for row in rows if row["Matrix Group Name"]]
    changes = [m for k, m in enumerate(matrices) if k == 0 or matrices[k - 1] != m]
    assert len(changes) == len({*changes}), "rows of a matrix stand together"


@pytest.mark.parametrize("tool", [tool for tool in TOOLS if tool != "excel"])
def test_settings_and_mapping_stand_in_one_file(tmp_path: Path, tool: str) -> None:
    folder = write(tmp_path / "w", tool)
    settings = find_settings(folder)
    assert settings is not None and settings.asked == ("h", "e", "p", "s")
    assert settings.wave == "2027" and settings.relations == ("referral", "contract")
    pn.write_questionnaires(NET, folder, tool=tool, wave="2027", relations=ASKED)


def test_names_that_are_alike_stay_apart(tmp_path: Path) -> None:
    net = make_network(
        [
            {"id": "a", "name": "Mercy", "kind": "hospital", "state": "NE"},
            {"id": "b", "name": "Mercy", "kind": "hospital", "state": "NE"},
            {"id": "c", "name": "Больница", "kind": "hospital"},
            {"id": "d", "name": "Клиника", "kind": "hospital"},
        ]
    )
    folder = tmp_path / "w"
    pn.write_questionnaires(net, folder, tool="forms", wave="1")
    head = [WORKS + f" [{name}]" for name in ("Больница", "Клиника")]
    asked = "Which organization do you answer for?"
    path = save(folder / "e.csv", [[asked, *head], [labels(folder)[2], "yes", "no"]])
    ties = pn.collect_answers(net, path).table("ties")
    said = {*zip(ties["source"], ties["target"], ties["strength"] > 0, strict=True)}
    assert {(s, t) for s, t, yes in said if yes} == {("b", "c")}
    assert {(s, t) for s, t, yes in said if not yes} == {("b", "d")}


def labels(folder: Path) -> list[str]:
    """Labels of the list to choose from, after two lines of the question itself."""
    text = (folder / "questions.txt").read_text("utf-8")
    return ["", *[line for line in text.split("\n") if line.startswith("Mercy")]]


def test_a_long_list_is_cut_and_others_can_be_named(tmp_path: Path) -> None:
    made = pn.write_questionnaires(NET, tmp_path / "w", tool="forms", wave="1", partners=1)
    assert made.table["listed"].tolist() == [1, 1, 2, 2]
    path = save(
        tmp_path / "w" / "e.csv",
        [
            ["Which organization do you answer for?", OTHERS],
            ["Hill Hospital", "Pine - Pantry, Inc.\nNobody Inc\nHill Hospital"],
            ["Elk EMS", "Someone, who is not there"],
        ],
    )
    net = pn.collect_answers(NET, path)
    assert {row[:3] for row in list_said(net)["ties"]} == {("h", "p", "collaboration")}
    named = {p.found for p in net.problems if p.level == "error" and p.set_aside}
    assert {'"Nobody Inc"', '"Hill Hospital"', '"Someone"', '"who is not there"'} <= named
    assert net.log is not None
    assert net.log.table[["cells", "used", "set_aside"]].to_numpy().tolist() == [[2, 1, 1]]
    asked = {row[1] for row in list_said(net)["responses"] if row[3] == "not asked"}
    assert "s" in asked, "who is not on the list was not asked about"


def test_exports_in_the_folder_of_the_survey_are_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "w", "forms")
    with pytest.raises(pn.InputError, match="no export of the survey tool"):
        pn.collect_answers(NET, folder)
    head, *rows = make_forms(folder, lambda q, row: f"{q} [{row}]")
    save(folder / "one.csv", [head, *rows[:1]])
    save(folder / "two.csv", [head, *rows[1:]])
    net = pn.collect_answers(NET, folder)
    assert net.log is not None and net.log.table["file"].tolist() == ["one.csv", "two.csv"]
    assert net.log.claims["responses"] == {"asked": 4, "answered": 3}


def test_a_tool_that_is_not_known_is_named(tmp_path: Path) -> None:
    with pytest.raises(pn.UsageError, match="tool: found 'paper'"):
        pn.write_questionnaires(NET, tmp_path / "w", tool="paper")


def test_the_command_line_makes_a_form(tmp_path: Path) -> None:
    pn.write_network(NET, tmp_path / "net.xlsx")
    net, folder = str(tmp_path / "net.xlsx"), str(tmp_path / "w")
    done = CliRunner().invoke(cli, ["survey", "new", net, "-o", folder, "--for", "redcap"])
    assert done.exit_code == 0, done.output
    assert "data_dictionary.csv for 4 organizations" in done.output
    assert "partnet survey collect EXPORT" in done.output
