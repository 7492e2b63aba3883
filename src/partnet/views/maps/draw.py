"""The map: organizations, ties, gaps and tours where they are; and the table behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...core.arguments import checked
from ...core.arrays import FloatArray
from ...core.network import Network
from ...core.results.result import Result
from ...facts.graph.layers import Layer
from ..draw import PAGE, check_format, prepare_axes, render_figure
from ..labels import place_labels
from ..marks import wrap_text, write_beneath
from ..names import shorten_name
from ..picture import check_label
from ..style import TEXT_SIZE
from .land import fit_map, mark_counties
from .legend import add_map_legend, add_short_legend
from .marks import (
    bound_circles,
    mark_arcs,
    mark_circles,
    mark_numbers,
    mark_organizations,
    mark_tours,
    place_marks,
)
from .picture import MapPicture, Wishes, compose_map
from .table import describe_map, tabulate, write_map_caption

TOP_NAMES = 30  # a map has shapes of its own; more names hide them
COMPACT = (5.6, 3.7)  # inches: 560 pixels, beside the cards of a first screen


@checked
def draw_map(
    net: Network,
    *,
    where: str | Sequence[str] | None = None,
    border_km: float | None = None,
    shade: str | pd.Series | Mapping[str, float] | None = "gaps",
    organizations: str = "auto",
    ties: bool | None = None,
    tours: Result | bool | None = None,
    numbers: Sequence[str] = (),
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    ax: Axes | None = None,
    color: str | pd.Series = "sector",
    size: str | pd.Series = "degree",
    label: str | int | Sequence[str] | None = "top",
    highlight: Sequence[str] = (),
    legend: bool = True,
    caption: bool = True,
) -> Axes:
    """Draw a map: who is where, who works with whom, and which counties lack what.

    Counties come from outlines that are shipped; nothing is asked of the internet. Areas are true
    (Albers' projection). The table behind the map is :func:`tabulate_map` with the same arguments.

    Parameters
    ----------
    net : Network
        The network.
    where : str or sequence of str, optional
        States ("NE"), counties (by code, or "Cedar, NE") or "US"; default: the State that the file
        is about, else the States of its organizations (the nation if these are more than 12).
    border_km : float, optional
        Counties beyond the line that are drawn too, paler, up to so many kilometers from the
        middle of a county within it; default: 80 where the network reaches across, else 0.
    shade : {"gaps", "need", "money", "visits"}, Series, mapping or None, default "gaps"
        What the color of a county shows: how many services most counties have and nobody there is
        known to offer; mean percentile of need; dollars per person; days since the last visit of
        whoever waits longest; or numbers by county code. White is not known.
    organizations : {"auto", "each", "hospitals", "counts", "none"}, default "auto"
        A mark for each organization (up to 400), or hospitals only, or hospitals and a circle for
        each county that counts the others, or nobody.
    ties : bool, optional
        Draw ties as arcs; default: where ties are on file, not for what is only in common.
    tours : Result or bool, optional
        What :func:`plan_visits` gave, or ``True`` to plan now: tours with numbered stops.
    numbers : sequence of str, optional
        County codes or organizations that get the numbers 1, 2, … of a list beside the map.
    layer : Layer or {"collaboration", "affinity"}, optional
        The graph whose ties are drawn; default: working relations.
    relations : sequence of str, optional
        Relations that count.
    as_of : str or Timestamp, optional
        As in every verb; default: the working relations on the newest day on file.
    ax : Axes, optional
        Where to draw; default: a new pyplot figure.
    color, size, label, highlight : str or sequence of str
        As in :func:`draw_network`; on a map "top" names at most 30.
    legend, caption : bool, default True
        Whether to write them; a page that has its own leaves them out.

    Returns
    -------
    Axes

    Raises
    ------
    UsageError
        A place, an organization, a column or a relation is unknown.

    References
    ----------
    Snyder (1987), doi:10.3133/pp1395 (projection).

    Examples
    --------
    >>> import partnet as pn
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().add_subplot()
    >>> pn.draw_map(pn.load_sample(), shade="money", ax=ax) is ax
    True
    """
    wishes = Wishes(
        where, border_km, shade, organizations, ties, tours, numbers, highlight, color, size
    )
    picture = compose_map(net, layer, relations, as_of, wishes)
    return paint_map(picture, ax=ax, label=label, legend=legend, caption=caption)


def paint_map(
    picture: MapPicture,
    *,
    ax: Axes | None,
    label: str | int | Sequence[str] | None,
    legend: bool,
    caption: bool,
    short: bool = False,
) -> Axes:
    """Draw what was composed, from the ground up."""
    axes = prepare_axes(ax)
    named = choose_map_names(picture, label)
    beneath = write_beneath(axes, write_map_caption(picture, len(named)) if caption else "")
    add_legend = add_short_legend if short else add_map_legend
    key = add_legend(axes, picture, beneath) if legend else None
    fit_map(axes, picture, key, beneath if caption else None, beside=not short)
    mark_counties(axes, picture)
    spots, areas = place_marks(axes, picture)
    mark_arcs(axes, picture, spots)
    mark_circles(axes, picture)
    mark_organizations(axes, picture, spots, areas)
    boxes = [*mark_tours(axes, picture, spots), *mark_numbers(axes, picture, spots)]
    boxes += bound_circles(axes, picture)
    furniture = [artist for artist in (key, beneath) if artist]
    boxes += [np.array(artist.get_window_extent().extents) for artist in furniture]
    shown = _write_names(axes, picture, named, spots, areas, boxes)
    if caption:
        beneath.set_text(wrap_text(axes, write_map_caption(picture, shown)))
    return axes


def choose_map_names(picture: MapPicture, label: str | int | Sequence[str] | None) -> list[int]:
    """Choose whom to name: highlighted, stops of tours, convener, then by size of the mark."""
    check_label(label)
    if label is None:
        return []
    net, marked = picture.net, set(picture.marked.tolist())
    if not isinstance(label, str | int):
        wanted = [int(net.positions([net.find(text, argument="label")])[0]) for text in label]
        return [k for k in dict.fromkeys(wanted) if k in marked]
    stops = {int(k) for k in net.positions(picture.stops["organization"])}
    ids = net.ids.to_numpy(dtype=object)
    first = ~picture.highlight & ~np.isin(np.arange(net.n), [*stops, picture.convener])
    number = np.round(np.nan_to_num(picture.number, nan=-np.inf), 9)
    order = [int(k) for k in np.lexsort((ids, -number, first)) if k in marked]
    most = len(order) if label == "all" else TOP_NAMES if label == "top" else max(int(label), 0)
    return order[:most]


def _write_names(
    ax: Axes,
    picture: MapPicture,
    named: Sequence[int],
    spots: FloatArray,
    areas: FloatArray,
    boxes: Sequence[FloatArray],
) -> int:
    """Name organizations as far as room allows; how many found room."""
    marked = picture.marked
    row = {int(k): i for i, k in enumerate(marked)}
    names = picture.net.names
    placement = place_labels(
        ax,
        spots[marked],
        [shorten_name(str(names.iloc[k]) or str(names.index[k])) for k in marked],
        [row[k] for k in named],
        radii=np.sqrt(areas[marked]) / 2,
        obstacles=boxes,
        size=TEXT_SIZE - 1,
        bold=[row[k] for k in named if picture.highlight[k] or k == picture.convener],
    )
    return len(placement.shown)


@checked
def tabulate_map(
    net: Network,
    *,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    **wishes: Any,
) -> Result:
    """Give the table behind a map: every county, organization, tie and stop that it shows.

    Parameters
    ----------
    net : Network
        The network.
    layer : Layer or {"collaboration", "affinity"}, optional
        As in :func:`draw_map`.
    relations : sequence of str, optional
        As in :func:`draw_map`.
    as_of : str or Timestamp, optional
        As in :func:`draw_map`.
    **wishes
        The other arguments of :func:`draw_map` that say what is shown: ``where``, ``border_km``,
        ``shade``, ``organizations``, ``ties``, ``tours``, ``numbers``, ``color``, ``size``.

    Returns
    -------
    Result
        ``.table``, one row a county: ``county_fips``, ``county``, ``state``, ``across`` (beyond
        the line), ``organizations``, the value of the shading and its ``step``. ``.tables``:
        ``organizations`` (``place``: address, county or "" where not known; ``drawn``), ``ties``
        (``source`` and ``target``, names beside them; between counties on a map that counts),
        ``stops`` of tours, ``numbers``. ``.sentences`` say what the map shows.

    Examples
    --------
    >>> import partnet as pn
    >>> table = pn.tabulate_map(pn.load_sample(), shade="need").table
    >>> len(table), bool((table["state"] == "NE").sum() == 93)
    (93, True)
    """
    return tabulate(compose_map(net, layer, relations, as_of, Wishes(**wishes)))


def render_map(
    net: Network,
    *,
    format: Literal["svg", "png", "pdf"] = "svg",
    page: tuple[float, float] = PAGE,
    dpi: int = 150,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    label: str | int | Sequence[str] | None = "top",
    legend: bool = True,
    caption: bool = True,
    **wishes: Any,
) -> bytes:
    """Draw the map into a file in memory: the same bytes every time.

    Parameters
    ----------
    net : Network
        The network.
    format : {"svg", "png", "pdf"}, default "svg"
        Kind of picture; see :func:`render_network`.
    page : tuple of float, default (11, 7.6)
        Width and height in inches.
    dpi : int, default 150
        Pixels an inch of a PNG.
    layer, relations, as_of, label, legend, caption, **wishes
        As in :func:`draw_map`.

    Returns
    -------
    bytes

    Raises
    ------
    UsageError
        `format` is none of these.
    """
    check_format(format)
    picture = compose_map(net, layer, relations, as_of, Wishes(**wishes))

    def draw(figure: Figure) -> None:
        ax = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        paint_map(picture, ax=ax, label=label, legend=legend, caption=caption)

    return render_figure(draw, page, describe_map(picture), format=format, dpi=dpi)


def render_first_map(
    net: Network,
    numbers: Sequence[str] = (),
    *,
    as_of: str | pd.Timestamp | None = None,
    format: Literal["svg", "png", "pdf"] = "svg",
    page: tuple[float, float] = COMPACT,
) -> tuple[bytes, Result]:
    """Draw the small map of a first screen, and give the table behind it.

    Missing services in four steps of one hue, hospitals, and the numbers of the cards; no ties, no
    names, no caption: the page says them.

    Parameters
    ----------
    net : Network
        The network.
    numbers : sequence of str
        For each card in order the county code or the organization it speaks of; "" for none.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.
    format : {"svg", "png", "pdf"}, default "svg"
        Kind of picture.
    page : tuple of float, default (5.6, 3.7)
        Width and height in inches.

    Returns
    -------
    picture : bytes
    table : Result
        See :func:`tabulate_map`; its sentences are the alternative text.
    """
    wishes = Wishes(organizations="hospitals", ties=False, border_km=0.0, numbers=tuple(numbers))
    picture = compose_map(net, None, None, as_of, wishes)

    def draw(figure: Figure) -> None:
        ax = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        paint_map(picture, ax=ax, label=None, legend=True, caption=False, short=True)

    return (
        render_figure(draw, page, describe_map(picture), format=format),
        tabulate(picture),
    )
