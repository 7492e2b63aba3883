"""Make src/partnet/data/county_shapes.json.gz: the outlines of US counties, simplified.

    python scripts/make_shapes.py ../shared/data/geography/us-atlas-counties-10m.json

The outlines are those of the US Census cartographic boundary files (public domain), as the npm
package us-atlas (ISC license) puts them together: counties of before 2022 in Connecticut, and
Alaska's Valdez-Cordova (02261), which was divided in 2019. Borders that two counties share are
simplified once, so that no gap opens between them.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

OUTPUT = Path(__file__).parents[1] / "src/partnet/data/county_shapes.json.gz"
SCALE = 1000  # steps in a degree: about 100 meters
TOLERANCE = 0.005  # degrees, about 500 meters: how far a simplified line may stray


def main(path: Path) -> None:
    """Read the atlas, simplify, and write."""
    atlas = json.loads(path.read_text(encoding="utf-8"))
    scale, shift = (np.array(atlas["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in atlas["arcs"]]
    shapes = {
        str(county["id"]).zfill(5): list(_list_rings(county))
        for county in atlas["objects"]["counties"]["geometries"]
    }
    written = {
        "scale": SCALE,
        "arcs": [_encode(simplify(arc)) for arc in arcs],
        "counties": dict(sorted(shapes.items())),
    }
    text = json.dumps(written, separators=(",", ":"))
    OUTPUT.write_bytes(gzip.compress(text.encode("ascii"), 9, mtime=0))
    print(f"{OUTPUT.name}: {len(shapes)} counties, {OUTPUT.stat().st_size / 1000:.0f} kB")


def _list_rings(county: dict) -> Iterator[list[int]]:  # type: ignore[type-arg]
    """All rings of a county, outer ones and holes, as numbers of arcs."""
    nested = county.get("arcs", [])
    yield from nested if county["type"] == "Polygon" else (ring for part in nested for ring in part)


def simplify(line: np.ndarray) -> np.ndarray:
    """Leave out points from which the line strays less than the tolerance (Douglas & Peucker 1973,
    doi:10.3138/FM57-6770-U75U-7727); the ends stay."""
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    open_ = [(0, len(line) - 1)]
    while open_:
        first, last = open_.pop()
        if last - first < 2:
            continue
        far = _distances(line[first + 1 : last], line[first], line[last])
        k = int(far.argmax())
        if far[k] > TOLERANCE:
            keep[first + 1 + k] = True
            open_ += [(first, first + 1 + k), (first + 1 + k, last)]
    return line[keep]


def _distances(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Distances of points from the line through two points, or from the one they coincide in."""
    along = end - start
    length = float(np.hypot(*along))
    away = points - start
    if length == 0.0:
        return np.hypot(away[:, 0], away[:, 1])
    return np.abs(away[:, 0] * along[1] - away[:, 1] * along[0]) / length


def _encode(line: np.ndarray) -> list[int]:
    """Whole steps from point to point."""
    steps = np.rint(line * SCALE).astype(int)
    return np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=int)).ravel().tolist()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
