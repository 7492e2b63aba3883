"""Organizations that stand in several rows, one for each of their services or groups."""

from __future__ import annotations

from collections.abc import Sequence

from ....core.schema import TABLES
from ....core.wording.names import fold_name
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.words import is_nothing
from ..columns.beside import is_beside
from ..entries import Entries, note_shape


def drop_repeated(raw: RawTable) -> RawTable:
    """Leave out rows that only name another service, group or partner of one that stands above.

    Two of one name that differ in anything else (a county, a city) are two organizations.
    """
    at = match_headers(raw, TABLES["organizations"]).columns
    if "name" not in at or "id" in at:
        return raw
    beside = {k for k, text in enumerate(raw.header) if k not in at.values() and is_beside(text)}
    if not beside:
        return raw
    own = [k for k in range(len(raw.header)) if k not in beside and k != at["name"]]
    above: dict[str, Sequence[str]] = {}
    kept = Entries(raw, raw.header)
    for position, row in enumerate(raw.rows):
        name = fold_name(row[at["name"]])
        first = above.get(name)
        if (
            first is None
            or is_nothing(row[at["name"]], "label")
            or not _adds(first, row, own, beside)
        ):
            above.setdefault(name, row)
            kept.add(position, list(row))
    spent = len(raw.rows) - len(kept.rows)
    if not spent:
        return raw
    named = ", ".join(f'"{raw.header[k]}"' for k in sorted(beside)[:3])
    return kept.make(
        note_shape(
            raw,
            f"{count_noun(spent, 'row')} in which an organization differs from its first row "
            f"in {named} alone",
            "Each organization is read once, with what all of its rows say.",
            allowed="Every row of the table organizations is one.",
        )
    )


def _adds(first: Sequence[str], row: Sequence[str], own: list[int], beside: set[int]) -> bool:
    """Whether a row repeats what is told of an organization, and says more beside it."""
    same = all(row[k] == first[k] or not row[k] for k in own)
    return same and any(row[k] != first[k] for k in beside)
