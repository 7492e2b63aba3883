"""Where the header stands: below title lines and captions, above the rows of a survey tool."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import zip_longest

from ...core.schema import TABLES, Table
from ...core.vocabulary import fold_word
from .words import list_spellings, match_words

Numbered = tuple[int, list[str]]

MOST_ABOVE = 10  # rows in which the header is looked for
IMPORT_ID = re.compile(r'\s*\{\s*"+ImportId"+\s*:')
CODED = re.compile(r"(Q(ID)?)?\d+([._]\d+)*(_TEXT)?", re.IGNORECASE)
FOOTER = re.compile(
    r"(grand )?totals?\b|source[s:]|notes?:|\*|updated\b|last updated|as of\b|prepared by|"
    r"compiled by|revised\b|confidential\b|page \d|copyright\b|\(c\)|©|generated (by|on)\b|"
    r"report (run|generated|created)\b|filters? (applied|by)|applied filters|end of (report|list)|"
    r"exported (on|from|by)\b|data as of\b|printed\b|"
    r"(legend|key|scale|coding|codes|abbreviations)\s*:|[†‡§¹²³]|n ?= ?\d|\(\*+\)|"
    r"([a-z\d]{1,3}|\([a-z\d]{1,3}\)|blank|empty( cell)?) ?= ?[a-z]",
    re.IGNORECASE,
)
EXPLAINS = re.compile(r"^\(?([A-Za-z]{1,3}\d?)\)?\s*[=:\u2013-]\s*\S|=", re.MULTILINE)
LETTER = re.compile(r"\(?[A-Za-z]{1,3}\d?\)?|blank|empty( cell)?", re.IGNORECASE)  # of a legend
STRICT_FOOTER = re.compile(
    r"(source|sources|notes?|as of|prepared by|compiled by|legend|key|scale|abbreviations): ?\S.*|"
    r"[*†‡§]+ *(?:=|(?-i:[a-z])).*",  # * pending member
    re.IGNORECASE,
)
COPYRIGHT = re.compile(r"(copyright|©|\(c\)) .*\d{4}|confidential information\b", re.IGNORECASE)
TOTAL = re.compile(r"((sub|grand )?totals?|(%|percent|share) of (grand )?total)\b.*", re.IGNORECASE)
TOTALS = frozenset({"total", "totals", "sum", "grand total", "row total", "column total"})
FISCAL = re.compile(
    r"(?:(?:s?fy|fiscal year|year|py) ?)?(?:19|20)\d{2}(?:[-/]\d{2,4})?(?:\.0)?|"
    r"(?:s?fy|py) ?'?\d{2}(?:[-/]\d{2})?",
    re.IGNORECASE,
)
NUMBER = re.compile(r"-?\d+([.,]\d+)?")
UNIT = re.compile(r"\([^()]+\)|\[[^\[\]]+\]|[$%]")
MOST_FOOTERS = 6  # rows of remarks below a table
MOST_LEGEND = 20  # rows of a legend below a table
LEAST_WIDTH = 3  # columns of a table below which one filled cell is no footer
LONE = frozenset(map(fold_word, ("organization", "organization name", "name of organization",
                                 "agency", "agency name")))  # fmt: skip
MOST_NAMED = 5_000  # rows of a matrix


def find_header(rows: Sequence[Numbered]) -> int:
    """Give the position of the header among the first rows: the first that has what a table needs.

    Examples
    --------
    >>> find_header([(1, ["Member list"]), (3, ["name", "kind"]), (4, ["A", "hospital"])])
    1
    >>> find_header([(1, ["anything"]), (2, ["at all"])])
    0
    """
    if not rows:
        return 0
    for k, (_, cells) in enumerate(rows[:MOST_ABOVE]):
        if cells[0].casefold() == "row labels":  # a pivot table of Excel
            return k
    scores = [_score(tuple(cells)) for _, cells in rows[:MOST_ABOVE]]
    best = max(range(len(scores)), key=lambda k: (scores[k], -k))
    found = scores[best][0] and scores[best][1] > 1
    if scores[0][0] and (scores[0][1] > 1 or not found):
        return 0
    if found:
        return best
    return _find_matrix(rows) or _find_lone(rows) or _find_known(rows, scores) or _skip_titles(rows)


def _find_known(rows: Sequence[Numbered], scores: Sequence[tuple[bool, int]]) -> int:
    """The first row of several cells, below titles of one, where some table knows two of them."""
    counts = [sum(map(bool, cells)) for _, cells in rows[:MOST_ABOVE]]
    first = next((k for k, count in enumerate(counts) if count > 1), 0)
    return first if first and scores[first][1] > 1 else 0


def _skip_titles(rows: Sequence[Numbered]) -> int:
    """The first row of several cells, below titles of one; all rows below it have as many."""
    counts = [sum(map(bool, cells)) for _, cells in rows]
    first = next((k for k, count in enumerate(counts[:MOST_ABOVE]) if count > 1), 0)
    return first if first and set(counts[first:]) == {counts[first]} else 0


def is_header(cells: Sequence[str]) -> bool:
    """Tell whether cells are the headers of a table, of which at least two are known."""
    needed, known = _score(tuple(cells))
    return needed and known > 1


def _find_lone(rows: Sequence[Numbered]) -> int:
    """The row that names organizations beside headers of somebody's own, below titles; 0 else."""
    for k, (_, cells) in enumerate(rows[:MOST_ABOVE]):
        if sum(map(bool, cells)) > 1:
            return k if any(fold_word(text) in LONE for text in cells) else 0
    return 0


def _find_matrix(rows: Sequence[Numbered]) -> int:
    """The row that names what stands in the first column below it; 0 where there is none."""
    if len(rows) > MOST_NAMED:
        return 0
    for k, (_, cells) in enumerate(rows[:MOST_ABOVE]):
        across = {text.casefold() for text in cells[1:] if text} - TOTALS
        down = {row[0].casefold() for _, row in rows[k + 1 :] if row[0]} - TOTALS
        numbers = k > 0 and all(map(NUMBER.fullmatch, across))  # cells of a matrix, not names
        if len(across) > 1 and across == down and not numbers and not _names(rows[k + 1 :], across):
            return k
    return 0


def _names(below: Sequence[Numbered], across: Collection[str]) -> bool:
    """Whether cells below name organizations: a list of partners, where a matrix holds answers."""
    return any(text.casefold() in across for _, cells in below for text in cells[1:])


def _score(cells: tuple[str, ...]) -> tuple[bool, int]:
    """Whether the cells are headers of all that some table needs, and how many they are."""
    words = tuple(dict.fromkeys(fold_word(text) for text in cells if 0 < len(text) <= 60))
    if not words:
        return False, 0
    return max(score_table(words, name) for name in TABLES)


@lru_cache(maxsize=20_000)
def score_table(words: tuple[str, ...], name: str) -> tuple[bool, int]:
    """Whether some headers hold all that a table needs, and how many of them it knows."""
    if list_spellings(name).isdisjoint(words):
        return False, 0
    found = match_words(words, TABLES[name])
    return all(column in found for column in list_needed(TABLES[name])), len(found)


def list_needed(table: Table) -> list[str]:
    """Names of the columns without which a table says nothing."""
    return [c.name for c in table.columns if c.required and not c.default]


def count_second_headers(body: Sequence[Numbered]) -> int:
    """Count the rows below the header that a survey tool adds: questions, and their ids.

    Examples
    --------
    >>> count_second_headers([(2, ["Start Date"]), (3, ['{"ImportId":"startDate"}']), (4, ["x"])])
    2
    """
    for k, (_, cells) in enumerate(body[:3]):
        if any(IMPORT_ID.match(text) for text in cells):
            return k + 1
    return 0


def holds_questions(header: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether the row below coded headers (Q2_1, Q2_2) holds their questions.

    Examples
    --------
    >>> holds_questions(["Q1", "Q2_1", "Q2_2"], ["Who?", "How often? - Alder", "How often? - Elm"])
    True
    >>> holds_questions(["Q1", "Q2_1", "Q2_2"], ["Alder", "1", "2"])
    False
    """
    if not any(text[:1] in ("Q", "q") and CODED.fullmatch(text) for text in header):
        return False
    pairs = [*zip(header, below, strict=False)]
    if any(CAMEL.sub(" ", code) == said.replace("ID", "Id") for code, said in pairs if code in OWN):
        return True  # ResponseId, and Response ID below it
    asked = [said.rpartition(" - ")[0] for code, said in pairs if CODED.fullmatch(code)]
    return any(asked.count(question) > 1 for question in asked if " " in question)


CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
OWN = frozenset({"ResponseId", "StartDate", "EndDate", "RecordedDate"})  # columns of Qualtrics
CHOICE = "Selected Choice"  # behind a question whose answers are ticked


def take_questions(header: Sequence[str], questions: Sequence[str]) -> list[str]:
    """Call the columns of a grid by their questions, where Qualtrics calls them Q2_1, Q2_2.

    Examples
    --------
    >>> take_questions(["Q1", "Q2_1", "Q2_2"], ["Who?", "How often? - Alder", "How often? - Birch"])
    ['Who?', 'How often? - Alder', 'How often? - Birch']
    >>> take_questions(["Q1", "Q2"], ["Who?", "How often?"])
    ['Q1', 'Q2']
    """
    asked = [text.rpartition(" - ")[0] for text in questions]
    repeated = any(asked.count(question) > 1 for question in asked if question)
    if not repeated and not any(text.endswith(CHOICE) for text in questions):
        return [*header]
    pairs = zip_longest(header, questions, fillvalue="")
    return [said if said and CODED.fullmatch(code) else code for code, said in pairs]


def join_questions(header: Sequence[str], below: Sequence[str]) -> list[str] | None:
    """Join the two header rows of SurveyMonkey: a question, and below it one option a column.

    ``None`` where they are not.

    Examples
    --------
    >>> join_questions(["Respondent ID", "Your agency?", "How often?"], ["", "Response", "A", "B"])
    ['Respondent ID', 'Your agency?', 'How often? [A]', 'How often? [B]']
    """
    if header[:1] != ["Respondent ID"] or below[:1] != [""] or not any(map(_is_open, below)):
        return None
    joined, question = [], ""
    for k in range(max(len(header), len(below))):
        question = header[k] if k < len(header) and header[k] else question
        option = below[k] if k < len(below) else ""
        joined.append(question if not option or _is_open(option) else f"{question} [{option}]")
    return joined


def _is_open(text: str) -> bool:
    """Whether an option of SurveyMonkey stands for an answer in words."""
    return text.casefold() in ("response", "open-ended response")


def count_footers(body: Sequence[Numbered], width: int) -> int:
    """Count the rows at the end that are remarks about the table: Total, Source, As of."""
    if count := _count_legend(body, width):
        return count
    while count < min(MOST_FOOTERS, len(body) - 1) and _is_footer(body[-1 - count][1], width):
        count += 1
    return count + _count_below_gap(body[: len(body) - count], width) if count > 1 else count


def _count_legend(body: Sequence[Numbered], width: int) -> int:
    """Count the rows of a legend below a blank row: a letter of the table, and what it means."""
    if width <= LEAST_WIDTH:
        return 0
    count = 0
    for number, cells in body[: -MOST_LEGEND - 2 : -1]:
        filled = [text for text in cells if text]
        if len(filled) > 2 or (len(filled) == 2 and not LETTER.fullmatch(filled[0])):
            return 0
        count += 1
        if count < len(body) and number - body[-count - 1][0] > 1:
            break
    pairs = [[text for text in cells if text] for _, cells in body[len(body) - count :]]
    said = [EXPLAINS.match(pair[0]) for pair in pairs]
    letters = {pair[0].strip("()") for pair in pairs if len(pair) > 1}
    letters |= {match[1] for match in said if match and match[1]}
    if len(letters) < 2 or count == len(body):
        return 0
    used = {text for _, cells in body[: len(body) - count] for text in cells[1:width]}
    return count if len(letters & used) > 1 else 0


def say_legend(cells: Sequence[str]) -> str:
    """What a row below a table says: a letter and its meaning in two cells, or a remark."""
    filled = [text for text in cells if text]
    return " = ".join(filled) if len(filled) == 2 else "\n".join(filled)


def _count_below_gap(body: Sequence[Numbered], width: int) -> int:
    """Rows of one cell above several remarks that a blank row parts from the table."""
    for count in range(1, min(MOST_FOOTERS, len(body) - 1) + 1):
        number, cells = body[-count]
        if width < LEAST_WIDTH or sum(map(bool, cells)) > 1:
            return 0
        if number - body[-count - 1][0] > 1:
            return count
    return 0


def _is_footer(cells: Sequence[str], width: int) -> bool:
    """A total with nothing but numbers beside it, or a remark alone in its row."""
    filled = [text for text in cells if text]
    if not filled or width < 2:
        return False
    if TOTAL.fullmatch(filled[0]) and (len(filled) > 1 or filled[0].casefold() in TOTALS):
        return all(re.fullmatch(r"[-$\d.,% ()]+", text) for text in filled[1:])
    if COPYRIGHT.match(filled[0]):  # also where a comma in it parts it into cells
        return True
    if len(filled) > 1:
        return False
    if width < LEAST_WIDTH:
        return bool(STRICT_FOOTER.fullmatch(filled[0]))
    return bool(FOOTER.match(filled[0]))


def take_labels(header: Sequence[str], below: Sequence[str]) -> list[str] | None:
    """Call the columns of a file of the Census by their labels, which stand below their codes.

    ``None`` where it is no such file.

    Examples
    --------
    >>> take_labels(["GEO_ID", "NAME", "DP03_E"], ["Geography", "Geographic Area Name", "Income"])
    ['GEO_ID', 'NAME', 'Income']
    """
    if fold_word(header[0] if header else "") != "geo id" or below[:1] != ["Geography"]:
        return None
    pairs = zip_longest(header, below, fillvalue="")
    return [code if k < 2 else label.replace("!!", ", ") or code
            for k, (code, label) in enumerate(pairs)]  # fmt: skip


def join_units(header: Sequence[str], below: Sequence[str]) -> list[str] | None:
    """Join the header with a row below it that holds nothing but units in brackets.

    ``None`` where the row below is none.

    Examples
    --------
    >>> join_units(["Grantee", "Amount"], ["", "($)"]), join_units(["Grantee"], ["Alder"])
    (['Grantee', 'Amount ($)'], None)
    """
    filled = [text for text in below if text]
    if not filled or below[0] or not all(map(UNIT.fullmatch, filled)):
        return None
    pairs = zip_longest(header, below, fillvalue="")
    return [f"{text} {unit}".strip() for text, unit in pairs]


def join_band(header: Sequence[str], below: Sequence[str]) -> list[str] | None:
    """Join a header of which some cells stand over a band of columns with the row below it.

    ``None`` where the row below is no second header.

    Examples
    --------
    >>> join_band(["Organization", "Services", ""], ["", "Food", "Transport"])
    ['Organization', 'Food', 'Transport']
    >>> join_band(["Name", "Kind"], ["Alder", "hospital"]) is None
    True
    """
    width = max(len(header), len(below))
    above, under = ([*row, *[""] * (width - len(row))] for row in (header, below))
    band = [k for k in range(1, width) if not above[k] or (k + 1 < width and not above[k + 1])]
    band = [k for k in band if under[k]]
    rest = [k for k in range(width) if k not in band]
    lacking = sum(not above[k] for k in band)
    if not lacking or len(band) < 2 or not above[0]:
        return None
    if any(under[k] not in ("", above[k]) for k in rest):
        return None
    if len({under[k] for k in band}) < len(band):
        return _join_years(above, under, band)
    return [under[k] if k in band else above[k] for k in range(width)]


def _join_years(
    above: Sequence[str], under: Sequence[str], band: Sequence[int]
) -> list[str] | None:
    """Join bands that repeat what stands under them, where one of the two rows holds years."""
    filled: list[str] = []
    for text in above:
        filled.append(text or (filled[-1] if filled else ""))
    years = [all(_is_year(row[k]) for k in band) for row in (filled, under)]
    joined = {k: f"{filled[k]} {under[k]}" for k in band}
    if sum(years) != 1 or len(set(joined.values())) < len(band):
        return None
    return [joined.get(k, text) for k, text in enumerate(above)]


def _is_year(text: str) -> bool:
    return bool(FISCAL.fullmatch(text)) or text.casefold() in TOTALS
