"""UCINET's own pair of files: ##h (labels and sizes) and ##d (values), versions 4010 to 6405."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from ....core.arrays import FloatArray
from ....core.errors import InputError
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
from ..source import Source, read_limited

MISSING = 1e37  # UCINET takes this and above for missing
MOST_HEADER = 50_000_000
MOST_DATA = 900_000_000
MOST_LABEL = 255
TYPES = {1: "u1", 2: "u1", 3: "i1", 4: "<u2", 5: "<i2", 6: "<i4", 7: "<f4", 9: "<f8", 17: "<i4"}
TYPE_NAMES = {0: "none", 8: "real48", 10: "comp", 11: "extended", 12: "label", 18: "nodelist"}
DATED = {1: 4020, 2: 5000, 3: 6000}  # headers that begin with DATE: say their version at the end
# A fixed day, so that equal networks give equal bytes: two-digit year, month, day, weekday, labels.
DAY = (0, 1, 1, 7, 3)
SINGLE = 7


def sniff(source: Source) -> bool:
    """Tell whether a file is one of UCINET's pair, by its name and its beginning."""
    return source.suffix in (".##h", ".##d")


def read(source: Source) -> Foreign:
    """Read a pair, given by either of its files.

    Raises
    ------
    InputError
        One of the two is not there, or they do not belong together.
    """
    header, data = source.find_sibling(".##h"), source.find_sibling(".##d")
    if header is None or data is None:
        lacking = f"{source.path.stem}{'.##h' if header is None else '.##d'}"
        raise InputError(
            f"{source.name}: found no {lacking} beside it. UCINET keeps a network in two files "
            "of one name, .##h and .##d. Put both into one folder."
        )
    head = _read_header(header.name, read_limited(header, MOST_HEADER))
    check_size(header.name, head.rows, head.columns, head.matrices)
    matrices = _read_values(data.name, read_limited(data, MOST_DATA), head)
    foreign = Foreign(source.name, "UCINET")
    ordered = order_columns(head.row_labels, head.column_labels, matrices)
    if head.is_square or ordered is not None:
        add_one_mode(foreign, head.row_labels, matrices if ordered is None else ordered)
    else:
        add_two_mode(foreign, head.row_labels, head.column_labels, matrices)
    return foreign


@dataclass(frozen=True)
class _Header:
    type: int
    rows: int
    columns: int
    matrices: int
    row_labels: list[str]
    column_labels: list[str]
    matrix_labels: list[str]

    @property
    def is_square(self) -> bool:
        """Whether rows and columns are the same organizations."""
        same = self.row_labels == self.column_labels
        return self.rows == self.columns and same


class _Bytes:
    """Takes a header apart from front to back."""

    def __init__(self, name: str, content: bytes, at: int) -> None:
        self.name, self.content, self.at = name, content, at

    def take(self, count: int) -> bytes:
        if count < 0 or self.at + count > len(self.content):
            raise InputError(
                f"{self.name}: found a header that ends at byte {len(self.content)}, in the middle "
                "of what it promises. It was cut short: copy it anew."
            )
        self.at += count
        return self.content[self.at - count : self.at]

    def numbers(self, layout: str) -> tuple[int, ...]:
        return struct.unpack(layout, self.take(struct.calcsize(layout)))

    def label(self, version: int) -> str:
        if version < 5000:
            size = 10 if version == 4010 else 20
            raw = self.take(size)
            return raw[1 : 1 + min(raw[0], size - 1)].decode("cp1252", "replace").strip()
        (count,) = self.numbers("<H")
        code = "cp1252" if version == 5000 else "utf-16-le"
        return self.take(count).decode(code, "replace").strip("\x00 ")


def _read_header(name: str, content: bytes) -> _Header:
    version = _find_version(name, content)
    data = _Bytes(name, content, 0 if version == 4010 else 16)
    (type_,) = data.numbers("<B")
    (dimensions,) = data.numbers("<h")
    if type_ not in TYPES or not 1 <= dimensions <= 3:
        word = TYPE_NAMES.get(type_, f"number {type_}")
        raise InputError(
            f"{name}: found values of the type {word} in {dimensions} dimensions. Whole and "
            "decimal numbers in 2 or 3 dimensions are read. In UCINET: Data, Export, as DL."
        )
    sizes = data.numbers(f"<{dimensions}{'i' if version >= 6404 else 'h'}")
    columns, rows, matrices = (*sizes, 1, 1)[:3]
    check_size(name, rows, columns, matrices)
    data.take(data.numbers("<B")[0])  # the title
    labeled = data.numbers(f"<{dimensions}B")
    labels = [
        [data.label(version) for _ in range(size)] if has else []
        for has, size in zip(labeled, sizes, strict=True)
    ]
    across, down, along = (*labels, [], [])[:3]
    down = down or (across if rows == columns else [])
    return _Header(
        type_, rows, columns, matrices,
        down or _number(rows), across or (down if rows == columns else _number(columns)), along,
    )  # fmt: skip


def _find_version(name: str, content: bytes) -> int:
    mark = content[1:6]
    if mark in (b"V6404", b"V6405"):
        return int(mark[1:])
    if content[:1] == b"\x05" and mark == b"DATE:" and len(content) >= 16:
        kind = struct.unpack("<H", content[14:16])[0]
        if kind in DATED:
            return DATED[kind]
    elif mark[:1].upper() != b"V" and mark != b"DATE:" and len(content) > 8:
        return 4010
    raise InputError(
        f"{name}: found no header of UCINET, or one of a version that is not known (4010 to 6405 "
        "are). In UCINET: Data, Export, as DL."
    )


def _number(count: int) -> list[str]:
    return [str(k) for k in range(1, count + 1)]


def _read_values(name: str, content: bytes, head: _Header) -> list[Matrix]:
    kind = np.dtype(TYPES[head.type])
    expected = head.rows * head.columns * head.matrices * kind.itemsize
    if len(content) != expected:
        raise InputError(
            f"{name}: found {len(content):,} bytes, where the header promises {expected:,} "
            f"({head.matrices} x {head.rows} x {head.columns} values). The two files do not "
            "belong together: copy both anew."
        )
    values = np.frombuffer(content, kind).astype(np.float64)
    values[~np.isfinite(values) | (values >= MISSING)] = np.nan
    names = [*head.matrix_labels, *[""] * head.matrices][: head.matrices]
    if head.matrices > 1:
        names = [label or f"relation {k}" for k, label in enumerate(names, start=1)]
    stack = values.reshape(head.matrices, head.rows, head.columns)
    return [Matrix(label, _shorten(m, kind)) for label, m in zip(names, stack, strict=True)]


def _shorten(values: FloatArray, kind: np.dtype) -> FloatArray:
    """Give singles as the shortest decimal that they stand for: 0.2 and not 0.20000000298."""
    if kind.itemsize != 4 or kind.kind != "f":
        return values
    unique, inverse = np.unique(values, return_inverse=True)
    short = np.array([float(str(np.float32(v))) for v in unique])
    return short[inverse].reshape(values.shape)


def write(out: Outgoing) -> Files:
    """Write version 6404 with one matrix a relation, values as singles."""
    labels = label_nodes(out, _fits)
    arcs = list_arcs(out)
    n = len(labels)
    check_size("network", n, n, len(arcs))
    values = [fill_matrix(found, n).astype("<f4").tobytes() for found in arcs.values()]
    return {".##h": _write_header(out.title, labels, list(arcs)), ".##d": b"".join(values)}


def _fits(text: str) -> bool:
    """Whether a label comes back as it was; half of a pair of surrogates does not."""
    plain = text.isprintable() and text == text.strip()
    return plain and 0 < len(text) <= MOST_LABEL


def _write_header(title: str, labels: list[str], relations: list[str]) -> bytes:
    n, m = len(labels), len(relations)
    name = title.encode("cp1252", "replace")[:MOST_LABEL]
    parts = [
        b"\x05V6404" + struct.pack("<5H", *DAY),
        struct.pack("<Bh3i", SINGLE, 3, n, n, m),
        bytes([len(name)]) + name + b"\x01\x01\x01",
        *(_write_label(text) for text in (*labels, *labels, *relations)),
    ]
    return b"".join(parts)


def _write_label(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack("<H", len(raw)) + raw
