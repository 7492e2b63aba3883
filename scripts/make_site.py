"""Build the documentation site: `python scripts/make_site.py`, or `python3 tasks.py docs`.

Pages written by hand lie in `docs/`; the reference is written from the code at every build
(`website/reference.py`), and the notebooks are run. The build asks nobody for anything, and any
warning fails it. Open `output/site/index.html` in a browser; it needs no server.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from website.build import build_site, list_missing

SITE = Path(__file__).resolve().parents[1] / "output" / "site"


def main() -> int:
    """Build the site and say where it lies."""
    parser = argparse.ArgumentParser(description="Build the documentation site.")
    parser.add_argument("-o", "--output", type=Path, default=SITE, help="the folder to write")
    folder = parser.parse_args().output.resolve()
    if missing := list_missing():
        print(f"The site needs {', '.join(missing)}. Run: python3 tasks.py docs", file=sys.stderr)
        return 1
    code = build_site(folder)
    if code == 0:
        print(f"The site lies here: {folder}\nOpen: {(folder / 'index.html').as_uri()}")
    return code


if __name__ == "__main__":
    sys.exit(main())
