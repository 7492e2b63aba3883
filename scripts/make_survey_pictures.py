"""Make two surveys as evaluators keep them, and pictures of the mapping that partnet proposes.

    python scripts/make_survey_pictures.py

writes data/samples/survey_pairs.csv (one row a pair, with scores) and data/samples/survey_grid.csv
(one row a respondent, four questions about 35 partners), and docs/images/survey_*.png. The answers
are invented (seeded).
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

import partnet as pn
from partnet.views.draw import render_figure
from partnet.views.style import BLUE, GREEN, ORANGE, OUTLINE, PURPLE, QUIET, SKY, VERMILLION

ROOT = Path(__file__).parents[1]
SAMPLES, IMAGES = ROOT / "data" / "samples", ROOT / "docs" / "images"
PARTNERS, SEED = 35, 20_261_130
COLORS = (BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY, "#7A6A00", OUTLINE)
OFTEN = ("yearly", "quarterly", "monthly", "weekly")
STEPS = ("not at all", "a little", "a fair amount", "a great deal")
SCORES = (
    "Power/Influence", "Level of Involvement", "Resource Contribution", "Reliability",
    "In Support of Mission", "Open to Discussion",
)  # fmt: skip
QUESTIONS = {
    "How often are you in touch?": ("never", *OFTEN),
    "Do you refer people to them?": ("yes", "no", "don't know"),
    "How reliable are they?": STEPS,
    "How much influence do they have?": STEPS,
}
CELL, LINE, LEFT = 1.6, 0.24, 0.15  # inches
Table = list[list[str]]


def main() -> None:
    """Write both files and both pictures."""
    net = pn.load_sample("prairie")
    names = [net.name(id_) for id_ in net.ids[:PARTNERS]]
    draw = random.Random(SEED)
    for kind, table in (("pairs", list_pairs(names, draw)), ("grid", list_grid(names, draw))):
        path = SAMPLES / f"survey_{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table)
        shown = show(table, kind)
        lines = pn.propose_mapping(net, path).to_toml().splitlines()
        picture = render_figure(
            lambda figure, shown=shown, lines=lines: draw_mapping(figure, shown, lines),
            size_of(shown, pick_lines(shown, lines)), "The proposed mapping", format="png", dpi=110,
        )  # fmt: skip
        (IMAGES / f"survey_{kind}.png").write_bytes(picture)


def list_pairs(names: Sequence[str], draw: random.Random) -> Table:
    """One row a pair: who answers, about whom, how often, and six scores from 1 to 4."""
    rows = [["Respondent", "Partner", "Frequency of contact", *SCORES]]
    for name in names[:28]:
        for partner in sorted(draw.sample([n for n in names if n != name], 8)):
            rows.append([name, partner, draw.choice(OFTEN)])
            rows[-1] += [str(draw.randint(1, 4)) for _ in SCORES]
    return rows


def list_grid(names: Sequence[str], draw: random.Random) -> Table:
    """One row a respondent: four questions about every partner, half of them left blank."""
    rows = [["Your organization", *(f"{q} [{n}]" for q in QUESTIONS for n in names)]]
    for name in names[:28]:
        rows.append([name])
        for answers in QUESTIONS.values():
            rows[-1] += [
                "" if partner == name or draw.random() < 0.5 else draw.choice(answers)
                for partner in names
            ]
    return rows


def show(table: Table, kind: str) -> Table:
    """The columns of a picture: the first ones, or the first of each question."""
    if kind == "pairs":
        return [row[:6] for row in table[:4]]
    at = [0, *(2 + PARTNERS * k for k in range(len(QUESTIONS)))]  # of the second partner
    return [[row[k] for k in at] for row in table[:4]]


def pick_lines(shown: Table, lines: Sequence[str]) -> list[str]:
    """The lines of a mapping that are about the columns shown."""
    quoted = [f'"{heading}"' for heading in shown[0]]
    return [line.strip() for line in lines if any(text in line for text in quoted)]


def size_of(shown: Table, lines: Sequence[str]) -> tuple[float, float]:
    """Width and height of a picture, in inches."""
    return 2 * LEFT + CELL * len(shown[0]), LINE * (2.6 * len(shown) + 2.2 + 1.3 * len(lines))


def draw_mapping(figure: Figure, shown: Table, lines: Sequence[str]) -> None:
    """Draw the head of a table, and under it the line of the mapping for every column."""
    lines = pick_lines(shown, lines)
    width, height = size_of(shown, lines)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    for k, color in enumerate(COLORS[: len(shown[0])]):
        for row, cells in enumerate(shown):
            draw_cell(ax, k, row, cells[k], color)
    top = LINE * (2.6 * len(shown) + 1.2)
    note = "partnet survey map reads this as (blue line: blue column, and so on):"
    ax.text(LEFT, top, note, fontsize=9, color=QUIET, va="center")
    for number, line in enumerate(lines, start=1):
        color = next(c for c, h in zip(COLORS, shown[0], strict=False) if f'"{h}"' in line)
        place = top + 1.3 * LINE * number
        ax.text(
            LEFT + 0.1, place, line, fontsize=7.6, family="DejaVu Sans Mono", va="center",
            color=OUTLINE,
        )  # fmt: skip
        ax.plot([LEFT, LEFT], [place - 0.12, place + 0.12], color=color, linewidth=4)


def draw_cell(ax: Axes, column: int, row: int, text: str, color: str) -> None:
    """Draw one cell; above headings stands the color of their column."""
    head = row == 0
    x, y = LEFT + CELL * column, LINE * (0.3 + 2.6 * row)
    fill = "#EEF2F4" if head else "white"
    ax.add_patch(Rectangle((x, y), CELL, 2.6 * LINE, facecolor=fill, edgecolor="#B9C3CA"))
    if head:
        ax.plot([x + 0.04, x + CELL - 0.04], [y + 0.04, y + 0.04], color=color, linewidth=4)
    parts = wrap(text, 22)
    kept = "\n".join(parts[:3]) + ("…" if len(parts) > 3 else "")
    ax.text(
        x + 0.06, y + 1.3 * LINE, kept, fontsize=7.5, va="center",
        color=OUTLINE, weight="bold" if head else "normal",
    )  # fmt: skip


if __name__ == "__main__":
    main()
