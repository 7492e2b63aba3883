"""Whom to approach next: the verb and its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...core.arrays import IntArray
from ...core.errors import UsageError
from ...core.network import Network
from ...core.results import Method, Result
from ...core.text import count_noun, join_words
from ...facts.layers import Layer
from .advice import (
    Advice,
    make_advice,
    tabulate_advice,
    tabulate_introducers,
    tabulate_reasons,
)
from .adviser import Adviser, make_adviser
from .candidates.directory import Directory, add_candidates
from .candidates.eligible import (
    Wishes,
    answered_before,
    are_among,
    as_list,
    code_pairs,
    read_kinds,
    read_wishes,
)
from .evaluation.stability import COLUMNS as STABILITY
from .evaluation.stability import MOST, RUNS, TOP, measure_stability
from .introducers.introducers import list_dormant

MOST_TOGETHER = 20_000  # organizations that are answered without being named
MOST_SAID = 3  # suggestions told in sentences; the others stand in the table


def recommend_partners(
    net: Network,
    organization: str | Sequence[str] | None = None,
    n: int = 5,
    *,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    ranker: str = "readable",
    for_kinds: str | Sequence[str] | None = None,
    kinds: str | Sequence[str] | None = None,
    counties: str | Sequence[str] | None = None,
    within_km: float | None = None,
    within_minutes: float | None = None,
    competitors: bool = True,
    candidates: Network | pd.DataFrame | None = None,
    runs: int | None = None,
) -> Result:
    """Say whom to approach next, why, and through whom.

    Pairs without a tie on file are scored by a small additive table of weights (see
    ``docs/recommender.md``): shared partners, the same circle, what organizations like you do,
    complementary kinds, shared services, funding, populations, places and groups. Existing
    partners, the organization itself, the convener (unless asked for) and whoever was accepted,
    declined or put off in the feedback table are never named. Where no working tie is on file,
    recommendations rest on what organizations have in common, and say so.

    Parameters
    ----------
    net : Network
        The network.
    organization : str or sequence of str, optional
        Ids or unique names; default: suggestions for everybody, and for the convener the best
        pairs of the whole network (where more than 20,000 organizations are on file: for nobody).
    n : int, default 5
        How many partners to name (as many as one conversation can hold).
    layer, relations, as_of
        As in every verb; default: the working relations on the newest day on file.
    ranker : {"readable", "best"}, default "readable"
        ``"readable"``: every reason is for or against, and they add up to the score.
    for_kinds : str or sequence of str, optional
        Suggestions for every organization of these kinds, for example
        ``"critical_access_hospital"``.
    kinds, counties : str or sequence of str, optional
        Only partners of these kinds, in these counties (by code or name).
    within_km : float, optional
        Only partners within so many kilometres as the crow flies.
    within_minutes : float, optional
        Only partners within so many minutes by car, estimated as 1.05 minutes a kilometre of
        straight line (roads 1.4 times as long, 80 km/h).
    competitors : bool, default True
        ``False`` leaves out organizations of the same kind in the same county.
    candidates : Network or DataFrame, optional
        Organizations from outside, for example a public directory or the members of a local
        chapter (a network with their memberships and services says more than a list of names).
        Only they are named, as newcomers without a tie; who of them is on file already keeps the
        ties on file.
    runs : int, optional
        How often the suggestions are ranked again with one tie in five hidden; default 10 where
        an organization is named and at most 300 are on file, else 0.

    Returns
    -------
    Result
        ``.table``: one row a suggestion, with ``organization``, ``partner``, ``rank``, ``score``,
        ``probability``, ``odds`` (against an average pair), ``sentence`` (to say on the
        telephone), ``reason``, ``against``, ``introducer``, ``goals`` (what a tie would achieve
        for the network), ``joins_parts``, ``constraint_change`` (of Burt's constraint of the
        organization; below 0: more room), what the two share in natural units, ``distance_km``,
        ``driving_minutes``, and after runs ``rank_low``, ``rank_high``, ``share_top_five``.
        ``.tables``: ``reasons`` (exact contributions: they add up to the score), ``introducers``
        (chains), ``dormant`` (ties to renew), for everybody ``network`` (the n best pairs, nobody
        more than twice), with candidates ``candidates`` (who of them is on file).

    Raises
    ------
    UsageError
        An argument is unknown, or n is not positive.

    References
    ----------
    Zhou, Lü & Zhang (2009), doi:10.1140/epjb/e2009-00335-8 (resource allocation). Ghasemian et al.
    (2020), doi:10.1073/pnas.1914950117 (stacking). Boscoe, Henry & Zdeb (2012),
    doi:10.1080/00330124.2011.583586 (roads). Burt (1992), doi:10.4159/9780674029095 (constraint).
    """
    _check_arguments(n, runs, layer, candidates)
    wishes = read_wishes(
        net,
        kinds=kinds,
        counties=counties,
        within_km=within_km,
        within_minutes=within_minutes,
        competitors=competitors,
    )
    asked = find_askers(net, organization, for_kinds)
    directory = None if candidates is None else add_candidates(net, candidates, wishes)
    if directory is None:
        adviser = make_adviser(
            net,
            layer,
            relations=relations,
            as_of=as_of,
            ranker=ranker,
            wishes=wishes,
            asked=_find_positions(net, asked),
        )
    else:
        adviser = make_adviser(
            directory.net,
            layer,
            relations=relations,
            as_of=as_of or net.newest_date,
            ranker=ranker,
            wishes=wishes,
            asked=_find_positions(directory.net, asked),
            outside=directory.named,
            listed=directory.new,
        )
    return _answer(Question(adviser, asked, n, runs, directory))


def _check_arguments(
    n: int, runs: int | None, layer: Layer | str | None, candidates: object
) -> None:
    if n < 1:
        raise UsageError(f"n: found {n}. Name at least 1 partner.")
    if runs is not None and runs < 0:
        raise UsageError(f"runs: found {runs}. Allowed are 0 or more. The default is {RUNS}.")
    if candidates is not None and isinstance(layer, Layer):
        raise UsageError(
            "layer: found a Layer beside candidates. Allowed are collaboration or affinity, "
            "because candidates are added to the network first. Name the relations instead."
        )


def find_askers(
    net: Network, organization: str | Sequence[str] | None, for_kinds: str | Sequence[str] | None
) -> tuple[str, ...] | None:
    """Give the ids of those who ask, in the network's order; ``None`` where everybody does.

    Where too many organizations are on file, nobody is answered without being named.

    Raises
    ------
    UsageError
        An organization or a kind is unknown, or nobody is of that kind.
    """
    if organization is None and for_kinds is None:
        return None if net.n <= MOST_TOGETHER else ()
    named = {net.find(one) for one in as_list(organization)}
    kinds = read_kinds(net, for_kinds)
    of_kind = (net.organizations["kind"].isin(kinds) & ~net.is_context).to_numpy()
    if kinds and not of_kind.any():
        labels = join_words([net.vocabulary.kinds[kind].label for kind in kinds], final="or")
        raise UsageError(f"for_kinds: found no {labels} in the network. Name another kind.")
    return tuple(net.ids[net.ids.isin(sorted(named)) | of_kind])


def _find_positions(net: Network, asked: tuple[str, ...] | None) -> list[int] | None:
    return None if asked is None else net.positions(asked).tolist()


@dataclass(frozen=True)
class Question:
    """Who asks for how many partners, and from which list.

    Attributes
    ----------
    asked : tuple of str, or None
        Ids; ``None``: everybody.
    runs : int or None
        Times to rank again; ``None``: as the network's size allows.
    """

    adviser: Adviser
    asked: tuple[str, ...] | None
    n: int
    runs: int | None
    directory: Directory | None

    @property
    def positions(self) -> IntArray:
        """Positions of those who ask."""
        net = self.adviser.net
        if self.asked is None:
            return np.flatnonzero(~net.is_context.to_numpy())
        return np.asarray(net.positions(self.asked), dtype=np.int64)

    @property
    def named(self) -> str:
        """The one who asks, several counted, or "" for everybody."""
        if not self.asked:
            return ""
        if len(self.asked) == 1:
            return self.adviser.net.name(self.asked[0])
        return count_noun(len(self.asked), "organization")

    @property
    def repeats(self) -> int:
        """Times to rank again."""
        if self.adviser.affinity:
            return 0
        if self.runs is not None:
            return self.runs
        return RUNS if self.asked is not None and self.adviser.net.n <= MOST else 0


def _answer(question: Question) -> Result:
    adviser, n = question.adviser, question.n
    suggested = [one for a in question.positions for one in adviser.suggest(int(a), n)]
    rows = make_advice(adviser, suggested)
    table = tabulate_advice(rows)
    if question.repeats and len(rows):
        table = table.join(measure_stability(adviser, suggested, question.repeats))
    tables = {
        "reasons": tabulate_reasons(rows),
        "introducers": tabulate_introducers(rows),
        "dormant": _list_dormant(question),
    }
    told = rows
    if question.asked is None:
        told = make_advice(adviser, adviser.best_pairs(n))
        tables["network"] = tabulate_advice(told, together=True)
    elif len(question.asked) > 1:
        told = sorted(rows, key=lambda row: -round(row.one.probability, 9))
    if question.directory is not None:
        tables["candidates"] = question.directory.table
    return Result(
        verb="recommend_partners",
        title=f"Whom {question.named or 'each organization'} could approach next",
        table=table,
        sentences=tuple(_say(question, told, table, tables["dormant"])),
        method=describe_method(adviser, runs=question.repeats),
        tables=tables,
    )


def _list_dormant(question: Question) -> pd.DataFrame:
    """Ties to renew of those who ask; not those to which somebody said no."""
    adviser = question.adviser
    if adviser.affinity:
        return list_dormant(adviser.links).iloc[:0]
    table = list_dormant(adviser.links, of=None if question.asked is None else question.positions)
    one, other = (adviser.net.positions(table[side]) for side in ("organization", "partner"))
    codes = code_pairs(one, other, adviser.net.n)
    answered = are_among(codes, answered_before(adviser.net, adviser.day))
    return table[~answered].reset_index(drop=True)


# -- sentences -------------------------------------------------------------------------------------


def _say(
    question: Question, told: Sequence[Advice], table: pd.DataFrame, dormant: pd.DataFrame
) -> Iterator[str]:
    adviser = question.adviser
    if adviser.affinity:
        yield (
            "No working tie is on file, so these suggestions rest only on affinity, what "
            "organizations have in common; they may already work together, or compete."
            if adviser.layer.relations
            else adviser.layer.describe()
        )
    if question.directory is not None:
        yield question.directory.describe()
    if not told:
        yield _say_nobody(question)
    yield from (row.sentence for row in told[:MOST_SAID])
    if told and told[0].goals:
        meaning = "; ".join(goal.text for goal in told[0].goals)
        yield f"For the network the first of these means: {meaning}."
    if told and not np.isnan(told[0].one.probability):
        yield say_probability(told[0].one.probability)
    if len(table) and STABILITY[0] in table:
        yield _say_stability(table.iloc[0], question.repeats)
    if len(dormant):
        yield dormant["sentence"].iloc[0]


def say_probability(probability: float, which: str = "the first") -> str:
    """Say what the probability means, and what it does not."""
    return (
        f"Of pairs scored like {which}, {_say_share(probability)} were hidden ties in the "
        "back-test; this is not the chance that an approach succeeds."
    )


def _say_share(share: float) -> str:
    """Say a share as people do: "about 1 in 6", "about 7 in 10", "nearly all".

    Examples
    --------
    >>> _say_share(0.16), _say_share(0.7), _say_share(0.97)
    ('about 1 in 6', 'about 7 in 10', 'nearly all')
    """
    if share >= 0.95:
        return "nearly all"
    if share > 0.55:
        return f"about {round(10 * share)} in 10"
    return f"about 1 in {max(round(1.0 / max(share, 1e-6)), 2):,}"


def _say_stability(first: pd.Series, runs: int) -> str:
    low, high = int(first["rank_low"]), int(first["rank_high"])
    ranks = f"rank {low}" if low == high else f"ranks {low} to {high}"
    return (
        f"With one tie in five hidden, {runs} times over, {first['partner_name']} stayed among the "
        f"first {TOP} for {first['organization_name']} in {first['share_top_five']:.0%} of runs "
        f"({ranks})."
    )


def _say_nobody(question: Question) -> str:
    adviser, net = question.adviser, question.adviser.net
    who = question.named or "any organization"
    if question.directory is not None:
        return f"Nobody on the list given can be named to {who}."
    if question.asked == ():
        return (
            f"With {net.n:,} organizations on file, suggestions are made for those you name: one, "
            "several, or all of a kind."
        )
    if net.n < 2:
        here = count_noun(net.n, "organization is", "organizations are")
        return f"There is nobody to recommend: {here} on file."
    if len(net.tied_pairs) == net.n * (net.n - 1) // 2:
        return "Every organization has a tie on file with every other: there is nobody to add."
    if adviser.wishes != Wishes():
        return f"Nobody meets the wishes ({adviser.wishes.describe()}). Widen them."
    if adviser.affinity:
        return f"Nothing on file speaks for a new partner of {who}."
    return f"There is no candidate for {who}: all others are partners, or were answered before."


def describe_method(adviser: Adviser, *, runs: int = 0) -> Method:
    """Give the method box."""
    ranker = adviser.scoring.ranker
    settings = {
        **adviser.layer.settings(),
        "ranker": ranker.name,
        "version": ranker.version,
        "wishes": adviser.wishes.describe(),
        "fields": ", ".join(f.name for f in adviser.scoring.features.fields) or "none",
    }
    if runs:
        settings["runs with one tie in five hidden"] = runs
    if adviser.affinity:
        formula = "Mean over families of a.b / (|a| |b| + s); see build_affinity."
    else:
        formula = (
            "Score = sum over columns of weight x (x - mean x), x the normal quantile of the rank "
            "among pairs without a tie. Introducer: max over z of min(s(i,z), s(z,j)) x "
            "2^(-age/24 months); a link without a date counts half. A heuristic."
        )
    return Method(
        name="Additive ranker" if not adviser.affinity else "Affinity",
        formula=formula,
        settings=settings,
        sources=(
            "Zhou, Lü & Zhang (2009), doi:10.1140/epjb/e2009-00335-8",
            "Ghasemian et al. (2020), doi:10.1073/pnas.1914950117",
        ),
        notes=(f"Trained on: {ranker.card['trained_on']}.",),
    )
