"""What goes onto a map: worked out before the first stroke, and the source of its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.arrays import BoolArray, FloatArray, ObjectArray, PositionArray
from ...core.errors import UsageError
from ...core.network import Network
from ...facts.graph.collaboration import choose_layer
from ...facts.graph.layers import Layer
from ...places.gazetteer import county_name, county_of_zip
from ...places.outlines import county_at
from ..findings import Result, plan_visits
from ..picture import upper_half
from ..style import Style, choose_styles, measure_sizes
from .area import Area, choose_area
from .shading import Shading, choose_shading
from .standing import Places, find_places

SINGLE = 400  # more marks than this hide the counties: then each county has one circle
CROWD = 5  # more hospitals than this in a county are counted in its circle too
MOST_ARCS = 150  # lines between counties; more are a cloud
HOSPITALS = "hospital_care"
ORGANIZATIONS = ("auto", "each", "hospitals", "counts", "none")


@dataclass(frozen=True)
class Wishes:
    """What a map is asked to show."""

    where: str | Sequence[str] | None = None
    border_km: float | None = None
    shade: str | pd.Series | Mapping[str, float] | None = "gaps"
    organizations: str = "auto"
    ties: bool | None = None
    tours: Result | bool | None = None
    numbers: Sequence[str] = ()
    highlight: Sequence[str] = ()
    color: str | pd.Series = "sector"
    size: str | pd.Series = "degree"


@dataclass(frozen=True)
class MapPicture:
    """Everything that a map needs, by position of the organization in the network.

    Attributes
    ----------
    drawn : bool array
        Who has a place within the counties of the map.
    single : bool array
        Who has a mark of its own; the others are counted in the circle of their county.
    county : array of str
        County code by organization, "" where not known.
    home : array, shape (n, 2)
        Place on the page in kilometers.
    arcs : DataFrame
        ``source``, ``target`` (positions, or county codes where organizations are counted),
        ``strength``, ``ties``.
    stops, legs : DataFrame
        Stops of tours with their numbers; empty without tours.
    numbered : tuple of (number, place)
        Numbers of cards and where they stand: an organization's position or a county code.
    """

    net: Network
    area: Area
    layer: Layer
    shading: Shading | None
    styles: list[Style]
    code: PositionArray
    number: FloatArray
    places: Places
    county: ObjectArray
    drawn: BoolArray
    single: BoolArray
    counted: bool
    home: FloatArray
    highlight: BoolArray
    arcs: pd.DataFrame
    stops: pd.DataFrame
    numbered: tuple[tuple[int, int | str], ...] = ()
    day: pd.Timestamp | None = None
    base: int = -1
    areas: FloatArray = field(default_factory=lambda: np.empty(0))

    @cached_property
    def marked(self) -> PositionArray:
        """Positions of organizations with a mark of their own."""
        return np.flatnonzero(self.single & self.drawn)

    @cached_property
    def counts(self) -> pd.Series:
        """Organizations of each county that are counted in its circle."""
        inside = self.drawn & ~self.single if self.counted else np.zeros(self.net.n, dtype=bool)
        return pd.Series(self.county[inside]).value_counts(sort=False).sort_index()

    @cached_property
    def convener(self) -> int:
        """Position of the convener, -1 if none is declared."""
        return int(self.net.positions([self.net.convener])[0])


def compose_map(
    net: Network,
    layer: Layer | str | None,
    relations: Sequence[str] | None,
    as_of: str | pd.Timestamp | None,
    wishes: Wishes,
) -> MapPicture:
    """Work out area, shading, places, ties and tours."""
    _check_wishes(wishes)
    chosen = _choose_ties(net, layer, relations, as_of, wishes)
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    net = net.at(as_of).whole  # without those who had closed by then
    area = choose_area(net, wishes.where, wishes.border_km)
    places = find_places(net)
    county = find_counties(net, places)
    drawn = np.isin(county, area.drawn) & (places.known != "")
    styles, code = choose_styles(net, wishes.color)
    number, sizes = measure_sizes(net, chosen, wishes.size)
    single, counted = _choose_single(net, wishes, county, drawn)
    picture = MapPicture(
        net=net,
        area=area,
        layer=chosen,
        shading=choose_shading(net, wishes.shade, day),
        styles=styles,
        code=code,
        number=number,
        places=places,
        county=county,
        drawn=drawn,
        single=single,
        counted=counted,
        home=area.projection.project(places.latitude, places.longitude),
        highlight=net.ids.isin([net.find(one, argument="highlight") for one in wishes.highlight]),
        arcs=pd.DataFrame(),
        stops=_list_stops(net, wishes.tours, as_of),
        numbered=_place_numbers(net, area, wishes.numbers),
        day=day,
        areas=sizes,
    )
    return replace(picture, arcs=_list_arcs(picture, wishes), base=_find_base(picture, wishes))


def _choose_ties(
    net: Network,
    layer: Layer | str | None,
    relations: Sequence[str] | None,
    as_of: str | pd.Timestamp | None,
    wishes: Wishes,
) -> Layer:
    """The layer of the map; affinity, which takes long to build, only where it will be drawn."""
    if layer is None and not wishes.ties:
        layer = "collaboration"
    return choose_layer(net, layer, relations=relations, as_of=as_of)


def _check_wishes(wishes: Wishes) -> None:
    if wishes.organizations not in ORGANIZATIONS:
        raise UsageError(
            f"organizations: found {wishes.organizations!r}. Allowed are "
            f"{', '.join(ORGANIZATIONS)}. Choose one of them."
        )


def find_counties(net: Network, places: Places) -> ObjectArray:
    """County of each organization: on file, else of its ZIP code, else around its coordinates."""
    table = net.organizations
    found = table["county_fips"].to_numpy(dtype=object, copy=True)
    for k in np.flatnonzero(found == ""):
        found[k] = county_of_zip(str(table["zip"].iloc[k]))
    lost = np.flatnonzero((found == "") & (places.known != ""))
    if len(lost):
        found[lost] = county_at(places.latitude[lost], places.longitude[lost])
    return found


def _choose_single(
    net: Network, wishes: Wishes, county: ObjectArray, drawn: BoolArray
) -> tuple[BoolArray, bool]:
    """Who has a mark of its own, and whether the others are counted by county."""
    mode = wishes.organizations
    if mode == "auto":
        mode = "each" if drawn.sum() <= SINGLE else "counts"
    if mode in ("each", "none"):
        return np.full(net.n, mode == "each"), False
    by_kind = {id_: kind.sector for id_, kind in net.vocabulary.kinds.items()}
    sector = net.organizations["sector"]
    sector = sector.where(sector != "", net.organizations["kind"].map(by_kind))
    hospitals = (sector == HOSPITALS).to_numpy() & drawn
    if mode == "counts":
        crowd = pd.Series(county).where(hospitals).map(pd.Series(county[hospitals]).value_counts())
        hospitals &= (crowd <= CROWD).to_numpy()
    return hospitals & bool(hospitals.sum() <= SINGLE), mode == "counts"


# -- ties ------------------------------------------------------------------------------------------


def _list_arcs(picture: MapPicture, wishes: Wishes) -> pd.DataFrame:
    """Ties between those drawn: one by one, or added up by pair of counties."""
    wanted = wishes.ties
    if wanted is None:
        wanted = picture.layer.kind == "collaboration"
    pairs = upper_half(picture.layer.matrix)
    a, b = pairs.coords
    kept = picture.drawn[a] & picture.drawn[b] & bool(wanted)
    arcs = pd.DataFrame({"source": a[kept], "target": b[kept], "strength": pairs.data[kept]})
    arcs["ties"] = 1
    if picture.counted:
        return _add_by_county(picture, arcs)
    shown = picture.single[arcs["source"]] & picture.single[arcs["target"]]
    return arcs[shown].reset_index(drop=True)


def _add_by_county(picture: MapPicture, arcs: pd.DataFrame) -> pd.DataFrame:
    """One line a pair of counties, the most ties first, at most 150."""
    ends = np.sort(
        np.column_stack([picture.county[arcs["source"]], picture.county[arcs["target"]]]).astype(
            str
        ),
        axis=1,
    )
    named = arcs.assign(source=ends[:, 0], target=ends[:, 1])
    named = named[named["source"] != named["target"]]
    added = named.groupby(["source", "target"], as_index=False).agg(
        strength=("strength", "max"), ties=("ties", "sum")
    )
    most = added.sort_values(["ties", "source", "target"], ascending=[False, True, True])
    return most.head(MOST_ARCS).reset_index(drop=True)


# -- tours and numbers -----------------------------------------------------------------------------


def _list_stops(
    net: Network, tours: Result | bool | None, as_of: str | pd.Timestamp | None
) -> pd.DataFrame:
    """Stops of the tours asked for, numbered in order within each tour."""
    columns = ["tour", "day", "stop", "organization", "name", "county", "km"]
    if tours is None or tours is False:
        return pd.DataFrame(columns=columns)
    planned = plan_visits(net, as_of=as_of) if tours is True else tours
    if not isinstance(planned, Result) or "stops" not in planned.tables:
        raise UsageError(
            f"tours: found {type(tours).__name__} without stops. Allowed are True and what "
            "plan_visits gives. Pass its result."
        )
    stops = planned.tables["stops"]
    numbered = stops.assign(stop=stops.groupby("tour").cumcount() + 1)
    return numbered[columns].reset_index(drop=True)


def _find_base(picture: MapPicture, wishes: Wishes) -> int:
    """Position of the organization from which tours start, -1 where it is not told."""
    if not len(picture.stops) or not isinstance(wishes.tours, Result):
        return picture.convener if len(picture.stops) else -1
    start = str(wishes.tours.method.settings.get("base", ""))
    try:
        return int(picture.net.positions([picture.net.find(start)])[0])
    except UsageError:
        return picture.convener


def _place_numbers(
    net: Network, area: Area, numbers: Sequence[str]
) -> tuple[tuple[int, int | str], ...]:
    """Number the cards in their order; a place that the map does not show keeps its number."""
    found: list[tuple[int, int | str]] = []
    for number, place in enumerate(numbers, start=1):
        if not place:
            continue
        if place in area.drawn:
            found.append((number, place))
        elif not county_name(place):  # a county beyond what is drawn has no mark
            found.append((number, int(net.positions([net.find(place, argument="numbers")])[0])))
    return tuple(found)
