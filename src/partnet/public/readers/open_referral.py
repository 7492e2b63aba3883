"""Service directories (Open Referral, 211): who offers which services, for whom, where.

Source: directories in the Human Services Data Specification of the Open Referral Initiative (HSDS,
versions 1 to 3), or in a layout near it: a folder or zip file with ``organizations`` and
``services``, and as far as there are any ``locations``, addresses, ``service_at_location``,
``taxonomy`` and a table from services to categories. Release and license are the publisher's own;
the files do not say.

Columns used: ids, names, tax id and other identifiers, parents, coordinates and addresses,
categories with their parents and type, areas of services, sources of funding. Descriptions, e-mail
addresses, telephones and contacts are never read.

An organization becomes an organization with the id ``listed-`` and its own; kind by the branch of
the taxonomy that most of its services are in (food, housing, transport, legal aid), else
community-based organization. A service becomes a row for each of its categories and each
population that it is for (categories of the type *situation* that say for whom: age, disability,
income and the like). Where a service carries a category and another above it ("Health" above
"Mental Health"), the general one is left out, and named in the log. A service without a category
goes under its own name. A location gives coordinates and address to the organization that it is
of, else to those whose services are given there. A parent becomes an affiliation; a county, ZIP
code or State that a service is for, a service area; a source of funding, a funding row without an
amount. Of identifiers EIN, NPI, UEI and CCN are read. Rows that lead to no organization are set
aside.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping

from ...core.errors import InputError, InputProblem, Where
from ...core.wording.text import join_words
from ..reading.codes import make_id, read_ein, read_point, read_state, read_zip
from ..reading.family import (
    EVERYWHERE,
    Family,
    PublicFile,
    ReadRow,
    RowCollector,
    Scope,
    open_collector,
)
from ..reading.source import Bundle, Source
from .directory import Cells, Directory, SharedPlace
from .directory_more import read_area, read_funding, read_identifier
from .directory_tables import (
    ADDRESSES,
    AREAS,
    CATEGORIES,
    FUNDING,
    IDENTIFIERS,
    LINKS,
    LOCATIONS,
    ORGANIZATIONS,
    PLACED_SERVICES,
    SERVICES,
)

FAMILY = ORGANIZATIONS
KINDS = {  # by the main branch of the taxonomy
    "food": "food",
    "housing": "housing",
    "transit": "transport",
    "transportation": "transport",
    "legal": "legal_aid",
}


def read(bundle: Bundle, scope: Scope = EVERYWHERE) -> list[PublicFile]:
    """Read a directory: each of its tables becomes one public file of the log.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    organizations = bundle.find("organizations", "organization")
    if organizations is None or not ORGANIZATIONS.fits(organizations.header):
        raise InputError(
            f"{bundle.file}: found no columns id and name in its organizations. A directory has "
            "them. Check that this is the right folder, as it was downloaded."
        )
    directory = Directory(scope)
    read_parts: list[tuple[Family, Source, RowCollector]] = []
    for names, family, read_row in STEPS:
        source = bundle.find(*names)
        if source is not None and family.fits(source.header):
            collector = open_collector(f"{bundle.file}/{source.file.rpartition('/')[2]}", scope)
            read_one = _read_into(directory, read_row)
            for row, cells in family.read_records(source):
                collector.read_row(row, cells, read_one)
            read_parts.append((family, source, collector))
    _name_unread(bundle, [source for _, source, _ in read_parts], read_parts[0][2])
    _finish_places(read_parts, directory)
    _finish_organizations(read_parts[0][2], directory)
    _finish_services(read_parts, directory)
    return [
        collector.finish(family, source, "day not stated")
        for family, source, collector in read_parts
    ]


def _read_into(
    directory: Directory, read_row: Callable[[int, Cells, RowCollector, Directory], None]
) -> ReadRow:
    """Read a row of a directory, which says of no State where it is."""

    def read(row: int, cells: Cells, collector: RowCollector) -> None:
        collector.row_states[row] = ""
        read_row(row, cells, collector, directory)

    return read


def _name_unread(bundle: Bundle, used: list[Source], collector: RowCollector) -> None:
    """Say which tables of the directory are not read."""
    unread = [member.file for member in bundle.members if member not in used]
    if unread:
        found = f"{join_words(unread)} beside it"
        allowed = (
            "Organizations, their identifiers and funding, locations, addresses, services, their "
            "areas and categories are read."
        )
        fix = "The rest is not read."
        where = Where(collector.file)
        collector.problems.append(InputProblem(where, found, allowed, fix, "note"))


def _read_organization(
    row: int, cells: Cells, collector: RowCollector, directory: Directory
) -> None:
    if not cells["id"] or not cells["name"] or cells["id"] in directory.organizations:
        found = f'id "{cells["id"]}", name "{cells["name"]}"'
        allowed = "An organization has an id of its own, a name and one row."
        collector.set_aside(row, "", found, allowed)
        return
    organization = {
        "id": make_id("listed", cells["id"]),
        "name": cells["name"],
        "state": directory.scope.home,
        "ein": read_ein(cells["tax_id"], row, collector),
    }
    directory.organizations[cells["id"]] = organization
    if cells["parent"] and cells["parent"] != cells["id"]:
        directory.parents[cells["id"]] = cells["parent"]
    directory.rows[cells["id"]] = row
    collector.use(row, organization["id"])


def _read_location(row: int, cells: Cells, collector: RowCollector, directory: Directory) -> None:
    """A location places its organization, if nothing has placed it before."""
    organization = directory.organizations.get(cells["organization"])
    if organization is None and not cells["organization"]:
        directory.shared.setdefault(cells["id"], SharedPlace(row, cells))
        return
    if organization is None:
        found = f'organization "{cells["organization"]}"'
        collector.set_aside(
            row, "organization_id", found, "A location is of an organization above."
        )
        return
    directory.location_owners[cells["id"]] = cells["organization"]
    _place(organization, cells)
    collector.use(row, organization["id"])


def _place(organization: Cells, location: Cells) -> None:
    latitude, longitude = read_point(location["latitude"], location["longitude"])
    if latitude and not organization.get("latitude"):
        organization.update(latitude=latitude, longitude=longitude)


def _read_address(row: int, cells: Cells, collector: RowCollector, directory: Directory) -> None:
    owner = cells["organization"] or directory.location_owners.get(cells["location"], "")
    organization = directory.organizations.get(owner)
    if organization is None and cells["location"] in directory.shared:
        directory.shared[cells["location"]].addresses.append((row, cells))
        return
    if organization is None:
        found = f'location "{cells["location"]}"'
        collector.set_aside(row, "location_id", found, "An address is of a location above.")
        return
    _address(row, organization, cells, collector)
    collector.use(row, organization["id"])


def _address(row: int, organization: Cells, cells: Cells, collector: RowCollector) -> None:
    if not organization.get("city"):
        state = read_state(cells["state"]) or organization["state"]
        organization.update(
            state=state,
            zip=read_zip(cells["zip"], state, row, collector),
            city=cells["city"],
            address=cells["address"],
        )


def _read_placed(row: int, cells: Cells, collector: RowCollector, directory: Directory) -> None:
    """A service at a location; whose it is, is known when all services are."""
    owner = directory.location_owners.get(cells["location"])
    if cells["id"]:
        directory.placed_services[cells["id"]] = cells["service"]
    if cells["location"] in directory.shared:
        directory.placed.append((row, cells["service"], cells["location"]))
        return
    if owner is None:
        found = f'location "{cells["location"]}"'
        collector.set_aside(row, "location_id", found, "A service is given at a location above.")
        return
    directory.service_locations[cells["service"]] = cells["location"]
    collector.use(row, directory.organizations[owner]["id"])


def _read_service(row: int, cells: Cells, collector: RowCollector, directory: Directory) -> None:
    location = cells["location"] or directory.service_locations.get(cells["id"], "")
    owner = cells["organization"] or directory.location_owners.get(location, "")
    if owner not in directory.organizations:
        found = f'"{cells["name"]}", of organization "{owner}" at location "{location}"'
        allowed = "A service is of an organization, or at a location, that stands above."
        collector.set_aside(row, "", found, allowed)
    elif cells["status"].casefold() in ("inactive", "defunct", "temporarily closed"):
        collector.set_aside(row, "status", f'"{cells["status"]}"', "Services in use are active.")
    else:
        directory.service_owners[cells["id"]] = owner
        directory.service_names[cells["id"]] = (row, cells["name"])
        collector.use(row, directory.organizations[owner]["id"])


def _read_category(row: int, cells: Cells, collector: RowCollector, directory: Directory) -> None:
    if not cells["id"] or not cells["name"]:
        found = f'id "{cells["id"]}", name "{cells["name"]}"'
        collector.set_aside(row, "", found, "A category has an id and a name.")
        return
    directory.categories[cells["id"]] = cells
    if cells["code"]:
        directory.category_codes[cells["code"]] = cells["id"]
    collector.use(row, "")


def _read_link(row: int, cells: Cells, collector: RowCollector, directory: Directory) -> None:
    service = directory.placed_services.get(cells["service"], "")
    service = cells["service"] if cells["service"] in directory.service_owners else service
    owner = directory.service_owners.get(service)
    key = cells["category"]
    category = key if key in directory.categories else directory.category_codes.get(key)
    if owner is None or category is None:
        found = f'service "{cells["service"]}", category "{cells["category"]}"'
        allowed = "A row links a service and a category that both stand above and are used."
        collector.set_aside(row, "", found, allowed)
        return
    directory.offered[service].append(category)
    collector.use(row, directory.organizations[owner]["id"])


STEPS = (
    (("organizations", "organization"), ORGANIZATIONS, _read_organization),
    (("locations", "location"), LOCATIONS, _read_location),
    (("addresses", "address", "physical_addresses"), ADDRESSES, _read_address),
    (
        ("service_at_location", "services_at_location", "service_at_locations"),
        PLACED_SERVICES,
        _read_placed,
    ),
    (("services", "service"), SERVICES, _read_service),
    (("taxonomy_terms", "taxonomy_term", "taxonomy"), CATEGORIES, _read_category),
    (
        (
            *("service_to_category", "service_taxonomy", "services_taxonomy"),
            *("service_attributes", "attributes", "attribute"),
        ),
        LINKS,
        _read_link,
    ),
    (("organization_identifiers", "organization_identifier"), IDENTIFIERS, read_identifier),
    (("service_areas", "service_area"), AREAS, read_area),
    (("funding", "fundings"), FUNDING, read_funding),
)


def _finish_places(parts: list[tuple[Family, Source, RowCollector]], directory: Directory) -> None:
    """Place organizations where their services are given, if they have no location of their own."""
    collectors = {family.name: collector for family, _, collector in parts}
    users: dict[str, str] = {}
    for row, service, location in directory.placed:
        collector = collectors[PLACED_SERVICES.name]
        owner = directory.service_owners.get(service)
        if owner is None:
            allowed = "A service at a location stands in the table of services, and is in use."
            collector.set_aside(row, "service_id", f'service "{service}"', allowed)
            continue
        users.setdefault(location, owner)
        organization = directory.organizations[owner]
        collector.use(row, organization["id"])
        _place(organization, directory.shared[location].cells)
        for line, cells in directory.shared[location].addresses:
            _address(line, organization, cells, collectors[ADDRESSES.name])
    for location, place in directory.shared.items():
        _close_place(place, users.get(location, ""), collectors, directory)


def _close_place(
    place: SharedPlace, owner: str, collectors: Mapping[str, RowCollector], directory: Directory
) -> None:
    """Note what the rows of a shared location are about; those that nobody uses are set aside."""
    rows = [(LOCATIONS, place.row), *((ADDRESSES, row) for row, _ in place.addresses)]
    for family, row in rows:
        if owner:
            collectors[family.name].use(row, directory.organizations[owner]["id"])
        else:
            allowed = "A location is of an organization, or a service is given there."
            collectors[family.name].set_aside(row, "", f'location "{place.cells["id"]}"', allowed)


def _finish_organizations(collector: RowCollector, directory: Directory) -> None:
    """Give every organization its kind, once all services are known."""
    branches: dict[str, Counter[str]] = defaultdict(Counter)
    for service, categories in directory.offered.items():
        for category in dict.fromkeys(categories):
            if directory.is_service(category):
                branch = directory.branch_of(category)
                branches[directory.service_owners[service]][branch] += 1
    for own_id, organization in directory.organizations.items():
        counts = branches.get(own_id, Counter())
        main = min(counts, key=lambda branch: (-counts[branch], branch), default="")
        organization["kind"] = KINDS.get(main, "community_based_organization")
        collector.add_organization(directory.rows[own_id], organization)
    for own_id, above in directory.parents.items():
        known = directory.organizations.get(above)
        parent = known["id"] if known else f"organization {above} (not in this directory)"
        ends = {"organization": directory.organizations[own_id]["id"], "parent": parent}
        collector.add_row("affiliations", directory.rows[own_id], ends | {"type": "affiliated"})


def _finish_services(
    parts: list[tuple[Family, Source, RowCollector]], directory: Directory
) -> None:
    """Add a row for every service of an organization, once for each population that it is for."""
    collector = next((part for family, _, part in parts if family is SERVICES), None)
    if collector is None:
        return
    seen: set[tuple[str, ...]] = set()
    for service, (row, name) in directory.service_names.items():
        owner = directory.organizations[directory.service_owners[service]]["id"]
        for key in _list_offers(service, name, directory, row, collector):
            if (owner, *key) not in seen:
                seen.add((owner, *key))
                cells = {"organization": owner, "service": key[0], "population": key[1]}
                collector.add_row("services", row, cells)


def _list_offers(
    service: str, name: str, directory: Directory, row: int, collector: RowCollector
) -> Iterator[tuple[str, str]]:
    """The pairs of service and population; a service without a category has its name only."""
    keys = list(dict.fromkeys(directory.offered.get(service, ())))
    offers = [key for key in keys if directory.is_service(key)]
    if not offers:
        for key in [key for key in keys if directory.is_population(key)] or [""]:
            yield name, directory.categories[key]["name"] if key else ""
        return
    general = {above for key in offers for above in directory.list_above(key)}
    for key in offers:
        if key in general:
            found = f"{directory.categories[key]['name']}, above another category of the service"
            meaning = "It is left out: the other says more."
            collector.assume(
                row, "category", found, "The most particular category counts.", meaning
            )
    whom = [key for key in keys if directory.is_population(key)]
    for offer in (key for key in offers if key not in general):
        for population in whom or [""]:
            cells = directory.categories.get(population, {"name": ""})
            yield directory.categories[offer]["name"], cells["name"]
