"""How well the recommendations would have done on the user's own network: the back-test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from ....core.arguments import checked
from ....core.arrays import FloatArray, IntArray
from ....core.checks import check_choice, check_count
from ....core.errors import UsageError
from ....core.network import Network
from ....core.results.result import Method, Result
from ....core.storage.shapes import show
from ....facts.graph.collaboration import choose_layer
from ....facts.graph.layers import Layer
from ..features.graph import SEED
from ..ranking.documents import list_ties
from ..ranking.holdout import Hidden
from ..ranking.ranker import Ranker, load_ranker
from ..ranking.scores import look_at_ties, symmetric_graph
from .holdout_runs import (
    HoldoutRun,
    run_holdouts,
    split_by_group,
    split_by_organization,
    split_together,
)
from .metrics import measure_auc
from .shown import CALIBRATION, DIFFERENCES, MEASURES, METHODS, SHOWN
from .text import say_backtest

DRAWS = 1000
HIDE = ("document", "tie", "organization")


@checked
def backtest_recommendations(
    net: Network,
    *,
    hide: Literal["document", "tie", "organization"] = "document",
    later: Network | None = None,
    splits: int = 5,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    ranker: str = "readable",
) -> Result:
    """Say how often the recommendations would have named partners that are really on file.

    Ties are held out, everything is computed again on what is left, and the held-out ties are
    looked for among all pairs without a visible tie of which both ends keep one. They are easier
    to find than future ties: where a later wave is at hand, give it.

    Parameters
    ----------
    net : Network
        The network.
    hide : {"document", "tie", "organization"}, default "document"
        What is held out together: all ties of one agreement, meeting or document (a single one of
        them would be given away by the others); one tie; or all ties of an organization, which
        then counts as a newcomer.
    later : Network, optional
        The same organizations (by id) later: ties that are new in it are the truth, and nothing
        is held out. With ``hide="organization"`` only pairs with an organization that has no tie
        in the first wave are judged, otherwise only pairs whose ends both have one.
    splits : int, default 5
        Parts into which ties are divided; each part is held out once.
    layer : Layer or str, optional
        Which graph; see :func:`recommend_partners`.
    relations : sequence of str, optional
        Relations that count as ties; default: those that mean working together.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest day on file.
    ranker : {"readable", "best"}, default "readable"
        Which weights.

    Returns
    -------
    Result
        One row a method (the ranker, single measures, random choice), with hits, reciprocal rank
        and their 95% intervals (bootstrap over organizations), AUC, and hits against random
        choice. ``.tables``: ``differences`` (the ranker less each method), ``organizations`` (one
        row an organization judged), ``calibration`` (probability said against found).

    Raises
    ------
    UsageError
        An argument is unknown.

    See Also
    --------
    recommend_partners : The suggestions that are judged.

    References
    ----------
    Lü & Zhou (2011), doi:10.1016/j.physa.2010.11.027. Efron (1979), doi:10.1214/aos/1176344552.

    Examples
    --------
    >>> import partnet as pn
    >>> test = pn.backtest_recommendations(pn.load_sample("prairie"), splits=2)
    >>> bool(test.table.loc["ranker", "hit_5"] > test.table.loc["chance", "hit_5"])
    True
    """
    _check_arguments(hide, splits, later)
    here, loaded = net.at(as_of), load_ranker(ranker)
    chosen = choose_layer(here, layer, relations=relations)
    if chosen.as_of is not None:
        here = here.at(chosen.as_of)
    runs: tuple[HoldoutRun, ...] = ()
    if chosen.kind != "affinity":
        hidden = _hide(here, chosen, hide, splits, later)
        newcomers = hide == "organization"
        run = run_holdouts(here, chosen, loaded, hidden, newcomers=newcomers)
        runs = tuple(one for one in run if one.usable)
    return _make_result(Backtest(here, chosen, loaded, hide, later is not None, runs))


def _check_arguments(hide: str, splits: int, later: Network | None) -> None:
    check_choice("hide", hide, HIDE)
    check_count("splits", splits, least=2)
    if later is not None and not isinstance(later, Network):
        raise UsageError(
            f"later: found {show(later)}. Allowed is a network, as read_network gives it. Read it "
            "first."
        )


def _hide(
    here: Network, layer: Layer, hide: str, splits: int, later: Network | None
) -> list[Hidden]:
    if later is not None:
        return [_wait(here, layer, later)]
    if hide == "document":
        return split_together(here, layer, splits)
    graph = look_at_ties(here, layer)
    if hide == "organization":
        return split_by_organization(graph, splits)
    ties = list_ties(graph)
    return split_by_group(graph, ties, np.arange(len(ties)), splits) if len(ties) else []


def _wait(here: Network, layer: Layer, later: Network) -> Hidden:
    """Nothing held out: the truth is what is tied later and is not tied now."""
    graph = look_at_ties(here, layer)
    after = choose_layer(later, relations=layer.relations)
    at = layer.ids.get_indexer(after.ids)
    rows, columns = symmetric_graph(after).adjacency.nonzero()
    both = (at[rows] >= 0) & (at[columns] >= 0)
    cells = at[rows[both]], at[columns[both]]
    then = sparse.csr_array((np.ones(int(both.sum())), cells), shape=graph.adjacency.shape)
    new = sparse.csr_array(then - then.multiply(graph.adjacency))
    new.eliminate_zeros()
    return Hidden(graph, new)


@dataclass(frozen=True)
class Backtest:
    """What came out of all runs."""

    here: Network
    layer: Layer
    ranker: Ranker
    hide: str
    later: bool
    runs: tuple[HoldoutRun, ...]

    @cached_property
    def organizations(self) -> pd.DataFrame:
        """One row an organization judged: every measure by method, mean over its runs."""
        frames = [self._judge(run) for run in self.runs]
        if not frames:
            return pd.DataFrame()
        return pd.concat(frames).groupby("position").mean()

    def _judge(self, run: HoldoutRun) -> pd.DataFrame:
        columns: dict[str, FloatArray] = {}
        for method in METHODS:
            hits = run.hits(method)
            columns |= {
                f"{method}_hit_1": hits.hit(1),
                f"{method}_hit_5": hits.hit(5),
                f"{method}_reciprocal_rank": hits.reciprocal_rank,
            }
        columns |= {f"chance_hit_{k}": hits.chance(k) for k in (1, 5)}
        columns["chance_reciprocal_rank"] = (hits.hidden + 1) / (hits.candidates + 1)
        return pd.DataFrame({"position": hits.organization, **columns})

    @property
    def judged(self) -> int:
        """Number of organizations judged."""
        return len(self.organizations)

    @cached_property
    def draws(self) -> IntArray:
        """Bootstrap: rows of organizations drawn with replacement."""
        random = np.random.default_rng(SEED)
        return random.integers(0, max(self.judged, 1), size=(DRAWS, self.judged))

    def interval(self, values: FloatArray) -> tuple[float, float, float]:
        """Mean over organizations with its 95% interval."""
        if not len(values):
            return (float("nan"),) * 3
        low, high = np.percentile(values[self.draws].mean(axis=1), [2.5, 97.5])
        return float(values.mean()), float(low), float(high)

    def values(self, method: str, measure: str) -> FloatArray:
        """One measure of one method, by organization."""
        if not self.judged:
            return np.zeros(0)
        return self.organizations[f"{method}_{measure}"].to_numpy(dtype=float)

    def auc(self, method: str) -> float:
        """Mean over runs."""
        found = [run.auc(method) for run in self.runs]
        return float(np.mean(found)) if found else float("nan")

    @property
    def giveaway(self) -> float:
        """AUC of the attributes alone; NaN where there are none."""
        found = [measure_auc(t.attributes, t.truth) for t in self.runs if np.ptp(t.attributes) > 0]
        return float(np.mean(found)) if found else float("nan")

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a method."""
        rows = {}
        for method in (*METHODS, "chance"):
            cells: dict[str, float] = {}
            for measure in MEASURES:
                mean, low, high = self.interval(self.values(method, measure))
                cells |= {measure: mean, f"{measure}_low": low, f"{measure}_high": high}
            cells["auc"] = 0.5 if method == "chance" else self.auc(method)
            rows[method] = cells
        table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("method")
        for k in (1, 5):
            chance = table.loc["chance", f"hit_{k}"]
            table[f"lift_{k}"] = table[f"hit_{k}"] / chance if chance else np.nan
        return table.round(6)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """The ranker less every other method, organization by organization."""
        rows = [
            (method, m, *self.interval(self.values("ranker", m) - self.values(method, m)))
            for method in (*METHODS[1:], "chance")
            for m in MEASURES
        ]
        return pd.DataFrame(rows, columns=DIFFERENCES.names).round(6)

    @cached_property
    def calibration(self) -> pd.DataFrame:
        """Pairs in bands of the probability said: the mean of it, and the share found."""
        if not self.runs:
            return pd.DataFrame(columns=CALIBRATION.names)
        said = np.concatenate([t.probability for t in self.runs])
        truth = np.concatenate([t.truth for t in self.runs]).astype(float)
        edges = np.array([0.01, 0.02, 0.05, 0.1, 0.2, 0.5])
        frame = pd.DataFrame({"band": np.searchsorted(edges, said), "said": said, "found": truth})
        grouped = frame.groupby("band")
        means = grouped[["said", "found"]].mean()
        means.insert(0, "pairs", grouped.size())
        return means.round(6).reset_index(drop=True)


def _make_result(test: Backtest) -> Result:
    organizations = test.organizations.round(6)
    if len(organizations):
        organizations.index = test.layer.ids[organizations.index].rename("organization")
    return Result(
        verb="backtest_recommendations",
        title="How the recommendations would have done on this network",
        table=test.table,
        sentences=tuple(say_backtest(test)),
        method=_describe(test),
        tables={
            "differences": test.differences,
            "organizations": organizations,
            "calibration": test.calibration,
        },
        shown=SHOWN,
        as_of=test.here.day,
    )


def _note(test: Backtest) -> Iterator[str]:
    if any(run.beyond is not None for run in test.runs):
        yield (
            "So many organizations are not all compared: for hit@k and MRR, held-out ties outside "
            "the lists of candidates count as missed, by every method; AUC and the bands of "
            "probability come from pairs drawn from all, and from those on the lists."
        )
    yield f"Trained on: {test.ranker.card['trained_on']}."


def _describe(test: Backtest) -> Method:
    truth = "ties new in the later wave" if test.later else f"held out by {test.hide}"
    return Method(
        name="Back-test",
        formula=(
            "hit@k: share of organizations with at least one held-out tie among their first k "
            "suggestions; equal scores in random order, exactly. Only pairs without a visible "
            "tie, both ends of which keep one (newcomers: exactly one). Chance: hypergeometric."
        ),
        settings={
            **test.layer.settings(),
            "ranker": test.ranker.name,
            "version": test.ranker.version,
            "truth": truth,
            "runs": len(test.runs),
            "organizations judged": test.judged,
            "bootstrap": f"{DRAWS} draws of organizations",
        },
        sources=("Lü & Zhou (2011), doi:10.1016/j.physa.2010.11.027",),
        notes=tuple(_note(test)),
    )
