"""Fuzzed inputs of what came later: answers of a survey, exports with a mapping, marked workbooks,
earlier states of a run, rules and conversions."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zlib
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

import partnet as pn
from partnet.cli.history import find_earlier, keep_state
from partnet.config import read_config
from partnet.core.network import Network
from partnet.questions.comparison.since import tell_since

from ..builders import make_network
from .mutation import CELLS, NOT_XML, mutate, mutate_rows, mutate_settings, mutate_xml
from .packing import unzip_parts, zip_parts

DAY = "2026-06-30"
SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^<>]*?)(?:/>|(?<!/)>.*?</c>)', re.DOTALL)
TYPE = re.compile(rb' t="[a-zA-Z]*"')
NET = make_network(
    [
        {"id": "h", "name": "Hill Hospital", "kind": "CAH", "county_fips": "31027", "zip": "68739"},
        {"id": "e", "name": "Elk EMS", "kind": "ems_agency", "county_fips": "31027"},
        {"id": "p", "name": "Pine - Pantry", "kind": "food", "county_fips": "31109"},
        {"id": "s", "name": "Sage Shelter", "kind": "housing"},
    ],
    [("h", "e", "referral"), ("h", "p", "planning")],
    services=[{"organization": "h", "service": "emergency care", "county_fips": "31027"}],
)
WORDS = (
    "yes", "no", "don't know", "as on file", "both ways", "we to them", "they to us", "weekly",
    "1", "4", "5", "director", "right", "wrong", "NEW: Oak Clinic", "Oak Clinic", "Hill Hospital",
)  # fmt: skip
HEAD = ["Timestamp", "Name of your organization"]
GRID = [
    [*HEAD, *(f"Do you refer clients to them? [{name}]" for name in NET.names)],
    ["2027-01-02", "Hill Hospital", "", "yes", "no", "Don't know"],
    ["2027-01-03", "elk e.m.s.", "no", "", "weekly", ""],
]
RULES = [
    ["rule", "from_kind", "applies_if", "relation", "topic", "alternatives", "same_group",
     "minimum", "separately_owned", "within_km", "within_days", "weight", "citation"],
    ["Plan together", "hospital", "beds at most 25", "planning", "emergency care",
     "food; housing: shelter", "yes", "1", "no", "80", "365", "0.5", "own"],
    ["Transfer", "CAH", "", "referral", "", "any", "", "2", "", "", "", "", "42 CFR 485.616"],
]  # fmt: skip
CONVERSIONS = [
    "Hill Hospital = Rural Emergency Hospital", "h = CAH", "h = RHC", "s = REH", "h", "= CAH", "",
    "h = h = h", "Hill Hospital = \x00", "nobody = REH", "h=REH",
]  # fmt: skip


def _to_csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


@cache
def _wave() -> dict[str, bytes]:
    """The files of a wave that is out."""
    with TemporaryDirectory() as folder:
        pn.write_questionnaires(NET, f"{folder}/wave", wave="2027")
        files = sorted(path for path in Path(folder, "wave").rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def make_answers(chance: random.Random, folder: Path) -> Path:
    """Make a wave that came back: cells typed into, sheets changed, files damaged."""
    for name, content in _wave().items():
        if name.endswith(".xlsx"):
            content = _type_into(content, chance) if chance.random() < 0.6 else content
            content = _damage(content, chance) if chance.random() < 0.3 else content
        elif name.endswith(".toml") and chance.random() < 0.3:
            text = mutate_settings(content.decode("utf-8"), chance)
            content = text.encode("utf-8", "surrogatepass")
        elif chance.random() < 0.1:
            content = mutate(content, chance)
        path = folder / name
        if chance.random() < 0.1:
            path = path.with_name(f"copy of {path.name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        if chance.random() > 0.05:
            path.write_bytes(content)
    return folder / "wave"


def sum_bytes(path: Path) -> int:
    """A number that a file or the files of a folder give, the same on every machine."""
    files = sorted(path.rglob("*.csv")) if path.is_dir() else [path]
    return sum(zlib.crc32(file.read_bytes()) for file in files)


def _type_into(content: bytes, chance: random.Random) -> bytes:
    """Type into a workbook; now and then open it, type, change sheets and save it anew."""
    if chance.random() < 0.15:
        return _type_and_save(content, chance)
    parts = unzip_parts(content)
    sheets = [name for name in parts if SHEET.fullmatch(name)]
    typed: dict[str, dict[bytes, bytes]] = {}
    for _ in range(chance.randint(1, 30)):
        name = chance.choice(sheets)
        cells = [found.group(1) for found in CELL.finditer(parts[name])]
        if cells:
            typed.setdefault(name, {})[chance.choice(cells)] = _make_cell(chance)
    for name, put in typed.items():
        parts[name] = CELL.sub(lambda found, put=put: _replace(found, put), parts[name])  # type: ignore[misc]
    return zip_parts(parts)


def _replace(found: re.Match[bytes], put: dict[bytes, bytes]) -> bytes:
    """The cell with what was typed into it; its look stays."""
    place, look = found.groups()
    if place not in put:
        return found.group()
    return b'<c r="%b"%b%b</c>' % (place, TYPE.sub(b"", look), put[place])


def _make_cell(chance: random.Random) -> bytes:
    """The end of a cell, behind its look: a text or a number."""
    typed = _choose_typed(chance)
    if isinstance(typed, str):
        text = escape(typed).encode()
        return b' t="inlineStr"><is><t xml:space="preserve">%b</t></is>' % text
    return b"><v>%b</v>" % repr(typed).encode()


def _type_and_save(content: bytes, chance: random.Random) -> bytes:
    """Open a workbook, type, and save it, as somebody does who answers."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for _ in range(chance.randint(1, 30)):
        sheet = book[chance.choice(book.sheetnames)]
        row, column = chance.randint(1, sheet.max_row + 2), chance.randint(1, sheet.max_column + 1)
        cell = sheet.cell(row, column)
        if not isinstance(cell, openpyxl.cell.MergedCell):
            cell.value = _choose_typed(chance)
    sheet = book[chance.choice(book.sheetnames)]
    what = chance.randrange(12)
    if what == 0:
        sheet.delete_rows(chance.randint(1, 12))
    elif what == 1:
        sheet.insert_cols(1)
    elif what == 2 and len(book.sheetnames) > 1:
        book.remove(sheet)
    elif what == 3:
        sheet.title = "other"
    return _save(book)


def _save(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return zip_parts(unzip_parts(out.getvalue()))


def _choose_typed(chance: random.Random) -> str | float | int:
    """A text, an odd one, or a number that somebody types."""
    text = chance.choice(WORDS if chance.random() < 0.7 else CELLS)
    typed = chance.choice((text, text, chance.random() * 9, chance.randint(-9, 99)))
    return NOT_XML.sub("", typed) if isinstance(typed, str) else typed


def _damage(content: bytes, chance: random.Random) -> bytes:
    """Damage a part of a workbook, or the whole file."""
    parts = unzip_parts(content)
    name = chance.choice(sorted(parts))
    damage = mutate_xml if chance.random() < 0.7 else mutate
    parts[name] = damage(parts[name], chance)
    packed = zip_parts(parts)
    return mutate(packed, chance) if chance.random() < 0.05 else packed


def read_answers(path: Path) -> None:
    """Read answers; what comes out is a network that can be written and read again."""
    answered = pn.collect_answers(NET, path, accept=len(path.parts) % 2 == 0)
    _come_back(answered, path)


def _come_back(answered: Network, path: Path) -> None:
    """A network with answers is whole: it is written, and reads as the same one."""
    assert set(NET.ids) <= set(answered.ids), "somebody is lost"
    assert answered.log is not None and answered.log.text
    pn.write_network(answered, path.with_name("answered"))
    back = pn.read_network(path.with_name("answered"))
    assert back.ids.tolist() == answered.ids.tolist(), "other organizations came back"
    assert len(back.reports) == len(answered.reports), "other answers came back"


def make_grid(chance: random.Random, folder: Path) -> Path:
    """Make an export of a survey tool and its mapping."""
    rows = mutate_rows(GRID, chance) if chance.random() < 0.7 else GRID
    content = _to_csv(rows)
    path = folder / "export.csv"
    path.write_bytes(mutate(content, chance) if chance.random() < 0.2 else content)
    if chance.random() < 0.7:
        text = mutate_settings(_mapping(), chance).encode("utf-8", "surrogatepass")
        map_ = mutate(text, chance) if chance.random() < 0.2 else text
        (folder / "mapping.toml").write_bytes(map_)
    return path


@cache
def _mapping() -> str:
    with TemporaryDirectory() as folder:
        export, output = Path(folder, "export.csv"), Path(folder, "mapping.toml")
        export.write_bytes(_to_csv(GRID))
        pn.propose_mapping(NET, export, output=output)
        return output.read_text("utf-8") + '\n[answers]\nweekly = "monthly"\n'


def read_grid(path: Path) -> None:
    """Propose how an export is read, and read it."""
    mapping = path.with_name("mapping.toml")
    if mapping.exists():
        answered = pn.collect_answers(NET, path, mapping=mapping)
    else:
        pn.propose_mapping(NET, path, output=mapping)
        answered = pn.collect_answers(NET, path, mapping=mapping)
    _come_back(answered, path)


def make_marked(chance: random.Random, folder: Path) -> Path:
    """Make a workbook that came back marked, and was typed into since."""
    name = f"{chance.randrange(4)}.xlsx"
    content = _type_into(_marked()[name], chance)
    path = folder / "marked.xlsx"
    path.write_bytes(_damage(content, chance) if chance.random() < 0.5 else content)
    return path


@cache
def _marked() -> dict[str, bytes]:
    """Four workbooks with problems, marked."""
    from .families import ROWS

    found = {}
    with TemporaryDirectory() as folder:
        for k in range(4):
            path = Path(folder, f"{k}.xlsx")
            book = openpyxl.Workbook()
            del book["Sheet"]
            for name in sorted(ROWS):
                sheet = book.create_sheet(name)
                wrong = [] if k % 2 or name == "vocabulary" else [["?"] * len(ROWS[name][0])]
                for row in [*ROWS[name], *wrong]:
                    sheet.append(row)
            path.write_bytes(_save(book))
            pn.check_tables(path, output=Path(folder, f"m{k}.xlsx"))
            again = Path(folder, f"n{k}.xlsx")
            if k > 1:
                pn.check_tables(Path(folder, f"m{k}.xlsx"), output=again)
            found[path.name] = (again if k > 1 else Path(folder, f"m{k}.xlsx")).read_bytes()
    return found


def read_marked(path: Path) -> None:
    """Check a workbook and mark it; what is marked has as many problems as before.

    A workbook that its library cannot copy is written anew, without what lies beside its tables.
    """
    before = pn.check_tables(path, output=path.with_name("again.xlsx"))
    again = path.with_name("again.xlsx")
    if again.exists() and "holds its tables alone" not in before.text:
        after = pn.check_tables(again)
        assert len(after.table) == len(before.table), "marking changed what is wrong"


def make_history(chance: random.Random, folder: Path) -> Path:
    """Make the folder of earlier runs, some of whose tables or names are odd."""
    from .families import ROWS

    for day in ("2026-04-30", "2026-05-31"):
        home = folder / "history" / (day if chance.random() < 0.8 else _odd_day(chance))
        home.mkdir(parents=True, exist_ok=True)
        for name in sorted({"organizations", "ties", *chance.sample(sorted(ROWS), 3)}):
            rows = mutate_rows(ROWS[name], chance) if chance.random() < 0.4 else ROWS[name]
            content = _to_csv(rows)
            odd = mutate(content, chance) if chance.random() < 0.1 else content
            (home / f"{name}.csv").write_bytes(odd)
    settings = f'input = "net"\noutput = "r.json"\nhistory = "history"\nas_of = {DAY}\n'
    text = mutate_settings(settings, chance) if chance.random() < 0.3 else settings
    (folder / "monthly.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    (folder / "snapshot.json").write_bytes(mutate(json.dumps({"gaps": ["a"]}).encode(), chance))
    return folder / "history"


def _odd_day(chance: random.Random) -> str:
    return chance.choice(
        ("2026-13-45", "0000-00-00", "9999-99-99", "2026-02-30", "1000-01-01", "x")
    )


def read_history(path: Path) -> None:
    """Compare with the newest earlier state, and keep the present one."""
    earlier = find_earlier(path, DAY)
    read_config(path.with_name("monthly.toml"))
    whole = sum_bytes(path) % 2 == 0
    found = None if earlier is None or not whole else tell_since(earlier, NET.at(DAY))
    keep_state(path, DAY, NET, found)
    assert not whole or pn.read_network(path / DAY) == NET


def make_rules(chance: random.Random, folder: Path) -> Path:
    """Make tables with rules of their own, and what is asked of them."""
    from .families import ROWS

    path = folder / "net"
    path.mkdir()
    for name in ("organizations", "ties", "agreements", "services", "memberships"):
        (path / f"{name}.csv").write_bytes(_to_csv(ROWS[name]))
    (path / "rules.csv").write_bytes(_to_csv(mutate_rows(RULES, chance)))
    asked = [chance.choice((*CONVERSIONS, *CELLS)) for _ in range(chance.randint(1, 2))]
    (folder / "asked.json").write_text(json.dumps(asked), "utf-8")
    return path


def read_rules(path: Path) -> None:
    """Judge the rules, or what a conversion would change (which judges them twice)."""
    net = pn.read_network(path)
    if sum_bytes(path) % 2:
        assert pn.find_gaps(net, as_of=DAY).text
        return
    asked = json.loads(path.with_name("asked.json").read_text("utf-8"))
    pn.simulate(net, convert=asked, as_of=DAY)
