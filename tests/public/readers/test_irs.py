"""IRS files: the master file of nonprofits, Schedule I grants, their sponsors."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from partnet.core.vocabulary import default_vocabulary
from partnet.public.readers.catalog import read_public_files
from partnet.public.readers.irs_bmf import find_activity, list_activities
from partnet.public.reading.family import Scope
from partnet.public.reading.recognized import find_by_name, is_club, list_names
from tests.shared_data import BMF_NE, SCHEDULE_I, SPONSORS, needs_shared_data, read_raw

from .files import list_aside, read_file, write_csv

BMF_HEADER = [
    *("EIN", "NAME", "ICO", "STREET", "CITY", "STATE", "ZIP", "GROUP", "SUBSECTION", "RULING"),
    "NTEE_CD",
]


def make_nonprofit(ein: str, name: str, ntee: str) -> list[str]:
    """A nonprofit in Alma, in care of a person."""
    return [
        *(ein, name, "% JANE DOE", "1 ELM ST % JOHN ROE", "ALMA", "NE", "68920-0001", "0000"),
        *("03", "202405", ntee),
    ]


NONPROFITS = [
    make_nonprofit("470000001", "ALMA FOOD PANTRY INC C/O MARY MAJOR", "K31"),
    make_nonprofit("10000002", "HARLAN COUNTY HOSPITAL", "E220"),
    make_nonprofit("470000003", "HARLAN COUNTY HOSPITAL FOUNDATION", "E22"),
    make_nonprofit("470000004", "ALMA HOSPICE", "P74I"),
    make_nonprofit("470000005", "ALMA CHURCH", "X21"),
    make_nonprofit("470000006", "ALMA LITTLE LEAGUE", "N63"),
    make_nonprofit("470000007", "SOMETHING", ""),
    make_nonprofit("470000001", "ALMA FOOD PANTRY", "K31"),
]


def test_the_activity_code_tells_kind_and_service(tmp_path: Path) -> None:
    found = read_file(write_csv(tmp_path / "bmf.csv", BMF_HEADER, NONPROFITS))
    organizations = found.tables["organizations"].set_index("id")
    assert organizations["kind"].to_dict() == {
        "ein-470000001": "food",
        "ein-010000002": "hospital",
    }
    assert found.tables["services"]["service"].tolist() == ["food bank or pantry"]
    assert organizations.loc["ein-010000002", "zip"] == "68920"
    assert any("Read as 010000002" in problem.fix for problem in found.problems)


def test_care_of_lines_are_dropped(tmp_path: Path) -> None:
    found = read_file(write_csv(tmp_path / "bmf.csv", BMF_HEADER, NONPROFITS))
    text = " ".join(str(table.to_csv()) for table in found.tables.values())
    assert not re.search("jane|doe|roe|major", text, re.IGNORECASE)
    assert "Alma Food Pantry Inc" in text and "1 Elm St" in text


def test_what_is_set_aside_has_its_reason(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "bmf.csv", BMF_HEADER, NONPROFITS)
    found = read_file(path)
    reasons = {p.where.row: p.found for p in found.problems if p.set_aside}
    assert reasons == {
        4: "a code of group E (health care), of the kind funder",
        5: "a code of group P (human services), of the kind funder",  # I: raises money for it
        6: "a code of group X (religion), of the kind faith",
        7: "a code of group N (recreation and sports)",
        8: "no code",
        9: '"470000001", which stands above already',
    }
    (wide,) = read_public_files(path, scope=Scope(wide=True))
    assert list_aside(wide) == [7, 8, 9]


def test_codes_lead_to_kinds_of_the_vocabulary() -> None:
    kinds = default_vocabulary().kinds
    assert {activity.kind for activity in list_activities().values()} <= set(kinds)
    assert all(re.fullmatch(r"[A-Z]\d{0,2}", code) for code in list_activities())
    activity = find_activity("L2O")  # as mistyped in the real file: the letter O
    assert activity is not None and activity.kind == "housing"


@pytest.mark.slow
@needs_shared_data
def test_counts_agree_with_the_raw_file() -> None:
    raw = read_raw(BMF_NE)
    found = read_file(BMF_NE)
    assert found.rows_read == len(raw) == len(found.owners) + len(list_aside(found))
    organizations = found.tables["organizations"].set_index("ein")
    kinds = Counter(organizations["kind"])
    by_code = Counter(row["NTEE_CD"][:3] for row in raw)
    # Kinds that one code alone leads to; with those who raise money for them.
    (wide,) = read_public_files(BMF_NE, scope=Scope(wide=True))
    codes = wide.tables["organizations"]["ntee"].str[:3]
    assert (codes == "K31").sum() == by_code["K31"]
    assert kinds["transport"] == by_code["P52"]
    fires = [
        row
        for row in raw
        if row["NTEE_CD"][:3] == "M24"
        and row["NTEE_CD"][3:4] not in ("I", "J")
        and not re.search(r"\b(AUXILIARY|ENDOWMENT|FOUNDATION|FRIENDS OF|GUILD)\b", row["NAME"])
        and (
            not re.search(r"FIRE (AND |& )?RESCUE|AMBULANCE|RESCUE (SQUAD|UNIT)", row["NAME"])
            or re.search(r"\b(FUND|TRUST|BENEFIT)\b", row["NAME"])
        )
        and "PROFESSIONAL FIREFIGHTERS" not in row["NAME"]  # a union
    ]
    safety = organizations.query("ntee.str.startswith('M24') and kind == 'public_safety'")
    assert sorted(safety.index) == sorted(row["EIN"] for row in fires)
    blank = sum(row["NTEE_CD"] == "" for row in raw)
    named = int((organizations["ntee"] == "").sum())
    assert 10 < named < 120  # known by their names alone
    assert sum(problem.found == "no code" for problem in found.problems) == blank - named
    assert not organizations["address"].str.contains("%").any()


STATEWIDE = {  # as the raw file has them; each with the kind that a State office looks for
    "NEBRASKA HOSPITAL ASSOCIATION": "hospital_association",
    "NEBRASKA RURAL HEALTH ASSOCIATION": "rural_health_association",
    "HEALTH CENTER ASSOCIATION OF NEBRASKA": "primary_care_association",
    "NEBRASKA HEALTH INFORMATION INITIATIVE INC": "hie",
    "NEBRASKA PANHANDLE AREA HEALTH EDUCATION CENTER INC": "ahec",
    "NORTHERN NEBRASKA AREA HEALTH EDUCATION CENTER": "ahec",
    "RURAL HEALTH PARTNERS INC": "rural_health_network",
    "NEBRASKA HOSPICE AND PALLIATIVE CARE ASSOCIATION": "other",
    "SANDHILLS RESCUE AMBULANCE SERVICE": "ems_agency",
    "RURAL NEBRASKA HEALTHCARE NETWORK": "rural_health_network",
    "THIRD CITY COMMUNITY CLINIC INC": "free_clinic",
    "OMNI BEHAVIORAL HEALTH": "behavioral_health",
    "LUTHERAN FAMILY SERVICES OF NE INC": "social_services",
    "NORTHEAST NEBRASKA AREA AGENCY ON AGING": "area_agency_on_aging",
    "COMMUNITY ACTION PARTNERSHIP OF MID-NEBRASKA": "community_action",
    "CHEYENNE COUNTY HOSPITAL ASSOCIATION INC": "hospital",
}


@needs_shared_data
def test_associations_and_networks_of_the_raw_file_are_in_the_roster() -> None:
    kinds = read_file(BMF_NE).tables["organizations"].set_index("ein")["kind"]
    numbers = {row["NAME"]: row["EIN"] for row in read_raw(BMF_NE)}
    assert {name: kinds[numbers[name]] for name in STATEWIDE} == STATEWIDE


@needs_shared_data
def test_nothing_in_health_is_set_aside_by_default() -> None:
    """By words that only providers, associations and networks in health have in their names."""
    found = read_file(BMF_NE)
    aside, raw = set(list_aside(found)), read_raw(BMF_NE)
    health = re.compile(
        r"\b(HOSPITAL|CLINIC|AMBULANCE|HOSPICE|NURSING HOME|HEALTH CENTER|RURAL HEALTH|"
        r"AREA HEALTH EDUCATION|MENTAL HEALTH|BEHAVIORAL HEALTH)\b"
    )
    supporters = re.compile(
        r"FOUNDATION|AUXILIARY|AUX\b|GUILD|ENDOWMENT|FRIENDS|TRUST|FUND|EMPLOY|UNION|BENEFIT|"
        r"BOOSTERS|ANIMAL|WILDLIFE|PET|SELF INSURANCE|STUDENT|SPAY"
    )
    lost = [
        row["NAME"]
        for number, row in enumerate(raw, start=2)
        if number in aside and health.search(row["NAME"]) and not supporters.search(row["NAME"])
    ]
    assert len(lost) <= 12, lost


def _read_sample() -> dict[tuple[str, str], int]:
    """The rows of the sample in docs/matching.md: name and code, and how many rows bear them."""
    page = (Path(__file__).parents[3] / "docs" / "matching.md").read_text(encoding="utf-8")
    listed = page.split("<!-- sample -->")[1].split("<!-- end of sample -->")[0].splitlines()
    cells = [
        [cell.strip() for cell in line.strip("| ").split("|")] for line in listed if "|" in line
    ]
    assert all(len(row) == 4 and all(row) for row in cells)
    return {(name, code.strip("–")): int(rows) for name, code, rows, _ in cells[2:]}


@needs_shared_data
def test_the_sample_checked_by_hand_is_what_is_set_aside() -> None:
    """The 200 rows set aside with the lowest hash of their number; each was read by a person."""
    aside = set(list_aside(read_file(BMF_NE)))
    rows = [row for number, row in enumerate(read_raw(BMF_NE), start=2) if number in aside]
    numbers = {row["EIN"].zfill(9): row for row in rows}
    drawn = sorted(numbers, key=lambda ein: hashlib.sha256(f"14 {ein}".encode()).hexdigest())
    found = Counter((numbers[ein]["NAME"], numbers[ein]["NTEE_CD"]) for ein in drawn[:200])
    assert found == _read_sample()


def _kind_of(name: str) -> str:
    found = find_by_name(name)
    return found.kind if found else ""


def test_names_are_read_only_where_they_tell() -> None:
    assert _kind_of("IOWA HOSPITAL ASSOCIATION") == "hospital_association"
    assert _kind_of("Minnesota Rural Health Association") == "rural_health_association"
    assert _kind_of("KANSAS AMBULANCE ASSOCIATION") == "ems_association"
    for name in (
        "COMMUNITY HOSPITAL ASSOCIATION AUXILIARY",
        "NEBRASKA RURAL HEALTH ASSOCIATION FOUNDATION",
        "LEARNING ADVENTURES CHILD CARE CENTER",
        "NEBRASKA SOIL HEALTH COALITION",
        "DOG RESCUE SQUAD",
        "",
    ):
        assert find_by_name(name) is None, name
    assert is_club("NEBRASKA AREA 33 AFG INC") and is_club("NORTH RIDGE HOMEOWNERS ASSOCIATION")
    assert not is_club("BLUE VALLEY BEHAVIORAL HEALTH") and not is_club("")
    assert find_by_name("COUNTY HOSPITAL", "E22") is None  # a code says it better
    kinds = default_vocabulary().kinds
    assert {one.kind for one in list_names()[1]} <= set(kinds)


GRANT_HEADER = [
    *("BusinessNameLine1Txt", "AddressLine1Txt", "CityNm", "StateAbbreviationCd", "ZIPCd"),
    *("RecipientEIN", "IRSCectionDesc", "CashGrantAmt", "PurposeOfGrantTxt", "Sponsor", "TAXYEAR"),
]
SPONSOR_HEADER = [
    *("EIN", "NAME", "TAXYEAR", "AddressLine1Txt", "CityNm", "StateAbbreviationCd", "ZIPCd"),
    "DonorAdvisedFundsHeldCnt",
]


def test_a_schedule_i_grant_ties_two_numbers(tmp_path: Path) -> None:
    place = ("1 Elm St", "Alma", "NE", "689200001")
    rows = [
        ["ALMA CITY TOTAL", *place, "47-6000001", "GOVT", "5000", "LIBRARY", "203896774", "2017"],
        ["ALMA CITY", *place, "476000001", "GOVT", "0", "NOTHING", "203896774", "2017"],
        ["", *place, "476000001", "GOVT", "5", "NOBODY", "203896774", "2017"],
    ]
    found = read_file(write_csv(tmp_path / "i.csv", GRANT_HEADER, rows))
    city = found.tables["organizations"].iloc[0]
    assert (city["id"], city["name"], city["kind"]) == (
        *("ein-476000001", "Alma City", "local_government"),
    )
    grant = found.tables["funding"].iloc[0]
    assert (grant["funder"], grant["recipient"]) == ("ein-203896774", "ein-476000001")
    assert (grant["program"], grant["amount"], grant["amount_kind"]) == ("Library", "5000", "spent")
    assert list_aside(found) == [3, 4]


def test_sponsors_of_other_states_lend_their_names(tmp_path: Path) -> None:
    rows = [
        ["203896774", "ENDRIES FOUNDATION C/O A BANK", "2017", "", "Brillion", "WI", "54110", "1"]
    ]
    path = write_csv(tmp_path / "s.csv", SPONSOR_HEADER, rows)
    (found,) = read_public_files(path, scope=Scope(frozenset({"NE"}), "NE"))
    assert found.tables["organizations"].empty
    assert found.names == {"ein-203896774": "Endries Foundation"}


@needs_shared_data
def test_published_samples_read_whole() -> None:
    raw = read_raw(SCHEDULE_I)
    found = read_file(SCHEDULE_I)
    paid = [row for row in raw if row["CashGrantAmt"] and float(row["CashGrantAmt"]) > 0]
    total = sum(float(row["CashGrantAmt"]) for row in paid if row["StateAbbreviationCd"])
    assert found.tables["funding"]["amount"].astype(float).sum() == pytest.approx(total)
    assert len(found.owners) + len(list_aside(found)) == len(raw)
    sponsors = read_file(SPONSORS)
    assert set(sponsors.tables["organizations"]["ein"]) == {
        row["EIN"] for row in read_raw(SPONSORS)
    }
    assert not sponsors.tables["organizations"]["name"].str.contains("C/O").any()
    assert sponsors.tables["organizations"].query("zip == '08701'")["state"].tolist() == ["NJ"]
