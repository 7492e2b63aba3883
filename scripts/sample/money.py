"""Funding: named public programs, invented awards, money passed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sample import Row, read_rows
from sample.draws import draw_number
from sample.groups import FORMAL_NETWORK
from sample.organizations import BY_NAME, CAH, CONVENER, ORGANIZATIONS, WAVES, slug, take_part
from sample.places import STATE

HRSA = "Health Resources and Services Administration"
FLEX = "Medicare Rural Hospital Flexibility Program"
FLEX_AWARD = "H54RH99001"
SHIP = "Small Rural Hospital Improvement Program"
SHIP_AWARD = "H3HRH99002"
SHIP_EACH = 13312
PREPAREDNESS = "Public Health Emergency Preparedness"
PREPAREDNESS_AWARD = "NU90TP99801"
FLEX_PARTNERS = (
    ("Open Range Quality Improvement", "FLEX-Q1", 180000),
    (FORMAL_NETWORK, "FLEX-N1", 120000),
    ("Prairie States EMS Association", "FLEX-E1", 95000),
)


@dataclass(frozen=True, slots=True)
class Award:
    """One award for one year."""

    funder: str
    recipient: str
    program: str
    award: str
    start: date
    amount: int
    parent: str = ""


def list_funding(wave: int) -> list[Row]:
    """The rows of the funding table."""
    awards = [
        *_list_awards(wave),
        *_pass_on_flex(wave),
        *_pass_on_ship(wave),
        *_pass_on_preparedness(wave),
    ]
    kept = [award for award in awards if wave in BY_NAME[award.recipient].waves]
    return [_make_row(each) for each in sorted(kept, key=lambda each: (each.program, each.award))]


def _list_awards(wave: int) -> list[Award]:
    """Awards made directly to their recipients; smaller in the first wave."""
    share = 1 if wave == WAVES[1] else 0.94
    return [
        Award(
            row["funder"],
            row["recipient"],
            row["program"],
            row["award"],
            date.fromisoformat(f"{wave - int(row['years_before'])}-{row['start']}"),
            round(int(row["amount"]) * share),
        )
        for row in read_rows("awards")
    ]


def _pass_on_flex(wave: int) -> list[Award]:
    """Flex: an award to the State office, some of it passed on to partners."""
    start = date(wave - 1, 9, 1)
    passed = [
        Award(CONVENER, name, FLEX, award, start, amount, FLEX_AWARD)
        for name, award, amount in FLEX_PARTNERS
    ]
    return [Award(HRSA, CONVENER, FLEX, FLEX_AWARD, start, 985000), *passed]


def _pass_on_ship(wave: int) -> list[Award]:
    """SHIP: an award to the State office, all but its costs passed on in equal parts."""
    start = date(wave - 1, 6, 1)
    kinds = (CAH, "rural_emergency_hospital")
    names = sorted(each.name for each in ORGANIZATIONS if each.kind in kinds)
    passed = [
        Award(CONVENER, name, SHIP, f"SHIP-{number:02d}", start, SHIP_EACH, SHIP_AWARD)
        for number, name in enumerate(names, start=1)
    ]
    total = round(1.05 * SHIP_EACH * len(names))
    return [Award(HRSA, CONVENER, SHIP, SHIP_AWARD, start, total), *passed]


def _pass_on_preparedness(wave: int) -> list[Award]:
    """Preparedness money that the State agency passes on to health departments."""
    names = [each.name for each in take_part(wave) if each.kind == "local_health_department"]
    return [
        Award(
            "State Department of Health",
            name,
            PREPAREDNESS,
            f"PHEP-{number:02d}",
            date(wave - 1, 7, 1),
            1000 * draw_number(60, 140, name, wave, "preparedness"),
            PREPAREDNESS_AWARD,
        )
        for number, name in enumerate(names, start=1)
    ]


def _make_row(each: Award) -> Row:
    """One row of the funding table."""
    start = each.start
    county = BY_NAME[each.recipient].county
    return {
        "funder": slug(each.funder) if each.funder in BY_NAME else each.funder,
        "recipient": slug(each.recipient),
        "program": each.program,
        "award": each.award,
        "parent_award": each.parent,
        "period_start": start.isoformat(),
        "period_end": (start.replace(year=start.year + 1) - timedelta(days=1)).isoformat(),
        "fiscal_year": start.year + (start.month >= 10),  # the federal year begins in October
        "amount": each.amount,
        "amount_kind": "obligated",
        "served_place": STATE if county.region == "capital" else county.fips,
    }
