"""Families of fuzzed inputs: tables, workbooks, settings, public files, formats of other programs.

Whatever reads what strangers wrote joins here: a seed that is a good input, a way to damage it, and
the call that reads it. The same number always makes the same input.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

import partnet as pn
from partnet.config import read_config, read_snapshot
from partnet.core.vocabulary import default_vocabulary
from partnet.io.check import check_tables
from partnet.io.typed.own_words import extend_from_file
from partnet.public.readers.catalog import DIRECTORY, READERS, read_public_files
from partnet.public.readers.open_referral import STEPS
from partnet.public.recipe import read_recipe
from partnet.store.loading import read_store_recipe

from . import formats, surveys
from .mutation import mutate, mutate_rows, mutate_settings, mutate_xml
from .old_workbook import error_cell, formula_cell, make_stream, number_cell, pack, text_cell
from .packing import unzip_parts, zip_parts

Rows = list[list[str]]

ROWS: Mapping[str, Rows] = {
    "organizations": [
        ["id", "name", "kind", "county_fips", "zip", "latitude", "longitude", "npi", "beds"],
        ["a", "Anna's", "hospital", "31027", "68739", "42.6", "-97.2", "1234567893", "12"],
        ["b", "Bow Creek", "food", "31109", "68508", "40.8", "-96.7", "", ""],
        ["c", "Cedar", "housing", "", "", "", "", "", ""],
    ],
    "ties": [
        ["source", "target", "relation", "strength", "answer", "ladder", "directed", "since"],
        ["a", "b", "referral", "0.5", "", "", "yes", "2020-01-31"],
        ["Bow Creek", "c", "collaboration", "monthly", "", "frequency", "", "2021-02"],
        ["a", "c", "planning", "none", "", "", "no", ""],
    ],
    "services": [["organization", "service", "county_fips"], ["a", "food pantry", "31027"]],
    "funding": [
        ["funder", "recipient", "program", "amount", "period_start", "period_end", "fiscal_year"],
        ["HRSA", "a", "Flex", "1000", "2025-01-01", "2025-12-31", "2025"],
        ["a", "b", "Flex", "10.5", "2025-01-01", "", "2025"],
    ],
    "memberships": [["organization", "group", "group_kind"], ["a", "G", "board"], ["b", "G", ""]],
    "contacts": [["organization", "date", "mode"], ["a", "2025-11-02", "visit"]],
    "needs": [
        ["county_fips", "indicator", "value", "year"],
        ["31027", "population", "8000", "2020"],
    ],
    "rules": [
        ["rule", "from_kind", "relation", "alternatives", "minimum", "citation"],
        ["Plan together", "hospital", "planning", "food; housing", "1", "own"],
    ],
    "agreements": [["agreement", "organization", "status"], ["M1", "a", "executed"]],
    "service_areas": [["organization", "place_kind", "place"], ["a", "county", "Cedar, NE"]],
    "responses": [["respondent", "design", "answered"], ["a", "roster", "yes"], ["b", "", "no"]],
    "vocabulary": [["what", "name", "sector", "levels"], ["kind", "robot", "other", ""]],
    "about": [["setting", "value"], ["title", "Small"], ["convener", "a"]],
}  # fmt: skip

SETTINGS: Mapping[str, tuple[str, Callable[[Path], Any]]] = {
    "config": (
        "input = \"net\"\noutput = \"report.html\"\nas_of = \"2026-06-30\"\nstrict = false\n"
        "max_set_aside = 3\naudience = \"internal\"\nsnapshot = \"s.json\"\n"
        "[thresholds]\ngaps = 3\n",
        read_config,
    ),
    "recipe": (
        "output = \"net\"\nstate = \"NE\"\nborder_km = 20\nwide = false\n[files]\n"
        "cms_hospitals = \"a.csv\"\nhrsa_sites = [\"b.csv\"]\n",
        read_recipe,
    ),
    "store": ("output = \"s\"\nhome = \"NE\"\nfiles = [\"a.csv\"]\n", read_store_recipe),
    "vocabulary": (
        "[sectors]\narts = \"Arts\"\n[kinds.robot]\nlabel = \"Robot\"\nsector = \"arts\"\n"
        "aliases = [\"bot\"]\n[relations.hug]\ndirected = true\n[ladders.love]\n"
        "levels = [\"like\", \"love\"]\nnumbers = \"weakest first\"\n[ladders.love.aliases]\n"
        "love = [\"adore\"]\n[none]\nanswers = [\"no way\"]\n",
        lambda path: extend_from_file(default_vocabulary(), path),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Family:
    """One kind of inputs: how the input of a number is made, and how it is read."""

    make: Callable[[random.Random, Path], Path]
    read: Callable[[Path], Any]


def to_csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _make_tables(chance: random.Random, folder: Path) -> Path:
    """Make a folder of CSV files, some of whose cells or bytes are odd."""
    path = folder / "net"
    path.mkdir()
    names = chance.sample(sorted(ROWS), chance.randint(1, 5))
    for name in sorted({"organizations", *names}):  # the same for every seed of hashes
        rows = mutate_rows(ROWS[name], chance) if chance.random() < 0.7 else ROWS[name]
        content = to_csv(rows)
        if chance.random() < 0.2:
            content = mutate(content, chance)
        elif chance.random() < 0.1:
            content = content.decode("utf-8", "replace").encode("utf-16")
        (path / f"{name}.csv").write_bytes(content)
    return path


def _read_whole(path: Path) -> None:
    """Read a network, and write and read it once more; of every second file mark the problems."""
    if _is_every(2, path):
        checked = check_tables(path, output=path.with_name("marked.xlsx"))
        assert checked.text
        return
    net = pn.read_network(path)
    again = path.with_name("again.xlsx" if len(net) % 2 else "again")
    if len(net):
        pn.write_network(net, again)
        back = pn.read_network(again)
        assert back.ids.tolist() == net.ids.tolist(), "other organizations came back"
        assert len(back.ties) == len(net.ties), "other ties came back"


def _is_every(n: int, path: Path) -> bool:
    """Tell one in `n` inputs by what it holds: what costs much is not done with each."""
    return surveys.sum_bytes(path) % n == 0


def _make_frames(chance: random.Random, folder: Path) -> Path:
    """Make the DataFrames of a file of rows: what notebooks hand over."""
    path = folder / "frames.json"
    names = {"organizations", *chance.sample(sorted(ROWS), 3)}
    frames = {name: mutate_rows(ROWS[name], chance) for name in sorted(names)}
    path.write_text(json.dumps(frames), "utf-8")
    return path


def _read_frames(path: Path) -> None:
    frames = {}
    for name, rows in json.loads(path.read_text("utf-8")).items():
        width = max((len(row) for row in rows), default=0)
        header, *body = [[*row, *[""] * (width - len(row))] for row in rows] or [[]]
        frames[name] = pd.DataFrame(body, columns=pd.Index(header, dtype="object"), dtype="object")
    pn.read_network(frames)


@cache
def good_parts(kind: str) -> dict[str, bytes]:
    """The parts of a good workbook."""
    if kind == "ods":
        kind = b"application/vnd.oasis.opendocument.spreadsheet"
        listed = b'<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        return {
            "mimetype": kind,
            "content.xml": _ods_content(),
            "META-INF/manifest.xml": listed,
        }
    out = io.BytesIO()
    import xlsxwriter

    with xlsxwriter.Workbook(out) as book:
        for name, rows in ROWS.items():
            sheet = book.add_worksheet(name)
            for k, row in enumerate(rows):
                sheet.write_row(k, 0, row)
            if name in ("organizations", "ties", "needs"):
                sheet.write_formula(len(rows), 0, "=1/0", None, "#DIV/0!")
                sheet.merge_range(len(rows) + 1, 0, len(rows) + 2, 0, "merged")
    return unzip_parts(out.getvalue())


def _ods_content() -> bytes:
    from html import escape

    names = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = "".join(f' xmlns:{n}="{names}:{n}:1.0"' for n in ("office", "table", "text"))
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = "<table:table-row{}>{}</table:table-row>"
    blank = row.format(' table:number-rows-repeated="9"', "<table:table-cell/>")
    sheets = []
    for name, rows in ROWS.items():
        lines = [row.format("", "".join(cell.format(escape(t)) for t in texts)) for texts in rows]
        sheets.append(f'<table:table table:name="{name}">{"".join(lines)}{blank}</table:table>')
    return (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>{''.join(sheets)}"
        "</office:spreadsheet></office:body></office:document-content>"
    ).encode()


@cache
def _good_stream() -> bytes:
    cells = {
        name: [text_cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
        for name, rows in ROWS.items()
    }
    odd = [
        number_cell(5, 1, 1e300),
        error_cell(5, 2, 42),
        formula_cell(5, 3, b"\x03" + bytes(5) + b"\xff\xff", b"\x1e\x01\x00"),
    ]
    cells["services"] += odd
    return make_stream(list(cells.items()))


def _make_workbook(chance: random.Random, folder: Path) -> Path:
    """Make a workbook with odd XML, odd records, or odd bytes; an .xls only now and then."""
    if chance.random() < 0.03:
        path = folder / "net.xls"
        stream = _good_stream()
        inside = chance.random() < 0.7
        path.write_bytes(pack(mutate(stream, chance)) if inside else mutate(pack(stream), chance))
        return path
    suffix = chance.choice(("xlsx", "xlsm", "ods"))
    parts = dict(good_parts("ods" if suffix == "ods" else "xlsx"))
    whole = chance.random() < 0.75
    for _ in range(chance.randint(1, 4 if whole else 2)):
        name = chance.choice(sorted(parts))
        if whole:
            parts[name] = mutate_xml(parts[name], chance)
        elif chance.random() < 0.8:
            parts[name] = mutate(parts[name], chance)
        elif chance.random() < 0.5:
            parts[chance.choice(("content.xml", "xl/x.bin", name.upper(), "../a"))] = parts[name]
        else:
            del parts[name]
        if not parts:
            break
    packed = zip_parts(parts)
    path = folder / f"net.{suffix}"
    path.write_bytes(mutate(packed, chance) if chance.random() < 0.05 else packed)
    return path


def _make_settings(chance: random.Random, folder: Path) -> Path:
    name = chance.choice(sorted(SETTINGS))
    text = mutate_settings(SETTINGS[name][0], chance).encode("utf-8", "surrogatepass")
    path = folder / f"{name}.toml"
    path.write_bytes(mutate(text, chance) if chance.random() < 0.15 else text)
    return path


def _make_saved(chance: random.Random, folder: Path) -> Path:
    path = folder / "snapshot.json"
    path.write_bytes(mutate(b'{"gaps": ["a", "b"], "partners": ["c"], "n": []}', chance))
    return path


@cache
def public_rows() -> dict[str, Rows]:
    """A header and two rows of every public file; of a service directory, of each of its tables."""
    families = {name: reader.family for name, reader in READERS.items()}
    families |= {f"{DIRECTORY}/{names[0]}": family for names, family, _ in STEPS}
    chance = random.Random(0)
    return {
        name: [
            [chance.choice(aliases) for aliases in family.columns.values()],
            *([_guess(field, chance) for field in family.columns] for _ in range(3)),
        ]
        for name, family in families.items()
    }


def _guess(field: str, chance: random.Random) -> str:
    """A cell that suits a field by its name."""
    for word, cells in {
        "state": ("NE", "Nebraska"), "zip": ("68739", "687391234"), "npi": ("1234567893",),
        "fips": ("31027",), "ccn": ("281378", "28Z300"), "ein": ("470000001",),
        "name": ("ALMA CLINIC INC",),
        "date": ("01/02/2024", "2024-01-02"), "amount": ("1,000.50",), "latitude": ("42.1",),
        "longitude": ("-97.1",), "id": ("o1",), "county": ("Cedar", "31027"), "type": ("Hospital",),
        "start": ("2024-01-02",), "end": ("2025-01-02",), "city": ("ALMA",), "year": ("2024",),
    }.items():  # fmt: skip
        if word in field:
            return chance.choice(cells)
    return chance.choice(("1", "x", "Y", "Active", ""))


def _make_public(chance: random.Random, folder: Path) -> Path:
    """Make a public file, plain, packed or as a folder."""
    name = chance.choice(sorted(public_rows()))
    rows = public_rows()[name]
    content = to_csv(mutate_rows(rows, chance) if chance.random() < 0.8 else rows)
    if chance.random() < 0.3:
        content = mutate(content, chance)
    family, _, table = name.partition("/")
    if table:
        path = folder / "directory"
        path.mkdir()
        for other, seed in public_rows().items():
            if other.startswith(f"{DIRECTORY}/"):
                (path / f"{other.partition('/')[2]}.csv").write_bytes(to_csv(seed))
        (path / f"{table}.csv").write_bytes(content)
        return path
    ending = chance.choice(("csv", "csv", "csv", "csv.gz", "zip"))
    path = folder / f"{family}.{ending}"
    if ending == "csv.gz":
        content = gzip.compress(content, mtime=0)
    elif ending == "zip":
        content = zip_parts({f"{family}.csv": content}, zipfile.ZIP_STORED)
    path.write_bytes(
        mutate(content, chance) if ending != "csv" and chance.random() < 0.5 else content
    )
    return path


def _read_public(path: Path) -> None:
    whole = read_public_files(path)
    streamed = read_public_files(path, stream=True)
    assert [len(file.problems) for file in whole] == [len(file.problems) for file in streamed]


def _make_foreign(chance: random.Random, folder: Path) -> Path:
    return formats.make_input(chance.randrange(1 << 40), folder)


FAMILIES: Mapping[str, Family] = {
    "tables": Family(_make_tables, _read_whole),
    "frames": Family(_make_frames, _read_frames),
    "workbooks": Family(_make_workbook, _read_whole),
    "settings": Family(_make_settings, lambda path: SETTINGS[path.stem][1](path)),
    "saved": Family(_make_saved, read_snapshot),
    "public": Family(_make_public, _read_public),
    "foreign": Family(_make_foreign, pn.read_network),
    "answers": Family(surveys.make_answers, surveys.read_answers),
    "grids": Family(surveys.make_grid, surveys.read_grid),
    "marked": Family(surveys.make_marked, surveys.read_marked),
    "history": Family(surveys.make_history, surveys.read_history),
    "rules": Family(surveys.make_rules, surveys.read_rules),
}
NAMES = tuple(FAMILIES)
# Inputs of a family among as many as all shares are: what is read in a moment comes more often.
SHARES = {"tables": 2, "frames": 2, "workbooks": 4, "settings": 2, "public": 3, "foreign": 3}
TURNS = tuple(name for turn in range(4) for name in NAMES if turn < SHARES.get(name, 1))


def list_numbers(count: int, start: int, family: str = "") -> list[int]:
    """Numbers of inputs; of one family, those that make its inputs."""
    if not family:
        return list(range(start, start + count))
    turns = [turn for turn, name in enumerate(TURNS) if name == family]
    return [
        len(TURNS) * (k // len(turns)) + turns[k % len(turns)] for k in range(start, start + count)
    ]


def run_input(number: int, folder: Path) -> str:
    """Make and read the input of a number; "" where it was read, else the sentence that refused it.

    Anything but that is raised.
    """
    family = FAMILIES[TURNS[number % len(TURNS)]]
    path = family.make(random.Random(number), folder)
    try:
        family.read(path)
    except pn.PartnetError as error:
        assert str(error).strip(), "refused without a word"
        assert "row <NA>" not in str(error), "a place that is none"
        return str(error)
    return ""
