"""What is due with partners one has: open needs that no new acquaintance is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from .adviser import Adviser
from .candidates.eligible import are_among, code_pairs, partners_on_file
from .needs import Need
from .shown import DUE

TIED = "they have a tie on file"
ANSWERED = "they were suggested to each other before"


def tabulate_due(adviser: Adviser, asked: Sequence[int]) -> pd.DataFrame:
    """Give open needs between organizations that are partners already, the worst first.

    Each is told once, from the side whose need it is; of those who ask, also from the other.
    """
    if adviser.affinity and not adviser.here.has_reported_ties:
        return pd.DataFrame(columns=DUE.names)
    rows = [_describe(adviser, need, why) for need, why in _list_due(adviser, set(asked))]
    table = pd.DataFrame(rows, columns=DUE.names)
    order = ["need", "organization", "partner", "needs"]
    return table.sort_values(
        order, ascending=[False, True, True, True], ignore_index=True, kind="stable"
    )


def _list_due(adviser: Adviser, asked: set[int]) -> Iterator[tuple[Need, str]]:
    here = adviser.here
    known = partners_on_file(here)
    for (a, b), needs in adviser.on_file.by_pair.items():
        if not asked & {a, b} or adviser.may_suggest(a, b):
            continue
        tied = bool(are_among(code_pairs(np.array([a]), np.array([b]), here.n), known)[0])
        agreed = [need for need in needs if tied or need.is_outcome]
        yield from ((need, TIED if tied else ANSWERED) for need in agreed)


def _describe(adviser: Adviser, need: Need, why: str) -> tuple[object, ...]:
    here, name = adviser.here, adviser.evidence.name
    one, other = need.organization, need.partner
    sentence = f"Due between {name(one)} and {name(other)}, as {why}: {need.text}."
    return (
        here.ids[one], name(one), here.ids[other], name(other), round(need.severity, 9),
        need.text, why, sentence,
    )  # fmt: skip
