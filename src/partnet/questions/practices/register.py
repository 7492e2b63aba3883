"""The register of promising practices on the day, and who could learn from whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.arrays import IntArray
from ...core.memory import fact
from ...core.network import Network
from ...core.rows.spelling import fold_label
from ...core.wording.text import join_words
from ...facts.geography.locations import counties_of_each, distances_from, locate_organizations
from ...facts.graph.collaboration import build_layer
from ...facts.leaders import find_leaders
from ...places.gazetteer import county_name
from ..gaps.found import tabulate_open
from .shown import LEARNERS, PRACTICES

PROVEN = ("evaluated", "measured", "reported", "")  # the best proven first
ANY = "any"
LACKING = "no provider on file"
TIED, UNTIED = "tie on file", "no tie on file"
MOST_WITH_NEEDS = 10_000  # in a larger network gaps are a question of their own
NAMED = 4
UNKNOWN_KM, APART = 1e6, 1e8  # who is nowhere on file comes after all; whom one knows comes first


@dataclass(frozen=True)
class Practice:
    """One practice: who does it, for which kinds it is, and who could learn.

    Attributes
    ----------
    here : Network
        The network on its day.
    rows : DataFrame
        Its rows, the best proven first.
    """

    here: Network
    rows: pd.DataFrame

    @property
    def name(self) -> str:
        """What it is called, in the first spelling."""
        return str(self.rows["practice"].iloc[0])

    @cached_property
    def service(self) -> str:
        """The service that it brings or betters, or ""."""
        return next((str(text) for text in self.rows["service"] if text), "")

    @cached_property
    def doers(self) -> IntArray:
        """Positions of those who do it, the best proven first."""
        at = self.here.positions(self.rows["organization"].drop_duplicates())
        return at[at >= 0]

    @cached_property
    def kinds(self) -> list[str]:
        """Kinds that it is meant for; where nobody says, the kinds of those who do it."""
        own = self.here.organizations["kind"].to_numpy()
        told = self.rows["kind"].tolist()
        said = {kind for kind in told if kind}
        blank = self.rows.loc[self.rows["kind"] == "", "organization"]
        if not said or ANY not in said:
            said |= {str(own[k]) for k in self.here.positions(blank)}
        return [ANY] if ANY in said else sorted(said)

    @cached_property
    def learners(self) -> IntArray:
        """Positions of those of its kinds who do not do it on file: no neighbor, no convener.

        Partners are told of themselves only, the public of nobody.
        """
        here, kinds = self.here, self.here.organizations["kind"]
        able = ~here.is_context.to_numpy() & (here.ids != here.convener)
        if self.kinds != [ANY]:
            able &= kinds.isin(self.kinds).to_numpy()
        if here.audience != "internal":
            able &= np.asarray(here.ids == here.reader) & bool(here.reader)
        able[self.doers] = False
        return np.flatnonzero(able)

    def find_teachers(self) -> Iterator[tuple[int, int, bool, float]]:
        """Give for each learner whom to ask, whether the two work together, and the kilometers.

        Somebody it works with, else the nearest; of equal ones the lower position.
        """
        learners, doers = self.learners, np.sort(self.doers)
        if not len(learners):
            return
        works = build_layer(self.here).symmetric[learners][:, doers].toarray() != 0
        points = locate_organizations(self.here)
        far = [np.round(distances_from(points[k], points[learners]), 6) for k in doers]
        km = np.stack(far, axis=1)
        first = np.argmin(np.nan_to_num(km, nan=UNKNOWN_KM) + np.where(works, 0.0, APART), axis=1)
        for row, (k, best) in enumerate(zip(learners, first, strict=True)):
            yield int(k), int(doers[best]), bool(works[row, best]), float(km[row, best])


@fact
def list_practices_on_file(here: Network) -> tuple[Practice, ...]:
    """Give the practices of the register that hold on the day, in the order of their names."""
    rows = here.rows("promising_practices")
    rows = rows[here.positions(rows["organization"]) >= 0]
    rank = rows["evidence"].map({word: k for k, word in enumerate(PROVEN)}).astype("float64")
    rows = rows.assign(key=rows["practice"].map(fold_label), rank=rank)
    ordered = rows.sort_values(["key", "rank", "since", "organization"], kind="stable")
    return tuple(Practice(here, own) for _, own in ordered.groupby("key", sort=True))


@fact
def list_learners(here: Network) -> pd.DataFrame:
    """Give who could learn which practice from whom: those in need first, then the best proven.

    Returns
    -------
    DataFrame
        In the columns of the table ``learners``.
    """
    practices = list_practices_on_file(here)
    lacking = _list_lacking(here) if any(one.service for one in practices) else {}
    leaders = find_leaders(here) if practices else {}
    rows: list[tuple[object, ...]] = []
    proven: list[int] = []
    for practice in practices:
        for k, teacher, works, km in practice.find_teachers():
            need, severity = _find_need(here, str(here.ids[k]), practice.service, lacking)
            ask = str(here.ids[teacher])
            rows.append(
                (here.ids[k], here.names.iloc[k], practice.name, practice.service, need, severity,
                 ask, here.name(ask), leaders[ask].called, TIED if works else UNTIED, km)
            )  # fmt: skip
            proven.append(PROVEN.index(str(practice.rows["evidence"].iloc[0])))
    table = pd.DataFrame(rows, columns=LEARNERS.names)
    table = table.astype({"severity": "float64", "km": "float64"})
    order = table.assign(
        worst=-table["severity"].fillna(-1.0).round(9), proven=np.array(proven, dtype="int64")
    )
    order = order.sort_values(["worst", "proven", "practice", "organization"], kind="stable")
    return order[LEARNERS.names].reset_index(drop=True)


def _list_lacking(here: Network) -> dict[tuple[str, str], tuple[str, float]]:
    """County and service of which nobody on file offers it there: the county in words, severity."""
    if here.n > MOST_WITH_NEEDS:
        return {}
    gaps = tabulate_open(here, ("coverage",))
    gaps = gaps[(gaps["status"] == LACKING) & (gaps["place"] != "")]
    return {
        (str(gap.place), fold_label(str(gap.rule))): (str(gap.place_name), float(gap.severity))
        for gap in gaps.itertuples()
    }


def _find_need(
    here: Network, id_: str, service: str, lacking: dict[tuple[str, str], tuple[str, float]]
) -> tuple[str, float]:
    """The county served with the worst gap of a service, in words, and its severity."""
    if not service or not lacking:
        return "", float("nan")
    key = fold_label(service)
    counties = counties_of_each(here).get(id_, frozenset())
    found = [lacking[county, key] for county in sorted(counties) if (county, key) in lacking]
    if not found:
        return "", float("nan")
    place, severity = max(found, key=lambda item: round(item[1], 9))
    return f"{place} has no provider of {service} on file", severity


def tabulate_practices(here: Network, learners: pd.DataFrame) -> pd.DataFrame:
    """Give one row a practice: first those that somebody in need could learn, then by proof."""
    labels = {id_: kind.label for id_, kind in here.vocabulary.kinds.items()} | {ANY: "all kinds"}
    counts = learners.groupby("practice")["need"].agg(
        could="size", need=lambda needs: int((needs != "").sum())
    )
    rows = [_make_row(one, counts, labels) for one in list_practices_on_file(here)]
    table = pd.DataFrame(rows, columns=PRACTICES.names)
    table["since"] = pd.to_datetime(table["since"]).astype("datetime64[s]")
    rank = table["evidence"].map({word: k for k, word in enumerate(PROVEN)}).astype("float64")
    order = table.assign(rank=rank).sort_values(
        ["in_need", "rank", "could_learn", "practice"],
        ascending=[False, True, False, True],
        kind="stable",
    )
    return order[PRACTICES.names].reset_index(drop=True)


def _make_row(
    practice: Practice, counts: pd.DataFrame, labels: dict[str, str]
) -> tuple[object, ...]:
    here, rows, first = practice.here, practice.rows, practice.rows.iloc[0]
    homes = here.organizations["county_fips"].iloc[practice.doers]
    counties = sorted({county_name(fips) for fips in homes if fips} - {""})
    could, need = counts.loc[practice.name] if practice.name in counts.index else (0, 0)
    return (
        practice.name,
        practice.service,
        join_words(here.names.iloc[practice.doers].tolist(), most=NAMED),
        join_words(counties, most=NAMED),
        len(practice.doers),
        first["evidence"],
        next((text for text in rows["result"] if text), ""),
        join_words([labels.get(kind, kind) for kind in practice.kinds], most=NAMED),
        rows["since"].min(),
        int(could),
        int(need),
        next((text for text in rows["source"] if text), ""),
    )
