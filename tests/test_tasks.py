"""Set-up and everyday tasks: what they decide, and (slow) that they work from nothing."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import packaging.markers
import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")


@pytest.fixture
def real_tasks(tmp_path: Path) -> ModuleType:
    """tasks.py in a folder of its own, where there is no environment yet."""
    for name in ("tasks.py", "pyproject.toml", *LOCKS):
        shutil.copy(ROOT / name, tmp_path)
    spec = importlib.util.spec_from_file_location("tasks_under_test", tmp_path / "tasks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tasks(real_tasks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The same, which makes no environment and looks for no pip."""
    real_tasks.VENV.mkdir()
    monkeypatch.setattr(real_tasks, "make_environment", lambda: "3.11")
    monkeypatch.setattr(real_tasks, "find_pip", lambda: ["pip"])
    return real_tasks


@pytest.fixture
def calls(tasks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that a task gives, all of which succeed."""
    given: list[list[str]] = []
    record_calls(tasks, monkeypatch, given, lambda command: 0)
    return given


def record_calls(
    tasks: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    given: list[list[str]],
    answer: Callable[[list[str]], int],
) -> None:
    """Write down every command instead of running it, and answer with an exit code."""

    def call(command: list[str | Path], **_: str) -> int:
        given.append([str(part) for part in command])
        return answer(given[-1])

    monkeypatch.setattr(tasks, "call", call)


def test_set_up_installs_locked_wheels_and_then_partnet(
    tasks: ModuleType, calls: list[list[str]]
) -> None:
    tasks.set_up("run")
    locked, own = calls
    assert locked[:4] == ["pip", "--python", str(tasks.PYTHON), "install"]
    assert {"--require-hashes", "--only-binary=:all:"} <= {*locked}
    assert locked[-2:] == ["-r", str(tasks.LOCKS["run"])]
    assert "--no-index" not in locked
    assert {"--no-index", "--no-deps", "--no-build-isolation"} <= {*own}
    assert own[-2:] == ["-e", str(tasks.ROOT)]


def test_set_up_happens_once(tasks: ModuleType, calls: list[list[str]]) -> None:
    tasks.set_up("run")
    tasks.set_up("run")
    assert len(calls) == 2
    tasks.set_up("dev")
    assert len(calls) == 4
    tasks.set_up("run")  # an earlier set-up is not forgotten
    assert len(calls) == 4


def test_development_set_up_serves_for_running(tasks: ModuleType, calls: list[list[str]]) -> None:
    tasks.set_up("dev")
    tasks.set_up("run")
    assert len(calls) == 2


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_changed_file_sets_up_again(tasks: ModuleType, calls: list[list[str]], name: str) -> None:
    tasks.set_up("run")
    with (tasks.ROOT / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    tasks.set_up("run")
    assert len(calls) == 4


def test_other_python_sets_up_again(
    tasks: ModuleType, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks.set_up("run")
    monkeypatch.setattr(tasks, "make_environment", lambda: "3.12")
    tasks.set_up("run")
    assert len(calls) == 4


def test_environment_is_made_once_and_anew_when_broken(real_tasks: ModuleType) -> None:
    version = real_tasks.make_environment()
    assert version == str(sys.version_info[:2])
    (real_tasks.VENV / "kept").touch()
    assert real_tasks.make_environment() == version
    assert (real_tasks.VENV / "kept").exists()
    real_tasks.PYTHON.unlink()
    real_tasks.PYTHON.write_text("no Python", "utf-8")
    assert real_tasks.make_environment() == version
    assert not (real_tasks.VENV / "kept").exists()


def test_pip_is_this_pythons_or_made(
    real_tasks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = {f"{sys.executable} -m pip --version"}
    monkeypatch.setattr(
        real_tasks, "succeeds", lambda command: " ".join(map(str, command)) in working
    )
    assert real_tasks.find_pip() == [sys.executable, "-m", "pip"]
    working = {f"{real_tasks.PYTHON} -m ensurepip"}
    assert real_tasks.find_pip() == [real_tasks.PYTHON, "-m", "pip"]
    working = set()
    with pytest.raises(SystemExit, match="apt install python3-pip"):
        real_tasks.find_pip()


def test_failed_set_up_stops_and_is_tried_again(
    tasks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[list[str]] = []
    record_calls(tasks, monkeypatch, given, lambda command: 1)
    for _ in range(2):
        with pytest.raises(SystemExit, match="Setting up failed"):
            tasks.set_up("run")
    assert len(given) == 2
    assert not tasks.STAMP.exists()


def test_wheels_are_the_only_source(
    tasks: ModuleType, calls: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert tasks.main(["run", "--wheels", "wheels"]) == 0
    assert {"--no-index", f"--find-links={tmp_path / 'wheels'}"} <= {*calls[0]}


def test_run_reports_on_the_sample_as_of_its_last_day(
    tasks: ModuleType, calls: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert tasks.main(["run"]) == 0
    report = tasks.OUTPUT / "prairie-report.html"
    command = ["-m", "partnet.cli", "report", str(tasks.SAMPLE), "-o", str(report)]
    assert calls[-1] == [str(tasks.PYTHON), *command, "--as-of", tasks.SAMPLE_DAY]
    shown = capsys.readouterr().out
    assert str(report) in shown
    assert report.as_uri() in shown


def test_sample_day_is_the_newest_day_of_the_sample(tasks: ModuleType) -> None:
    days = [
        day
        for name in ("ties", "contacts")
        for day in re.findall(
            r"20\d\d-\d\d-\d\d", (ROOT / f"data/samples/prairie/{name}.csv").read_text("utf-8")
        )
    ]
    assert max(days) == tasks.SAMPLE_DAY


def test_run_takes_your_own_file_as_of_today(
    tasks: ModuleType, calls: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a path is meant from where the user stands
    assert tasks.main(["run", "my partners.xlsx"]) == 0
    assert str(tmp_path / "my partners.xlsx") in calls[-1]
    assert str(tasks.OUTPUT / "my partners-report.html") in calls[-1]
    assert "--as-of" not in calls[-1]


def test_run_gives_the_exit_code_and_promises_nothing(
    tasks: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    record_calls(tasks, monkeypatch, [], lambda command: 70 * ("report" in command))
    assert tasks.main(["run"]) == 70
    assert "lies here" not in capsys.readouterr().out


def test_run_refuses_what_it_does_not_know(
    tasks: ModuleType, calls: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        tasks.main(["run", "--wheel", "DIR"])
    assert "--wheel" in capsys.readouterr().err
    assert not calls


SPREAD = ["--numprocesses=auto", "--dist=loadfile"]


def test_test_runs_every_check_and_hands_on_options(
    tasks: ModuleType, calls: list[list[str]]
) -> None:
    assert tasks.main(["test", "-k", "gaps", "--maxfail=1", "tests/gaps"]) == 0
    assert [call[2] for call in calls[2:]] == ["ruff", "ruff", "mypy", "pytest"]
    options = [*SPREAD, "-m", "not slow", "-k", "gaps", "--maxfail=1", "tests/gaps"]
    assert calls[-1][3:] == options


def test_slow_tests_run_alone(tasks: ModuleType, calls: list[list[str]]) -> None:
    assert tasks.main(["test", "--slow"]) == 0
    assert [call[2:] for call in calls[2:]] == [["pytest", *SPREAD, "-m", "slow"]]


@pytest.mark.parametrize("failing", ["ruff", "mypy", "pytest"])
@pytest.mark.parametrize("code", [1, -9])
def test_any_failure_fails_and_the_rest_still_runs(
    tasks: ModuleType, monkeypatch: pytest.MonkeyPatch, failing: str, code: int
) -> None:
    given: list[list[str]] = []
    record_calls(tasks, monkeypatch, given, lambda command: code * (failing in command))
    assert tasks.main(["test"]) == 1
    assert given[-1][2] == "pytest"


def test_bench_installs_what_partnet_is_compared_with(
    tasks: ModuleType, calls: list[list[str]]
) -> None:
    tasks.set_up("dev")  # which has none of it
    script = tasks.ROOT / "benchmarks" / "run.py"
    script.parent.mkdir()
    script.touch()
    assert tasks.main(["bench", "--quick"]) == 0
    assert calls[2][-2:] == ["-r", str(tasks.LOCKS["bench"])]
    assert calls[-1] == [str(tasks.PYTHON), str(script), "--quick"]


def test_bench_without_benchmarks_says_so(
    tasks: ModuleType, calls: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert tasks.main(["bench"]) == 1
    assert "no benchmarks yet" in capsys.readouterr().out
    assert not calls


def test_lock_names_no_registry_and_keeps_both_locks_together(
    tasks: ModuleType, calls: list[list[str]]
) -> None:
    assert tasks.main(["lock", "--upgrade"]) == 0
    first, *others = calls[2:]
    for solve, name in zip((first, *others), LOCKS, strict=True):
        assert {"--universal", "--generate-hashes", "--no-emit-index-url", "--upgrade"} <= {*solve}
        assert solve[-2:] == ["-o", str(tasks.ROOT / name)]
    for solve in others:
        assert f"--constraint={tasks.LOCKS['run']}" in solve


def test_lock_stops_where_one_cannot_be_solved(
    tasks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[list[str]] = []
    record_calls(tasks, monkeypatch, given, lambda command: 2 * ("compile" in command))
    assert tasks.main(["lock"]) == 2
    assert sum("compile" in command for command in given) == 1


LOCK = """\
click==8.5.1 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:cc
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:dd
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:ee
"""


@pytest.mark.parametrize(
    ("version", "system", "kept"),
    [
        ("3.11", "manylinux_2_28_x86_64", ["click==8.5.1", "numpy==2.4.6"]),
        ("3.12", "win_amd64", ["click==8.5.1", "colorama==0.4.6", "numpy==2.5.5"]),
        ("3.13", "macosx_12_0_arm64", ["click==8.5.1", "numpy==2.5.5"]),
    ],
)
def test_bundle_settles_the_conditions_of_the_lock(
    tasks: ModuleType, monkeypatch: pytest.MonkeyPatch, version: str, system: str, kept: list[str]
) -> None:
    # The environment of the tests has no pip; what pip carries is this package.
    monkeypatch.setitem(sys.modules, "pip._vendor.packaging.markers", packaging.markers)
    narrowed = tasks.narrow_lock(LOCK, tasks.describe_target(version, system))
    assert [line.split(" ")[0] for line in narrowed.splitlines() if "==" in line] == kept
    assert ";" not in narrowed
    assert "    --hash=sha256:aa \\\n    --hash=sha256:bb\n" in narrowed


def test_bundle_without_a_target_is_for_this_machine(tasks: ModuleType) -> None:
    assert tasks.describe_target(None, None) == {}


def test_bundle_refuses_a_version_it_does_not_understand(tasks: ModuleType) -> None:
    with pytest.raises(SystemExit, match="found '312'"):
        tasks.describe_target("312", None)


def read_pins(name: str) -> dict[str, int]:
    """The requirements of a lock, each with its number of hashes."""
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())
    return {block.partition(" \\\n")[0]: block.count("--hash=sha256:") for block in blocks}


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_and_hashes_everything(name: str) -> None:
    pins = read_pins(name)
    assert len(pins) > 20
    assert all(re.match(r"[a-z0-9-]+==[\w.]+( ; .+)?$", pin) for pin in pins)
    assert all(pins.values())


@pytest.mark.parametrize("name", LOCKS[1:])
def test_other_locks_hold_the_first(name: str) -> None:
    assert {*read_pins("requirements.lock")} <= {*read_pins(name)}


def test_locks_hold_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {"requirements.lock": [*project["dependencies"], *extras["build"]]}
    wanted["requirements-dev.lock"] = [*wanted["requirements.lock"], *extras["dev"]]
    wanted["requirements-bench.lock"] = [*wanted["requirements.lock"], *extras["bench"]]
    for name, requirements in wanted.items():
        held = {pin.split("==")[0] for pin in read_pins(name)}
        asked = {re.split(r"[\[>=<; ]", requirement)[0] for requirement in requirements}
        assert asked - {"partnet"} <= held


def clone(folder: Path) -> Path:
    """A fresh clone of what is committed, in a folder whose name would trip a careless script."""
    project = folder / "päth with blanks"
    command = ["git", "-c", "safe.directory=*", "clone", "-q", str(ROOT), str(project)]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("not a git checkout")
    return project


def run_task(project: Path, *words: str, before: tuple[str, ...] = ()) -> str:
    """Run a task as a user would, with the Python that made this environment; give its output."""
    python = getattr(sys, "_base_executable", sys.executable)
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    done = subprocess.run(
        [*before, python, str(project / "tasks.py"), *words],
        cwd=project.parent,
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_run_from_nothing_and_again(tmp_path: Path) -> None:
    project = clone(tmp_path)
    first = run_task(project, "run")
    report = project / "output" / "prairie-report.html"
    assert "Setting up" in first
    assert str(report) in first
    written = report.read_bytes()
    second = run_task(project, "run")
    assert "Setting up" not in second
    assert report.read_bytes() == written


@pytest.mark.slow
def test_run_from_a_bundle_without_network(tmp_path: Path) -> None:
    project = clone(tmp_path)
    run_task(project, "bundle", "wheels")
    cut = ("unshare", "-n") if can_cut_network() else ()
    assert "Setting up" in run_task(project, "run", "--wheels", "wheels", before=cut)
    assert (project / "output" / "prairie-report.html").stat().st_size > 10_000


def can_cut_network() -> bool:
    """Whether a command can be run here without any network (Linux, as root)."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode == 0
