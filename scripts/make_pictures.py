"""Draw the pictures of the README and the docs from the invented sample.

python scripts/make_pictures.py
"""

from __future__ import annotations

from pathlib import Path

from partnet import load_sample
from partnet.views.draw import render_network

FOLDER = Path(__file__).parents[1] / "docs" / "images"


def main() -> None:
    """Write the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = render_network(load_sample("prairie"), format="png", dpi=110)
    FOLDER.joinpath("prairie.png").write_bytes(picture)


if __name__ == "__main__":
    main()
