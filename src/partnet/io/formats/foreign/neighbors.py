"""Lists without headers: Cytoscape's SIF (A relation B ...), and lists of neighbors (A B C ...)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ....core.errors import InputError
from ....core.schema import TABLES
from ....core.vocabulary import default_vocabulary
from ....core.wording.text import count_noun
from ...headers.words import fold_headers, match_words
from ...values.parse import NO, YES
from ...values.words import fold_cell, list_words
from ..containers.tables import SUFFIXES, first_rows, read_table
from ..model import Foreign
from ..source import Source

SAMPLE = 200  # rows that tell what a file is
# Words of Cytoscape that say nothing about a tie between organizations.
NO_RELATION = frozenset({"pp", "pd", "pr", "rc", "cr", "gl", "pm", "mp", "interacts with", "-"})
Cells = tuple[str, ...]


def sniff_sif(source: Source) -> bool:
    """Tell whether the second word of each line is a relation, or the file is called .sif."""
    if source.suffix == ".sif":
        return source.is_text
    rows = _part_at_blanks(_sample(source), source)
    ties = [row for row in rows if len(row) > 1]
    if len(ties) < 2 or any(len(row) == 2 for row in ties):
        return False
    find = default_vocabulary().find_relation
    words = {row[1] for row in ties}
    if source.suffix == ".csv" and any(len(row) > 3 for row in ties):
        return False
    if _is_header(ties):
        return False
    ends = {text for row in rows for text in (row[0], *row[2:])}
    return not words & ends and all(w.casefold() in NO_RELATION or find(w) for w in words)


def _is_header(rows: Sequence[Cells]) -> bool:
    """Whether the first line heads a table of ties: Organization, Relationship, Partner."""
    found = match_words(fold_headers(rows[0], "ties"), TABLES["ties"])
    once = sum(row[1] == rows[0][1] for row in rows) == 1
    return {"source", "target"} <= set(found) or (once and found.get("relation") == 1)


def read_sif(source: Source) -> Foreign:
    """Read ties with their relation; a name that stands alone has no tie.

    Raises
    ------
    InputError
        A cell does not end, or blanks part words of which no relation can be told.
    """
    foreign = Foreign(source.name, "SIF")
    unread = 0
    names: dict[str, int] = {}
    numbered = list(_list_rows(source))
    rows = _part_at_blanks([row for _, row in numbered], source)
    _check_blanks(numbered, rows, source)
    for line, row in zip((line for line, _ in numbered), rows, strict=True):
        unread += len(row) == 2
        ends = () if len(row) == 2 else (row[0], *row[2:])
        for end in ends:
            names.setdefault(end, line)
        for target in ends[1:]:
            said = {} if row[1].casefold() in NO_RELATION else {"relation": row[1]}
            foreign.ties.add(line, {"source": row[0], "target": target, **said})
    _add_named(foreign, names)
    if unread:
        foreign.note(
            f"{count_noun(unread, 'line')} of two words",
            "A line of SIF is a name, or a name, a relation and further names.",
            "What has two words is not read. Part the words with tabs if names hold blanks.",
        )
    return foreign


def _check_blanks(
    numbered: Sequence[tuple[int, Cells]], rows: Sequence[Cells], source: Source
) -> None:
    """Refuse lines parted at blanks whose second words are no few relations: names hold blanks."""
    parted = [row for (_, whole), row in zip(numbered, rows, strict=True) if row != whole]
    ties = [row for row in parted if len(row) > 2]
    words = {row[1] for row in ties}
    ends = {text for row in ties for text in (row[0], *row[2:])}
    find = default_vocabulary().find_relation
    known = all(word.casefold() in NO_RELATION or find(word) for word in words)
    parts = not list_words("institutions.sure").isdisjoint(map(str.casefold, words | ends))
    few = known or 2 * len(words) <= len(ties) or len(ends) == 2
    if ties and (parts or words & ends or not few):
        raise InputError(
            f'{source.name}: found "{" ".join(ties[0])[:80]}". Where blanks part a line of SIF, '
            "its second word is the relation, and no name has a blank. Part names and relation "
            "with tabs, or write the ties as a table with the columns source, target and relation."
        )


def sniff_neighbors(source: Source) -> bool:
    """Tell whether each line names an organization and then those that it has ties with.

    The first names differ, lines are not equally long, and others stand among the first names.
    """
    if source.suffix not in SUFFIXES or not source.is_text:
        return False
    whole = first_rows(source, SAMPLE)
    if any("" in row[: len(_trim(row))] for row in whole):
        return False  # a blank between names: a table of columns
    rows = _sample(source)
    heads = [row[0] for row in rows]
    others = {text for row in rows for text in row[1:]}
    ragged = len({len(row) for row in rows}) > 1 and max(map(len, rows), default=0) > 2
    if len(rows) < 2 or len(set(heads)) < len(heads) or not ragged:
        return False
    counts = Counter(text for row in rows for text in row)
    if not all(any(map(str.isalpha, text)) for text in counts):
        return False
    if any(map(_says_something, others)):
        return False
    return 3 * len(others & set(heads)) >= len(others) and any(counts[t] > 1 for t in rows[0])


def read_neighbors(source: Source) -> Foreign:
    """Read the ties from the first name of each line to all others.

    Where each is said from both sides they have no direction, where only some are they have one.

    Raises
    ------
    InputError
        A cell does not end.
    """
    foreign = Foreign(source.name, "a list of neighbors")
    rows = list(_list_rows(source))
    names: dict[str, int] = {}
    for line, row in rows:
        for name in row:
            names.setdefault(name, line)
    pairs = dict.fromkeys((row[0], name) for _, row in rows for name in row[1:])
    mutual = {pair for pair in pairs if pair[::-1] in pairs}
    arrow = {0: "", len(pairs): "no"}.get(len(mutual), "yes")
    lines = {row[0]: line for line, row in reversed(rows)}
    place = {name: k for k, name in enumerate(names)}
    for a, b in pairs:
        if arrow != "no" or place[a] <= place[b]:
            foreign.ties.add(lines[a], {"source": a, "target": b, "directed": arrow})
    _add_named(foreign, names)
    foreign.note(
        f"{count_noun(len(rows), 'line')} of names without headers",
        "A table of ties has one tie a row, with headers source and target.",
        f"Each line is read as ties of its first name to the others: "
        f"{count_noun(len(foreign.ties), 'tie')}"
        f"{_say_arrow(arrow)}.",
    )
    return foreign


def _says_something(text: str) -> bool:
    """Whether a cell is no name: a relation, a kind, an answer."""
    words = default_vocabulary()
    said = words.find_relation(text) or words.find_kind(text)
    return bool(said) or words.find_answer(text) is not None or fold_cell(text) in YES | NO


def _say_arrow(arrow: str) -> str:
    return {"no": ", each said from both sides", "yes": ", from the first name to the others"}.get(
        arrow, ""
    )


def _add_named(foreign: Foreign, names: dict[str, int]) -> None:
    for name, line in names.items():
        foreign.organizations.add(line, {"id": name, "name": name})


def _sample(source: Source) -> list[Cells]:
    if source.suffix not in SUFFIXES or not source.is_text:
        return []
    return [cells for cells in map(_trim, first_rows(source, SAMPLE)) if cells]


def _list_rows(source: Source) -> Iterable[tuple[int, Cells]]:
    rows = read_table(source)
    return [(line, cells) for line, row in rows if (cells := _trim(row))]


def _part_at_blanks(rows: Sequence[Cells], source: Source) -> Sequence[Cells]:
    """Words as cells, where no line of a text has any other mark between them."""
    if source.suffix not in (".sif", ".txt") or any(len(row) > 1 for row in rows):
        return rows
    return [tuple(" ".join(row).split()) for row in rows]


def _trim(row: Sequence[str]) -> Cells:
    return tuple(text for text in (cell.strip() for cell in row) if text)
