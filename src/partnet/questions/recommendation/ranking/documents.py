"""Ties that come from one document, agreement or meeting: they are hidden together."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from ....core.arrays import BoolArray, IntArray
from ....core.network import Network
from ....facts.graph.layers import Layer
from ..features.graph import VisibleGraph, list_ends

MOST_OF_A_DOCUMENT = 0.2  # a source of more ties than this share is a survey, no single event
MOST_AT_A_MEETING = 0.5  # of all organizations with a tie; where more are tied in one, it is a list


def list_ties(graph: VisibleGraph) -> IntArray:
    """Pairs with a tie, i < j, in order."""
    return np.column_stack(list_ends(graph.adjacency))


def link_documents(here: Network, layer: Layer, ties: IntArray) -> sparse.csr_array:
    """Say which documents each tie comes from: 0/1, shape (ties, documents).

    Ties share a document where the tables give the same evidence on the same day; evidence behind
    more than a fifth of all ties is taken as the source of the file and joins nothing, unless it
    ties all in it with each other, and these are at most half of all: a large meeting. A tie of no
    document has a column of its own.
    """
    ties_on_file = here.whole.ties  # a document stays one when some of its ties have ended
    chosen = ties_on_file["relation"].isin(layer.relations) & (ties_on_file["evidence"] != "")
    rows = ties_on_file[chosen]
    if rows.empty:
        return sparse.csr_array(sparse.eye_array(len(ties)))
    ends = np.sort(np.column_stack([here.positions(rows[k]) for k in ("source", "target")]), axis=1)
    key = ends[:, 0] * here.n + ends[:, 1]
    day = rows["last_contact"].astype("str").where(rows["table"] == "contacts", "")
    document = rows["table"] + "|" + rows["evidence"] + "|" + day
    at = pd.Index(ties[:, 0] * here.n + ties[:, 1]).get_indexer(key)
    found = pd.DataFrame({"tie": at, "document": document.to_numpy()})[at >= 0].drop_duplicates()
    found = found[_are_events(found, ties)]
    codes = pd.factorize(found["document"], sort=True)[0] if len(found) else np.zeros(0, dtype=int)
    alone = np.setdiff1d(np.arange(len(ties)), found["tie"])
    documents = int(codes.max(initial=-1)) + 1
    tie = np.concatenate([found["tie"].to_numpy(dtype=np.int64), alone])
    column = np.concatenate([codes, documents + np.arange(len(alone))])
    shape = (len(ties), documents + len(alone))
    return sparse.csr_array((np.ones(len(tie)), (tie, column)), shape=shape)


def _are_events(found: pd.DataFrame, ties: IntArray) -> BoolArray:
    """Whether the document of a row, ``tie`` and ``document``, is one event and no survey."""
    size = found.groupby("document")["tie"].transform("size").to_numpy()
    few = size <= max(MOST_OF_A_DOCUMENT * len(ties), 1)
    if few.all():
        return few
    named = np.tile(found["document"].to_numpy(dtype=object), 2)
    ends = pd.DataFrame({"document": named, "end": ties[found["tie"]].T.ravel()})
    members = ends.groupby("document")["end"].nunique().reindex(found["document"]).to_numpy()
    whole = size == members * (members - 1) / 2
    return np.asarray(few | (whole & (members <= MOST_AT_A_MEETING * len(np.unique(ties)))))


def group_by_document(here: Network, layer: Layer, ties: IntArray) -> IntArray:
    """Number ties so that those of one document, agreement or meeting share a number."""
    links = link_documents(here, layer, ties)
    return sparse.csgraph.connected_components(links @ links.T, directed=False)[1]
