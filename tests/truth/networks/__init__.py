"""Networks of other kinds than the two coalitions: each is a file that somebody could have sent."""

from __future__ import annotations

from pathlib import Path

from . import behavioral, border, hospital_system, maternal, tribal

NETWORKS = {
    one.__name__.rpartition(".")[2]: one.TABLES
    for one in (behavioral, border, hospital_system, maternal, tribal)
}


def write_network(folder: Path, name: str) -> Path:
    """Write the tables of one of them as CSV files."""
    for table, text in NETWORKS[name].items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    return folder
