"""What those who did not answer might have said, drawn as those who did answer say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.special import expit, logit

from ...core.arrays import BoolArray, FloatArray, IntArray
from ...facts.graph.layers import Layer
from ..parallel import on_one_thread
from ..rounding import keep_digits
from .imputation import SEED, UnknownCells, make_matrix

FEWEST = 6  # who answered from a roster; from fewer nothing is learned
MOST = 1000  # organizations up to which every cell has its own chance
CONCENTRATION = 0.6  # of the Dirichlet weights of respondents; 1 is the Bayesian bootstrap
RIDGE = 0.16  # 1 / 2.5^2: standardized coefficients beyond 5 are not plausible
PRIOR = 2.0  # votes that the mean popularity weighs as much as
FREEDOM = 4  # coefficients that the respondents pay for
SWEEPS = 50
STEP = 1.5


@dataclass(frozen=True)
class Fit:
    """A logistic regression of answers on features; the constant is the first coefficient."""

    mean: FloatArray
    root: FloatArray  # Cholesky factor of the covariance
    center: FloatArray
    scale: FloatArray

    def predict(self, features: FloatArray, coefficients: FloatArray) -> FloatArray:
        """Linear predictor of cells."""
        standardized = (features - self.center) / self.scale
        weighed: FloatArray = (standardized * coefficients[1:]).sum(axis=1)
        return weighed + coefficients[0]


@dataclass(frozen=True)
class Answers:
    """Who says what, who is silent, and how those who answered say it.

    Attributes
    ----------
    said : array, shape (n, n)
        1 where a side names another.
    told : bool array
        Who answered from a roster.
    features : array, shape (n, n, 2)
        Of cell (i, j): how often others name j, and how often i and j are named together.
    votes : array
        Log odds that those who answered name each.
    out : array
        Others named by each on file.
    alone, given : Fit
        Chance of an answer without and with knowing the answer in return.
    """

    said: FloatArray
    told: BoolArray
    features: FloatArray
    votes: FloatArray
    out: FloatArray
    alone: Fit
    given: Fit


def has_answer_model(layer: Layer) -> bool:
    """Say whether enough answered for a model of what the others would have said."""
    if layer.survey is None or layer.n > MOST:
        return False
    told = layer.survey.roster
    named = _take_words(layer)[told].sum()
    return bool(told.sum() >= FEWEST and 0 < named < told.sum() * (layer.n - 1))


def draw_answers(
    layer: Layer, *, draws: int = 200, rate: float = 1.0, seed: int = SEED
) -> Iterator[Layer]:
    """Draw networks in which those who did not answer say what others like them say.

    For every draw (multiple imputation):

    * how many others a silent organization names is that of a respondent, drawn by Dirichlet
      weights, so that the rate of ties has its posterior spread and some name far more than most;
      it is moved along the line of log odds of naming by log odds of being named, because who is
      seldom named names seldom (the slope is shrunk by what chance alone explains), and what is on
      file of the silent one counts in it;
    * whom it names follows a logistic regression over the answers on file: how often others name
      the partner, how often both are named by the same, how many the organization names, and
      whether the partner names it. Its coefficients are drawn from their (Student) distribution;
    * silent organizations answer one after the other, in random order, so that ties among them
      have a return to go by too.

    Ties on file stay; without directions a pair is tied where either side says so (for confirmed
    ties: both).

    Parameters
    ----------
    layer : Layer
        The graph, of which :func:`has_answer_model` holds.
    draws : int, default 200
        Number of networks.
    rate : float, default 1
        Multiplies how many others the silent name beyond what is on file.
    seed : int
        Seed of the draws.

    References
    ----------
    Rubin (1981), doi:10.1214/aos/1176345338 (Bayesian bootstrap). Efron & Morris (1975),
    doi:10.1080/01621459.1975.10479864 (shrinkage). Huisman (2009), Journal of Social
    Structure 10(1). Krause, Huisman, Steglich & Snijders (2020), doi:10.1016/j.socnet.2020.02.004.
    """
    here = layer.present()
    answers = _learn(here)
    random = np.random.default_rng(seed)
    strengths = layer.matrix.data if layer.matrix.nnz else np.ones(1)
    positions = np.flatnonzero(~layer.ids.isin(layer.without))
    for _ in range(draws):
        source, target = _list_new(here, _draw_words(answers, rate, random))
        ties = make_matrix(
            layer, positions[source], positions[target], random.choice(strengths, len(source))
        )
        joined = sparse.csr_array(layer.matrix + ties)
        joined.sort_indices()
        yield replace(layer, matrix=joined, survey=None, said=None)


def estimate_from(drawn: list[Layer], unknown: UnknownCells) -> UnknownCells:
    """Give the unknown cells with the share of draws in which there is a tie."""
    if not drawn or not len(unknown.source):
        return unknown
    total = np.zeros(len(unknown.source))
    for network in drawn:
        total += np.asarray(network.matrix[unknown.source, unknown.target]).ravel() > 0
    return replace(unknown, probability=total / len(drawn))


def _take_words(layer: Layer) -> FloatArray:
    """Who names whom: arrows, or what each side says of a pair."""
    matrix = layer.matrix if layer.said is None or layer.directed else layer.said
    words: FloatArray = (matrix.toarray() > 0).astype(float)
    return words


def _list_new(layer: Layer, said: FloatArray) -> tuple[IntArray, IntArray]:
    """Ties that the drawn answers add; each pair once unless directed."""
    tied = said > 0
    if not layer.directed:
        tied = np.triu(tied & tied.T if layer.symmetrization == "confirmed" else tied | tied.T)
    row, column = np.nonzero(tied & (layer.matrix.toarray() == 0))
    return row.astype(np.int64), column.astype(np.int64)


@on_one_thread
def _learn(layer: Layer) -> Answers:
    """Fit both regressions over the cells of those who answered."""
    assert layer.survey is not None
    said, told = _take_words(layer), layer.survey.roster
    n = len(said)
    features = _describe_cells(said, told)
    out = said.sum(axis=1)
    row, column = np.nonzero(told[:, None] & ~np.eye(n, dtype=bool))
    size = _log_odds(out, n)[row]
    table = np.column_stack([features[row, column], size])
    answered, both = said[row, column], told[column]
    back = np.column_stack([table, said[column, row]])
    return Answers(
        said,
        told,
        features,
        _count_votes(said, told),
        out,
        alone=_fit(table, answered, row),
        given=_fit(back[both], answered[both], row[both]),
    )


def _log_odds(named: FloatArray, n: int) -> FloatArray:
    found: FloatArray = logit((named + 0.5) / n)
    return found


def _count_votes(said: FloatArray, told: BoolArray) -> FloatArray:
    """Log odds that those who answered name each."""
    votes, could = said[told].sum(axis=0), told.sum() - told * 1.0
    rate = np.clip(votes.sum() / max(told.sum() * (len(said) - 1), 1), 1e-3, 1 - 1e-3)
    found: FloatArray = logit((votes + PRIOR * rate) / (could + PRIOR))
    return found


def _describe_cells(said: FloatArray, told: BoolArray) -> FloatArray:
    """Log odds that others name j, and log of 1 + those who name both i and j."""
    votes = said * told[:, None]
    rate = np.clip(votes.sum() / max(told.sum() * (len(said) - 1), 1), 1e-3, 1 - 1e-3)
    could = np.clip(told.sum() - told[None, :] * 1.0 - told[:, None], 0, None)
    popular = logit((votes.sum(axis=0) - votes + PRIOR * rate) / (could + PRIOR))
    together = sparse.csr_array(votes)
    return np.stack([popular, np.log1p((together.T @ together).toarray())], axis=2)


def _fit(features: FloatArray, answers: FloatArray, respondent: IntArray) -> Fit:
    """Logistic regression by Newton's method; the answers of one respondent hang together."""
    center, scale = features.mean(axis=0), features.std(axis=0)
    scale = np.where(scale > 1e-9, scale, 1.0)
    design = np.column_stack([np.ones(len(answers)), (features - center) / scale])
    penalty = np.array([0.01] + [RIDGE] * features.shape[1])
    mean = np.zeros(design.shape[1])
    mean[0] = logit(np.clip(answers.mean(), 1e-4, 1 - 1e-4))
    for _ in range(SWEEPS):
        chance, bend = _bend(design, mean, penalty)
        slope = design.T @ (answers - chance) - penalty * mean
        step: FloatArray = np.linalg.solve(bend, slope).astype(np.float64)
        mean = mean + _shorten(step, lambda b: _count_loss(design, answers, b, penalty), mean)
        if np.abs(step).max() < 1e-9:
            break
    chance, bend = _bend(design, mean, penalty)
    scores = np.zeros((int(respondent.max()) + 1, len(mean)))
    np.add.at(scores, respondent, (answers - chance)[:, None] * design)
    inverse = np.linalg.inv(bend)
    covariance = inverse @ (scores.T @ scores) @ inverse + inverse
    root = np.linalg.cholesky(covariance + 1e-9 * np.eye(len(mean)))
    return Fit(keep_digits(mean), keep_digits(np.asarray(root, dtype=float)), center, scale)


def _bend(
    design: FloatArray, mean: FloatArray, penalty: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Chances, and the second derivatives of the loss."""
    chance: FloatArray = expit(design @ mean)
    weighed = design * (chance * (1 - chance))[:, None]
    return chance, weighed.T @ design + np.diag(penalty)


def _count_loss(
    design: FloatArray, answers: FloatArray, mean: FloatArray, penalty: FloatArray
) -> float:
    """Minus the log likelihood, with the penalty of large coefficients."""
    odds = design @ mean
    loss = np.logaddexp(0.0, odds).sum() - answers @ odds
    return float(loss + 0.5 * (penalty * mean**2).sum())


def _shorten(
    step: FloatArray, count_loss: Callable[[FloatArray], float], start: FloatArray
) -> FloatArray:
    """Halve the step until the loss falls: a whole one can leap past the top and never return."""
    before = count_loss(start)
    for _ in range(SWEEPS):
        if count_loss(start + step) <= before + 1e-12 * abs(before):
            return step
        step = step / 2
    return np.zeros_like(step)


def _draw_words(answers: Answers, rate: float, random: np.random.Generator) -> FloatArray:
    """One imputation of what the silent would have said."""
    told = np.flatnonzero(answers.told)
    silent = random.permutation(np.flatnonzero(~answers.told))
    known, said = answers.told.copy(), answers.said.copy()
    wide = max(len(told) - FREEDOM, 3)
    normal = random.standard_normal(len(answers.given.mean))
    normal *= np.sqrt(wide / random.chisquare(wide))
    alone = answers.alone.mean + answers.alone.root @ normal[:-1]
    given = answers.given.mean + answers.given.root @ normal
    named = _draw_numbers(answers, silent, random)
    for i, number in zip(silent.tolist(), named.tolist(), strict=True):
        others = np.flatnonzero(said[i] == 0)
        others = others[others != i]
        more = rate * (number - answers.out[i])
        if more > 0 and len(others):
            odds = _predict(answers, said, known, (i, others, number), (alone, given))
            said[i, others] = _name(odds, more, random)
        known[i] = True
    return said


def _draw_numbers(answers: Answers, silent: IntArray, random: np.random.Generator) -> FloatArray:
    """How many others each of the silent names: as a respondent does, but by its own votes.

    The log odds of a respondent, moved along the line of odds named by odds of naming; the line is
    fitted with the same Dirichlet weights that draw the respondent.
    """
    told, n = np.flatnonzero(answers.told), len(answers.said)
    weights = random.dirichlet(np.full(len(told), CONCENTRATION))
    drawn = random.choice(told, size=len(silent), p=weights)
    votes, odds = answers.votes, _log_odds(answers.out, n)
    slope = _find_slope(votes[told], odds[told], weights)
    moved = odds[drawn] + slope * (votes[silent] - votes[drawn])
    numbers: FloatArray = np.clip(n * expit(moved) - 0.5, 0.0, n - 1.0)
    return numbers


def _find_slope(votes: FloatArray, odds: FloatArray, weights: FloatArray) -> float:
    """Slope of the weighted line, shrunk to none by what chance alone explains (James & Stein)."""
    x, y = votes - weights @ votes, odds - weights @ odds
    squares, both, whole = weights @ x**2, weights @ (x * y), weights @ y**2
    if min(squares, whole) < 1e-9:
        return 0.0
    found = both**2 / (squares * whole)
    effective = 1 / (weights**2).sum()
    left = (1 - found) / max(effective - 2, 1.0)
    return float(both / squares * max(1 - left / max(found, 1e-9), 0.0))


def _predict(
    answers: Answers,
    said: FloatArray,
    known: BoolArray,
    cell: tuple[int, IntArray, float],
    coefficients: tuple[FloatArray, FloatArray],
) -> FloatArray:
    """Linear predictor that i names each of the others, by their answer where that is known."""
    i, others, number = cell
    size = _log_odds(np.full(len(others), number), len(said))
    table = np.column_stack([answers.features[i, others], size])
    back = np.column_stack([table, said[others, i]])
    return np.where(
        known[others],
        answers.given.predict(back, coefficients[1]),
        answers.alone.predict(table, coefficients[0]),
    )


def _name(odds: FloatArray, number: float, random: np.random.Generator) -> FloatArray:
    """Choose that many of the others, each with the chance that its odds give.

    The odds are shifted until the chances add up to the number; systematic sampling in a random
    order then takes each with its chance.
    """
    target = min(number, len(odds) - 1e-6)
    shift = 0.0
    for _ in range(SWEEPS):
        chance = expit(odds + shift)
        step = (target - chance.sum()) / max(float((chance * (1 - chance)).sum()), 1e-6)
        shift += float(np.clip(step, -STEP, STEP))
        if abs(step) < 1e-6:
            break
    order = random.permutation(len(odds))
    reached = np.floor(np.concatenate([[0.0], np.cumsum(chance[order])]) - random.random())
    chosen = np.zeros(len(odds))
    chosen[order] = np.diff(reached) > 0
    return chosen
