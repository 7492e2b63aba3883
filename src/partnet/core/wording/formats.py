"""How values are written for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from ..results.shown import Format
from .safety import strip_controls
from .units import convert

NOT_KNOWN = "not known"
# Formats set flush right.
NUMBERS = frozenset({"count", "score", "share", "dollars", "year", "miles", "km"})
HIGH, MEDIUM = 0.6, 0.35  # severities from which a gap is called high or medium


def write_value(value: Any, format: Format) -> str:
    """Write one cell.

    Examples
    --------
    >>> write_value(1234567.0, "dollars"), write_value(0.1234, "score"), write_value(0.5, "share")
    ('$1,234,567', '0.123', '50%')
    >>> write_value(float("nan"), "score")
    'not known'
    """
    if isinstance(value, str):
        return strip_controls(value)
    if value is None or pd.isna(value):
        return NOT_KNOWN if format != "text" else ""
    return _WRITERS[format](shown_number(value, format))


def shown_number(value: Any, format: Format) -> Any:
    """Give the number that people see; distances lie in tables in kilometers.

    Examples
    --------
    >>> round(shown_number(100.0, "miles"), 2), shown_number(100.0, "km")
    (62.14, 100.0)
    """
    return convert(value, "miles") if format == "miles" else value


def name_severity(severity: float) -> str:
    """Say a severity in a word."""
    if severity >= HIGH:
        return "high"
    return "medium" if severity >= MEDIUM else "low"


_WRITERS: dict[str, Callable[[Any], str]] = {
    "text": str,
    "count": lambda value: f"{value:,.0f}",
    "score": lambda value: f"{value:.3f}" if abs(value) < 10 else f"{value:,.1f}",
    "share": lambda value: f"{value:.0%}",
    "dollars": lambda value: f"${value:,.0f}",
    "date": lambda value: f"{value:%Y-%m-%d}",
    "year": lambda value: f"{value:.0f}",
    "severity": name_severity,
    "miles": lambda value: f"{value:,.0f}",
    "km": lambda value: f"{value:,.0f}",
}

# The same in Excel, where the number itself stays in the cell.
EXCEL_FORMATS: dict[str, str] = {
    "text": "@",
    "count": "#,##0",
    "score": "0.000",
    "share": "0%",
    "dollars": "$#,##0",
    "date": "yyyy-mm-dd",
    "year": "0",
    "severity": "0.00",
    "miles": "#,##0",
    "km": "#,##0",
}
