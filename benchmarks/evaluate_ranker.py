"""Judge both rankers on networks they never saw, and write the tables of docs/recommender.md.

    python benchmarks/evaluate_ranker.py FOLDER

The folder holds networks.csv, ties.csv and attributes.csv; panels are read from the folder `waves`
beside it. Fits are kept in the cache folder, so that a run that was broken off goes on.
"""

from __future__ import annotations

import argparse
import json
import pickle
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import gettempdir

import numpy as np
from ranker_best import Rankers
from ranker_calibration import Calibration, calibrate
from ranker_card import write_card
from ranker_jobs import Material, fit_part, read_material, remember, run_parts
from ranker_report import write_report
from ranker_scored import (
    average_in,
    grow_forests,
    score_newcomers,
    score_part,
    score_waves,
)
from ranker_tables import Scored
from ranker_waves import read_waves

PROJECT = Path(__file__).parents[1]
DOCUMENT = PROJECT / "docs" / "recommender.md"
WEIGHTS = PROJECT / "src" / "partnet" / "data" / "ranker.json"


@dataclass(frozen=True)
class Evaluation:
    """Scores of networks left out, and what was fitted on them for all networks together."""

    warm: list[Scored]
    domains: list[Scored]
    newcomers: list[Scored]
    waves: list[Scored]
    calibration: dict[str, Calibration]


def evaluate(folder: Path, cache: Path, workers: int, *, forest: bool = True) -> Evaluation:
    """Fit on everything but each part, and score the part."""
    material = read_material(folder, cache)
    parts = material.parts

    def fit_and_score(name: str) -> tuple[Rankers, list[Scored]]:
        ranker = fit_part(material, cache, name)
        score = partial(score_part, material, ranker, parts[name])
        return ranker, remember(cache / f"scored-{name}.pickle", score)

    found = run_parts(fit_and_score, list(parts), workers)
    folds = {name: ranker for name, (ranker, _) in found.items() if name.startswith("fold")}
    warm = [one for name in folds for one in found[name][1]]
    apart = [one for name in found if name not in folds for one in found[name][1]]
    waves = score_waves(read_waves(folder.parent / "waves"), _by_family(material, folds))
    for scored in (warm, apart, waves):
        average_in(scored)
    if forest:
        _add_forests(material, warm, cache, workers)
    newcomers = score_newcomers(material, folds, parts)
    calibration = {name: calibrate(warm, name) for name in ("readable", "best")}
    calibration["newcomer"] = calibrate(newcomers, "readable")
    return Evaluation(warm, apart, newcomers, waves, calibration)


def _add_forests(material: Material, warm: list[Scored], cache: Path, workers: int) -> None:
    def grow(name: str) -> dict[tuple[str, int], np.ndarray]:
        make = partial(grow_forests, material, material.parts[name])
        return remember(cache / f"forest-{name}.pickle", make)

    folds = [name for name in material.parts if name.startswith("fold")]
    grown = run_parts(grow, folds, workers)
    for one in warm:
        fold = next(name for name in folds if (one.network, one.seed) in grown[name])
        one.scores["own_forest"] = grown[fold][one.network, one.seed]


def _by_family(material: Material, folds: dict[str, Rankers]) -> dict[str, Rankers]:
    """The fit that left a family out."""
    families = np.array([example.family for example in material.corpus])
    return {family: folds[name] for name in folds for family in set(families[material.parts[name]])}


def main() -> None:
    """Evaluate, write tables, goals and the card of what is shipped into the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(gettempdir()) / "partnet-ranker")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    found = evaluate(arguments.folder, arguments.cache, arguments.workers)
    (arguments.cache / "evaluation.pickle").write_bytes(pickle.dumps(found))
    card = write_card(json.loads(WEIGHTS.read_text(encoding="utf-8")))
    document = DOCUMENT.read_text(encoding="utf-8")
    for name, text in (write_report(found) | {"card": card}).items():
        document = fill_in(document, name, text)
        print(text)
    DOCUMENT.write_text(document, encoding="utf-8")


def fill_in(document: str, name: str, text: str, by: str = "evaluate_ranker") -> str:
    """Replace what stands between the two marks of a part that is written by a command."""
    start = f"<!-- {name}: written by benchmarks/{by}.py -->"
    end = f"<!-- end of {name} -->"
    before, rest = document.split(start)
    return f"{before}{start}\n\n{text}\n\n{end}{rest.split(end)[1]}"


if __name__ == "__main__":
    main()
