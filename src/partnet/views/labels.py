"""Names in a picture: shortened sensibly, the most important first, none over another."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation

Boxes = npt.NDArray[np.float64]  # shape (n, 4): left, bottom, right, top in pixels

LINE = 20  # letters in a line of a label; two lines hold most names of organizations
HALO = 2.2  # points of paper colour around the letters
GAP = 2.5  # points between a mark and its name

# Words that lose little when shortened, the most harmless first.
SHORT_WORDS = (
    ("Emergency Medical Services", "EMS"),
    ("Critical Access Hospital", "CAH"),
    ("Health Information Exchange", "HIE"),
    ("Area Health Education Center", "AHEC"),
    ("Area Agency on Aging", "AAA"),
    ("Department", "Dept."),
    ("Association", "Assn."),
    ("Hospital", "Hosp."),
    ("Community", "Comm."),
    ("Regional", "Reg."),
    ("District", "Dist."),
    ("University", "Univ."),
    ("Incorporated", "Inc."),
    ("Corporation", "Corp."),
    ("Foundation", "Fdn."),
    ("Authority", "Auth."),
    ("Services", "Svcs."),
    ("Memorial", "Mem."),
    ("National", "Natl."),
    ("Northeast", "NE"),
    ("Northwest", "NW"),
    ("Southeast", "SE"),
    ("Southwest", "SW"),
    ("Behavioral", "Behav."),
    ("Education", "Educ."),
    ("Center", "Ctr."),
    ("Medical", "Med."),
    ("County", "Co."),
    ("Office", "Off."),
    ("and", "&"),
)

# Directions in which a name may stand from its mark: right, left, above, below, the corners.
# (x, y) of the mark's edge, then which part of the text is put there.
DIRECTIONS = (
    (1.0, 0.0, "left", "center"),
    (-1.0, 0.0, "right", "center"),
    (0.0, 1.0, "center", "bottom"),
    (0.0, -1.0, "center", "top"),
    (0.71, 0.71, "left", "bottom"),
    (0.71, -0.71, "left", "top"),
    (-0.71, 0.71, "right", "bottom"),
    (-0.71, -0.71, "right", "top"),
)
DISTANCES = (0.0, 7.0)  # points further from the mark, tried in turn
FURTHER = 4  # covering so many points of ties is as bad as standing further away


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


def shorten_name(name: str, *, line: int = LINE) -> str:
    """Shorten the name of an organization to two lines at most, and as little as will do.

    A name that fits is only wrapped; a longer one loses letters of common words one word after
    the other (Hospital to Hosp., Department to Dept.); what is still too long is cut.

    Parameters
    ----------
    name : str
        The name; line breaks and control characters count as spaces.
    line : int, default 20
        Letters in a line.

    Returns
    -------
    str
        One or two lines.

    Examples
    --------
    >>> shorten_name("Cedar County Hospital")
    'Cedar County\\nHospital'
    >>> shorten_name("Northeast Prairie Area Health Education Center")
    'Northeast Prairie\\nAHEC'
    """
    text = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", name).split())
    if len(text) <= line:
        return text
    for long, short in (("", ""), *SHORT_WORDS):
        text = re.sub(rf"\b{long}\b", short, text) if long else text
        wrapped = _wrap_evenly(text, line)
        if wrapped.count("\n") < 2:
            return wrapped
    lines = wrapped.split("\n")
    return f"{lines[0]}\n{lines[1][: line - 1].rstrip(' ,;&')}…"


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
) -> Placement:
    """Write names beside marks so that no name covers another name or any mark.

    Greedy in the order given: each name takes, of the places around its mark that are free, the
    one that covers the fewest ties; a name without a free place is left out and counted. The
    places hold for the present size of the figure.

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
        Colours of the letters and of the rim around them.
    bold : sequence of int
        Marks whose name is bold.

    Returns
    -------
    Placement
    """
    pixel = ax.figure.dpi / 72
    pixels = ax.transData.transform(np.reshape(points, (-1, 2)))
    reach = np.broadcast_to(np.asarray(radii, dtype=float), len(pixels)) * pixel
    marks = np.column_stack([pixels - reach[:, None], pixels + reach[:, None]])
    taken = np.vstack([marks, np.reshape(obstacles, (-1, 4))])
    lines = np.reshape(busy, (-1, 2))
    frame = np.array(ax.get_window_extent().extents)
    texts, shown, left_out = [], [], []
    for mark in order:
        label = _write_name(ax, points, names, mark, size, color, halo, mark in bold)
        boxes, spots = _list_places(label, pixels[mark], reach[mark], pixel)
        best = _choose_place(boxes, taken, lines, frame)
        if best is None:
            label.remove()
            left_out.append(int(mark))
            continue
        _move_label(label, spots[best])
        taken = np.vstack([taken, boxes[best]])
        texts.append(label)
        shown.append(int(mark))
    return Placement(tuple(texts), tuple(shown), tuple(left_out))


def overlaps(boxes: Boxes, others: Boxes) -> npt.NDArray[np.bool_]:
    """Tell which boxes cover part of which others, shape (boxes, others)."""
    a, b = boxes[:, None, :], others[None, :, :]
    across = (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2])
    along = (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])
    return across & along


def _wrap_evenly(text: str, line: int) -> str:
    """Wrap into as few lines as need be, and make them about equally long."""
    fewest = textwrap.wrap(text, line)
    if len(fewest) != 2:
        return "\n".join(fewest)
    width = next(w for w in range(len(text) // 2, line + 1) if len(textwrap.wrap(text, w)) <= 2)
    return "\n".join(textwrap.wrap(text, width))


def _write_name(
    ax: Axes,
    points: npt.ArrayLike,
    names: Sequence[str],
    mark: int,
    size: float,
    color: str,
    halo: str,
    bold: bool,
) -> Annotation:
    """Write one name at its mark; a dollar sign in it is a dollar sign, not mathematics."""
    return ax.annotate(
        names[mark],
        xy=tuple(np.reshape(points, (-1, 2))[mark]),
        xytext=(0.0, 0.0),
        textcoords="offset points",
        fontsize=size,
        fontfamily="DejaVu Sans",
        fontweight="bold" if bold else "normal",
        color=color,
        linespacing=1.0,
        parse_math=False,
        annotation_clip=False,
        path_effects=[withStroke(linewidth=HALO, foreground=halo)],
        zorder=10,
    )


def _list_places(
    label: Annotation, center: npt.NDArray[np.float64], reach: float, pixel: float
) -> tuple[Boxes, list[tuple[float, float, str, str]]]:
    """List the boxes a name may fill around its mark, with the offset and alignment of each."""
    extent = label.get_window_extent()
    width, height = extent.width, extent.height
    boxes, spots = [], []
    for further in DISTANCES:
        for x, y, across, along in DIRECTIONS:
            away = reach + (GAP + further) * pixel
            left = center[0] + x * away - {"left": 0.0, "center": 0.5, "right": 1.0}[across] * width
            low = center[1] + y * away - {"bottom": 0.0, "center": 0.5, "top": 1.0}[along] * height
            boxes.append((left, low, left + width, low + height))
            spots.append((x * away / pixel, y * away / pixel, across, along))
    return np.array(boxes), spots


def _choose_place(boxes: Boxes, taken: Boxes, lines: Boxes, frame: npt.NDArray) -> int | None:
    """Choose the free place that covers the fewest ties; among equals the first."""
    inside = (boxes[:, :2] >= frame[:2]).all(axis=1) & (boxes[:, 2:] <= frame[2:]).all(axis=1)
    free = inside & ~overlaps(boxes, taken).any(axis=1)
    if not free.any():
        return None
    within = (lines >= boxes[:, None, :2]) & (lines <= boxes[:, None, 2:])
    covered = within.all(axis=2).sum(axis=1) + FURTHER * (np.arange(len(boxes)) // len(DIRECTIONS))
    return int(np.argmin(np.where(free, covered, np.iinfo(np.intp).max)))


def _move_label(label: Annotation, spot: tuple[float, float, str, str]) -> None:
    x, y, across, along = spot
    label.set_position((x, y))
    label.set_horizontalalignment(across)
    label.set_verticalalignment(along)
