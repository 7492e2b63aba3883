"""A recipe: what a repeated build reads and writes, as one TOML file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.arguments import checked
from ..core.storage.settings import read_toml
from ..core.storage.shapes import FLAG, NUMBER, WORD, Shape, list_of, record
from .readers.catalog import NAMES

_PATHS = list_of(WORD, or_one=True)


@dataclass(frozen=True)
class _Files(Shape):
    """A list of paths, or a table from reader to path or paths."""

    def check(self, place: str, value: Any) -> None:
        by_reader = isinstance(value, dict)
        shape = record(dict.fromkeys(NAMES, _PATHS)) if by_reader else list_of(WORD, least=1)
        shape.check(place, value)


FILES = _Files("a list of paths, or a table from reader to path", lambda value: bool(value))
_ENTRIES = record(
    {
        "output": WORD,
        "files": FILES,
        "state": list_of(WORD, or_one=True),
        "counties": list_of(WORD),
        "nation": FLAG,
        "border_km": NUMBER,
        "wide": FLAG,
        "update": FLAG,
    },
    required=("output", "files"),
)


@checked
def read_recipe(path: str | Path) -> dict[str, Any]:
    """Read a recipe as the arguments of :func:`partnet.build_network`.

    Paths are relative to the recipe. Keys: ``output``, ``files`` (a list, or a table from reader
    to path or list of paths), one of ``state``, ``counties`` and ``nation``, and ``border_km``,
    ``wide``, ``update`` as for the function. An update of a folder that is not there yet is a
    first build, so that one recipe serves every run.

    Parameters
    ----------
    path : path
        A TOML file.

    Returns
    -------
    dict
        Arguments by name.

    Raises
    ------
    InputError
        The file is not there or is not TOML.
    UsageError
        A key is unknown or missing, or a value is of the wrong type.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import partnet as pn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     recipe = Path(folder, "recipe.toml")
    ...     text = 'output = "net"\\nfiles = ["hospitals.csv"]\\nstate = "NE"\\n'
    ...     _ = recipe.write_text(text, encoding="utf-8")
    ...     pn.read_recipe(recipe)["state"]
    'NE'
    """
    path = Path(path)
    entries = read_toml(path)
    _ENTRIES.check(path.name, entries)
    folder = path.resolve().parent
    output = folder / entries["output"]
    update = bool(entries.get("update")) and output.is_dir()
    files = place_files(folder, entries["files"])
    return {**entries, "output": output, "files": files, "update": update}


def place_files(folder: Path, files: Any) -> Any:
    """Make paths relative to a recipe absolute."""
    if isinstance(files, list):
        return [folder / file for file in files]
    listed = {
        reader: [given] if isinstance(given, str) else given for reader, given in files.items()
    }
    return {reader: [folder / file for file in given] for reader, given in listed.items()}
