"""The training networks: read from a folder, as adjacency, fields and events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from partnet.questions.recommendation.features.fields import Field, make_fields
from partnet.questions.recommendation.ranking.holdout import project_events

# Numbers of events or activities of an organization in a projection are its degree in disguise.
FROM_THE_TIES = {"activities", "events", "cabinet_ties", "target"}


@dataclass(frozen=True)
class Example:
    """One real network.

    Attributes
    ----------
    adjacency : csr_array
        Symmetric 0/1.
    strength : csr_array
        Symmetric weights, scaled to at most 1 by rank within the network.
    events : csr_array or None
        Organizations x events, where the ties are the projection of events.
    columns : DataFrame
        Attributes as text, one row an organization: what the fields were made of.
    """

    name: str
    family: str
    domain: str
    adjacency: sparse.csr_array
    strength: sparse.csr_array
    fields: tuple[Field, ...]
    events: sparse.csr_array | None
    columns: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def n(self) -> int:
        """Number of organizations."""
        return self.adjacency.shape[0]


def read_corpus(folder: Path, only: Sequence[str] = ()) -> list[Example]:
    """Read the networks of a folder with networks.csv, ties.csv and attributes.csv."""
    networks = pd.read_csv(folder / "networks.csv")
    networks = networks[networks["network"].isin(only)] if only else networks
    text = {"source": str, "target": str, "node": str, "value": str}
    ties = dict(list(pd.read_csv(folder / "ties.csv", dtype=text).groupby("network")))
    attributes = _group(folder / "attributes.csv", text)
    twins = {
        k.removesuffix("/2mode"): v for k, v in _group(folder / "ties_twomode.csv", text).items()
    }
    modes = {
        k.removesuffix("/2mode"): v
        for k, v in _group(folder / "attributes_twomode.csv", text).items()
    }
    return [
        _make(row, ties[row.network], attributes.get(row.network), twins.get(row.network), modes)
        for row in networks.itertuples()
    ]


def _group(path: Path, text: dict[str, type]) -> dict[str, pd.DataFrame]:
    if not path.exists():
        return {}
    return dict(list(pd.read_csv(path, dtype=text).groupby("network")))


def _make(row, ties, attributes, twin, modes) -> Example:  # type: ignore[no-untyped-def]
    nodes = pd.unique(pd.concat([ties["source"], ties["target"]]))
    index = pd.Index(sorted(nodes, key=lambda k: (len(k), k)))
    i, j = index.get_indexer(ties["source"]), index.get_indexer(ties["target"])
    weight = ties["weight"].rank(pct=True).to_numpy()
    apart = i != j
    shape = (len(index), len(index))
    one_way = sparse.csr_array((weight[apart], (i[apart], j[apart])), shape=shape)
    strength = sparse.csr_array(one_way.maximum(one_way.T))
    adjacency = strength.copy()
    adjacency.data[:] = 1.0
    columns = pd.DataFrame(index=index) if attributes is None else _widen(attributes, index)
    about = row.network, row.family, row.domain
    example = Example(*about, adjacency, strength, read_fields(columns), None, columns)
    return example if twin is None else _project_again(example, twin, modes[row.network])


def _project_again(example: Example, twin: pd.DataFrame, attributes: pd.DataFrame) -> Example:
    """The same network made from its events, with what the two-mode table knows of its nodes.

    The numbers of nodes differ between the two tables, so everything is read from the second.
    """
    mode = attributes[attributes["attribute"] == "mode"].set_index("node")["value"]
    swapped = twin["source"].map(mode) == "event"
    actor = twin["target"].where(swapped, twin["source"])
    event = twin["source"].where(swapped, twin["target"])
    actors = pd.Index(sorted(actor.unique(), key=lambda k: (len(k), k)))
    incidence = sparse.csr_array(
        (np.ones(len(twin)), (actors.get_indexer(actor), pd.factorize(event)[0]))
    )
    incidence.data[:] = 1.0
    tied = np.flatnonzero(np.diff(project_events(incidence).indptr) > 0)
    incidence, index = sparse.csr_array(incidence[tied]), actors[tied]
    adjacency = project_events(incidence)
    if adjacency.nnz != example.adjacency.nnz:
        return example
    own = attributes[(attributes["attribute"] != "mode") & attributes["node"].isin(index)]
    columns = _widen(own, index) if len(own) else pd.DataFrame(index=index)
    return replace(
        example,
        adjacency=adjacency,
        strength=adjacency,
        fields=read_fields(columns),
        events=incidence,
        columns=columns,
    )


def _widen(attributes: pd.DataFrame, index: pd.Index) -> pd.DataFrame:
    """One row an organization, one column an attribute; blank where not known."""
    wide = attributes.pivot_table(
        index="node", columns="attribute", values="value", aggfunc="first"
    ).reindex(index)
    wide = wide[[column for column in wide if column not in FROM_THE_TIES]]
    return wide.fillna("")


def read_fields(wide: pd.DataFrame) -> tuple[Field, ...]:
    """Make fields of columns as the library does of profile columns."""
    made = [f for c in wide for f in make_fields(str(c), wide[c].astype("str"))]
    return tuple(part for part in made if part.known.sum() > 1)


def split_families(corpus: list[Example], folds: int, seed: int) -> np.ndarray:
    """Give the fold of every network; a family stays together, domains are spread evenly."""
    random = np.random.default_rng(seed)
    families = sorted({(e.domain, e.family) for e in corpus})
    order = [families[k] for k in random.permutation(len(families))]
    order.sort(key=lambda pair: pair[0])
    fold = {family: number % folds for number, (_, family) in enumerate(order)}
    return np.array([fold[e.family] for e in corpus])
