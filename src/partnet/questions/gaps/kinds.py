"""The list of kinds of gaps: a kind is written into its own module and named here, once."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ...core.checks import list_texts
from ...core.errors import UsageError
from . import agreement, contact, coverage, funding, overlap, rule, sector, voice
from .kind import GapKind

KINDS: tuple[GapKind, ...] = (
    rule.KIND,
    coverage.KIND,
    overlap.KIND,
    funding.KIND,
    contact.KIND,
    sector.KIND,
    agreement.KIND,
    voice.KIND,
)
ALL_GAPS = "gaps"  # the threshold over all kinds


def list_kinds() -> dict[str, GapKind]:
    """Give the kinds of gaps by name, in the order in which they are said."""
    return {kind.name: kind for kind in KINDS}


def list_thresholds() -> tuple[str, ...]:
    """Name the settings that limit how many gaps may be open in a repeated run."""
    return (*(kind.threshold for kind in KINDS), ALL_GAPS)


def count_by_threshold(gaps: pd.DataFrame) -> dict[str, int]:
    """Count open gaps by the setting that limits them."""
    counts = {kind.threshold: int((gaps["kind"] == kind.name).sum()) for kind in KINDS}
    return {**counts, ALL_GAPS: len(gaps)}


def choose_kinds(kinds: str | Sequence[str] | None) -> tuple[str, ...]:
    """Give the kinds asked for; all of them by default.

    Raises
    ------
    UsageError
        There is no kind of that name.
    """
    known = list_kinds()
    if kinds is None:
        return tuple(known)
    chosen = list_texts("kinds", kinds)
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise UsageError(
            f"kinds: found {unknown[0]!r}. Allowed are {', '.join(known)}. Choose among them."
        )
    return chosen
