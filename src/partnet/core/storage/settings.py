"""Reading settings: files that people write, opened in one way that ends in a sentence."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..errors import InputError
from .system import name_other

MOST_SETTINGS = 2_000_000  # bytes of a TOML file; the longest vocabulary has a tenth
MOST_DOTS = 50  # parts of one dotted key; the time to read it grows with their square
MOST_SAVED = 100_000_000  # bytes of a JSON file that partnet wrote

_DOTTED = re.compile(rf"(?<![\w\"'-])(?:[\w\"'-]++\s*+\.\s*+){{{MOST_DOTS}}}")


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file, with or without a byte order mark.

    Raises
    ------
    InputError
        The file is not there, is not TOML, or holds what no settings need.
    """
    text = _read_text(path, MOST_SETTINGS, "TOML")
    if _DOTTED.search(text):
        raise InputError(
            f"{path.name}: found a key of more than {MOST_DOTS} parts. Settings need no such key. "
            "Correct it."
        )
    advice = 'Each line is a setting, such as input = "network.xlsx". Correct it.'
    parsed: dict[str, Any] = _parse(tomllib.loads, text, path, "TOML", advice)
    return parsed


def read_json(path: Path) -> Any:
    """Read a JSON file that partnet wrote.

    Raises
    ------
    InputError
        The file is not there, is not JSON, or is nested beyond reason.
    """
    text = _read_text(path, MOST_SAVED, "JSON")
    advice = "partnet writes this file, and nobody edits it. Move it away and run again."
    return _parse(json.loads, text, path, "JSON", advice)


def _parse(parse: Callable[[str], Any], text: str, path: Path, kind: str, advice: str) -> Any:
    """Parse a text; what cannot be parsed is said in a sentence."""
    try:
        return parse(text)
    except RecursionError as error:
        raise InputError(_explain_depth(path)) from error
    except ValueError as error:
        if "digits" in str(error):
            raise InputError(_explain_digits(path)) from error
        raise InputError(
            f"{path.name}: found text that is not {kind} ({_shorten(error)}). {advice}"
        ) from error


def _read_text(path: Path, most: int, kind: str) -> str:
    """Read a text file in UTF-8 of a size that settings have."""
    try:
        if not path.is_file():
            raise InputError(
                f"{path.name}: found {name_other(path)}. A {kind} file is expected. Check it."
            )
        size = path.stat().st_size
        if size > most:
            raise InputError(
                f"{path.name}: found {size / 1e6:,.0f} MB. A {kind} file here has at most "
                f"{most / 1e6:,.0f} MB. Check the path."
            )
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name}: found text that is not in UTF-8 (byte {error.start + 1:,}). A {kind} "
            "file is in UTF-8. Save it so in your editor."
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise InputError(
            f"{path.name or path}: it cannot be read ({_shorten(error)}). Check the path."
        ) from error


def _explain_depth(path: Path) -> str:
    return (
        f"{path.name}: found lists or tables nested beyond what can be read. Settings need three "
        "levels. Correct it."
    )


def _explain_digits(path: Path) -> str:
    return (
        f"{path.name}: found a number of more digits than can be read. Settings need no more than "
        "15. Correct it."
    )


def _shorten(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
