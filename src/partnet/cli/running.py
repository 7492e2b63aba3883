"""Running a command: what it is told ends in a sentence and an exit code, wherever it runs."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

import click

from ..core.errors import PartnetError, UsageError
from ..core.storage.system import explain_os_error
from ..core.wording.safety import clean_terminal
from .codes import EXIT_INPUT, EXIT_INTERNAL, EXIT_INTERRUPTED, EXIT_USAGE
from .commands import (  # noqa: F401  (each adds its commands)
    advice,
    exporting,
    files,
    findings,
    meetings,
    nation,
    pictures,
    reports,
    store,
    survey,
)
from .console import settle_streams
from .group import cli
from .refusals import say_click

__all__ = ["cli", "run"]

MOMENT = 0.02  # seconds


def run() -> None:
    """Run the command line and leave with its exit code."""
    settle_streams()
    interrupts = Interrupts()
    try:
        code = cli.main(standalone_mode=False) or 0
        if sys.stdout is not None:  # closed by who started it
            sys.stdout.flush()
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = EXIT_INTERRUPTED
    except click.ClickException as error:
        code = fail(say_click(error), EXIT_USAGE)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        code = EXIT_INTERRUPTED if interrupts.seen else say_error(error)
    let_go_of_output()
    sys.exit(code)


def say_error(error: Exception) -> int:
    """Say an error in a sentence; gives the exit code."""
    if isinstance(error, UsageError):
        return fail(str(error), EXIT_USAGE)
    if isinstance(error, PartnetError):
        return fail(str(error), EXIT_INPUT)
    if isinstance(error, OSError):
        return fail(explain_os_error(error, error.filename or "output"), EXIT_INPUT)
    if isinstance(error, MemoryError):
        return fail(
            "memory: found less than this needs. A network of a State needs about 1 GB. Close "
            "other programs, or take a part of the network.",
            EXIT_INPUT,
        )
    return fail(
        f"partnet failed ({type(error).__name__}: {error}). This is a fault of partnet, not of "
        "your file. Run again with --debug and send the output to the developers.",
        EXIT_INTERNAL,
    )


def fail(message: str, code: int) -> int:
    """Say why it ends; gives the exit code."""
    click.echo(clean_terminal(message), err=True)
    return code


class Interrupts:
    """Notes that somebody pressed Ctrl-C, whatever a library makes of it."""

    def __init__(self) -> None:
        self.seen = False
        self.noting = False  # in the hook nobody could catch it either
        self.before = sys.unraisablehook
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._interrupt)
            sys.unraisablehook = self._raise_again

    def _interrupt(self, _: int, frame: FrameType | None) -> None:
        self.seen = True
        if is_importing(frame):  # raised there, it can leave a library of C half made
            os._exit(EXIT_INTERRUPTED)
        if not self.noting:
            raise KeyboardInterrupt
        interrupt_later()

    def _raise_again(self, raised: Any) -> None:
        """What is raised where nobody can catch it comes again a moment later."""
        self.noting = True
        if issubclass(raised.exc_type, KeyboardInterrupt):
            interrupt_later()
        else:
            self.before(raised)
        self.noting = False


def is_importing(frame: FrameType | None) -> bool:
    """Whether what runs now is part of an import, during which partnet writes nothing."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def interrupt_later() -> None:
    """Press Ctrl-C again in a moment, from outside of what runs now."""
    again = threading.Timer(MOMENT, _thread.interrupt_main)
    again.daemon = True
    again.start()


def let_go_of_output() -> None:
    """See that Python does not try again to write what could not be written."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with open(os.devnull, "w", encoding="utf-8") as nowhere:
                os.dup2(nowhere.fileno(), stream.fileno())
        except AttributeError:  # there is no such stream
            continue
