"""Write ``docs/gaps.md`` from the kinds of gaps that the code declares.

    python scripts/make_gaps_page.py

A test holds the page against the declarations: run this after a kind of gaps has changed.
"""

from __future__ import annotations

from pathlib import Path

from partnet.questions.gaps.page import write_page

PAGE = Path(__file__).resolve().parents[1] / "docs" / "gaps.md"

if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8", newline="\n")
