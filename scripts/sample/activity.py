"""Contacts, needs, survey responses, the sample's own rules, and what the file says of itself."""

from __future__ import annotations

from sample import Row, read_rows
from sample.draws import choose, draw, draw_date
from sample.organizations import CAH, CONVENER, ISOLATES, WAVES, Organization, slug, take_part
from sample.places import COUNTIES, STATE
from sample.ties import is_answered

SEEN_KINDS = (CAH, "rural_emergency_hospital", "rural_health_clinic")
COLD = "Lone Elm Hospital"
LAST_SEEN = "2023-01-24"
NEVER_SEEN = "Pocket Prairie Clinic"
PEOPLE = ("A. Becker", "R. Okafor", "J. Lindqvist", "M. Castillo", "T. Haas", "P. Nowak")
LEVELS = {
    "chief executive": "executive",
    "director of nursing": "manager",
    "quality manager": "manager",
    "clinic manager": "manager",
    "billing clerk": "staff",
}
TOPICS = {
    "quality": "MBQIP measures",
    "finance and operations": "charge capture",
    "population health": "needs assessment",
    "EMS": "trauma and transfer times",
}
NEEDY = "Knox"
WORSE_IF_HIGH, WORSE_IF_LOW = "higher is worse", "lower is worse"
# indicator: lowest and highest value drawn, value of the county in need, direction
INDICATORS = {
    "frequent mental distress, percent of adults": (11.0, 15.5, 21.4, WORSE_IF_HIGH),
    "suicides per 100,000 people": (9.0, 17.0, 27.8, WORSE_IF_HIGH),
    "uninsured, percent of people under 65": (6.5, 13.0, 12.1, WORSE_IF_HIGH),
    "food insecurity, percent of people": (8.5, 14.5, 13.2, WORSE_IF_HIGH),
    "adults with a regular doctor, percent": (72.0, 88.0, 74.5, WORSE_IF_LOW),
}
# What the county in need had two years before, so that a change can be seen.
EARLIER = {
    "indicator": "frequent mental distress, percent of adults",
    "value": 19.6,
    "direction": WORSE_IF_HIGH,
}
_HOSPITAL = "critical_access_hospital; hospital; rural_emergency_hospital"
RULES = (
    {
        "rule": "Ambulance service has a hospital to go to",
        "from_kind": "ems_agency",
        "relation": "patient transfer",
        "alternatives": _HOSPITAL,
        "minimum": 1,
        "within_km": 120,
        "citation": "Invented State EMS plan, goal 2",
    },
    {
        "rule": "Health department plans together with a hospital",
        "from_kind": "local_health_department",
        "relation": "joint planning",
        "alternatives": _HOSPITAL,
        "minimum": 1,
        "citation": "Invented State health improvement plan, priority 1",
    },
)


def list_contacts(wave: int) -> list[Row]:
    """The rows of the contacts table: the convener's visits, calls and meetings."""
    present = {each.name: each for each in take_part(wave)}
    rows = [row for each in present.values() for row in _list_visits(each, wave)]
    rows += [
        _meet(present[row["organization"]], row)
        for row in read_rows("meetings")
        if f"{wave - 1}-07-01" <= row["date"] <= f"{wave}-06-30" and row["organization"] in present
    ]
    return sorted(rows, key=lambda row: (str(row["date"]), str(row["organization"])))


def _list_visits(each: Organization, wave: int) -> list[Row]:
    """Contacts with one hospital or clinic; one is long ago and one never happened."""
    if each.kind not in SEEN_KINDS or each.name == NEVER_SEEN:
        return []
    if each.name == COLD:
        return [_visit(each, LAST_SEEN, "visit")]
    recent = draw_date(f"{wave - 1}-08-01", f"{wave}-06-12", each.id, wave, "visit")
    earlier = draw_date(f"{wave - 2}-07-01", f"{wave - 1}-07-31", each.id, wave, "earlier visit")
    modes = ("visit", "visit", "call")
    rows = [_visit(each, day, choose(modes, each.id, day, "mode")) for day in (earlier, recent)]
    if each.name == "Plum Thicket Hospital":  # the newest date of the sample
        rows.append(_visit(each, f"{wave}-06-30", "meeting"))
    return rows


def _visit(each: Organization, day: str, mode: str) -> Row:
    """One row of the contacts table."""
    area = choose(tuple(TOPICS), each.id, day, "area")
    role = choose(tuple(LEVELS), each.id, day, "person")
    return {
        "organization": each.id,
        "date": day,
        "by": slug(CONVENER),
        "person": f"{choose(PEOPLE, each.id, role)}, {role}",
        "mode": mode,
        "level": LEVELS[role],
        "program_area": area,
        "topic": TOPICS[area],
    }


def _meet(each: Organization, row: dict[str, str]) -> Row:
    """One row of the contacts table: who was sent to a meeting."""
    return {
        "organization": each.id,
        "date": row["date"],
        "by": slug(CONVENER),
        "person": f"{choose(PEOPLE, each.id, row['role'])}, {row['role']}",
        "mode": "meeting",
        "level": LEVELS[row["role"]],
        "program_area": row["program_area"],
        "topic": row["topic"],
    }


def list_needs(wave: int) -> list[Row]:
    """The rows of the needs table: population of 2020 (a fact) and invented indicators."""
    rows: list[Row] = []
    for county in COUNTIES.values():
        entries: list[Row] = [
            {"indicator": "population", "value": county.population, "year": 2020, "direction": ""}
        ]
        entries += [_measure(county.name, indicator, wave) for indicator in INDICATORS]
        if county.name == NEEDY and wave == WAVES[1]:
            entries += [{**EARLIER, "year": wave - 4}]
        rows += [{"county_fips": county.fips, **entry} for entry in entries]
    return sorted(rows, key=lambda row: (str(row["county_fips"]), str(row["indicator"])))


def _measure(county: str, indicator: str, wave: int) -> Row:
    """One indicator of one county, two years old, little changed since the wave before."""
    low, high, needy, direction = INDICATORS[indicator]
    drift = 0.02 * (draw(county, indicator, wave) - 0.5)
    value = low + (high - low) * (draw(county, indicator) + drift)
    measured = needy if county == NEEDY else round(value, 1)
    return {"indicator": indicator, "value": measured, "year": wave - 2, "direction": direction}


def list_responses(wave: int) -> list[Row]:
    """The rows of the responses table: a roster survey that four in five answered."""
    return [
        {
            "respondent": each.id,
            "organization": "",
            "relation": "",
            "wave": wave,
            "design": "roster",
            "answered": _answer(each.name, wave),
        }
        for each in take_part(wave)
    ]


def _answer(name: str, wave: int) -> str:
    """Whether an organization answered; the two newest to the list were not asked."""
    if name in ISOLATES[2:]:
        return "not asked"
    return "yes" if is_answered(name, wave) else "no"


def list_rules(wave: int) -> list[Row]:
    """The sample's own rules; the default rulebook ships with the library."""
    return [{**rule, "checked_on": f"{wave}-05-01"} for rule in RULES]


def list_about(wave: int) -> list[Row]:
    """The rows of the about table."""
    settings = {
        "title": f"Prairie partnership network {wave} (invented sample)",
        "convener": slug(CONVENER),
        "owner": CONVENER,
        "state": STATE,
        "note": "Every organization, person, tie, award and indicator value here is invented. "
        "Counties, ZIP codes, coordinates of county seats and populations of 2020 are real.",
    }
    return [{"setting": setting, "value": value} for setting, value in settings.items()]
