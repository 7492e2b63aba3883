"""The configuration of a repeated run: one TOML file, checked as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from .core.audience.hiding import AUDIENCES, Audience
from .core.errors import InputError, UsageError
from .core.storage.settings import read_json, read_toml
from .core.storage.shapes import (
    DAY,
    FLAG,
    TEXT,
    WHOLE,
    WORD,
    Shape,
    list_of,
    one_of,
    record,
    table_of,
)
from .core.storage.writing import write_file_atomically
from .core.wording.units import UNITS, Units


@dataclass(frozen=True, slots=True)
class Config:
    """What a repeated run reads, writes and watches.

    Attributes
    ----------
    input : Path
        The network: a folder or a workbook.
    outputs : tuple of Path
        Reports to write; the suffix tells the format. ``{date}`` in a name or folder stands for
        the day, as 2026-06-30: the reports of earlier runs stay. A folder within that of the
        configuration is made.
    others : tuple of Path
        Networks of other coalitions: a section of the reports says where this one stands among
        them, and what cannot be compared.
    as_of : str
        The day to judge on; blank: today.
    convener : str
        Overrides the convener of the file.
    units : {"miles", "km"}, optional
        In which distances are said; default: as the file says, else miles.
    audience : {"internal", "partner", "public"}
        Who reads the outputs and the snapshot.
    organization : str
        With the audience "partner": the one it is made for; blank: for any.
    strict : bool
        Exit with 1 if any row was set aside.
    max_set_aside : int or None
        Exit with 1 if more rows than this were set aside.
    thresholds : mapping of str to number
        Exit with 3 if more than this was found: open gaps of a kind (``rule_gaps``) or of all
        (``gaps``), other named numbers, or any number of a sentence.
    at_least : mapping of str to number
        Exit with 3 if less than this was found, of the same numbers.
    export : tuple of Path
        Files for other programs, written anew at every run; the end of the name tells the format
        (a blueprint for Kumu's live map: map.kumu.json). ``{date}`` and folders as for reports.
    snapshot : Path or None
        Where the findings of this run are kept, so that the next one can say what changed.
    history : Path or None
        A folder in which the tables of each run are kept under its day, with a short text of what
        came and went since the run before; the reports say it as well.
    """

    input: Path
    outputs: tuple[Path, ...]
    others: tuple[Path, ...] = ()
    as_of: str = ""
    convener: str = ""
    units: Units | None = None
    audience: Audience = "internal"
    organization: str = ""
    strict: bool = False
    max_set_aside: int | None = None
    thresholds: Mapping[str, float] = field(default_factory=dict)
    at_least: Mapping[str, float] = field(default_factory=dict)
    export: tuple[Path, ...] = ()
    snapshot: Path | None = None
    history: Path | None = None

    def on(self, day: str) -> Config:
        """Give it with the day in the names of what is written."""
        outputs, export = (
            tuple(Path(str(path).replace(DATE, day)) for path in paths)
            for paths in (self.outputs, self.export)
        )
        return replace(self, outputs=outputs, export=export)


DATE = "{date}"
LIMITS = Shape("a table, each entry a number", lambda value: isinstance(value, Mapping))
_ENTRIES = record(
    {
        "input": WORD,
        "output": list_of(WORD, or_one=True),
        "others": list_of(WORD, or_one=True),
        "as_of": DAY,
        "convener": TEXT,
        "units": one_of(UNITS),
        "audience": one_of(AUDIENCES),
        "organization": TEXT,
        "strict": FLAG,
        "max_set_aside": WHOLE,
        "thresholds": LIMITS,
        "at_least": LIMITS,
        "export": list_of(WORD, or_one=True),
        "snapshot": WORD,
        "history": WORD,
    },
    required=("input", "output"),
)


def read_example() -> str:
    """Give a configuration to begin with: every key stands in it, with what it does."""
    return (files("partnet.data") / "monthly.toml").read_text(encoding="utf-8")


def read_config(path: str | Path) -> Config:
    """Read a configuration; paths in it are relative to the file itself.

    Raises
    ------
    InputError
        The file is not there or is not TOML.
    UsageError
        A key is unknown or missing, or a value is of the wrong type.
    """
    path = Path(path)
    entries = read_toml(path)
    _ENTRIES.check(path.name, entries)
    folder = path.resolve().parent
    return Config(
        input=folder / entries["input"],
        outputs=_list_dated(path, "output", entries),
        others=_list_paths(folder, entries.get("others", [])),
        export=_list_dated(path, "export", entries),
        as_of=str(entries.get("as_of", "")),
        convener=entries.get("convener", ""),
        units=entries.get("units"),
        audience=entries.get("audience", "internal"),
        organization=entries.get("organization", ""),
        strict=entries.get("strict", False),
        max_set_aside=entries.get("max_set_aside"),
        thresholds=_read_limits(path.name, "thresholds", entries),
        at_least=_read_limits(path.name, "at_least", entries),
        snapshot=folder / entries["snapshot"] if "snapshot" in entries else None,
        history=folder / entries["history"] if "history" in entries else None,
    )


def _list_paths(folder: Path, entry: str | list[str]) -> tuple[Path, ...]:
    names = entry if isinstance(entry, list) else [entry]
    return tuple(folder / name for name in names)


def _list_dated(path: Path, key: str, entries: Mapping[str, Any]) -> tuple[Path, ...]:
    """Give the paths of what is written; in their names the day may stand, and nothing else."""
    paths = _list_paths(path.resolve().parent, entries.get(key, []))
    for name in (found.name for found in paths):
        strange = [word for word in re.findall(r"\{[^{}]*\}", name) if word != DATE]
        if strange:
            raise UsageError(
                f"{path.name}, {key}: found {strange[0]} in {name}. Allowed is {DATE}, the day of "
                "the run. Correct it, or leave it out."
            )
    return paths


def _read_limits(name: str, key: str, entries: Mapping[str, Any]) -> dict[str, float]:
    """Check limits; which kinds of gaps can be limited, their list says."""
    if key not in entries:
        return {}
    from .core.results.limits import read_limits
    from .questions.gaps.kinds import list_thresholds

    history = "history" in entries
    return read_limits(f"{name}, {key}", entries[key], list_thresholds(), history=history)


def read_snapshot(path: Path) -> dict[str, list[str]]:
    """Give the findings of the last run; empty where there was none.

    Raises
    ------
    InputError
        The file is not a snapshot.
    """
    if not path.exists():
        return {}
    found = read_json(path)
    try:
        _FINDINGS.check("", found)
    except UsageError as error:
        raise InputError(
            f"{path.name}: it is no snapshot of partnet ({error}). Move it away and run again."
        ) from error
    return dict(found)


_FINDINGS = table_of(list_of(TEXT))


def write_snapshot(path: Path, findings: Mapping[str, list[str]]) -> None:
    """Keep the findings of this run for the next one, in place of those that were read."""
    text = json.dumps(findings, indent=1, ensure_ascii=False, sort_keys=True)
    write_file_atomically(path, text.encode("utf-8"), force=True)


def compare_snapshots(
    before: Mapping[str, list[str]], after: Mapping[str, list[str]]
) -> dict[str, tuple[list[str], list[str]]]:
    """Give what entered and what left, by kind of finding."""
    return {
        key: (
            [item for item in items if item not in before.get(key, [])],
            [item for item in before.get(key, []) if item not in items],
        )
        for key, items in after.items()
    }
