"""Likely doubles are named in the user's own file, and what is judged there is obeyed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import partnet as pn
from partnet.core import network
from partnet.core.rows.ties import derive_ties
from partnet.io import twins

CENTER = "St. Mary Regional Medical Center"
NAMES = ["Saint Mary Reg Med Ctr", "Wagon Trail", "Cedar Clinic", CENTER]


def frame(names: list[str], **more: str) -> pd.DataFrame:
    return pd.DataFrame({"name": names}).assign(kind="hospital", **more)


def list_found(tables: dict[str, pd.DataFrame]) -> list[str]:
    table = pn.check_tables(tables).table
    return table.loc[table["allowed"] == twins.ALLOWED, "found"].tolist()


def test_a_double_is_named_with_what_would_decide() -> None:
    table = pn.check_tables({"organizations": frame(NAMES, zip="68739")}).table
    row = table[table["allowed"] == twins.ALLOWED].iloc[0]
    assert (row["level"], row["row"], row["column"]) == ("note", 4, "name")
    assert row["found"] == (
        '"St. Mary Regional Medical Center" and "Saint Mary Reg Med Ctr" in row 1: the same name, '
        "both at ZIP 68739; the street address, NPI or EIN of both would tell"
    )


def test_without_a_place_names_alone_are_looked_at() -> None:
    assert len(list_found({"organizations": frame(NAMES)})) == 1
    assert list_found({"organizations": frame(["Cedar Clinic", "Knox Hospital"])}) == []


@pytest.mark.parametrize("names", [(NAMES[0], NAMES[3]), (NAMES[3].upper(), NAMES[0])])
def test_a_judgment_in_the_file_settles_it_under_names(names: tuple[str, str]) -> None:
    judged = pd.DataFrame({"a": [names[0]], "b": [names[1]], "judgment": ["not the same"]})
    tables = {"organizations": frame(NAMES, zip="68739"), "judgments": judged}
    assert list_found(tables) == []
    net = pn.read_network(tables)
    assert set(net.table("judgments")[["a", "b"]].iloc[0]) < set(net.ids)


def test_what_is_judged_the_same_is_to_be_one_row() -> None:
    judged = pd.DataFrame({"a": [NAMES[1]], "b": [NAMES[2]], "judgment": ["same"]})
    found = list_found({"organizations": frame(NAMES), "judgments": judged})
    assert '"Cedar Clinic" and "Wagon Trail" in row 2: judged to be the same' in found


def test_sources_of_public_files_keep_their_ids() -> None:
    judged = pd.DataFrame({"a": ["cms:1"], "b": ["irs:2"], "judgment": ["same"]})
    net = pn.read_network({"organizations": frame(NAMES), "judgments": judged})
    assert net.table("judgments")[["a", "b"]].values.tolist() == [["cms:1", "irs:2"]]


def test_too_many_without_a_place_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twins, "MOST_NOWHERE", 3)
    assert list_found({"organizations": frame(NAMES)}) == [
        "4 organizations, too many of them without a ZIP code or county"
    ]


def test_doubles_of_a_workbook_are_marked_at_the_later_row(tmp_path: Path) -> None:
    import openpyxl

    frame(NAMES, zip="68739").to_excel(tmp_path / "my.xlsx", sheet_name="Orgs", index=False)
    pn.check_tables(tmp_path / "my.xlsx", output=tmp_path / "marked.xlsx")
    assert openpyxl.load_workbook(tmp_path / "marked.xlsx")["Orgs"]["A5"].comment


def test_a_center_and_its_site_are_two() -> None:
    rows = [
        {"name": name, "kind": "health center", "state": "NE", "zip": "68739"}
        for name in ("Northern Prairie Community Health", "Northern Prairie Community Health Site")
    ]
    link = {"organization": rows[1]["name"], "parent": rows[0]["name"], "type": "site of"}
    tables = {"organizations": pd.DataFrame(rows)}
    assert "names nearly the same" in str(list_found(tables))
    assert list_found(tables | {"affiliations": pd.DataFrame([link])}) == []


def test_looking_for_doubles_works_out_no_ties(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def count(tables: dict[str, pd.DataFrame], *rest: object) -> pd.DataFrame:
        asked.append([name for name, rows in tables.items() if len(rows)])
        return derive_ties(tables, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(network, "derive_ties", count)
    ties = pd.DataFrame({"source": ["Cedar Clinic"], "target": ["Wagon Trail"]})
    assert len(list_found({"organizations": frame(NAMES, zip="68739"), "ties": ties})) == 1
    assert asked == [[]]
