"""Places across tables: county by code, name, ZIP and coordinates; old codes beside new ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from ...places.gazetteer import county_name, county_neighbors, county_of_zip, state_of
from ...places.history import ERAS, list_eras
from ..values.parse import parse_county, settle_county
from .draft import Draft
from .points import check_points, say_county

PLACED = ("organizations", "services", "needs")


def settle_places(drafts: Mapping[str, Draft]) -> None:
    """Say where places contradict each other; make no gap from a change of borders."""
    organizations = drafts["organizations"]
    _check_names(organizations)
    _check_states(organizations)
    _check_zips(organizations)
    check_points(organizations)
    _part_eras(drafts)


def _check_names(draft: Draft) -> None:
    """The code of a county and its name mean one county."""
    frame = draft.frame
    both = frame.index[(frame["county_fips"] != "") & (frame["county"] != "")]
    named: dict[tuple[str, str], str] = {}
    for row in both:
        fips, name, state = (frame.at[row, c] for c in ("county_fips", "county", "state"))
        key = name, state or state_of(fips)
        if key not in named:
            named[key] = str(parse_county(*key).value or "")
        by_name = settle_county(named[key]).value if named[key] else ""
        if by_name in ("", fips) or list_eras([fips]).keys() != list_eras([by_name]).keys():
            continue
        witness = county_of_zip(frame.at[row, "zip"])
        says = f" The ZIP code lies in {say_county(witness)}." if witness else ""
        draft.report(
            row,
            "county_fips",
            f'{fips} ({county_name(fips)}) with the county "{name}" ({by_name})',
            "The code of a county and its name mean one county.",
            f"Correct one of them.{says} Until then the code counts.",
        )


def _check_zips(draft: Draft) -> None:
    """The ZIP code of an organization lies in its county, or reaches into it from the next one."""
    frame = draft.frame
    by_zip = frame["zip"].map(county_of_zip)
    fips = frame["county_fips"]
    same_state = by_zip.map(state_of) == fips.map(state_of)
    apart = (fips != "") & (by_zip != "") & (by_zip != fips) & same_state
    for row in frame.index[apart]:
        own, other = fips[row], by_zip[row]
        if other in county_neighbors(own) or list_eras([own]).keys() != list_eras([other]).keys():
            continue
        draft.report(
            row,
            "zip",
            f"{frame.at[row, 'zip']}, which lies in {say_county(other)}, with {say_county(own)}",
            "The ZIP code of an organization lies in its county, or next to it.",
            "Check which of the two is right. The county counts.",
            level="note",
        )


def _check_states(draft: Draft) -> None:
    """State, county and ZIP of one organization are in one State."""
    frame = draft.frame
    by_county = frame["county_fips"].map(state_of)
    by_zip = frame["zip"].map(county_of_zip).map(state_of)
    stated = frame["state"]
    wrong = (stated != "") & (by_county != "") & (by_county != stated)
    for row in frame.index[wrong]:
        votes = [by_county[row], stated[row], by_zip[row]]
        likely = max(votes[:2], key=votes.count)
        tail = f" The ZIP code speaks for {by_zip[row]}." if by_zip[row] in votes[:2] else ""
        fips = frame.at[row, "county_fips"]
        draft.report(
            row,
            "county_fips",
            f"{fips} ({county_name(fips)}, {by_county[row]}) with the State {stated[row]}",
            "The county of an organization lies in its State.",
            f"Correct one of them; {likely} is likely.{tail} The county counts as not known.",
            set_aside="cell",
        )
    frame.loc[wrong, "county_fips"] = ""
    far = ~wrong & (stated != "") & (by_zip != "") & (by_zip != stated)
    for row in frame.index[far]:
        draft.report(
            row,
            "zip",
            f"{frame.at[row, 'zip']}, which lies in {by_zip[row]}, with the State {stated[row]}",
            "The ZIP code of an organization lies in its State.",
            "Check it. The county is not taken from it.",
            level="note",
        )


def _part_eras(drafts: Mapping[str, Draft]) -> None:
    """Where counties stand beside what replaced them, needs of the other kind make no gap."""
    used = {name: set(codes) for name, codes in _list_codes(drafts)}
    for old, new in ERAS:
        eras = {name: list_eras(codes) for name, codes in used.items()}
        found = {era for by_era in eras.values() for era in by_era} & {old, new}
        if len(found) < 2:
            continue
        draft = drafts.get("needs") or drafts["organizations"]
        draft.report(
            None,
            "county_fips",
            f"{old} and {new} in one file",
            "Their borders differ: one does not tell the other.",
            "Use one of the two. Needs of places that no organization is given in are set aside.",
            level="note",
        )
        _set_needs_aside(drafts, old, new)


def _list_codes(drafts: Mapping[str, Draft]) -> Iterator[tuple[str, pd.Series]]:
    for name in PLACED:
        if name in drafts:
            yield name, drafts[name].frame["county_fips"]


def _set_needs_aside(drafts: Mapping[str, Draft], old: str, new: str) -> None:
    """Needs stay only where organizations and services are given in the same kind of places."""
    needs = drafts.get("needs")
    if needs is None:
        return
    others = [c for name, codes in _list_codes(drafts) if name != "needs" for c in codes]
    eras = list_eras(others)
    here = {era for era in (old, new) if era in eras}
    for row, code in needs.frame["county_fips"].items():
        own = {era for era in list_eras([code]) if era in (old, new)}
        if own and here and own != here:
            needs.report(
                int(str(row)),
                "county_fips",
                f"{code} ({county_name(code)}), one of the {next(iter(own))}",
                f"Organizations are given in {' and '.join(sorted(here))}.",
                "Whether the need is met cannot be told. The row is set aside.",
                level="note",
                set_aside="row",
            )
            needs.set_rows_aside([int(str(row))])
