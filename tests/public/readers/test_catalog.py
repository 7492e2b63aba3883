"""Every reader: it says what it is, knows its own files, and never ends in a traceback."""

from __future__ import annotations

import csv
import gzip
import io
import random
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet.core.errors import InputError
from partnet.public.readers.catalog import READERS, read_public_files
from partnet.public.reading.family import Scope

DOCS = Path(__file__).parents[3] / "docs" / "public-files.md"
TEXTS = (
    *("", "0", "-999", "N/A", "NE", "Nebraska", "ZZ", "281301", "28130", "01014F", "010658759"),
    *("68920", "2554", "68920-0001", "Cedar", "31027", "1001", "12/31/2025", "45000", "1.4E+14"),
    *("Yes", "Critical Access Hospitals", "H80CS00001", "ST MARY'S", "% JANE DOE", "K31", "E22I"),
    *("$1,000.00", "(5)", "-99.3", "91", "O", "I", "Active", "=1+1", '"', "é", "\x00", "a\nb"),
)
cells = st.sampled_from((*TEXTS, "x" * 70_000)) | st.text(max_size=12)


def make_header(name: str) -> list[str]:
    """The newest headers of a family, one for each of its fields."""
    return [aliases[0] for aliases in READERS[name].family.columns.values()]


@pytest.mark.parametrize("name", READERS)
def test_a_reader_knows_its_own_header_in_any_order_and_case(name: str) -> None:
    header = make_header(name)
    for seed in range(5):
        shuffled = random.Random(seed).sample(header, len(header))
        changed = [
            text.upper().replace(" ", "_") if seed % 2 else text.lower() for text in shuffled
        ]
        fitting = [other for other, reader in READERS.items() if reader.recognize(changed)]
        best = max(fitting, key=lambda other: len(READERS[other].family.find_columns(changed)))
        assert best == name


@pytest.mark.parametrize("name", READERS)
def test_a_reader_says_what_it_is(name: str) -> None:
    family = READERS[name].family
    module = __import__(READERS[name].read.__module__, fromlist=["read"])
    assert family.publisher and family.license and family.becomes
    words = " ".join((module.__doc__ or "").split())
    assert "Source:" in words and "License:" in words and "Columns used" in words
    row = f"| `{name}` | {family.name} | {family.publisher} | {family.license} | {family.becomes} |"
    assert row in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READERS)
def test_a_missing_column_is_named(name: str, tmp_path: Path) -> None:
    family = READERS[name].family
    lost = family.columns[family.required[0]]
    header = [text for text in make_header(name) if text not in lost]
    path = tmp_path / "file.csv"
    path.write_text(",".join(header) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"file\.csv: .*no column"):
        read_public_files(path, expected=name)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, bytes]:
    """A table of some family: columns shuffled or lost, any cells, any encoding."""
    name = draw(st.sampled_from(sorted(READERS)))
    header = draw(st.permutations(make_header(name)))
    header = header[: draw(st.integers(len(header) - 1, len(header)))]
    rows = draw(st.lists(st.lists(cells, max_size=len(header) + 2), max_size=6))
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *rows])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"]))
    return name, out.getvalue().encode(encoding, errors="replace")


def read_anyhow(content: bytes, suffix: str, expected: str = "") -> None:
    """Read bytes as a file; a refusal in words is fine, and every row must be accounted for."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        for scope in (Scope(), Scope(frozenset({"NE"}), "NE")):
            try:
                files = read_public_files(path, expected=expected, scope=scope)
            except InputError as error:
                assert str(error).startswith("file")
                continue
            for file in files:
                aside = {p.where.row for p in file.problems if p.set_aside == "row"}
                assert len(aside | file.owners.keys()) <= file.rows_read
                assert file.tables["organizations"]["id"].is_unique


@settings(max_examples=60)
@given(tables())
def test_hostile_tables_never_end_in_a_traceback(table: tuple[str, bytes]) -> None:
    name, content = table
    read_anyhow(content, ".csv", name)
    read_anyhow(content, ".csv")


@settings(max_examples=30)
@given(tables(), st.sampled_from([".gz", ".zip"]), st.floats(0, 1))
def test_cut_archives_never_end_in_a_traceback(
    table: tuple[str, bytes], suffix: str, share: float
) -> None:
    _, content = table
    out = io.BytesIO()
    if suffix == ".gz":
        out.write(gzip.compress(content))
    else:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("file.csv", content)
    packed = out.getvalue()
    read_anyhow(packed[: int(share * len(packed))], suffix)


@settings(max_examples=30)
@given(st.binary(max_size=400), st.sampled_from([".csv", ".gz", ".zip", ".txt"]))
def test_any_bytes_never_end_in_a_traceback(content: bytes, suffix: str) -> None:
    read_anyhow(content, suffix)
