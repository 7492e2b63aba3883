"""Who was asked and has not answered, and whose answer would tell most."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from ...core.arguments import checked
from ...core.arrays import IntArray
from ...core.checks import check_count
from ...core.memory import fact
from ...core.network import Network
from ...core.results.result import Result
from ...facts.graph.collaboration import choose_layer
from ...facts.graph.layers import Layer
from ...facts.graph.survey import Survey, read_surveys
from ...measures.chance.ranges import choose_scores
from ...measures.missing.imputation import SEED
from ...measures.missing.information import (
    RankDraws,
    choose_first,
    draw_ranks,
    expect_at_random,
)
from ...places.gazetteer import county_name
from ..uncertainty.question import (
    IMPUTATIONS,
    MEASURES,
    draw_plausible,
    find_rivals,
    find_unknown_cells,
)
from .shown import SHOWN
from .text import describe_method, say_nonrespondents

FIRST = 5  # whom to ask first; more calls than that nobody makes at a time


@checked
def find_nonrespondents(
    net: Network,
    *,
    n: int = FIRST,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    measures: Sequence[str] = MEASURES,
    imputations: int = IMPUTATIONS,
    seed: int = SEED,
) -> Result:
    """Say who was asked and has not answered, and whom to ask first.

    Ranks are uncertain where organizations are silent. Over networks that are plausible given who
    answered (:func:`partnet.measure_uncertainty`), it is worked out how much the answer of each
    would narrow the ranges of ranks on average, and by how much more those named do so than as
    many taken at random.

    Parameters
    ----------
    net : Network
        A network with a table ``responses``.
    n : int, default 5
        How many to ask first.
    relations : sequence of str, optional
        Relations that count; default: the working ones.
    as_of : str or Timestamp, optional
        The day on which ties must hold; default: the newest date in the tables.
    measures : sequence of str
        By which ranks are made; default: partners, betweenness, harmonic closeness.
    imputations : int, default 200
        Plausible networks drawn.
    seed : int
        Seed of the draws.

    Returns
    -------
    Result
        ``.table``: one row for each that was asked and did not answer, by id, whom to ask first on
        top: in which order, how many who answered name it, open pairs, places that a range of
        ranks is expected to span then. ``.tables``: response rates by ``kinds`` and ``counties``.

    Raises
    ------
    UsageError
        A relation or a measure is not known, or a number is not one.

    See Also
    --------
    measure_uncertainty : How far ranks vary.
    collect_answers : Reading what came back.

    References
    ----------
    Krause, Huisman, Steglich & Snijders (2020), doi:10.1016/j.socnet.2020.02.004.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.find_nonrespondents(pn.load_sample("prairie"), n=2, imputations=20)
    >>> found.table["order"].count()
    np.int64(2)
    """
    check_count("n", n, least=1)
    check_count("imputations", imputations, least=2)
    check_count("seed", seed)
    choose_scores(measures)
    here = net.at(as_of)
    layer = choose_layer(here, "collaboration", relations=relations)
    settings = {"n": n, "imputations": imputations, "seed": seed}
    survey = _find_survey(here, layer)
    table, widths = _order(here, layer, tuple(measures), tuple(settings.values()))
    kinds, counties = (_count_answers(here, survey, column) for column in ("kind", "county_fips"))
    return Result(
        verb="find_nonrespondents",
        title="Who has not answered, and whom to ask first",
        table=table,
        sentences=tuple(say_nonrespondents(here, survey, table, kinds, widths)),
        method=describe_method(layer, settings | {"measures": ", ".join(measures)}),
        tables={"kinds": kinds, "counties": counties},
        shown=SHOWN,
        as_of=layer.as_of,
        paper="Who has not answered",
        network=net.title,
    )


@fact
def _order(
    here: Network, layer: Layer, measures: tuple[str, ...], settings: tuple[int, ...]
) -> tuple[pd.DataFrame, dict[str, float]]:
    """Those who are silent, whom to ask first on top, and what that is expected to tell."""
    n, imputations, seed = settings
    silent = _find_silent(_find_survey(here, layer))
    table = _describe_silent(here, layer, silent)
    drawn = _draw(here, layer, silent, measures, imputations, seed) if len(silent) else None
    if drawn is None or not drawn.width.any():
        return table, {}
    chosen, widths = choose_first(drawn, n)
    table.loc[table.index[chosen], "order"] = np.arange(1.0, len(chosen) + 1)
    table.loc[table.index[chosen], "width"] = widths
    ranked = table.sort_values(
        ["order", "named_by"], ascending=[True, False], na_position="last", kind="stable"
    )
    found = {"now": float(drawn.width.mean()), "after": widths[-1]}
    if len(silent) > len(chosen):
        found["random"] = expect_at_random(drawn, len(chosen), seed)
    return ranked, found


def _find_survey(here: Network, layer: Layer) -> Survey | None:
    """Who was asked about the graph; without a tie on file, about any working relation."""
    if layer.survey is not None:
        return layer.survey
    surveys = read_surveys(here, here.vocabulary.working_relations).values()
    return reduce(Survey.join, surveys) if surveys else None


def _find_silent(survey: Survey | None) -> np.ndarray:
    if survey is None:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(survey.asked & ~survey.answered)


def _draw(
    here: Network,
    layer: Layer,
    silent: np.ndarray,
    measures: tuple[str, ...],
    imputations: int,
    seed: int,
) -> RankDraws:
    unknown = find_unknown_cells(here, layer)
    networks = draw_plausible(layer, unknown, draws=imputations, seed=seed)
    return draw_ranks(networks, choose_scores(measures), find_rivals(here), silent)


def _describe_silent(here: Network, layer: Layer, silent: np.ndarray) -> pd.DataFrame:
    unknown = find_unknown_cells(here, layer)
    ends = np.concatenate([unknown.source, unknown.target])
    open_pairs = np.bincount(ends, minlength=layer.n)[silent]
    rows: Any = here.organizations.iloc[silent]
    table = rows[["name", "kind"]].copy()
    table.insert(0, "order", np.nan)
    table["county"] = [county_name(county) for county in rows["county_fips"]]
    table["named_by"] = _count_votes(layer)[silent]
    table["open_pairs"], table["width"] = open_pairs, np.nan
    return table


def _count_votes(layer: Layer) -> IntArray:
    """How many who answered name each; a tie that others report, or a third one, is no vote."""
    words = layer.matrix if layer.said is None else layer.said
    answered = np.zeros(layer.n, bool) if layer.survey is None else layer.survey.answered
    votes: IntArray = np.asarray((words[answered] > 0).sum(axis=0)).ravel().astype(np.int64)
    return votes


def _count_answers(here: Network, survey: Survey | None, column: str) -> pd.DataFrame:
    """Response rate by kind or county, the lowest first."""
    columns = ["group", "asked", "answered", "rate"]
    if survey is None:
        return pd.DataFrame({name: [] for name in columns})
    kinds = here.vocabulary.kinds
    asked = here.organizations[survey.asked]
    groups = [
        (kinds[text].label if text in kinds else text) if column == "kind" else county_name(text)
        for text in asked[column]
    ]
    told = pd.Series(survey.answered[survey.asked].astype(int))
    counted = told.groupby(pd.Series(groups, dtype="str").replace("", "not on file"))
    table = counted.agg(["size", "sum"]).reset_index()
    table.columns = pd.Index(columns[:3])
    table["rate"] = table["answered"] / table["asked"]
    return table.sort_values(["rate", "group"], kind="stable").reset_index(drop=True)
