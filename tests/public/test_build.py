"""Building a State's network: counts, merges, judgments, and a log that explains every row."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from partnet.core.errors import InputError, UsageError
from partnet.core.results.result import Result
from partnet.io.check import check_tables
from partnet.io.read import read_network
from partnet.public.build import build_network, find_office
from tests.shared_data import CMS, FCC, needs_shared_data, read_raw

from .readers.files import write_csv, write_hospitals, write_pilot


def build(folder: Path, **settings: object) -> Result:
    """Build Nebraska from the small files into folder/net."""
    files = settings.pop("files", None) or [write_hospitals(folder), write_pilot(folder)]
    return build_network(folder / "net", files, **{"state": "NE", **settings}).log  # type: ignore[arg-type]


def test_one_place_in_two_files_becomes_one_organization(tmp_path: Path) -> None:
    result = build(tmp_path)
    net = read_network(tmp_path / "net")
    mary = net.organizations.loc["ccn-280061"]
    assert mary["origin"] == "cms.csv, row 4; fcc.csv, row 2"
    assert mary["latitude"] == pytest.approx(41.8867)  # what the first file lacks
    assert mary["name"] == "St. Marys Med Ctr, Inc"  # what it has stays
    assert "fcc-101" not in net.ids
    assert net.table("memberships")["organization"].tolist().count("ccn-280061") == 1
    assert result.tables["merged"][["a", "b"]].values.tolist() == [["ccn-280061", "fcc-101"]]


def test_the_folder_is_a_network_without_errors(tmp_path: Path) -> None:
    build(tmp_path, border_km=150)
    checked = check_tables(tmp_path / "net").table
    assert not (checked["level"] == "error").any()
    net = read_network(tmp_path / "net")
    assert net.title == "Nebraska: organizations in public files"
    assert "historical" in net.note and not net.has_reported_ties
    assert net.newest_date is None  # nothing of 2012 passes for the day of the file


def test_namesakes_carry_their_city(tmp_path: Path) -> None:
    build(tmp_path)
    names = set(read_network(tmp_path / "net").names)
    assert {"Memorial Hospital (Alma)", "Memorial Hospital (Aurora)"} <= names
    assert "Memorial Hospital (Alliance)" in names and "Lincoln Center" in names


def test_groups_of_2012_hold_today_only_under_a_name_that_says_so(tmp_path: Path) -> None:
    build(tmp_path)
    today = read_network(tmp_path / "net").at("2026-06-30")
    assert set(today.table("memberships")["group"]) == {"Plains Health Network (2012, historical)"}
    assert today.table("funding").empty


def test_neighbors_across_the_line_are_context(tmp_path: Path) -> None:
    alone = build(tmp_path)
    assert alone.tables["kinds"]["context"].eq("").all()
    wide = build(tmp_path, border_km=150)
    organizations = read_network(tmp_path / "net").organizations
    across = organizations[organizations["context"] == "yes"]
    assert set(across.index) == {"ccn-161301", "fcc-105"}  # Hamburg; Alabama is too far
    assert "2 more lie across the State line" in wide.text


def test_every_row_is_accounted_for(tmp_path: Path) -> None:
    table = build(tmp_path).table.set_index("file")
    parts = table[["used", "elsewhere", "set_aside"]].sum(axis=1)
    assert parts.tolist() == table["rows_read"].tolist() == [7, 6]
    assert table.loc["fcc.csv", "set_aside"] == 1
    log = (tmp_path / "net" / "build_log.txt").read_text(encoding="utf-8")
    assert "Prairie Data" in log and "SCOTT BLUFF, NE" in log
    assert "BOX BUTTE" not in log
    found = json.loads((tmp_path / "net" / "build_log.json").read_text(encoding="utf-8"))
    assert [row["rows_read"] for row in found["table"]] == [7, 6]


def test_one_file_is_enough(tmp_path: Path) -> None:
    build(tmp_path, files=[write_hospitals(tmp_path)])
    hospitals = read_network(tmp_path / "net")
    assert hospitals.n == 4 and len(hospitals.table("services")) == 4
    build(tmp_path, files=[write_pilot(tmp_path)])
    sites = read_network(tmp_path / "net")
    assert sites.n == 3 and len(sites.table("memberships")) == 3


@pytest.mark.slow
def test_a_judgment_survives_the_next_build(tmp_path: Path) -> None:
    first = build(tmp_path, state="IA")
    open_ = first.tables["review"]
    assert open_[["a", "b"]].values.tolist() == [["ccn-161301", "fcc-105"]]
    review = pd.read_csv(tmp_path / "net" / "review.csv", dtype=str, keep_default_na=False)
    for word, size in (("same", 1), ("not the same", 2)):
        judged = review.assign(judgment=word)
        judged.to_csv(tmp_path / "net" / "judgments.csv", index=False)
        for _ in range(2):
            built = build(tmp_path, state="IA")
            assert read_network(tmp_path / "net").n == size
            assert built.tables["review"].empty
            assert "1 judgment on file obeyed." in built.text
        assert not (check_tables(tmp_path / "net").table["level"] == "error").any()


@pytest.mark.slow
def test_an_undone_merge_gives_both_rows_back_as_the_files_have_them(tmp_path: Path) -> None:
    def rows(files: list[Path] | None = None) -> pd.DataFrame:
        build(tmp_path, files=files)
        table = pd.read_csv(
            tmp_path / "net" / "organizations.csv", dtype=str, keep_default_na=False
        )
        return table.set_index("id")

    alone = {
        id_: rows([write(tmp_path)]).loc[id_]
        for id_, write in (("ccn-280061", write_hospitals), ("fcc-101", write_pilot))
    }
    merged = rows()
    assert "fcc-101" not in merged.index
    judged = "a,b,judgment\nccn-280061,fcc-101,not the same\n"
    (tmp_path / "net" / "judgments.csv").write_text(judged, encoding="utf-8")
    apart = rows()
    for id_, row in alone.items():
        told = apart.loc[id_][lambda cells: cells != ""]
        assert told.to_dict() == row[row != ""].to_dict()
    (tmp_path / "net" / "judgments.csv").unlink()
    assert rows().equals(merged)  # the judgment taken back


def test_a_judgment_in_other_words_stops_the_build(tmp_path: Path) -> None:
    build(tmp_path)
    path = tmp_path / "net" / "judgments.csv"
    path.write_text("a,b,judgment\nccn-1,fcc-1,\nccn-1,fcc-2,perhaps\n", encoding="utf-8")
    with pytest.raises(InputError, match=r'row 3, column "judgment": found "perhaps"'):
        build(tmp_path)
    path.write_text("first,second\nccn-1,fcc-1\n", encoding="utf-8")
    with pytest.raises(InputError, match="columns a, b and judgment"):
        build(tmp_path)


def test_wrong_use_is_explained(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="found 'ZZ'"):
        build(tmp_path, state="ZZ")
    with pytest.raises(UsageError, match="At least one is needed"):
        build_network(tmp_path / "net", [], state="NE")
    with pytest.raises(UsageError, match="0 or more"):
        build(tmp_path, border_km=-1)
    with pytest.raises(InputError, match=r"Wyoming: found no organization.*cover AL, IA, MA, NE"):
        build(tmp_path, state="Wyoming")
    assert not (tmp_path / "net").exists()


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "older").mkdir()
    both = [write_hospitals(tmp_path), write_hospitals(tmp_path / "older")]
    with pytest.raises(UsageError, match=r"found cms\.csv twice"):
        build(tmp_path, files=both)


def test_a_folder_with_other_things_is_not_replaced(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "net" / "ties.csv").write_text("source,target,relation\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"found ties\.csv"):
        build(tmp_path)
    assert (tmp_path / "net" / "ties.csv").exists()


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path, border_km=100)
    before = {path.name: path.read_bytes() for path in (tmp_path / "net").iterdir()}
    build(tmp_path, border_km=100)
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "net").iterdir()}


def test_names_that_are_formulas_are_harmless(tmp_path: Path) -> None:
    path = write_pilot(tmp_path)
    text = path.read_text(encoding="utf-8").replace("Lincoln Center Clinic", "=1+1 Clinic")
    path.write_text(text, encoding="utf-8")
    build_network(tmp_path / "net", {"fcc_pilot": path}, state="NE")
    assert ",=1+1" not in (tmp_path / "net" / "organizations.csv").read_text(encoding="utf-8")
    assert "=1+1 Clinic" in set(read_network(tmp_path / "net").names)


@needs_shared_data
@pytest.mark.parametrize("state", ["NE", "IA", "MN"])
def test_real_counts_agree_with_the_raw_files(tmp_path: Path, state: str) -> None:
    result = build_network(tmp_path / "net", [CMS, FCC], state=state).log
    cms = [row for row in read_raw(CMS) if row["State"] == state]
    fcc = [row for row in read_raw(FCC) if row["hcpaddr_st"].strip().upper() == state]
    sites = [row for row in fcc if row["hcptype2"] != "Data Center"]
    net = read_network(tmp_path / "net")
    kinds = Counter(net.organizations["kind"])
    assert kinds["critical_access_hospital"] == sum(
        row["Hospital Type"] == "Critical Access Hospitals" for row in cms
    )
    known = net.organizations["ccn"]
    assert known[known != ""].is_unique and (known != "").sum() == len(cms)
    assert net.n == len(cms) + len(sites) - len(result.tables["merged"])
    assert len(net.table("memberships")) == len(sites)
    table = check_tables(tmp_path / "net").table
    assert not (table["level"] == "error").any()


@needs_shared_data
def test_nebraska_names_its_network_with_its_sites(tmp_path: Path) -> None:
    build_network(tmp_path / "net", [CMS, FCC], state="NE")
    name = "Rural Nebraska Healthcare Network"
    raw = [
        row["hcpnum"]
        for row in read_raw(FCC)
        if row["applicatio"] == name
        and row["hcpaddr_st"] == "NE"
        and row["hcptype2"] != "Data Center"
    ]
    net = read_network(tmp_path / "net")
    memberships = net.table("memberships").set_index("organization")
    members = memberships[memberships["group"] == f"{name} (2012, historical)"].index
    numbers = net.organizations.loc[members, "fcc_site"]
    assert sorted(numbers) == sorted(raw)


def test_the_office_of_rural_health_convenes_the_network_of_its_state() -> None:
    columns = ["id", "kind", "state", "context"]
    rows = [("sorh", "state_office_of_rural_health", "NE", ""), ("h", "hospital", "NE", "")]
    named = pd.DataFrame(rows, columns=columns)
    assert find_office(named, pd.DataFrame(), "NE") == "sorh"
    assert find_office(named, pd.DataFrame(), "") == ""  # several States: nobody convenes both
    agency = pd.DataFrame([("dhhs", "state_health_agency", "NE", ""), rows[1]], columns=columns)
    grants = pd.DataFrame(
        {
            "recipient": ["dhhs", "h"],
            "program": ["Medicare Rural Hospital Flexibility Program", "Outreach"],
        }
    )
    assert find_office(agency, grants, "NE") == "dhhs"
    assert find_office(agency, grants.iloc[1:], "NE") == ""
    assert find_office(agency, pd.DataFrame(), "NE") == ""


def test_who_convenes_is_said_and_that_nobody_does(tmp_path: Path) -> None:
    told = build(tmp_path)
    assert "No convener is named, as no file tells for sure who is the State Office" in told.text
    assert "of Nebraska: add yours to organizations.csv" in told.text
    county = build_network(tmp_path / "county", [tmp_path / "cms.csv"], counties=["Harlan, NE"]).log
    assert "convener" not in county.text
    assert "build with --border-km 150 to keep them" in told.text
    assert "--border-km" not in county.text + build(tmp_path, border_km=150).text


def test_museums_that_a_foundation_pays_are_no_partners(tmp_path: Path) -> None:
    """Of five grants those count whose recipient a name, the section or another file tells of."""
    header = [
        *("BusinessNameLine1Txt", "StateAbbreviationCd", "ZIPCd", "RecipientEIN"),
        *("IRSCectionDesc", "CashGrantAmt", "Sponsor", "TAXYEAR"),
    ]
    rows = [
        ["Alma Art Museum", "NE", "68920", "470000001", "501C3", "9000", "203896774", "2017"],
        ["Alma Scouts", "NE", "68920", "470000002", "501C3", "8000", "203896774", "2017"],
        ["Alma Free Clinic", "NE", "68920", "470000003", "501C3", "70", "203896774", "2017"],
        ["City of Alma", "NE", "68920", "476000004", "GOVT", "60", "203896774", "2017"],
        ["Alma Helps", "NE", "68920", "470000005", "501C3", "5", "203896774", "2017"],
    ]
    master = ["EIN", "NAME", "STREET", "CITY", "STATE", "ZIP", "NTEE_CD", "RULING", "SUBSECTION"]
    known = ["470000005", "ALMA HELPS", "1 ELM ST", "ALMA", "NE", "68920", "K31", "200001", "03"]
    files = [
        *(write_hospitals(tmp_path), write_csv(tmp_path / "grants.csv", header, rows)),
        write_csv(tmp_path / "bmf.csv", master, [known]),
    ]
    told = build(tmp_path, files=files)
    net = read_network(tmp_path / "net")
    paid = net.table("funding").set_index("recipient")["amount"]
    assert paid.to_dict() == {"ein-470000003": 70, "ein-476000004": 60, "ein-470000005": 5}
    assert net.organizations.at["ein-470000003", "kind"] == "free_clinic"
    row = told.table.set_index("file").loc["grants.csv"]
    assert (row["used"], row["elsewhere"], row["set_aside"]) == (3, 0, 2)
    assert '"Alma Art Museum"' in set(told.tables["problems"]["found"])
    build(tmp_path, files=files, wide=True)
    assert len(read_network(tmp_path / "net").table("funding")) == 5
