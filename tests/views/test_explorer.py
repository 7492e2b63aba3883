"""The explorer: what it holds, what it must not hold, and a walk through it with keys alone."""

from __future__ import annotations

import itertools
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from partnet import (
    Network,
    UsageError,
    build_layer,
    explore_network,
    find_gaps,
    load_sample,
    read_network,
)
from partnet.core.storage.making import seal
from partnet.places.gazetteer import counties_of
from partnet.views.explorer.explore import Explorer
from partnet.views.explorer.page import pack_content, render_page, unpack_content
from partnet.views.explorer.ties import list_ties, pack_ties
from partnet.views.findings import tell_trust

from ..accessibility import find_violations
from ..browser import Page, needs_browser, open_browser
from ..builders import make_network

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"'`${alert(1)}",
    "=cmd|' /C calc'!A0\x00\x1b[31m\u202e",
    "]]>--><!--",
)


@pytest.fixture(scope="module")
def prairie() -> Network:
    return load_sample()


@pytest.fixture(scope="module")
def page(prairie: Network) -> Explorer:
    return explore_network(
        prairie,
        earlier={"2024": load_sample("prairie_2024")},
        views={"Hospitals on the map": "view=map&sector=0"},
    )


def measure_text(value: Any) -> int:
    """Bytes of all texts in a content."""
    if isinstance(value, str):
        return len(value.encode("utf-8"))
    inner = value.values() if isinstance(value, dict) else value
    return sum(map(measure_text, inner)) if isinstance(value, list | dict) else 0


def read_pairs(
    content: dict[str, Any], relations: set[int], *, least: int = -1
) -> set[tuple[int, int]]:
    """Pairs that the page ties together by some relations, read as its script reads them."""
    packed, pairs, row = content["ties"], set(), 0
    for a, count in enumerate(packed["count"]):
        b = a
        for _ in range(count):
            b += packed["step"][row]
            kind = packed["relation"]
            waves = packed["waves"]
            newest = 1 << (len(content["waves"]) - 1)
            kind = kind if isinstance(kind, int) else kind[row]
            waves = waves if isinstance(waves, int) else waves[row]
            strength = packed["strength"]
            strength = strength if isinstance(strength, int) else strength[row]
            if strength < least:
                row += 1
                continue
            if kind in relations and waves & newest:
                pairs.add((a, b))
            row += 1
    return pairs


# -- what it holds ---------------------------------------------------------------------------------


def test_the_page_holds_the_ties_of_the_layer(prairie: Network, page: Explorer) -> None:
    content = unpack_content(page.html)
    working = {k for k, relation in enumerate(content["relations"]) if relation[2]}
    a, b = build_layer(prairie).matrix.nonzero()
    expected = {(int(i), int(j)) for i, j in zip(a, b, strict=True) if i < j}
    assert read_pairs(content, working) == expected
    assert content["ids"] == list(prairie.ids)
    assert content["waves"] == ["2024", "2026"]


def test_ties_are_packed_without_loss() -> None:
    net = make_network(
        "abcd",
        [
            {"source": "a", "target": "b", "relation": "referral", "strength": 0.4,
             "last_contact": "2026-03-02"},
            {"source": "b", "target": "a", "relation": "referral", "strength": 0.8},
            {"source": "d", "target": "c", "relation": "referral", "directed": "yes"},
            {"source": "a", "target": "d", "relation": "training", "since": "2020-01-01"},
        ],
    )  # fmt: skip
    ties = list_ties({"Now": net}, net, build_layer(net))
    rows = ties[["a", "b", "relation", "strength", "date", "waves"]].values.tolist()
    assert rows == [
        [0, 1, "referral", 80, 202603, 1],
        [0, 3, "training", -1, 202001, 1],
        [2, 3, "referral", -1, 0, 1],
    ]
    assert ties["way"].tolist()[0] == 0 and ties["way"].tolist()[2] == 2
    packed = pack_ties(ties, 4, ["referral", "training"])
    assert packed["count"] == [2, 0, 1, 0]
    assert packed["step"] == [1, 2, 1]
    assert packed["relation"] == [0, 1, 0]
    assert packed["waves"] == 1


def test_gaps_and_advice_are_those_of_the_verbs(prairie: Network, page: Explorer) -> None:
    content = unpack_content(page.html)
    gaps = find_gaps(prairie).table
    shown = gaps[(gaps["organization"] != "") | (gaps["place"] != "")]
    assert 0 < len(content["gaps"]["rows"]) <= len(shown)
    assert {row[6] for row in content["gaps"]["rows"]} <= set(shown["status"])
    assert len(content["advice"]) > 100
    tied = read_pairs(content, set(range(len(content["relations"]))))
    working = {k for k, relation in enumerate(content["relations"]) if relation[2]}
    tied = read_pairs(content, working)
    assert all((min(a, b), max(a, b)) not in tied for a, b, *_ in content["advice"])


def test_the_size_stays_within_its_budget(page: Explorer) -> None:
    content = unpack_content(page.html)
    assert len(page.html) - measure_text(content) <= 50_000
    code = len(render_page({"title": "", "about": []}))
    assert code < 50_000


@pytest.mark.slow
def test_five_thousand_organizations_stay_within_the_budget() -> None:
    """Beyond the data's own text, even where that is counted as packed."""
    random = np.random.default_rng(1)
    n, ties = 5000, 20_000
    group = random.integers(0, 60, n)
    a, b = random.integers(0, n, (2, 6 * ties))
    kept = (a != b) & ((group[a] == group[b]) | (random.random(6 * ties) < 0.3))
    counties = [*counties_of("NE"), *counties_of("IA"), *counties_of("KS")]
    home = random.choice(counties, n)
    rows = pd.DataFrame(
        {
            "id": [f"o{k}" for k in range(n)],
            "name": [f"Organization {k} of {group[k]}" for k in range(n)],
            "kind": random.choice(["food", "housing", "hospital", "ems_agency"], n),
            "county_fips": home,
        }
    )
    lines = pd.DataFrame(
        {
            "source": [f"o{k}" for k in a[kept][:ties]],
            "target": [f"o{k}" for k in b[kept][:ties]],
            "relation": random.choice(["referral", "contract", "training"], ties),
            "strength": random.choice([0.2, 0.4, 0.6, 0.8, 1.0], ties),
            "last_contact": random.choice(["2024-03-01", "2025-05-01", "2025-11-01"], ties),
        }
    )
    net = read_network({"organizations": rows, "ties": lines})
    page = explore_network(net, where=["NE", "IA", "KS"]).html
    content = unpack_content(page)
    words = {key: content[key] for key in ("ids", "names", "counties", "gaps", "advice")}
    assert len(content["net"]["discs"]) > 10
    assert len(page) - len(pack_content(words)) <= 350_000


def test_the_page_asks_for_nothing_and_trusts_nothing(page: Explorer) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page.html)
    assert policy is not None
    assert policy[1].startswith("default-src &#39;none&#39;")
    assert "unsafe" not in policy[1] and "http" not in policy[1]
    code = re.sub(r'<script id="data".*?</script>', "", page.html, flags=re.DOTALL)
    assert re.findall(r"https?://[^\"']+", code) == ["http://www.w3.org/2000/svg"] * 3
    assert not re.search(r"\b(?:fetch|eval|XMLHttpRequest|innerHTML|import)\s*[(=]", code)


def test_the_same_bytes_twice(prairie: Network) -> None:
    small = prairie.subnetwork(list(prairie.ids[:12]))
    assert explore_network(small).html == explore_network(small).html


def test_the_notebook_gets_a_sandboxed_frame(page: Explorer) -> None:
    frame = page._repr_html_()
    assert frame.startswith("<iframe") and 'sandbox="allow-scripts ' in frame
    assert "allow-same-origin" not in frame
    assert "<script" not in frame
    assert "Explorer of Prairie partnership network" in repr(page)


# -- whom it is for --------------------------------------------------------------------------------


def test_the_public_sees_no_name_beside_a_gap(prairie: Network) -> None:
    content = unpack_content(explore_network(prairie.for_audience("public")).html)
    assert content["advice"] == []
    assert all(one < 0 and other < 0 for one, other, *_ in content["gaps"]["rows"])
    assert "prepared for the public" in content["about"]


def test_a_partner_sees_its_own_gaps_and_advice(prairie: Network) -> None:
    own = prairie.find("Cedar County Hospital")
    content = unpack_content(explore_network(prairie.for_audience("partner", own)).html)
    at = content["ids"].index(own)
    assert content["advice"]
    assert {row[0] for row in content["advice"]} == {at}
    assert all(at in row[:2] or row[0] < 0 for row in content["gaps"]["rows"])


@pytest.mark.slow
def test_earlier_waves_are_shown_to_the_same_audience(prairie: Network) -> None:
    earlier = load_sample("prairie_2024")
    found = explore_network(prairie.for_audience("public"), earlier={"2024": earlier})
    content = unpack_content(found.html)
    dates = content["ties"]["date"]
    open_file = unpack_content(explore_network(prairie, earlier={"2024": earlier}).html)
    assert measure_text(content) < measure_text(open_file)
    contacts = earlier.for_audience("public").at().ties["last_contact"]
    assert contacts.isna().all()
    assert dates != open_file["ties"]["date"]


def make_rated(*, raters: str = "bcdefg", score: str = "2") -> Network:
    """Everybody rates a; who is last in `raters` gives another score; a rates b."""
    rows = [
        {"rater": r, "rated": "a", "dimension": "reliability", "value": "4" if k else score}
        for k, r in enumerate(raters)
    ]
    rows.append({"rater": "a", "rated": "b", "dimension": "influence", "value": "1"})
    return make_network("abcdefgh", ["ab", "bc"], ratings=rows)


def read_trust(net: Network, audience: str, reader: str | None = None) -> dict[str, list[str]]:
    return tell_trust(net.for_audience(audience, reader).at())


def test_inside_every_score_stands_beside_its_organization() -> None:
    page = explore_network(make_rated(), shade=None)
    of_a, of_b = unpack_content(page.html)["trust"]
    assert of_a[:3] == [
        0,
        "trust 3.7 of 4, from 6 organizations (overall by rater: 2.0 to 4.0)",
        "reliability 3.7",
    ], "by hand: (2 + 5 x 4) / 6"
    assert of_b[:3] == [
        1,
        "value 1.0 of 4, from 1 organization (overall by rater: 1.0 to 1.0)",
        "influence 1.0",
    ]


def test_a_partner_reads_fifths_of_its_own_and_the_public_nothing() -> None:
    net = make_rated()
    told = read_trust(net, "partner", "a")
    assert list(told) == ["a"] and told["a"]
    assert all(" to " in line and " of 4, from 5 " in line for line in told["a"])
    assert read_trust(net, "partner", "b") == {}, "one rater of b would be given away"
    assert read_trust(net, "partner") == {} and read_trust(net, "public") == {}


def test_the_difference_of_two_pages_gives_no_rating_away() -> None:
    six, five = make_rated(), make_rated(raters="bcdef")
    assert read_trust(six, "partner", "a") == read_trust(five, "partner", "a"), "one rater more"
    told = {str(read_trust(make_rated(score=s), "partner", "a")) for s in "1234"}
    assert len(told) <= 2, "one rating moves a mean by one fifth at most"


# -- breaking it -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "net",
    [
        Network({}),
        make_network(["a"]),
        make_network(["a", "b", "c"]),
        make_network(["a", "b"], [("a", "b")]),
        make_network(
            [{"id": "a", "name": "a", "kind": "food"}, {"id": "b", "name": "b", "kind": "food"}],
            services=[
                {"organization": "a", "service": "meals"},
                {"organization": "b", "service": "meals"},
            ],
        ),
    ],
    ids=["nobody", "one", "no tie", "one tie", "affinity"],
)
def test_small_networks_make_a_page(net: Network) -> None:
    content = unpack_content(explore_network(net).html)
    assert len(content["names"]) == net.n
    assert len(content["ties"]["count"]) == net.n


def test_what_is_in_common_is_not_called_a_partner() -> None:
    both = [{"id": id_, "name": id_, "kind": "food"} for id_ in "ab"]
    offered = [{"organization": id_, "service": "meals"} for id_ in "ab"]
    common = unpack_content(explore_network(make_network(both, services=offered)).html)
    tied = unpack_content(explore_network(make_network(both, [("a", "b")])).html)
    assert common["affinity"] and common["measures"][0][0] == "Much in common with"
    assert not tied["affinity"] and tied["measures"][0] == ["Partners", [1, 1]]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"views": {"": "view=map"}}, "views: found ''"),
        ({"views": {"a": 3}}, "views: found {'a': 3}"),
        ({"where": "Atlantis"}, "where: found 'Atlantis'"),
        ({"earlier": {str(k): make_network(["a"]) for k in range(30)}}, "earlier: found 30 waves"),
    ],
)
def test_wrong_use_is_explained(options: dict, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        explore_network(make_network(["a"]), **options)


def test_only_a_web_page_is_written(tmp_path: Path) -> None:
    found = explore_network(make_network(["a"]))
    with pytest.raises(UsageError, match=r"path: found 'a\.txt'"):
        found.write(tmp_path / "a.txt")
    assert found.write(tmp_path / "a.html").read_bytes() == seal(found.html.encode("utf-8"))


def test_saved_views_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "views.toml"
    path.write_text('[views]\n"The map" = "#view=map"\n', "utf-8")
    content = unpack_content(explore_network(make_network(["a"]), views=path).html)
    assert content["views"] == [["The map", "view=map"]]


# -- in a browser ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Page]:
    with open_browser() as opened:
        yield opened


def load(browser: Page, found: Explorer, path: Path, *, width: int = 1280) -> None:
    """Open an explorer and wait until it is drawn."""
    browser.console.clear()
    browser.requests.clear()
    browser.open(found.write(path), width=width)
    for _ in range(300):
        if browser.evaluate("document.documentElement.dataset.ready") == "yes":
            break
        time.sleep(0.05)
    settle(browser)


def settle(browser: Page) -> None:
    """Wait for two frames, so that what was asked for is drawn."""
    browser.send(
        "Runtime.evaluate",
        expression="new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))",
        awaitPromise=True,
    )


def press(browser: Page, *keys: str) -> None:
    """Press keys as a person does."""
    for key in keys:
        plain = {"Enter": "\r", "Tab": "\t", "Space": " "}.get(key, key if len(key) == 1 else "")
        name = " " if key == "Space" else key
        event = {"key": name, "text": plain} if plain else {"key": name}
        code = {"Enter": 13, "Tab": 9, "Space": 32, "Backspace": 8, "Escape": 27}.get(key, 0)
        arrows = {"ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
        event["windowsVirtualKeyCode"] = code or arrows.get(key, ord(name[0].upper()))
        browser.send("Input.dispatchKeyEvent", type="keyDown", **event)
        browser.send("Input.dispatchKeyEvent", type="keyUp", key=name)
    settle(browser)


def tab_to(browser: Page, script: str) -> None:
    """Press Tab until the focus is where a script says."""
    for _ in range(120):
        if browser.evaluate(f"(() => {{ const e = document.activeElement; return {script}; }})()"):
            return
        press(browser, "Tab")
    raise AssertionError(f"Tab never reaches {script}")


def heading(browser: Page) -> str:
    return str(browser.evaluate("document.getElementById('panel-name').textContent"))


@needs_browser
@pytest.mark.browser
def test_table_and_picture_hold_the_same_ties(
    browser: Page, page: Explorer, tmp_path: Path
) -> None:
    load(browser, page, tmp_path / "explorer.html")
    for setting in ("", "view=net&hide=convener", "sector=0|1", "wave=2024", "relation=funding"):
        browser.evaluate(f"openView({json.dumps(setting)})")
        settle(browser)
        drawn = browser.evaluate("drawn.map(([a, b]) => a + ' ' + b)")
        listed = set()
        for _ in range(20):
            listed |= set(
                browser.evaluate(
                    "[...document.querySelectorAll('#table a[data-to]')].map(a =>"
                    " a.closest('tr').id.slice(4) + ' ' + a.dataset.to)"
                )
            )
            if browser.evaluate("document.getElementById('next').disabled"):
                break
            browser.evaluate("document.getElementById('next').click()")
        assert len(drawn) == len(set(drawn)) > 10, setting
        pairs = {tuple(sorted(map(int, row.split()))) for row in listed}
        assert pairs == {tuple(sorted(map(int, row.split()))) for row in drawn}, setting
        assert len(listed) == 2 * len(pairs)  # each tie stands in both rows


@needs_browser
@pytest.mark.browser
def test_a_walk_with_keys_alone(browser: Page, page: Explorer, tmp_path: Path) -> None:
    """Search a hospital, follow a tie, open its gaps, go to the map, come back."""
    load(browser, page, tmp_path / "explorer.html")
    tab_to(browser, "e.id === 'find'")
    press(browser, *"cedar co", "Enter")
    assert heading(browser) == "Cedar County Hospital"
    assert browser.evaluate("document.activeElement.id") == "panel-name"
    assert "#org=cedar-county-hospital" in browser.evaluate("location.hash")
    assert "Cedar County Hospital, Critical Access Hospital" in browser.evaluate(
        "document.getElementById('live').textContent"
    )
    tab_to(browser, "e.closest('#panel li') && e.tagName === 'A'")
    partner = browser.evaluate("document.activeElement.textContent")
    press(browser, "Enter")
    assert heading(browser) == partner != "Cedar County Hospital"
    assert browser.evaluate("document.getElementById('gaps').textContent").startswith("Gaps (")
    browser.evaluate("document.getElementById('find').focus()")
    tab_to(browser, "e.id === 'as-map'")
    press(browser, "Enter")
    assert browser.evaluate("state.view") == "map"
    assert heading(browser) == partner  # who was chosen stays chosen
    tab_to(browser, "e.id === 'canvas'")
    before = browser.evaluate("state.org")
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"):
        press(browser, key)
        if browser.evaluate("state.org") != before:
            break
    after = browser.evaluate("state.org")
    assert after != before
    assert browser.evaluate(f"partners[{before}].has({after})")
    press(browser, "Backspace")
    assert browser.evaluate("state.org") == before
    browser.evaluate("document.getElementById('find').focus()")
    tab_to(browser, "e.id === 'as-net'")
    press(browser, "Enter")
    assert browser.evaluate("state.view") == "net"
    assert browser.console == []


@needs_browser
@pytest.mark.browser
def test_the_keyboard_reaches_every_control(browser: Page, page: Explorer, tmp_path: Path) -> None:
    load(browser, page, tmp_path / "explorer.html")
    reached = set()
    for _ in range(45):
        press(browser, "Tab")
        reached.add(browser.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert {"find", "as-net", "as-map", "measure", "hide", "reset", "canvas", "in", "out", "fit",
            "png", "svg", "print", "SUMMARY", "A"} <= reached  # fmt: skip


@needs_browser
@pytest.mark.browser
def test_a_bookmark_brings_the_view_back(browser: Page, page: Explorer, tmp_path: Path) -> None:
    load(browser, page, tmp_path / "explorer.html")
    wished = "view=map&org=cedar-county-hospital&size=Betweenness&hide=convener&sector=0"
    browser.evaluate(f"openView({json.dumps(wished)})")
    assert browser.evaluate("writeHash()") == wished
    browser.evaluate("openView('view=none&org=%E0%A4%A&kind=|||&size=x&wave=9&to=nobody&&=')")
    assert browser.evaluate("writeHash()") == ""
    browser.evaluate("[...document.querySelectorAll('#views a')][0].click()")
    assert browser.evaluate("writeHash()") == "view=map&sector=0"


@needs_browser
@pytest.mark.browser
def test_filters_by_service_and_strength(browser: Page, page: Explorer, tmp_path: Path) -> None:
    load(browser, page, tmp_path / "explorer.html")
    content = unpack_content(page.html)
    offering = [o for o, offered in enumerate(content["offers"]) if 3 in offered]
    name = content["services"][3]
    browser.evaluate(f"openView('service=' + encodeURIComponent({json.dumps(name)}))")
    assert browser.evaluate("[...order].sort((a, b) => a - b)") == offering != []
    assert f"service={name.replace(' ', '%20')}" in browser.evaluate("location.hash")
    browser.evaluate("openView('strength=2')")
    working = {k for k, relation in enumerate(content["relations"]) if relation[2]}
    strong = read_pairs(content, working, least=67)
    assert 0 < len(strong) < len(read_pairs(content, working))
    assert browser.evaluate("partners.reduce((all, map) => all + map.size, 0) / 2") == len(strong)
    browser.evaluate("document.getElementById('filters').open = true; showChips()")
    named = browser.evaluate(
        "[...document.querySelectorAll('#chips legend')].map(l => l.textContent)"
    )
    assert named == ["Wave", "Sector", "Kind", "Service", "County", "Relation", "Strength"]


def test_services_are_those_of_the_table() -> None:
    rows = [
        {"organization": "a", "service": "Dental care"},
        {"organization": "b", "service": "dental Care"},
        {"organization": "b", "service": "Food"},
    ]
    content = unpack_content(explore_network(make_network("abc", ["ab"], services=rows)).html)
    assert content["services"] == ["Dental care", "Food"] and content["offers"] == [[0], [0, 1], []]


@needs_browser
@pytest.mark.browser
def test_the_path_between_two_is_a_shortest_one(
    browser: Page, page: Explorer, prairie: Network, tmp_path: Path
) -> None:
    import networkx as nx

    load(browser, page, tmp_path / "explorer.html")
    layer = build_layer(prairie)
    graph = nx.from_scipy_sparse_array(layer.binary)
    ids = list(prairie.ids)
    one, other = ids.index("cedar-county-hospital"), ids.index("sandhill-crane-memorial-hospital")
    browser.evaluate(f"openView('org={ids[one]}&to={ids[other]}')")
    found = browser.evaluate("path")
    assert found[0] == one and found[-1] == other
    assert len(found) - 1 == nx.shortest_path_length(graph, one, other)
    assert all(graph.has_edge(a, b) for a, b in itertools.pairwise(found))
    assert browser.evaluate("document.querySelectorAll('#panel ol li').length") == len(found)


@pytest.mark.slow
@needs_browser
@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_hinders_readers(browser: Page, page: Explorer, tmp_path: Path, width: int) -> None:
    load(browser, page, tmp_path / "explorer.html", width=width)
    browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for setting in ("", "view=map&org=cedar-county-hospital", "county=31027"):
        browser.evaluate(f"openView({json.dumps(setting)})")
        settle(browser)
        wide = browser.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0 and browser.evaluate("window.innerWidth") == width
        assert find_violations(browser) == []
    assert browser.console == []
    assert [a for a in browser.requests if not a.endswith("explorer.html")] == []


@pytest.mark.slow
@needs_browser
@pytest.mark.browser
def test_no_mark_covers_another_and_the_zoom_gives_the_room_back(
    browser: Page, page: Explorer, tmp_path: Path
) -> None:
    load(browser, page, tmp_path / "page.html")
    overlap = """(() => { const xy = placeAll(frame()); let least = Infinity;
      for (const a of order) for (const b of order) if (a < b) least = Math.min(least,
        Math.hypot(xy[2 * a] - xy[2 * b], xy[2 * a + 1] - xy[2 * b + 1]) - radii[a] - radii[b]);
      return least; })()"""
    assert browser.evaluate(overlap) > 0  # the least room between two
    assert browser.evaluate("radii.filter((r, o) => r < 0.999 * radiusAlone(o)).length") > 0
    assert browser.evaluate("Math.min(...radii)") >= 1
    small = browser.evaluate("radii.reduce((a, b) => a + b, 0)")
    browser.evaluate("zoom = 8; draw()")
    settle(browser)
    alone = browser.evaluate("order.filter((o) => radii[o] > 0.999 * radiusAlone(o)).length")
    assert browser.evaluate("radii.reduce((a, b) => a + b, 0)") > small and alone > 140


@pytest.mark.slow
@needs_browser
@pytest.mark.browser
def test_a_picture_without_room_is_no_error(browser: Page, page: Explorer, tmp_path: Path) -> None:
    """A page is drawn once before its columns have their width."""
    load(browser, page, tmp_path / "page.html")
    browser.evaluate("canvas.style.width = '10px'; D.net.discs = [[0, 0, 50]]; draw()")
    settle(browser)
    assert browser.evaluate("frame().scale") > 0 and browser.console == []


@pytest.mark.slow
@needs_browser
@pytest.mark.browser
def test_dark_and_still_where_asked(browser: Page, page: Explorer, tmp_path: Path) -> None:
    features = [
        {"name": "prefers-color-scheme", "value": "dark"},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.send("Emulation.setEmulatedMedia", features=features)
    load(browser, page, tmp_path / "explorer.html")
    assert browser.evaluate("color('paper')") == "#14191e"
    browser.evaluate("moveTo('map')")
    settle(browser)
    assert browser.evaluate("morph") == 1
    assert find_violations(browser) == []
    browser.send("Emulation.setEmulatedMedia", features=[])


@needs_browser
@pytest.mark.browser
def test_hostile_names_do_nothing(browser: Page, tmp_path: Path) -> None:
    rows = [
        {"id": f"o{k}", "name": name, "kind": "hospital", "county_fips": "31027"}
        for k, name in enumerate(HOSTILE)
    ]
    net = make_network(
        rows,
        [("o0", "o1"), ("o1", "o2"), ("o2", "o3"), ("o3", "o4")],
        about=[{"setting": "title", "value": HOSTILE[0]}],
    )
    found = explore_network(net, views={HOSTILE[1]: "org=o1"})
    load(browser, found, tmp_path / "hostile.html")
    for k in range(len(HOSTILE)):
        browser.evaluate(f"choose({k}, {{focus: true}})")
        assert browser.evaluate(f"D.names[{k}]") in (HOSTILE[k], heading(browser))
    browser.evaluate("$('find').value = '<img'; $('find').dispatchEvent(new Event('input'))")
    assert browser.evaluate("document.querySelectorAll('img, script').length") == 2
    svg = browser.evaluate("makeSvg()")
    assert "<script" not in svg and "<img" not in svg
    from xml.etree import ElementTree

    ElementTree.fromstring(svg)
    assert browser.console == []
    assert len(browser.requests) == 1


@needs_browser
@pytest.mark.browser
def test_a_picture_can_be_saved(browser: Page, page: Explorer, tmp_path: Path) -> None:
    from xml.etree import ElementTree

    load(browser, page, tmp_path / "explorer.html")
    for view in ("net", "map"):
        browser.evaluate(f"openView('view={view}')")
        root = ElementTree.fromstring(browser.evaluate("makeSvg()"))
        space = "{http://www.w3.org/2000/svg}"
        assert root.find(f"{space}title").text.startswith("Prairie partnership network")
        assert len(root.findall(f"{space}text")) > 10
    assert browser.evaluate("canvas.toDataURL().length") > 10_000


def test_a_frame_is_empty_of_dates_and_paths(page: Explorer) -> None:
    assert pd.Timestamp.now().strftime("%Y-%m-%d") not in page.html
