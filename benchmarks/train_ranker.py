"""Train both rankers on a folder of networks and write them as package data.

    python benchmarks/train_ranker.py FOLDER

The folder holds networks.csv, ties.csv and attributes.csv. One tie in five is hidden (whole events
where ties come from events); columns are measured on what is left. Families of networks stay
in one fold; slopes and the model card come from networks left out, the weights from all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import gettempdir

from evaluate_ranker import Evaluation, evaluate
from ranker_best import PATTERN_WEIGHT, Rankers
from ranker_card import make_card
from ranker_corpus import Example
from ranker_jobs import fit_part, read_material
from ranker_trees import save_trees

DATA = Path(__file__).parents[1] / "src" / "partnet" / "data"


def main() -> None:
    """Read the folder, fit, and write data/ranker.json and data/ranker_trees.npz."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(gettempdir()) / "partnet-ranker")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    place = arguments.folder, arguments.cache
    found = evaluate(*place, arguments.workers, forest=False)
    material = read_material(*place)
    fitted = fit_part(material, arguments.cache, "all")
    shipped = describe(material.corpus, fitted, found)
    text = json.dumps(shipped, indent=1, ensure_ascii=False) + "\n"
    (DATA / "ranker.json").write_text(text, encoding="utf-8")
    save_trees(fitted.trees, DATA / "ranker_trees.npz")
    print(text)


def describe(corpus: Sequence[Example], fitted: Rankers, found: Evaluation) -> dict[str, object]:
    """Give weights, slopes and the model card as they are shipped."""
    slope = {name: one.slope for name, one in found.calibration.items()}
    fitted.readable.weights["newcomer"][:] *= slope["newcomer"] / slope["readable"]
    readable = {
        "slope": round(slope["readable"], 4),
        "weights": fitted.readable.name_weights(),
    }
    best = {"slope": round(slope["best"], 4), "pattern": PATTERN_WEIGHT}
    return {
        "version": "2",
        "rankers": {"readable": readable, "best": best},
        "card": make_card(corpus, found),
    }


if __name__ == "__main__":
    main()
