"""Judge need beside likelihood: are held-out ties that met a need found among the first five?

    python -m benchmarks.needs [NETWORK ...] [--parts 5] [--seeds 1] [--write]

Of each network (default: both waves of the sample) the ties on file are hidden, one part after
another, with the agreements that only the two signed. A held-out tie met a need where partnet,
which sees the rest alone, finds one between the two. Both ends of every held-out tie ask for five
partners, by each order; judged are pairs of which both ends keep a tie, and that no other table
ties. Written into docs/recommender.md: the share of answers that name the other end, and by how
much need is better than likelihood.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from partnet import read_network
from partnet.core.network import Network
from partnet.facts.graph.collaboration import choose_layer
from partnet.questions.recommendation.adviser import Adviser, make_adviser
from partnet.questions.recommendation.needs import Need, list_needs
from partnet.questions.recommendation.scored_pair import BOTH, LIKELIHOOD

PROJECT = Path(__file__).parents[1]
DOCUMENT = PROJECT / "docs" / "recommender.md"
SAMPLES = PROJECT / "data" / "samples"
NETWORKS = (SAMPLES / "prairie", SAMPLES / "prairie_2024")
FIRST, SEED = 5, 20261130
ORDERS = {
    "likelihood, whoever it is": (LIKELIHOOD, False),
    "likelihood, who could work together": (LIKELIHOOD, True),
    "need and likelihood": (BOTH, True),
}
Pair = tuple[str, str]


def list_pairs(here: Network) -> list[Pair]:
    """Give the working ties on file by both ids, in order, without those of the convener."""
    matrix = choose_layer(here).binary.tocoo()
    ends = {tuple(sorted(pair)) for pair in zip(matrix.row, matrix.col, strict=True)}
    pairs = {(str(here.ids[i]), str(here.ids[j])) for i, j in ends if i != j}
    return sorted(pair for pair in pairs if here.convener not in pair)


def hide(here: Network, pairs: set[Pair]) -> Network:
    """Give the network without some ties, and without the agreements of only these two."""
    ties, agreements = here.whole.table("ties"), here.whole.table("agreements")
    both = [tuple(sorted(ends)) for ends in ties[["source", "target"]].to_numpy().tolist()]
    left = ties[[ends not in pairs for ends in both]]
    signed = agreements.groupby("agreement")["organization"].agg(
        lambda ids: tuple(sorted(set(ids)))
    )
    gone = set(signed.index[signed.isin(pairs)])
    tables = {"ties": left, "agreements": agreements[~agreements["agreement"].isin(gone)]}
    return here.whole.with_tables(tables).at(here.day)


@dataclass(frozen=True)
class Part:
    """What is left of a network, and what was hidden.

    Attributes
    ----------
    left : Network
        What may be seen.
    hidden : list of pairs
        Held-out ties that are judged.
    """

    left: Network
    hidden: list[Pair]

    def judge(self) -> Iterator[dict[str, object]]:
        """One row for every end of every held-out tie: whether each order names the other end."""
        advisers = {
            name: make_adviser(self.left, by=by, feasible=feasible)
            for name, (by, feasible) in ORDERS.items()
        }
        needs = list_needs(self.left)
        for pair in self.hidden:
            a, b = (int(at) for at in self.left.positions(pair))
            met = needs.get((min(a, b), max(a, b)), ())
            for one, other in ((a, b), (b, a)):
                yield {
                    "kind": name_kind(met[0]) if met else "",
                    **{name: names(adviser, one, other) for name, adviser in advisers.items()},
                }


def names(adviser: Adviser, one: int, other: int) -> bool:
    """Tell whether the other is among the first five that one is told of."""
    return other in {found.partner for found in adviser.suggest(one, FIRST)}


def name_kind(need: Need) -> str:
    """The kind of a need: an outcome, else the kind of gap."""
    return "outcome" if need.is_outcome else need.key.split("-")[0]


def split(here: Network, parts: int, random: np.random.Generator) -> Iterator[Part]:
    """Hide the ties in parts, and give of each those that can be judged fairly."""
    pairs = list_pairs(here)
    order = random.permutation(len(pairs))
    for k in range(parts):
        gone = {pairs[at] for at in order[k::parts]}
        left = hide(here, gone)
        tied = choose_layer(left).binary
        degree = np.asarray(tied.sum(axis=1)).ravel()
        still = left.whole.tied_pairs
        yield Part(
            left,
            [
                pair
                for pair in sorted(gone)
                if (degree[left.positions(pair)] > 0).all() and frozenset(pair) not in still
            ],
        )


def sum_up(rows: pd.DataFrame) -> list[str]:
    """Write the table: orders in rows; ties that met a need, others, all."""
    needed = rows["kind"] != ""
    groups = {"ties that met a need": needed, "other ties": ~needed, "all": needed | ~needed}
    heads = [f"{name} ({int(group.sum()) // 2})" for name, group in groups.items()]
    lines = [f"| order | {' | '.join(heads)} |", "|---|" + "---|" * len(groups)]
    for order in ORDERS:
        shares = [rows.loc[group, order].mean() for group in groups.values()]
        lines.append(f"| {order} | {' | '.join(f'{share:.2f}' for share in shares)} |")
    return lines


def say_difference(rows: pd.DataFrame) -> str:
    """Say by how much need is better than likelihood among those that could work together."""
    _, plain, both = ORDERS
    gain = rows[both].astype(float) - rows[plain].astype(float)
    needed = rows["kind"] != ""
    kinds = rows.loc[needed, "kind"].value_counts().sort_index() // 2
    named = ", ".join(f"{kind} {n}" for kind, n in kinds.items())
    return (
        f"Need against likelihood alone: {gain[needed].mean():+.2f} for ties that met a need "
        f"({named}), {gain[~needed].mean():+.2f} for others, {gain.mean():+.2f} over all."
    )


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("networks", type=Path, nargs="*", default=list(NETWORKS))
    parser.add_argument("--parts", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write the table into the page")
    asked = parser.parse_args()
    rows = []
    for path in asked.networks:
        here = read_network(path).at()
        for seed in range(asked.seeds):
            for part in split(here, asked.parts, np.random.default_rng([SEED, seed])):
                rows += part.judge()
                print(f"{path.name}: {len(rows) // 2} ties judged", flush=True)
    table = pd.DataFrame(rows)
    text = "\n".join([*sum_up(table), "", say_difference(table)])
    print(text)
    if asked.write:
        page = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(fill_in(page, text), encoding="utf-8")


def fill_in(page: str, text: str) -> str:
    """Replace what stands between the two marks of the table."""
    start, end = "<!-- needs: written by benchmarks/needs.py -->", "<!-- end of needs -->"
    before, rest = page.split(start)
    return f"{before}{start}\n\n{text}\n\n{end}{rest.split(end)[1]}"


if __name__ == "__main__":
    main()
