"""An adjacency matrix or a roster grid: organizations down and across, answers inside."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ....core.schema import TABLES
from ....core.vocabulary import default_vocabulary, fold_word
from ....core.wording.names import OTHER_NAMES, fold_name
from ...cells import RawTable
from ...headers.columns import DAY
from ...headers.words import spellings
from ...values.numbers import read_number
from ...values.parse import NO, YES
from ...values.scales import head_scale
from ...values.words import fold_cell, is_nonanswer
from ..cells.numbered import drop_counts
from ..entries import Entries, note_shape
from ..rows.status import NO_MORE, NOT_YET
from .related import HOW
from .said import list_said, name_relations

FEWEST = 2
MOST_NAMED = 5_000  # organizations of a matrix
BY_LEGEND = "how, by the legend"  # in the corner, where a legend spelled the cells
MOST_BEFORE = 3  # columns before the names of a matrix
SUMS = frozenset(map(fold_word, ("total", "totals", "sum", "grand total", "row total", "degree",
                                 "column total", "outdegree", "indegree", "out degree",
                                 "in degree", "row sum", "column sum", "average", "avg", "mean",
                                 "median", "average score", "mean score", "std dev", "sd", "count",
                                 "n", "row average", "column average")))  # fmt: skip
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
    raw = square_up(raw)
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
    if FEWEST <= len(down) < len(across) and set(down) < set(across):  # not all have answered
        return True
    names = set(known) | set(down)
    return len(across) >= FEWEST and set(across) <= names and set(down) <= set(known)


def square_up(raw: RawTable) -> RawTable:
    """Leave out sums at the right and the bottom; call columns as the rows, where they are numbers.

    R writes "Alder Hospital" as "Alder.Hospital" above a column, and UCINET counts the columns.
    """
    raw = put_names_first(raw)
    beside = find_beside(raw)
    if beside:
        kept = [k for k in range(len(raw.header)) if k not in beside]
        cells = [[row[k] for k in kept] for row in raw.rows]
        raw = replace(raw, header=tuple(raw.header[k] for k in kept), rows=cells)
    rows, header = raw.rows, list(raw.header)
    if len(header) < FEWEST + 1 or not rows or len(rows) > MOST_NAMED:
        return raw
    width = len(header)
    while width > FEWEST and fold_word(header[width - 1]) in SUMS:
        width -= 1
    while len(rows) > 1 and fold_word(rows[-1][0]) in SUMS:
        rows = rows[:-1]
    down = drop_counts([row[0] for row in rows])
    header = [header[0], *drop_counts(header[1:])]
    across = _name_columns(header[1:width], down)
    left = _name_columns(down, across)
    if left != down and not _holds_answers(rows, width):
        left = down
    if (width, len(rows)) == (len(raw.header), len(raw.rows)) and (
        (across, left) == (list(raw.header[1:]), [row[0] for row in rows])
    ):
        return raw
    cells = [[name, *row[1:width]] for name, row in zip(left, rows, strict=True)]
    spent = raw.spent + len(raw.rows) - len(rows)
    return replace(
        raw,
        header=(header[0], *across),
        rows=cells,
        row_numbers=raw.row_numbers[: len(rows)],
        spent=spent,
    )


def _holds_answers(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether cells are answers: below "#, Name, Type, Joined" stand words of a list."""
    cells = {text for row in rows for text in row[1:width] if text.strip()}
    return all(map(_is_answer, cells))


def _is_answer(text: str) -> bool:
    known = read_number(text) is not None or fold_cell(text) in YES | NO or is_nonanswer(text)
    return known or default_vocabulary().find_answer(text) is not None


def put_names_first(raw: RawTable) -> RawTable:
    """Put the names of a matrix first, where a column of groups stands before them."""
    if not FEWEST <= len(raw.rows) <= MOST_NAMED:
        return raw
    for at in range(1, min(MOST_BEFORE, len(raw.header) - FEWEST - 1) + 1):
        across = {fold_name(text) for text in raw.header[at + 1 :] if text} - SUMS
        down = [fold_name(row[at]) for row in raw.rows if row[at]]
        if len(down) == len(across) and len(across) >= FEWEST and set(down) == across:
            raw = _name_in_full(raw, at)
            order = [at, *(k for k in range(len(raw.header)) if k != at)]
            rows = [[row[k] for k in order] for row in raw.rows]
            return replace(raw, header=tuple(raw.header[k] for k in order), rows=rows)
    return raw


def _name_in_full(raw: RawTable, at: int) -> RawTable:
    """Call the rows and columns of a matrix of acronyms by the names that stand before these."""
    if fold_word(raw.header[at]) not in OTHER_NAMES:
        return raw
    full = next((k for k in range(at) if fold_word(raw.header[k]) in NAMED), -1)
    names = {fold_name(row[at]): row[full] for row in raw.rows if full >= 0 and row[full]}
    if len({*map(fold_name, names.values())}) < len(raw.rows):
        return raw
    header = [names.get(fold_name(t), t) if k > at else t for k, t in enumerate(raw.header)]
    header[at], header[full] = header[full], header[at]
    rows = [list(row) for row in raw.rows]
    for row in rows:
        row[at], row[full] = row[full], row[at]
    return replace(raw, header=tuple(header), rows=rows)


NAMED = spellings(TABLES["organizations"].column("name")) | {"name"}


def find_beside(raw: RawTable) -> list[int]:
    """Columns between the names and the cells of a matrix: Type, County."""
    if not FEWEST <= len(raw.rows) <= MOST_NAMED or len(raw.header) < FEWEST + 2:
        return []
    down = {fold_name(row[0]) for row in raw.rows if row[0]} - SUMS
    across = [k for k, text in enumerate(raw.header) if k and fold_name(text) in down]
    whole = {fold_name(raw.header[k]) for k in across} == down and len(down) == len(across)
    if len(across) < FEWEST or not whole or across != [*range(across[0], across[-1] + 1)]:
        return []
    return [*range(1, across[0])]


def _name_columns(texts: list[str], names: list[str]) -> list[str]:
    """The names themselves, where texts only count them or spell them without blanks."""
    if len(texts) != len(names) or len(texts) < FEWEST or texts == names:
        return texts
    counted = texts == [str(k) for k in range(1, len(texts) + 1)]
    if counted and not any(name.isdigit() for name in names):
        return names
    bare = [[re.sub(r"[\W_]+", "", t).casefold() for t in part] for part in (texts, names)]
    spelled = [b in (a, f"x{a}") for a, b in zip(bare[1], bare[0], strict=True)]
    return names if all(spelled) and all(bare[1]) else texts


def melt_matrix(raw: RawTable, relation: str = "") -> RawTable:
    """Turn a matrix into ties; cells without an answer are kept, so that they count as unknown.

    A matrix that is the same across and down, or of which only one half is filled, has no
    directions, and names each pair once. 0 makes no tie, and 1 a tie without a strength.
    """
    raw = put_names_first(raw)
    left = ", ".join(f'"{raw.header[k]}"' for k in find_beside(raw) if raw.header[k])
    raw = square_up(raw)
    across = {k: text for k, text in enumerate(raw.header) if k and text}
    cells = {(row[0], name): row[k] for row in raw.rows if row[0] for k, name in across.items()}
    values = [text for text in cells.values() if text.strip()]
    told = _hear_cells(raw.header[0], values)
    plain = all(_is_plain(text) for text in values)
    half = _is_half(cells)
    mutual = half or _is_symmetric(cells)
    strength = "strength" if told else head_scale(raw.header[0])
    dated = any(map(DAY.search, values))
    head = (told.head if told else "relation",) if relation or told else ()
    entries = Entries(raw, ("source", "target", strength, "directed", *head, *["since"] * dated))
    seen: set[frozenset[str]] = set()
    for position, row in enumerate(raw.rows):
        for name in across.values():
            text = cells.get((row[0], name), "")
            pair = frozenset(map(fold_name, (row[0], name)))
            if _is_left_out(row[0], text, len(pair)) or (mutual and pair in seen):
                continue
            seen.add(pair)
            day = text if dated and DAY.search(text) else ""
            weight = "" if day or (plain and text.strip().casefold() in ONE) else text
            way = "no" if mutual else "yes"
            for said, how in told.part(text) if told else [(weight, relation)]:
                more = [how] * len(head) + [day] * dated
                entries.add(position, [row[0], name, said, way, *more])
    ties = sum(not is_nonanswer(row[2]) for row in entries.rows)
    once = ", each pair once" if mutual else ", from row to column"
    why = " because only one half is filled" if half else ""
    made = entries.make(
        note_shape(
            raw,
            f"a matrix of {len(raw.rows):,} by {len(across):,} organizations with "
            f"{len(values):,} cells",
            f"It is read as {ties} ties{once}{why}."
            + (f" Not read is {left}: it belongs into a table organizations." if left else ""),
        )
    )
    return replace(made, asked=True)


@dataclass(frozen=True)
class Told:
    """Cells that say how two work together, and the header under which that is read."""

    head: str
    named: frozenset[str]

    def part(self, text: str) -> list[tuple[str, str]]:
        """The strength and the relation of each part of a cell."""
        words = default_vocabulary()
        parts = [text] if words.find_answer(text) is not None else list_said(text)
        return [("", part) if self._is_relation(part) else (part, "") for part in parts]

    def _is_relation(self, part: str) -> bool:
        answer = default_vocabulary().find_answer(part) is not None or is_nonanswer(part)
        gone = fold_cell(part) in NOT_YET | NO_MORE  # what is planned is no tie of today
        return part in self.named or (self.head in HOW and not answer and not gone)


def _hear_cells(corner: str, values: Collection[str]) -> Told | None:
    """What cells say of relations: all of them by name, or below a corner that asks how."""
    asked = fold_word(corner) in HOW and not any(map(_is_answer, values))
    asked = asked or corner == BY_LEGEND
    named = frozenset(name_relations(values))
    if not named and not asked:
        return None
    return Told("how" if asked else "relation", named)


def _is_half(cells: dict[tuple[str, str], str]) -> bool:
    """Whether no pair is filled both ways, and all on one side of the diagonal."""
    names = {name: k for k, name in enumerate(dict.fromkeys(fold_name(a) for a, _ in cells))}
    sides = set()
    for (a, b), text in cells.items():
        i, j = names.get(fold_name(a)), names.get(fold_name(b))
        if not text.strip() or i == j:
            continue
        if i is None or j is None:
            return False
        sides.add(i < j)
    return len(sides) == 1 and len(names) > FEWEST


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
