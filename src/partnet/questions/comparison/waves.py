"""Three waves or more: trends with intervals, moves between categories, programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from ...core.arrays import FloatArray
from ...core.network import Network
from ..partnerships.question import profile_partnerships

SEED = 20_260_701
WIDE = 1.96  # standard errors on each side of a 95 % interval
YEAR = 365.25  # days
MOST_PROGRAMS = 12  # bars that a picture holds


def measure_density(matrix: FloatArray) -> float:
    """Share of pairs that have a tie."""
    n = len(matrix)
    return float(matrix.sum() / (n * (n - 1))) if n > 1 else float("nan")


def measure_transitivity(matrix: FloatArray) -> float:
    """Share of pairs with a common partner that have a tie themselves."""
    degree = matrix.sum(axis=1)
    ways = float((degree * (degree - 1)).sum())
    return float(((matrix @ matrix) * matrix).sum() / ways) if ways else float("nan")


STATISTICS: dict[str, Callable[[FloatArray], float]] = {
    "density": measure_density,
    "mean number of partners": lambda matrix: measure_density(matrix) * (len(matrix) - 1),
    "transitivity": measure_transitivity,
}


MOST = {"density": 1.0, "transitivity": 1.0}  # shares


def place_waves(waves: Sequence[Network]) -> tuple[FloatArray, str]:
    """Give when each wave was, in years from the first, or their order where days are not known."""
    days = [wave.day for wave in waves]
    if any(day is None for day in days) or len(set(days)) < len(days):
        return np.arange(len(waves), dtype=float), "wave"
    years = [(pd.Timestamp(day) - pd.Timestamp(days[0])).days / YEAR for day in days]
    return np.array(years), "year"


def measure_trends(
    matrices: Sequence[FloatArray], waves: Sequence[Network], draws: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give every statistic in every wave, and its trend, with 95 % intervals.

    Intervals come from a paired vertex bootstrap: the same organizations are drawn, with
    replacement, from all waves. A trend is the slope of the least-squares line.
    """
    times, unit = place_waves(waves)
    values = {name: np.array([f(m) for m in matrices]) for name, f in STATISTICS.items()}
    drawn = draw_statistics(matrices, draws)
    rows, slopes = [], []
    for name, value in values.items():
        error = measure_spread(drawn[name])
        low, high = value - WIDE * error, value + WIDE * error
        for k, wave in enumerate(waves):
            ends = max(low[k], 0.0), min(high[k], MOST.get(name, np.inf))
            rows.append((name, k + 1, wave.day, value[k], *ends))
        slope = fit_slope(value[None, :], times)[0]
        margin = WIDE * float(measure_spread(fit_slope(drawn[name], times)[:, None])[0])
        slopes.append((name, unit, slope, slope - margin, slope + margin))
    trends = pd.DataFrame(rows, columns=["statistic", "wave", "day", "value", "low", "high"])
    trends["day"] = pd.to_datetime(trends["day"])
    columns = ["statistic", "per", "slope", "low", "high"]
    return trends, pd.DataFrame(slopes, columns=columns)


def fit_slope(values: FloatArray, times: FloatArray) -> FloatArray:
    """Slope of the least-squares line through every row.

    Examples
    --------
    >>> fit_slope(np.array([[1.0, 3.0, 5.0]]), np.array([0.0, 1.0, 2.0])).tolist()
    [2.0]
    """
    away = times - times.mean()
    slopes: FloatArray = (values - values.mean(axis=1, keepdims=True)) @ away / (away @ away)
    return slopes


def measure_spread(drawn: FloatArray) -> FloatArray:
    """Give the standard deviation over draws, by wave; NaN below two that are defined."""
    spread: FloatArray = np.full(drawn.shape[1], np.nan)
    for k in range(drawn.shape[1]):
        known = drawn[~np.isnan(drawn[:, k]), k]
        if len(known) > 1:
            spread[k] = known.std(ddof=1)
    return spread


def draw_statistics(matrices: Sequence[FloatArray], draws: int) -> dict[str, FloatArray]:
    """Give statistics over bootstrap samples, the same organizations in every wave.

    An organization drawn twice has no tie with itself on file: that cell takes the value of a
    random pair, the same one in all waves.
    """
    n, found = (
        len(matrices[0]),
        {name: np.full((draws, len(matrices)), np.nan) for name in STATISTICS},
    )
    if n < 3:
        return found
    random = np.random.default_rng(SEED)
    upper = np.triu_indices(n, k=1)
    for draw in range(draws):
        chosen = random.integers(0, n, n)
        same = chosen[upper[0]] == chosen[upper[1]]
        stead = random.integers(0, len(same), int(same.sum()))
        for k, matrix in enumerate(matrices):
            sample = _resample(matrix, chosen, upper, same, stead)
            for name, measure in STATISTICS.items():
                found[name][draw, k] = measure(sample)
    return found


def _resample(
    matrix: FloatArray,
    chosen: np.ndarray,
    upper: tuple[np.ndarray, ...],
    same: np.ndarray,
    stead: np.ndarray,
) -> FloatArray:
    cells = matrix[np.ix_(chosen, chosen)][upper]
    cells[same] = matrix[upper][stead]
    sample = np.zeros_like(matrix)
    sample[upper] = cells
    return sample + sample.T


def list_moves(waves: Sequence[Network]) -> pd.DataFrame:
    """Count who moved between categories of partnership from each wave to the next."""
    categories = [profile_partnerships(wave).table["category"] for wave in waves]
    rows = []
    for k, (was, now) in enumerate(pairwise(categories), start=1):
        both = [id_ for id_ in was.index if id_ in now.index]
        moves = Counter((str(was[id_]), str(now[id_])) for id_ in both)
        rows += [(k, k + 1, *move, count) for move, count in sorted(moves.items())]
    return pd.DataFrame(rows, columns=["wave", "next_wave", "was", "is", "organizations"])


def make_course(trends: pd.DataFrame, grants: pd.DataFrame) -> pd.DataFrame:
    """Give what the picture of all waves shows: every statistic, and programs with their periods.

    Without a day of every wave statistics stand at its number, and no program can be placed. Of
    many programs those are shown that began or ended between the waves, most recipients first.
    """
    dated = bool(trends["day"].notna().all())
    at = trends["day"] if dated else trends["wave"].astype("float64")
    rows = trends.assign(what="statistic", label=trends["statistic"], at=at, until=pd.NaT)
    columns = ["what", "label", "at", "until", "value", "low", "high"]
    ran = grants[grants["waves"] != ""] if dated else grants.head(0)
    first, last = trends["day"].min(), trends["day"].max()
    moved = (ran["start"] > first) | (ran["end"] < last)
    ran = ran.assign(moved=moved).sort_values(
        ["moved", "recipients", "program"], ascending=[False, False, True], kind="stable"
    )
    chosen = ran.head(MOST_PROGRAMS).sort_values(["start", "program"], kind="stable")
    programs = chosen.assign(
        what="program", label=chosen["program"], at=chosen["start"], until=chosen["end"],
        value=np.nan, low=np.nan, high=np.nan,
    )  # fmt: skip
    made = pd.concat([rows[columns], programs[columns]]) if len(programs) else rows[columns]
    return made.assign(until=pd.to_datetime(made["until"])).reset_index(drop=True)


def list_grants(waves: Sequence[Network]) -> pd.DataFrame:
    """Give every program with a period on file, and in which waves it ran."""
    columns = ["program", "recipient", "period_start", "period_end"]
    rows = pd.concat([wave.rows("funding")[columns] for wave in waves], ignore_index=True)
    dated = rows[rows["period_start"].notna() | rows["period_end"].notna()].drop_duplicates()
    found = []
    for program, part in dated.groupby("program"):
        start, end = part["period_start"].min(), part["period_end"].max()
        ran = [
            f"{k}"
            for k, wave in enumerate(waves, start=1)
            if wave.day is not None and not start > wave.day and not end < wave.day
        ]
        found.append((str(program), part["recipient"].nunique(), start, end, ", ".join(ran)))
    return pd.DataFrame(found, columns=["program", "recipients", "start", "end", "waves"])
