"""From tables to a layer: reports of several relations joined into one graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arguments import checked
from ...core.arrays import FloatArray
from ...core.checks import check_choice, check_number, list_texts
from ...core.errors import UsageError
from ...core.memory import fact
from ...core.network import Network
from ...core.storage.shapes import show
from .affinity import build_affinity
from .layers import Layer, clean_matrix
from .strengths import measure_strengths
from .survey import Survey, find_skipped, read_surveys

Symmetrization = Literal["maximum", "mean", "confirmed"]
COUNTED = ["relation", "directed", "strength", "amount", "since", "until", "table"]
SYMMETRIZATIONS = ("maximum", "mean", "confirmed")


@dataclass(frozen=True, slots=True)
class Reports:
    """What is on file of one relation: cell (i, j) is what i says of j, or the arrow i -> j.

    Attributes
    ----------
    on_file : csr_array
        Everything; the word of a third organization stands on both sides.
    own_words : csr_array or None
        Only what the two ends say themselves; ``None`` where that is everything.
    spoken : csr_array or None
        For the mean of two sides: 1 in every cell that was answered, also with "none".
    """

    on_file: sparse.csr_array
    own_words: sparse.csr_array | None
    spoken: sparse.csr_array | None = None

    @property
    def said(self) -> sparse.csr_array:
        """What the two ends of each pair say themselves."""
        return self.on_file if self.own_words is None else self.own_words


def choose_layer(
    net: Network,
    layer: Layer | str | None = None,
    *,
    relations: Sequence[str] | None = None,
    directed: bool = False,
    as_of: str | pd.Timestamp | None = None,
    without: Sequence[str] = (),
) -> Layer:
    """Give the layer that a verb is asked to work on.

    Without a wish it is the working relations; where none is on file, affinity.

    Raises
    ------
    UsageError
        `layer` is neither a Layer nor "collaboration" nor "affinity".
    """
    if isinstance(layer, Layer):
        return layer
    if layer not in (None, "collaboration", "affinity"):
        raise UsageError(
            f"layer: found {layer!r}. Allowed are collaboration, affinity or a Layer. "
            "Choose one of them."
        )
    here = net.at(as_of)
    if layer != "affinity":
        built = build_layer(here, relations=relations, directed=directed, without=without)
        if layer == "collaboration" or relations is not None or built.matrix.nnz:
            return built
        if build_layer(here, directed=directed).matrix.nnz:
            return built  # working ties are on file, all of them with those left out
    return _layer_of_affinity(here, tuple(here.find(organization) for organization in without))


@checked
def build_layer(
    net: Network,
    *,
    relations: Sequence[str] | None = None,
    directed: bool = False,
    symmetrization: Symmetrization = "maximum",
    as_of: str | pd.Timestamp | None = None,
    without: Sequence[str] = (),
    relation_weights: Mapping[str, float] | None = None,
) -> Layer:
    """Build the graph of reported ties.

    Combined strength of a pair is ``sum(w_r s_r) / sum(w_r)`` over the relations asked of it; a
    relation asked and not reported counts 0.

    Parameters
    ----------
    net : Network
        The network.
    relations : sequence of str, optional
        Relations to combine; default: those on file that count as working together (not contacts,
        funding, membership or ownership).
    directed : bool, default False
        Keep the direction of ties.
    symmetrization : {"maximum", "mean", "confirmed"}, default "maximum"
        How two reports on one pair are joined. The maximum believes either side, which is the
        common choice where some did not answer; the mean is over the sides that answered. A pair
        is confirmed where both ends reported it, whatever its arrow, or both signed the agreement.
    as_of : str or Timestamp, optional
        The day on which ties must hold; default: the newest date in the tables.
    without : sequence of str
        Organizations left out (ids or names); they stay as isolates.
    relation_weights : mapping of str to float, optional
        Weight w_r of each relation; default 1 for every one.

    Returns
    -------
    Layer

    Raises
    ------
    UsageError
        A relation or a symmetrization is unknown.

    Examples
    --------
    >>> import partnet as pn
    >>> layer = pn.build_layer(pn.load_sample("prairie"), relations=["referral"])
    >>> layer.n, layer.relations
    (154, ('referral',))
    """
    check_choice("symmetrization", symmetrization, SYMMETRIZATIONS)
    chosen = _choose_relations(net, relations)
    _check_weights({} if relation_weights is None else relation_weights, chosen)
    weights = {relation: (relation_weights or {}).get(relation, 1.0) for relation in chosen}
    here = net.at(as_of)
    left_out = tuple(here.find(one, argument="without") for one in list_texts("without", without))
    return _build(here, tuple(weights.items()), directed, symmetrization, left_out)


def _check_weights(weights: Mapping[str, float], relations: Sequence[str]) -> None:
    """Refuse a weight for a relation that is not combined, or one that is no positive number."""
    if not isinstance(weights, Mapping):
        raise UsageError(
            f"relation_weights: found {show(weights)}. Allowed is a weight for each relation, as "
            '{"referral": 2.0}. Write them so, or leave them out.'
        )
    for relation, weight in weights.items():
        check_number("relation_weights", weight)
        if relation not in relations or weight == 0:
            raise UsageError(
                f"relation_weights: found {relation!r}: {weight!r}. Allowed are weights above 0 "
                f"for {', '.join(relations) or 'no relation'}. Correct it."
            )


@fact
def _build(
    here: Network,
    weighed: tuple[tuple[str, float], ...],
    directed: bool,
    symmetrization: Symmetrization,
    left_out: tuple[str, ...],
) -> Layer:
    """Every verb asks for the same few layers; the same wish gives the same object."""
    if left_out:
        built = _build(here, weighed, directed, symmetrization, ())
        return built.restrict(~here.ids.isin(left_out), without=left_out)
    net, weights = here.whole, dict(weighed)
    chosen = tuple(weights)
    surveys = read_surveys(net, chosen)
    mean = symmetrization == "mean" and not directed
    skipped = find_skipped(net, chosen)
    reports = {relation: _read_reports(here, relation, directed, mean=mean) for relation in chosen}
    joined = {
        relation: _join_mean(told, surveys.get(relation), skipped)
        if mean
        else _join_sides(told, symmetrization if not directed else "none")
        for relation, told in reports.items()
    }
    labels = {relation: net.vocabulary.relations[relation].label for relation in chosen}
    survey = _join_surveys(surveys)
    return Layer(
        ids=net.ids,
        names=net.names,
        matrix=_combine(joined, weights, surveys, net.n),
        directed=directed,
        relations=chosen,
        symmetrization="none" if directed else symmetrization,
        survey=survey,
        one_sided=_share_one_sided(net, reports, surveys) if not directed else float("nan"),
        as_of=here.day,
        labels=labels,
        said=_join_words(reports, net.n) if survey is not None and not directed else None,
        skipped=skipped if skipped.nnz else None,
    )


@fact
def find_reporters(here: Network, relations: tuple[str, ...]) -> sparse.csr_array:
    """Give who reports a tie with whom: cell (i, j) is above 0 where i says that it has one with j.

    `reported_by` goes before the source of a row, and a signature is a word; see
    :func:`build_layer`.
    """
    total = sparse.csr_array((here.n, here.n), dtype=np.float64)
    for relation in relations:
        total = total + _read_reports(here, relation, False).said
    return sparse.csr_array(total)


def _join_words(reports: Mapping[str, Reports], n: int) -> sparse.csr_array:
    """1 where a side names the other in any of the relations."""
    total = sparse.csr_array((n, n), dtype=np.float64)
    for told in reports.values():
        total = total + told.on_file
    joined = clean_matrix(sparse.csr_array(total))
    joined.data[:] = 1.0
    return joined


@fact
def split_relations(net: Network, layer: Layer) -> dict[str, Layer]:
    """Give the ties of every relation alone, among the tied pairs of a layer.

    Affinity, and a layer that was made without a network's relations, has none to split.
    """
    if layer.kind == "affinity":
        return {}
    among = layer.ids[~layer.ids.isin(layer.without)] if layer.without else layer.ids
    here = among.get_indexer(net.ids) >= 0
    options: dict[str, Any] = {"directed": layer.directed, "as_of": layer.as_of}
    parts = {}
    for relation in layer.relations:
        alone = build_layer(net, relations=[relation], without=net.ids[~here], **options).present()
        parts[relation] = alone
    return parts


def _choose_relations(net: Network, relations: Sequence[str] | None) -> tuple[str, ...]:
    if relations is None:
        return tuple(r for r in net.vocabulary.working_relations if r in net.scale)
    texts = list_texts("relations", relations)
    found = [(relation, net.vocabulary.find_relation(relation)) for relation in texts]
    unknown = [relation for relation, id_ in found if id_ is None]
    if unknown:
        raise UsageError(
            f"relations: found {unknown[0]!r}. Relations on file are {', '.join(net.scale)}. "
            "Choose among them."
        )
    return tuple(dict.fromkeys(id_ for _, id_ in found if id_ is not None))


@fact
def _rows_held(here: Network) -> pd.DataFrame:
    """Rows of ties that hold on the day, with positions instead of ids."""
    ties = here.reports
    ends = {"source": "source", "target": "target", "reporter": "reported_by"}
    positions = {end: here.positions(ties[name]) for end, name in ends.items()}
    return ties[COUNTED].assign(**positions)


@fact
def _read_reports(here: Network, relation: str, directed: bool, *, mean: bool = False) -> Reports:
    """Give what is on file of one relation: by arrow if directed, else by who says it."""
    net, rows = here.whole, _rows_held(here)
    own = rows[rows["relation"] == relation]
    arrow = net.vocabulary.relations[relation].directed
    if directed:
        return Reports(_make_matrix(net, _follow_arrows(own, arrow)), None)
    survey = read_surveys(net, (relation,)).get(relation)
    sides = _name_sides(own, arrow or mean, survey, each=mean)
    third = sides["side"] == "neither"
    said = pd.concat([sides[sides["side"] != "target"], _swap(sides[sides["side"] != "source"])])
    return Reports(
        _make_matrix(net, said),
        _make_matrix(net, said[said["side"] != "neither"]) if third.any() else None,
        _mark_spoken(net, said) if mean else None,
    )


def _make_matrix(net: Network, rows: pd.DataFrame) -> sparse.csr_array:
    strengths = measure_strengths(rows.drop(columns="side", errors="ignore"))
    cells = strengths["source"].to_numpy(), strengths["target"].to_numpy()
    data = strengths["strength"].to_numpy(dtype=float)
    return clean_matrix(sparse.csr_array((data, cells), shape=(net.n, net.n)))


def _mark_spoken(net: Network, rows: pd.DataFrame) -> sparse.csr_array:
    """1 in every cell that somebody answered, whatever the answer."""
    cells = rows["source"].to_numpy(), rows["target"].to_numpy()
    marks = sparse.csr_array((np.ones(len(rows)), cells), shape=(net.n, net.n))
    marks.data[:] = 1.0
    return marks


def _has_arrow(rows: pd.DataFrame, default: bool) -> pd.Series:
    return (rows["directed"] == "yes") | ((rows["directed"] == "") & default)


def _follow_arrows(rows: pd.DataFrame, default: bool) -> pd.DataFrame:
    """Turn rows so that the source is where the arrow starts; rows without one count both ways."""
    mutual = rows[~_has_arrow(rows, default)]
    return pd.concat([rows, _swap(mutual)])


def _name_sides(
    rows: pd.DataFrame, default: bool, survey: Survey | None, *, each: bool = False
) -> pd.DataFrame:
    """Say whose word each row is: source, target, both (a document) or neither (a third one's).

    An agreement is the word of all who signed it. `reported_by` goes before the source of a row;
    without it an arrow is the word of its source, and a row without an arrow that of its source
    where that one answered a survey, else of both. With `each`, every row is the word of its
    source alone, so that two rows on one pair are two reports.
    """
    source, reporter = rows["source"].to_numpy(), rows["reporter"].to_numpy()
    if survey is None:
        by_source = _has_arrow(rows, default).to_numpy()
    else:
        by_source = _has_arrow(rows, default).to_numpy() | survey.answered[source]
    by_source = by_source | each
    side = np.where(by_source, "source", "both").astype("<U7")
    side[reporter >= 0] = "neither"
    side[reporter == source] = "source"
    side[reporter == rows["target"].to_numpy()] = "target"
    side[(rows["table"] == "agreements").to_numpy()] = "both"
    return rows.assign(side=side)


def _swap(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(source=rows["target"], target=rows["source"])


def _join_sides(reports: Reports, symmetrization: str) -> sparse.csr_array:
    """Join what the two sides of each pair say into one strength for the pair."""
    matrix = reports.said if symmetrization == "confirmed" else reports.on_file
    other = sparse.csr_array(matrix.T)
    if symmetrization == "maximum":
        return clean_matrix(sparse.csr_array(matrix.maximum(other)))
    if symmetrization == "confirmed":
        return clean_matrix(sparse.csr_array(matrix.minimum(other)))
    return matrix


def _join_mean(told: Reports, survey: Survey | None, skipped: sparse.csr_array) -> sparse.csr_array:
    """The mean of the sides that answered: who was not asked, or did not answer, says nothing.

    Who answered from a roster and does not name the other says that there is no tie.
    """
    total = clean_matrix(sparse.csr_array(told.on_file + told.on_file.T))
    row, column = total.tocoo().coords
    assert told.spoken is not None
    sides = np.zeros(total.nnz)
    for one, other in ((row, column), (column, row)):
        spoke = np.asarray(told.spoken[one, other]).ravel() > 0 if total.nnz else sides > 0
        if survey is not None and total.nnz:
            left_open = np.asarray(skipped[one, other]).ravel() > 0
            spoke = spoke | (survey.roster[one] & ~left_open)
        sides += spoke
    data = total.data / np.maximum(sides, 1.0)
    return sparse.csr_array((data, total.indices, total.indptr), shape=total.shape)


def _combine(
    matrices: Mapping[str, sparse.csr_array],
    weights: Mapping[str, float],
    surveys: Mapping[str, Survey],
    n: int,
) -> sparse.csr_array:
    """sum(w_r s_r) / sum(w_r) over the relations asked of each pair."""
    total = sparse.csr_array((n, n), dtype=np.float64)
    for relation, matrix in matrices.items():
        total = total + matrix * weights[relation]
    total = clean_matrix(sparse.csr_array(total))
    row, column = total.tocoo().coords
    asked = np.zeros(total.nnz)
    for relation, matrix in matrices.items():
        asked += weights[relation] * _asked(matrix, surveys.get(relation), row, column)
    return sparse.csr_array((total.data / asked, total.indices, total.indptr), shape=(n, n))


def _asked(matrix: sparse.csr_array, survey: Survey | None, row: Any, column: Any) -> FloatArray:
    """1.0 for every cell of which the relation was asked: by survey, or because it is on file."""
    if survey is None:
        return np.ones(len(row))
    present = np.asarray(matrix[row, column]).ravel() > 0 if len(row) else np.zeros(0, dtype=bool)
    return (survey.answered[row] | survey.answered[column] | present).astype(float)


def _share_one_sided(
    net: Network, reports: Mapping[str, Reports], surveys: Mapping[str, Survey]
) -> float:
    """Share of ties that only one side reports, among those whose two ends answered.

    Who left open whether it has the tie (don't know) has not answered about it.
    """
    one_sided = named = 0
    for relation, survey in surveys.items():
        said = reports[relation].said
        row, column = said.tocoo().coords
        both = survey.answered[row] & survey.answered[column]
        left_open = find_skipped(net, (relation,))
        if left_open.nnz and len(row):
            said_back = np.asarray(said[column, row]).ravel() > 0
            both &= said_back | (np.asarray(left_open[column, row]).ravel() == 0)
        cells = sparse.csr_array((np.ones(both.sum()), (row[both], column[both])), shape=said.shape)
        mutual = int(cells.multiply(cells.T).nnz) // 2
        pairs = int(cells.nnz) - mutual
        one_sided, named = one_sided + pairs - mutual, named + pairs
    return one_sided / named if named else float("nan")


def _join_surveys(surveys: Mapping[str, Survey]) -> Survey | None:
    joined: Survey | None = None
    for survey in surveys.values():
        joined = survey if joined is None else joined.join(survey)
    return joined


@fact
def _layer_of_affinity(here: Network, left_out: tuple[str, ...]) -> Layer:
    found = build_affinity(here)
    layer = Layer(
        here.ids,
        here.names,
        found.matrix,
        kind="affinity",
        relations=found.families,
        as_of=here.day,
    )
    return layer.restrict(~here.ids.isin(left_out)) if left_out else layer
