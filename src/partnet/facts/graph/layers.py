"""The one graph object that every measure takes: a frozen layer of strengths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ...core.arrays import BoolArray, FloatArray, symmetrize
from .survey import Survey


@dataclass(frozen=True, eq=False, repr=False)
class Layer:
    """A weighted graph over the organizations of a network: what is reported, or what is shared.

    Two layers are equal only if they are one object, so that facts can be remembered of them.

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
        Share of ties (a pair in one relation) that only one side reported, of those both could
        report; NaN if unknown.
    as_of : Timestamp or None
        The day as of which ties hold.
    said : csr_array or None
        Without directions, where a survey is on file: 1 in cell (i, j) where i's side names j.
    skipped : csr_array or None
        1 in cell (i, j) where i was asked about j and gave no answer.
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
    said: sparse.csr_array | None = field(default=None, repr=False)
    skipped: sparse.csr_array | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        ends = "arcs" if self.directed else "pairs"
        day = "" if self.as_of is None else f", as of {self.as_of.date()}"
        return f"Layer of {self.n:,} organizations, {self.n_ties:,} {ends}{day}\n{self.describe()}"

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
    def symmetric(self) -> sparse.csr_array:
        """The strengths without direction: the stronger of the two sides."""
        return symmetrize(self.matrix) if self.directed else self.matrix

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
        (for "confirmed": both ends). Directed: where the source answered. What a respondent
        skipped is not known by that respondent.
        """
        return self._cells_by_survey() - self._cells_skipped()

    def _cells_skipped(self) -> int:
        """Cells that count as known by who answered, but of which no answer was given."""
        if self.skipped is None or not self.skipped.nnz:
            return 0
        row, column = self.skipped.tocoo().coords
        n, roster = self.n, np.ones(self.n, dtype=bool)
        if self.survey is not None:
            roster = self.survey.roster
        tied = np.asarray(self.matrix[row, column]).ravel() > 0
        if self.directed:
            return int((roster[row] & ~tied).sum())
        both = np.asarray(self.skipped[column, row]).ravel() > 0
        known = roster[row] | roster[column]
        if self.symmetrization == "confirmed":
            lost = roster[row] & roster[column] & ~tied
        elif self.survey is None:
            lost = ~tied  # one row a pair: nobody else was asked
        else:
            lost = known & ~tied & (both | ~roster[column])
        low, high = np.minimum(row, column)[lost], np.maximum(row, column)[lost]
        return len(np.unique(low.astype(np.int64) * n + high))

    def _cells_by_survey(self) -> int:
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
        matrix, said, skipped = (
            None if each is None else clean_matrix(sparse.csr_array(mask @ each @ mask))
            for each in (self.matrix, self.said, self.skipped)
        )
        assert matrix is not None
        left = (*self.without, *without)
        return replace(self, matrix=matrix, said=said, skipped=skipped, without=left)

    def present(self) -> Layer:
        """Give the layer of those that are not left out: what measures count and divide by."""
        if not self.without:
            return self
        here = ~self.ids.isin(self.without)
        ids = self.ids[here]
        survey = None if self.survey is None else self.survey.among(here)
        matrix = sparse.csr_array(self.matrix[here][:, here])
        said, skipped = (
            None if each is None else sparse.csr_array(each[here][:, here])
            for each in (self.said, self.skipped)
        )
        named = self.names[ids]
        return replace(
            self, ids=ids, names=named, matrix=matrix, survey=survey, said=said, skipped=skipped
        )

    def describe(self) -> str:
        """Say in a sentence which graph this is."""
        if self.kind == "affinity" and not self.relations:
            return (
                "Nothing is on file that links organizations: no working ties, and nothing in "
                "common."
            )
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
            "one-sided ties": "not known" if np.isnan(self.one_sided) else f"{self.one_sided:.0%}",
        }

    def _with_data(self, data: FloatArray) -> sparse.csr_array:
        csr = self.matrix
        return sparse.csr_array((data, csr.indices, csr.indptr), shape=csr.shape)


def clean_matrix(matrix: sparse.csr_array) -> sparse.csr_array:
    """Drop the diagonal and stored zeros; sort; use 32-bit indices."""
    coo = matrix.tocoo()
    row, column = coo.coords
    keep = (row != column) & (coo.data != 0)
    cells = row[keep].astype(np.int32), column[keep].astype(np.int32)
    cleaned = sparse.csr_array((coo.data[keep].astype(np.float64), cells), shape=matrix.shape)
    cleaned.sort_indices()
    return cleaned
