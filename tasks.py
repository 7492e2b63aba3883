"""Set-up and everyday tasks of partnet; needs nothing but Python 3.11 and pip.

    python3 tasks.py run               set up, then write the sample report to output/
    python3 tasks.py run INPUT         the same for your own folder or workbook
    python3 tasks.py test [OPTIONS]    set up, then ruff, mypy and pytest (OPTIONS go to pytest)
    python3 tasks.py test --slow       only the tests marked slow
    python3 tasks.py fuzz [COUNT]      damaged inputs for every reader, 200,000 of them by default
    python3 tasks.py bench [OPTIONS]   the benchmarks (benchmarks/run.py)
    python3 tasks.py docs              the documentation site, to output/site
    python3 tasks.py bundle DIR        download what `run` needs, for a machine without internet
    python3 tasks.py run --wheels DIR  set up from such a folder, without internet
    python3 tasks.py lock [--upgrade]  solve the requirements anew

On Windows write `py` for `python3`. Macs with an Intel processor cannot be served: numba, which
partnet computes with, is no longer built for them.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  (whoever runs this may have any Python)
    sys.exit("partnet needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "partnet-stamp.txt"
# Three locks, because those who only want a report need not download the tools of those who change
# partnet, nor the libraries it is compared with. Each holds the first, at the same versions.
LOCKS = {
    "run": ROOT / "requirements.lock",
    "dev": ROOT / "requirements-dev.lock",
    "bench": ROOT / "requirements-bench.lock",
}
EXTRAS = {"run": ["build"], "dev": ["dev"], "bench": ["build", "bench"]}  # of pyproject.toml
SAMPLE = ROOT / "data" / "samples" / "prairie"
SAMPLE_DAY = "2026-06-30"  # the sample ends on this day; judged as of today its ties would be cold
OUTPUT = ROOT / "output"
SYSTEMS = {  # what the locks may ask about a system, by how its wheels are tagged
    "win": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    "macosx": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
}

Command = Sequence[str | Path]


def main(words: Sequence[str] | None = None) -> int:
    """Run one task and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a path may not be ASCII
    parser = make_parser()
    arguments, rest = parser.parse_known_args(words)
    if rest and arguments.task in (run, bundle):
        parser.error(f"unknown: {' '.join(rest)}")
    return int(arguments.task(arguments, rest))


def make_parser() -> argparse.ArgumentParser:
    """Describe the tasks and their options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    tasks = parser.add_subparsers(required=True, metavar="TASK")
    parts = {}
    for task in (run, test, fuzz, bench, docs, bundle, lock):
        parts[task.__name__] = part = tasks.add_parser(
            task.__name__, help=str(task.__doc__).splitlines()[0], allow_abbrev=False
        )
        part.set_defaults(task=task)
    parts["run"].add_argument("input", nargs="?", type=Path, help="a folder or a workbook")
    parts["run"].add_argument("--wheels", type=Path, metavar="DIR", help="install from here only")
    parts["test"].add_argument("--slow", action="store_true", help="only the slow tests")
    parts["bundle"].add_argument("folder", type=Path, metavar="DIR")
    parts["bundle"].add_argument(
        "--platform", action="append", default=[], help="another system, for example win_amd64"
    )
    parts["bundle"].add_argument("--python-version", help="another Python, for example 3.12")
    return parser


def run(arguments: argparse.Namespace, _: list[str]) -> int:
    """Write the report of the sample, or of your input."""
    set_up("run", wheels=arguments.wheels)
    source = (arguments.input or SAMPLE).resolve()
    day = [] if arguments.input else ["--as-of", SAMPLE_DAY]
    report = OUTPUT / f"{source.stem}-report.html"
    OUTPUT.mkdir(exist_ok=True)
    print(f"Reading {source} and writing the report ...", flush=True)
    code = call([PYTHON, "-m", "partnet.cli", "report", source, "-o", report, *day])
    if code == 0:
        print(f"The report lies here: {report}\nOpen it in a browser: {report.as_uri()}")
        print(f"For what else there is, type: {PYTHON.with_name('partnet')} --help")
    return code


def test(arguments: argparse.Namespace, rest: list[str]) -> int:
    """Run ruff, mypy and pytest; any failure fails the task."""
    set_up("dev")
    checks = [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]]
    codes = [call([PYTHON, "-m", *check]) for check in checks if not arguments.slow]
    marked = ["-m", "slow" if arguments.slow else "not slow"]
    # Files opened without an encoding read differently on Windows: have Python warn of them.
    strict = {"PYTHONWARNDEFAULTENCODING": "1"}
    spread = ["--numprocesses=auto", "--dist=loadfile"]  # one process a core, one file in each
    codes.append(call([PYTHON, "-m", "pytest", *spread, *marked, *rest], **strict))
    return int(any(codes))


def fuzz(_: argparse.Namespace, rest: list[str]) -> int:
    """Give every reader damaged inputs: each is read, or refused in a sentence."""
    set_up("dev")
    return call([PYTHON, "-m", "tests.fuzz.run", *rest])


def bench(_: argparse.Namespace, rest: list[str]) -> int:
    """Run the benchmarks."""
    script = ROOT / "benchmarks" / "run.py"
    if not script.exists():
        print("There are no benchmarks yet: benchmarks/run.py is missing.")
        return 1
    set_up("bench")
    return call([PYTHON, script, *rest])


def docs(_: argparse.Namespace, rest: list[str]) -> int:
    """Build the documentation site; any warning fails it."""
    set_up("dev")
    return call([PYTHON, ROOT / "scripts" / "make_site.py", *rest])


def bundle(arguments: argparse.Namespace, _: list[str]) -> int:
    """Download what `run` needs, for a machine without internet."""
    version, systems = arguments.python_version, arguments.platform
    target = [f"--platform={system}" for system in systems]
    target += [f"--python-version={version}"] if version else []
    folder = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch) / "requirements.txt"
        # pip settles the lock's conditions for the Python that runs it, not for the one aimed at.
        environment = describe_target(version, systems[0] if systems else None)
        wanted.write_text(narrow_lock(LOCKS["run"].read_text("utf-8"), environment), "utf-8")
        download = ["download", "-q", "--only-binary=:all:", "--require-hashes", "--no-deps"]
        code = call([*find_pip(), *download, "-r", wanted, "-d", folder, *target])
    if code == 0:
        python = version or ".".join(str(part) for part in sys.version_info[:2])
        print(f"{folder} holds what partnet needs, for Python {python}. Copy it and this project")
        print("to the other machine, and there run: python3 tasks.py run --wheels DIR")
    return code


def describe_target(version: str | None, system: str | None) -> dict[str, str]:
    """Say what is known of the machine aimed at; what is not said is as on this machine."""
    known = {}
    if version is not None:
        if not re.fullmatch(r"3\.\d+", version):
            sys.exit(f"--python-version: found {version!r}. Write it as 3.11 or 3.12.")
        known = {"python_version": version, "python_full_version": f"{version}.0"}
    if system is not None:
        known |= next(facts for prefix, facts in SYSTEMS.items() if system.startswith(prefix))
    return known


def narrow_lock(text: str, environment: dict[str, str]) -> str:
    """Keep those requirements of a lock that hold in an environment, without their conditions."""
    try:
        from pip._vendor.packaging.markers import Marker  # the standard library has none
    except ImportError:
        sys.exit("This Python has no pip. Make the bundle with one that has.")
    kept = []
    for block in re.split(r"\n(?=\S)", text.strip()):
        first, _, hashes = block.partition(" \\\n")
        name, _, condition = first.partition(" ; ")
        if not condition or Marker(condition).evaluate(environment):
            kept.append(f"{name} \\\n{hashes}\n")
    return "".join(kept)


def lock(_: argparse.Namespace, rest: list[str]) -> int:
    """Solve the requirements anew, for every system, with hashes."""
    set_up("dev")
    solve: list[str | Path] = [PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", "-q"]
    solve += ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate"]
    solve += ["--no-header", "--no-emit-index-url", *rest]
    for name, path in LOCKS.items():
        extras = [f"--extra={extra}" for extra in EXTRAS[name]]
        same = [] if name == "run" else [f"--constraint={LOCKS['run']}"]
        if code := call([*solve, *same, *extras, "-o", path]):
            return code
    return 0


def set_up(name: str, *, wheels: Path | None = None) -> None:
    """Make `.venv` and install a lock and partnet into it; do nothing where that is done."""
    version = make_environment()
    stamps = STAMP.read_text("utf-8").split() if STAMP.exists() else []
    serving = [name, "dev"] if name == "run" else [name]  # what holds all that is wanted
    if any(make_stamp(each, version) in stamps for each in serving):
        return
    print(f"Setting up {VENV} (a minute or two, only once) ...", flush=True)
    source = ["--no-index", f"--find-links={wheels.resolve()}"] if wheels else []
    pip = [*find_pip(), "--python", PYTHON, "install", "-q"]
    steps: list[Command] = [
        # Wheels only: nothing of a stranger's is built, and a missing wheel is said at once.
        [*pip, *source, "--only-binary=:all:", "--require-hashes", "-r", LOCKS[name]],
        [*pip, "--no-index", "--no-deps", "--no-build-isolation", "-e", ROOT],
    ]
    for step in steps:
        if call(step):
            sys.exit("Setting up failed: the lines above say why.")
    STAMP.write_text("\n".join([*stamps, make_stamp(name, version)]), "utf-8")


def make_environment() -> str:
    """Make `.venv` where there is none that works; give its Python's version."""
    if not (version := ask_version()):
        # Without pip, because Debian's Python cannot put one in; another pip does the work.
        venv.create(VENV, clear=True, symlinks=os.name != "nt", with_pip=False)
        version = ask_version()
    return version


def ask_version() -> str:
    """Ask the Python of `.venv` for its version; blank where it is missing or does not start."""
    question = [str(PYTHON), "-c", "import sys; print(sys.version_info[:2])"]
    try:
        return subprocess.run(question, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""


def make_stamp(name: str, version: str) -> str:
    """Name what an environment is made from: a lock, pyproject.toml, this folder, its Python."""
    content = LOCKS[name].read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(content + f"{name}{ROOT}{version}".encode()).hexdigest()


def find_pip() -> Command:
    """Give a pip that can install into `.venv`: that of this Python, else one of `.venv`'s own."""
    for python in (sys.executable, PYTHON):
        if succeeds([python, "-m", "pip", "--version"]):
            return [python, "-m", "pip"]
    if succeeds([PYTHON, "-m", "ensurepip"]):
        return [PYTHON, "-m", "pip"]
    return sys.exit(
        "This Python has no pip and cannot make one. Install it first: on Debian or Ubuntu\n"
        "apt install python3-pip, elsewhere with Python from its own website."
    )


def succeeds(command: Command) -> bool:
    """Try a command without showing its output."""
    words = [str(part) for part in command]
    return Path(words[0]).exists() and subprocess.run(words, capture_output=True).returncode == 0


def call(command: Command, **settings: str) -> int:
    """Run a command in the project's folder and show its output; give its exit code."""
    environment = {
        "NUMBA_CACHE_DIR": str(VENV / "numba-cache"),  # kernels are compiled once
        **os.environ,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        **settings,
    }
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
