"""The user's own words: a `vocabulary` sheet or file beside the tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ...core.errors import InputError, InputProblem, UsageError, Where
from ...core.storage.settings import read_toml
from ...core.vocabulary import Relation, Vocabulary, default_vocabulary, fold_word
from ..cells import RawTable

SHEET = "vocabulary"
COLUMNS = (
    *("what", "name", "id", "sector", "plural", "phrase", "levels", "aliases", "directed"),
    *("working", "exact", "numbers"),
)
SECTIONS = {
    "kind": "kinds",
    "sector": "sectors",
    "relation": "relations",
    "ladder": "ladders",
    "none": "none",
}


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

    Columns: ``what`` (kind, sector, relation, ladder, or none: an answer that means no tie),
    ``name``, ``id`` (else made of the name), ``sector`` and ``plural`` (of a kind), ``phrase``,
    ``directed``, ``working`` and ``exact`` (of a relation; the last three yes or no), ``numbers``
    (of a ladder: weakest first, or strongest first), ``aliases`` and ``levels`` (separated by
    semicolons; of a ladder weakest first, with aliases as "level = word"; of a relation as
    "strength = word").

    Raises
    ------
    InputError
        A row is none of these, or is wrong.
    """
    words: dict[str, dict[str, Any]] = {}
    known = {fold_word(column): column for column in COLUMNS}
    header = [known.get(fold_word(text), text) for text in raw.header]
    listed = [dict(zip(header, (text.strip() for text in row), strict=True)) for row in raw.rows]
    sectors = _find_sectors(listed)
    for number, cells in zip(raw.row_numbers, listed, strict=True):
        section = SECTIONS.get(fold_word(cells.get("what", "")))
        if section is None or not cells.get("name"):
            raise InputError("The vocabulary cannot be used.", [_wrong_row(raw, number, cells)])
        if section == "none":
            words.setdefault("none", {}).setdefault("answers", []).append(cells["name"])
            continue
        key = cells.get("id", "") or make_key(cells["name"])
        words.setdefault(section, {})[key] = _word(section, cells, vocabulary, sectors)
    try:
        return vocabulary.extend(words)
    except UsageError as error:
        place = f"{raw.file}, {raw.sheet}" if raw.sheet else raw.file
        raise InputError(f"{place}: {error}") from error


def make_key(name: str) -> str:
    """Make the id of a word from its name.

    Examples
    --------
    >>> make_key("Food Pantries")
    'food_pantry'
    """
    return fold_word(name).replace(" ", "_")


def _find_sectors(listed: list[dict[str, str]]) -> dict[str, str]:
    """Sectors that the sheet itself declares, by their names and ids."""
    own = [row for row in listed if SECTIONS.get(fold_word(row.get("what", ""))) == "sectors"]
    ids = [row.get("id", "") or make_key(row.get("name", "")) for row in own]
    names = [row.get("name", "") for row in own]
    return {**dict(zip(names, ids, strict=True)), **dict(zip(ids, ids, strict=True))}


def _word(
    section: str, cells: dict[str, str], vocabulary: Vocabulary, sectors: Mapping[str, str]
) -> Any:
    if section == "sectors":
        return cells["name"]
    entry: dict[str, Any] = {"label": cells["name"]}
    aliases, levels = _split(cells.get("aliases", "")), _split(cells.get("levels", ""))
    entry |= {key: cells[key] for key in ("plural", "phrase") if cells.get(key)}
    if section == "kinds":
        sector = cells.get("sector", "") or "other"
        found = sectors.get(sector) or vocabulary.find_sector(sector) or make_key(sector)
        return entry | {"aliases": aliases, "sector": found}
    if section == "relations":
        flags = {key: cells[key] == "yes" for key in FLAGS if cells.get(key)}
        return entry | {"aliases": aliases, "levels": _pair(levels)} | flags
    numbers = cells.get("numbers", "") or "weakest first"
    return entry | {"levels": levels, "aliases": _pair(aliases), "numbers": numbers}


FLAGS = ("directed", "working", "exact")


def _split(text: str) -> list[str]:
    """Part a cell at semicolons; a word that holds one stands between quotation marks."""
    parts = next(csv.reader([text], delimiter=";", skipinitialspace=True), [])
    return [part.strip() for part in parts if part.strip()]


def _join(words: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="").writerow(list(words))
    return out.getvalue()


def _pair(parts: list[str]) -> dict[str, list[str]]:
    """Read "level = word" of each part; a part without = is a level without words."""
    found: dict[str, list[str]] = {}
    for part in parts:
        level, _, word = (text.strip() for text in part.partition("="))
        found.setdefault(level, []).extend([word] if word else [])
    return found


def _unpair(pairs: Mapping[str, list[str]]) -> list[str]:
    return [f"{level} = {word}" for level, words in pairs.items() for word in words]


def list_word_rows(vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """Give the words of the user's own as rows of a vocabulary sheet, by `COLUMNS`."""
    words = list_own_words(vocabulary)
    rows = [{"what": "sector", "id": k, "name": v} for k, v in words.get("sectors", {}).items()]
    for what, section in (("kind", "kinds"), ("relation", "relations"), ("ladder", "ladders")):
        rows += [_row_of(what, key, entry) for key, entry in words.get(section, {}).items()]
    answers = words.get("none", {}).get("answers", ())
    rows += [{"what": "none", "name": answer} for answer in answers]
    return [tuple(row.get(column, "") for column in COLUMNS) for row in rows]


def _row_of(what: str, key: str, entry: Mapping[str, Any]) -> dict[str, str]:
    row = {"what": what, "id": key, "name": entry["label"]}
    row |= {k: entry[k] for k in ("sector", "plural", "phrase", "numbers") if k in entry}
    row |= {k: "yes" if entry[k] else "no" for k in FLAGS if k in entry}
    for column in ("levels", "aliases"):
        held = entry.get(column, ())
        row[column] = _join(_unpair(held) if isinstance(held, Mapping) else held)
    return row


def write_words(vocabulary: Vocabulary) -> bytes:
    """Write the words of the user's own as a vocabulary.toml; nothing where there are none."""
    lines: list[str] = []
    for section, entries in list_own_words(vocabulary).items():
        tables = {k: v for k, v in entries.items() if isinstance(v, Mapping)}
        lines += [f"[{section}]", *_list_entries(entries)] if len(tables) < len(entries) else []
        for key, entry in tables.items():
            lines += [f"[{section}.{_toml(key)}]", *_list_entries(entry)]
            inner = {k: v for k, v in entry.items() if isinstance(v, Mapping) and v}
            for name, table in inner.items():
                lines += [f"[{section}.{_toml(key)}.{name}]", *_list_entries(table)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _list_entries(table: Mapping[str, Any]) -> list[str]:
    plain = {k: v for k, v in table.items() if not isinstance(v, Mapping)}
    return [f"{_toml(key)} = {_toml(value)}" for key, value in plain.items()]


def _toml(value: Any) -> str:
    """Write a text, a flag or a list of texts; JSON writes them as TOML does."""
    return json.dumps(value, ensure_ascii=False)


def _wrong_row(raw: RawTable, number: int, cells: dict[str, str]) -> InputProblem:
    return InputProblem(
        Where(raw.file, raw.sheet, number),
        f'what = "{cells.get("what", "")}", name = "{cells.get("name", "")}"',
        "A word is a kind, sector, relation, ladder or none, and has a name.",
        f"Fill in the columns {', '.join(COLUMNS)} as far as they apply.",
    )


def list_own_words(vocabulary: Vocabulary) -> dict[str, Any]:
    """The words of a vocabulary that partnet does not ship, as `Vocabulary.extend` takes them."""
    shipped = default_vocabulary()
    words: dict[str, Any] = {
        "sectors": {k: v for k, v in vocabulary.sectors.items() if shipped.sectors.get(k) != v},
        "kinds": {
            k.id: {
                "label": k.label, "sector": k.sector, "plural": k.plural,
                "aliases": list(k.aliases),
            }
            for k in vocabulary.kinds.values() if shipped.kinds.get(k.id) != k
        },
        "relations": {
            r.id: {
                "label": r.label, "phrase": r.phrase, "directed": r.directed,
                "working": r.working, "aliases": list(r.aliases), "exact": r.exact,
                "levels": _gather_levels(r),
            }
            for r in vocabulary.relations.values() if shipped.relations.get(r.id) != r
        },
        "ladders": {
            lad.id: {
                "label": lad.label, "levels": list(lad.levels),
                "aliases": {level: list(names) for level, names in lad.aliases.items()},
                "numbers": "strongest first" if lad.strongest_first else "weakest first",
            }
            for lad in vocabulary.ladders.values() if shipped.ladders.get(lad.id) != lad
        },
    }  # fmt: skip
    none = [word for word in vocabulary.none_answers if word not in shipped.none_answers]
    return {key: value for key, value in words.items() if value} | (
        {"none": {"answers": none}} if none else {}
    )


def _gather_levels(relation: Relation) -> dict[str, list[str]]:
    """Words that say a relation at a strength, by that strength."""
    found: dict[str, list[str]] = {}
    for word, level in relation.levels.items():
        found.setdefault(repr(level), []).append(word)
    return found
