"""The starting point of a session: health indicators with their direction, and plans on file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words
from ...facts.answers import get_answers
from ...places.gazetteer import county_name
from .place import Place, list_present
from .shown import INDICATORS

NAMED = 3  # indicators that are named; more are counted
UNIT = ", percent"  # where the unit of an indicator starts
WORST = 2 / 3  # share of counties that do better from which on an indicator is named


def list_indicators(here: Network, place: Place) -> pd.DataFrame:
    """List the newest value of each indicator in each county of a place, the worst rank first.

    Rank 1 is the worst of all counties on file; ``median`` is that of all of them. For the whole
    State only the worst county of each indicator is listed. ``change`` compares with the value of
    an earlier year on file, in the direction of the indicator.
    """
    needs = here.rows("needs")
    needs = needs[needs["direction"] != ""].sort_values("year", kind="stable")
    if needs.empty:
        return pd.DataFrame(columns=INDICATORS.names)
    keys = ["county_fips", "indicator"]
    newest = needs.groupby(keys, as_index=False).tail(1)
    before = needs.drop(index=newest.index).groupby(keys).tail(1).set_index(keys)
    sign = (
        newest["direction"].map({"higher is worse": 1.0, "lower is worse": -1.0}).astype("float64")
    )
    badness = newest["value"] * sign
    by_indicator = badness.groupby(newest["indicator"])
    table = newest.assign(
        county=[county_name(code) or code for code in newest["county_fips"]],
        median=newest.groupby("indicator")["value"].transform("median"),
        rank=by_indicator.rank(method="min", ascending=False),
        counties=by_indicator.transform("size"),
    ).join(before[["value", "year"]].rename(columns=_EARLIER), on=keys)
    table["change"] = _say_change((table["value"] - table["earlier"]) * sign)
    table["standing"] = [
        _say_standing(rank, n) for rank, n in zip(table["rank"], table["counties"], strict=True)
    ]
    chosen = table["rank"] == 1 if place.whole else table["county_fips"].isin(place.counties)
    rows = table[chosen]
    rows = rows.assign(share=rows["rank"] / rows["counties"])
    ordered = rows.sort_values(["share", *keys], kind="stable", ignore_index=True)
    return ordered[INDICATORS.names]


_EARLIER = {"value": "earlier", "year": "earlier_year"}


def _say_change(worse_by: pd.Series) -> list[str]:
    return ["" if x != x else "worse" if x > 0 else "better" if x < 0 else "same" for x in worse_by]


def _say_standing(rank: float, counties: float) -> str:
    """Say the rank of a county in words, 1 the worst.

    Examples
    --------
    >>> _say_standing(1, 30), _say_standing(4, 30), _say_standing(28, 30)
    ('worst of 30', '4th worst of 30', 'better than most')
    """
    if counties < 2:
        return "the only county on file"
    if rank == 1:
        return f"worst of {counties:.0f}"
    if rank > counties * WORST:
        return "better than most"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(int(rank) % 10, "th")
    ending = "th" if int(rank) % 100 in (11, 12, 13) else ending
    return f"{rank:.0f}{ending} worst of {counties:.0f}"


def list_undirected(here: Network, place: Place) -> list[str]:
    """Name indicators of a place of which no row says whether higher is worse."""
    needs = here.rows("needs")
    inside = place.whole | needs["county_fips"].isin(place.counties)
    told = set(needs.loc[needs["direction"] != "", "indicator"])
    return sorted(set(needs.loc[inside, "indicator"]) - told)


def say_indicators(table: pd.DataFrame, place: Place, undirected: Sequence[str] = ()) -> Sentence:
    """Say which indicators are in the worst third, else what is missing to tell."""
    bad = table[table["rank"] <= table["counties"] / 3].head(3)
    claims = {
        "first": bad["indicator"].tolist(),
        "values": bad["value"].tolist(),
        "counties": bad["county"].tolist(),
        "years": [None if pd.isna(year) else int(year) for year in bad["year"]],
    }
    return Sentence("indicators", _say_worst(table, bad, place, undirected), claims)


def _say_worst(
    table: pd.DataFrame, bad: pd.DataFrame, place: Place, undirected: Sequence[str]
) -> str:
    if table.empty and undirected:
        return (
            f"Indicators on file (table needs): {join_words(undirected, most=NAMED)}. No row says "
            "whether higher is worse, so that none is judged: enter it in the column direction."
        )
    if table.empty:
        return "No health indicators are on file (table needs): start with what partners see."
    if bad.empty:
        return f"No indicator on file is in the worst third in {place.name}."
    if place.whole:
        named = [
            f"{_name_indicator(row.indicator)} in {row.county} ({_say_value(row)})"
            for row in bad.itertuples()
        ]
        where = place.name if len({code[:2] for code in place.counties}) > 1 else "the State"
        return f"Where it is worst in {where}: {join_words(named)}."
    several = len(place.counties) > 1
    named = [
        f"{_name_indicator(row.indicator)}{f' in {row.county}' if several else ''} "
        f"({_say_value(row)}, {row.standing})"
        for row in bad.itertuples()
    ]
    return f"The starting point: {join_words(named)}."


def _name_indicator(indicator: str) -> str:
    """The name of an indicator without the unit that files write behind it.

    Examples
    --------
    >>> _name_indicator("food insecurity, percent of people"), _name_indicator("falls")
    ('food insecurity', 'falls')
    """
    return indicator.partition(UNIT)[0]


def _say_value(row: Any) -> str:
    _, sign, unit = str(row.indicator).partition(UNIT)
    when = "" if pd.isna(row.year) else f" in {row.year:.0f}"
    return f"{row.value:g}{f' {sign[2:]}{unit}' if sign else ''}{when}"


def list_plans(here: Network, place: Place) -> pd.DataFrame:
    """List the plans of organizations of a place, and when their next assessment is due."""
    answers = get_answers(here)
    present = list_present(here, place)
    known = answers[["plan", "assessment_year"]].reindex(present.index[present != ""])
    known = known[(known["plan"].fillna("") != "") | known["assessment_year"].notna()]
    table = known.reset_index(names="organization")
    table.insert(1, "name", table["organization"].map(here.names))
    blank = table["plan"].fillna("") == ""
    return (
        table.assign(blank=blank)
        .sort_values(["blank", "assessment_year", "organization"], kind="stable", ignore_index=True)
        .drop(columns="blank")
    )


def say_plans(plans: pd.DataFrame, *, hidden: bool = False) -> Sentence:
    """Say which plans are on file and which assessments fall together.

    `hidden`: those of others are not shown to the reader.
    """
    if plans.empty:
        text = "No plan and no assessment year is on file (table profiles): ask which plans hold."
        text = "Which plans others follow is not shown to this reader." if hidden else text
        return Sentence("plans", text, {"plans": 0})
    written = int((plans["plan"].fillna("") != "").sum())
    parts = [f"{count_noun(written, 'plan')} on file"] if written else []
    claims: dict[str, object] = {"plans": written}
    years = plans["assessment_year"].dropna()
    if len(years):
        year = int(years.min())
        due = plans.loc[plans["assessment_year"] == year, "name"].tolist()
        parts.append(f"the next assessments are due in {year} ({join_words(due, most=3)})")
        claims |= {"year": year, "due": due}
    return Sentence("plans", f"Plans to build on: {'; '.join(parts)}.", claims)
