"""The invented organizations: name, kind, county, and the waves in which they take part."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sample import Row, read_rows
from sample.draws import choose, draw, draw_number
from sample.places import COUNTIES, SERVICE_AREAS, STATE, County

WAVES = (2024, 2026)
CONVENER = "State Office of Rural Health"
ISOLATES = (
    "Coyote Creek Public Schools",
    "Homestead Plains Bank",
    "Prairie Gold Foods",
    "Sunflower Tenants Union",
)
CAH = "critical_access_hospital"
HOSPITALS = (CAH, "hospital", "rural_emergency_hospital")
# A hospital that changed its kind and its name between the waves, and kept its id.
IDS = {"Switchgrass Emergency Hospital": "switchgrass-hospital"}
EARLIER = {"switchgrass-hospital": ("Switchgrass Hospital", CAH)}
# Designated level of hospitals that are trauma centers, as a Rural Emergency Hospital must ask.
TRAUMA_LEVELS = {
    "Capitol Plains Medical Center": "I",
    "Great Heron Medical Center": "II",
    "Sideoats Regional Medical Center": "III",
    "Meadowlark Regional Hospital": "III",
}
OWNERSHIP = {
    CAH: ("county", "nonprofit", "hospital district"),
    "hospital": ("nonprofit",),
    "rural_emergency_hospital": ("county",),
    "local_health_department": ("district",),
    "ems_agency": ("volunteer", "county", "hospital district"),
}


@dataclass(frozen=True, slots=True)
class Organization:
    """One invented organization."""

    name: str
    kind: str
    county: County
    waves: tuple[int, ...]

    @property
    def id(self) -> str:
        """The name in lower case with hyphens, or the id it had under its earlier name."""
        return slug(self.name)

    @property
    def area(self) -> tuple[str, ...]:
        """The names of the counties it serves."""
        return SERVICE_AREAS.get(self.name, (self.county.name,))


def slug(name: str) -> str:
    """The id of an organization from its name."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")
    return IDS.get(name, plain)


def _read_organization(row: dict[str, str]) -> Organization:
    """One organization from its row; a blank wave means both."""
    waves = (int(row["wave"]),) if row["wave"] else WAVES
    return Organization(row["name"], row["kind"], COUNTIES[row["county"]], waves)


ORGANIZATIONS: tuple[Organization, ...] = tuple(
    _read_organization(row) for row in read_rows("organizations")
)
BY_NAME: dict[str, Organization] = {each.name: each for each in ORGANIZATIONS}


def take_part(wave: int) -> list[Organization]:
    """The organizations of a wave, by id."""
    return sorted((each for each in ORGANIZATIONS if wave in each.waves), key=lambda each: each.id)


def list_organizations(wave: int) -> list[Row]:
    """The rows of the organizations table."""
    return [_describe(each, wave) for each in take_part(wave)]


def _describe(each: Organization, wave: int) -> Row:
    """One row of the organizations table."""
    name, kind = each.name, each.kind
    if wave == WAVES[0]:
        name, kind = EARLIER.get(each.id, (name, kind))
    return {
        "id": each.id,
        "name": name,
        "kind": kind,
        "state": STATE,
        "county_fips": each.county.fips,
        "county": each.county.name,
        "zip": each.county.zip,
        "latitude": _place_near(each.county.latitude, each.id, "latitude"),
        "longitude": _place_near(each.county.longitude, each.id, "longitude"),
        "ccn": _number_hospital(each),
        "ownership": choose(OWNERSHIP.get(kind, ("",)), each.id, "ownership"),
        "trauma_level": TRAUMA_LEVELS.get(name, ""),
        "beds": _count_beds(each.id, kind),
        "assessment_year": _plan_assessment(each.id, kind, wave),
    }


def _place_near(seat: float, identifier: str, axis: str) -> str:
    """A coordinate within about two kilometers of the seat, so that a map shows every point."""
    return f"{seat + 0.04 * (draw(identifier, axis) - 0.5):.4f}"


def _number_hospital(each: Organization) -> str:
    """An invented CMS number from ranges in which no hospital of the State is certified."""
    if each.kind not in HOSPITALS:
        return ""
    hospitals = sorted(other.id for other in ORGANIZATIONS if other.kind in HOSPITALS)
    first = 280850 if each.kind == "hospital" else 281375
    return str(first + hospitals.index(each.id))


def _count_beds(identifier: str, kind: str) -> object:
    """Beds of a hospital; a Critical Access Hospital has at most 25."""
    if kind == CAH:
        return draw_number(12, 25, identifier, "beds")
    return draw_number(60, 220, identifier, "beds") if kind == "hospital" else ""


def _plan_assessment(identifier: str, kind: str, wave: int) -> object:
    """Year of the next community health (needs) assessment: every third year."""
    if kind not in (*HOSPITALS, "local_health_department"):
        return ""
    return wave + (draw_number(0, 2, identifier, "assessment") - wave) % 3
