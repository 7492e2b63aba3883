"""What a map shows, as tables and in words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ...core.results.result import Method, Result
from ...core.wording.text import count_noun, join_words, say_date, start_small
from ...places.gazetteer import county_name, state_of
from ..names import clean_name
from .picture import MapPicture
from .standing import COUNTY


def tabulate(picture: MapPicture) -> Result:
    """Give all that a map shows as one result."""
    return Result(
        verb="draw_map",
        title=f"Map of {picture.area.title or 'no place on file'}",
        table=list_counties(picture),
        sentences=tuple(_say_map(picture)),
        method=Method(
            name="Map of counties",
            formula="Albers' equal-area conic projection.",
            settings={
                "shading": picture.shading.title if picture.shading is not None else "none",
                "as of": "" if picture.day is None else picture.day.date().isoformat(),
                "relations": ", ".join(picture.layer.relations),
            },
            sources=("Snyder (1987), doi:10.3133/pp1395",),
            notes=("Outlines: US Census cartographic boundaries, simplified to about 500 m.",),
        ),
        tables={
            "organizations": list_organizations(picture),
            "ties": list_ties(picture),
            "stops": picture.stops.copy(),
            "numbers": list_numbers(picture),
        },
    )


def list_counties(picture: MapPicture) -> pd.DataFrame:
    """One row a county of the map: how many organizations, and what its shading says."""
    drawn = list(picture.area.drawn)
    count = pd.Series(picture.county[picture.drawn]).value_counts()
    table = pd.DataFrame(
        {
            "county_fips": drawn,
            "county": [county_name(fips) for fips in drawn],
            "state": [state_of(fips) for fips in drawn],
            "across": [fips not in set(picture.area.counties) for fips in drawn],
            "organizations": count.reindex(drawn).fillna(0).astype(int).to_numpy(),
        }
    )
    shading = picture.shading
    if shading is not None:
        inside = set(picture.area.counties)
        table[shading.column] = shading.values.reindex(drawn).to_numpy(dtype=float)
        table.loc[table["across"], shading.column] = np.nan
        table["step"] = [shading.label_of(f) if f in inside else "" for f in drawn]
    return table


def list_organizations(picture: MapPicture) -> pd.DataFrame:
    """One row an organization: its place, how well it is known, whether the map shows it."""
    net = picture.net
    return pd.DataFrame(
        {
            "organization": net.ids,
            "name": net.names.to_numpy(),
            "kind": net.organizations["kind"].to_numpy(),
            "county_fips": picture.county,
            "latitude": picture.places.latitude,
            "longitude": picture.places.longitude,
            "place": picture.places.known,
            "drawn": picture.drawn & (picture.single | picture.counted),
        }
    )


def list_ties(picture: MapPicture) -> pd.DataFrame:
    """One row an arc: organizations, or counties with how many ties lie between them."""
    arcs, net = picture.arcs, picture.net
    if picture.counted or not len(arcs):
        return arcs.assign(
            source_name=[county_name(str(f)) for f in arcs.get("source", [])],
            target_name=[county_name(str(f)) for f in arcs.get("target", [])],
        )
    ids, names = net.ids.to_numpy(dtype=object), net.names.to_numpy(dtype=object)
    source, target = (arcs[side].to_numpy(dtype=np.intp) for side in ("source", "target"))
    return arcs.assign(
        source=ids[source], target=ids[target], source_name=names[source], target_name=names[target]
    )


def list_numbers(picture: MapPicture) -> pd.DataFrame:
    """One row a number on the map: the county or organization it stands for."""
    rows = [
        (number, place, county_name(place))
        if isinstance(place, str)
        else (number, str(picture.net.ids[place]), str(picture.net.names.iloc[place]))
        for number, place in picture.numbered
    ]
    return pd.DataFrame(rows, columns=["number", "place", "name"])


# -- in words --------------------------------------------------------------------------------------


def write_map_caption(picture: MapPicture, names: int) -> str:
    """Say beneath a map what it shows and what it leaves out."""
    if not picture.area.drawn:
        return "No county and no State is on file, so there is no map."
    said = [_say_shading(picture), _say_lines(picture), _say_places(picture)]
    if 0 < names < len(picture.marked):
        who = count_noun(names, "organization is", "organizations are")
        said.append(f"{who} named, as far as room allows.")
    return " ".join(filter(None, said))


def describe_map(picture: MapPicture) -> str:
    """Say in words what a map shows, for readers who cannot see it."""
    return " ".join(_say_map(picture))


def _say_map(picture: MapPicture) -> Iterator[str]:
    area = picture.area
    if not area.drawn:
        yield "No county and no State is on file, so there is no map."
        return
    across = f" and {len(area.neighbors):,} across the line" if area.neighbors else ""
    counties = count_noun(len(area.counties), "county", "counties")
    here = count_noun(int(picture.drawn.sum()), "organization")
    yield f"Map of {area.title}: {counties}{across}, {here}."
    yield from filter(None, (_say_steps(picture), _say_worst(picture)))
    yield from filter(None, (_say_lines(picture), _say_tours(picture), _say_places(picture)))


def _say_shading(picture: MapPicture) -> str:
    shading = picture.shading
    if shading is None:
        return ""
    if shading.values.empty:
        return f"{shading.title}: nothing is on file."
    day = f" as of {say_date(picture.day)}" if picture.day is not None else ""
    return f"Shading: {start_small(shading.title)}{day}; white is not known."


def _say_steps(picture: MapPicture) -> str:
    """How many counties fall into each step."""
    shading = picture.shading
    if shading is None:
        return ""
    steps = [shading.label_of(fips) for fips in picture.area.counties]
    counted = [f"{label}: {steps.count(label)}" for label in dict.fromkeys(sorted(steps))]
    return f"{shading.title}, counties in each step: {'; '.join(counted)}."


def _say_worst(picture: MapPicture) -> str:
    """The counties in the darkest step, up to five."""
    shading = picture.shading
    if shading is None or shading.values.empty:
        return ""
    known = shading.values.reindex(list(picture.area.counties)).dropna()
    top = known[shading.code.reindex(known.index) == len(shading.labels) - 1]
    order = top.sort_values(ascending=False, kind="stable").index
    named = [county_name(fips).removesuffix(" County") for fips in order]
    return f"Darkest: {join_words(named, most=5)}." if named else ""


def _say_lines(picture: MapPicture) -> str:
    if not len(picture.arcs):
        return ""
    ties = count_noun(int(picture.arcs["ties"].sum()), "tie")
    if picture.layer.kind == "affinity":
        return "Dashed arcs join those with most in common; these are not reported ties."
    if picture.counted:
        return (
            f"Arcs add up {ties} between counties, wider where there are more; at most "
            f"{count_noun(len(picture.arcs), 'pair')} of counties "
            f"{'is' if len(picture.arcs) == 1 else 'are'} drawn."
        )
    return f"Arcs show {ties} on file, wider where stronger."


def _say_tours(picture: MapPicture) -> str:
    if picture.stops.empty:
        return ""
    tours = picture.stops.groupby("tour", sort=True)["name"].agg(list)
    said = [
        f"Tour {int(tour)}: {join_words([clean_name(name) for name in names])}"
        for tour, names in tours.items()
    ]
    return "; ".join(said) + "."


def _say_places(picture: MapPicture) -> str:
    """Who stands at the middle of the county, who has no place, who lies beyond the map."""
    known = picture.places.known
    middle = int((picture.drawn & (known == COUNTY) & picture.single).sum())
    lost, beyond = int((known == "").sum()), int(((known != "") & ~picture.drawn).sum())
    said = []
    if middle:
        what = "organization stands" if middle == 1 else "organizations stand"
        said.append(f"{middle:,} {what} in the middle of the county, as no address is on file")
    if lost:
        said.append(
            f"{count_noun(lost, 'organization has', 'organizations have')} no place on file"
        )
    if beyond:
        said.append(f"{count_noun(beyond, 'lies', 'lie')} beyond the map")
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
