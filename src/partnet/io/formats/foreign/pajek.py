"""Pajek: networks (.net) and projects (.paj) with their partitions and vectors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ....core.errors import InputError
from ....core.vocabulary import default_vocabulary
from ....core.wording.text import count_noun
from ..containers.matrices import (
    add_membership,
    check_size,
    label_nodes,
    list_relations,
    note_two_modes,
    separate_labels,
)
from ..model import MOST_UNLISTED, Files, Foreign, Outgoing
from ..settle import shorten_number
from ..source import Source

HEAD = re.compile(
    r"\*\s*(network|vertices|arcslist|arcs|edgeslist|edges|matrix|partition|vector|[a-z]+)"
    r"\s*(?::\s*(\d+))?\s*(.*)$",
    re.I,
)
VERTEX = re.compile(r'\s*(-?\d+)\s*(?:"([^"]*)"|(\S+))?')
TIME = re.compile(r"\[[\d,*\s-]+\]\s*$")  # when a vertex or a tie was there: [1-3,7-*]
CODE = re.compile(r"&#(\d{1,7});")
ONE_RELATION = re.compile(r"%\s*relation:\s*(.+)$")
LINES = ("arcs", "edges", "arcslist", "edgeslist", "matrix")
PARTS = (".clu", ".vec", ".per", ".tim")  # no network by themselves
BESIDE = {".clu": "class", ".vec": "value"}  # a partition and a vector under the same name
FIRST = re.compile(r"\*\s*(network|vertices|arcs|edges|partition|vector)\b", re.I)


def sniff(source: Source) -> bool:
    """Tell whether the first line with a star begins a section of Pajek."""
    if not source.is_text or source.is_xml or source.is_json or source.suffix in PARTS:
        return False
    lines = (line.strip() for line in source.start.split("\n", 50)[:50])
    star = next((line for line in lines if line.startswith("*")), "")
    return bool(FIRST.match(star))


@dataclass
class _State:
    """What is known while lines go by."""

    foreign: Foreign
    count: int = 0
    first: int = 0  # organizations of the first mode; 0 where there is one mode
    names: dict[int, tuple[int, str]] = field(default_factory=dict)
    section: str = ""
    number: int = 0
    relations: dict[int, str] = field(default_factory=dict)
    networks: int = 0
    row: int = 0
    wide: int = 0
    timed: int = 0
    attribute: str = ""
    values: list[str] = field(default_factory=list)
    attributes: dict[str, list[str]] = field(default_factory=dict)
    arcs: list[tuple[int, int, int, str, str, int, str]] = field(default_factory=list)


def read(source: Source) -> Foreign:
    """Read the first network of a file, all its relations, and partitions and vectors of its size.

    Raises
    ------
    InputError
        A vertex or the end of a tie has a number beyond those promised, or values are missing.
    """
    state = _State(Foreign(source.name, "Pajek", unsaid="1"))
    for number, line in enumerate(source.text.split("\n"), start=1):
        text = line.strip().lstrip("\ufeff")
        if text.startswith("*"):
            _start_section(state, text, number)
        elif found := ONE_RELATION.match(text):
            state.relations[0] = found[1]
        elif text and not text.startswith("%"):
            _take_line(state, text, number)
    _finish_section(state)
    _take_values_beside(state, source)
    _add_all(state)
    return state.foreign


def _take_values_beside(state: _State, source: Source) -> None:
    """Take the partition and the vector that lie beside a network under the same name."""
    for end, column in BESIDE.items() if source.suffix == ".net" else ():
        beside = source.find_sibling(end)
        if beside is None:
            continue
        lines = [line.strip() for line in Source(beside).text.split("\n")]
        values = [line.split()[0] for line in lines if line and not line.startswith(("*", "%"))]
        fits = len(values) == state.count
        if fits:
            state.attributes[column] = values
        state.foreign.note(
            f"{beside.name} with {len(values):,} values",
            f"The network has {state.count:,} vertices.",
            f"It was read as the column {column}." if fits else "It is not read.",
        )


def _start_section(state: _State, text: str, line: int) -> None:
    _finish_section(state)
    found = HEAD.match(text)
    word = found[1].lower() if found else ""
    number, rest = (found[2], found[3].strip()) if found else ("", "")
    if word == "network":
        state.networks += 1
    elif word in ("partition", "vector"):
        state.attribute, state.values = rest or word, []
        state.networks = max(state.networks, 1)
    elif word == "vertices":
        _start_vertices(state, rest, line)
    elif word == "events":
        raise InputError(
            f"{state.foreign.file}, line {line}: found *Events, Pajek's list of what happens in "
            "time. A network has *Vertices and *Arcs or *Edges. In Pajek: save one network of it "
            "as .net."
        )
    elif word in LINES:
        state.number = int(number) if number else 0
        name = TIME.sub("", rest).strip().strip('"')
        if number and name:
            state.relations[state.number] = name
    state.section, state.row = word, 0


def _start_vertices(state: _State, rest: str, line: int) -> None:
    counts = [int(word[:9]) for word in re.findall(r"\d+", rest)]
    if state.attribute:
        return
    if state.count and state.networks > 1:
        return
    state.count = counts[0] if counts else 0
    state.first = counts[1] if len(counts) > 1 and counts[1] < counts[0] else 0
    if not counts:
        _refuse(state, line, "*Vertices without a number", "Say how many there are.")


def _refuse(state: _State, line: int, found: str, fix: str) -> None:
    raise InputError(
        f"{state.foreign.file}, line {line}: found {found}. Vertices are numbered from 1 to "
        f"{state.count:,}, as *Vertices promises. {fix}"
    )


def _finish_section(state: _State) -> None:
    """Keep the values of a partition or vector, if there is one for every vertex."""
    if state.section == "vertices" and state.attribute:
        name, state.attribute = state.attribute, ""
        if len(state.values) == state.count:
            state.attributes[name] = state.values
        else:
            state.foreign.note(
                f'"{name}" with {len(state.values):,} values',
                f"The network has {state.count:,} vertices.",
                "It is of another network, and is not read.",
            )
        state.values = []
    if state.section == "matrix" and state.networks <= 1:
        rows = state.first or state.count
        if state.row < rows:
            raise InputError(
                f"{state.foreign.file}: found a matrix of {state.row} rows, where *Vertices "
                f"promises {rows}. The file was cut short: save it anew in Pajek."
            )


def _take_line(state: _State, text: str, line: int) -> None:
    if state.networks > 1:
        return
    state.timed += bool(TIME.search(text))
    if state.section == "vertices" and state.attribute:
        state.values.append(text.split()[0])
    elif state.section == "vertices":
        _take_vertex(state, text, line)
    elif state.section in ("arcs", "edges"):
        _take_tie(state, text, line)
    elif state.section in ("arcslist", "edgeslist"):
        ends = [_vertex(state, word, line) for word in text.split()]
        directed = "yes" if state.section == "arcslist" else "no"
        for other in ends[1:]:
            state.arcs.append((ends[0], other, state.number, "", directed, line, ""))
    elif state.section == "matrix":
        _take_matrix_row(state, text, line)


def _take_vertex(state: _State, text: str, line: int) -> None:
    found = VERTEX.match(text)
    if found is None:
        _refuse(state, line, f'"{text[:40]}" in place of a vertex', "Begin with its number.")
    else:
        number = _vertex(state, found[1], line)
        label = found[2] if found[2] is not None else found[3] or str(number)
        state.names.setdefault(number, (line, _decode(label)))


def _vertex(state: _State, word: str, line: int) -> int:
    number = int(word) if re.fullmatch(r"\d{1,9}", word) else 0
    if not 1 <= number <= state.count:
        _refuse(state, line, f'the vertex "{word}"', "Correct the number, or the one promised.")
    return number


def _take_tie(state: _State, text: str, line: int) -> None:
    """A line is [relation:] from to [value] [l "label"] and how it looks."""
    number, mark, rest = text.partition(":")
    relation = (
        int(number) if mark and number.strip().isdigit() and len(number) < 9 else state.number
    )
    words = (rest if mark and number.strip().isdigit() else text).split()
    if len(words) < 2:
        _refuse(state, line, f'"{text[:40]}" in place of a tie', "A tie has two ends.")
    a, b = (_vertex(state, word, line) for word in words[:2])
    value = words[2].replace(",", ".") if len(words) > 2 else ""  # some write 0,5
    weight = value if _is_number(value) else ""
    label = re.search(r'\bl\s+"([^"]*)"', text)
    directed = "yes" if state.section == "arcs" else "no"
    state.arcs.append((a, b, relation, weight, directed, line, _decode(label[1]) if label else ""))


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _take_matrix_row(state: _State, text: str, line: int) -> None:
    """A row of a matrix: one value for each vertex, or for each of the second mode."""
    words = text.split()
    columns = state.count - state.first
    state.row += 1
    if state.row > (state.first or state.count):
        _refuse(state, line, "one row more than vertices", "Delete it, or correct the number.")
    if len(words) < columns or not all(map(_is_number, words)):
        _refuse(state, line, f"a row that is not {columns} numbers", "Save it anew in Pajek.")
    state.wide += len(words) > columns
    for j, word in enumerate(words[:columns], start=1):
        if float(word) != 0 and (state.first or state.row != j):
            arc = (state.row, state.first + j, state.number, word, "yes", line, "")
            state.arcs.append(arc)


def _add_all(state: _State) -> None:
    """Add organizations and ties, once all lines are read."""
    foreign = state.foreign
    check_size(foreign.file, state.count, 1)
    if state.count - len(state.names) > MOST_UNLISTED:
        _refuse(
            state, 1, f"{len(state.names):,} vertices described",
            f"At most {MOST_UNLISTED:,} may go without a line of their own.",
        )  # fmt: skip
    labels = [state.names.get(k, (1, str(k)))[1] for k in range(1, state.count + 1)]
    ids = separate_labels(labels)
    organizations = state.first or state.count
    for k in range(organizations):
        own = {} if labels[k] == ids[k] else {"id": ids[k]}
        more = {_name(name): values[k] for name, values in state.attributes.items()}
        line = state.names.get(k + 1, (1, ""))[0]
        foreign.organizations.add(line, {**own, "name": labels[k], **more})
    _add_arcs(state, ids, labels)
    _say_leftovers(state)


def _name(attribute: str) -> str:
    """Vectors are named like columns; the path of the file they came from is left out."""
    return re.sub(r"\s*\(\d+\)$", "", attribute.replace("\\", "/").rpartition("/")[2])


def _add_arcs(state: _State, ids: list[str], labels: list[str]) -> None:
    weights = [float(arc[3]) for arc in state.arcs if arc[3]]
    plain = all(weight == 1 for weight in weights)
    state.foreign.apart = len({arc[2] for arc in state.arcs}) > 1
    mirrored = _list_mirrored(state)
    find_relation = default_vocabulary().find_relation
    for a, b, number, weight, directed, line, label in state.arcs:
        if state.first and (a <= state.first) != (b <= state.first):
            organization, group = min(a, b), max(a, b)
            text = "" if plain else weight
            add_membership(
                state.foreign, ids[organization - 1], labels[group - 1], weight=text, line=line
            )
            continue
        if number in mirrored:
            if a > b:
                continue
            directed = "no"
        cells = {"source": ids[a - 1], "target": ids[b - 1], "directed": directed}
        if state.relations.get(number):
            cells["relation"] = _decode(state.relations[number])
        elif label and find_relation(_decode(label)):  # 1: 1 2 1 l "referral"
            cells["relation"] = label
        elif number and len({arc[2] for arc in state.arcs}) > 1:
            cells["relation"] = f"relation {number}"
        if weight and not plain:
            cells["weight"] = weight
        state.foreign.ties.add(line, cells | ({"label": label} if label else {}))
    if state.first:
        note_two_modes(state.foreign, state.first, state.count - state.first)


def _list_mirrored(state: _State) -> set[int]:
    """Relations given as matrices that are the same in both directions."""
    if state.row == 0 and "matrix" not in state.section:
        return set()
    found = set()
    for number in {arc[2] for arc in state.arcs}:
        cells = {(a, b): w for a, b, k, w, *_ in state.arcs if k == number and not state.first}
        if cells and all(cells.get((b, a)) == w for (a, b), w in cells.items()):
            found.add(number)
    return found


def _say_leftovers(state: _State) -> None:
    if state.timed:
        state.foreign.note(
            f"{count_noun(state.timed, 'line that says', 'lines that say')} when, as [1-3]",
            "A network of Pajek may change with time.",
            "All of it is read, and times are not. For one time, save that network in Pajek.",
        )
    if state.wide:
        columns = state.count - state.first
        state.foreign.note(
            f"{count_noun(state.wide, 'row')} of the matrix with more than "
            f"{count_noun(columns, 'value')}",
            f"*Vertices promises {count_noun(columns, 'column')}.",
            "The values beyond are not read. Check whether they are sums.",
        )
    if state.networks > 1:
        state.foreign.note(
            f"{state.networks} networks in one project",
            "A file is read as one network.",
            "The first one is read. Save the others as files of their own in Pajek.",
        )


def _decode(text: str) -> str:
    """Pajek writes what it cannot show as &#number;."""
    return CODE.sub(lambda m: chr(int(m[1])) if 0 < int(m[1]) < 0x110000 else "", text)


def write_net(out: Outgoing) -> Files:
    """Write one network with all relations by name; arcs have a direction, edges none."""
    return {"": _write(out, project=False)}


def write_paj(out: Outgoing) -> Files:
    """Write a project: the network, kinds as a partition, numbers as vectors."""
    return {"": _write(out, project=True)}


def _write(out: Outgoing, *, project: bool) -> bytes:
    labels = label_nodes(out, lambda text: bool(text.strip()))
    title = " ".join(out.title.split())
    names = list_relations(out)
    # igraph and networkx do not know names of relations: one alone is told in a comment.
    only = [f"% relation: {_encode(names[0])}"] if len(names) == 1 else []
    lines = [f"*Network {title}", *only, f"*Vertices {len(labels)}"]
    lines += [f'{k} "{_encode(label)}"' for k, label in enumerate(labels, start=1)]
    lines += _write_ties(out)
    if project:
        lines += [*_write_partition(out), *_write_vectors(out)]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _write_ties(out: Outgoing) -> Iterator[str]:
    """Sections of arcs and edges, one for each relation that has any."""
    position = out.position_of()
    numbers: dict[str, int] = {}
    for edge in out.edges:
        numbers.setdefault(edge["relation"], len(numbers) + 1)
    sections: dict[tuple[int, str], list[str]] = {}
    for edge, directed, weight in zip(out.edges, out.directed, out.weights, strict=True):
        ends = f"{position[edge['source']] + 1} {position[edge['target']] + 1}"
        key = (numbers[edge["relation"]], "Arcs" if directed else "Edges")
        sections.setdefault(key, []).append(f"{ends} {shorten_number(weight)}")
    names = {number: name for name, number in numbers.items()}
    for (number, kind), rows in sorted(sections.items()):
        named = f' :{number} "{_encode(names[number])}"' if len(names) > 1 else ""
        yield f"*{kind}{named}"
        yield from rows


def _write_partition(out: Outgoing) -> list[str]:
    kinds = list(dict.fromkeys(node.get("kind", "other") for node in out.nodes))
    classes = {kind: k for k, kind in enumerate(kinds, start=1)}
    legend = [f"% {k} = {out.labels.get(kind, kind)}" for kind, k in classes.items()]
    rows = [str(classes[node.get("kind", "other")]) for node in out.nodes]
    return ["*Partition class of kind", *legend, f"*Vertices {len(rows)}", *rows]


def _write_vectors(out: Outgoing) -> Iterator[str]:
    """Numbers that every organization has; Pajek knows no missing ones."""
    for column in out.node_columns:
        values = [node.get(column, "") for node in out.nodes]
        if column in out.node_numbers and all(values):
            yield from (f"*Vector {column}", f"*Vertices {len(values)}", *values)


def _encode(text: str) -> str:
    """Write as &#number; what would end a label or a line, and what looks like such a code."""
    return re.sub(r'["\\\r\n\t\x85\u2028\u2029]|&(?=#\d+;)', lambda m: f"&#{ord(m[0])};", text)
