"""The mapping of a foreign survey: which column asks what about whom; proposed, kept as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ...core.arguments import checked
from ...core.errors import InputError, UsageError
from ...core.names import NameIndex
from ...core.network import Network
from ...core.safety import strip_controls
from ...core.storage.settings import read_toml
from ...core.storage.shapes import FLAG, NUMBER, TEXT, WORD, list_of, record, table_of
from ...core.storage.writing import check_output, write_file_atomically
from ...core.vocabulary import Vocabulary, fold_plain, fold_word
from ...io.values.words import fold_cell, missing_codes
from ..form import OFTEN, WORKS
from .layout import Grid, open_grid, split_heading

ABOUT = (
    "# How the answers of a survey are read. Proposed by partnet from the headings: look through "
    "it, and\n# change what is wrong. asks: a relation (referral, contract, ...), or often (how "
    "often they are in touch)."
)
RESPONDENTS = (
    "organization", "your organization", "name of your organization", "organization name",
    "respondent", "agency", "which organization do you represent", "your agency",
    "respondent organization",
)  # fmt: skip
OFTEN_WORDS = re.compile(r"how (often|frequently)|frequency", re.IGNORECASE)
CHECKED, UNCHECKED = frozenset({"checked", "1", "true"}), frozenset({"unchecked", "0", "false"})
LEAST_NAMED = 0.5  # share of cells that name an organization in a column of respondents

_SHAPE = record(
    {
        "respondent": WORD,
        "wave": WORD,
        "scale": NUMBER,
        "answers": table_of(TEXT),
        "columns": list_of(
            record({"heading": WORD, "partner": WORD, "asks": WORD, "box": FLAG}, ("heading",))
        ),
        "left": list_of(WORD),
    },
    ("respondent", "columns"),
)


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column: what it asks, about whom.

    Attributes
    ----------
    heading : str
        As it stands in the export.
    partner : str
        Id of the organization it is about.
    asks : str
        Id of a relation, or "often".
    box : bool
        Whether it is a box to check: what is not checked is no, where any box of the question is.
    """

    heading: str
    partner: str
    asks: str
    box: bool = False


@dataclass(frozen=True)
class SurveyMapping:
    """How the export of a survey tool is read.

    Attributes
    ----------
    respondent : str
        Heading of the column that names who answers.
    columns : tuple of MappedColumn
        Columns that are read.
    wave : str
        What the round is called.
    scale : float
        The strongest number, where answers are numbers; 0 where they are words.
    answers : mapping of str to str
        Codes of the export, and what they mean: ``{"1": "yearly", "9": "don't know"}``.
    left : tuple of str
        Headings that are not read.
    """

    respondent: str
    columns: tuple[MappedColumn, ...]
    wave: str = ""
    scale: float = 0.0
    answers: Mapping[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()

    def to_toml(self) -> str:
        """Give it as text to look through and to keep."""
        lines = [ABOUT, f"respondent = {_quote(self.respondent)}"]
        lines += [f"wave = {_quote(self.wave)}"] if self.wave else []
        lines += [f"scale = {self.scale:g}"] if self.scale else []
        lines += ["columns = ["]
        for each in self.columns:
            box = ", box = true" if each.box else ""
            lines.append(
                f"    {{ heading = {_quote(each.heading)}, partner = {_quote(each.partner)}, "
                f"asks = {_quote(each.asks)}{box} }},"
            )
        lines += ["]", "left = [", *(f"    {_quote(text)}," for text in self.left), "]"]
        if self.answers:
            lines += ["[answers]", *(f"{_quote(k)} = {_quote(v)}" for k, v in self.answers.items())]
        return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    return json.dumps(strip_controls(text), ensure_ascii=False)


def read_mapping(path: Path, net: Network) -> SurveyMapping:
    """Read a mapping, with its organizations and relations as the network knows them.

    Raises
    ------
    InputError
        It is not as it should be, or names an organization or a relation that is not known.
    """
    found = read_toml(path)
    try:
        _SHAPE.check(path.name, found)
        columns = tuple(_make_column(path.name, entry, net) for entry in found["columns"])
    except UsageError as error:
        raise InputError(str(error)) from error
    return SurveyMapping(
        found["respondent"],
        columns,
        found.get("wave", ""),
        float(found.get("scale", 0)),
        found.get("answers", {}),
        tuple(found.get("left", ())),
    )


def _make_column(file: str, entry: Mapping[str, Any], net: Network) -> MappedColumn:
    heading = entry["heading"]
    place = f"{file}, columns, {heading!r}"
    partner = net.find(entry.get("partner", ""), argument=f"{place}, partner")
    asks = entry.get("asks", WORKS)
    relation = asks if asks == OFTEN else net.vocabulary.find_relation(asks)
    if relation is None:
        allowed = ", ".join((OFTEN, *net.vocabulary.working_relations))
        raise UsageError(f"{place}, asks: found {asks!r}. Allowed are {allowed}. Correct it.")
    return MappedColumn(heading, partner, relation, bool(entry.get("box", False)))


@checked
def propose_mapping(
    net: Network, path: str | Path, *, output: str | Path | None = None
) -> SurveyMapping:
    """Propose how the export of a survey tool is read, to be looked through and kept.

    A heading that ends in the name of an organization asks about it; the relation is one that its
    question names, else working together. Exports of Qualtrics, SurveyMonkey, REDCap, KoBo, Google
    Forms and Microsoft Forms are understood, and any grid with one row a respondent.

    Parameters
    ----------
    net : Network
        The network that the respondents belong to.
    path : path
        The export (.csv, .xlsx).
    output : path, optional
        Where to keep the proposal (.toml). A file that is there is not replaced.

    Returns
    -------
    SurveyMapping
        ``.columns``: heading, partner, what it asks; ``.left``: headings that are not read;
        ``.to_toml()``: the text to keep.

    Raises
    ------
    InputError
        It cannot be opened, no column names the respondents, or none is about an organization.
    UsageError
        Another file is there already.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import partnet as pn
    >>> net = pn.load_sample("prairie")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     export = Path(folder, "export.csv")
    ...     said = "Your organization,Do you refer to them? [Bow Creek Ambulance]\\n"
    ...     said += "Cedar County Hospital,yes\\n"
    ...     _ = export.write_text(said, encoding="utf-8")
    ...     pn.propose_mapping(net, export).columns[0].asks
    'referral'
    """
    mapping = propose_columns(net, open_grid(Path(path)))
    if output is not None:
        _write_anew(Path(output), mapping.to_toml().encode("utf-8"))
    return mapping


def _write_anew(path: Path, content: bytes) -> None:
    """Write a mapping where there is none: one that is there may have been changed."""
    check_output(path, force=True)
    if path.exists() and path.read_bytes() not in (b"", content):
        raise UsageError(
            f"{path}: found a file, which may have been changed. A proposal is written where none "
            "is. Give another name, or move it away."
        )
    write_file_atomically(path, content, force=True)


def propose_columns(net: Network, grid: Grid) -> SurveyMapping:
    """Propose how a grid is read, from its headings and its cells.

    Raises
    ------
    InputError
        No column names the respondents, or none asks about an organization.
    """
    respondent = _find_respondent(net.index, grid)
    columns, left = [], []
    for k, heading in enumerate(grid.headings):
        if not heading or k == respondent:
            continue
        column = _propose_column(net, grid, k)
        if column is None:
            left.append(heading)
        else:
            columns.append(column)
    if respondent < 0 or not columns:
        raise InputError(_explain_none(grid, respondent))
    columns = _mark_boxes(grid, columns)
    scale = _find_scale(grid, columns)
    return SurveyMapping(
        grid.headings[respondent], tuple(columns), "", scale, {}, tuple(dict.fromkeys(left))
    )


def _explain_none(grid: Grid, respondent: int) -> str:
    lacks = "that names who answers" if respondent < 0 else "about an organization of the network"
    return (
        f"{grid.file}: found no column {lacks}. A grid has a column with the organization that "
        "answers, and columns whose headings name a partner. Write a mapping (docs/survey.md)."
    )


def _find_respondent(index: NameIndex, grid: Grid) -> int:
    """The column whose cells name organizations; of several the one called so, then the first."""
    words = {fold_word(word) for word in RESPONDENTS}
    scores = []
    for k, heading in enumerate(grid.headings):
        cells = grid.column(k)
        named = sum(bool(find_organization(index, text)) for text in cells)
        share = named / len(cells) if cells else 0.0
        if share >= LEAST_NAMED:
            about_other = any(find_organization(index, row) for _, row in split_heading(heading))
            scores.append((not about_other, fold_word(heading) in words, share, -k))
    return -max(scores)[3] if scores else -1


def find_organization(index: NameIndex, text: str) -> str:
    """Give the id of the organization that a text names, exactly or but for accents and marks."""
    return (index.find(text) or index.find_loosely(text)) if text else ""


def _propose_column(net: Network, grid: Grid, position: int) -> MappedColumn | None:
    heading = grid.headings[position]
    cells = {fold_cell(text) for text in grid.column(position)}
    for question, row in split_heading(heading):
        partner = find_organization(net.index, row)
        if partner:
            asks = OFTEN if _is_often(question, cells, net.vocabulary) else ""
            return MappedColumn(heading, partner, asks or find_asked(question, net.vocabulary))
    return None


def _mark_boxes(grid: Grid, columns: Sequence[MappedColumn]) -> list[MappedColumn]:
    """Find the questions whose cells are boxes: all columns of one, or none."""
    at = {heading: k for k, heading in reversed([*enumerate(grid.headings)])}
    cells: dict[str, set[str]] = {}
    for column in columns:
        own = {fold_cell(text) for text in grid.column(at[column.heading])}
        labels = {fold_cell(row) for _, row in split_heading(column.heading)}
        said = {"its label" if text in labels else text for text in own}
        cells.setdefault(name_question(column), set()).update(said)
    return [
        replace(column, box=column.asks != OFTEN and _is_boxes(cells[name_question(column)]))
        for column in columns
    ]


def _is_boxes(cells: set[str]) -> bool:
    """Whether the cells of a question are checked and unchecked, or its labels alone."""
    if not cells or not cells <= CHECKED | UNCHECKED | {"its label"}:
        return False
    return bool(cells & UNCHECKED) or cells <= {"its label", "checked"}


def name_question(column: MappedColumn) -> str:
    """Say which question a column belongs to, and what it asks."""
    return f"{split_heading(column.heading)[0][0]} {column.asks}"


def _is_often(question: str, cells: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Whether a question asks how often they are in touch, and of no relation in particular."""
    return bool(OFTEN_WORDS.search(question)) and find_asked(question, vocabulary) == WORKS


def find_asked(question: str, vocabulary: Vocabulary) -> str:
    """Give the relation that a question names: the longest word for one; else working together.

    Examples
    --------
    >>> from partnet import default_vocabulary
    >>> find_asked("Do you share data with them?", default_vocabulary())
    'data_sharing'
    """
    text = f" {fold_word(question)} "
    best = ("", WORKS)
    for relation in vocabulary.relations.values():
        if relation.working:
            for word in map(fold_word, relation.words):
                if len(word) > max(len(best[0]), 3) and f" {word} " in text:
                    best = (word, relation.id)
    return best[1]


def _find_scale(grid: Grid, columns: Sequence[MappedColumn]) -> float:
    """The largest number among the answers, where they are numbers; missing codes do not count."""
    asked = {column.heading for column in columns if not column.box}
    cells = [
        text
        for k, heading in enumerate(grid.headings)
        if heading in asked
        for text in grid.column(k)
    ]
    numbers = [float(text) for text in cells if re.fullmatch(r"-?\d{1,3}(\.\d+)?", text)]
    valid = [number for number in numbers if number not in missing_codes() or 0 <= number < 8]
    return max(valid) if valid and 2 * len(numbers) > len(cells) and max(valid) > 1 else 0.0


def fold_heading(text: str) -> str:
    """Reduce a heading to what matters where a mapping is matched."""
    return fold_plain(text)
