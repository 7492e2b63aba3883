"""Sentences about value and trust."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from ...core.audience.small_counts import LEAST_CELL
from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.rows.ratings import TRUST, VALUE, Ratings
from ...core.wording.text import count_noun, join_words, say_odds

LIKELY = 0.05  # p up to which a difference is called clear
BEYOND = 0.25  # of all rated organizations: places that count as more than its ties tell
NAMED = 3


def say_trust(
    table: pd.DataFrame, tables: Mapping[str, pd.DataFrame], ratings: Ratings
) -> Iterator[Sentence]:
    """Say how much partners value and trust each other, and what that rests on."""
    dimensions = tables["dimensions"]
    known = dimensions[dimensions["family"] != ""]
    if known.empty:
        yield _say_none(dimensions)
        yield from _say_left(ratings)
        return
    yield _say_network(table, known)
    yield from _say_dimensions(known)
    yield from _say_top(table)
    yield from _say_beyond(table)
    yield from _say_sides(tables)
    yield from _say_groups(tables["tests"])
    yield from _say_few(table)
    yield from _say_left(ratings)


def _say_none(dimensions: pd.DataFrame) -> Sentence:
    text = "No ratings of value or trust are on file (table ratings): a questionnaire can ask them."
    if len(dimensions):
        text = (
            f"Ratings on file are of {join_words(dimensions['label'].tolist(), most=NAMED)}: none "
            "of the dimensions of value or trust."
        )
    return Sentence("network", text, {"raters": 0, "rated": 0})


def average_network(dimensions: pd.DataFrame) -> dict[str, float]:
    """Value and trust of the network: means of the means of their dimensions."""
    means = dimensions.groupby("family")["mean"].mean()
    return {family: float(means[family]) for family in (VALUE, TRUST) if family in means}


def _say_network(table: pd.DataFrame, known: pd.DataFrame) -> Sentence:
    means = average_network(known)
    raters, rated = int((table["rated"] > 0).sum()), int((table["raters"] > 0).sum())
    said = join_words([f"{family} {mean:.1f}" for family, mean in means.items()])
    who = count_noun(raters, "organization")
    text = f"{who} rated {rated} in all: {said} on a scale of 1 (not at all) to 4 (a great deal)."
    return Sentence("network", text, {"raters": raters, "rated": rated, **means})


def _say_dimensions(known: pd.DataFrame) -> Iterator[Sentence]:
    order = known.assign(mean=known["mean"].round(9)).sort_values(["mean", "dimension"])
    low, high = order.iloc[0], order.iloc[-1]
    if f"{high['mean']:.1f}" == f"{low['mean']:.1f}":  # alike as they are printed
        return
    text = (
        f"Of the dimensions, {high['label']} is rated highest ({high['mean']:.1f}) and "
        f"{low['label']} lowest ({low['mean']:.1f})."
    )
    claims = {
        "highest": str(high["dimension"]),
        "lowest": str(low["dimension"]),
        "high": float(high["mean"]),
        "low": float(low["mean"]),
    }
    yield Sentence("dimensions", text, claims)


def _say_top(table: pd.DataFrame) -> Iterator[Sentence]:
    """Who is valued and trusted most, of those whom five or more rated."""
    known = table[(table["raters"] >= LEAST_CELL) & table["overall"].notna()]
    if len(known) <= NAMED:
        return
    keys = known.assign(order=-known["overall"].round(9)).sort_values(["order", "id"])
    top = known.loc[keys.index[:NAMED]]
    said = [
        f"{name} ({score:.1f})" for name, score in zip(top["name"], top["overall"], strict=True)
    ]
    claims = {"names": top["name"].tolist(), "scores": top["overall"].tolist()}
    yield Sentence("top", f"Rated highest by five or more: {join_words(said)}.", claims)


def _say_beyond(table: pd.DataFrame) -> Iterator[Sentence]:
    far = table[table["valued_beyond_ties"].round(9) >= BEYOND]
    if far.empty:
        return
    keys = far.assign(order=-far["valued_beyond_ties"].round(9)).sort_values(["order", "id"])
    top = far.loc[keys.index[:NAMED]]
    said = [
        f"{name} (value {value:.1f}, {count_noun(partners, 'partner')})"
        for name, value, partners in zip(top["name"], top["value"], top["partners"], strict=True)
    ]
    yield Sentence(
        "beyond",
        f"Valued more than the number of partners tells: {join_words(said)}.",
        {"organizations": len(far), "names": top["name"].tolist()},
    )


def _say_sides(tables: Mapping[str, pd.DataFrame]) -> Iterator[Sentence]:
    test = tables["tests"].iloc[-1]
    pairs, found, p = int(test["n"]), float(test["found"]), float(test["p"])
    if not pairs:
        text = "No two organizations rated each other, so that two sides cannot be compared."
        yield Sentence("sides", text, {"pairs": 0})
        return
    text = f"In {count_noun(pairs, 'pair')} rated from both sides, the two differ by {found:.1f}"
    if p == p:
        chance = f"chance alone would bring them ({test['expected']:.1f})"
        clear = f"closer than {chance}: it does so in {say_odds(p, 'trial')}"
        text += f" on average, {clear if p <= LIKELY else f'not clearly closer than {chance}'}"
    yield Sentence("sides", f"{text}.", {"pairs": pairs, "difference": found})


def _say_groups(tests: pd.DataFrame) -> Iterator[Sentence]:
    tested = tests[tests["what"].isin(["sectors", "counties"]) & tests["p"].notna()]
    if tested.empty:
        return
    clear = tested[tested["p"] <= LIKELY / len(tested)]  # of several tests (Bonferroni)
    if clear.empty:
        text = "Neither value nor trust differs clearly between sectors or counties."
    else:
        said = [f"{row.score} between {row.what}" for row in clear.itertuples()]
        text = f"Differs more than by chance: {join_words(said)}."
    claims = {"tests": len(tested), "clear": [f"{r.score}, {r.what}" for r in clear.itertuples()]}
    yield Sentence("groups", text, claims)


def _say_few(table: pd.DataFrame) -> Iterator[Sentence]:
    few = int(table["few"].sum())
    if few:
        was = "was" if few == 1 else "were"
        text = (
            f"{count_noun(few, 'organization')} {was} rated by fewer than {LEAST_CELL}: that says "
            "little, and is not shown to partners."
        )
        yield Sentence("few", text, {"organizations": few})


def _say_left(ratings: Ratings) -> Iterator[Sentence]:
    parts = {"of oneself": ratings.self_rated, "off the scale": ratings.off_scale}
    said = [f"{number:,} {what}" for what, number in parts.items() if number]
    if said:
        claims = {"self_rated": ratings.self_rated, "off_scale": ratings.off_scale}
        yield Sentence("left", f"Ratings left out: {join_words(said)}.", claims)


def say_shared(here: Network, table: pd.DataFrame) -> Iterator[Sentence]:
    """Say what partners may know of value and trust."""
    if table.empty:
        text = (
            "Ratings of value and trust are not shown to the public."
            if here.audience == "public"
            else "No score of value or trust can be shown: it takes five raters, and none of "
            "whom the rating could be worked out."
        )
        yield Sentence("shared", text, {"scores": 0})
        return
    for who, part in table.groupby("organization", sort=True):
        said = [f"{row.label} {row.said}" for row in part.itertuples()]
        name = part["name"].iloc[0]
        yield Sentence(
            "own" if who else "shared",
            f"{name} received: {join_words(said)} (1 not at all, 4 a great deal).",
            {"scores": len(part)},
        )


def describe_method(here: Network, ratings: Ratings | None, permutations: int) -> Method:
    """Say how scores are made, and what is left out for whom."""
    scales = {} if ratings is None else ratings.scales
    said = "; ".join(f"{name} {low:g}-{high:g}" for name, (low, high) in sorted(scales.items()))
    shared = (
        "For partners: the fifth of the scale in which the mean of whole groups of five or more "
        "raters lies, so that no rating can be worked out, also not from two reports. "
        "For the public: nothing."
    )
    return Method(
        name="Ratings of value and trust, on a scale of 1 to 4.",
        formula=(
            "Received in a dimension: mean over raters. Value: mean of influence, involvement, "
            "resources; trust: mean of reliability, common mission, openness; overall: mean of all "
            "six. Groups: sum_g n_g (mean_g - mean)^2 / sum_i (x_i - mean)^2 against scores "
            "permuted among organizations. Two sides: mean abs(s_ij - s_ji) against the scores of "
            "each rater permuted among those it rated."
        ),
        settings={
            "network": here.title,
            "as of": "no dates" if here.day is None else str(here.day.date()),
            "permutations": permutations,
            "scales": said or "no ratings",
        },
        sources=(
            "Varda & Retrum (2012), doi:10.4081/jphr.2012.e27",
            "Pitman (1938), doi:10.1093/biomet/29.3-4.322",
            "Phipson & Smyth (2010), doi:10.2202/1544-6115.1585",
        ),
        notes=(shared, "Who was not asked or did not answer gave no rating: none is assumed."),
    )
