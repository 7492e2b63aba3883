"""Ties of a nation as a graph: degree, components, PageRank, shared partners.

Each is worked out either by the engine, iterative ones as a loop of expressions with a table kept
after each step, or in memory, where the graph takes little. Both count in whole numbers and give
the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from ..core.arrays import IntArray
from .affinity import cut_spans, rank_pairs
from .nation import Nation

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

WHOLE = 1 << 52  # all of PageRank; whole numbers below it survive any engine's division
STILL = WHOLE // 1_000_000  # a stride that moves less than this in all is the last
MOST_STEPS = 100
STRIDE = 5  # steps between two tables that are kept
KERNEL_TIES = 60_000_000  # beyond this many ties the graph stays on the engine


def list_arcs(nation: Nation) -> ir.Table:
    """Every tie in both directions."""
    ties = nation.table("nation_ties")
    return ties.union(ties.select(a="b", b="a"))


def count_organizations(nation: Nation) -> int:
    """How many organizations the nation has."""
    return int(nation.table("nation_organizations").count().to_pyarrow().as_py())


def read_graph(nation: Nation) -> sparse.csr_array:
    """The ties as a matrix of ones, in memory."""
    ties = nation.table("nation_ties").to_pyarrow()
    a, b = (np.asarray(ties[name]).astype(np.int64) for name in ("a", "b"))
    n = count_organizations(nation)
    ends = (np.concatenate([a, b]), np.concatenate([b, a]))
    matrix = sparse.csr_array((np.ones(2 * len(a), dtype=np.int64), ends), shape=(n, n))
    matrix.sort_indices()
    return matrix


# -- degree --------------------------------------------------------------------------------------


def count_degrees(nation: Nation) -> ir.Table:
    """How many partners each organization has: number and degree, as an expression."""
    arcs = list_arcs(nation)
    counted = arcs.group_by("a").aggregate(degree=arcs.count())
    everybody = nation.table("nation_organizations").select("code")
    joined = everybody.left_join(counted, [("code", "a")])
    return joined.select("code", degree=joined.degree.fill_null(0))


# -- components ----------------------------------------------------------------------------------


def find_components_on_engine(nation: Nation) -> ir.Table:
    """The lowest number of each organization's component, by labels that spread along ties.

    A step takes the lowest label among partners, and then the label of that label, so that long
    chains take few steps.
    """
    import ibis

    shelf = nation.shelf
    arcs = shelf.save("work_arcs", list_arcs(nation))
    everybody = nation.table("nation_organizations")
    labels = shelf.save("work_labels_0", everybody.select("code", label="code"))
    step = 0
    while True:
        near = arcs.join(labels, [("b", "code")]).group_by("a").aggregate(low=ibis._.label.min())
        joined = labels.left_join(near, [("code", "a")])
        low = ibis.least(joined.label, joined.low.fill_null(joined.label))
        lowered = shelf.save("work_lowered", joined.select("code", label=low))
        ahead = lowered.view().select(seen="code", beyond="label")
        jumped = lowered.join(ahead, [("label", "seen")]).select("code", label="beyond")
        after = shelf.save(f"work_labels_{(step + 1) % 2}_next", jumped)
        both = labels.join(after.select("code", now="label"), "code")
        moved = both.filter(both.label != both.now).count().to_pyarrow().as_py()
        labels, step = after, step + 1
        if not moved:
            return labels


def find_components_in_memory(nation: Nation) -> IntArray:
    """The same as an array."""
    graph = read_graph(nation)
    if not graph.shape[0]:
        return np.empty(0, dtype=np.int64)
    _, labels = csgraph.connected_components(graph, directed=False)
    lowest = np.full(labels.max() + 1, graph.shape[0], dtype=np.int64)
    np.minimum.at(lowest, labels, np.arange(graph.shape[0]))
    return np.asarray(lowest[labels])


# -- PageRank ------------------------------------------------------------------------------------


def damp(value: Any) -> Any:
    """Give 0.85 of a whole number, without leaving whole numbers."""
    return value // 20 * 17 + value % 20 * 17 // 20


def give_bases(n: int, lone: int) -> Iterator[int]:
    """What everybody is given at each step, alike: what is not damped, and what lone ones give.

    An organization without ties has this and nothing else, so that no table tells it.
    """
    base = WHOLE // max(n, 1)
    while True:
        base = (WHOLE - damp(WHOLE)) // max(n, 1) + damp(lone * base) // max(n, 1)
        yield base


def rank_pages_on_engine(nation: Nation) -> ir.Table:
    """PageRank in parts of `WHOLE`: organization's number and rank, as an expression.

    `STRIDE` steps are one expression, whose rows are kept as a table.
    """
    import ibis

    shelf = nation.shelf
    n = count_organizations(nation)
    degrees = shelf.save("work_degrees", count_degrees(nation))
    tied = degrees.filter(degrees.degree > 0)
    lone = n - int(tied.count().to_pyarrow().as_py())
    bases, base = give_bases(n, lone), WHOLE // max(n, 1)
    ends = degrees.select(a="code", own="degree")
    arcs = shelf.save("work_arcs", list_arcs(nation).join(ends, "a"))
    ranks = shelf.save("work_ranks_0", tied.mutate(rank=ibis.literal(base, "int64")))
    for k in range(MOST_STEPS // STRIDE):
        after, first = ranks, base
        for base in islice(bases, STRIDE):
            after = _pass_ranks(arcs, after, base)
        after = shelf.save(f"work_ranks_{(k + 1) % 2}", after)
        both = after.join(ranks.select("code", before="rank"), "code")
        moved = (both["rank"] - both.before).abs().sum().to_pyarrow().as_py() or 0
        ranks = after
        if int(moved) + lone * abs(base - first) <= STILL:
            break
    joined = degrees.select("code").left_join(ranks.select("code", "rank"), "code")
    return joined.select("code", rank=joined["rank"].fill_null(base).cast("int64"))


def _pass_ranks(arcs: ir.Table, ranks: ir.Table, base: int) -> ir.Table:
    """One step: everybody divides its rank among its partners."""
    met = arcs.join(ranks, [("b", "code")])
    share = (met["rank"] // met.degree).cast("int64")
    taken = met.group_by(code="a", degree="own").aggregate(taken=share.sum().cast("int64"))
    return taken.select("code", "degree", rank=(damp(taken.taken) + base).cast("int64"))


def rank_pages_in_memory(nation: Nation) -> IntArray:
    """The same as an array."""
    graph = read_graph(nation)
    n = graph.shape[0]
    degree = np.diff(graph.indptr).astype(np.int64)
    ranks = np.full(n, WHOLE // max(n, 1), dtype=np.int64)
    bases = give_bases(n, int((degree == 0).sum()))
    for _ in range(MOST_STEPS // STRIDE):
        before = ranks
        for base in islice(bases, STRIDE):
            share = np.where(degree > 0, ranks // np.maximum(degree, 1), 0)
            ranks = damp(graph @ share) + base
        if int(np.abs(ranks - before).sum()) <= STILL:
            break
    return np.asarray(ranks)


# -- shared partners -----------------------------------------------------------------------------


def join_shared(nation: Nation, k: int, widest: int, span: tuple[int, int] | None) -> ir.Table:
    """Who shares most partners with each organization, as one expression."""
    arcs = list_arcs(nation)
    degrees = arcs.group_by("b").aggregate(n=arcs.count())
    narrow = arcs.semi_join(degrees.filter(degrees.n <= widest), "b")
    left = narrow if span is None else narrow.filter(narrow.a.between(*span))
    met = left.select(organization="a", middle="b").join(
        narrow.select(partner="a", middle="b"), "middle"
    )
    met = met.filter(met.organization != met.partner)
    counted = met.group_by("organization", "partner").aggregate(score=met.count())
    return rank_pairs(counted.mutate(shared=counted.score), k)


def rank_shared_on_engine(nation: Nation, k: int, widest: int) -> pa.Table:
    """The same, at once or span by span."""
    import pyarrow as pa

    from .affinity import empty_ranking

    order = ["organization", "rank"]
    if nation.shelf.engine == "pyspark":
        return join_shared(nation, k, widest, None).order_by(order).to_pyarrow()
    spans = cut_spans(_count_pairs(nation, widest), nation.shelf.memory)
    parts = [join_shared(nation, k, widest, span).order_by(order).to_pyarrow() for span in spans]
    return pa.concat_tables(parts) if parts else empty_ranking()


def _count_pairs(nation: Nation, widest: int) -> ir.Table:
    """Of every organization the rows that its join has."""
    arcs = list_arcs(nation)
    degrees = arcs.group_by("b").aggregate(n=arcs.count())
    narrow = arcs.join(degrees.filter(degrees.n <= widest), "b")
    return narrow.group_by(organization=narrow.a).aggregate(rows=narrow.n.sum())


def rank_shared_in_memory(nation: Nation, k: int, widest: int) -> pa.Table:
    """The same by the compiled kernel."""
    import pyarrow as pa

    from .kernels import rank_shared

    graph = read_graph(nation)
    pointers = graph.indptr.astype(np.int64)
    found = rank_shared(pointers, graph.indices.astype(np.int64), widest, k)
    names = ("organization", "rank", "partner", "score")
    columns = {name: found[:, c] for c, name in enumerate(names)}
    return pa.table({**columns, "shared": found[:, 3]})
