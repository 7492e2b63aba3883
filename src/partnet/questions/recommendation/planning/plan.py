"""What a convener should do first: introductions that serve the whole network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ....core.arguments import checked
from ....core.arrays import FloatArray, IntArray
from ....core.errors import UsageError
from ....core.network import Network
from ....core.results.result import Method, Result
from ....facts.graph.layers import Layer
from ..adviser import Adviser, make_adviser
from ..candidates.filters import Filters, as_list
from ..features.graph import SEED
from ..method import describe_method
from ..scored_pair import ScoredPair
from ..shown import EXPOSURE, FRONTIER, STEPS
from ..suggestions import Suggestion, make_suggestions
from ..text import say_plan
from .goals import GOAL_KINDS, Goal
from .greedy import choose_greedily

CANDIDATES = 5  # suggestions of each organization from which the plan is made
RANDOM_LINES = 50
NO_GUARANTEE = (
    "Nothing is proved about plans whose introductions cost differently, or about shorter paths "
    "through the network (global efficiency): neither is counted here."
)


@checked
def plan_introductions(
    net: Network,
    budget: int = 10,
    *,
    cap: int | None = 2,
    acceptance: float | None = None,
    goals: Sequence[str] | None = None,
    competitors: bool = False,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    ranker: str = "readable",
) -> Result:
    """Say which introductions a convener should make first for the network as a whole.

    Candidates are the five best suggestions of every organization, and every pair that would
    close a gap. They are taken one after the other by what each can be expected to add: an
    organization's first partner in another sector, a first tie of a component to the rest, a
    rule gap closed, two grantees brought together, a service brought towards a county without
    it, a circle of providers complete for a program. Two introductions that would achieve the
    same count once.

    Parameters
    ----------
    net : Network
        The network.
    budget : int, default 10
        How many introductions can be made (about one a month).
    cap : int or None, default 2
        How often one organization may be named; ``None``: as often as it serves.
    acceptance : float, optional
        Chance, the same for all, that an introduction becomes a tie, in (0, 1]. Default: what the
        ranker takes for the share of held-out ties among pairs scored like each, which orders the
        pairs but is not a chance of success; without ties on file, one half.
    goals : sequence of str, optional
        Which goals count, among sector, part, gap, program; default all.
    competitors : bool, default False
        ``True`` introduces also competitors: of the same kind in the same county.
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
        One row a step, with what it can be expected to add and the goals in words. ``.tables``:
        ``frontier`` (what so many introductions reach by this plan, by likelihood alone, and at
        random), ``exposure`` (how often every organization is suggested and planned).

    Raises
    ------
    UsageError
        budget, cap or acceptance is out of range.

    See Also
    --------
    recommend_partners : Whom each organization could approach.

    References
    ----------
    Nemhauser, Wolsey & Fisher (1978), doi:10.1007/BF01588971 (1 - 1/e). Fisher, Nemhauser & Wolsey
    (1978), doi:10.1007/BFb0121195 (1/3 with two caps).

    Examples
    --------
    >>> import partnet as pn
    >>> plan = pn.plan_introductions(pn.load_sample("prairie"), 2)
    >>> plan.table["step"].tolist(), bool(plan.table["gain"].is_monotonic_decreasing)
    ([1, 2], True)
    """
    wanted = _check_arguments(budget, cap, acceptance, goals)
    adviser = make_adviser(
        net,
        layer,
        relations=relations,
        as_of=as_of,
        ranker=ranker,
        filters=Filters(competitors=competitors),
    )
    plan = draw_plan(adviser, budget, cap, acceptance, wanted)
    return Result(
        verb="plan_introductions",
        title="Introductions to make first",
        table=plan.table.copy(deep=False),
        sentences=tuple(say_plan(plan)),
        method=_describe(plan),
        tables={
            "frontier": plan.frontier.copy(deep=False),
            "exposure": plan.exposure.copy(deep=False),
        },
        shown=(STEPS, FRONTIER, EXPOSURE),
        as_of=adviser.here.day,
    )


def _check_arguments(
    budget: int, cap: int | None, acceptance: float | None, goals: Sequence[str] | None
) -> tuple[str, ...]:
    """Refuse wrong arguments; give the goals that count."""
    if budget < 1:
        raise UsageError(f"budget: found {budget}. Plan at least 1 introduction.")
    if cap is not None and cap < 1:
        raise UsageError(f"cap: found {cap}. Allowed are 1 or more, or None for no cap.")
    if acceptance is not None and not 0 < acceptance <= 1:
        raise UsageError(f"acceptance: found {acceptance}. A chance is above 0 and at most 1.")
    wanted = tuple(GOAL_KINDS if goals is None else as_list("goals", goals))
    unknown = [name for name in wanted if name not in GOAL_KINDS]
    if unknown:
        allowed = ", ".join(GOAL_KINDS)
        raise UsageError(f"goals: found {unknown[0]!r}. Allowed are {allowed}. Choose among them.")
    return wanted


def draw_plan(
    adviser: Adviser,
    budget: int,
    cap: int | None,
    acceptance: float | None,
    wanted: tuple[str, ...],
) -> Plan:
    """Collect the candidates of a plan."""
    named = _suggest_to_all(adviser)
    return Plan(adviser, named, _list_candidates(adviser, named), budget, cap, acceptance, wanted)


def _suggest_to_all(adviser: Adviser) -> list[ScoredPair]:
    """The best suggestions of everybody but the convener and neighbors kept as context."""
    asked = np.flatnonzero(~adviser.here.is_context.to_numpy()).tolist()
    return [one for a in asked if a != adviser.convener for one in adviser.suggest(a, CANDIDATES)]


def _list_candidates(adviser: Adviser, named: Sequence[ScoredPair]) -> list[ScoredPair]:
    """Each suggested pair once, then pairs that would close a gap, however likely."""
    found: dict[tuple[int, int], ScoredPair] = {}
    for one in named:
        found.setdefault(one.pair, one)
    for a, b in sorted(adviser.goals.gaps):
        wanted = (a, b) not in found and adviser.may_suggest(a, b)
        pair = adviser.find_pair(a, b) if wanted else None
        if pair is not None:
            found[a, b] = pair
    return list(found.values())


@dataclass(frozen=True)
class Plan:
    """Candidates, what each achieves, and the steps chosen.

    Attributes
    ----------
    named : list of ScoredPair
        The best suggestions of every organization, for the exposure report.
    suggested : list of ScoredPair
        The candidates, each pair once.
    wanted : tuple of str
        Goals that count.
    """

    adviser: Adviser
    named: list[ScoredPair]
    suggested: list[ScoredPair]
    budget: int
    cap: int | None
    acceptance: float | None
    wanted: tuple[str, ...]

    @cached_property
    def goals(self) -> list[list[Goal]]:
        """What every candidate would achieve, of the goals that count."""
        return [self._goals_of(one) for one in self.suggested]

    def _goals_of(self, one: ScoredPair) -> list[Goal]:
        return [goal for goal in self.adviser.on_file.goals_of(one) if goal.key[0] in self.wanted]

    @cached_property
    def chances(self) -> FloatArray:
        """Chance of every candidate by which its goals are weighed."""
        if self.acceptance is not None:
            return np.full(len(self.suggested), self.acceptance)
        said = np.array([one.probability for one in self.suggested], dtype=float)
        return np.where(np.isnan(said), 0.5, said)

    @cached_property
    def ends(self) -> IntArray:
        """Both positions of every candidate."""
        pairs = [(one.organization, one.partner) for one in self.suggested]
        return np.array(pairs, dtype=np.int64).reshape(-1, 2)

    def choose(self, order: FloatArray | None = None) -> tuple[list[int], list[float]]:
        """Choose by expected marginal gain, or in a given order."""
        return choose_greedily(
            self.goals, self.chances, self.ends, self.budget, self.cap, order=order
        )

    @cached_property
    def steps(self) -> tuple[list[int], list[float]]:
        """The plan: candidates in order, and what each adds.

        Where caps lead the greedy choice astray and a plain line reaches more, that one is taken,
        in the order of its gains; what is proved of the greedy choice holds all the more.
        """
        lines = [self.choose(), self.by_likelihood, *self.at_random]
        best = max(range(len(lines)), key=lambda k: (round(sum(lines[k][1]), 9), -k))
        if best == 0:
            return lines[0]
        chosen = sorted(lines[best][0])
        goals, chances = [self.goals[k] for k in chosen], self.chances[chosen]
        order, gains = choose_greedily(goals, chances, self.ends[chosen], self.budget, None)
        return [chosen[k] for k in order], gains

    @cached_property
    def by_likelihood(self) -> tuple[list[int], list[float]]:
        """The likeliest pairs, whatever they achieve."""
        return self.choose(self.chances_by_ranker)

    @cached_property
    def at_random(self) -> list[tuple[list[int], list[float]]]:
        """Pairs in random order, many times."""
        random = np.random.default_rng(SEED)
        orders = [random.permutation(len(self.suggested)) for _ in range(RANDOM_LINES)]
        return [self.choose(order.astype(float)) for order in orders]

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        """The steps in words."""
        return make_suggestions(self.adviser.on_file, [self.suggested[k] for k in self.steps[0]])

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a step."""
        rows = []
        for step, (row, gain) in enumerate(
            zip(self.suggestions, self.steps[1], strict=True), start=1
        ):
            rows.append((
                step, *row.key, round(gain, 6), round(row.one.probability, 9),
                self._say_goals(row), *row.structure, row.introducer,
                str(row.reason), " ".join(row.against), str(row.sentence),
            ))  # fmt: skip
        return pd.DataFrame(rows, columns=STEPS.names)

    def _say_goals(self, row: Suggestion) -> str:
        return "; ".join(goal.text for goal in self._goals_of(row.one))

    @cached_property
    def frontier(self) -> pd.DataFrame:
        """Expected goals reached by so many introductions: this plan and two plain ones."""
        columns = {
            "plan": _accumulate(self.steps[1]),
            "likelihood_only": _accumulate(self.by_likelihood[1]),
            "random": _average([_accumulate(gains) for _, gains in self.at_random]),
        }
        frame = pd.DataFrame({name: pd.Series(v, dtype=float) for name, v in columns.items()})
        frame.index = pd.RangeIndex(1, len(frame) + 1, name="introductions")
        return frame.ffill().round(6)

    @property
    def chances_by_ranker(self) -> FloatArray:
        """Probability, or the score where there is none."""
        return np.array(
            [one.score if np.isnan(one.probability) else one.probability for one in self.suggested]
        )

    @cached_property
    def exposure(self) -> pd.DataFrame:
        """How often every organization is suggested to others, and planned."""
        here = self.adviser.here
        named = [one.partner for one in self.named]
        planned = self.ends[self.steps[0]].ravel()
        counts = {
            "suggested": np.bincount(np.array(named, dtype=np.int64), minlength=here.n),
            "planned": np.bincount(planned, minlength=here.n),
        }
        return pd.DataFrame({"name": here.names.to_numpy(), **counts}, index=here.ids).rename_axis(
            "organization"
        )


def _accumulate(gains: Sequence[float]) -> list[float]:
    return np.cumsum(gains).tolist()


def _average(lines: Sequence[Sequence[float]]) -> list[float]:
    """Mean of lines; one that ends early stays where it is."""
    longest = max((len(line) for line in lines), default=0)
    filled = [[*line, *[line[-1] if line else 0.0] * (longest - len(line))] for line in lines]
    return np.mean(filled, axis=0).tolist() if longest else []


def _describe(plan: Plan) -> Method:
    base = describe_method(plan.adviser)
    chance = (
        "share of held-out ties in the back-test among pairs scored alike (no chance of success)"
        if plan.acceptance is None
        else f"{plan.acceptance:g} for every pair"
    )
    return Method(
        name="Greedy plan",
        formula=(
            "Expected worth = sum over goals of worth x (1 - product over chosen pairs that serve "
            "it of (1 - chance)); answers of different pairs are taken as independent."
        ),
        settings={
            **base.settings,
            "budget": plan.budget,
            "cap": "none" if plan.cap is None else plan.cap,
            "chance": chance,
            "goals": ", ".join(plan.wanted),
        },
        sources=(
            "Nemhauser, Wolsey & Fisher (1978), doi:10.1007/BF01588971",
            "Fisher, Nemhauser & Wolsey (1978), doi:10.1007/BFb0121195",
        ),
        notes=(*base.notes, NO_GUARANTEE),
    )
