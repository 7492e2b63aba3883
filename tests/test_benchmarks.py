"""The benchmarks: seeded networks of the stated sizes, and a table that is true."""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import partnet as pn  # noqa: E402
from benchmarks import growth, libraries, nation, needs, run, two_mode, whole, worker  # noqa: E402
from benchmarks.libraries import OPERATIONS  # noqa: E402
from benchmarks.networks import SIZES, Size, make_layer, make_two_mode  # noqa: E402

from .builders import make_network  # noqa: E402

SMALL = Size(40, 90, 10)


def test_networks_have_their_size_and_are_the_same_every_time() -> None:
    layer = make_layer(SIZES["state"])
    assert (layer.n, layer.n_ties) == (300, 2_000)
    assert (layer.matrix != layer.matrix.T).nnz == 0 and not layer.matrix.diagonal().any()
    degree = np.diff(layer.matrix.indptr)
    assert (degree == 0).sum() >= 3 and (degree == 1).sum() >= 30 and degree.max() > 40
    assert (make_layer(SIZES["state"]).matrix != layer.matrix).nnz == 0


def test_two_mode_networks_have_their_size() -> None:
    matrix, place = make_two_mode(2_000, 600, 8_000)
    assert matrix.shape == (2_000, 600) and matrix.nnz == 8_000 and len(place) == 2_000
    holders = np.diff(matrix.tocsc().indptr)
    assert holders.max() > 5 * np.median(holders)  # the tail is heavy


@pytest.mark.slow
@pytest.mark.parametrize("operation", sorted(OPERATIONS["networkx"](make_layer(SMALL))))
def test_operations_mean_the_same_in_networkx(operation: str) -> None:
    own, peer = (run_small(library, operation) for library in ("partnet", "networkx"))
    assert run.compare(peer, own) < 1e-6


def run_small(library: str, operation: str) -> np.ndarray:
    layer, graph = worker.make_graph(library, operation, None)
    return np.nan_to_num(np.asarray(OPERATIONS[library](layer)[operation](graph), dtype=float))


def test_common_features_mean_the_same_in_igraph() -> None:
    pytest.importorskip("igraph", reason="installed by tasks.py bench")
    own, peer = (run_small(library, two_mode.OPERATION) for library in ("partnet", "igraph"))
    assert own.any() and run.compare(peer, own) < 1e-6


def test_values_are_compared_without_their_normalization() -> None:
    assert run.compare(np.array([0.0, 2.0, 4.0]), np.array([0.0, 1.0, 2.0])) == 0
    assert run.compare(np.array([1.0, 4.0]), np.array([1.0, 2.0])) == pytest.approx(0.25)
    assert math.isnan(run.compare(np.zeros(2), np.zeros(3)))
    assert math.isnan(run.compare(np.zeros(0), np.zeros(0)))  # nothing was compared


def test_values_from_some_sources_are_compared_with_those_of_the_same(tmp_path: Path) -> None:
    found = {"operation": "closeness", "seconds": [1.0], "processor": [1.0], "peak": 0.0}
    np.save(tmp_path / "partnet-closeness.npy", np.array([4.0, 1.0, 2.0]))
    np.save(tmp_path / "networkx-closeness.npy", np.array([2.0, 1.0]))
    right, wrong = (
        run.read_measured({**found, "sampled": some}, "networkx", tmp_path)
        for some in ([2, 1], [1, 2])
    )
    assert right.sampled and right.difference == 0 and wrong.difference == 0.5
    assert run.say_difference({"partnet": right, "networkx": right}) == "none"
    assert run.say_difference({"partnet": right, "networkx": wrong}) == "networkx 0.5"


def test_the_table_says_what_was_stopped_and_how_far_a_goal_is() -> None:
    row = {
        "partnet": run.Measured(0.5, 1.0, 3.0, 0.0),
        "networkx": run.Measured(failed="> 60 s"),
        "igraph": run.Measured(1.0, 1.0, 3.0, 0.2),
    }
    found = {"region": {"betweenness": row}}
    page = run.write_page(run.Facts("command", list(row), ["rustworkx"], 60.0), found)
    assert "| betweenness | 500 ms | 3 | > 60 s (> 120x) | 1 s (2x) | igraph 0.2 |" in page
    assert "| betweenness, region | igraph | 3x | 2x | 0.67 |" in page
    assert "betweenness, region, over networkx: only a lower bound" in page
    assert "Not installed, so not measured: rustworkx." in page


@pytest.mark.slow
def test_a_run_writes_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [("import partnet", "x of import networkx", 0.4, 0.8)]
    monkeypatch.setattr(run, "measure_whole", lambda nation: whole)
    page = tmp_path / "performance.md"
    words = ["--quick", "--operation", "coreness", "--library", "networkx", "--output", str(page)]
    assert run.main(words) == 0
    text = page.read_text("utf-8")
    assert "python3 tasks.py bench --quick --operation coreness --library networkx`" in text
    assert "| import partnet | – | at most 0.8 x of import networkx |" in text
    assert "| coreness |" in text and str(tmp_path) not in text


def test_slow_operations_of_networkx_run_from_some_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MOST_SOURCES", 30)
    for operation in libraries.networkx_sampled():
        layer, graph = worker.make_graph("networkx", operation, None)
        run_some, times, some = worker.choose_run("networkx", operation, layer)
        assert times == 3.0 and some is not None and len(some) == 20  # of 60 organizations
        values = np.asarray(run_some(graph), dtype=float)
        own = run_small("partnet", operation)[some]
        assert not len(values) or run.compare(values, own) < 1e-6
    assert worker.choose_run("igraph", "betweenness", make_layer(SMALL))[1] == 1.0


def test_imports_are_measured() -> None:
    seconds, mebibytes = whole.measure_import("json", repeats=1)
    assert 0 < seconds < 60 and 1 < mebibytes < 500


def test_the_state_network_is_written_as_tables(tmp_path: Path) -> None:
    net = pn.read_network(whole.write_state(tmp_path))
    assert len(net.ids) == 300 and len(net.ties) == 2_000 and not net.problems


def test_the_growth_of_cost_is_fitted_and_told(tmp_path: Path) -> None:
    sizes = tuple(Size(n, 2 * n, 20) for n in (20, 40, 80, 160))
    found = {"find_gaps": [9.0, 1.0, 2.0, 4.0], "find_bridges": [1.0, 1.0, 4.0, 16.0]}
    ties = [size.ties for size in sizes]
    assert growth.fit_exponent(ties, found["find_gaps"]) == pytest.approx(1.0)
    page = growth.make_page(found, sizes)
    assert "| `find_bridges` | 1 | 1 | 4 | 16 | 2.00 |" in page
    assert "Above 1.3 without sampling: `find_bridges`." in page
    growth.draw_curves(found, tmp_path / "growth.svg", sizes)
    assert "</svg>" in (tmp_path / "growth.svg").read_text("utf-8")


def test_verbs_are_timed_on_networks_that_were_just_read() -> None:
    timed = growth.time_verbs(SMALL, ("find_gaps",))
    assert set(timed) == {"read_network", "find_gaps"} and min(timed.values()) >= 0


@pytest.mark.slow
def test_a_nation_goes_from_tables_to_every_answer() -> None:
    steps: list[nation.Step] = []
    tables = nation.make_tables(SMALL)
    assert [len(tables[name]) for name in ("organizations", "ties", "services")] == [40, 90, 200]
    nation.measure_steps(tables, steps.append)
    page = "\n".join(nation.write_nation(steps))
    for verb in ("read_network", "measure_centrality", "find_bridges", "find_common_features"):
        assert f"| `{verb}`" in page
    assert all(step.seconds > 0 and step.processor >= 0 for step in steps) and not tables


def test_the_steps_of_a_nation_stand_on_the_page() -> None:
    steps = [nation.Step("`read_network`: build", 20.0, 21.0, 2_500.0)]
    page = run.write_page(run.Facts("command", ["partnet"], [], 60.0), {}, (), steps)
    assert "## Nation through the public functions" in page
    assert "| `read_network`: build | 20 | 21 | 2,500 |" in page


def test_numbers_are_said_in_three_digits() -> None:
    said = [run.say_number(value) for value in (0.12345, 2.0, 44.96, 1654.3, 1_234_567.0)]
    assert said == ["0.123", "2", "45", "1,650", "1,230,000"]


def test_the_command_can_be_given_again() -> None:
    words = ["--operation", "common features, top 10", "--output", "x.md"]
    assert run.name_command(words) == (
        "python3 tasks.py bench --operation 'common features, top 10'"
    )
    assert run.name_command([]) == "python3 tasks.py bench"


# -- need beside likelihood -----------------------------------------------------------------------


def make_signed() -> pn.Network:
    """Two hospitals with an agreement that only they signed, and a third in one of three."""
    ids = ["a", "b", "c", "d"]
    ends = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")]
    signed = [("T1", "a"), ("T1", "b"), ("T2", "a"), ("T2", "b"), ("T2", "c")]
    return make_network(
        ids,
        [(a, b, "collaboration") for a, b in ends],
        agreements=[
            {"agreement": name, "organization": id_, "type": "data sharing", "status": "executed"}
            for name, id_ in signed
        ],
    )


def test_a_hidden_tie_takes_the_agreement_of_the_two_along() -> None:
    here = make_signed().at()
    left = needs.hide(here, {("a", "b")})
    assert ("a", "b") in needs.list_pairs(here)
    assert len(left.table("ties")) == 3 and left.day == here.day
    assert set(left.table("agreements")["agreement"]) == {"T2"}


def test_every_tie_is_hidden_once_and_judged_where_both_ends_keep_one() -> None:
    here = make_network([*"abcdef"], [(a, b, "referral") for a, b in ("ab", "bc", "ca", "de")]).at()
    parts = list(needs.split(here, 4, np.random.default_rng(0)))
    judged = [pair for part in parts for pair in part.hidden]
    assert sorted(judged) == [("a", "b"), ("a", "c"), ("b", "c")]  # d and e lose their only tie
    assert all(len(part.left.table("ties")) == 3 for part in parts)
    rows = [row for part in parts for row in part.judge()]
    assert len(rows) == 6 and set(rows[0]) == {"kind", *needs.ORDERS}


def test_the_table_of_needs_counts_ties_and_shares() -> None:
    plain, able, both = needs.ORDERS
    rows = [("rule", 0, 0, 1), ("rule", 1, 1, 1), ("", 1, 1, 0), ("", 1, 1, 1)]
    found = pd.DataFrame(rows, columns=["kind", plain, able, both])
    lines = needs.sum_up(found)
    assert lines[0] == "| order | ties that met a need (1) | other ties (1) | all (2) |"
    assert lines[-1] == f"| {both} | 1.00 | 0.50 | 0.75 |"
    assert "+0.50 for ties that met a need (rule 1), -0.50 for others, +0.00" in (
        needs.say_difference(found)
    )


def test_the_page_holds_what_the_benchmark_found() -> None:
    page = needs.DOCUMENT.read_text(encoding="utf-8")
    told = page.split("<!-- needs: written by benchmarks/needs.py -->")[1]
    told = told.split("<!-- end of needs -->")[0]
    gains = [float(part) for part in re.findall(r"[+-]\d\.\d\d", told)]
    assert len(gains) == 3 and gains[0] >= 0.10 and gains[2] >= 0
    assert needs.fill_in(page, told.strip()) == page
