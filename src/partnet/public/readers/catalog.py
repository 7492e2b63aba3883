"""Which reader fits which public file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ...core.errors import InputError, UsageError
from ...core.wording.text import join_words
from ..reading.family import EVERYWHERE, Family, PublicFile, Scope
from ..reading.source import Bundle, Source, open_sources
from ..reading.streaming import stream_sources
from . import (
    ahrq_linkage,
    cms_enrollments,
    cms_hospitals,
    cms_owners,
    county_adjacency,
    fcc_pilot,
    hrsa_grants,
    hrsa_site_list,
    hrsa_sites,
    irs_bmf,
    irs_grants,
    irs_sponsors,
    mssp_participants,
    nchs_codes,
    open_referral,
    rural_closures,
    usaspending_subawards,
    usda_rucc,
)


@dataclass(frozen=True)
class Reader:
    """One module of this package: the family it reads, and its two functions."""

    family: Family
    recognize: Callable[[Sequence[str]], bool]
    read: Callable[[Source, Scope], PublicFile]


# In order of trust: what stands first gives an organization its id and wins where files disagree.
_MODULES = {
    "cms_hospitals": cms_hospitals,
    "cms_enrollments": cms_enrollments,
    "hrsa_sites": hrsa_sites,
    "ahrq_linkage": ahrq_linkage,
    "hrsa_grants": hrsa_grants,
    "fcc_pilot": fcc_pilot,
    "hrsa_site_list": hrsa_site_list,
    "irs_bmf": irs_bmf,
    "irs_sponsors": irs_sponsors,
    "irs_grants": irs_grants,
    "usaspending_subawards": usaspending_subawards,
    "rural_closures": rural_closures,
    "mssp_participants": mssp_participants,
    "cms_owners": cms_owners,
    "usda_rucc": usda_rucc,
    "nchs_codes": nchs_codes,
    "county_adjacency": county_adjacency,
}
MOST_HELD = 50_000_000  # bytes of a file that is read as a whole; larger ones are streamed
PACKED = (".gz", ".zip")
READERS: Mapping[str, Reader] = {
    name: Reader(module.FAMILY, getattr(module, "recognize", module.FAMILY.fits), module.read)
    for name, module in _MODULES.items()
}
DIRECTORY = "open_referral"  # reads folders: several tables that belong together
NAMES = (*READERS, DIRECTORY)


def read_public_files(
    path: str | Path, *, expected: str = "", scope: Scope = EVERYWHERE, stream: bool = False
) -> list[PublicFile]:
    """Read what was downloaded with the readers that fit the headers.

    Parameters
    ----------
    path : path
        A file (CSV, gzip, zip), or a folder: a service directory, or several files.
    expected : str, optional
        The reader that it is meant for, for example ``cms_hospitals``; default: find out.
    scope : Scope, optional
        Which rows are of interest; default: all.
    stream : bool, default False
        Read the file from disk row by row, in place of its text in memory.

    Returns
    -------
    list of PublicFile
        One for each table in it.

    Raises
    ------
    InputError
        A file is not what it is said to be: which columns are missing, which reader would fit.
    UsageError
        `expected` names no reader.
    """
    if expected and expected not in NAMES:
        allowed = ", ".join(NAMES)
        raise UsageError(f"expected: found {expected!r}. Allowed are {allowed}. Choose one.")
    streamed = stream or _is_large(Path(path))
    sources = _choose_sheets(stream_sources(path) if streamed else open_sources(path))
    if not sources:
        raise InputError(
            f"{Path(path).name}: found no table in it. CSV files are expected. Check the path."
        )
    return [file for source in sources for file in _read_source(source, expected, scope)]


def _is_large(path: Path) -> bool:
    """Whether a file would take much memory as a whole, or may once it is unpacked."""
    files = list(path.iterdir()) if path.is_dir() else [path]
    return any(
        file.is_file() and (file.stat().st_size > MOST_HELD or file.suffix.lower() in PACKED)
        for file in files
    )


def _choose_sheets(sources: list[Source | Bundle]) -> list[Source | Bundle]:
    """Leave out sheets that hold no public file (notes, a cover), if another sheet does."""

    def fits(source: Source | Bundle) -> bool:
        return isinstance(source, Bundle) or bool(_find_fitting(source.header))

    fitting = [s for s in sources if fits(s) or (isinstance(s, Source) and not s.is_sheet)]
    return fitting or sources[:1]


def read_public_file(
    path: str | Path, *, expected: str = "", scope: Scope = EVERYWHERE
) -> PublicFile:
    """Read a file that holds one table; see :func:`read_public_files`.

    Raises
    ------
    InputError
        It holds several, or is not what it is said to be.
    """
    files = read_public_files(path, expected=expected, scope=scope)
    if len(files) > 1:
        named = ", ".join(file.file for file in files)
        raise InputError(f"{Path(path).name}: found {named}. One table is expected. Give one.")
    return files[0]


def _read_source(source: Source | Bundle, expected: str, scope: Scope) -> list[PublicFile]:
    if isinstance(source, Bundle):
        if expected not in ("", DIRECTORY):
            raise InputError(
                f"{source.file}: found a service directory (organizations and services). "
                f"{READERS[expected].family.name} is one table. Give it as {DIRECTORY}."
            )
        files = open_referral.read(source, replace(scope, reader=DIRECTORY))
        return [replace(file, reader=DIRECTORY) for file in files]
    fitting = _find_fitting(source.header)
    if expected in fitting or (not expected and fitting):
        name = expected or fitting[0]
        return [replace(READERS[name].read(source, replace(scope, reader=name)), reader=name)]
    raise InputError(_explain_misfit(source, expected, fitting))


def _find_fitting(header: Sequence[str]) -> list[str]:
    """Readers that a header fits; the one that knows most of its columns first."""
    fitting = [name for name, reader in READERS.items() if reader.recognize(header)]
    return sorted(fitting, key=lambda name: -len(READERS[name].family.find_columns(header)))


def _explain_misfit(source: Source, expected: str, fitting: Sequence[str]) -> str:
    if expected == DIRECTORY:
        found = "one table where a folder with organizations and services is expected"
        return f"{source.file}: found {found}.{_hint(fitting)}"
    if not source.header:
        return f"{source.file}: found no row with text. Download the file again."
    name = expected or _find_nearest(source.header)
    if not name:
        return (
            f"{source.file}: found columns of no public file that partnet knows. It knows "
            f"{'; '.join(reader.family.name for reader in READERS.values())}; and service "
            "directories."
        )
    family = READERS[name].family
    missing = family.missing_columns(source.header)
    many = len(missing) > 1
    likely = "" if expected else f"It is most like {family.name}. "
    lacks = f"Found no column{'s' * many} {join_words(missing, final='or')}."
    has = f"{family.name} has {'them' if many else 'it'}."
    return f"{source.file}: {likely}{lacks} {has}{_hint(fitting)}"


def _find_nearest(header: Sequence[str]) -> str:
    """The reader that lacks least, if the header has more than half of what it needs."""
    lacks = {
        name: len(reader.family.missing_columns(header)) / len(reader.family.required)
        for name, reader in READERS.items()
    }
    nearest = min(lacks, key=lambda name: lacks[name])
    return nearest if lacks[nearest] < 0.5 else ""


def _hint(fitting: Sequence[str]) -> str:
    if fitting:
        return f" It looks like {READERS[fitting[0]].family.name}: give it as {fitting[0]}=FILE."
    return " Download the file again and do not change its header."


def directory_families() -> dict[str, Family]:
    """Give the families of the tables of a service directory by name."""
    return {family.name: family for _, family, _ in open_referral.STEPS}
