"""The words that people read: the field's terms, in American spelling, one word for one thing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = sorted((ROOT / "src" / "partnet").rglob("*.py"))
PAGES = [
    *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "src" / "partnet").rglob("*.html")),
]

# What is no longer said, and what is said instead.
REPLACED = {
    r"shortest ways?\b": "shortest path",
    r"\bways between\b": "paths between",
    r"[Ll]ies between others": "betweenness",
    r"[Cc]loseness to all": "harmonic closeness",
    r"go-betweens?\b": "broker",
    r"[Tt]imes between two others": "pairs brokered",
    r"lose their way to": "are cut off from the main component",
    r"\bcut points?\b": "articulation point",
    r"dealt anew": "group labels permuted",
    r"\bfillings?\b": "imputation",
    r"[Hh]idden ties?\b": "held-out tie",
    r"[Bb]lind choice": "random choice",
    r"\ba head\b": "per person",
    r"[Mm]iddle county": "median county",
    r"stand twice|stands twice": "duplicates",
    r"hangs on|hang on\b": "depends on",
    r"\burgency\b": "severity",
    r"\bwarmest\b|\bwarmth\b": "strongest path",
}
BRITISH = re.compile(
    r"\b\w*(neighbour|colour(?!s?-blind)|licence|judgement|organisation|kilometre|behaviour|favour|"
    r"labelled|labelling|recognis|travell|centred\b|grey)\w*",
    re.IGNORECASE,
)
# Lines in which an old or British word is meant: what people may have in a file, or wrote before.
MEANT = re.compile(
    r"renamed\(|alias|judgements?\.csv|^judgement$|fillings=|fillings_|--fillings|labelledby"
)


@cache
def list_texts(path: Path) -> tuple[tuple[int, str], ...]:
    """Texts of a file that somebody may read, with their lines: strings of code, lines of pages."""
    return tuple(_read_texts(path))


def _read_texts(path: Path) -> Iterator[tuple[int, str]]:
    content = path.read_text("utf-8")
    if path.suffix != ".py":
        yield from enumerate(content.splitlines(), 1)
        return
    for node in ast.walk(ast.parse(content)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for k, line in enumerate(node.value.splitlines()):
                yield node.lineno + k, line


def find(pattern: re.Pattern[str], path: Path) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line} {text.strip()[:100]}"
        for line, text in list_texts(path)
        if pattern.search(text) and not MEANT.search(text)
    ]


@pytest.mark.parametrize(("old", "new"), REPLACED.items(), ids=REPLACED.values())
def test_replaced_phrases_are_gone(old: str, new: str) -> None:
    found = [hit for path in [*SOURCE, *PAGES] for hit in find(re.compile(old), path)]
    assert not found, f"say {new}: {found}"


def test_spelling_is_american() -> None:
    assert not [hit for path in [*SOURCE, *PAGES] for hit in find(BRITISH, path)]


def test_patterns_find_what_they_should(tmp_path: Path) -> None:
    assert BRITISH.search("the neighbouring county") and not BRITISH.search("a neighboring one")
    for old in REPLACED:
        assert re.compile(old)
