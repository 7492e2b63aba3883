"""The page of measures names every measure that a verb gives, and nothing that is not there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import partnet as pn
from partnet.measures.chance.ranges import SCORES

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "measures.md").read_text("utf-8")
FIRST = {"id", "name", "kind", "sector", "meaning"}  # who it is, no measure


def read_section(verb: str) -> set[str]:
    """Names that the section of a verb explains: first cells of its tables, and its text."""
    (section,) = [part for part in PAGE.split("\n## ") if f"`{verb}`" in part.split("\n")[0]]
    lines = section.splitlines()
    cells = [line.split("|")[1] if line.startswith("|") else line for line in lines]
    spans = [span for cell in cells for span in re.findall(r"`([^`]+)`", cell)]
    return {word for span in spans for word in re.findall(r"\w+", span)}


def list_measures(verb: str) -> set[str]:
    """Every measure column of a verb, directed or not, and the names of its tables' measures."""
    net = pn.load_sample("prairie")
    if verb == "measure_affiliation":
        return set(pn.measure_affiliation(net).table)
    if verb == "explain_ties":
        found = pn.explain_ties(net, permutations=1)
        return {*found.table, *found.table.index}
    if verb == "measure_structure":
        return set().union(
            *(pn.measure_structure(net, directed=d, permutations=1).table.index for d in (0, 1))
        )
    if verb == "find_bridges":
        found = pn.find_bridges(net, permutations=1)
        return {*found.table, "key_players", "roles", "removal", "convener_candidates"}
    both = [pn.measure_centrality(net, directed=directed) for directed in (False, True)]
    tables = {"centralization", "by_relation", *both[0].tables["centralization"].index}
    return {*both[0].table, *both[1].table, *tables, "betweenness_error"}


VERBS = ["measure_centrality", "measure_affiliation", "measure_structure"]


@pytest.mark.parametrize("verb", [*VERBS, "explain_ties", "find_bridges"])
def test_every_measure_is_on_the_page(verb: str) -> None:
    assert list_measures(verb) - FIRST - read_section(verb) == set()


def test_every_measure_with_ranges_is_on_the_page() -> None:
    named = read_section("measure_uncertainty")
    net = pn.load_sample("prairie")
    found = pn.measure_uncertainty(net, imputations=1, bootstrap=1)
    assert set(SCORES) | set(found.tables["network"].index) <= named
    endings = {column.removeprefix("degree_") for column in found.table if "degree_" in column}
    assert {f"m_{ending}" for ending in endings} <= named


def test_every_table_of_the_page_is_whole() -> None:
    for block in re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE):
        assert len({row.count("|") for row in block.splitlines()}) == 1


def test_names_of_networkx_on_the_page_exist() -> None:
    import networkx as nx

    names = ["betweenness_centrality", "closeness_centrality", "harmonic_centrality"]
    names += ["eigenvector_centrality", "katz_centrality", "pagerank", "core_number", "constraint"]
    names += ["effective_size", "reciprocity", "transitivity", "articulation_points", "bridges"]
    names += ["attribute_assortativity_coefficient", "biconnected_components", "density"]
    for name in names:
        assert name in PAGE and callable(getattr(nx, name))


def test_every_measure_names_its_source() -> None:
    helpers = {"measure_statistics", "measure_ranges", "measure_rank_ranges"}
    for path in sorted((ROOT / "src" / "partnet" / "measures").glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("measure_"):
                said = ast.get_docstring(node) or ""
                assert "References\n" in said or node.name in helpers, f"{path.name} {node.name}"
