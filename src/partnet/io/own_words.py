"""The user's own words: a `vocabulary` sheet or file beside the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..core.errors import InputError, InputProblem, UsageError, Where
from ..core.files import read_toml
from ..core.vocabulary import Vocabulary, fold_word
from .cells import RawTable

SHEET = "vocabulary"
COLUMNS = ("what", "name", "sector", "levels", "aliases", "directed", "working", "numbers")
SECTIONS = {"kind": "kinds", "sector": "sectors", "relation": "relations", "ladder": "ladders"}


def extend_from_file(vocabulary: Vocabulary, path: Path) -> Vocabulary:
    """Add the words of a vocabulary.toml.

    Raises
    ------
    InputError
        The file is not TOML, or declares something unknown.
    """
    try:
        return vocabulary.extend(read_toml(path))
    except UsageError as error:
        raise InputError(f"{path.name}: {error}") from error


def extend_from_sheet(vocabulary: Vocabulary, raw: RawTable) -> Vocabulary:
    """Add the words of a vocabulary sheet: one row a word.

    Columns: ``what`` (kind, sector, relation or ladder), ``name``, ``sector`` (of a kind),
    ``levels`` (of a ladder, weakest first, separated by semicolons), ``aliases`` (separated by
    semicolons), ``directed``, ``working`` (of a relation: yes or no) and ``numbers`` (of a ladder:
    weakest first, or strongest first).

    Raises
    ------
    InputError
        A row is none of these.
    """
    words: dict[str, dict[str, Any]] = {}
    header = [fold_word(text) for text in raw.header]
    for number, row in zip(raw.row_numbers, raw.rows, strict=True):
        cells = dict(zip(header, (text.strip() for text in row), strict=True))
        section = SECTIONS.get(fold_word(cells.get("what", "")))
        if section is None or not cells.get("name"):
            raise InputError("The vocabulary cannot be used.", [_wrong_row(raw, number, cells)])
        key = fold_word(cells["name"]).replace(" ", "_")
        words.setdefault(section, {})[key] = _word(section, cells, vocabulary)
    try:
        return vocabulary.extend(words)
    except UsageError as error:
        raise InputError(f"{raw.file}, {raw.sheet}: {error}") from error


def _word(section: str, cells: dict[str, str], vocabulary: Vocabulary) -> Any:
    if section == "sectors":
        return cells["name"]
    entry: dict[str, Any] = {"label": cells["name"]}
    aliases = [text.strip() for text in cells.get("alias", "").split(";") if text.strip()]
    if section == "kinds":
        sector = cells.get("sector", "") or "other"
        return entry | {
            "aliases": aliases,
            "sector": vocabulary.find_sector(sector) or fold_word(sector),
        }
    if section == "relations":
        flags = {key: cells[key] == "yes" for key in ("directed", "working") if cells.get(key)}
        return entry | {"aliases": aliases} | flags
    levels = [text.strip() for text in cells.get("level", "").split(";") if text.strip()]
    return entry | {"levels": levels, "numbers": cells.get("number", "") or "weakest first"}


def _wrong_row(raw: RawTable, number: int, cells: dict[str, str]) -> InputProblem:
    return InputProblem(
        Where(raw.file, raw.sheet, number),
        f'what = "{cells.get("what", "")}", name = "{cells.get("name", "")}"',
        "A word is a kind, sector, relation or ladder, and has a name.",
        f"Fill in the columns {', '.join(COLUMNS)} as far as they apply.",
    )
