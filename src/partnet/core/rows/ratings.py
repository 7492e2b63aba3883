"""Ratings of value and trust: what rows mean, and what of them may be told to partners."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..audience.small_counts import LEAST_CELL
from ..schema import TABLES
from ..vocabulary import fold_plain
from .waves import order_wave

VALUE, TRUST = "value", "trust"
LOW, HIGH = 1.0, 4.0  # the scale to which every rating is brought
SCALES = ((1.0, 4.0), (1.0, 5.0), (1.0, 7.0), (0.0, 10.0), (0.0, 100.0))
PARTS = 5  # equal parts of the scale: partners are told in which one a mean lies
WIDTH = (HIGH - LOW) / PARTS
_RANGE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:-|–|to|\.\.)\s*(\d+(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension that partners rate.

    Attributes
    ----------
    id, label : str
        Its name for programs and for people.
    family : {"value", "trust", ""}
        What it is a part of; "" for one of the user's own.
    question : str
        How it is asked.
    aliases : tuple of str
        What else it is called.
    """

    id: str
    label: str
    family: str = ""
    question: str = ""
    aliases: tuple[str, ...] = ()


class SharedScore(NamedTuple):
    """A score that partners may see: of one organization, or of all ("")."""

    organization: str
    dimension: str
    raters: int
    score: float


@cache
def _read_declared() -> tuple[dict[str, Dimension], dict[str, tuple[str, ...]]]:
    text = files("partnet").joinpath("data/ratings.toml").read_text(encoding="utf-8")
    declared = tomllib.loads(text)
    found = {
        id_: Dimension(
            id_, entry["label"], entry["family"], entry["question"], tuple(entry["aliases"])
        )
        for id_, entry in declared["dimensions"].items()
    }
    also = declared["step_aliases"]
    return found, {step: tuple(also.get(step, ())) for step in declared["steps"]}


def list_dimensions() -> Mapping[str, Dimension]:
    """Give the dimensions that partnet knows, by id: three of value, three of trust."""
    return _read_declared()[0]


def list_steps() -> tuple[str, ...]:
    """Give the four answers to a question of value or trust, from 1 to 4."""
    return tuple(_read_declared()[1])


def find_step(text: str) -> int:
    """Give the step from 1 to 4 that an answer in words names; 0 for none.

    Examples
    --------
    >>> find_step("A great deal"), find_step("somewhat"), find_step("weekly")
    (4, 3, 0)
    """
    return _list_step_words().get(fold_plain(text), 0)


@cache
def _list_step_words() -> Mapping[str, int]:
    steps = enumerate(_read_declared()[1].items(), start=1)
    return {fold_plain(word): k for k, (step, also) in steps for word in (step, *also)}


@cache
def find_dimension(text: str) -> str:
    """Give the dimension that a text names, or "" where it is one of the user's own.

    Examples
    --------
    >>> find_dimension("Mission congruence"), find_dimension("Power / Influence")
    ('mission', 'influence')
    """
    words = {
        _fold(word): each.id
        for each in list_dimensions().values()
        for word in (each.id, each.label, *each.aliases)
    }
    return words.get(_fold(text), "")


def _fold(text: str) -> str:
    return fold_plain(text.replace("/", " ").replace("_", " "))


@dataclass(frozen=True, slots=True)
class Ratings:
    """Ratings as they can be compared.

    Attributes
    ----------
    rows : DataFrame
        ``rater, rated, dimension, family, score``: one row each, in the order on file; `score`
        lies between 1 and 4.
    scales : mapping of str to (float, float)
        The scale on which each dimension was read.
    self_rated, off_scale : int
        Rows that are left out.
    """

    rows: pd.DataFrame
    scales: Mapping[str, tuple[float, float]]
    self_rated: int
    off_scale: int


def read_ratings(table: pd.DataFrame) -> Ratings:
    """Bring ratings to one scale of 1 to 4, one row a rater, rated and dimension.

    The column ``ladder`` says the scale ("1-5"; "5-1" where 1 is the best). Without it the
    smallest of 1-4, 1-5, 1-7, 0-10 and 0-100 that holds all values of the dimension is taken.
    Several rows of one rater about one dimension (two people who answered) count as their mean.
    Of several waves the newest counts, with rows that name none where it has no other.
    Ratings of oneself and values off the scale are left out, and counted.
    """
    frame = table[[*TABLES["ratings"].names]]
    named = frame["dimension"].map(lambda text: find_dimension(text) or text.strip().casefold())
    frame = frame.assign(dimension=named.astype("str")).dropna(subset=["value"])
    frame = _keep_newest(frame)
    own = frame["rater"] == frame["rated"]
    frame = frame[~own]
    ends = [_read_range(text) for text in frame["ladder"]]
    frame = frame.assign(stated=np.array([end is not None for end in ends], dtype=bool))
    guessed = {
        str(dimension): _guess_scale(part["value"])
        for dimension, part in frame[~frame["stated"]].groupby("dimension")
    }
    given = zip(ends, frame["dimension"], strict=True)
    scales = [end or guessed[dimension] for end, dimension in given]
    low, high = (pd.Series([s[k] for s in scales], frame.index, "float64") for k in (0, 1))
    score = LOW + (HIGH - LOW) * (frame["value"] - low) / (high - low)
    inside = score.between(LOW, HIGH)
    keys = ["rater", "rated", "dimension"]
    scored = frame.assign(score=score)[inside]
    rows = scored.groupby(keys, sort=False)["score"].mean().reset_index()
    known = list_dimensions()
    families = [known[d].family if d in known else "" for d in rows["dimension"]]
    rows.insert(3, "family", pd.Series(families, rows.index, dtype="str"))
    said = dict(zip(frame["dimension"], scales, strict=True))
    return Ratings(rows, said, int(own.sum()), int((~inside).sum()))


def _keep_newest(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the newest wave, and rows without one where the rater gave no other."""
    newest = max(frame["wave"], key=order_wave, default="")
    kept = frame[frame["wave"].isin(["", newest])]
    named = kept.assign(named=kept["wave"] != "")
    keys = ["rater", "rated", "dimension"]
    return kept[named["named"] | ~named.groupby(keys)["named"].transform("any")]


def _read_range(text: str) -> tuple[float, float] | None:
    """The two ends of a scale, worst first; ``None`` where a text names none."""
    found = _RANGE.fullmatch(text)
    ends = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    return ends if ends[0] != ends[1] else None


def _guess_scale(values: pd.Series) -> tuple[float, float]:
    for low, high in SCALES:
        if values.between(low, high).all():
            return low, high
    return SCALES[-1]


def share_scores(
    table: pd.DataFrame, reader: str, least: int = LEAST_CELL
) -> tuple[SharedScore, ...]:
    """Give the scores that a partner may see: those of the network, and its own received ones.

    Nobody's rating can be worked out from them, also not by subtracting two reports:

    * What a partner received needs `least` raters. What the network shows is the same for all
      partners, and needs `least` raters beside any one organization, of others than this one: each
      knows what it gave, and what it received on average.
    * A mean is that of the first `least`, twice, three times ... as many raters in the order on
      file (of the network: one more). Another rater changes nothing until a whole number is full.
    * Of a mean it is told in which fifth of the scale it lies. A fifth is wide enough that the
      mean of all 4 is told like that of others, and that one rater who takes the place of another
      moves it by one part at most.
    * Only the six dimensions that partnet knows: others are free text.
    """
    if table.empty:
        return ()
    rows = read_ratings(table).rows
    found = []
    for dimension in list_dimensions():
        own = rows[rows["dimension"] == dimension]
        counted = _keep_whole(own, least + 1)
        if len(counted) and _count_beside(counted) >= least:
            by_rater = counted.groupby("rater", sort=False)["score"].mean()
            found.append(
                SharedScore("", dimension, len(by_rater), tell_mean(float(by_rater.mean())))
            )
        received = _keep_whole(own[own["rated"] == reader], least)
        if len(received):
            told = tell_mean(float(received["score"].mean()))
            found.append(SharedScore(reader, dimension, len(received), told))
    return tuple(found)


def tell_mean(mean: float) -> float:
    """Give the middle of the fifth of the scale in which a mean lies.

    Examples
    --------
    >>> tell_mean(4.0), tell_mean(3.5), tell_mean(2.8), tell_mean(1.0)
    (3.7, 3.7, 3.1, 1.3)
    """
    part = min(int((mean - LOW) / WIDTH + 1e-9), PARTS - 1)
    return round(LOW + (part + 0.5) * WIDTH, 9)


def _keep_whole(rows: pd.DataFrame, size: int) -> pd.DataFrame:
    """Keep the rows of as many raters as make whole groups of this size, in the order on file."""
    raters = pd.unique(rows["rater"])
    return rows[rows["rater"].isin(raters[: len(raters) // size * size])]


def _count_beside(rows: pd.DataFrame) -> int:
    """Raters of others that remain, at worst, if all that one organization knows is left out."""
    pairs = rows[["rater", "rated"]].drop_duplicates()
    alone = pairs[pairs.groupby("rater")["rated"].transform("size") == 1]
    lost = alone["rated"].value_counts()  # raters of whom nothing remains without this one
    own = pd.Series(1, index=pd.unique(pairs["rater"]))
    return int(len(own) - lost.add(own, fill_value=0).max())
