"""What partnet itself has made, told from what a person made or changed, by the file alone."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

from .staging import hash_bytes

MAKER = "partnet"  # stands in the metadata of pictures and pages
_GENERATOR = re.compile(rb'<meta name="generator" content="(partnet [\w ]+)">')
_PINNED = re.compile(r"<dcterms:modified[^>]*>2000-01-01T00:00:00Z<")
_PACKED = {(1980, 1, 1, 0, 0, 0), (2000, 1, 1, 0, 0, 0)}  # when the parts of a workbook were
_CATEGORY = re.compile(r"<cp:category>(partnet [\w ]+)</cp:category>")
_HEAD = 4096  # bytes in which a page or picture says who made it
_TITLE = re.compile(rb"<dc:title>partnet</dc:title>")
_FINGERPRINT = re.compile(
    rb'<meta name="fingerprint" content="([0-9a-f]{64})">|<dc:identifier>([0-9a-f]{64})<'
    rb"/dc:identifier>"
)


def is_same_making(before: bytes, after: bytes) -> bool:
    """Whether a file may be replaced by another without losing what a person did.

    Both must be of the same making: a report and a later report, one picture and another. A
    workbook that was saved in Excel since, a page of somebody else, a PDF with remarks are not.

    Examples
    --------
    >>> is_same_making(b'{"title": "a", "note": ""}', b'{"title": "b", "note": ""}')
    True
    >>> is_same_making(b"my notes", b'{"title": "b", "note": ""}')
    False
    """
    if not before.strip() or before == after:
        return True
    mark, other = find_mark(before), find_mark(after)
    if mark is None or other is None or mark[0] != other[0]:
        return False
    names, others = set(mark[1:]), set(other[1:])
    return names <= others or others <= names if mark[0] == "json" else mark == other


def find_mark(content: bytes) -> tuple[str, ...] | None:
    """Say of what making a file is; ``None`` where it shows no sign of partnet."""
    if content[:4] == b"PK\x03\x04":
        return _mark_workbook(content)
    head = content[:_HEAD]
    if content[:4] == b"%PDF":
        # Remarks are added behind the end of a PDF.
        whole = content.count(b"%%EOF") == 1 and b"/Creator (partnet)" in content
        return ("pdf",) if whole else None
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return ("png",) if b"Software\x00partnet" in head else None
    if b"<svg" in head:
        return ("svg",) if _TITLE.search(head) and _is_whole(content) else None
    if head.lstrip()[:1] == b"<":
        page = _GENERATOR.search(head)
        return ("page", page[1].decode("ascii")) if page and _is_whole(content) else None
    if head.lstrip()[:1] == b"{":
        return _mark_json(content)
    first = content.split(b"\n", 1)[0].removeprefix(b"\xef\xbb\xbf").rstrip(b"\r")
    return ("table", first.decode("utf-8", errors="replace"))  # the same header


def seal(content: bytes) -> bytes:
    """Put the fingerprint of a page or an SVG into it, by which a later change of it is seen.

    Other files stay as they are: workbooks show changes by themselves, and nothing can be put into
    a table or JSON without changing what is read from it; those a manifest names.

    Examples
    --------
    >>> page = b'<meta name="generator" content="partnet report"><p>1 gap</p>'
    >>> find_mark(seal(page)), find_mark(seal(page).replace(b"1 gap", b"1 gap, to be settled"))
    (('page', 'partnet report'), None)
    """
    bare = _FINGERPRINT.sub(b"", content, count=1)
    head = bare[:_HEAD]
    page = _GENERATOR.search(head)
    place = page or (_TITLE.search(head) if b"<svg" in head else None)
    if place is None or not head.lstrip().startswith(b"<"):
        return content
    form = (
        b'<meta name="fingerprint" content="%b">' if page else b"<dc:identifier>%b</dc:identifier>"
    )
    at = place.end()
    return bare[:at] + form % hash_bytes(bare).encode("ascii") + bare[at:]


def _is_whole(content: bytes) -> bool:
    """Whether nobody changed it; what was written before there were fingerprints counts as such."""
    found = _FINGERPRINT.search(content)
    if found is None:
        return True
    bare = content[: found.start()] + content[found.end() :]
    return hash_bytes(bare).encode("ascii") in found.groups()


def _mark_workbook(content: bytes) -> tuple[str, ...] | None:
    """Whoever saves a workbook writes the time into it; partnet's stands at the year 2000.

    Libraries may leave the time of the last change as it was, but pack the parts at their time.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            if not {part.date_time for part in book.infolist()} <= _PACKED:
                return None
            info = book.getinfo("docProps/core.xml")
            core = book.read(info).decode("utf-8") if info.file_size < 1_000_000 else ""
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, RuntimeError, NotImplementedError):
        return None
    category = _CATEGORY.search(core)
    return ("workbook", category[1] if category else "") if _PINNED.search(core) else None


def _mark_json(content: bytes) -> tuple[str, ...] | None:
    try:
        keys = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return ("json", *keys)


def is_made_here(path: Path) -> bool:
    """Whether a file shows any sign of partnet, or holds nothing."""
    content = path.read_bytes()
    return not content.strip() or find_mark(content) is not None


def shows_changes(content: bytes) -> bool:
    """Whether a file of this kind tells by itself that somebody changed it.

    Examples
    --------
    >>> [shows_changes(start) for start in (b"<!doctype html>", b"county,people", b"{}")]
    [True, False, False]
    """
    return content[:4] == b"PK\x03\x04" or content[:_HEAD].lstrip()[:1] == b"<"
