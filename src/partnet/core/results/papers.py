"""The formats of papers: what a report or a brief can be written as."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from ..errors import UsageError
from ..wording.text import join_words

PAPERS = {
    ".html": "a page",
    ".docx": "a Word file",
    ".pptx": "slides",
    ".xlsx": "a workbook",
    ".json": "data",
}
TABLE = ".csv"  # of one result: its main table, and nothing else


def check_paper(path: str | Path, argument: str = "path", *, table: bool = False) -> str:
    """Give the suffix of a path in small letters; who asks first loads and computes nothing.

    Parameters
    ----------
    path : path
        Where to write.
    argument : str
        As what the caller wrote it, for the message.
    table : bool
        Whether it may be a table too (.csv), as one result may.

    Raises
    ------
    UsageError
        It is none of the formats, or what writes it is not installed.

    Examples
    --------
    >>> check_paper("report.HTML")
    '.html'
    """
    suffix = Path(path).suffix.lower()
    if table and suffix == TABLE:
        return suffix
    if suffix not in PAPERS:
        raise UsageError(
            f"{argument}: found {Path(path).name}. A {'brief' if table else 'report'} is written "
            f"as {', '.join(_list_papers(table))}. Choose one."
        )
    if suffix == ".pptx" and find_spec("pptx") is None:
        raise UsageError(
            f"{argument}: found {Path(path).name}. Slides need python-pptx, which is not here. Run "
            'pip install "partnet[slides]", or write one of '
            f"{', '.join(one for one in PAPERS if one != suffix)}."
        )
    return suffix


def _list_papers(table: bool) -> list[str]:
    return [*PAPERS, TABLE] if table else [*PAPERS]


def say_papers(*, table: bool = False) -> str:
    """Say in which formats a paper can be written; `table`: of one result, which may be a table.

    Examples
    --------
    >>> say_papers()
    '.html, .docx, .pptx, .xlsx or .json'
    """
    return join_words(_list_papers(table), final="or")
