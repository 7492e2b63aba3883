"""Names beside marks: the most important first, none over another name or a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patheffects import Stroke
from matplotlib.text import Annotation

from ..core.arrays import BoolArray, FloatArray
from .style import FONT

Across = Literal["left", "center", "right"]
Along = Literal["bottom", "center", "top"]
Boxes = FloatArray  # shape (n, 4): left, bottom, right, top in pixels

APART = 2.0  # points between two names, lest they read as one
HALO = 2.2  # points of paper color around the letters
ACROSS = {"left": 0.0, "center": 0.5, "right": 1.0}
ALONG = {"bottom": 0.0, "center": 0.5, "top": 1.0}

# Places for a name: points between it and its mark, and the cost of that. With more than ten points
# between, a line leads to the mark. A cost of 1 is as bad as covering one point of a tie.
RINGS = (
    (2.0, 0),
    (5.0, 1),
    (9.0, 4),
    (13.0, 8),
    (18.0, 12),
    (23.0, 14),
    (28.0, 16),
    (35.0, 18),
    (43.0, 21),
)
DIRECTIONS = 24
# In order of preference: right, left, above, below, then what lies between.
_FROM_RIGHT = sorted(range(DIRECTIONS), key=lambda k: (k % 6 != 0, min(k % 12, 12 - k % 12), k))
LEADER_FROM = 10.0
LONGEST_LEADER = 60.0  # pixels: a longer line is not followed, and many of them are spikes
EDGE = 3.0  # pixels between a name and the edge of the axes
NEAR = 5.0  # points within which another mark could be taken for the one that is named
NEAR_COST = 6
CROSS_COST = 20  # a leader across a mark can be followed, but not as easily


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a name: offset from its mark in points, alignment, box in pixels, line or not."""

    x: float
    y: float
    across: Across
    along: Along
    box: tuple[float, float, float, float]
    leader: bool
    cost: int


@dataclass(frozen=True)
class Placement:
    """Which names found room.

    Attributes
    ----------
    texts : tuple of Annotation
        The names drawn, in order of importance.
    shown, left_out : tuple of int
        Positions of the marks whose name is drawn, and of those where none found room.
    """

    texts: tuple[Annotation, ...]
    shown: tuple[int, ...]
    left_out: tuple[int, ...]


def place_labels(
    ax: Axes,
    points: npt.ArrayLike,
    names: Sequence[str],
    order: Sequence[int],
    *,
    radii: npt.ArrayLike = 4.0,
    obstacles: npt.ArrayLike = (),
    busy: npt.ArrayLike = (),
    size: float = 8.5,
    color: str = "#111111",
    halo: str = "#FFFFFF",
    bold: Sequence[int] = (),
    first: int = 0,
) -> Placement:
    """Write names beside marks so that no name covers another name or a mark.

    Greedy in the order given: each name takes, of the places around its mark that are free, the
    one that covers the fewest ties; further off it gets a thin line to its mark, never longer than
    60 pixels. A name without a free place is left out and counted, save the `first` ones: in the
    thick of the picture these may cover a few smaller marks, because a picture that does not name
    the best connected says little. The places hold for the present size of the figure.

    Parameters
    ----------
    ax : Axes
        Axes with marks drawn and limits set.
    points : array, shape (n, 2)
        Marks in data coordinates; all are kept free, named or not.
    names : sequence of str
        Text by mark.
    order : sequence of int
        Marks to name, the most important first.
    radii : float or array, default 4
        Radius of the marks in points.
    obstacles : array, shape (k, 4)
        Further boxes to keep free (legend, caption): left, bottom, right, top in pixels.
    busy : array, shape (m, 2)
        Places that are better left uncovered (points along ties), in pixels.
    size : float, default 8.5
        Font size in points.
    color, halo : str
        Colors of the letters and of the rim around them.
    bold : sequence of int
        Marks whose name is bold.
    first : int, default 0
        How many of the most important may cover smaller marks where no place is free.

    Returns
    -------
    Placement
    """
    writer = _Writer(ax, np.reshape(points, (-1, 2)), size, color, halo)
    reach = np.broadcast_to(np.asarray(radii, dtype=float), len(writer.points)) * writer.pixel
    marks = np.hstack([writer.pixels - reach[:, None], writer.pixels + reach[:, None]])
    page = _Page(
        taken=np.reshape(np.asarray(obstacles, dtype=float), (-1, 4)),
        marks=marks,
        lines=np.reshape(busy, (-1, 2)),
        frame=np.array(ax.get_window_extent().extents) + np.array([1, 1, -1, -1]) * EDGE,
        near=NEAR * writer.pixel,
    )
    texts, shown, left_out = [], [], []
    head = np.zeros(len(marks), dtype=bool)
    head[list(order[:first])] = True
    for mark in order:
        extent = writer.measure(names[mark], mark in bold)
        spots = _list_spots(writer.pixels[mark], reach[mark], *extent, writer.pixel)
        best = page.choose(spots, mark)
        if best is None and head[mark]:
            own = np.arange(len(marks)) == mark
            best = page.choose(spots, mark, spared=head) or page.choose(spots, mark, spared=own)
        if best is None:
            left_out.append(int(mark))
            continue
        texts.append(writer.write(names[mark], mark, mark in bold, best, reach[mark]))
        page = page.add(best, mark)
        shown.append(int(mark))
    writer.finish()
    return Placement(tuple(texts), tuple(shown), tuple(left_out))


def overlaps(boxes: Boxes, others: Boxes) -> BoolArray:
    """Tell which boxes cover part of which others, shape (boxes, others)."""
    a, b = boxes[:, None, :], others[None, :, :]
    across = (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2])
    along = (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])
    return across & along


class _Writer:
    """Measures names and writes them, in one font, into one pair of axes."""

    def __init__(self, ax: Axes, points: Boxes, size: float, color: str, halo: str) -> None:
        self.ax, self.points = ax, points
        self.pixels = ax.transData.transform(points)
        self.pixel = ax.figure.dpi / 72
        self.halo = [Stroke(linewidth=HALO, foreground=halo)]
        self.font: dict[str, Any] = {
            "fontsize": size,
            "fontfamily": FONT,
            "color": color,
            "linespacing": 1.05,
            "parse_math": False,  # a dollar sign in a name is a dollar sign
            "usetex": False,
        }
        self.probe = ax.text(0, 0, "", **self.font)

    def measure(self, name: str, bold: bool) -> tuple[float, float]:
        """Width and height of a name in pixels, with its halo and room to the next name."""
        self.probe.set(text=name, fontweight="bold" if bold else "normal")
        extent = self.probe.get_window_extent()
        room = (HALO + APART) * self.pixel
        return extent.width + room, extent.height + room

    def write(self, name: str, mark: int, bold: bool, spot: Spot, reach: float) -> Annotation:
        """Write a name on its spot, with a line to its mark where it stands far off."""
        place: dict[str, Any] = {
            "text": name,
            "xy": tuple(self.points[mark]),
            "xytext": (spot.x, spot.y),
            "textcoords": "offset points",
            "horizontalalignment": spot.across,
            "verticalalignment": spot.along,
            "fontweight": "bold" if bold else "normal",
            "annotation_clip": False,
        }
        # The halo is a text of its own: letters with an effect are twice as large in an SVG.
        self.ax.annotate(**place, **self.font, path_effects=self.halo, zorder=9)
        leader = self._draw_leader(spot, reach) if spot.leader else None
        return self.ax.annotate(**place, **self.font, arrowprops=leader, zorder=10)

    def _draw_leader(self, spot: Spot, reach: float) -> dict[str, Any]:
        """How the line from a name to its mark is drawn."""
        return {
            "arrowstyle": "-",
            "linewidth": 0.6,
            "color": self.font["color"],
            "shrinkA": 0.0,
            "shrinkB": reach / self.pixel,
            "relpos": (ACROSS[spot.across], ALONG[spot.along]),
        }

    def finish(self) -> None:
        """Take the measuring text away."""
        self.probe.remove()


def _list_spots(
    center: FloatArray, reach: float, width: float, height: float, pixel: float
) -> list[Spot]:
    """List the places a name may take around its mark, the nearest first, right before left."""
    spots = []
    for gap, cost in RINGS:
        if gap * pixel > LONGEST_LEADER:
            continue
        away = reach + gap * pixel
        for k in _FROM_RIGHT:
            angle = 2 * np.pi * k / DIRECTIONS
            x, y = away * np.cos(angle), away * np.sin(angle)
            across: Across = "left" if x > 0.3 * away else "right" if x < -0.3 * away else "center"
            along: Along = "bottom" if y > 0.3 * away else "top" if y < -0.3 * away else "center"
            left = center[0] + x - ACROSS[across] * width
            low = center[1] + y - ALONG[along] * height
            box = (left, low, left + width, low + height)
            leader = gap > LEADER_FROM
            spots.append(Spot(x / pixel, y / pixel, across, along, box, leader, cost))
    return spots


@dataclass(frozen=True)
class _Page:
    """What is on the page already, in pixels: names and legends, marks, points along ties."""

    taken: Boxes
    marks: Boxes
    lines: Boxes
    frame: FloatArray
    near: float

    def choose(
        self, spots: Sequence[Spot], mark: int, *, spared: BoolArray | None = None
    ) -> Spot | None:
        """Choose the free spot that costs least; among equals the first.

        With `spared`, only these marks and the own one must stay uncovered.
        """
        boxes = np.array([spot.box for spot in spots])
        low, high = self.frame[:2], self.frame[2:]
        inside = (boxes[:, :2] >= low).all(axis=1) & (boxes[:, 2:] <= high).all(axis=1)
        around, page = self._cut(boxes, mark)
        at = int(np.flatnonzero(around).searchsorted(mark))
        own = np.arange(len(page.marks)) == at
        kept = page.marks if spared is None else page.marks[spared[around] | own]
        inside &= ~overlaps(boxes, np.vstack([page.taken, kept])).any(axis=1)
        least, best = float("inf"), None
        for k in np.flatnonzero(inside).tolist():
            if spots[k].cost < least and (cost := page._cost(spots[k], at)) < least:
                least, best = cost, spots[k]
        return best

    def _cut(self, boxes: Boxes, mark: int) -> tuple[BoolArray, _Page]:
        """Which marks are within reach of the boxes, and the page as far as it is."""
        every = np.vstack([boxes, self.marks[[mark]]])
        edge = self.near + 2.0  # a leader is two pixels wide
        window = np.concatenate([every[:, :2].min(axis=0) - edge, every[:, 2:].max(axis=0) + edge])
        around = overlaps(window[None], self.marks)[0]
        around[mark] = True
        in_reach = ((self.lines >= window[:2]) & (self.lines <= window[2:])).all(axis=1)
        taken = self.taken[overlaps(window[None], self.taken)[0]]
        cut = replace(self, taken=taken, marks=self.marks[around], lines=self.lines[in_reach])
        return around, cut

    def _cost(self, spot: Spot, mark: int) -> float:
        """What is bad about a free spot; infinite where its leader crosses a name or a leader."""
        others = np.delete(self.marks, mark, axis=0)
        left, low, right, top = spot.box
        x, y = self.lines.T
        covered = ((x >= left) & (x <= right) & (y >= low) & (y <= top)).sum()
        wider = np.array([[left, low, right, top]]) + np.array([-1, -1, 1, 1]) * self.near
        cost = spot.cost + covered + NEAR_COST * overlaps(wider, others).sum()
        leader = _leader_boxes(spot, self.marks[mark])
        if overlaps(leader, self.taken).any():
            return float("inf")
        return float(cost + CROSS_COST * overlaps(leader, others).any(axis=0).sum())

    def add(self, spot: Spot, mark: int) -> _Page:
        """The page with a name and its leader on it."""
        rows = np.vstack([[spot.box], _leader_boxes(spot, self.marks[mark])])
        return replace(self, taken=np.vstack([self.taken, rows]))


def _leader_boxes(spot: Spot, mark: FloatArray) -> Boxes:
    """Small boxes along the line from a mark to its name, in pixels; none without a line."""
    if not spot.leader:
        return np.empty((0, 4))
    left, low, right, top = spot.box
    share = np.array([ACROSS[spot.across], ALONG[spot.along]])
    end = np.array([left, low]) + share * [right - left, top - low]
    center, reach = (mark[:2] + mark[2:]) / 2, (mark[2] - mark[0]) / 2
    length = float(np.hypot(*(end - center)))
    steps = np.arange(reach + 1.0, length - 1.0, 3.0)[:, None] / length
    dots = center + (end - center) * steps
    return np.hstack([dots - 1.0, dots + 1.0])
