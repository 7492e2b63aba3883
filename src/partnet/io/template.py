"""A workbook to fill in: one sheet a table, drop-downs, an example row, notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import xlsxwriter

from ..core.arguments import checked
from ..core.errors import PartnetError, UsageError
from ..core.schema import FIRST_TABLES, TABLES, Column, Table
from ..core.storage.writing import CREATED, check_output, write_file_atomically
from ..core.vocabulary import Vocabulary, default_vocabulary
from .cells import EXAMPLE
from .survey import table_of_survey
from .typed.own_words import EXAMPLE_WORD, SECTIONS, SHEET

START = "Start here"
LISTS = "_lists"  # hidden sheet of the words for drop-downs; the reader skips names with "_"
FILLED_ROWS = 2_000  # rows that have drop-downs and text format
DIGITS = frozenset({"fips", "zip", "ccn", "npi", "ein"})  # kept as text, so that zeros stay

ORGANIZATIONS = "organizations"
FIRST_ROW = 3  # below the header and the example
WIDE, NAMES = 44, frozenset({"organization", "new_name", "name"})  # so that names are not cut
ACRONYMS = frozenset({"fips", "zip", "ccn", "npi", "ein", "uei", "id", "hrsa"})
# Three colors of sheets, and what each says.
NEEDED, USEFUL, LATER = "#00507A", "#5AA9D6", "#B8C2C9"
COLORS = {
    NEEDED: "Needed: without it there is no network.",
    USEFUL: "Useful: each answers more questions. Fill in what you have.",
    LATER: "Later: when you have it. Nothing is lacking without it.",
}

INTRODUCTION = (
    "Fill in the sheets you have and leave the others as they are. Only Organizations is needed.",
    "List the organizations first: other sheets then offer their names to choose from.",
    "One row a thing: an organization, a tie, a service, an award. Dark headings are needed.",
    "Point at a heading to see what the column may hold. Many cells have a drop-down list.",
    f"The gray row that starts with {EXAMPLE} shows how; it is not read. Write below it.",
    "Name an organization everywhere as in the sheet Organizations, by its name or by its id.",
    "What you leave blank counts as not known, never as none. If there is no tie, write none.",
    "Other columns are fine: they are kept as text. Words of your own go into Vocabulary.",
    "When you are done, save the workbook and run: partnet check my.xlsx",
)
SURVEY_INTRODUCTION = (
    "One row an organization. Name it as in the network, by its name or by its id.",
    "Leave blank what you do not know or do not want to answer.",
    "Several answers to one question: separate them with semicolons.",
    f"The gray row that starts with {EXAMPLE} shows how; it is not read. Overwrite or delete it.",
    "Read the answers with: partnet profile my.xlsx --survey answers.xlsx",
)


@checked
def write_template(
    path: str | Path,
    *,
    all_tables: bool = False,
    vocabulary: Vocabulary | None = None,
    survey: str | None = None,
) -> Path:
    """Write an Excel workbook to fill in.

    Parameters
    ----------
    path : path
        Where to write it; ends in .xlsx.
    all_tables : bool, default False
        Also the tables that only some users have (agreements, responses, ...), behind the others.
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
    name: Any
    strong: Any
    sheets: Mapping[str, Any]


def _make_workbook(
    tables: Sequence[Table], vocabulary: Vocabulary, introduction: Sequence[str] = INTRODUCTION
) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        told = {"title": "partnet template", "category": "partnet template"}
        book.set_properties({**told, "created": CREATED})
        styles = _make_styles(book)
        whole = tables[0].name == ORGANIZATIONS  # else it asks the questions of a survey
        first = book.add_worksheet(START)
        sheets = [(table, book.add_worksheet(table.label)) for table in tables]
        lists = _Lists(vocabulary, tables[0] if whole else None)
        for table, sheet in sheets:
            sheet.set_tab_color(_color_of(table))
            _write_table(sheet, styles, table, lists)
        if whole:
            _write_vocabulary(book.add_worksheet(SHEET.capitalize()), styles, lists)
        lists.write(book.add_worksheet(LISTS))
        _write_start(first, styles, tables, introduction)
    return out.getvalue()


def _color_of(table: Table) -> str:
    if table.name == ORGANIZATIONS:
        return NEEDED
    return USEFUL if table.name in FIRST_TABLES else LATER


def _make_styles(book: Any) -> _Styles:
    head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}
    example = {"italic": True, "font_color": "#5F6B76", "num_format": "@", "valign": "top"}
    return _Styles(
        title=book.add_format({"bold": True, "font_size": 14}),
        note=book.add_format({"text_wrap": True, "valign": "top"}),
        required=book.add_format({**head, "bg_color": NEEDED, "font_color": "#FFFFFF"}),
        optional=book.add_format({**head, "bg_color": "#E4EDF2"}),
        example=book.add_format({**example, "shrink": True}),
        text=book.add_format({"num_format": "@"}),
        date=book.add_format({"num_format": "yyyy-mm-dd"}),
        name=book.add_format({"shrink": True}),
        strong=book.add_format({"bold": True}),
        sheets={color: book.add_format({"bg_color": color}) for color in COLORS},
    )


def _write_start(
    sheet: Any, styles: _Styles, tables: Sequence[Table], introduction: Sequence[str]
) -> None:
    """Say in plain words how to fill the workbook in, and what each sheet is for."""
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 22)
    sheet.set_column(2, 2, 96)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    _write(sheet, 0, 0, "How to fill in this workbook", styles.title)
    row = 2
    for row, sentence in enumerate(introduction, start=2):
        _write(sheet, row, 1, sentence, None)
    for color, words in COLORS.items():
        chosen = [table for table in tables if _color_of(table) == color]
        row += 2 if chosen else 0
        if len(tables) > 1 and chosen:
            _write(sheet, row, 1, words, styles.strong)
        for table in chosen:
            row += 1
            _write(sheet, row, 0, "", styles.sheets[color])
            _checked(sheet.write_url(row, 1, f"internal:'{table.label}'!A1", None, table.label))
            _write(sheet, row, 2, table.note, styles.note)


def _write_table(sheet: Any, styles: _Styles, table: Table, lists: _Lists) -> None:
    """Write header with notes, example row and drop-downs of one table."""
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for k, column in enumerate(table.columns):
        style = styles.required if column.required else styles.optional
        heading = name_heading(column.name)
        _write(sheet, 0, k, heading, style)
        _checked(sheet.write_comment(0, k, _describe(column), {"x_scale": 2, "y_scale": 1.6}))
        example = f"{EXAMPLE}: {column.example}" if k == 0 else column.example
        width = _find_width(column, heading, example)
        sheet.set_column(k, k, width, _cell_style(column, styles))
        if example:
            _write(sheet, 1, k, example, styles.example)
        _add_drop_down(sheet, k, lists.find(column, table))


def name_heading(name: str) -> str:
    """Give the heading of a column in words; reading knows it by them.

    Examples
    --------
    >>> name_heading("county_fips"), name_heading("last_contact")
    ('County FIPS', 'Last contact')
    """
    words = [w.upper() if w in ACRONYMS else w for w in name.split("_")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def _find_width(column: Column, heading: str, example: str) -> int:
    """Characters that a column takes: names of organizations stand whole."""
    if column.type in NAMES or column.name in ("evidence", "note"):
        return WIDE
    return max(14, len(heading) + 4, min(len(example) + 2, WIDE))


def _write_vocabulary(sheet: Any, styles: _Styles, lists: _Lists) -> None:
    """A sheet for words of one's own, with an example that is not read."""
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    sheet.set_tab_color(LATER)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for k, name in enumerate(VOCABULARY):
        _write(sheet, 0, k, name_heading(name), styles.required if k < 2 else styles.optional)
        _checked(sheet.write_comment(0, k, VOCABULARY[name], {"x_scale": 2, "y_scale": 1.2}))
        sheet.set_column(k, k, WIDE if name in ("name", "aliases") else 16)
        if name in EXAMPLE_WORD:
            _write(sheet, 1, k, EXAMPLE_WORD[name], styles.example)
    _add_drop_down(sheet, 0, lists.offer(tuple(SECTIONS)))


VOCABULARY = {
    "what": "Must be filled in. What the word is: kind, sector, relation, ladder; or none, for an "
    "answer that means no tie.",
    "name": "Must be filled in. The word as people write it.",
    "sector": "Of a kind: its sector.",
    "aliases": "Other words for it, with semicolons between them.",
    "levels": "Of a ladder: its answers, weakest first, with semicolons between them.",
    "directed": "Of a relation: yes where it goes from one to the other.",
}


def _describe(column: Column) -> str:
    """What a column may hold, for the note on its heading, and its name in files."""
    parts = ["Must be filled in." if column.required else "May stay blank.", column.note]
    called = f"In CSV files and in Python: {column.name}."
    return " ".join(part for part in [*parts, column.allowed, called] if part)


def _cell_style(column: Column, styles: _Styles) -> Any:
    if column.type in DIGITS:
        return styles.text
    if column.type in NAMES:
        return styles.name
    return styles.date if column.type == "date" else None


def _add_drop_down(sheet: Any, k: int, source: str) -> None:
    """Offer words; another word may be typed, as the reader knows aliases."""
    if source:
        rule = {"validate": "list", "source": source, "error_type": "information"}
        message = {
            "error_title": "Another word",
            "error_message": "This word is not on the list. partnet may know it; check will tell.",
        }
        _checked(sheet.data_validation(1, k, FILLED_ROWS, k, {**rule, **message}))


class _Lists:
    """The words of every drop-down, one column a list in a hidden sheet; and who is listed."""

    def __init__(self, vocabulary: Vocabulary, organizations: Table | None) -> None:
        self.known: dict[tuple[str, ...], str] = {}
        self.names = _say_names(organizations) if organizations else ""
        self.words = {
            "kind": tuple(kind.label for kind in vocabulary.kinds.values()),
            "sector": tuple(vocabulary.sectors.values()),
            "relation": tuple(relation.label for relation in vocabulary.relations.values()),
            "ladder": tuple(ladder.label for ladder in vocabulary.ladders.values()),
            "strength": tuple(_list_answers(vocabulary)),
            "boolean": ("yes", "no"),
        }

    def find(self, column: Column, table: Table) -> str:
        """Give the range that holds the words of a column; "" where any text is fine."""
        judged = table.name == "judgments" and column.name in ("a", "b")
        if column.type == "organization" or judged:
            return self.names
        return self.offer(column.choices or self.words.get(column.type, ()))

    def offer(self, words: tuple[str, ...]) -> str:
        """Give the range that will hold some words."""
        if not words:
            return ""
        if words not in self.known:
            letter = xlsxwriter.utility.xl_col_to_name(len(self.known))
            self.known[words] = f"={LISTS}!${letter}$1:${letter}${len(words)}"
        return self.known[words]

    def write(self, sheet: Any) -> None:
        """Write all lists that were offered."""
        for k, words in enumerate(self.known):
            for row, word in enumerate(words):
                _write(sheet, row, k, word, None)
        sheet.hide()


def _say_names(table: Table) -> str:
    """The names typed so far below the example, as a range that grows with them."""
    letter = xlsxwriter.utility.xl_col_to_name(table.names.index("name"))
    first = f"{table.label}!${letter}${FIRST_ROW}"
    filled = f"COUNTA({first}:${letter}${FILLED_ROWS + 1})"
    return f"=OFFSET({first},0,0,MAX(1,{filled}),1)"


def _list_answers(vocabulary: Vocabulary) -> Iterable[str]:
    """Every ladder answer once, then "none"."""
    ladders = (ladder for ladder in vocabulary.ladders.values() if not ladder.whole)
    levels = (level for ladder in ladders for level in ladder.levels)
    return [*dict.fromkeys(levels), "none"]


def _write(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    _checked(sheet.write_string(row, column, text, style))


def _checked(code: int) -> None:
    """XlsxWriter tells by its return code that it did not write a cell."""
    if code != 0:
        raise PartnetError(f"Excel file: a cell could not be written (XlsxWriter code {code}).")
