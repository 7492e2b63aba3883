"""How good the data are: what was set aside, entered twice, or is not known."""

from __future__ import annotations

import numpy as np

from ..core.audience.hiding import describe_audience
from ..core.results.shown import Column
from ..core.rows.periods import PERIODS, begins_later
from ..core.schema import FIRST_TABLES, TABLES
from ..core.wording.text import count_noun, join_words, say_date, say_share
from ..io.check import list_problems
from ..io.read import set_aside_rows
from ..linkage.match import find_possible_duplicates
from .answers import Answers
from .model import Block, Section, TableBlock

PLANNED = ("funding", "agreements")  # often on file before they begin


def write_quality(answers: Answers) -> Section:
    """Problems of the input, possible duplicates, and what is not known."""
    title, net = "How good the data are", answers.here.whole
    if net.audience != "internal":  # the keepers of the file correct it, nobody else
        return Section("quality", title, (describe_audience(net.audience, net.reader_name),))
    lead = (
        _say_problems(answers),
        f"{later}: correct the dates if that is not meant."
        if (later := say_later(answers))
        else "",
        _say_duplicates(answers),
        _say_survey(answers),
        _say_missing_tables(answers),
    )
    return Section("quality", title, tuple(filter(None, lead)), _tables(answers))


def _say_problems(answers: Answers) -> str:
    problems = answers.here.whole.problems
    aside = set_aside_rows(problems)
    errors = sum(problem.level == "error" for problem in problems)
    if not problems:
        return "Every row of the input could be used as it is."
    if not errors:
        notes = count_noun(len(problems), "note says", "notes say")
        return f"Every row could be used; {notes} what was assumed."
    return (
        f"{count_noun(errors, 'cell or row needs', 'cells or rows need')} a correction; "
        f"{count_noun(aside, 'row was', 'rows were')} set aside and not used until then."
    )


def say_later(answers: Answers) -> str:
    """Say which rows are dated after the day of the report, where that is not usual.

    Awards and agreements are on file before they begin; a visit or a tie seldom is.
    """
    net, day = answers.here.whole, answers.here.day
    if day is None:
        return ""
    counts = {
        TABLES[name].label.lower(): int(begins_later(name, net.rows(name), day).sum())
        for name in PERIODS
        if name not in PLANNED
    }
    named = [f"{label} ({count:,})" for label, count in counts.items() if count]
    if not named:
        return ""
    rows = count_noun(sum(counts.values()), "row is", "rows are")
    return f"{rows} dated after {say_date(day)} and not counted yet, of {join_words(named)}"


def _say_duplicates(answers: Answers) -> str:
    pairs = find_possible_duplicates(answers.here.whole)
    if pairs.empty:
        return ""
    named = [f"{row.a_name} and {row.b_name}" for row in pairs.head(3).itertuples()]
    return (
        f"{count_noun(len(pairs), 'pair')} of rows may be one organization entered twice: "
        f"{'; '.join(named)}. Nothing was merged; if they are one, keep one row."
    )


def _say_survey(answers: Answers) -> str:
    layer = answers.layer
    if layer.kind == "affinity":
        return ""
    if layer.survey is None:
        return (
            "Nobody's answers are on file (table responses): a tie that is not on file counts as "
            "absent, although it may exist."
        )
    one_sided = ""
    if not np.isnan(layer.one_sided):
        one_sided = f" Where both answered, {layer.one_sided:.0%} of ties are named by one only."
    pairs = layer.n * (layer.n - 1) // 2
    known = layer.observed_cells / pairs if pairs else float("nan")
    return (
        f"{say_share(layer.response_rate)} of those asked answered; whether there is a tie is "
        f"known for {say_share(known)} of all pairs.{one_sided}"
    )


def _say_missing_tables(answers: Answers) -> str:
    missing = [TABLES[t].label.lower() for t in FIRST_TABLES if answers.here.whole.rows(t).empty]
    if not missing:
        return ""
    return f"Tables that would tell more: {join_words(missing)}."


def _tables(answers: Answers) -> tuple[Block, ...]:
    problems = TableBlock(
        "Problems of the input",
        list_problems(answers.here.whole.problems),
        (
            Column("level", "Level"),
            Column("file", "File"),
            Column("sheet", "Sheet"),
            Column("row", "Row", "count"),
            Column("column", "Column"),
            Column("found", "Found"),
            Column("allowed", "Allowed"),
            Column("fix", "What to do"),
        ),
        "Problems",
        rows=8,
    )
    duplicates = TableBlock(
        "Rows that may be one organization",
        find_possible_duplicates(answers.here.whole),
        (
            Column("a_name", "Organization"),
            Column("b_name", "Organization"),
            Column("evidence", "Why"),
        ),
        "Entered twice",
        rows=8,
    )
    return tuple(block for block in (duplicates, problems) if len(block.frame))
