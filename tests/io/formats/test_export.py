"""Writing for other programs: what is said, what is refused, what is taken back."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import partnet as pn
from partnet import Network, UsageError, export_network, read_network
from partnet.cli import cli
from partnet.cli.commands.exporting import FORMATS as NAMES
from partnet.io.formats.opening import find_format
from partnet.io.formats.page import write_page
from partnet.io.formats.registry import FORMATS, find_writer, list_writers
from partnet.io.formats.side import side_path
from partnet.io.formats.source import Source
from partnet.io.samples import sample_path
from partnet.io.write import LossWarning

from ...builders import make_network

ROOT = Path(__file__).parents[3]
NET = make_network(
    [{"id": "a", "name": "Ann", "kind": "food"}, {"id": "b", "name": "Ben", "kind": "housing"}],
    [
        {"source": "a", "target": "b", "relation": "referral", "strength": "monthly"},
        {"source": "b", "target": "a", "relation": "referral", "strength": "none"},
        {"source": "a", "target": "b", "relation": "contract", "since": "2020-01-31"},
    ],
    services=[{"organization": "a", "service": "dental"}, {"organization": "b", "service": "food"}],
)


def test_the_losses_are_told_one_by_one(tmp_path: Path) -> None:
    result = export_network(NET, tmp_path / "n.graphml")
    assert result.table[["table", "column", "rows"]].values.tolist() == [
        ["ties", "none", 1],
        ["services", "", 2],
    ]
    assert "GraphML cannot hold 1 answer that there is no tie; services (2 rows)." in result.text
    dl = export_network(NET, tmp_path / "n.dl").table
    assert dl.loc[dl["table"] == "organizations", "column"].tolist() == ["id", "kind", "sector"]
    assert set(dl.loc[dl["table"] == "ties", "column"]) == {"none", "answer", "since"}


def test_what_holds_everything_says_so(tmp_path: Path) -> None:
    net = make_network("ab", [("a", "b")])
    result = export_network(net, tmp_path / "n.graphml")
    assert result.table.empty and "holds all that is on file" in result.text
    assert read_network(tmp_path / "n.graphml") == net


def test_write_network_warns_of_losses(tmp_path: Path) -> None:
    with pytest.warns(LossWarning, match=r"services \(2 rows\).*n.gexf.partnet.json"):
        assert pn.write_network(NET, tmp_path / "n.gexf") == tmp_path / "n.gexf"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", EncodingWarning)  # of libraries that are loaded first here
        pn.write_network(NET, tmp_path / "n.xlsx")
    assert read_network(tmp_path / "n.xlsx") == read_network(tmp_path / "n.gexf") == NET


def test_a_file_that_somebody_changed_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "n.vna"
    export_network(NET, path)
    export_network(NET, path)  # as partnet wrote it: replaced
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    with pytest.raises(UsageError, match=r"changed since partnet wrote it.*--force"):
        export_network(NET, path)
    export_network(NET, path, force=True)
    side_path(path).unlink()
    with pytest.raises(UsageError, match="did not write"):
        export_network(NET, path)


def test_an_empty_network_has_nothing_to_write(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no organization"):
        export_network(make_network(), tmp_path / "n.net")
    assert not list(tmp_path.iterdir())


def test_formats_are_chosen_by_the_longest_end() -> None:
    def name(file: str) -> str | None:
        found = find_writer(Path(file))
        return found.name if found else None

    assert name("a.kumu.xlsx") == "kumu" and name("a.xlsx") is None and name("folder") is None
    assert name("A.GRAPHML") == "graphml" and name("a.##d") == "ucinet"
    with pytest.raises(UsageError, match=r"found a\.foo.*\.graphml"):
        find_writer(Path("a.foo"))
    with pytest.raises(UsageError, match=r"found 'excel'\. Allowed are kumu"):
        find_writer(Path("a.xlsx"), "excel")


def test_the_table_of_formats_is_whole() -> None:
    names = [format_.name for format_ in FORMATS]
    assert len(set(names)) == len(names)
    assert tuple(format_.name for format_ in list_writers()) == NAMES
    ends = [end for format_ in list_writers() for end in format_.suffixes]
    assert len(set(ends)) == len(ends)
    help_ = cli.commands["export"].help or ""
    for format_ in list_writers():
        assert format_.tool and format_.way
        assert format_.folder or format_.suffixes[0] in help_, format_.name


def test_the_page_is_written_from_the_table() -> None:
    page = ROOT / "docs" / "formats.md"
    assert page.read_text("utf-8") == write_page(), "python -m partnet.io.formats.page"


# -- what comes back when the file was changed -------------------------------------------------


def edit(path: Path, **changes: str) -> Network:
    """Change a file as another program would, and read it with its side file."""
    text = path.read_text("utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return read_network(path)


def test_a_changed_cell_stays_and_the_rest_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "n.dl"
    export_network(NET, path)
    back = edit(path, Ann="Anna")
    assert back.names.to_dict() == {"anna": "Anna", "b": "Ben"}
    assert back.organizations["kind"].to_dict() == {"anna": "other", "b": "housing"}
    assert any("fewer than when it was written" in p.found for p in back.problems)


def test_a_changed_weight_wins_over_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "n.node-link.json"
    export_network(NET, path)
    data = json.loads(path.read_text("utf-8"))
    data["edges"][0]["weight"] = 0.9
    data["nodes"].append({"id": "new", "name": "New one"})
    path.write_text(json.dumps(data), "utf-8")
    back = read_network(path)
    assert back.table("ties")["strength"].tolist()[0] == 0.9
    assert back.names.tolist() == ["Ann", "Ben", "New one"]
    assert len(back.table("services")) == 2 and len(back.table("ties")) == 3


def test_a_deleted_organization_takes_its_rows_with_it(tmp_path: Path) -> None:
    path = tmp_path / "n.node-link.json"
    export_network(NET, path)
    data = json.loads(path.read_text("utf-8"))
    data["nodes"] = [node for node in data["nodes"] if node["id"] == "a"]
    data["edges"] = []
    path.write_text(json.dumps(data), "utf-8")
    back = read_network(path)
    assert back.ids.tolist() == ["a"] and len(back.ties) == 0
    assert back.table("services")["organization"].tolist() == ["a"]
    assert any(p.set_aside == "row" and '"b"' in p.found for p in back.problems)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"partnet side file": 2}', '{"partnet side file": 1, "format": 3}', "null"],
)
def test_a_broken_side_file_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "n.gexf"
    export_network(NET, path)
    side_path(path).write_text(content, "utf-8")
    with pytest.raises(pn.InputError, match=r"n\.gexf\.partnet\.json: found a side file"):
        read_network(path)


@pytest.mark.parametrize(
    ("name", "format_"), [("n.gexf", None), ("n.##h", None), ("n", "gephi"), ("n.kumu.xlsx", None)]
)
def test_a_side_file_that_somebody_changed_is_not_replaced(
    name: str, format_: str | None, tmp_path: Path
) -> None:
    path = tmp_path / name
    export_network(NET, path, format=format_)
    export_network(NET, path, format=format_)  # what nobody changed is written again
    data = json.loads(side_path(path).read_text("utf-8"))
    data["my remark"] = "six weeks of work"
    changed = json.dumps(data)
    side_path(path).write_text(changed, "utf-8")
    with pytest.raises(UsageError, match=r"partnet\.json: found a file that was changed.*--force"):
        export_network(NET, path, format=format_)
    assert side_path(path).read_text("utf-8") == changed
    export_network(NET, path, format=format_, force=True)
    assert "my remark" not in side_path(path).read_text("utf-8")


@pytest.mark.parametrize(
    "content", ["my notes", "[]", "{}", "{", '{"partnet side file": 1, "a": NaN']
)
def test_a_file_of_others_in_the_place_of_a_side_file_stays(content: str, tmp_path: Path) -> None:
    path = tmp_path / "n.gexf"
    side_path(path).write_text(content, "utf-8")
    with pytest.raises(UsageError, match=r"n\.gexf\.partnet\.json: found a file that was changed"):
        export_network(NET, path)
    assert side_path(path).read_text("utf-8") == content and not path.exists()


def test_a_side_file_of_before_seals_or_with_other_lines_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "n.gexf"
    export_network(NET, path)
    sealed = side_path(path).read_bytes()
    data = json.loads(sealed)
    side_path(path).write_text(json.dumps(data, indent=2), "utf-8")
    export_network(NET, path)
    assert side_path(path).read_bytes() == sealed
    del data["seal"]
    side_path(path).write_text(json.dumps(data), "utf-8")
    export_network(NET, path)
    assert side_path(path).read_bytes() == sealed


def test_own_words_come_back(tmp_path: Path) -> None:
    words = {"kinds": {"zoo": {"label": "zoo"}}, "relations": {"feeds": {"directed": True}}}
    vocabulary = pn.default_vocabulary().extend(words)
    tables = {
        "organizations": pd.DataFrame({"name": ["A", "B"], "kind": ["zoo", "food"]}),
        "ties": pd.DataFrame({"source": ["A"], "target": ["B"], "relation": ["feeds"]}),
    }
    net = read_network(tables, vocabulary=vocabulary)
    assert not net.problems
    for format_ in list_writers():
        path = tmp_path / format_.name / ("n" if format_.folder else f"n{format_.suffixes[0]}")
        path.parent.mkdir()
        export_network(net, path, format=format_.name)
        back = read_network(path)
        assert back == net and back.vocabulary.relations["feeds"].directed


def test_what_the_public_must_not_see_is_in_neither_file(tmp_path: Path) -> None:
    net = pn.load_sample("prairie").for_audience("public")
    path = tmp_path / "n.kumu.json"
    export_network(net, path)
    for file in (path, side_path(path)):
        text = file.read_text("utf-8")
        assert '"reported_by": "' not in text and '"contacts"' not in text
    assert read_network(path) == net


# -- the command line ----------------------------------------------------------------------------


@pytest.mark.slow
def test_the_command_prints_losses_and_check_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "map.graphml"
    done = CliRunner().invoke(cli, ["export", str(sample_path("prairie")), "-o", str(path)])
    assert done.exit_code == 0, done.output
    assert "154 organizations and 841 ties" in done.output and "services (351 rows)" in done.output
    checked = CliRunner().invoke(cli, ["check", str(path)], standalone_mode=False)
    assert "It was taken back." in checked.output and "<NA>" not in checked.output
    table = CliRunner().invoke(
        cli, ["export", str(path), "-o", str(tmp_path / "m"), "--format", "gephi", "--json"]
    )
    assert json.loads(table.stdout)["verb"] == "export_network"
    assert sorted(p.name for p in (tmp_path / "m").iterdir()) == ["edges.csv", "nodes.csv"]


@pytest.mark.slow
def test_a_repeated_run_writes_the_blueprint_anew(tmp_path: Path) -> None:
    config = tmp_path / "monthly.toml"
    folder = pn.write_network(NET, tmp_path / "net").resolve()
    config.write_text(
        f"input = '{folder.as_posix()}'\noutput = 'r.json'\n"
        "as_of = '2026-06-30'\nexport = 'map.kumu.json'\naudience = 'public'\n"
    )
    for _ in range(2):
        done = CliRunner().invoke(cli, ["run", str(config)], standalone_mode=False)
        assert done.exception is None, done.output
        assert "Kumu blueprint" in done.output
    data = json.loads((tmp_path / "map.kumu.json").read_text("utf-8"))
    assert set(data) == {"elements", "connections"} and len(data["elements"]) == len(NET)


def test_partnets_own_workbook_is_told_by_its_sheets(tmp_path: Path) -> None:
    """It is read once: no reader of another program opens it."""
    path = pn.write_network(NET, tmp_path / "n.xlsx")
    source = Source(path)
    assert source.titles == ["Organizations", "Ties", "Services"]
    assert find_format(source) is None and "sheets" not in vars(source)
    assert read_network(path) == NET


@pytest.mark.parametrize("format_", [f.name for f in list_writers()])
def test_own_columns_called_like_numbers_may_hold_words(format_: str, tmp_path: Path) -> None:
    """A column "weight" of organizations is none of ties: nan, words and formulas stay text."""
    said = ["nan", "=1+1", "heavy", "7"]
    rows = [{"name": n, "kind": "food", "weight": w} for n, w in zip("abcd", said, strict=True)]
    ties = pd.DataFrame([{"source": "a", "target": "b", "strength": 0.5}])
    net = read_network({"organizations": pd.DataFrame(rows), "ties": ties})
    path = tmp_path / "n"
    if (suffix := next(f.suffixes[0] for f in list_writers() if f.name == format_)) != ".gephi":
        path = tmp_path / f"n{suffix}"
    pn.export_network(net, path, format=format_)
    back = read_network(path)
    assert back.organizations["weight"].tolist() == net.organizations["weight"].tolist()
    assert back.ties["strength"].tolist() == [0.5]
    if format_ == "gephi":
        assert "'=1+1" in (path / "nodes.csv").read_text("utf-8")
    if format_ in ("graphml", "gexf"):
        networkx = pytest.importorskip("networkx")
        assert len(getattr(networkx, f"read_{format_}")(path)) == 4


def test_a_name_that_excel_would_cut_is_refused(tmp_path: Path) -> None:
    long = "x" * 32_767
    net = make_network([{"id": k, "name": f"{long}{k}", "kind": "food"} for k in "ab"], ["ab"])
    path = tmp_path / "map.kumu.xlsx"
    with pytest.raises(UsageError, match=r"of 32,768 characters\. A cell of Excel holds 32,767"):
        export_network(net, path)
    assert not path.exists()
