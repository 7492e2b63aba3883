"""Who can introduce two organizations: one that both work with, and ties worth renewing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from ....core.arrays import IntArray
from ....core.network import Network
from ....core.results.result import Sentence
from ....core.wording.text import join_words, say_date
from .shown import DORMANT
from .working_ties import Link, Links

RIVAL = "it may compete with one of the two (same kind, same county)"
STAFF = "one of its links is at staff level only, and a decision is needed"
NO_ORDER = "so could others, as no strength or date of these ties is on file to tell who is closest"
EQUAL = "nothing on file tells who is closest"
DORMANT_MONTHS = 24  # as long as a contact takes to count half


@dataclass(frozen=True, slots=True)
class Introducer:
    """One organization that could introduce two others: a heuristic, no measurement.

    Attributes
    ----------
    organization : int
        Position.
    strength : float
        The weaker of its two links, times its recency: min(s(i, z), s(z, j)) x 2^(-age/24 months).
    first, second : Link
        Its link with the organization, and with the partner.
    against : str
        What speaks against asking it; "" if nothing on file does.
    told : bool
        Whether anything on file tells it from others who know both: strengths, dates or meetings.
    rank : int
        Its place; the same for those whom nothing on file tells apart.
    """

    organization: int
    strength: float
    first: Link
    second: Link
    against: str
    told: bool
    rank: int = 0

    @property
    def works(self) -> bool:
        """Whether nothing on file speaks against asking it."""
        return not self.against


def find_introducers(links: Links, a: int, b: int, n: int = 3) -> list[Introducer]:
    """Name organizations through which a could meet b, the best first.

    Both links must be working ties; those against whom something speaks (a competitor of either
    side, a link at staff level only) come last, with the reason. Then the weaker of the two links
    decides, by strength and recency; where ties come from meetings, times the meetings they had
    together and all that the introducer was at. Among equals decides the weaker of the two combined
    strengths, then who works with the fewest: one of few partners, a tie counts for more. Then come
    those whose office it is to bring others together, then who is nearest to both. Whom nothing of
    this tells apart have one rank, and are named together.

    Parameters
    ----------
    links : Links
        Working ties.
    a, b : int
        Positions.
    n : int, default 3
        How many to name at most.
    """
    shared, first, second = links.join(a, b)
    if not len(shared):
        return []
    strength, combined, staff = links.weigh(first, second)
    worth, told = strength * links.count_meetings(a, b, shared), links.are_told(first, second)
    rivals = links.rivals[shared]
    rival = (rivals >= 0) & ((rivals == links.rivals[a]) | (rivals == links.rivals[b]))
    links_say = (rival | staff, -np.round(worth, 9), -np.round(combined, 9))
    way = links.measure_way(a, b, shared)
    place_says = (links.count_partners(shared), ~links.offices[shared], way)
    keys = np.column_stack((*links_say, *place_says)).astype(float)
    order = np.lexsort((shared, *keys.T[::-1]))
    ranked = keys[order]
    ranks = np.cumsum([0, *(ranked[1:] != ranked[:-1]).any(axis=1)])
    return [
        Introducer(
            int(shared[k]),
            float(strength[k]),
            links.take(first[k]),
            links.take(second[k]),
            RIVAL if rival[k] else STAFF if staff[k] else "",
            bool(told[k]),
            int(rank),
        )
        for k, rank in zip(order[:n], ranks, strict=False)
    ]


def say_chain(name: Callable[[int], str], a: int, b: int, one: Introducer) -> str:
    """Say the chain with the strength and age of its links."""
    between = name(one.organization)
    first = f"{name(a)} – {between} ({say_link(one.first)})"
    against = f"; against: {one.against}" if one.against else ""
    return f"{first}, {between} – {name(b)} ({say_link(one.second)}){against}"


def say_introducer(name: Callable[[int], str], found: Sequence[Introducer]) -> Sentence:
    """Say who could introduce two organizations; "" where nobody works with both."""
    usable = [one for one in found if one.works]
    if not found:
        return Sentence("introducer", "")
    who = name((usable or found)[0].organization)
    text = f"{who} works with both and could introduce them."
    equal = [name(one.organization) for one in usable[1:] if one.rank == usable[0].rank]
    if equal:
        names = join_words([who, *equal])
        text = f"{names} each work with both and could introduce them; {EQUAL}."
    elif len(usable) > 1 and not any(one.told for one in usable):
        text = f"{who} works with both and could introduce them; {NO_ORDER}."
    if not usable:
        text = f"{who} works with both, but {found[0].against}."
    return Sentence("introducer", text, {"introducer": who, "equal": equal})


@lru_cache(maxsize=100_000)  # one link is in many chains
def say_link(link: Link) -> str:
    """Say how strong, how recent and at what level a link is."""
    when = f"last contact {say_date(link.last_contact)}" if link.last_contact else "no date on file"
    level = f", {link.level} level" if link.level else ""
    strong = f"strength {link.strength:.2f}" if link.told else "no strength on file"
    return f"{strong}, {when}{level}"


def list_dormant(
    links: Links, months: int = DORMANT_MONTHS, *, of: IntArray | None = None
) -> pd.DataFrame:
    """List ties on file without a contact for so long that they are worth renewing.

    Parameters
    ----------
    links : Links
        Working ties.
    months : int, default 24
        How long the silence has lasted at least.
    of : int array, optional
        Positions; only ties of these.

    Returns
    -------
    DataFrame
        ``organization``, ``organization_name``, ``partner``, ``partner_name``, ``relations``,
        ``strength``, ``last_contact``, ``months``, ``sentence``; the longest silence first.
    """
    rows = [_dormant_row(links.here, *silent) for silent in links.silent(months, of)]
    table = pd.DataFrame(rows, columns=DORMANT.names)
    order = ["months", "organization", "partner"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)


def _dormant_row(net: Network, a: int, b: int, link: Link, age: float) -> tuple[object, ...]:
    names = net.names.iloc[a], net.names.iloc[b]
    labels = [net.vocabulary.relations[r].label for r in link.relations]
    sentence = (
        f"{names[0]} and {names[1]} have a tie on file ({', '.join(labels)}) and were last in "
        f"contact on {say_date(link.last_contact)}: worth renewing."
    )
    ids = net.ids[a], net.ids[b]
    return (
        ids[0], names[0], ids[1], names[1], ", ".join(link.relations), round(link.strength, 9),
        link.last_contact, round(age, 1), sentence,
    )  # fmt: skip
