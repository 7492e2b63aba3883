"""What is said of several waves is recomputed from the files of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.core.results.result import Sentence

from .raw import Raw
from .test_truth import same
from .waves import DAYS, OVER_WAVES, categories, write_waves


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_waves(tmp_path_factory.mktemp("waves"))


@pytest.fixture(scope="module")
def nets(paths: list[Path]) -> list[Network]:
    return [pn.read_network(path).at(str(day)) for path, day in zip(paths, DAYS, strict=True)]


@pytest.fixture(scope="module")
def raws(paths: list[Path]) -> list[Raw]:
    return [Raw(path, day) for path, day in zip(paths, DAYS, strict=True)]


def find_wrong(raws: list[Raw], sentences: Sequence[Sentence]) -> list[str]:
    """Which claims differ from the files, or have no recomputation."""
    wrong = []
    for said in (one for one in sentences if one.claims):
        if said.name not in OVER_WAVES:
            wrong.append(f"{said.name}: no recomputation of {dict(said.claims)}")
            continue
        claims = {name: plain(value) for name, value in said.claims.items()}
        try:
            right = OVER_WAVES[said.name](raws, claims)
        except AssertionError:
            wrong.append(f"{said.name}: {claims} does not follow")
            continue
        wrong += [
            f"{said.name}.{name}: {claims.get(name)}, where it is {right.get(name)}"
            for name in {*right, *claims}
            if name not in right or not same(claims.get(name), right[name])
        ]
    return wrong


def plain(value: Any) -> Any:
    """A day as text; else what it is."""
    return str(value.date()) if isinstance(value, pd.Timestamp) else value


@pytest.mark.parametrize(
    "chosen", [pytest.param((0, 2), marks=pytest.mark.slow), (0, 1, 2)], ids=["two", "three"]
)
def test_claims_over_waves(nets: list[Network], raws: list[Raw], chosen: tuple[int, ...]) -> None:
    found = pn.compare_networks(*(nets[k] for k in chosen), draws=400)
    assert find_wrong([raws[k] for k in chosen], found.sentences) == []
    said = {one.name for one in found.sentences}
    assert said >= {
        "joined",
        "left",
        "changed_kind",
        "ties",
        "density",
        "days",
        "services",
        "needs",
    }
    assert len(chosen) == 2 or said >= {"trend", "moves", "grants"}


def test_categories_are_those_of_the_profiles(nets: list[Network], raws: list[Raw]) -> None:
    """By hand: rides are sole in 2025 and of two providers in 2026; the pantry joins in 2025."""
    hand = [("unclassified", "unclassified"), ("Exclusive Provider", "Collaborator"),
            ("Network Provider", "Collaborator")]  # fmt: skip
    for net, raw, (ride, pantry) in zip(nets, raws, hand, strict=True):
        mine = categories(raw)
        assert (mine["prairie-ride"], mine["cedar-pantry"]) == (ride, pantry)
        assert pn.profile_partnerships(net).table["category"].to_dict() == mine


def test_a_claim_over_waves_without_recomputation_is_a_failure(raws: list[Raw]) -> None:
    assert find_wrong(raws, [Sentence("new", "3 of them.", {"number": 3})])


@pytest.mark.slow
def test_wrong_claims_over_waves_are_caught(nets: list[Network], raws: list[Raw]) -> None:
    """What is true of one order of the files is not of another."""
    today = [net.whole.at(str(DAYS[2])) for net in nets]
    wrong = find_wrong(raws, pn.compare_networks(*today, draws=50).sentences)
    assert {re.split(r"[.:]", text)[0] for text in wrong} >= {"ties", "days", "moves", "trend"}
