"""Who could convene: position proposes; stakes and money disqualify; neutrality is asked."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ...core.arrays import Int32Array, PositionArray
from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words
from ...facts.graph.layers import Layer
from ...facts.neutrality import MONEY, OWNER, PROGRAM, SERVICE, find_stakes
from ...measures.positions.brokerage import share_of_groups
from ...measures.ranking import DIGITS

LEAST_GROUPS = 3
MOSTLY = {  # stakes that bar where it has them with more than half of its partners
    SERVICE: "offers the same services as",
    "contract": "has contracts with",
    "transfer": "has patients transferred with",
    OWNER: "is tied by ownership or affiliation to",
    PROGRAM: "is paid from the same programs as",
}
LISTED = 10


def propose_conveners(here: Network, layer: Layer, groups: Int32Array) -> pd.DataFrame:
    """Propose who could convene, by position alone, with what speaks against their neutrality.

    Score = (groups among its partners / all groups) x (1 - share of the largest of them): it
    reaches many groups and leans on none. It must reach at least three groups. What speaks against
    it is in ``stakes`` (see :class:`Stakes`): it pays or is paid by others of the network, or with
    more than half of its partners it has contracts, patients transferred, one owner, grants of the
    same program or services that both offer. Whoever has stakes comes last. Whether somebody is
    neutral is for the partners to say; nothing here measures it.

    Parameters
    ----------
    here : Network
        The network.
    layer : Layer
        The graph.
    groups : int32 array
        Group by position; -1 where it is not known.

    Returns
    -------
    DataFrame
        At most ten rows: ``organization``, ``name``, ``score`` (0 to 1), ``groups``,
        ``largest_share``, ``stakes`` (words; "" if nothing on file speaks against it).
    """
    shares = share_of_groups(layer, groups)
    reached = (shares > 0).sum(axis=1)
    largest = shares.max(axis=1, initial=0.0)
    score = np.round(reached / max(shares.shape[1], 1) * (1.0 - largest), DIGITS)
    chosen = np.flatnonzero((reached >= LEAST_GROUPS) & (score > 0))
    chosen = chosen[np.argsort(-score[chosen], kind="stable")]
    stakes = _Stakes(here, layer)
    chosen = _put_free_first(chosen, stakes)
    columns = {
        "organization": layer.ids[chosen],
        "name": layer.names.to_numpy()[chosen],
        "score": score[chosen],
        "groups": reached[chosen],
        "largest_share": largest[chosen],
        "stakes": [stakes.of(int(k)) for k in chosen],
    }
    return pd.DataFrame(columns)


def _put_free_first(ranked: PositionArray, stakes: _Stakes) -> PositionArray:
    """The first of a ranking that are listed: those without stakes, then those with.

    As soon as the list is full of the former nobody else is looked at.
    """
    free: list[int] = []
    others: list[int] = []
    for k in ranked.tolist():
        (others if stakes.has_any(k) else free).append(k)
        if len(free) == LISTED:
            break
    return np.array([*free, *others][:LISTED], dtype=np.intp)


class _Stakes:
    """What is on file that speaks against the neutrality of an organization among its partners."""

    def __init__(self, here: Network, layer: Layer) -> None:
        self.layer, self.ties, self.stakes = layer, layer.symmetric, find_stakes(here)
        funding = here.ties[here.ties["relation"] == MONEY]
        self.pays = funding.groupby("source")["target"].nunique()
        self.paid = funding.groupby("target")["source"].nunique()

    def has_any(self, k: int) -> bool:
        """Whether something speaks against it; money is asked first, as it is known at once."""
        id_ = self.layer.ids[k]
        return id_ in self.pays.index or id_ in self.paid.index or bool(self.of(k))

    def of(self, k: int) -> str:
        """Say it in words; "" if there is nothing."""
        id_ = self.layer.ids[k]
        partners = self.ties.indices[self.ties.indptr[k] : self.ties.indptr[k + 1]]
        found = [self.stakes.find(id_, other) for other in self.layer.ids[partners].tolist()]
        parts = []
        if id_ in self.pays.index:
            parts.append(f"pays {count_noun(self.pays[id_], 'organization')} of the network")
        if id_ in self.paid.index:
            parts.append(f"is paid by {count_noun(self.paid[id_], 'organization')} of the network")
        for sort, words in MOSTLY.items():
            n = sum(sort in each for each in found)
            if n * 2 > len(partners):
                whose = (
                    f"{n} of its {len(partners):,} partners"
                    if len(partners) > 1
                    else "its one partner"
                )
                parts.append(f"{words} {whose}")
        return join_words(parts)


def say_conveners(table: pd.DataFrame) -> Iterator[Sentence]:
    """Name those against whom nothing on file speaks, as a question to the partners."""
    free = table[table["stakes"] == ""]["name"].tolist()[:3]
    if not free:
        return
    one = len(free) == 1
    yield Sentence(
        "conveners",
        f"{join_words(free)} {'reaches' if one else 'reach'} many groups and "
        f"{'leans' if one else 'lean'} on none; no money between {'it' if one else 'them'} and "
        f"others here is on file, and no other stake in more than half of "
        f"{'its' if one else 'their'} partners: ask the partners whether "
        f"{'it' if one else 'one of them'} could convene them.",
        {"names": free},
    )
