"""An adjacency matrix or a roster grid: organizations down and across, answers inside."""

from __future__ import annotations

from collections.abc import Collection

from ...core.names import fold_name
from ...core.vocabulary import fold_word
from ..cells import RawTable
from ..values.words import is_nonanswer
from .entries import Entries, note_shape

FEWEST = 2
ENDS = frozenset(map(fold_word, ("source", "target", "from", "to", "relation", "strength")))
ZERO = frozenset({"0", "0.0", "0.00", "0,0", "no", "none", "n"})
ONE = frozenset({"1", "1.0", "1.00", "1,0", "x", "yes", "y", "true", "✓", "✔", "t"})


def is_matrix(raw: RawTable, known: Collection[str] = ()) -> bool:
    """Tell whether the headers but the first name what stands in the first column.

    Parameters
    ----------
    raw : RawTable
        A table.
    known : collection of str
        Folded ids and names of organizations; headers that are all among them make a grid too.
    """
    across = [fold_name(text) for text in raw.header[1:] if text]
    if len(across) < FEWEST or len(set(across)) < len(across) or len(raw.rows) < 1:
        return False
    if ENDS & {fold_word(text) for text in raw.header}:
        return False
    down = [fold_name(row[0]) for row in raw.rows if row[0]]
    if not down or len(set(down)) < len(down):
        return False
    if set(across) == set(down) or (len(down) >= FEWEST and set(across) <= set(down)):
        return True
    names = set(known) | set(down)
    return len(across) >= FEWEST and set(across) <= names and set(down) <= set(known)


def melt_matrix(raw: RawTable) -> RawTable:
    """Turn a matrix into ties; cells without an answer are kept, so that they count as unknown.

    A matrix that is the same across and down has no directions, and names each pair once. 0 makes
    no tie, and 1 a tie without a strength.
    """
    across = {k: text for k, text in enumerate(raw.header) if k and text}
    cells = {(row[0], name): row[k] for row in raw.rows if row[0] for k, name in across.items()}
    values = [text for text in cells.values() if text.strip()]
    plain = all(_is_plain(text) for text in values)
    mutual = _is_symmetric(cells)
    header = ("source", "target", "strength", "directed")
    entries = Entries(raw, header)
    seen: set[frozenset[str]] = set()
    for position, row in enumerate(raw.rows):
        for name in across.values():
            text = cells.get((row[0], name), "")
            pair = frozenset(map(fold_name, (row[0], name)))
            if _is_left_out(row[0], text, len(pair)) or (mutual and pair in seen):
                continue
            seen.add(pair)
            strength = "" if plain and text.strip().casefold() in ONE else text
            entries.add(position, [row[0], name, strength, "no" if mutual else "yes"])
    ties = sum(not is_nonanswer(row[2]) for row in entries.rows)
    return entries.make(
        note_shape(
            raw,
            f"a matrix of {len(raw.rows)} by {len(across)} organizations with {len(values)} cells",
            f"It is read as {ties} ties{', each pair once' if mutual else ', from row to column'}.",
        )
    )


def _is_plain(text: str) -> bool:
    word = text.strip().casefold()
    return word in ZERO or word in ONE or is_nonanswer(text)


def _is_left_out(source: str, text: str, ends: int) -> bool:
    return not source or ends < FEWEST or not text.strip() or text.strip().casefold() in ZERO


def _is_symmetric(cells: dict[tuple[str, str], str]) -> bool:
    folded = {(fold_name(a), fold_name(b)): text.strip() for (a, b), text in cells.items()}
    return all(
        folded.get((b, a), text) == text and (b, a) in folded
        for (a, b), text in folded.items()
        if a != b
    )
