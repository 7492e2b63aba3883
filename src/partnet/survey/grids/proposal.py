"""Proposing how the export of a survey tool is read, from its headings and its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ...core.arguments import checked
from ...core.errors import InputError, UsageError
from ...core.network import Network
from ...core.storage.writing import check_output, write_file_atomically
from ...core.vocabulary import Vocabulary, fold_word
from ...core.wording.names import NameIndex
from ...io.values.words import fold_cell
from ..form import OFTEN, WORKS
from .asked import find_asked, find_question, find_relation_said, is_rating
from .layout import Grid, open_grid, split_heading, strip_repeat
from .mapping import MappedColumn, SurveyMapping
from .names import (
    SEVERAL,
    find_name_within,
    find_organization,
    find_respondent,
    name_question,
    split_names,
)
from .parts import is_kept_by_tool
from .repeats import carry_respondents
from .scales import find_numbers, find_ratings
from .spoken import find_way, is_answer, strip_remark

RESPONDENTS = (
    "organization", "your organization", "name of your organization", "organization name",
    "respondent", "agency", "which organization do you represent", "your agency",
    "respondent organization",
)  # fmt: skip
PARTNERS = frozenset(
    (
        "partner",
        "partner organization",
        "partner name",
        "to",
        "target",
        "alter",
        "rated",
        "rated organization",
        "organization rated",
        "rated partner",
        "target organization",
        "about organization",
        "alter organization",
        "other organization",
    )
)
OTHERS = re.compile(r"\b(other|others|else|additional|not listed)\b", re.IGNORECASE)
NOBODY = frozenset(
    (
        "none of the above",
        "none of these",
        "none",
        "no one",
        "nobody",
        "none of them",
        "no partners",
    )
)
CHECKED, UNCHECKED = frozenset({"checked", "1", "true"}), frozenset({"unchecked", "0", "false"})
NUMBER = re.compile(r"\d{1,2}(\.\d+)?")
LEAST_NAMED = 0.5  # share of cells that name an organization in a column of respondents


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
    _refuse_turned(net.index, grid, respondent)
    grid = carry_respondents(grid, respondent)
    partner = _find_partner(net.index, grid, respondent)
    propose = _propose_column if partner < 0 else _propose_of_pair
    columns, left = [], []
    for k, heading in enumerate(grid.headings):
        if not heading or k in (respondent, partner):
            continue
        column = None if is_kept_by_tool(heading) else propose(net, grid, k)
        if column is None:
            left.append(heading)
        else:
            columns.append(column)
    if partner < 0:
        columns, left = _join_siblings(net.index, columns, left)
    if respondent < 0 or (not columns and partner < 0):
        raise InputError(_explain_none(grid, respondent))
    columns = [_find_way(net.vocabulary, each) for each in _mark_boxes(net.index, grid, columns)]
    codes, scale = find_numbers(net, grid, columns)
    return SurveyMapping(
        grid.headings[respondent],
        tuple(columns),
        scale=scale,
        left=tuple(dict.fromkeys(left)),
        codes=codes,
        ratings=find_ratings(net.vocabulary, grid, columns),
        partner="" if partner < 0 else grid.headings[partner],
    )


def _find_way(vocabulary: Vocabulary, column: MappedColumn) -> MappedColumn:
    """Say which way a yes goes, of a relation with a direction."""
    relation = vocabulary.relations.get(column.asks)
    directed = relation is not None and relation.directed
    return replace(column, way=find_way(column.heading)) if directed else column


def _join_siblings(
    index: NameIndex, columns: Sequence[MappedColumn], left: Sequence[str]
) -> tuple[list[MappedColumn], list[str]]:
    """Columns that ask the same of another organization, also where nobody has answered yet."""
    named = {heading: find_name_within(index, heading) for heading in left}
    if not any(partner for partner, _ in named.values()):
        return [*columns], [*left]
    asked = {}
    for column in columns:
        partner, question = find_name_within(index, column.heading)
        if partner and partner == column.partner and not column.means:
            asked[question] = column
    found = {
        heading: replace(asked[question], heading=heading, partner=partner)
        for heading, (partner, question) in named.items()
        if partner and question in asked
    }
    return [*columns, *found.values()], [heading for heading in left if heading not in found]


def _explain_none(grid: Grid, respondent: int) -> str:
    lacks = "that names who answers" if respondent < 0 else "about an organization of the network"
    return (
        f"{grid.file}: found no column {lacks}. A grid has a column with the organization that "
        "answers, and columns whose headings name a partner, or one with whom each row is about. "
        "Write a mapping (docs/survey.md)."
    )


def _find_respondent(index: NameIndex, grid: Grid) -> int:
    """The column whose cells name organizations; of several the one called so, then the first."""
    words = {fold_word(word) for word in RESPONDENTS}
    scores = []
    for k, heading in enumerate(grid.headings):
        cells = grid.column(k)
        named = sum(bool(find_respondent(index, text)) for text in cells)
        share = named / len(cells) if cells else 0.0
        called = fold_word(heading) in words
        if share >= LEAST_NAMED or (called and named):
            about_other = any(find_organization(index, row) for _, row in split_heading(heading))
            scores.append((not about_other, fold_word(heading) in words, share, -k))
    return -max(scores)[3] if scores else -1


def _refuse_turned(index: NameIndex, grid: Grid, respondent: int) -> None:
    """Refuse a grid whose rows are partners: each answer would be another organization's."""
    heading = grid.headings[respondent] if respondent >= 0 else ""
    if fold_word(heading) not in PARTNERS:
        return
    if any(
        find_organization(index, text) for k, text in enumerate(grid.headings) if k != respondent
    ):
        raise InputError(
            f'{grid.file}: found the column "{heading}" beside columns that are called as '
            "organizations. In a grid each row is of one that answers, and columns are about "
            "partners. Turn the table (in Excel: copy, Paste Special, Transpose), or call the "
            "first column Respondent if its rows are those that answer."
        )


def _find_partner(index: NameIndex, grid: Grid, respondent: int) -> int:
    """The column of whom a row is about, where there is a row for every pair; else -1.

    That is so where a second column names an organization in most cells, no heading names one,
    and respondents have several rows, or the column is called so.
    """
    headings = [row for heading in grid.headings for _, row in split_heading(heading)]
    if respondent < 0 or any(find_organization(index, row) for row in headings):
        return -1
    answering = grid.column(respondent)
    repeated = len({*answering}) < len(answering)
    for k, heading in enumerate(grid.headings):
        cells = grid.column(k)
        named = sum(bool(find_organization(index, text)) for text in cells)
        if k == respondent or not cells or named < LEAST_NAMED * len(cells):
            continue
        if repeated or fold_word(heading) in PARTNERS:
            return k
    return -1


def _propose_of_pair(net: Network, grid: Grid, position: int) -> MappedColumn | None:
    """What a column asks of the pair of its row: by its heading, else by its cells."""
    heading, words = grid.headings[position], net.vocabulary
    asked = find_question(heading, words)
    cells = grid.column(position)
    if asked == WORKS:
        kinds = [any(find_relation_said(t, words) for t in SEVERAL.split(c)) for c in cells]
        answers = [is_answer(strip_remark(text, words), words) for text in cells]
        said = max(sum(kinds), sum(answers))
        asked = WORKS if cells and said >= LEAST_NAMED * len(cells) else ""
    return MappedColumn(heading, "", asked) if asked else None


def _propose_column(net: Network, grid: Grid, position: int) -> MappedColumn | None:
    heading = grid.headings[position]
    plain = strip_repeat(heading, grid.headings)
    for question, row in split_heading(plain):
        partner = find_organization(net.index, row)
        if partner:
            return MappedColumn(heading, partner, find_question(question, net.vocabulary))
    for question, row in split_heading(plain):
        column = _propose_option(net, heading, question, row)
        if column is not None:
            return column
    partner, question = _find_partner_within(net, plain, grid.column(position))
    if partner:
        return MappedColumn(heading, partner, find_question(question, net.vocabulary))
    asked, option = find_asked(plain, net.vocabulary), split_heading(plain)[0][1]
    if _asks_about_partners(net.index, grid, plain):
        if fold_word(option) in NOBODY:
            return MappedColumn(heading, "", asked, box=True)
        if OTHERS.search(option):
            return MappedColumn(heading, "", asked)
    if _names_several(net.index, plain, grid.column(position), least=1 + (asked == WORKS)):
        return MappedColumn(heading, "", asked)
    return None


def _asks_about_partners(index: NameIndex, grid: Grid, heading: str) -> bool:
    """Whether other columns ask the question of a heading about organizations."""
    question = split_heading(heading)[0][0]
    return any(
        find_organization(index, row)
        for other in grid.headings
        for asked, row in split_heading(other)
        if asked == question and question
    )


def _find_partner_within(net: Network, heading: str, cells: Sequence[str]) -> tuple[str, str]:
    """The one organization that a question names, where its cells are answers; and the question.

    It stands before the question (Elk EMS: How often?), or within (How often with Elk EMS?).
    """
    words = net.vocabulary
    plain = [strip_remark(text, words) for text in cells]
    answers = sum(is_answer(text, words) or bool(NUMBER.fullmatch(text)) for text in plain)
    if not cells or answers < LEAST_NAMED * len(cells):
        return "", ""
    return find_name_within(net.index, heading)


def _propose_option(net: Network, heading: str, question: str, row: str) -> MappedColumn | None:
    """One of several answers: to a question about a partner, or about how one works with it."""
    for asks, named in ((question, question), *split_heading(question)):
        partner = find_organization(net.index, named)
        relation = find_relation_said(row, net.vocabulary)
        if partner and relation in net.vocabulary.working_relations:
            return MappedColumn(heading, partner, relation)
        if partner and is_answer(row, net.vocabulary):
            asked = find_question(asks, net.vocabulary)
            return MappedColumn(heading, partner, asked, box=True, means=row)
    for asks, whole in ((question, row),):
        for named, answer in split_heading(whole):
            partner = find_organization(net.index, named)
            if partner and is_answer(answer, net.vocabulary):
                asked = find_question(asks, net.vocabulary)
                return MappedColumn(heading, partner, asked, box=True, means=answer)
    return None


def _names_several(index: NameIndex, heading: str, cells: Sequence[str], *, least: int) -> bool:
    """Whether cells list organizations, at least one of them so many.

    Of a question for others it is enough that they name one beside those who are none.
    """
    others = OTHERS.search(heading) is not None
    parted = [split_names(index, text) for text in cells]
    named = sum((any if others else all)(found) for found in parted)
    most = max(map(len, parted), default=0)
    return named >= LEAST_NAMED * max(len(cells), 1) and (most >= least or (others and named > 0))


def _mark_boxes(
    index: NameIndex, grid: Grid, columns: Sequence[MappedColumn]
) -> list[MappedColumn]:
    """Find the questions whose cells are boxes: all columns of one, or none."""
    at = {heading: k for k, heading in reversed([*enumerate(grid.headings)])}
    cells: dict[str, set[str]] = {}
    for column in columns:
        own = {fold_cell(text) for text in grid.column(at[column.heading])}
        if not column.partner:
            continue  # what nobody or others are named in says nothing of the boxes
        labels = {fold_cell(row) for _, row in split_heading(column.heading)}
        said = {"its label" if text in labels else text for text in own}
        cells.setdefault(name_question(column, index), set()).update(said)
    return [
        replace(
            column,
            box=column.box or _is_box(column, cells.get(name_question(column, index), set())),
        )
        for column in columns
    ]


def _is_box(column: MappedColumn, cells: set[str]) -> bool:
    """Whether the cells of a question are checked and unchecked, or its labels alone."""
    if column.asks == OFTEN or is_rating(column.asks) or not column.partner:
        return False
    if not cells or not cells <= CHECKED | UNCHECKED | {"its label"}:
        return False
    return bool(cells & UNCHECKED) or cells <= {"its label", "checked"}
