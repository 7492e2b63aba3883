"""Services and the counties where organizations work."""

from __future__ import annotations

from sample import Row, read_rows
from sample.draws import draw, draw_number
from sample.organizations import BY_NAME, Organization, slug, take_part
from sample.places import COUNTIES, SERVICE_AREAS

NOT_KNOWN = 0.12  # share of organizations whose services nobody has entered
CAPACITY = {"skilled nursing": (24, 60), "affordable housing": (12, 80)}


def list_services(wave: int) -> list[Row]:
    """The rows of the services table: told by hand, and drawn by kind."""
    told = read_rows("services")
    named = {row["organization"] for row in told}
    rows = [
        offer
        for each in take_part(wave)
        if each.name in named or _is_known(each)
        for offer in _list_offers(each)
    ]
    for row in told:
        each = BY_NAME[row["organization"]]
        rows.append(_offer(each, row["service"], each.county.name, row["population"]))
    unique = {(str(row["organization"]), str(row["service"]), str(row["county_fips"])): row
              for row in rows}  # fmt: skip
    return [unique[key] for key in sorted(unique)]


def _is_known(each: Organization) -> bool:
    """Whether somebody entered the services; those of behavioral health are always known."""
    return each.kind == "behavioral_health" or draw(each.id, "services known") >= NOT_KNOWN


def _list_offers(each: Organization) -> list[Row]:
    """What an organization offers, by its kind: in its county or in all that it serves."""
    return [
        _offer(each, row["service"], county, row["population"])
        for row in read_rows("service_rates")
        if row["kind"] == each.kind and draw(each.id, row["service"]) < float(row["share"])
        for county in (each.area if row["scope"] == "area" else (each.county.name,))
    ]


def _offer(each: Organization, service: str, county: str, population: str) -> Row:
    """One row of the services table."""
    places = CAPACITY.get(service)
    return {
        "organization": each.id,
        "service": service,
        "county_fips": COUNTIES[county].fips,
        "population": population,
        "capacity": draw_number(*places, each.id, service, "capacity") if places else "",
    }


def list_service_areas(wave: int) -> list[Row]:
    """The rows of the service_areas table."""
    present = {each.name for each in take_part(wave)}
    return [
        {
            "organization": slug(name),
            "place_kind": "county",
            "place": COUNTIES[county].fips,
            "since": "",
            "until": "",
        }
        for name in sorted(set(SERVICE_AREAS) & present, key=slug)
        for county in sorted(SERVICE_AREAS[name])
    ]
