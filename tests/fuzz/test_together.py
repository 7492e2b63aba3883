"""Two runs at once on one output, a disk that is full, a folder that may not be written.

Whatever writes (`kills.WORKS`, and a store) is tried: each run gives its whole result or a
sentence, and the place then holds what it held before, or what one run alone makes of it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

if not hasattr(os, "fork"):
    pytest.skip("processes are forked to work at once", allow_module_level=True)

from partnet.core.errors import PartnetError

from ..public.readers.files import write_hospitals, write_pilot
from .kills import FOREIGN, WORKS, Work, look, prepare, run_command, wait
from .writers import BASE, COMMANDS, STORE, WRITERS, list_outputs

REFUSED = 3  # the exit code of a child that was told why in a sentence
SETTLED = 0
NAMES = list(WORKS)
SEVERAL = {"run", "history"}  # each output is whole, and one may be newer than another
LIMITS = (0, 1, 700, 20_000)  # bytes to which a file may grow
FILLING = [  # tried on a disk that fills up
    *(
        (name, limit)
        for name in (*WORKS, "store build nation", "store extract")
        for limit in LIMITS
    ),
    *((name, 700) for name in (*BASE, *STORE)),
]


def _put_files(place: Path) -> None:
    write_hospitals(place)
    write_pilot(place)


def _load(place: Path, home: str) -> None:
    run_command("store", "build", place / "cms.csv", place / "fcc.csv", "-o", place / home)


def start(work: Callable[[], object], limit: int | None = None) -> int:
    """Work in a process of its own; it ends with 0, with REFUSED, or says what went wrong."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        if limit is not None:
            _limit_files(limit)
        work()
        code = SETTLED
    except PartnetError as error:
        code = REFUSED if str(error).count(". ") >= 1 else 1
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(code)


def _limit_files(limit: int) -> None:
    """Let no file grow beyond a limit, as on a disk that is nearly full."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def make_place(work: Work, root: Path) -> Path:
    """Prepare the place of a work, in a process of its own: databases do not survive a fork."""
    assert wait(start(lambda: prepare(work, root / "place"))) == SETTLED
    return root / "place"


def test_every_command_that_writes_is_tried() -> None:
    """One of its works by name; a brief in every format, by one command for all."""
    briefs = {name for name, said in list_outputs() if ".docx, .pptx, .xlsx, .json or .csv" in said}
    assert {name for name, _ in list_outputs()} - briefs == {*COMMANDS}
    assert {*COMMANDS.values()} <= {*WRITERS} and "gaps" in briefs and len(briefs) > 20


def find_rubbish(place: Path) -> list[Path]:
    return [*place.rglob(".partnet-*.part"), *place.rglob("*.tmp")]


def hold_foreign(before: dict[str, bytes], place: Path) -> None:
    """Files of others are whole."""
    after = look(place)
    others = [name for name in before if name.endswith(tuple(FOREIGN))]
    assert others and all(after.get(name) == before[name] for name in others)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_two_runs_at_once(name: str, tmp_path: Path) -> None:
    work = WORKS[name]
    alone, place = tmp_path / "alone", tmp_path / "both"
    place.mkdir()
    shutil.copytree(make_place(work, place).parent, alone)  # workbooks know when they were filled
    before = look(place / "place")
    assert wait(start(lambda: work.do(alone / "place"))) == SETTLED
    children = [start(lambda: work.do(place / "place")) for _ in range(2)]
    codes = sorted(map(wait, children))
    assert codes in ([SETTLED, SETTLED], [SETTLED, REFUSED]), codes
    hold_foreign(before, place / "place")
    assert not find_rubbish(place)
    assert look(place / "place") == look(alone / "place")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "limit"), FILLING)
def test_a_disk_that_fills_up(name: str, limit: int, tmp_path: Path) -> None:
    work = WRITERS[name]
    place = make_place(work, tmp_path)
    before = look(place)
    code = wait(start(lambda: work.do(place), limit))
    assert code in (SETTLED, REFUSED)
    hold_foreign(before, place)
    assert not find_rubbish(place)
    if code == REFUSED:
        kept = look(place)
        missing = [file for file, content in before.items() if kept.get(file) != content]
        assert missing == [] or name in SEVERAL, missing
    assert wait(start(lambda: work.do(place))) == SETTLED  # with room again it works


def be_nobody_special() -> None:
    """Let this process, if it is of root, write only where the modes of files allow it."""
    if os.geteuid() != 0:
        return
    import ctypes

    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # the version of the call; this process
    held = (ctypes.c_uint32 * 6)()
    system = ctypes.CDLL(None, use_errno=True)
    assert system.capget(header, held) == 0
    for k in range(3):  # effective, permitted, inheritable
        held[k] &= ~0b110  # override of modes in writing, and in reading
    assert system.capset(header, held) == 0


def work_as_anybody(work: Callable[[], object]) -> object:
    """Do a work with the rights that the modes of files give."""
    be_nobody_special()
    return work()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="rights are given up by a call of Linux")
@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_that_is_read_only(name: str, tmp_path: Path) -> None:
    work = WRITERS[name]
    place = make_place(work, tmp_path)
    before = look(place)
    folders = [place, *(folder for folder in place.rglob("*") if folder.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        code = wait(start(lambda: work_as_anybody(lambda: work.do(place))))
        assert code == REFUSED
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert look(place) == before


@pytest.mark.slow
@pytest.mark.parametrize("home", ["nation.duckdb", "nation"])
def test_two_loads_of_one_store_at_once(home: str, tmp_path: Path) -> None:
    pytest.importorskip("ibis")
    from partnet.store.store import open_store

    _put_files(tmp_path)
    children = [start(lambda: _load(tmp_path, home)) for _ in range(2)]
    codes = sorted(map(wait, children))
    assert codes in ([SETTLED, SETTLED], [SETTLED, REFUSED]), codes
    with open_store(tmp_path / home, read_only=True) as store:
        told = store.describe().table
    assert len(told) == 2 and (told["rows_read"] > 0).all()
