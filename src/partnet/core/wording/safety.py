"""Text from strangers made harmless: for CSV, for Excel, for a terminal."""

from __future__ import annotations

import re

# Control characters except tab, line feed and carriage return; marks that reorder text; letters
# that no program can write: halves of characters, and codes that are no characters; hidden tags.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(k)}{chr(k + 1)}" for k in range(0x1FFFE, 0x10FFFF, 0x10000))
    + "\U000e0000-\U000e007f]"
)
_BELOW_ZERO = re.compile(r"-\d+(\.\d+)?")
# The wide ones are the same to an Excel of East Asia.
_FORMULA_STARTS = (
    *("=", "+", "-", "@", "\t", "\r", "\n", "'"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),
)


def strip_controls(text: str) -> str:
    """Remove characters that no name or note needs and that can hide or reorder text."""
    return text if text.isprintable() else _CONTROL.sub("", text)


def escape_cell(text: str) -> str:
    """Put one ' before a text that a spreadsheet would take for a formula; a number is none.

    Examples
    --------
    >>> escape_cell("=1+1"), escape_cell("Cedar"), escape_cell("-97.2645")
    ("'=1+1", 'Cedar', '-97.2645')
    """
    if text.startswith(_FORMULA_STARTS) and not _BELOW_ZERO.fullmatch(text):
        return f"'{text}"
    return text


def unescape_cell(text: str) -> str:
    """Take away the ' that `escape_cell` put there.

    Examples
    --------
    >>> unescape_cell("'=1+1"), unescape_cell("'quoted'")
    ('=1+1', "'quoted'")
    """
    escaped = text.startswith("'") and text[1:].startswith(_FORMULA_STARTS)
    return text[1:] if escaped else text


def clean_terminal(text: str, *, keep_lines: bool = True) -> str:
    """Make a text safe to print: no control characters, and line breaks only where meant."""
    cleaned = strip_controls(text).replace("\r", " ")
    return cleaned if keep_lines else cleaned.replace("\n", " ")
