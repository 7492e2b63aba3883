"""A brief: one result of the practice verbs as a report of its own, one page of substance first."""

from __future__ import annotations

from pathlib import Path

from .. import __version__
from ..core.arguments import checked
from ..core.errors import UsageError
from ..core.results.papers import TABLE, check_paper
from ..core.results.result import Result
from ..core.results.shown import MAIN
from ..core.storage.writing import write_file_atomically
from ..core.wording.safety import escape_cell
from ..core.wording.text import say_date
from .declared import write_parts
from .first_screen.one_page import fit_first
from .model import MethodBlock, Report, Section
from .render import write_rendered


@checked
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

    Examples
    --------
    >>> import partnet as pn
    >>> brief = pn.build_brief(pn.check_outcomes(pn.load_sample("prairie")))
    >>> brief.title
    'What became of what was agreed'
    """
    when = "" if result.as_of is None else f", as of {say_date(result.as_of)}"
    name = result.paper or "Brief"
    box = MethodBlock(result.title, result.method)
    first, *parts = write_parts(result)
    lead = ("What was computed, by which rule, and what was left out.",)
    return Report(
        title=result.title,
        subtitle=f"{name} – {result.network}{when}" if result.network else f"{name}{when}",
        sections=(*fit_first(first), *parts, Section("methods", "Methods", lead, (box,))),
        versions=f"Written by partnet {__version__}. Nothing left this computer.",
    )


@checked
def write_brief(result: Result, path: str | Path, *, template: str | Path | None = None) -> Path:
    """Write the brief of one result: a page, a Word file, a workbook or data.

    Parameters
    ----------
    result : Result
        As in :func:`build_brief`.
    path : path
        Where to; the suffix tells the format: .html, .docx, .pptx, .xlsx or .json; .csv takes the
        main table alone, with every column.
    template : path, optional
        A Word file or template (.docx, .dotx) whose styles, paper, header and footer a .docx takes.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    UsageError
        The suffix is none of these, the folder does not exist, or the template cannot be used.
    PartnetError
        The file is open in another program.

    Examples
    --------
    >>> import tempfile
    >>> import partnet as pn
    >>> found = pn.check_outcomes(pn.load_sample("prairie"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pn.write_brief(found, f"{folder}/outcomes.html").name
    'outcomes.html'
    """
    if check_paper(path, table=True) == TABLE:
        return _write_table(result, Path(path), template)
    return write_rendered(lambda: build_brief(result), path, template=template)


def _write_table(result: Result, path: Path, template: str | Path | None) -> Path:
    """Write the main table as text; no cell of it is a formula to a spreadsheet."""
    if template is not None:
        raise UsageError(
            f"template: found one for {path.name}. Only Word files take one. Write .docx, or leave "
            "it out."
        )
    frame = result.frame(MAIN)
    safe = frame.map(lambda value: escape_cell(value) if isinstance(value, str) else value)
    content = safe.to_csv(index=False, lineterminator="\r\n", date_format="%Y-%m-%d")
    return write_file_atomically(path, content.encode("utf-8-sig"))
