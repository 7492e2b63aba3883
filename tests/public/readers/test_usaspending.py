"""USAspending subawards: dollars passed on count once, reported twice or not."""

from __future__ import annotations

from pathlib import Path

from partnet import build_network, describe_network, read_network

from .files import list_aside, read_file, write_csv

HEADER = [
    *("prime_award_unique_key", "prime_award_fain", "prime_award_awarding_agency_name"),
    *("prime_award_cfda_numbers_and_titles", "prime_awardee_uei", "prime_awardee_name"),
    *("prime_awardee_city_name", "prime_awardee_state_code", "prime_awardee_zip_code"),
    *("subaward_number", "subaward_amount", "subaward_action_date", "subawardee_uei"),
    *("subawardee_name", "subawardee_city_name", "subawardee_state_code", "subawardee_zip_code"),
    *("subawardee_highly_compensated_officer_1_name", "subaward_description"),
]


def make_subaward(number: str, amount: str, date: str = "2025-11-15") -> list[str]:
    """Money of the State health agency to a hospital."""
    return [
        *("ASST_1", "B0100001", "Department of Health and Human Services", "93.241: FLEX"),
        *("AAAA11111111", "STATE OF NEBRASKA", "LINCOLN", "NE", "68509", number, amount, date),
        *("BBBB22222222", "CEDAR HOSPITAL", "HARTINGTON", "NE", "687390001", "JANE DOE", "help"),
    ]


def test_a_subaward_ties_prime_and_subrecipient(tmp_path: Path) -> None:
    rows = [
        make_subaward("S1", "1000.50"),
        make_subaward("S1", "1000.50"),
        make_subaward("S2", "0"),
        make_subaward("S3", "500", "2025-09-30"),
    ]
    path = write_csv(tmp_path / "sub.csv", HEADER, rows)
    found = read_file(path)
    assert list_aside(found) == [3, 4] and found.release == "subawards to 2025-11-15"
    funding = found.tables["funding"]
    assert funding[["amount", "fiscal_year", "parent_award"]].values.tolist() == [
        ["1000.50", "2026", "B0100001"],
        ["500", "2025", "B0100001"],
    ]
    build_network(tmp_path / "net", [path], state="NE")
    net = read_network(tmp_path / "net")
    ties = net.ties[["source", "target", "relation"]].drop_duplicates().values.tolist()
    assert ties == [["uei-aaaa11111111", "uei-bbbb22222222", "funding"]]
    assert net.table("funding")["funder"].unique().tolist() == ["State of Nebraska"]
    assert describe_network(net, as_of="2026-01-01").text
    written = "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "net").iterdir())
    assert "JANE" not in written
