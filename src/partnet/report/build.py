"""From a network to a report, and from a report to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from .. import __version__
from ..core.audience import Audience, describe_audience
from ..core.network import Network
from ..core.text import say_date
from .findings import Findings
from .meetings import write_meeting, write_outcomes, write_partnership_categories
from .model import Report, Section
from .outreach import (
    write_introductions,
    write_partners_and_meetings,
    write_peers,
    write_visits,
)
from .quality import write_quality
from .render import write_rendered
from .sections import (
    write_bridges,
    write_central,
    write_gaps,
    write_inventory,
    write_methods,
    write_recommendations,
)
from .summary import write_summary

SECTIONS: tuple[Callable[[Findings], Section], ...] = (
    write_summary,
    write_inventory,
    write_central,
    write_bridges,
    write_gaps,
    write_recommendations,
    write_partnership_categories,
    write_meeting,
    write_outcomes,
    write_introductions,
    write_visits,
    write_partners_and_meetings,
    write_peers,
    write_quality,
    write_methods,
)


def build_report(
    net: Network,
    *,
    as_of: str | pd.Timestamp | None = None,
    audience: Audience = "internal",
    organization: str | None = None,
) -> Report:
    """Put everything that was found into one report.

    Parameters
    ----------
    net : Network
        The network.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.
    audience : {"internal", "partner", "public"}
        Who reads it; what a reader must not see is taken out of the tables first.
    organization : str, optional
        The partner it is made for.

    Returns
    -------
    Report
        Sections summary, inventory, central, bridges, gaps, recommendations, partnerships, session,
        outcomes, introductions, visits, convenings, peers, quality, methods.
    """
    net = net.for_audience(audience, organization)
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    findings = Findings(net, day)
    when = f" as of {say_date(day)}" if day is not None else ""
    return Report(
        title=net.title,
        subtitle=f"Partnership report{when}",
        sections=tuple(write(findings) for write in SECTIONS),
        note=" ".join(filter(None, (net.note, describe_audience(net.audience, net.reader_name)))),
        versions=f"Written by partnet {__version__}. Nothing left this computer.",
    )


def write_report(
    net: Network,
    path: str | Path,
    *,
    as_of: str | pd.Timestamp | None = None,
    audience: Audience = "internal",
    organization: str | None = None,
) -> Path:
    """Write the report of a network: a page (.html), a workbook (.xlsx) or data (.json).

    The same network, day and version give the same bytes. A killed run leaves the old file whole.

    Parameters
    ----------
    net : Network
        The network.
    path : path
        Where to; the suffix tells the format.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.
    audience : {"internal", "partner", "public"}
        Who reads it.
    organization : str, optional
        The partner it is made for.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    UsageError
        The suffix or the audience is none of these, or the folder does not exist.
    PartnetError
        The file is open in another program.
    """
    return write_rendered(
        lambda: build_report(net, as_of=as_of, audience=audience, organization=organization), path
    )
