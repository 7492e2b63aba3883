"""Run as many fuzzed inputs as you like, each under limits of time and memory::

    python -m tests.fuzz.run 200000            # from input 0 on
    python -m tests.fuzz.run 1 123456          # one input again
    python -m tests.fuzz.run 1000 0 workbooks  # of one family

Inputs run in a process of their own, which starts anew where one takes it down; every input that
ends in anything but a network or a sentence is printed with its number, which makes it again.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
import warnings
from collections.abc import Iterator
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
    for number in numbers:
        print(f"at {number}", flush=True)
        folder = Path(tempfile.mkdtemp(prefix="partnet-fuzz-"))
        try:
            _set_alarm(SECONDS)
            run_input(number, folder)
        except Exception:
            words = traceback.format_exc().replace("\n", "\n    ")
            print(f"wrong {number}: {words}", flush=True)
        finally:
            _set_alarm(0)
            shutil.rmtree(folder, ignore_errors=True)
    print("done", flush=True)


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


def supervise(numbers: list[int]) -> int:
    """Run inputs in processes of their own; give how many went wrong."""
    failed, at = 0, 0
    while at < len(numbers):
        command = [sys.executable, "-m", "tests.fuzz.run", "--work"]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(" ".join(map(str, numbers[at:])) + "\n")
        process.stdin.close()
        done = False
        watch = _watch(process)
        for line in process.stdout:
            watch.cancel()
            if line.startswith("at "):
                at += 1
                if at % EVERY == 0:
                    print(f"{at:,} of {len(numbers):,}, {failed} failures", flush=True)
            elif line.strip() == "done":
                done = True
            else:
                failed += line.startswith("wrong ")
                print(line, end="", flush=True)
            watch = _watch(process)
        watch.cancel()
        process.wait()
        if not done:
            failed += 1
            print(f"wrong {numbers[at - 1]}: took the process down ({process.returncode})")
            if at == 0:
                return failed
    return failed


def _watch(process: subprocess.Popen[str]) -> threading.Timer:
    """End a process that hangs where no signal reaches it."""
    timer = threading.Timer(WAIT, process.kill)
    timer.daemon = True
    timer.start()
    return timer


def list_numbers(count: int, start: int, family: str) -> list[int]:
    """Numbers of inputs; of one family, those that make its inputs."""
    from .families import NAMES

    if not family:
        return list(range(start, start + count))
    first = NAMES.index(family)
    return [first + len(NAMES) * k for k in range(start, start + count)]


def main(words: list[str]) -> int:
    """Run the inputs that the arguments ask for."""
    if words[:1] == ["--work"]:
        work(map(int, sys.stdin.read().split()))
        return 0
    count, start = int(words[0]) if words else 200_000, int(words[1]) if len(words) > 1 else 0
    failed = supervise(list_numbers(count, start, words[2] if len(words) > 2 else ""))
    print(f"{count:,} inputs, {failed} failures")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
