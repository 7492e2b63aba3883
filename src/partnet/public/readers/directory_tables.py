"""The tables of a service directory (Open Referral), and the columns that are read of them."""

from __future__ import annotations

from collections.abc import Mapping

from ..reading.family import Family

OWN = "the publisher's own"


def _family(name: str, columns: Mapping[str, tuple[str, ...]], *required: str) -> Family:
    return Family(
        name=f"service directory, {name}",
        publisher=OWN,
        license=OWN,
        columns=columns,
        required=required,
        becomes=(
            "an organization with its identifiers, its services by category and population, their "
            "areas, funding without amounts, and its parent"
        ),
    )


ORGANIZATIONS = _family(
    "organizations",
    {
        "id": ("id",),
        "name": ("name",),
        "tax_id": ("tax_id",),
        "parent": ("parent_organization_id",),
    },
    *("id", "name"),
)
LOCATIONS = _family(
    "locations",
    {
        "id": ("id",),
        "organization": ("organization_id",),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
    },
    "id",
)
ADDRESSES = _family(
    "addresses",
    {
        "location": ("location_id",),
        "organization": ("organization_id",),
        "address": ("address_1",),
        "city": ("city",),
        "state": ("state_province", "state"),
        "zip": ("postal_code",),
    },
    *("address", "city", "state"),
)
SERVICES = _family(
    "services",
    {
        "id": ("id",),
        "organization": ("organization_id",),
        "location": ("location_id",),
        "name": ("name",),
        "status": ("status",),
    },
    *("id", "name"),
)
PLACED_SERVICES = _family(
    "services at locations",
    {"id": ("id",), "service": ("service_id",), "location": ("location_id",)},
    *("service", "location"),
)
CATEGORIES = _family(
    "taxonomy",
    {
        "id": ("id",),
        "code": ("taxonomy_id", "code"),
        "name": ("name", "term"),
        "parent": ("parent_id",),
        "type": ("type",),
    },
    *("id", "name"),
)
LINKS = _family(
    "services to categories",
    {
        "service": ("service_id", "link_id"),
        "category": ("category_id", "taxonomy_term_id", "taxonomy_id"),
    },
    *("service", "category"),
)
IDENTIFIERS = _family(
    "identifiers of organizations",
    {
        "organization": ("organization_id",),
        "type": ("identifier_type",),
        "scheme": ("identifier_scheme",),
        "identifier": ("identifier",),
    },
    *("organization", "identifier"),
)
AREAS = _family(
    "areas of services",
    {
        "service": ("service_id",),
        "placed": ("service_at_location_id",),
        "organization": ("organization_id",),
        "place": ("name", "service_area"),
        "extent": ("extent",),
    },
    "place",
)
FUNDING = _family(
    "funding",
    {
        "service": ("service_id",),
        "organization": ("organization_id",),
        "source": ("source",),
    },
    "source",
)
