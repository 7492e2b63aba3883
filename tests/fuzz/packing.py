"""Zip archives without a clock: the same parts make the same bytes on every day."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

# The times at which a workbook says that it was made and saved.
TIME = re.compile(rb"(?<=>)[0-9-]{10}T[0-9:]{8}Z(?=</dcterms:)")


def zip_parts(parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack parts in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = compression
            archive.writestr(info, TIME.sub(b"2000-01-01T00:00:00Z", content))
    return out.getvalue()


def unzip_parts(content: bytes) -> dict[str, bytes]:
    """Give the parts of an archive in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
