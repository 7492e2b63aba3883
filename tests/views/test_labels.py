"""Names: shortened sensibly, never one over another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text

from partnet.views.labels import overlaps, place_labels
from partnet.views.names import clean_name, shorten_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Valley EMS", "Valley EMS"),
        ("Cedar County Hospital", "Cedar County Hospital"),
        ("Cedar County Public Hospital", "Cedar County\nPublic Hospital"),
        ("Chalk Hills District Health Department", "Chalk Hills District\nHealth Department"),
        ("Northeast Prairie Health Care Coalition", "Northeast Prairie\nHealth Care Coalition"),
        ("Plains State University College of Health", "Plains State Univ.\nCollege of Health"),
        ("Northeast Prairie Area Health Education Center", "Northeast\nPrairie AHEC"),
        ("line\nbreak\x00 and\ttab", "line break and tab"),
        ("", ""),
    ],
)
def test_names_are_shortened_as_little_as_will_do(name: str, short: str) -> None:
    assert shorten_name(name, line=21) == short


@given(st.text(max_size=120), st.integers(8, 30))
def test_any_name_becomes_two_lines_at_most(name: str, line: int) -> None:
    lines = shorten_name(name, line=line).split("\n")
    assert len(lines) <= 2 and max(map(len, lines)) <= line


def test_cleaning_keeps_letters_of_every_script() -> None:
    assert clean_name(" Ho-Chunk\r\nNation \x1b[31m ᎠᏂᏴᏫᏯ ") == "Ho-Chunk Nation [31m ᎠᏂᏴᏫᏯ"


def measure_texts(texts: Sequence[Annotation]) -> np.ndarray:
    """Boxes of names in pixels, without their leaders."""
    for text in texts:
        text.update_positions(text.figure._get_renderer())
    return np.array([Text.get_window_extent(text).extents for text in texts])


def place_many(n: int, seed: int) -> tuple[Figure, np.ndarray, object]:
    figure = Figure(figsize=(8, 6), dpi=100)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, 1), ylim=(0, 1))
    points = np.random.default_rng(seed).random((n, 2))
    names = [shorten_name(f"Organization of the {i}th County") for i in range(n)]
    placed = place_labels(ax, points, names, range(n), radii=5.0, obstacles=[(0, 0, 200, 100)])
    return figure, ax.transData.transform(points), placed


@pytest.mark.parametrize("n", [5, 40, 150])
def test_names_cover_neither_names_nor_marks_nor_obstacles(n: int) -> None:
    _, pixels, placed = place_many(n, seed=n)
    assert len(placed.shown) == len(placed.texts) >= min(n, 25)
    assert sorted(placed.shown + placed.left_out) == list(range(n))
    boxes = measure_texts(placed.texts)
    assert not np.triu(overlaps(boxes, boxes), 1).any()
    reach = 5.0 * 100 / 72
    marks = np.hstack([pixels - reach, pixels + reach])
    assert not overlaps(boxes, marks).any()
    assert not overlaps(boxes, np.array([[0.0, 0.0, 200.0, 100.0]])).any()
    assert (boxes[:, :2] >= 0).all() and (boxes[:, 2:] <= [800, 600]).all()


def test_the_most_important_are_named_first() -> None:
    figure = Figure(figsize=(2, 1))
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, 1), ylim=(0, 1))
    crowd = [(0.5 + 0.01 * i, 0.5) for i in range(8)]
    names = [f"Number {i} of eight" for i in range(8)]
    placed = place_labels(ax, crowd, names, [6, 0, 1, 2, 3, 4, 5, 7])
    assert placed.shown[0] == 6
    assert placed.left_out


def test_nothing_to_name() -> None:
    ax = Figure().add_axes((0, 0, 1, 1))
    assert place_labels(ax, np.empty((0, 2)), [], []).texts == ()
    assert not ax.texts


def test_a_name_that_is_cut_has_one_mark_at_its_end() -> None:
    short = shorten_name("Cooperative Partnership Foundation Collaborative Consortium of Madison")
    assert short.endswith("…") and not short.endswith(".…")
