"""DL, UCINET's text format: matrices, halves of matrices, lists of edges or neighbors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ....core.arrays import FloatArray
from ....core.errors import InputError
from ....core.wording.text import count_noun
from ..containers.matrices import (
    Matrix,
    add_one_mode,
    add_two_mode,
    check_size,
    fill_matrix,
    label_nodes,
    list_arcs,
    order_columns,
)
from ..model import Files, Foreign, Outgoing
from ..settle import shorten_number
from ..source import Source

TOKEN = re.compile(r'"([^"\n]*)"|([^\s,"]+)')
DATA = re.compile(r"(?:^|[\s,])(?:data|begin|start)\s*:", re.I)
EMBEDDED = re.compile(r"\b(row|col(?:umn)?s?)?\s*labels?\s+embedded\s*:?", re.I)
LABELS = re.compile(r"\b(row|col(?:umn)?s?|matrix|mat|level)?\s*labels?\s*:", re.I)
PARAMETER = re.compile(r"\b([a-z]+)\s*[=:]?\s*([a-z0-9]+)", re.I)
LATER = re.compile(r"^\s*(?:n|n[rcm]|format|diagonal)\s*=.*$", re.I | re.M)
ROWS, COLUMNS, MATRICES = (
    ("nr", "nrow", "ni"),
    ("nc", "ncol"),
    ("nm", "nl", "nmat", "nrel", "nresp"),
)
FORMATS = (
    "fullmatrix", "edgelist1", "edgelist2", "nodelist1", "nodelist2", "lowerhalf", "upperhalf",
)  # fmt: skip
MISSING = frozenset({".", "na", "nan", "*", "?", "-"})
MOST_FULL = 300  # organizations of a matrix that people can still read; lists beyond
MOST_LABEL = 255


@dataclass
class _Header:
    """What stands before the data."""

    n: int = 0
    rows: int = 0
    columns: int = 0
    matrices: int = 1
    format: str = "fullmatrix"
    diagonal: bool = True
    embedded: bool = False
    labels: dict[str, list[str]] = field(default_factory=dict)


def sniff(source: Source) -> bool:
    """Tell whether a text begins with DL and a parameter."""
    begins = re.match(r"dl(?=[,\s])\s*+,?+\s*+[a-z]++[=\s:]", source.start, re.I)
    return source.is_text and begins is not None


def read(source: Source) -> Foreign:
    """Read all seven formats, with labels listed or embedded, and several matrices.

    Raises
    ------
    InputError
        It has more or fewer values, organizations or labels than it promises.
    """
    text = source.text
    split = DATA.search(text)
    if split is None:
        raise InputError(
            f"{source.name}: found no DATA: block. A DL file has one after its header. Export it "
            "anew in UCINET: Data, Export, DL."
        )
    head = _read_header(source.name, text[: split.start()].lstrip()[2:])
    line = text.count("\n", 0, split.end()) + 1
    body = _Body(source.name, text[split.end() :], line)
    foreign = Foreign(source.name, "DL")
    kind = head.format.rstrip("12")
    if kind in ("edgelist", "nodelist"):
        _read_lists(foreign, head, body, two_modes=head.format.endswith("2"))
    else:
        _read_matrices(foreign, head, body)
    return foreign


def _read_header(name: str, text: str) -> _Header:
    head = _Header(embedded=bool(EMBEDDED.search(text)))
    text = EMBEDDED.sub(" ", text)
    first = LABELS.search(text)
    if first:  # parameters may stand behind labels, too
        named, rest = text[: first.start()], text[first.start() :]
        text = "\n".join((named, *LATER.findall(rest), LATER.sub("", rest)))
    blocks = list(LABELS.finditer(text))
    ends = [*(block.start() for block in blocks[1:]), len(text)]
    before = text[: blocks[0].start()] if blocks else text
    for key, value in PARAMETER.findall(before):
        _take_parameter(name, head, key.lower(), value)
    head.rows, head.columns = head.rows or head.n, head.columns or head.n or head.rows
    counts = {"col": head.columns, "mat": head.matrices, "lev": head.matrices}
    for block, end in zip(blocks, ends, strict=False):
        which = (block[1] or "all").lower()[:3]
        head.labels[which] = _list_labels(text[block.end() : end], counts.get(which, head.rows))
    check_size(name, head.rows, head.columns, head.matrices)
    return head


def _take_parameter(name: str, head: _Header, key: str, value: str) -> None:
    if key == "format":
        head.format = value.lower()
        if head.format not in FORMATS:
            raise InputError(
                f"{name}: found the format {value}. Read are {', '.join(FORMATS)}. Export it anew "
                "in UCINET as a full matrix or an edge list."
            )
    elif key == "diagonal":
        head.diagonal = not value.lower().startswith("abs")
    elif value.isdigit() and len(value) < 10:
        number = int(value)
        if key == "n":
            head.n = number
        elif key in ROWS:
            head.rows = number
        elif key in COLUMNS:
            head.columns = number
        elif key in MATRICES:
            head.matrices = number


def _list_tokens(text: str) -> list[str]:
    return [quoted or plain for quoted, plain in TOKEN.findall(text)]


def _list_labels(text: str, count: int) -> list[str]:
    """Words, or what stands between commas and ends of lines if as many labels are promised."""
    words = _list_tokens(text)
    parts = [part.strip() for part in text.replace(",", "\n").split("\n") if part.strip()]
    return parts if '"' not in text and len(words) != count == len(parts) else words


class _Body:
    """The data block, as a stream of values or as lines."""

    def __init__(self, name: str, text: str, line: int) -> None:
        self.name, self.text, self.line = name, text, line
        self.tokens: Iterator[str] = iter(())

    def start_values(self) -> None:
        """Begin to give value after value."""
        words = (m.groups() for m in TOKEN.finditer(self.text))
        self.tokens = (plain if quoted is None else quoted for quoted, plain in words)

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Give the words of each line, with its number."""
        for k, line in enumerate(self.text.split("\n")):
            words = _list_tokens(line)
            if words:
                yield self.line + k, words

    def take(self, count: int) -> list[str]:
        """Give the next values; there must be so many."""
        found = [token for _, token in zip(range(count), self.tokens, strict=False)]
        if len(found) < count:
            self.refuse(f"{count_noun(count - len(found), 'value')} fewer than the header promises")
        return found

    def finish(self) -> None:
        """Refuse values beyond those promised."""
        rest = sum(1 for _ in self.tokens)
        if rest:
            self.refuse(f"{count_noun(rest, 'value')} more than the header promises")

    def refuse(self, found: str) -> None:
        raise InputError(
            f"{self.name}: found {found}. A file has exactly the values that N, NR, NC and NM "
            "promise, one for each row and column. Correct the header, or export it anew."
        )

    def number(self, text: str) -> float:
        if text.lower() in MISSING:
            return float("nan")
        try:
            return float(text)
        except ValueError as error:
            raise InputError(
                f'{self.name}: found "{text}" among the values. A value is a number, or a point '
                "where it is missing. Correct it, or say LABELS EMBEDDED if it is a label."
            ) from error


def _read_matrices(foreign: Foreign, head: _Header, body: _Body) -> None:
    body.start_values()
    down, across = head.labels.get("row"), head.labels.get("col")
    both = head.labels.get("all")
    matrices = []
    for k in range(head.matrices):
        values = np.full((head.rows, head.columns), 0.0)
        if head.embedded:
            across = body.take(head.columns)
            down = []
        for i in range(head.rows):
            if head.embedded and down is not None:
                down += body.take(1)
            _fill_row(values, i, head, body)
        name = (head.labels.get("mat") or head.labels.get("lev") or [])[k : k + 1]
        label = name[0] if name else f"relation {k + 1}" if head.matrices > 1 else ""
        matrices.append(Matrix(label, values, body.line))
    body.finish()
    rows = _check_labels(body, down or both or across, head.rows)
    ordered = matrices if across is None or both else order_columns(rows, across, matrices)
    if head.rows == head.columns and ordered is not None:
        add_one_mode(foreign, rows, ordered)
    else:
        add_two_mode(foreign, rows, _check_labels(body, across, head.columns), matrices)


def _fill_row(values: FloatArray, i: int, head: _Header, body: _Body) -> None:
    """Read one row: whole, or the half on one side of the diagonal, which is mirrored."""
    columns = [*range(head.columns)]
    if head.format == "lowerhalf":
        columns = columns[: i + 1]
    elif head.format == "upperhalf":
        columns = columns[i:]
    if not head.diagonal:
        columns = [j for j in columns if j != i]
    row = [body.number(text) for text in body.take(len(columns))]
    values[i, columns] = row
    if head.format.endswith("half") and head.rows == head.columns:
        values[columns, i] = row


def _check_labels(body: _Body, labels: list[str] | None, count: int) -> list[str]:
    if labels is None:
        return [str(k) for k in range(1, count + 1)]
    if len(labels) != count:
        body.refuse(f"{len(labels):,} labels for {count:,} rows or columns")
    return labels


def _read_lists(foreign: Foreign, head: _Header, body: _Body, *, two_modes: bool) -> None:
    """Read edges (from, to, value) or neighbors (from, to, to ...); ! begins the next matrix."""
    down = _Labels(head, "row", head.rows, body)
    across = _Labels(head, "col", head.columns, body) if two_modes else down
    arcs: list[dict[tuple[int, int], float]] = [{} for _ in range(max(head.matrices, 1))]
    k = 0
    for line, words in body.lines():
        if words == ["!"]:
            k = min(k + 1, len(arcs) - 1)
            continue
        if head.format.startswith("node"):
            pairs = [(words[0], other, 1.0) for other in words[1:]]
            down.find(words[0])
        else:
            if len(words) not in (2, 3):
                body.refuse(f"{len(words)} words on line {line}, where an edge has two ends")
            pairs = [(words[0], words[1], body.number(words[2]) if len(words) == 3 else 1.0)]
        for a, b, weight in pairs:
            arcs[k][down.find(a), across.find(b)] = weight
    names = head.labels.get("mat") or head.labels.get("lev") or []
    check_size(body.name, len(down.names), len(across.names), len(arcs))
    matrices = []
    for k, found in enumerate(arcs):
        label = names[k] if k < len(names) else f"relation {k + 1}" if len(arcs) > 1 else ""
        values = np.zeros((len(down.names), len(across.names)))
        for (i, j), weight in found.items():
            values[i, j] = weight
        matrices.append(Matrix(label, values, body.line))
    if two_modes:
        add_two_mode(foreign, down.names, across.names, matrices)
    else:
        add_one_mode(foreign, down.names, matrices)


class _Labels:
    """Finds the position that a word of a list names: a number, a listed label, or a new one."""

    def __init__(self, head: _Header, which: str, count: int, body: _Body) -> None:
        listed = head.labels.get(which) or head.labels.get("all") or []
        self.grows = head.embedded or not count
        if listed and len(listed) != count and count:
            body.refuse(f"{len(listed):,} labels for {count:,} organizations")
        self.names = list(listed) if listed else [] if self.grows else _number(count)
        self.places = {name.casefold(): k for k, name in reversed(list(enumerate(self.names)))}
        self.most, self.body = count, body

    def find(self, word: str) -> int:
        place = self.places.get(word.casefold())
        if place is not None and (self.grows or not word.isdigit()):
            return place
        if not self.grows:
            if not word.isdigit() or not 1 <= int(word[:9]) <= len(self.names):
                self.body.refuse(f'"{word}", which is no number from 1 to {len(self.names):,}')
            return int(word) - 1
        self.names.append(word)
        self.places[word.casefold()] = len(self.names) - 1
        if self.most and len(self.names) > self.most:
            self.body.refuse(f"more than {self.most:,} labels")
        return len(self.names) - 1


def _number(count: int) -> list[str]:
    return [str(k) for k in range(1, count + 1)]


def write(out: Outgoing) -> Files:
    """Write full matrices, or for more than 300 organizations lists of edges; one a relation."""
    labels = label_nodes(out, _fits)
    arcs = list_arcs(out)
    full = len(labels) <= MOST_FULL
    lines = [
        f"DL N={len(labels)} NM={len(arcs)}",
        f"FORMAT = {'FULLMATRIX' if full else 'EDGELIST1'}",
        "LABELS:",
        *(f'"{label}"' for label in labels),
        "MATRIX LABELS:",
        *(f'"{name}"' for name in arcs),
        "DATA:",
    ]
    for k, found in enumerate(arcs.values()):
        if full:
            matrix = fill_matrix(found, len(labels))
            lines += [" ".join(map(shorten_number, row)) for row in matrix.tolist()]
        else:
            lines += ["!"] * (k > 0)
            lines += [f"{i + 1} {j + 1} {shorten_number(w)}" for (i, j), w in sorted(found.items())]
    return {"": ("\n".join(lines) + "\n").encode("utf-8")}


def _fits(text: str) -> bool:
    """Whether a label comes back as it was, in quotation marks and on one line."""
    plain = text.isprintable() and '"' not in text and text == text.strip()
    return plain and 0 < len(text) <= MOST_LABEL
