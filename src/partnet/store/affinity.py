"""Strongest partners of everybody in a nation: one join on the engine, or a kernel in memory.

Scores are whole numbers, so that sums do not depend on their order, and every engine gives the same
rows. A feature that n of N organizations have weighs ``log(N/n)``, squared and rounded to 1e-9;
similarity in a family is ``dot / (|a| |b| + s)``, rounded to 1e-9, with s the median squared norm;
affinity is the mean over the families that both have, rounded again. Ties go to the lower id.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..core.arrays import IntArray
from .nation import FAMILIES, Nation

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

UNIT = 1_000_000_000  # what a weight or score of 1 is as a whole number
NEARLY_ALL = 0.8  # a feature that this share of a family has is cut, as in `build_affinity`
WIDEST = 1000  # a feature that more organizations have makes too many pairs, and is cut
MOST_PAIRS = 40_000_000  # rows of the join that an embedded engine takes at once …
PAIR_BYTES = 200  # … and what it may need for each: less memory makes more parts
KERNEL_ENTRIES = 40_000_000  # up to this many entries the kernel takes less than the engine


@dataclass(frozen=True)
class Weights:
    """What every feature weighs, and the norms that similarities are divided by.

    Attributes
    ----------
    features : pyarrow Table
        ``feature`` (number), ``weight`` (squared, in units), without those that are cut.
    cut : pyarrow Table
        ``feature``, ``organizations``: those left out, because too many have them.
    middle : tuple of float
        The median squared norm of each family.
    """

    features: pa.Table
    cut: pa.Table
    middle: tuple[float, ...]


def weigh_features(nation: Nation, widest: int = WIDEST) -> Weights:
    """Count who has which feature, and weigh features by how few have them."""
    import pyarrow as pa

    entries = nation.table("nation_entries")
    plain = entries.filter(entries.plain)
    known = dict.fromkeys(range(len(FAMILIES)), 0)
    counted = plain.group_by("family").aggregate(n=plain.organization.nunique())
    known |= {row["family"]: row["n"] for row in counted.to_pyarrow().to_pylist()}
    held = entries.group_by("feature", "family").aggregate(n=entries.count())
    held = held.order_by("feature").to_pyarrow()
    feature, family, n = (np.asarray(held[name]) for name in ("feature", "family", "n"))
    total = np.array([known[k] for k in range(len(FAMILIES))])[family]
    cut = ((n >= NEARLY_ALL * total) & (total >= 5)) | (n > widest)
    weight = np.array(
        [weigh(int(t), int(k)) for t, k in zip(total, n, strict=True)], dtype=np.int64
    )
    weight = np.where(cut, 0, weight) if len(weight) else weight
    kept = weight > 0
    features = pa.table({"feature": feature[kept], "weight": weight[kept]})
    lost = pa.table({"feature": feature[cut], "organizations": n[cut]})
    return Weights(features, lost, find_middles(nation, features))


def weigh(total: int, holders: int) -> int:
    """The squared weight of a feature, in units.

    Examples
    --------
    >>> weigh(100, 100), weigh(100, 1)
    (0, 21207592442)
    """
    return math.floor(math.log(total / holders) ** 2 * UNIT + 0.5) if total > holders else 0


def norms_of(nation: Nation, features: pa.Table) -> ir.Table:
    """The squared norm of every organization in every family, as an expression."""
    import ibis

    weights = ibis.memtable(features)
    entries = nation.table("nation_entries").join(weights, "feature")
    return entries.group_by("organization", "family").aggregate(
        norm=entries.weight.sum().cast("int64")
    )


def find_middles(nation: Nation, features: pa.Table) -> tuple[float, ...]:
    """The median squared norm of each family; 1 where none is above 0."""
    norms = norms_of(nation, features)
    counted = norms.group_by("family", "norm").aggregate(n=norms.count())
    rows = counted.order_by(["family", "norm"]).to_pyarrow()
    family, norm, n = (np.asarray(rows[name]) for name in ("family", "norm", "n"))
    return tuple(_median(norm[family == k], n[family == k]) for k in range(len(FAMILIES)))


def _median(values: IntArray, counts: IntArray) -> float:
    """The median of sorted values that occur so often.

    Examples
    --------
    >>> _median(np.array([1, 4]), np.array([1, 1])), _median(np.array([1, 4]), np.array([1, 2]))
    (2.5, 4.0)
    """
    if not len(values):
        return float(UNIT)
    ends = np.cumsum(counts)
    total = int(ends[-1])
    low = values[np.searchsorted(ends, (total - 1) // 2, side="right")]
    high = values[np.searchsorted(ends, total // 2, side="right")]
    return (float(low) + float(high)) / 2.0


# -- on the engine -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Joined:
    """What the join works on, kept as a table, so that the engine knows its size.

    Every entry carries its weight, the norm of its organization in its family (``norm``) and the
    families that the organization has plain entries in (``mask``): nothing has to be looked up for
    pairs, of which there are many times as many.
    """

    weighed: ir.Table
    middle: tuple[float, ...]


def lay_out(nation: Nation, weights: Weights) -> Joined:
    """Keep entries with what they weigh and what is known of their organizations as a table.

    Norms are found by one number for organization and family together: an engine that joins by
    both might bring rows together by the family alone.
    """
    import ibis

    save = nation.shelf.save
    entries = nation.table("nation_entries")
    weighed = save("work_weights", entries.join(ibis.memtable(weights.features), "feature"))
    keyed = weighed.mutate(key=weighed.organization * len(FAMILIES) + weighed.family)
    norms = keyed.group_by("key").aggregate(norm=keyed.weight.sum().cast("int64"))
    known = keyed.join(norms, "key").join(mask_families(nation), "organization")
    columns = ("organization", "family", "feature", "plain", "weight", "norm", "mask")
    return Joined(save("work_weighed", known.select(*columns)), weights.middle)


def join_pairs(joined: Joined, k: int, span: tuple[int, int] | None) -> ir.Table:
    """Rank partners of each organization, or of those in a span of numbers, by one expression."""
    weighed = joined.weighed
    left = weighed if span is None else weighed.filter(weighed.organization.between(*span))
    right = weighed.view().select(
        "feature", "weight", partner="organization", norm_b="norm", mask_b="mask"
    )
    met = left.drop("weight").join(right, "feature")
    met = met.filter(met.organization != met.partner)
    dots = met.group_by("organization", "partner", "family").aggregate(
        dot=met.weight.sum().cast("int64"),
        shared=met.plain.sum().cast("int64"),
        **{name: met[name].max() for name in ("norm", "norm_b", "mask", "mask_b")},
    )
    return rank_pairs(_combine(dots, joined.middle), k)


def _combine(dots: ir.Table, middles: tuple[float, ...]) -> ir.Table:
    """Similarity by family, and its mean over the families that both have."""
    middle = dots.family.cases(*[(k, float(value)) for k, value in enumerate(middles)], else_=1.0)
    length = dots.norm.cast("float64").sqrt() * dots.norm_b.cast("float64").sqrt()
    similar = (dots.dot.cast("float64") / (length + middle) * UNIT + 0.5).floor().cast("int64")
    scored = dots.mutate(similar=similar)
    total = scored.group_by("organization", "partner").aggregate(
        total=scored.similar.sum().cast("int64"),
        shared=scored.shared.sum().cast("int64"),
        common=(scored["mask"] & scored.mask_b).max(),
    )
    families = sum((total.common // (1 << k)) % 2 for k in range(len(FAMILIES)))
    counted = total.mutate(families=families)
    score = (2 * counted.total + counted.families) // (2 * counted.families)
    return counted.mutate(score=score.cast("int64")).filter(lambda t: t.score > 0)


def mask_families(nation: Nation) -> ir.Table:
    """Which families each organization has plain entries in, one bit each."""
    entries = nation.table("nation_entries")
    plain = entries.filter(entries.plain).select("organization", "family").distinct()
    bit = plain.family.cases(*[(k, 1 << k) for k in range(len(FAMILIES))], else_=0)
    return plain.group_by("organization").aggregate(mask=bit.sum().cast("int64"))


def rank_pairs(scored: ir.Table, k: int) -> ir.Table:
    """Keep of every organization the k highest scores; ties go to the lower number."""
    import ibis

    best = ibis.row_number().over(
        group_by="organization", order_by=[ibis.desc("score"), ibis.asc("partner")]
    )
    ranked = scored.mutate(rank=best.cast("int64") + 1)
    kept = ranked.filter(ranked["rank"] <= k)
    return kept.select("organization", "rank", "partner", "score", "shared")


def count_pairs(joined: Joined) -> ir.Table:
    """Of every organization the rows that its join has."""
    import ibis

    entries = joined.weighed
    held = entries.group_by("feature").aggregate(n=entries.count())
    return entries.join(held, "feature").group_by("organization").aggregate(rows=ibis._.n.sum())


def cut_spans(rows: ir.Table, memory: int) -> Iterator[tuple[int, int]]:
    """Cut organizations into spans whose joins (``rows`` of each) fit into the memory."""
    table = rows.order_by("organization").to_pyarrow()
    number, work = np.asarray(table["organization"]), np.asarray(table["rows"]).astype(np.int64)
    if not len(number):
        return
    part = np.cumsum(work) // max(min(MOST_PAIRS, memory // PAIR_BYTES), 1)
    starts = np.flatnonzero(np.diff(part, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(number)], strict=True):
        yield int(number[start]), int(number[end - 1])


def rank_on_engine(nation: Nation, weights: Weights, k: int) -> pa.Table:
    """Rank partners by the join: at once where the engine is distributed, span by span else."""
    import pyarrow as pa

    order = ["organization", "rank"]
    joined = lay_out(nation, weights)
    if nation.shelf.engine == "pyspark":
        return join_pairs(joined, k, None).order_by(order).to_pyarrow()
    spans = cut_spans(count_pairs(joined), nation.shelf.memory)
    parts = [join_pairs(joined, k, span).order_by(order).to_pyarrow() for span in spans]
    return pa.concat_tables(parts) if parts else empty_ranking()


def empty_ranking() -> pa.Table:
    """A ranking of nobody."""
    import pyarrow as pa

    names = ("organization", "rank", "partner", "score", "shared")
    return pa.table({name: pa.array([], pa.int64()) for name in names})


# -- in memory -----------------------------------------------------------------------------------


def rank_in_memory(nation: Nation, weights: Weights, k: int) -> pa.Table:
    """Rank partners by the compiled kernel, on all entries at once."""
    import ibis
    import pyarrow as pa

    from .kernels import rank_affinity

    weighed = nation.table("nation_entries").join(ibis.memtable(weights.features), "feature")
    rows = weighed.select("organization", "feature", "family", "plain", "weight").to_pyarrow()
    masks = mask_families(nation).to_pyarrow()
    n = int(nation.table("nation_organizations").count().to_pyarrow().as_py())
    mask = np.zeros(n, dtype=np.int64)
    mask[np.asarray(masks["organization"])] = np.asarray(masks["mask"])
    columns = [np.asarray(rows[c]).astype(np.int64) for c in rows.column_names]
    found = rank_affinity(n, *columns, mask=mask, middle=np.array(weights.middle), k=k)
    names = ("organization", "rank", "partner", "score", "shared")
    return pa.table(dict(zip(names, found, strict=True)))
