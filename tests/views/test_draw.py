"""The picture: what is in it, that it is the same every time, and that it leaves no trace."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
import threading
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.text import Text

from partnet import Network, UsageError, draw_map, load_sample
from partnet.facts.graph.collaboration import build_layer, choose_layer
from partnet.views import marks
from partnet.views.caption import describe_picture, write_caption
from partnet.views.draw import draw_network, render_network
from partnet.views.labels import overlaps
from partnet.views.layout import layout_network
from partnet.views.picture import find_outsiders, thin_layer

from ..builders import bridge_of_two_cliques, make_network
from .test_labels import measure_texts


@pytest.fixture(scope="module")
def prairie() -> Network:
    return load_sample()


@pytest.fixture
def ax() -> Axes:
    return Figure(figsize=(11, 7.6)).add_axes((0, 0, 1, 1))


def read_settings() -> dict:
    """All rcParams but the backend, which matplotlib settles when it is first asked for."""
    return {key: matplotlib.rcParams[key] for key in matplotlib.rcParams if key != "backend"}


def find_names(ax: Axes) -> list[Text]:
    """Names of organizations: texts above their halos."""
    return [text for text in ax.texts if text.get_zorder() == 10 and text is not find_caption(ax)]


def find_caption(ax: Axes) -> Text:
    return next(text for text in ax.texts if text.get_transform() == ax.transAxes)


def count_marks(ax: Axes) -> int:
    groups = [c for c in ax.collections if isinstance(c, PathCollection) and c.get_zorder() == 3]
    return sum(len(group.get_offsets()) for group in groups)


def test_the_sample_is_drawn_whole_and_without_overlaps(prairie: Network, ax: Axes) -> None:
    assert draw_network(prairie, ax=ax) is ax
    assert count_marks(ax) == prairie.n
    lines = next(c for c in ax.collections if isinstance(c, LineCollection))
    assert len(lines.get_segments()) == build_layer(prairie).n_ties
    names = find_names(ax)
    assert f"{len(names)} of {prairie.n} organizations are named" in find_caption(
        ax
    ).get_text().replace("\n", " ")
    boxes = measure_texts(names)
    assert len(boxes) >= 25 and not np.triu(overlaps(boxes, boxes), 1).any()
    furniture = [ax.get_legend().get_window_extent(), find_caption(ax).get_window_extent()]
    assert not overlaps(boxes, np.array([box.extents for box in furniture])).any()


def test_no_mark_lies_under_the_legend_or_the_caption(prairie: Network, ax: Axes) -> None:
    draw_network(prairie, ax=ax)
    groups = [c for c in ax.collections if isinstance(c, PathCollection)]
    pixels = ax.transData.transform(np.vstack([group.get_offsets() for group in groups]))
    for artist in (ax.get_legend(), find_caption(ax)):
        box = artist.get_window_extent().extents
        assert not ((pixels > box[:2]) & (pixels < box[2:])).all(axis=1).any()


def test_the_convener_and_the_best_connected_are_named(prairie: Network, ax: Axes) -> None:
    draw_network(prairie, ax=ax)
    named = {name.get_text().replace("\n", " ") for name in find_names(ax)}
    assert prairie.name(prairie.convener) in named
    assert {"Meadowlark Regional Hospital", "Sideoats Regional Medical Center"} <= named
    assert any("Ring: convener" in text.get_text() for text in ax.get_legend().get_texts())


def test_the_legend_counts_everybody_once(prairie: Network, ax: Axes) -> None:
    draw_network(prairie, ax=ax)
    entries = [text.get_text() for text in ax.get_legend().get_texts()]
    counts = [int(entry.rsplit("(", 1)[1].rstrip(")")) for entry in entries if entry.endswith(")")]
    assert sum(counts) == prairie.n
    assert ax.get_legend().get_title().get_text() == f"{prairie.n} organizations"


def test_a_narrow_picture_has_its_legend_beneath(prairie: Network) -> None:
    figure = Figure(figsize=(6, 7))
    ax = draw_network(prairie, ax=figure.add_axes((0, 0, 1, 1)))
    pixels = ax.transData.transform(np.vstack([c.get_offsets() for c in ax.collections[1:]]))
    legend = ax.get_legend().get_window_extent()
    assert pixels[:, 1].min() > legend.y1 > legend.y0 >= find_caption(ax).get_window_extent().y1


@pytest.mark.parametrize("format", ["svg", "png"])
def test_the_same_bytes_twice_and_with_any_style(prairie: Network, format: str) -> None:
    first = render_network(prairie, format=format, dpi=60)
    before = read_settings()
    with matplotlib.rc_context({"font.size": 20, "savefig.bbox": "tight", "lines.linewidth": 9}):
        assert render_network(prairie, format=format, dpi=60) == first
    assert read_settings() == before


def test_an_svg_stands_alone_and_describes_itself(prairie: Network) -> None:
    svg = render_network(prairie)
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text == describe_picture(prairie, choose_layer(prairie))
    assert not root.findall(f".//{space}text") and not root.findall(f".//{space}image")
    links = [element.get("{http://www.w3.org/1999/xlink}href", "#") for element in root.iter()]
    assert all(link.startswith("#") for link in links)
    assert b"<dc:date>" not in svg and len(svg) < 900_000


@pytest.mark.slow
def test_neither_cores_nor_hash_seed_change_the_bytes(prairie: Network) -> None:
    code = (
        "import hashlib, sys, partnet; from partnet.views.draw import render_network;"
        "print(hashlib.sha256(render_network(partnet.load_sample())).hexdigest(),"
        "'matplotlib.pyplot' in sys.modules)"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"OPENBLAS_NUM_THREADS": cores, "PYTHONHASHSEED": cores},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for cores in ("1", "2")
    }
    assert len(prints) == 1
    assert prints.pop().endswith("False\n")  # a report never loads pyplot


def test_without_axes_a_pyplot_figure_is_made() -> None:
    from matplotlib import pyplot

    pyplot.switch_backend("agg")
    ax = draw_network(bridge_of_two_cliques())
    assert ax.figure.number in pyplot.get_fignums()
    pyplot.close(ax.figure)


def test_every_plot_function_takes_axes_and_returns_them() -> None:
    plots = [draw_network, marks.mark_ties, marks.mark_points, marks.add_names]
    for plot in plots:
        signature = inspect.signature(plot)
        assert "ax" in signature.parameters
        assert signature.return_annotation == "Axes"


@pytest.mark.parametrize(
    ("net", "sentence"),
    [
        (Network({}), "No organizations are on file, so there is nothing to draw."),
        (make_network(["a"]), "No tie and nothing in common is on file, so no lines are drawn."),
        (make_network(["a", "b", "c"]), "No tie and nothing in common is on file"),
    ],
)
def test_a_network_without_ties_is_drawn_with_a_sentence(
    net: Network, sentence: str, ax: Axes
) -> None:
    draw_network(net, ax=ax)
    assert sentence in find_caption(ax).get_text()
    assert count_marks(ax) == net.n
    assert len(find_names(ax)) == net.n
    assert render_network(net).startswith(b"<?xml")


def test_affinity_is_dashed_and_says_that_it_is_no_tie(prairie: Network, ax: Axes) -> None:
    draw_network(prairie, layer="affinity", ax=ax)
    lines = next(c for c in ax.collections if isinstance(c, LineCollection))
    assert lines.get_linestyle()[0][1] is not None
    caption = find_caption(ax).get_text().replace("\n", " ")
    assert "Lines show shared services, funding" in caption
    assert "not reported ties. Only the strongest are drawn." in caption
    assert "larger marks share something with more others" in caption
    assert "partner" not in describe_picture(prairie, choose_layer(prairie, "affinity"))
    assert len(lines.get_segments()) < choose_layer(prairie, "affinity").n_ties


def test_the_strongest_lines_of_everybody_stay(prairie: Network) -> None:
    layer = choose_layer(prairie, "affinity")
    kept = thin_layer(layer, strongest=3)
    before, after = layer.binary.sum(axis=1), kept.binary.sum(axis=1)
    assert (after >= np.minimum(before, 3)).all()
    assert (kept.matrix - kept.matrix.T).nnz == 0
    assert (kept.matrix.max(axis=1).toarray() == layer.matrix.max(axis=1).toarray()).all()


def test_highlighted_organizations_and_their_partners_keep_their_color(ax: Axes) -> None:
    net = bridge_of_two_cliques()
    first = net.ids[0]
    draw_network(net, ax=ax, highlight=[first])
    partners = int(build_layer(net).binary[[0]].sum())
    alphas = np.concatenate([np.atleast_1d(c.get_alpha()) for c in ax.collections[1:]])
    assert (alphas == 1.0).sum() == partners + 1
    assert "In full color" in find_caption(ax).get_text()
    bold = [name for name in find_names(ax) if name.get_fontweight() == "bold"]
    assert len(bold) == 1


def test_positions_of_an_earlier_picture_are_kept(prairie: Network) -> None:
    positions = layout_network(build_layer(prairie))
    again = layout_network(build_layer(load_sample("prairie_2024")), start=positions)
    both = positions.index.intersection(again.index)
    assert len(both) > 140 and again.loc[both].equals(positions.loc[both])


def test_organizations_of_another_state_are_hollow(ax: Axes) -> None:
    rows = [
        {"id": i, "name": i, "kind": "hospital", "state": s}
        for i, s in zip("abc", ["NE", "IA", ""], strict=True)
    ]
    net = make_network(rows)
    assert not find_outsiders(net).any()  # the file does not say which State it is about
    about = [{"setting": "state", "value": "ne"}]
    net = make_network(rows, about=about)
    assert find_outsiders(net).tolist() == [False, True, False]
    context = [row | {"context": "yes" if row["id"] == "c" else ""} for row in rows]
    assert find_outsiders(make_network(context)).tolist() == [False, False, True]
    draw_network(net, ax=ax)
    assert "Hollow: across the State line (1)" in [
        text.get_text() for text in ax.get_legend().get_texts()
    ]


def test_any_column_gives_color_and_size(prairie: Network) -> None:
    beds = pd.to_numeric(prairie.organizations["beds"], errors="coerce")
    for color in ("kind", "county", beds):
        ax = Figure(figsize=(11, 8)).add_axes((0, 0, 1, 1))
        draw_network(prairie, ax=ax, color=color, size=beds, label=None)
        counts = [t.get_text() for t in ax.get_legend().get_texts() if t.get_text().endswith(")")]
        assert sum(int(text.rsplit("(", 1)[1][:-1]) for text in counts) == prairie.n
        assert len(counts) <= 9
        assert not find_names(ax)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"color": "color"}, "color: found 'color'"),
        ({"size": "name"}, "size: found 'name', which holds no numbers"),
        ({"label": "some"}, "label: found 'some'"),
        ({"label": ["nobody"]}, "label: found 'nobody'"),
        ({"highlight": ["nobody"]}, "highlight: found 'nobody'"),
        ({"relations": ["love"]}, "relations: found 'love'"),
        ({"format": "gif"}, "format: found 'gif'"),
    ],
)
def test_wrong_use_is_explained(options: dict, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        render_network(bridge_of_two_cliques(), **options)


def test_hostile_names_are_only_text() -> None:
    names = ["$\\frac{1}{0}$ & <b>", "=1+1\x00\x1b[31m", "\n\r\t", "ᎠᏂᏴᏫᏯ 医院", "x" * 400]
    rows = [{"id": f"o{i}", "name": name, "kind": "hospital"} for i, name in enumerate(names)]
    net = make_network(rows, ties=[("o0", "o1"), ("o0", "o2"), ("o1", "o3"), ("o1", "o4")])
    for options in ({}, {"highlight": ["o1"]}, {"color": "name"}):
        svg = render_network(net, label="all", **options)
        ElementTree.fromstring(svg)
        assert svg == render_network(net, label="all", **options)


def test_the_caption_says_day_relations_and_who_stands_apart(prairie: Network) -> None:
    layer = build_layer(prairie, without=[prairie.convener])
    caption = write_caption(prairie, layer)
    assert "Lines show ties on file as of June 30, 2026 (referral, patient transfer" in caption
    assert "Drawn without the ties of State Office of Rural Health." in caption
    assert "4 organizations without a line: no tie on file." in caption


def test_the_description_tells_the_same_in_words(prairie: Network) -> None:
    text = describe_picture(prairie, build_layer(prairie))
    assert f"{prairie.n} organizations and {build_layer(prairie).n_ties} ties on file" in text
    assert "Best connected: State Office of Rural Health" in text
    assert "1 smaller part of 6 stands apart; 4 have no line to anybody." in text
    assert "Hospitals and health systems (24)" in text
    assert describe_picture(Network({}), choose_layer(Network({}))).endswith("are on file.")


def test_threads_that_draw_at_once_draw_the_same() -> None:
    """The settings of the drawing library are the process's: one thread must not lift another's."""
    net = bridge_of_two_cliques()
    alone, before = render_network(net), read_settings()
    start = threading.Barrier(4)

    def draw(_: int) -> bytes:
        start.wait(60)
        return render_network(net)

    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(draw, range(8)))
    assert set(drawn) == {alone} and read_settings() == before


@pytest.mark.parametrize(("backend", "kept"), [("nope", False), ("svg", True)])
def test_a_backend_that_there_is_not_is_no_hindrance(backend: str, kept: bool) -> None:
    code = (
        "from partnet.views.draw import render_network; import os, matplotlib;"
        "print(matplotlib.rcParams._get('backend') == os.environ['MPLBACKEND'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "MPLBACKEND": backend},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stdout.strip() == str(kept), done.stderr


@pytest.mark.parametrize(("day", "number"), [(None, 3), ("2020-01-01", 4), ("2026-01-01", 3)])
def test_who_has_closed_is_not_drawn(day: str | None, number: int) -> None:
    """A network with one closed hospital could not be drawn at all."""
    rows = [
        {"id": id_, "name": id_.upper(), "kind": "hospital", "county_fips": "31027",
         "closed_on": "2022-03-01" if id_ == "c" else ""}
        for id_ in "abcd"
    ]  # fmt: skip
    ties = [{"source": a, "target": b, "relation": "referral", "last_contact": "2025-01-01"}
            for a, b in ("ab", "bc", "cd")]  # fmt: skip
    net = make_network(rows, ties)
    layer = build_layer(net, as_of=day)
    assert layer.n == number
    assert f"Hospitals and health systems ({number})" in describe_picture(net, layer)
    assert b"<svg" in render_network(net, as_of=day)
    ax = draw_map(net, as_of=day, ax=Figure(figsize=(11, 7.6)).add_axes((0, 0, 1, 1)))
    said = " ".join(text.get_text() for text in ax.figure.findobj(Text))
    assert f"Hospitals and health systems ({number})" in said
