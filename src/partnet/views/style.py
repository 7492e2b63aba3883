"""What marks look like: color-blind safe colors with a shape as second code, sizes, widths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..core.arrays import FloatArray, PositionArray, symmetrize
from ..core.errors import UsageError
from ..core.network import Network
from ..facts.graph.layers import Layer
from .names import shorten_name

# Okabe & Ito (2008), https://jfly.uni-koeln.de/color/: told apart in every common color vision.
VERMILLION, SKY, GREEN, ORANGE = "#D55E00", "#56B4E9", "#009E73", "#E69F00"
PURPLE, BLUE, YELLOW, BLACK, GRAY = "#CC79A7", "#0072B2", "#F0E442", "#000000", "#BBBBBB"
OUTLINE = "#222222"
PAPER = "#FFFFFF"
TIE = "#7A7A7A"
QUIET = "#555555"  # captions; 7.5 : 1 against white
STEPS = ("#FFEA46", "#BCAF6F", "#7C7B78", "#3B496C", "#00224E")  # cividis, light to dark

NOT_GIVEN = "Not given"
OTHERS = "Others"
MOST_CLASSES = 8  # more colors than this nobody tells apart

SMALLEST, LARGEST = 26.0, 260.0  # area of a mark, in square points
# Shapes of one nominal area look unequally large; these factors even them out.
SHAPE_AREA = {"*": 1.9, "^": 1.15, "v": 1.15, "s": 0.8, "D": 0.7, "X": 1.1}

FONT = "DejaVu Sans"  # comes with matplotlib, so that names are equally wide on every machine
TEXT_SIZE = 8.5  # points: 12 pixels on a page 1,100 pixels wide
DASHES = (0, (3, 2))


@dataclass(frozen=True, slots=True)
class Style:
    """How the marks of one group look in the picture and in the legend."""

    label: str
    color: str
    marker: str
    sectors: tuple[str, ...] = ()


SECTOR_STYLES = (
    Style("Hospitals and health systems", VERMILLION, "s", ("hospital_care",)),
    Style(
        "Clinics, pharmacy and oral health",
        SKY,
        "o",
        ("primary_care", "pharmacy_and_oral_health"),
    ),
    Style("Behavioral health", GREEN, "p", ("behavioral_health",)),
    Style("Emergency medical services", ORANGE, "^", ("emergency_services",)),
    Style("Long-term and home care", PURPLE, "v", ("long_term_care",)),
    Style("Public health and government", BLUE, "D", ("public_health", "government")),
    Style(
        "Social and community services",
        YELLOW,
        "h",
        ("social_services", "housing", "food", "transport", "community"),
    ),
    Style(
        "Networks, associations and data",
        BLACK,
        "*",
        ("network_and_association", "quality_and_data"),
    ),
    Style("Education, business, payers, others", GRAY, "X", ()),
)
_PALETTE = (VERMILLION, SKY, GREEN, ORANGE, PURPLE, BLUE, YELLOW, GRAY)
_SHAPES = ("s", "o", "p", "^", "v", "D", "h", "X")


def choose_styles(net: Network, color: str | pd.Series) -> tuple[list[Style], PositionArray]:
    """Give the styles of a picture and which of them each organization has.

    Parameters
    ----------
    net : Network
        The network.
    color : str or Series
        "sector" (groups of sectors, always in the same colors), any column of the organizations
        table, or a Series by id. Numbers are cut into five classes of about equal size; texts keep
        their eight most frequent values.

    Returns
    -------
    styles : list of Style
        In the order of the legend.
    code : array of int, shape (n,)
        Position in `styles` by organization, in the network's order.

    Raises
    ------
    UsageError
        There is no such column.
    """
    values = read_values(net, color, "color")
    if isinstance(color, str) and color == "sector":
        return _style_sectors(net, values)
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return _style_numbers(values)
    return _style_texts(values.astype("str"), _labels_of(net, color))


def measure_sizes(
    net: Network, layer: Layer, size: str | pd.Series
) -> tuple[FloatArray, FloatArray]:
    """Give the number behind the size of each mark, and the mark's area in square points.

    The area grows with the number, from the smallest mark at zero (or blank) to the largest at
    the maximum; where all are equal, all marks are small.

    Raises
    ------
    UsageError
        `size` is neither "degree" nor "strength" nor a column of numbers.
    """
    if isinstance(size, str) and size in ("degree", "strength"):
        matrix = layer.binary if size == "degree" else layer.matrix
        number = np.asarray(symmetrize(matrix).sum(axis=1), dtype=float)
    else:
        values = read_values(net, size, "size")
        if not pd.api.types.is_numeric_dtype(values):
            raise UsageError(
                f"size: found {size!r}, which holds no numbers. Allowed are degree, strength or "
                "a column of numbers. Choose one of them."
            )
        number = values.to_numpy(dtype=float)
    known = np.where(np.isfinite(number) & (number > 0), number, 0.0)
    top = known.max(initial=0.0)
    return number, SMALLEST + (LARGEST - SMALLEST) * (known / top if top > 0 else known)


def read_values(net: Network, column: str | pd.Series, argument: str) -> pd.Series:
    """Give a column of the organizations table, or a Series, in the network's order."""
    if isinstance(column, pd.Series):
        return column.reindex(net.ids)
    organizations = net.organizations
    if column not in organizations:
        raise UsageError(
            f"{argument}: found {column!r}. Allowed are {', '.join(organizations.columns)}, or a "
            "Series by id. Choose one of them."
        )
    return organizations[column]


def _style_sectors(net: Network, sectors: pd.Series) -> tuple[list[Style], PositionArray]:
    """Group sectors (blank: that of the kind); those nobody foresaw join the last group."""
    by_kind = {id_: kind.sector for id_, kind in net.vocabulary.kinds.items()}
    sectors = sectors.where(sectors != "", net.organizations["kind"].map(by_kind))
    group = {sector: i for i, style in enumerate(SECTOR_STYLES) for sector in style.sectors}
    code = sectors.map(lambda sector: group.get(sector, len(SECTOR_STYLES) - 1))
    return list(SECTOR_STYLES), code.to_numpy(dtype=np.intp)


def _style_numbers(values: pd.Series) -> tuple[list[Style], PositionArray]:
    """Cut numbers into up to five classes, light to dark; blank is gray."""
    known = values.dropna()
    if known.empty:
        return [Style(NOT_GIVEN, GRAY, "X")], np.zeros(len(values), dtype=np.intp)
    cuts = np.unique(np.quantile(known, np.linspace(0, 1, len(STEPS) + 1)[1:-1], method="lower"))
    number = np.searchsorted(cuts, values.fillna(known.min()).to_numpy(dtype=float), side="left")
    used, code = np.unique(number, return_inverse=True)
    shades = STEPS if len(used) == len(STEPS) else STEPS[:: max(1, 4 // max(len(used) - 1, 1))]
    styles = []
    for i in range(len(used)):
        inside = values[(code == i) & values.notna().to_numpy()]
        styles.append(Style(_say_range(inside.min(), inside.max()), shades[i], "o"))
    blank = values.isna().to_numpy()
    if blank.any():
        styles.append(Style(NOT_GIVEN, GRAY, "X"))
        code = np.where(blank, len(styles) - 1, code)
    return styles, code.astype(np.intp)


def _say_range(low: float, high: float) -> str:
    return f"{low:.4g}" if low == high else f"{low:.4g} to {high:.4g}"


def _style_texts(values: pd.Series, labels: Mapping[str, str]) -> tuple[list[Style], PositionArray]:
    """Give the most frequent values a color and shape each; the rest are others."""
    texts = values.fillna("")
    counts = texts[texts != ""].value_counts(sort=False).sort_index()
    frequent = counts.sort_values(ascending=False, kind="stable").index.tolist()
    room = MOST_CLASSES if len(frequent) <= MOST_CLASSES else MOST_CLASSES - 1
    shown = frequent[:room]
    styles = [
        Style(shorten_name(labels.get(text, text), line=34), _PALETTE[i], _SHAPES[i])
        for i, text in enumerate(shown)
    ]
    position: dict[str, int] = {text: i for i, text in enumerate(shown)}
    rest: Sequence[str] = frequent[room:]
    if rest:
        position |= dict.fromkeys(rest, len(styles))
        styles.append(Style(OTHERS, GRAY, "X"))
    if (texts == "").any():
        position[""] = len(styles)
        styles.append(Style(NOT_GIVEN, PAPER, "o"))
    return styles, texts.map(position).to_numpy(dtype=np.intp)


def _labels_of(net: Network, color: str | pd.Series) -> Mapping[str, str]:
    """Labels for people where the column holds ids of the vocabulary."""
    if isinstance(color, str) and color == "kind":
        return {id_: _capitalize(k.label) for id_, k in net.vocabulary.kinds.items()}
    return {}


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]
