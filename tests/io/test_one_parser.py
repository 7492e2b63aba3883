"""One parser: odd cells give the same value through every door."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
import xlsxwriter

import partnet as pn
from partnet.public.reading import codes
from partnet.public.reading.family import Journal

# column: what people type, and what it means; ZIP codes stand with their State
ZIPS = [
    ("68739", "NE", "68739"), ("68739-1234", "NE", "68739"), ("687391234", "NE", "68739"),
    ("68739.0", "NE", "68739"), ("NE 68739", "NE", "68739"), ("1730", "MA", "01730"),
    ("1730.0", "MA", "01730"), ("1730-1234", "MA", "01730"), ("6520", "CT", "06520"),
    ("4101", "ME", "04101"), ("3301", "NH", "03301"), ("7001", "NJ", "07001"),
    ("2901", "RI", "02901"), ("5401", "VT", "05401"), ("680", "PR", "00680"),
    ("801", "VI", "00801"),
    ("7501", "TX", ""), ("730", "MA", ""), ("123456", "NE", ""), ("abc", "NE", ""),
    ("N/A", "NE", ""),
    ("unknown", "NE", ""), ("-", "NE", ""), ("?", "NE", ""), ("", "NE", ""),
]  # fmt: skip
STATES = [
    ("NE", "NE"), ("ne", "NE"), ("Nebraska", "NE"), ("nebraska ", "NE"), ("N.E.", "NE"),
    ("New Mexico", "NM"), ("N. M.", "NM"), ("D.C.", "DC"), ("Puerto Rico", "PR"), ("Nebrasca", ""),
    ("N/A", ""), ("unknown", ""), ("--", ""),
]  # fmt: skip
FIPS = [
    ("31027", "31027"), ("31027.0", "31027"), ("'31027", "31027"), ("31-027", "31027"),
    ("US31027", "31027"), ("0500000US31027", "31027"), ("1001", "01001"), ("1001.0", "01001"),
    ("6059", "06059"), ("46113", "46102"), ("02270", "02158"), ("2270", "02158"),
    ("51515", "51019"),
    ("02261", "02261"), ("99999", ""), ("310270", ""), ("TBD", ""), (".", ""), ("n/a", ""),
]  # fmt: skip
COUNTIES = [
    ("Cedar", "NE", "31027"), ("cedar county", "NE", "31027"), ("CEDAR CO.", "NE", "31027"),
    ("Cedar, NE", "NE", "31027"), ("Cedar County, Nebraska", "NE", "31027"),
    ("County of Cedar", "NE", "31027"), ("Scott Bluff", "NE", "31157"), ("Doña Ana", "NM", "35013"),
    ("Dona Ana County", "NM", "35013"), ("DoÃ±a Ana", "NM", "35013"),
    ("Don\u0303a Ana", "NM", "35013"), ("Saint Louis", "MO", "29189"), ("St. Louis", "MO", "29189"),
    ("St. Louis City", "MO", "29510"), ("City of St. Louis", "MO", "29510"),
    ("Prince George\u2019s", "MD", "24033"), ("Prince Georges County", "MD", "24033"),
    ("O'Brien", "IA", "19141"), ("DeKalb", "IL", "17037"), ("De Kalb", "IL", "17037"),
    ("Acadia Parish", "LA", "22001"), ("Acadia", "LA", "22001"), ("Richmond City", "VA", "51760"),
    ("Washington", "DC", "11001"), ("St. Croix", "VI", "78010"), ("Shannon", "SD", "46102"),
    ("Wade Hampton", "AK", "02158"), ("Dade", "FL", "12086"), ("King & Queen", "VA", "51097"),
    ("Nowhere", "NE", ""), ("Unknown", "NE", ""), ("Cedar, SD", "NE", ""),
]  # fmt: skip
CCNS = [
    ("281301", "281301"), ("28-1301", "281301"), ("281301.0", "281301"), ("10005", "010005"),
    ("10005.0", "010005"), ("28Z301", "28Z301"), ("28z301", "28Z301"), ("281", ""), ("none", ""),
    ("TBD", ""),
]  # fmt: skip
EINS = [
    ("061234567", "061234567"), ("06-1234567", "061234567"), ("61234567", "061234567"),
    ("61234567.0", "061234567"), ("1234567", "001234567"), ("12", ""), ("N/A", ""), ("0", ""),
]  # fmt: skip
NPIS = [("1234567893", "1234567893"), ("1234567893.0", "1234567893"), ("123", ""), ("pending", "")]
NUMBERS = [  # of latitudes
    ("42.6", 42.6), (" 42.6 ", 42.6), ("+42.6", 42.6), ("-42.6", -42.6), ("\u221242.6", -42.6),
    ("(42.6)", -42.6), ("42", 42.0), ("42.", 42.0), (".5", 0.5), ("4.26e1", 42.6), ("42.6 N", 42.6),
    ("142.6", None), ("-999", None), ("-9999", None), ("N/A", None), ("-", None), ("?", None),
    ("unknown", None), ("north", None), ("4O", None),
]  # fmt: skip
YES_NO = [
    ("yes", "yes"), ("Y", "yes"), ("TRUE", "yes"), ("1", "yes"), ("1.0", "yes"), ("x", "yes"),
    ("✓", "yes"), ("Checked", "yes"), ("no", "no"), ("N", "no"), ("False", "no"), ("0", "no"),
    ("0.0", "no"), ("Unchecked", "no"), ("maybe", ""), ("N/A", ""), ("don't know", ""), ("?", ""),
]  # fmt: skip
DAYS = [
    ("2026-03-14", "2026-03-14"), ("2026-3-4", "2026-03-04"), ("2026/03/14", "2026-03-14"),
    ("2026.03.14", "2026-03-14"), ("20260314", "2026-03-14"), ("2026-03-14T09:30:00", "2026-03-14"),
    ("2026-03-14 09:30:00+00:00", "2026-03-14"), ("2026-03-14T09:30:00Z", "2026-03-14"),
    ("3/14/2026", "2026-03-14"), ("03/14/2026", "2026-03-14"), ("3/14/26", "2026-03-14"),
    ("3/2/22", "2022-03-02"), ("7/1/99", "1999-07-01"), ("3-14-2026", "2026-03-14"),
    ("3/14/2026 9:30", "2026-03-14"), ("3/14/2026 9:30 AM", "2026-03-14"),
    ("14.03.2026", "2026-03-14"), ("14-Mar-26", "2026-03-14"), ("14-Mar-2026", "2026-03-14"),
    ("14 March 2026", "2026-03-14"), ("14th of March 2026", "2026-03-14"),
    ("March 14, 2026", "2026-03-14"), ("Mar. 14, 2026", "2026-03-14"),
    ("Sept 5, 2025", "2025-09-05"),
    ("March 14th, 2026", "2026-03-14"), ("Saturday, March 14, 2026", "2026-03-14"),
    ("Sat 14 Mar 2026", "2026-03-14"), ("Mar 2026", "2026-03-01"), ("March 2026", "2026-03-01"),
    ("Mar-26", "2026-03-01"), ("May 2023", "2023-05-01"), ("3/2026", "2026-03-01"),
    ("2026-03", "2026-03-01"), ("2026", "2026-01-01"), ("46095", "2026-03-14"),
    ("46095.5", "2026-03-14"), ("2026-13-01", ""), ("2026-02-30", ""), ("13/13/2026", ""),
    ("1850-01-01", ""), ("soon", ""), ("TBD", ""), ("N/A", ""), ("unknown", ""), ("-", ""),
]  # fmt: skip
LEVELS = [
    ("executive", "executive"), ("CEO", "executive"), ("Administrator", "executive"),
    ("Executive Director", "executive"), ("manager", "manager"), ("Supervisor", "manager"),
    ("Program Coordinator", "manager"), ("staff", "staff"), ("RN", "staff"), ("N/A", ""),
    ("king", ""),
]  # fmt: skip
DIRECTIONS = [
    ("yes", "yes"), ("directed", "yes"), ("one-way", "yes"), ("->", "yes"), ("no", "no"),
    ("undirected", "no"), ("Mutual", "no"), ("both", "no"), ("Bidirectional", "no"),
    ("two-way", "no"), ("reciprocal", "no"), ("<->", "no"), ("perhaps", ""), ("N/A", ""),
]  # fmt: skip
COLUMNS: dict[str, list[tuple[str, object]]] = {
    "zip": [(text, right) for text, _, right in ZIPS],
    "county_fips": [*FIPS],
    "ccn": [*CCNS], "ein": [*EINS], "npi": [*NPIS], "latitude": [*NUMBERS], "context": [*YES_NO],
}  # fmt: skip
TIES: dict[str, list[tuple[str, object]]] = {
    "since": [*DAYS], "level": [*LEVELS], "directed": [*DIRECTIONS],
}  # fmt: skip

Frames = dict[str, list[dict[str, str]]]
Door = Callable[[Frames, Path], pn.Network]


def make_frames(column: str) -> Frames:
    """One organization a cell of a column; for a column of ties, one tie a cell."""
    cells = [*(COLUMNS.get(column) or TIES.get(column, []))]
    texts = [text for text, _ in cells]
    if column in ("county", "state"):
        texts = [row[0] for row in (COUNTIES if column == "county" else STATES)]
    ids = [f"o{k}" for k in range(len(texts) + 1)]
    organizations = [{"id": i, "name": f"Organization {i}", "kind": "hospital"} for i in ids]
    ties = [
        {"source": ids[0], "target": i, "relation": "contract", "strength": "monthly"}
        for i in ids[1:]
    ]
    rows = ties if column in TIES else organizations[1:]
    for row, text in zip(rows, texts, strict=True):
        row[column] = text
    states = {"zip": ZIPS, "county": COUNTIES}.get(column, [])
    for row, cell in zip(rows, states, strict=False):
        row["state"] = cell[1]
    return {"organizations": organizations, "ties": ties}


def list_headers(rows: list[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def by_csv(frames: Frames, folder: Path) -> pn.Network:
    for name, rows in frames.items():
        pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False)
    return pn.read_network(folder)


def by_excel(frames: Frames, folder: Path) -> pn.Network:
    with xlsxwriter.Workbook(folder / "net.xlsx") as book:
        for name, rows in frames.items():
            sheet = book.add_worksheet(name)
            headers = list_headers(rows)
            table = [headers, *([row.get(h, "") for h in headers] for row in rows)]
            for k, cells in enumerate(table):
                for j, text in enumerate(cells):
                    sheet.write_string(k, j, text)
    return pn.read_network(folder / "net.xlsx")


def by_ods(frames: Frames, folder: Path) -> pn.Network:
    uri = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{n}="{uri}:{n}:1.0"' for n in ("office", "table", "text"))
    sheets = "".join(_ods_sheet(name, rows) for name, rows in frames.items())
    content = (
        f'<office:document-content {spaces} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{uri}:manifest:1.0"/>'
    with zipfile.ZipFile(folder / "net.ods", "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return pn.read_network(folder / "net.ods")


def _ods_sheet(name: str, rows: list[dict[str, str]]) -> str:
    headers = list_headers(rows)
    table = [headers, *([row.get(h, "") for h in headers] for row in rows)]
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ("".join(cell.format(escape(text)) for text in cells) for cells in table)
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    return f'<table:table table:name="{name}">{body}</table:table>'


def by_frame(frames: Frames, folder: Path) -> pn.Network:
    return pn.read_network({name: pd.DataFrame(rows) for name, rows in frames.items()})


def by_networkx(frames: Frames, folder: Path) -> pn.Network:
    graph = nx.MultiDiGraph()
    for row in frames["organizations"]:
        graph.add_node(row["id"], **{k: v for k, v in row.items() if k != "id"})
    for row in frames["ties"]:
        ends = ("source", "target")
        graph.add_edge(
            row["source"], row["target"], **{k: v for k, v in row.items() if k not in ends}
        )
    return pn.Network.from_networkx(graph)


DOORS: dict[str, Door] = {
    "csv": by_csv, "excel": by_excel, "ods": by_ods, "frame": by_frame, "networkx": by_networkx,
}  # fmt: skip


def plain(value: object) -> object:
    """A value as the lists above say it."""
    if value is pd.NaT:
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return None if isinstance(value, float) and value != value else value


@pytest.mark.parametrize("column", [*COLUMNS, *TIES, "state", "county"])
@pytest.mark.parametrize("door", DOORS)
def test_every_door_reads_a_cell_alike(door: str, column: str, tmp_path: Path) -> None:
    net = DOORS[door](make_frames(column), tmp_path)
    right = [r for _, r in COLUMNS.get(column) or TIES.get(column, [])]
    right = right or [row[-1] for row in (COUNTIES if column == "county" else STATES)]
    table = net.table("ties") if column in TIES else net.table("organizations").iloc[1:]
    read = [plain(v) for v in table["county_fips" if column == "county" else column]]
    if column == "directed" and door == "networkx":
        # what an edge does not say, the graph does: it is directed
        right = [
            value or "yes" if text == "" else value
            for value, (text, _) in zip(right, DIRECTIONS, strict=True)
        ]
    assert read == right


@pytest.mark.parametrize(
    ("read", "cells"),
    [
        (codes.read_ccn, CCNS),
        (codes.read_ein, EINS),
        (codes.read_npi, NPIS),
        (codes.read_fips, [cell for cell in FIPS if cell[0][:1].isdigit()]),
    ],
)
def test_public_files_read_codes_alike(
    read: Callable[[str, int, Journal], str], cells: list[tuple[str, str]]
) -> None:
    journal = Journal("x.csv")
    assert [read(text, 2, journal) for text, _ in cells] == [right for _, right in cells]


def test_public_files_read_places_and_days_alike() -> None:
    journal = Journal("x.csv")
    zips = [codes.read_zip(text, state, 2, journal) for text, state, _ in ZIPS]
    assert zips == [right for *_, right in ZIPS]
    counties = [codes.read_county(text, state, 2, journal) for text, state, _ in COUNTIES]
    assert counties == [right for *_, right in COUNTIES]
    assert [codes.read_state(text) for text, _ in STATES] == [right for _, right in STATES]
    assert [codes.read_day(text) for text, _ in DAYS] == [right for _, right in DAYS]


def count_cells() -> Iterator[int]:
    for cells in (*COLUMNS.values(), *TIES.values(), STATES, COUNTIES):
        yield len(cells)


def test_there_are_two_hundred_cells() -> None:
    assert sum(count_cells()) >= 200
