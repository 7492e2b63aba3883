"""Who may be one organization entered twice, or a part of another."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
from scipy.spatial import cKDTree

from ...core.memory import fact
from ...core.network import Network
from ...core.vocabulary import CENTERS, HOSPITALS
from ...linkage.match import find_possible_duplicates
from ...linkage.similarity import core_of, find_like_names, normalize_name
from ..geography.locations import has_own_place, locate_organizations
from .approachable import from_public_files

SITE = re.compile(r"\s+[-–—]+\s*|(?<=[a-z.])[-–—]+(?=[A-Z])")  # before the name of a site
ALIKE = 0.8  # likeness of two names from which on they are compared in all that is on file
CARE = ("hospital_care", "primary_care")  # sectors of which one runs the other under its name
LEAST_WORDS = 2  # of a name that another bears whole
DOOR_KM = 0.15  # within it two sites of health centers are one building, or the next
EARTH_KM = 6371.0  # its radius
MOST_COMPARED = 5_000  # organizations among which one entered twice is looked for


@fact
def list_namesakes(here: Network) -> tuple[tuple[int, int], ...]:
    """Give pairs of positions that are one, or parts of one, by what they are called.

    Of the health care of one county: who bears the whole name of another, and more ("Kimball Health
    Services Clinic" is a part of "Kimball Health Services", and so are all others called so), or
    behind a dash ("El Centro - Springer Medical Clinic", "Springer Medical Clinic"), and
    hospitals told apart by general words only ("Brown County Hospital", "Brown County Community
    Hospital").
    """
    table = here.organizations
    called: dict[tuple[str, str], list[int]] = {}
    columns = zip(table["name"], table["sector"], table["kind"], table["county_fips"], strict=True)
    for k, (name, sector, kind, home) in enumerate(columns):
        if home and sector in CARE:
            words = normalize_name(name).split()
            for size in range(LEAST_WORDS, len(words) + 1):
                called.setdefault((home, " ".join(words[:size])), []).append(k)
            site = normalize_name(SITE.split(name)[-1])
            if " " in site and site != " ".join(words):
                called.setdefault((home, site), []).append(k)
            core = core_of(" ".join(words)) if kind in HOSPITALS else ""
            if core:
                called.setdefault((home, f"hospital: {core}"), []).append(k)
    whole = {
        (home, normalize_name(name))
        for name, home in zip(table["name"], table["county_fips"], strict=True)
    }
    return tuple(
        pair
        for (home, name), found in called.items()
        if (home, name) in whole or name.startswith("hospital: ")
        for pair in combinations(found, 2)
    )


@fact
def list_neighbors(here: Network) -> tuple[tuple[int, int], ...]:
    """Give pairs of positions of health centers of public files that stand at one place.

    What two lists call by two names at one address is one clinic, or the next door of one center.
    """
    center = here.organizations["kind"].isin(CENTERS).to_numpy()
    at = np.flatnonzero(center & from_public_files(here) & has_own_place(here))
    if len(at) < 2:
        return ()
    latitude, longitude = np.radians(locate_organizations(here)[at].T)
    around = np.cos(latitude) * (np.cos(longitude), np.sin(longitude))
    globe = EARTH_KM * np.column_stack([*around, np.sin(latitude)])
    pairs = sorted(cKDTree(globe).query_pairs(DOOR_KM))
    return tuple((int(at[i]), int(at[j])) for i, j in pairs)


@fact
def list_twins(here: Network) -> tuple[tuple[int, int], ...]:
    """Give pairs of positions that may be one organization entered twice."""
    if not 2 <= here.n <= MOST_COMPARED:
        return ()
    names = [normalize_name(name) for name in here.organizations["name"]]
    if not any(len(i) for i, _ in find_like_names(names, least=ALIKE, rows=500)):
        return ()  # the whole comparison is dear, and no two names call for it
    found = find_possible_duplicates(here.whole)  # has the same organizations
    ends = [here.positions(found[column]) for column in found.columns[:2]]
    return tuple((int(a), int(b)) for a, b in zip(*ends, strict=True) if a >= 0 and b >= 0)
