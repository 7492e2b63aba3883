"""Work cut into a fixed number of ranges, done by threads, put together in order.

The ranges do not depend on the number of threads, and partial sums are added in the order of the
ranges: one, two or forty cores give the same bits. Libraries of dense matrices know no such
order: what is done with them is done on one thread.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache, wraps
from itertools import pairwise
from typing import ParamSpec, TypeVar

from threadpoolctl import ThreadpoolController

T = TypeVar("T")
P = ParamSpec("P")

RANGES = 16
_here = threading.local()  # whether a thread is already one of several
STEPS_WORTH_THREADS = 2_000_000  # inner steps of a kernel, some milliseconds: below, no threads


def split_range(n: int, ranges: int = RANGES) -> list[tuple[int, int]]:
    """Cut ``0:n`` into at most so many ranges of nearly equal length.

    Examples
    --------
    >>> split_range(5, 2)
    [(0, 2), (2, 5)]
    """
    cuts = [n * k // ranges for k in range(ranges + 1)]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def run_ranges(
    task: Callable[[int, int], T],
    n: int,
    *,
    steps: float,
    workers: int | None = None,
    exact: bool = False,
) -> list[T]:
    """Run a task on every range of ``0:n``; the answers come in the order of the ranges.

    A task that runs ranges of its own runs them on the thread it has.

    Parameters
    ----------
    task : callable
        Takes first and last; must release the interpreter's lock to gain anything.
    n : int
        Length of the whole.
    steps : float
        Rough number of inner steps of the whole task; small tasks run without threads.
    workers : int, optional
        Number of threads; default: the cores this process may use.
    exact : bool, default False
        The answer does not depend on the ranges at all (cells of their own, whole numbers): a
        small task is then run in one piece.
    """
    small = workers is None and steps < STEPS_WORTH_THREADS
    if exact and small:
        return [task(0, n)] if n else []
    ranges = split_range(n)
    threads = min(workers or count_cores(), len(ranges))
    if threads < 2 or small or getattr(_here, "is_worker", False):
        return [task(first, last) for first, last in ranges]
    with ThreadPoolExecutor(threads, initializer=_become_worker) as pool:
        return list(pool.map(lambda cut: task(*cut), ranges))


def _become_worker() -> None:
    _here.is_worker = True


def count_cores() -> int:
    """Number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def on_one_thread(function: Callable[P, T]) -> Callable[P, T]:
    """Have the libraries of dense matrices (BLAS, LAPACK) use one thread within a function.

    With more, they add in another order: eigenvectors of equal eigenvalues then turn, and with
    them whatever is cut by them.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with _one_thread:
            return function(*args, **kwargs)

    return run


class _OneThread:
    """The limit of the libraries is the process's: the first to come sets it, the last lifts it.

    If each caller set and lifted it, one that ends would lift it for the others that still compute.
    """

    def __init__(self) -> None:
        self._lock, self._inside, self._limit = threading.Lock(), 0, ExitStack()

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._limit.enter_context(_find_libraries().limit(limits=1, user_api="blas"))
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._limit.close()


_one_thread = _OneThread()


@cache
def _find_libraries() -> ThreadpoolController:
    """Find the libraries that are loaded: numpy's and scipy's."""
    import scipy.linalg  # noqa: F401  # its library counts, too

    return ThreadpoolController()
