"""Run as many fuzzed inputs as you like, each under limits of time and memory::

    python -m tests.fuzz.run 200000            # from input 0 on
    python -m tests.fuzz.run 1 123456          # one input again
    python -m tests.fuzz.run 1000 0 workbooks  # of one family
    python -m tests.fuzz.run 200000 --jobs 4   # in four processes at once

Inputs run in a process of their own, which starts anew where one takes it down; every input that
ends in anything but a network or a sentence is printed with its number, which makes it again. What
was read and what was refused is counted at the end, family by family.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SECONDS = 60  # of the processor for one input: on a machine with other work the clock runs ahead
WAIT = 900  # seconds by the clock, after which an input that does nothing at all is ended
BYTES = 2 << 30  # of address space beyond what the program has at its start
EVERY = 1_000  # inputs between two lines of progress


def work(numbers: Iterator[int]) -> None:
    """Run inputs in this process; say each number first, and what went wrong after it."""
    from .families import run_input

    _limit_memory()
    warnings.simplefilter("ignore")
    gc.freeze()  # libraries are not looked through again after every few tables
    gc.set_threshold(20_000, 20, 20)
    for number in numbers:
        print(f"at {number}", flush=True)
        folder = Path(tempfile.mkdtemp(prefix="partnet-fuzz-", dir=_find_memory()))
        try:
            _set_alarm(SECONDS)
            refused = run_input(number, folder)
            print(f"{'refused' if refused else 'read'} {number}", flush=True)
        except Exception:
            words = traceback.format_exc().replace("\n", "\n    ")
            print(f"wrong {number}: {words}", flush=True)
        finally:
            _set_alarm(0)
            shutil.rmtree(folder, ignore_errors=True)
    print("done", flush=True)


def _find_memory() -> str | None:
    """A folder that lies in memory, where there is one: no disk has to turn for an input."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + BYTES, used + BYTES))


def _set_alarm(seconds: int) -> None:
    if not hasattr(signal, "SIGPROF"):
        return

    def stop(*_: object) -> None:
        raise TimeoutError(f"more than {SECONDS} seconds")

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)


def supervise(numbers: list[int]) -> Counter[str]:
    """Run inputs in processes of their own; count what was read, refused and went wrong."""
    from .families import TURNS

    counts: Counter[str] = Counter()
    at = 0
    while at < len(numbers):
        process = _start(numbers[at:])
        assert process.stdout is not None
        done = False
        watch = _watch(process)
        for line in process.stdout:
            watch.cancel()
            word, _, number = line.rstrip().partition(" ")
            if word == "at":
                at += 1
                if at % EVERY == 0:
                    print(f"{at:,} of {len(numbers):,}, {counts['wrong']} failures", flush=True)
            elif word in ("read", "refused"):
                counts[f"{TURNS[int(number) % len(TURNS)]}: {word}"] += 1
            elif word == "done":
                done = True
            else:
                counts["wrong"] += word == "wrong"
                print(line, end="", flush=True)
            watch = _watch(process)
        watch.cancel()
        process.wait()
        if not done:
            counts["wrong"] += 1
            print(f"wrong {numbers[at - 1]}: took the process down ({process.returncode})")
            if at == 0:
                break
    return counts


def _start(numbers: list[int]) -> subprocess.Popen[str]:
    """Start a process that runs inputs."""
    command = [sys.executable, "-m", "tests.fuzz.run", "--work"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdin is not None
    process.stdin.write(" ".join(map(str, numbers)) + "\n")
    process.stdin.close()
    return process


def _watch(process: subprocess.Popen[str]) -> threading.Timer:
    """End a process that hangs where no signal reaches it."""
    timer = threading.Timer(WAIT, process.kill)
    timer.daemon = True
    timer.start()
    return timer


def main(words: list[str]) -> int:
    """Run the inputs that the arguments ask for."""
    from .families import NAMES, list_numbers

    if words[:1] == ["--work"]:
        work(map(int, sys.stdin.read().split()))
        return 0
    options = argparse.ArgumentParser(prog="tests.fuzz.run")
    options.add_argument("count", type=int, nargs="?", default=200_000)
    options.add_argument("start", type=int, nargs="?", default=0)
    options.add_argument("family", nargs="?", default="", choices=("", *NAMES))
    options.add_argument("--jobs", type=int, default=1)
    given = options.parse_args(words)
    begun = time.perf_counter()
    numbers = list_numbers(given.count, given.start, given.family)
    with ThreadPoolExecutor(given.jobs) as pool:
        shares = pool.map(supervise, [numbers[k :: given.jobs] for k in range(given.jobs)])
        counts: Counter[str] = sum(shares, Counter())
    _tell(counts, time.perf_counter() - begun)
    return int(counts["wrong"] > 0)


def _tell(counts: Counter[str], seconds: float) -> None:
    """Say by family what was read and refused, then how many inputs there were."""
    for word in sorted(counts.keys() - {"wrong"}):
        print(f"{word} {counts[word]:,}")
    total = sum(counts.values())
    print(f"{total:,} inputs, {counts['wrong']} failures; {total / max(seconds, 1):.1f} a second")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
