"""The command line: the verbs of the library, and nothing more."""

from __future__ import annotations

import _signal  # what signal is made of, without its imports
import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["cli", "main"]  # the commands are loaded on first use

# A command lives for seconds and makes few circles of objects, and searching for them every 700 new
# ones costs it a twelfth of its time.
FEW_CYCLES = (50_000, 20, 50)
EPOCH = "SOURCE_DATE_EPOCH"


def main() -> None:
    """Run the command line and turn every error into a sentence and an exit code."""
    before = _signal.getsignal(_signal.SIGINT)
    if before is _signal.default_int_handler:
        # While libraries are imported nothing is written, and Ctrl-C may simply end it; raised
        # inside an import it would come out as anything.
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    leave_current_folder()
    if not os.environ.get(EPOCH, "0").isdecimal():
        del os.environ[EPOCH]  # libraries take it for a number, and fail
    gc.set_threshold(*FEW_CYCLES)
    from .running import run

    if before is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, before)
    run()


def leave_current_folder() -> None:
    """Import nothing from the folder one stands in, which ``python -m`` puts first."""
    home = os.path.realpath(os.path.join(__file__, "../../.."))
    try:
        here = os.getcwd()
    except OSError:  # it is gone
        here = ""
    first = sys.path[0] if sys.path else None
    if first in ("", here) and os.path.realpath(here) != home:
        del sys.path[0]


def __getattr__(name: str) -> Any:
    """Load the commands on first use."""
    if name != "cli":
        raise AttributeError(f"module 'partnet.cli' has no attribute {name!r}")
    from .running import cli

    globals()["cli"] = cli
    return cli
