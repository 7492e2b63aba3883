"""How well the recommendations would have done on the user's own network: the back-test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from ....core.arrays import FloatArray, IntArray
from ....core.errors import UsageError
from ....core.network import Network
from ....core.results import Method, Result
from ....core.text import count_noun
from ....facts.collaboration import choose_layer
from ....facts.layers import Layer
from ..features.graph import SEED
from ..ranking.documents import group_by_document, list_ties
from ..ranking.holdout import Hidden
from ..ranking.ranker import Ranker, load_ranker
from ..ranking.scores import symmetric_graph
from .holdout_runs import (
    METHODS,
    HoldoutRun,
    run_holdouts,
    split_by_group,
    split_by_organization,
)
from .metrics import measure_auc

FEWEST_JUDGED = 20  # below this no statement is made
MANY_JUDGED = 100  # below this only large differences are stated
LARGE = 0.10  # a difference in hits that is worth a word on 20 to 99 organizations
DRAWS = 1000
GIVEAWAY = 0.98  # attributes that alone are this good were made from the ties
MEASURES = ("hit_1", "hit_5", "reciprocal_rank")
LABELS = {
    "ranker": "the ranker",
    "resource_allocation": "shared partners (resource allocation)",
    "pagerank": "personalised PageRank",
    "popularity": "popularity",
}
HIDE = ("document", "tie", "organization")


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

    Ties are hidden, everything is computed again on what is left, and the hidden ties are looked
    for among all pairs without a visible tie of which both ends keep one. Hidden ties are easier
    to find than future ties: where a later wave is at hand, give it.

    Parameters
    ----------
    net : Network
        The network.
    hide : {"document", "tie", "organization"}, default "document"
        What is hidden together: all ties of one agreement, meeting or document (a single one of
        them would be given away by the others); one tie; or all ties of an organization, which
        then stands for a newcomer.
    later : Network, optional
        The same organizations (by id) later: ties that are new in it are the truth, and nothing
        is hidden. With ``hide="organization"`` only pairs with an organization that has no tie
        in the first wave are judged, otherwise only pairs whose ends both have one.
    splits : int, default 5
        Parts into which ties are divided; each part is hidden once.
    layer, relations, as_of, ranker
        As in :func:`recommend_partners`.

    Returns
    -------
    Result
        ``.table``: one row a method (ranker, resource_allocation, pagerank, popularity, chance),
        with ``hit_1``, ``hit_5`` (share of organizations with a hidden tie among their first 1, 5
        suggestions), ``reciprocal_rank``, their 95% intervals (bootstrap over organizations),
        ``lift_1``, ``lift_5`` (over exact chance) and ``auc``.
        ``.tables["differences"]``: the ranker less each method. ``.tables["organizations"]``: one
        row an organization judged. ``.tables["calibration"]``: probability said against found.

    Raises
    ------
    UsageError
        An argument is unknown.

    References
    ----------
    Lü & Zhou (2011), doi:10.1016/j.physa.2010.11.027. Efron (1979), doi:10.1214/aos/1176344552.
    """
    _check_arguments(hide, splits)
    here, loaded = net.at(as_of), load_ranker(ranker)
    chosen = choose_layer(here, layer, relations=relations)
    if chosen.as_of is not None:
        here = here.at(chosen.as_of)
    runs: tuple[HoldoutRun, ...] = ()
    if chosen.kind != "affinity":
        hidden = _hide(here, chosen, hide, splits) if later is None else [_wait(chosen, later)]
        newcomers = hide == "organization"
        run = run_holdouts(here, chosen, loaded, hidden, newcomers=newcomers)
        runs = tuple(one for one in run if one.usable)
    return _make_result(Backtest(here, chosen, loaded, hide, later is not None, runs))


def _check_arguments(hide: str, splits: int) -> None:
    if hide not in HIDE:
        raise UsageError(f"hide: found {hide!r}. Allowed are {', '.join(HIDE)}. Choose one.")
    if splits < 2:
        raise UsageError(f"splits: found {splits}. Allowed are 2 or more. The default is 5.")


def _hide(here: Network, layer: Layer, hide: str, splits: int) -> list[Hidden]:
    graph = symmetric_graph(layer)
    if hide == "organization":
        return split_by_organization(graph, splits)
    ties = list_ties(graph)
    if not len(ties):
        return []
    group = group_by_document(here, layer, ties) if hide == "document" else np.arange(len(ties))
    return split_by_group(graph, ties, group, splits)


def _wait(layer: Layer, later: Network) -> Hidden:
    """Nothing hidden: the truth is what is tied later and is not tied now."""
    graph = symmetric_graph(layer)
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
        columns = ["less", "measure", "difference", "low", "high"]
        return pd.DataFrame(rows, columns=columns).round(6)

    @cached_property
    def calibration(self) -> pd.DataFrame:
        """Pairs in bands of the probability said: the mean of it, and the share found."""
        if not self.runs:
            return pd.DataFrame(columns=["pairs", "said", "found"])
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
        sentences=tuple(_say(test)),
        method=_describe(test),
        tables={
            "differences": test.differences,
            "organizations": organizations,
            "calibration": test.calibration,
        },
        as_of=test.here.day,
    )


def _say(test: Backtest) -> Iterator[str]:
    yield say_verdict(test)
    judged = count_noun(test.judged, "organization")
    if test.judged >= FEWEST_JUDGED:
        first, chance = test.table.loc["ranker"], test.table.loc["chance"]
        what = "new partner" if test.later else "hidden partner"
        yield (
            f"For {judged} judged, the five suggestions held a {what} in "
            f"{first['hit_5']:.0%} of cases (between {first['hit_5_low']:.0%} and "
            f"{first['hit_5_high']:.0%}), the first one in {first['hit_1']:.0%}; blind choice "
            f"would reach {chance['hit_5']:.0%} and {chance['hit_1']:.0%}."
        )
    if test.giveaway > GIVEAWAY:
        yield (
            "Warning: what is known of the organizations gives nearly every hidden tie away "
            f"(AUC {test.giveaway:.3f} without looking at any tie). A column may have been made "
            "from the ties; take it out before you trust these figures."
        )
    if test.judged and not test.later:
        yield "Hidden ties are easier to find than future ties, so expect less of the future."


def say_verdict(test: Backtest) -> str:
    """Say in words what the figures allow to say, by the number of organizations judged."""
    judged = count_noun(test.judged, "organization")
    if test.layer.kind == "affinity":
        return (
            "No organization could be judged: no working tie is on file, so there is nothing to "
            "hide, and recommendations rest on affinity alone."
        )
    if not test.judged:
        why = "no new tie is on file" if test.later else "too few ties are on file to hide any"
        return f"No organization could be judged: {why}."
    if test.judged < FEWEST_JUDGED:
        return (
            f"Only {judged} could be judged, fewer than {FEWEST_JUDGED}: no statement on how good "
            "the recommendations are on this network."
        )
    rows = test.differences[test.differences["measure"] == "hit_5"].set_index("less")
    least = 0.0 if test.judged >= MANY_JUDGED else LARGE
    chance = rows.loc["chance"]
    better = chance["low"] > 0 and chance["difference"] >= least
    start = (
        "The recommendations find partners clearly better than blind choice"
        if better
        else "No clear difference between the recommendations and blind choice"
    )
    return f"{start}; {_compare_best(test, rows, least)}."


def _compare_best(test: Backtest, rows: pd.DataFrame, least: float) -> str:
    single = list(METHODS[1:])
    best = max(single, key=lambda name: round(float(test.table.loc[name, "hit_5"]), 9))
    row = rows.loc[best]
    small = "" if test.judged >= MANY_JUDGED else " that so few organizations could show"
    if row["low"] > 0 and row["difference"] >= least:
        return f"they beat the best single measure here, {LABELS[best]}"
    if row["high"] < 0 and -row["difference"] >= least:
        return f"the best single measure here, {LABELS[best]}, beats them"
    return f"against the best single measure here, {LABELS[best]}, there is no difference{small}"


def _note(test: Backtest) -> Iterator[str]:
    if any(run.beyond is not None for run in test.runs):
        yield (
            "So many organizations are not all compared: for hit@k and MRR, hidden ties outside "
            "the lists of candidates count as missed, by every method; AUC and the bands of "
            "probability come from pairs drawn from all, and from those on the lists."
        )
    yield f"Trained on: {test.ranker.card['trained_on']}."


def _describe(test: Backtest) -> Method:
    hidden = "ties new in the later wave" if test.later else f"hidden by {test.hide}"
    return Method(
        name="Back-test",
        formula=(
            "hit@k: share of organizations with at least one hidden tie among their first k "
            "suggestions; equal scores in random order, exactly. Only pairs without a visible "
            "tie, both ends of which keep one (newcomers: exactly one). Chance: hypergeometric."
        ),
        settings={
            **test.layer.settings(),
            "ranker": test.ranker.name,
            "version": test.ranker.version,
            "truth": hidden,
            "trials": len(test.runs),
            "organizations judged": test.judged,
            "bootstrap": f"{DRAWS} draws of organizations",
        },
        sources=("Lü & Zhou (2011), doi:10.1016/j.physa.2010.11.027",),
        notes=tuple(_note(test)),
    )
