"""Under which name several go: the sites of one center, and hospitals that share a brand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ...core.memory import fact
from ...core.network import Network
from ...core.vocabulary import CENTERS
from ...linkage.brands import find_brands
from ...linkage.similarity import normalize_name
from .approachable import from_public_files

COUNSELORS = ("behavioral_health", "substance_use_treatment")
SITE = re.compile(r"\s*\(|\s+[-–—]+\s*|(?<=[a-z.])[-–—]+(?=[A-Z])")  # what sets a site apart

INITIALS = re.compile(r"(?!(?:EL|LA|ST|MT|FT|US|USA)\b)[A-Z]{2,5}(?=[ -]+\S)")  # HMS Cobre Clinic


@fact
def list_brands(here: Network) -> tuple[str, ...]:
    """The name under which the sites of one center go; of others their id.

    Sites of a health center share its initials or the first two words, those of a center of
    behavioral health the name before the brackets or the dash that tell their towns.
    """
    table = here.organizations
    rows = zip(here.ids, table["name"], table["kind"], strict=True)
    return tuple(_find_brand(str(id_), name, kind) for id_, name, kind in rows)


def drop_further_sites(here: Network, ids: Sequence[str]) -> list[str]:
    """Leave out sites of a center that stands in the list itself, or of which another does.

    By the affiliations ("site of"); of public files by the name under which they go, too.
    """
    centers = list_centers(here)
    seen = {centers[id_] for id_ in ids if centers[id_] == id_}
    kept = []
    for id_ in ids:
        if centers[id_] == id_ or centers[id_] not in seen:
            kept.append(id_)
            seen.add(centers[id_])
    return kept


@fact
def list_centers(here: Network) -> Mapping[str, str]:
    """Give whose site each organization is: the id of its center, a brand, or its own id."""
    rows = here.rows("affiliations")
    rows = rows[rows["type"] == "site of"]
    above = dict(zip(rows["organization"], here.resolve(rows["parent"]), strict=True))
    listed = from_public_files(here)
    found = {
        str(id_): above.get(id_) or (f"brand: {brand}" if public and brand != id_ else str(id_))
        for id_, brand, public in zip(here.ids, list_brands(here), listed, strict=True)
    }
    return MappingProxyType(found)


def _find_brand(id_: str, name: str, kind: str) -> str:
    if kind in CENTERS and (initials := INITIALS.match(name)) and not name.isupper():
        return initials[0].casefold()
    if kind in CENTERS:
        return " ".join(normalize_name(name).split()[:2])
    if kind in COUNSELORS:
        return normalize_name(SITE.split(name, maxsplit=1)[0]) or id_
    return id_


@fact
def list_centers_by_position(here: Network) -> tuple[str, ...]:
    """Give whose site each organization is (:func:`list_centers`), by position."""
    return tuple(list_centers(here).values())


@fact
def list_hospital_brands(here: Network) -> Mapping[str, str]:
    """Give the brand that hospitals share, by id, of those whose owner is not on file."""
    owned = set(here.rows("affiliations")["organization"])
    brands = find_brands(here.organizations.assign(id=here.ids))
    return MappingProxyType(
        {id_: brand for brand, ids in brands.items() for id_ in ids if id_ not in owned}
    )
