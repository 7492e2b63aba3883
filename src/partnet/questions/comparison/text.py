"""Sentences about what changed between two waves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words, say_date
from ...facts.graph.layers import Layer

NAMED = 8
MOVED = ("better", "worse", "same", "changed")


def say_changes(
    organizations: pd.DataFrame,
    ties: pd.DataFrame,
    table: pd.DataFrame,
    layers: tuple[Layer, Layer],
    compared: int,
) -> Iterator[Sentence]:
    """Say who joined and left, which ties are new, and whether the whole changed."""
    yield _say_names(organizations, "joined")
    yield _say_names(organizations, "left")
    yield from _say_kinds(organizations)
    if compared < 2:
        text = "Too few organizations are in both waves to compare the whole."
        yield Sentence("too_few", text, {"compared": compared})
        return
    yield _say_ties(ties["change"].value_counts())
    yield _say_density(table.loc["density"], compared)
    if layers[0].as_of is not None and layers[1].as_of is not None:
        days = [layer.as_of for layer in layers]
        text = f"The waves are as of {say_date(days[0])} and {say_date(days[1])}."
        yield Sentence("days", text, {"before": days[0], "after": days[1]})


def _say_names(organizations: pd.DataFrame, change: str) -> Sentence:
    names = organizations.loc[organizations["change"] == change, "name"].tolist()
    claims = {"organizations": len(names), "names": names[:NAMED]}
    if not names:
        return Sentence(change, f"Nobody {change}.", claims)
    counted = count_noun(len(names), f"organization {change}", f"organizations {change}")
    return Sentence(change, f"{counted}: {join_words(names, most=NAMED)}.", claims)


def _say_kinds(organizations: pd.DataFrame) -> Iterator[Sentence]:
    rows = organizations[organizations["change"] == "changed kind"]
    told = [f"{row.name} ({row.detail})" for row in rows.itertuples(index=False)]
    if told:
        text = f"{join_words(told, most=NAMED)} changed in kind."
        yield Sentence("changed_kind", text, {"organizations": rows["name"].tolist()})


def _say_ties(count: pd.Series) -> Sentence:
    new, gone = int(count.get("new", 0)), int(count.get("gone", 0))
    return Sentence(
        "ties",
        f"Among organizations in both waves, {_count_pairs(new)} a new tie on file and "
        f"{_count_pairs(gone)} lost {'its tie' if gone < 2 else 'theirs'}.",
        {"new": new, "gone": gone},
    )


def _count_pairs(number: int) -> str:
    return count_noun(number, "pair has", "pairs have") if number else "no pair has"


def _say_density(density: pd.Series, compared: int) -> Sentence:
    before, after = float(density["before"]), float(density["after"])
    return Sentence(
        "density",
        f"Among the {compared} that can be compared, {before:.1%} of all pairs had a tie before "
        f"and {after:.1%} have one now; {_judge(density)}.",
        {"compared": compared, "before": before, "after": after},
    )


def _judge(density: pd.Series) -> str:
    """Whether the change is more than who happens to be in the network would explain."""
    error = density["standard_error"]
    if not error > 0:
        return "whether that is chance cannot be said"
    clear = abs(density["change"]) > 2 * error
    return "a clear change" if clear else "a change that chance could explain"


def say_services(services: pd.DataFrame, organizations: int) -> Iterator[Sentence]:
    """Say how many services are new on file or gone, of those of whom both waves know any."""
    if not organizations:
        return
    count = services["change"].value_counts()
    new, gone = int(count.get("new", 0)), int(count.get("gone", 0))
    who = count_noun(organizations, "organization")
    what = count_noun(new, "service is", "services are") if new else "no service is"
    left = f"{gone:,} {'is' if gone == 1 else 'are'}" if gone else "none is"
    left += " not on file any more" if gone else " gone from it"
    text = f"Of {who} with services on file in both waves, {what} new on file and {left}."
    claims = {"organizations": organizations, "new": new, "gone": gone}
    yield Sentence("services", text, claims)


def say_needs(needs: pd.DataFrame) -> Iterator[Sentence]:
    """Say how many indicators of counties are better, worse and the same."""
    if needs.empty:
        return
    count = needs["moved"].value_counts()
    found = {moved: int(count[moved]) for moved in MOVED if moved in count}
    words = [
        f"{number:,} {'has' if number == 1 else 'have'} changed without a direction on file"
        if moved == "changed"
        else f"{number:,} {'is' if number == 1 else 'are'} {'the ' * (moved == 'same')}{moved}"
        for moved, number in found.items()
    ]
    values = count_noun(len(needs), "value of what counties need", "values of what counties need")
    text = f"Of {values} on file in both waves, {join_words(words)}."
    yield Sentence("needs", text, {"values": len(needs), **found})


def say_waves(waves: Sequence[Network], tables: Mapping[str, pd.DataFrame]) -> Iterator[Sentence]:
    """Say where the network goes over all waves, who moved between categories, what funding did."""
    slopes = tables["slopes"].set_index("statistic")
    density = slopes.loc["density"]
    if density["organizations"] > 1:
        yield _say_trend(len(waves), density)
    yield _say_moves(tables["moves"])
    yield from _say_grants(tables["grants"], len(waves))


def _say_trend(waves: int, density: pd.Series) -> Sentence:
    slope, low, high = (float(density[name]) for name in ("slope", "low", "high"))
    who = count_noun(int(density["organizations"]), "organization")
    points = round(abs(slope) * 100, 1)
    way = "stayed about the same" if not points else "rose" if slope > 0 else "fell"
    text = f"Over {waves} waves, among the {who} in all of them, the share of pairs with a tie "
    text += way + (f" by {points:.1f} points a {density['per']}" if points else "")
    if low <= high:
        clear = "a clear trend" if low > 0 or high < 0 else "which chance could explain"
        text += f" (95% interval {low * 100:+.1f} to {high * 100:+.1f}): {clear}"
    claims = {"waves": waves, "slope": slope, "low": low, "high": high, "per": density["per"]}
    return Sentence("trend", f"{text}.", claims)


def _say_moves(moves: pd.DataFrame) -> Sentence:
    moved = moves[moves["was"] != moves["is"]]
    count = int(moved["organizations"].sum())
    if not count:
        text = "Nobody is on file with another category of partnership than in the wave before."
        return Sentence("moves", text, {"moves": 0})
    told = [
        f"{row.organizations} from {row.was} to {row.now}"
        for row in moved.groupby(["was", "is"], as_index=False)["organizations"]
        .sum()
        .rename(columns={"is": "now"})
        .sort_values(["organizations", "was", "now"], ascending=[False, True, True])
        .itertuples()
    ]
    text = f"From wave to wave, categories of partnership changed {count_noun(count, 'time')}: "
    return Sentence("moves", f"{text}{join_words(told, most=NAMED)}.", {"moves": count})


def _say_grants(grants: pd.DataFrame, waves: int) -> Iterator[Sentence]:
    ran = [set(text.split(", ")) for text in grants["waves"] if text]
    first, last = "1", str(waves)
    began = sum(first not in each and last in each for each in ran)
    ended = sum(first in each and last not in each for each in ran)
    if ran:
        text = (
            f"Of {count_noun(len(ran), 'program')} that ran in some wave, {began} began after the "
            f"first and {ended} ended before the last."
        )
        yield Sentence("grants", text, {"programs": len(ran), "began": began, "ended": ended})
