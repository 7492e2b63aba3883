"""Set-up and everyday tasks of partnet; needs nothing but Python 3.11 and pip.

    python3 tasks.py run              set up, then write the sample report (output/prairie-report.html)
    python3 tasks.py run INPUT        the same for your own folder or workbook
    python3 tasks.py test             set up, then ruff, mypy and the tests
    python3 tasks.py test --slow      only the tests marked slow
    python3 tasks.py bench [OPTIONS]  the benchmarks (benchmarks/run.py)
    python3 tasks.py bundle DIR       download what `run` needs, for a machine without internet
    python3 tasks.py run --wheels DIR use such a bundle, and nothing else
    python3 tasks.py lock             solve the requirements anew (needs internet)

On Windows write ``py`` for ``python3``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "partnet-stamp.txt"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
EXTRAS = {"run": "build", "dev": "dev"}  # the extra of pyproject.toml behind each lock
SAMPLE = ROOT / "data" / "samples" / "prairie"
OUTPUT = ROOT / "output"
SAMPLE_DAY = "2026-06-30"  # the sample ends on this day; a report as of today would call it cold


def main() -> None:
    """Run one task."""
    arguments, rest = make_parser().parse_known_args()
    if sys.version_info < (3, 11):
        sys.exit("partnet needs Python 3.11 or newer; this is " + sys.version.split()[0])
    sys.exit(arguments.task(arguments, rest))


def make_parser() -> argparse.ArgumentParser:
    """Describe the tasks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    tasks = parser.add_subparsers(required=True, metavar="TASK")
    for name, task, text in (
        ("run", run, "write the sample report"),
        ("test", test, "run all checks"),
        ("bench", bench, "run the benchmarks"),
        ("bundle", bundle, "download wheels"),
        ("lock", lock, "solve the requirements anew"),
    ):
        part = tasks.add_parser(name, help=text)
        part.set_defaults(task=task)
        if name == "run":
            part.add_argument("input", nargs="?", type=Path, help="a folder or a workbook")
            part.add_argument("--wheels", type=Path, help="install from this folder only")
        if name == "test":
            part.add_argument("--slow", action="store_true", help="only the slow tests")
        if name == "bundle":
            part.add_argument("folder", type=Path)
    return parser


def run(arguments: argparse.Namespace, _: list[str]) -> int:
    """Write the report of the sample, or of the input given, and say where it lies."""
    set_up("run", arguments.wheels)
    OUTPUT.mkdir(exist_ok=True)
    source = arguments.input or SAMPLE
    report = OUTPUT / f"{source.stem}-report.html"
    day = ["--as-of", SAMPLE_DAY] if arguments.input is None else []
    code = call([PYTHON, "-m", "partnet.cli", "report", source, "-o", report, *day])
    if code == 0:
        print(f"The report lies here: {report}\nOpen it in a browser: {report.as_uri()}")
    return code


def test(arguments: argparse.Namespace, rest: list[str]) -> int:
    """Run ruff, mypy and pytest; every one of them runs, and any failure fails the task."""
    set_up("dev")
    marked = ["-m", "slow" if arguments.slow else "not slow"]
    checks = [[PYTHON, "-m", "pytest", *marked, *rest]]
    if not arguments.slow and not rest:
        checks = [
            [PYTHON, "-m", "ruff", "check", "."],
            [PYTHON, "-m", "ruff", "format", "--check", "."],
            [PYTHON, "-m", "mypy"],
            *checks,
        ]
    return max([call(check) for check in checks])


def bench(_: argparse.Namespace, rest: list[str]) -> int:
    """Run the benchmarks against the other libraries."""
    set_up("dev")
    script = ROOT / "benchmarks" / "run.py"
    if not script.exists():
        sys.exit("There are no benchmarks yet (benchmarks/run.py is missing).")
    return call([PYTHON, script, *rest])


def bundle(arguments: argparse.Namespace, rest: list[str]) -> int:
    """Download the wheels that `run` needs; options such as --platform go on to pip download."""
    arguments.folder.mkdir(parents=True, exist_ok=True)
    download = ["download", "-q", "--require-hashes", "-r", LOCKS["run"], "-d", arguments.folder]
    code = call([*find_pip(), *download, "--only-binary", ":all:", *rest])
    if code == 0:
        print(f"Copy this project and {arguments.folder} to the other machine and run there:")
        print(f"    python3 tasks.py run --wheels {arguments.folder.name}")
    return code


def lock(_: argparse.Namespace, rest: list[str]) -> int:
    """Solve the requirements of both locks for every platform, with hashes."""
    set_up("dev")
    solve = [PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", "-q", "--universal"]
    solve += ["--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
    solve += ["--no-annotate", "--no-header", *rest]
    return max([call([*solve, "--extra", EXTRAS[name], "-o", LOCKS[name]]) for name in LOCKS])


def set_up(name: str, wheels: Path | None = None) -> None:
    """Make the environment and install from the lock; skip it where the lock is unchanged."""
    stamp = read_stamp(name)
    if PYTHON.exists() and STAMP.exists() and stamp in STAMP.read_text("utf-8").split():
        return
    print(f"Setting up {VENV} (a minute or two, only once) ...", flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=False)
    offline = ["--no-index", "--find-links", wheels.resolve()] if wheels else []
    pip = [*find_pip(), "--python", PYTHON, "install", "-q", "--disable-pip-version-check"]
    steps = [
        [*pip, *offline, "--require-hashes", "-r", LOCKS[name]],
        [*pip, "--no-index", "--no-deps", "--no-build-isolation", "-e", ROOT],
    ]
    for step in steps:
        if call(step):
            sys.exit("Setting up failed; see the lines above.")
    done = STAMP.read_text("utf-8").split() if STAMP.exists() else []
    STAMP.write_text("\n".join([*(line for line in done if line.partition(":")[0] != name), stamp]))


def read_stamp(name: str) -> str:
    """Name what an environment was made from: a hash of the lock and of pyproject.toml."""
    content = LOCKS[name].read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return f"{name}:{hashlib.sha256(content).hexdigest()}"


def find_pip() -> list[str | Path]:
    """Give a pip that can install into another environment: this Python's own."""
    pip: list[str | Path] = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True).returncode == 0:
        return pip
    sys.exit(
        "This Python has no pip. Install it first (on Debian or Ubuntu: apt install python3-pip; "
        "elsewhere: python3 -m ensurepip)."
    )


def call(command: list[str | Path]) -> int:
    """Run a command in the project's folder; its output goes where ours goes."""
    cache = VENV / "numba-cache"
    settings = {"PYTHONWARNDEFAULTENCODING": "1", "NUMBA_CACHE_DIR": str(cache)}
    environment = {**settings, **os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    main()
