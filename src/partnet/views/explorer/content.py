"""What the explorer shows, as one plain value that becomes JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ...core.arrays import FloatArray
from ...core.network import Network
from ...core.wording.safety import strip_controls
from ...core.wording.text import say_date
from ...facts.graph.layers import Layer
from ...places.gazetteer import county_name, state_of
from ..findings import (
    VISITED_KINDS,
    count_dollars,
    find_all_gaps,
    measure_between,
    recommend,
    tell_trust,
    tell_voices,
)
from ..layout import layout_network
from ..maps.area import Area, choose_area
from ..maps.picture import find_counties
from ..maps.shading import UNKNOWN, Shading, choose_shading
from ..maps.standing import find_places, spread_marks
from ..picture import thin_layer
from ..regions import MANY, pack_regions
from ..style import SECTOR_STYLES, choose_styles
from .ties import SHARED, list_ties, pack_ties

WIDTH = 2000  # positions are whole numbers from 0 to this
MAP_MARK = 11.0  # room of a mark on the map, in the same unit
FURTHEST = 60.0
ADVICE = 3  # partners suggested to each organization


def collect_content(
    net: Network,
    waves: Mapping[str, Network],
    layer: Layer,
    *,
    where: str | Sequence[str] | None,
    shade: str | pd.Series | Mapping[str, float] | None,
    views: Mapping[str, str],
) -> dict[str, Any]:
    """Collect everything that the page shows; texts without control characters."""
    ties = list_ties(waves, net, layer)
    relations = _list_relations(net, ties)
    area = choose_area(net, where)
    counties = sorted(({*net.organizations["county_fips"]} - {""}) | {*area.drawn})
    content = {
        "title": net.title,
        "about": _say_about(net, layer),
        "affinity": layer.kind == "affinity",
        "convener": int(net.positions([net.convener])[0]),
        "waves": list(waves),
        "sectors": [[s.label, s.color, s.marker] for s in SECTOR_STYLES],
        "relations": relations,
        "counties": [[fips, county_name(fips) or fips, state_of(fips)] for fips in counties],
        **_list_organizations(net, waves, counties),
        **_list_services(net),
        "ties": pack_ties(ties, net.n, [relation[0] for relation in relations]),
        "net": _place_network(layer),
        "map": _draw_area(net, area, choose_shading(net, shade, net.day), counties),
        "measures": _measure(net, layer),
        "gaps": _list_gaps(net, counties),
        "trust": _list_told(net, tell_trust(net)),
        "voices": _list_told(net, tell_voices(net)),
        "advice": _list_advice(net),
        "views": [[name, fragment] for name, fragment in views.items()],
    }
    return dict(_clean(content))


def _clean(value: Any) -> Any:
    """Take control characters out of every text."""
    if isinstance(value, str):
        return strip_controls(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return value


def _say_about(net: Network, layer: Layer) -> list[str]:
    """What the page is about: the day, for whom, and what its lines are."""
    said = [f"As of {say_date(net.day)}" if net.day is not None else "No dates on file"]
    if net.audience == "partner":
        said.append(f"prepared for {net.reader_name or 'partners'}")
    elif net.audience == "public":
        said.append("prepared for the public")
    if layer.kind == "affinity":
        said.append("no tie is on file: lines join those with most in common")
    return said


def _list_relations(net: Network, ties: pd.DataFrame) -> list[list[Any]]:
    """Id, label and whether it counts as working together, in the order of the vocabulary."""
    used = set(ties["relation"])
    known = [r for r in net.vocabulary.relations.values() if r.id in used]
    rows: list[list[Any]] = [[r.id, r.label, int(r.working)] for r in known]
    rest = sorted(used - {row[0] for row in rows})
    return rows + [[id_, "have much in common" if id_ == SHARED else id_, 1] for id_ in rest]


def _list_organizations(
    net: Network, waves: Mapping[str, Network], counties: list[str]
) -> dict[str, Any]:
    """Names, kinds, sectors, counties and waves of organizations, by position."""
    table = net.organizations
    kinds = sorted(set(table["kind"]))
    labels = net.vocabulary.kinds
    county = {fips: k for k, fips in enumerate(counties)}
    present = sum(
        np.isin(net.ids.to_numpy(dtype=object), wave.ids.to_numpy(dtype=object)).astype(int) << k
        for k, wave in enumerate(waves.values())
    )
    _, code = choose_styles(net, "sector")
    home = find_counties(net, find_places(net))
    return {
        "ids": list(net.ids),
        "names": net.names.tolist(),
        "kinds": [labels[kind].label if kind in labels else kind for kind in kinds],
        "kind": table["kind"].map({kind: k for k, kind in enumerate(kinds)}).tolist(),
        "sector": code.tolist(),
        "county": [county.get(str(fips), -1) for fips in home],
        "context": np.flatnonzero(net.is_context.to_numpy()).tolist(),
        "present": np.asarray(present).tolist(),
    }


def _list_services(net: Network) -> dict[str, Any]:
    """Services by their labels, and which of them each organization offers, by position."""
    rows = net.rows("services")
    folded = rows["service"].str.casefold()
    labels = dict(zip(folded[::-1], rows["service"][::-1], strict=True))
    labels.pop("", None)
    number = {key: k for k, key in enumerate(sorted(labels))}
    offers: list[set[int]] = [set() for _ in range(net.n)]
    for at, key in zip(net.positions(rows["organization"]).tolist(), folded, strict=True):
        if at >= 0 and key:
            offers[at].add(number[key])
    return {"services": [labels[key] for key in number], "offers": [sorted(one) for one in offers]}


# -- places ----------------------------------------------------------------------------------------


def _place_network(layer: Layer) -> dict[str, Any]:
    """Positions of the picture of ties, as whole numbers, and the discs of a large network."""
    drawn = thin_layer(layer) if layer.kind == "affinity" else layer
    discs: list[list[int]] = []
    if layer.n > MANY:
        regions = pack_regions(drawn)
        points, low, scale = _fit(regions.points, regions.corners)
        centers = (regions.centers - low) * scale
        rows = zip(centers, regions.radii * scale, strict=True)
        discs = [[round(x), round(WIDTH - y), round(r)] for (x, y), r in rows]
    else:
        raw = layout_network(drawn).to_numpy()
        points, _, _ = _fit(raw, raw)
    return {"x": _whole(points[:, 0]), "y": _whole(WIDTH - points[:, 1]), "discs": discs}


def _fit(points: FloatArray, corners: FloatArray) -> tuple[FloatArray, FloatArray, float]:
    """Scale points into a square, and say how."""
    if not len(corners):
        return points.reshape(-1, 2), np.zeros(2), 1.0
    low, high = corners.min(axis=0), corners.max(axis=0)
    scale = WIDTH / max(float((high - low).max()), 1e-9) if len(corners) > 1 else 1.0
    return (points - low) * scale, low, scale


def _whole(values: FloatArray) -> list[int | None]:
    return [None if value != value else round(float(value)) for value in values]


def _draw_area(
    net: Network, area: Area, shading: Shading | None, counties: list[str]
) -> dict[str, Any]:
    """Outlines, shading and the place of every organization on the map."""
    rings = [ring for group in area.rings.values() for ring in group]
    points = np.concatenate(rings) if rings else np.zeros((0, 2))
    _, low, scale = _fit(points, points)
    places = find_places(net)
    home = find_counties(net, places)
    inside = np.isin(home, area.drawn) & (places.known != "")
    spots = (area.projection.project(places.latitude, places.longitude) - low) * scale
    spots[~inside] = np.nan
    radius = np.full(net.n, MAP_MARK if net.n <= 400 else MAP_MARK / 2)
    order = -np.arange(net.n, dtype=float)
    spots = spread_marks(spots, radius, order=order, most=FURTHEST)
    number = {fips: k for k, fips in enumerate(counties)}
    region = set(area.counties)
    return {
        "title": area.title,
        "x": _whole(spots[:, 0]),
        "y": _whole(WIDTH - spots[:, 1]),
        "outlines": [
            [number[fips], _step(shading, fips, region), _pack_rings(area.rings[fips], low, scale)]
            for fips in area.drawn
        ],
        "shade": shading.title if shading is not None else "",
        "steps": [] if shading is None else _pair(shading.labels, shading.colors),
        "unknown": UNKNOWN,
    }


def _pair(labels: Sequence[str], colors: Sequence[str]) -> list[list[str]]:
    return [list(step) for step in zip(labels, colors, strict=True)]


def _step(shading: Shading | None, fips: str, region: set[str]) -> int:
    """Step of a county; -1 not known, -2 across the line."""
    if fips not in region:
        return -2
    if shading is None or fips not in shading.code.index:
        return -1
    return int(shading.code[fips])


def _pack_rings(rings: list[FloatArray], low: FloatArray, scale: float) -> list[list[int]]:
    """Rings as whole numbers: a first point, then steps; bends too fine to see left out."""
    packed = []
    for ring in rings:
        flat = np.round((ring - low) * scale / 2) * 2
        flat[:, 1] = WIDTH - flat[:, 1]
        keep = np.ones(len(flat), dtype=bool)
        keep[1:] = (flat[1:] != flat[:-1]).any(axis=1)
        flat = flat[keep].astype(int)
        if len(flat) > 3:
            steps = np.vstack([flat[:1], np.diff(flat, axis=0)])
            packed.append(steps.ravel().tolist())
    return packed


# -- findings --------------------------------------------------------------------------------------


def _measure(net: Network, layer: Layer) -> list[list[Any]]:
    """Label and whole-number values of measures by which marks can be sized."""
    partners = np.asarray(layer.binary.sum(axis=1)).ravel()
    label = "Much in common with" if layer.kind == "affinity" else "Partners"
    found: list[list[Any]] = [[label, partners.astype(int).tolist()]]
    between = measure_between(layer)
    if between is not None:
        found.append(["Betweenness", np.round(between * 10_000).astype(int).tolist()])
    dollars = count_dollars(net)
    if dollars.any():
        found.append(["Dollars on file", np.round(dollars).astype(np.int64).tolist()])
    return found


def _list_gaps(net: Network, counties: list[str]) -> dict[str, Any]:
    """Gaps of organizations and counties, as far as the audience may see whose they are."""
    table, kinds = find_all_gaps(net)
    county = {fips: k for k, fips in enumerate(counties)}
    labels = list(kinds)
    rows = []
    for row in table.itertuples():
        one, other = (int(k) for k in net.positions([row.organization, row.other]))
        place = county.get(str(row.place), -1)
        if not _may_show(net, one, other):
            continue
        if one < 0 and other < 0 and place < 0:
            continue
        text = [str(row.rule), str(row.status), str(row.evidence), str(row.next_step)]
        rows.append([one, other, place, labels.index(row.kind), round(row.severity * 100), *text])
    return {"kinds": [kinds[label] for label in labels], "rows": rows}


def _may_show(net: Network, one: int, other: int) -> bool:
    """Whether a gap may stand beside a name: all internally, one's own for a partner."""
    if net.audience == "internal":
        return True
    if net.audience == "partner" and net.reader:
        own = int(net.positions([net.reader])[0])
        return own in (one, other) or one < 0
    return one < 0 and other < 0


def _list_told(net: Network, told: dict[str, list[str]]) -> list[list[Any]]:
    """What is told beside an organization: its position, then lines."""
    places = net.positions(list(told)).tolist()
    rows = zip(places, told.values(), strict=True)
    return [[place, *lines] for place, lines in rows if place >= 0 and lines]


def _list_advice(net: Network) -> list[list[Any]]:
    """Whom to approach, why and through whom: for whoever the audience may see it."""
    if net.audience == "public" or (net.audience == "partner" and not net.reader):
        return []
    asking = [net.reader] if net.reader else None
    if asking is None and net.n > MANY:  # of a large network only those whom an Office visits
        visited = net.organizations["kind"].isin(VISITED_KINDS)
        asking = [*net.ids[visited | (net.ids == net.convener)]]
    if asking == []:
        return []
    table = recommend(net, asking, ADVICE)
    one, other, through = (
        net.positions(table[side]).tolist() for side in ("organization", "partner", "introducer")
    )
    words = table["sentence"].tolist()
    return [list(row) for row in zip(one, other, through, words, strict=True)]
