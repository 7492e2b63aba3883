"""How people see the register of outcomes."""

from __future__ import annotations

import pandas as pd

from ...core.results.shown import Column, Shown
from ...core.wording.text import count_noun

COLUMNS = (
    Column("outcome", "Outcome", meaning="What was agreed on, in the words of the register."),
    Column("type", "Kind", meaning="New relationship, action step, clarified issue or feedback."),
    Column("state", "State", meaning="Overdue, open, done or dropped, judged by what is on file."),
    Column("owner", meaning="Id of the organization that owns it; blank without one."),
    Column("owner_name", "Owner", meaning="The organization that owns it."),
    Column("other", meaning="Id of the other organization; blank without one."),
    Column("other_name", "With", meaning="The other organization that it is about."),
    Column("place", meaning="County code, or the place as given."),
    Column("place_name", "Place", seen="annex", meaning="The place that it is about."),
    Column("agreed_on", "Agreed on", "date", "annex", "The day of the session; blank if unknown."),
    Column("due", "Due", "date", meaning="By when; blank where no date was set."),
    Column("evidence", "What is on file", meaning="Why it is said to be in this state."),
)
OUTCOMES = Shown("table", "Outcomes on file", COLUMNS, "Outcomes", rows=20)
FEEDBACK = Shown("feedback", "Feedback on policies", COLUMNS, "Policy feedback", rows=0)
COUNTS = Shown(
    "counts",
    "Outcomes by kind and state",
    (
        Column("type", "Kind", meaning="Kind of outcome."),
        Column("overdue", "Overdue", "count", meaning="Not done, and past the due date."),
        Column("open", "Open", "count", meaning="Not done, and not overdue."),
        Column("done", "Done", "count", meaning="Done by its row or by what is on file."),
        Column("dropped", "Dropped", "count", meaning="Dropped by its row."),
    ),
    people=False,
)


def caption_outcomes(table: pd.DataFrame) -> str:
    """Say above the register how many outcomes are overdue."""
    late = int((table["state"] == "overdue").sum())
    return f"Outcomes on file, {count_noun(late, 'of them overdue', 'of them overdue')}"
