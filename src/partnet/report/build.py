"""From a network to a report, and from a report to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from .. import __version__
from ..core.arguments import checked
from ..core.audience.hiding import Audience, describe_audience
from ..core.network import Network
from ..core.wording.text import say_date
from ..questions.comparison.since import show_alike
from .answers import Answers
from .contents import write_sections
from .model import Report
from .render import write_rendered


@checked
def build_report(
    net: Network,
    *,
    as_of: str | pd.Timestamp | None = None,
    audience: Audience = "internal",
    organization: str | None = None,
    since: Network | None = None,
    others: Sequence[Network] = (),
    progress: Callable[[str], None] | None = None,
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
    since : Network, optional
        An earlier state of the network, with the same ids: a section says what came and went.
    others : sequence of Network
        Networks of other coalitions: a section says where this one stands among them, and what
        cannot be compared (:func:`benchmark_networks`).
    progress : callable, optional
        Is told the name of each section before it is written; default: nobody is.

    Returns
    -------
    Report
        Sections summary, since (where an earlier state is given), gaps, recommendations,
        introductions, central, bridges, cliffs, trust, inventory, voices, peers, others
        (where any are given), practices, session, outcomes, goals, partnerships, visits,
        convenings, leaders, quality, methods, glossary.

    Examples
    --------
    >>> import partnet as pn
    >>> net = pn.load_sample("prairie").subnetwork(["Cedar County Hospital"])
    >>> [section.id for section in pn.build_report(net).sections][:3]
    ['summary', 'gaps', 'recommendations']
    """
    net = net.for_audience(audience, organization)
    here = net.at(as_of)
    earlier = None if since is None else show_alike(since, net)
    answers = Answers(here, earlier, _show_others(others, net.audience))
    when = f" as of {say_date(here.day)}" if here.day is not None else ""
    return Report(
        title=net.title,
        subtitle=f"Partnership report{when}",
        sections=write_sections(answers, progress),
        note=" ".join(filter(None, (net.note, describe_audience(net.audience, net.reader_name)))),
        versions=f"Written by partnet {__version__}. Nothing left this computer.",
    )


def _show_others(others: Sequence[Network], audience: Audience) -> tuple[Network, ...]:
    """Networks of others as the reader may see them: as any partner, not as one of theirs."""
    given = [others] if isinstance(others, Network) else [*others]
    return tuple(other.for_audience(audience) for other in given)


@checked
def write_report(
    net: Network,
    path: str | Path,
    *,
    as_of: str | pd.Timestamp | None = None,
    audience: Audience = "internal",
    organization: str | None = None,
    template: str | Path | None = None,
    since: Network | None = None,
    others: Sequence[Network] = (),
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Write the report of a network: a page, a Word file, a workbook or data.

    The same network, day and version give the same bytes. A killed run leaves the old file whole.

    Parameters
    ----------
    net : Network
        The network.
    path : path
        Where to; the suffix tells the format: .html, .docx, .pptx, .xlsx or .json.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.
    audience : {"internal", "partner", "public"}
        Who reads it.
    organization : str, optional
        The partner it is made for.
    template : path, optional
        A Word file or template (.docx, .dotx) whose styles, paper, header and footer a .docx takes.
    since : Network, optional
        An earlier state of the network, with the same ids: a section says what came and went.
    others : sequence of Network
        Networks of other coalitions: a section says where this one stands among them.
    progress : callable, optional
        Is told the name of each section before it is written; default: nobody is.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    UsageError
        The suffix or the audience is none of these, the folder does not exist, or the template
        cannot be used.
    PartnetError
        The file is open in another program.

    Examples
    --------
    >>> import tempfile
    >>> import partnet as pn
    >>> net = pn.load_sample("prairie").subnetwork(["Cedar County Hospital"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pn.write_report(net, f"{folder}/report.html").name
    'report.html'
    """
    settings: dict[str, Any] = {"as_of": as_of, "audience": audience, "since": since}
    settings["others"] = others
    return write_rendered(
        lambda: build_report(net, organization=organization, progress=progress, **settings),
        path,
        template=template,
    )
