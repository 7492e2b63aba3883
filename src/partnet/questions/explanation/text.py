"""Sentences about what goes together with ties."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.results.result import Sentence
from ...core.wording.text import join_words, say_share

FEW = 0.05  # p up to which a reason is put in words
MEANINGS = {
    "same_sector": "the same sector",
    "shared_services": "a service in common",
    "shared_funding": "money from the same program",
    "shared_populations": "a population in common",
    "shared_places": "a county in common",
    "shared_groups": "a group in common",
}


def say_reasons(table: pd.DataFrame) -> Iterator[Sentence]:
    """Say which reasons count beside the others, and which may be chance."""
    if table.empty:
        text = "Too little is on file to say what goes together with ties."
        yield Sentence("too_little", text)
        return
    for reason, row in table[(table["p"] <= FEW) & (table["coefficient"] > 0)].iterrows():
        yield _say_more(str(reason), row)
    for reason, row in table[(table["p"] <= FEW) & (table["coefficient"] < 0)].iterrows():
        yield Sentence(
            "fewer",
            f"Pairs with {row['meaning']} are tied less often than their other common points "
            f"would have it, by about {_say_points(-row['coefficient'])} of 100.",
            {"reason": str(reason), "coefficient": float(row["coefficient"])},
        )
    yield from _say_unsure(table)
    yield Sentence("no_cause", "This says what goes together, not what causes what.")


def _say_points(coefficient: float) -> str:
    """Of 100 pairs, how many more; below one with a decimal."""
    return f"{100 * coefficient:.{0 if coefficient >= 0.01 else 1}f}"


def _say_more(reason: str, row: pd.Series) -> Sentence:
    coefficient = float(row["coefficient"])
    points = _say_points(coefficient)
    return Sentence(
        "more",
        f"Of pairs with {row['meaning']}, {say_share(row['tied_with'])} have a tie on file, of "
        f"the others {say_share(row['tied_without'])}; all else on this list being equal, about "
        f"{points} more of 100 are tied.",
        {
            "reason": reason,
            "tied_with": float(row["tied_with"]),
            "tied_without": float(row["tied_without"]),
            "coefficient": coefficient,
        },
    )


def _say_unsure(table: pd.DataFrame) -> Iterator[Sentence]:
    unsure = table[table["p"] > FEW]
    if len(unsure):
        beside = "Beside these, " if len(unsure) < len(table) else "On this list, "
        yield Sentence(
            "unsure",
            f"{beside}{join_words(list(unsure['meaning']), final='and')} "
            f"{'make' if len(unsure) > 1 else 'makes'} no difference that could not be chance.",
            {"reasons": [str(reason) for reason in unsure.index]},
        )
