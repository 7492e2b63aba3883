"""A recipe: one TOML file that says what a repeated build reads and writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from partnet import build_network, read_network, read_recipe
from partnet.core.errors import InputError, UsageError

from .readers.files import write_hospitals, write_pilot

RECIPE = """
output = "net"
counties = ["Harlan, NE", "31079"]
border_km = 60
update = true

[files]
cms_hospitals = "cms.csv"
fcc_pilot = ["fcc.csv"]
"""


def test_paths_are_relative_to_the_recipe_and_a_first_update_is_a_build(tmp_path: Path) -> None:
    write_hospitals(tmp_path)
    write_pilot(tmp_path)
    path = tmp_path / "recipe.toml"
    path.write_text(RECIPE, encoding="utf-8")
    for update in (False, True):
        settings = read_recipe(path)
        assert settings["update"] is update
        build_network(**settings)
    net = read_network(tmp_path / "net")
    own = net.organizations[net.organizations["context"] != "yes"]
    assert own.index.tolist() == ["ccn-281301"]
    assert net.title == "Harlan County, NE and Hall County, NE: organizations in public files"


@pytest.mark.slow
def test_the_command_line_takes_a_recipe_or_files(tmp_path: Path) -> None:
    write_hospitals(tmp_path)
    write_pilot(tmp_path)
    (tmp_path / "recipe.toml").write_text(RECIPE, encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "partnet.cli", "build", *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, timeout=300
        )

    done = run("recipe.toml")
    assert done.returncode == 0 and "Next: partnet check" in done.stdout
    done = run("cms_hospitals=cms.csv", "fcc.csv", "--state", "NE", "--state", "IA", "-o", "two")
    assert done.returncode == 0 and "Nebraska and Iowa" in done.stdout
    done = run("cms_hospitals=fcc.csv", "--state", "NE", "-o", "three")
    assert done.returncode == 1 and "give it as fcc_pilot=FILE" in done.stderr
    assert run("cms.csv", "-o", "three").returncode == 2
    assert run("cms.csv", "--state", "NE").returncode == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('output = "net"', "found no files"),
        ('files = ["a.csv"]', "found no output"),
        ('output = "n"\nfiles = ["a"]\nstates = "NE"', "found the key 'states'"),
        ('output = "n"\nfiles = ["a"]\nborder_km = "far"', "border_km: found 'far'"),
        ('output = "n"\nfiles = ["a"]\nnation = 1', "nation: found 1"),
        ('output = "n"\nfiles = [1]', "files, entry 1: found 1"),
        (
            'output = "n"\n[files]\nhospitals = "a.csv"',
            "found the key 'hospitals'. Allowed are cms_",
        ),
        ('output = "n"\n[files]\nirs_bmf = 3', "irs_bmf: found 3"),
    ],
)
def test_mistakes_are_explained(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        read_recipe(path)


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text("output = ", encoding="utf-8")
    with pytest.raises(InputError, match="found text that is not TOML"):
        read_recipe(path)
    with pytest.raises(InputError, match="found nothing there"):
        read_recipe(tmp_path / "absent.toml")
