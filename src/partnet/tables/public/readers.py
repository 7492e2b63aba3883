"""Which reader fits which public file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...errors import InputError, UsageError
from ..csvfile import read_csv_cells
from . import cms_hospitals, fcc_pilot
from .family import Family, PublicFile


@dataclass(frozen=True)
class Reader:
    """One module of this package: the family it reads, and its two functions."""

    family: Family
    recognize: Callable[[Sequence[str]], bool]
    read: Callable[[str | Path], PublicFile]


READERS: Mapping[str, Reader] = {
    name: Reader(module.FAMILY, module.recognize, module.read)
    for name, module in {"cms_hospitals": cms_hospitals, "fcc_pilot": fcc_pilot}.items()
}


def read_public_file(path: str | Path, *, expected: str = "") -> PublicFile:
    """Read a public file with the reader that fits its header.

    Parameters
    ----------
    path : path
        The file, as it was downloaded.
    expected : str, optional
        What it is said to be: ``cms_hospitals`` or ``fcc_pilot``; default: find out.

    Raises
    ------
    InputError
        The file is not what it is said to be: which columns are missing, which reader would fit.
    UsageError
        `expected` names no reader.
    """
    if expected and expected not in READERS:
        allowed = ", ".join(READERS)
        raise UsageError(f"expected: found {expected!r}. Allowed are {allowed}. Choose one.")
    header = read_csv_cells(path).header
    fitting = [name for name, reader in READERS.items() if reader.recognize(header)]
    if expected in fitting or (not expected and fitting):
        return READERS[expected or fitting[0]].read(path)
    raise InputError(_explain_misfit(Path(path).name, header, expected, fitting))


def _explain_misfit(file: str, header: Sequence[str], expected: str, fitting: list[str]) -> str:
    known = ", ".join(reader.family.name for reader in READERS.values())
    if not expected:
        return f"{file}: found columns of no public file that partnet knows. It knows {known}."
    family = READERS[expected].family
    missing = ", ".join(family.missing_columns(header))
    hint = (
        f"It looks like {READERS[fitting[0]].family.name}: give it as "
        f"--{fitting[0].replace('_', '-')}."
        if fitting
        else "Download the file again and do not change its header."
    )
    return f"{file}: found no column {missing}. {family.name} has them. {hint}"
