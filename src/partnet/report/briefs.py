"""A brief: one result of the practice verbs as a report of its own, one page of substance first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from .. import __version__
from ..core.results import Result
from ..core.text import say_date
from .brief_alignment import write_alignment, write_profile
from .brief_partnerships import write_partnerships
from .brief_session import write_register, write_session
from .declared import write_parts
from .model import MethodBlock, Report, Section
from .render import write_rendered

# verb: what its brief is called, and the function that turns its result into sections
BRIEFS: dict[str, tuple[str, Callable[[Result], tuple[Section, ...]]]] = {
    "prepare_session": ("Brief for a partnership session", write_session),
    "check_outcomes": ("Outcome register", write_register),
    "profile_partnerships": ("Partnership categories and themes", write_partnerships),
    "describe_organization": ("Brief of one organization", write_profile),
    "align_organizations": ("Brief for two partners", write_alignment),
}


def build_brief(result: Result) -> Report:
    """Make a report of one result: a brief to print, send or open in Excel.

    Parameters
    ----------
    result : Result
        What a verb found; how its tables are shown is declared in it.

    Returns
    -------
    Report
        The first section is one page of substance; tables and the method follow.

    """
    name, write = BRIEFS.get(result.verb, ("", None))
    if result.shown or write is None:
        name, write = result.paper or "Brief", write_parts
    settings = result.method.settings
    day = result.as_of
    if day is None and settings.get("as of", "no dates") != "no dates":
        day = date.fromisoformat(str(settings["as of"]))
    when = "" if day is None else f", as of {say_date(day)}"
    about = result.network or settings.get("network", "")
    box = MethodBlock(result.title, result.method)
    lead = ("What was computed, by which rule, and what was left out.",)
    return Report(
        title=result.title,
        subtitle=f"{name} – {about}{when}" if about else f"{name}{when}",
        sections=(*write(result), Section("methods", "Methods", lead, (box,))),
        versions=f"Written by partnet {__version__}. Nothing left this computer.",
    )


def write_brief(result: Result, path: str | Path) -> Path:
    """Write the brief of one result: a page (.html), a workbook (.xlsx) or data (.json).

    Parameters
    ----------
    result : Result
        As in :func:`build_brief`.
    path : path
        Where to; the suffix tells the format.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    UsageError
        The suffix is none of these, or the folder does not exist.
    PartnetError
        The file is open in another program.
    """
    return write_rendered(lambda: build_brief(result), path)
