"""The network picture: drawn into axes, or rendered into bytes for a report."""

from __future__ import annotations

import io
import re
import threading
import warnings
from collections.abc import Callable, Sequence
from typing import Any, Literal

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..core.arguments import checked
from ..core.errors import UsageError
from ..core.network import Network
from ..core.storage.making import MAKER
from ..facts.graph.collaboration import choose_layer
from ..facts.graph.layers import Layer
from .caption import describe_picture
from .marks import add_caption, add_legend, add_names, mark_points, mark_ties
from .picture import choose_names, compose_picture, fit_page
from .style import PAPER

PAGE = (11.0, 7.6)  # inches; on a page 1,100 pixels wide names are 12 pixels high
# Coordinates to a hundredth of a point: half the bytes, nothing to be seen.
PATH, DIGITS = re.compile(rb' d="[^"]*"'), re.compile(rb"(?<=\.\d\d)\d+")
FORMATS = ("svg", "png", "pdf")
SALT = "partnet"  # for the ids inside an SVG, which are random otherwise
_drawing = threading.RLock()


@checked
def draw_network(
    net: Network,
    *,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    ax: Axes | None = None,
    color: str | pd.Series = "sector",
    size: str | pd.Series = "degree",
    label: str | int | Sequence[str] | None = "top",
    highlight: Sequence[str] | None = None,
    positions: pd.DataFrame | None = None,
) -> Axes:
    """Draw who works with whom: a picture to put on the table.

    Parameters
    ----------
    net : Network
        The network.
    layer : Layer or {"collaboration", "affinity"}, optional
        The graph; default: working ties on file, or affinity where no tie is on file. Affinity
        is drawn dashed, each organization's three strongest lines, and the caption says so.
    relations : sequence of str, optional
        Relations to draw; default: those that count as working together.
    as_of : str or Timestamp, optional
        The day on which ties must hold; default: the newest date in the tables.
    ax : Axes, optional
        Where to draw; default: a new pyplot figure. Neither rcParams nor pyplot are touched when
        it is given.
    color : str or Series, default "sector"
        "sector" (nine groups, always in the same color and shape), a column of the organizations
        table, or a Series by id.
    size : str or Series, default "degree"
        "degree" (partners), "strength", a column of numbers, or a Series by id. The area of a
        mark grows with it.
    label : {"top", "all"}, int, sequence of str or None, default "top"
        Whom to name: the 50 best connected, everybody, so many, these, or nobody; as far as room
        allows, the most important first. The caption counts those named.
    highlight : sequence of str, optional
        Organizations (ids or names) to bring out; everybody else turns pale.
    positions : DataFrame, optional
        Positions of an earlier picture (:func:`layout_network`), kept as they are.

    Returns
    -------
    Axes

    Raises
    ------
    UsageError
        An organization, a column or a relation is unknown.

    Examples
    --------
    >>> import matplotlib
    >>> matplotlib.use("agg")  # in a notebook the picture appears by itself
    >>> import partnet as pn
    >>> ax = pn.draw_network(pn.load_sample("prairie"), label=None)
    >>> type(ax).__name__
    'Axes'
    """
    chosen = choose_layer(net, layer, relations=relations, as_of=as_of)
    net = net.at(chosen.as_of).whole  # without those who had closed by then
    picture = compose_picture(net, chosen, color, size, highlight, positions)
    named = choose_names(picture, label)
    axes = prepare_axes(ax)
    caption = add_caption(axes, picture, len(named))
    legend = add_legend(axes, picture, caption)
    picture = fit_page(axes, picture, legend, caption)
    mark_ties(axes, picture)
    mark_points(axes, picture)
    add_names(axes, picture, named, legend, caption)
    return axes


def render_network(
    net: Network,
    *,
    format: Literal["svg", "png", "pdf"] = "svg",
    page: tuple[float, float] = PAGE,
    dpi: int = 150,
    **drawing: Any,
) -> bytes:
    """Draw the network into a file in memory: the same bytes every time.

    Letters in an SVG are drawn as outlines: with letters as text a reader's own font would change
    the width of names, so that they overlap again, and the bytes would depend on the machine. For
    screen readers the picture carries its description as title; use the same text
    (:func:`describe_picture`) as ``alt`` where it is shown. Embed it as an image
    (``data:image/svg+xml``), which keeps its styles apart from the page's.

    Parameters
    ----------
    net : Network
        The network.
    format : {"svg", "png", "pdf"}, default "svg"
        Kind of picture.
    page : tuple of float, default (11, 7.6)
        Width and height in inches.
    dpi : int, default 150
        Pixels an inch of a PNG.
    **drawing
        As in :func:`draw_network`.

    Returns
    -------
    bytes

    Raises
    ------
    UsageError
        `format` is none of these.
    """
    check_format(format)
    chosen = choose_layer(
        net,
        drawing.pop("layer", None),
        relations=drawing.pop("relations", None),
        as_of=drawing.pop("as_of", None),
    )

    def draw(figure: Figure) -> None:
        draw_network(net, layer=chosen, ax=figure.add_axes((0.0, 0.0, 1.0, 1.0)), **drawing)

    return render_figure(draw, page, describe_picture(net, chosen), format=format, dpi=dpi)


def check_format(format: str) -> None:
    """Refuse a kind of picture that is not written here.

    Raises
    ------
    UsageError
        It is none of svg, png and pdf.
    """
    if format not in FORMATS:
        raise UsageError(
            f"format: found {format!r}. Allowed are {', '.join(FORMATS)}. Choose one of them."
        )


def render_figure(
    draw: Callable[[Figure], None],
    page: tuple[float, float],
    title: str,
    *,
    format: str = "svg",
    dpi: int = 150,
) -> bytes:
    """Save what a function draws into a figure: the same bytes, whatever the user's style.

    Settings of matplotlib are the process's: several threads draw one after the other, or one
    would draw with what another has just set or taken back.
    """
    with _drawing, matplotlib.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # shown as a box
        matplotlib.rcdefaults()  # a user's style sheet must not change the report
        matplotlib.rcParams.update({"svg.hashsalt": SALT, "svg.fonttype": "path"})
        # Names are placed at the resolution at which they are saved: their width depends on it.
        figure = Figure(figsize=page, facecolor=PAPER, dpi=dpi if format == "png" else 72)
        draw(figure)
        return _save_figure(figure, format, dpi, title)


def _save_figure(figure: Figure, format: str, dpi: int, title: str) -> bytes:
    """Save without date and versions, which would change the bytes."""
    buffer = io.BytesIO()
    if format == "svg":
        metadata = {"Title": title, "Date": None, "Creator": MAKER, "Format": None, "Type": None}
        figure.savefig(buffer, format="svg", metadata=metadata)
        return PATH.sub(lambda path: DIGITS.sub(b"", path[0]), buffer.getvalue())
    if format == "pdf":
        metadata = {"Title": title, "CreationDate": None, "Creator": MAKER, "Producer": None}
        figure.savefig(buffer, format="pdf", metadata=metadata)
        return buffer.getvalue()
    figure.savefig(buffer, format="png", dpi=dpi, metadata={"Title": title, "Software": MAKER})
    return buffer.getvalue()


def prepare_axes(ax: Axes | None) -> Axes:
    """Give axes without frame: the caller's, or a page of its own that a notebook shows."""
    if ax is None:
        from matplotlib import pyplot  # only here: with `ax` given, pyplot is never loaded

        ax = pyplot.figure(figsize=PAGE, facecolor=PAPER).add_axes((0.0, 0.0, 1.0, 1.0))
    else:
        figure = ax.get_figure(root=True)
        if figure is not None and figure.get_layout_engine() is not None:
            figure.draw_without_rendering()  # it moves axes; names need their final size
    ax.set(xticks=[], yticks=[], facecolor=PAPER)
    ax.spines[:].set_visible(False)
    return ax
