"""What became of suggestions: who was approached, what came of it, what the list had predicted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ...core.arguments import checked
from ...core.arrays import FloatArray
from ...core.memory import fact
from ...core.network import Network
from ...core.results.result import Method, Result, Sentence
from ...core.wording.text import count_noun, join_words
from .adviser import make_adviser
from .learned import LEAST_LEARNED, MOST_MOVED, PRIOR, learn_factors, read_feedback
from .shown import FATES, FATES_BY_KIND

NO = ("declined", "nothing")
LEAST_JUDGED = 20  # as for a back-test: below, whether the list is right cannot be said
MOST_DAYS = 24  # days on which the list is made again to see what it had predicted
USUAL = 0.9  # share of outcomes within the range that is called usual


@checked
def track_suggestions(net: Network, *, as_of: str | pd.Timestamp | None = None) -> Result:
    """Say what became of the suggestions of earlier years, and whether the list was right.

    Every row of the table ``feedback`` but "not now" is a suggestion that was approached. It became
    a tie where one of any relation but a mere contact is on file on the day. The list predicted
    what the column ``predicted`` says, else what it would have said the day before the answer, on
    what was on file then.

    Parameters
    ----------
    net : Network
        A network with a table ``feedback``.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row a suggestion, with its fate. ``.tables["kinds"]``: how often suggestions
        of a kind of partner became ties, and by how much that moves what is suggested next.

    See Also
    --------
    recommend_partners : Whom to approach next.
    check_outcomes : What became of what sessions agreed on.

    Examples
    --------
    >>> import partnet as pn
    >>> pn.track_suggestions(pn.load_sample("prairie")).claims["fates"]["approached"]
    0
    """
    here = net.at(as_of)
    table = list_fates(here)
    kinds = _count_by_kind(here, table)
    return Result(
        verb="track_suggestions",
        title="What became of suggestions",
        table=table,
        sentences=tuple(_say(table, hidden=here.hides("feedback"))),
        method=Method(
            name="Fate of suggestions",
            formula=(
                f"Factor of a kind of partner = ((ties + {PRIOR:g} p) / (approached + {PRIOR:g})) "
                f"/ p, p the share of all approached that became ties, from 1/{MOST_MOVED:g} to "
                f"{MOST_MOVED:g}; 1 below {LEAST_LEARNED} approached. It multiplies likelihood."
            ),
        ),
        tables={"kinds": kinds},
        shown=(FATES, FATES_BY_KIND),
        as_of=here.day,
        network=net.title,
    )


@fact
def list_fates(here: Network) -> pd.DataFrame:
    """Give every suggestion that was approached, with what came of it."""
    rows = [_describe(here, row) for row in read_feedback(here).itertuples()]
    table = pd.DataFrame(rows, columns=FATES.names)
    table["given_on"] = pd.to_datetime(table["given_on"])
    table["predicted"] = table["predicted"].astype("float64")
    return table


def _describe(here: Network, row: Any) -> tuple[object, ...]:
    ties = here.ties
    ends = {row.organization, row.partner}
    both = ties["source"].isin(ends) & ties["target"].isin(ends) & (ties["relation"] != "contact")
    labels = here.vocabulary.relations
    found = sorted({labels[relation].label for relation in ties.loc[both, "relation"]})
    names = (here.name(row.organization), here.name(row.partner))
    return (
        row.organization, names[0], row.partner, names[1], row.answer, row.given_on,
        _predict(here, row), bool(found), join_words(found), row.note,
    )  # fmt: skip


def _predict(here: Network, row: Any) -> float:
    """The likelihood that the list gave, or would have given the day before the answer."""
    if not np.isnan(row.predicted):
        return float(row.predicted)
    days = sorted(set(read_feedback(here)["given_on"].dropna()))[:MOST_DAYS]
    if pd.isna(row.given_on) or row.given_on not in days:
        return float("nan")
    adviser = make_adviser(here.whole, as_of=row.given_on - pd.Timedelta(days=1))
    ends = [int(k) for k in here.positions([row.organization, row.partner])]
    pair = None if min(ends) < 0 or adviser.affinity else adviser.find_pair(*ends)
    return float("nan") if pair is None else pair.probability


# -- what is learned ------------------------------------------------------------------------------


def _count_by_kind(here: Network, table: pd.DataFrame) -> pd.DataFrame:
    """How often suggestions of each kind of partner became ties."""
    kinds = here.organizations["kind"].reindex(table["partner"]).to_numpy()
    counted = table.assign(kind=kinds).groupby("kind")["became_tie"].agg(["size", "sum"])
    factors = learn_factors(here)
    labels = {id_: kind.label for id_, kind in here.vocabulary.kinds.items()}
    rows = [
        (labels.get(str(kind), str(kind)), int(size), int(ties), factors.get(str(kind), 1.0))
        for kind, size, ties in counted.itertuples(name=None)
    ]
    return pd.DataFrame(rows, columns=FATES_BY_KIND.names)


# -- in words -------------------------------------------------------------------------------------


def _say(table: pd.DataFrame, *, hidden: bool = False) -> Iterator[Sentence]:
    """Say how many approached became ties, and whether that is what the list had predicted."""
    n, ties = len(table), int(table["became_tie"].sum())
    if not n:
        text = "No suggestion was approached by the file (table feedback)."
        text = "What became of suggestions is not shown to this reader." if hidden else text
        yield Sentence("fates", text, {"approached": 0, "ties": 0})
        return
    known = table.dropna(subset=["predicted"])
    claims: dict[str, Any] = {"approached": n, "ties": ties}
    became = f"{ties} became {'a tie' if ties == 1 else 'ties'}" if ties else "none became a tie"
    text = f"Of {count_noun(n, 'suggestion')} approached, {became}"
    if len(known) == n:
        predicted = float(known["predicted"].sum())
        text += f" (the list predicted {predicted:.1f})"
        claims["predicted"] = predicted
    yield Sentence("fates", f"{text}.", claims)
    if len(known):
        yield _say_range(known)
    refused = table[table["answer"].isin(NO)]
    if len(refused):
        first = refused.iloc[0]
        why = f": {first['note']}" if first["note"] else ""
        text = (
            f"{len(refused):,} came to nothing, first {first['organization_name']} and "
            f"{first['partner_name']}{why}."
        )
        yield Sentence("refused", text, {"refused": len(refused)})


def _say_range(known: pd.DataFrame) -> Sentence:
    """Say how many ties would be usual if the list were right; nothing below 20."""
    n, ties = len(known), int(known["became_tie"].sum())
    if n < LEAST_JUDGED:
        text = (
            f"With {n} approached it cannot be said whether the list is right; from "
            f"{LEAST_JUDGED} on it can."
        )
        return Sentence("too_few", text, {"judged": n, "least": LEAST_JUDGED})
    low, high = find_range(known["predicted"].to_numpy())
    verdict = "as many as" if low <= ties <= high else "fewer than" if ties < low else "more than"
    text = (
        f"If the list were right, {low} to {high} of {n} would be usual: {ties} are {verdict} it "
        "predicts. Who is approached is chosen, so that this is no test of the ranker."
    )
    return Sentence("range", text, {"judged": n, "low": low, "high": high, "ties": ties})


def find_range(chances: FloatArray) -> tuple[int, int]:
    """Give the middle 90% of how many of independent events happen.

    Examples
    --------
    >>> find_range(np.full(10, 0.5))
    (2, 8)
    >>> find_range(np.array([1.0, 1.0, 0.0]))
    (2, 2)
    """
    share = np.ones(1)
    for chance in chances:
        share = np.convolve(share, [1 - chance, chance])
    below = np.cumsum(share)
    tail = (1 - USUAL) / 2
    low = int(np.argmax(below > tail + 1e-12))
    high = int(np.argmax(below >= 1 - tail - 1e-12))
    return low, high
