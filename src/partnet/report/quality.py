"""How good the data are: what was set aside, entered twice, or is not known."""

from __future__ import annotations

import numpy as np

from ..core.audience import describe_audience
from ..core.schema import FIRST_TABLES, TABLES
from ..core.shown import Column
from ..core.text import count_noun, join_words, say_share
from ..io.check import list_problems
from ..io.read import set_aside_rows
from .findings import Findings
from .model import Block, Section, TableBlock


def write_quality(findings: Findings) -> Section:
    """Problems of the input, possible duplicates, and what is not known."""
    title, net = "How good the data are", findings.net
    if net.audience != "internal":  # the keepers of the file correct it, nobody else
        return Section("quality", title, (describe_audience(net.audience, net.reader_name),))
    lead = (
        _say_problems(findings),
        _say_duplicates(findings),
        _say_survey(findings),
        _say_missing_tables(findings),
    )
    return Section("quality", title, tuple(filter(None, lead)), _tables(findings))


def _say_problems(findings: Findings) -> str:
    problems = findings.net.problems
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


def _say_duplicates(findings: Findings) -> str:
    pairs = findings.duplicates
    if pairs.empty:
        return ""
    named = [f"{row.a_name} and {row.b_name}" for row in pairs.head(3).itertuples()]
    return (
        f"{count_noun(len(pairs), 'pair')} of rows may be one organization entered twice: "
        f"{'; '.join(named)}. Nothing was merged; if they are one, keep one row."
    )


def _say_survey(findings: Findings) -> str:
    layer = findings.layer
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


def _say_missing_tables(findings: Findings) -> str:
    missing = [TABLES[t].label.lower() for t in FIRST_TABLES if findings.net.table(t).empty]
    if not missing:
        return ""
    return f"Tables that would tell more: {join_words(missing)}."


def _tables(findings: Findings) -> tuple[Block, ...]:
    problems = TableBlock(
        "Problems of the input",
        list_problems(findings.net.problems),
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
        findings.duplicates,
        (
            Column("a_name", "Organization"),
            Column("b_name", "Organization"),
            Column("evidence", "Why"),
        ),
        "Entered twice",
        rows=8,
    )
    return tuple(block for block in (duplicates, problems) if len(block.frame))
