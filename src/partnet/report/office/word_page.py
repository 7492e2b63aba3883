"""The Word file as a whole: properties, styles, paper, running title, page numbers, a template."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import qn
from docx.shared import Inches, Pt

from ...core.errors import UsageError
from ..model import Report
from .parts import clean_text

WIDTH = 6.9  # inches between the margins
SMALL = Pt(8.5)
TEMPLATES = (".docx", ".dotx")
FONT = "Arial"
LETTERING = (  # style, size, space before and after, in points
    ("Normal", 9.5, 0, 3),
    ("Title", 19, 0, 4),
    ("Heading 1", 14, 12, 3),
    ("Heading 2", 10.5, 7, 2),
    ("Caption", 8.5, 6, 2),
)
# What a template gives; its text, remarks, macros, sources of data stay where they are.
GIVEN = (
    *("styles", "stylesWithEffects", "settings", "theme", "fontTable", "numbering"),
    *("webSettings", "header", "footer", "officeDocument", "core-properties"),
)
OF_OTHERS = ("attachedTemplate", "mailMerge", "docVars")  # settings that lead to other files
LINKED = ("hyperlink", "image")  # what a header may show from elsewhere
MOST_TEMPLATE = 100_000_000  # bytes when unpacked; the longest letterhead has a tenth
_FETCHING = re.compile(r"\s*(?:DDE|DDEAUTO|LINK|INCLUDE\w*|MACROBUTTON|DATABASE)\b", re.IGNORECASE)
UNREADABLE = (
    *(OSError, ValueError, KeyError, SyntaxError, RuntimeError, NotImplementedError),
    *(zipfile.BadZipFile, InvalidXmlError, OpcError),
)


def open_template(path: str | Path) -> Any:
    """Open a Word file or template, and take all out but styles, paper, header and footer.

    Raises
    ------
    UsageError
        It is neither, cannot be read, or its header fetches something from elsewhere.
    """
    path = Path(path)
    try:
        content = path.read_bytes() if path.suffix.lower() in TEMPLATES else b""
        document = docx.Document(io.BytesIO(_make_document(content)))
    except UNREADABLE as error:
        raise UsageError(
            f"template: found {path.name}, which cannot be read as a Word file. Allowed are "
            f"{' and '.join(TEMPLATES)}. Save it anew in Word, or leave it out."
        ) from error
    body = document.element.body
    for part in list(body):
        if part.tag != qn("w:sectPr"):
            body.remove(part)
    _leave_behind(document, path.name)
    return document


def _leave_behind(document: Any, name: str) -> None:
    """Leave what is not the look of a template: nobody sees it here, and Word would run it."""
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.is_external or _kind(rel) not in GIVEN]:
            del rels[key]
    for rel in document.part.rels.values():
        if _kind(rel) == "settings":
            _settle(rel.target_part)
        if _kind(rel) in ("header", "footer") and _fetches(rel.target_part):
            raise UsageError(
                f"template: found {name}, whose {_kind(rel)} fetches something from another file. "
                "Allowed are text, pictures, links and numbers of pages. Take it out in Word."
            )


def _settle(settings: Any) -> None:
    """Take out of the settings what leads to other files."""
    settings.rels.clear()
    for tag in OF_OTHERS:
        for element in settings.element.findall(qn(f"w:{tag}")):
            settings.element.remove(element)


def _kind(rel: Any) -> str:
    return str(rel.reltype.rpartition("/")[2])


def _fetches(part: Any) -> bool:
    """Whether a header or footer would ask another file or program when it is opened."""
    if any(rel.is_external and _kind(rel) not in LINKED for rel in part.rels.values()):
        return True
    codes = [element.text or "" for element in part.element.iter(qn("w:instrText"))]
    codes += [field.get(qn("w:instr"), "") for field in part.element.iter(qn("w:fldSimple"))]
    return any(map(_FETCHING.match, codes))


def _make_document(content: bytes) -> bytes:
    """Make a document of a template: they differ in one line of the list of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        if sum(part.file_size for part in old.infolist()) > MOST_TEMPLATE:
            raise ValueError("too large when unpacked")
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(
                    b"wordprocessingml.template.main", b"wordprocessingml.document.main"
                )
            new.writestr(name, part)
    return out.getvalue()


def add_styles(document: Any) -> None:
    """Add the styles that a template lacks: Word saves only those that were used."""
    for name, size, *_ in LETTERING:
        if name not in document.styles:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
            style.font.size, style.font.bold = Pt(size), name != "Normal"
            if name.startswith("Heading"):
                level = OxmlElement("w:outlineLvl")  # by this the navigation pane knows it
                level.set(qn("w:val"), str(int(name[-1]) - 1))
                style.element.get_or_add_pPr().append(level)
    document.styles["Caption"].paragraph_format.keep_with_next = True


def measure_room(document: Any) -> float:
    """Inches between the margins."""
    page = document.sections[0]
    known = page.page_width and page.left_margin is not None and page.right_margin is not None
    if not known:
        return WIDTH
    return float(max((page.page_width - page.left_margin - page.right_margin) / Inches(1), 2.0))


def set_page(document: Any) -> None:
    """Letter paper with narrow margins; text as small as on the page."""
    page = document.sections[0]
    page.left_margin = page.right_margin = Inches((8.5 - WIDTH) / 2)
    page.top_margin = page.bottom_margin = Inches(0.8)
    for name, size, before, after in LETTERING:
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        # A theme's font goes before the one that is named.
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )


def set_frame(document: Any, report: Report) -> None:
    """Running title above, number of the page beneath; what a template has there stays."""
    page = document.sections[0]
    if page.header.is_linked_to_previous:  # there is none yet
        page.header.paragraphs[0].add_run(clean_text(report.title)).font.size = SMALL
    if not page.footer.is_linked_to_previous:
        return
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        footer.add_run(text)
        _add_field(footer.add_run(), field)


def _add_field(run: Any, code: str) -> None:
    """Add what Word works out itself, with a number until it does."""
    for kind in ("begin", "separate", "end"):
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
        if kind == "begin":
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = code
            run._r.append(told)
        elif kind == "separate":
            run.add_text("1")
