"""From public files to a report: whole States, counted against the raw files."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnet import build_network, build_report, check_tables, read_network
from partnet.report.html import render_html
from partnet.report.model import FactsBlock, NoteBlock, Report, TableBlock

from ..shared_data import CMS, FCC, needs_shared_data, read_raw

pytestmark = needs_shared_data

CAH_TYPE = "Critical Access Hospitals"
RNHN = "Rural Nebraska Healthcare Network"


def build(state: str, folder: Path, **settings: object) -> Report:
    built = build_network(folder, [CMS, FCC], state=state, **settings).log  # type: ignore[arg-type]
    assert "historical" in built.text and "affinity" in built.text
    assert not (check_tables(folder).table["level"] == "error").any()
    return build_report(read_network(folder), as_of="2026-11-01")


@pytest.fixture(scope="module")
def nebraska(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return build("NE", tmp_path_factory.mktemp("ne") / "net")


def find_table(report: Report, sheet: str) -> TableBlock:
    blocks = report.section("inventory").blocks
    return next(b for b in blocks if isinstance(b, TableBlock) and b.sheet == sheet)


@pytest.mark.slow
def test_nebraska_names_every_critical_access_hospital(nebraska: Report) -> None:
    rows = read_raw(CMS, "cp1252")
    raw = [r for r in rows if r["State"] == "NE" and r["Hospital Type"] == CAH_TYPE]
    table = find_table(nebraska, "Critical Access Hospitals")
    assert sorted(table.frame["id"]) == sorted(f"ccn-{row['Facility ID']}" for row in raw)
    assert f"{len(raw)} Critical Access Hospitals" in nebraska.section("summary").lead[0]
    page = render_html(nebraska).decode("utf-8").replace("&#39;", "'").replace("&amp;", "&")
    assert all(name in page for name in table.frame["name"])


@pytest.mark.slow
def test_nebraska_names_its_rural_health_network_with_its_sites(nebraska: Report) -> None:
    sites = [row for row in read_raw(FCC, "cp1252") if row["applicatio"].strip() == RNHN]
    groups = find_table(nebraska, "Groups").frame.set_index("group")
    row = groups.loc[f"{RNHN} (2012, historical)"]
    assert 0 < row["n_members"] <= len(sites)
    assert row["n_members"] >= len({site["hcpaddr_ci"].casefold() for site in sites}) > 20
    assert RNHN in render_html(nebraska).decode("utf-8")


def test_every_section_calls_the_graph_affinity_and_the_sites_historical(nebraska: Report) -> None:
    for section in ("central", "bridges", "recommendations"):
        assert "affinity" in " ".join(nebraska.section(section).lead)
    notes = [b for b in nebraska.section("summary").blocks if isinstance(b, NoteBlock)]
    assert notes[0].text.startswith("No working tie is on file")
    assert "historical" in nebraska.note


@pytest.mark.slow
@pytest.mark.parametrize("state", ["NE", "IA", "MN"])
def test_neighbors_are_context_and_nothing_is_asked_of_them(state: str, tmp_path: Path) -> None:
    report = build(state, tmp_path / "net", border_km=150)
    net = read_network(tmp_path / "net")
    own = set(net.ids[~net.is_context])
    assert 0 < len(own) < net.n
    tiles = next(b for b in report.section("summary").blocks if isinstance(b, FactsBlock))
    assert tiles.facts[0][0].startswith("organizations in ")
    assert tiles.facts[0][1] == f"{len(own):,}"
    blocks = report.section("gaps").blocks
    pairs = next(b for b in blocks if isinstance(b, TableBlock) and b.sheet == "Gaps overlap")
    ends = zip(pairs.frame["organization"], pairs.frame["other"], strict=True)
    assert all(own & set(pair) for pair in ends)
