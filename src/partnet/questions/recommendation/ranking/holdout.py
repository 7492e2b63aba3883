"""Hiding ties to see whether they are found again: by tie, by event, by organization."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ....core.arrays import BoolArray, IntArray
from ..features.events import keep_documents
from ..features.graph import VisibleGraph, list_ends
from ..features.pairwise import as_rows, take_cells

SHARE_HIDDEN = 0.2


@dataclass(frozen=True)
class Hidden:
    """What is left visible, and which ties were hidden.

    Attributes
    ----------
    graph : VisibleGraph
        The graph that features may see.
    ties : csr_array
        The held-out ties, symmetric 0/1.
    events : csr_array or None
        Organizations x visible events, where ties were hidden by event.
    """

    graph: VisibleGraph
    ties: sparse.csr_array
    events: sparse.csr_array | None = None

    def is_hidden(self, i: IntArray, j: IntArray) -> BoolArray:
        """Whether pairs are held-out ties."""
        return np.asarray(take_cells(*as_rows(self.ties), i, j) > 0)


def hide_ties(
    adjacency: sparse.csr_array, random: np.random.Generator, share: float = SHARE_HIDDEN
) -> Hidden:
    """Hide a share of the ties, each as likely as any other."""
    i, j = list_ends(adjacency)
    chosen = np.zeros(len(i), dtype=bool)
    chosen[_draw(len(i), share, random)] = True
    return _split(adjacency, i, j, chosen)


def hide_organizations(
    adjacency: sparse.csr_array, random: np.random.Generator, share: float = SHARE_HIDDEN
) -> Hidden:
    """Hide all ties of a share of the organizations: they become newcomers."""
    n = adjacency.shape[0]
    newcomer = np.zeros(n, dtype=bool)
    newcomer[random.permutation(n)[: max(round(share * n), 1)]] = True
    i, j = (part.astype(np.int64) for part in sparse.triu(adjacency, k=1).nonzero())
    return _split(adjacency, i, j, newcomer[i] | newcomer[j])


def hide_events(
    incidence: sparse.csr_array, random: np.random.Generator, share: float = SHARE_HIDDEN
) -> Hidden:
    """Hide whole events (documents, meetings) and project again: their cliques go together.

    Parameters
    ----------
    incidence : csr_array, shape (organizations, events)
        Who took part in what.
    """
    events = incidence.shape[1]
    kept = np.ones(events, dtype=bool)
    kept[random.permutation(events)[: max(round(share * events), 1)]] = False
    everything = project_events(incidence)
    left = sparse.csr_array(incidence[:, np.flatnonzero(kept)])
    visible = project_events(left)
    hidden = sparse.csr_array(everything - visible)
    hidden.eliminate_zeros()
    return Hidden(VisibleGraph(visible), hidden, left)


def hide_documents(
    adjacency: sparse.csr_array,
    documents: sparse.csr_array,
    random: np.random.Generator,
    share: float = SHARE_HIDDEN,
) -> Hidden:
    """Hide a share of the documents: a tie is hidden once none of its documents is left.

    Where every tie has a document of its own, this is :func:`hide_ties`.

    Parameters
    ----------
    documents : csr_array, shape (ties, documents)
        Which documents a tie comes from; ties in order of their first, then their second end.
    """
    i, j = list_ends(adjacency)
    left = np.ones(documents.shape[1])
    left[_draw(len(left), share, random)] = 0.0
    chosen = documents @ left == 0
    hidden = _split(adjacency, i, j, chosen)
    kept = keep_documents(documents, ~chosen, left > 0)
    return Hidden(hidden.graph.show(hidden.graph.adjacency, kept), hidden.ties)


def hide_as_filed(graph: VisibleGraph, random: np.random.Generator) -> VisibleGraph:
    """Give what is left of a graph with a share hidden: of its meetings, or else of its ties."""
    if graph.documents is None:
        return graph.show(hide_ties(graph.adjacency, random).graph.adjacency)
    left = hide_documents(graph.adjacency, graph.documents, random).graph
    return graph.show(left.adjacency, left.documents)


def link_events(adjacency: sparse.csr_array, incidence: sparse.csr_array) -> sparse.csr_array:
    """Say which events each tie comes from: 0/1, shape (ties, events)."""
    i, j = list_ends(adjacency)
    return sparse.csr_array(incidence[i].multiply(incidence[j]))


def project_events(incidence: sparse.csr_array) -> sparse.csr_array:
    """Tie organizations that took part in one event."""
    product = sparse.coo_array(incidence @ incidence.T)
    row, column = product.coords
    apart = row != column
    cells = row[apart], column[apart]
    return sparse.csr_array((np.ones(apart.sum()), cells), shape=product.shape)


def _draw(count: int, share: float, random: np.random.Generator) -> IntArray:
    """Numbers of a share of so many, at least one where there is any."""
    return random.permutation(count)[: max(round(share * count), min(count, 1))]


def _split(adjacency: sparse.csr_array, i: IntArray, j: IntArray, chosen: BoolArray) -> Hidden:
    shape = adjacency.shape
    parts = []
    for kept in (~chosen, chosen):
        ends = np.concatenate([i[kept], j[kept]]), np.concatenate([j[kept], i[kept]])
        matrix = sparse.csr_array((np.ones(2 * kept.sum()), ends), shape=shape)
        matrix.sort_indices()
        parts.append(matrix)
    return Hidden(VisibleGraph(parts[0]), parts[1])
