"""Later ties: three panels in which what is new in the next wave is the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from ranker_corpus import read_fields
from ranker_samples import Pairs, pairs_of
from scipy import sparse

from partnet.questions.recommendation.features.features import WARM, PairFeatures
from partnet.questions.recommendation.features.fields import Field
from partnet.questions.recommendation.features.graph import VisibleGraph
from partnet.questions.recommendation.ranking.holdout import Hidden
from partnet.questions.recommendation.ranking.shrinkage import hide_again

YEARS_APART = 5  # alliances of States change slowly
NO_TIE = ("", "0", "10")  # blank: no answer; 10: could not be named


@dataclass(frozen=True)
class Wave:
    """A network as it was, its fields, and the pairs that were tied in the next wave."""

    name: str
    family: str
    fields: tuple[Field, ...]
    strength: sparse.csr_array
    pairs: Pairs
    inner: list[tuple[np.ndarray, np.ndarray]]


def read_waves(folder: Path) -> list[Wave]:
    """Read every pair of waves of the three panels."""
    return [*_read_s50(folder), *_read_classes(folder), *_read_alliances(folder)]


def _read_s50(folder: Path) -> Iterator[Wave]:
    nodes = pd.read_csv(folder / "s50_nodes.csv", dtype=str).set_index("id")
    waves = [_read_ties(folder / f"s50_wave{k}_edges.csv") for k in (1, 2, 3)]
    waves = [w.assign(to=w["to"].str.removeprefix("V")) for w in waves]
    for k in (0, 1):
        known = nodes[[f"{name}.V{k + 1}" for name in ("alcohol", "smoke")]]
        yield _make("s50", "s50", known, waves[k], waves[k + 1])


def _read_classes(folder: Path) -> Iterator[Wave]:
    nodes = pd.read_csv(folder / "knecht_nodes.csv", dtype=str).set_index("id")
    waves = [_read_ties(folder / f"knecht_friendship_t{k}_edges.csv") for k in (1, 2, 3, 4)]
    for k in (0, 1, 2):
        own = [c for c in nodes if "." not in c or c.endswith(f".t{k + 1}")]
        yield _make("class", "knecht", nodes[own], waves[k], waves[k + 1])


def _read_alliances(folder: Path) -> Iterator[Wave]:
    ties = pd.read_csv(folder / "alliances_edges_by_year.csv", dtype=str)
    nodes = pd.read_csv(folder / "alliances_nodes_by_year.csv", dtype=str)
    years = sorted(ties["year"].unique(), key=int)
    for now, then in zip(years[::YEARS_APART], years[YEARS_APART::YEARS_APART], strict=False):
        known = nodes[nodes["year"] == now].set_index("id")[["cinc", "polity"]]
        first, second = (ties[ties["year"] == year] for year in (now, then))
        yield _make("alliances", "ally", known, first, second)


def _read_ties(path: Path) -> pd.DataFrame:
    ties = pd.read_csv(path, dtype=str, keep_default_na=False)
    return ties[~ties["value"].isin(NO_TIE)]


def _make(
    name: str, family: str, known: pd.DataFrame, now: pd.DataFrame, later: pd.DataFrame
) -> Wave:
    visible = _build_graph(now, known.index)
    new = _build_graph(later, known.index)
    new = sparse.csr_array(new - new.multiply(visible))
    new.eliminate_zeros()
    fields = read_fields(known.fillna(""))
    hidden = Hidden(VisibleGraph(visible), new)
    features = PairFeatures(VisibleGraph(visible), fields)
    pairs = pairs_of(fields, visible, hidden, WARM, warm=True, trees=True)
    return Wave(name, family, fields, visible, pairs, hide_again(features, WARM))


def _build_graph(ties: pd.DataFrame, index: pd.Index) -> sparse.csr_array:
    i, j = index.get_indexer(ties["from"]), index.get_indexer(ties["to"])
    kept = (i >= 0) & (j >= 0) & (i != j)
    shape = (len(index), len(index))
    one_way = sparse.csr_array((np.ones(kept.sum()), (i[kept], j[kept])), shape=shape)
    both = sparse.csr_array(one_way.maximum(one_way.T))
    both.data[:] = 1.0
    return both
