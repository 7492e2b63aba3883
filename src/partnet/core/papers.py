"""The formats of papers: what a report or a brief can be written as."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from .errors import UsageError
from .text import join_words

PAPERS = {
    ".html": "a page",
    ".docx": "a Word file",
    ".pptx": "slides",
    ".xlsx": "a workbook",
    ".json": "data",
}


def check_paper(path: str | Path, argument: str = "path") -> str:
    """Give the suffix of a path in small letters; who asks first loads and computes nothing.

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
    if suffix not in PAPERS:
        raise UsageError(
            f"{argument}: found {Path(path).name}. A report or brief is written as "
            f"{', '.join(PAPERS)}. Choose one."
        )
    if suffix == ".pptx" and find_spec("pptx") is None:
        raise UsageError(
            f"{argument}: found {Path(path).name}. Slides need python-pptx, which is not here. Run "
            'pip install "partnet[slides]", or write one of '
            f"{', '.join(one for one in PAPERS if one != suffix)}."
        )
    return suffix


def say_papers() -> str:
    """Say in which formats a paper can be written.

    Examples
    --------
    >>> say_papers()
    '.html, .docx, .pptx, .xlsx or .json'
    """
    return join_words(list(PAPERS), final="or")
