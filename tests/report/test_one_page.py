"""The first page of a brief holds no more than a page, and nothing is lost behind it."""

from __future__ import annotations

import pandas as pd

from partnet.core.results.shown import Column
from partnet.report.first_screen.one_page import MOST, fit_first
from partnet.report.model import FactsBlock, Section, TableBlock

COLUMNS = (Column("name", "Name"), Column("why", "Why"), Column("day", "Day", "date"))


def make_table(rows: int, *, letters: int = 10, shown: int = 12) -> TableBlock:
    frame = pd.DataFrame({"name": [f"n{k}" for k in range(rows)], "why": "y" * letters})
    frame["day"] = pd.NaT
    return TableBlock("Rows", frame, COLUMNS, "Rows", rows=shown)


def test_what_fits_a_page_is_left_as_it_is() -> None:
    section = Section("summary", "On one page", ("Said.",), (make_table(12),))
    assert fit_first(section) == (section,)
    annex = Section("summary", "On one page", ("Said.",), (make_table(900, shown=0),))
    assert fit_first(annex) == (annex,)


def test_a_long_table_begins_on_the_first_page_and_stands_whole_behind() -> None:
    long = make_table(60, letters=300, shown=60)
    first, rest = fit_first(Section("summary", "On one page", ("Said.",), (long,)))
    (cut,) = first.blocks
    assert isinstance(cut, TableBlock) and 2 <= len(cut.frame) <= MOST
    assert [column.name for column in cut.columns] == ["name", "why"]  # no day is on file
    assert max(map(len, cut.frame["why"])) <= 100
    assert cut.caption == f"Rows: the first {len(cut.frame)} of 60"  # by ear, two are told apart
    assert rest.title == "In full" and rest.lead == () and rest.blocks == (long,)


def test_sentences_that_do_not_fit_follow_in_their_order() -> None:
    said = tuple(f"Sentence {k}: {'word ' * 40}" for k in range(40))
    facts = FactsBlock((("organizations", "3"),))
    first, rest = fit_first(Section("summary", "On one page", said, (make_table(3), facts)))
    assert first.lead + rest.lead == said and 3 < len(first.lead) < 20
    assert first.blocks[0] == facts and facts not in rest.blocks
    alone = "word " * 2_000
    assert fit_first(Section("a", "A", (alone, "Then."), ()))[0].lead == (alone,)
