"""What Word files and slides share: properties, one time for all parts, text that XML can carry."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from ...core.storage.making import MAKER
from ...core.storage.writing import CREATED
from ...core.wording.safety import strip_controls
from ..model import Report


def fix_times(content: bytes) -> bytes:
    """Pack the parts anew with one time: equal input gives equal bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name, CREATED.timetuple()[:6])
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(part, old.read(name))
    return out.getvalue()


def set_properties(document: Any, report: Report) -> None:
    """Say what made it and when, as the workbook does; nothing that a template says of itself."""
    about = document.core_properties
    said = about._element
    for old in list(said):
        said.remove(old)
    about.title, about.category = clean_text(report.title)[:255], "partnet report"
    about.author = about.last_modified_by = MAKER
    about.comments = about.subject = about.keywords = ""
    about.created = about.modified = CREATED
    about.revision = 1


def clean_text(text: str) -> str:
    """Leave out what no XML file may hold."""
    kept = strip_controls(text).encode("utf-8", "ignore").decode("utf-8")
    return "".join(_allowed(kept))


def _allowed(text: str) -> Iterator[str]:
    return (sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff"))
