"""A few hundred inputs of every family: read, or refused in a sentence."""

from __future__ import annotations

import random
from pathlib import Path
from xml.etree import ElementTree

import pytest

import partnet as pn
from partnet.public.readers.catalog import read_public_files
from partnet.public.readers.open_referral import STEPS

from .families import (
    FAMILIES,
    NAMES,
    SETTINGS,
    good_parts,
    list_numbers,
    public_rows,
    run_input,
    to_csv,
)
from .mutation import mutate_settings, mutate_xml
from .old_workbook import error_cell, formula_cell, make_xls, text_cell
from .packing import zip_parts

FEW = {"tables": 12, "frames": 12, "workbooks": 10, "foreign": 15}
FEW |= {"history": 4, "rules": 4, "marked": 4, "answers": 8, "grids": 12}  # each a whole verb
MANY = 60


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.filterwarnings("ignore")
def test_inputs_are_read_or_refused(name: str, tmp_path: Path) -> None:
    told = []
    for number in list_numbers(FEW.get(name, MANY), 0, name):
        folder = tmp_path / str(number)
        folder.mkdir()
        told.append(run_input(number, folder))
    assert "" in told, "all are refused: its seed, perhaps"


@pytest.mark.parametrize("name", NAMES)
def test_the_same_number_makes_the_same_input(name: str, tmp_path: Path) -> None:
    made = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        path = FAMILIES[name].make(random.Random(7), folder)
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        made.append([file.read_bytes() for file in files if file.is_file()])
    assert made[0] == made[1] and made[0]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_seeds_of_workbooks_are_read(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"net.{kind}"
    path.write_bytes(zip_parts(good_parts(kind)))
    assert len(pn.read_network(path)) == 3


@pytest.mark.parametrize("name", sorted(public_rows()))
def test_the_seeds_of_public_files_are_read(name: str, tmp_path: Path) -> None:
    family, _, table = name.partition("/")
    for other, rows in public_rows().items():
        if other == name or (table and other.startswith(family)):
            (tmp_path / f"{other.rpartition('/')[2]}.csv").write_bytes(to_csv(rows))
    files = read_public_files(tmp_path)
    assert {file.reader for file in files} == {family}
    assert len(files) == (len(STEPS) if table else 1)


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_the_seeds_of_settings_are_read(name: str, tmp_path: Path) -> None:
    text, read = SETTINGS[name]
    path = tmp_path / f"{name}.toml"
    path.write_text(text, "utf-8")
    assert read(path) is not None


def test_what_is_changed_stays_xml() -> None:
    content = good_parts("ods")["content.xml"]
    changed = {mutate_xml(content, random.Random(k)) for k in range(30)}
    assert len(changed) > 20
    for xml in changed:
        ElementTree.fromstring(xml)


def test_settings_are_changed_but_for_their_lines() -> None:
    text = "a = 1\nb = 2\n"
    assert len({mutate_settings(text, random.Random(k)) for k in range(40)}) > 20


def test_an_old_workbook_tells_its_errors(tmp_path: Path) -> None:
    cells = [text_cell(0, 0, "name"), text_cell(0, 1, "kind"), text_cell(0, 2, "beds")]
    cells += [text_cell(1, 0, "A"), text_cell(1, 1, "hospital"), error_cell(1, 2, 0x2A)]
    blank = b"\x03" + bytes(5) + b"\xff\xff"
    cells += [text_cell(2, 0, "B"), text_cell(2, 1, "food")]
    cells += [formula_cell(2, 2, blank, b"\x1e\x01\x00")]  # 1: a number that nobody calculated
    cells += [text_cell(3, 0, "C"), text_cell(3, 1, "food")]
    cells += [formula_cell(3, 2, blank, b"\x17\x00\x00")]  # "": a blank that is meant
    path = tmp_path / "net.xls"
    path.write_bytes(make_xls([("Organizations", cells)]))
    found = [(p.where.row, p.found) for p in pn.read_network(path).problems]
    assert found == [(2, '"#N/A"'), (3, "a formula")]
