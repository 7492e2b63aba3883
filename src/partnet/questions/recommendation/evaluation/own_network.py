"""What pairs with such a score were in a test on the user's own network, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ....core.arrays import BoolArray, FloatArray
from ....core.memory import fact
from ....core.network import Network
from ....facts.graph.layers import Layer
from ..ranking.ranker import Ranker, load_ranker
from .holdout_runs import run_holdouts, split_together
from .text import FEWEST_JUDGED

MOST = 300  # up to so many organizations it is done unasked
SPLITS = 5  # every tie is hidden once, with those of its document
TIMES = 1  # in each part, ties are hidden once more to move the weights: that is half the work
NEAREST = 60  # pairs with the most similar scores that are counted
OF_MEETINGS = 500  # the same where a meeting is hidden with all its ties: they tell of each other
Z = 1.645  # nine in ten


@dataclass(frozen=True, slots=True)
class Found:
    """How many of the pairs that were scored alike were ties that had been hidden.

    Attributes
    ----------
    share, low, high : float
        Share, and its nine-in-ten range (Wilson).
    pairs : int
        Pairs counted.
    judged : int
        Organizations of which ties had been hidden.
    topmost : bool
        Whether those counted are the pairs scored highest: too few were scored as high as this one
        for as many above it as below.
    """

    share: float
    low: float
    high: float
    pairs: int
    judged: int
    topmost: bool = False


@dataclass(frozen=True)
class OwnTest:
    """Pairs of all runs by score, the lowest first, and which of them were held-out ties.

    `nearest` is how many of those scored most alike are counted.
    """

    said: FloatArray
    truth: BoolArray
    judged: int
    nearest: int = NEAREST

    def find(self, probability: float) -> Found | None:
        """Count the pairs scored most like one; ``None`` where the test makes no statement.

        As many above it as below, and all that are scored exactly like the first or the last of
        them: which of equals were held out, no order tells. However many are counted where ties
        come from meetings, the range is that of 60 pairs at most.
        """
        n, nearest = len(self.said), self.nearest
        if self.judged < FEWEST_JUDGED or n < nearest or math.isnan(probability):
            return None
        equal = [np.searchsorted(self.said, probability, side=side) for side in ("left", "right")]
        at = int(sum(equal)) // 2
        first = min(max(at - nearest // 2, 0), n - nearest)
        low = int(np.searchsorted(self.said, self.said[first], side="left"))
        high = int(np.searchsorted(self.said, self.said[first + nearest - 1], side="right"))
        hits, pairs = int(self.truth[low:high].sum()), high - low
        sure = pairs if nearest == NEAREST else NEAREST
        limits = find_range(hits / pairs * sure, sure)
        return Found(hits / pairs, *limits, pairs, self.judged, at > n - nearest // 2)


def find_range(hits: float, pairs: int) -> tuple[float, float]:
    """Give the nine-in-ten range of a share (Wilson 1927, doi:10.1080/01621459.1927.10502953).

    Examples
    --------
    >>> low, high = find_range(3, 10)
    >>> round(low, 2), round(high, 2)
    (0.13, 0.56)
    """
    share, wide = hits / pairs, Z * Z / pairs
    middle = (share + wide / 2) / (1 + wide)
    half = Z / (1 + wide) * math.sqrt(share * (1 - share) / pairs + wide / (4 * pairs))
    return max(middle - half, 0.0), min(middle + half, 1.0)


@fact
def try_own_network(here: Network, layer: Layer, ranker: str) -> OwnTest:
    """Hide the ties of a network part by part, score all pairs again, and look them up; once."""
    return try_network(here, layer, load_ranker(ranker))


def try_network(here: Network, layer: Layer, ranker: Ranker) -> OwnTest:
    """Do the same for a layer of the user's own, of which nothing is kept."""
    hidden = split_together(here, layer, SPLITS)
    if not hidden:
        return OwnTest(np.zeros(0), np.zeros(0, dtype=bool), 0)
    runs = [
        run
        for run in run_holdouts(here, layer, ranker, hidden, newcomers=False, times=TIMES)
        if run.usable
    ]
    said = np.concatenate([np.zeros(0), *(run.probability for run in runs)])
    truth = np.concatenate([np.zeros(0, dtype=bool), *(run.truth for run in runs)])
    order = np.lexsort((truth, said))  # whatever the order of rows
    judged = {end for run in runs for ends in (run.i, run.j) for end in ends[run.truth].tolist()}
    nearest = NEAREST if hidden[0].graph.documents is None else OF_MEETINGS
    return OwnTest(said[order], truth[order], len(judged), nearest)
