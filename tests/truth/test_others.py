"""What is said of a network among others is recomputed from the files of each."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import partnet as pn
from partnet.core.results.result import Result, Sentence

from .awkward import write_awkward
from .coalition import DAY, write_coalition
from .others import AMONG_OTHERS
from .raw import Raw
from .test_truth import same


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two coalitions."""
    both = [write_coalition, write_awkward]
    return [write(tmp_path_factory.mktemp(write.__name__)) for write in both]


@pytest.fixture(scope="module")
def found(paths: list[Path]) -> Result:
    ours, *others = (pn.read_network(path).at(str(DAY)) for path in paths)
    return pn.benchmark_networks(ours, others, as_of=DAY, draws=20)


def find_wrong(raws: list[Raw], sentences: tuple[Sentence, ...]) -> list[str]:
    """Which claims differ from the files, or have no recomputation."""
    wrong = []
    for said in (one for one in sentences if one.claims):
        right = AMONG_OTHERS[said.name](raws[0], raws[1:], said.claims)
        wrong += [
            f"{said.name}.{name}: {said.claims.get(name)}, where it is {right.get(name)}"
            for name in {*right, *said.claims}
            if name not in right or not same(said.claims.get(name), right[name])
        ]
    return wrong


def test_claims_follow_from_the_files(paths: list[Path], found: Result) -> None:
    raws = [Raw(path, DAY) for path in paths]
    days = pd.to_datetime(found.tables["about"]["day"]).dt.date.tolist()
    assert days == [DAY, DAY]
    assert {"networks", "unknown", "care", "standing_density"} <= {*found.claims}
    assert find_wrong(raws, found.sentences) == []


def test_a_wrong_claim_does_not_pass(paths: list[Path], found: Result) -> None:
    raws = [Raw(path, DAY) for path in paths]
    said = next(one for one in found.sentences if one.name == "standing_density")
    for claim in ("ours", "rank", "of"):
        false = Sentence(said.name, str(said), {**said.claims, claim: said.claims[claim] + 1})
        assert len(find_wrong(raws, (false,))) == 1
