"""A recipe: what a repeated build reads and writes, as one TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..core.errors import UsageError
from ..core.files import read_toml
from .readers.catalog import NAMES

KEYS: Mapping[str, tuple[type, ...]] = {
    "output": (str,),
    "files": (dict, list),
    "state": (str, list),
    "counties": (list,),
    "nation": (bool,),
    "border_km": (int, float),
    "wide": (bool,),
    "update": (bool,),
}


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
    _check_entries(path.name, entries)
    folder = path.resolve().parent
    output = folder / entries["output"]
    update = bool(entries.get("update")) and output.is_dir()
    files = _place_files(path.name, folder, entries["files"])
    return {**entries, "output": output, "files": files, "update": update}


def _check_entries(name: str, entries: Mapping[str, Any]) -> None:
    for key in ("output", "files"):
        if not entries.get(key):
            raise UsageError(f"{name}: found no {key}. A recipe needs output and files. Add it.")
    for key, value in entries.items():
        if key not in KEYS:
            raise UsageError(
                f"{name}: found the key {key!r}. Allowed are {', '.join(KEYS)}. Correct it."
            )
        texts = value if key in ("state", "counties", "files") and isinstance(value, list) else []
        if type(value) not in KEYS[key] or not all(isinstance(text, str) for text in texts):
            words = " or ".join(kind.__name__ for kind in KEYS[key])
            raise UsageError(f"{name}, {key}: found {value!r}. Allowed is {words}. Correct it.")


def _place_files(name: str, folder: Path, files: Any) -> Any:
    """Make paths relative to the recipe absolute."""
    if isinstance(files, list):
        return [folder / file for file in files]
    placed = {}
    for reader, given in files.items():
        if reader not in NAMES:
            allowed = ", ".join(NAMES)
            raise UsageError(f"{name}, files: found {reader!r}. Allowed are {allowed}. Correct it.")
        listed = [given] if isinstance(given, str) else given
        if not isinstance(listed, list) or not all(isinstance(file, str) for file in listed):
            raise UsageError(f"{name}, files, {reader}: found {given!r}. Write a path or a list.")
        placed[reader] = [folder / file for file in listed]
    return placed
