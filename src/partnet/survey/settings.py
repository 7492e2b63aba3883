"""The settings of a survey: survey.toml beside its questionnaires."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.errors import InputError, UsageError
from ..core.storage.settings import read_toml
from ..core.storage.shapes import WORD, list_of, record
from ..core.wording.safety import strip_controls

FILE = "survey.toml"
ABOUT = "# What was asked, of whom and when; collecting the answers reads it. Leave it as it is."
ENTRIES = {
    "title": WORD,
    "wave": WORD,
    "day": WORD,
    "due": WORD,
    "reply_to": WORD,
    "relations": list_of(WORD),
    "asked": list_of(WORD),
}
COLUMNS = "columns"  # the entry of a survey that a tool asked: how its export is read


@dataclass(frozen=True, slots=True)
class Settings:
    """What one survey asks.

    Attributes
    ----------
    title, wave, day : str
        Title of the network, name of the wave, day on which it was made (YYYY-MM-DD; "" without).
    relations : tuple of str
        Relations asked about, beside working together.
    asked : tuple of str
        Ids of all who were asked.
    due, reply_to : str
        By when and to whom it is sent back; "" where not said.
    """

    title: str
    wave: str
    day: str
    relations: tuple[str, ...]
    asked: tuple[str, ...]
    due: str = ""
    reply_to: str = ""


def write_settings(settings: Settings) -> bytes:
    """Give the settings as TOML."""
    texts = {
        "title": settings.title,
        "wave": settings.wave,
        "day": settings.day,
        "due": settings.due,
        "reply_to": settings.reply_to,
    }
    lines = [ABOUT, *(f"{key} = {_quote(text)}" for key, text in texts.items() if text)]
    for key, entries in (("relations", settings.relations), ("asked", settings.asked)):
        listed = "".join(f"    {_quote(entry)},\n" for entry in entries)
        lines.append(f"{key} = [\n{listed}]")
    return ("\n".join(lines) + "\n").encode("utf-8")


def _quote(text: str) -> str:
    return json.dumps(strip_controls(text), ensure_ascii=False)


def find_settings(folder: Path) -> Settings | None:
    """Give the settings beside answers, or in the folder above; ``None`` where there are none.

    Raises
    ------
    InputError
        The file is not as it was written.
    """
    path = find_file(folder)
    return None if path is None else read_settings(path)


def find_file(folder: Path) -> Path | None:
    """Give the path of the settings beside answers, or in the folder above."""
    places = (folder / FILE, folder.resolve().parent / FILE)
    return next((path for path in places if path.is_file()), None)


def reads_export(path: Path) -> bool:
    """Tell whether settings say how the export of a tool is read."""
    return COLUMNS in read_toml(path)


def read_settings(path: Path) -> Settings:
    """Read settings; how an export is read is no matter here.

    Raises
    ------
    InputError
        The file is not as it was written.
    """
    found: dict[str, Any] = read_toml(path)
    if COLUMNS in found:
        found = {key: found[key] for key in ENTRIES if key in found}
    try:
        record(ENTRIES).check(path.name, found)
    except UsageError as error:
        raise InputError(str(error)) from error
    texts = [str(found.get(key, "")) for key in ("title", "wave", "day", "due", "reply_to")]
    title, wave, day, due, reply_to = texts
    relations, asked = (tuple(found.get(key, ())) for key in ("relations", "asked"))
    return Settings(title, wave, day, relations, asked, due, reply_to)
