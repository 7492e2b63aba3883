from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

import partnet as pn
from partnet.cli import cli
from partnet.core.storage.writing import MANIFEST

from ..builders import bridge_of_two_cliques, make_network


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run_r(pack: Path) -> str:
    """Run the pack in R; skip where R or a package is missing."""
    found = shutil.which("Rscript")
    if found is None:
        pytest.skip("R is not installed")
    asked = (
        "for (p in c('sna', 'igraph')) if (!requireNamespace(p, quietly = TRUE)) quit(status = 7)"
    )
    if subprocess.run([found, "-e", asked], capture_output=True, check=False).returncode == 7:
        pytest.skip("R has no sna or no igraph")
    done = subprocess.run(
        [found, "check.R"], cwd=pack, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_pack_of_two_cliques_holds_what_is_known_by_hand(tmp_path: Path) -> None:
    pack = pn.write_check_pack(bridge_of_two_cliques(), tmp_path / "pack")
    figures = {
        (row["graph"], row["measure"], row["organization"]): row["value"]
        for row in read_csv(pack / "numbers.csv")
    }
    assert figures["undirected", "density", ""] == repr(8 / 21)
    assert figures["undirected", "betweenness", "d"] == repr(9 / 15)
    assert figures["without_convener", "is_articulation", "d"] == "1.0"
    assert figures["directed", "triads_300", ""] == "2.0"
    assert [row["from"] + row["to"] for row in read_csv(pack / "ties_undirected.csv")] == [
        *("12", "13", "23", "34", "45", "56", "57", "67")
    ]


def test_the_pack_holds_no_names(tmp_path: Path) -> None:
    net = make_network([{"id": "a1", "name": "Secret Hospital", "kind": "hospital"}, "b"], ["ab"])
    pack = pn.write_check_pack(net, tmp_path / "pack")
    assert not any("Secret" in path.read_text("utf-8") for path in pack.iterdir())


@pytest.mark.parametrize("organizations", ["", "a", "abc"])
def test_a_pack_of_next_to_nothing_is_written(organizations: str, tmp_path: Path) -> None:
    pack = pn.write_check_pack(make_network(organizations), tmp_path / "pack")
    assert len([path for path in pack.iterdir() if path.name != MANIFEST]) == 10


@pytest.mark.slow
def test_every_figure_of_prairie_agrees_with_r(tmp_path: Path) -> None:
    pack = pn.write_check_pack(pn.load_sample("prairie"), tmp_path / "pack")
    said = run_r(pack)
    assert "7432 of 7432 figures agree (7 figures" in said
    assert all(row["agrees"] == "TRUE" for row in read_csv(pack / "compared.csv"))


@pytest.mark.slow
def test_a_wrong_figure_is_found(tmp_path: Path) -> None:
    pack = pn.write_check_pack(bridge_of_two_cliques(), tmp_path / "pack")
    run_r(pack)
    path = pack / "numbers.csv"
    path.write_text(path.read_text("utf-8").replace(repr(9 / 15), "0.61", 1), "utf-8")
    with pytest.raises(AssertionError, match=r"0\.61"):
        run_r(pack)


def test_the_command_writes_the_pack(tmp_path: Path) -> None:
    pn.write_network(bridge_of_two_cliques(), tmp_path / "net")
    done = CliRunner().invoke(cli, ["checkpack", str(tmp_path / "net"), "-o", str(tmp_path / "p")])
    assert done.exit_code == 0 and "Rscript check.R" in done.output
    assert (tmp_path / "p" / "check_xucinet.R").is_file()
