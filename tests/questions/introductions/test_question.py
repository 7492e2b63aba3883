"""Introduction paths, outside groups and directories."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from partnet.core.network import Network
from partnet.io.samples import load_sample
from partnet.questions.introductions.introduction_paths import IntroductionPaths
from partnet.questions.introductions.question import find_introductions

from ...builders import make_network


def link(a: str, b: str, strength: float, last: str = "2026-06-30") -> dict[str, object]:
    return {"source": a, "target": b, "relation": "collaboration", "strength": strength,
            "last_contact": last}  # fmt: skip


def find_path(net: Network, a: str, b: str) -> tuple[str, list[str], float]:
    path = IntroductionPaths.of(net.at()).find(*(int(k) for k in net.positions([a, b])))
    return path.status, [net.ids[k] for k in path.through], path.strength


KINDS = ("hospital", "food", "school", "bank", "faith", "civic")
ORGANIZATIONS = [
    {"id": i, "name": i.upper(), "kind": kind}
    for i, kind in zip(
        "abcdef", ("hospital", "food", "school", "bank", "faith", "civic"), strict=True
    )
]


def test_partners_need_no_introduction() -> None:
    net = make_network(ORGANIZATIONS, [link("a", "b", 0.5)])
    assert find_path(net, "a", "b") == ("they work together", [], 0.5)


def test_the_stronger_of_two_introducers_is_asked() -> None:
    ties = [link("a", "b", 0.4), link("b", "d", 1.0), link("a", "c", 0.8), link("c", "d", 0.8)]
    status, through, strength = find_path(make_network(ORGANIZATIONS, ties), "a", "d")
    assert (status, through) == ("through one", ["c"]) and strength == pytest.approx(0.8)


def test_one_handshake_comes_before_two() -> None:
    ties = [link("a", "b", 0.2), link("b", "d", 0.2),
            link("a", "c", 1.0), link("c", "e", 1.0), link("e", "d", 1.0)]  # fmt: skip
    assert find_path(make_network(ORGANIZATIONS, ties), "a", "d")[:2] == ("through one", ["b"])


@pytest.mark.slow
def test_a_long_path_is_the_strongest_of_all_by_brute_force() -> None:
    random = np.random.default_rng(4)
    edges = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "e"), ("d", "e"), ("d", "f"), ("e", "f")]
    for _ in range(20):
        strengths = dict(zip(edges, random.uniform(0.1, 1, len(edges)).round(3), strict=True))
        net = make_network(ORGANIZATIONS, [link(*edge, s) for edge, s in strengths.items()])
        best = 0.0
        for size in range(2, 5):
            for middle in itertools.permutations("bcde", size):
                way = list(itertools.pairwise(["a", *middle, "f"]))
                links = [strengths.get(p, strengths.get(p[::-1])) for p in way]
                if None not in links:
                    best = max(best, float(np.prod(links)) * 0.5 ** (size - 1))  # type: ignore[arg-type]
        status, through, strength = find_path(net, "a", "f")
        assert status == "through several" and len(through) >= 2
        assert strength == pytest.approx(best)


def test_where_no_path_leads_a_first_call_is_needed() -> None:
    net = make_network(ORGANIZATIONS, [link("a", "b", 1.0), link("c", "d", 1.0)])
    status, through, strength = find_path(net, "a", "d")
    assert (status, through) == ("no path on file", []) and np.isnan(strength)


def test_an_old_tie_is_a_cold_one() -> None:
    ties = [link("a", "b", 1.0, "2022-06-30"), link("b", "d", 1.0, "2022-06-30"),
            link("a", "c", 0.4), link("c", "d", 0.4)]  # fmt: skip
    assert find_path(make_network(ORGANIZATIONS, ties), "a", "d")[1] == ["c"]


def test_a_gap_of_one_party_is_reached_from_the_convener() -> None:
    organizations = [
        {"id": "office", "name": "Office", "kind": "state_office_of_rural_health"},
        {"id": "cah", "name": "Hospital", "kind": "critical_access_hospital"},
        {"id": "lhd", "name": "Department", "kind": "local_health_department"},
    ]
    net = make_network(
        organizations,
        [link("office", "lhd", 1.0), link("lhd", "cah", 1.0)],
        contacts=[{"organization": "lhd", "date": "2026-06-01", "by": "office"}],
        about=[{"setting": "convener", "value": "office"}],
    )
    table = find_introductions(net).table
    row = table[table["kind"] == "contact"].iloc[0]
    assert (row["organization"], row["partner"], row["through"]) == ("office", "cah", "Department")
    assert row["sentence"] == (
        "Department works with both Office and Hospital and could introduce them."
    )


def test_only_the_gaps_of_the_organization_asked_for() -> None:
    net = load_sample()
    table = find_introductions(net, "Cedar County Hospital").table
    own = "cedar-county-hospital"
    assert len(table) and ((table["organization"] == own) | (table["partner"] == own)).all()


def test_without_ties_nobody_can_introduce() -> None:
    net = make_network(ORGANIZATIONS, services=[{"organization": o, "service": "x"} for o in "ab"])
    found = find_introductions(net)
    assert "nobody can be named who could introduce" in found.text
    assert (found.table["through"] == "").all()


# -- groups one does not talk to -------------------------------------------------------------------


def judge_food(ties: list[dict[str, object]]) -> str:
    groups = find_introductions(make_network(ORGANIZATIONS, [link("e", "f", 1.0), *ties]))
    return str(groups.tables["groups"].set_index("group").at["food", "status"])


@pytest.mark.parametrize(
    ("ties", "status"),
    [
        ([], "no working tie with health care on file"),
        ([link("b", "c", 1.0)], "no working tie with health care on file"),
        ([link("a", "b", 0.2)], "regular"),
        ([link("a", "b", 1.0, "2024-01-01")], "ties, but no regular contact"),
        ([link("a", "b", 0.5, "")], "regular"),
        ([link("a", "b", 0.4, "")], "ties, but no regular contact"),
    ],
)
def test_what_regular_means(ties: list[dict[str, object]], status: str) -> None:
    assert judge_food(ties) == status


def test_a_group_with_nobody_is_named() -> None:
    net = make_network(ORGANIZATIONS, [link("a", "b", 1.0)])
    groups = find_introductions(net).tables["groups"].set_index("group")
    assert groups.at["transport", "status"] == "nobody on file"
    assert "look for one in a directory" in groups.at["transport", "sentence"]


def test_without_any_tie_contact_is_not_known() -> None:
    found = find_introductions(make_network(ORGANIZATIONS))
    groups = found.tables["groups"].set_index("group")["status"]
    assert groups["food"] == "not known" and groups["transport"] == "nobody on file"
    told = found.tables["groups"].set_index("group")
    assert told.loc["food", ["tied", "regular"]].isna().all(), "nobody knows how many"
    assert told.loc["transport", ["on_file", "tied", "regular"]].tolist() == [0, 0, 0]
    assert "does not regularly interact" not in found.text


# -- directories -----------------------------------------------------------------------------------

DIRECTORY = pd.DataFrame(
    {
        "name": ["Cedar County Hospital", "Running Water Counseling", "Third Bank"],
        "kind": ["critical access hospital", "behavioral health", "bank"],
        "state": "NE",
        "county": ["Cedar", "Knox", "Hall"],
        "zip": ["68739", "68724", "68801"],
        "services": ["", "behavioral health; telehealth", ""],
    }
)


@pytest.fixture(scope="module")
def members() -> pd.DataFrame:
    found = find_introductions(load_sample(), directory=DIRECTORY).tables["members"]
    return found[found["source"] == "directory"].set_index("name")


def test_who_is_on_file_is_found(members: pd.DataFrame) -> None:
    assert members.at["Cedar County Hospital", "on_file"] == "yes"
    assert members.at["Cedar County Hospital", "organization"] == "cedar-county-hospital"
    assert members.at["Running Water Counseling", "on_file"] == "no"


def test_who_closes_a_desert_comes_first(members: pd.DataFrame) -> None:
    assert members.index[0] == "Running Water Counseling"
    brings = members.at["Running Water Counseling", "brings"]
    assert brings == (
        "the provider of behavioral health that Knox County lacks and a second provider of "
        "telehealth for Knox County"
    )
    assert members.at["Third Bank", "brings"] == ""  # neither the first bank nor of the county


def test_a_directory_is_read_from_a_csv_file_too(tmp_path: Path, members: pd.DataFrame) -> None:
    path = tmp_path / "chapter.csv"
    DIRECTORY.to_csv(path, index=False)
    found = find_introductions(load_sample(), directory=path).tables["members"]
    again = found[found["source"] == "directory"].set_index("name")
    pd.testing.assert_frame_equal(again, members)
