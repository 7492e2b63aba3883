"""Text for whatever console there is: what it has no letter for is spelled out."""

from __future__ import annotations

import codecs
import re
import sys
import unicodedata
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..core.results.result import Result

SPELLED = {
    "→": "->", "←": "<-", "↔": "<->", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "–": "-",
    "—": "-", "−": "-", "…": "...", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "×": "x",
    "•": "-", "·": "-", "√": "sqrt ", "Σ": "sum ", "∞": "infinite", "\u00a0": " ", "\u202f": " ",
}  # fmt: skip
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_HANDLER = "partnet.spell_out"


def settle_streams() -> None:
    """Let a console of another time show what it can, in place of an error."""
    codecs.register_error(_HANDLER, _spell_out)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_HANDLER)


def _spell_out(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(spell_letter(letter) for letter in text), error.end


def spell_letter(letter: str) -> str:
    """Write a letter with those that every console has.

    Examples
    --------
    >>> spell_letter("→"), spell_letter("ž"), spell_letter("漢")
    ('->', 'z', '?')
    """
    plain = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode("ascii")
    return SPELLED.get(letter) or plain or "?"


def echo_json(result: Result) -> None:
    """Print a result as JSON; letters that the console does not have are escaped, and come back."""
    text = result.to_json()
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = _NOT_ASCII.sub(_escape, text)
    click.echo(text)


def _escape(letter: re.Match[str]) -> str:
    units = letter[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[k]:02x}{units[k + 1]:02x}" for k in range(0, len(units), 2))
