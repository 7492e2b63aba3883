"""Whom to approach next: the verb, its table and its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..errors import UsageError
from ..network import Network
from ..results import Method, Result
from ..weights import Layer, choose_layer
from ..wording import count_noun
from .candidates import (
    Wishes,
    allow_pairs,
    answered_before,
    meets_wishes,
    partners_on_file,
    read_wishes,
)
from .common import score_common
from .evidence import Evidence
from .introducers import Introducer, find_introducers, list_dormant, say_chain
from .links import Links
from .ranker import load_ranker
from .reasons import Reason, explain_score, say_against, say_reason
from .scores import PairSet, Scoring, score_network

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

CAP = 2  # times one organization may stand among the best pairs of the whole network

SHARED = {
    "n_shared_services": "services",
    "n_shared_programs": "funding",
    "n_shared_populations": "populations",
    "n_shared_places": "places",
    "n_shared_groups": "groups",
}
COLUMNS = (
    "organization", "organization_name", "partner", "partner_name", "rank", "score",
    "probability", "odds", "basis", "reason", "against", "introducer", "introducers",
    "n_shared_partners", *SHARED, "distance_km",
)  # fmt: skip


@dataclass(frozen=True)
class Suggestion:
    """One pair that may be recommended: where its score stands."""

    organization: int
    partner: int
    pairs: PairSet
    row: int

    @property
    def basis(self) -> str:
        """What the score rests on."""
        return self.pairs.situation

    @property
    def score(self) -> float:
        """The score of the pair."""
        return float(self.pairs.score[self.row])

    @property
    def probability(self) -> float:
        """The calibrated share; NaN on affinity."""
        return float(self.pairs.probability[self.row])


@dataclass(frozen=True)
class Adviser:
    """Everything needed to answer for any organization of one network: scored once."""

    net: Network
    layer: Layer
    scoring: Scoring
    wishes: Wishes

    @property
    def affinity(self) -> bool:
        """Whether the scores rest on what organizations share, and on no tie."""
        return self.layer.kind == "affinity"

    @cached_property
    def evidence(self) -> Evidence:
        """Facts on file, as of the day; on affinity no tie is looked at."""
        held = self.net if self.layer.as_of is None else self.net.at(self.layer.as_of)
        return Evidence(held, self.layer, self.scoring.features.graph)

    @cached_property
    def links(self) -> Links:
        """Working ties with strength and age."""
        return Links(self.net, self.layer)

    @cached_property
    def convener(self) -> int:
        """Position of the convener, or -1."""
        return int(self.net.positions([self.net.convener])[0]) if self.net.convener else -1

    @cached_property
    def _forbidden(self) -> frozenset[tuple[int, int]]:
        day = self.layer.as_of
        return partners_on_file(self.net, day) | answered_before(self.net, day)

    def suggest(self, a: int, n: int) -> list[Suggestion]:
        """Give the n best partners of one organization that the wishes allow."""
        found = [self._list_own(pairs, allowed, a) for pairs, allowed in self._sets]
        which = np.repeat(np.arange(len(found)), [len(rows) for rows, _, _ in found])
        row, other, key = (np.concatenate(part) for part in zip(*found, strict=True))
        best = np.lexsort((other, -key))
        wanted = (k for k in best if meets_wishes(self.evidence, self.wishes, a, int(other[k])))
        return [
            Suggestion(a, int(other[k]), self._sets[which[k]][0], int(row[k]))
            for k in islice(wanted, n)
        ]

    def _list_own(
        self, pairs: PairSet, allowed: BoolArray, a: int
    ) -> tuple[IntArray, IntArray, FloatArray]:
        """Rows of one organization's pairs that may be named, their other ends and sort keys."""
        rows = pairs.rows_of(a)
        rows = rows[allowed[rows]]
        other = np.where(pairs.i[rows] == a, pairs.j[rows], pairs.i[rows])
        if a != self.convener:
            rows, other = rows[other != self.convener], other[other != self.convener]
        return rows, other, _sort_keys(pairs, rows)

    @cached_property
    def _sets(self) -> list[tuple[PairSet, BoolArray]]:
        """Every set of pairs, and which of them nothing on file forbids."""
        return [
            (pairs, allow_pairs(pairs.i, pairs.j, self.net.n, self._forbidden))
            for pairs in self.scoring.sets
        ]

    def best_pairs(self, n: int, cap: int = CAP) -> list[Suggestion]:
        """Give the n best pairs of the network, none of the organizations more than `cap` times."""
        named = np.zeros(self.net.n, dtype=int)
        best: list[Suggestion] = []
        for one in self._best_first():
            if len(best) == n:
                break
            a, b = one.organization, one.partner
            if max(named[a], named[b]) < cap and meets_wishes(self.evidence, self.wishes, a, b):
                named[[a, b]] += 1
                best.append(one)
        return best

    def _best_first(self) -> Iterator[Suggestion]:
        """All pairs that may be named, the best first; none between neighbours kept as context."""
        context = self.net.is_context.to_numpy()
        parts = []
        for pairs, allowed in self._sets:
            own = allowed & ~(context[pairs.i] & context[pairs.j])
            own &= (pairs.i != self.convener) & (pairs.j != self.convener)
            rows = np.flatnonzero(own)
            parts.append((rows, pairs.i[rows], pairs.j[rows], _sort_keys(pairs, rows)))
        which = np.repeat(np.arange(len(parts)), [len(rows) for rows, *_ in parts])
        row, i, j, key = (np.concatenate(part) for part in zip(*parts, strict=True))
        for k in np.lexsort((j, i, -key)):
            yield Suggestion(int(i[k]), int(j[k]), self._sets[which[k]][0], int(row[k]))

    def reasons(self, one: Suggestion) -> list[Reason]:
        """Take the score of a suggestion apart."""
        features = self.scoring.features
        a, b = one.organization, one.partner
        return explain_score(one.pairs, one.row, features, self.evidence, a, b)

    def introducers(self, one: Suggestion) -> list[Introducer]:
        """Who could open the door; nobody on affinity."""
        if self.affinity:
            return []
        return find_introducers(self.links, one.organization, one.partner, self.evidence.compete)


def _sort_keys(pairs: PairSet, rows: IntArray) -> npt.NDArray[np.float64]:
    values = pairs.score if pairs.situation == "affinity" else pairs.probability
    return np.round(values[rows], 9)


def make_adviser(
    net: Network,
    layer: Layer | str | None = None,
    *,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    ranker: str = "readable",
    wishes: Wishes | None = None,
) -> Adviser:
    """Choose the layer and score the network once."""
    chosen = choose_layer(net, layer, relations=relations, as_of=as_of)
    loaded = load_ranker(ranker)
    if chosen.kind == "affinity":
        day = net.newest_date if as_of is None else pd.Timestamp(as_of)
        scoring = score_common(net, chosen, loaded, day)
    else:
        scoring = score_network(net, chosen, loaded)
    return Adviser(net, chosen, scoring, wishes or Wishes())


def recommend_partners(
    net: Network,
    organization: str | None = None,
    n: int = 5,
    *,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    ranker: str = "readable",
    kinds: str | Sequence[str] | None = None,
    counties: str | Sequence[str] | None = None,
    within_km: float | None = None,
    competitors: bool = True,
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
    organization : str, optional
        Id or unique name; default: suggestions for everybody.
    n : int, default 5
        How many partners to name (as many as one conversation can hold).
    layer, relations, as_of
        As in every verb; default: the working relations on the newest day on file.
    ranker : {"readable", "best"}, default "readable"
        ``"readable"``: every reason is for or against, and they add up to the score.
    kinds, counties : str or sequence of str, optional
        Only partners of these kinds, in these counties (FIPS codes).
    within_km : float, optional
        Only partners within so many kilometres as the crow flies.
    competitors : bool, default True
        ``False`` leaves out organizations of the same kind in the same county.

    Returns
    -------
    Result
        ``.table``: one row a suggestion, with ``organization``, ``partner``, ``rank``, ``score``,
        ``probability``, ``odds`` (against an average pair), ``reason``, ``against``,
        ``introducer`` and what the two share in natural units. ``.tables``: ``reasons`` (exact
        contributions), ``introducers`` (chains), ``dormant`` (ties to renew) and, for everybody,
        ``network`` (the n best pairs, nobody more than twice).

    Raises
    ------
    UsageError
        An argument is unknown, or n is not positive.

    References
    ----------
    Zhou, Lü & Zhang (2009), doi:10.1140/epjb/e2009-00335-8 (resource allocation). Ghasemian et al.
    (2020), doi:10.1073/pnas.1914950117 (stacking).
    """
    if n < 1:
        raise UsageError(f"n: found {n}. Name at least 1 partner.")
    wishes = read_wishes(net, kinds, counties, within_km, competitors)
    adviser = make_adviser(
        net, layer, relations=relations, as_of=as_of, ranker=ranker, wishes=wishes
    )
    everybody = np.flatnonzero(~net.is_context)
    asked = everybody if organization is None else net.positions([net.find(organization)])
    suggested = [one for a in asked for one in adviser.suggest(int(a), n)]
    rows = [_Row(adviser, one) for one in suggested]
    best = adviser.best_pairs(n) if organization is None else []
    return _make_result(adviser, organization, rows, [_Row(adviser, one) for one in best])


@dataclass(frozen=True)
class _Row:
    """One suggestion in words."""

    adviser: Adviser
    one: Suggestion

    @cached_property
    def reasons(self) -> list[Reason]:
        return self.adviser.reasons(self.one)

    @cached_property
    def introducers(self) -> list[Introducer]:
        return self.adviser.introducers(self.one)

    @cached_property
    def key(self) -> tuple[str, str, str, str]:
        """Ids and names."""
        ids, names = self.adviser.net.ids, self.adviser.net.names
        a, b = self.one.organization, self.one.partner
        return ids[a], names.iloc[a], ids[b], names.iloc[b]

    @cached_property
    def introducer(self) -> str:
        """Name of the first introducer against whom nothing speaks, or ""."""
        usable = [found for found in self.introducers if found.works]
        return str(self.adviser.net.names.iloc[usable[0].organization]) if usable else ""

    @property
    def reason(self) -> str:
        """The most telling facts in a sentence."""
        return say_reason(self.reasons, affinity=self.adviser.affinity)

    def cells(self, rank: int) -> tuple[object, ...]:
        """One row of the table."""
        one, evidence = self.one, self.adviser.evidence
        a, b = one.organization, one.partner
        against = say_against(evidence, a, b, basis=one.basis)
        chains = [say_chain(self.adviser.net, a, b, found) for found in self.introducers]
        shared = 0 if self.adviser.affinity else len(evidence.shared_partners(a, b))
        odds = float(np.exp(min(one.pairs.slope * one.score, 50.0)))
        return (
            *self.key, rank, round(one.score, 9), round(one.probability, 9), round(odds, 6),
            one.basis, self.reason, " ".join(against), self.introducer, "; ".join(chains), shared,
            *(len(evidence.shared(family, a, b)) for family in SHARED.values()),
            round(evidence.distance_km(a, b), 1),
        )  # fmt: skip


def _tabulate(rows: Sequence[_Row], *, together: bool = False) -> pd.DataFrame:
    """Number the suggestions of each organization, or all of them together."""
    cells, seen = [], dict[int, int]()
    for row in rows:
        group = -1 if together else row.one.organization
        seen[group] = seen.get(group, 0) + 1
        cells.append(row.cells(seen[group]))
    return pd.DataFrame(cells, columns=list(COLUMNS))


def _make_result(
    adviser: Adviser, organization: str | None, rows: Sequence[_Row], best: Sequence[_Row]
) -> Result:
    tables = {
        "reasons": _tabulate_reasons(rows),
        "introducers": _tabulate_introducers(rows),
        "dormant": _select_dormant(adviser, organization),
    }
    if organization is None:
        tables["network"] = _tabulate(best, together=True)
    named = adviser.net.name(adviser.net.find(organization)) if organization else ""
    return Result(
        verb="recommend_partners",
        title=f"Whom {named or 'each organization'} could approach next",
        table=_tabulate(rows),
        sentences=tuple(_say(adviser, named, rows if organization else best, tables["dormant"])),
        method=describe_method(adviser),
        tables=tables,
    )


def _tabulate_reasons(rows: Sequence[_Row]) -> pd.DataFrame:
    cells = [
        (row.key[0], row.key[2], reason.name, reason.contribution, reason.odds, reason.evidence)
        for row in rows
        for reason in row.reasons
    ]
    columns = ["organization", "partner", "reason", "contribution", "odds", "evidence"]
    return pd.DataFrame(cells, columns=columns)


def _tabulate_introducers(rows: Sequence[_Row]) -> pd.DataFrame:
    cells = [
        (
            row.key[0],
            row.key[2],
            row.adviser.net.ids[found.organization],
            row.adviser.net.names.iloc[found.organization],
            round(found.strength, 9),
            say_chain(row.adviser.net, row.one.organization, row.one.partner, found),
            found.against,
        )
        for row in rows
        for found in row.introducers
    ]
    columns = [
        "organization", "partner", "introducer", "introducer_name", "strength", "chain", "against",
    ]  # fmt: skip
    return pd.DataFrame(cells, columns=columns)


def _select_dormant(adviser: Adviser, organization: str | None) -> pd.DataFrame:
    table = list_dormant(adviser.links)
    if adviser.affinity:
        return table.iloc[:0]
    if organization is None:
        return table
    own = adviser.net.find(organization)
    return table[(table["organization"] == own) | (table["partner"] == own)].reset_index(drop=True)


# -- sentences -------------------------------------------------------------------------------------


def _say(
    adviser: Adviser, named: str, rows: Sequence[_Row], dormant: pd.DataFrame
) -> Iterator[str]:
    if adviser.affinity:
        yield (
            "No working tie is on file, so these suggestions rest only on affinity, what "
            "organizations have in common; they may already work together, or compete."
            if adviser.layer.relations
            else adviser.layer.describe()
        )
    if not rows:
        yield _say_nobody(adviser, named)
    for row in rows[:3]:
        yield _say_row(row)
    if rows and not np.isnan(rows[0].one.probability):
        yield say_probability(rows[0].one.probability)
    if len(dormant):
        yield dormant["sentence"].iloc[0]


def _say_row(row: _Row) -> str:
    text = row.reason.rstrip(".")
    text = text if text.startswith("No ") else f"{text[0].lower()}{text[1:]}"
    door = f" {row.introducer} works with both and could introduce them." if row.introducer else ""
    return f"{row.key[1]} could approach {row.key[3]}: {text}.{door}"


def say_probability(probability: float, which: str = "the first") -> str:
    """Say what the probability means, and what it does not."""
    one_in = max(round(1.0 / max(probability, 1e-6)), 1)
    return (
        f"Of pairs scored like {which}, about 1 in {one_in:,} were hidden ties in the back-test; "
        "this is not the chance that an approach succeeds."
    )


def _say_nobody(adviser: Adviser, named: str) -> str:
    net = adviser.net
    if net.n < 2:
        here = count_noun(net.n, "organization is", "organizations are")
        return f"There is nobody to recommend: {here} on file."
    if len(net.tied_pairs) == net.n * (net.n - 1) // 2:
        return "Every organization has a tie on file with every other: there is nobody to add."
    if adviser.wishes != Wishes():
        return f"Nobody meets the wishes ({adviser.wishes.describe()}). Widen them."
    who = named or "any organization"
    if adviser.affinity:
        return f"Nothing on file speaks for a new partner of {who}."
    return f"There is no candidate for {who}: all others are partners, or were answered before."


def describe_method(adviser: Adviser) -> Method:
    """Give the method box."""
    ranker = adviser.scoring.ranker
    settings = {
        **adviser.layer.settings(),
        "ranker": ranker.name,
        "version": ranker.version,
        "wishes": adviser.wishes.describe(),
        "fields": ", ".join(f.name for f in adviser.scoring.features.fields) or "none",
    }
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
