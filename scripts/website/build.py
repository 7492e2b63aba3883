"""Build the site into a folder; any warning fails it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from .notebooks import run_notebook
from .tree import lay_out

HERE = Path(__file__).resolve().parent
NEEDED = ("sphinx", "myst_parser", "pydata_sphinx_theme", "numpydoc", "nbclient")


def list_missing() -> list[str]:
    """Name the packages that the build needs and this Python has not."""
    return [name for name in NEEDED if importlib.util.find_spec(name) is None]


def build_site(folder: Path, *, run: Callable[[Path, Path], str] = run_notebook) -> int:
    """Write the site; gives 0, or the exit code of the builder where it warned.

    Parameters
    ----------
    folder : Path
        Where the pages go; what lies there of an earlier build is replaced.
    run : callable
        Runs a notebook and gives it as Markdown.
    """
    from sphinx.cmd.build import build_main

    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "source"
        lay_out(source, run=run)
        shutil.copy(HERE / "conf.py", source)
        shutil.copytree(HERE / "static", source / "_static")
        made = Path(scratch) / "html"
        words = ["-b", "html", "-W", "--keep-going", "-q", "-d", f"{scratch}/doctrees"]
        code = build_main([*words, str(source), str(made)])
        if code == 0:
            put_in_place(made, folder)
        return int(code)


def put_in_place(made: Path, folder: Path) -> None:
    """Put a finished build where an earlier one may lie."""
    if folder.exists():
        if not (folder / "objects.inv").exists() and any(folder.iterdir()):
            sys.exit(f"{folder}: found a folder that is no site of partnet. Give an empty one.")
        shutil.rmtree(folder)
    (made / ".buildinfo").unlink(missing_ok=True)
    shutil.copytree(made, folder)
