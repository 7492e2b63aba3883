"""A State out of a store is the State built from the files, row for row."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("ibis")
pytest.importorskip("duckdb")

from partnet.io.read import read_network
from partnet.public.build import build_network
from partnet.public.readers.catalog import read_public_files
from partnet.public.reading.family import PublicFile, Scope
from partnet.public.region import make_region
from partnet.report import write_report
from partnet.store.extraction import extract_files
from partnet.store.store import open_store
from tests.public.readers.files import write_hospitals, write_pilot
from tests.shared_data import (
    ADJACENCY,
    BMF_NE,
    CHARMCARE,
    CMS,
    FCC,
    HRSA_SAMPLE,
    NCHS,
    OEPS,
    RUCC_2013,
    SCHEDULE_I,
    SPONSORS,
    needs_shared_data,
)

REAL = [ADJACENCY, CMS, FCC, HRSA_SAMPLE, SCHEDULE_I, SPONSORS, BMF_NE, NCHS, OEPS, RUCC_2013]
STATES = ("NE", "KS", "IA", "TX", "")


def write_rows(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def assert_same_folder(left: Path, right: Path) -> None:
    """Hold two folders against each other, byte for byte."""
    names = sorted(item.name for item in right.iterdir())
    assert sorted(item.name for item in left.iterdir()) == names and names
    for name in names:
        assert (left / name).read_bytes() == (right / name).read_bytes(), name


def assert_same_file(found: PublicFile, read: PublicFile) -> None:
    """Hold a file out of a store against the file as its reader reads it."""
    assert found.tables.keys() == read.tables.keys()
    for name, table in read.tables.items():
        pd.testing.assert_frame_equal(found.tables[name], table)
    assert found.problems == read.problems
    assert found.row_states == read.row_states and found.owners == read.owners
    assert {id_: found.names.get(id_) for id_ in read.names} == read.names
    for part in ("file", "release", "rows_read", "states", "reader", "family"):
        assert getattr(found, part) == getattr(read, part), part


def test_a_state_is_the_same_folder_as_from_the_files(tmp_path: Path) -> None:
    files = [write_hospitals(tmp_path), write_pilot(tmp_path)]
    with open_store(tmp_path / "nation.duckdb") as store:
        store.add(files)
        result = store.extract(tmp_path / "stored", state="NE", border_km=150)
        net = store.network(state="NE", border_km=150)
    built = build_network(tmp_path / "built", files, state="NE", border_km=150)
    assert_same_folder(tmp_path / "stored", tmp_path / "built")
    assert built.log is not None and result.sentences == built.log.sentences
    assert set(net.ids) >= {"ccn-280061"}


@pytest.mark.slow
@needs_shared_data
@pytest.mark.parametrize(
    ("state", "km", "wide"), [("NE", 150.0, False), ("MD", 0.0, False), ("NE", 0.0, True)]
)
def test_a_state_of_real_files_is_the_same_folder(
    tmp_path: Path, state: str, km: float, wide: bool
) -> None:
    with open_store(tmp_path / "nation.duckdb") as store:
        store.add(REAL, wide=wide)
        store.extract(tmp_path / "stored", state=state, border_km=km)
    build_network(tmp_path / "built", REAL, state=state, border_km=km, wide=wide)
    assert_same_folder(tmp_path / "stored", tmp_path / "built")


@pytest.mark.slow
@needs_shared_data
def test_a_report_out_of_a_store_has_the_bytes_of_one_from_the_files(tmp_path: Path) -> None:
    """Tax files and grants beside hospitals and sites."""
    files = [CMS, FCC, SCHEDULE_I, SPONSORS, BMF_NE]
    with open_store(tmp_path / "nation.duckdb") as store:
        store.add(files)
        stored = store.network(state="NE")
    built = build_network(tmp_path / "built", files, state="NE")
    assert stored == built and list(stored.ids) == list(built.ids) and len(built.ids) > 100
    day = "2026-06-30"
    pages = [
        write_report(net, tmp_path / f"{name}.html", as_of=day).read_bytes()
        for name, net in (("stored", stored), ("built", built))
    ]
    assert pages[0] == pages[1]


PRACTICE = {
    "contacts": "organization,date,mode\nccn-280061,2026-01-05,visit\n",
    "ratings": "rater,rated,dimension,value\nccn-281301,ccn-280061,trust,3\n",
    "goals": "goal,organization,target\nMore visits,ccn-280061,5\n",
    "measurements": "goal,date,value\nMore visits,2026-02-01,2\n",
}  # what a State keeps of its own beside what the public files say


@pytest.mark.slow
def test_tables_of_practice_stay_where_a_state_is_taken_out_again(tmp_path: Path) -> None:
    older, newer = [write_hospitals(tmp_path)], [write_pilot(tmp_path)]
    stored, built = tmp_path / "stored", tmp_path / "built"
    with open_store(tmp_path / "nation.duckdb") as store:
        store.add(older)
        store.extract(stored, state="NE")
        build_network(built, older, state="NE")
        for folder in (stored, built):
            for name, text in PRACTICE.items():
                (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        store.add(newer)
        store.extract(stored, state="NE", update=True)
    build_network(built, [*older, *newer], state="NE", update=True)
    assert_same_folder(stored, built)
    net = read_network(stored)
    assert all(len(net.table(name)) == 1 for name in PRACTICE) and not net.problems


@needs_shared_data
def test_a_directory_is_of_the_state_that_it_is_said_to_be_of(tmp_path: Path) -> None:
    with open_store(tmp_path / "nation") as store:  # a folder of Parquet
        store.add([CHARMCARE], home="MD")
        store.extract(tmp_path / "stored", state="MD")
    build_network(tmp_path / "built", [CHARMCARE], state="MD")
    assert_same_folder(tmp_path / "stored", tmp_path / "built")


@st.composite
def subawards(draw: st.DrawFn) -> list[dict[str, str]]:
    """Subawards whose parties stand in several States, and of which some are reported again."""
    ueis = ("", "ABCDEFGHJK12", "MNPQRSTUVW34")
    rows = []
    for _ in range(draw(st.integers(1, 12))):
        rows.append(
            {
                "prime_award_unique_key": draw(st.sampled_from(("K1", "K2"))),
                "prime_awardee_name": draw(st.sampled_from(("State of X", "Big Hospital"))),
                "prime_awardee_uei": draw(st.sampled_from(ueis)),
                "prime_awardee_state_code": draw(st.sampled_from(STATES)),
                "subaward_number": draw(st.sampled_from(("1", "2"))),
                "subaward_amount": draw(st.sampled_from(("5", "5", "0", "x"))),
                "subawardee_uei": draw(st.sampled_from(ueis)),
                "subawardee_name": draw(st.sampled_from(("Clinic A", "Clinic B"))),
                "subawardee_city_name": draw(st.sampled_from(("", "Town"))),
                "subawardee_state_code": draw(st.sampled_from(STATES)),
                "subawardee_zip_code": draw(st.sampled_from(("68739", "8739", ""))),
            }
        )
    return rows


@st.composite
def hospitals(draw: st.DrawFn) -> list[dict[str, str]]:
    """Hospitals of which some stand twice, in one State or in two."""
    rows = []
    for _ in range(draw(st.integers(1, 10))):
        rows.append(
            {
                "Facility ID": draw(st.sampled_from(("280001", "280002", "28003", ""))),
                "Facility Name": draw(st.sampled_from(("One", "Two", ""))),
                "State": draw(st.sampled_from(STATES)),
                "ZIP Code": draw(st.sampled_from(("68739", "8739", "x"))),
                "County Name": draw(st.sampled_from(("Cedar", "Cedr", "Nowhere"))),
                "Hospital Type": draw(st.sampled_from(("Critical Access Hospitals", "Acute"))),
                "Hospital Ownership": "Government",
                "Emergency Services": draw(st.sampled_from(("Yes", "No"))),
            }
        )
    return rows


@st.composite
def sponsors(draw: st.DrawFn) -> list[dict[str, str]]:
    """Sponsors, whose names count in every State."""
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        rows.append(
            {
                "EIN": draw(st.sampled_from(("123456789", "12345678", "987654321", ""))),
                "NAME": draw(st.sampled_from(("Fund A", "Fund B", ""))),
                "TAXYEAR": "2020",
                "StateAbbreviationCd": draw(st.sampled_from(STATES)),
                "DonorAdvisedFundsHeldCnt": "1",
            }
        )
    return rows


@pytest.mark.slow
@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    rows=st.one_of(subawards(), hospitals(), sponsors()),
    states=st.sets(st.sampled_from(("NE", "KS", "TX")), min_size=1),
)
def test_a_file_out_of_a_store_is_as_its_reader_reads_it(
    rows: list[dict[str, str]], states: set[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write_rows(tmp_path_factory.mktemp("rows") / "file.csv", rows)
    region = make_region(state=sorted(states))
    with open_store(":memory:") as store:
        store.add([path])
        (found,) = extract_files(store._shelf, region, everybody=True)
    (read,) = read_public_files(path, scope=Scope(region.nearby_states, region.home))
    assert_same_file(found, read)
