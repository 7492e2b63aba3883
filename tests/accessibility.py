"""Accessibility of a page, judged by axe-core in the browser.

axe-core is a file for development only: it is taken from ``node_modules/axe-core`` beside the
tests (``npm ci --prefix tests``), else fetched there once where npm is at hand.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from .browser import Page

HERE = Path(__file__).resolve().parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def find_violations(page: Page) -> list[str]:
    """Run axe-core on the page that is open; one line a violation with the elements it names."""
    page.evaluate(f"{_read_axe()};0")
    script = (
        f"axe.run({{runOnly: {list(RULES)}}}).then(r => r.violations.map(v => v.id + ': ' +"
        " v.nodes.map(n => n.target.join(' ')).join(', ')))"
    )
    found: dict[str, Any] = page.send(
        "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
    )
    assert "exceptionDetails" not in found, found
    return list(found["result"]["value"])


@cache
def _read_axe() -> str:
    npm = shutil.which("npm")
    if not AXE.exists() and npm:
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(HERE)]
        subprocess.run(command, capture_output=True, timeout=120, check=False)
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci --prefix tests")
    return AXE.read_text(encoding="utf-8")
