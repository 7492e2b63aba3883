"""Rows of a list that only head a part of it: HOSPITALS, and below it the hospitals."""

from __future__ import annotations

from statistics import median

from ....core.schema import TABLES
from ....core.vocabulary import default_vocabulary
from ...cells import RawTable
from ...headers.columns import match_headers
from ..entries import Entries, note_shape

FEWEST_FILLED = 2  # cells that an ordinary row fills


def take_captions(raw: RawTable) -> RawTable:
    """Leave out rows of organizations that hold nothing but the name of a kind or a sector.

    Where no column tells kinds, those below such a row are of its kind, or in its sector.
    """
    found = match_headers(raw, TABLES["organizations"]).columns
    at = found.get("name", -1)
    filled = [sum(map(bool, row)) for row in raw.rows]
    if at < 0 or not filled or median(filled) < FEWEST_FILLED:
        return raw
    captions = {
        k: names_kind(row[at]) for k, row in enumerate(raw.rows)
        if filled[k] == 1 and row[at] and k + 1 < len(filled) and filled[k + 1] > 1
    }  # fmt: skip
    captions = {k: told for k, told in captions.items() if told[0]}
    if not captions:
        return raw
    tells = [] if {"kind", "sector"} & {*found} else sorted({name for name, _ in captions.values()})
    kept = Entries(raw, [*raw.header, *tells])
    above = ("", "")
    for k, row in enumerate(raw.rows):
        above = captions.get(k, above)
        if k not in captions:
            kept.add(k, [*row, *(above[1] if name == above[0] else "" for name in tells)])
    texts = [raw.rows[k][at] for k in captions]
    note = note_shape(
        raw,
        ", ".join(f'"{text}"' for text in texts[:4]) + " alone in a row",
        "Such rows head a part of the list: they are no organizations."
        + (f" They tell the {' and the '.join(tells)} of those below them." if tells else ""),
        allowed="Every row of the table organizations is one.",
    )
    return kept.make(note)


def names_kind(text: str) -> tuple[str, str]:
    """What a text names, and the word for it: a kind, a sector, or neither.

    Examples
    --------
    >>> names_kind("HOSPITALS:"), names_kind("Public health"), names_kind("Alder")
    (('kind', 'HOSPITAL'), ('kind', 'Public health'), ('', ''))
    """
    words = default_vocabulary()
    bare = text.strip(" :*-")
    forms = (bare, bare[:-1] if bare[-1:] in "sS" else bare)
    kinds = [("kind", form) for form in forms if words.find_kind(form)]
    sectors = [("sector", form) for form in forms if words.find_sector(form)]
    return next(iter(kinds[-1:] or sectors[-1:]), ("", ""))
