"""Pictures from the command line: what is written, and what is refused before the work starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from partnet import cli, write_network
from partnet.core.errors import UsageError
from partnet.views.explorer.page import unpack_content

from ..builders import make_network

DAY = ["--as-of", "2026-06-30"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    places = [("a", "31027"), ("b", "31107"), ("c", "31027")]
    rows = [
        {"id": i, "name": f"={i}", "kind": "hospital", "state": "NE", "county_fips": county}
        for i, county in places
    ]
    return write_network(make_network(rows, [("a", "b"), ("b", "c")]), tmp_path / "net")


def draw(*arguments: object) -> str:
    done = CliRunner().invoke(cli.cli, ["draw", *map(str, arguments), *DAY], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(
    ("name", "start"), [("a.svg", b"<?xml"), ("a.png", b"\x89PNG"), ("a.PDF", b"%PDF")]
)
def test_network_and_map_are_written(source: Path, tmp_path: Path, name: str, start: bytes) -> None:
    for more in ([], ["--map", "--shade", "none", "--no-ties"]):
        said = draw(source, "-o", tmp_path / name, *more)
        assert said == f"Written: {tmp_path / name}\n"
        assert (tmp_path / name).read_bytes().startswith(start)


def test_the_table_behind_a_map_is_written(source: Path, tmp_path: Path) -> None:
    table = tmp_path / "map.csv"
    draw(source, "--map", "--where", "31027", "-o", tmp_path / "map.svg", "--counties", table)
    lines = table.read_text("utf-8-sig").splitlines()
    assert lines[0] == "county_fips,county,state,across,organizations,services_missing,step"
    assert lines[1].startswith("31027,Cedar County,NE,False,2,")


def test_ties_of_unknown_headers_are_named_by_the_option(tmp_path: Path) -> None:
    ties = tmp_path / "x.csv"
    lines = ("A,B,Freq", "Alder Hospital,Birch Clinic,3", "Birch Clinic,Cedar School,1")
    ties.write_text("\n".join(lines), encoding="utf-8")
    for command, name in (("draw", "x.svg"), ("explore", "x.html")):
        arguments = [command, str(ties), "-o", str(tmp_path / name), "--table", "ties=x.csv", *DAY]
        done = CliRunner().invoke(cli.cli, arguments, catch_exceptions=False)
        assert done.exit_code == 0 and "3 organizations" in done.stderr, done.output
        assert (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "a.gif"], "found 'a.gif'. Allowed endings are .svg, .png, .pdf"),
        (["-o", "nowhere/a.svg"], "found no folder nowhere"),
        (["-o", "a.svg", "--tours"], "--tours: found it without --map"),
        (["-o", "a.svg", "--counties", "a.csv"], "--counties: found it without --map"),
        (["-o", "a.svg", "--map", "--counties", "a.txt"], "Allowed endings are .csv"),
        (["-o", "a.svg", "--map", "--table", "a.csv"], "is written by --counties"),
    ],
)
def test_what_is_wrong_is_refused_before_the_input_is_read(
    arguments: list[str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        CliRunner().invoke(cli.cli, ["draw", "no such file", *arguments], catch_exceptions=False)


def test_the_explorer_is_written_with_earlier_waves(source: Path, tmp_path: Path) -> None:
    page = tmp_path / "explorer.html"
    wave = f"2020={source}"
    arguments = ["explore", str(source), "-o", str(page), "--earlier", wave, *DAY]
    done = CliRunner().invoke(cli.cli, arguments, catch_exceptions=False)
    assert done.stdout == f"Written: {page}\n"
    content = unpack_content(page.read_text("utf-8"))
    assert content["waves"] == ["2020", "2026"]
    assert content["names"] == ["=a", "=b", "=c"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "a.pdf"], "Allowed endings are .html"),
        (["-o", "a.html", "--earlier", "2020"], "--earlier: found '2020'"),
    ],
)
def test_a_wrong_explorer_is_refused_before_the_input_is_read(
    arguments: list[str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        CliRunner().invoke(cli.cli, ["explore", "no such file", *arguments], catch_exceptions=False)
