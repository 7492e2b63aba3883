"""XML of strangers, streamed: no document type, no entities, bounded depth, lines kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from xml.parsers import expat

from ....core.errors import InputError
from ..model import Foreign
from ..source import Source

MOST_DEPTH = 100  # elements within elements
CHUNK = 1 << 20


class Handler:
    """What a reader does at each element; names come without their namespace."""

    def start(self, tag: str, attributes: Mapping[str, str], line: int) -> None:
        """Take the start of an element."""

    def end(self, tag: str, text: str) -> None:
        """Take the end of an element with the text that stood directly in it."""

    def finish(self) -> None:
        """Take the end of the document."""


def read_xml(source: Source, program: str, make: Callable[[Foreign], Handler]) -> Foreign:
    """Read a whole document through a handler that fills the rows of a foreign file.

    Raises
    ------
    InputError
        It is not well-formed XML, or has a document type declaration.
    """
    foreign = Foreign(source.name, program)
    handler = make(foreign)
    stream_xml(source.name, source.content, handler)
    handler.finish()
    return foreign


def stream_xml(name: str, content: bytes, handler: Handler) -> None:
    """Feed a document to a handler.

    Raises
    ------
    InputError
        It is not well formed, declares a document type, or nests too deep.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    texts: list[list[str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(texts) >= MOST_DEPTH:
            raise InputError(
                f"{name}, line {parser.CurrentLineNumber}: found more than {MOST_DEPTH} elements "
                "within each other. No network needs so many. Export it anew."
            )
        texts.append([])
        named = {_local(key): value for key, value in attributes.items()}
        handler.start(_local(tag), named, parser.CurrentLineNumber)

    def end(tag: str) -> None:
        handler.end(_local(tag), "".join(texts.pop()))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda data: texts[-1].append(data) if texts else None
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_doctype(name)
    _feed(name, parser, content)


def _feed(name: str, parser: expat.XMLParserType, content: bytes) -> None:
    try:
        for at in range(0, len(content), CHUNK):
            parser.Parse(content[at : at + CHUNK], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise InputError(
            f"{name}: found XML that cannot be read ({error}). Export it anew."
        ) from error


def _refuse_doctype(name: str) -> None:
    raise InputError(
        f"{name}: found a document type declaration (<!DOCTYPE), which can hide harm. Network "
        "files need none. Delete that line, or export the file anew."
    )


def root_tag(start: str) -> str:
    """The name of the outermost element, as far as the start of a file shows it.

    Examples
    --------
    >>> root_tag('<?xml version="1.0"?><!-- a --><g:graphml xmlns:g="...">')
    'graphml'
    """
    rest = start
    while rest.startswith(("<?", "<!")):
        mark = "-->" if rest.startswith("<!--") else ">"
        if rest.startswith("<!D") and "[" in rest.partition(">")[0]:
            mark = "]>"  # a document type with declarations of its own
        _, found, rest = rest.partition(mark)
        rest = rest.lstrip() if found else ""
    end = next((k for k, c in enumerate(rest[1:], 1) if c in " \t\r\n/>"), len(rest))
    return _local(rest[1:end]) if rest.startswith("<") else ""


@lru_cache(maxsize=10_000)
def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def escape_text(text: str) -> str:
    """Write a text between tags; what XML cannot hold is left out."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _keep_allowed(plain).replace("\r", "&#13;")


def escape_attribute(text: str) -> str:
    """Write a text within quotation marks, line breaks and tabs kept."""
    plain = escape_text(text).replace('"', "&quot;")
    return plain.replace("\n", "&#10;").replace("\t", "&#9;")


def _keep_allowed(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c for c in text if _is_allowed(ord(c)))


def _is_allowed(code: int) -> bool:
    if code < 0x20:
        return code in (0x9, 0xA, 0xD)
    return not (0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF))
