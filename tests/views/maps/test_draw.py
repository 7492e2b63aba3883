"""Maps: every county drawn, marks where they belong, the table behind them, hostile input."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from partnet import Network, UsageError, draw_map, load_sample, plan_visits, tabulate_map
from partnet.facts.geography.access import measure_access
from partnet.places.gazetteer import STATES, counties_of, county_center
from partnet.places.outlines import county_at, county_shape
from partnet.views.labels import overlaps
from partnet.views.maps.area import choose_area
from partnet.views.maps.draw import render_first_map, render_map
from partnet.views.maps.picture import Wishes, compose_map
from partnet.views.maps.projection import MAINLAND, Albers, fit_projection
from partnet.views.maps.shading import cut_counts
from partnet.views.maps.standing import spread_marks

from ...builders import make_network


@pytest.fixture(scope="module")
def prairie() -> Network:
    return load_sample()


@pytest.fixture
def ax() -> Axes:
    return Figure(figsize=(11, 7.6)).add_axes((0, 0, 1, 1))


def two_counties() -> Network:
    """Two hospitals in one county, one without coordinates; a clinic across the State line."""
    return make_network(
        [
            {"id": "a", "name": "A", "kind": "hospital", "state": "NE", "county_fips": "31027",
             "latitude": 42.6, "longitude": -97.3},
            {"id": "b", "name": "B", "kind": "hospital", "state": "NE", "county_fips": "31027"},
            {"id": "c", "name": "C", "kind": "rural_health_clinic", "state": "SD",
             "county_fips": "46135"},
            {"id": "d", "name": "D", "kind": "other"},
        ],
        ties=[("a", "b"), ("a", "c"), ("b", "d")],
        about=[{"setting": "state", "value": "NE"}],
    )  # fmt: skip


# -- the projection --------------------------------------------------------------------------------


def test_the_projection_agrees_with_the_published_example() -> None:
    """Snyder (1987), page 292: a unit sphere, parallels 29.5 and 45.5, center 23 N 96 W."""
    flat = Albers(29.5, 45.5, 23.0, -96.0)
    x, y = flat.project(np.array([35.0]), np.array([-75.0]))[0] / 6371.0088
    assert (x, y) == pytest.approx((0.2952720, 0.2416774), abs=5e-7)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.floats(25, 49), st.floats(-124, -67))
def test_areas_are_true(latitude: float, longitude: float) -> None:
    step = 1e-3
    corners = [(0, 0), (0, step), (step, step), (step, 0)]
    lat, lon = np.array([(latitude + a, longitude + b) for a, b in corners]).T
    x, y = MAINLAND.project(lat, lon).T
    area = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
    true = 6371.0088**2 * np.radians(step) * np.ptp(np.sin(np.radians(lat)))
    assert area == pytest.approx(true, rel=1e-4)


def test_alaska_is_not_torn_at_the_date_line() -> None:
    points = np.concatenate([ring for f in counties_of("AK") for ring in county_shape(f)])
    flat = fit_projection(points[:, 1], points[:, 0]).project(points[:, 1], points[:, 0])
    assert np.ptp(flat[:, 0]) < 4500  # kilometers; around the globe it would be 13,000


# -- which counties --------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_every_county_of_a_state_is_drawn(state: str) -> None:
    drawn = choose_area(Network({}), state).drawn
    lost = {fips for fips in counties_of(state) if fips not in drawn}
    # Outlines that are not shipped: areas since renamed, planning regions, uninhabited islands,
    # and one of two areas that share an outline.
    known = {"02063", "02066", "02270", "46113", "51515", "60030", "60040"}
    assert lost <= known or state == "CT"
    assert len(drawn) >= min(len(counties_of(state)) - 2, 8) or state in ("DC", "AS", "GU")


def test_the_area_follows_the_file_and_then_the_organizations() -> None:
    net = two_counties()
    area = choose_area(net)
    assert area.title == "Nebraska"
    assert len(area.counties) == 93
    assert "46135" in area.neighbors  # a clinic lies there
    assert not choose_area(net, border_km=0).neighbors
    assert choose_area(net, ["Cedar, NE", "31107"]).counties == ("31027", "31107")
    rows = [{"id": "x", "name": "x", "kind": "other", "state": "IA"}]
    assert choose_area(make_network(rows)).title == "Iowa"
    assert len(choose_area(net, "US").counties) > 3100


def test_a_border_holds_counties_by_distance() -> None:
    center = np.array(county_center("31027"))
    area = choose_area(two_counties(), "31027", 60.0)
    assert area.neighbors
    from partnet.places.gazetteer import distance_km

    for fips in area.neighbors:
        assert distance_km(*center, *county_center(fips)) <= 60.0


# -- what is on it ---------------------------------------------------------------------------------


def test_organizations_stand_in_their_county(prairie: Network, ax: Axes) -> None:
    draw_map(prairie, ax=ax, ties=False)
    picture = compose_map(prairie, None, None, None, Wishes())
    flat = np.array([ring for rings in picture.area.rings.values() for ring in rings], dtype=object)
    assert len(flat) >= 93
    places = picture.places
    found = county_at(places.latitude, places.longitude)
    assert np.mean(np.array(found) == picture.county) > 0.95
    marks = [c for c in ax.collections if isinstance(c, PathCollection) and c.get_zorder() == 3.1]
    assert sum(len(group.get_offsets()) for group in marks) == picture.drawn.sum() == prairie.n


def test_no_name_covers_another_or_a_mark(prairie: Network, ax: Axes) -> None:
    from matplotlib.text import Annotation

    draw_map(prairie, ax=ax)
    names = [t for t in ax.texts if isinstance(t, Annotation) and t.get_zorder() == 10]
    assert len(names) >= 15
    boxes = np.array([name.get_window_extent().extents for name in names])
    plain = [n for n in names if n.arrow_patch is None]
    assert len(plain) < len(names)
    inner = np.array([n.get_tightbbox().extents for n in plain])
    assert not np.triu(overlaps(inner, inner), 1).any()
    key = np.array([ax.get_legend().get_window_extent().extents])
    assert not overlaps(boxes, key).any()


def test_the_shading_is_what_the_gaps_say(prairie: Network) -> None:
    day = prairie.newest_date
    access = measure_access(prairie.at(day))
    whole = access[access["population"] == ""]
    lacking = (whole["providers"] == 0) & (whole["ask"] == "")  # else it may be there: ask
    missing = whole[lacking].groupby("county_fips").size()
    table = tabulate_map(prairie, shade="gaps").table.set_index("county_fips")
    judged = sorted(set(access["county_fips"]) & set(table.index[~table["across"]]))
    assert len(judged) > 20
    assert table.loc[judged, "services_missing"].tolist() == [
        missing.get(fips, 0) for fips in judged
    ]
    rest = table.drop(index=judged)
    assert rest["services_missing"].isna().all()  # not known is no number
    assert set(rest.loc[~rest["across"], "step"]) == {"Not known"}


@pytest.mark.parametrize("shade", ["gaps", "need", "money", "visits", None])
def test_every_shading_has_its_table_and_words(prairie: Network, shade: str | None) -> None:
    result = tabulate_map(prairie, shade=shade)
    assert (~result.table["across"]).sum() == 93
    assert result.sentences[0].startswith("Map of Nebraska: 93 counties")
    if shade is not None:
        assert result.table["step"].isin(["Not known", ""]).mean() < 0.9
        assert any("counties in each step" in sentence for sentence in result.sentences)


def test_steps_of_counts() -> None:
    shading = cut_counts("t", "c", pd.Series({"a": 0.0, "b": 1, "c": 2, "d": 3, "e": 4, "f": 9}))
    assert [shading.label_of(c) for c in "abcdef"] == [
        "None", "1", "2", "3", "4 or more", "4 or more",
    ]  # fmt: skip
    assert shading.label_of("z") == "Not known"
    many = cut_counts("t", "c", pd.Series(range(30), dtype=float))
    assert many.labels[0] == "None" and many.labels[-1].endswith("or more")
    assert [many.code[k] for k in range(30)] == sorted(many.code[k] for k in range(30))


def test_numbers_by_county_are_shaded(prairie: Network) -> None:
    own = pd.Series({"31027": 5.0, "31107": 1.0}, name="Beds")
    table = tabulate_map(prairie, shade=own).table.set_index("county_fips")
    assert table.loc["31027", "value"] == 5.0
    assert table["value"].notna().sum() == 2


def test_table_and_arcs_are_the_ties_of_the_layer(prairie: Network) -> None:
    from partnet import build_layer

    ties = tabulate_map(prairie).tables["ties"]
    layer = build_layer(prairie)
    assert len(ties) == layer.n_ties
    pairs = {frozenset(pair) for pair in zip(ties["source"], ties["target"], strict=True)}
    a, b = layer.matrix.nonzero()
    assert pairs == {frozenset(pair) for pair in zip(layer.ids[a], layer.ids[b], strict=True)}


def test_a_map_that_counts_adds_up(prairie: Network) -> None:
    result = tabulate_map(prairie, organizations="counts")
    ties = result.tables["ties"]
    assert 0 < len(ties) <= 150
    assert result.table["organizations"].sum() == prairie.n
    assert (ties["source"] < ties["target"]).all()
    assert ties["ties"].is_monotonic_decreasing


@pytest.mark.slow
def test_tours_have_numbered_stops(prairie: Network, ax: Axes) -> None:
    plan = plan_visits(prairie)
    stops = tabulate_map(prairie, tours=plan).tables["stops"]
    assert stops["organization"].tolist() == plan.tables["stops"]["organization"].tolist()
    draw_map(prairie, tours=plan, shade="visits", ties=False, ax=ax)
    written = [text.get_text() for text in ax.texts if text.get_text().isdigit()]
    assert sorted(map(int, written)) == sorted(stops["stop"].tolist())
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert sum(entry.startswith("Tour ") for entry in legend) == stops["tour"].nunique()


def test_the_map_of_the_first_screen(prairie: Network) -> None:
    cards = ["willow-fork-community-hospital", "31107", ""]
    svg, table = render_first_map(prairie, cards)
    ElementTree.fromstring(svg)
    assert len(svg) < 150_000
    assert table.tables["numbers"]["number"].tolist() == [1, 2]
    assert render_first_map(prairie, cards)[0] == svg


LOST = {"id": "a", "name": "a", "kind": "other"}

# -- breaking it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["svg", "png", "pdf"])
def test_the_same_bytes_twice(format: str) -> None:
    first = render_map(two_counties(), format=format, dpi=60)
    assert render_map(two_counties(), format=format, dpi=60) == first


@pytest.mark.parametrize(
    "net",
    [
        Network({}),
        make_network(["a"]),
        make_network([LOST | {"state": "NE"}]),
        make_network(
            [{"id": "a", "name": "a", "kind": "other", "latitude": 91.0, "longitude": 500.0}]
        ),
        make_network(
            [{"id": "a", "name": "a", "kind": "other", "county_fips": "99999", "state": "ZZ"}]
        ),
    ],
)
def test_a_network_without_places_is_drawn_with_a_sentence(net: Network, ax: Axes) -> None:
    for shade in ("gaps", "need", "money", "visits", None):
        draw_map(net, ax=ax, shade=shade)
    result = tabulate_map(net)
    assert result.sentences
    assert len(result.tables["organizations"]) == net.n
    assert render_map(net).startswith(b"<?xml")


def test_organizations_without_a_place_are_counted() -> None:
    result = tabulate_map(two_counties())
    places = result.tables["organizations"].set_index("organization")["place"]
    assert places.to_dict() == {"a": "address", "b": "county", "c": "county", "d": ""}
    assert "1 organization has no place on file" in result.text
    assert result.tables["ties"][["source", "target"]].to_numpy().tolist() == [
        ["a", "b"],
        ["a", "c"],
    ]


def test_hostile_names_are_only_text() -> None:
    names = ["$\\frac{1}{0}$ <b>&", "=1+1\x00\x1b[31m", "\n\r", "医院", "x" * 400]
    rows = [
        {"id": f"o{i}", "name": name, "kind": "hospital", "county_fips": "31027"}
        for i, name in enumerate(names)
    ]
    svg = render_map(make_network(rows, ties=[("o0", "o1")]), label="all")
    ElementTree.fromstring(svg)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"where": "Atlantis"}, "where: found 'Atlantis'"),
        ({"border_km": -1}, "border_km: found -1"),
        ({"border_km": float("nan")}, "border_km: found nan"),
        ({"shade": "love"}, "shade: found 'love'"),
        ({"organizations": "some"}, "organizations: found 'some'"),
        ({"tours": "now"}, "tours: found str"),
        ({"numbers": ["nobody"]}, "numbers: found 'nobody'"),
        ({"highlight": ["nobody"]}, "highlight: found 'nobody'"),
        ({"format": "gif"}, "format: found 'gif'"),
    ],
)
def test_wrong_use_is_explained(options: dict, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        render_map(two_counties(), **options)


# -- marks apart -----------------------------------------------------------------------------------


def test_marks_on_one_spot_part_and_stay_near() -> None:
    points = np.zeros((30, 2))
    moved = spread_marks(points, np.full(30, 2.0), order=np.arange(30.0), most=40.0)
    between = np.hypot(*(moved[:, None] - moved[None]).transpose(2, 0, 1))
    assert between[np.triu_indices(30, 1)].min() > 3.5
    assert np.hypot(*moved.T).max() <= 40.0
    assert np.hypot(*moved.T).argmin() == 29  # the most important stays in the middle


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), max_size=25), st.floats(0.1, 20))
def test_nobody_is_moved_further_than_allowed(rows: list, most: float) -> None:
    points = np.array(rows, dtype=float).reshape(-1, 2)
    n = len(points)
    moved = spread_marks(points, np.full(n, 3.0), order=np.ones(n), most=most)
    assert (np.hypot(*(moved - points).T) <= most + 1e-9).all()
    assert np.isfinite(moved).all()


def test_a_number_of_a_county_beyond_the_map_has_no_mark(prairie: Network) -> None:
    picture = compose_map(prairie, None, None, None, Wishes(numbers=("51017", "31107")))
    assert picture.numbered == ((2, "31107"),)


def test_a_map_of_nowhere_has_no_heading_without_steps(ax: Axes) -> None:
    draw_map(make_network("ab", [("a", "b")]), ax=ax)
    legends = [*ax.figure.legends, *filter(None, [ax.get_legend()])]
    said = [text.get_text() for legend in legends for text in legend.get_texts()]
    assert "Services missing" not in said
