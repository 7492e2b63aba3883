"""How people write that an organization has closed, and what stands in the table then."""

from __future__ import annotations

import pandas as pd
import pytest

from partnet.core.network import Network
from partnet.io.read import read_network
from partnet.io.shapes.rows.closing import read_closing

NAMES = ["Alder Hospital", "Birch Clinic", "Cedar Hospital"]


def read(**columns: list[str]) -> Network:
    """Three organizations of a sheet with a column of the user's own, and a tie."""
    sheet = {"Name": NAMES, "Kind": ["hospital", "rural health clinic", "hospital"], **columns}
    ties = {"From": ["Alder Hospital"], "To": ["Cedar Hospital"], "Last contact": ["2026-01-01"]}
    return read_network({"organizations": pd.DataFrame(sheet), "ties": pd.DataFrame(ties)})


@pytest.mark.parametrize(
    ("column", "cells", "day"),
    [
        ("Status", ["Open", "Closed 2023-05", "Active"], "2023-05-01"),
        ("Status", ["Open", "CLOSED", "Active"], ""),
        ("Operating status", ["", "Permanently closed (2022)", ""], "2022-01-01"),
        ("Status", ["", "Ceased operations June 2021", ""], "2021-06-01"),
        ("Closed", ["", "5/31/2023", "no"], "2023-05-31"),
        ("Closed", ["", "x", ""], ""),
        ("Closed?", ["No", "Yes", "No"], ""),
        ("Date closed", ["", "May 2023", ""], "2023-05-01"),
        ("Closure date", ["", "5/1/2023", ""], "2023-05-01"),
        ("Still open?", ["Y", "N", "Y"], ""),
        ("Notes", ["closed on Mondays", "Closed in 2021", "closed Sundays 2021"], "2021-01-01"),
        ("Name", ["Alder Hospital", "Birch Clinic (closed 2023)", "Cedar Hospital"], "2023-01-01"),
        ("Name", ["Alder Hospital", "Birch Clinic - CLOSED", "Cedar Hospital"], ""),
        ("Name", ["Alder Hospital", "CLOSED: Birch Clinic", "Cedar Hospital"], ""),
    ],
)
def test_closed_is_understood(column: str, cells: list[str], day: str) -> None:
    net = read(**{column: cells})
    closed = net.at("2026-02-01").closed
    assert closed["name"].tolist() == ["Birch Clinic"]
    assert (
        "" if pd.isna(closed["closed_on"].iloc[0]) else f"{closed['closed_on'].iloc[0]:%Y-%m-%d}"
    ) == day
    assert net.n == 3 and net.at("2026-02-01").n == 2


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("Status", ["Open", "Merged", "Temporarily closed"]),
        ("Membership status", ["Active", "Closed", "Active"]),
        ("Hours", ["9-5", "Closed", "9-5"]),
        ("Notes", ["", "closed the deal in 2021", "closed"[:0]]),
        ("Closed", ["no", "no", ""]),
        ("Still open?", ["Y", "Y", ""]),
        ("Name", ["Alder Hospital", "Birch Clinic (Closed Door Pharmacy)", "Cedar Hospital"]),
    ],
)
def test_other_words_close_nobody(column: str, cells: list[str]) -> None:
    net = read(**{column: cells})
    assert net.at("2026-02-01").n == 3


def test_a_closing_to_come_counts_when_it_comes() -> None:
    net = read(Status=["Open", "Closing 12/31/2026", "Open"])
    assert net.at("2026-12-31").n == 3 and net.at("2027-01-01").n == 2


def test_who_closed_is_named_and_doubt_is_said() -> None:
    told = [str(p) for p in read(Status=["Open", "Closed 2023-05", "Open"]).problems]
    assert any(
        '"Closed 2023-05" under "Status"' in text and "Birch Clinic" in text for text in told
    )
    told = [str(p) for p in read(Status=["Open", "Merged", "Open"]).problems]
    assert any('"Merged"' in text and "stay on the list" in text for text in told)
    told = [str(p) for p in read(**{"End date": ["", "2024-01-01", ""]}).problems]
    assert any("End date" in text and "Closed on" in text for text in told)


def test_a_long_cell_is_read_in_a_moment() -> None:
    assert read_closing("closed " * 20_000) is None
    net = read(Name=["Alder Hospital", "Birch " + "( - " * 25_000, "Cedar Hospital"])
    assert net.at("2026-02-01").n == 3
