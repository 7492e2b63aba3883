"""Killing whatever writes, at every step of it and at random moments.

Each work is done in a process of its own that is killed; then the place must hold what stood there
before, or what was to come, and files of others untouched; and the next run must give what it gives
without a kill, with nothing left over. The suite kills some dozens; for more::

    python -m tests.fuzz.kills 2000

prints every kill after which it was otherwise.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

import partnet as pn
from partnet.cli import cli

from ..builders import make_network
from ..public.readers.files import write_hospitals
from ..survey.filling import fill

# What changes a disk; a work is killed before each of these calls.
CALLS = ("replace", "rename", "mkdir", "rmdir", "unlink", "fsync", "open", "chmod")
SECONDS = 300.0  # for one work
DAY = "2026-06-30"

OLD = make_network(
    [{"id": "a", "name": "A", "kind": "hospital"}, {"id": "b", "name": "B", "kind": "food"}],
    [("a", "b", "planning")],
)
NET = make_network(
    [{"id": "a", "name": "A", "kind": "hospital"}, {"id": "c", "name": "C", "kind": "food"}],
    services=[{"organization": "a", "service": "meals"}],
)
FOREIGN = {  # what others have in the folder
    "letter.docx": b"my letter", "budget_2026.csv": b"a,b\n1,2\n", "sub/only-copy.txt": b"mine",
    ".net.old/x.txt": b"mine too",
}  # fmt: skip

Snapshot = dict[str, bytes]


@dataclass(frozen=True)
class Work:
    """Something that writes: how its place is prepared, and what is done there."""

    prepare: Callable[[Path], None]
    do: Callable[[Path], object]
    takes_tables: bool = False  # the place holds tables that must read as one network or the other


def run_command(*words: object) -> None:
    """Run the command line in this process."""
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            cli.main([str(word) for word in words], standalone_mode=False)
        except click.exceptions.Exit as stop:
            assert stop.exit_code == 0


def _put_tables(place: Path) -> None:
    pn.write_network(OLD, place / "net")


def _put_export(end: str) -> Callable[[Path], None]:
    def prepare(place: Path) -> None:
        _put_tables(place)
        pn.export_network(OLD, place / f"map{end}", format="gephi" if not end else None)

    return prepare


def _put_build(place: Path) -> None:
    write_hospitals(place)
    words = ["build", place / "cms.csv", "-o", place / "net", "--state", "NE"]
    run_command(*words)
    (place / "net" / "ties.csv").write_text(
        "source,target,relation\nccn-281301,ccn-281302,referral\n", encoding="utf-8"
    )
    run_command(*words, "--update")


def _put_run(place: Path) -> None:
    _put_tables(place)
    (place / "monthly.toml").write_text(
        f"input = 'net'\noutput = ['r.json']\nas_of = '{DAY}'\nexport = 'map.graphml'\n"
        "snapshot = 'last.json'\n",
        encoding="utf-8",
    )
    run_command("run", place / "monthly.toml")


def _put_history(place: Path) -> None:
    """Two months of a run that keeps what was on file, and a third to come."""
    _put_tables(place)
    text = "input = 'net'\noutput = ['r.docx']\nhistory = 'kept'\nas_of = '{}'\n"
    for day in ("2026-04-30", "2026-05-31"):
        (place / "monthly.toml").write_text(text.format(day), encoding="utf-8")
        run_command("run", place / "monthly.toml")
    pn.write_network(NET, place / "net")
    (place / "monthly.toml").write_text(text.format(DAY), encoding="utf-8")


def _put_wave(place: Path) -> None:
    """A wave that is out, of which one questionnaire is filled in."""
    _put_tables(place)
    pn.write_questionnaires(OLD, place / "wave", wave="2027")
    first = min((place / "wave").rglob("*.xlsx"))
    fill(first, rest="no", level="director")


def _put_answers(place: Path) -> None:
    """Answers, and the network made of those that came before."""
    _put_wave(place)
    pn.write_network(NET, place / "answered")


OUTPUTS: dict[str, tuple[str, ...]] = {  # commands by the file they write
    "r.docx": ("report",),
    "r.xlsx": ("report",),
    "page.html": ("explore",),
    "what.docx": ("whatif", "--remove", "b"),
    "gaps.xlsx": ("gaps",),
    "map.svg": ("draw",),
    "pack": ("checkpack",),
    "marked.xlsx": ("check",),
}


def _ask(name: str, place: Path, day: str = DAY) -> tuple[object, ...]:
    """The words of a command that writes a file."""
    command, *rest = OUTPUTS[name]
    when = () if command == "check" else ("--as-of", day)
    return (command, place / "net", *rest, "-o", place / name, *when)


def _work_of(name: str) -> Work:
    """Tables with a problem, and a file made of them a second time."""

    def prepare(place: Path) -> None:
        _put_tables(place)
        ties = place / "net" / "ties.csv"
        run_command(*_ask(name, place, "2020-01-01"))
        ties.write_text(ties.read_text("utf-8") + "a,nobody,referral,,,,,\n", encoding="utf-8")

    return Work(prepare, lambda place: run_command(*_ask(name, place)))


def _put_report(place: Path) -> None:
    pn.write_network(NET, place / "net")
    run_command("report", place / "net", "-o", place / "r.json", "--as-of", "2020-01-01")


def _put_nothing(place: Path) -> None:
    """An empty place."""


WORKS: dict[str, Work] = {
    "folder": Work(_put_tables, lambda at: pn.write_network(NET, at / "net"), takes_tables=True),
    "new folder": Work(_put_nothing, lambda at: pn.write_network(NET, at / "net"), True),
    "workbook": Work(
        lambda at: void(pn.write_network(OLD, at / "net.xlsx")),
        lambda at: pn.write_network(NET, at / "net.xlsx"),
    ),
    "questionnaires": Work(
        _put_nothing, lambda at: pn.write_questionnaires(OLD, at / "wave", wave="2027")
    ),
    "template": Work(_put_nothing, lambda at: pn.write_template(at / "t.xlsx")),
    "sample": Work(
        _put_nothing, lambda at: run_command("template", at / "sample.xlsx", "--sample")
    ),
    "example": Work(_put_nothing, lambda at: run_command("run", "--example", at / "monthly.toml")),
    "graphml": Work(_put_export(".graphml"), lambda at: export(at / "map.graphml")),
    "ucinet": Work(_put_export(".##h"), lambda at: export(at / "map.##h")),
    "gephi": Work(_put_export(""), lambda at: pn.export_network(NET, at / "map", format="gephi")),
    "report": Work(
        _put_report,
        lambda at: run_command("report", at / "net", "-o", at / "r.json", "--as-of", DAY),
    ),
    "run": Work(_put_run, lambda at: run_command("run", at / "monthly.toml")),
    "build": Work(
        _put_build,
        lambda at: run_command(
            *("build", at / "cms.csv", "-o", at / "net", "--state", "NE", "--update")
        ),
        takes_tables=True,
    ),
    "history": Work(_put_history, lambda at: run_command("run", at / "monthly.toml")),
    "survey again": Work(
        lambda at: void(pn.write_questionnaires(OLD, at / "wave", wave="2027")),
        lambda at: pn.write_questionnaires(OLD, at / "wave", wave="2027", due="May 1"),
    ),
    "survey collect": Work(
        _put_answers,
        lambda at: run_command("survey", "collect", at / "wave", at / "net", "-o", at / "answered"),
    ),
    **{name: _work_of(name) for name in OUTPUTS},
}


def void(_: object) -> None:
    """Forget what a function gives."""


def export(path: Path) -> None:
    """Write for another program, whatever it cannot hold."""
    pn.export_network(NET, path)


def look(place: Path) -> Snapshot:
    """Every file in a place."""
    files = (item for item in sorted(place.rglob("*")) if item.is_file())
    return {item.relative_to(place).as_posix(): item.read_bytes() for item in files}


def prepare(work: Work, place: Path) -> None:
    """Make the place of a work, with files of others in it."""
    place.mkdir()
    work.prepare(place)
    homes = [place, place / "net"] if (place / "net").is_dir() else [place]
    for home in homes:
        for name, content in FOREIGN.items():
            (home / name).parent.mkdir(exist_ok=True)
            (home / name).write_bytes(content)


def start(work: Work, place: Path, die_at: int | None) -> int:
    """Do a work in a process of its own, which kills itself before a certain step."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        steps = count_steps(die_at)
        work.do(place)
        code = min(next(steps), 250) if die_at is None else 0
    except BaseException:
        Path(f"{place}.error").write_text(traceback.format_exc(), encoding="utf-8")
    finally:
        os._exit(code)


def count_steps(die_at: int | None) -> Iterator[int]:
    """Count the calls that change a disk, or die before one of them; gives the count so far."""
    counted = [0]

    def wrap(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **options: Any) -> Any:
            counted[0] += 1
            if counted[0] == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **options)

        return called

    for name in CALLS:
        setattr(os, name, wrap(getattr(os, name)))
    return iter(lambda: counted[0], -1)


def wait(child: int) -> int:
    """Wait for a process; its exit code, negative where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Trial:
    """One work in a place of its own, killed as often as is asked for."""

    def __init__(self, name: str, root: Path) -> None:
        self.name, self.work, self.root = name, WORKS[name], root
        self.before = root / "before"
        prepare(self.work, self.before)
        after = self._copy("after")
        begun = time.monotonic()
        self.steps = wait(start(self.work, after, None))
        self.seconds = time.monotonic() - begun
        error = Path(f"{after}.error")
        assert not error.exists(), error.read_text("utf-8")
        assert self.steps > 1, name
        self.old, self.new = look(self.before), look(after)
        wait(start(self.work, after, None))
        assert look(after) == self.new, "a second run changes nothing"

    def _copy(self, name: str) -> Path:
        place = self.root / name
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.before, place)
        # A log or a configuration holds no path of the place, so that copies are equal.
        return place

    def kill_at_step(self, step: int) -> list[str]:
        """Kill before a step; say what is wrong then."""
        place = self._copy("killed")
        code = wait(start(self.work, place, step))
        assert code == -signal.SIGKILL, f"step {step} was not reached"
        return [f"{self.name}, step {step}: {words}" for words in self._judge(place)]

    def kill_at_moment(self, share: float) -> list[str]:
        """Kill after a share of the time that the work takes; say what is wrong then."""
        place = self._copy("killed")
        child = start(self.work, place, None)
        time.sleep(share * self.seconds)
        os.kill(child, signal.SIGKILL)
        wait(child)
        return [f"{self.name}, moment {share:.3f}: {words}" for words in self._judge(place)]

    def _judge(self, place: Path) -> Iterator[str]:
        yield from self._judge_others(look(place), "after the kill")
        rubbish = [item for item in place.rglob(".partnet-*.part") if item.is_dir()]
        if len(rubbish) > 1:
            yield f"{len(rubbish)} leftovers"
        if self.work.takes_tables and (place / "net").is_dir():
            yield from self._judge_tables(place)
        wait(start(self.work, place, None))
        error = Path(f"{place}.error")
        if error.exists():
            yield f"the next run fails: {error.read_text('utf-8').splitlines()[-1]}"
            error.unlink()
        found = look(place)
        yield from self._judge_others(found, "after the next run")
        for name in sorted(found.keys() ^ self.new.keys()):
            yield f"after the next run, {name} is {'left' if name in found else 'missing'}"
        for name in sorted(found.keys() & self.new.keys()):
            if found[name] != self.new[name]:
                yield f"after the next run, {name} is not as without the kill"

    def _judge_others(self, found: Snapshot, when: str) -> Iterator[str]:
        """Files of others, and tables of the user, are whole."""
        kept = [name for name in self.old if self.new.get(name) == self.old[name]]
        for name in kept:
            if name.endswith((*FOREIGN, "ties.csv")) and found.get(name) != self.old[name]:
                yield f"{when}, {name} of somebody else is not whole"

    def _judge_tables(self, place: Path) -> Iterator[str]:
        """The folder reads as it was before or as it will be, never as a mixture."""
        copy = self.root / "read"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(place, copy)
        found = pn.read_network(copy / "net")
        known = [
            pn.read_network(self.root / name / "net")
            for name in ("before", "after")
            if (self.root / name / "net").is_dir()
        ]
        if found not in known:
            yield "the folder is neither as before nor as after"


def kill_each(name: str, *, every: int = 1) -> list[str]:
    """Kill a work at each step, or at every so many-th; what was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(name, Path(folder))
        steps = range(1, trial.steps + 1, every)
        return [words for step in steps for words in trial.kill_at_step(step)]


def main(count: int = 2000, seed: int = 0) -> int:
    """Kill each work at each step, and the rest of so many kills at random moments."""
    draw, done, failed = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        trials = [Trial(name, make_home(Path(folder), k)) for k, name in enumerate(WORKS)]
        kills = [(trial, step) for trial in trials for step in range(1, trial.steps + 1)]
        draw.shuffle(kills)
        for trial, step in kills[:count]:
            done, failed = done + 1, failed + _tell(trial.kill_at_step(step))
        while done < count:
            wrong = draw.choice(trials).kill_at_moment(draw.random())
            done, failed = done + 1, failed + _tell(wrong)
    print(f"{done:,} kills, {failed} failures")
    return failed


def make_home(folder: Path, number: int) -> Path:
    """A folder of its own for each trial."""
    home = folder / str(number)
    home.mkdir()
    return home


def _tell(wrong: list[str]) -> int:
    for words in wrong:
        print(words, flush=True)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
