"""A kind of gaps is declared once; everything that shows, limits or explains gaps reads that."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

import partnet as pn
from partnet import cli
from partnet.config import read_config
from partnet.core.results.result import Sentence
from partnet.core.results.shown import Column
from partnet.questions.gaps import kinds
from partnet.questions.gaps.kind import Gap, GapKind
from partnet.questions.gaps.page import write_page

from ...builders import make_network

PAGE = Path(__file__).resolve().parents[3] / "docs" / "gaps.md"
TOY = GapKind(
    name="toy", title="Toys that nobody shares", label="toys", needs=("services",),
    find=lambda here: [Gap("toy", "share", id_, "kept", 0.5, "a box", "Ask.") for id_ in here.ids],
    subject=("organization",), columns=(Column("organization_name", "Who keeps toys"),),
    say=lambda gap: f"{gap.organization_name} keeps its toys",
    text=lambda here, gaps, judged: Sentence("toy", f"{len(gaps)} keep toys.", {"n": len(gaps)}),
    formula="one half for everybody.",
)  # fmt: skip


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> GapKind:
    monkeypatch.setattr(kinds, "KINDS", (*kinds.KINDS, TOY))
    return TOY


def test_a_new_kind_is_found_said_and_explained(toy: GapKind) -> None:
    result = pn.find_gaps(make_network("ab"), "toy")
    assert result.table["kind"].tolist() == ["toy", "toy"]
    assert result.claims["toy"] == {"n": 2} and result.text == "2 keep toys."
    assert result.tables["top"]["what"].tolist() == ["A keeps its toys", "B keeps its toys"]
    assert "Toy: one half for everybody." in result.method.formula
    assert "toy" in pn.find_gaps(make_network("ab")).claims  # without being asked for


def read_sheets(path: Path) -> list[list[list[object]]]:
    """Rows of every sheet of a workbook."""
    book = CalamineWorkbook.from_path(path)
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def test_a_new_kind_is_in_the_report(toy: GapKind, tmp_path: Path) -> None:
    page = pn.write_report(make_network("ab"), tmp_path / "report.html").read_text("utf-8")
    section = page[page.index('id="gaps"') :]
    for text in ("A keeps its toys", "Toy: one half for everybody", f"{toy.label} ("):
        assert text in section, text
    book = pn.write_report(make_network("ab"), tmp_path / "report.xlsx")
    cells = {str(cell) for rows in read_sheets(book) for row in rows for cell in row}
    assert "Who keeps toys" in cells and any(toy.title in cell for cell in cells)


def test_a_new_kind_is_on_the_command_line(toy: GapKind, tmp_path: Path) -> None:
    shown = CliRunner().invoke(cli.cli, ["gaps", "--help"])
    assert "toy (toys)" in " ".join(shown.stdout.split())
    net = pn.write_network(make_network("ab"), tmp_path / "net")
    for option in ("--kind", "--family"):
        printed = CliRunner().invoke(cli.cli, ["gaps", str(net), option, "toy"])
        assert "A keeps its toys" in printed.stdout, printed.output
    wrong = CliRunner().invoke(cli.cli, ["gaps", str(net), "--kind", "ball"])
    assert "--kind: found 'ball'" in str(wrong.exception) and "voice, toy" in str(wrong.exception)


def test_a_new_kind_can_be_limited_in_a_run(toy: GapKind, tmp_path: Path) -> None:
    net = pn.write_network(make_network("ab"), tmp_path / "net")
    config = tmp_path / "monthly.toml"
    entries = f'input = "{net.name}"\noutput = "out.json"\n[thresholds]\n'
    config.write_text(f"{entries}toy_gaps = 1\n", encoding="utf-8")
    assert read_config(config).thresholds == {"toy_gaps": 1}
    assert "toy_gaps" in CliRunner().invoke(cli.cli, ["run", "--help"]).stdout
    done = CliRunner().invoke(cli.cli, ["run", str(config)], standalone_mode=False)
    assert done.return_value == 3 and "2 toy_gaps, allowed 1" in done.output
    config.write_text(f"{entries}ball_gaps = 1\n", encoding="utf-8")
    with pytest.raises(pn.UsageError, match=r"rule_gaps, .*voice_gaps, toy_gaps, gaps"):
        read_config(config)


def test_a_new_kind_is_in_the_docs(toy: GapKind) -> None:
    page = write_page()
    assert "## Toys that nobody shares (`toy`)" in page and "Severity: one half" in page
    assert "| `toy` | toys | `toy_gaps` |" in page


def test_the_page_of_gaps_is_as_the_code_declares() -> None:
    assert PAGE.read_text(encoding="utf-8") == write_page(), "run scripts/make_gaps_page.py"


def test_the_verb_names_every_kind() -> None:
    words = set((pn.find_gaps.__doc__ or "").replace(",", " ").replace(";", " ").split())
    assert {kind.name for kind in kinds.KINDS} <= words


def test_every_kind_has_a_limit_of_its_own() -> None:
    thresholds = kinds.list_thresholds()
    assert len(thresholds) == len(set(thresholds)) == len(kinds.KINDS) + 1
    assert thresholds[-1] == "gaps"


def test_names_of_sentences_and_sheets_are_unique() -> None:
    result = pn.find_gaps(pn.load_sample("prairie"), as_of="2026-06-30")
    names = [said.name for said in result.sentences]
    assert len(set(names)) == len(names) == 9
    sheets = [shown.sheet or shown.title for shown in result.shown if shown.people]
    assert len(set(sheets)) == len(sheets)


def test_every_table_is_declared_with_all_its_columns() -> None:
    result = pn.find_gaps(pn.load_sample("prairie"), as_of="2026-06-30")
    declared = {shown.table: shown for shown in reversed(result.shown)}
    assert {"table", *result.tables} == set(declared)
    for name, shown in declared.items():
        assert {*result.frame(name).columns} == {*shown.names}
        assert all(column.meaning for column in shown.columns)


def test_the_old_name_of_the_argument_is_taken_with_a_warning() -> None:
    with pytest.warns(DeprecationWarning, match="now called kinds"):
        found = pn.find_gaps(make_network("ab"), family="voice")
    assert list(found.claims) == ["voice"]


def test_each_kind_is_worked_out_once_a_network_and_day(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def find(here: pn.Network) -> list[Gap]:
        asked.append(str(here.day))
        return []

    counted = GapKind(
        name="counted", title="Counted", label="counted", needs=("ties",), find=find, subject=(),
        columns=(), say=str, text=lambda here, gaps, judged: None, formula="none.",
    )  # fmt: skip
    monkeypatch.setattr(kinds, "KINDS", (counted,))
    net = make_network("ab")
    pn.find_gaps(net), pn.find_gaps(net, "counted"), pn.find_gaps(net.at())
    assert asked == ["None"]
    pn.find_gaps(net, as_of="2026-06-30")
    assert len(asked) == 2
