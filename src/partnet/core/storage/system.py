"""What the operating system refuses, said in a sentence: where, what was found, what to do."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import PartnetError

FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)
CLOSED = (errno.EACCES, errno.EPERM)
ABSENT = (errno.ENOENT, errno.ENOTDIR)
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:\..*)?", re.I | re.S
)


def explain_os_error(error: OSError, path: str | Path | None = None) -> str:
    """Say what the system refused, and what to do about it.

    Parameters
    ----------
    error : OSError
        What the system said.
    path : path, optional
        Where; default: the file that the error names.

    Examples
    --------
    >>> explain_os_error(OSError(errno.ENOSPC, "No space left on device"), "report.html")[:45]
    'report.html: found no space left on the disk.'
    """
    place = path or error.filename or "a file"
    if error.errno in FULL:
        return (
            f"{place}: found no space left on the disk. What is written needs some; what stood "
            "there stays. Free some space, or write elsewhere."
        )
    if error.errno in CLOSED:
        return (
            f"{place}: found that it may not be opened or replaced. It may be read-only, or open "
            "in Excel or another program. Close it there, or choose another place."
        )
    if error.errno == errno.EROFS:
        return (
            f"{place}: found a disk that is read-only. A place that can be written is needed. "
            "Choose another one."
        )
    if error.errno == errno.ENAMETOOLONG:
        return (
            f"{place}: found a name of {len(Path(str(place)).name):,} characters. The system takes "
            "about 250. Give a shorter name."
        )
    if error.errno in ABSENT:
        return (
            f"{place}: found no such file, or no folder in which one can be made. Files are read "
            "and written in folders of a disk. Choose another place."
        )
    return (
        f"{place}: found that the system refuses it ({error.strerror or error}). A file that can "
        "be read and written is needed. Choose another place."
    )


def name_other(path: Path) -> str:
    """Say what is there in place of a file that can be read.

    Examples
    --------
    >>> name_other(Path("no-such-file.csv")), name_other(Path("."))
    ('nothing there', 'a folder')
    """
    if path.is_dir():
        return "a folder"
    return "a device or a pipe" if path.exists() else "nothing there"


def is_device(name: str) -> bool:
    """Whether Windows takes a name for a device, whatever ends it.

    Examples
    --------
    >>> [is_device(name) for name in ("con", "NUL.csv", "lpt1.tar.gz", "contacts.csv")]
    [True, True, True, False]
    """
    return _DEVICE.fullmatch(name) is not None


@contextmanager
def explaining(path: str | Path) -> Iterator[None]:
    """Turn what the system refuses about a path into a sentence.

    Raises
    ------
    PartnetError
        The system refused something.
    """
    try:
        yield
    except OSError as error:
        raise PartnetError(explain_os_error(error, path)) from error
