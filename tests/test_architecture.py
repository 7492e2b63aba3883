"""The shape of the code: who imports whom, how heavy an import is, how long functions are."""

from __future__ import annotations

import ast
import inspect
import os
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import partnet

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "partnet"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Imports run from right to left and from bottom to top, never the other way (ARCHITECTURE.md).
ORDER = (
    ("core",),
    ("safety",),
    ("places",),
    ("io", "linkage"),
    ("public", "facts"),
    ("survey",),
    ("measures",),
    ("questions",),
    ("views",),
    ("report",),
    ("store",),
    ("config",),
    ("cli",),
    ("__main__",),
)
LEVEL = {unit: level for level, units in enumerate(ORDER) for unit in units}
HEAVY = (
    *("pandas", "scipy", "networkx", "numba", "matplotlib.pyplot"),
    *("ibis", "duckdb", "pyspark", "pyarrow"),
)


def find_imports(node: ast.AST, module: tuple[str, ...]) -> Iterator[str]:
    """Name what of partnet a module imports, also inside functions; types alone do not count."""
    inner = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        inner = list(node.orelse)
    elif isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "partnet")
    elif isinstance(node, ast.ImportFrom):
        base = ".".join(module[: len(module) - node.level]) if node.level else ""
        source = ".".join(part for part in (base, node.module) if part)
        if source.split(".")[0] == "partnet":
            yield from (f"{source}.{alias.name}" for alias in node.names)
    for other in inner:
        yield from find_imports(other, module)


@cache  # several tests ask for those of every module
def read_imports(path: Path) -> list[str]:
    """Name what of partnet the module at a path imports."""
    module = ("partnet", *path.relative_to(PACKAGE).with_suffix("").parts)
    return list(find_imports(ast.parse(path.read_text("utf-8")), module))


def unit_of(path: Path) -> str:
    """The module or subpackage directly under partnet that a file belongs to."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def unit_imports() -> dict[str, set[str]]:
    """Which units each unit imports."""
    found: dict[str, set[str]] = {}
    for path in MODULES:
        names = [name.split(".") for name in read_imports(path)]
        imported = {parts[1] for parts in names if len(parts) > 1 and not parts[1].startswith("__")}
        found.setdefault(unit_of(path), set()).update(imported - {unit_of(path)})
    return {unit: imported & {*found} for unit, imported in found.items() if unit != "__init__"}


def test_find_imports_sees_every_form() -> None:
    code = """
from __future__ import annotations
import numpy
from . import tables
from ..network import Network
from partnet.facts import Layer
if TYPE_CHECKING:
    from ..cli import main
else:
    import partnet.views
def later():
    try:
        from .places import distance_km
    except ImportError:
        import partnet as pn
"""
    assert list(find_imports(ast.parse(code), ("partnet", "gaps", "rule"))) == [
        "partnet.gaps.tables",
        "partnet.network.Network",
        "partnet.facts.Layer",
        "partnet.views",
        "partnet.gaps.places.distance_km",
        "partnet",
    ]


def test_every_module_has_its_place() -> None:
    units = {unit_of(path) for path in MODULES} - {"__init__"}
    assert units <= {*LEVEL}, "say in ORDER where the new module stands"


# Rows of like things, one a module, that nobody has to know all of.
LISTS = ("public/readers", "io/formats/foreign", "measures/kernels")


def test_no_folder_is_a_long_row() -> None:
    """What belongs together has a room of its own, so that who looks for something finds it."""
    counted = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    rooms = {folder.relative_to(PACKAGE).as_posix(): count for folder, count in counted.items()}
    assert {*LISTS} <= {*rooms}
    assert {room for room, count in rooms.items() if count > 17} - {*LISTS} == set()


def test_every_folder_is_a_package() -> None:
    """Else its doctests are not found, and other tools take its modules for strangers."""
    folders = {path.parent for path in MODULES}
    assert {folder.name for folder in folders if not (folder / "__init__.py").exists()} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    unit = unit_of(path)
    if unit == "__init__":
        return  # the public face may name everything; a test below sees that it loads nothing
    for name in read_imports(path):
        other = name.split(".")[1] if "." in name else ""
        if other in LEVEL:
            assert LEVEL[other] <= LEVEL[unit], f"{unit} imports {name}, which stands above it"


def test_no_circle_of_imports() -> None:
    TopologicalSorter(unit_imports()).prepare()  # raises CycleError, which names the circle


def test_no_circle_of_modules() -> None:
    """Imports inside of functions count as well: what asks each other belongs together."""
    names = {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in MODULES}
    imported: dict[str, set[str]] = {}
    for module, path in names.items():
        found = (name.removeprefix("partnet.") for name in read_imports(path))
        parts = {part for name in found for part in (name, name.rpartition(".")[0])}
        imported[module] = parts & {*names} - {module}
    TopologicalSorter(imported).prepare()


def test_no_circle_of_rooms() -> None:
    """Questions may build on each other (advice on gaps), but never both ways."""
    rooms: dict[str, set[str]] = {}
    for path in MODULES:
        parts = path.relative_to(PACKAGE).parts
        if parts[0] == "questions" and len(parts) > 2:
            named = [name.split(".") for name in read_imports(path)]
            asked = {name[2] for name in named if name[1] == "questions" and len(name) > 2}
            rooms.setdefault(parts[1], set()).update(asked - {parts[1]})
    TopologicalSorter(rooms).prepare()


def test_only_the_command_line_uses_the_public_face() -> None:
    """Who imports partnet as a whole can reach everything, and the order means nothing."""
    face = {*partnet.__all__} - {path.stem for path in MODULES}
    for path in MODULES:
        if unit_of(path) != "cli":
            names = [name for name in read_imports(path) if name.count(".") < 2]
            used = [name for name in names if name == "partnet" or name.split(".")[1] in face]
            assert not used, f"{path.name} imports {used}"


def test_import_is_light() -> None:
    code = f"import sys, partnet; print([name for name in {HEAVY} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize("name", partnet.__all__)
def test_public_name_loads_and_is_documented(name: str) -> None:
    thing = getattr(partnet, name)
    assert thing.__name__ == name
    assert thing.__module__.startswith("partnet.")
    # What dataclass writes when there is no docstring is the signature.
    assert not (thing.__doc__ or "").startswith(f"{name}(")
    assert len(inspect.getdoc(thing) or "") > 20


def test_public_names_are_listed_once_and_sorted_out() -> None:
    """In the stub, from which the program, `dir`, star imports and type checkers read."""
    tree = ast.parse((PACKAGE / "__init__.pyi").read_text("utf-8"))
    typed = [
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    ]
    assert sorted(typed) == partnet.__all__
    assert {*partnet.__all__} <= {*dir(partnet)}


def test_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="find_nothing"):
        partnet.find_nothing  # noqa: B018


def measure_functions() -> dict[str, int]:
    """Lines of each function, its docstring not counted: a long explanation is no fault."""
    lengths = {}
    for path in [*MODULES, ROOT / "tasks.py", *sorted((ROOT / "scripts").rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                words = ast.get_docstring(node, clean=False)
                lines = (node.end_lineno or 0) - node.lineno + 1
                where = f"{path.relative_to(ROOT).as_posix()}:{node.lineno} {node.name}"
                lengths[where] = lines - (words.count("\n") + 1 if words is not None else 0)
    return lengths


def test_functions_are_short() -> None:
    lengths = measure_functions()
    assert {where: lines for where, lines in lengths.items() if lines > 60} == {}
    assert statistics.quantiles(lengths.values(), n=10)[-1] <= 30


def list_tracked_files() -> list[Path]:
    """Every file that git keeps, or a skip where this is no checkout."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        listed = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    names = listed.stdout.decode("utf-8").split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


# Written in pieces, so that this file does not find itself.
MACHINE_PATH = re.compile(
    r"(?<![\w.>~-])/(?:work|root|home|opt|Users)" + r"/\w|\b[A-Z]:\\\\?Users\\",
)
REGISTRY_HOST = re.compile(
    r"(?:pypi|pythonhosted|npmjs|conda|anaconda|debian|crates|rubygems)" + r"\.(?:org|com|io)\b"
)


def test_patterns_find_what_they_should() -> None:
    for text in ("'/wo" + "rk/main/a.py'", "cd /ro" + "ot/x", "C:\\Us" + "ers\\me"):
        assert MACHINE_PATH.search(text), text
    for text in ("social/work/group", "~/work/x", "../home/x", "the /usr/bin/chromium browser"):
        assert not MACHINE_PATH.search(text), text
    assert REGISTRY_HOST.search("https://files.python" + "hosted.org/x")


def test_no_machine_path_and_no_registry_in_the_repository() -> None:
    found = []
    for path in list_tracked_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a workbook
        for pattern in (MACHINE_PATH, REGISTRY_HOST):
            found += [f"{path.relative_to(ROOT)}: {hit.group()}" for hit in pattern.finditer(text)]
    assert not found


def test_no_pattern_is_there_to_match_nothing() -> None:
    """Python 3.13 folds such a pattern away; behind pandas it is then one that fails."""
    nothing = "(?" + "!)"
    modules = [*(ROOT / "src").rglob("*.py")]
    assert modules and not [path for path in modules if nothing in path.read_text("utf-8")]


def test_days_of_numpy_have_a_unit() -> None:
    """Without one, newer versions of numpy warn first and refuse later."""
    bare = re.compile(r"(?:datetime|timedelta)64\((?:\"NaT\"|'NaT'|\d+)\)")
    assert bare.search('np.datetime64("NaT")') and not bare.search('np.datetime64("NaT", "ns")')
    modules = [*(ROOT / "src").rglob("*.py")]
    assert modules and not [path for path in modules if bare.search(path.read_text("utf-8"))]
