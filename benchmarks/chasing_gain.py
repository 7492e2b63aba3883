"""How much asking five by name narrows ranges of ranks, beside five at random: on real networks.

    python -m benchmarks.chasing_gain FOLDER [--hidings 12] [--draws 60] [--random 2]

FOLDER holds ``networks.csv`` and ``ties.csv``. Of each of six networks of organizations 30% are
silenced by chance. Five are named as partnet names them from what is left; what they answered in
truth is given back, and ranges are made anew. The same is done for fives taken at random. What is
shown is the mean width of the ranges of ranks (by partners, betweenness, harmonic closeness) in
places, and by how much the five named narrow it more, with its 95% interval over hidings.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np

from partnet.measures.chance.ranges import choose_scores
from partnet.measures.missing.information import choose_first, draw_ranks
from partnet.measures.missing.nonresponse import draw_answers, has_answer_model

from .imputation_coverage import HIDDEN, MEASURES, SEED, make_layer, read_survey

NETWORKS = (
    "setx_flood/coordination", "cn_engo/collaboration", "cn_engo/information", "UserNetR:DHHS",
    "ch_wetlands/collaboration", "fema_missions/2017",
)  # fmt: skip
FIVE = 5


def read_network(folder: Path, name: str) -> np.ndarray:
    """Read who names whom; of ties without arrows both sides name them."""
    named = read_survey(folder, name)
    with (folder / "networks.csv").open(encoding="utf-8") as file:
        (row,) = [r for r in csv.DictReader(file) if r["network"].endswith(name)]
    return named if row["directed"] == "1" else np.maximum(named, named.T)


def silence(named: np.ndarray, told: np.ndarray) -> np.ndarray:
    """What is on file where only some have answered."""
    return named * told[:, None]


def measure_width(named: np.ndarray, told: np.ndarray, draws: int) -> float:
    """Mean width of the ranges of ranks, of what is on file."""
    layer = make_layer(silence(named, told), told, directed=False)
    return float(_draw(layer, told, draws).width.mean())


def _draw(layer, told, draws):  # type: ignore[no-untyped-def]
    rivals = np.ones(len(told), dtype=bool)
    networks = draw_answers(layer, draws=draws, seed=SEED)
    return draw_ranks(networks, choose_scores(MEASURES), rivals, np.flatnonzero(~told))


def try_once(
    named: np.ndarray, draws: int, sets: int, random: np.random.Generator
) -> tuple[float, float, float] | None:
    """Width before, after five named, after five at random (the mean of several sets)."""
    n = len(named)
    told = np.ones(n, dtype=bool)
    told[random.permutation(n)[: round(HIDDEN * n)]] = False
    layer = make_layer(silence(named, told), told, directed=False)
    if not has_answer_model(layer):
        return None
    drawn = _draw(layer, told, draws)
    silent = np.flatnonzero(~told)
    chosen = silent[choose_first(drawn, FIVE)[0]]
    fives = [chosen, *(random.permutation(silent)[:FIVE] for _ in range(sets))]
    widths = []
    for five in fives:
        now = told.copy()
        now[five] = True
        widths.append(measure_width(named, now, draws))
    return float(drawn.width.mean()), widths[0], float(np.mean(widths[1:]))


def say(name: str, n: int, rows: np.ndarray) -> tuple[float, float]:
    """Print the widths of one network, and give the gain with its standard error."""
    before, named, random = rows.mean(axis=0)
    gain = rows[:, 2] - rows[:, 1]
    error = gain.std(ddof=1) / np.sqrt(len(gain))
    low, high = gain.mean() - 1.96 * error, gain.mean() + 1.96 * error
    print(
        f"{name:<26}{n:>5}{before:>9.2f}{named:>9.2f}{random:>9.2f}"
        f"{gain.mean():>8.2f} ({low:.2f} to {high:.2f})",
        flush=True,
    )
    return float(gain.mean()), float(error)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    for option, default in (("--hidings", 12), ("--draws", 60), ("--random", 2)):
        parser.add_argument(option, type=int, default=default)
    parser.add_argument("--network", action="append", choices=NETWORKS, help="only this one")
    options = parser.parse_args()
    print(f"{'network':<26}{'n':>5}{'before':>9}{'named':>9}{'random':>9}    gain (95%)")
    gains = []
    for k, name in enumerate(NETWORKS):
        if name in (options.network or NETWORKS):
            named, random = read_network(options.folder, name), np.random.default_rng([SEED, k])
            tried = [
                try_once(named, options.draws, options.random, random)
                for _ in range(options.hidings)
            ]
            gains.append(say(name, len(named), np.array([row for row in tried if row])))
    means, errors = np.array(gains).T
    mean, error = means.mean(), 1.96 * np.sqrt((errors**2).sum()) / len(means)
    print(f"mean of {len(means)}: {mean:.2f} places ({mean - error:.2f} to {mean + error:.2f})")


if __name__ == "__main__":
    main()
