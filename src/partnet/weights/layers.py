"""The one graph object that every measure takes: a frozen layer of strengths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ..errors import UsageError
from ..network import Network
from .affinity import build_affinity
from .strength import measure_strengths
from .survey import BoolArray, Survey, read_surveys

Symmetrization = Literal["maximum", "mean", "confirmed"]
SYMMETRIZATIONS = ("maximum", "mean", "confirmed")


@dataclass(frozen=True)
class Layer:
    """A weighted graph over the organizations of a network: what is reported, or what is shared.

    Attributes
    ----------
    ids, names : Index, Series
        Organizations in the network's order.
    matrix : csr_array, shape (n, n)
        Strengths in (0, 1]; no diagonal, no stored zeros; symmetric unless `directed`.
    directed : bool
        Whether cell (i, j) means something else than (j, i).
    kind : {"collaboration", "affinity"}
        Reported ties, or shared services, funding, populations, places and groups.
    relations : tuple of str
        The relations combined (families, for affinity).
    symmetrization : str
        How the two sides of a pair were joined: maximum, mean, confirmed, or "none".
    without : tuple of str
        Ids left out, for example the convener; they stay as isolates.
    survey : Survey or None
        Who answered; ``None`` where no responses table is on file.
    one_sided : float
        Share of pairs that only one side reported, of those both could report; NaN if unknown.
    as_of : Timestamp or None
        The day as of which ties hold.
    """

    ids: pd.Index
    names: pd.Series
    matrix: sparse.csr_array
    directed: bool = False
    kind: Literal["collaboration", "affinity"] = "collaboration"
    relations: tuple[str, ...] = ()
    symmetrization: str = "none"
    without: tuple[str, ...] = ()
    survey: Survey | None = None
    one_sided: float = float("nan")
    as_of: pd.Timestamp | None = None
    labels: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def n(self) -> int:
        """Number of organizations."""
        return len(self.ids)

    @property
    def n_ties(self) -> int:
        """Number of ties: pairs, or arcs if directed."""
        return self.matrix.nnz if self.directed else self.matrix.nnz // 2

    @cached_property
    def binary(self) -> sparse.csr_array:
        """The same graph with every strength 1."""
        return self._with_data(np.ones_like(self.matrix.data))

    @cached_property
    def distance(self) -> sparse.csr_array:
        """Length of every tie, 1 / strength; path measures take this, never the strength."""
        return self._with_data(1.0 / self.matrix.data)

    @property
    def answered(self) -> BoolArray | None:
        """Who answered, by position; ``None`` where no responses table is on file."""
        return None if self.survey is None else self.survey.answered

    @property
    def response_rate(self) -> float:
        """Share of those asked who answered; NaN where no responses table is on file."""
        if self.survey is None or not self.survey.asked.any():
            return float("nan")
        return float(self.survey.answered.sum() / self.survey.asked.sum())

    @property
    def observed_cells(self) -> int:
        """Number of cells (pairs, or arcs if directed) whose tie or absence is known.

        Undirected: a pair is known where a tie is on file or either end answered from a roster
        (for "confirmed": both ends). Directed: where the source answered.
        """
        arcs = self.n * (self.n - 1)
        cells = arcs if self.directed else arcs // 2
        if self.survey is None:
            return cells
        roster = self.survey.roster
        silent = int((~roster).sum())
        if self.directed:
            known = int(roster.sum()) * (self.n - 1)
        elif self.symmetrization == "confirmed":
            known = int(roster.sum() * (roster.sum() - 1) // 2)
        else:
            known = cells - silent * (silent - 1) // 2
        return known + self._ties_outside(roster)

    def _ties_outside(self, roster: BoolArray) -> int:
        """Ties on file in cells that nobody's answer covers."""
        pairs = self.matrix.tocoo()
        row, column = pairs.coords
        if self.directed:
            return int((~roster[row]).sum())
        upper = row < column
        ends = roster[row].astype(int) + roster[column].astype(int)
        needed = 2 if self.symmetrization == "confirmed" else 1
        return int((upper & (ends < needed)).sum())

    def restrict(self, keep: npt.ArrayLike, *, without: Iterable[str] = ()) -> Layer:
        """Give the layer with the ties of other organizations removed; they stay as isolates."""
        mask = sparse.diags_array(np.asarray(keep, dtype=float))
        matrix = _clean(sparse.csr_array(mask @ self.matrix @ mask))
        return replace(self, matrix=matrix, without=(*self.without, *without))

    def present(self) -> Layer:
        """Give the layer of those that are not left out: what measures count and divide by."""
        if not self.without:
            return self
        here = ~self.ids.isin(self.without)
        ids = self.ids[here]
        survey = None if self.survey is None else self.survey.among(here)
        matrix = sparse.csr_array(self.matrix[here][:, here])
        return replace(self, ids=ids, names=self.names[ids], matrix=matrix, survey=survey)

    def describe(self) -> str:
        """Say in a sentence which graph this is."""
        if self.kind == "affinity" and not self.relations:
            return "Nothing is on file that links organizations: no ties, and nothing in common."
        if self.kind == "affinity":
            return (
                "The graph is affinity: it shows what organizations have in common (shared "
                f"{', '.join(self.relations)}), not ties that anybody reported."
            )
        named = ", ".join(self.labels.get(relation, relation) for relation in self.relations)
        left_out = [str(self.names[id_]) for id_ in self.without]
        tail = f" {', '.join(left_out)} left out." if left_out else ""
        return f"Ties on file: {named or 'none'}.{tail}"

    def settings(self) -> dict[str, Any]:
        """Give everything that changes the numbers, for a method box."""
        known = {
            "layer": self.kind,
            "relations": ", ".join(self.relations) or "none on file",
            "direction": "directed" if self.directed else "undirected",
            "symmetrization": self.symmetrization,
            "left out": ", ".join(self.without) or "nobody",
            "as of": "no dates" if self.as_of is None else str(self.as_of.date()),
        }
        if self.survey is None:
            return known | {"responses": "no responses table; what is not on file counts as absent"}
        return known | {
            "response rate": f"{self.response_rate:.0%}",
            "one-sided pairs": "not known" if np.isnan(self.one_sided) else f"{self.one_sided:.0%}",
        }

    def _with_data(self, data: npt.NDArray[np.float64]) -> sparse.csr_array:
        csr = self.matrix
        return sparse.csr_array((data, csr.indices, csr.indptr), shape=csr.shape)


def choose_layer(
    net: Network,
    layer: Layer | str | None = None,
    *,
    relations: Sequence[str] | None = None,
    directed: bool = False,
    as_of: str | pd.Timestamp | None = None,
    without: Sequence[str] = (),
) -> Layer:
    """Give the layer that a verb is asked to work on.

    Without a wish it is the working relations; where none is on file, affinity.

    Raises
    ------
    UsageError
        `layer` is neither a Layer nor "collaboration" nor "affinity".
    """
    if isinstance(layer, Layer):
        return layer
    if layer not in (None, "collaboration", "affinity"):
        raise UsageError(
            f"layer: found {layer!r}. Allowed are collaboration, affinity or a Layer. "
            "Choose one of them."
        )
    if layer != "affinity":
        built = build_layer(
            net, relations=relations, directed=directed, as_of=as_of, without=without
        )
        if layer == "collaboration" or relations is not None or built.matrix.nnz:
            return built
        if build_layer(net, directed=directed, as_of=as_of).matrix.nnz:
            return built  # working ties are on file, all of them with those left out
    affinity = build_affinity(net, as_of=as_of)
    keep = ~net.ids.isin([net.find(organization) for organization in without])
    return _layer_of_affinity(net, affinity.matrix, affinity.families).restrict(keep)


def build_layer(
    net: Network,
    *,
    relations: Sequence[str] | None = None,
    directed: bool = False,
    symmetrization: Symmetrization = "maximum",
    as_of: str | pd.Timestamp | None = None,
    without: Sequence[str] = (),
    relation_weights: Mapping[str, float] | None = None,
) -> Layer:
    """Build the graph of reported ties.

    Combined strength of a pair is ``sum(w_r s_r) / sum(w_r)`` over the relations asked of it; a
    relation asked and not reported counts 0.

    Parameters
    ----------
    net : Network
        The network.
    relations : sequence of str, optional
        Relations to combine; default: those on file that count as working together (not contacts,
        funding, membership or ownership).
    directed : bool, default False
        Keep the direction of ties.
    symmetrization : {"maximum", "mean", "confirmed"}, default "maximum"
        How two reports on one pair are joined. The maximum believes either side, which is the
        common choice where some did not answer.
    as_of : str or Timestamp, optional
        The day on which ties must hold; default: the newest date in the tables.
    without : sequence of str
        Organizations left out (ids or names); they stay as isolates.
    relation_weights : mapping of str to float, optional
        w_r; default 1 for every relation.

    Returns
    -------
    Layer

    Raises
    ------
    UsageError
        A relation or a symmetrization is unknown.
    """
    if symmetrization not in SYMMETRIZATIONS:
        raise UsageError(
            f"symmetrization: found {symmetrization!r}. Allowed are {', '.join(SYMMETRIZATIONS)}. "
            "Choose one of them."
        )
    chosen = _choose_relations(net, relations)
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    surveys = read_surveys(net, chosen)
    rows = _rows_held(net, chosen, day)
    reports = _report_matrices(net, rows, chosen, surveys, directed)
    joined = {
        relation: _join_sides(matrix, symmetrization if not directed else "none")
        for relation, matrix in reports.items()
    }
    weights = {relation: (relation_weights or {}).get(relation, 1.0) for relation in chosen}
    labels = {relation: net.vocabulary.relations[relation].label for relation in chosen}
    survey = _join_surveys(surveys)
    built = Layer(
        ids=net.ids,
        names=net.names,
        matrix=_combine(joined, weights, surveys, net.n),
        directed=directed,
        relations=chosen,
        symmetrization="none" if directed else symmetrization,
        survey=survey,
        one_sided=_share_one_sided(reports, surveys) if not directed else float("nan"),
        as_of=day,
        labels=labels,
    )
    left_out = [net.find(organization) for organization in without]
    return built.restrict(~net.ids.isin(left_out), without=left_out) if left_out else built


def _choose_relations(net: Network, relations: Sequence[str] | None) -> tuple[str, ...]:
    if relations is None:
        return tuple(r for r in net.vocabulary.working_relations if r in net.scale)
    found = [(relation, net.vocabulary.find_relation(relation)) for relation in relations]
    unknown = [relation for relation, id_ in found if id_ is None]
    if unknown:
        raise UsageError(
            f"relations: found {unknown[0]!r}. Relations on file are {', '.join(net.scale)}. "
            "Choose among them."
        )
    return tuple(dict.fromkeys(id_ for _, id_ in found if id_ is not None))


def _rows_held(net: Network, relations: tuple[str, ...], day: pd.Timestamp | None) -> pd.DataFrame:
    """Rows of ties of the relations that hold on the day, with positions instead of ids."""
    ties = net.ties
    held = ties["relation"].isin(relations)
    if day is not None:
        held &= ~(ties["since"] > day) & ~(ties["until"] < day)
    rows = ties[held]
    return rows.assign(
        source=net.positions(rows["source"]),
        target=net.positions(rows["target"]),
        reporter=net.positions(rows["reported_by"]),
    )


def _report_matrices(
    net: Network,
    rows: pd.DataFrame,
    relations: tuple[str, ...],
    surveys: Mapping[str, Survey],
    directed: bool,
) -> dict[str, sparse.csr_array]:
    """Give for each relation the matrix whose cell (i, j) is what i's side says of j."""
    matrices = {}
    for relation in relations:
        own = rows[rows["relation"] == relation]
        default = net.vocabulary.relations[relation].directed
        sided = _sided_rows(own, default, surveys.get(relation), directed)
        strengths = measure_strengths(sided)
        cells = strengths["source"].to_numpy(), strengths["target"].to_numpy()
        data = strengths["strength"].to_numpy(dtype=float)
        matrices[relation] = _clean(sparse.csr_array((data, cells), shape=(net.n, net.n)))
    return matrices


def _sided_rows(
    rows: pd.DataFrame, default_directed: bool, survey: Survey | None, directed: bool
) -> pd.DataFrame:
    """Turn rows so that the source is the side that says it; unattributed rows count for both."""
    arrow = (rows["directed"] == "yes") | ((rows["directed"] == "") & default_directed)
    one_way = rows[arrow]
    mutual = rows[~arrow]
    if directed:
        return pd.concat([one_way, mutual, _swap(mutual)])
    reporter = mutual["reporter"].to_numpy()
    if survey is not None:
        source = mutual["source"].to_numpy()
        reporter = np.where((reporter < 0) & survey.answered[source], source, reporter)
    by_source = reporter == mutual["source"].to_numpy()
    by_target = reporter == mutual["target"].to_numpy()
    return pd.concat([one_way, mutual[~by_target], _swap(mutual[~by_source])])


def _swap(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(source=rows["target"], target=rows["source"])


def _join_sides(matrix: sparse.csr_array, symmetrization: str) -> sparse.csr_array:
    """Join cell (i, j) and cell (j, i) into one strength for the pair."""
    other = sparse.csr_array(matrix.T)
    if symmetrization == "maximum":
        return _clean(sparse.csr_array(matrix.maximum(other)))
    if symmetrization == "mean":
        return _clean(sparse.csr_array((matrix + other) / 2))
    if symmetrization == "confirmed":
        return _clean(sparse.csr_array(matrix.minimum(other)))
    return matrix


def _combine(
    matrices: Mapping[str, sparse.csr_array],
    weights: Mapping[str, float],
    surveys: Mapping[str, Survey],
    n: int,
) -> sparse.csr_array:
    """sum(w_r s_r) / sum(w_r) over the relations asked of each pair."""
    total = sparse.csr_array((n, n), dtype=np.float64)
    for relation, matrix in matrices.items():
        total = total + matrix * weights[relation]
    total = _clean(sparse.csr_array(total))
    row, column = total.tocoo().coords
    asked = np.zeros(total.nnz)
    for relation, matrix in matrices.items():
        asked += weights[relation] * _asked(matrix, surveys.get(relation), row, column)
    return sparse.csr_array((total.data / asked, total.indices, total.indptr), shape=(n, n))


def _asked(
    matrix: sparse.csr_array, survey: Survey | None, row: Any, column: Any
) -> npt.NDArray[np.float64]:
    """1.0 for every cell of which the relation was asked: by survey, or because it is on file."""
    if survey is None:
        return np.ones(len(row))
    present = np.asarray(matrix[row, column]).ravel() > 0 if len(row) else np.zeros(0, dtype=bool)
    return (survey.answered[row] | survey.answered[column] | present).astype(float)


def _share_one_sided(
    reports: Mapping[str, sparse.csr_array], surveys: Mapping[str, Survey]
) -> float:
    """Share of pairs that only one side names, among pairs whose two ends answered."""
    one_sided = named = 0
    for relation, survey in surveys.items():
        row, column = reports[relation].tocoo().coords
        both = survey.answered[row] & survey.answered[column]
        cells = sparse.csr_array(
            (np.ones(both.sum()), (row[both], column[both])), shape=reports[relation].shape
        )
        mutual = int(cells.multiply(cells.T).nnz) // 2
        pairs = int(cells.nnz) - mutual
        one_sided, named = one_sided + pairs - mutual, named + pairs
    return one_sided / named if named else float("nan")


def _join_surveys(surveys: Mapping[str, Survey]) -> Survey | None:
    joined: Survey | None = None
    for survey in surveys.values():
        joined = survey if joined is None else joined.join(survey)
    return joined


def _layer_of_affinity(net: Network, matrix: sparse.csr_array, families: Iterable[str]) -> Layer:
    return Layer(net.ids, net.names, matrix, kind="affinity", relations=tuple(families))


def _clean(matrix: sparse.csr_array) -> sparse.csr_array:
    """Drop the diagonal and stored zeros; sort; use 32-bit indices."""
    coo = matrix.tocoo()
    row, column = coo.coords
    keep = (row != column) & (coo.data != 0)
    cells = row[keep].astype(np.int32), column[keep].astype(np.int32)
    cleaned = sparse.csr_array((coo.data[keep].astype(np.float64), cells), shape=matrix.shape)
    cleaned.sort_indices()
    return cleaned
