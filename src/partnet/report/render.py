"""From a report to a file, by the suffix of its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from ..core.errors import UsageError
from ..core.results.papers import check_paper
from ..core.storage.writing import check_output, write_file_atomically
from .excel.workbook import render_excel
from .html import render_html
from .json import render_json
from .model import Report


def render_docx(report: Report) -> bytes:
    """Render a report as a Word file; the library for it is loaded only then."""
    from .office.word import render_word

    return render_word(report)


def render_pptx(report: Report) -> bytes:
    """Render a report as slides; the library for it, an extra, is loaded only then."""
    from .office.slides import render_slides

    return render_slides(report)


RENDERERS: dict[str, Callable[[Report], bytes]] = {
    ".html": render_html,
    ".docx": render_docx,
    ".pptx": render_pptx,
    ".xlsx": render_excel,
    ".json": render_json,
}


def write_rendered(
    build: Callable[[], Report], path: str | Path, *, template: str | Path | None = None
) -> Path:
    """Build a report and write it; a wrong path or template fails before anything is computed.

    Raises
    ------
    UsageError
        The suffix is none of the formats, the folder does not exist, a file stands there that is
        no report, or the template is none or not for this format.
    PartnetError
        The file is open in another program.
    """
    path = Path(path)
    render = RENDERERS[check_paper(path)]
    check_output(path)
    if template is not None:
        render = _choose_template(path, template)
    return write_file_atomically(path, render(build()))


def _choose_template(path: Path, template: str | Path) -> Callable[[Report], bytes]:
    """Look at a template before the work, and give what writes with its styles."""
    if path.suffix.lower() != ".docx":
        raise UsageError(
            f"template: found one for {path.name}. Only Word files take one. Write .docx, or leave "
            "it out."
        )
    from .office.word import render_word
    from .office.word_page import open_template

    open_template(template)
    return partial(render_word, template=template)
