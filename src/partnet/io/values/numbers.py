"""Numbers as people type them; a column has one mark for decimals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

Mark = Literal["point", "comma"]

_MONEY = re.compile(r"^(us\$|us ?\$|usd|\$)|(us\$|usd|\$|us dollars?|dollars?)$", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?<=[\d%)])[*\u2020\u2021\u00a7\u00b9\u00b2\u00b3\u2070-\u2079]+$")
_BARE = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")  # most numbers: no more is asked
_PLAIN = re.compile(r"(\d+\.?\d*|\.\d+)(e[-+]?\d{1,2})?", re.IGNORECASE)
_PROOF_COMMA = re.compile(r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}( \d{3})+,\d+|\d*,(\d{1,2}|\d{4,})|0,\d+")
_PROOF_POINT = re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}|\d*\.(\d{1,2}|\d{4,})|0\.\d+")
_SLIP = re.compile(r"\d{1,3},\d{4,}")  # $1,2345: no dollars have four decimals
_GROUPED = {
    "point": re.compile(r"\d{1,3}([,' ]\d{3})+(\.\d*)?"),
    "comma": re.compile(r"\d{1,3}([.' ]\d{3})+(,\d*)?"),
}


def strip_number(text: str) -> tuple[str, bool]:
    """Take away what does not change a number: dollar signs, blanks, signs and parentheses.

    Returns
    -------
    str, bool
        The bare digits with their marks, and whether the number is below zero.

    Examples
    --------
    >>> strip_number("($1,250.00)"), strip_number("-$5"), strip_number("USD 75,500")
    (('1,250.00', True), ('5', True), ('75,500', False))
    >>> strip_number("$50,000*"), strip_number("100,000\u00b9")
    (('50,000', False), ('100,000', False))
    """
    text = _FOOTNOTE.sub("", text)
    bare = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u2019", "'").strip()
    negative = False
    for _ in range(3):
        before = bare
        match = re.fullmatch(r"\((.*)\)", bare)
        if match:
            bare, negative = match[1].strip(), True
        if bare[:1] in ("-", "+"):
            bare, negative = bare[1:].strip(), negative or bare[0] == "-"
        elif re.fullmatch(r"[\d.,' $]+-", bare):
            bare, negative = bare[:-1].strip(), True
        bare = _MONEY.sub("", bare).strip()
        if bare == before:
            break
    return bare, negative


def prove_mark(texts: Iterable[str]) -> tuple[Mark | None, str]:
    """Find the mark for decimals that the cells of a column prove, and the cell that proves it.

    One comma with other than three digits behind it is no thousands mark; cells that prove both
    prove nothing. Behind a comma of dollars four digits are a slip.

    Examples
    --------
    >>> prove_mark(["1,299", "12,5"]), prove_mark(["1,299", "3.25"]), prove_mark(["1,299"])
    (('comma', '12,5'), ('point', '3.25'), (None, ''))
    >>> prove_mark(["$1,2345", "$3,000"])
    (None, '')
    """
    found: dict[Mark, str] = {}
    for text in texts:
        bare, _ = strip_number(text.replace("%", ""))
        slip = "$" in text and _SLIP.fullmatch(bare)
        if "," in bare and _PROOF_COMMA.fullmatch(bare) and not slip:
            found.setdefault("comma", text)
        elif _proves_point(bare):
            found.setdefault("point", text)
    if len(found) != 1:
        return None, next(iter(found.values()), "")
    return next(iter(found.items()))


def _proves_point(bare: str) -> bool:
    if "." in bare and _PROOF_POINT.fullmatch(bare):
        return True
    return bare.count(",") > 1 and _GROUPED["point"].fullmatch(bare) is not None


def read_number(text: str, mark: Mark = "point") -> float | None:
    """Read a number; ``None`` where the text is none, or could be misread.

    Examples
    --------
    >>> read_number("$13,819.46"), read_number("(500)"), read_number("1.299,99", "comma")
    (13819.46, -500.0, 1299.99)
    >>> read_number("5,5"), read_number("1.2M"), read_number("10-20")
    (None, None, None)
    """
    if mark == "point" and _BARE.fullmatch(text):
        return float(text)
    bare, negative = strip_number(text)
    if _GROUPED[mark].fullmatch(bare):
        bare = re.sub(r"[.' ]" if mark == "comma" else r"[,' ]", "", bare)
    if mark == "comma":
        if "." in bare and not re.fullmatch(r"\d+\.\d{1,2}", bare):
            return None
        bare = bare.replace(",", ".") if bare.count(",") == 1 and "." not in bare else bare
    if not _PLAIN.fullmatch(bare):
        return None
    number = float(bare)
    return (-number if negative else number) if number < 1e300 else None


def read_percent(text: str, mark: Mark = "point") -> float | None:
    """Read a number with a percent sign; ``None`` where there is none.

    Examples
    --------
    >>> read_percent("12.5 %"), read_percent("12.5")
    (12.5, None)
    """
    bare = text.strip()
    return read_number(bare[:-1].strip(), mark) if bare.endswith("%") else None
