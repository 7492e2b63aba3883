"""A workbook to fill in: one sheet a table, drop-downs, an example row, notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import xlsxwriter

from ..core.errors import PartnetError, UsageError
from ..core.schema import FIRST_TABLES, TABLES, Column, Table
from ..core.storage.writing import CREATED, check_output, write_file_atomically
from ..core.vocabulary import Vocabulary, default_vocabulary
from .cells import EXAMPLE
from .survey import table_of_survey

LISTS = "_lists"  # hidden sheet of the words for drop-downs; the reader skips names with "_"
FILLED_ROWS = 2_000  # rows that have drop-downs and text format
DIGITS = frozenset({"fips", "zip", "ccn", "npi", "ein"})  # kept as text, so that zeros stay

INTRODUCTION = (
    "Fill in the sheets you have and leave the others as they are. Only Organizations is needed.",
    "One row a thing: an organization, a tie, a service, an award. Dark headings are needed.",
    "Point at a heading to see what the column may hold. Many cells have a drop-down list.",
    f"The gray row that starts with {EXAMPLE} shows how; it is not read. Overwrite or delete it.",
    "Name an organization everywhere as in the sheet Organizations, by its name or by its id.",
    "What you leave blank counts as not known, never as none. If there is no tie, write none.",
    "Other columns are fine: they are kept as text.",
    "When you are done, save the workbook and run: partnet check my.xlsx",
)
SURVEY_INTRODUCTION = (
    "One row an organization. Name it as in the network, by its name or by its id.",
    "Leave blank what you do not know or do not want to answer.",
    "Several answers to one question: separate them with semicolons.",
    f"The gray row that starts with {EXAMPLE} shows how; it is not read. Overwrite or delete it.",
    "Read the answers with: partnet profile my.xlsx --survey answers.xlsx",
)


def write_template(
    path: str | Path,
    *,
    all_tables: bool = True,
    vocabulary: Vocabulary | None = None,
    survey: str | None = None,
) -> Path:
    """Write an Excel workbook to fill in.

    Parameters
    ----------
    path : path
        Where to write it; ends in .xlsx.
    all_tables : bool, default True
        ``False`` leaves out the tables that only some users have (agreements, responses, ...).
    vocabulary : Vocabulary, optional
        Words for the drop-downs beyond the shipped ones.
    survey : str, optional
        ``"alliance"`` (how community-based organizations partner with health care) or
        ``"stocktaking"`` (whom an organization serves, what it does, why): a workbook with the
        questions of that survey only, to be read back with :func:`partnet.read_survey`.

    Returns
    -------
    Path
        The workbook written.

    Raises
    ------
    UsageError
        The path does not end in .xlsx, there is no survey of that name, or a workbook that may be
        filled in is there already.

    Examples
    --------
    >>> import tempfile
    >>> import partnet as pn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pn.write_template(f"{folder}/my.xlsx").name
    'my.xlsx'
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"path: found {path.name}. A template is a workbook (.xlsx). Name it so.")
    words = vocabulary or default_vocabulary()
    if survey is not None:
        questions = _ask_in_full(table_of_survey(survey))
        return _write_anew(path, _make_workbook([questions], words, SURVEY_INTRODUCTION))
    names = list(TABLES) if all_tables else FIRST_TABLES
    return _write_anew(path, _make_workbook([TABLES[name] for name in names], words))


def _write_anew(path: Path, content: bytes) -> Path:
    """Write a template where there is none: a workbook that is there may be filled in."""
    check_output(path, force=True)
    if path.exists() and path.read_bytes() not in (b"", content):
        raise UsageError(
            f"{path}: found a workbook, which may be filled in. A template is written where none "
            "is. Give another name, or move it away."
        )
    return write_file_atomically(path, content, force=True)


def _ask_in_full(table: Table) -> Table:
    """Put the question of each column into the notes of the first sheet."""
    asked = [f"{column.name}: {column.note}" for column in table.columns if column.note]
    return replace(table, note="\n".join([table.note, *asked]))


@dataclass(frozen=True)
class _Styles:
    title: Any
    note: Any
    required: Any
    optional: Any
    example: Any
    text: Any
    date: Any


def _make_workbook(
    tables: Sequence[Table], vocabulary: Vocabulary, introduction: Sequence[str] = INTRODUCTION
) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        told = {"title": "partnet template", "category": "partnet template"}
        book.set_properties({**told, "created": CREATED})
        styles = _make_styles(book)
        _write_notes(book.add_worksheet("Notes"), styles, tables, introduction)
        sheets = [(table, book.add_worksheet(table.label)) for table in tables]
        lists = _Lists(book.add_worksheet(LISTS), vocabulary)
        for table, sheet in sheets:
            _write_table(sheet, styles, table, lists)
    return out.getvalue()


def _make_styles(book: Any) -> _Styles:
    head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}
    return _Styles(
        title=book.add_format({"bold": True, "font_size": 14}),
        note=book.add_format({"text_wrap": True, "valign": "top"}),
        required=book.add_format({**head, "bg_color": "#00507A", "font_color": "#FFFFFF"}),
        optional=book.add_format({**head, "bg_color": "#E4EDF2"}),
        example=book.add_format({"italic": True, "font_color": "#5F6B76", "num_format": "@"}),
        text=book.add_format({"num_format": "@"}),
        date=book.add_format({"num_format": "yyyy-mm-dd"}),
    )


def _write_notes(
    sheet: Any, styles: _Styles, tables: Sequence[Table], introduction: Sequence[str]
) -> None:
    """Say in plain words how to fill the workbook in, and what each sheet is for."""
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    _write(sheet, 0, 0, "How to fill in this workbook", styles.title)
    rows = [("", sentence) for sentence in introduction]
    rows += [("", ""), *((table.label, table.note) for table in tables)]
    for row, (label, text) in enumerate(rows, start=2):
        for column, part in enumerate((label, text)):
            if part:
                _write(sheet, row, column, part, styles.note)


def _write_table(sheet: Any, styles: _Styles, table: Table, lists: _Lists) -> None:
    """Write header with notes, example row and drop-downs of one table."""
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for k, column in enumerate(table.columns):
        style = styles.required if column.required else styles.optional
        _write(sheet, 0, k, column.name, style)
        _checked(sheet.write_comment(0, k, _describe(column), {"x_scale": 2, "y_scale": 1.4}))
        sheet.set_column(k, k, max(14, len(column.name) + 4), _cell_style(column, styles))
        example = f"{EXAMPLE}: {column.example}" if k == 0 else column.example
        if example:
            _write(sheet, 1, k, example, styles.example)
        _add_drop_down(sheet, k, column, lists)


def _describe(column: Column) -> str:
    """What a column may hold, for the note on its heading."""
    parts = ["Must be filled in." if column.required else "May stay blank.", column.note]
    return " ".join(part for part in [*parts, column.allowed] if part)


def _cell_style(column: Column, styles: _Styles) -> Any:
    if column.type in DIGITS:
        return styles.text
    return styles.date if column.type == "date" else None


def _add_drop_down(sheet: Any, k: int, column: Column, lists: _Lists) -> None:
    """Offer the words of a column; another word may be typed, as the reader knows aliases."""
    source = lists.find(column)
    if source:
        rule = {"validate": "list", "source": source, "error_type": "information"}
        message = {
            "error_title": "Another word",
            "error_message": "This word is not on the list. partnet may know it; check will tell.",
        }
        _checked(sheet.data_validation(1, k, FILLED_ROWS, k, {**rule, **message}))


class _Lists:
    """The hidden sheet with the words of every drop-down, one column a list."""

    def __init__(self, sheet: Any, vocabulary: Vocabulary) -> None:
        self.sheet, self.count = sheet, 0
        self.known: dict[tuple[str, ...], str] = {}
        self.words = {
            "kind": tuple(kind.label for kind in vocabulary.kinds.values()),
            "sector": tuple(vocabulary.sectors.values()),
            "relation": tuple(relation.label for relation in vocabulary.relations.values()),
            "ladder": tuple(ladder.label for ladder in vocabulary.ladders.values()),
            "strength": tuple(_list_answers(vocabulary)),
            "boolean": ("yes", "no"),
        }
        sheet.hide()

    def find(self, column: Column) -> str:
        """Give the range that holds the words of a column; "" where any text is fine."""
        words = column.choices or self.words.get(column.type, ())
        if words and words not in self.known:
            self.known[words] = self._add(words)
        return self.known.get(words, "")

    def _add(self, words: tuple[str, ...]) -> str:
        for row, word in enumerate(words):
            _write(self.sheet, row, self.count, word, None)
        letter = xlsxwriter.utility.xl_col_to_name(self.count)
        self.count += 1
        return f"={LISTS}!${letter}$1:${letter}${len(words)}"


def _list_answers(vocabulary: Vocabulary) -> Iterable[str]:
    """Every ladder answer once, then "none"."""
    levels = (level for ladder in vocabulary.ladders.values() for level in ladder.levels)
    return [*dict.fromkeys(levels), "none"]


def _write(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    _checked(sheet.write_string(row, column, text, style))


def _checked(code: int) -> None:
    """XlsxWriter tells by its return code that it did not write a cell."""
    if code != 0:
        raise PartnetError(f"Excel file: a cell could not be written (XlsxWriter code {code}).")
