"""A brief: one result of the practice verbs as a report of its own, one page of substance first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from .. import __version__
from ..core.errors import UsageError
from ..core.results import Result
from ..core.text import say_date
from .brief_alignment import write_alignment, write_profile
from .brief_partnerships import write_partnerships
from .brief_session import write_register, write_session
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
        What ``prepare_session``, ``check_outcomes``, ``profile_partnerships``,
        ``describe_organization`` or ``align_organizations`` found.

    Returns
    -------
    Report
        The first section is one page of substance; tables and the method follow.

    Raises
    ------
    UsageError
        The verb has no brief.
    """
    if result.verb not in BRIEFS:
        raise UsageError(
            f"result: found one of {result.verb}. Briefs are made of {', '.join(BRIEFS)}. "
            "Use one of them, or write_report for a whole network."
        )
    name, write = BRIEFS[result.verb]
    settings = result.method.settings
    day = settings.get("as of", "no dates")
    when = "" if day == "no dates" else f", as of {say_date(date.fromisoformat(str(day)))}"
    box = MethodBlock(result.title, result.method)
    lead = ("What was computed, by which rule, and what was left out.",)
    return Report(
        title=result.title,
        subtitle=f"{name} – {settings.get('network', '')}{when}",
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
        The verb has no brief, the suffix is none of these, or the folder does not exist.
    PartnetError
        The file is open in another program.
    """
    return write_rendered(lambda: build_brief(result), path)
