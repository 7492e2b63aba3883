"""The sample that comes with partnet: an invented network to learn and to test on."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ..core.arguments import checked
from ..core.errors import UsageError
from ..core.network import Network
from ..core.storage.writing import write_new
from .read import read_network

SAMPLE_DAY = "2026-06-30"  # the newest in it; on a later day its ties would be cold


@checked
def load_sample(name: str = "prairie") -> Network:
    """Give a network to try things on, without a file of your own.

    Every organization in it is invented; the counties are real. `data/samples/README.md` tells
    what was planted in it for the findings to find.

    Parameters
    ----------
    name : str, default "prairie"
        ``"prairie"`` (as of 2026-06-30), ``"prairie_2024"`` (the same network two years before)
        or ``"prairie.xlsx"`` (the first as one workbook).

    Returns
    -------
    Network
        About 150 organizations of 50 kinds in 30 counties of Nebraska.

    Raises
    ------
    UsageError
        There is no sample of that name; the message lists those there are.

    Examples
    --------
    >>> net = load_sample()
    >>> net.name("cedar-county-hospital")
    'Cedar County Hospital'
    """
    return read_network(sample_path(name))


def write_sample(path: str | Path) -> Path:
    """Write the sample as a workbook of your own; one that is there is never replaced.

    Raises
    ------
    UsageError
        The name does not end in .xlsx, its folder does not exist, or the file is there.
    """
    return write_new(path, sample_path("prairie.xlsx").read_bytes(), ".xlsx")


def sample_path(name: str = "prairie") -> Path:
    """Say where a sample lies, to read it or to open it in Excel.

    Parameters
    ----------
    name : str, default "prairie"
        As in :func:`load_sample`.

    Returns
    -------
    Path
        A folder of CSV files, or a workbook.

    Raises
    ------
    UsageError
        There is no sample of that name; the message lists those there are.

    Examples
    --------
    >>> sample_path("prairie.xlsx").name
    'prairie.xlsx'
    """
    names = list_samples()
    if name not in names:
        raise UsageError(
            f"name: found {name!r}. Allowed are {', '.join(names)}. Choose one of them."
        )
    return _find_folder() / name


def list_samples() -> list[str]:
    """Name the samples that come with partnet: folders of CSV files and workbooks.

    Examples
    --------
    >>> list_samples()
    ['prairie', 'prairie.xlsx', 'prairie_2024']
    """
    entries = _find_folder().iterdir()
    return sorted(entry.name for entry in entries if entry.is_dir() or entry.suffix == ".xlsx")


def _find_folder() -> Path:
    """The folder of samples: inside an installed package, or beside the source in a checkout."""
    installed = Path(str(files("partnet").joinpath("data/samples")))
    return installed if installed.is_dir() else Path(__file__).parents[3] / "data" / "samples"
