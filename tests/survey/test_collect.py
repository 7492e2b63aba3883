"""The whole circle on networks whose answer can be worked out on paper."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import partnet as pn
from partnet.cli import cli
from partnet.core.network import Network
from partnet.facts.graph.survey import find_skipped, read_surveys
from partnet.survey import form

from ..builders import make_network
from .filling import fill

NET = make_network(
    [
        {"id": "h", "name": "Hill Hospital", "kind": "hospital", "county_fips": "31027"},
        {"id": "e", "name": "Elk EMS", "kind": "ems_agency", "county_fips": "31027"},
        {"id": "p", "name": "Pine Pantry", "kind": "food", "county_fips": "31107"},
        {"id": "s", "name": "Sage Shelter", "kind": "housing", "county_fips": "31055"},
        {"id": "c", "name": "Clay Clinic", "kind": "rural_health_clinic", "county_fips": "31055"},
    ],
    [
        *(
            {"source": a, "target": b, "relation": r, "strength": s, "reported_by": by}
            for a, b, r, s, by in (
                ("h", "e", "referral", "monthly", "h"),
                ("p", "h", "contract", "weekly", "p"),
                ("s", "c", "contract", "yearly", "c"),
                ("c", "h", "mutual aid", "yearly", "c"),
            )
        )
    ],
    services=[
        {"organization": "h", "service": "dental", "population": "children"},
        {"organization": "h", "service": "swing beds"},
    ],
    funding=[{"recipient": "p", "program": "Food", "funder": "Hill Hospital", "amount": "100"}],
)
WORKS, OFTEN = form.WORKS, form.OFTEN


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Questionnaires that ask about referral and contract."""
    path = tmp_path_factory.mktemp("survey") / "w"
    pn.write_questionnaires(NET, path, wave="2027", relations=["referral", "contract"])
    return path


@pytest.fixture
def sent(made: Path, tmp_path: Path) -> Path:
    """A folder of them to fill in."""
    return Path(shutil.copytree(made, tmp_path / "w"))


def name_file(folder: Path, id_: str) -> Path:
    return next(folder.glob(f"*-{id_}.xlsx"))


def list_said(net: Network) -> set[tuple[str, ...]]:
    """Rows of ties that the survey added."""
    ties = net.table("ties")
    new = ties[ties["evidence"] == "survey 2027"]
    columns = ("source", "target", "relation", "answer", "directed", "reported_by")
    answers = new["answer"].where(new["answer"] != "", new["strength"].map("{:g}".format))
    return set(zip(*(new.assign(answer=answers)[c] for c in columns), strict=True))


def list_open(net: Network, id_: str) -> set[tuple[str, str, str]]:
    """Cells that one respondent left open."""
    rows = net.table("responses")
    own = rows[(rows["respondent"] == id_) & (rows["organization"] != "")]
    return set(zip(own["organization"], own["relation"], own["answered"], strict=True))


def test_each_answer_is_what_its_cell_says(sent: Path) -> None:
    fill(
        name_file(sent, "h"),
        {
            "e": {WORKS: "yes", OFTEN: "weekly", "Referral": "both ways", "Contract": "no"},
            "p": {WORKS: "no"},
            "s": {WORKS: "don't know"},
        },
    )
    net = pn.collect_answers(NET, sent)
    assert list_said(net) == {
        ("h", "e", "collaboration", "weekly", "no", "h"),
        ("h", "e", "referral", "weekly", "no", "h"),
        ("h", "e", "contract", "none", "no", "h"),
        ("h", "p", "collaboration", "none", "no", "h"),
        ("h", "p", "referral", "none", "yes", "h"),
        ("h", "p", "contract", "none", "no", "h"),
    }
    assert list_open(net, "h") == {("s", "", "don't know"), ("c", "", "skipped")}
    assert net.log is not None
    assert net.log.claims["responses"] == {"asked": 5, "answered": 1}
    assert net.log.table.set_index("organization").loc["h", ["cells", "set_aside"]].tolist() == [
        6,
        0,
    ]


def test_which_cells_are_observed_follows(sent: Path) -> None:
    fill(name_file(sent, "h"), {"e": {WORKS: "yes", "Referral": "we to them"}, "p": {WORKS: "no"}})
    net = pn.collect_answers(NET, sent)
    survey = read_surveys(net, ("referral", "mutual_aid"))
    assert set(survey) == {"referral"}, "mutual aid was not asked about"
    assert survey["referral"].asked.tolist() == [True] * 5
    assert survey["referral"].answered.tolist() == [False, False, True, False, False]
    assert net.ids.tolist() == ["c", "e", "h", "p", "s"]
    assert find_skipped(net, ("referral",)).toarray()[2].tolist() == [1, 0, 0, 0, 1]
    assert find_skipped(net, ("contract",)).toarray()[2].tolist() == [1, 1, 0, 0, 1]
    layer = pn.build_layer(net, relations=["referral"], directed=True)
    assert layer.observed_cells == 2  # h of e, and h of p


def test_as_on_file_confirms_what_the_gray_column_shows(sent: Path) -> None:
    fill(name_file(sent, "h"), {"p": {WORKS: "as on file"}, "c": {WORKS: "as on file"}})
    fill(name_file(sent, "e"), {"h": {WORKS: "as on file"}, "p": {WORKS: "as on file"}})
    said = list_said(pn.collect_answers(NET, sent))
    assert ("h", "p", "contract", "1", "no", "h") in said
    assert ("h", "p", "referral", "none", "yes", "h") in said, "right and complete"
    assert ("h", "c", "mutual_aid", "1", "no", "h") in said, "also where it was not asked"
    assert ("h", "e", "referral", "1", "yes", "e") in said, "they to us"
    assert ("e", "p", "collaboration", "none", "no", "e") in said, "no tie on file is right"


def test_blank_is_no_only_where_they_say_so(sent: Path) -> None:
    answers = {"e": {WORKS: "yes", "Referral": "they to us"}, "s": {"Contract": "don't know"}}
    fill(name_file(sent, "h"), answers, rest=form.REST_NO)
    fill(name_file(sent, "p"), {"h": {WORKS: "yes"}}, rest=form.REST_OPEN)
    net = pn.collect_answers(NET, sent)
    assert ("h", "c", "contract", "none", "no", "h") in list_said(net)
    assert list_open(net, "h") == {("s", "contract", "don't know")}
    assert list_open(net, "p") == {
        *(("h", r, "skipped") for r in ("referral", "contract")),
        *((o, "", "skipped") for o in "esc"),
    }


def test_two_people_are_joined_and_their_difference_is_named(sent: Path) -> None:
    path = name_file(sent, "h")
    second = sent / "Copy of Hill (nurse).xlsx"
    fill(
        path,
        {"e": {WORKS: "yes", OFTEN: "yearly", "Referral": "we to them"}, "p": {WORKS: "no"}},
        level="executive",
        to=second,
    )
    fill(
        path,
        {
            "e": {WORKS: "yes", OFTEN: "daily", "Referral": "they to us"},
            "p": {WORKS: "yes", "Contract": "no", "Referral": "don't know"},
        },
    )
    shutil.copy(second, sent / "Copy of Hill (nurse) (1).xlsx")
    net = pn.collect_answers(NET, sent)
    said = list_said(net)
    assert ("h", "e", "referral", "daily", "no", "h") in said
    assert ("h", "p", "collaboration", "1", "no", "h") in said
    assert ("h", "p", "referral", "none", "yes", "h") in said, "no goes before don't know"
    assert net.log is not None
    assert net.log.tables["differences"][["partner", "said"]].to_numpy().tolist() == [
        ["Pine Pantry", "yes; no"]
    ]
    assert net.log.claims["files"]["fates"] == {
        "read": 2, "nothing filled in": 4, "the same file": 1
    }  # fmt: skip
    assert net.log.claims["responses"]["answered"] == 1


def test_claims_are_confirmed_one_sided_disputed_or_not_renewed(sent: Path) -> None:
    fill(name_file(sent, "h"), {"e": {"Referral": "we to them"}, "p": {"Contract": "no"}})
    fill(name_file(sent, "e"), {"h": {"Referral": "they to us"}, "s": {WORKS: "yes"}})
    fill(name_file(sent, "p"), {"h": {"Contract": "yes"}, "c": {"Contract": "yes"}})
    fill(name_file(sent, "c"), {"p": {"Contract": "don't know"}, "s": {WORKS: "don't know"}})
    log = pn.collect_answers(NET, sent).log
    assert log is not None
    claims = log.tables["claims"].set_index(["organization", "other", "relation"])["status"]
    assert claims.to_dict() == {
        ("c", "p", "collaboration"): "one-sided",
        ("c", "p", "contract"): "one-sided",
        ("c", "s", "contract"): "not renewed",
        ("e", "h", "collaboration"): "confirmed",
        ("e", "h", "referral"): "confirmed",
        ("e", "s", "collaboration"): "one-sided",
        ("h", "p", "collaboration"): "one-sided",
        ("h", "p", "contract"): "disputed",
    }
    assert log.claims["ties"] == {
        "confirmed": 2, "one-sided": 4, "disputed": 1, "not renewed": 1
    }  # fmt: skip


def test_nothing_on_file_changes_before_it_is_accepted(sent: Path) -> None:
    dental = json.dumps(["dental", "", "children"])
    fill(
        name_file(sent, "h"),
        {"e": {"Referral": "no"}},
        about={
            "name": ("no", "Hill Regional Hospital"),
            "zip": ("", "68739"),
            "kind": ("no", "critical access hospital"),
            "county": ("no", "Knox"),
            dental: ("no", ""),
            form.NEW_SERVICE: ("", "hospice; home care"),
            form.ADDED: ("", "We merge next year."),
        },
    )
    net = pn.collect_answers(NET, sent)
    for name, frame in NET.tables.items():
        assert frame.equals(net.table(name).head(len(frame))), "what was on file stands"
    assert net.table("services")["service"].tolist() == [
        *("dental", "swing beds", "hospice", "home care")
    ]
    assert net.log is not None and len(net.log.tables["remarks"]) == 1
    changes = net.log.tables["changes"].set_index(["table", "column"])
    assert changes["before"].to_dict() == {
        ("organizations", "name"): "Hill Hospital",
        ("organizations", "kind"): "hospital",
        ("organizations", "county_fips"): "Cedar County, NE",
        ("organizations", "zip"): "",
        ("services", ""): "dental (for children)",
        ("ties", ""): "referral: monthly (we to them)",
    }
    accepted = pn.collect_answers(NET, sent, accept=True)
    row = accepted.organizations.loc["h"]
    assert (row["name"], row["zip"], row["county_fips"]) == (
        "Hill Regional Hospital", "68739", "31107"
    )  # fmt: skip
    assert (row["kind"], row["county"]) == ("critical_access_hospital", "Knox")
    assert accepted.table("services")["service"].tolist() == ["swing beds", "hospice", "home care"]
    assert not ((accepted.ties["relation"] == "referral") & (accepted.ties["source"] == "h")).any()
    assert accepted.table("funding")["funder"].tolist() == ["Hill Regional Hospital"], "named anew"
    assert len(accepted.ties[accepted.ties["relation"] == "funding"]) == 1


def test_what_cannot_be_read_is_named_cell_by_cell(sent: Path) -> None:
    cells = fill(
        name_file(sent, "h"),
        {
            "e": {WORKS: "ask Ann", OFTEN: "when needed", "Contract": "yes"},
            "p": {WORKS: "no", OFTEN: "weekly", "Anything": "They moved."},
        },
        added=[
            {form.NAME: "Nobody Inc", WORKS: "yes", OFTEN: "daily"},
            {form.NAME: "elk ems", "Referral": "yes"},
            {WORKS: "yes"},
            {form.NAME: "Hill Hospital", WORKS: "yes"},
        ],
        about={"kind": ("no", "a kind of its own"), "zip": ("perhaps", "")},
        level="CEO",
    )
    net = pn.collect_answers(NET, sent)
    errors = [p for p in net.problems if p.level == "error"]
    said = {(p.where.sheet, p.where.row, p.found): p.set_aside for p in errors}
    assert {found for _, _, found in said} == {
        *('"ask Ann"', '"when needed"', '"Nobody Inc"', "answers without a name"),
        '"Hill Hospital", which is the organization itself',
        *('"a kind of its own"', '"perhaps"'),
    }
    assert net.log is not None
    row = net.log.table.set_index("organization").loc["h"]
    # ask Ann, when needed; 3 of Nobody, 1 without a name, 2 of Hill itself; kind, perhaps
    assert (row["cells"], row["set_aside"]) == (cells, 2 + 3 + 1 + 2 + 2)
    notes = [p.found for p in net.problems if p.level == "note" and p.where.file.endswith("h.xlsx")]
    assert any("says otherwise" in found for found in notes), "no, and yet weekly"
    assert any('"yes"' in found for found in notes), "which way a referral goes"
    assert ("h", "e", "referral", "1", "yes", "h") in list_said(net)
    assert net.log.tables["remarks"]["remark"].tolist()[0] == "They moved."


def test_damaged_and_strange_files_are_named_and_the_rest_is_read(sent: Path) -> None:
    fill(name_file(sent, "h"), {"e": {WORKS: "yes"}})
    whole = name_file(sent, "e").read_bytes()
    name_file(sent, "e").write_bytes(whole[: len(whole) // 2])
    (sent / "reply.docx").write_bytes(b"Dear friends")
    (sent / "~$001-h.xlsx").write_bytes(b"lock")
    (sent / "empty.xlsx").write_bytes(b"")
    pn.write_network(NET, sent / "other.xlsx")
    pn.write_questionnaires(NET, sent.parent / "old", wave="2026")
    shutil.copy(name_file(sent.parent / "old", "p"), sent / "late.xlsx")
    net = pn.collect_answers(NET, sent)
    assert net.log is not None
    fates = net.log.table.set_index("file")["fate"]
    named = ["reply.docx", "~$001-h.xlsx", "empty.xlsx", "other.xlsx", "late.xlsx"]
    assert set(fates[[*named, name_file(sent, "e").name]]) == {"set aside"}
    assert net.log.claims["responses"]["answered"] == 1
    why = net.log.table.set_index("file")["why"]
    assert why["late.xlsx"] == "a questionnaire of wave 2026" and all(why[named])


def test_an_organization_that_was_renamed_or_left_is_found_or_named(sent: Path) -> None:
    fill(name_file(sent, "h"), {"e": {WORKS: "yes"}, "p": {WORKS: "yes"}})
    fill(name_file(sent, "c"), {"h": {WORKS: "yes"}})
    later = make_network(
        [
            {"id": "h", "name": "Hill Regional", "kind": "hospital"},
            {"id": "ems-elk", "name": "ELK E.M.S.", "kind": "ems_agency"},
            {"id": "s", "name": "Sage Shelter", "kind": "housing"},
        ]
    )
    net = pn.collect_answers(later, sent)
    assert {row[:3] for row in list_said(net)} == {("h", "ems-elk", "collaboration")}
    found = [p.found for p in net.problems if p.level == "error"]
    assert '"Pine Pantry"' in found and 'the questionnaire of "Clay Clinic"' in found


def test_without_settings_everybody_counts_as_asked(sent: Path) -> None:
    fill(name_file(sent, "h"), {"e": {WORKS: "yes"}})
    (sent / "survey.toml").unlink()
    net = pn.collect_answers(NET, sent)
    assert net.log is not None and net.log.claims["responses"] == {"asked": 5, "answered": 1}
    assert any(p.where.file == "survey.toml" for p in net.problems)


def test_an_earlier_wave_does_not_count_as_this_one(sent: Path) -> None:
    rows = [{"respondent": o, "wave": "2026", "answered": "yes"} for o in "hepsc"]
    before = make_network(
        NET.table("organizations").to_dict("records"),
        NET.table("ties").to_dict("records"),
        responses=rows,
    )
    fill(name_file(sent, "h"), {"e": {WORKS: "yes"}})
    surveys = read_surveys(pn.collect_answers(before, sent), ("referral", "mutual_aid"))
    assert surveys["referral"].answered.sum() == 1
    assert surveys["mutual_aid"].answered.sum() == 5, "not asked about since"


def test_the_new_network_reads_back_the_same(sent: Path) -> None:
    fill(name_file(sent, "h"), {o: {WORKS: "yes"} for o in "epsc"}, rest=form.REST_NO)
    fill(name_file(sent, "e"), {"h": {WORKS: "no"}, "p": {WORKS: "don't know"}}, level="staff")
    net = pn.collect_answers(NET, sent)
    for name in ("new", "new.xlsx"):
        again = pn.read_network(pn.write_network(net, sent.parent / name))
        assert again == net and not [p for p in again.problems if p.level == "error"]


def test_a_folder_without_questionnaires_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(pn.InputError, match=r"found (no questionnaire|nothing there)"):
            pn.collect_answers(NET, path)


def test_one_questionnaire_may_be_read_alone(sent: Path) -> None:
    fill(name_file(sent, "h"), {"e": {WORKS: "yes"}})
    net = pn.collect_answers(NET, name_file(sent, "h"))
    assert net.log is not None and net.log.claims["responses"] == {"asked": 5, "answered": 1}
    with pytest.raises(pn.UsageError, match="They need none"):
        pn.collect_answers(NET, sent, mapping="map.toml")


def test_headings_may_move_and_rows_be_sorted(sent: Path) -> None:
    path = name_file(sent, "h")
    fill(path, {"e": {WORKS: "yes", OFTEN: "daily"}, "s": {WORKS: "no"}})
    book = openpyxl.load_workbook(path)
    sheet = book[form.PARTNERS]
    sheet.insert_rows(1, 2)
    sheet.insert_cols(4)
    book.save(path)
    said = list_said(pn.collect_answers(NET, sent))
    assert ("h", "e", "collaboration", "daily", "no", "h") in said
    assert ("h", "s", "collaboration", "none", "no", "h") in said


def test_the_command_line_goes_the_whole_circle(tmp_path: Path) -> None:
    pn.write_network(NET, tmp_path / "net")
    run = CliRunner().invoke
    net, folder, new = (str(tmp_path / name) for name in ("net", "w", "new.xlsx"))
    assert run(cli, ["survey", "new", net, "-o", folder, "--wave", "2027"]).exit_code == 0
    fill(name_file(Path(folder), "h"), {"e": {WORKS: "yes"}, "p": {WORKS: "who?"}})
    done = run(cli, ["survey", "collect", folder, net, "-o", new])
    assert done.exit_code == 0, done.output
    assert "1 of 5 organizations asked have answered (20%)." in done.output
    assert '"who?"' in done.output and len(pn.read_network(new).ties) == 6
    shown = run(cli, ["survey", "collect", folder, net, "-o", str(tmp_path / "n2"), "--json"])
    assert json.loads(shown.output[shown.output.index("{") :])["verb"] == "collect_answers"
    inside = run(cli, ["survey", "collect", folder, net, "-o", net])
    assert isinstance(inside.exception, pn.UsageError)


def test_what_is_found_alike_in_many_cells_is_printed_once(sent: Path, tmp_path: Path) -> None:
    pn.write_network(NET, tmp_path / "net")
    for id_ in "he":
        fill(name_file(sent, id_), {"p": {OFTEN: "when needed"}, "s": {OFTEN: "when needed"}})
    args = ["survey", "collect", str(sent), str(tmp_path / "net"), "-o", str(tmp_path / "n.xlsx")]
    done = CliRunner().invoke(cli, args)
    assert done.output.count('found "when needed"') == 1, done.output
    assert "(3 more like it.)" in done.output


def test_corrections_are_listed_before_and_after(sent: Path, tmp_path: Path) -> None:
    pn.write_network(NET, tmp_path / "net")
    about = {"name": ("no", "Hill Regional")}
    fill(name_file(sent, "h"), {"e": {WORKS: "yes", "Referral": "no"}}, about=about)
    given = ["survey", "changes", str(sent), str(tmp_path / "net")]
    shown = CliRunner().invoke(cli, given)
    assert shown.exit_code == 0, shown.output
    assert "2 corrections of what is on file." in shown.output
    name = 'Hill Hospital (organizations, name): "Hill Hospital" on file, "Hill Regional" said ('
    tie = 'Hill Hospital (ties with Elk EMS): "referral: monthly (we to them)" on file, '
    assert name in shown.output and f'{tie}"referral: none" said (' in shown.output
    assert "--accept -o NEW" in shown.output
    rows = json.loads(CliRunner().invoke(cli, [*given, "--json"]).stdout)
    assert [row["about"] for row in rows] == ["", "Elk EMS"]
